"""Which statements are sent to a database: each costs a round trip."""

from collections.abc import Callable, Generator
from contextlib import AbstractContextManager, contextmanager
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, event

T = TypeVar("T")


def noted(sent_by: Engine | Connection) -> AbstractContextManager[list[str]]:
    """The statements in the order in which they are sent."""
    return _kept(sent_by, lambda sql, _values: sql)


def noted_with_values(sent_by: Engine | Connection) -> AbstractContextManager[list[tuple[str, Any]]]:
    """The same, each with what is bound in it."""
    return _kept(sent_by, lambda sql, values: (sql, values))


@contextmanager
def _kept(sent_by: Engine | Connection, as_kept: Callable[[str, Any], T]) -> Generator[list[T]]:
    statements: list[T] = []

    def note(*given: object) -> None:
        statements.append(as_kept(str(given[2]), given[3]))

    event.listen(sent_by, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(sent_by, "before_cursor_execute", note)
