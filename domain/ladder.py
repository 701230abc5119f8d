"""Who is reminded on which day before and after a period closes, and at which moment (domain.md 5 and 9).

The ladder of a period is counted in working days from three anchors: the period's last working day, the office's
internal cut-off and that of the kabupaten; the date of an extension takes the place of both cut-offs. Four stages go to
the person who owes a report, one to the superior, one to the camat's list. Months, quarters and years that end on the
same day share one ladder.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from types import MappingProxyType

from domain.deadlines import CutOffs, Deadline, due_date
from domain.periods import Period
from domain.refusals import BadSetting, Between, OneOf
from domain.working_calendar import WorkingCalendar
from domain.working_hours import Weekday
from domain.zones import instant, local


class Told(StrEnum):
    """Who is told at a stage about a report that is missing."""

    PERSON = "person"
    """Whoever is responsible for the post that owes it."""
    SUPERIOR = "superior"
    """Whoever is responsible for the post above it."""
    CAMAT = "camat"
    """Nobody by a message: from that day on it stands in the camat's list."""


class Stage(StrEnum):
    """A rung of the ladder, by the name that its default offset gives it; an office may move it."""

    NOTICE = "notice"
    """"Maret segera berakhir": before the period's last working day."""
    BEFORE = "H-1"
    DUE = "H"
    AFTER = "H+1"
    SUPERIOR = "H+3"
    CAMAT = "H+5"

    @property
    def told(self) -> Told:
        match self:
            case Stage.SUPERIOR:
                return Told.SUPERIOR
            case Stage.CAMAT:
                return Told.CAMAT
            case _:
                return Told.PERSON


PERSONAL = (Stage.DUE, Stage.BEFORE, Stage.NOTICE, Stage.AFTER)
"""The stages that are messages to the person, the most pressing first: who wins when several fall on one day."""

_OF_KABUPATEN = (Stage.BEFORE, Stage.DUE, Stage.AFTER)
"""The stages that the kabupaten's cut-off has: the period ends but once, and the office's superiors know by then."""

OFFSETS = MappingProxyType(
    {
        Stage.NOTICE: range(-10, 1),
        Stage.BEFORE: range(-10, 0),
        Stage.DUE: range(1),
        Stage.AFTER: range(1, 11),
        Stage.SUPERIOR: range(1, 16),
        Stage.CAMAT: range(1, 16),
    }
)
"""How many working days each stage may lie after its anchor, before it for a negative number."""

MOST_PER_PERIOD = 4
"""Ladder messages to one person about one period, at most: staff mute what nags (domain.md 5)."""

MOST_PER_EXTENSION = 3
"""Ladder messages about a date that the person asked for, at most and counted apart: its H-1, H and H+1."""


@dataclass(frozen=True)
class Rung:
    """One stage and how many working days it lies after its anchor, before it for a negative number.

    The anchor of NOTICE is the period's last working day, that of all others the day the cut-off falls due. Raises
    BadSetting that says which offsets the stage allows.
    """

    stage: Stage
    offset: int

    def __post_init__(self) -> None:
        allowed = OFFSETS[self.stage]
        if self.offset not in allowed:
            raise BadSetting(
                f"stage {self.stage} lies {allowed[0]} to {allowed[-1]} working days from its anchor, "
                f"not {self.offset}",
                field=self.stage.value,
                given=self.offset,
                allowed=Between(allowed[0], allowed[-1]),
            )


DEFAULT_RUNGS = (
    Rung(Stage.NOTICE, -2),
    Rung(Stage.BEFORE, -1),
    Rung(Stage.DUE, 0),
    Rung(Stage.AFTER, 1),
    Rung(Stage.SUPERIOR, 3),
    Rung(Stage.CAMAT, 5),
)


KABUPATEN_RUNGS = (Rung(Stage.BEFORE, -1), Rung(Stage.DUE, 0), Rung(Stage.AFTER, 1))


@dataclass(frozen=True)
class LadderRule:
    """The stages an office uses and how many messages a period may bring to one person.

    `rungs` belong to the end of the period and the office's own date, the internal cut-off or an extension;
    `kabupaten` to the kabupaten's cut-off, silent for whoever has had their share by then. `per_period` and
    `per_extension` bound the messages to a person about their own reports. A stage that is left out is not sent.
    Raises BadSetting for a stage named twice, a stage that the kabupaten's cut-off has not, and a limit outside 1 to 4
    for a period, 0 to 3 for an extension.
    """

    rungs: tuple[Rung, ...] = DEFAULT_RUNGS
    per_period: int = MOST_PER_PERIOD
    kabupaten: tuple[Rung, ...] = KABUPATEN_RUNGS
    per_extension: int = MOST_PER_EXTENSION

    def __post_init__(self) -> None:
        _refuse_other_stages("rungs", self.rungs, tuple(Stage))
        _refuse_other_stages("kabupaten", self.kabupaten, _OF_KABUPATEN)
        _refuse_limit("per_period", self.per_period, "a period", Between(1, MOST_PER_PERIOD))
        _refuse_limit("per_extension", self.per_extension, "an extension", Between(0, MOST_PER_EXTENSION))


def _refuse_other_stages(field: str, rungs: tuple[Rung, ...], allowed: tuple[Stage, ...]) -> None:
    left = list(allowed)
    for rung in rungs:
        if rung.stage not in left:
            what = "named twice" if rung.stage in allowed else "not one of this cut-off"
            raise BadSetting(
                f"a stage of the ladder is {what}: {rung.stage}",
                field=field,
                given=rung.stage.value,
                allowed=OneOf(tuple(stage.value for stage in left)),
            )
        left.remove(rung.stage)


def _refuse_limit(field: str, limit: int, what: str, allowed: Between[int]) -> None:
    if not allowed.low <= limit <= allowed.high:
        message = f"{what} brings {allowed.low} to {allowed.high} reminders, not {limit}"
        raise BadSetting(message, field=field, given=limit, allowed=allowed)


@dataclass(frozen=True)
class Count:
    """Under what a message is counted: the month in which its periods end, and the extension it is about, if any."""

    month: Period
    extended_to: date | None = None


@dataclass(frozen=True)
class StageDay:
    """A stage, the local day on which it comes, and the day the cut-off of its periods falls due.

    `periods` are the open ones it is about, shortest first; they end on the same day. `deadline` says which cut-off
    `due` is.
    """

    stage: Stage
    day: date
    due: date
    periods: tuple[Period, ...]
    deadline: Deadline = Deadline.INTERNAL

    @property
    def counted_under(self) -> Period:
        """The month under which a message is counted, whichever of month, quarter and year it is about."""
        end = self.periods[0].end
        return Period.month(end.year, end.month)

    @property
    def counted_as(self) -> Count:
        """Under what it is counted; the notice is about the end of the period, which an extension does not move."""
        extended = self.deadline is Deadline.EXTENSION and self.stage is not Stage.NOTICE
        return Count(self.counted_under, self.due if extended else None)


def most_for(count: Count, rule: LadderRule) -> int:
    """How many messages may be counted under it to one person."""
    return rule.per_period if count.extended_to is None else rule.per_extension


def ladder(
    periods: Collection[Period],
    rule: LadderRule,
    cut_offs: CutOffs,
    calendar: WorkingCalendar,
    extended_to: date | None = None,
) -> tuple[StageDay, ...]:
    """Every stage of periods that end on the same day, in the order of its days.

    Those of both cut-offs, or where `extended_to` is given those of that date: it was promised in their place.
    """
    together = tuple(sorted(periods))
    if extended_to is not None:
        return _climb(together, rule.rungs, extended_to, calendar, Deadline.EXTENSION)
    own, theirs = (due_date(together[0], cut_off, calendar) for cut_off in (cut_offs.internal, cut_offs.kabupaten))
    internal = _climb(together, rule.rungs, own, calendar, Deadline.INTERNAL)
    kabupaten = _climb(together, rule.kabupaten, theirs, calendar, Deadline.KABUPATEN)
    return tuple(sorted((*internal, *kabupaten), key=lambda stage: stage.day))


def most_pressing(stages: Iterable[StageDay]) -> StageDay | None:
    """The stage of a day that is sent to a person, None where no stage is for the person.

    H, H-1, notice, H+1; of equals internal before kabupaten, then the older period's.
    """
    personal = (stage for stage in stages if stage.stage.told is Told.PERSON)
    return min(personal, key=_rank, default=None)


def _rank(stage: StageDay) -> tuple[int, int, date]:
    return PERSONAL.index(stage.stage), list(Deadline).index(stage.deadline), stage.periods[0].end


def _climb(
    periods: tuple[Period, ...], rungs: tuple[Rung, ...], due: date, calendar: WorkingCalendar, deadline: Deadline
) -> tuple[StageDay, ...]:
    last = calendar.last_working_day(periods[0])
    stages = (
        StageDay(
            rung.stage,
            calendar.add(last if rung.stage is Stage.NOTICE else due, rung.offset),
            due,
            periods,
            deadline,
        )
        for rung in rungs
    )
    return tuple(sorted(stages, key=lambda stage: stage.day))


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
