"""Who is reminded on which day before and after a period closes, and at which moment (domain.md 5 and 9).

The ladder of a period has six stages, counted in working days from two anchors: the period's last working day and
its internal cut-off. Four go to the person who owes a report, one to the superior, one to the camat's list. Months,
quarters and years that end on the same day share one ladder.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import IntEnum, StrEnum
from types import MappingProxyType

from domain.deadlines import CutOff, due_date
from domain.periods import Period
from domain.working_calendar import WorkingCalendar
from domain.zones import instant, local


class Stage(StrEnum):
    """A rung of the ladder, by the name that its default offset gives it; an office may move it."""

    NOTICE = "notice"
    """"Maret segera berakhir": before the period's last working day."""
    BEFORE = "H-1"
    DUE = "H"
    AFTER = "H+1"
    SUPERIOR = "H+3"
    CAMAT = "H+5"


PERSONAL = (Stage.DUE, Stage.BEFORE, Stage.NOTICE, Stage.AFTER)
"""The stages that are messages to the person, the most pressing first: who wins when several fall on one day."""

_OFFSETS = MappingProxyType(
    {
        Stage.NOTICE: range(-10, 1),
        Stage.BEFORE: range(-10, 0),
        Stage.DUE: range(1),
        Stage.AFTER: range(1, 11),
        Stage.SUPERIOR: range(1, 16),
        Stage.CAMAT: range(1, 16),
    }
)

MOST_PER_PERIOD = 4
"""Ladder messages to one person about one period, at most: staff mute what nags (domain.md 5)."""


@dataclass(frozen=True)
class Rung:
    """One stage and how many working days it lies after its anchor, before it for a negative number.

    The anchor of NOTICE is the period's last working day, that of all others the day the cut-off falls due. Raises
    ValueError that says which offsets the stage allows.
    """

    stage: Stage
    offset: int

    def __post_init__(self) -> None:
        allowed = _OFFSETS[self.stage]
        if self.offset not in allowed:
            raise ValueError(
                f"stage {self.stage} lies {allowed[0]} to {allowed[-1]} working days from its anchor, not {self.offset}"
            )


DEFAULT_RUNGS = (
    Rung(Stage.NOTICE, -2),
    Rung(Stage.BEFORE, -1),
    Rung(Stage.DUE, 0),
    Rung(Stage.AFTER, 1),
    Rung(Stage.SUPERIOR, 3),
    Rung(Stage.CAMAT, 5),
)


@dataclass(frozen=True)
class LadderRule:
    """The stages an office uses and how many messages a period may bring to one person.

    A stage that is left out is not sent. Raises ValueError for a stage named twice and a limit outside 1 to 4.
    """

    rungs: tuple[Rung, ...] = DEFAULT_RUNGS
    per_period: int = MOST_PER_PERIOD

    def __post_init__(self) -> None:
        if len({rung.stage for rung in self.rungs}) < len(self.rungs):
            raise ValueError("a stage of the ladder is named twice")
        if not 1 <= self.per_period <= MOST_PER_PERIOD:
            raise ValueError(f"a period brings 1 to {MOST_PER_PERIOD} reminders, not {self.per_period}")


@dataclass(frozen=True)
class StageDay:
    """A stage, the local day on which it comes, and the day the cut-off of its periods falls due.

    `periods` are the open ones it is about, shortest first; they end on the same day.
    """

    stage: Stage
    day: date
    due: date
    periods: tuple[Period, ...]

    @property
    def counted_under(self) -> Period:
        """The month under which a message is counted, whichever of month, quarter and year it is about."""
        end = self.periods[0].end
        return Period.month(end.year, end.month)


def stages_of(period: Period, rule: LadderRule, cut_off: CutOff, calendar: WorkingCalendar) -> tuple[StageDay, ...]:
    """The whole ladder of one period in the order of its days, those for others than the person included."""
    return _ladder((period,), rule, cut_off, calendar)


def stages_on(
    day: date, periods_open: Collection[Period], rule: LadderRule, cut_off: CutOff, calendar: WorkingCalendar
) -> tuple[StageDay, ...]:
    """Every stage that falls on that day, one for all periods that end together; the oldest period first."""
    ladders = (_ladder(group, rule, cut_off, calendar) for group in _ending_together(periods_open))
    return tuple(stage for ladder in ladders for stage in ladder if stage.day == day)


def stage_for(
    day: date,
    periods_open: Collection[Period],
    rule: LadderRule,
    cut_off: CutOff,
    calendar: WorkingCalendar,
    already_sent: Mapping[Period, int] = MappingProxyType({}),
) -> StageDay | None:
    """The one ladder message to a person on a local day, None for a day without one.

    `periods_open` are the periods in which the person owes a report; `already_sent` says how many ladder messages were
    counted under each (`StageDay.counted_under`). A period that has had its share is silent. Of several stages the
    most pressing one wins (`PERSONAL`), of equals the older period's.
    """
    candidates = [
        stage
        for stage in stages_on(day, periods_open, rule, cut_off, calendar)
        if stage.stage in PERSONAL and _sent_about(stage, already_sent) < rule.per_period
    ]
    return min(candidates, key=lambda stage: PERSONAL.index(stage.stage), default=None)


def _ladder(
    periods: tuple[Period, ...], rule: LadderRule, cut_off: CutOff, calendar: WorkingCalendar
) -> tuple[StageDay, ...]:
    due = due_date(periods[0], cut_off, calendar)
    last = calendar.last_working_day(periods[0])
    stages = (
        StageDay(rung.stage, calendar.add(last if rung.stage is Stage.NOTICE else due, rung.offset), due, periods)
        for rung in rule.rungs
    )
    return tuple(sorted(stages, key=lambda stage: stage.day))


def _ending_together(periods: Collection[Period]) -> tuple[tuple[Period, ...], ...]:
    ends = sorted({period.end for period in periods})
    return tuple(tuple(sorted({period for period in periods if period.end == end})) for end in ends)


def _sent_about(stage: StageDay, already_sent: Mapping[Period, int]) -> int:
    """A message counted under month and quarter alike is still one message."""
    end = stage.periods[0].end
    return max((number for period, number in already_sent.items() if period.end == end), default=0)


@dataclass(frozen=True)
class Hours:
    """The local hours in which an office may be written to unasked: from `opens` until just before `closes`.

    Reminders fall due at `sending_time`. Raises ValueError for hours that end before they begin and for a sending time
    outside them.
    """

    opens: time = time(7, 30)
    closes: time = time(16)
    sending_time: time = time(8)

    def __post_init__(self) -> None:
        if not self.opens < self.closes:
            raise ValueError(f"hours that open at {self.opens:%H.%M} cannot close at {self.closes:%H.%M}")
        if not self.opens <= self.sending_time < self.closes:
            raise ValueError(
                f"reminders go out from {self.opens:%H.%M} until before {self.closes:%H.%M}, "
                f"not at {self.sending_time:%H.%M}"
            )

    def is_open(self, moment: datetime) -> bool:
        """Whether the local `moment` lies within the hours, whatever the day."""
        return self.opens <= moment.time() < self.closes


def instants(day: date, zone: str, hours: Hours, calendar: WorkingCalendar) -> tuple[datetime, ...]:
    """The UTC instants of a local day at which reminders fall due; none on a free day."""
    return (instant(day, hours.sending_time, zone),) if calendar.is_working(day) else ()


def next_instant(after: datetime, zone: str, hours: Hours, calendar: WorkingCalendar) -> datetime:
    """The first UTC instant after `after` at which reminders fall due: the sending time of a working day."""
    today = local(after, zone).date()
    for moment in instants(today, zone, hours, calendar):
        if moment > after:
            return moment
    return instant(calendar.next_working(today), hours.sending_time, zone)


class Weekday(IntEnum):
    """The day of a week, counted as `date.weekday` does."""

    MONDAY = 0
    TUESDAY = 1
    WEDNESDAY = 2
    THURSDAY = 3
    FRIDAY = 4
    SATURDAY = 5


DIGEST_TIME = time(8)
"""The local time of the weekly summary, where the office has not chosen otherwise (domain.md 9)."""


def digest_day(week: date, calendar: WorkingCalendar, weekday: Weekday = Weekday.MONDAY) -> date | None:
    """The local day of the weekly summary of the ISO week in which `week` lies: that weekday, or the next working day.

    None where that would be the day of the following week's summary, as in the weeks of Lebaran: that one says it all.
    """
    wanted = week + timedelta(days=weekday - week.weekday())
    day = calendar.at_or_after(wanted)
    return day if day < wanted + timedelta(weeks=1) else None


def digest_instant(
    week: date,
    zone: str,
    calendar: WorkingCalendar,
    weekday: Weekday = Weekday.MONDAY,
    at: time = DIGEST_TIME,
) -> datetime | None:
    """The UTC instant of the weekly summary of that ISO week, None for a week without one."""
    day = digest_day(week, calendar, weekday)
    return instant(day, at, zone) if day else None


def next_digest(
    after: datetime,
    zone: str,
    calendar: WorkingCalendar,
    weekday: Weekday = Weekday.MONDAY,
    at: time = DIGEST_TIME,
) -> datetime:
    """The first UTC instant after `after` at which a weekly summary falls due."""
    # A summary moved over a week's end belongs to the week before.
    week = local(after, zone).date() - timedelta(weeks=1)
    while True:
        moment = digest_instant(week, zone, calendar, weekday, at)
        if moment is not None and moment > after:
            return moment
        week += timedelta(weeks=1)
