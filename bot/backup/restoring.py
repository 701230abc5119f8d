"""Putting a backup back: onto an empty place, all or nothing, read back and compared, brought to this version.

What happened after the backup is not in it. Where the program ran on, all of that was said and heard by people, and the
restored office must not say it again: what falls due up to the restore counts as said, buttons of that time answer
kindly as old ones, and whoever still owes a report is told what was last received from them.
"""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.backup.archive import Backup, Manifest
from bot.evidence_store import EvidenceStore
from bot.notices import Ticker
from bot.refused import Refused
from handlers import outage
from storage import dump, leases, migrate, offices, taking_up
from storage.audit import record
from storage.desk import Almanac, Desk
from storage.engine import Connection, Engine, writing

RESTORED = "restored"
"""The entry of the record."""
QUESTIONS = 1000
"""How many questions a conversation skips: more than it can have asked after the backup."""


class NotEmpty(Refused):
    """The database has an office already, or the program runs on it."""


@dataclass(frozen=True)
class Restored:
    """What was put back. `told` are the people who will be told what was last received from them."""

    manifest: Manifest
    offices: tuple[str, ...]
    told: int


def restore(
    engine: Engine, store: EvidenceStore, file: Path, now: datetime, almanac: Almanac, *, replace: bool = False
) -> Restored:
    """Put a backup back, with `replace` in the place of what is there. `now` is the machine's.

    Raises Unusable for a file that is damaged or of a newer program, NotEmpty, and `storage.dump.Differs` where the
    database does not have what was written: nothing is changed then.
    """
    with Backup(file) as backup:
        backup.verify()
        if backup.manifest.revision > migrate.HEAD:
            raise Refused("Cadangan ini dari Renaksi yang lebih baru; perbarui programnya dulu.")
        with writing(engine) as connection:
            _ask_for_room(connection, now, replace=replace)
        asyncio.run(_put_evidence(backup, store))
        with writing(engine) as connection:
            _ask_for_room(connection, now, replace=replace)
            _put_tables(connection, backup)
            told = _take_up(connection, backup.manifest, now, almanac)
            return Restored(backup.manifest, tuple(offices.names(connection).values()), told)


def _ask_for_room(connection: Connection, now: datetime, *, replace: bool) -> None:
    revision = migrate.version(connection)
    if revision is None:
        return
    if leases.any_held(connection, now):
        raise NotEmpty("Renaksi masih berjalan pada database ini. Hentikan dulu, tunggu setengah menit, lalu ulangi.")
    known = ", ".join(offices.names(connection).values())
    if known and not replace:
        raise NotEmpty(
            f"Database ini sudah berisi {known}. Pulihkan ke database kosong (DATABASE_URL lain), atau tambahkan "
            "--replace bila semua isinya memang harus diganti."
        )


async def _put_evidence(backup: Backup, store: EvidenceStore) -> None:
    """Before the rows that name it. What is there already has the same content."""
    have = set(store.refs())
    for ref in backup.manifest.evidence:
        if ref not in have:
            await store.put(_pieces(backup, ref))


async def _pieces(backup: Backup, ref: str) -> AsyncIterator[bytes]:
    for piece in backup.evidence(ref):
        yield piece


def _put_tables(connection: Connection, backup: Backup) -> None:
    """Make the tables as they were then, fill them, read them back, and bring them to this version."""
    dump.drop_all(connection)
    migrate.migrate(connection, backup.manifest.revision)
    tables = dump.tables(connection)
    for table in tables:
        rows = backup.manifest.tables[table.name]
        dump.fill(connection, table, rows.columns, backup.lines(table.name))
    for table in tables:
        dump.check(connection, table, backup.manifest.tables[table.name])
    dump.count_on(connection, tables)
    migrate.upgrade_in(connection)


def _take_up(connection: Connection, manifest: Manifest, now: datetime, almanac: Almanac) -> int:
    """Go on from there; return how many people are told."""
    leases.end_all(connection)
    told = 0
    if manifest.running:
        Ticker(almanac, lambda: now).tick(connection, now)
        taking_up.count_as_said(connection, now)
        taking_up.skip_questions(connection, QUESTIONS)
        told = sum(
            _tell(connection, office_id, manifest, now, almanac) for office_id in offices.all_offices(connection)
        )
    for office_id in offices.all_offices(connection):
        desk = Desk(connection, office_id, now, almanac)
        about = {"old": manifest.made_at.isoformat(), "new": now.isoformat()}
        record(connection, office_id, desk.actor(), now, RESTORED, f"office {office_id}", **about)
    return told


def _tell(connection: Connection, office_id: int, manifest: Manifest, now: datetime, almanac: Almanac) -> int:
    """What was last received, to everybody in an office whose report is awaited."""
    desk = Desk(connection, office_id, now, almanac)
    ticker = Ticker(almanac, lambda: now)
    return sum(ticker.write_when_open(desk, one) for one in outage.after_restore(desk, manifest.made_at))
