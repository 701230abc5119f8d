"""Tallies of invented indicators, worked out by hand; what is made of many of them stands in test_summarise."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from domain.achievement import Cap
from domain.modes import Rhythm
from domain.periods import Period
from domain.standing import Standing
from domain.tallies import Cell, Tally, added, entries, last_quoted, quoted_periods, tally
from tests.duties import duty, service
from tests.summaries import count

MONTHLY = "1 1 1 1 1 1 1 1 1 1 1 1"
JANUARY, FEBRUARY, MARCH = (Period.month(2022, number) for number in (1, 2, 3))
DOUBLED = duty("Laporan", MONTHLY, {"2022-01": 2, "2022-02": 1}, number=1, post=4)
SHORT = duty("Perdes", MONTHLY, {"2022-01": "0.5"}, number=2, post=4)


def cell(period: Period, every: int = 1, post: int = 4) -> Cell:
    return Cell(post, period, every)


@pytest.mark.parametrize(
    ("cap", "mean"),
    [(Cap.AT_100, "75"), (Cap.AT_110, "80"), (Cap.AT_120, "85"), (Cap.NONE, "125")],
)
def test_a_mean_is_there_for_every_cap(cap: Cap, mean: str) -> None:
    january = count([DOUBLED, SHORT])[cell(JANUARY)]
    assert (january.duties, january.asked, january.reported, january.missing) == (2, 2, 2, 0)
    assert january.mean(cap) == january.mean_to_date(cap) == Decimal(mean)


def test_the_period_alone_and_to_date_are_two_things() -> None:
    """S/d February 3 of 2 are done, of February alone 1 of 1; the other one is missing in both."""
    february = count([DOUBLED, SHORT])[cell(FEBRUARY)]
    assert (february.counted, february.missing, february.mean(Cap.NONE)) == (1, 1, 100)
    assert (february.counted_to_date, february.missing_to_date, february.mean_to_date(Cap.NONE)) == (1, 1, 150)
    assert (february.coverage.due, february.coverage.reported) == (2, 1)


def test_without_anything_counted_there_is_no_mean() -> None:
    assert Tally().mean(Cap.NONE) is None and Tally().mean_to_date(Cap.AT_100) is None
    assert added([]) == Tally()


def test_what_is_added_can_be_taken_away_again() -> None:
    both, one, other = (count(duties)[cell(JANUARY)] for duties in ([DOUBLED, SHORT], [DOUBLED], [SHORT]))
    assert both == added([one, other])
    assert Tally(*(a - b for a, b in zip(both, one, strict=True))) == other


def test_monthly_reports_of_a_quarterly_plan_are_quoted_by_the_quarter() -> None:
    arsip = duty("Arsip", "4 4 4 4", {"2022-01": 1, "2022-02": 1, "2022-03": 1}, post=4, rhythm=Rhythm.MONTHLY)
    found = count([arsip])
    assert {one.period: one.every for one in found if one.period <= MARCH} == {JANUARY: 0, FEBRUARY: 0, MARCH: 3}
    assert not found[cell(JANUARY, 0)].quoted and found[cell(MARCH, 3)].mean_to_date(Cap.NONE) == 75


def test_a_verified_figure_is_counted_as_such_and_a_service_never_as_judged() -> None:
    reported = duty("Buku", MONTHLY, {"2022-01": 1}, number=3, post=4)
    checked = replace(reported, standings={JANUARY: Standing.VERIFIED})
    january = count([checked, service("KTP", {"2022-01": 9}, number=5, post=4)])[cell(JANUARY)]
    assert (january.services, january.asked, january.asked_services, january.reported) == (1, 2, 1, 2)
    assert (january.verified, january.verified_to_date, january.unverified, january.all_verified) == (1, 1, 1, False)
    assert (january.judged, january.quoted_services, january.coverage.without_target) == (1, 1, 1)


def test_a_day_quotes_the_last_period_that_has_ended() -> None:
    found = count([DOUBLED, duty("PBB", "25 50 75 100", number=6, post=4)])
    assert set(last_quoted(found, date(2022, 1, 31))) == set()
    assert set(last_quoted(found, date(2022, 2, 1))) == {cell(JANUARY)}
    assert set(last_quoted(found, date(2022, 5, 9))) == {cell(Period.month(2022, 4)), cell(Period.quarter(2022, 1), 3)}
    assert set(last_quoted(found, date(2023, 2, 1))) == {cell(Period.month(2022, 12)), cell(Period.quarter(2022, 4), 3)}


def test_the_periods_that_may_be_quoted_are_few() -> None:
    codes = {period.code for period in quoted_periods([2022], date(2022, 5, 9))}
    assert codes == {"2022-04", "2022-03", "2022-TW1"}
    year = {period.code for period in quoted_periods([2021, 2023], date(2022, 5, 9))}
    assert year == {"2021-12", "2021-TW4", "2021"}


def test_an_entry_says_what_a_tally_counts() -> None:
    january, february = list(entries(SHORT))[:2]
    assert (january.asked, january.standing, february.standing) == (True, Standing.REPORTED, Standing.MISSING)
    assert tally(february).missing == 1 and tally(january).missing == 0
