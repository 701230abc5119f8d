"""Changed numbers: a person's new address waits until somebody in charge agrees, then it takes over and closes the old
one. Until then it is a stranger's."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlalchemy import Connection, Row, Select, delete, or_, select, update

from storage import conversations, people, schema, seats
from storage.audit import Actor, record
from storage.rows import add, add_once
from storage.states import IS_OPEN

WHATSAPP = "whatsapp"
PHONE_CHANNELS = frozenset({WHATSAPP})
"""Channels whose addresses are phone numbers, in digits without a plus; a person has one there."""
REPEATED = timedelta(days=7)
"""So long a channel may tell of the same change again (Meta repeats its calls for up to seven days)."""

_account = schema.account
_change = schema.number_change
_inbox = schema.inbox
_outbox = schema.outbox
_person = schema.person


class Decision(StrEnum):
    """What became of a changed number. `SUPERSEDED`: the person changed it again before anybody decided."""

    OPEN = ""
    AGREED = "agreed"
    DECLINED = "declined"
    SUPERSEDED = "superseded"


class ChangeDecided(Exception):
    """Somebody decided about the changed number before."""


@dataclass(frozen=True)
class NumberChangeCard:
    """A changed number as conversations see it. `old` and `new` are E.164; empty where only an id is known."""

    id: int
    person_id: int
    channel: str
    address: str
    old: str
    new: str
    decision: Decision
    decided_by: int | None = None


def phone_of(address: str) -> str:
    """The E.164 number of an address that is one; empty for an id of somebody who hides theirs."""
    return f"+{address}" if address.isascii() and address.isdecimal() else ""


def address_of(phone: str) -> str:
    """The address of an E.164 number, as a channel of phone numbers writes it."""
    return phone.removeprefix("+")


def note_change(connection: Connection, channel: str, old_address: str, new_address: str, now: datetime) -> bool:
    """A channel tells that a person's address changed: keep it to be decided. True where that is news.

    Nothing is kept for an address that nobody has joined from, nor for a change that was told or decided before.
    """
    if old_address == new_address:
        return False
    owners = _owners(connection, channel, old_address)
    news = [_note_change_of(connection, owner, channel, new_address, now) for owner in owners]
    return any(news)


def _note_change_of(
    connection: Connection, owner: Row[int, int], channel: str, new_address: str, now: datetime
) -> bool:
    """The same of one of the people who joined from there; who works for two offices is one in each."""
    if _decided_since(connection, owner.id, channel, new_address, now - REPEATED):
        return False
    _lock(connection, owner.id)
    news = all(row.address != new_address for row in _open_of(connection, owner.id, channel))
    ask(connection, owner.office_id, owner.id, channel, new_address, Actor(None, None, "", channel, None), now)
    return news


def ask(
    connection: Connection,
    office_id: int,
    person_id: int,
    channel: str,
    address: str,
    actor: Actor,
    now: datetime,
) -> int:
    """Keep that a person of the office is to be reached at a new address; return the id under which it waits.

    Another address that still waits is dropped: the last one holds.
    """
    _lock(connection, person_id)
    for row in _open_of(connection, person_id, channel):
        if row.address == address:
            return row.id
        _settle(connection, row.id, Decision.SUPERSEDED, None, now)
    asked = {
        "office_id": office_id,
        "person_id": person_id,
        "channel": channel,
        "address": address,
        "phone": phone_of(address),
        "asked_at": now,
        "decision": Decision.OPEN.value,
    }
    change_id = add(connection, _change, asked)
    _note(connection, office_id, actor, now, "number asked", person_id, change_id)
    return change_id


def with_agreed_number(connection: Connection, office_id: int) -> frozenset[int]:
    """Whose number was changed in the chat, and agreed, so that an office workbook does not say it: their ids."""
    agreed = select(_change.c.person_id).where(
        _change.c.office_id == office_id, _change.c.decision == Decision.AGREED.value, _change.c.phone != ""
    )
    return frozenset(connection.execute(agreed).scalars())


def _note(
    connection: Connection, office_id: int, actor: Actor, now: datetime, action: str, person_id: int, change_id: int
) -> None:
    """Record what was done. The numbers themselves stay out: the record can never be erased."""
    record(connection, office_id, actor, now, action, f"person {person_id}", new=f"number change {change_id}")


def waits(connection: Connection, channel: str, address: str) -> bool:
    """Whether an address waits to become somebody's."""
    found = select(_change.c.id).where(
        _change.c.channel == channel, _change.c.address == address, _change.c.decision == Decision.OPEN.value
    )
    return connection.execute(found.limit(1)).first() is not None


def present_address(connection: Connection, person_id: int, channel: str) -> str | None:
    """The address from which a person joined on a channel, None for none."""
    return connection.execute(
        select(_account.c.address)
        .where(_account.c.person_id == person_id, _account.c.channel == channel)
        .order_by(_account.c.id.desc())
        .limit(1)
    ).scalar_one_or_none()


@dataclass(frozen=True)
class Contact:
    """How somebody could be written to: the number that the office entered, and whether they joined by WhatsApp."""

    phone: str = ""
    has_whatsapp: bool = False


def holder_contact(connection: Connection, post_id: int, today: date) -> Contact:
    """How to reach who holds a post on that day; nothing for a vacant one."""
    holder = people.holder_of(connection, post_id, today)
    if holder is None:
        return Contact()
    phone = connection.execute(select(_person.c.phone).where(_person.c.id == holder.id)).scalar_one()
    return Contact(phone, present_address(connection, holder.id, WHATSAPP) is not None)


def _owners(connection: Connection, channel: str, address: str) -> Sequence[Row[int, int]]:
    """The people who joined from an address, with their offices: one in each."""
    return connection.execute(
        select(_person.c.id, _person.c.office_id)
        .join(_account, _account.c.person_id == _person.c.id)
        .where(_account.c.channel == channel, _account.c.address == address)
        .order_by(_person.c.id)
    ).all()


def _lock(connection: Connection, person_id: int) -> None:
    """Changes of one person's number are kept and decided one after the other."""
    connection.execute(select(_person.c.id).where(_person.c.id == person_id).with_for_update(key_share=True))


def _open_of(connection: Connection, person_id: int, channel: str) -> list[Row[*tuple[object, ...]]]:
    wanted = select(_change).where(
        _change.c.person_id == person_id, _change.c.channel == channel, _change.c.decision == Decision.OPEN.value
    )
    return list(connection.execute(wanted.order_by(_change.c.id)))


def _decided_since(connection: Connection, person_id: int, channel: str, address: str, since: datetime) -> bool:
    decided = select(_change.c.id).where(
        _change.c.person_id == person_id,
        _change.c.channel == channel,
        _change.c.address == address,
        _change.c.decided_at >= since,
    )
    return connection.execute(decided.limit(1)).first() is not None


def _settle(connection: Connection, change_id: int, decision: Decision, by: int | None, now: datetime) -> None:
    connection.execute(
        update(_change).where(_change.c.id == change_id).values(decision=decision.value, decided_by=by, decided_at=now)
    )


def _of(office_id: int) -> Select[*tuple[object, ...]]:
    return select(_change).where(_change.c.office_id == office_id).order_by(_change.c.id)


@dataclass(frozen=True)
class NumberBook:
    """One office's changed numbers, decided by `actor`. `changed` is called after one took over."""

    connection: Connection
    office_id: int
    actor: Actor
    now: datetime
    changed: Callable[[], None]

    def get(self, change_id: int) -> NumberChangeCard | None:
        """One of the office, None for another office's."""
        row = self.connection.execute(_of(self.office_id).where(_change.c.id == change_id)).one_or_none()
        return None if row is None else self._card(row)

    def open(self) -> tuple[NumberChangeCard, ...]:
        """Those that nobody has decided, in the order in which they came."""
        undecided = _of(self.office_id).where(_change.c.decision == Decision.OPEN.value)
        return tuple(self._card(row) for row in self.connection.execute(undecided))

    def present(self, person_id: int, channel: str) -> str:
        """The address from which a person writes on a channel, empty for none."""
        return present_address(self.connection, person_id, channel) or ""

    def is_taken(self, channel: str, address: str) -> bool:
        """Whether somebody of the office has joined from an address."""
        return any(owner.office_id == self.office_id for owner in _owners(self.connection, channel, address))

    def ask(self, person_id: int, channel: str, address: str) -> int:
        """Keep a new address of a person to be decided; return the id under which it waits."""
        return ask(self.connection, self.office_id, person_id, channel, address, self.actor, self.now)

    def agree(self, change_id: int) -> NumberChangeCard:
        """The new address takes over and the old one is closed: nothing said from there counts any more.

        What still waits to be sent goes to the new address. Raises ChangeDecided, PermissionError for another office's.
        """
        card = self._undecided(change_id)
        _settle(self.connection, card.id, Decision.AGREED, self.actor.person_id, self.now)
        olds = _addresses(self.connection, card)
        _give(self.connection, self.office_id, card, self.now)
        for old in olds:
            _close(self.connection, card, old)
            _send_to(self.connection, card, old)
        if card.new:
            self.connection.execute(update(_person).where(_person.c.id == card.person_id).values(phone=card.new))
        self._record("number agreed", card)
        self.changed()
        return card

    def decline(self, change_id: int) -> NumberChangeCard:
        """The old address stays, the new one a stranger's. Raises ChangeDecided, PermissionError as `agree`."""
        card = self._undecided(change_id)
        _settle(self.connection, card.id, Decision.DECLINED, self.actor.person_id, self.now)
        self._record("number declined", card)
        return card

    def _undecided(self, change_id: int) -> NumberChangeCard:
        found = self.get(change_id)
        if found is None:
            raise PermissionError(f"number change {change_id} is not of this office")
        _lock(self.connection, found.person_id)
        card = self.get(change_id)
        if card is None or card.decision is not Decision.OPEN:
            raise ChangeDecided
        return card

    def _record(self, action: str, card: NumberChangeCard) -> None:
        _note(self.connection, self.office_id, self.actor, self.now, action, card.person_id, card.id)

    def _card(self, row: Row[*tuple[object, ...]]) -> NumberChangeCard:
        old = phone_of(self.present(row.person_id, row.channel))
        decision = Decision(row.decision)
        return NumberChangeCard(
            row.id, row.person_id, row.channel, row.address, old, row.phone, decision, row.decided_by
        )


def _addresses(connection: Connection, card: NumberChangeCard) -> list[str]:
    """The person's addresses on the channel, the new one excepted."""
    wanted = select(_account.c.address).where(
        _account.c.person_id == card.person_id,
        _account.c.channel == card.channel,
        _account.c.address != card.address,
    )
    return list(connection.execute(wanted.order_by(_account.c.id)).scalars())


def _give(connection: Connection, office_id: int, card: NumberChangeCard, now: datetime) -> None:
    """Join the new address to the person, whether anything was ever written from it or not.

    Who is spoken for there in another office stays so.
    """
    conversation_id = _free_conversation(connection, office_id, card)
    if conversation_id is None:
        conversation_id = conversations.new_conversation(connection)
        account = {"channel": card.channel, "address": card.address, "conversation_id": conversation_id}
        is_new = seats.at(connection, card.channel, card.address) == ()
        add_once(connection, _account, {**account, "reachable": True, "chosen": is_new})
    conversations.give_to_person(
        connection, conversation_id, card.channel, card.address, office_id, card.person_id, now
    )
    seats.note_shared(connection, card.channel, card.address)


def _free_conversation(connection: Connection, office_id: int, card: NumberChangeCard) -> int | None:
    """The conversation of the new address that is nobody's, or somebody's of the office: it is taken over."""
    held_by = {seat.conversation_id: seat.office_id for seat in seats.at(connection, card.channel, card.address)}
    known = select(_account.c.conversation_id).where(
        _account.c.channel == card.channel, _account.c.address == card.address
    )
    found = connection.execute(known.order_by(_account.c.id)).scalars()
    return next((key for key in found if held_by.get(key, office_id) == office_id), None)


def _close(connection: Connection, card: NumberChangeCard, address: str) -> None:
    """Make an address a stranger's again, with what the person said from it and was not answered yet.

    Where it speaks for them in another office too, it goes on doing so.
    """
    of_address = (_account.c.channel == card.channel) & (_account.c.address == address)
    own = of_address & (_account.c.person_id == card.person_id)
    left = connection.execute(select(_account.c.conversation_id).where(own)).scalar_one()
    others = [one.conversation_id for one in seats.at(connection, card.channel, address) if one.conversation_id != left]
    if others:
        connection.execute(delete(_account).where(own))
        seats.choose(connection, card.channel, address, others[0])
        conversation_id = others[0]
    else:
        conversation_id = conversations.new_conversation(connection)
        closed = {"conversation_id": conversation_id, "person_id": None, "joined_at": None}
        connection.execute(update(_account).where(own).values(**closed))
    connection.execute(
        update(_inbox)
        .where(
            _inbox.c.channel == card.channel,
            _inbox.c.address == address,
            _inbox.c.conversation_id == left,
            IS_OPEN,
        )
        .values(conversation_id=conversation_id)
    )


def _send_to(connection: Connection, card: NumberChangeCard, old: str) -> None:
    """What was written to the person and is not sent yet goes to the new address."""
    connection.execute(
        update(_outbox)
        .where(
            _outbox.c.channel == card.channel,
            _outbox.c.address == old,
            or_(_outbox.c.person_id == card.person_id, _outbox.c.person_id.is_(None)),
            _outbox.c.state.in_(("due", "waiting")),
        )
        .values(address=card.address, lease_until=None, holder="")
    )
