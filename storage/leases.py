"""Roles that one process at a time holds, such as polling Telegram for a token."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, exists, or_, select

from storage import schema
from storage.rows import put

LEASE = timedelta(seconds=30)
"""How long a role outlives its holder: after a crash another process takes it over."""

_lease = schema.lease


def take(connection: Connection, name: str, holder: str, now: datetime, lease: timedelta = LEASE) -> bool:
    """Take or renew a role for as long as `lease`; False while another process holds it."""
    free = or_(_lease.c.holder == holder, _lease.c.until < now)
    return put(connection, _lease, "name", {"name": name, "holder": holder, "until": now + lease}, free)


def give_back(connection: Connection, name: str, holder: str) -> None:
    """End a role at once, so that another process need not wait for it to lapse."""
    connection.execute(delete(_lease).where(_lease.c.name == name, _lease.c.holder == holder))


def any_held(connection: Connection, now: datetime) -> bool:
    """Whether a process of the program runs on this database, or ended less than a lease ago without saying so."""
    return connection.execute(select(exists().where(_lease.c.until > now))).scalar_one()


def end_all(connection: Connection) -> None:
    """No process holds anything: none of them is on this database any more."""
    connection.execute(delete(_lease))
