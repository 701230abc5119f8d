"""Counting in working days, on the real calendars of 2022 to 2027."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.holiday_dates import NationalAlmanac
from domain.periods import Period
from domain.working_calendar import WorkingCalendar

REAL = WorkingCalendar(NationalAlmanac().free_days(range(2022, 2028)))
SIX_DAYS = WorkingCalendar(REAL.free, workdays=6)

DAYS = st.dates(date(2024, 1, 1), date(2026, 12, 31))
CALENDARS = st.builds(WorkingCalendar, st.frozensets(DAYS, max_size=60), st.sampled_from([5, 6]))


def test_weekends_and_free_days_are_not_worked() -> None:
    assert REAL.is_working(date(2022, 3, 31))
    assert not REAL.is_working(date(2022, 4, 2))  # Saturday
    assert not REAL.is_working(date(2022, 3, 3))  # Nyepi
    assert not REAL.is_working(date(2022, 4, 29))  # cuti bersama


def test_an_office_of_six_days_works_on_saturdays() -> None:
    assert SIX_DAYS.is_working(date(2022, 4, 2))
    assert not SIX_DAYS.is_working(date(2022, 4, 3))


@pytest.mark.parametrize("workdays", [0, 4, 7])
def test_other_weeks_are_refused(workdays: int) -> None:
    with pytest.raises(ValueError, match=f"5 or 6 days a week, not {workdays}"):
        WorkingCalendar(frozenset(), workdays)


def test_next_and_previous_never_stay() -> None:
    assert REAL.next_working(date(2022, 3, 31)) == date(2022, 4, 1)
    assert REAL.next_working(date(2022, 4, 1)) == date(2022, 4, 4)
    assert REAL.previous_working(date(2022, 3, 4)) == date(2022, 3, 2)
    assert REAL.next_working(date(2022, 4, 28)) == date(2022, 5, 9)  # Lebaran


def test_at_or_after_and_at_or_before_stay_on_a_working_day() -> None:
    assert REAL.at_or_after(date(2022, 3, 31)) == REAL.at_or_before(date(2022, 3, 31)) == date(2022, 3, 31)
    assert REAL.at_or_after(date(2022, 3, 3)) == date(2022, 3, 4)
    assert REAL.at_or_before(date(2022, 3, 3)) == date(2022, 3, 2)


@pytest.mark.parametrize(
    ("day", "number", "expected"),
    [
        (date(2022, 4, 5), -1, date(2022, 4, 4)),
        (date(2022, 4, 5), 3, date(2022, 4, 8)),
        (date(2022, 4, 5), 5, date(2022, 4, 12)),
        (date(2022, 3, 31), -2, date(2022, 3, 29)),
        (date(2022, 4, 2), 1, date(2022, 4, 4)),
        (date(2022, 4, 2), -1, date(2022, 4, 1)),
        (date(2022, 4, 2), 0, date(2022, 4, 2)),
    ],
)
def test_add_counts_working_days(day: date, number: int, expected: date) -> None:
    assert REAL.add(day, number) == expected


@pytest.mark.parametrize(
    ("month", "fifth", "tenth"),
    [
        (Period.month(2024, 4), date(2024, 4, 5), date(2024, 4, 22)),
        (Period.month(2025, 4), date(2025, 4, 14), date(2025, 4, 22)),
        (Period.month(2025, 7), date(2025, 7, 7), date(2025, 7, 14)),
        (Period.month(2026, 4), date(2026, 4, 8), date(2026, 4, 15)),
        (Period.month(2027, 1), date(2027, 1, 11), date(2027, 1, 18)),
        (Period.month(2027, 10), date(2027, 10, 7), date(2027, 10, 14)),
    ],
)
def test_nth_working_day_of_a_month(month: Period, fifth: date, tenth: date) -> None:
    before = month.start - timedelta(days=1)
    assert (REAL.add(before, 5), REAL.add(before, 10)) == (fifth, tenth)


def test_last_working_day_of_month_quarter_and_year() -> None:
    assert REAL.last_working_day(Period.month(2022, 3)) == date(2022, 3, 31)
    assert REAL.last_working_day(Period.month(2022, 4)) == date(2022, 4, 28)
    assert REAL.last_working_day(Period.quarter(2025, 1)) == date(2025, 3, 27)
    assert REAL.last_working_day(Period.whole_year(2022)) == date(2022, 12, 30)


def test_working_days_left() -> None:
    tuesday, cut_off = date(2022, 3, 29), date(2022, 4, 5)
    assert REAL.working_days_between(tuesday, cut_off) == 5
    assert REAL.working_days_between(cut_off, cut_off) == 0
    assert REAL.working_days_between(cut_off, tuesday) == 0
    assert REAL.working_days_between(date(2022, 4, 28), date(2022, 5, 9)) == 1


@settings(deadline=None)
@given(CALENDARS, DAYS, st.integers(1, 30))
def test_add_there_and_back_returns_to_a_working_day(calendar: WorkingCalendar, day: date, number: int) -> None:
    start = calendar.at_or_after(day)
    there = calendar.add(start, number)
    assert calendar.is_working(there)
    assert calendar.add(there, -number) == start
    assert calendar.working_days_between(start, there) == number


@settings(deadline=None)
@given(CALENDARS, DAYS)
def test_nothing_worked_lies_between_a_day_and_the_next_working_one(calendar: WorkingCalendar, day: date) -> None:
    following = calendar.next_working(day)
    skipped = (day + timedelta(days=offset) for offset in range(1, (following - day).days))
    assert following > day
    assert not any(calendar.is_working(between) for between in skipped)
