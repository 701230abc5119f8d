"""What a channel reports of a message after it took it: sent on, delivered, read, or failed after all.

Reports may come twice, in any order, and before the message is recorded as sent; they never lead backwards.
"""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, exists, select, update

from storage import schema
from storage.rows import spelt
from storage.states import IS_DUE

_outbox = schema.outbox
_BEFORE = {
    "sent": ("",),
    "delivered": ("", "sent"),
    "read": ("", "sent", "delivered"),
    "failed": ("", "sent"),
}
"""What each fate may follow: who got a message does not lose it again."""


def note(connection: Connection, channel: str, provider_id: str, fate: str, at: datetime) -> bool:
    """Record what became of a message, if that is news of one that we sent; return whether it was.

    `provider_id` is the channel's id of it, `fate` sent, delivered, read or failed, `at` an instant of its clock.
    """
    noted = connection.execute(
        update(_outbox)
        .where(_is(channel, provider_id), _outbox.c.fate.in_(_BEFORE[fate]))
        .values(fate=fate, fate_at=at)
    )
    return noted.rowcount > 0


def may_be_on_its_way(
    connection: Connection, channel: str, provider_id: str, addresses: Collection[str], now: datetime
) -> bool:
    """Whether a message of an unknown id may be one that a process is sending at this moment to one of the addresses:
    the channel has taken it, and it is not recorded as sent yet. `now` is the machine's."""
    if connection.execute(select(exists().where(_is(channel, provider_id)))).scalar_one():
        return False
    being_sent = and_(
        IS_DUE, _outbox.c.channel == channel, _outbox.c.address.in_(addresses), _outbox.c.lease_until > now
    )
    return bool(connection.execute(select(exists().where(being_sent))).scalar_one())


def _is(channel: str, provider_id: str) -> ColumnElement[bool]:
    has_one = _outbox.c.provider_id != spelt("")
    return and_(_outbox.c.channel == channel, _outbox.c.provider_id == provider_id, has_one)
