"""When the morning report goes to the office's admins, and what is wrong enough to stand first in it.

Nobody is written to on a free day because all is well; what is wrong is told then, too, once it is new.
"""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum

AT, UNTIL = time(6), time(12)
"""From when it is told, and until when it is still of use, on the office's clock."""
SPAN = timedelta(hours=24)
"""What it tells of."""
LEAST_DISK = 1024**3
"""Bytes of free disk below which photos may soon not fit."""
OLDEST_BACKUP = timedelta(days=2)


class MorningReport(StrEnum):
    """On which days the admins want it."""

    DAILY = "daily"
    """On every working day, and on others when something is wrong."""
    TROUBLE = "trouble"
    """Only when something is wrong."""
    NEVER = "never"


class Warned(StrEnum):
    """What is wrong."""

    DISK = "disk"
    BACKUP = "backup"
    SET_ASIDE = "set aside"


@dataclass(frozen=True)
class LastDay:
    """How it went for an office in a day, and how the machine stands.

    `received`, `sent`, `failed` and `set_aside` are messages, `unreachable` people. `free` are bytes on the fullest
    disk as it was last seen at `seen_at`, None where no program has looked. `backed_up_at` is the last whole backup,
    None for none, of `backup_size` bytes; `backups` says whether any are made; `trouble` why the last one failed.
    """

    received: int = 0
    sent: int = 0
    failed: int = 0
    set_aside: int = 0
    unreachable: int = 0
    seen_at: datetime | None = None
    free: int | None = None
    backups: bool = False
    backed_up_at: datetime | None = None
    backup_size: int = 0
    trouble: str = ""

    @property
    def warnings(self) -> tuple[Warned, ...]:
        """What is wrong, the most urgent first; a backup is late by when the program last looked."""
        found = {
            Warned.DISK: self.free is not None and self.free < LEAST_DISK,
            Warned.BACKUP: self.backups and self._is_late,
            Warned.SET_ASIDE: self.set_aside > 0,
        }
        return tuple(one for one, is_wrong in found.items() if is_wrong)

    @property
    def _is_late(self) -> bool:
        if self.backed_up_at is None:
            return bool(self.trouble)
        return self.seen_at is not None and self.seen_at - self.backed_up_at > OLDEST_BACKUP
