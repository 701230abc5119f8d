"""Calling the processes that play a part of the program, when something for it is committed by one that does not.

What is written for a part is noted on the connection while the transaction is under way. At its end the parts that
this process does not play itself are called in one NOTIFY, which PostgreSQL passes on with the commit and not without
it. SQLite has no such thing: there the others look whether the file has changed.
"""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from typing import Any

from sqlalchemy import Connection, Engine

TURNS, DELIVERY = "turns", "delivery"
"""The parts that are called, by their words."""
CALLED = frozenset({TURNS, DELIVERY})
LOOK_SECONDS = 0.25
"""How often a SQLite file is looked at, and how soon listening ends when it is asked to."""
_CHANNEL = "renaksi"
_NOTED = "renaksi_called"
_PLAYED = "renaksi_plays"


def playing(engine: Engine, parts: frozenset[str]) -> Engine:
    """The engine for a process that plays these parts: it never calls them. An engine as it is opened plays none."""
    return engine.execution_options(**{_PLAYED: parts})


def call(connection: Connection, part: str) -> None:
    """Note that something for this part is being written."""
    if part not in connection.get_execution_options().get(_PLAYED, ()):
        connection.info.setdefault(_NOTED, set()).add(part)


def forget_calls(connection: Connection) -> None:
    """A transaction begins: what an earlier one noted that came to nothing is void."""
    connection.info.pop(_NOTED, None)


def send_calls(connection: Connection) -> None:
    """Call what was noted, once; it is heard with the commit."""
    noted = connection.info.pop(_NOTED, None)
    if noted and connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SELECT pg_notify(%s, %s)", (_CHANNEL, " ".join(sorted(noted))))


def heard(engine: Engine, stopped: threading.Event) -> Iterator[frozenset[str]]:
    """Every call of another process, until it is stopped: the parts that are called. Blocks for long.

    The first calls all parts: whoever begins to listen may have missed something. On SQLite a call is every commit, of
    this process too, and for all parts. Raises the driver's error when the connection is lost.
    """
    lent = engine.raw_connection()
    own: Any = lent.driver_connection
    lent.rollback()
    lent.detach()
    with closing(lent):
        yield from _seen(own, stopped) if engine.dialect.name == "sqlite" else _notified(own, stopped)


def _seen(connection: Any, stopped: threading.Event) -> Iterator[frozenset[str]]:
    """`data_version` changes with every commit through another connection."""
    before = None
    while not stopped.is_set():
        now = _version(connection)
        if now != before:
            yield CALLED
        before = now
        stopped.wait(LOOK_SECONDS)


def _version(connection: sqlite3.Connection) -> int:
    with closing(connection.execute("PRAGMA data_version")) as found:
        return found.fetchone()[0]


def _notified(connection: Any, stopped: threading.Event) -> Iterator[frozenset[str]]:
    connection.autocommit = True
    connection.execute(f"LISTEN {_CHANNEL}")
    yield CALLED
    while not stopped.is_set():
        for notice in connection.notifies(timeout=LOOK_SECONDS):
            yield CALLED.intersection(notice.payload.split())
