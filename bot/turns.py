"""Taking turns: the oldest message of each waiting conversation is answered, all in one transaction.

The state, the effects, the replies and the mark that the message is done are committed together or not at all. A
message whose turn raises is rolled back alone, tried again and in the end set aside; sender and admin are told.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import structlog
from pydantic import ValidationError

from bot.clock import Clocks
from bot.inbox import BATCH
from bot.tally import SET_ASIDE
from bot.writer import Broken, attempt
from domain.openings import first_own_year
from handlers import group, too_many, which_office
from handlers.dialogue import State, Turn
from handlers.kabupaten import receive as receive_overseer
from handlers.messages import Document, FromGroup, Incoming, MediaFailed, Outgoing, Photo, Say, Worked, incoming_json
from handlers.reception import receive, receive_stranger
from handlers.register import code_in
from handlers.report import REPORT
from handlers.texts.general import BROKEN
from handlers.texts.operations import poison_reported
from storage import conversations, figures, inbox, kabupaten, outbox, people, schema, screens, seats, touches
from storage.conversations import AfterTurn, Minute, StoredConversation
from storage.desk import Almanac, Desk
from storage.engine import Connection
from storage.group_door import GroupDoor
from storage.inbox import Waiting
from storage.kabupaten import Hall, OverseerCard
from storage.lobby import Lobby
from storage.outbox import NewSending, Sending

TRIES = 3
"""Times that a message's turn may raise before it is set aside."""

_log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Round:
    """One turn of each of several conversations: how many there were, and the answers that this process holds;
    `others_wait` says that something else is to be sent by whoever claims it."""

    conversations: int = 0
    held: tuple[Sending, ...] = ()
    others_wait: bool = False


@dataclass(frozen=True)
class _Taken:
    """One turn: `to` is whose conversation its answer belongs to. `moved`: another office was chosen in it."""

    turn: Turn
    to: StoredConversation
    keeps_state: bool = True
    moved: bool = False


@dataclass(frozen=True)
class _Left:
    """What one turn leaves to be written with that of the others of its round. Without `done` the message still waits
    or belongs to another conversation now."""

    done: int | None = None
    after: AfterTurn | None = None
    answer: NewSending | None = None


_CONVERSATIONS = frozenset(one.name for one in (schema.conversation, schema.account, schema.inbox))
"""What a round reads of all its conversations at once."""
_LETTERS = frozenset({schema.outbox.name})


class TurnTaker:
    """Takes turns on the writer's connection. `holder` names this process: answers are leased to it as they are
    written."""

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

    def take_batch(self, connection: Connection, size: int = BATCH) -> Round:
        """One turn of each of up to `size` conversations. What belongs to all of them is read and written at once.

        What one of several raises undoes them all, and is raised here; one alone is counted as failed or set aside.
        """
        waiting = inbox.waiting_conversations(connection, size)
        if not waiting:
            return Round()
        began = touches.number(connection)
        oldest = inbox.all_oldest_open(connection, [conversation.id for conversation in waiting])
        if len(waiting) == 1:
            held, answers = self._take_alone(connection, waiting[0], oldest)
        else:
            held, answers = self._write_down(connection, list(self._take_each(connection, waiting, oldest)))
        others_wait = len(held) < answers or touches.since(connection, began, _LETTERS)
        return Round(len(waiting), tuple(held), others_wait)

    def _take_each(
        self, connection: Connection, waiting: Sequence[StoredConversation], oldest: Mapping[int, Waiting]
    ) -> Iterator[_Left]:
        read_at = touches.number(connection)
        self._read_ahead(connection, waiting, oldest)
        for conversation in waiting:
            message = oldest.get(conversation.id)
            if touches.since(connection, read_at, _CONVERSATIONS):  # an earlier turn was about conversations, too
                conversation, message = _read_again(connection, conversation.id)
            if message is not None:  # else another process was quicker
                yield self._answer(connection, conversation, message)

    def _read_ahead(
        self, connection: Connection, waiting: Sequence[StoredConversation], oldest: Mapping[int, Waiting]
    ) -> None:
        """Ask once for all, not with the turn of each: what holds of the indicators of who is amid a report, and what
        those see who write without being asked."""
        unasked = [
            message.id
            for one in waiting
            if not one.dialogue and (message := oldest.get(one.id)) is not None and message.said.get("kind") == "text"
        ]
        if len(unasked) > 1:
            screens.read_ahead(connection, unasked)
        now = self._clocks.office()
        posts = {
            (one.office_id, desk.reported_posts[0].post.id, first_own_year(desk.today))
            for one in waiting
            if one.office_id is not None and one.dialogue == REPORT.name
            if len((desk := Desk(connection, one.office_id, now, self._almanac, one.person_id)).reported_posts) == 1
        }
        if len(posts) > 1:
            figures.read_ahead(connection, posts)

    def _take_alone(
        self, connection: Connection, conversation: StoredConversation, oldest: Mapping[int, Waiting]
    ) -> tuple[list[Sending], int]:
        message = oldest.get(conversation.id)
        if message is None:
            return [], 0

        def take(connection: Connection) -> tuple[list[Sending], int]:
            return self._write_down(connection, [self._answer(connection, conversation, message)])

        done = attempt(connection, take)
        if isinstance(done, Broken):
            return self._write_down(connection, [self._failed(connection, conversation, message, done.error)])
        return done

    def _write_down(self, connection: Connection, left: Sequence[_Left]) -> tuple[list[Sending], int]:
        """What turns leave; return the answers that this process holds, and how many there are."""
        inbox.finish(connection, [one.done for one in left if one.done is not None], self._clocks.machine())
        conversations.save_all(connection, [one.after for one in left if one.after is not None])
        answers = [one.answer for one in left if one.answer is not None]
        return outbox.answer(connection, answers, self._holder), len(answers)

    def _answer(self, connection: Connection, conversation: StoredConversation, waiting: Waiting) -> _Left:
        said = incoming_json.validate_python(waiting.said)
        minute = self._minute(connection, conversation, waiting, said)
        if minute is not None and self._most is not None and minute.messages > self._most:
            return self._refused(conversation, waiting, minute, too_many.refusal(minute, said, self._most))
        if self._shows_another_office(connection, conversation, said):
            seats.receive_guest(connection, waiting.id)
            return _Left()
        taken = self._take(connection, conversation, waiting, said)
        state, reply = taken.turn.state, taken.turn.reply
        kept = AfterTurn(conversation.id, state.dialogue, state.step, state.model_dump(mode="json"), minute)
        if reply is not None and not taken.moved:
            reply = _named(connection, taken, waiting)
        answer = None if reply is None else self._reply(taken.to, waiting, reply)
        return _Left(waiting.id, kept if taken.keeps_state else None, answer)

    def _minute(
        self, connection: Connection, conversation: StoredConversation, waiting: Waiting, said: Incoming
    ) -> Minute | None:
        """The messages of this minute with this one; None where none are counted, nor is one of the program's own."""
        if self._most is None or isinstance(said, Worked):
            return None
        album = said.album if isinstance(said, Photo | Document | MediaFailed) else None
        counts = album is None or not inbox.file_follows(connection, waiting.id, album)
        return too_many.with_one_more(conversation.minute, waiting.received_at, counts=counts)

    def _refused(
        self, conversation: StoredConversation, waiting: Waiting, minute: Minute, reply: Outgoing | None
    ) -> _Left:
        """A message too many is kept and leads to nothing."""
        answer = None if reply is None else self._reply(conversation, waiting, reply)
        return _Left(waiting.id, AfterTurn(conversation.id, minute=minute), answer)

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

    def _reply(self, to: StoredConversation, waiting: Waiting, message: Outgoing) -> NewSending:
        return NewSending(
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
        )

    def _failed(
        self, connection: Connection, conversation: StoredConversation, waiting: Waiting, error: Exception
    ) -> _Left:
        """A turn raised: count it, and after the last try set the message aside and answer kindly."""
        _log.error("a turn failed", inbox=waiting.id, attempt=waiting.attempts + 1, exc_info=error)
        inbox.note_failure(connection, waiting.id)
        if waiting.attempts + 1 < TRIES:
            return _Left()
        inbox.set_aside(connection, waiting.id, self._clocks.machine())
        SET_ASIDE.add()
        if waiting.said.get("kind") == "from_group":  # nobody in a group waits for an answer
            return _Left()
        self._tell_admins(connection, conversation, waiting)
        return _Left(answer=self._reply(conversation, waiting, Say(text=BROKEN)))

    def _tell_admins(self, connection: Connection, conversation: StoredConversation, waiting: Waiting) -> None:
        if conversation.office_id is None:
            return
        desk = Desk(connection, conversation.office_id, self._clocks.office(), self._almanac)
        message = Say(text=poison_reported(waiting.id)).model_dump(mode="json")
        desk.write_to_admins(outbox.Letter(f"poison:{waiting.id}", self._clocks.machine(), message))


def _read_again(connection: Connection, conversation_id: int) -> tuple[StoredConversation, Waiting | None]:
    return conversations.get(connection, conversation_id), inbox.oldest_open(connection, conversation_id)


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
