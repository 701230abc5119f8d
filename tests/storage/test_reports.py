"""Realisations: append-only, of one office, with the figures that follow."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import Connection, Engine, func, select

from domain.periods import Period
from storage import reports
from storage.audit import Actor
from storage.engine import writing
from storage.evidence import NewEvidence
from storage.reports import NewReport
from storage.tables import Audit, Evidence, Report, table
from tests.offices import ARSIP, BUKU, GAJI, NOW, PERDES, PLAN, YEAR, MadeOffice, desk_of, look_up, make_office

SARI = "Sari Andini"
JANUARY, MARCH = Period.month(YEAR, 1), Period.month(YEAR, 3)
_report = table(Report)


def revisions(connection: Connection) -> list[tuple[int, Decimal, str, str]]:
    """Every report in the table, oldest first."""
    rows = connection.execute(select(_report).order_by(_report.c.id))
    return [(row.revision, row.value, row.reason, row.capacity) for row in rows]


def submit(connection: Connection, made: MadeOffice, *new: NewReport) -> None:
    desk_of(connection, made, SARI).submit(new)


def test_a_report_is_stored_with_who_and_how(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        submit(connection, made, NewReport(made.indicators[BUKU], MARCH, Decimal("1.5"), message_id="77"))
        row = connection.execute(select(_report)).one()
        entry = connection.execute(select(table(Audit)).where(table(Audit).c.action == "reported")).one()
    assert (row.person_id, row.post_id) == (made.people[SARI], made.posts["Kasi Pemerintahan"])
    assert (row.capacity, row.channel, row.source, row.message_id) == ("definitif", "telegram", "chat", "77")
    assert (row.value, row.reported_at) == (Decimal("1.5"), NOW)
    assert (entry.person_id, entry.old, entry.new) == (made.people[SARI], "", "1.5")


def test_the_same_value_again_adds_nothing(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        for said in ("1", "1.0", "1.000000"):
            submit(connection, made, NewReport(made.indicators[BUKU], MARCH, Decimal(said)))
        entries = connection.execute(
            select(func.count()).select_from(table(Audit)).where(table(Audit).c.action == "reported")
        ).scalar_one()
        assert len(revisions(connection)) == entries == 1


def test_a_correction_is_a_second_revision_and_the_first_stays(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        submit(connection, made, NewReport(made.indicators[BUKU], MARCH, Decimal(1)))
        submit(connection, made, NewReport(made.indicators[BUKU], MARCH, Decimal(2), reason="salah ketik"))
        assert revisions(connection) == [
            (1, Decimal(1), "", "definitif"),
            (2, Decimal(2), "salah ketik", "definitif"),
        ]
        duty = next(duty for duty in desk_of(connection, made, SARI).duties if duty.code == BUKU)
    assert duty.values == {MARCH: Decimal(2)}
    assert duty.figures[MARCH].realisation == Decimal(2)


def test_several_values_of_several_indicators_go_in_one_sitting(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        new = [NewReport(made.indicators[BUKU], month, Decimal(1)) for month in (JANUARY, MARCH)]
        new.append(NewReport(made.indicators["pbb"], Period.quarter(YEAR, 1), Decimal("27.25")))
        submit(connection, made, *new)
        values = {duty.code: dict(duty.values) for duty in desk_of(connection, made, SARI).duties}
    assert values[BUKU] == {JANUARY: Decimal(1), MARCH: Decimal(1)}
    assert values["pbb"] == {Period.quarter(YEAR, 1): Decimal("27.25")}


@pytest.mark.parametrize("code", [GAJI, ARSIP])
def test_another_posts_indicator_is_refused_and_nothing_of_the_sitting_is_stored(engine: Engine, code: str) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        new = [NewReport(made.indicators[one], MARCH, Decimal(1)) for one in (BUKU, code)]
        with pytest.raises(PermissionError):
            submit(connection, made, *new)
        assert revisions(connection) == []


def test_an_indicator_that_waits_for_an_answer_takes_no_report(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        new = NewReport(made.indicators["kelengkapan-perizinan"], MARCH, Decimal(5))
        with pytest.raises(PermissionError):
            reports.submit(connection, made.id, [new], Actor(None, None, "", "test", None), NOW, "chat")
        assert revisions(connection) == []


def test_another_offices_indicator_is_refused(engine: Engine) -> None:
    with writing(engine) as connection:
        own = make_office(connection)
        other = make_office(connection, name="Sebelah")
        new = NewReport(other.indicators[BUKU], MARCH, Decimal(1))
        with pytest.raises(PermissionError):
            submit(connection, own, new)
        with pytest.raises(PermissionError):
            reports.submit(connection, own.id, [new], Actor(None, None, "", "test", None), NOW, "chat")
        assert revisions(connection) == []


def test_a_message_names_its_report_until_a_newer_value_holds(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        submit(connection, made, NewReport(made.indicators[BUKU], MARCH, Decimal(1), message_id="77"))
        desk = desk_of(connection, made, SARI)
        given = desk.report_given_by("77")
        assert given is not None
        assert (given.indicator_id, given.period, given.value) == (made.indicators[BUKU], MARCH, Decimal(1))
        assert desk.report_given_by("78") is None
        assert desk_of(connection, made, "Joko Santosa").report_given_by("77") is None
        submit(connection, made, NewReport(made.indicators[BUKU], MARCH, Decimal(2), message_id="79"))
        assert desk.report_given_by("77") is None


def test_a_message_of_an_earlier_plan_version_names_the_indicator_of_today(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        submit(connection, made, NewReport(made.indicators[BUKU], MARCH, Decimal(1), message_id="77"))
        later = NOW + timedelta(days=1)
        renewed = look_up(connection, make_office(connection, later, plan=replace(PLAN, document="Nomor 2")).loaded)
        given = desk_of(connection, renewed, SARI, later).report_given_by("77")
        assert given is not None
        assert given.indicator_id == renewed.indicators[BUKU] != made.indicators[BUKU]
        submit(connection, renewed, NewReport(renewed.indicators[BUKU], MARCH, Decimal(3)))
        assert [revision for revision, *_rest in revisions(connection)] == [1, 2]
        assert desk_of(connection, renewed, SARI, later).report_given_by("77") is None


def test_what_was_confirmed_is_told_of_reports_that_hold_whatever_the_plan_version(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        buku, perdes = made.indicators[BUKU], made.indicators[PERDES]
        new = [NewReport(key, MARCH, Decimal(0), confirmed_doubt="nihil semua") for key in (buku, perdes)]
        submit(connection, made, NewReport(buku, JANUARY, Decimal(1)), *new)
        later = NOW + timedelta(days=1)
        renewed = look_up(connection, make_office(connection, later, plan=replace(PLAN, document="Nomor 2")).loaded)
        desk = desk_of(connection, renewed, SARI, later)
        assert desk.confirmed_doubts([MARCH]) == ("nihil semua", "nihil semua")
        assert desk.confirmed_doubts([JANUARY, MARCH]) == ("", "nihil semua", "nihil semua")
        assert desk.confirmed_doubts([Period.month(YEAR, 2)]) == ()
        assert desk_of(connection, renewed, "Joko Santosa", later).confirmed_doubts([MARCH]) == ()
        submit(connection, renewed, NewReport(renewed.indicators[BUKU], MARCH, Decimal(2)))
        assert desk_of(connection, renewed, SARI, later).confirmed_doubts([MARCH]) == ("nihil semua", "")


def test_the_same_picture_is_attached_once(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        desk = desk_of(connection, made, SARI)
        photo = NewEvidence(made.indicators[BUKU], MARCH, "a" * 64, "photo", 1200)
        desk.add_evidence([photo])
        desk.add_evidence([photo, replace(photo, hash="b" * 64)])
        hashes = connection.execute(select(table(Evidence).c.hash).order_by(table(Evidence).c.id)).scalars().all()
        with pytest.raises(PermissionError):
            desk.add_evidence([replace(photo, indicator_id=made.indicators[GAJI])])
    assert hashes == ["a" * 64, "b" * 64]
