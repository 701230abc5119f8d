"""A role that one process at a time plays, such as polling Telegram; another takes it over when its holder dies."""

import asyncio
import uuid
from collections.abc import Callable, Coroutine
from datetime import timedelta
from typing import Any

import structlog

from bot.clock import MachineClock
from bot.writer import Writer
from storage import leases

RENEWALS = 3
"""Renewals within one lease: two may fail before the role is lost."""

_log = structlog.get_logger(__name__)


class Role:
    """One process's claim to a role. `name` is shared by all processes on a database."""

    def __init__(self, writer: Writer, name: str, machine_now: MachineClock, lease: timedelta = leases.LEASE) -> None:
        self._writer = writer
        self._name = name
        self._now = machine_now
        self._lease = lease
        self._holder = uuid.uuid4().hex
        self._task: asyncio.Task[None] | None = None

    async def play(self, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """Do the work whenever this process holds the role, until cancelled; then give it back."""
        try:
            while True:
                await self._follow(await self.is_held(), work)
                await asyncio.sleep(self._lease.total_seconds() / RENEWALS)
        finally:
            await self._stop()
            await self._writer.do(lambda connection: leases.give_back(connection, self._name, self._holder))

    async def is_held(self) -> bool:
        """Take or renew the lease; whether this process holds the role at this moment.

        Where that cannot be learnt, as from a database that is away, it does not: what came in could not be stored
        anyway.
        """
        now = self._now()
        try:
            return await self._writer.do(
                lambda connection: leases.take(connection, self._name, self._holder, now, self._lease)
            )
        except Exception:
            _log.exception("a role could not be renewed", role=self._name)
            return False

    async def _follow(self, held: bool, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        if self._task is not None and self._task.done():
            self._task.result()  # it never ends by itself: whatever ended it ends the process
        if held and self._task is None:
            _log.info("a role was taken", role=self._name)
            self._task = asyncio.create_task(work())
        elif not held:
            await self._stop()

    async def _stop(self) -> None:
        if self._task is not None:
            _log.info("a role was given up", role=self._name)
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
            self._task = None
