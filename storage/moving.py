"""Moving everything that is remembered from a SQLite file to an empty PostgreSQL, and comparing it row by row.

The source is held alone meanwhile and not changed. The target is written in one transaction: in the end it holds
everything, or nothing. What guards its tables (triggers, foreign keys) holds while rows are written, too.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

from sqlalchemy import Connection, Engine, Table, exists, inspect, select

from storage import dump, migrate
from storage.engine import DatabaseError, reading, writing

_VERSION = "alembic_version"


class NotMoved(Exception):
    """Nothing was moved; the message says what is the matter where."""


class OldSource(NotMoved):
    """The tables of the source are of another version of the program."""


class TargetTaken(NotMoved):
    """The target holds something; the message is the name of a table."""


class RowRefused(NotMoved):
    """The target does not take what stands in a table; the message is its name."""


class Different(NotMoved):
    """A row that arrived is not the one that was sent; the message names table and row."""


@dataclass(frozen=True)
class Moved:
    """One table as it was sent and arrived: how many rows, and the SHA-256 of all their values."""

    table: str
    rows: int
    sha256: str


def move(source: Engine, target: Engine) -> list[Moved]:
    """Copy every row and compare it with where it came from. Raises a NotMoved, after which the target is as before."""
    with reading(source) as old, writing(target) as new:
        if migrate.version(old) != migrate.HEAD:
            raise OldSource
        _prepare(new)
        arrived = {table.name: table for table in dump.tables(new)}
        moved = [_copied(table, arrived[table.name], old, new) for table in dump.tables(old)]
        dump.count_on(new, list(arrived.values()))
        return moved


def _prepare(target: Connection) -> None:
    """Make the tables where there are none. Raises TargetTaken."""
    found = set(inspect(target).get_table_names())
    if found and migrate.version(target) is None:
        raise TargetTaken(min(found))
    migrate.upgrade_in(target)
    for table in dump.tables(target):
        if target.execute(select(exists(select(1).select_from(table)))).scalar_one():
            raise TargetTaken(table.name)


def _copied(sent: Table, arrived: Table, source: Connection, target: Connection) -> Moved:
    """Copy one table and compare what arrived. Raises RowRefused and Different."""
    names = dump.columns(sent)
    counting = dump.Counting()
    try:
        dump.fill(target, arrived, names, counting.through(dump.lines(source, sent, names)))
    except DatabaseError as refused:
        raise RowRefused(sent.name) from refused
    rows = counting.rows(names)
    try:
        dump.check(target, arrived, rows)
    except dump.Differs as differs:
        raise Different(_first_difference(sent, arrived, source, target)) from differs
    return Moved(sent.name, rows.number, rows.sha256)


def _first_difference(sent: Table, arrived: Table, source: Connection, target: Connection) -> str:
    """The table and the key of the first row that is not alike on both sides."""
    names = dump.columns(sent)
    pairs = zip_longest(dump.lines(source, sent, names), dump.lines(target, arrived, names))
    differing = [here or there or b"" for here, there in pairs if here != there]
    return f"{sent.name} {_key(sent, names, differing[0])}"


def _key(table: Table, names: Sequence[str], line: bytes) -> str:
    values = dict(zip(names, json.loads(line), strict=True))
    return ", ".join(f"{column.name} {values[column.name]}" for column in table.primary_key)
