"""How far a figure has come that rests on several values, by the way in which they accumulate.

mode             verified     not yet     s/d March   March
SUM              Jan, Feb     Mar         sementara   sementara    every amount counts
SUM              Mar          Jan, Feb    sementara   terverifikasi
CUM, LEVEL       Mar          Jan, Feb    terverifikasi            the last position alone
LEVEL, mean      all but May              sementara (the year)     every value of a mean counts
SINGLE           Feb, early               terverifikasi in its period, June
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, time
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.achievement import Cap, default_rule
from domain.checked import checked, checked_to_date
from domain.compliance import compliance
from domain.indicator_year import indicator_year
from domain.judged import average_of as average
from domain.judged import checked_of, coverage_of, judge
from domain.ledger import Measure, resting_on, year_ledger
from domain.modes import Mode, Polarity, Rhythm, YearRule
from domain.office import Office
from domain.office_rules import OfficeRules
from domain.openings import Duty
from domain.periods import Period, PeriodKind, periods_of_year
from domain.plan import Capacity, Role
from domain.reviews import Returned
from domain.roles import OrgPost
from domain.standing import Standing
from domain.working_calendar import WorkingCalendar
from domain.zones import instant
from tests.duties import duty

CAMAT = OrgPost(1, "Camat", Role.CAMAT, None)
MONTHLY = "1 1 1 1 1 1 1 1 1 1 1 1"
JANUARY, FEBRUARY, MARCH, JUNE = (Period.month(2022, number) for number in (1, 2, 3, 6))
TW1, YEAR = Period.quarter(2022, 1), Period.whole_year(2022)
GIVEN = {"2022-01": 1, "2022-02": 1, "2022-03": 1}
VERIFIED, REPORTED, APPROVED = Standing.VERIFIED, Standing.REPORTED, Standing.APPROVED


def come(one: Duty, *verified: Period, standing: Standing = VERIFIED) -> Duty:
    """The duty with these of its values verified, or as far as it is said."""
    return replace(one, standings=dict.fromkeys(verified, standing))


def shown(one: Duty, period: Period = MARCH) -> tuple[Standing, Standing]:
    return checked(one, period), checked_to_date(one, period)


def test_a_sum_is_verified_when_every_amount_is() -> None:
    one = duty("Surat", MONTHLY, GIVEN)
    assert shown(come(one, JANUARY, FEBRUARY)) == (REPORTED, REPORTED)
    assert shown(come(one, MARCH)) == (VERIFIED, REPORTED)
    assert shown(come(one, JANUARY, FEBRUARY, MARCH)) == (VERIFIED, VERIFIED)
    assert checked(come(one, JANUARY, FEBRUARY), TW1) is REPORTED


@pytest.mark.parametrize("mode", [Mode.CUM, Mode.LEVEL])
def test_of_a_position_only_the_one_that_holds_counts(mode: Mode) -> None:
    one = duty("PBB", "10 20 30 40 50 60 70 80 90 95 98 100", GIVEN, mode=mode)
    assert shown(come(one, MARCH)) == (VERIFIED, VERIFIED)
    assert shown(come(one, JANUARY, FEBRUARY)) == (REPORTED, REPORTED)


def test_a_mean_over_the_year_rests_on_every_value() -> None:
    measure = replace(duty("Layanan", MONTHLY, mode=Mode.LEVEL).measure, year_rule=YearRule.AVERAGE)
    values = {period: Decimal(1) for period in periods_of_year(2022, PeriodKind.MONTH)}
    one = replace(duty("Layanan", MONTHLY), measure=measure, values=values, figures=year_ledger(measure, values))
    december = Period.month(2022, 12)
    all_but_may = [period for period in values if period.number != 5]
    assert checked_to_date(come(one, *all_but_may), YEAR) is REPORTED
    assert checked_to_date(come(one, *all_but_may), december) is VERIFIED
    assert checked_to_date(come(one, *values), YEAR) is VERIFIED


def test_what_is_typed_once_and_early_is_verified_in_the_period_that_asks_for_it() -> None:
    one = duty("IKM", "- - - - - 84 - - - - - -", {"2022-02": 80}, mode=Mode.SINGLE)
    assert shown(come(one, FEBRUARY), JUNE) == (VERIFIED, VERIFIED)
    assert shown(one, JUNE) == (REPORTED, REPORTED)


def test_nothing_is_verified_where_something_due_is_missing_or_returned() -> None:
    gap = duty("Surat", MONTHLY, {"2022-01": 1, "2022-03": 1})
    assert shown(come(gap, JANUARY, MARCH)) == (VERIFIED, Standing.MISSING)
    assert checked(come(gap, JANUARY, MARCH), TW1) is Standing.MISSING
    at = instant(date(2022, 4, 4), time(9), "Asia/Jakarta")
    returned = Returned(Decimal(1), None, None, "Mohon bukti", 1, 2, Capacity.DEFINITIF, at)
    assert shown(replace(come(gap, JANUARY), returned={FEBRUARY: returned}), FEBRUARY) == (
        Standing.RETURNED,
        Standing.RETURNED,
    )


def test_a_month_that_a_quarter_stands_for_is_as_far_as_the_quarter() -> None:
    one = duty("Surat", "3 3 3 3", {"2022-TW1": 3}, rhythm=Rhythm.MONTHLY)
    assert checked(come(one, TW1), FEBRUARY) is VERIFIED
    assert checked(one, FEBRUARY) is REPORTED


def test_a_figure_is_approved_when_all_it_rests_on_is() -> None:
    one = duty("Surat", MONTHLY, GIVEN)
    assert shown(come(one, JANUARY, FEBRUARY, MARCH, standing=APPROVED)) == (APPROVED, APPROVED)
    mixed = replace(one, standings={JANUARY: APPROVED, FEBRUARY: VERIFIED, MARCH: APPROVED})
    assert shown(mixed) == (APPROVED, VERIFIED)


def test_of_an_average_is_counted_how_much_is_verified() -> None:
    whole = come(duty("A", MONTHLY, GIVEN, number=1), JANUARY, FEBRUARY, MARCH)
    waiting = duty("B", MONTHLY, GIVEN, number=2)
    later = duty("C", "- - - - - 1 - - - - - -", number=3)
    judged = judge((whole, waiting, later), date(2022, 4, 4))
    found = coverage_of(average(judged, Cap.AT_100), judged)
    assert (found.reported, found.verified) == (2, 1)
    assert checked_of(judged) is REPORTED
    assert checked_of(judge((whole, later), date(2022, 4, 4))) is VERIFIED
    assert checked_of(()) is Standing.MISSING


# --- the values on which a figure rests are those that the ledger combines -------------------------------------------

MODES = st.sampled_from([(mode, rule) for mode in Mode for rule in YearRule])
PERIODS = [one for kind in (PeriodKind.MONTH, PeriodKind.QUARTER) for one in periods_of_year(2022, kind)]


@st.composite
def measures(draw: st.DrawFn) -> tuple[Measure, Mapping[Period, Decimal]]:
    mode, year_rule = draw(MODES)
    months = periods_of_year(2022, PeriodKind.MONTH)
    targets = {one: Decimal(draw(st.integers(1, 9))) for one in months if draw(st.booleans())}
    measure = Measure(2022, mode, year_rule, Rhythm.MONTHLY, default_rule(Polarity.POSITIVE), targets)
    values = {one: Decimal(draw(st.integers(0, 99))) for one in draw(st.sets(st.sampled_from(PERIODS), max_size=9))}
    return measure, values


@settings(max_examples=150)
@given(measures(), st.booleans())
def test_without_what_a_figure_does_not_rest_on_it_is_the_same(
    drawn: tuple[Measure, Mapping[Period, Decimal]], to_date: bool
) -> None:
    measure, values = drawn
    for period, figure in year_ledger(measure, values).items():
        kept = resting_on(measure, values, period, to_date=to_date)
        again = year_ledger(measure, {one: values[one] for one in kept})[period]
        if to_date:
            assert again.realisation_to_date == figure.realisation_to_date
        else:
            assert again.realisation == figure.realisation
        assert bool(kept) == ((figure.realisation_to_date if to_date else figure.realisation) is not None)


def test_the_judged_property_is_that_of_the_last_period_that_ended() -> None:
    one = come(duty("A", MONTHLY, GIVEN), JANUARY, FEBRUARY, MARCH)
    assert [found.checked for found in judge((one,), date(2022, 4, 4))] == [VERIFIED]
    assert [found.checked for found in judge((one,), date(2022, 5, 4))] == [Standing.MISSING]


def test_the_year_of_an_indicator_tells_its_periods_apart() -> None:
    office = Office("Asia/Jakarta", OfficeRules(), WorkingCalendar(frozenset()), {1: CAMAT}, ())
    made = indicator_year("Kecamatan Sukamaju", come(duty("A", MONTHLY, GIVEN), FEBRUARY), date(2022, 4, 4), office)
    assert [point.checked for point in made.points[:4]] == [REPORTED, VERIFIED, REPORTED, None]
    assert [point.checked_to_date for point in made.points[:4]] == [REPORTED] * 3 + [None]
    assert made.provisional
    whole = come(duty("A", MONTHLY, GIVEN), JANUARY, FEBRUARY, MARCH)
    assert not indicator_year("Kecamatan Sukamaju", whole, date(2022, 4, 4), office).provisional


def test_a_post_is_as_far_as_the_last_of_its_reports_and_nowhere_while_one_is_missing() -> None:
    office = Office("Asia/Jakarta", OfficeRules(), WorkingCalendar(frozenset()), {1: CAMAT}, ())
    first, second = (duty(name, MONTHLY, GIVEN, number=at) for at, name in enumerate("AB", start=1))
    third = duty("C", MONTHLY, {"2022-01": 1}, number=3)

    def shown(*duties: Duty) -> tuple[Standing | None, ...]:
        made = compliance("Kecamatan Sukamaju", duties, date(2022, 4, 4), office, YEAR)
        assert made is not None
        return made.posts[0].checked[:4]

    assert shown(come(first, JANUARY, FEBRUARY), come(second, JANUARY)) == (VERIFIED, REPORTED, REPORTED, None)
    assert shown(come(first, JANUARY), come(third, JANUARY)) == (VERIFIED, None, None, None)
