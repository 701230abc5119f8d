"""When a period closes: the cut-off of an office and the day on which it falls due (domain.md 5)."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from domain.periods import Period
from domain.refusals import BadSetting, Between
from domain.working_calendar import WorkingCalendar

DAYS = range(1, 29)
"""The days of a month that a cut-off may name: those that every month has."""

WORKING_DAYS = range(1, 16)
"""The working days after a period that a cut-off may name: more than 15 may not fit between two months' ends."""


class CutOffKind(StrEnum):
    """What the number of a cut-off counts."""

    DAY = "day"
    """The day of the month after the period."""
    WORKING_DAY = "working_day"
    """The working days after the period."""


class Deadline(StrEnum):
    """Which of the dates until when a report is awaited; the one that goes first where two compete."""

    INTERNAL = "internal"
    """The office's own cut-off."""
    EXTENSION = "extension"
    """The date a post was given instead, which for it takes the place of both cut-offs."""
    KABUPATEN = "kabupaten"
    """The cut-off of the kabupaten for the whole office."""


@dataclass(frozen=True)
class CutOff:
    """Until when reports of a period are awaited, e.g. day 5 or the 10th working day after it.

    `later` moves a day of the month that is not worked to the next working day, instead of to the one before. Raises
    BadSetting that says what is allowed: day 1 to 28, working day 1 to 15.
    """

    kind: CutOffKind
    number: int
    later: bool = False

    def __post_init__(self) -> None:
        name, allowed = ("day", DAYS) if self.kind is CutOffKind.DAY else ("working day", WORKING_DAYS)
        if self.number not in allowed:
            raise BadSetting(
                f"a cut-off is on {name} {allowed[0]} to {allowed[-1]}, not on {self.number}",
                field="number",
                given=self.number,
                allowed=Between(allowed[0], allowed[-1]),
            )


INTERNAL = CutOff(CutOffKind.DAY, 5)
"""Until when the office awaits its own reports, where it has not chosen otherwise (domain.md 9)."""

KABUPATEN = CutOff(CutOffKind.DAY, 10)
"""Until when the kabupaten awaits the office's report, where nothing else was chosen (domain.md 9)."""


@dataclass(frozen=True)
class CutOffs:
    """Both cut-offs of an office."""

    internal: CutOff = INTERNAL
    kabupaten: CutOff = KABUPATEN


def due_date(period: Period, cut_off: CutOff, calendar: WorkingCalendar) -> date:
    """The working day on which the cut-off of a period falls.

    A day that is not worked moves as the cut-off says, but never to before the first working day after the period:
    before Lebaran 2025 the 5th of April would have moved back into the quarter it closes.
    """
    if cut_off.kind is CutOffKind.WORKING_DAY:
        return calendar.add(period.end, cut_off.number)
    named = period.end + timedelta(days=cut_off.number)
    moved = calendar.at_or_after(named) if cut_off.later else calendar.at_or_before(named)
    return max(moved, calendar.next_working(period.end))
