"""Taking turns: the oldest message of each waiting conversation is answered, all in one transaction.

The state, the effects, the replies and the mark that the message is done are committed together or not at all. A
message whose turn raises is rolled back alone, tried again and in the end set aside; sender and admin are told.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import structlog
from pydantic import ValidationError

from bot.clock import Clocks
from bot.inbox import BATCH
from bot.tally import SET_ASIDE
from bot.writer import Broken, attempt
from handlers import group, too_many, which_office
from handlers.dialogue import State, Turn
from handlers.kabupaten import receive as receive_overseer
from handlers.messages import Document, FromGroup, Incoming, MediaFailed, Outgoing, Photo, Say, Worked, incoming_json
from handlers.reception import receive, receive_stranger
from handlers.register import code_in
from handlers.texts.general import BROKEN
from handlers.texts.operations import poison_reported
from storage import conversations, inbox, kabupaten, outbox, people, seats
from storage.conversations import Minute, StoredConversation
from storage.desk import Almanac, Desk
from storage.engine import Connection
from storage.group_door import GroupDoor
from storage.inbox import Waiting
from storage.kabupaten import Hall, OverseerCard
from storage.lobby import Lobby

TRIES = 3
"""Times that a message's turn may raise before it is set aside."""

_log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class _Taken:
    """One turn: `to` is whose conversation its answer belongs to. `moved`: another office was chosen in it."""

    turn: Turn
    to: StoredConversation
    keeps_state: bool = True
    moved: bool = False


class TurnTaker:
    """Takes turns on the writer's connection. `holder` names this process: replies are leased to it from birth."""

    def __init__(
        self,
        clocks: Clocks,
        almanac: Almanac,
        holder: str,
        wake_jobs: Callable[[], None] = lambda: None,
        most_a_minute: int | None = None,
    ) -> None:
        """`wake_jobs` is called when a turn has begun a job, in the thread of the turn and before it is committed.
        `most_a_minute` messages of a person are answered, None for all of them."""
        self._clocks = clocks
        self._almanac = almanac
        self._holder = holder
        self._wake_jobs = wake_jobs
        self._most = most_a_minute

    def take_batch(self, connection: Connection, size: int = BATCH) -> tuple[int, list[int]]:
        """One turn of each of up to `size` conversations: how many were waiting, and the ids of the replies."""
        replies: list[int] = []
        waiting = inbox.waiting_conversations(connection, size)
        for conversation_id in waiting:
            replies.extend(self._take_one(connection, conversation_id))
        return len(waiting), replies

    def _take_one(self, connection: Connection, conversation_id: int) -> list[int]:
        conversation = conversations.lock(connection, conversation_id)
        waiting = inbox.oldest_open(connection, conversation_id)
        if waiting is None:  # another process was quicker
            return []
        replies = attempt(connection, lambda connection: self._answer(connection, conversation, waiting))
        if isinstance(replies, Broken):
            return self._failed(connection, conversation, waiting, replies.error)
        return replies

    def _answer(self, connection: Connection, conversation: StoredConversation, waiting: Waiting) -> list[int]:
        said = incoming_json.validate_python(waiting.said)
        minute = self._minute(connection, conversation, waiting, said)
        if minute is not None and self._most is not None and minute.messages > self._most:
            return self._refuse(connection, conversation, waiting, minute, too_many.refusal(minute, said, self._most))
        if self._shows_another_office(connection, conversation, said):
            seats.receive_guest(connection, waiting.id)
            return []
        taken = self._take(connection, conversation, waiting, said)
        if taken.keeps_state:
            state = taken.turn.state
            conversations.save_state(
                connection, conversation.id, state.dialogue, state.step, state.model_dump(mode="json"), minute
            )
        inbox.finish(connection, waiting.id, self._clocks.machine())
        reply = taken.turn.reply
        if reply is None:
            return []
        return self._reply(connection, taken.to, waiting, reply if taken.moved else _named(connection, taken, waiting))

    def _minute(
        self, connection: Connection, conversation: StoredConversation, waiting: Waiting, said: Incoming
    ) -> Minute | None:
        """The messages of this minute with this one; None where none are counted, nor is one of the program's own."""
        if self._most is None or isinstance(said, Worked):
            return None
        album = said.album if isinstance(said, Photo | Document | MediaFailed) else None
        counts = album is None or not inbox.file_follows(connection, waiting.id, album)
        return too_many.with_one_more(conversation.minute, waiting.received_at, counts=counts)

    def _refuse(
        self,
        connection: Connection,
        conversation: StoredConversation,
        waiting: Waiting,
        minute: Minute,
        reply: Outgoing | None,
    ) -> list[int]:
        """A message too many is kept and leads to nothing."""
        conversations.save_minute(connection, conversation.id, minute)
        inbox.finish(connection, waiting.id, self._clocks.machine())
        return [] if reply is None else self._reply(connection, conversation, waiting, reply)

    def _shows_another_office(self, connection: Connection, conversation: StoredConversation, said: Incoming) -> bool:
        """Whether somebody who has joined shows an invitation of a further office, or to look after a kabupaten."""
        code = code_in(said)
        if code is None or isinstance(said, FromGroup):
            return False
        if conversation.person_id is None and kabupaten.of_conversation(connection, conversation.id) is None:
            return False
        now = self._clocks.office()
        invite = people.open_invite(connection, code, now)
        is_other_office = invite is not None and invite.office_id != conversation.office_id
        return is_other_office or kabupaten.open_invite(connection, code, now) is not None

    def _take(
        self, connection: Connection, conversation: StoredConversation, waiting: Waiting, said: Incoming
    ) -> _Taken:
        """What is answered, and whose conversation it is from now on."""
        if isinstance(said, FromGroup):
            return _Taken(self._in_group(connection, conversation, waiting, said), conversation)
        if conversation.person_id is not None and conversation.office_id is not None:
            return self._at_desk(connection, conversation, waiting, said)
        overseer = kabupaten.of_conversation(connection, conversation.id)
        if overseer is not None:
            return self._in_hall(connection, conversation, overseer, waiting, said)
        return self._in_lobby(connection, conversation, waiting, said)

    def _at_desk(
        self, connection: Connection, conversation: StoredConversation, waiting: Waiting, said: Incoming
    ) -> _Taken:
        now = self._clocks.office()
        assert conversation.office_id is not None  # the caller has looked
        desk = Desk(
            connection,
            conversation.office_id,
            now,
            self._almanac,
            conversation.person_id,
            waiting.channel,
            waiting.id,
            waiting.message_id,
        )
        turn = receive(said, _state(conversation), desk)
        if desk.letters:
            outbox.open_waiting(connection, desk.office_id, now, self._clocks.machine())
        if desk.jobs:
            self._wake_jobs()
        return _moved(connection, turn, conversation, desk.moved)

    def _in_hall(
        self,
        connection: Connection,
        conversation: StoredConversation,
        overseer: OverseerCard,
        waiting: Waiting,
        said: Incoming,
    ) -> _Taken:
        hall = Hall(connection, overseer, self._clocks.office(), self._almanac, waiting.id)
        turn = receive_overseer(said, _state(conversation), hall)
        if hall.jobs:
            self._wake_jobs()
        return _moved(connection, turn, conversation, hall.moved)

    def _in_lobby(
        self, connection: Connection, conversation: StoredConversation, waiting: Waiting, said: Incoming
    ) -> _Taken:
        now = self._clocks.office()
        lobby = Lobby(connection, conversation, waiting.channel, waiting.address, now, self._almanac, waiting.id)
        turn = receive_stranger(said, _state(conversation), lobby)
        if lobby.joined is None and not turn.state.active:
            seats.dismiss_guest(connection, conversation.id, waiting.id)
        owner = lobby.joined or conversation.id
        # Who joined by a second channel keeps what the first one was asked.
        return _Taken(turn, replace(conversation, id=owner), keeps_state=owner == conversation.id)

    def _in_group(
        self, connection: Connection, conversation: StoredConversation, waiting: Waiting, said: FromGroup
    ) -> Turn:
        now = self._clocks.office()
        door = GroupDoor(connection, conversation.id, waiting.channel, waiting.address, now, self._almanac, waiting.id)
        reply = group.receive(said, door)
        for office_id in door.written_to:
            outbox.open_waiting(connection, office_id, now, self._clocks.machine())
        return Turn(State(), reply)

    def _reply(self, connection: Connection, to: StoredConversation, waiting: Waiting, message: Outgoing) -> list[int]:
        sending = outbox.NewSending(
            office_id=to.office_id,
            conversation_id=to.id,
            person_id=to.person_id,
            channel=waiting.channel,
            address=waiting.address,
            lane=outbox.ANSWER,
            dedup_key=f"reply:{waiting.id}",
            message=message.model_dump(mode="json"),
            due_at=self._clocks.machine(),
            said_at=self._clocks.office(),
            holder=self._holder,
        )
        sending_id = outbox.enqueue(connection, sending)
        return [] if sending_id is None else [sending_id]

    def _failed(
        self, connection: Connection, conversation: StoredConversation, waiting: Waiting, error: Exception
    ) -> list[int]:
        """A turn raised: count it, and after the last try set the message aside and answer kindly."""
        _log.error("a turn failed", inbox=waiting.id, attempt=waiting.attempts + 1, exc_info=error)
        inbox.note_failure(connection, waiting.id)
        if waiting.attempts + 1 < TRIES:
            return []
        inbox.set_aside(connection, waiting.id, self._clocks.machine())
        SET_ASIDE.add()
        if waiting.said.get("kind") == "from_group":  # nobody in a group waits for an answer
            return []
        replies = self._reply(connection, conversation, waiting, Say(text=BROKEN))
        return replies + self._tell_admins(connection, conversation, waiting)

    def _tell_admins(self, connection: Connection, conversation: StoredConversation, waiting: Waiting) -> list[int]:
        if conversation.office_id is None:
            return []
        desk = Desk(connection, conversation.office_id, self._clocks.office(), self._almanac)
        message = Say(text=poison_reported(waiting.id)).model_dump(mode="json")
        letter = outbox.Letter(f"poison:{waiting.id}", self._clocks.machine(), message, holder=self._holder)
        return desk.write_to_admins(letter)


def _state(conversation: StoredConversation) -> State:
    """What is being asked; a state that this version cannot read begins anew."""
    try:
        return State.model_validate(conversation.state or {})
    except ValidationError:
        return State()


def _moved(connection: Connection, turn: Turn, conversation: StoredConversation, moved: Sequence[int]) -> _Taken:
    """The answer to choosing another office is that office's: so are its buttons."""
    to = conversations.get(connection, moved[-1]) if moved else conversation
    return _Taken(turn, to, moved=bool(moved))


def _named(connection: Connection, taken: _Taken, waiting: Waiting) -> Outgoing:
    """The answer, with its office where the last that was read at the address came from another one."""
    reply, to = taken.turn.reply, taken.to
    assert reply is not None  # the caller has looked
    if not to.shared or not seats.is_news(connection, to.id, waiting.channel, waiting.address):
        return reply
    seat = next(
        (one for one in seats.at(connection, waiting.channel, waiting.address) if one.conversation_id == to.id), None
    )
    return reply if seat is None else which_office.named(reply, which_office.name_of(seat))
