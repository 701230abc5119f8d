"""Messages in: stored before they are acknowledged, and their turns taken."""

from collections.abc import Awaitable, Callable
from dataclasses import asdict
from datetime import datetime
from time import monotonic
from typing import TYPE_CHECKING

from bot.bell import Bell, work_on
from bot.channels.base import Arrival
from bot.clock import Clocks
from bot.tally import RECEIVED, TURNS
from bot.writer import Writer, is_lost_to_another
from storage import conversations, inbox
from storage.inbox import NewMessage

if TYPE_CHECKING:  # what it knows is imported once messages were asked for
    from bot.turns import TurnTaker

RECOVERY_SECONDS = 5.0
"""How often to look for messages that another process left behind when it died."""


class Inbox:
    """The `Receiver` of every channel."""

    def __init__(self, writer: Writer, clocks: Clocks, wake: Callable[[], None]) -> None:
        """`wake` is called when something new is committed."""
        self._writer = writer
        self._clocks = clocks
        self._wake = wake

    async def store(self, arrivals: list[Arrival]) -> None:
        """Return only after the arrivals are committed; what was stored before is dropped silently."""
        said_at = self._clocks.office()
        messages = [_new_message(arrival, said_at) for arrival in arrivals]
        now = self._clocks.machine()
        await self._writer.do(lambda connection: inbox.store(connection, messages, now))
        for arrival in arrivals:
            RECEIVED.add(arrival.channel)
        self._wake()

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
        hand_over: Callable[[list[int]], Awaitable[None]],
        *,
        every: float = RECOVERY_SECONDS,
    ) -> None:
        """`every` is how often to look unasked, in seconds."""
        self._writer = writer
        self._taker = taker
        self._hand_over = hand_over
        self._every = every
        self._bell = Bell()

    def wake(self) -> None:
        """There is something to answer."""
        self._bell.ring()

    async def run(self) -> None:
        """Answer until cancelled."""
        await work_on(self.drain, self._bell, self._every, "turns could not be taken")

    async def drain(self) -> int:
        """Take every turn that can be taken now; return how many were."""
        total = 0
        while True:
            began = monotonic()
            taken, replies = await self._take_batch()
            TURNS.add(monotonic() - began, taken)
            if replies:
                await self._hand_over(replies)
            total += taken
            if not taken:
                return total

    async def _take_batch(self) -> tuple[int, list[int]]:
        try:
            return await self._writer.do(self._taker.take_batch)
        except Exception as error:
            if not is_lost_to_another(error):
                raise
        # Two processes stood in each other's way with several conversations at once; one alone passes.
        return await self._writer.do(lambda connection: self._taker.take_batch(connection, 1))
