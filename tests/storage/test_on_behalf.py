"""Figures that somebody enters for another's post: who may, what is kept of it, and what its owner says."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import Connection, Engine, select

from domain.reporting_for import ReportingRule
from storage.desk import Desk
from storage.engine import writing
from storage.history import Deed
from storage.on_behalf import EnteredSitting
from storage.reports import NewReport
from storage.tables import Report, table
from tests.offices import (
    BUKU,
    GAJI,
    KASI,
    KASUBBAG,
    NOW,
    PELAKSANA,
    PERDES,
    PLAN,
    MadeOffice,
    desk_of,
    make_office,
)

RATNA, AGUS, DEWI, SARI, JOKO = (person.name for person in PLAN.people)
MARCH = NOW.strftime("%Y-%m")


def enter(desk: Desk, made: MadeOffice, *codes: str) -> EnteredSitting:
    """What was entered for the Kasi by telephone."""
    inner = desk.for_post(made.posts[KASI], "telepon")
    period = inner.closings[-1].periods[0]
    inner.submit([NewReport(made.indicators[code], period, Decimal(1)) for code in codes])
    found = replace(desk).entered.last()
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("name", "posts"),
    [(DEWI, {KASI, PELAKSANA}), (RATNA, {KASUBBAG, KASI, PELAKSANA}), (SARI, set()), (JOKO, set())],
)
def test_who_may_enter_for_whom(engine: Engine, name: str, posts: set[str]) -> None:
    """Of the posts that report anything; what is denied in the conversation is denied at the desk."""
    with writing(engine) as connection:
        made = make_office(connection)
        desk = desk_of(connection, made, name)
        busy = {duty.post_id for duty in desk.office_duties}
        assert {post.title for post in desk.entered_for if post.id in busy} == posts
        for title in {KASUBBAG, KASI, PELAKSANA} - posts:
            with pytest.raises(PermissionError):
                desk.for_post(made.posts[title], "telepon")


def test_an_operator_that_the_office_names_may(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        rules = desk_of(connection, made, DEWI).office.rules
        desk_of(connection, made, DEWI).settings.choose(
            replace(rules, reporting=ReportingRule((PELAKSANA,))), "Asia/Makassar"
        )
        joko = desk_of(connection, made, JOKO)
        assert KASI in {post.title for post in joko.entered_for}
        entered = enter(joko, made, BUKU)
        assert (entered.person_id, entered.holder_id) == (made.people[JOKO], made.people[SARI])


def test_it_is_kept_who_entered_it_for_whom_and_how_they_knew(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        sari = desk_of(connection, made, SARI)
        assert any(one.post_id == made.posts[KASI] and one.period.code == MARCH for one in sari.owed)
        entered = enter(desk_of(connection, made, DEWI), made, BUKU, PERDES)
        assert (entered.basis, entered.at, entered.confirmed_at) == ("telepon", NOW, None)
        assert {one.indicator_id for one in entered.figures} == {made.indicators[BUKU], made.indicators[PERDES]}
        report = table(Report)
        rows = connection.execute(select(report.c.person_id, report.c.post_id, report.c.capacity, report.c.basis)).all()
        assert {tuple(row) for row in rows} == {(made.people[DEWI], made.posts[KASI], "", "telepon")}
        later = desk_of(connection, made, SARI, NOW + timedelta(minutes=1))
        assert not [one for one in later.owed if one.post_id == made.posts[KASI] and one.period.code == MARCH]
        assert next(one for one in later.duties if one.code == BUKU).bases


def test_the_desk_of_a_sitting_reaches_that_post_alone(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        inner = desk_of(connection, made, DEWI).for_post(made.posts[KASI], "surat")
        assert {duty.post_id for duty in inner.duties} == {made.posts[KASI]}
        period = inner.closings[-1].periods[0]
        with pytest.raises(PermissionError):
            inner.submit([NewReport(made.indicators[GAJI], period, Decimal(10))])
        inner.submit([])
        assert inner.entered.last() is None


def test_only_whoever_acts_for_the_post_confirms_and_once(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        entered = enter(desk_of(connection, made, DEWI), made, BUKU)
        for name in (DEWI, JOKO, RATNA):
            with pytest.raises(PermissionError):
                desk_of(connection, made, name).entered.confirm(entered.id)
        sari = desk_of(connection, made, SARI, NOW + timedelta(minutes=1))
        sari.entered.confirm(entered.id)
        sari.entered.confirm(entered.id)
        confirmed = sari.entered.of(entered.id)
        assert confirmed is not None
        assert confirmed.confirmed_at == NOW + timedelta(minutes=1)
        deeds = [(one.deed, one.person_id, one.basis) for one in sari.history.of(made.indicators[BUKU])]
        assert deeds == [
            (Deed.CONFIRMED, made.people[SARI], ""),
            (Deed.REPORTED, made.people[DEWI], "telepon"),
        ]


def test_whoever_entered_it_does_not_verify_it(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        enter(desk_of(connection, made, DEWI), made, BUKU)
        assert _waiting(connection, made, DEWI) == 0
        assert _waiting(connection, made, AGUS) == 1
        assert _waiting(connection, made, SARI) == 0


def _waiting(connection: Connection, made: MadeOffice, name: str) -> int:
    return len(desk_of(connection, made, name).checking.queue())
