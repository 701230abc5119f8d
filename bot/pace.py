"""How quickly each channel may be written to. Answers pass everything else; only the chat's own pace holds them."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta

Sleep = Callable[[float], Awaitable[None]]
Monotonic = Callable[[], float]

REMEMBERED_CHATS = 10_000
"""Chats whose last messages are remembered; one that is forgotten has not been written to for long."""
RECOVERY = 0.1
"""Messages a second that the overall pace regains in each second after a refusal halved it: the real limits are
unpublished, and one message a second too many halves what comes through."""
SLOWEST = 1.0
"""Messages a second to which refusals slow the overall pace at most."""


@dataclass(frozen=True)
class Limits:
    """The pace of one channel.

    `overall` is how many unasked messages a second go out in all; `per_chat` how many messages a second one chat
    takes on and on, and `burst` how many at once. 0 is no limit.
    """

    overall: float = 0
    per_chat: float = 0
    burst: int = 1


TELEGRAM = Limits(overall=28, per_chat=1, burst=4)
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
        self._next_unasked = 0.0
        self._slowed_to = limits.overall
        self._slowed_at = 0.0
        self._chats: OrderedDict[str, float] = OrderedDict()

    async def wait(self, address: str, *, unasked: bool) -> None:
        """Return when a message may be sent to `address`; `unasked` ones also wait for the overall pace."""
        pause = self._reserve(address, unasked=unasked)
        if pause > 0:
            await self._sleep(pause)

    def refused(self, after: timedelta) -> None:
        """The channel asked to wait: unasked messages do, and go more slowly for a while."""
        now = self._clock()
        if now >= self._slowed_at:  # of many messages under way at once each is refused, all for the same reason
            self._slowed_to = max(SLOWEST, self._overall(now) / 2)
        self._slowed_at = max(self._slowed_at, now + after.total_seconds())
        self._next_unasked = max(self._next_unasked, self._slowed_at)

    def _overall(self, now: float) -> float:
        """Unasked messages a second at this moment."""
        regained = RECOVERY * max(0.0, now - self._slowed_at)
        return min(self._limits.overall, self._slowed_to + regained)

    def _reserve(self, address: str, *, unasked: bool) -> float:
        now = self._clock()
        start = now
        if unasked and self._limits.overall:
            start = max(start, self._next_unasked)
            self._next_unasked = start + 1 / self._overall(now)
        if self._limits.per_chat:
            start = max(start, self._chat_ready(address, start))
        return start - now

    def _chat_ready(self, address: str, start: float) -> float:
        """A bucket of `burst` messages that fills at `per_chat`, kept as the time at which it would be full."""
        step = 1 / self._limits.per_chat
        full_at = max(self._chats.pop(address, 0.0), start)
        ready = max(start, full_at - (self._limits.burst - 1) * step)
        self._chats[address] = full_at + step
        while len(self._chats) > REMEMBERED_CHATS:
            self._chats.popitem(last=False)
        return ready
