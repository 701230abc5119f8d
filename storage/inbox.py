"""The table of messages that came in: stored before they are acknowledged, taken one turn at a time.

A row is `fetching` while a picture or file still lies with the provider, `ready` when its turn may be taken, `done`
when its effects are committed, and `poison` when its turn failed for good.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Integer, Select, and_, bindparam, delete, func, or_, select, update

from storage import calls, schema, seats
from storage.columns import UtcTime
from storage.conversations import StoredConversation, from_row, new_conversation
from storage.rows import add_all_once, add_once, spelt
from storage.states import IS_OPEN

FETCH_LEASE = timedelta(seconds=30)
"""How long one worker may be busy with a file before another may try: the fetch itself is given up after 20 s."""
FETCH_TRIES = 3
_FILES = ("photo", "document", "media_failed")
"""The kinds of messages that a fetched file may become (`handlers.messages`)."""
_PROCESSES = 8
"""So many find conversations of their own when all look at the same moment; on SQLite there is ever one that writes."""
INTERNAL = "internal:"
"""How the external id of the program's own messages begins."""

_inbox = schema.inbox
_account = schema.account
_conversation = schema.conversation
_IS_READY = _inbox.c.state == spelt("ready")
_IS_FETCHING = and_(IS_OPEN, _inbox.c.state == spelt("fetching"))
_IS_FREE_FILE = and_(
    _IS_FETCHING, or_(_inbox.c.lease_until.is_(None), _inbox.c.lease_until < bindparam("at", type_=UtcTime()))
)

# Of every message: writing them takes longer than their answer, so they are written once.
_FINISHED = update(_inbox).where(_inbox.c.id.in_(bindparam("wanted", expanding=True)))
_OLDEST_OPEN = select(_inbox).where(
    _inbox.c.id.in_(
        select(func.min(_inbox.c.id))
        .where(_inbox.c.conversation_id.in_(bindparam("of", expanding=True)), IS_OPEN)
        .group_by(_inbox.c.conversation_id)
    ),
    _IS_READY,
)
# By an expression: in the order of its key SQLite looks through the whole table rather than sort the open messages.
_OLDEST_FILE = select(_inbox.c.id).where(_IS_FREE_FILE).order_by((-_inbox.c.id).desc()).limit(1)
_KNOWN = (_account.c.channel == bindparam("of_channel")) & (_account.c.address == bindparam("of_address"))
_HEARD = update(_account).where(_KNOWN).returning(_account.c.conversation_id, _account.c.chosen)
_ALL_HEARD = (
    update(_account)
    .where(
        _account.c.channel == bindparam("of_channel"), _account.c.address.in_(bindparam("of_addresses", expanding=True))
    )
    .returning(_account.c.address, _account.c.conversation_id)
)


@dataclass(frozen=True)
class NewMessage:
    """One message to store. Exactly one of `said` (an Incoming as JSON) and `media` is set."""

    channel: str
    address: str
    external_id: str
    message_id: str
    said: dict[str, Any] | None = None
    media: dict[str, Any] | None = None
    sequence: int | None = None
    said_at: datetime | None = None
    """On the office's clock; None where that is the machine's."""
    answers: str = ""
    """For a button, the provider's id of the message below which it was pressed; empty where nobody tells."""


@dataclass(frozen=True)
class Waiting:
    """The oldest open message of a conversation whose turn it is."""

    id: int
    conversation_id: int
    channel: str
    address: str
    message_id: str
    said: dict[str, Any]
    attempts: int
    received_at: datetime
    """On the machine's clock."""


@dataclass(frozen=True)
class ToFetch:
    """A picture or file to bring into our own store."""

    id: int
    channel: str
    media: dict[str, Any]
    attempts: int


def store(connection: Connection, messages: Sequence[NewMessage], now: datetime) -> int:
    """Store messages in their order, dropping those stored before; return how many were new."""
    known = _known(connection, messages, now)
    rows: list[dict[str, Any]] = []
    for message in messages:
        conversation_id, heard = known.get((message.channel, message.address)), message
        if conversation_id is None:
            conversation_id, heard = _conversation_of(connection, message, now)
        rows.append(_row(heard, conversation_id, now))
    return _store_rows(connection, rows)


def _known(connection: Connection, messages: Sequence[NewMessage], now: datetime) -> dict[tuple[str, str], int]:
    """Where the messages of those are said who have one conversation, by channel and address; they were heard now."""
    addresses: defaultdict[str, set[str]] = defaultdict(set)
    for message in messages:
        addresses[message.channel].add(message.address)
    found: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for channel, of_channel in addresses.items():
        heard = {"of_channel": channel, "of_addresses": sorted(of_channel), "last_inbound_at": now, "reachable": True}
        for row in connection.execute(_ALL_HEARD, heard).all():
            found[channel, row.address].append(row.conversation_id)
    return {key: conversations[0] for key, conversations in found.items() if len(conversations) == 1}


def store_internal(connection: Connection, conversation_id: int, key: str, said: dict[str, Any], now: datetime) -> None:
    """Put the program's own message to a conversation into the inbox, once per key.

    It answers where the person wrote last. Raises NoResultFound for a conversation that nobody has an address in.
    """
    account = connection.execute(
        select(_account.c.channel, _account.c.address)
        .where(_account.c.conversation_id == conversation_id)
        .order_by(_account.c.last_inbound_at.desc().nulls_last(), _account.c.id)
        .limit(1)
    ).one()
    message = NewMessage(account.channel, account.address, f"{INTERNAL}{key}", "", said)
    _store_rows(connection, [_row(message, conversation_id, now)])


def _row(message: NewMessage, conversation_id: int, now: datetime) -> dict[str, Any]:
    return {
        "conversation_id": conversation_id,
        "channel": message.channel,
        "address": message.address,
        "external_id": message.external_id,
        "message_id": message.message_id,
        "sequence": message.sequence,
        "state": "ready" if message.media is None else "fetching",
        "said": message.said,
        "media": message.media,
        "attempts": 0,
        "received_at": now,
        "said_at": message.said_at or now,
    }


def _store_rows(connection: Connection, rows: Sequence[dict[str, Any]]) -> int:
    new = add_all_once(connection, _inbox, rows)
    if new:
        calls.call(connection, calls.TURNS)
    return new


def _conversation_of(connection: Connection, message: NewMessage, now: datetime) -> tuple[int, NewMessage]:
    """To whom a message is said, and what is kept of it."""
    known = {"of_channel": message.channel, "of_address": message.address}
    heard = {**known, "last_inbound_at": now, "reachable": True}
    rows = connection.execute(_HEARD, heard).all()
    if len(rows) > 1:
        return _of_several(connection, message, {row.conversation_id: row.chosen for row in rows})
    if rows:
        return rows[0].conversation_id, message
    conversation_id = new_conversation(connection)
    account = {
        "channel": message.channel,
        "address": message.address,
        "conversation_id": conversation_id,
        "reachable": True,
        "last_inbound_at": now,
        "chosen": True,
    }
    if add_once(connection, _account, account) is None:  # another process met this address at the same moment
        connection.execute(delete(_conversation).where(_conversation.c.id == conversation_id))
        conversation_id = connection.execute(select(_account.c.conversation_id).where(_KNOWN), known).scalar_one()
    return conversation_id, message


def _of_several(
    connection: Connection, message: NewMessage, conversations: Mapping[int, bool]
) -> tuple[int, NewMessage]:
    """Whoever works for several offices is heard by the one that is chosen; a button belongs to its message's office,
    which is chosen by it. A button of which nobody knows the message is no office's: it loses its token."""
    chosen = next((key for key, is_chosen in conversations.items() if is_chosen), min(conversations))
    said = message.said or {}
    if said.get("kind") != "press":
        return chosen, message
    owner = seats.conversation_of_message(connection, message.channel, message.address, message.answers)
    if owner is None or owner not in conversations:
        return chosen, replace(message, said={**said, "token": ""})
    seats.choose(connection, message.channel, message.address, owner)
    return owner, message


def last_sequence(connection: Connection, channel: str, since: datetime) -> int | None:
    """The highest sequence of a channel stored since then."""
    return connection.execute(
        select(func.max(_inbox.c.sequence)).where(_inbox.c.channel == channel, _inbox.c.received_at >= since)
    ).scalar_one()


def _waiting() -> Select[int]:
    """Conversations whose oldest open message is ready."""
    oldest = (
        select(_inbox.c.conversation_id, func.min(_inbox.c.id).label("id"))
        .where(IS_OPEN)
        .group_by(_inbox.c.conversation_id)
        .subquery()
    )
    return (
        select(oldest.c.conversation_id)
        .join(_inbox, _inbox.c.id == oldest.c.id)
        .where(_IS_READY)
        .order_by(oldest.c.id)
        .limit(bindparam("most", type_=Integer))
    )


# Written once: they are asked again and again, the first mostly in vain.
_WAITING = _waiting()
_FREE = (
    select(_conversation)
    .where(_conversation.c.id.in_(bindparam("ids", expanding=True)))
    .order_by(_conversation.c.id)
    .with_for_update(key_share=True, skip_locked=True)
)


def waiting_conversations(connection: Connection, limit: int) -> list[StoredConversation]:
    """Conversations with an open message, taken for this transaction, in the order of their ids; at most `limit`.

    What other processes have taken is passed over: a few that look at the same moment do not wait for one another.
    Messages can still be stored for them: the lock leaves the key alone, to which a new inbox row refers.
    """
    looking = 1 if connection.dialect.name == "sqlite" else _PROCESSES
    found = connection.execute(_WAITING, {"most": limit * looking}).scalars().all()
    for start in range(0, len(found), limit):
        free = connection.execute(_FREE, {"ids": found[start : start + limit]}).all()
        if free:
            return [from_row(row) for row in free]
    return []


def oldest_open(connection: Connection, conversation_id: int) -> Waiting | None:
    """The oldest open message of a conversation, None while there is none or it is still being fetched."""
    return all_oldest_open(connection, [conversation_id]).get(conversation_id)


def all_oldest_open(connection: Connection, conversation_ids: Sequence[int]) -> dict[int, Waiting]:
    """The oldest open message of each of these locked conversations, but for those where it is still being fetched."""
    rows = connection.execute(_OLDEST_OPEN, {"of": conversation_ids}).all()
    return {
        row.conversation_id: Waiting(
            row.id,
            row.conversation_id,
            row.channel,
            row.address,
            row.message_id,
            row.said or {},
            row.attempts,
            row.received_at,
        )
        for row in rows
    }


def file_follows(connection: Connection, inbox_id: int, album: str | None) -> bool:
    """Whether the message that comes next in a message's conversation is another file of its album, None for none."""
    conversation_id = select(_inbox.c.conversation_id).where(_inbox.c.id == inbox_id).scalar_subquery()
    row = connection.execute(
        select(_inbox.c.media, _inbox.c.said)
        .where(_inbox.c.conversation_id == conversation_id, _inbox.c.id > inbox_id, IS_OPEN)
        .order_by(_inbox.c.id)
        .limit(1)
    ).one_or_none()
    if row is None:
        return False
    said = row.said or {}
    is_file = row.media is not None or said.get("kind") in _FILES
    return is_file and (said or row.media or {}).get("album") == album


def place_in_album(connection: Connection, inbox_id: int, album: str) -> int:
    """Which file of an album of its conversation a message is, from 1; they are stored in their order."""
    conversation_id = select(_inbox.c.conversation_id).where(_inbox.c.id == inbox_id).scalar_subquery()
    return connection.execute(
        select(func.count()).where(
            _inbox.c.conversation_id == conversation_id,
            _inbox.c.id <= inbox_id,
            _inbox.c.media["album"].as_string() == album,
        )
    ).scalar_one()


def finish(connection: Connection, inbox_ids: Sequence[int], now: datetime) -> None:
    """Note that the turns of messages are taken; commits with their effects."""
    if inbox_ids:
        connection.execute(_FINISHED, {"wanted": inbox_ids, "state": "done", "done_at": now})


def note_failure(connection: Connection, inbox_id: int) -> None:
    """Count a turn that raised and was rolled back."""
    connection.execute(update(_inbox).where(_inbox.c.id == inbox_id).values(attempts=_inbox.c.attempts + 1))


def set_aside(connection: Connection, inbox_id: int, now: datetime) -> None:
    """Take a message that can never be handled out of the way of its conversation."""
    connection.execute(update(_inbox).where(_inbox.c.id == inbox_id).values(state="poison", done_at=now))


def claim_fetch(connection: Connection, now: datetime) -> ToFetch | None:
    """Lease the oldest file that nobody is fetching. A lapsed lease means that its worker died."""
    candidate = connection.execute(_OLDEST_FILE, {"at": now}).scalar_one_or_none()
    if candidate is None:
        return None
    claimed = connection.execute(
        update(_inbox)
        .where(_inbox.c.id == candidate, _IS_FREE_FILE)
        .values(lease_until=now + FETCH_LEASE, attempts=_inbox.c.attempts + 1)
        .returning(_inbox.c.id, _inbox.c.channel, _inbox.c.media, _inbox.c.attempts),
        {"at": now},
    ).one_or_none()
    return None if claimed is None else ToFetch(claimed.id, claimed.channel, claimed.media, claimed.attempts)


def fetched(connection: Connection, inbox_id: int, said: dict[str, Any]) -> None:
    """Replace a file that lay with the provider by what it became: a stored one, or the reason why not."""
    connection.execute(
        update(_inbox)
        .where(_inbox.c.id == inbox_id, _IS_FETCHING)
        .values(state="ready", said=said, attempts=0, lease_until=None)
    )


def open_count(connection: Connection) -> int:
    """How many messages still wait for their turn or their file."""
    return connection.execute(select(func.count()).where(IS_OPEN)).scalar_one()
