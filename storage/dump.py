"""Every row of a database as lines of JSON, the same on both engines, and back again: what a backup holds.

The tables are those that the database has, not those that this program would make: so what an older program wrote can
be read into tables of its time, and brought to this version by the migrations.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import islice
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Connection,
    Date,
    DateTime,
    MetaData,
    String,
    Table,
    func,
    insert,
    select,
    text,
    update,
)

from storage.columns import UtcTime

AT_ONCE = 500
"""Rows that are in memory at a time."""
_VERSION = "alembic_version"


class Differs(Exception):
    """Rows that were read back are not those that were written; the message names their table."""


@dataclass(frozen=True)
class Rows:
    """What was written of one table: its columns, how many rows, and the SHA-256 of their lines."""

    columns: tuple[str, ...]
    number: int
    sha256: str


def tables(connection: Connection) -> list[Table]:
    """Every table of ours that the database has, each after those that it names."""
    found = MetaData()
    found.reflect(connection)
    ours = [table for table in found.sorted_tables if table.name != _VERSION]
    return [_plainly(table) for table in ours]


def _plainly(table: Table) -> Table:
    """The same table, with types that read and write alike on both engines."""
    for column in table.columns:
        if isinstance(column.type, DateTime):
            column.type = UtcTime()
        elif isinstance(column.type, JSON):
            column.type = JSON(none_as_null=True)
    return table


def lines(connection: Connection, table: Table, names: Sequence[str]) -> Iterator[bytes]:
    """Every row as a line of these columns, in the order of its key."""
    wanted = select(*(table.columns[name] for name in names)).order_by(
        *(_in_bytes(connection, column) for column in table.primary_key.columns)
    )
    for row in connection.execute(wanted, execution_options={"yield_per": AT_ONCE}):
        plain = [_plain(value) for value in row]
        yield json.dumps(plain, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode() + b"\n"


def _in_bytes(connection: Connection, column: Column[Any]) -> Any:
    """A key in an order that no language of a machine decides."""
    is_words = isinstance(column.type, String) and connection.dialect.name == "postgresql"
    return column.collate("C") if is_words else column


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


class Counting:
    """Passes lines on and knows afterwards what they were."""

    def __init__(self) -> None:
        self._digest = hashlib.sha256()
        self._number = 0

    def through(self, lines: Iterable[bytes]) -> Iterator[bytes]:
        """The same lines, counted."""
        for line in lines:
            self._digest.update(line)
            self._number += 1
            yield line

    def rows(self, columns: Sequence[str]) -> Rows:
        """What passed."""
        return Rows(tuple(columns), self._number, self._digest.hexdigest())


def columns(table: Table) -> tuple[str, ...]:
    """The names of its columns, in the order of a line."""
    return tuple(column.name for column in table.columns)


def fill(connection: Connection, table: Table, names: Sequence[str], written: Iterable[bytes]) -> None:
    """Put lines into an empty table; `names` are the columns of a line."""
    to_itself = [key.parent.name for key in table.foreign_keys if key.column.table is table]
    later: list[dict[str, Any]] = []
    readers = [_reader(table.columns[name]) for name in names]
    remaining = iter(written)
    while rows := [_row(names, readers, line) for line in islice(remaining, AT_ONCE)]:
        for row in rows if to_itself else ():
            later.append({"_id": row["id"], **{name: row[name] for name in to_itself}})
            row.update(dict.fromkeys(to_itself))
        connection.execute(insert(table), rows)
    _name_each_other(connection, table, to_itself, later)


def _name_each_other(connection: Connection, table: Table, names: list[str], rows: list[dict[str, Any]]) -> None:
    """A row may name one that comes after it."""
    for row in rows:
        named = {name: row[name] for name in names if row[name] is not None}
        if named:
            connection.execute(update(table).where(table.c.id == row["_id"]).values(named))


def _row(names: Sequence[str], readers: Sequence[Any], line: bytes) -> dict[str, Any]:
    values: list[Any] = json.loads(line)
    return {
        name: None if value is None else read(value) for name, read, value in zip(names, readers, values, strict=True)
    }


def _reader(column: Column[Any]) -> Any:
    """What makes a value of the column from what stands in a line."""
    if isinstance(column.type, UtcTime):
        return _instant
    if isinstance(column.type, Date):
        return date.fromisoformat
    return bool if isinstance(column.type, Boolean) else _same


def _same(written: Any) -> Any:
    return written


def _instant(written: str) -> datetime:
    return datetime.fromisoformat(written).astimezone(UTC)


def check(connection: Connection, table: Table, wanted: Rows) -> None:
    """Read a table back. Raises Differs unless every row is as it was written."""
    counting = Counting()
    for _line in counting.through(lines(connection, table, wanted.columns)):
        pass
    if counting.rows(wanted.columns) != wanted:
        raise Differs(table.name)


def count_on(connection: Connection, filled: Sequence[Table]) -> None:
    """Let PostgreSQL number new rows after those that were put in; SQLite does by itself."""
    if connection.dialect.name != "postgresql":
        return
    for table in filled:
        if "id" not in table.columns:
            continue
        counter = connection.execute(select(func.pg_get_serial_sequence(table.name, "id"))).scalar_one()
        last = connection.execute(select(func.max(table.c.id))).scalar_one()
        if counter is not None and last is not None:
            connection.execute(select(func.setval(counter, last)))


def drop_all(connection: Connection) -> None:
    """Take every table away, in the caller's transaction."""
    cascade = " CASCADE" if connection.dialect.name == "postgresql" else ""
    for table in reversed(tables(connection)):
        connection.execute(text(f'DROP TABLE "{table.name}"{cascade}'))
    connection.execute(text(f"DROP TABLE IF EXISTS {_VERSION}"))
