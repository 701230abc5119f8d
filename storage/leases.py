"""Roles that one process holds at a time, such as the poller of a Telegram token. A lease lapses with its holder."""

from datetime import datetime

from sqlalchemy import Connection, delete, or_

from storage.rows import put
from storage.tables import Lease, table

_lease = table(Lease)


def take(connection: Connection, name: str, holder: str, now: datetime, until: datetime) -> bool:
    """Take or renew a role until then; False while another process holds it. Times are the machine's."""
    own_or_lapsed = or_(_lease.c.holder == holder, _lease.c.until < now)
    return put(connection, _lease, "name", {"name": name, "holder": holder, "until": until}, own_or_lapsed)


def give_up(connection: Connection, name: str, holder: str) -> None:
    """Leave a role to the next process at once."""
    connection.execute(delete(_lease).where(_lease.c.name == name, _lease.c.holder == holder))
