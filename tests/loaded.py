"""What tests begin with, made once and copied from then on: loading a plan takes longer than most tests."""

import pickle
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import Connection

from domain.plan import OfficePlan
from storage.plans import Loaded, apply_plan
from storage.tables import METADATA

TABLES = tuple(table.name for table in METADATA.sorted_tables)
"""Every table, those that others refer to first."""

Made = TypeVar("Made")


@dataclass(frozen=True)
class _Kept:
    """What making returned, and the rows that it left, as the database itself writes them down."""

    made: Any
    rows: dict[str, Any]


_kept: dict[tuple[str, Hashable], _Kept] = {}


def load(connection: Connection, plan: OfficePlan, now: datetime) -> Loaded:
    """What `apply_plan` does."""
    return once(connection, (pickle.dumps(plan), now), lambda: apply_plan(connection, plan, now))


def once(connection: Connection, key: Hashable, make: Callable[[], Made]) -> Made:
    """What `make` returns; in an empty database it runs only the first time, later the same rows are written.

    The key tells everything that the rows follow from.
    """
    if not _is_empty(connection):
        return make()
    known = connection.dialect.name, key
    copying = _Sqlite(connection) if connection.dialect.name == "sqlite" else _Postgres(connection)
    if known in _kept:
        copying.write(_kept[known].rows)
    else:
        made = make()
        _kept[known] = _Kept(made, copying.read())
    return _kept[known].made


def _is_empty(connection: Connection) -> bool:
    any_row = " OR ".join(f"EXISTS (SELECT 1 FROM {name})" for name in TABLES)
    return not connection.exec_driver_sql(f"SELECT {any_row}").scalar_one()


class _Sqlite:
    """Rows as the driver gives them."""

    def __init__(self, connection: Connection) -> None:
        self._driver: Any = connection.connection.driver_connection

    def read(self) -> dict[str, Any]:
        rows = {name: self._driver.execute(f"SELECT * FROM {name}").fetchall() for name in TABLES}
        return {name: found for name, found in rows.items() if found}

    def write(self, kept: dict[str, Sequence[tuple[Any, ...]]]) -> None:
        for name, rows in kept.items():
            places = ", ".join("?" * len(rows[0]))
            self._driver.executemany(f"INSERT INTO {name} VALUES ({places})", rows)


class _Postgres:
    """Rows as COPY writes them, and where the counters of the ids stood."""

    def __init__(self, connection: Connection) -> None:
        self._cursor: Any = connection.connection.cursor()

    def read(self) -> dict[str, Any]:
        rows = {name: self._copied(name) for name in TABLES}
        return {name: found for name, found in rows.items() if found}

    def _copied(self, name: str) -> bytes:
        with self._cursor.copy(f"COPY {name} TO STDOUT") as rows:
            return b"".join(rows)

    def write(self, kept: dict[str, bytes]) -> None:
        for name, rows in kept.items():
            with self._cursor.copy(f"COPY {name} FROM STDIN") as into:
                into.write(rows)
        self._count_on(kept)

    def _count_on(self, names: Iterable[str]) -> None:
        """The next id of each table follows the highest that stands in it."""
        counted = [name for name in names if METADATA.tables[name].autoincrement_column is not None]
        counters = (f"setval('{name}_id_seq', (SELECT max(id) FROM {name}))" for name in counted)
        self._cursor.execute(f"SELECT {', '.join(counters)}")
