"""How an installation is doing, as it was last seen: its backups, its disks, and whether somebody guesses codes; for
whoever reads about it later and on another machine."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, select, true, update

from storage import schema
from storage.rows import put

BACKUP = "backup"
DISK = "disk:"
"""How the name of a disk begins, before that of its machine."""
GUESSING = "guessing"
GONE = timedelta(days=7)
"""After how long without news a machine is not ours any more."""

_upkeep = schema.upkeep
_GUESSED_AT = select(_upkeep.c.at).where(_upkeep.c.name == GUESSING)


@dataclass(frozen=True)
class Kept:
    """How it stands with the backups: when one was last tried and when one last went well, None for never; how many
    bytes it has; why the last one failed, empty where it did not."""

    at: datetime
    done_at: datetime | None
    bytes: int
    trouble: str


@dataclass(frozen=True)
class Standing:
    """All that is known. `free` are the bytes on the disk that has the fewest, `seen_at` when a program last looked at
    one; None where none has yet. `backup` is None where none is made."""

    seen_at: datetime | None = None
    free: int | None = None
    backup: Kept | None = None


def note_disk(connection: Connection, machine: str, free: int, now: datetime) -> None:
    """A program has looked at a machine's disk."""
    values = {"name": f"{DISK}{machine}", "at": now, "done_at": now, "bytes": free, "trouble": ""}
    put(connection, _upkeep, "name", values, true())
    connection.execute(delete(_upkeep).where(_upkeep.c.name.startswith(DISK), _upkeep.c.at < now - GONE))


def note_backup(connection: Connection, size: int, now: datetime) -> None:
    """A backup of so many bytes went well."""
    values = {"name": BACKUP, "at": now, "done_at": now, "bytes": size, "trouble": ""}
    put(connection, _upkeep, "name", values, true())


def note_failed_backup(connection: Connection, trouble: str, now: datetime) -> None:
    """A backup failed; when one last went well stays known."""
    failed = connection.execute(
        update(_upkeep).where(_upkeep.c.name == BACKUP).values(at=now, trouble=trouble).returning(_upkeep.c.name)
    )
    if failed.first() is None:
        values = {"name": BACKUP, "at": now, "done_at": None, "bytes": 0, "trouble": trouble}
        put(connection, _upkeep, "name", values, true())


def forget_backups(connection: Connection) -> None:
    """None are made here any more."""
    connection.execute(delete(_upkeep).where(_upkeep.c.name == BACKUP))


def note_guessing(connection: Connection, now: datetime) -> None:
    """Somebody tried so many wrong codes that their address must wait; `now` is the offices'."""
    values = {"name": GUESSING, "at": now, "done_at": None, "bytes": 0, "trouble": ""}
    put(connection, _upkeep, "name", values, true())


def guessed_at(connection: Connection) -> datetime | None:
    """When that last happened; None for never."""
    return connection.execute(_GUESSED_AT).scalar_one_or_none()


def standing(connection: Connection) -> Standing:
    """How it stands."""
    rows = connection.execute(select(_upkeep)).all()
    disks = [row for row in rows if row.name.startswith(DISK)]
    seen_at, free = max((row.at for row in disks), default=None), min((row.bytes for row in disks), default=None)
    kept = [Kept(row.at, row.done_at, row.bytes, row.trouble) for row in rows if row.name == BACKUP]
    return Standing(seen_at, free, kept[0] if kept else None)
