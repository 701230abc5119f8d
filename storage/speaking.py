"""Which process sends what comes unasked: one at a time, so that together they keep the pace of every channel."""

from datetime import datetime

from sqlalchemy import Connection, bindparam, exists, select

from storage import leases, schema
from storage.columns import UtcTime
from storage.outbox import LEASE, NOTICE
from storage.states import IS_DUE

_SPEAKER = "unasked"
"""The name of the role."""
_outbox = schema.outbox
# Asked again and again, mostly in vain.
_IS_DUE = select(
    exists(_outbox.c.id).where(IS_DUE, _outbox.c.lane == NOTICE, _outbox.c.due_at <= bindparam("at", type_=UtcTime()))
)


def begin(connection: Connection, holder: str, now: datetime) -> bool:
    """Take the role, or keep it, where something is due; False while another process has it, or nothing is."""
    return connection.execute(_IS_DUE, {"at": now}).scalar_one() and keep(connection, holder, now)


def keep(connection: Connection, holder: str, now: datetime) -> bool:
    """Keep the role for as long as messages are leased; False where another process has it by now."""
    return leases.take(connection, _SPEAKER, holder, now, LEASE)


def end(connection: Connection, holder: str) -> None:
    """Leave it to others at once."""
    leases.give_back(connection, _SPEAKER, holder)
