"""Processes that work beside the chat, each on one thing at a time; one that fails is ended and replaced."""

import asyncio
import queue
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Generic, Protocol, TypeVar


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
    """Up to `most` workers: they begin with the first work and stay for the next."""

    def __init__(self, begin: Callable[[], W], most: int, name: str) -> None:
        """`begin` starts a worker; `name` is what its threads are called."""
        self._begin = begin
        self._threads = ThreadPoolExecutor(most, thread_name_prefix=name)
        self._free: queue.SimpleQueue[W] = queue.SimpleQueue()
        self._all: set[W] = set()

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
        return result

    def close(self) -> None:
        """End every worker, whatever it is at."""
        for worker in tuple(self._all):
            worker.end()
        self._threads.shutdown(wait=True, cancel_futures=True)

    def _taken(self) -> W:
        """One that has nothing to do and has not died of that, else a new one: there are never more than threads."""
        while True:
            try:
                worker = self._free.get_nowait()
            except queue.Empty:
                break
            if worker.is_alive():
                return worker
            self._all.discard(worker)
            worker.end()
        worker = self._begin()
        self._all.add(worker)
        return worker
