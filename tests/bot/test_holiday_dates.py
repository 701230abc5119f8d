"""The counts and particular days that domain.md 5 states of the `holidays` library."""

import sys
from datetime import date

import pytest

from bot.holiday_dates import NationalAlmanac
from domain.day_spans import DaySpan

ALMANAC = NationalAlmanac()


@pytest.mark.parametrize(("year", "days"), [(2024, 19 + 10), (2025, 17 + 11), (2026, 17 + 8), (2027, 18 + 8)])
def test_a_year_has_its_public_holidays_and_cuti_bersama(year: int, days: int) -> None:
    assert len(ALMANAC.free_days([year])) == days


def test_several_years_are_read_at_once() -> None:
    assert ALMANAC.free_days([2024, 2025]) == ALMANAC.free_days([2024]) | ALMANAC.free_days([2025])
    assert ALMANAC.free_days([]) == frozenset()


def test_cuti_bersama_is_included() -> None:
    """The library leaves it out unless it is asked for."""
    assert date(2022, 4, 29) in ALMANAC.free_days([2022])


@pytest.mark.parametrize(
    "day",
    [
        date(2022, 3, 3),  # Nyepi
        date(2024, 2, 14),  # election
        date(2024, 11, 27),  # election
        date(2027, 1, 5),  # Isra Mikraj, the first of two in that year
        date(2027, 12, 26),
    ],
)
def test_particular_days_are_free(day: date) -> None:
    assert day in ALMANAC.free_days([day.year])


def test_years_without_a_decree_are_known() -> None:
    assert [year for year in range(2024, 2030) if not ALMANAC.knows_cuti_bersama(year)] == [2028, 2029]


def test_the_fasting_month_ends_before_idul_fitri() -> None:
    assert ALMANAC.ramadan([2024]) == (DaySpan(date(2024, 3, 12), date(2024, 4, 9)),)
    assert ALMANAC.ramadan([2025, 2026]) == (*ALMANAC.ramadan([2025]), *ALMANAC.ramadan([2026]))


def test_a_year_may_hold_two_fasting_months() -> None:
    assert [span.first.year for span in ALMANAC.ramadan([2030])] == [2030, 2030]


def test_the_other_countries_are_not_imported() -> None:
    assert ALMANAC.free_days([2026])
    assert {"holidays.countries", "holidays.countries.germany"} & set(sys.modules) == set()
