"""What `renaksi doctor` says of the nightly backups."""

import os
from datetime import datetime

from bot.findings import Finding
from bot.settings import Settings
from domain.morning import OLDEST_BACKUP
from domain.zones import local
from storage.upkeep import Kept

_CHECK = "cadangan"
_ZONE = "Asia/Jakarta"


def examine_backups(settings: Settings, backup: Kept | None, now: datetime) -> Finding:
    """Whether there is one that is new enough, by what the program last noted."""
    folder = settings.nightly_backups
    if folder is None:
        return Finding(_CHECK, True, "dimatikan", "Cadangkan sendiri: renaksi backup BERKAS.zip")
    existing = next(parent for parent in (folder, *folder.absolute().parents) if parent.exists())
    if not existing.is_dir() or not os.access(existing, os.W_OK):
        return Finding(_CHECK, False, f"folder {folder} tidak dapat ditulis", "Ubah BACKUP_FOLDER di .env.")
    if backup is None:
        return Finding(_CHECK, True, "belum ada", "Dibuat sendiri oleh renaksi run, setiap malam pukul 02.00.")
    mend = f"Coba sendiri: renaksi backup {folder}"
    if backup.done_at is None:
        return Finding(_CHECK, False, f"belum pernah berhasil: {backup.trouble}", mend)
    at = f"terakhir {local(backup.done_at, _ZONE):%Y-%m-%d %H.%M} WIB"
    if now - backup.done_at > OLDEST_BACKUP:
        return Finding(_CHECK, False, f"{at}{f', gagal: {backup.trouble}' if backup.trouble else ''}", mend)
    return Finding(_CHECK, True, at)
