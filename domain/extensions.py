"""More time for a post and a period: asked with a reason, granted until a day or refused (domain.md 5)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from domain.periods import Period
from domain.refusals import BadSetting, Between, OneOf
from domain.working_calendar import WorkingCalendar

MOST_DAYS = range(1, 61)
"""The calendar days beyond the due date that an office may allow a superior to grant."""

DEFAULT_DAYS = 14
"""The calendar days beyond the due date that may be granted where an office has not chosen otherwise."""

_DAY = timedelta(days=1)


class Decision(StrEnum):
    """What became of a request for more time."""

    ASKED = "asked"
    GRANTED = "granted"
    REFUSED = "refused"


class AlreadyDecided(ValueError):
    """The superior has decided before: a second tap changes nothing."""


@dataclass(frozen=True)
class Extension:
    """A request for more time for one post and period, and what became of it.

    It holds for all periods of the post that end on the same day: month and quarter close together. `decided_on` is
    the local day of the decision; `until` the day granted, a working day.
    """

    post_id: int
    period: Period
    reason: str
    asked_on: date
    decision: Decision = Decision.ASKED
    decided_on: date | None = None
    until: date | None = None

    def holds_on(self, day: date) -> bool:
        """Whether more time had been granted by that day; the day of the decision counts."""
        return self.decision is Decision.GRANTED and self.decided_on is not None and self.decided_on <= day


@dataclass(frozen=True)
class GrantRule:
    """How much time a superior of the office may grant.

    `days` are calendar days beyond the due date, or beyond today where that has passed. `later` moves a granted day
    that is not worked to the next working day, instead of to the one before. Raises BadSetting outside 1 to 60 days.
    """

    days: int = DEFAULT_DAYS
    later: bool = False

    def __post_init__(self) -> None:
        if self.days not in MOST_DAYS:
            raise BadSetting(
                f"more time is {MOST_DAYS[0]} to {MOST_DAYS[-1]} days, not {self.days}",
                field="extension_days",
                given=self.days,
                allowed=Between(MOST_DAYS[0], MOST_DAYS[-1]),
            )


def ask(post_id: int, period: Period, reason: str, on: date) -> Extension:
    """A request made on a local day. Raises BadSetting where no reason is given."""
    plain = reason.strip()
    if not plain:
        raise BadSetting("more time is asked with a reason", field="reason", given=reason, allowed=OneOf(()))
    return Extension(post_id, period, plain, on)


def days_to_grant(due: date, on: date, rule: GrantRule, calendar: WorkingCalendar) -> Between[date]:
    """The first and the last working day until which more time may be granted on the day `on`.

    `due` is the date that holds so far. The first lies after both; where a long leave leaves no working day within
    `rule.days`, the first one after it is the only one.
    """
    start = max(due, on)
    first = calendar.next_working(start)
    return Between(first, max(first, calendar.at_or_before(start + rule.days * _DAY)))


def grant(asked: Extension, until: date, on: date, due: date, rule: GrantRule, calendar: WorkingCalendar) -> Extension:
    """The request granted on the day `on` until `until`, moved to a working day within what may be granted.

    `due` is the date that holds so far. Raises BadSetting as `day_to_grant` does, AlreadyDecided for a request that is
    no longer open.
    """
    _refuse_decided(asked)
    within = day_to_grant(until, on, due, rule, calendar)
    return replace(asked, decision=Decision.GRANTED, decided_on=on, until=within)


def day_to_grant(until: date, on: date, due: date, rule: GrantRule, calendar: WorkingCalendar) -> date:
    """The day `until`, moved to a working day within what may be granted on the day `on`.

    `due` is the date that holds so far. Raises BadSetting for a day that is not after both of them or more than
    `rule.days` beyond.
    """
    allowed = days_to_grant(due, on, rule, calendar)
    start = max(due, on)
    if not start < until <= max(allowed.high, start + rule.days * _DAY):
        raise BadSetting(
            f"more time is granted until {allowed.low} to {allowed.high}, not {until}",
            field="until",
            given=until,
            allowed=allowed,
        )
    moved = calendar.at_or_after(until) if rule.later else calendar.at_or_before(until)
    return min(max(moved, allowed.low), allowed.high)


def refuse(asked: Extension, on: date) -> Extension:
    """The request refused on the day `on`. Raises AlreadyDecided for one that is no longer open."""
    _refuse_decided(asked)
    return replace(asked, decision=Decision.REFUSED, decided_on=on)


def _refuse_decided(asked: Extension) -> None:
    if asked.decision is not Decision.ASKED:
        raise AlreadyDecided(f"more time for {asked.period.code} was {asked.decision} on {asked.decided_on}")


def extended_to(post_id: int, period: Period, on: date, extensions: Sequence[Extension]) -> date | None:
    """Until when the post has more time for the period as known on the day `on`, None where it has not.

    Of several grants the newest holds; `extensions` are in the order in which they were asked.
    """
    granted = [
        extension
        for extension in extensions
        if extension.post_id == post_id and extension.period.end == period.end and extension.holds_on(on)
    ]
    newest = max(granted, key=lambda extension: (extension.decided_on or date.min, extension.until), default=None)
    return newest.until if newest else None
