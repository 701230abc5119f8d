"""What a post has to report, by the day on which periods close (domain.md 1 rule 4, 2.1 and 5).

A month, a quarter and the year that end on the same day close together: a month that is also a quarter's end is asked
once. One closing is one sitting of the conversation.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple, Protocol, TypeVar

from domain.beginning import is_before
from domain.evidence import Demand
from domain.ledger import Figure, Measure
from domain.locks import Lock
from domain.office import Office, Owed
from domain.periods import Period, PeriodKind
from domain.reviews import Returned
from domain.standing import Standing


@dataclass(frozen=True)
class Duty:
    """One indicator that a post reports: what is measured, what was reported, and the figures that follow.

    `values` are the reported ones by period; `figures` those of `domain.ledger` for them. `samples` are the periods
    whose value is an invented one ("contoh"); `late` those whose first report came after the day on which it was
    awaited, whatever was corrected since. `returned` are those whose report waits to be mended: they have no value.
    `reporters` are the persons who sent the values, None for a file; `revised` are the periods whose report replaced
    another value; `standings` tells how far each value has come on its way to the camat. `low` and `high` bound what
    makes sense. `demand` is the evidence that it wants, `bases` from what values were taken or known that the owner did
    not simply report.
    `service` is one counted without a target (PATEN, domain.md 4.7), `group` the heading under which it stands.
    """

    id: int
    code: str
    name: str
    unit: str | None
    post_id: int
    measure: Measure
    values: Mapping[Period, Decimal]
    figures: Mapping[Period, Figure]
    low: Decimal | None = None
    high: Decimal | None = None
    ratio: bool = False
    mode_confirmed: bool = True
    samples: frozenset[Period] = frozenset()
    late: frozenset[Period] = frozenset()
    returned: Mapping[Period, Returned] = field(default_factory=dict[Period, Returned])
    reporters: Mapping[Period, int | None] = field(default_factory=dict[Period, int | None])
    service: bool = False
    group: str = ""
    revised: frozenset[Period] = frozenset()
    standings: Mapping[Period, Standing] = field(default_factory=dict[Period, Standing])
    demand: Demand = field(default_factory=Demand)
    bases: Mapping[Period, str] = field(default_factory=dict[Period, str])

    def standing(self, period: Period) -> Standing:
        """How far the figure of a period has come."""
        if period in self.values:
            return self.standings.get(period, Standing.REPORTED)
        return Standing.RETURNED if period in self.returned else Standing.MISSING

    @cached_property
    def common_standing(self) -> Standing | None:
        """How far every value has come, None where they differ and where there is none."""
        found = {self.standing(period) for period in self.values}
        return found.pop() if len(found) == 1 else None

    @property
    def kind(self) -> PeriodKind:
        """The length of the periods in which it is reported."""
        return self.measure.reporting_kind


class Item(NamedTuple):
    """One indicator in one closing. `reported` is that of its figure: a SINGLE one that came early is reported.

    `due` is the last day on which it is awaited, by an extension where it is `extended`; under a `lock` it takes no
    more reports.
    """

    duty: Duty
    period: Period
    reported: bool
    due: date
    lock: Lock | None = None
    extended: bool = False

    @property
    def figure(self) -> Figure:
        return self.duty.figures[self.period]

    @property
    def returned(self) -> Returned | None:
        """What was reported and returned, None where nothing waits to be mended."""
        return self.duty.returned.get(self.period)

    @property
    def awaited(self) -> bool:
        """Whether a report is asked: one with a target, or one that was returned."""
        return self.figure.due or self.returned is not None


@dataclass(frozen=True)
class Closing:
    """Everything of a post that closes on one day.

    `items` are awaited. `late` are "susulan": indicators without a target in this period whose s/d realisation lies
    below their s/d target, or that were given a value in it all the same; they are offered, never missing. `cut_off` is
    the last day on which reports are awaited, the latest where posts have different ones.
    """

    end: date
    cut_off: date
    items: tuple[Item, ...]
    late: tuple[Item, ...]

    @property
    def missing(self) -> tuple[Item, ...]:
        """What is due and can still be reported."""
        return tuple(item for item in self.items if not item.reported and item.lock is None)

    @property
    def lock(self) -> Lock | None:
        """The lock under which nothing of it takes reports any more, None while something does."""
        locks = [item.lock for item in (*self.items, *self.late)]
        return locks[0] if all(locks) else None

    @property
    def locked(self) -> tuple[Item, ...]:
        """What is due, was not reported and can no longer be."""
        return tuple(item for item in self.items if not item.reported and item.lock is not None)

    @property
    def extended(self) -> bool:
        """Whether its last day is one that a superior granted."""
        return any(item.extended and item.due == self.cut_off for item in (*self.items, *self.late))

    @property
    def periods(self) -> tuple[Period, ...]:
        """The periods that close, shortest first: the month and the quarter, where both are reported."""
        return tuple(sorted({item.period for item in self.items} or {item.period for item in self.late}))


def closings(duties: Sequence[Duty], today: date, office: Office) -> tuple[Closing, ...]:
    """Every closing that has begun by `today` and in which something is due or late, oldest first.

    Last year's are among them until its plan closes.
    """
    dates: dict[Owed, _Dates | None] = {}
    ending: dict[date, list[Item]] = defaultdict(list)
    for duty in duties:
        for period in Period.whole_year(duty.measure.year).split(duty.kind):
            owed = Owed(duty.post_id, period)
            if owed not in dates:  # the same for all that a post owes for a period
                dates[owed] = _dates(owed, today, office) if is_begun(owed, today, office) else None
            if (its := dates[owed]) is not None:
                item = Item(duty, period, duty.figures[period].reported, its.due, its.lock, its.extended)
                ending[period.end].append(item)
    found = (_closing(end, items) for end, items in sorted(ending.items()))
    return tuple(closing for closing in found if closing.items or closing.late)


class _Dates(NamedTuple):
    """When a post's reports of a period are awaited; see `Item`."""

    due: date
    lock: Lock | None
    extended: bool


def _dates(owed: Owed, today: date, office: Office) -> _Dates:
    extended = office.extended_to(owed, today) is not None
    return _Dates(office.due(owed, today), office.lock(owed, today), extended)


def is_begun(owed: Owed, today: date, office: Office) -> bool:
    """Whether a period of a post has begun, had not ended when the office began, and its plan is not closed yet."""
    return not is_before(owed.period, office.rules.begins) and is_current(owed, today, office)


def first_own_year(today: date) -> int:
    """Of whose plan somebody still has indicators of their own: last year's is open until March (`is_current`), and
    what was reported under it may be corrected until this year ends."""
    return today.year - 1


def is_current(owed: Owed, today: date, office: Office) -> bool:
    """Whether a period of a post has begun and its plan is not closed yet.

    A plan closes with the February after its year, when the office has accounted for it (LKj, domain.md 5), or with an
    extension beyond that: until then what is late is taken, unless the office locks it.
    """
    if owed.period.start > today:
        return False
    year = owed.period.year
    closes = date(year + 1, 3, 1) - timedelta(days=1)
    later = office.extended_to(Owed(owed.post_id, Period.whole_year(year)), today)
    return today <= max(closes, later or closes)


def _closing(end: date, items: Sequence[Item]) -> Closing:
    """The closing of indicators whose periods end on the same day."""
    return Closing(
        end,
        max(item.due for item in items),
        items=tuple(item for item in items if item.awaited),
        late=tuple(item for item in items if not item.awaited and (item.figure.susulan or item.reported)),
    )


class _Closes(Protocol):
    """What closes on one day."""

    @property
    def end(self) -> date: ...
    @property
    def cut_off(self) -> date: ...
    @property
    def missing(self) -> Sequence[object]: ...


_C = TypeVar("_C", bound=_Closes)


def main_closing(found: Sequence[_C], today: date) -> _C | None:
    """What "lapor" takes: the oldest with something missing within its cut-off, else the running one."""
    overdue = (c for c in found if c.end < today <= c.cut_off and c.missing)
    running = (c for c in found if c.end >= today)
    return next(overdue, None) or next(running, None)


def other_closing(found: Sequence[Closing], main: Closing | None, today: date) -> Closing | None:
    """What the button beside it offers: the running one beside an older one, else the newest incomplete older one."""
    if main is not None and main.end < today:
        return next((c for c in found if c.end >= today), None)
    return next((c for c in reversed(found) if c.end < today and c.missing), None)


def is_provisional(period: Period, reported_on: date) -> bool:
    """Whether a value given on that day is provisional: its period has not ended yet."""
    return reported_on <= period.end
