"""Work that is too slow for a turn: a turn inserts it, a worker claims it, and its result comes back to the inbox.

A row is `due` until its result is stored, and `done` or `failed` in the transaction that stores it: exactly once, also
where a worker dies in between, for whoever claims it after the lease settles it alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, and_, bindparam, func, or_, select, update
from sqlalchemy.exc import NoResultFound

from storage import calls, inbox, schema
from storage.columns import UtcTime
from storage.rows import add
from storage.states import IS_JOB_DUE

LEASE = timedelta(minutes=3)
"""How long one worker may be busy with a job before another may try: the work itself is given up much earlier."""
TRIES = 3
"""Times that a job is begun; each that was not settled ended with its process."""

_job = schema.job
_conversation = schema.conversation


@dataclass(frozen=True)
class Claimed:
    """A job that this worker holds. `attempts` counts this time, too."""

    id: int
    kind: str
    details: dict[str, Any]
    attempts: int


def begin(connection: Connection, person_id: int, kind: str, details: Mapping[str, Any], said_at: datetime) -> int:
    """Insert a job whose result goes to a person's conversation; return its id. It commits with the turn.

    Raises NoResultFound for somebody who never joined.
    """
    wanted = select(_conversation.c.id).where(_conversation.c.person_id == person_id)
    return begin_in(connection, connection.execute(wanted).scalar_one(), kind, details, said_at)


def begin_in(
    connection: Connection, conversation_id: int, kind: str, details: Mapping[str, Any], said_at: datetime
) -> int:
    """The same for a conversation, whose ever it is."""
    values = {
        "conversation_id": conversation_id,
        "kind": kind,
        "details": dict(details),
        "state": "due",
        "holder": "",
        "attempts": 0,
        "said_at": said_at,
    }
    calls.call(connection, calls.TURNS)
    return add(connection, _job, values)


_AT = bindparam("at", type_=UtcTime())
_IS_FREE = and_(IS_JOB_DUE, or_(_job.c.lease_until.is_(None), _job.c.lease_until < _AT))
# Asked again and again, mostly in vain: written once, because writing it takes longer than its answer.
_OLDEST_FREE = select(_job.c.id).where(_IS_FREE).order_by(_job.c.id).limit(1)


def claim(connection: Connection, holder: str, now: datetime) -> Claimed | None:
    """Lease the oldest job that nobody works on. A lapsed lease means that its worker died."""
    candidate = connection.execute(_OLDEST_FREE, {"at": now}).scalar_one_or_none()
    if candidate is None:
        return None
    row = connection.execute(
        update(_job)
        .where(_job.c.id == candidate, _IS_FREE)
        .values(holder=holder, lease_until=now + LEASE, attempts=_job.c.attempts + 1)
        .returning(_job.c.id, _job.c.kind, _job.c.details, _job.c.attempts),
        {"at": now},
    ).one_or_none()
    return None if row is None else Claimed(row.id, row.kind, row.details, row.attempts)


def settle(connection: Connection, job: Claimed, state: str, said: Mapping[str, Any], now: datetime) -> bool:
    """Note what became of a job (`done` or `failed`) and put its result into the inbox, both in this transaction.

    False where another worker took it over or settled it: a try is settled only by who began it.
    """
    settled = connection.execute(
        update(_job)
        .where(_job.c.id == job.id, IS_JOB_DUE, _job.c.attempts == job.attempts)
        .values(state=state, lease_until=None, done_at=now)
        .returning(_job.c.conversation_id)
    ).scalar_one_or_none()
    if settled is None:
        return False
    try:
        inbox.store_internal(connection, settled, f"job:{job.id}", dict(said), now)
    except NoResultFound:  # nobody has an address in the conversation any more: there is nobody to tell
        return False
    return True


def due_count(connection: Connection) -> int:
    """How many jobs are not settled yet."""
    return connection.execute(select(func.count()).where(IS_JOB_DUE)).scalar_one()
