"""Clearing away what is kept no longer: words and evidence by the offices' rules, and files that nobody needs."""

import asyncio
from datetime import date, datetime, timedelta

import structlog

from bot.clock import MachineClock
from bot.evidence_store import EvidenceStore
from bot.writer import Broken, Writer, attempt
from storage.desk import Almanac, Desk
from storage.engine import Connection, Engine, reading
from storage.keeping import Cleared, clear, named_files

UNNAMED = timedelta(days=7)
"""How long no row has named a file before it is deleted (design.md 3)."""
AT_ONCE = 500
"""Files that are deleted in one go."""

_log = structlog.get_logger(__name__)


class Keeper:
    """Looks with each tick whether something is to be cleared away: once a day for each office and for the store."""

    def __init__(
        self, writer: Writer, engine: Engine, store: EvidenceStore, almanac: Almanac, machine_now: MachineClock
    ) -> None:
        self._writer = writer
        self._engine = engine
        self._store = store
        self._almanac = almanac
        self._machine_now = machine_now
        self._collected_on: date | None = None

    async def clear(self, office_id: int, now: datetime) -> Cleared:
        """What an office keeps no longer on its clock, some of it at a time; its trouble is not the others'."""
        return await self._writer.do(lambda connection: self._clear(connection, office_id, now))

    def _clear(self, connection: Connection, office_id: int, now: datetime) -> Cleared:
        cleared = attempt(connection, lambda one: clear(Desk(one, office_id, now, self._almanac)))
        if isinstance(cleared, Broken):
            _log.error("what is old in an office could not be cleared away", office=office_id, exc_info=cleared.error)
            return Cleared()
        return cleared

    async def collect(self) -> int:
        """Delete files that no row has named for a week, some of them at a time; return how many there were.

        A store that is away is asked again with the next tick, and holds up nothing else.
        """
        now = self._machine_now()
        if self._collected_on == now.date():
            return 0
        try:
            deleted = await asyncio.to_thread(self._delete_unnamed, now - UNNAMED)
        except OSError as away:
            _log.warning("files that nobody needs could not be deleted", reason=str(away))
            return 0
        if deleted < AT_ONCE:
            self._collected_on = now.date()
        return deleted

    def _delete_unnamed(self, since: datetime) -> int:
        """In a thread of its own, beside every transaction: a file that is sent anew meanwhile is written anew."""
        self._store.discard_unfinished(since)
        old = self._store.untouched_since(since)
        if not old:
            return 0
        with reading(self._engine) as connection:
            named = named_files(connection, old, since)
        unnamed = [ref for ref in old if ref not in named][:AT_ONCE]
        return sum(self._store.discard(ref, since) for ref in unnamed)
