"""The tallies of every office, post and period, kept as sums: written with the figures, read instead of them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache
from operator import add, sub
from typing import Any

from sqlalchemy import Connection, bindparam, delete, select
from sqlalchemy.dialects import postgresql, sqlite

from domain.periods import Period
from domain.tallies import Cell, Tallies, Tally
from storage.tables import Rollup, table

_rollup = table(Rollup)
_KEY = ("office_id", "period", "post_id", "judged_every")
_READ = select(*(_rollup.c[name] for name in (*_KEY, *Tally._fields)))
_OF_OFFICES = _READ.where(_rollup.c.office_id.in_(bindparam("offices", expanding=True)))
_IN_PERIODS = _OF_OFFICES.where(_rollup.c.period.in_(bindparam("periods", expanding=True)))
_EMPTY = delete(_rollup).where(_rollup.c.office_id == bindparam("office"), _rollup.c.duties == 0)
_OF_OFFICE = delete(_rollup).where(_rollup.c.office_id == bindparam("office"))


def of_office(connection: Connection, office_id: int) -> dict[Cell, Tally]:
    """Every tally of an office."""
    return of_offices(connection, [office_id]).get(office_id, {})


def of_offices(
    connection: Connection, office_ids: Sequence[int], periods: Collection[Period] | None = None
) -> dict[int, dict[Cell, Tally]]:
    """The tallies of several offices by one statement, of all periods or of some."""
    asked: dict[str, Any] = {"offices": office_ids}
    if periods is not None:
        asked["periods"] = [period.code for period in periods]
    found: defaultdict[int, dict[Cell, Tally]] = defaultdict(dict)
    for row in connection.execute(_OF_OFFICES if periods is None else _IN_PERIODS, asked):
        office_id, period, post_id, every = row[: len(_KEY)]
        found[office_id][Cell(post_id, Period.parse(period), every)] = Tally._make(row[len(_KEY) :])
    return found


def change(connection: Connection, office_id: int, before: Tallies, after: Tallies) -> None:
    """Take the tallies of figures as they were out of those of the office, and add the same figures as they are.

    The rows are locked in the order of their keys.
    """
    nothing = Tally()
    cells = sorted(before.keys() | after.keys(), key=lambda cell: (cell.period.code, cell.post_id, cell.every))
    changes = {cell: Tally(*map(sub, after.get(cell, nothing), before.get(cell, nothing))) for cell in cells}
    rows = [_row(office_id, cell, one) for cell, one in changes.items() if any(one)]
    if rows:
        connection.execute(_adding(connection.dialect.name), rows)
    if any(one.duties < 0 for one in changes.values()):
        connection.execute(_EMPTY, {"office": office_id})


def replace(connection: Connection, office_id: int, tallies: Tallies) -> None:
    """Put these in place of all that are kept of an office."""
    connection.execute(_OF_OFFICE, {"office": office_id})
    change(connection, office_id, {}, tallies)


def totals(counted: Iterable[tuple[Cell, Tally]]) -> dict[Cell, Tally]:
    """The tallies of single figures, added up."""
    found: dict[Cell, Tally] = {}
    for cell, one in counted:
        found[cell] = Tally(*map(add, found[cell], one)) if cell in found else one
    return found


def _row(office_id: int, cell: Cell, one: Tally) -> Mapping[str, Any]:
    key = {"office_id": office_id, "period": cell.period.code, "post_id": cell.post_id, "judged_every": cell.every}
    return {**key, **one._asdict()}


@cache
def _adding(dialect: str) -> sqlite.Insert | postgresql.Insert:
    """Insert a row, or add it to the one that is there."""
    new = sqlite.insert(_rollup) if dialect == "sqlite" else postgresql.insert(_rollup)
    sums = {name: _rollup.c[name] + new.excluded[name] for name in Tally._fields}
    return new.on_conflict_do_update(index_elements=_KEY, set_=sums)
