"""Small tools of SQLAlchemy Core that every file of this package shares."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table, insert
from sqlalchemy.dialects import postgresql, sqlite


def add(connection: Connection, into: Table, values: Mapping[str, Any]) -> int:
    """Insert one row and return its id."""
    key = connection.execute(insert(into).values(**values)).inserted_primary_key
    assert key is not None
    return int(key[0])


def add_all(connection: Connection, into: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert many rows in one statement; none is fine."""
    if rows:
        connection.execute(insert(into), [dict(row) for row in rows])


def add_once(connection: Connection, into: Table, values: Mapping[str, Any]) -> int | None:
    """Insert one row unless a unique key has it already; return its id, or None where it was there."""
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    statement = dialect.insert(into).values(**values).on_conflict_do_nothing().returning(into.c.id)
    return connection.execute(statement).scalar_one_or_none()


def replace(connection: Connection, into: Table, rows: Sequence[Mapping[str, Any]], key: Sequence[str]) -> None:
    """Insert rows, or overwrite those that have the same key."""
    if not rows:
        return
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    statement = dialect.insert(into)
    changed = {name: statement.excluded[name] for name in rows[0] if name not in key}
    connection.execute(
        statement.on_conflict_do_update(index_elements=list(key), set_=changed), [dict(row) for row in rows]
    )
