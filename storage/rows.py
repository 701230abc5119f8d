"""Small tools of SQLAlchemy Core that every file of this package shares."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Connection, Insert, String, Table, insert, literal_column
from sqlalchemy.sql.dml import ReturningInsert

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql, sqlite

_COUNTED = {"preserve_rowcount": True}


def spelt(word: str) -> ColumnElement[str]:
    """A word of ours for a condition, spelt in the statement itself. Raises ValueError for anything but letters and _.

    An index of those rows only for which a condition holds is of use where the statement says the same: of words that
    are bound, SQLite sees nothing in a list, and works the statement out anew each time for a single one.
    """
    if word and not word.replace("_", "").isalpha():
        raise ValueError(f"{word!r} is no word")
    return literal_column(f"'{word}'", String)


def add(connection: Connection, into: Table, values: Mapping[str, Any]) -> int:
    """Insert one row and return its id."""
    key = connection.execute(_into(into), dict(values)).inserted_primary_key
    assert key is not None
    return int(key[0])


def add_all(connection: Connection, into: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert many rows in one statement; none is fine."""
    if rows:
        connection.execute(_into(into), [dict(row) for row in rows])


@cache
def _into(into: Table) -> Insert:
    """Written once: that takes longer than the row."""
    return insert(into)


def add_all_once(connection: Connection, into: Table, rows: Sequence[Mapping[str, Any]]) -> int:
    """Insert rows in their order, but for those that a unique key has already; return how many were inserted."""
    if not rows:
        return 0
    statement = _into_once(connection.dialect.name, into)
    return connection.execute(statement, [dict(row) for row in rows], execution_options=_COUNTED).rowcount


def add_once(connection: Connection, into: Table, values: Mapping[str, Any]) -> int | None:
    """Insert one row unless a unique key has it already; return its id, else None."""
    return connection.execute(_id_of_one_once(connection.dialect.name, into), dict(values)).scalar_one_or_none()


@cache
def _into_once(dialect: str, into: Table) -> "sqlite.Insert | postgresql.Insert":
    return insert_of(dialect, into).on_conflict_do_nothing()


@cache
def _id_of_one_once(dialect: str, into: Table) -> ReturningInsert[int]:
    return _into_once(dialect, into).returning(into.c.id)


def put(connection: Connection, into: Table, key: str, values: Mapping[str, Any], where: ColumnElement[bool]) -> bool:
    """Insert one row, or overwrite the one of the same key where the condition holds for it; say whether either was."""
    changed = {name: value for name, value in values.items() if name != key}
    statement = (
        insert_of(connection.dialect.name, into)
        .values(**values)
        .on_conflict_do_update(index_elements=[key], set_=changed, where=where)
        .returning(into.c[key])
    )
    return connection.execute(statement).first() is not None


def put_all(connection: Connection, into: Table, key: tuple[str, ...], rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert many rows with the same columns in one statement, or overwrite those of the same key; none is fine."""
    if rows:
        names = tuple(name for name in rows[0] if name not in key)
        connection.execute(_put(connection.dialect.name, into, key, names), [dict(row) for row in rows])


@cache
def _put(
    dialect: str, into: Table, key: tuple[str, ...], names: tuple[str, ...]
) -> "sqlite.Insert | postgresql.Insert":
    new = insert_of(dialect, into)
    return new.on_conflict_do_update(index_elements=key, set_={name: new.excluded[name] for name in names})


def insert_of(dialect: str, into: Table) -> "sqlite.Insert | postgresql.Insert":
    """An INSERT that knows ON CONFLICT, as each database has its own. Only the one in use is imported."""
    if dialect == "sqlite":
        from sqlalchemy.dialects import sqlite

        return sqlite.insert(into)
    from sqlalchemy.dialects import postgresql

    return postgresql.insert(into)
