"""When an office may be written to: by hour, weekday and in Ramadan, and how hours that cannot be are refused."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.holiday_dates import NationalAlmanac
from domain.day_spans import DaySpan
from domain.refusals import BadSetting, Between, OneOf
from domain.working_calendar import WorkingCalendar
from domain.working_hours import (
    Hours,
    Weekday,
    WeekHours,
    WorkingHours,
    instants,
    next_instant,
    sending_moment,
)
from domain.zones import Zone, instant, local

REAL = WorkingCalendar(NationalAlmanac().free_days(range(2022, 2028)))
HOURS = Hours()
FRIDAY = Hours(time(7, 30), time(11, 30), time(7, 45))
RAMADAN = Hours(time(8), time(15), time(8, 30))
RAMADAN_FRIDAY = Hours(time(8), time(11), time(9))
RAMADAN_2026 = DaySpan(date(2026, 2, 19), date(2026, 3, 20))
YEAR = WorkingHours(
    WeekHours(HOURS, ((Weekday.FRIDAY, FRIDAY),)),
    WeekHours(RAMADAN, ((Weekday.FRIDAY, RAMADAN_FRIDAY),)),
    (RAMADAN_2026,),
)


@pytest.mark.parametrize(
    ("clock", "is_open"),
    [
        (time(7, 29, 59), False),
        (time(7, 30), True),
        (time(15, 59, 59), True),
        (time(16), False),
        (time(23), False),
    ],
)
def test_hours(clock: time, is_open: bool) -> None:
    assert HOURS.is_open(datetime.combine(date(2022, 4, 4), clock, UTC)) is is_open


@pytest.mark.parametrize(
    "hours", [(time(16), time(7, 30)), (time(8), time(8)), (time(9), time(16)), (time(7), time(8))]
)
def test_hours_that_cannot_be_are_refused(hours: tuple[time, time]) -> None:
    with pytest.raises(ValueError, match=r"cannot close at|not at 08\.00"):
        Hours(*hours)


def test_reminders_fall_due_at_eight_local_on_working_days_only() -> None:
    assert instants(date(2022, 4, 4), Zone.WITA, HOURS, REAL) == (datetime(2022, 4, 4, 0, 0, tzinfo=UTC),)
    assert instants(date(2022, 3, 3), Zone.WITA, HOURS, REAL) == ()


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        (datetime(2022, 4, 3, 23, 59, tzinfo=UTC), datetime(2022, 4, 4, 0, 0, tzinfo=UTC)),
        (datetime(2022, 4, 4, 0, 0, tzinfo=UTC), datetime(2022, 4, 5, 0, 0, tzinfo=UTC)),
        (datetime(2022, 4, 1, 16, 30, tzinfo=UTC), datetime(2022, 4, 4, 0, 0, tzinfo=UTC)),  # Saturday 00.30 WITA
        (datetime(2022, 3, 2, 6, 0, tzinfo=UTC), datetime(2022, 3, 4, 0, 0, tzinfo=UTC)),  # over Nyepi
    ],
)
def test_the_next_instant_is_the_next_working_morning(after: datetime, expected: datetime) -> None:
    assert next_instant(after, Zone.WITA, HOURS, REAL) == expected


@pytest.mark.parametrize(
    ("hours", "field", "given", "allowed"),
    [
        ((time(16), time(7, 30)), "closes", time(7, 30), Between(time(16, 1), time(23, 59))),
        ((time(8), time(8)), "closes", time(8), Between(time(8, 1), time(23, 59))),
        ((time(9), time(16), time(8)), "sending_time", time(8), Between(time(9), time(15, 59))),
        ((time(7), time(8), time(8)), "sending_time", time(8), Between(time(7), time(7, 59))),
        ((time(23, 59), time(8)), "opens", time(23, 59), Between(time(0), time(23, 58))),
    ],
)
def test_a_refusal_says_which_time_would_do(
    hours: tuple[time, ...], field: str, given: time, allowed: Between[time]
) -> None:
    with pytest.raises(BadSetting) as refused:
        Hours(*hours)
    assert (refused.value.field, refused.value.given, refused.value.allowed) == (field, given, allowed)


TIMES = st.times().map(lambda at: at.replace(second=0, microsecond=0))


@given(TIMES, TIMES, TIMES)
def test_what_a_refusal_allows_is_taken(opens: time, closes: time, sending: time) -> None:
    """Whoever follows the refusals to their ends gets hours."""
    chosen = {"opens": opens, "closes": closes, "sending_time": sending}
    for _correction in range(3):
        try:
            Hours(**chosen)
        except BadSetting as refused:
            assert isinstance(refused.allowed, Between)
            assert isinstance(refused.allowed.high, time)
            chosen[refused.field] = refused.allowed.high
    assert Hours(**chosen).opens < Hours(**chosen).closes


def test_a_weekday_has_hours_once() -> None:
    with pytest.raises(BadSetting) as refused:
        WeekHours(HOURS, ((Weekday.FRIDAY, FRIDAY), (Weekday.FRIDAY, HOURS)))
    assert (refused.value.field, refused.value.given) == ("weekdays", "friday")
    assert refused.value.allowed == OneOf(("monday", "tuesday", "wednesday", "thursday", "saturday"))


def test_days_that_end_before_they_begin_are_refused() -> None:
    with pytest.raises(BadSetting, match="cannot end on 2026-02-18") as refused:
        DaySpan(date(2026, 2, 19), date(2026, 2, 18))
    assert refused.value.allowed == Between(date(2026, 2, 19), date.max)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 2, 12), HOURS),
        (date(2026, 2, 13), FRIDAY),
        (date(2026, 2, 18), HOURS),
        (date(2026, 2, 19), RAMADAN),
        (date(2026, 2, 20), RAMADAN_FRIDAY),
        (date(2026, 3, 20), RAMADAN_FRIDAY),
        (date(2026, 3, 25), HOURS),
    ],
)
def test_every_day_has_the_hours_of_its_weekday_and_season(day: date, expected: Hours) -> None:
    assert YEAR.on(day) == expected


def test_an_office_without_hours_for_ramadan_keeps_its_own() -> None:
    ordinary = WorkingHours(YEAR.ordinary, None, (RAMADAN_2026,))
    assert ordinary.on(date(2026, 2, 20)) == FRIDAY


def test_a_friday_afternoon_is_closed_and_a_thursday_is_not() -> None:
    assert YEAR.is_open(datetime(2026, 2, 12, 14, 0, tzinfo=UTC))
    assert not YEAR.is_open(datetime(2026, 2, 13, 14, 0, tzinfo=UTC))
    assert not YEAR.is_open(datetime(2026, 2, 19, 15, 30, tzinfo=UTC))


def test_each_morning_has_its_own_sending_time() -> None:
    moment, mornings = instant(date(2026, 2, 12), time(12), Zone.WITA), list[str]()
    for _morning in range(4):
        moment = next_instant(moment, Zone.WITA, YEAR, REAL)
        mornings.append(f"{local(moment, Zone.WITA):%d.%m %H.%M}")
    assert mornings == ["13.02 07.45", "18.02 08.00", "19.02 08.30", "20.02 09.00"]  # Imlek on the 16th and 17th


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (datetime(2026, 2, 12, 12, 0), datetime(2026, 2, 12, 12, 0)),  # noqa: DTZ001 what a clock shows
        (datetime(2026, 2, 12, 7, 40), datetime(2026, 2, 12, 8, 0)),  # noqa: DTZ001
        (datetime(2026, 2, 12, 16, 0), datetime(2026, 2, 13, 7, 45)),  # noqa: DTZ001
        (datetime(2026, 2, 13, 11, 30), datetime(2026, 2, 18, 8, 0)),  # noqa: DTZ001
        (datetime(2026, 2, 14, 9, 0), datetime(2026, 2, 18, 8, 0)),  # noqa: DTZ001
    ],
)
def test_a_late_reminder_goes_out_at_once_or_at_the_next_sending_time(at: datetime, expected: datetime) -> None:
    moment = sending_moment(instant(at.date(), at.time(), Zone.WIB), Zone.WIB, YEAR, REAL)
    assert local(moment, Zone.WIB).replace(tzinfo=None) == expected


DAYS = st.dates(date(2024, 1, 1), date(2026, 12, 31))
CALENDARS = st.builds(WorkingCalendar, st.frozensets(DAYS, max_size=60), st.sampled_from([5, 6]))
MOMENTS = st.integers(0, 2 * 365 * 24 * 60).map(lambda m: datetime(2024, 6, 1, tzinfo=UTC) + timedelta(minutes=m))
SORTED_TIMES = st.lists(TIMES, min_size=3, max_size=3, unique=True).map(sorted)
ANY_HOURS = SORTED_TIMES.map(lambda three: Hours(three[0], three[2], three[1]))
WEEKS = st.builds(
    WeekHours,
    ANY_HOURS,
    st.lists(st.tuples(st.sampled_from(Weekday), ANY_HOURS), unique_by=lambda pair: pair[0]).map(tuple),
)
YEARS = st.builds(
    WorkingHours,
    WEEKS,
    st.none() | WEEKS,
    st.lists(st.builds(lambda first: DaySpan(first, first + timedelta(days=29)), DAYS), max_size=3).map(tuple),
)


@settings(deadline=None)
@given(MOMENTS, st.sampled_from(Zone), YEARS, CALENDARS)
def test_the_next_instant_lies_ahead_in_hours_on_a_working_day(
    after: datetime, zone: Zone, hours: WorkingHours, calendar: WorkingCalendar
) -> None:
    moment = next_instant(after, zone, hours, calendar)
    there = local(moment, zone)
    assert moment > after
    assert calendar.is_working(there.date())
    assert hours.is_open(there)


@settings(deadline=None)
@given(MOMENTS, st.sampled_from(Zone), YEARS, CALENDARS)
def test_a_sending_moment_never_lies_back_nor_outside_hours(
    at: datetime, zone: Zone, hours: WorkingHours, calendar: WorkingCalendar
) -> None:
    moment = sending_moment(at, zone, hours, calendar)
    assert moment >= at
    assert calendar.is_working(local(moment, zone).date())
    assert hours.is_open(local(moment, zone))
    assert sending_moment(moment, zone, hours, calendar) == moment
