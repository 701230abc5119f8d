"""Which days an office works, and counting in working days (domain.md 5)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice

from domain.periods import Period
from domain.refusals import BadSetting, Between

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class WorkingCalendar:
    """The working days of one office.

    `free` holds public holidays, cuti bersama and the office's own days. `workdays` is how many days a week has, from
    Monday on: 5 or 6. Raises BadSetting for any other number.
    """

    free: frozenset[date]
    workdays: int = 5

    def __post_init__(self) -> None:
        if self.workdays not in (5, 6):
            raise BadSetting(
                f"an office works 5 or 6 days a week, not {self.workdays}",
                field="workdays",
                given=self.workdays,
                allowed=Between(5, 6),
            )

    def is_working(self, day: date) -> bool:
        return day.weekday() < self.workdays and day not in self.free

    def next_working(self, day: date) -> date:
        """The first working day after `day`, never `day` itself."""
        return self.add(day, 1)

    def previous_working(self, day: date) -> date:
        """The last working day before `day`, never `day` itself."""
        return self.add(day, -1)

    def at_or_after(self, day: date) -> date:
        """`day` where it is a working day, else the next one."""
        return day if self.is_working(day) else self.next_working(day)

    def at_or_before(self, day: date) -> date:
        """`day` where it is a working day, else the last one before it."""
        return day if self.is_working(day) else self.previous_working(day)

    def add(self, day: date, number: int) -> date:
        """The working day `number` working days after `day`, before it for a negative number.

        A free `day` counts for nothing: one working day after a Saturday is Monday. 0 gives `day` itself, free or not.
        """
        if number == 0:
            return day
        step = _DAY if number > 0 else -_DAY
        return next(islice(self._walk(day, step), abs(number) - 1, None))

    def last_working_day(self, period: Period) -> date:
        """The last working day of the period (the last one before it, should the whole period be free)."""
        return self.at_or_before(period.end)

    def working_days_between(self, start: date, end: date) -> int:
        """How many working days are left on `start` until `end`: `end` counts, `start` does not. Never negative."""
        days = (end - start).days
        return sum(self.is_working(start + offset * _DAY) for offset in range(1, days + 1))

    def _walk(self, day: date, step: timedelta) -> Iterator[date]:
        while True:
            day += step
            if self.is_working(day):
                yield day
