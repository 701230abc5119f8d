"""Work that is too slow for a turn, done beside the conversations: its result comes back as an internal message.

A piece of work runs in a thread of its own with a time limit; its result and the mark that it is done are stored in
one transaction. A process that dies in between leaves a lease behind, and another begins the work anew.
"""

import asyncio
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import structlog

from bot.bell import Bell, work_on
from bot.clock import MachineClock
from bot.tally import JOBS
from bot.writer import Writer
from handlers.messages import Worked
from storage import jobs
from storage.engine import Connection
from storage.jobs import TRIES, Claimed

LONGEST = 60.0
"""Seconds after which a piece of work is given up and said to have failed; well within the lease."""
AT_ONCE = 2
"""Pieces of work at the same time: reading files keeps a core busy, and answers come first."""
RECOVERY_SECONDS = 5.0
"""How often to look for work that another process left behind when it died."""

_log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Work:
    """One kind of work: `run` makes the result of a job's details, outside the event loop and every transaction;
    `failed` is the result where that raised, took too long, or ended its process again and again."""

    run: Callable[[dict[str, Any]], dict[str, Any]]
    failed: dict[str, Any]


class Jobs:
    """Does what is due. `machine_now` is the clock of its leases; `longest` in seconds."""

    def __init__(
        self,
        writer: Writer,
        kinds: Mapping[str, Work],
        machine_now: MachineClock,
        holder: str,
        wake_turns: Callable[[], None],
        *,
        longest: float = LONGEST,
        every: float = RECOVERY_SECONDS,
    ) -> None:
        """`wake_turns` is called when a result has become a message; `every` is how often to look unasked,
        in seconds."""
        self._writer = writer
        self._kinds = kinds
        self._now = machine_now
        self._holder = holder
        self._wake_turns = wake_turns
        self._longest = longest
        self._every = every
        self._bell = Bell()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._pool = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="job")

    def wake(self) -> None:
        """A turn has begun a job, or is about to commit one; called from the writer's thread."""
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._bell.ring)

    async def run(self) -> None:
        """Work until cancelled."""
        self._loop = asyncio.get_running_loop()
        try:
            await work_on(self.drain, self._bell, self._every, "a job could not be done")
        finally:
            self._loop = None

    async def drain(self) -> int:
        """Do everything that is due; return how many pieces there were."""
        total = 0
        while claimed := await self._claim():
            await asyncio.gather(*(self._finish(job) for job in claimed))
            total += len(claimed)
        return total

    def close(self) -> None:
        """End the threads; what still runs is begun anew by another process."""
        self._pool.shutdown(wait=False, cancel_futures=True)

    async def _claim(self) -> list[Claimed]:
        """As many as are worked on at once."""
        return await self._writer.do(self._claimed)

    def _claimed(self, connection: Connection) -> list[Claimed]:
        found = (jobs.claim(connection, self._holder, self._now()) for _ in range(AT_ONCE))
        return [job for job in found if job is not None]

    async def _finish(self, job: Claimed) -> None:
        state, result = await self._result(job)
        JOBS.add(job.kind, state)
        said = Worked(job=job.kind, result=result).model_dump(mode="json")
        now = self._now()
        if await self._writer.do(lambda connection: jobs.settle(connection, job, state, said, now)):
            self._wake_turns()

    async def _result(self, job: Claimed) -> tuple[str, dict[str, Any]]:
        work = self._kinds[job.kind]
        if job.attempts > TRIES:  # each of them ended with its process
            return "failed", work.failed
        try:
            async with asyncio.timeout(self._longest):
                loop = asyncio.get_running_loop()
                return "done", await loop.run_in_executor(self._pool, work.run, job.details)
        except Exception:  # whatever a file does to its reader, the person is told and the next one is read
            _log.exception("a job failed", job=job.id, kind=job.kind)
            return "failed", work.failed
