"""Long polling that acknowledges an update only after it is stored (design.md sections 3 and 8).

Telegram forgets an update as soon as getUpdates is called with a higher offset. Hence the order: get, store, and only
with the next call the higher offset. A crash anywhere repeats updates, and the inbox drops repeated ones.
"""

import logging
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta

from bot.channels.base import Receiver
from bot.channels.telegram.channel import TelegramChannel
from bot.channels.telegram.errors import CallFailed, Conflict, InvalidToken, RetryAfter
from bot.channels.telegram.intake import Intake
from bot.channels.telegram.parsing import CHANNEL, Json

LONG_POLL = timedelta(seconds=50)
"""How long one getUpdates waits for something to arrive; Telegram allows no more."""
ID_LIFE = timedelta(days=6)
"""Telegram numbers updates afresh, at random, after a week without any: older numbers say nothing."""
CONFLICT_PAUSE = 5.0
"""Seconds before trying again while another program polls with our token."""
FOREIGN_WITHIN = timedelta(minutes=10)
"""Whoever has us refused twice within it is a foreign program: a process of our own that hung and wakes up when another
has taken over asks Telegram once more at most, and then learns that it no longer may."""
BACK_OFF = (1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 60.0)
"""Seconds to wait after the first, second, ... failure in a row; the last one repeats."""

_log = logging.getLogger(__name__)


class Poller:
    """Receives for one bot until cancelled. Only one may run per token: the role is leased elsewhere."""

    def __init__(
        self,
        channel: TelegramChannel,
        receiver: Receiver,
        *,
        clock: Callable[[], datetime],
        pause: Callable[[float], Awaitable[None]],
        on_conflict: Callable[[], Awaitable[None]],
        long_poll: timedelta = LONG_POLL,
    ) -> None:
        """`clock` gives aware times; `pause` takes seconds; `on_conflict` is awaited once for every spell of 409s,
        unless it is a single one."""
        self._channel = channel
        self._receiver = receiver
        self._intake = Intake(receiver, channel)
        self._clock = clock
        self._pause = pause
        self._on_conflict = on_conflict
        self._long_poll = long_poll
        self._offset: int | None = None
        self._heard_at: datetime | None = None
        self._failures = 0
        self._refused_at: datetime | None = None
        self._in_conflict = False

    async def run(self) -> None:
        """Poll until cancelled, whatever fails meanwhile."""
        try:
            while True:
                wait = await self.poll_once()
                if wait:
                    await self._pause(wait)
        finally:
            await self._intake.close()

    async def poll_once(self) -> float:
        """One getUpdates and the storing of what it brought; returns the seconds to wait before the next one."""
        try:
            return await self._receive()
        except Exception:  # the database is away, or a bug of ours: Telegram keeps the updates meanwhile
            _log.exception("updates could not be stored")
            return self._back_off()

    async def _receive(self) -> float:
        try:
            await self._prepare()
            updates = await self._channel.get_updates(self._offset, self._long_poll.total_seconds())
            await self._intake.take(updates)
        except Conflict as conflict:
            return await self._after_conflict(conflict)
        except RetryAfter as busy:
            return busy.wait.total_seconds()
        except CallFailed as error:
            level = logging.ERROR if isinstance(error, InvalidToken) else logging.WARNING
            _log.log(level, "no updates from Telegram: %s", error)
            return self._back_off()
        self._in_conflict = False
        return self._advance(updates)

    async def _prepare(self) -> None:
        """Once: end a webhook, and find where we were."""
        now = self._clock()
        if self._heard_at is None:
            await self._channel.delete_webhook()
            last = await self._receiver.last_sequence(CHANNEL, now - ID_LIFE)
            self._offset = None if last is None else last + 1
            self._heard_at = now
        elif now - self._heard_at >= ID_LIFE:
            # All below it is confirmed, so that nothing is repeated without it.
            self._offset = None

    def _advance(self, updates: Sequence[Json]) -> float:
        """Take the next offset from this batch alone: after numbering afresh it may be lower than before."""
        numbers = [number for update in updates if isinstance(number := update.get("update_id"), int)]
        if updates and not numbers:
            _log.error("%d updates have no number", len(updates))
            return self._back_off()
        if numbers:
            self._offset = max(numbers) + 1
            self._heard_at = self._clock()
        self._failures = 0
        return 0.0

    async def _after_conflict(self, conflict: Conflict) -> float:
        _log.warning("another program receives for this bot: %s", conflict)
        before, self._refused_at = self._refused_at, self._clock()
        is_foreign = before is not None and abs(self._refused_at - before) < FOREIGN_WITHIN
        if is_foreign and not self._in_conflict:
            await self._on_conflict()
            self._in_conflict = True
        return CONFLICT_PAUSE

    def _back_off(self) -> float:
        wait = BACK_OFF[min(self._failures, len(BACK_OFF) - 1)]
        self._failures += 1
        return wait
