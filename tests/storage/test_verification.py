"""The number below a picture or form: the same figures, others since, or nothing that may be told."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import Connection, Engine

from domain.budget import reporting_lines
from domain.periods import Period
from domain.plan import BudgetRow, Level
from domain.sight import Sight
from storage import budgets, snapshots
from storage.budgets import NewBudgetReport
from storage.desk import Desk
from storage.engine import writing
from storage.form_book import FORMS, FormBook, NoForm
from storage.picture_book import PictureBook
from storage.plans import apply_plan
from storage.reports import NewReport
from storage.verification import Outcome, Verified, verify
from tests.loaded import once
from tests.offices import BUKU, GAJI, KASI, PBB, PERDES, PLAN, MadeOffice, desk_of, look_up, service
from tests.verified import check

pytestmark = pytest.mark.sampled_on_postgresql

APRIL = datetime(2022, 4, 6, 2, tzinfo=UTC)
LATER = APRIL + timedelta(hours=3)
MARCH, FIRST = Period.month(2022, 3), Period.quarter(2022, 1)
SECTION = "Seksi Pemerintahan"
MONEY = (
    BudgetRow("5", "Penyelenggaraan Pemerintahan", Level.PROGRAM, None),
    BudgetRow("5.1", "Rapat koordinasi", Level.KEGIATAN, Decimal(10_000_000), post=KASI),
    BudgetRow("5.2", "Pembinaan desa", Level.KEGIATAN, Decimal(30_000_000), post=KASI),
)


def make(connection: Connection) -> MadeOffice:
    """The invented office with a service and a budget; of the Kasi's reports only Buku wajib for March is missing."""
    return once(connection, __name__, lambda: _make(connection))


def _make(connection: Connection) -> MadeOffice:
    plan = replace(PLAN, budget=MONEY, indicators=(*PLAN.indicators, service("ktp", "KTP elektronik", KASI)))
    made = look_up(connection, apply_plan(connection, plan, datetime(2022, 1, 3, tzinfo=UTC)))
    january, february = Period.month(2022, 1), Period.month(2022, 2)
    for code, periods in (
        (BUKU, (january, february)),
        (PERDES, (february, MARCH)),
        (PBB, (FIRST,)),
        ("ktp", (january, february, MARCH)),
    ):
        for period in periods:
            report(connection, made, code, period, 1, APRIL)
    spend(connection, made, "5.1", 4_000_000, APRIL)
    return made


def report(connection: Connection, made: MadeOffice, code: str, period: Period, value: int, at: datetime) -> None:
    desk_of(connection, made, "Sari Andini", at).submit([NewReport(made.indicators[code], period, Decimal(value))])


def spend(connection: Connection, made: MadeOffice, code: str, rupiah: int, at: datetime) -> None:
    lines = reporting_lines(budgets.lines(connection, made.id))
    line = next(line for line in lines if line.code == code)
    desk_of(connection, made, "Sari Andini", at).submit_budget(
        [NewBudgetReport(line.id, MARCH, Decimal(rupiah), Decimal(40))]
    )


def _kept(book: PictureBook, figures: object) -> int:
    assert figures is not None
    return book.keep(figures)  # pyright: ignore[reportArgumentType]  # whichever picture it is


PICTURES: dict[str, Callable[[PictureBook, Desk], int]] = {
    "summary": lambda book, desk: _kept(book, desk.summary()),
    "summary of this week": lambda book, desk: _kept(book, desk.summary(before=desk.week_start)),
    "summary of a month": lambda book, _desk: _kept(book.at(MARCH), book.at(MARCH).summary(MARCH)),
    "section": lambda book, _desk: _kept(book, book.section(SECTION)),
    "section of a month": lambda book, _desk: _kept(book.at(MARCH), book.at(MARCH).section(SECTION)),
    "indicator": lambda book, _desk: _kept(book, book.indicator(book.duties[0])),
    "compliance": lambda book, _desk: _kept(book, book.compliance()),
    "compliance of a month": lambda book, _desk: _kept(book.at(MARCH), book.at(MARCH).compliance()),
    "budget": lambda book, _desk: _kept(book, book.budget()),
}


def form(name: str, section: str = "") -> Callable[[Desk], int]:
    def kept(desk: Desk) -> int:
        number = FormBook(desk).make(name, Period.of_day(MARCH.start, FORMS[name].periods[0]), section)
        assert not isinstance(number, NoForm), number
        return number

    return kept


def picture(name: str) -> Callable[[Desk], int]:
    return lambda desk: PICTURES[name](desk.pictures, desk)


DOCUMENTS = {
    **{name: picture(name) for name in PICTURES},
    **{name: form(name) for name in FORMS},
    "renaksi of a section": form("renaksi", SECTION),
}


def found(desk: Desk, number: int, seen: Sight | None = None) -> Verified:
    one = verify(desk, number, seen)
    assert one is not None
    return one


@pytest.mark.parametrize("document", DOCUMENTS)
def test_nothing_came_in_since_and_the_figures_are_the_same(engine: Engine, document: str) -> None:
    with writing(engine) as connection:
        made = make(connection)
        number = DOCUMENTS[document](desk_of(connection, made, None, LATER))
        month_later = desk_of(connection, made, None, LATER + timedelta(days=30))
        assert found(month_later, number).outcome is Outcome.SAME


@pytest.mark.parametrize("document", DOCUMENTS)
def test_figures_that_were_verified_since_are_the_same(engine: Engine, document: str) -> None:
    with writing(engine) as connection:
        made = make(connection)
        number = DOCUMENTS[document](desk_of(connection, made, None, LATER))
        given = [(BUKU, Period.month(2022, 1)), (PERDES, MARCH), (PBB, FIRST), ("ktp", MARCH)]
        figures = [(made.indicators[code], period) for code, period in given]
        check(connection, made.id, figures, LATER + timedelta(days=1))
        assert found(desk_of(connection, made, None, LATER + timedelta(days=30)), number).outcome is Outcome.SAME


def test_what_was_only_verified_is_not_named_beside_what_changed(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make(connection)
        number = form("renaksi")(desk_of(connection, made, None, LATER))
        check(connection, made.id, [(made.indicators[PBB], FIRST)], LATER + timedelta(days=1))
        report(connection, made, BUKU, MARCH, 1, LATER + timedelta(days=1))
        one = found(desk_of(connection, made, None, LATER + timedelta(days=30)), number)
    assert one.indicators == ("Desa yang memiliki buku wajib administrasi",)


@pytest.mark.parametrize("document", [name for name in DOCUMENTS if name not in ("budget", "rfk", "tc29", "paten")])
def test_a_late_report_changes_what_contains_it(engine: Engine, document: str) -> None:
    with writing(engine) as connection:
        made = make(connection)
        number = DOCUMENTS[document](desk_of(connection, made, None, LATER))
        report(connection, made, BUKU, MARCH, 1, LATER + timedelta(days=1))
        one = found(desk_of(connection, made, None, LATER + timedelta(days=30)), number)
    assert (one.outcome, one.indicators, one.lines) == (
        Outcome.CHANGED,
        ("Desa yang memiliki buku wajib administrasi",),
        (),
    )


@pytest.mark.parametrize("document", ["budget", "rfk"])
def test_a_late_line_changes_what_is_of_money(engine: Engine, document: str) -> None:
    with writing(engine) as connection:
        made = make(connection)
        number = DOCUMENTS[document](desk_of(connection, made, None, LATER))
        report(connection, made, PERDES, MARCH, 2, LATER + timedelta(days=1))
        spend(connection, made, "5.2", 1_000_000, LATER + timedelta(days=1))
        one = found(desk_of(connection, made, None, LATER + timedelta(days=30)), number)
    assert (one.outcome, one.indicators, one.lines) == (Outcome.CHANGED, (), ("Pembinaan desa",))


def test_what_others_report_leaves_a_section_and_an_indicator_as_they_are(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make(connection)
        desk = desk_of(connection, made, None, LATER)
        numbers = [DOCUMENTS[name](desk) for name in ("section", "indicator", "renaksi of a section")]
        late = desk_of(connection, made, "Joko Santosa", LATER + timedelta(days=1))
        late.submit([NewReport(made.indicators[GAJI], MARCH, Decimal(10))])
        later = desk_of(connection, made, None, LATER + timedelta(days=30))
        assert {found(later, number).outcome for number in numbers} == {Outcome.SAME}


def test_a_report_that_was_returned_is_named(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make(connection)
        number = form("renaksi")(desk_of(connection, made, None, LATER))
        above = desk_of(connection, made, "Ratna Dewanti", LATER + timedelta(days=1))
        above.return_report(made.indicators[PBB], FIRST, Decimal(1), "Mohon diperiksa lagi.")
        one = found(desk_of(connection, made, None, LATER + timedelta(days=2)), number)
    assert (one.outcome, one.indicators) == (Outcome.CHANGED, ("Realisasi PBB",))


def test_what_changed_without_a_report_names_nobody(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make(connection)
        number = form("renaksi")(desk_of(connection, made, None, LATER))
        indicators = tuple(replace(one, unit="kantor") if one.code == BUKU else one for one in PLAN.indicators)
        changed = replace(PLAN, budget=MONEY, indicators=indicators, reason="Perubahan")
        apply_plan(connection, changed, LATER + timedelta(days=1))
        one = found(desk_of(connection, made, None, LATER + timedelta(days=2)), number)
    assert (one.outcome, one.indicators, one.lines) == (Outcome.CHANGED, (), ())


def test_one_kept_before_that_was_noted_cannot_be_compared(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make(connection)
        desk = desk_of(connection, made, None, LATER)
        kept = snapshots.load(connection, DOCUMENTS["summary"](desk))
        old = snapshots.keep(connection, made.id, kept.kind, kept.period, kept.figures, APRIL)
        assert found(desk, old).outcome is Outcome.NOT_COMPARABLE


def test_another_offices_number_is_as_unknown_as_none(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make(connection)
        plan = replace(PLAN, office="Sebelah")
        other = look_up(connection, apply_plan(connection, plan, APRIL))
        number = DOCUMENTS["summary"](desk_of(connection, made, None, LATER))
        assert verify(desk_of(connection, other, None, LATER), number) is None
        assert verify(desk_of(connection, made, None, LATER), number + 1) is None


EVERYBODY = ("Ratna Dewanti", "Agus Prasetya", "Dewi Lestari", "Sari Andini", "Joko Santosa")
OFFICE = {"Ratna Dewanti", "Agus Prasetya", "Dewi Lestari"}
SEEN_BY = dict.fromkeys(DOCUMENTS, OFFICE) | {
    name: OFFICE | {"Sari Andini"}
    for name in ("section", "section of a month", "indicator", "renaksi of a section", "budget", "rfk")
}
"""Sari leads the section and reports every line of the budget."""


@pytest.mark.parametrize("document", DOCUMENTS)
def test_it_is_told_to_those_who_may_see_what_it_shows(engine: Engine, document: str) -> None:
    with writing(engine) as connection:
        made = make(connection)
        number = DOCUMENTS[document](desk_of(connection, made, None, LATER))
        desks = {name: desk_of(connection, made, name, LATER) for name in EVERYBODY}
        told = {name for name, desk in desks.items() if verify(desk, number, desk.sight) is not None}
    assert told == SEEN_BY[document]
