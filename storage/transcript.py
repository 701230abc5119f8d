"""Both sides of one chat, as the inbox and the outbox have it; for the simulator's phones."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, select

from storage import schema
from storage.inbox import INTERNAL

_inbox = schema.inbox
_outbox = schema.outbox


@dataclass(frozen=True)
class Line:
    """One message. `mine` tells the person's from the assistant's; `content` is an Incoming or Outgoing as JSON.

    `came_at` is the machine's time at which it came into being in the chat: received, or delivered. `said_at` is on
    the office's clock. `state` is that of its row.
    """

    row_id: int
    mine: bool
    came_at: datetime
    said_at: datetime
    state: str
    content: dict[str, Any]
    media: dict[str, Any] | None = None


def of_address(connection: Connection, channel: str, address: str) -> list[Line]:
    """Everything that was said at an address, in the order in which it came; what was never delivered is left out, and
    so is what is not kept any more."""
    received = connection.execute(
        select(_inbox)
        .where(_inbox.c.channel == channel, _inbox.c.address == address, _inbox.c.external_id.not_like(f"{INTERNAL}%"))
        .where(_inbox.c.said.is_not(None) | _inbox.c.media.is_not(None))
        .order_by(_inbox.c.id)
    )
    sent = connection.execute(
        select(_outbox)
        .where(_outbox.c.channel == channel, _outbox.c.address == address, _outbox.c.state == "sent")
        .where(_outbox.c.message.is_not(None))
        .order_by(_outbox.c.id)
    )
    lines = [Line(row.id, True, row.received_at, row.said_at, row.state, row.said or {}, row.media) for row in received]
    lines += [Line(row.id, False, row.settled_at, row.said_at, row.state, row.message) for row in sent]
    return sorted(lines, key=lambda line: (line.came_at, line.mine, line.row_id))


def delivered(connection: Connection, channel: str, row_id: int) -> dict[str, Any] | None:
    """The message of one delivered row, None for none."""
    return connection.execute(
        select(_outbox.c.message).where(_outbox.c.id == row_id, _outbox.c.channel == channel, _outbox.c.state == "sent")
    ).scalar_one_or_none()


def received(connection: Connection, channel: str, row_id: int) -> dict[str, Any] | None:
    """What one received row said, None for none."""
    return connection.execute(
        select(_inbox.c.said).where(_inbox.c.id == row_id, _inbox.c.channel == channel)
    ).scalar_one_or_none()


def delivered_count(connection: Connection, channel: str) -> int:
    """How many messages a channel has delivered."""
    return connection.execute(
        select(func.count()).where(_outbox.c.channel == channel, _outbox.c.state == "sent")
    ).scalar_one()
