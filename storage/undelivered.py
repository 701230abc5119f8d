"""Messages that their address did not take: each goes to the person's other address, or somebody is to call them.

A row moves in one UPDATE that holds only where it still stands as it was read, so it is never in two places; its turn
and its key stay. What happened is in the row itself: `error` says where it was refused and why, and one that can be
sent nowhere ends as `to_call`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, select, update

from storage import calls, conversations, schema
from storage.outbox import RETRY_DELAYS
from storage.rows import spelt
from storage.templates import note_status

CLOSED_WINDOW = 131047
NOBODY_THERE = 131026
BUSY = frozenset({130429, 131048, 131056})
TEMPLATE_TROUBLE = range(132000, 133000)
"""Codes of WhatsApp's that lead to something else than a failed message; the others are faults of the message."""
_STATUSES = {132001: "missing", 132007: "rejected", 132015: "paused", 132016: "disabled"}
_DIFFERS = "differs"
"""What a template is from then on, by the code that tells it."""

_outbox = schema.outbox


@dataclass(frozen=True)
class Undelivered:
    """A message that reached a person nowhere. `said_at` is on the office's clock."""

    id: int
    person_id: int
    said_at: datetime
    message: dict[str, Any] | None
    occasion: dict[str, Any] | None


def send_elsewhere(connection: Connection, outbox_id: int, channel: str, reason: str, now: datetime) -> bool:
    """A channel took no message to this address: the one that waits goes to another one, at once.

    True where there is such a one. Else it ends as `to_call`, or `failed` where it is to nobody of an office. Nothing
    changes for a message that does not wait on that channel any more.
    """
    row = connection.execute(
        select(_outbox).where(_outbox.c.id == outbox_id, _outbox.c.state == "due", _outbox.c.channel == channel)
    ).one_or_none()
    return row is not None and _elsewhere(connection, row, reason, now)


def refused_later(connection: Connection, channel: str, provider_id: str, code: int, now: datetime) -> bool:
    """A channel took a message and reports afterwards that it failed, with one of WhatsApp's codes.

    It is tried again, as a template where free text was refused, goes to another address, or has failed. False where
    no message of that id is recorded as sent: what was put back forgets its id, so that a report counts once.
    """
    has_one = _outbox.c.provider_id != spelt("")
    of_id = (_outbox.c.channel == channel) & (_outbox.c.provider_id == provider_id) & has_one
    row = connection.execute(select(_outbox).where(of_id, _outbox.c.state == "sent")).one_or_none()
    if row is None:
        return False
    reason = str(code)
    if code == CLOSED_WINDOW:
        conversations.close_window(connection, channel, row.address, row.settled_at)
        _as_template(connection, row, reason, now)
    elif code == NOBODY_THERE:
        conversations.mark_unreachable(connection, channel, row.address)
        _elsewhere(connection, row, reason, now)
    elif code in BUSY:
        _again(connection, row, reason, now)
    elif code in TEMPLATE_TROUBLE:
        if row.template:
            note_status(connection, channel, row.template, _STATUSES.get(code, _DIFFERS), now)
        _again(connection, row, reason, now, at_once=True)
    else:
        _change(connection, row, {"state": "failed", "error": _refusal(row, reason), "settled_at": now})
    return True


def _as_template(connection: Connection, row: Row[Any], reason: str, now: datetime) -> None:
    """The channel sends what it refused as free text as a template now; one that was a template goes elsewhere."""
    if row.template:
        _elsewhere(connection, row, reason, now)
    else:
        _again(connection, row, reason, now, at_once=True)


def _again(connection: Connection, row: Row[Any], reason: str, now: datetime, *, at_once: bool = False) -> None:
    """Put a message back on the same address; when its tries are spent it goes elsewhere."""
    if row.attempts >= len(RETRY_DELAYS):
        _elsewhere(connection, row, reason, now)
        return
    due_at = now if at_once else now + RETRY_DELAYS[row.attempts]
    _change(connection, row, _put_back(row, reason, due_at))


def _elsewhere(connection: Connection, row: Row[Any], reason: str, now: datetime) -> bool:
    is_at = (row.person_id, row.channel, row.address)
    other = None if _goes_in_circles(row) else conversations.other_address(connection, *is_at)
    if other is None:
        ended = "to_call" if row.person_id is not None and row.office_id is not None else "failed"
        _change(connection, row, {"state": ended, "error": _refusal(row, reason), "settled_at": now})
        return False
    moved = {"channel": other.channel, "address": other.address, "conversation_id": other.conversation_id}
    return _change(connection, row, {**_put_back(row, reason, now), **moved})


def _goes_in_circles(row: Row[Any]) -> bool:
    """Whether addresses have been passing a message to each other."""
    return row.attempts > len(RETRY_DELAYS)


def _put_back(row: Row[Any], reason: str, due_at: datetime) -> dict[str, Any]:
    """Due again, before what was written to the address later."""
    unsent = {"provider_id": "", "template": "", "fate": "", "fate_at": None, "settled_at": None}
    return {
        **unsent,
        "state": "due",
        "due_at": due_at,
        "attempts": row.attempts + 1,
        "error": _refusal(row, reason),
    }


def _refusal(row: Row[Any], reason: str) -> str:
    return f"{row.channel}: {reason}"


def _change(connection: Connection, row: Row[Any], values: Mapping[str, Any]) -> bool:
    """Change a row that still stands where it was read."""
    unmoved = (
        _outbox.c.id == row.id,
        _outbox.c.state == row.state,
        _outbox.c.channel == row.channel,
        _outbox.c.address == row.address,
        _outbox.c.provider_id == row.provider_id,
    )
    calls.call(connection, calls.DELIVERY)
    changed = connection.execute(update(_outbox).where(*unmoved).values(**values, lease_until=None, holder=""))
    return changed.rowcount == 1


_TO_CALL = (
    select(_outbox.c.id, _outbox.c.person_id, _outbox.c.said_at, _outbox.c.message, _outbox.c.occasion)
    .where(_outbox.c.office_id == bindparam("of"), _outbox.c.state == spelt("to_call"))
    .order_by(_outbox.c.id)
)
# Asked with every turn, mostly in vain: written once, because writing it takes longer than its answer.
_OF_PERSON = _TO_CALL.where(_outbox.c.person_id == bindparam("person"))


@dataclass(frozen=True)
class CallBook:
    """Whom of an office somebody is to call, because a message reached them nowhere."""

    connection: Connection = field(repr=False)
    office_id: int
    now: datetime

    def open(self, person_id: int | None = None) -> tuple[Undelivered, ...]:
        """What reached nobody, or not one person, in the order in which it was written."""
        if person_id is None:
            rows = self.connection.execute(_TO_CALL, {"of": self.office_id})
        else:
            rows = self.connection.execute(_OF_PERSON, {"of": self.office_id, "person": person_id})
        return tuple(Undelivered(row.id, row.person_id, row.said_at, row.message, row.occasion) for row in rows)

    def settle(self, calls: Sequence[Undelivered]) -> None:
        """The person was told of what had not reached them: there is nothing to call about any more."""
        self.connection.execute(
            update(_outbox)
            .where(
                _outbox.c.office_id == self.office_id,
                _outbox.c.id.in_([call.id for call in calls]),
                _outbox.c.state == "to_call",
            )
            .values(state="not_needed", settled_at=self.now)
        )

    def last_letter(self, key: str) -> tuple[dict[str, Any], datetime] | None:
        """The newest message of the office whose key begins so: why it came, and when on the office's clock."""
        row = self.connection.execute(
            select(_outbox.c.occasion, _outbox.c.said_at)
            .where(_outbox.c.office_id == self.office_id, _outbox.c.dedup_key.startswith(key, autoescape=True))
            .order_by(_outbox.c.id.desc())
            .limit(1)
        ).one_or_none()
        return None if row is None else (row.occasion, row.said_at)
