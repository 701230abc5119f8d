"""How the whole installation is doing, from its tables: what waits, since when, and when it last looked what is due."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection, and_, bindparam, case, func, or_, select
from sqlalchemy.sql.selectable import Select

from storage import schema
from storage.columns import UtcTime
from storage.outbox import ANSWER, NOTICE
from storage.states import IS_DUE, IS_JOB_DUE, IS_OPEN
from storage.upkeep import Standing, standing

_account, _inbox, _job = schema.account, schema.inbox, schema.job
_office, _outbox = schema.office, schema.outbox


@dataclass(frozen=True)
class Queue:
    """What waits for one kind of worker: how much, and since when the oldest of it could have been taken up."""

    number: int = 0
    oldest: datetime | None = None


@dataclass(frozen=True)
class Vitals:
    """The state of an installation. Times are of the machine's clock.

    `ticked_at` is when what is due in the `offices` was last looked after, None where it never was.
    """

    offices: int
    ticked_at: datetime | None
    turns: Queue
    files: Queue
    answers: Queue
    notices: Queue
    jobs: Queue
    unreachable: int
    """Addresses at which nobody reads who has joined."""
    upkeep: Standing = field(default_factory=Standing)


# Asked every few seconds by whoever watches: written once.
_TICKED = select(func.count().label("offices"), func.max(_office.c.seen_at, type_=UtcTime()).label("at")).select_from(
    _office
)
_RECEIVED = (
    select(
        _inbox.c.state, func.count().label("number"), func.min(_inbox.c.received_at, type_=UtcTime()).label("oldest")
    )
    .where(IS_OPEN)
    .group_by(_inbox.c.state)
)


def _to_send() -> Select[str, int, datetime | None]:
    """Of each lane what is due, and since when the oldest that nobody has claimed."""
    at = bindparam("at", type_=UtcTime())
    free = or_(_outbox.c.lease_until.is_(None), _outbox.c.lease_until < at)
    unclaimed = case((and_(free, _outbox.c.due_at <= at), _outbox.c.due_at))
    oldest = func.min(unclaimed, type_=UtcTime()).label("oldest")
    return select(_outbox.c.lane, func.count().label("number"), oldest).where(IS_DUE).group_by(_outbox.c.lane)


_TO_SEND = _to_send()
_WORK = select(func.count().label("number"), func.min(_job.c.said_at, type_=UtcTime()).label("oldest")).where(
    IS_JOB_DUE
)
_UNREACHABLE = select(func.count()).where(_account.c.reachable.is_(False), _account.c.person_id.is_not(None))


def read(connection: Connection, now: datetime) -> Vitals:
    """How it stands at `now` of the machine's clock."""
    received = {row.state: Queue(row.number, row.oldest) for row in connection.execute(_RECEIVED)}
    to_send = {row.lane: Queue(row.number, row.oldest) for row in connection.execute(_TO_SEND, {"at": now})}
    work, ticked = connection.execute(_WORK).one(), connection.execute(_TICKED).one()
    return Vitals(
        ticked.offices,
        ticked.at,
        received.get("ready", Queue()),
        received.get("fetching", Queue()),
        to_send.get(ANSWER, Queue()),
        to_send.get(NOTICE, Queue()),
        Queue(work.number, work.oldest),
        connection.execute(_UNREACHABLE).scalar_one(),
        standing(connection),
    )
