"""What keeps an installation going: a backup every night, a look at the disk, and one at how the tables have grown. One
process of all does it.

The backup is made by a process of its own, so that nobody waits for it and its memory goes with it.
"""

import asyncio
import contextlib
import os
import platform
import shutil
import sys
from collections.abc import Sequence
from datetime import datetime, time, timedelta
from pathlib import Path

import structlog

from bot.bell import PAUSE_AFTER_FAILURE
from bot.clock import MachineClock
from bot.role import Role
from bot.settings import Settings
from bot.writer import Writer
from storage import statistics, upkeep
from storage.engine import Connection
from storage.upkeep import Kept

ROLE = "upkeep"
AT = time(2)
"""When a backup falls due, on the machine's own clock: at night, when nobody writes."""
AFTER = 2.0
"""Seconds after the start at which the role is asked for: the first messages are asked for before."""
FIRST_LOOK = 300.0
"""Seconds with the role before the first look: a machine that was off at night has enough to do when it comes up."""
LOOKS = 60.0
"""Seconds between two looks."""
AGAIN = timedelta(hours=1)
"""How long after a failure it is tried again."""

_log = structlog.get_logger(__name__)


class Upkeep:
    """Looks every minute whether something is due, while this process holds the role."""

    def __init__(
        self,
        settings: Settings,
        writer: Writer,
        machine_now: MachineClock,
        command: Sequence[str] = (sys.executable, "-m", "bot", "backup"),
    ) -> None:
        """`command` makes a backup in the folder that is put behind it."""
        self._folder = settings.nightly_backups
        self._disks = [path for path in (_database_folder(settings), settings.evidence_folder, self._folder) if path]
        self._writer = writer
        self._now = machine_now
        self._command = command
        self._gathered_at: datetime | None = None

    async def run(self, role: Role) -> None:
        """Look after it until cancelled."""
        await asyncio.sleep(AFTER)
        await role.play(self._look_again_and_again)

    async def _look_again_and_again(self) -> None:
        await asyncio.sleep(FIRST_LOOK)
        while True:
            try:
                await self.look()
            except Exception:
                _log.exception("backup and disk could not be looked after")
                await asyncio.sleep(PAUSE_AFTER_FAILURE)
            await asyncio.sleep(LOOKS)

    async def look(self) -> bool:
        """Note what is free on the disk, once a night how the tables have grown, and make a backup where one is due.
        Say whether one was made."""
        free = min(map(_free, self._disks))
        now, machine = self._now(), platform.node()
        if self._gathered_at is None or self._gathered_at < last_hour(now.astimezone()):
            await self._writer.do(statistics.gather)
            self._gathered_at = now
        standing = await self._writer.do(lambda connection: _noted(connection, machine, free, now))
        if self._folder is None:
            if standing.backup is not None:
                await self._writer.do(upkeep.forget_backups)
            return False
        if not is_due(standing.backup, now):
            return False
        return await self._back_up(self._folder)

    async def _back_up(self, folder: Path) -> bool:
        trouble = await self._made(folder)
        now = self._now()
        if trouble:
            _log.error("the nightly backup failed: make room or choose another BACKUP_FOLDER", reason=trouble)
            await self._writer.do(lambda connection: upkeep.note_failed_backup(connection, trouble, now))
            return False
        size = await asyncio.to_thread(_newest_size, folder)
        _log.info("the nightly backup is whole", bytes=size)
        await self._writer.do(lambda connection: upkeep.note_backup(connection, size, now))
        return True

    async def _made(self, folder: Path) -> str:
        """Make a backup in a process of its own; return why it failed, empty where it did not."""
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        process = await asyncio.create_subprocess_exec(
            *self._command, str(folder), stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        )  # fmt: skip
        try:
            _out, told = await process.communicate()
        finally:
            if process.returncode is None:
                with contextlib.suppress(ProcessLookupError):
                    process.kill()
                await process.wait()
        if process.returncode == 0:
            return ""
        lines = [line for line in told.decode(errors="replace").splitlines() if not line.startswith("{")]
        return lines[-1] if lines else f"kode keluar {process.returncode}"


def is_due(backup: Kept | None, now: datetime) -> bool:
    """Whether none was made since the last night's hour, and none has failed just now. `now` is the machine's."""
    if backup is None:
        return True
    if backup.trouble and now - backup.at < AGAIN:
        return False
    return backup.done_at is None or backup.done_at < last_hour(now.astimezone())


def last_hour(local: datetime) -> datetime:
    """The newest instant before a local one at which a backup fell due."""
    today = local.replace(hour=AT.hour, minute=AT.minute, second=0, microsecond=0)
    return today if today <= local else today - timedelta(days=1)


def _noted(connection: Connection, machine: str, free: int, now: datetime) -> upkeep.Standing:
    upkeep.note_disk(connection, machine, free, now)
    return upkeep.standing(connection)


def _database_folder(settings: Settings) -> Path:
    """Where the database lies; where that is a server, what else this machine writes lies here."""
    kind, _, path = settings.database_url.partition(":///")
    return Path(path).parent if kind.startswith("sqlite") else Path()


def _free(folder: Path) -> int:
    """Bytes that are free where a folder is, or will be."""
    existing = next(parent for parent in (folder, *folder.absolute().parents) if parent.exists())
    return shutil.disk_usage(existing).free


def _newest_size(folder: Path) -> int:
    newest = max(folder.glob("renaksi-*.zip"), key=lambda path: path.name, default=None)
    return 0 if newest is None else newest.stat().st_size
