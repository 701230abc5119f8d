"""The one thread of a process that writes: it commits in groups, with a savepoint for each piece of work.

A durable commit costs a flush to the disk. Work that arrives while one is under way is committed together by the
next, so that many people at once cost little more than one; a piece that fails is rolled back alone.
"""

import asyncio
import queue
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, TypeVar

import structlog

from bot.tally import GROUPS
from storage.engine import Connection, DatabaseError, Engine, is_conflict, savepoint, writing

LARGEST_GROUP = 64
"""Pieces of work in one commit: enough to hide the flush, few enough to answer soon."""
TRIES = 3
"""Times that one piece runs while other processes' locks end its transaction."""

T = TypeVar("T")
_log = structlog.get_logger(__name__)


class WriterClosed(RuntimeError):
    """Work was given to a writer that has ended."""


@dataclass(frozen=True)
class Broken:
    """What a piece of work raised; everything it had written is rolled back."""

    error: Exception


def attempt(connection: Connection, run: Callable[[Connection], T]) -> T | Broken:
    """Run one piece in a savepoint. A conflict with another process ends the whole transaction: it is raised."""
    try:
        with savepoint(connection):
            return run(connection)
    except Exception as error:
        if is_lost_to_another(error):
            raise
        return Broken(error)


def is_lost_to_another(error: Exception) -> bool:
    """Whether another process's locks or a lost connection ended the transaction, so that it may simply run again."""
    return isinstance(error, DatabaseError) and is_conflict(error)


@dataclass
class _Work:
    run: Callable[[Connection], Any]
    loop: asyncio.AbstractEventLoop
    outcome: asyncio.Future[Any]
    is_last: bool
    withdrawn: bool = False


class Writer:
    """Runs pieces of work against the database, one after the other, each all or nothing.

    A piece may run more than once before it is committed: it changes nothing but the database.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._queue: queue.SimpleQueue[_Work | None] = queue.SimpleQueue()
        self._gate = threading.Lock()
        self._closed = False
        self._thread = threading.Thread(target=self._work, name="writer", daemon=True)
        self._thread.start()

    async def do(self, run: Callable[[Connection], T]) -> T:
        """Run `run` in a transaction and return what it returned after the commit. What it raises is raised here.

        Who is cancelled while waiting withdraws work that has not begun; what has begun is carried out.
        """
        work = self._put(run, is_last=False)
        try:
            return await work.outcome
        except asyncio.CancelledError:
            work.withdrawn = True
            raise

    def begin(self, run: Callable[[Connection], T], *, last: bool = False) -> "asyncio.Future[T]":
        """The same from now on, whether anybody waits for it or not; it cannot be withdrawn. The `last` of what is
        committed together finds the others done."""
        return self._put(run, is_last=last).outcome

    def _put(self, run: Callable[[Connection], Any], *, is_last: bool) -> _Work:
        loop = asyncio.get_running_loop()
        work = _Work(run, loop, loop.create_future(), is_last)
        with self._gate:
            if self._closed:
                raise WriterClosed("the writer has ended")
            self._queue.put(work)
        return work

    def close(self) -> None:
        """Finish what was given and end the thread."""
        with self._gate:
            if not self._closed:
                self._closed = True
                self._queue.put(None)
        self._thread.join()

    def _work(self) -> None:
        while True:
            group, last = self._next_group()
            wanted = sorted((work for work in group if not work.withdrawn), key=lambda work: work.is_last)
            if wanted:
                self._commit(wanted)
            if last:
                return

    def _next_group(self) -> tuple[list[_Work], bool]:
        """Wait for work, then take what else is there; the flag says that the writer was closed."""
        group: list[_Work] = []
        first = self._queue.get()
        while first is not None:
            group.append(first)
            if len(group) == LARGEST_GROUP or self._queue.empty():
                return group, False
            first = self._queue.get()
        return group, True

    def _commit(self, group: list[_Work], tries: int = TRIES) -> None:
        try:
            results = self._run_together(group)
        except Exception as error:
            self._commit_singly(group, error, tries)
            return
        _tell(group, results)

    def _commit_singly(self, group: list[_Work], error: Exception, tries: int) -> None:
        """The transaction of a group failed: nobody pays for a neighbour, and who lost to another process retries."""
        _log.info("work is run again, one by one", size=len(group), error=type(error).__name__)
        if len(group) > 1:
            for work in group:
                self._commit([work])
        elif tries > 1 and is_lost_to_another(error):
            self._commit(group, tries - 1)
        else:
            _tell(group, [Broken(error)])

    def _run_together(self, group: list[_Work]) -> list[Any]:
        GROUPS.add(len(group))
        if len(group) == 1:
            return [self._run_alone(group[0])]
        with writing(self._engine) as connection:
            return [attempt(connection, work.run) for work in group]

    def _run_alone(self, work: _Work) -> Any:
        """One piece needs no savepoint: nothing of a neighbour would be rolled back with it."""
        try:
            with writing(self._engine) as connection:
                return work.run(connection)
        except Exception as error:
            if is_lost_to_another(error):
                raise
            return Broken(error)


def _tell(group: list[_Work], results: list[Any]) -> None:
    """Hand over what came of a group: each loop is woken once for all of its work, which takes longer than telling."""
    by_loop: dict[asyncio.AbstractEventLoop, list[tuple[_Work, Any]]] = {}
    for work, result in zip(group, results, strict=True):
        by_loop.setdefault(work.loop, []).append((work, result))
    for loop, told in by_loop.items():
        with suppress(RuntimeError):  # nobody waits any more: the loop has ended
            loop.call_soon_threadsafe(_settle, told)


def _settle(told: list[tuple[_Work, Any]]) -> None:
    for work, result in told:
        if work.outcome.done():  # who waited was cancelled meanwhile
            continue
        if isinstance(result, Broken):
            work.outcome.set_exception(result.error)
        else:
            work.outcome.set_result(result)
