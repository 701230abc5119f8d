"""Writing a backup while the program runs: the database at one moment first, then the evidence that it names.

It is written under a temporary name that only this account can read, read back and compared, and only then given its
name: a file of that name is a whole backup.
"""

import errno
import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from importlib import metadata
from pathlib import Path
from typing import Protocol
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from bot.backup.archive import BESIDE, EVIDENCE, MANIFEST, TABLES, Backup, Manifest, beside
from bot.durable import flush_folder
from storage import dump, leases, migrate
from storage.dump import Counting, Rows
from storage.engine import Connection, Engine, reading

RESERVE = 300 * 1024 * 1024
"""Bytes that a backup leaves free on the disk: the program itself needs them to go on."""
UNFINISHED = ".renaksi-"
"""How the name of a file begins that is not whole yet."""
_LOOK_EVERY = 5000
"""Rows after which the disk is looked at again."""


class Store(Protocol):
    """Where the evidence is."""

    def refs(self) -> Iterable[str]:
        """Every file."""
        ...

    def read(self, ref: str) -> bytes:
        """Its bytes. Raises FileNotFoundError."""
        ...


class NotHere(Exception):
    """The database has no tables of this version: there is nothing to back up."""


@dataclass(frozen=True)
class Made:
    """A backup that was written and read back."""

    path: Path
    size: int
    manifest: Manifest

    @property
    def rows(self) -> int:
        """Of all tables."""
        return sum(rows.number for rows in self.manifest.tables.values())


def back_up(engine: Engine, store: Store, target: Path, now: datetime, *, apart: bool = False) -> Made:
    """Write everything into `target`; with `apart` the evidence beside it, where it is not there already.

    Raises NotHere, OSError where it cannot be written or the disk has no room, and Unusable where what was written
    cannot be read back.
    """
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=UNFINISHED)  # for this account alone: 0600
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            with ZipFile(file, "w", ZIP_DEFLATED) as archive:
                _write(archive, engine, store, target.parent, now, apart=apart)
            file.flush()
            os.fsync(file.fileno())
        with Backup(temporary) as written:
            written.verify()
            manifest = written.manifest
        temporary.replace(target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    flush_folder(target.parent)
    return Made(target, target.stat().st_size, manifest)


def _write(archive: ZipFile, engine: Engine, store: Store, folder: Path, now: datetime, *, apart: bool) -> None:
    with reading(engine) as connection:
        revision = migrate.version(connection)
        if revision != migrate.HEAD:
            raise NotHere
        running = leases.any_held(connection, now)
        tables = {table.name: _write_table(archive, connection, table, folder) for table in dump.tables(connection)}
    kept, damaged = _write_evidence(archive, store, folder, apart=apart)
    program = metadata.version("renaksi")
    manifest = Manifest(now, program, revision, running, tables, tuple(kept), tuple(damaged), apart)
    archive.writestr(MANIFEST, manifest.to_json())


def _write_table(archive: ZipFile, connection: Connection, table: dump.Table, folder: Path) -> Rows:
    counting, names = Counting(), dump.columns(table)
    with archive.open(f"{TABLES}/{table.name}.jsonl", "w", force_zip64=True) as out:
        for line in _with_room(counting.through(dump.lines(connection, table, names)), folder):
            out.write(line)
    return counting.rows(names)


def _with_room(lines: Iterator[bytes], folder: Path) -> Iterator[bytes]:
    for number, line in enumerate(lines):
        if number % _LOOK_EVERY == 0:
            ask_for_room(folder)
        yield line


def _write_evidence(archive: ZipFile, store: Store, folder: Path, *, apart: bool) -> tuple[list[str], list[str]]:
    """The files that were written, and those that were damaged already."""
    if apart:
        (folder / BESIDE).mkdir(exist_ok=True, mode=0o700)
    kept: list[str] = []
    damaged: list[str] = []
    for ref in sorted(store.refs()):
        if apart and beside(folder, ref).is_file():
            kept.append(ref)
            continue
        try:
            data = store.read(ref)
        except FileNotFoundError:  # nobody needed it any more, and it went meanwhile
            continue
        ask_for_room(folder, len(data))
        if hashlib.sha256(data).hexdigest() != ref:
            damaged.append(ref)
        elif apart:
            _put_beside(folder, ref, data)
            kept.append(ref)
        else:
            archive.writestr(ZipInfo(f"{EVIDENCE}/{ref}"), data, ZIP_STORED)  # photos do not get smaller
            kept.append(ref)
    return kept, damaged


def _put_beside(folder: Path, ref: str, data: bytes) -> None:
    final = beside(folder, ref)
    final.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, name = tempfile.mkstemp(dir=folder, prefix=UNFINISHED)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(final)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    flush_folder(final.parent)


def ask_for_room(folder: Path, more: int = 0) -> None:
    """Raises OSError where the disk would be left with too little."""
    if shutil.disk_usage(folder).free - more < RESERVE:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
