"""PostgreSQL databases that are emptied and lent again: making one takes longer than most tests."""

import psycopg
from sqlalchemy import make_url

from storage.tables import METADATA
from tests.engines import OURS

MOST = 40
"""How often one is lent: what was deleted stays in its files."""
WAIT_MS = 5000
"""How long the end of a forgotten connection or transaction is waited for."""

_TABLES = [table.name for table in METADATA.sorted_tables]
_COUNTED = [name for name in _TABLES if METADATA.tables[name].autoincrement_column is not None]
_END_OTHERS = f"""
    SELECT pg_terminate_backend(pid, {WAIT_MS}) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid() AND application_name <> '{OURS}'
""".encode()
_EMPTY = "; ".join(
    (
        "BEGIN",
        "SET LOCAL session_replication_role = replica",  # rows go in any order
        *(f"DELETE FROM {name}" for name in _TABLES),
        *(f"SELECT setval('{name}_id_seq', 1, false)" for name in _COUNTED),
        "COMMIT",
    )
).encode()
_SHAPE = """
    SELECT count(*), sum(relfilenode::bigint), sum(relnatts), sum(relchecks), sum(oid::bigint),
           (SELECT string_agg(version_num, ' ') FROM alembic_version)
    FROM pg_class WHERE relnamespace = 'public'::regnamespace
"""
"""What a test changes when it does more than write rows."""


class Washed:
    """One empty database of the current tables."""

    def __init__(self, url: str) -> None:
        self.url = url
        plain = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
        self._connection = psycopg.connect(plain, autocommit=True, application_name=OURS)
        self._connection.execute(f"SET lock_timeout = {WAIT_MS}".encode())
        self._shape = self._look()
        self._lent = 0

    def wash(self) -> bool:
        """Empty it after a test; False where it cannot be lent again."""
        self._lent += 1
        try:
            self._connection.execute(_END_OTHERS)
            self._connection.execute(_EMPTY)
            return self._lent < MOST and self._look() == self._shape
        except psycopg.Error:
            return False

    def close(self) -> None:
        self._connection.close()

    def _look(self) -> object:
        return self._connection.execute(_SHAPE).fetchone()
