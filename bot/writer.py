"""The one thread of a process that writes: it commits in groups, with a savepoint for each piece of work.

A durable commit costs a flush to the disk. Work that arrives while one is under way is committed together by the
next, so that many people at once cost little more than one; a piece that fails is rolled back alone.
"""

import asyncio
import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any, TypeVar

import structlog

from storage.engine import Connection, DatabaseError, Engine, is_conflict, writing

LARGEST_GROUP = 64
"""Pieces of work in one commit: enough to hide the flush, few enough to answer soon."""

T = TypeVar("T")
_log = structlog.get_logger(__name__)


@dataclass
class _Work:
    run: Callable[[Connection], Any]
    outcome: Future[Any] = field(default_factory=Future)


class WriterClosed(RuntimeError):
    """Work was given to a writer that has ended."""


class Writer:
    """Runs pieces of work against the database, one after the other, each all or nothing."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._queue: queue.SimpleQueue[_Work | None] = queue.SimpleQueue()
        self._closed = False
        self._thread = threading.Thread(target=self._work, name="writer", daemon=True)
        self._thread.start()

    async def do(self, run: Callable[[Connection], T]) -> T:
        """Run `run` in a transaction and return what it returned after the commit. What it raises is raised here."""
        if self._closed:
            raise WriterClosed("the writer has ended")
        work = _Work(run)
        self._queue.put(work)
        return await asyncio.wrap_future(work.outcome)

    def close(self) -> None:
        """Finish what was given and end the thread."""
        if not self._closed:
            self._closed = True
            self._queue.put(None)
            self._thread.join()

    def _work(self) -> None:
        while True:
            group, last = self._next_group()
            if group:
                self._commit(group)
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

    def _commit(self, group: list[_Work]) -> None:
        try:
            results = self._run_together(group)
        except Exception as error:
            if len(group) == 1:
                group[0].outcome.set_exception(error)
                return
            # Another process's locks or a lost connection took the whole group down: nobody pays for his neighbour.
            _log.info("group retried one by one", size=len(group), error=type(error).__name__)
            for work in group:
                self._commit([work])
            return
        for work, result in zip(group, results, strict=True):
            if isinstance(result, _Raised):
                work.outcome.set_exception(result.error)
            else:
                work.outcome.set_result(result)

    def _run_together(self, group: list[_Work]) -> list[Any]:
        with writing(self._engine) as connection:
            return [_run_alone(connection, work) for work in group]


@dataclass(frozen=True)
class _Raised:
    error: Exception


def _run_alone(connection: Connection, work: _Work) -> Any:
    """Run one piece in a savepoint. A conflict with another process ends the whole transaction and is not caught."""
    try:
        with connection.begin_nested():
            return work.run(connection)
    except DatabaseError as error:
        if is_conflict(error):
            raise
        return _Raised(error)
    except Exception as error:
        return _Raised(error)
