"""How quickly each channel may be written to.

Answers pass everything else; only the chat's own pace holds them, and for an instant what went unasked just before.
"""

import asyncio
import math
from collections import OrderedDict, deque
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta

Sleep = Callable[[float], Awaitable[None]]
Monotonic = Callable[[], float]

REMEMBERED_CHATS = 10_000
"""Chats whose last messages are remembered; one that is forgotten has not been written to for long."""
WINDOW = 1.005
"""Seconds in which messages are counted: the second of the channel, and what the quickest trip that is known may be
slower than the quickest there is."""
KNOWN_TRIPS = 100
"""Trips of which the quickest is known: the ways of a network change."""
A_BIT = 0.005
"""Seconds after which it is asked again what became of a message that takes unusually long."""
MANY, NOW_AND_THEN = 64, 0.05
"""Messages of one second among which there is no room for an unasked one on any channel, and the seconds after which it
is looked again which of so many are counted."""
LATE = 0.1
"""Seconds by which an unasked message may go late and the next ones still keep their times."""
SLACK = 0.5
"""Messages a second by which the pace stays below what the channel takes: of just as many some would come too soon."""
RECOVERY = 1 / 300
"""Messages a second that the overall pace regains in each second after a refusal: the real limits are unpublished, and
every time that one is met costs a second and some refusals."""
DEVIATIONS = 2
"""Of so many answers a second that come by chance, how many standard deviations more there is room for."""
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


TELEGRAM = Limits(overall=30 - SLACK, per_chat=0.95, burst=4)
"""Telegram's FAQ: about 30 messages a second overall and one a second in a chat, short bursts aside. A little below,
because every refusal costs a second."""
WHATSAPP = Limits(overall=35, per_chat=1 / 6, burst=20)
"""Meta's limits of the Cloud API: 80 messages a second of a number, those that come in included; to one person one in
6 seconds, of which 45 may be borrowed at once. Less than half of what is at once, because a picture with its list is
two messages and because several processes may share the number."""
UNLIMITED = Limits()


@dataclass(eq=False)
class Trip:
    """A message on its way. `went` is how many others went in the second before it began."""

    address: str
    unasked: bool
    began: float
    went: int
    took: float | None = None
    """Seconds until the channel had answered; None while it has not."""

    def counts_from(self, quickest: float) -> float:
        """When it came to the channel at the latest, less what the way there takes at least: a quicker trip that
        follows tells more of those before."""
        return self.began if self.took is None else self.began + max(0.0, self.took - quickest)


class Pace:
    """Says when the next message to a chat may go. Times are seconds of `clock`, waits go through `sleep`.

    The channel counts what has come to it within a second, and we only know when a message went and when its answer was
    there. So one that took longer than the quickest counts that much longer: it may have come so late.
    """

    def __init__(self, limits: Limits, clock: Monotonic, sleep: Sleep = asyncio.sleep) -> None:
        self._limits = limits
        self._clock = clock
        self._sleep = sleep
        self._queue = asyncio.Lock()
        """Held by the unasked message that goes next."""
        self._next_unasked = 0.0
        self._hurried = 0
        """Answers that wait for room."""
        self._trips: list[Trip] = []
        """Those that the channel may still count, where it has an overall limit."""
        self._unasked = 0
        """How many of them nobody asked for."""
        self._looked_at = 0.0
        """When it was last seen which of them are counted."""
        self._lengths: deque[float] = deque(maxlen=KNOWN_TRIPS)
        """Seconds that the last trips took."""
        self._slowed_to = limits.overall
        self._slowed_at = 0.0
        self._chats: OrderedDict[str, float] = OrderedDict()
        """For each chat a bucket of messages that fills at `per_chat`, kept as the time at which it is full."""

    async def wait(self, address: str, *, unasked: bool) -> Trip:
        """Return when a message may be sent to `address`; unasked ones also wait for the overall pace.

        Who waited tells `over` when it is known what became of the message, whatever that is.
        """
        if self._limits.per_chat:
            await self._until(lambda: self._chat_pause(address, unasked=unasked))
        if self._limits.overall:
            await (self._wait_in_line() if unasked else self._wait_for_room())
        return self._begin(address, unasked=unasked)

    def over(self, trip: Trip) -> None:
        """The channel has answered, or never will."""
        trip.took = self._clock() - trip.began
        self._lengths.append(trip.took)
        if trip.address in self._chats:
            self._chats[trip.address] += trip.counts_from(self._quickest) - trip.began

    def refused(self, after: timedelta, trip: Trip) -> None:
        """The channel asked to wait: unasked messages do, and go more slowly for a while.

        It took what went in the second before: so many at least it can take in one.
        """
        now = self._clock()
        if now >= self._slowed_at:  # of many messages under way at once each is refused, all for the same reason
            pace = self._overall(now)
            self._slowed_to = max(SLOWEST, pace / 2, min(pace - 1, trip.went - SLACK))
        self._slowed_at = max(self._slowed_at, now + after.total_seconds())
        self._next_unasked = max(self._next_unasked, self._slowed_at)

    def is_resting(self, address: str) -> bool:
        """Whether a chat may not be written to unasked now, as it just was."""
        return bool(self._limits.per_chat) and self._chat_pause(address, unasked=True) > 0

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
        """Seconds until the next unasked message may go: evenly, and only where there is room beside every answer, and
        beside as many more as may come of themselves: people write by chance, at times many in one second."""
        now = self._clock()
        if now < self._next_unasked:
            return self._next_unasked - now
        answers = len(self._trips) - self._unasked
        kept_free = max(self._hurried, DEVIATIONS * math.isqrt(answers))
        return 0 if self._has_room(now, beside=kept_free) else self._until_one_is_through(self._trips, now)

    def _answer_pause(self) -> float:
        """Seconds until an answer may go, which waits for nothing but for unasked messages to be counted no more."""
        now = self._clock()
        if self._has_room(now) or not self._unasked:
            return 0
        return self._until_one_is_through((trip for trip in self._trips if trip.unasked), now)

    def _has_room(self, now: float, beside: int = 0) -> bool:
        """Whether one more message may go in this second, and so many others."""
        self._forget(now)
        return len(self._trips) + beside <= int(self._overall(now))

    def _forget(self, now: float) -> None:
        if len(self._trips) > MANY and now < self._looked_at + NOW_AND_THEN:
            return
        quickest = self._quickest
        self._trips = [trip for trip in self._trips if trip.took is None or trip.counts_from(quickest) > now - WINDOW]
        self._unasked = sum(trip.unasked for trip in self._trips)
        self._looked_at = now

    @property
    def _quickest(self) -> float:
        """Seconds of the quickest trip that is known."""
        return min(self._lengths, default=0.0)

    def _until_one_is_through(self, trips: Iterable[Trip], now: float) -> float:
        """Seconds until the channel counts one of them no more, so far as is known."""
        quickest = self._quickest
        return max(A_BIT, min(trip.counts_from(quickest) for trip in trips) + WINDOW - now)

    def _chat_pause(self, address: str, *, unasked: bool) -> float:
        """Seconds until a chat may be written to: unasked only when nothing of its burst is used."""
        kept = 0 if unasked else self._limits.burst - 1
        return self._chats.get(address, 0.0) - kept / self._limits.per_chat - self._clock()

    def _begin(self, address: str, *, unasked: bool) -> Trip:
        """Count a message that goes now."""
        now = self._clock()
        if self._limits.per_chat:
            full_at = max(self._chats.pop(address, 0.0), now)
            self._chats[address] = full_at + 1 / self._limits.per_chat
            while len(self._chats) > REMEMBERED_CHATS:
                self._chats.popitem(last=False)
        self._forget(now)
        trip = Trip(address, unasked, began=now, went=len(self._trips))
        if self._limits.overall:
            self._trips.append(trip)
            self._unasked += unasked
            if unasked:
                planned = self._next_unasked if now - self._next_unasked < LATE else now
                self._next_unasked = planned + 1 / self._overall(now)
        return trip
