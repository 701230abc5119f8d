"""What each conversation is being asked, and whose it is. Locking its row is taking the turn (`storage.inbox`)."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, bindparam, case, delete, func, select, update

from storage import schema
from storage.rows import add

_conversation = schema.conversation
_account = schema.account
_inbox = schema.inbox
_outbox = schema.outbox
_person = schema.person

# Of every turn: writing them takes longer than their answer, so they are written once.
_KEPT = select(_conversation).where(_conversation.c.id == bindparam("wanted"))
_OF_PERSON = select(_conversation.c.id, _conversation.c.state).where(_conversation.c.person_id == bindparam("person"))
_SAVED = update(_conversation).where(_conversation.c.id == bindparam("wanted"))


@dataclass(frozen=True)
class Minute:
    """How many messages have come since a minute began, on the machine's clock; None before the first one."""

    began: datetime | None = None
    messages: int = 0


@dataclass(frozen=True)
class StoredConversation:
    """One conversation. `person_id` and `office_id` are None until somebody has joined from its address."""

    id: int
    office_id: int | None
    person_id: int | None
    state: dict[str, Any] | None
    wrong_codes: int
    locked_until: datetime | None
    shared: bool = False
    """Whether somebody else is spoken for at one of its addresses too."""
    minute: Minute = Minute()
    dialogue: str = ""
    """What it is about: as in its `state`."""


@dataclass(frozen=True)
class AfterTurn:
    """What a turn leaves in its conversation; without `state` what is being asked stays as it was, without `minute` how
    many messages have come."""

    conversation_id: int
    dialogue: str = ""
    step: str = ""
    state: dict[str, Any] | None = None
    minute: Minute | None = None


@dataclass(frozen=True)
class Address:
    """Where a conversation can be reached."""

    channel: str
    address: str
    conversation_id: int


@dataclass(frozen=True)
class Line:
    """A channel on which a person joined. `is_reachable` says that they can be written to there."""

    channel: str
    is_reachable: bool


def get(connection: Connection, conversation_id: int) -> StoredConversation:
    """A conversation as it stands, without taking it."""
    return from_row(connection.execute(_KEPT, {"wanted": conversation_id}).one())


def from_row(row: Row[Any]) -> StoredConversation:
    """A conversation from its whole row."""
    minute = Minute(row.minute_began, row.minute_messages)
    return StoredConversation(
        row.id, row.office_id, row.person_id, row.state, row.wrong_codes, row.locked_until, row.shared, minute,
        row.dialogue,
    )  # fmt: skip


def save_all(connection: Connection, turns: Sequence[AfterTurn]) -> None:
    """Keep what is being asked after turns; `dialogue` and `step` are mirrored so that SQL can count who is stuck
    where."""
    rows: defaultdict[frozenset[str], list[dict[str, Any]]] = defaultdict(list)
    for turn in turns:
        row = _after(turn)
        rows[frozenset(row)].append(row)
    for alike in rows.values():
        connection.execute(_SAVED, alike)


def _after(turn: AfterTurn) -> dict[str, Any]:
    saved: dict[str, Any] = {"wanted": turn.conversation_id}
    if turn.state is not None:
        saved |= {"dialogue": turn.dialogue, "step": turn.step, "state": turn.state}
    if turn.minute is not None:
        saved |= {"minute_began": turn.minute.began, "minute_messages": turn.minute.messages}
    return saved


def state_of(connection: Connection, person_id: int) -> dict[str, Any] | None:
    """What a person is being asked, None for nothing."""
    found = connection.execute(_OF_PERSON, {"person": person_id}).one_or_none()
    return None if found is None else found.state


def is_shared(connection: Connection, person_id: int) -> bool:
    """Whether another office is spoken for, too, where a person writes from."""
    wanted = select(_conversation.c.shared).where(_conversation.c.person_id == person_id)
    return connection.execute(wanted).scalar_one_or_none() or False


def save_wrong_codes(connection: Connection, conversation_id: int, count: int, locked_until: datetime | None) -> None:
    """Keep how many wrong invite codes came in a row, and until when no further one is looked at."""
    connection.execute(
        update(_conversation)
        .where(_conversation.c.id == conversation_id)
        .values(wrong_codes=count, locked_until=locked_until)
    )


def locked(connection: Connection, now: datetime) -> int:
    """How many conversations must wait before another code is looked at."""
    return connection.execute(
        select(func.count()).select_from(_conversation).where(_conversation.c.locked_until > now)
    ).scalar_one()


def give_to_person(
    connection: Connection,
    conversation_id: int,
    channel: str,
    address: str,
    office_id: int,
    person_id: int,
    now: datetime,
) -> int:
    """Join an address to a person; return the conversation that is theirs from now on.

    Who comes by a second channel keeps the first conversation: a figure begun in one is finished in the other. An
    address that was somebody else's until now in that conversation leaves it; who is spoken for there in another one
    stays so, and the address speaks for the person who has just joined. What still waits for the address moves along.
    """
    target = _conversation_for(connection, conversation_id, person_id)
    # The account first: whoever stores a message holds it and then needs the conversation, and never the other way.
    of_address = (_account.c.channel == channel) & (_account.c.address == address)
    connection.execute(update(_account).where(of_address).values(chosen=False, reachable=True))
    account_id = _taken_over(connection, of_address, conversation_id)
    connection.execute(
        delete(_account).where(of_address, _account.c.conversation_id == target, _account.c.id != account_id)
    )
    connection.execute(
        update(_account)
        .where(_account.c.id == account_id)
        .values(conversation_id=target, person_id=person_id, joined_at=now, chosen=True)
    )
    connection.execute(
        update(_conversation)
        .where(_conversation.c.id == target)
        .values(office_id=office_id, person_id=person_id, wrong_codes=0, locked_until=None)
    )
    if target != conversation_id:
        _move_queues(connection, conversation_id, channel, address, target)
    return target


def _taken_over(connection: Connection, of_address: ColumnElement[bool], conversation_id: int) -> int | None:
    """The account of an address that somebody joins in a conversation: that of it, else the one that is nobody's."""
    is_of_it = case((_account.c.conversation_id == conversation_id, 0), else_=1)
    is_nobodys = case((_account.c.person_id.is_(None), 0), else_=1)
    return connection.execute(
        select(_account.c.id).where(of_address).order_by(is_of_it, is_nobodys, _account.c.id).limit(1)
    ).scalar_one_or_none()


def _conversation_for(connection: Connection, conversation_id: int, person_id: int) -> int:
    """The person's own conversation, else the address's while it is nobody's, else a new one."""
    own = connection.execute(_OF_PERSON, {"person": person_id}).one_or_none()
    if own is not None:
        return own.id
    owner = connection.execute(
        select(_conversation.c.person_id).where(_conversation.c.id == conversation_id)
    ).scalar_one()
    return conversation_id if owner is None else new_conversation(connection)


def new_conversation(connection: Connection) -> int:
    """A conversation in which nothing was said yet; return its id."""
    return add(connection, _conversation, {"dialogue": "", "step": "", "wrong_codes": 0})


def _move_queues(connection: Connection, conversation_id: int, channel: str, address: str, target: int) -> None:
    for queue in (_inbox, _outbox):
        connection.execute(
            update(queue)
            .where(queue.c.conversation_id == conversation_id, queue.c.channel == channel, queue.c.address == address)
            .values(conversation_id=target)
        )


def address_of_person(connection: Connection, person_id: int) -> Address | None:
    """Where a person is written to unasked: on the channel they chose, else at the address they last wrote from.

    None where no address of theirs can be reached.
    """
    return _address(connection.execute(_BEST_OF_PERSON, {"person": person_id}).one_or_none())


def other_address(connection: Connection, person_id: int | None, channel: str, address: str) -> Address | None:
    """Where a person can be reached but for one address; None for nowhere, and for nobody."""
    is_this = (_account.c.channel == channel) & (_account.c.address == address)
    return _best_address(connection, (_account.c.person_id == person_id) & ~is_this)


def address_but_on(connection: Connection, person_id: int, channel: str) -> Address | None:
    """Where a person can be reached on any channel but one; None for nowhere."""
    return _best_address(connection, (_account.c.person_id == person_id) & (_account.c.channel != channel))


def lost_address(connection: Connection, person_id: int) -> Address | None:
    """Where somebody was last heard who cannot be reached any more; None for one who never joined."""
    row = connection.execute(
        select(_account)
        .where(_account.c.person_id == person_id)
        .order_by(_account.c.last_inbound_at.desc().nulls_last(), _account.c.id)
        .limit(1)
    ).one_or_none()
    return None if row is None else Address(row.channel, row.address, row.conversation_id)


def _best_address(connection: Connection, which: ColumnElement[bool]) -> Address | None:
    return _address(connection.execute(_best(which)).one_or_none())


def _best(which: ColumnElement[bool]) -> Select[str, str, int]:
    is_chosen = case((_account.c.channel == _person.c.preferred_channel, 0), else_=1)
    return (
        select(_account.c.channel, _account.c.address, _account.c.conversation_id)
        .join(_person, _person.c.id == _account.c.person_id)
        .where(which, _account.c.reachable)
        .order_by(is_chosen, _account.c.last_inbound_at.desc().nulls_last(), _account.c.id)
        .limit(1)
    )


_BEST_OF_PERSON = _best(_account.c.person_id == bindparam("person"))
"""Written once: of everybody who is written to unasked."""


def _address(row: Row[str, str, int] | None) -> Address | None:
    return None if row is None else Address(row.channel, row.address, row.conversation_id)


def lines_of_person(connection: Connection, person_id: int) -> tuple[Line, ...]:
    """The channels on which a person joined, the one they last wrote on first; each once."""
    rows = connection.execute(
        select(_account.c.channel, _account.c.reachable)
        .where(_account.c.person_id == person_id)
        .order_by(_account.c.reachable.desc(), _account.c.last_inbound_at.desc().nulls_last(), _account.c.id)
    )
    found: dict[str, Line] = {}
    for row in rows:
        found.setdefault(row.channel, Line(row.channel, row.reachable))
    return tuple(found.values())


def close_window(connection: Connection, channel: str, address: str, at: datetime) -> None:
    """A channel took no free text here at an instant of the machine's clock: none until the person writes again."""
    earlier = _account.c.window_closed_at.is_(None) | (_account.c.window_closed_at < at)
    connection.execute(
        update(_account)
        .where(_account.c.channel == channel, _account.c.address == address, earlier)
        .values(window_closed_at=at)
    )


def window_since(connection: Connection, channel: str, address: str) -> datetime | None:
    """When a person last wrote here, on the machine's clock; None where free text was refused since, or never."""
    heard, closed = connection.execute(
        select(func.max(_account.c.last_inbound_at), func.max(_account.c.window_closed_at)).where(
            _account.c.channel == channel, _account.c.address == address
        )
    ).one()
    return None if heard is None or (closed is not None and closed >= heard) else heard


def mark_unreachable(connection: Connection, channel: str, address: str) -> None:
    """Note that a person blocked the assistant; their next message notes the opposite."""
    connection.execute(
        update(_account).where(_account.c.channel == channel, _account.c.address == address).values(reachable=False)
    )


def move_address(connection: Connection, channel: str, old: str, new: str) -> None:
    """Note that a chat lives on under another address, and that what was said from there already belongs to it.

    Told twice it changes nothing.
    """
    known = select(_account.c.conversation_id).where(_account.c.channel == channel)
    conversation_id = connection.execute(known.where(_account.c.address == old)).scalars().first()
    if conversation_id is None:
        return
    early = connection.execute(known.where(_account.c.address == new)).scalars().all()
    connection.execute(delete(_account).where(_account.c.channel == channel, _account.c.address == new))
    connection.execute(
        update(_account).where(_account.c.channel == channel, _account.c.address == old).values(address=new)
    )
    for queue in (_inbox, _outbox) if early else ():
        connection.execute(
            update(queue).where(queue.c.conversation_id.in_(early)).values(conversation_id=conversation_id)
        )
