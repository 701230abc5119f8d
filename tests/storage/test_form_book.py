"""The figures of official forms: of the office as its tables stand, and through a snapshot to the last digit."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from sqlalchemy import Connection, Engine, update

from domain.forms.data_form import DataForm, DataRow
from domain.periods import Period
from domain.standing import Standing
from storage import snapshots
from storage.desk import Desk
from storage.engine import writing
from storage.evidence import NewEvidence
from storage.form_book import FORMS, FormBook, NoForm
from storage.form_kinds import is_form, kept_figures
from storage.reports import NewReport
from storage.tables import Evidence, table
from tests.offices import BUKU, PBB, desk_of, make_office
from tests.verified import check

APRIL = datetime(2022, 4, 6, 2, tzinfo=UTC)
MARCH = Period.month(2022, 3)
FIRST = Period.quarter(2022, 1)


def filled(connection: Connection) -> Desk:
    """The program's desk on 6 April: Buku wajib in for January and, corrected, for March; PBB for TW I."""
    made = make_office(connection)
    early = desk_of(connection, made, "Sari Andini", datetime(2022, 2, 2, 2, tzinfo=UTC))
    early.submit([NewReport(made.indicators[BUKU], Period.month(2022, 1), Decimal(1))])
    late = desk_of(connection, made, "Sari Andini", APRIL)
    late.submit([NewReport(made.indicators[BUKU], MARCH, Decimal(2))])
    late.submit([NewReport(made.indicators[BUKU], MARCH, Decimal("1.000001"), note="=Menunggu desa")])
    late.submit([NewReport(made.indicators[PBB], FIRST, Decimal(25))])
    late.add_evidence([NewEvidence(made.indicators[BUKU], MARCH, "a1", "photo", 10)])
    return desk_of(connection, made, None, APRIL)


def data_of(book: FormBook, period: Period, section: str = "") -> dict[tuple[str, str], DataRow]:
    form = book.figures("data", period, section)
    assert isinstance(form, DataForm)
    return {(row.code, row.period): row for row in form.rows}


def test_the_data_say_who_sent_what_and_when(engine: Engine) -> None:
    with writing(engine) as connection:
        rows = data_of(FormBook(filled(connection)), FIRST)
    march = rows[BUKU, "2022-03"]
    assert (march.realisation, march.target, march.revision) == (Decimal("1.000001"), 1, 2)
    assert (march.reporter, march.sent_at) == ("Sari Andini", "2022-04-06T10:00:00+08:00")
    assert (march.note, march.evidence, march.reported, march.provisional) == ("=Menunggu desa", 1, True, True)
    assert (march.section, march.post, march.path[0].name) == (
        "Seksi Pemerintahan",
        "Kasi Pemerintahan",
        "Penyelenggaraan Pemerintahan",
    )
    missing = rows[BUKU, "2022-02"]
    assert (missing.realisation, missing.reported, missing.revision, missing.sent_at) == (None, False, 0, "")
    assert rows[PBB, "2022-TW1"].capaian_to_date == 100


def test_evidence_that_was_taken_back_is_not_counted_and_what_is_kept_no_longer_is(engine: Engine) -> None:
    with writing(engine) as connection:
        desk = filled(connection)
        connection.execute(update(table(Evidence)).values(removed_at=APRIL))
        assert data_of(FormBook(desk), FIRST)[BUKU, "2022-03"].evidence == 1
        connection.execute(update(table(Evidence)).values(removed_by=table(Evidence).c.person_id))
        assert data_of(FormBook(desk), FIRST)[BUKU, "2022-03"].evidence == 0


def test_the_data_say_how_far_a_figure_has_come(engine: Engine) -> None:
    with writing(engine) as connection:
        desk = filled(connection)
        indicator_id = next(duty.id for duty in desk.office_duties if duty.code == BUKU)
        check(connection, desk.office_id, [(indicator_id, MARCH)], APRIL)
        rows = data_of(FormBook(replace(desk)), FIRST)
    found = [rows[BUKU, f"2022-0{month}"].checked for month in (1, 2, 3)]
    assert found == [Standing.REPORTED, Standing.MISSING, Standing.VERIFIED]


def test_a_period_that_runs_has_no_capaian_yet(engine: Engine) -> None:
    with writing(engine) as connection:
        rows = data_of(FormBook(filled(connection)), Period.month(2022, 4))
    assert {(row.capaian, row.capaian_to_date) for row in rows.values()} == {(None, None)}


def test_a_section_has_its_own_rows_only(engine: Engine) -> None:
    with writing(engine) as connection:
        rows = data_of(FormBook(filled(connection)), FIRST, "Seksi Pemerintahan")
    assert {row.post for row in rows.values()} == {"Kasi Pemerintahan"}


@pytest.mark.parametrize("name", FORMS)
def test_a_form_is_kept_under_its_name_and_comes_back(engine: Engine, name: str) -> None:
    with writing(engine) as connection:
        book = FormBook(filled(connection))
        for kind in FORMS[name].periods:
            period = Period.of_day(MARCH.start, kind)
            number = book.make(name, period)
            if isinstance(number, NoForm):
                assert number is NoForm.NOTHING
                continue
            kept = snapshots.load(connection, number)
            assert is_form(kept)
            assert kept_figures(kept) == book.figures(name, period) == book.again(kept)


def test_what_cannot_be_made_says_why(engine: Engine) -> None:
    with writing(engine) as connection:
        book = FormBook(filled(connection))
        assert book.make("hantu", MARCH) is NoForm.UNKNOWN
        assert book.make("data", Period.month(2022, 5)) is NoForm.NOT_BEGUN
        assert book.make("data", Period.month(2021, 5)) is NoForm.NOTHING
        assert book.make("data", MARCH, "Seksi Hantu") is NoForm.SECTION
