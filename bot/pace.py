"""How quickly each channel may be written to.

Answers pass everything else; only the chat's own pace holds them, and for an instant what went unasked just before.
"""

import asyncio
from collections import OrderedDict, deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta

Sleep = Callable[[float], Awaitable[None]]
Monotonic = Callable[[], float]

REMEMBERED_CHATS = 10_000
"""Chats whose last messages are remembered; one that is forgotten has not been written to for long."""
WINDOW = 1.01
"""Seconds in which messages are counted: the second of the channel, and what two of them may differ on their way."""
LATE = 0.05
"""Seconds by which an unasked message may go late and the next ones still keep their times."""
BELOW = 0.977
"""The pace by what the channel takes in a second: of just as much some would be refused, as no two messages are on
their way for equally long."""
CAREFUL = 0.9
"""The pace by the one that was refused, at most: what went through in the second before may be a burst."""
RECOVERY = 1 / 300
"""Messages a second that the overall pace regains in each second after a refusal: the real limits are unpublished, and
every time that one is met costs a second and some refusals."""
SLOWEST = 1.0
"""Messages a second to which refusals slow the overall pace at most."""


@dataclass(frozen=True)
class Limits:
    """The pace of one channel.

    `overall` is how many messages a second go out while some are unasked; `per_chat` how many a second one chat takes
    on and on, and `burst` how many answers at once. 0 is no limit.
    """

    overall: float = 0
    per_chat: float = 0
    burst: int = 1


TELEGRAM = Limits(overall=BELOW * 30, per_chat=0.95, burst=4)
"""Telegram's FAQ: about 30 messages a second overall and one a second in a chat, short bursts aside. A little below,
because every refusal costs a second."""
WHATSAPP = Limits(overall=35, per_chat=1 / 6, burst=20)
"""Meta's limits of the Cloud API: 80 messages a second of a number, those that come in included; to one person one in
6 seconds, of which 45 may be borrowed at once. Less than half of what is at once, because a picture with its list is
two messages and because several processes may share the number."""
UNLIMITED = Limits()


class Pace:
    """Says when the next message to a chat may go. Times are seconds of `clock`, waits go through `sleep`."""

    def __init__(self, limits: Limits, clock: Monotonic, sleep: Sleep = asyncio.sleep) -> None:
        self._limits = limits
        self._clock = clock
        self._sleep = sleep
        self._queue = asyncio.Lock()
        """Held by the unasked message that goes next."""
        self._next_unasked = 0.0
        self._hurried = 0
        """Answers that wait for room."""
        self._unasked: deque[float] = deque()
        self._answers: deque[float] = deque()
        """When messages went, within the window."""
        self._slowed_to = limits.overall
        self._slowed_at = 0.0
        self._chats: OrderedDict[str, float] = OrderedDict()
        """For each chat a bucket of messages that fills at `per_chat`, kept as the time at which it is full."""

    async def wait(self, address: str, *, unasked: bool) -> int:
        """Return when a message may be sent to `address`; unasked ones also wait for the overall pace.

        The number is how many went in the second before, which `refused` wants to know.
        """
        if self._limits.per_chat:
            await self._until(lambda: self._chat_pause(address, unasked=unasked))
        if self._limits.overall:
            await (self._wait_in_line() if unasked else self._wait_for_room())
        return self._gone(address, unasked=unasked)

    def refused(self, after: timedelta, went: int = 0) -> None:
        """The channel asked to wait: unasked messages do, and go more slowly for a while.

        `went` is how many messages it took in the second before: so many at least it can take in one.
        """
        now = self._clock()
        if now >= self._slowed_at:  # of many messages under way at once each is refused, all for the same reason
            pace = self._overall(now)
            self._slowed_to = max(SLOWEST, pace / 2, min(CAREFUL * pace, BELOW * went))
        self._slowed_at = max(self._slowed_at, now + after.total_seconds())
        self._next_unasked = max(self._next_unasked, self._slowed_at)

    async def _until(self, pause: Callable[[], float]) -> None:
        """Sleep as long as `pause` says, and ask again: much may have gone meanwhile."""
        while (seconds := pause()) > 0:
            await self._sleep(seconds)

    async def _wait_in_line(self) -> None:
        async with self._queue:
            await self._until(self._unasked_pause)

    async def _wait_for_room(self) -> None:
        self._hurried += 1
        try:
            await self._until(self._answer_pause)
        finally:
            self._hurried -= 1

    def _overall(self, now: float) -> float:
        """Messages a second at this moment."""
        regained = RECOVERY * max(0.0, now - self._slowed_at)
        return min(self._limits.overall, self._slowed_to + regained)

    def _unasked_pause(self) -> float:
        """Seconds until the next unasked message may go: evenly, and only where there is room beside every answer."""
        now = self._clock()
        if now < self._next_unasked:
            return self._next_unasked - now
        if self._has_room(now, beside=self._hurried):
            return 0
        oldest = min(times[0] for times in (self._unasked, self._answers) if times)
        return oldest + WINDOW - now

    def _answer_pause(self) -> float:
        """Seconds until an answer may go, which waits for nothing but for unasked messages to be counted no more."""
        now = self._clock()
        if self._has_room(now) or not self._unasked:
            return 0
        return self._unasked[0] + WINDOW - now

    def _has_room(self, now: float, beside: int = 0) -> bool:
        """Whether one more message may go in this second, and so many others."""
        self._forget(now)
        return len(self._unasked) + len(self._answers) + beside <= int(self._overall(now))

    def _forget(self, now: float) -> None:
        for times in (self._unasked, self._answers):
            while times and times[0] <= now - WINDOW:
                times.popleft()

    def _chat_pause(self, address: str, *, unasked: bool) -> float:
        """Seconds until a chat may be written to: unasked only when nothing of its burst is used."""
        kept = 0 if unasked else self._limits.burst - 1
        return self._chats.get(address, 0.0) - kept / self._limits.per_chat - self._clock()

    def _gone(self, address: str, *, unasked: bool) -> int:
        """Count a message that goes now; return how many went in the second before."""
        now = self._clock()
        if self._limits.per_chat:
            full_at = max(self._chats.pop(address, 0.0), now)
            self._chats[address] = full_at + 1 / self._limits.per_chat
            while len(self._chats) > REMEMBERED_CHATS:
                self._chats.popitem(last=False)
        if not self._limits.overall:
            return 0
        self._forget(now)
        went = len(self._unasked) + len(self._answers)
        (self._unasked if unasked else self._answers).append(now)
        if unasked:
            planned = self._next_unasked if now - self._next_unasked < LATE else now
            self._next_unasked = planned + 1 / self._overall(now)
        return went
