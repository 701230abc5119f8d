"""What keeps a worker working: a bell when there is something to do, and a look every so often in case none rang."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable

import structlog

PAUSE_AFTER_FAILURE = 1.0
"""Seconds before work that raised is taken up again: a database that is away comes back."""

_log = structlog.get_logger(__name__)


class Bell:
    """Wakes one worker. Rings while it is busy are heard once, when it is done."""

    def __init__(self) -> None:
        self._rung = asyncio.Event()

    def ring(self) -> None:
        """There may be something to do."""
        self._rung.set()

    async def heard(self, at_most: float) -> None:
        """Return when it rings, after `at_most` seconds in any case."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(at_most):
                await self._rung.wait()
        self._rung.clear()


async def work_on(work: Callable[[], Awaitable[object]], bell: Bell, every: float, failed: str) -> None:
    """Work now, whenever it rings, and every `every` seconds, until cancelled; a failure is logged as `failed`."""
    while True:
        try:
            await work()
        except Exception:
            _log.exception(failed)
            await asyncio.sleep(PAUSE_AFTER_FAILURE)
        else:
            await bell.heard(every)
