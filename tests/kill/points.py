"""The points at which a crash may come: before and after every SQL statement, commit, file rename and HTTP send.

They are counted through hooks of the libraries, never in the product. At the chosen point the process writes down
where it stands and kills itself with SIGKILL, so that nothing of it can tidy up.
"""

import json
import os
import signal
import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

import aiohttp
from sqlalchemy import Connection, event
from sqlalchemy.engine import Engine
from sqlalchemy.engine.default import DefaultDialect

ANY = "any"
"""The kind under which points of every kind are counted together."""


@dataclass(frozen=True)
class Point:
    """One point that was passed. `inside` says that a writing transaction was open."""

    kind: str
    inside: bool


class Points:
    """Counts the points of each kind from 1. `fatal` is the kind and number of the one that kills, None for none.

    A kind of its own for each, because the order of statements and sends differs from run to run; `ANY` counts them
    all. Points passed are appended to the file `record`, one a line.
    """

    def __init__(self, record: Path, fatal: tuple[str, int] | None) -> None:
        self._fatal = fatal
        self._passed: Counter[str] = Counter()
        self._inside = False
        self._lock = threading.RLock()
        self._file = record.open("a")

    def passed(self, kind: str) -> None:
        """Count a point, and die at the fatal one."""
        with self._lock:
            self._passed.update((kind, ANY))
            self._file.write(_line(kind, self._inside))
            if self._fatal in ((kind, self._passed[kind]), (ANY, self._passed[ANY])):
                self._file.flush()
                os.kill(os.getpid(), signal.SIGKILL)

    def entered(self, connection: Connection) -> None:
        """A writer's transaction has begun."""
        options = connection.get_execution_options()
        if not options.get("renaksi_reader", options.get("postgresql_readonly", False)):
            self._inside = True

    def left(self) -> None:
        """A transaction has ended."""
        self._inside = False

    def finish(self) -> None:
        """Keep what was recorded of a process that ends by itself."""
        self._file.close()


@cache
def _line(kind: str, inside: bool) -> str:
    """A point as it is recorded: there are few different ones, and thousands are passed."""
    return json.dumps(asdict(Point(kind, inside))) + "\n"


def install(points: Points) -> None:
    """Hook into SQLAlchemy, `os.replace` and aiohttp for the rest of this process."""
    _hook_statements(points)
    _hook_commits(points)
    os.replace = _around(os.replace, points, "rename")
    _hook_sends(points)


def _hook_statements(points: Points) -> None:
    @event.listens_for(Engine, "before_cursor_execute")
    def _before(_connection: Connection, _cursor: Any, statement: str, *_rest: Any) -> None:
        points.passed(f"before {_verb(statement)}")

    @event.listens_for(Engine, "after_cursor_execute")
    def _after(connection: Connection, _cursor: Any, statement: str, *_rest: Any) -> None:
        if _verb(statement) == "BEGIN":
            points.entered(connection)
        points.passed(f"after {_verb(statement)}")

    @event.listens_for(Engine, "begin")
    def _begun(connection: Connection) -> None:
        if connection.dialect.name == "postgresql":  # its driver begins unheard, with the first statement
            points.entered(connection)

    @event.listens_for(Engine, "rollback")
    def _rolled_back(_connection: Connection) -> None:
        points.left()


def _hook_commits(points: Points) -> None:
    really_commit = DefaultDialect.do_commit

    def commit(dialect: DefaultDialect, connection: Any) -> None:
        points.passed("before COMMIT")
        really_commit(dialect, connection)
        points.left()
        points.passed("after COMMIT")

    setattr(DefaultDialect, "do_commit", commit)  # noqa: B010  # a hook, not an assignment


def _hook_sends(points: Points) -> None:
    really_request = getattr(aiohttp.ClientSession, "_request")  # noqa: B009  # it has no public hook before a request

    async def request(session: aiohttp.ClientSession, method: str, url: Any, **options: Any) -> aiohttp.ClientResponse:
        name = str(url).rpartition("/")[2]
        if not name.startswith("send"):
            return await really_request(session, method, url, **options)
        points.passed("before send")
        response = await really_request(session, method, url, **options)
        points.passed("after send")
        return response

    setattr(aiohttp.ClientSession, "_request", request)  # noqa: B010


def _around(work: Callable[..., Any], points: Points, kind: str) -> Callable[..., Any]:
    def counted(*arguments: Any, **options: Any) -> Any:
        points.passed(f"before {kind}")
        result = work(*arguments, **options)
        points.passed(f"after {kind}")
        return result

    return counted


def _verb(statement: str) -> str:
    return statement.split(None, 1)[0].upper()
