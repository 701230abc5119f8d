"""Engines that tests use one after the other, so that no statement is worked out for each test anew."""

from typing import Any

from sqlalchemy import Dialect, Engine, QueuePool, event, make_url

from storage.engine import open_engine

OURS = "tests"
"""How PostgreSQL is told the connections that stay open between tests."""
_FORGET = {
    "postgresql": "RESET ALL; CLOSE ALL; UNLISTEN *; SELECT pg_advisory_unlock_all(); DISCARD SEQUENCES; DISCARD TEMP",
    "sqlite": "PRAGMA query_only=OFF",
}
"""What makes a connection as a new one."""
_LEFT = {
    "postgresql": "SELECT count(*) FROM pg_class WHERE relpersistence = 't'",
    "sqlite": "SELECT count(*) FROM sqlite_temp_master",
}
"""How many temporary tables are left."""


class EngineOfAll:
    """One engine that is pointed at one database after the other."""

    def __init__(self, url: str) -> None:
        self._engine = open_engine(url)
        self._url = self._engine.url
        event.listen(self._engine, "do_connect", self._lead)

    def _lead(self, dialect: Dialect, _record: object, places: list[str], options: dict[str, Any]) -> None:
        """Connect to where the engine is pointed at now."""
        there, how = dialect.create_connect_args(self._url)
        places[:] = there
        options.update(how)
        if dialect.name == "postgresql":
            options["application_name"] = OURS

    def at(self, url: str) -> Engine:
        """The engine on that database; what a test listens to on it, no other test hears."""
        wanted = make_url(url).set(drivername=self._url.drivername)
        if wanted != self._url:
            self.rest()
            self._url = wanted
        engine = self._engine.execution_options()
        engine.url = wanted
        return engine

    def restart(self) -> None:
        """Let it hold one connection at most, that knows as little of what was done as one of a new process would.

        A new one takes longer than a turn: PostgreSQL starts a process for it.
        """
        if not self._only_one():
            self.rest()
            return
        kind, connection = self._engine.dialect.name, self._engine.raw_connection()
        cursor = connection.cursor()
        cursor.execute(_FORGET[kind])
        cursor.execute(_LEFT[kind])
        assert cursor.fetchone() == (0,), "a temporary table is left"
        connection.commit()
        connection.close()

    def _only_one(self) -> bool:
        pool = self._engine.pool
        return isinstance(pool, QueuePool) and (pool.checkedin(), pool.checkedout()) == (1, 0)

    def rest(self) -> None:
        """Close its connections; the next use opens new ones."""
        self._engine.dispose()


_of_all: dict[tuple[str, str], EngineOfAll] = {}


def engine_for(use: str, url: str) -> EngineOfAll:
    """The engine of a use and kind of database; different uses share no connection."""
    key = use, make_url(url).get_backend_name()
    if key not in _of_all:
        _of_all[key] = EngineOfAll(url)
    return _of_all[key]


def rest_all() -> None:
    """Close every connection that was left open for the next test."""
    for engine in _of_all.values():
        engine.rest()
