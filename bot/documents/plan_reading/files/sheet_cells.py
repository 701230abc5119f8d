"""The filled cells of a sheet as tables are made of them: what is hidden is left out and told, merged cells are marked.

Used by every kind of workbook; a reader gives `Grid`s.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import chain, groupby

from bot.documents.plan_reading.files.limits import CELLS, COLUMNS, Allowance
from bot.documents.plan_reading.files.package import broken
from bot.documents.plan_reading.source import Cell, Ignored, Place, PlanRefused, Row, Table

Position = tuple[int, int]
"""Row and column, both from 1."""
Cells = dict[int, dict[int, Cell]]
"""Filled cells by row, then by column, both from 1; no row is without any."""
Area = tuple[int, int, int, int]
"""First row, first column, last row, last column of a merged cell."""
made = tuple.__new__
"""What the constructor of a NamedTuple does, without a function of Python around it: a plan has thousands of cells."""
HIDDEN_SHEET = "Lembar ini disembunyikan, jadi tidak dibaca."


@dataclass(frozen=True)
class Grid:
    """The filled cells of a sheet, with what lies over them."""

    sheet: str
    cells: Cells
    merged: Sequence[Area] = ()
    hidden_rows: frozenset[int] = field(default_factory=frozenset[int])
    hidden_columns: frozenset[int] = field(default_factory=frozenset[int])


@cache
def letters(column: int) -> str:
    """The letters of a column counted from 1: A, Z, AA."""
    text = ""
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(ord("A") + rest) + text
    return text


def table_of(grid: Grid, allowance: Allowance) -> Table | None:
    """The visible cells from the first filled row to the last, each row from column A to the last filled column.

    None where nothing is seen. Raises PlanRefused for what lies too far apart.
    """
    if grid.merged:
        grid = replace(grid, cells=_moved_into_sight(grid))
    seen = _seen(grid)
    if not seen:
        return None
    last_column = max(map(max, seen.values()))
    _refuse_far(grid.sheet, seen, last_column)
    columns = [column for column in range(1, last_column + 1) if column not in grid.hidden_columns]
    rows = _Span(min(seen), max(seen), grid.hidden_rows)
    cells = _with_merged(grid, rows, columns) if grid.merged else seen
    made = tuple(_row(grid.sheet, row, columns, cells.get(row, {}), allowance) for row in rows.visible)
    return Table(made, Place(sheet=grid.sheet, row=rows.first))


def ignored_of(grid: Grid) -> Iterator[Ignored]:
    """Hidden rows and columns with something in them."""
    if not (grid.hidden_rows or grid.hidden_columns):
        return
    rows = grid.cells.keys() & grid.hidden_rows
    for first, last in _runs(rows):
        named = f"Baris {first}" if first == last else f"Baris {first} sampai {last}"
        yield Ignored(Place(sheet=grid.sheet, row=first), f"{named} disembunyikan, jadi tidak dibaca.")
    columns = frozenset(chain.from_iterable(grid.cells.values())) & grid.hidden_columns
    for first, last in _runs(columns):
        begin, end = letters(first), letters(last)
        named = f"Kolom {begin}" if first == last else f"Kolom {begin} sampai {end}"
        yield Ignored(Place(sheet=grid.sheet, column=begin), f"{named} disembunyikan, jadi tidak dibaca.")


def _seen(grid: Grid) -> Cells:
    """The cells that are not hidden."""
    if not (grid.hidden_rows or grid.hidden_columns):
        return grid.cells
    rows = ((row, found) for row, found in grid.cells.items() if row not in grid.hidden_rows)
    seen = ((row, {at: cell for at, cell in found.items() if at not in grid.hidden_columns}) for row, found in rows)
    return {row: found for row, found in seen if found}


def _moved_into_sight(grid: Grid) -> Cells:
    """The cells, with what stands in a hidden corner of a merged cell at the first place where it is seen."""
    cells = _copied(grid.cells)
    for top, left, bottom, right in grid.merged:
        if left in cells.get(top, ()) and (top in grid.hidden_rows or left in grid.hidden_columns):
            row = next((row for row in range(top, bottom + 1) if row not in grid.hidden_rows), None)
            column = next((column for column in range(left, right + 1) if column not in grid.hidden_columns), None)
            if row is not None and column is not None:
                cells.setdefault(row, {})[column] = cells[top].pop(left)
    return {row: found for row, found in cells.items() if found}


def _copied(cells: Cells) -> Cells:
    return {row: dict(found) for row, found in cells.items()}


class _Span:
    """The rows of a table."""

    def __init__(self, first: int, last: int, hidden: frozenset[int]) -> None:
        self.first, self.last, self._hidden = first, last, hidden
        self.visible = self.between(first, last)

    def between(self, first: int, last: int) -> list[int]:
        """The visible rows of the table from `first` to `last`."""
        span = range(max(first, self.first), min(last, self.last) + 1)
        return [row for row in span if row not in self._hidden]


def _refuse_far(sheet: str, seen: Cells, last_column: int) -> None:
    if last_column > COLUMNS:
        row = next(row for row, found in seen.items() if last_column in found)
        raise PlanRefused(
            f"Ada isi di {sheet}!{letters(last_column)}{row}, terlalu jauh dari tabel, mohon hapus isi sel itu."
        )


def _row(sheet: str, row: int, columns: list[int], found: Mapping[int, Cell], allowance: Allowance) -> Row:
    allowance.take_row(len(columns))
    place = Place(sheet=sheet, row=row)
    cells = found.values()
    if list(found) != columns:
        cells = [found.get(column) or Cell("", place, column=letters(column)) for column in columns]
    read = Row(tuple(cells), place)
    allowance.take_texts(read.texts)
    return read


def _with_merged(grid: Grid, rows: _Span, columns: Sequence[int]) -> Cells:
    """The cells, with how far merged ones reach over what is visible; the first visible one has the content."""
    cells = _copied(grid.cells)
    marked = 0
    for top, left, bottom, right in grid.merged:
        covered_rows = rows.between(top, bottom)
        covered_columns = [column for column in columns if left <= column <= right]
        marked += len(covered_rows) * len(covered_columns)
        if marked > CELLS:
            raise broken()
        if not covered_rows or not covered_columns:
            continue
        first_row, first_column = covered_rows[0], covered_columns[0]
        places = {row: Place(sheet=grid.sheet, row=row) for row in covered_rows}
        corners = ((top, left), (first_row, first_column))
        contents = (cell for row, column in corners if (cell := grid.cells.get(row, {}).get(column)) is not None)
        content = next(contents, None) or Cell("", places[first_row])
        for row in covered_rows:
            blank = {column: Cell("", places[row], covered=True, column=letters(column)) for column in covered_columns}
            cells.setdefault(row, {}).update(blank)
        cells[first_row][first_column] = content._replace(
            row=places[first_row], column=letters(first_column), rows=len(covered_rows), columns=len(covered_columns)
        )
    return cells


def _runs(numbers: Iterable[int]) -> Iterator[tuple[int, int]]:
    """The first and the last of numbers that follow each other."""
    for _, run in groupby(enumerate(sorted(numbers)), key=lambda pair: pair[1] - pair[0]):
        members = [number for _, number in run]
        yield members[0], members[-1]
