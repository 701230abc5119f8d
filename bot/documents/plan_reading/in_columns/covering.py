"""Merged cells: what stands in the cells that one of them covers."""

from collections.abc import Iterable, Sequence
from itertools import chain
from operator import attrgetter

from bot.documents.plan_reading.headings.headers import Column
from bot.documents.plan_reading.source import Cell, Row

_COVERED = attrgetter("covered")


class Covering:
    """The merged cell over each covered one of some rows."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self._over: dict[tuple[int, int], Cell] = {}
        if not any(map(_COVERED, chain.from_iterable(row.cells for row in rows))):
            return
        for at, row in enumerate(rows):
            for index, cell in enumerate(row.cells):
                if (cell.rows > 1 or cell.columns > 1) and cell.text:
                    self._cover(rows, at, index, cell)

    def _cover(self, rows: Sequence[Row], at: int, index: int, cell: Cell) -> None:
        for below in rows[at : at + cell.rows]:
            for column in range(index, index + cell.columns):
                if column < len(below.cells) and below.cells[column].covered:
                    self._over[id(below), column] = cell

    def cells_at(self, row: Row, columns: Iterable[Column]) -> list[Cell]:
        """The merged cells that cover any of these cells of the row."""
        if not self._over:
            return []
        return [cell for column in columns if (cell := self.cell_at(row, column)) is not None]

    def cell_at(self, row: Row, column: Column | None) -> Cell | None:
        """The merged cell that covers a cell of the row, None where none does."""
        return None if column is None or not self._over else self._over.get((id(row), column.index))

    def text_at(self, row: Row, column: Column | None) -> str:
        """What stands in that merged cell."""
        cell = self.cell_at(row, column)
        return "" if cell is None else cell.text
