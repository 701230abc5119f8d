"""When a period takes no more reports: locked by the office's rule or by hand, and who can open it (domain.md 7)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.deadlines import CutOff, due_date
from domain.periods import Period
from domain.refusals import BadSetting, Between
from domain.working_calendar import WorkingCalendar

AFTER_DAYS = range(1, 61)
"""The working days after the kabupaten's cut-off from which a rule may lock."""


class Keeper(StrEnum):
    """Who locks and opens periods by hand."""

    ADMIN = "admin"
    CAMAT = "camat"


class LockedBy(StrEnum):
    """What locked a period."""

    RULE = "rule"
    HAND = "hand"


@dataclass(frozen=True)
class LockRule:
    """From the `after`-th working day after the kabupaten's cut-off on a period is locked; None for never.

    Raises BadSetting outside 1 to 60 working days.
    """

    after: int | None = None

    def __post_init__(self) -> None:
        if self.after is not None and self.after not in AFTER_DAYS:
            raise BadSetting(
                f"a period locks {AFTER_DAYS[0]} to {AFTER_DAYS[-1]} working days after its cut-off, not {self.after}",
                field="lock_after",
                given=self.after,
                allowed=Between(AFTER_DAYS[0], AFTER_DAYS[-1]),
            )


@dataclass(frozen=True)
class Turn:
    """Somebody locked a period by hand, or opened it, on a local day; it holds for all periods within."""

    period: Period
    day: date
    locks: bool
    keeper: Keeper


@dataclass(frozen=True)
class Lock:
    """A period is locked: since which day, by what, and who may open it."""

    period: Period
    since: date
    by: LockedBy
    may_open: frozenset[Keeper]


def locks_on(period: Period, rule: LockRule, kabupaten: CutOff, calendar: WorkingCalendar) -> date | None:
    """The first day on which the rule locks a period, None where it never does."""
    return None if rule.after is None else calendar.add(due_date(period, kabupaten, calendar), rule.after)


def locked(
    period: Period,
    day: date,
    rule: LockRule,
    turns: Sequence[Turn],
    kabupaten: CutOff,
    calendar: WorkingCalendar,
    awaited_until: date | None = None,
) -> Lock | None:
    """The lock on a period on a local day, None for an open one. Of the rule and every turn by hand the newest holds.

    `turns` are in the order in which they were made. The rule locks nothing before the day has passed until which the
    office itself awaits it (`awaited_until`): its own cut-off, or the end of more time. What the rule or the admin
    locked, admin and camat can open; what the camat locked only the camat.
    """
    lock = _by_rule(period, day, rule, kabupaten, calendar, awaited_until)
    turn = _newest(period, day, turns)
    if turn is None or (lock is not None and lock.since > turn.day):
        return lock
    return _by_hand(period, turn) if turn.locks else None


def _by_rule(
    period: Period, day: date, rule: LockRule, kabupaten: CutOff, calendar: WorkingCalendar, awaited_until: date | None
) -> Lock | None:
    since = locks_on(period, rule, kabupaten, calendar)
    if since is not None and awaited_until is not None:
        since = max(since, calendar.next_working(awaited_until))
    return None if since is None or since > day else Lock(period, since, LockedBy.RULE, frozenset(Keeper))


def _newest(period: Period, day: date, turns: Iterable[Turn]) -> Turn | None:
    made = [turn for turn in turns if turn.period.covers(period) and turn.day <= day]
    # max() keeps the first of equals, so of two turns of one day the later one comes first.
    return max(reversed(made), key=lambda turn: turn.day, default=None)


def _by_hand(period: Period, turn: Turn) -> Lock:
    may_open = frozenset({Keeper.CAMAT}) if turn.keeper is Keeper.CAMAT else frozenset(Keeper)
    return Lock(period, turn.day, LockedBy.HAND, may_open)
