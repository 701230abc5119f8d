"""Pictures and files, brought from their provider, looked at and put into our own store before their turn is taken.

Later messages of the conversation wait meanwhile, so that a fetch is given up after a while and said to have failed.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Literal

import structlog

from bot.bell import Bell
from bot.channels.base import Channel, FetchFailed, Media
from bot.clock import MachineClock
from bot.evidence_store import EvidenceStore, Held, TooLarge
from bot.inspection.admission import Admission, failed
from bot.tally import FETCHES
from bot.writer import Writer
from handlers.messages import Incoming, MediaFailed
from storage import inbox
from storage.inbox import FETCH_TRIES, ToFetch

PATIENCE = 20.0
"""Seconds that a conversation waits for a picture or file before it is told that it did not come."""
PAUSES = (1.0, 3.0)
"""Seconds before the second and third try, where the provider says that the file may yet come."""
AT_ONCE = 16
"""Files fetched at the same time: a slow one must not keep other people's waiting."""
RECOVERY_SECONDS = 5.0
"""How often to look for files that another process left behind when it died."""

_log = structlog.get_logger(__name__)


class Fetcher:
    """Fetches what waits. `machine_now` is the clock of its leases; `patience` in seconds."""

    def __init__(
        self,
        writer: Writer,
        store: EvidenceStore,
        admission: Admission,
        channels: Mapping[str, Channel],
        machine_now: MachineClock,
        wake_turns: Callable[[], None],
        *,
        patience: float = PATIENCE,
        every: float = RECOVERY_SECONDS,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        """`admission` decides what of it the store keeps; `wake_turns` is called when a message has become ready;
        `every` is how often to look unasked, in seconds."""
        self._writer = writer
        self._store = store
        self._admission = admission
        self._channels = channels
        self._now = machine_now
        self._wake_turns = wake_turns
        self._patience = patience
        self._every = every
        self._sleep = sleep
        self._bell = Bell()

    def wake(self) -> None:
        """There may be something to fetch."""
        self._bell.ring()

    async def run(self) -> None:
        """Fetch until cancelled, several at once."""
        free = asyncio.Semaphore(AT_ONCE)
        async with asyncio.TaskGroup() as busy:
            while True:
                await free.acquire()
                task = await self._claim_safely()
                if task is None:
                    free.release()
                    await self._bell.heard(self._every)
                else:
                    busy.create_task(self._finish_safely(task)).add_done_callback(lambda _task: free.release())

    async def drain(self) -> int:
        """Fetch everything that waits; return how many there were."""
        total = 0
        while (task := await self._claim()) is not None:
            await self._finish(task)
            total += 1
        return total

    async def _claim(self) -> ToFetch | None:
        now = self._now()
        return await self._writer.do(lambda connection: inbox.claim_fetch(connection, now))

    async def _claim_safely(self) -> ToFetch | None:
        try:
            return await self._claim()
        except Exception:
            _log.exception("what is to be fetched could not be read")
            return None

    async def _finish_safely(self, task: ToFetch) -> None:
        try:
            await self._finish(task)
        except Exception:  # its lease lapses, and it is fetched again
            _log.exception("a file could not be fetched", inbox=task.id)

    async def _finish(self, task: ToFetch) -> None:
        said = await self._said(task)
        await self._writer.do(lambda connection: inbox.fetched(connection, task.id, said.model_dump(mode="json")))
        self._wake_turns()

    async def _said(self, task: ToFetch) -> Incoming:
        """What the conversation is told: the file in our own store, or which one could not be taken, and why."""
        media = Media(**task.media)
        said, album = await self._fetched(task, media), media.album
        FETCHES.add(said.reason if isinstance(said, MediaFailed) else "taken")
        if isinstance(said, MediaFailed) and album is not None:
            place = await self._writer.do(lambda connection: inbox.place_in_album(connection, task.id, album))
            return said.model_copy(update={"place": place})
        return said

    async def _fetched(self, task: ToFetch, media: Media) -> Incoming:
        if task.attempts > FETCH_TRIES:  # each of them ended with its process
            return failed(media, "unavailable")
        try:
            async with asyncio.timeout(self._patience):
                return await self._admission.admit(await self._downloaded(task.channel, media), media)
        except TooLarge:
            return failed(media, "too_large")
        except FetchFailed as failure:
            return failed(media, _reason(failure.reason))
        except (TimeoutError, OSError) as failure:
            _log.warning("a file did not come", inbox=task.id, reason=type(failure).__name__)
            return failed(media, "unavailable")

    async def _downloaded(self, channel_name: str, media: Media) -> Held:
        """From the beginning again while the provider says that it may yet come."""
        channel = self._channels.get(channel_name)
        if channel is None:
            raise FetchFailed("unavailable")
        for pause in PAUSES:
            try:
                return await self._store.hold(channel.fetch(media))
            except FetchFailed as failure:
                if not failure.again:
                    raise
            await self._sleep(pause)
        return await self._store.hold(channel.fetch(media))


def _reason(reason: str) -> Literal["too_large", "gone", "unavailable"]:
    return reason if reason in ("too_large", "gone") else "unavailable"
