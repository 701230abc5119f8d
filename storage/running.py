"""How a day went for an office, as its admins are told in the morning: only numbers."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, Select, bindparam, func, select

from domain.morning import SPAN, LastDay, Warned
from storage import schema, upkeep
from storage.columns import UtcTime
from storage.desk import Desk
from storage.inbox import INTERNAL

_conversation, _inbox, _outbox = schema.conversation, schema.inbox, schema.outbox
_SINCE = bindparam("since", type_=UtcTime())
_FAILED = ("failed", "to_call")

_RECEIVED = (
    select(_inbox.c.state, func.count().label("number"))
    .join(_conversation, _conversation.c.id == _inbox.c.conversation_id)
    .where(
        _inbox.c.received_at >= _SINCE,
        _conversation.c.office_id == bindparam("office"),
        ~_inbox.c.external_id.startswith(INTERNAL, autoescape=True),
    )
    .group_by(_inbox.c.state)
)
_SENT = (
    select(_outbox.c.state, func.count().label("number"))
    .where(_outbox.c.office_id == bindparam("office"), _outbox.c.settled_at >= _SINCE)
    .group_by(_outbox.c.state)
)


_SET_ASIDE = (
    select(func.count())
    .select_from(_inbox)
    .join(_conversation, _conversation.c.id == _inbox.c.conversation_id)
    .where(_inbox.c.received_at >= _SINCE, _inbox.c.state == "poison", _conversation.c.office_id == bindparam("office"))
)


def warnings(desk: Desk) -> tuple[Warned, ...]:
    """What is wrong, asked quickly: all else of the day is left out."""
    wanted = {"office": desk.office_id, "since": desk.now - SPAN}
    set_aside = desk.connection.execute(_SET_ASIDE, wanted).scalar_one()
    return replace(_of_machine(desk.connection), set_aside=set_aside).warnings


def last_day(desk: Desk) -> LastDay:
    """The day up to the desk's moment."""
    received = _counted(desk.connection, desk.office_id, desk.now - SPAN, of=_RECEIVED)
    sent = _counted(desk.connection, desk.office_id, desk.now - SPAN, of=_SENT)
    return replace(
        _of_machine(desk.connection),
        received=sum(received.values()),
        sent=sent.get("sent", 0),
        failed=sum(sent.get(state, 0) for state in _FAILED),
        set_aside=received.get("poison", 0),
        unreachable=len(desk.out_of_reach),
    )


def _of_machine(connection: Connection) -> LastDay:
    """The part that is the same for every office."""
    standing = upkeep.standing(connection)
    backup = standing.backup
    return LastDay(
        seen_at=standing.seen_at,
        free=standing.free,
        backups=backup is not None,
        backed_up_at=None if backup is None else backup.done_at,
        backup_size=0 if backup is None else backup.bytes,
        trouble="" if backup is None else backup.trouble,
    )


def guessed_at(desk: Desk) -> datetime | None:
    """When somebody last tried so many wrong codes that their address must wait; None for never."""
    return upkeep.guessed_at(desk.connection)


def is_looked_after(desk: Desk) -> bool:
    """Whether a program runs that looks after backup and disk: nobody is told how a demo is doing."""
    return upkeep.standing(desk.connection).seen_at is not None


def _counted(connection: Connection, office_id: int, since: datetime, *, of: Select[str, int]) -> dict[str, int]:
    return {row.state: row.number for row in connection.execute(of, {"office": office_id, "since": since})}
