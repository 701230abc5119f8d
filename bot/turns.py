"""Taking turns: the oldest message of each waiting conversation is answered, all in one transaction.

The state, the effects, the replies and the mark that the message is done are committed together or not at all. A
message whose turn raises is rolled back alone, tried again and in the end set aside; sender and admin are told.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import structlog
from pydantic import ValidationError

from handlers.dialogue import State, Turn
from handlers.messages import Incoming, Outgoing, Say, incoming_json
from handlers.reception import receive, receive_stranger
from handlers.texts.general import BROKEN
from handlers.texts.operations import poison_reported
from storage import conversations, inbox, outbox
from storage.conversations import Address, StoredConversation
from storage.desk import Desk, FreeDays
from storage.engine import Connection, DatabaseError, is_conflict
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

    def __init__(self, clocks: Clocks, free_days: FreeDays, holder: str) -> None:
        self._clocks = clocks
        self._free_days = free_days
        self._holder = holder

    def take_batch(self, connection: Connection) -> tuple[int, list[int]]:
        """One turn of each waiting conversation: how many were taken, and the ids of the replies."""
        replies: list[int] = []
        waiting = inbox.waiting_conversations(connection, BATCH)
        for conversation_id in waiting:
            replies.extend(self._take_one(connection, conversation_id))
        return len(waiting), replies

    def _take_one(self, connection: Connection, conversation_id: int) -> list[int]:
        conversation = conversations.lock(connection, conversation_id)
        waiting = inbox.oldest_open(connection, conversation_id)
        if waiting is None:  # another process was quicker
            return []
        try:
            with connection.begin_nested():
                return self._answer(connection, conversation, waiting, _said(waiting))
        except DatabaseError as error:
            if is_conflict(error):
                raise
            return self._failed(connection, conversation, waiting, error)
        except Exception as error:
            return self._failed(connection, conversation, waiting, error)

    def _answer(
        self, connection: Connection, conversation: StoredConversation, waiting: Waiting, said: Incoming
    ) -> list[int]:
        now = self._clocks.office()
        state = _state(conversation)
        if conversation.person_id is None or conversation.office_id is None:
            lobby = Lobby(connection, conversation, waiting.channel, waiting.address, now, self._free_days, waiting.id)
            turn = receive_stranger(said, state, lobby)
            owner = lobby.joined or conversation.id
        else:
            desk = Desk(
                connection,
                conversation.office_id,
                now,
                self._free_days,
                conversation.person_id,
                waiting.channel,
                waiting.id,
                waiting.message_id,
            )
            turn = receive(said, state, desk)
            owner = conversation.id
        if owner == conversation.id:  # who joined by a second channel keeps what the first one was asked
            conversations.save_state(
                connection, owner, turn.state.dialogue, turn.state.step, turn.state.model_dump(mode="json")
            )
        inbox.finish(connection, waiting.id, self._clocks.machine())
        return self._reply(connection, conversation, waiting, turn)

    def _reply(
        self, connection: Connection, conversation: StoredConversation, waiting: Waiting, turn: Turn
    ) -> list[int]:
        if turn.reply is None:
            return []
        to = Address(waiting.channel, waiting.address, conversation.id)
        key = f"reply:{waiting.id}"
        return self._say(connection, to, conversation.office_id, conversation.person_id, key, turn.reply)

    def _say(
        self,
        connection: Connection,
        to: Address,
        office_id: int | None,
        person_id: int | None,
        key: str,
        message: Outgoing,
    ) -> list[int]:
        sending = outbox.NewSending(
            office_id=office_id,
            conversation_id=to.conversation_id,
            person_id=person_id,
            channel=to.channel,
            address=to.address,
            lane=outbox.ANSWER,
            dedup_key=key,
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
        turn = Turn(_state(conversation), Say(text=BROKEN))
        replies = self._reply(connection, conversation, waiting, turn)
        return replies + self._tell_admins(connection, conversation, waiting)

    def _tell_admins(self, connection: Connection, conversation: StoredConversation, waiting: Waiting) -> list[int]:
        if conversation.office_id is None:
            return []
        desk = Desk(connection, conversation.office_id, self._clocks.office(), self._free_days)
        message = Say(text=poison_reported(waiting.id))
        told: list[int] = []
        for person_id in desk.admins:
            address = desk.address_of(person_id)
            if address is not None:
                key = f"poison:{waiting.id}:{person_id}"
                told += self._say(connection, address, conversation.office_id, person_id, key, message)
        return told


def _said(waiting: Waiting) -> Incoming:
    return incoming_json.validate_python(waiting.said)


def _state(conversation: StoredConversation) -> State:
    """What is being asked; a state that this version cannot read begins anew."""
    try:
        return State.model_validate(conversation.state or {})
    except ValidationError:
        return State()
