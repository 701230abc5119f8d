"""The life of an indicator as the record tells it: who did what to its figures, when, and on which channel."""

from collections.abc import Collection, Mapping, Set
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import Connection, Row, or_, select

from domain.periods import Period
from domain.plan import Capacity
from storage import schema

_audit = schema.audit
_indicator = schema.indicator
_plan = schema.plan
_report = schema.report
_twin = _indicator.alias("twin")


class Deed(StrEnum):
    """What was done, as the record calls it."""

    REPORTED = "reported"
    RETURNED = "returned"
    SEEN = "seen"
    VERIFIED = "verified"
    APPROVED = "approved"
    ASKED = "correction asked"
    AGREED = "correction agreed"
    DECLINED = "correction declined"
    WITHDRAWN = "correction withdrawn"
    EVIDENCE = "evidence added"
    NO_EVIDENCE = "evidence removed"
    EXPLAINED = "figure explained"
    ENDED = "follow-up ended"
    CONFIRMED = "figure confirmed"
    """Whoever acts for the post found right what somebody else entered."""


@dataclass(frozen=True)
class Event:
    """One thing that was done to the figure of a period, by whom in which capacity, at an aware instant.

    `old` and `new` are as the record writes them: figures in the indicator's unit, else words. `person_id` is None for
    what came from a file. `basis` is from what it was taken or known, `to_date` that it is the position of before the
    office began.
    """

    deed: Deed
    period: Period
    old: str
    new: str
    reason: str
    person_id: int | None
    post_id: int | None
    capacity: Capacity | None
    channel: str
    at: datetime
    basis: str = ""
    to_date: bool = False
    version: int | None = None
    """The version of the plan under which it was done, where another holds now."""


_Known = Mapping[tuple[Period, datetime, Decimal], tuple[str, bool]]
"""By period, instant and value: the basis of a value, and whether it is the position of before the office began."""


@dataclass(frozen=True)
class HistoryBook:
    """The lives of the `visible` indicators of the current plans, by id."""

    connection: Connection = field(repr=False)
    office_id: int
    visible: Set[int]

    def of(self, indicator_id: int) -> tuple[Event, ...]:
        """What was done to an indicator, the newest first, under earlier versions of its plan, too.

        Raises PermissionError for one that is not theirs to see.
        """
        if indicator_id not in self.visible:
            raise PermissionError(f"indicator {indicator_id} is not theirs to see")
        versions = self._versions(indicator_id)
        subjects = [_audit.c.subject.like(f"indicator {one} %") for one in versions]
        rows = self.connection.execute(
            select(_audit)
            .where(_audit.c.office_id == self.office_id, _audit.c.action.in_(list(Deed)), or_(*subjects))
            .order_by(_audit.c.id.desc())
        )
        known = self._known(versions)
        earlier = {one: version for one, version in versions.items() if version < versions[max(versions)]}
        return _without_echoes(tuple(_with_basis(_event(row, earlier), known) for row in rows))

    def _known(self, versions: Collection[int]) -> _Known:
        """From what values were taken that the owner did not simply report."""
        rows = self.connection.execute(
            select(_report.c.period, _report.c.reported_at, _report.c.value, _report.c.basis, _report.c.to_date).where(
                _report.c.indicator_id.in_(versions), (_report.c.basis != "") | _report.c.to_date
            )
        )
        return {(Period.parse(row.period), row.reported_at, row.value): (row.basis, row.to_date) for row in rows}

    def _versions(self, indicator_id: int) -> dict[int, int]:
        """The same indicator in every version of its plan: its id there to the number of the version."""
        every = (
            select(_twin.c.id, _plan.c.version)
            .join(_plan, _plan.c.id == _twin.c.plan_id)
            .join(
                _indicator,
                (_twin.c.office_id == _indicator.c.office_id)
                & (_twin.c.year == _indicator.c.year)
                & (_twin.c.code == _indicator.c.code),
            )
            .where(_indicator.c.id == indicator_id, _indicator.c.office_id == self.office_id)
        )
        return {row.id: row.version for row in self.connection.execute(every.order_by(_twin.c.id))}


def _event(row: Row[*tuple[object, ...]], earlier: Mapping[int, int]) -> Event:
    return Event(
        version=earlier.get(int(row.subject.split(" ")[1])),
        deed=Deed(row.action),
        period=Period.parse(row.subject.rpartition(" ")[2]),
        old=row.old,
        new=row.new,
        reason=row.reason,
        person_id=row.person_id,
        post_id=row.post_id,
        capacity=Capacity(row.capacity) if row.capacity else None,
        channel=row.channel,
        at=row.at,
    )


def _with_basis(event: Event, known: _Known) -> Event:
    if event.deed is not Deed.REPORTED or (event.period, event.at, Decimal(event.new)) not in known:
        return event
    basis, to_date = known[event.period, event.at, Decimal(event.new)]
    return replace(event, basis=basis, to_date=to_date)


def _without_echoes(events: tuple[Event, ...]) -> tuple[Event, ...]:
    """A correction that was agreed to is recorded and verified at the same moment, and an explanation once more with
    who does it and until when: each is told once."""
    agreed = [event for event in events if event.deed is Deed.AGREED]
    told = [event for event in events if not any(_follows(event, one) for one in agreed)]
    return tuple(event for event, later in zip(told, [None, *told], strict=False) if not _is_said_again(event, later))


def _is_said_again(event: Event, later: Event | None) -> bool:
    """Whether what comes next in the record explains the same figure in the same words."""
    if later is None or not event.deed is later.deed is Deed.EXPLAINED:
        return False
    return (event.period, event.new, event.person_id) == (later.period, later.new, later.person_id)


def _follows(event: Event, agreed: Event) -> bool:
    """Whether an event is what came of a correction at once."""
    if (event.period, event.at) != (agreed.period, agreed.at):
        return False
    match event.deed:
        case Deed.REPORTED:
            return (event.old, event.new) == (agreed.old, agreed.new)
        case Deed.VERIFIED:
            return event.old == agreed.new
        case _:
            return False
