"""Which statements are sent to a database: each costs a round trip."""

from collections.abc import Generator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine, event


@contextmanager
def noted(sent_by: Engine | Connection) -> Generator[list[str]]:
    """The statements in the order in which they are sent."""
    statements: list[str] = []

    def note(*given: object) -> None:
        statements.append(str(given[2]))

    event.listen(sent_by, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(sent_by, "before_cursor_execute", note)
