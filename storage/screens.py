"""What stands last on a person's screen: a button there may be typed instead of tapped."""

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import ColumnElement, Connection, bindparam, select

from storage import schema, touches
from storage.rows import spelt

SEEN = 3
"""Messages that still stand on a small screen."""
_inbox, _outbox = schema.inbox, schema.outbox
_FROM = frozenset({_inbox.name, _outbox.name})
"""What it is read from."""


def _said(place: int) -> ColumnElement[Any]:
    """The newest message to who wrote, or one before it."""
    return (
        select(_outbox.c.message)
        .where(
            _outbox.c.conversation_id == _inbox.c.conversation_id,
            _outbox.c.state.in_([spelt("due"), spelt("sent")]),
            _outbox.c.message.is_not(None),
        )
        .order_by(_outbox.c.id.desc())
        .limit(1)
        .offset(place)
        .correlate(_inbox)
        .scalar_subquery()
    )


_SCREENS = select(_inbox.c.id, *(_said(place) for place in range(SEEN))).where(
    _inbox.c.id.in_(bindparam("written", expanding=True))
)


def on_screen(connection: Connection, inbox_id: int) -> list[dict[str, Any]]:
    """What stands last on the screen of who sent a message, as it is stored: at most SEEN, the newest first."""
    ahead = touches.known(connection, read_ahead, _FROM) or {}
    return ahead[inbox_id] if inbox_id in ahead else _read(connection, [inbox_id]).get(inbox_id, [])


def read_ahead(connection: Connection, inbox_ids: Collection[int]) -> None:
    """Read in one statement what `on_screen` will be asked of each of some messages."""
    touches.keep(connection, read_ahead, _read(connection, inbox_ids))


def _read(connection: Connection, inbox_ids: Collection[int]) -> Mapping[int, list[dict[str, Any]]]:
    rows = connection.execute(_SCREENS, {"written": inbox_ids}).all()
    return {inbox_id: [message for message in screen if message is not None] for inbox_id, *screen in rows}
