"""The tallies of every office, post and period, kept as sums: written with the figures, read instead of them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from operator import add, sub
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Row, Select, bindparam, delete, select

from domain.periods import Period
from domain.tallies import Cell, Tallies, Tally, quoted_periods
from storage import schema
from storage.rows import insert_of

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql, sqlite

_rollup = schema.rollup
_KEY = ("office_id", "period", "post_id", "judged_every")
_KEYS = len(_KEY)
"""How every reading begins, and with how many columns."""
_ALONE = Tally._fields.index("quoted")
"""How many fields are of the period alone; those behind them are s/d its end."""
_NOTHING_ALONE = (0,) * _ALONE
_NOTHING_TO_DATE = (0,) * (len(Tally._fields) - _ALONE)


def _reading(names: Sequence[str]) -> Select[tuple[Any, ...]]:
    columns = (_rollup.c[name] for name in (*_KEY, *names))
    return select(*columns).where(_rollup.c.office_id.in_(bindparam("offices", expanding=True)))


_READ, _READ_ALONE = _reading(Tally._fields), _reading(Tally._fields[:_ALONE])
_READ_TO_DATE = _reading(Tally._fields[_ALONE:]).where(_rollup.c.period.in_(bindparam("periods", expanding=True)))
_UNREPORTED = select(_rollup.c.post_id, _rollup.c.period).where(
    _rollup.c.office_id == bindparam("office"), _rollup.c.asked > _rollup.c.reported
)
_EMPTY = delete(_rollup).where(_rollup.c.office_id == bindparam("office"), _rollup.c.duties == 0)
_OF_OFFICE = delete(_rollup).where(_rollup.c.office_id == bindparam("office"))


def of_office(connection: Connection, office_id: int) -> dict[Cell, Tally]:
    """Every tally of an office."""
    rows = connection.execute(_READ, {"offices": [office_id]}).all()
    return {_cell(row): Tally._make(row[_KEYS:]) for row in rows}


def on(connection: Connection, office_id: int, today: date) -> dict[Cell, Tally]:
    """The tallies of an office as a day sees them: s/d the end of a period only where that is the one to quote."""
    known = alone(connection, office_id)
    periods = quoted_periods({cell.period.year for cell in known}, today)
    for _office_id, cell, one in to_date(connection, [office_id], periods):
        known[cell] = Tally._make((*known[cell][:_ALONE], *one[_ALONE:]))
    return known


def alone(connection: Connection, office_id: int) -> dict[Cell, Tally]:
    """Of every tally of an office what is of its period alone."""
    rows = connection.execute(_READ_ALONE, {"offices": [office_id]}).all()
    return {_cell(row): Tally._make((*row[_KEYS:], *_NOTHING_TO_DATE)) for row in rows}


def unreported(connection: Connection, office_id: int) -> set[tuple[int, str]]:
    """The posts of an office and the codes of the periods of which not all that is asked is reported."""
    return {(post_id, code) for post_id, code in connection.execute(_UNREPORTED, {"office": office_id})}


def to_date(
    connection: Connection, office_ids: Sequence[int], periods: Iterable[Period]
) -> Iterator[tuple[int, Cell, Tally]]:
    """Of the tallies of several offices what is s/d the end of some periods, by one statement; each with its office."""
    asked = {"offices": office_ids, "periods": [period.code for period in periods]}
    for row in connection.execute(_READ_TO_DATE, asked).all():
        yield row.office_id, _cell(row), Tally._make((*_NOTHING_ALONE, *row[_KEYS:]))


def _cell(row: Row[Any]) -> Cell:
    _office_id, period, post_id, every = row[:_KEYS]
    return Cell(post_id, Period.parse(period), every)


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
def _adding(dialect: str) -> "sqlite.Insert | postgresql.Insert":
    """Insert a row, or add it to the one that is there."""
    new = insert_of(dialect, _rollup)
    sums = {name: _rollup.c[name] + new.excluded[name] for name in Tally._fields}
    return new.on_conflict_do_update(index_elements=_KEY, set_=sums)
