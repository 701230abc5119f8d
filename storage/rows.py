"""Small tools of SQLAlchemy Core that every file of this package shares."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, Table, insert, literal, select
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


def add_once(
    connection: Connection, into: Table, values: Mapping[str, Any], where: ColumnElement[bool] | None = None
) -> int | None:
    """Insert one row unless a unique key has it already, or the condition does not hold; return its id, else None."""
    if where is None:
        statement = _insert(connection, into).values(**values)
    else:
        row = select(*(_as_column(into.c[name], value) for name, value in values.items())).where(where)
        statement = _insert(connection, into).from_select(list(values), row)
    return connection.execute(statement.on_conflict_do_nothing().returning(into.c.id)).scalar_one_or_none()


def _as_column(column: Column[Any], value: Any) -> ColumnElement[Any]:
    return value if isinstance(value, ColumnElement) else literal(value, column.type)


def put(connection: Connection, into: Table, key: str, values: Mapping[str, Any], where: ColumnElement[bool]) -> bool:
    """Insert one row, or overwrite the one of the same key where the condition holds for it; say whether either was."""
    changed = {name: value for name, value in values.items() if name != key}
    statement = (
        _insert(connection, into)
        .values(**values)
        .on_conflict_do_update(index_elements=[key], set_=changed, where=where)
        .returning(into.c[key])
    )
    return connection.execute(statement).first() is not None


def _insert(connection: Connection, into: Table) -> sqlite.Insert | postgresql.Insert:
    return sqlite.insert(into) if connection.dialect.name == "sqlite" else postgresql.insert(into)
