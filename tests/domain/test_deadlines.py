"""The cut-off rules and the table of test vectors of domain.md 5, on the real calendars."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.holiday_dates import NationalAlmanac
from domain.deadlines import INTERNAL, KABUPATEN, CutOff, CutOffKind, due_date
from domain.periods import Period, PeriodKind, periods_of_year
from domain.working_calendar import WorkingCalendar
from tests.domain.rules_at_random import CUT_OFFS

REAL = WorkingCalendar(NationalAlmanac().free_days(range(2022, 2029)))
DAY_5_LATER = CutOff(CutOffKind.DAY, 5, later=True)
WORKING_5 = CutOff(CutOffKind.WORKING_DAY, 5)
WORKING_10 = CutOff(CutOffKind.WORKING_DAY, 10)

TABLE = {
    "2024-TW1": (date(2024, 3, 28), date(2024, 4, 5), date(2024, 4, 5), date(2024, 4, 22)),
    "2025-TW1": (date(2025, 3, 27), date(2025, 4, 5), date(2025, 4, 14), date(2025, 4, 22)),
    "2025-TW2": (date(2025, 6, 30), date(2025, 7, 5), date(2025, 7, 7), date(2025, 7, 14)),
    "2026-TW1": (date(2026, 3, 31), date(2026, 4, 5), date(2026, 4, 8), date(2026, 4, 15)),
    "2026-TW4": (date(2026, 12, 31), date(2027, 1, 5), date(2027, 1, 11), date(2027, 1, 18)),
    "2027-TW3": (date(2027, 9, 30), date(2027, 10, 5), date(2027, 10, 7), date(2027, 10, 14)),
}
"""Period: last working day, day 5 as named, 5th and 10th working day, as printed in domain.md 5."""

DAY_5_WORKED = {"2024-TW1", "2027-TW3"}

DAY_5_MOVED = {
    "2025-TW1": (date(2025, 4, 8), date(2025, 4, 8)),
    "2025-TW2": (date(2025, 7, 4), date(2025, 7, 7)),
    "2026-TW1": (date(2026, 4, 2), date(2026, 4, 6)),
    "2026-TW4": (date(2027, 1, 4), date(2027, 1, 6)),
}
"""Period: where its day 5 goes when it moves earlier (with the guard) and later."""


@pytest.mark.parametrize("code", TABLE)
def test_vectors_of_the_field(code: str) -> None:
    period = Period.parse(code)
    last, day_5, fifth, tenth = TABLE[code]
    assert REAL.last_working_day(period) == last
    assert REAL.is_working(day_5) is (code in DAY_5_WORKED)
    assert due_date(period, WORKING_5, REAL) == fifth
    assert due_date(period, WORKING_10, REAL) == tenth


@pytest.mark.parametrize("code", TABLE)
def test_day_5_stays_or_moves_as_the_cut_off_says(code: str) -> None:
    period, day_5 = Period.parse(code), TABLE[code][1]
    earlier, later = DAY_5_MOVED.get(code, (day_5, day_5))
    assert due_date(period, INTERNAL, REAL) == earlier
    assert due_date(period, DAY_5_LATER, REAL) == later


def test_a_cut_off_never_slips_into_the_quarter_it_closes() -> None:
    """Lebaran 2025: the last working day before 5 April is 27 March."""
    assert REAL.at_or_before(date(2025, 4, 5)) == date(2025, 3, 27)
    assert due_date(Period.quarter(2025, 1), INTERNAL, REAL) == date(2025, 4, 8)


def test_idul_fitri_moves_the_kabupaten_cut_off_of_2024_to_the_day_before_the_leave() -> None:
    assert due_date(Period.quarter(2024, 1), KABUPATEN, REAL) == date(2024, 4, 5)


def test_kubutambahan_march_2022() -> None:
    assert due_date(Period.month(2022, 3), INTERNAL, REAL) == date(2022, 4, 5)
    assert due_date(Period.quarter(2022, 1), INTERNAL, REAL) == date(2022, 4, 5)


@pytest.mark.parametrize(("day", "missed"), [(5, 14), (10, 10)])
def test_how_often_a_fixed_date_fails_in_2025_to_2027(day: int, missed: int) -> None:
    named = [date(year, month, day) for year in (2025, 2026, 2027) for month in range(1, 13)]
    assert sum(not REAL.is_working(each) for each in named) == missed


@pytest.mark.parametrize("number", [-1, 0, 29, 31])
def test_a_day_that_not_every_month_has_is_refused(number: int) -> None:
    with pytest.raises(ValueError, match=f"a cut-off is on day 1 to 28, not on {number}"):
        CutOff(CutOffKind.DAY, number)


@pytest.mark.parametrize("number", [-1, 0, 16])
def test_a_working_day_out_of_reach_is_refused(number: int) -> None:
    with pytest.raises(ValueError, match=f"a cut-off is on working day 1 to 15, not on {number}"):
        CutOff(CutOffKind.WORKING_DAY, number)


@pytest.mark.parametrize(
    "cut_off", [CutOff(CutOffKind.DAY, 1), CutOff(CutOffKind.DAY, 28), CutOff(CutOffKind.WORKING_DAY, 15)]
)
def test_the_limits_themselves_are_allowed(cut_off: CutOff) -> None:
    assert due_date(Period.month(2026, 1), cut_off, REAL).month == 2


def long_leave(start: date, length: int) -> WorkingCalendar:
    return WorkingCalendar(frozenset(start + timedelta(days=offset) for offset in range(length)))


DAYS = st.dates(date(2024, 1, 1), date(2026, 12, 31))
CALENDARS = st.builds(WorkingCalendar, st.frozensets(DAYS, max_size=60), st.sampled_from([5, 6]))
LEBARAN = st.builds(long_leave, DAYS, st.integers(1, 45))
PERIODS = st.sampled_from(
    [period for year in (2024, 2025) for kind in PeriodKind for period in periods_of_year(year, kind)]
)


@settings(deadline=None)
@given(PERIODS, CUT_OFFS, CALENDARS | LEBARAN)
def test_a_due_date_is_a_working_day_after_its_period(
    period: Period, cut_off: CutOff, calendar: WorkingCalendar
) -> None:
    due = due_date(period, cut_off, calendar)
    assert due > period.end
    assert calendar.is_working(due)


@settings(deadline=None)
@given(PERIODS, st.integers(1, 28), CALENDARS | LEBARAN)
def test_only_the_guard_moves_an_early_cut_off_past_its_named_day(
    period: Period, number: int, calendar: WorkingCalendar
) -> None:
    due = due_date(period, CutOff(CutOffKind.DAY, number), calendar)
    named = period.end + timedelta(days=number)
    assert due <= named or due == calendar.next_working(period.end)
