"""Messages in: stored before they are acknowledged, and their turns taken."""

import asyncio
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from time import monotonic
from typing import TYPE_CHECKING

import structlog

from bot.bell import Bell, work_on
from bot.channels.base import Arrival
from bot.clock import Clocks
from bot.tally import RECEIVED, TURNS
from bot.writer import Writer
from storage import conversations, inbox
from storage.engine import Connection, DatabaseError
from storage.inbox import NewMessage
from storage.outbox import Sending

if TYPE_CHECKING:  # what it knows is imported once messages were asked for
    from bot.turns import TurnTaker

BATCH = 32
"""Conversations that take a turn in one transaction."""
RECOVERY_SECONDS = 5.0
"""How often to look for messages that another process left behind when it died."""

_log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Taken:
    """The turns of one transaction: of how many conversations, and the replies that this process holds; `others_wait`
    says that there are some which it does not, because an earlier message to their address goes first, `is_doubtful`
    that there may be more, of a commit of which nobody knows whether it came to pass."""

    conversations: int = 0
    held: tuple[Sending, ...] = ()
    others_wait: bool = False
    is_doubtful: bool = False


class Inbox:
    """The `Receiver` of every channel."""

    def __init__(
        self, writer: Writer, clocks: Clocks, wake_turns: Callable[[], None], wake_fetcher: Callable[[], None]
    ) -> None:
        """Turns are woken when something new is about to be committed, and the fetcher when there is a file in it."""
        self._writer = writer
        self._clocks = clocks
        self._wake_turns = wake_turns
        self._wake_fetcher = wake_fetcher

    async def store(self, arrivals: list[Arrival]) -> None:
        """Return only after the arrivals are committed; what was stored before is dropped silently."""
        said_at = self._clocks.office()
        messages = [_new_message(arrival, said_at) for arrival in arrivals]
        now = self._clocks.machine()
        stored = self._writer.begin(lambda connection: inbox.store(connection, messages, now))
        self._wake_turns()  # at once: turns that are taken right behind are committed with it
        if any(message.media is not None for message in messages):
            self._wake_fetcher()
        await stored
        for arrival in arrivals:
            RECEIVED.add(arrival.channel)

    async def last_sequence(self, channel: str, since: datetime) -> int | None:
        """The highest sequence stored since then, None for none."""
        return await self._writer.do(lambda connection: inbox.last_sequence(connection, channel, since))

    async def mark_unreachable(self, channel: str, address: str) -> None:
        """Note that a person blocked the assistant."""
        await self._writer.do(lambda connection: conversations.mark_unreachable(connection, channel, address))


def _new_message(arrival: Arrival, said_at: datetime) -> NewMessage:
    said = None if arrival.said is None else arrival.said.model_dump(mode="json")
    media = None if arrival.media is None else asdict(arrival.media)
    return NewMessage(
        arrival.channel,
        arrival.address,
        arrival.external_id,
        arrival.message_id,
        said,
        media,
        arrival.sequence,
        said_at,
        arrival.answers,
    )


class Turns:
    """Takes turns as long as there are messages, and hands the replies over for delivery."""

    def __init__(
        self,
        writer: Writer,
        taker: "TurnTaker",
        hand_over: Callable[[Taken], None],
        *,
        every: float = RECOVERY_SECONDS,
    ) -> None:
        """`every` is how often to look unasked, in seconds."""
        self._writer = writer
        self._taker = taker
        self._hand_over = hand_over
        self._every = every
        self._bell = Bell()
        self._runs = False
        self._begun: asyncio.Future[Taken] | None = None
        """The turns that were begun for a message before it was committed, so that both are one commit."""
        self._one_by_one = 0
        """How many turns are still taken alone."""

    def wake(self) -> None:
        """There is something to answer, or there will be with the next commit."""
        if self._runs and self._begun is None:
            self._begun = self._writer.begin(self._next(), last=True)
        self._bell.ring()

    async def run(self) -> None:
        """Answer until cancelled."""
        self._runs = True
        try:
            await work_on(self.drain, self._bell, self._every, "turns could not be taken")
        finally:
            self._runs = False

    async def drain(self) -> int:
        """Take every turn that can be taken now; return how many were."""
        total = 0
        while True:
            began = monotonic()
            taken = await self._take_batch()
            TURNS.add(monotonic() - began, taken.conversations)
            self._hand_over(taken)
            total += taken.conversations
            if not taken.conversations:
                return total

    async def _take_batch(self) -> Taken:
        begun = self._begun or self._writer.begin(self._next(), last=True)
        self._begun = None
        try:
            return await begun
        except Exception as error:
            if isinstance(error, DatabaseError):
                self._hand_over(Taken(is_doubtful=True))
            _log.warning("turns are taken one by one", error=type(error).__name__)
        # Two processes stood in each other's way with several conversations at once, or one of these turns raised: by
        # themselves the others pass, and that one is set aside. Where the database is away this raises, too.
        self._one_by_one = BATCH - 1
        return await self._writer.do(self._turns(1))

    def _next(self) -> Callable[[Connection], Taken]:
        if not self._one_by_one:
            return self._turns(BATCH)
        self._one_by_one -= 1
        return self._turns(1)

    def _turns(self, size: int) -> Callable[[Connection], Taken]:
        """Work for the writer, which may run it again: after a commit that came to pass, too, where the connection was
        lost before the database could say so."""
        completed: list[int] = []

        def take(connection: Connection) -> Taken:
            is_doubtful = bool(completed)
            done = self._taker.take_batch(connection, size)
            completed.append(done.conversations)
            return Taken(done.conversations, done.held, others_wait=done.others_wait, is_doubtful=is_doubtful)

        return take
