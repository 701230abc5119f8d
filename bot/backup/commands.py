"""`renaksi backup` and `renaksi restore`: what they do, and what is said of it."""

from datetime import datetime
from decimal import Decimal
from pathlib import Path

from bot.backup.archive import BESIDE, Backup, Manifest, Unusable
from bot.backup.making import Made, NotHere
from bot.backup.making import back_up as write
from bot.backup.restoring import restore
from bot.backup.rotation import name_of, rotate
from bot.evidence_store import EvidenceStore, open_store
from bot.holiday_dates import NationalAlmanac
from bot.refused import Refused, why
from bot.settings import Settings
from domain.zones import local
from handlers.texts.formats import number
from storage.dump import Differs
from storage.engine import Engine, open_engine

SUFFIX = ".zip"
_ZONE = "Asia/Jakarta"


class Unwritten(Exception):
    """The backup could not be written; the message says why, in Indonesian."""


def back_up(settings: Settings, target: Path, now: datetime) -> str:
    """Write one file, or one more into a folder, whose old ones go by the rule; return what was done.

    Raises Refused for a name that will not do, and where it could not be written.
    """
    is_folder = target.is_dir() or not target.suffix
    if not is_folder and target.suffix.lower() != SUFFIX:
        raise Refused(f"Nama berkas cadangan harus berakhiran {SUFFIX}, atau beri nama folder.")
    if not is_folder and target.exists():
        raise Refused(f"Berkas {target} sudah ada dan tidak ditimpa; pilih nama lain.")
    engine = open_engine(settings.database_url)
    try:
        if is_folder:
            return _told(back_up_nightly(engine, open_store(settings), target, now))
        return _told(_written(engine, open_store(settings), target, now))
    finally:
        engine.dispose()


def back_up_nightly(engine: Engine, store: EvidenceStore, folder: Path, now: datetime) -> Made:
    """One more backup in a folder; only when it is whole the old ones go. Raises Refused."""
    moment = now.astimezone()
    made = _written(engine, store, folder / name_of(moment), now, apart=True)
    rotate(folder, now)
    return made


def _written(engine: Engine, store: EvidenceStore, target: Path, now: datetime, *, apart: bool = False) -> Made:
    try:
        return write(engine, store, target, now, apart=apart)
    except NotHere as nothing:
        raise Refused("Belum ada yang dicadangkan: muat dulu kantornya dengan renaksi load.") from nothing
    except OSError as failed:
        raise Refused(f"Cadangan tidak dapat ditulis ke {target}: {why(failed)}.") from failed
    except Unusable as broken:
        raise Refused(f"Cadangan tertulis tetapi tidak utuh, dan dihapus lagi. {broken}") from broken


def examine(file: Path) -> str:
    """Read a backup to its end; return what it holds. Raises Refused where it is not whole."""
    try:
        with Backup(file) as backup:
            backup.verify()
            return f"Cadangan utuh. {_held(backup.manifest)}"
    except Unusable as broken:
        raise Refused(str(broken)) from broken


def put_back(settings: Settings, file: Path, now: datetime, *, replace: bool) -> str:
    """Restore a backup; return what was done. Raises Refused, and nothing is changed then."""
    engine = open_engine(settings.database_url)
    try:
        restored = restore(engine, open_store(settings), file, now, NationalAlmanac(), replace=replace)
    except Unusable as broken:
        raise Refused(f"{broken} Tidak ada yang diubah.") from broken
    except Differs as differs:
        raise Refused(
            f"Tabel {differs} tidak terbaca kembali seperti dalam cadangan. Tidak ada yang diubah."
        ) from differs
    except OSError as failed:
        raise Refused(f"Bukti tidak dapat ditulis: {why(failed)}. Database tidak diubah.") from failed
    finally:
        engine.dispose()
    told = f" {restored.told} orang akan diberi tahu apa yang terakhir diterima dari mereka." if restored.told else ""
    listed = ", ".join(restored.offices) or "tanpa kantor"
    return f"Dipulihkan: {listed}. {_held(restored.manifest)}{told} Jalankan renaksi doctor, lalu renaksi run."


def _told(made: Made) -> str:
    size = max(1, round(made.size / 1024**2))
    where = f" dan folder {BESIDE} di sampingnya" if made.manifest.apart else ""
    return f"Cadangan ditulis ke {made.path}{where} ({size} MB) dan sudah dibaca ulang. {_held(made.manifest)}"


def _held(manifest: Manifest) -> str:
    """What is in a backup, in words."""
    at = local(manifest.made_at, _ZONE)
    rows, files = sum(one.number for one in manifest.tables.values()), len(manifest.evidence)
    counted = f"{number(Decimal(rows))} baris, {number(Decimal(files))} berkas bukti"
    held = f"Isi: keadaan {at:%Y-%m-%d %H.%M} WIB, {counted}."
    if not manifest.damaged:
        return held
    return f"{held} {len(manifest.damaged)} berkas bukti sudah rusak di tempat asalnya dan tidak ikut."
