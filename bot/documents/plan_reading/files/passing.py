"""A `Source` as JSON and back, to be handed from the process that reads a file to the one that asked for it.

A cell is `[text, column, number, oddity, formula, rows, columns, covered, bold, stored]` without the defaults at its
end, a blank one is its column only: a plan is mostly blank cells.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from bot.documents.plan_reading.source import Cell, Ignored, Oddity, Place, Row, Source, Table

_DEFAULTS: tuple[Any, ...] = ("", "", None, None, False, 1, 1, False, False, None)
_NUMBER = 2
_BEHIND = slice(_NUMBER + 1, len(_DEFAULTS))
_BEHIND_NUMBER = _DEFAULTS[_BEHIND]


def to_json(source: Source) -> dict[str, Any]:
    """What `from_json` makes a Source of; nothing but strings, numbers, lists and dicts."""
    return {
        "name": source.name,
        "tables": [
            {
                "place": _place_out(table.place),
                "before": list(table.before),
                "rows": [[_place_out(row.place), [_cell_out(cell) for cell in row.cells]] for row in table.rows],
            }
            for table in source.tables
        ],
        "lines": [[text, _place_out(place)] for text, place in source.lines],
        "ignored": [[_place_out(one.place), one.why] for one in source.ignored],
        "typed": source.has_typed_cells,
    }


def from_json(given: dict[str, Any]) -> Source:
    """Raises what wrong types raise: KeyError, TypeError, ValueError, ArithmeticError."""
    return Source(
        str(given["name"]),
        tuple(_table_in(table) for table in given["tables"]),
        tuple((str(text), _place_in(place)) for text, place in given["lines"]),
        tuple(Ignored(_place_in(place), str(why)) for place, why in given["ignored"]),
        bool(given["typed"]),
    )


def _place_out(place: Place) -> list[Any]:
    return [place.line, place.sheet, place.row, place.table, place.column]


def _place_in(given: Sequence[Any]) -> Place:
    line, sheet, row, table, column = given
    return Place(_whole(line), str(sheet), _whole(row), _whole(table), str(column))


def _whole(given: Any) -> int | None:
    return None if given is None else int(given)


def _cell_out(cell: Cell) -> str | list[Any]:
    column = cell.column
    if cell[_BEHIND] == _BEHIND_NUMBER:
        if cell.number is not None:
            return [cell.text, column, str(cell.number)]
        return [cell.text, column] if cell.text else column
    values: list[Any] = [cell.text, column, cell.number, *cell[_BEHIND]]
    values[_NUMBER] = None if cell.number is None else str(cell.number)
    values[-1] = None if cell.stored is None else str(cell.stored)
    while len(values) > 2 and values[-1] == _DEFAULTS[len(values) - 1]:
        values.pop()
    return values


def _table_in(given: dict[str, Any]) -> Table:
    rows = tuple(_row_in(place, cells) for place, cells in given["rows"])
    return Table(rows, _place_in(given["place"]), tuple(str(line) for line in given["before"]))


def _row_in(place: Sequence[Any], cells: Sequence[Any]) -> Row:
    at = _place_in(place)
    return Row(tuple(_cell_in(cell, at) for cell in cells), at)


def _cell_in(given: str | list[Any], row: Place) -> Cell:
    text, column, *more = ("", given) if isinstance(given, str) else given
    column = str(column)
    if not more:
        return Cell(str(text), row, column=column)
    if len(more) == 1:
        return Cell(str(text), row, Decimal(str(more[0])), column=column)
    number, oddity, is_formula, rows, columns, covered, is_bold, stored = (*more, *_DEFAULTS[_NUMBER + len(more) :])
    return Cell(
        str(text),
        row,
        None if number is None else Decimal(str(number)),
        None if oddity is None else Oddity(str(oddity)),
        bool(is_formula),
        int(rows),
        int(columns),
        bool(covered),
        bool(is_bold),
        None if stored is None else Decimal(str(stored)),
        column,
    )
