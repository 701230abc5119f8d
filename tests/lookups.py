"""How SQLite finds the rows that a program asks for: never by looking through a table that grows with every message."""

import re
from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import Any, TypeAlias

from sqlalchemy import Engine, event

from storage.tables import CONDITION, METADATA

GROWING = frozenset({"inbox", "outbox", "report", "achievement", "audit", "evidence", "review", "snapshot"})
"""Tables that hold more with every message or month."""
_OF_SOME = frozenset(
    str(index.name) for one in METADATA.tables.values() for index in one.indexes if CONDITION in index.info
)
"""Indexes of those rows only that still wait for something."""
_UNASKED = ("SAVEPOINT", "RELEASE", "ROLLBACK", "PRAGMA")
_SELDOM = (
    "UPDATE outbox SET address=",
    "UPDATE inbox SET address=",
    "SELECT DISTINCT inbox.channel, inbox.address",
    "SELECT inbox.id, inbox.said, inbox.media",
)
"""How statements begin that are asked a few times a year: a person has another number, or is erased."""
_SCAN = re.compile(r"SCAN (\w+)(?: USING (?:COVERING )?INDEX (\w+))?")
_OF_OFFICE = re.compile(r"SEARCH (\w+) USING (?:COVERING )?INDEX \w+ \(office_id=\?\)$")
_LIST = re.compile(r"\?(?:, \?)+")
_Plan: TypeAlias = Callable[[], list[str]]
_known: dict[str, list[str]] = {}
"""What is looked through by each statement that was seen: asking again takes longer than the statement."""


@contextmanager
def looked_through(engine: Engine) -> Generator[list[str]]:
    """The statements on SQLite that look through a growing table, with that table's name before them."""

    def scanned(sql: str, plan: _Plan) -> list[str]:
        if sql.startswith(_SELDOM):
            return []
        kind = _LIST.sub("?", sql)
        if kind not in _known:
            _known[kind] = [table for step in plan() if (table := _scanned(step)) in GROWING]
        return _known[kind]

    with _judged(engine, scanned) as found:
        yield found


@contextmanager
def offices_read(engine: Engine) -> Generator[list[str]]:
    """The statements on SQLite that read all that an office has in a growing table or all its indicators, with that
    table's name before them."""

    def read(_sql: str, plan: _Plan) -> list[str]:
        tables = (match[1] for step in plan() if (match := _OF_OFFICE.match(step)))
        return [table for table in tables if table in GROWING | {"indicator"}]

    with _judged(engine, read) as found:
        yield found


@contextmanager
def _judged(engine: Engine, judge: Callable[[str, _Plan], list[str]]) -> Generator[list[str]]:
    """The statements on SQLite of which `judge` names tables, with each of those before them; asked for the plan, it
    has SQLite tell its steps."""
    found: list[str] = []

    def note(connection: Any, _cursor: Any, sql: str, parameters: Any, _context: Any, is_many: bool) -> None:
        if connection.dialect.name != "sqlite" or is_many or sql.startswith(_UNASKED):
            return

        def plan() -> list[str]:
            asked = connection.connection.driver_connection.execute(f"EXPLAIN QUERY PLAN {sql}", parameters)
            return [step for *_ids, step in asked.fetchall()]

        found.extend(f"{table}: {sql}" for table in judge(sql, plan))

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(engine, "before_cursor_execute", note)


def _scanned(step: str) -> str:
    """The table that a step of a plan looks through, as a whole; empty for none."""
    scan = _SCAN.match(step)
    return "" if scan is None or scan[2] in _OF_SOME else scan[1]
