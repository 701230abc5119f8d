"""Processes that work beside the chat, each on one thing at a time; one that fails is ended and replaced."""

import asyncio
import queue
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Lock, Timer
from typing import Generic, Protocol, TypeVar

REST = 600.0
"""Seconds without work after which workers end: one takes some 50 MB."""


class Worker(Protocol):
    """A process."""

    def is_alive(self) -> bool:
        """Whether it has not ended by itself."""
        ...

    def end(self) -> None:
        """End it, whatever it is at."""
        ...


W = TypeVar("W", bound=Worker)
T = TypeVar("T")


class Crew(Generic[W]):
    """Up to `most` workers: they begin with the first work, stay for the next, and end when there was none for long."""

    def __init__(
        self,
        begin: Callable[[], W],
        most: int,
        name: str,
        *,
        rest: float = REST,
        at_rest: Callable[[], None] = lambda: None,
    ) -> None:
        """`begin` starts a worker; `name` is what its threads are called. `rest` is how long workers stay without
        work, in seconds; `at_rest` is called when the last of them has ended so."""
        self._begin = begin
        self._threads = ThreadPoolExecutor(most, thread_name_prefix=name)
        self._free: queue.SimpleQueue[W] = queue.SimpleQueue()
        self._all: set[W] = set()
        self._rest, self._at_rest = rest, at_rest
        self._resting: Timer | None = None
        self._turnover = Lock()
        """Held while workers begin or are sent home."""

    async def do(self, work: Callable[[W], T]) -> T:
        """What a worker makes of it, waited for outside the event loop. Raises what `work` raises."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, lambda: self.done(work))

    def done(self, work: Callable[[W], T]) -> T:
        """The same, in the thread of the caller."""
        worker = self._taken()
        try:
            result = work(worker)
        except BaseException:
            self._all.discard(worker)
            worker.end()
            raise
        self._free.put(worker)
        self._rest_later()
        return result

    def close(self) -> None:
        """End every worker, whatever it is at."""
        if self._resting is not None:
            self._resting.cancel()
        for worker in tuple(self._all):
            worker.end()
        self._threads.shutdown(wait=True, cancel_futures=True)

    def _taken(self) -> W:
        """One that has nothing to do and has not died of that, else a new one: there are never more than threads."""
        while (worker := self._idle()) is not None:
            if worker.is_alive():
                return worker
            self._all.discard(worker)
            worker.end()
        with self._turnover:
            worker = self._begin()
            self._all.add(worker)
        return worker

    def _rest_later(self) -> None:
        """From now on it is counted how long there is no work."""
        with self._turnover:
            if self._resting is not None:
                self._resting.cancel()
            self._resting = Timer(self._rest, self._send_home)
            self._resting.daemon = True
            self._resting.start()

    def _send_home(self) -> None:
        """End those that have nothing to do."""
        with self._turnover:
            while (worker := self._idle()) is not None:
                self._all.discard(worker)
                worker.end()
            if not self._all:
                self._at_rest()

    def _idle(self) -> W | None:
        try:
            return self._free.get_nowait()
        except queue.Empty:
            return None
