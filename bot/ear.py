"""Hears when another process has committed something for a part that this one plays.

It only makes things quick: whatever is not heard is found by the looks that every worker takes every few seconds.
"""

import asyncio
import contextlib
import threading
from collections.abc import Callable, Mapping

import structlog

from bot.bell import PAUSE_AFTER_FAILURE
from storage import calls
from storage.engine import Engine

_log = structlog.get_logger(__name__)


class Ear:
    """Listens in a thread of its own, on a connection of its own. `wake` says what to do for each part, in the event
    loop."""

    def __init__(self, engine: Engine, wake: Mapping[str, Callable[[], None]]) -> None:
        self._engine = engine
        self._wake = wake
        self._stopped = threading.Event()

    async def listen(self) -> None:
        """Wake until cancelled."""
        loop = asyncio.get_running_loop()
        thread = threading.Thread(target=self._hear, args=(loop,), name="ear", daemon=True)
        thread.start()
        try:
            await asyncio.Event().wait()
        finally:
            self._stopped.set()
            await asyncio.to_thread(thread.join)

    def _hear(self, loop: asyncio.AbstractEventLoop) -> None:
        with contextlib.suppress(RuntimeError):  # the loop was closed meanwhile
            while not self._stopped.is_set():
                self._hear_until_lost(loop)
                self._stopped.wait(PAUSE_AFTER_FAILURE)

    def _hear_until_lost(self, loop: asyncio.AbstractEventLoop) -> None:
        """Whoever was deaf for a while may have been called: everything is woken once."""
        try:
            for parts in calls.heard(self._engine, self._stopped):
                loop.call_soon_threadsafe(self._ring, parts)
        except Exception as error:  # whatever the driver raises, the looks go on and the connection comes back
            _log.warning("other processes are not heard", error=type(error).__name__)

    def _ring(self, parts: frozenset[str]) -> None:
        for part in parts & self._wake.keys():
            self._wake[part]()
