"""Errors, formulas and what is hidden or merged in an ods workbook, by its content (OpenDocument 1.3, part 3, 9)."""

import re
from collections.abc import Mapping

from bot.documents.plan_reading.files.limits import CELLS, COLUMNS, ROWS
from bot.documents.plan_reading.files.marks import Marks
from bot.documents.plan_reading.files.package import Package, linked, too_much_inside

_OUTSIDE = re.compile(r"'?(?:file|https?|ftp):|\b(?:DDE|WEBSERVICE)\s*\(", re.IGNORECASE)
_CELLS = frozenset({"table-cell", "covered-table-cell"})
_ERROR = re.compile(r"#[A-Z/0!?]+[!?AD0]|Err:\d+", re.IGNORECASE)


def marks_of_ods(package: Package, content: str) -> list[Marks]:
    """Of each sheet in the order of the workbook. Raises PlanRefused, also for what lies too far apart."""
    gathered = _Gathered()
    package.walk(content, gathered.started, gathered.ended, gathered.said)
    return gathered.sheets


class _Gathered:
    """The state of the pass."""

    def __init__(self) -> None:
        self.sheets: list[Marks] = []
        self._row = self._rows = self._column = self._columns = 0
        self._declared = 0
        self._cell: Mapping[str, str] = {}
        self._is_cell = False
        self._text: list[str] = []

    def started(self, tag: str, attributes: Mapping[str, str]) -> None:
        named = {key.rpartition(":")[2]: value for key, value in attributes.items()}
        if tag == "table":
            self.sheets.append(Marks())
            self._row = self._declared = 0
        elif not self.sheets:
            return
        elif tag == "table-column":
            self._declare(named)
        elif tag == "table-row":
            self._begin_row(named)
        elif tag in _CELLS:
            self._cell, self._is_cell, self._text = named, True, []
            self._columns = _repeated(named, "number-columns-repeated")

    def said(self, text: str) -> None:
        if self._is_cell and len(self._text) < 100:
            self._text.append(text)

    def ended(self, tag: str) -> None:
        if tag in _CELLS and self._is_cell:
            self._end_cell("".join(self._text).strip())
            self._is_cell = False
            self._column += self._columns

    def _declare(self, named: Mapping[str, str]) -> None:
        count = _repeated(named, "number-columns-repeated")
        if named.get("visibility", "visible") != "visible":
            last = min(self._declared + count, COLUMNS)
            self.sheets[-1].hidden_columns.update(range(self._declared + 1, last + 1))
        self._declared += count

    def _begin_row(self, named: Mapping[str, str]) -> None:
        self._row += self._rows if self._row else 1
        self._rows = _repeated(named, "number-rows-repeated")
        self._column = 1
        if named.get("visibility", "visible") != "visible":
            last = min(self._row + self._rows, ROWS)
            self.sheets[-1].hidden_rows.update(range(self._row, last))

    def _end_cell(self, text: str) -> None:
        formula = self._cell.get("formula")
        if formula is not None and _OUTSIDE.search(formula):
            raise linked()
        if not text and formula is None and "value-type" not in self._cell:
            return
        self._refuse_far()
        place = (self._row, self._column)
        if formula is not None:
            self.sheets[-1].formulas.add(place)
            if not text:
                self.sheets[-1].empty_formulas.add(place)
        if self._cell.get("value-type") == "error" or (formula is not None and _ERROR.fullmatch(text)):
            self.sheets[-1].errors[place] = text
        down, across = _repeated(self._cell, "number-rows-spanned"), _repeated(self._cell, "number-columns-spanned")
        if down > 1 or across > 1:
            area = (self._row, self._column, self._row + down - 1, self._column + across - 1)
            self.sheets[-1].merged.append(area)

    def _refuse_far(self) -> None:
        """A cell with something in it, said to stand in many places or far away, makes calamine take all memory."""
        last_row, last_column = self._row + self._rows - 1, self._column + self._columns - 1
        if last_row > ROWS or last_column > COLUMNS or self._rows * self._columns > CELLS:
            raise too_much_inside()


def _repeated(named: Mapping[str, str], attribute: str) -> int:
    text = named.get(attribute, "1")
    return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < 10 else 1
