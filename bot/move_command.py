"""`renaksi move`: from SQLite on one machine to a PostgreSQL for several, evidence with it, all of it compared."""

import asyncio
import hashlib
from collections.abc import AsyncIterator, Callable

from bot.evidence_store import EvidenceStore
from bot.refused import Refused
from bot.settings import Settings
from bot.shelves import StoreAway, shown
from storage import moving
from storage.engine import DatabaseError, InUse, is_postgresql, open_alone, open_engine

Tell = Callable[[str], None]


def move_tables(settings: Settings, to: str, tell: Tell) -> None:
    """Copy every table of the SQLite file of the settings to an empty PostgreSQL. Raises Refused."""
    if not is_postgresql(to):
        raise Refused("--to menyebut PostgreSQL, mis. postgresql://pengguna:sandi@server/renaksi.")
    source, target = open_alone(settings.database_url), open_engine(to)
    try:
        moved = moving.move(source, target)
    except InUse as running:
        raise Refused("Database sedang dipakai. Hentikan renaksi run, lalu ulangi renaksi move.") from running
    except moving.NotMoved as refused:
        raise Refused(_why(refused)) from refused
    except DatabaseError as failed:
        raise Refused("Database tujuan tidak dapat dipakai. Periksa alamat --to dan hak penggunanya.") from failed
    finally:
        source.dispose()
        target.dispose()
    for one in moved:
        tell(f"{one.table}: {one.rows} baris, SHA-256 {one.sha256[:16]}")
    tell(
        f"{sum(one.rows for one in moved)} baris dari {len(moved)} tabel disalin dan dicocokkan satu per satu. "
        "Tulis alamat --to itu di .env sebagai DATABASE_URL, lalu jalankan renaksi run."
    )


def _why(refused: moving.NotMoved) -> str:
    match refused:
        case moving.OldSource():
            return "Database ini dari versi lain. Jalankan renaksi audit verify sekali, lalu ulangi renaksi move."
        case moving.TargetTaken():
            return f"Database tujuan tidak kosong (tabel {refused}). Buat database baru, lalu ulangi renaksi move."
        case moving.RowRefused():
            return f"Isi tabel {refused} tidak diterima database tujuan; tidak ada yang dipindah. Hubungi pengembang."
        case _:
            return f"Hasil salinan berbeda pada {refused}; tidak ada yang dipindah. Ulangi renaksi move."


def move_evidence(settings: Settings, to: str, tell: Tell) -> None:
    """Copy every file of evidence to another store and read it back. Raises Refused."""
    source = EvidenceStore.at(settings.evidence_url, settings.evidence_access)
    target = EvidenceStore.at(to, settings.evidence_access)
    try:
        target.try_out()
        number, damaged = asyncio.run(_copied(source, target))
    except StoreAway as away:
        raise Refused(f"Bukti tidak dapat dipindah ke {shown(to)}: {away}. Periksa alamatnya, lalu ulangi.") from away
    for ref in damaged:
        tell(f"Berkas {ref} sudah rusak di tempat asalnya dan dilewati; ambil dari cadangan.")
    tell(f"{number} berkas bukti disalin dan dicocokkan. Tulis di .env: EVIDENCE_URL={shown(to)}")


async def _copied(source: EvidenceStore, target: EvidenceStore) -> tuple[int, list[str]]:
    """How many files are there now, compared by their hash, and the names of those that were damaged before.

    Raises StoreAway, also where a file does not arrive as it was.
    """
    number, damaged = 0, list[str]()
    for ref in source.refs():
        content = source.read(ref)
        if hashlib.sha256(content).hexdigest() != ref:
            damaged.append(ref)
            continue
        if not _has(target, ref):
            await target.put(_whole(content))
        if not _has(target, ref):
            raise StoreAway(f"berkas {ref} tidak sampai utuh")
        number += 1
    return number, damaged


def _has(store: EvidenceStore, ref: str) -> bool:
    """Whether a store has a file, and its content is what its name says."""
    try:
        return hashlib.sha256(store.read(ref)).hexdigest() == ref
    except FileNotFoundError:
        return False


async def _whole(content: bytes) -> AsyncIterator[bytes]:
    yield content
