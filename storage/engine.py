"""Opening the database: SQLite embedded, PostgreSQL when one machine is outgrown.

SQLite's Python driver starts transactions on its own, late, and not for DDL: a row inside a savepoint survived the
outer rollback. It is therefore told to do nothing, and BEGIN is ours: BEGIN IMMEDIATE for a writer, BEGIN for a reader.
"""

import sqlite3
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from time import sleep

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DatabaseError
from sqlalchemy.pool import ConnectionPoolEntry, StaticPool

from storage import touches
from storage.calls import forget_calls, send_calls

BUSY_MS = 10_000
"""How long a writer waits for another process's transaction before SQLite says it is locked."""
_READER = "renaksi_reader"
_WAL_TRIES, _WAL_PAUSE = 150, 0.02
"""How often a refused switch to WAL is tried again, and the pause in seconds."""
_POSTGRES_DRIVER = "postgresql+psycopg"


__all__ = [
    "Connection",
    "DatabaseError",
    "DatabaseUnusable",
    "Engine",
    "InUse",
    "database_files",
    "is_conflict",
    "is_postgresql",
    "open_alone",
    "open_engine",
    "reading",
    "savepoint",
    "writing",
]

_CONFLICTS = frozenset({"40001", "40P01", "57P01", "57P02"})
"""PostgreSQL's codes for a serialization failure, a deadlock, and a server that ends: the driver may learn only with
the next statement that its connection is lost."""


class DatabaseUnusable(Exception):
    """The database cannot be opened; the message says why, for the person who installs the program."""


class InUse(Exception):
    """Another program has the database open."""


def open_engine(url: str) -> Engine:
    """An engine for `sqlite:///path` or `postgresql://...`. Makes the folder of a SQLite file.

    Raises DatabaseUnusable for an address that can never work; whether a server answers is told by the first use.
    """
    parsed = _parse(url)
    if parsed.get_backend_name() == "sqlite":
        return _open_sqlite(parsed)
    try:
        engine = create_engine(parsed, pool_pre_ping=True, isolation_level="READ COMMITTED", hide_parameters=True)
    except ModuleNotFoundError as missing:
        raise DatabaseUnusable("Driver PostgreSQL belum terpasang: pasang paket renaksi[postgres].") from missing
    touches.watch(engine)
    return engine


def database_files(url: str) -> list[Path]:
    """The files of an embedded database, whether they exist or not; none for a server. Raises DatabaseUnusable."""
    parsed = _parse(url)
    if parsed.get_backend_name() != "sqlite" or not parsed.database:
        return []
    return [Path(parsed.database + ending) for ending in ("", "-wal", "-shm")]


def _parse(url: str) -> URL:
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError) as wrong:
        raise DatabaseUnusable("DATABASE_URL tidak terbaca; contoh: sqlite:///data/renaksi.db") from wrong
    if parsed.drivername in ("postgres", "postgresql", _POSTGRES_DRIVER):
        return parsed.set(drivername=_POSTGRES_DRIVER)
    if parsed.drivername in ("sqlite", "sqlite+pysqlite"):
        return parsed
    raise DatabaseUnusable(f"DATABASE_URL menyebut {parsed.drivername}; yang didukung: sqlite dan postgresql.")


def is_postgresql(url: str) -> bool:
    """Whether an address is one of PostgreSQL. Raises DatabaseUnusable."""
    return _parse(url).get_backend_name() == "postgresql"


def open_alone(url: str) -> Engine:
    """An engine for a SQLite file that nobody else has open, and that nobody else can open meanwhile.

    Raises DatabaseUnusable for what is no SQLite file, InUse where another program has it open.
    """
    parsed = _parse(url)
    if parsed.get_backend_name() != "sqlite" or not Path(parsed.database or "").is_file():
        raise DatabaseUnusable("DATABASE_URL tidak menyebut berkas SQLite yang ada.")
    engine = create_engine(parsed, poolclass=StaticPool, connect_args={"check_same_thread": False, "timeout": 0})
    event.listen(engine, "connect", _lock_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _lock_sqlite(connection: sqlite3.Connection, _entry: ConnectionPoolEntry) -> None:
    """In WAL mode whoever has a file open holds a lock on it, also while doing nothing: ours is refused then."""
    connection.isolation_level = None
    connection.execute("PRAGMA locking_mode=EXCLUSIVE").close()
    try:
        connection.execute("BEGIN IMMEDIATE").close()
        connection.execute("ROLLBACK").close()
    except sqlite3.OperationalError as locked:
        raise InUse from locked


def _open_sqlite(url: URL) -> Engine:
    if not url.database or url.database == ":memory:":
        raise DatabaseUnusable("DATABASE_URL perlu nama berkas, contoh: sqlite:///data/renaksi.db")
    try:
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    except OSError as refused:
        raise DatabaseUnusable(f"Folder untuk {url.database} tidak dapat dibuat: {refused.strerror}.") from refused
    connect_args = {"check_same_thread": False, "timeout": BUSY_MS / 1000}
    engine = create_engine(url, connect_args=connect_args, hide_parameters=True)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    touches.watch(engine)
    return engine


def _prepare_sqlite(connection: sqlite3.Connection, _entry: ConnectionPoolEntry) -> None:
    connection.isolation_level = None
    _use_wal(connection)
    for pragma in (f"busy_timeout={BUSY_MS}", "foreign_keys=ON", "synchronous=FULL"):
        connection.execute(f"PRAGMA {pragma}").close()


def _use_wal(connection: sqlite3.Connection) -> None:
    """Switch a file to WAL. SQLite does not wait here: of two processes that open a new file at once one is refused.

    It does wait where another program has the file alone, as a move has: then each try would take as long as a writer.
    """
    connection.execute("PRAGMA busy_timeout=0").close()
    for _try in range(_WAL_TRIES):
        try:
            connection.execute("PRAGMA journal_mode=WAL").close()
        except sqlite3.OperationalError:
            sleep(_WAL_PAUSE)
        else:
            return
    connection.execute("PRAGMA journal_mode=WAL").close()


def _begin_sqlite(connection: Connection) -> None:
    reader = connection.get_execution_options().get(_READER, False)
    connection.exec_driver_sql("BEGIN" if reader else "BEGIN IMMEDIATE")


@contextmanager
def reading(engine: Engine) -> Generator[Connection]:
    """A connection for one consistent look at the database. A write through it is refused."""
    if engine.dialect.name == "sqlite":
        with engine.connect().execution_options(**{_READER: True}) as connection, connection.begin():
            connection.exec_driver_sql("PRAGMA query_only=ON")
            try:
                yield connection
            finally:
                connection.exec_driver_sql("PRAGMA query_only=OFF")
    else:
        options = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        with engine.connect().execution_options(**options) as connection, connection.begin():
            yield connection


@contextmanager
def writing(engine: Engine) -> Generator[Connection]:
    """A connection whose changes are committed at the end, all or nothing; other processes are called with them."""
    with engine.begin() as connection:
        forget_calls(connection)
        touches.begin(connection)
        try:
            yield connection
        finally:
            touches.end(connection)
        if connection.in_transaction():  # else it was rolled back: there is nothing to call for
            send_calls(connection)


_SAVEPOINT = "piece"


@contextmanager
def savepoint(connection: Connection) -> Generator[None]:
    """What is written within is kept with the transaction, or undone alone where something is raised.

    As `begin_nested`, but for the name that makes SQLAlchemy write every such statement anew.
    """
    connection.exec_driver_sql(f"SAVEPOINT {_SAVEPOINT}")
    try:
        yield
    except BaseException as error:
        if not (isinstance(error, DatabaseError) and is_conflict(error)):  # then the whole transaction is lost
            connection.exec_driver_sql(f"ROLLBACK TO SAVEPOINT {_SAVEPOINT}")
            touches.undone(connection)
            connection.exec_driver_sql(f"RELEASE SAVEPOINT {_SAVEPOINT}")
        raise
    connection.exec_driver_sql(f"RELEASE SAVEPOINT {_SAVEPOINT}")


def is_conflict(error: DatabaseError) -> bool:
    """Whether the transaction was ended by another one's locks, or the connection was lost: worth another try."""
    return error.connection_invalidated or getattr(error.orig, "sqlstate", None) in _CONFLICTS
