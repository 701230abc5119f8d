"""An office that began in mid-year: what is asked, what is known, and what an opening position stands for."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.achievement import NoCapaian, Standing, default_rule
from domain.beginning import first_month, is_before, last_before
from domain.compliance import compliance
from domain.judged import judge
from domain.ledger import Measure, resting_on, to_date, year_ledger
from domain.modes import Mode, Polarity, Rhythm, YearRule
from domain.office import Office
from domain.office_rules import OfficeRules
from domain.openings import Duty, closings
from domain.periods import Period, PeriodKind, periods_of_year
from domain.plan import Role
from domain.refusals import BadSetting
from domain.roles import OrgPost
from domain.section_detail import section_detail
from domain.working_calendar import WorkingCalendar
from tests.duties import duty, series
from tests.summaries import summarise

MONTHS = periods_of_year(2022, PeriodKind.MONTH)
JUNE, MAY = Period.month(2022, 6), Period.month(2022, 5)
TWELVE = "1 1 1 1 1 1 1 1 1 1 1 1"
KASI = OrgPost(1, "Kasi Pemerintahan", Role.KASI, 2)
RULES = OfficeRules(begins=JUNE)
OFFICE = Office(
    "Asia/Jakarta", RULES, WorkingCalendar(frozenset()), {1: KASI, 2: OrgPost(2, "Camat", Role.CAMAT, None)}, ()
)
TODAY = date(2022, 7, 4)


def begun(one: Duty, values: Mapping[str, int | str], opening: str = "", since: int = 6) -> Duty:
    """The indicator in an office that began in that month, with what was reported; `opening` is the code of the period
    whose value is its position."""
    known = None if not opening else Period.parse(opening)
    measure = replace(one.measure, since=since, opening=known)
    reported = {Period.parse(code): Decimal(value) for code, value in values.items()}
    return replace(one, measure=measure, values=reported, figures=year_ledger(measure, reported))


@pytest.mark.parametrize(
    ("begins", "year", "month"), [(None, 2022, 1), (JUNE, 2021, 13), (JUNE, 2022, 6), (JUNE, 2023, 1)]
)
def test_the_month_from_which_a_year_is_asked(begins: Period | None, year: int, month: int) -> None:
    assert first_month(begins, year) == month


@pytest.mark.parametrize(("kind", "last"), [(PeriodKind.MONTH, "2022-05"), (PeriodKind.QUARTER, "2022-TW1")])
def test_until_when_an_opening_position_is_told(kind: PeriodKind, last: str) -> None:
    assert last_before(JUNE, kind) == Period.parse(last)
    assert last_before(Period.month(2022, 1), kind) is None
    assert (is_before(Period.parse(last), JUNE), is_before(Period.quarter(2022, 2), JUNE)) == (True, False)


def test_the_setting_is_a_month() -> None:
    assert OfficeRules.from_json(RULES.to_json()) == RULES
    for wrong in ("2022-TW2", "juni", 6):
        with pytest.raises(BadSetting):
            OfficeRules.from_json({"begins": wrong})


# --- what a position stands for ---------------------------------------------------------------------------------------


@st.composite
def years(draw: st.DrawFn) -> tuple[Measure, int, dict[Period, Decimal], dict[Period, Decimal]]:
    """A measure, the month in which the office began, what was realised before, and what was reported since."""
    mode = draw(st.sampled_from([Mode.SUM, Mode.CUM, Mode.LEVEL]))
    by_quarters = draw(st.booleans())
    targets = series("30 30 30 30" if by_quarters else "10 10 10 10 10 10 10 10 10 10 10 10", 2022)
    rhythm = draw(st.sampled_from([Rhythm.MONTHLY, Rhythm.QUARTERLY])) if by_quarters else Rhythm.MONTHLY
    rule = default_rule(draw(st.sampled_from(list(Polarity)[:2])))
    measure = Measure(2022, mode, YearRule.LAST, rhythm, rule, targets, Decimal(120))
    since = draw(st.integers(2, 12))
    units = periods_of_year(2022, measure.reporting_kind)
    numbers = st.integers(0, 400).map(Decimal)
    before = {unit: draw(numbers) for unit in units if unit.last_month < since}
    after = {unit: draw(numbers) for unit in units if unit.last_month >= since and draw(st.booleans())}
    return measure, since, before, after


@given(years())
def test_a_position_counts_as_if_it_had_been_reported_before(
    made: tuple[Measure, int, dict[Period, Decimal], dict[Period, Decimal]],
) -> None:
    """With an opening position P, s/d of every later period equals that of an office that had reported P in all."""
    measure, since, before, after = made
    if not before:
        return
    last = max(before)
    total = sum(before.values(), Decimal(0)) if measure.mode is Mode.SUM else before[last]
    whole = year_ledger(measure, {**before, **after})
    known = year_ledger(replace(measure, since=since, opening=last), {last: total, **after})
    for period, figure in known.items():
        if period.last_month < last.last_month:
            assert figure.realisation is None
        elif period.last_month >= since:
            same = whole[period]
            assert (figure.realisation_to_date, figure.capaian_to_date) == (
                same.realisation_to_date,
                same.capaian_to_date,
            )
            assert (figure.missing_before, figure.unknown_before) == (same.missing_before, False)
            assert (figure.due, figure.reported, figure.provisional) == (same.due, same.reported, same.provisional)


@given(years())
def test_a_position_is_never_the_figure_of_a_month_and_nothing_before_is_missing(
    made: tuple[Measure, int, dict[Period, Decimal], dict[Period, Decimal]],
) -> None:
    measure, since, before, after = made
    begun_in = replace(measure, since=since)
    assert all(period.last_month >= since for period in begun_in.due_periods)
    unknown = year_ledger(begun_in, after)
    assert not any(figure.due or figure.provisional for figure in unknown.values() if figure.period.last_month < since)
    assert not any(figure.susulan for figure in unknown.values() if figure.unknown_before)
    for figure in unknown.values():
        assert figure.capaian_to_date is None or not figure.unknown_before
    if before and measure.mode is Mode.SUM and measure.reporting_kind is PeriodKind.MONTH and max(before).number > 1:
        last = max(before)
        told = year_ledger(replace(begun_in, opening=last), {last: Decimal(50), **after})
        assert [told[period].realisation for period in before if period in told] == [None] * len(before)
        assert told[last].realisation_to_date == Decimal(50)


def test_a_quarter_that_holds_the_beginning_is_due_with_what_is_known() -> None:
    """April and May lie in the position, so TW II alone has no capaian; s/d it has one, and so has the year."""
    made = begun(duty("Buku", TWELVE, annual=12), {"2022-05": 4, "2022-06": 1}, "2022-05")
    second, year = made.figures[Period.quarter(2022, 2)], made.figures[Period.whole_year(2022)]
    assert (second.due, second.reported, second.realisation, second.capaian) == (True, True, 1, None)
    assert (second.realisation_to_date, second.target_to_date, second.provisional) == (5, 6, False)
    assert (year.realisation, year.missing_before, year.capaian is not None) == (5, 5, True)
    by_quarters = begun(duty("Rapat", "3 3 3 3"), {"2022-TW1": 2, "2022-TW2": 3}, "2022-TW1")
    assert by_quarters.figures[Period.quarter(2022, 2)].capaian == 100
    assert by_quarters.figures[Period.quarter(2022, 1)].realisation == 2


def test_a_position_stands_for_every_report_of_the_time_before() -> None:
    """What was reported of January holds as January's own; s/d May the position holds."""
    made = begun(duty("Buku", TWELVE), {"2022-01": 3, "2022-05": 4, "2022-06": 1}, "2022-05")
    assert (made.figures[MONTHS[0]].realisation, made.figures[MAY].realisation) == (3, None)
    assert made.figures[JUNE].realisation_to_date == 5
    assert resting_on(made.measure, made.values, JUNE, to_date=True) == (MAY, JUNE)


def test_without_a_position_nothing_s_d_is_judged_nor_missing() -> None:
    made = begun(duty("Buku", TWELVE), {"2022-06": 1})
    figure = made.figures[JUNE]
    assert (figure.unknown_before, figure.missing_before, figure.capaian, figure.capaian_to_date) == (
        True,
        0,
        100,
        None,
    )
    assert to_date(figure) == Standing(True, True, None)


# --- and everything that counts ---------------------------------------------------------------------------------------


def test_nothing_before_the_beginning_is_asked_or_missing_anywhere() -> None:
    """In lapor, in the table of who reported when, in the summary and in a section."""
    silent = begun(duty("Buku", TWELVE), {})
    told = begun(duty("Arsip", TWELVE, number=2), {"2022-05": 5}, "2022-05")
    assert [closing.end for closing in closings([silent, told], TODAY, OFFICE)] == [JUNE.end, date(2022, 7, 31)]
    table = compliance("Kecamatan", [silent], TODAY, OFFICE, Period.whole_year(2022))
    assert table is not None
    assert table.periods[0] == JUNE.code
    early = date(2022, 6, 10)
    assert [one.duty.id for one in judge([silent, told], early)] == [2]
    before_june_ends = summarise("Kecamatan", [silent, told], early, OFFICE)
    assert before_june_ends is not None
    assert (before_june_ends.period, before_june_ends.coverage.missing) == (JUNE.code, 0)
    assert before_june_ends.overdue == ()
    detail = section_detail("Kecamatan", "Kasi Pemerintahan", [silent, told], early, OFFICE)
    assert detail is not None
    assert [one.no_capaian for one in detail.indicators] == [NoCapaian.NOT_DUE, ""]


def test_what_is_unknown_says_so_once_a_period_has_ended() -> None:
    silent = begun(duty("Buku", TWELVE), {"2022-06": 1})
    detail = section_detail("Kecamatan", "Kasi Pemerintahan", [silent], TODAY, OFFICE)
    assert detail is not None
    (only,) = detail.indicators
    assert (only.no_capaian, only.due, only.reported) == (NoCapaian.UNKNOWN_BEFORE, 1, 1)
    assert (detail.coverage.missing, detail.mean) == (0, None)


def test_the_office_may_have_begun_after_a_whole_year() -> None:
    last_year = begun(duty("Buku", "1 1 1 1", year=2022), {}, since=13)
    assert last_year.measure.due_periods == ()
    assert not any(figure.due for figure in last_year.figures.values())
    closed = replace(OFFICE, rules=replace(RULES, begins=Period.month(2023, 1)))
    assert closings([last_year], date(2023, 1, 10), closed) == ()
