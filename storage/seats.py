"""For whom an address speaks: somebody of an office, in several offices one after the other, or of a kabupaten.

Who was invited by two offices has a seat in each, with a conversation of its own; what is written goes to the one that
is chosen. An address from which an invitation of a further office is being looked at has a guest's conversation beside
its seats until it has joined or declined.
"""

from dataclasses import dataclass, field

from sqlalchemy import Connection, Row, delete, func, or_, select, update

from storage import schema
from storage.rows import add, spelt
from storage.states import IS_OPEN

_account, _conversation = schema.account, schema.conversation
_inbox, _outbox = schema.inbox, schema.outbox
_office, _overseer, _person = schema.office, schema.overseer, schema.person


@dataclass(frozen=True)
class Seat:
    """For whom an address can speak: a person of an office, or who looks after a kabupaten (then without either)."""

    conversation_id: int
    person_id: int | None
    office_id: int | None
    office: str
    kabupaten: str
    chosen: bool


def at(connection: Connection, channel: str, address: str) -> tuple[Seat, ...]:
    """For whom an address speaks, those that joined first at the beginning; guests are none."""
    rows = connection.execute(
        select(
            _account.c.conversation_id,
            _account.c.chosen,
            _account.c.person_id,
            _office.c.id.label("office_id"),
            _office.c.name.label("office"),
            func.coalesce(_overseer.c.kabupaten, _office.c.kabupaten).label("kabupaten"),
        )
        .outerjoin(_person, _person.c.id == _account.c.person_id)
        .outerjoin(_office, _office.c.id == _person.c.office_id)
        .outerjoin(
            _overseer, (_overseer.c.conversation_id == _account.c.conversation_id) & _overseer.c.ended_at.is_(None)
        )
        .where(
            _account.c.channel == channel,
            _account.c.address == address,
            or_(_account.c.person_id.is_not(None), _overseer.c.id.is_not(None)),
        )
        .order_by(_account.c.id)
    )
    return tuple(_seat(row) for row in rows)


def _seat(row: Row[*tuple[object, ...]]) -> Seat:
    return Seat(row.conversation_id, row.person_id, row.office_id, row.office or "", row.kabupaten, row.chosen)


def choose(connection: Connection, channel: str, address: str, conversation_id: int) -> None:
    """What is written from an address goes to that conversation from now on, as does what waits for its turn."""
    of_address = (_account.c.channel == channel) & (_account.c.address == address)
    connection.execute(update(_account).where(of_address, _account.c.chosen).values(chosen=False))
    connection.execute(
        update(_account).where(of_address, _account.c.conversation_id == conversation_id).values(chosen=True)
    )


def conversation_of_message(connection: Connection, channel: str, address: str, provider_id: str) -> int | None:
    """The conversation in which a message was sent to an address; None where no such one is recorded."""
    if not provider_id:
        return None
    return connection.execute(
        select(_outbox.c.conversation_id)
        .where(
            _outbox.c.channel == channel,
            _outbox.c.provider_id == provider_id,
            _outbox.c.provider_id != spelt(""),
            _outbox.c.address == address,
        )
        .order_by(_outbox.c.id.desc())
        .limit(1)
    ).scalar_one_or_none()


def note_shared(connection: Connection, channel: str, address: str) -> None:
    """Where an address speaks for several, each of their conversations says for whom it speaks."""
    found = [seat.conversation_id for seat in at(connection, channel, address)]
    if len(found) > 1:
        connection.execute(update(_conversation).where(_conversation.c.id.in_(found)).values(shared=True))


def is_news(connection: Connection, conversation_id: int, channel: str, address: str) -> bool:
    """Whether the last that an address was told came from another conversation than this one."""
    chats = select(_account.c.conversation_id).where(_account.c.channel == channel, _account.c.address == address)
    last = connection.execute(
        select(_outbox.c.conversation_id)
        .where(
            _outbox.c.conversation_id.in_(chats),
            _outbox.c.channel == channel,
            _outbox.c.address == address,
            _outbox.c.state.in_(("due", "sent")),
            _outbox.c.message.is_not(None),
        )
        .order_by(-_outbox.c.id)  # by the key itself PostgreSQL might search what was said to everybody
        .limit(1)
    ).scalar_one_or_none()
    return last != conversation_id


# --- guests ---------------------------------------------------------------------------------------------------------


def receive_guest(connection: Connection, inbox_id: int) -> None:
    """A message that shows another office's invitation, and what follows it, is said to nobody yet: the address gets a
    guest's conversation, as every stranger's has."""
    row = connection.execute(select(_inbox).where(_inbox.c.id == inbox_id)).one()
    guest = _guest_at(connection, row.channel, row.address) or _new_guest(connection, row.channel, row.address)
    choose(connection, row.channel, row.address, guest)
    _pass_on(connection, row, guest)


def _guest_at(connection: Connection, channel: str, address: str) -> int | None:
    seated = [seat.conversation_id for seat in at(connection, channel, address)]
    return (
        connection.execute(
            select(_account.c.conversation_id).where(
                _account.c.channel == channel,
                _account.c.address == address,
                _account.c.conversation_id.not_in(seated),
            )
        )
        .scalars()
        .first()
    )


def _new_guest(connection: Connection, channel: str, address: str) -> int:
    heard = select(func.max(_account.c.last_inbound_at)).where(
        _account.c.channel == channel, _account.c.address == address
    )
    conversation_id = add(connection, _conversation, {"dialogue": "", "step": "", "wrong_codes": 0})
    account = {
        "channel": channel,
        "address": address,
        "conversation_id": conversation_id,
        "reachable": True,
        "last_inbound_at": connection.execute(heard).scalar_one(),
        "chosen": False,
    }
    add(connection, _account, account)
    return conversation_id


def dismiss_guest(connection: Connection, conversation_id: int, inbox_id: int) -> None:
    """The guest of a message's address did not join: it speaks again for whom it spoke last. Nothing happens at an
    address that speaks for nobody."""
    row = connection.execute(select(_inbox).where(_inbox.c.id == inbox_id)).one()
    seated = [seat.conversation_id for seat in at(connection, row.channel, row.address)]
    if not seated or conversation_id in seated:
        return
    last = select(_inbox.c.conversation_id).where(
        _inbox.c.channel == row.channel, _inbox.c.address == row.address, _inbox.c.conversation_id.in_(seated)
    )
    found = connection.execute(last.order_by(_inbox.c.id.desc()).limit(1)).scalar_one_or_none() or seated[0]
    choose(connection, row.channel, row.address, found)
    connection.execute(delete(_account).where(_account.c.conversation_id == conversation_id))
    _pass_on(connection, row, found, after=True)


def _pass_on(connection: Connection, row: Row[*tuple[object, ...]], target: int, *, after: bool = False) -> None:
    """What waits in a message's conversation from it on, or from the next on, is another's."""
    begins = _inbox.c.id > row.id if after else _inbox.c.id >= row.id
    connection.execute(
        update(_inbox)
        .where(
            _inbox.c.conversation_id == row.conversation_id,
            _inbox.c.channel == row.channel,
            _inbox.c.address == row.address,
            IS_OPEN,
            begins,
        )
        .values(conversation_id=target)
    )


# --- choosing -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class SeatBook:
    """The seats of who wrote the message that is answered. `moved` is told the conversation that is chosen."""

    connection: Connection = field(repr=False)
    inbox_id: int | None
    moved: list[int] = field(repr=False)

    def all(self) -> tuple[Seat, ...]:
        """For whom the address speaks from which the message came; none for the program's own."""
        row = self._message()
        return () if row is None else at(self.connection, row.channel, row.address)

    def take(self, seat: Seat) -> None:
        """Speak for another one from now on. Raises PermissionError for a seat of somebody else's address."""
        row = self._message()
        if row is None or seat.conversation_id not in [one.conversation_id for one in self.all()]:
            raise PermissionError(f"conversation {seat.conversation_id} is not theirs")
        choose(self.connection, row.channel, row.address, seat.conversation_id)
        _pass_on(self.connection, row, seat.conversation_id, after=True)
        self.moved.append(seat.conversation_id)

    def _message(self) -> Row[*tuple[object, ...]] | None:
        if self.inbox_id is None:
            return None
        return self.connection.execute(select(_inbox).where(_inbox.c.id == self.inbox_id)).one_or_none()
