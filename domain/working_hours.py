"""In which local hours an office may be written to unasked, by weekday and in Ramadan (domain.md 5).

Perpres 21/2023 begins at 07.30, in Ramadan at 08.00, and gives Fridays a longer break; an office states its own.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import IntEnum
from typing import Protocol

from domain.day_spans import DaySpan
from domain.refusals import BadSetting, Between, OneOf
from domain.working_calendar import WorkingCalendar
from domain.zones import instant, local

MIDNIGHT, LAST_MINUTE = time(0), time(23, 59)
"""The first and the last time of a day that a setting may name."""


class Weekday(IntEnum):
    """The day of a week, counted as `date.weekday` does."""

    MONDAY = 0
    TUESDAY = 1
    WEDNESDAY = 2
    THURSDAY = 3
    FRIDAY = 4
    SATURDAY = 5


@dataclass(frozen=True)
class Hours:
    """The local hours in which an office may be written to unasked: from `opens` until just before `closes`.

    Reminders fall due at `sending_time`. Raises BadSetting for hours that end before they begin and for a sending time
    outside them.
    """

    opens: time = time(7, 30)
    closes: time = time(16)
    sending_time: time = time(8)

    def __post_init__(self) -> None:
        if self.opens >= LAST_MINUTE:
            raise BadSetting(
                f"hours that open at {self.opens:%H.%M} have no minute left",
                field="opens",
                given=self.opens,
                allowed=Between(MIDNIGHT, _minute_before(LAST_MINUTE)),
            )
        if not self.opens < self.closes:
            raise BadSetting(
                f"hours that open at {self.opens:%H.%M} cannot close at {self.closes:%H.%M}",
                field="closes",
                given=self.closes,
                allowed=Between(_minute_after(self.opens), LAST_MINUTE),
            )
        if not self.opens <= self.sending_time < self.closes:
            raise BadSetting(
                f"reminders go out from {self.opens:%H.%M} until before {self.closes:%H.%M}, "
                f"not at {self.sending_time:%H.%M}",
                field="sending_time",
                given=self.sending_time,
                allowed=Between(self.opens, _minute_before(self.closes)),
            )

    def is_open(self, moment: datetime) -> bool:
        """Whether the local `moment` lies within the hours, whatever the day."""
        return self.opens <= moment.time() < self.closes

    def on(self, day: date) -> "Hours":
        """The hours of a local day: the same on every one."""
        return self


class HoursByDay(Protocol):
    """Hours that may differ from day to day; both `Hours` and `WorkingHours` are such."""

    def on(self, day: date) -> Hours: ...


@dataclass(frozen=True)
class WeekHours:
    """The hours of a week: `usual`, but for the weekdays that have their own.

    Raises BadSetting for a weekday named twice.
    """

    usual: Hours = field(default_factory=Hours)
    weekdays: tuple[tuple[Weekday, Hours], ...] = ()

    def __post_init__(self) -> None:
        named = [weekday for weekday, _hours in self.weekdays]
        twice = next((weekday for weekday in named if named.count(weekday) > 1), None)
        if twice is not None:
            raise BadSetting(
                f"{twice.name.lower()} is named twice",
                field="weekdays",
                given=twice.name.lower(),
                allowed=OneOf(tuple(other.name.lower() for other in Weekday if other not in named)),
            )

    def on(self, day: date) -> Hours:
        """The hours of the weekday of a local day."""
        return next((hours for weekday, hours in self.weekdays if weekday == day.weekday()), self.usual)


@dataclass(frozen=True)
class WorkingHours:
    """The hours of an office through the year.

    `ramadan` holds on the days of the spans `ramadan_days`, which like holidays are given by the caller; None where
    the office keeps its ordinary hours then.
    """

    ordinary: WeekHours = field(default_factory=WeekHours)
    ramadan: WeekHours | None = None
    ramadan_days: tuple[DaySpan, ...] = ()

    def on(self, day: date) -> Hours:
        """The hours of a local day, whether it is worked or not."""
        if self.ramadan is not None and any(day in span for span in self.ramadan_days):
            return self.ramadan.on(day)
        return self.ordinary.on(day)

    def is_open(self, moment: datetime) -> bool:
        """Whether the local `moment` lies within the hours of its day."""
        return self.on(moment.date()).is_open(moment)


def instants(day: date, zone: str, hours: HoursByDay, calendar: WorkingCalendar) -> tuple[datetime, ...]:
    """The UTC instants of a local day at which reminders fall due; none on a free day."""
    return (instant(day, hours.on(day).sending_time, zone),) if calendar.is_working(day) else ()


def next_instant(after: datetime, zone: str, hours: HoursByDay, calendar: WorkingCalendar) -> datetime:
    """The first UTC instant after `after` at which reminders fall due: the sending time of a working day."""
    today = local(after, zone).date()
    for moment in instants(today, zone, hours, calendar):
        if moment > after:
            return moment
    following = calendar.next_working(today)
    return instant(following, hours.on(following).sending_time, zone)


def opening_moment(at: datetime, zone: str, hours: HoursByDay, calendar: WorkingCalendar) -> datetime:
    """When somebody may be written to who did not write first: at the UTC instant `at` within the office's hours, else
    when it opens next."""
    there = local(at, zone)
    today = hours.on(there.date())
    if calendar.is_working(there.date()) and there.time() < today.closes:
        return max(at, instant(there.date(), today.opens, zone))
    following = calendar.next_working(there.date())
    return instant(following, hours.on(following).opens, zone)


def sending_moment(at: datetime, zone: str, hours: HoursByDay, calendar: WorkingCalendar) -> datetime:
    """When a reminder may go out that falls due at the UTC instant `at`: at once, else at the next sending time.

    At once means on a working day, from the sending time until the hours end.
    """
    there = local(at, zone)
    today = hours.on(there.date())
    if calendar.is_working(there.date()) and today.sending_time <= there.time() < today.closes:
        return at
    return next_instant(at, zone, hours, calendar)


def _minute_after(at: time) -> time:
    minutes = at.hour * 60 + at.minute + 1
    return time(minutes // 60, minutes % 60)


def _minute_before(at: time) -> time:
    """`at` is never midnight: hours open before they close. Seconds in it leave its own minute allowed."""
    minutes = at.hour * 60 + at.minute - (0 if at.second or at.microsecond else 1)
    return time(minutes // 60, minutes % 60)
