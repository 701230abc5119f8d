"""What happens to updates, however they came: parsed, stored, and only then acknowledged by the caller."""

import asyncio
import logging
from collections.abc import Coroutine, Iterable, Sequence
from typing import Any, Protocol

from bot.channels.base import Arrival, Receiver, SendError
from bot.channels.telegram.errors import CallFailed
from bot.channels.telegram.groups import addressee
from bot.channels.telegram.parsing import CHANNEL, Json, MalformedUpdate, blocked_address, parse, tap_id

_log = logging.getLogger(__name__)


class Taps(Protocol):
    """Who can stop the waiting sign on a tapped button, and knows what the bot is called."""

    async def answer_tap(self, tap: str) -> None: ...

    async def bot_username(self) -> str: ...


class Intake:
    """Hands updates to the receiver. Taps are answered in the background: a failure there costs nobody anything."""

    def __init__(self, receiver: Receiver, taps: Taps) -> None:
        self._receiver = receiver
        self._taps = taps
        self._background: set[asyncio.Task[None]] = set()

    async def take(self, updates: Sequence[Json]) -> None:
        """Return when all of it is committed. Raises what the receiver raises; nothing may be acknowledged then."""
        updates = _in_order(updates)
        parsed = [_parsed(update) for update in updates]
        arrivals = [arrival for arrival in parsed if arrival is not None and await self._is_for_us(arrival)]
        if arrivals:
            await self._receiver.store(arrivals)
        for address in _gone_at_the_end(zip(updates, parsed, strict=True)):
            await self._receiver.mark_unreachable(CHANNEL, address)
        for tap in filter(None, map(tap_id, updates)):
            self._start(self._answer(tap))

    async def _is_for_us(self, arrival: Arrival) -> bool:
        """Not so a group's command to another bot, nor one to some bot while nobody can tell what ours is called."""
        named = addressee(arrival.said)
        if not named:
            return True
        try:
            return named.casefold() == (await self._taps.bot_username()).casefold()
        except SendError as error:
            _log.info("a command of a group was passed over: %s", error)
            return False

    async def close(self) -> None:
        """Drop what still waits to be answered."""
        waiting = tuple(self._background)
        for task in waiting:
            task.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._background.add(task)
        task.add_done_callback(self._background.discard)

    async def _answer(self, tap: str) -> None:
        try:
            await self._taps.answer_tap(tap)
        except CallFailed as error:
            _log.info("a tap was not answered: %s", error)


def _in_order(updates: Sequence[Json]) -> Sequence[Json]:
    """Telegram numbers updates so that their order can be restored (core.telegram.org/bots/api#update)."""
    numbers = [update.get("update_id") for update in updates]
    if all(isinstance(number, int) for number in numbers):
        return sorted(updates, key=lambda update: update["update_id"])
    return updates


def _parsed(update: Json) -> Arrival | None:
    try:
        return parse(update)
    except MalformedUpdate as error:
        _log.error("update %s was skipped: %s", update.get("update_id"), error)
        return None


def _gone_at_the_end(updates: Iterable[tuple[Json, Arrival | None]]) -> list[str]:
    """Who blocked the bot and has not written since, within these updates."""
    last_was_block: dict[str, bool] = {}
    for update, arrival in updates:
        if (blocked := blocked_address(update)) is not None:
            last_was_block[blocked] = True
        elif arrival is not None:
            last_was_block[arrival.address] = False
    return [address for address, gone in last_was_block.items() if gone]
