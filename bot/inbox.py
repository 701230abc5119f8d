"""Messages in: stored before they are acknowledged, their files fetched, their turns taken."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Literal

import structlog

from bot.channels.base import Arrival, Channel, FetchFailed, Media
from bot.clock import MachineClock
from bot.evidence_store import EvidenceStore, TooLarge
from bot.turns import Clocks, TurnTaker
from bot.writer import Writer
from handlers.messages import Document, Incoming, MediaFailed, Photo
from storage import conversations, inbox
from storage.inbox import NewMessage, ToFetch

FETCH_SECONDS = 20
"""How long a conversation waits for a picture or file before it is told that it did not come."""
FETCHERS = 4
RECOVERY_SECONDS = 5.0
"""How often to look for messages that another process left behind when it died."""

_log = structlog.get_logger(__name__)


class Inbox:
    """The `Receiver` of every channel."""

    def __init__(self, writer: Writer, clocks: Clocks, wake: Callable[[], None]) -> None:
        self._writer = writer
        self._clocks = clocks
        self._wake = wake

    async def store(self, arrivals: list[Arrival]) -> None:
        """Return only after the arrivals are committed; what was stored before is dropped silently."""
        said_at = self._clocks.office()
        messages = [_new_message(arrival, said_at) for arrival in arrivals]
        now = self._clocks.machine()
        await self._writer.do(lambda connection: inbox.store(connection, messages, now))
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
    )


class Turns:
    """Takes turns as long as there are messages, and hands the replies over for delivery."""

    def __init__(self, writer: Writer, taker: TurnTaker, hand_over: Callable[[list[int]], Awaitable[None]]) -> None:
        self._writer = writer
        self._taker = taker
        self._hand_over = hand_over
        self._wanted = asyncio.Event()

    def wake(self) -> None:
        """There is something to answer."""
        self._wanted.set()

    async def run(self) -> None:
        """Answer until cancelled."""
        while True:
            try:
                async with asyncio.timeout(RECOVERY_SECONDS):
                    await self._wanted.wait()
            except TimeoutError:
                pass
            self._wanted.clear()
            try:
                await self.drain()
            except Exception:
                _log.exception("turns could not be taken")
                await asyncio.sleep(1)

    async def drain(self) -> int:
        """Take every turn that can be taken now; return how many were."""
        total = 0
        while True:
            taken, replies = await self._writer.do(self._taker.take_batch)
            if replies:
                await self._hand_over(replies)
            total += taken
            if not taken:
                return total


class Fetcher:
    """Brings pictures and files from their provider into our own store."""

    def __init__(
        self,
        writer: Writer,
        store: EvidenceStore,
        channels: Mapping[str, Channel],
        machine_now: MachineClock,
        wake_turns: Callable[[], None],
    ) -> None:
        self._writer = writer
        self._store = store
        self._channels = channels
        self._now = machine_now
        self._wake_turns = wake_turns
        self._wanted = asyncio.Event()

    def wake(self) -> None:
        """There may be something to fetch."""
        self._wanted.set()

    async def run(self) -> None:
        """Fetch until cancelled, several at once."""
        async with asyncio.TaskGroup() as group:
            for _worker in range(FETCHERS):
                group.create_task(self._work())

    async def _work(self) -> None:
        while True:
            try:
                if await self.fetch_one():
                    continue
                async with asyncio.timeout(RECOVERY_SECONDS):
                    await self._wanted.wait()
                self._wanted.clear()
            except TimeoutError:
                pass
            except Exception:
                _log.exception("a file could not be fetched")
                await asyncio.sleep(1)

    async def drain(self) -> int:
        """Fetch everything that waits; return how many there were."""
        total = 0
        while await self.fetch_one():
            total += 1
        return total

    async def fetch_one(self) -> bool:
        """Fetch the oldest waiting file. False when none waits."""
        now = self._now()
        task = await self._writer.do(lambda connection: inbox.claim_fetch(connection, now))
        if task is None:
            return False
        said = await self._fetched(task)
        await self._writer.do(lambda connection: inbox.fetched(connection, task.id, said.model_dump(mode="json")))
        self._wake_turns()
        return True

    async def _fetched(self, task: ToFetch) -> Incoming:
        media = Media(**task.media)
        try:
            async with asyncio.timeout(FETCH_SECONDS):
                stored = await self._store.put(self._pieces(task, media))
        except TooLarge:
            return MediaFailed(reason="too_large")
        except FetchFailed as failure:
            return MediaFailed(reason=_reason(failure.reason))
        except (TimeoutError, OSError):
            return MediaFailed(reason="unavailable")
        return _stored_message(media, stored.ref, stored.size)

    async def _pieces(self, task: ToFetch, media: Media) -> AsyncIterator[bytes]:
        """The file, tried again while the provider says that it may yet come."""
        channel = self._channels.get(task.channel)
        if channel is None:
            raise FetchFailed("unavailable")
        for attempt in range(inbox.FETCH_TRIES):
            sent = False
            try:
                async for piece in channel.fetch(media):
                    sent = True
                    yield piece
                return
            except FetchFailed as failure:
                if sent or not failure.again or attempt + 1 == inbox.FETCH_TRIES:
                    raise


def _reason(reason: str) -> Literal["too_large", "gone", "unavailable"]:
    return reason if reason in ("too_large", "gone") else "unavailable"


def _stored_message(media: Media, ref: str, size: int) -> Incoming:
    if media.is_photo:
        return Photo(ref=ref, size=size, caption=media.caption, album=media.album)
    return Document(ref=ref, size=size, name=media.name, mime=media.mime, caption=media.caption, album=media.album)
