"""Taking turns: the oldest message of each waiting conversation is answered, all in one transaction.

The state, the effects, the replies and the mark that the message is done are committed together or not at all. A
message whose turn raises is rolled back alone, tried again and in the end set aside; sender and admin are told.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import structlog
from pydantic import ValidationError

from bot.writer import Broken, attempt
from handlers.dialogue import State, Turn
from handlers.messages import Outgoing, Say, incoming_json
from handlers.reception import receive, receive_stranger
from handlers.texts.general import BROKEN
from handlers.texts.operations import poison_reported
from storage import conversations, inbox, outbox
from storage.conversations import StoredConversation
from storage.desk import Almanac, Desk
from storage.engine import Connection
from storage.inbox import Waiting
from storage.lobby import Lobby

BATCH = 32
"""Conversations that take a turn in one transaction."""
TRIES = 3
"""Times that a message's turn may raise before it is set aside."""

_log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Clocks:
    """The office's time and the machine's."""

    office: Callable[[], datetime]
    machine: Callable[[], datetime]


class TurnTaker:
    """Takes turns on the writer's connection. `holder` names this process: replies are leased to it from birth."""

    def __init__(
        self, clocks: Clocks, almanac: Almanac, holder: str, wake_jobs: Callable[[], None] = lambda: None
    ) -> None:
        """`wake_jobs` is called when a turn has begun a job, in the thread of the turn and before it is committed."""
        self._clocks = clocks
        self._almanac = almanac
        self._holder = holder
        self._wake_jobs = wake_jobs

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
        turn, owner = self._take(connection, conversation, waiting)
        if owner == conversation.id:  # who joined by a second channel keeps what the first one was asked
            state = turn.state.model_dump(mode="json")
            conversations.save_state(connection, owner, turn.state.dialogue, turn.state.step, state)
        inbox.finish(connection, waiting.id, self._clocks.machine())
        return [] if turn.reply is None else self._reply(connection, conversation, owner, waiting, turn.reply)

    def _take(self, connection: Connection, conversation: StoredConversation, waiting: Waiting) -> tuple[Turn, int]:
        """What is answered, and whose conversation it is from now on."""
        now, state = self._clocks.office(), _state(conversation)
        said = incoming_json.validate_python(waiting.said)
        if conversation.person_id is None or conversation.office_id is None:
            lobby = Lobby(connection, conversation, waiting.channel, waiting.address, now, self._almanac, waiting.id)
            turn = receive_stranger(said, state, lobby)
            return turn, lobby.joined or conversation.id
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
        turn = receive(said, state, desk)
        if desk.letters:
            outbox.open_waiting(connection, desk.office_id, now, self._clocks.machine())
        if desk.jobs:
            self._wake_jobs()
        return turn, conversation.id

    def _reply(
        self,
        connection: Connection,
        conversation: StoredConversation,
        owner: int,
        waiting: Waiting,
        message: Outgoing,
    ) -> list[int]:
        sending = outbox.NewSending(
            office_id=conversation.office_id,
            conversation_id=owner,
            person_id=conversation.person_id,
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
        replies = self._reply(connection, conversation, conversation.id, waiting, Say(text=BROKEN))
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
