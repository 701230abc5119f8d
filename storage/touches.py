"""Which tables a transaction has written to, so that what it has read of the others need not be read again.

Statements of SQLAlchemy are seen, which is all that this package writes once the tables are there.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, Table, event
from sqlalchemy.sql.dml import UpdateBase

T = TypeVar("T")
_TOUCHES = "renaksi_touches"


@dataclass
class _Touches:
    """Of one transaction: how much was written, how much it was when a table was written to last, and what is kept
    with how much had been written when it was read."""

    number: int = 0
    last: dict[str, int] = field(default_factory=dict)
    kept: dict[object, tuple[int, Any]] = field(default_factory=dict)

    def since(self, number: int, tables: Collection[str]) -> bool:
        """Whether one of the tables was written to after a number."""
        return number < self.number and any(self.last.get(name, 0) > number for name in tables)


def watch(engine: Engine) -> None:
    """Note from now on what is written through the engine's connections."""
    event.listen(engine, "after_execute", _note)
    event.listen(engine, "rollback_savepoint", undone)


def begin(connection: Connection) -> None:
    """A transaction begins in which nothing was read yet."""
    connection.info[_TOUCHES] = _Touches()


def end(connection: Connection) -> None:
    """It is over. A connection that was lost has taken along what was noted on it, and refuses to be asked for it."""
    if not connection.invalidated:
        connection.info.pop(_TOUCHES, None)


def undone(connection: Connection, *_savepoint: object) -> None:
    """A part of what was written is undone: nothing that was read meanwhile is sure."""
    touches: _Touches | None = connection.info.get(_TOUCHES)
    if touches is not None:
        touches.kept.clear()


def _note(connection: Connection, statement: object, *_about_it: object) -> None:
    if isinstance(statement, UpdateBase) and isinstance(statement.table, Table):
        touches: _Touches | None = connection.info.get(_TOUCHES)
        if touches is not None:
            touches.number += 1
            touches.last[statement.table.name] = touches.number


def number(connection: Connection) -> int:
    """How much was written until now; 0 outside of `engine.writing`."""
    touches: _Touches | None = connection.info.get(_TOUCHES)
    return 0 if touches is None else touches.number


def since(connection: Connection, before: int, tables: Collection[str]) -> bool:
    """Whether one of the tables was written to since `number` was `before`; always outside of `engine.writing`."""
    touches: _Touches | None = connection.info.get(_TOUCHES)
    return touches is None or touches.since(before, tables)


def kept(connection: Connection, key: object, tables: Collection[str], read: Callable[[], T]) -> T:
    """What `read` finds in these tables: read once for as long as the transaction writes to none of them."""
    found = known(connection, key, tables)
    if found is None:
        found = read()
        keep(connection, key, found)
    return found


def known(connection: Connection, key: object, tables: Collection[str]) -> Any:
    """What is kept under a key, for as long as the transaction writes to none of these tables; None for nothing."""
    touches: _Touches | None = connection.info.get(_TOUCHES)
    kept = None if touches is None else touches.kept.get(key)
    return None if touches is None or kept is None or touches.since(kept[0], tables) else kept[1]


def keep(connection: Connection, key: object, found: object) -> None:
    """Keep what was found in some tables, as they are now."""
    touches: _Touches | None = connection.info.get(_TOUCHES)
    if touches is not None:
        touches.kept[key] = touches.number, found
