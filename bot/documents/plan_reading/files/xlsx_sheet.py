"""The cells of one sheet of an xlsx workbook as they are stored, in one pass over its XML."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from operator import itemgetter
from typing import NamedTuple

from bot.documents.plan_reading.files.limits import CELLS, COLUMNS, LONGEST_CELL, Allowance, too_long
from bot.documents.plan_reading.files.package import LocalNames, Package, Skim, broken, linked, too_much_inside
from bot.documents.plan_reading.files.sheet_cells import Area, Position, letters, made
from bot.documents.plan_reading.files.xlsx_book import is_yes

_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})", re.ASCII)
_OUTSIDE = re.compile(
    r"'[^'\[\]]*\[[^\[\]]+\][^'\[\]]*'!|(?<![\w\]])\[[^\[\]]+\][\w.]*!|\bWEBSERVICE\s*\(|\w\|[^|!]*!", re.IGNORECASE
)
"""A formula that takes its value from another file, a web page or a program (DDE)."""
_QUOTED = re.compile(r'"[^"]*"')
_LAST_COLUMN = 16_384
_PLAIN_ROW = re.compile(r'<row((?: [A-Za-z][A-Za-z0-9:]*="[^"<>&\x00-\x1f\ufffe\uffff]*")+) ?(/?)>')
_ROW_ENDS = "</row>"
_ATTRIBUTE = re.compile(r' ([A-Za-z0-9:]+)="([^"]*)"')
_PLAIN_NUMBER = re.compile(r"[1-9][0-9]{0,6}")
_PLAIN_CELL = re.compile(
    r'(<c r="([A-Z]{1,3})([1-9][0-9]{0,6})"(?: s="([0-9]+)")?(?: t="([A-Za-z]+)")?'
    r" ?(?:/>|>(?:<v>([^<>&\x00-\x1f\ufffe\uffff]*)</v>)?</c>))"
)
"""A cell with its value and nothing else, as nearly all are."""
_WHOLE_CELL = itemgetter(0)
"""All of it, of what is found in it."""
_COLUMNS = {letters(column): column for column in range(1, COLUMNS + 1)}
"""Those that a table may have, to be looked up where most references are: in the row that they stand in."""


class Stored(NamedTuple):
    """A cell as the file has it: its type (ECMA-376 part 1, 18.18.11), the number of its style, its value."""

    kind: str
    style: int
    value: str
    is_formula: bool


@dataclass
class StoredSheet:
    """`cells` holds by row and column only those with a value or a formula, each the number of what it holds in `held`:
    a plan prints the same in hundreds of rows."""

    cells: dict[int, dict[int, int]] = field(default_factory=dict[int, dict[int, int]])
    held: list[Stored] = field(default_factory=list[Stored])
    merged: list[Area] = field(default_factory=list[Area])
    hidden_rows: set[int] = field(default_factory=set[int])
    hidden_columns: set[int] = field(default_factory=set[int])


def stored_sheet(package: Package, part: str) -> StoredSheet:
    """The cells of the sheet in `part`. Raises PlanRefused."""
    gathered = _Gathered()
    skim = Skim(b"<sheetData>", b"</sheetData>", gathered.take_plain)
    package.walk_as_printed(part, gathered.started, gathered.ended, gathered.said, skim)
    return gathered.sheet


def position_of(reference: str) -> Position:
    """Row and column of `B12`. Raises PlanRefused for what is no reference."""
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        raise broken()
    return int(match[2]), _column(match[1])


@cache
def _column(letters: str) -> int:
    """The number of a column, from 1, by its one to three letters."""
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - ord("A") + 1
    return column


class _Gathered:
    """The state of the pass. A plan has thousands of cells, so their tags are asked for first, as most files have them,
    without a prefix; all others, prefixed ones among them, take a step more."""

    def __init__(self) -> None:
        self.sheet = StoredSheet()
        self._cells = self.sheet.cells
        self._row, self._column = 0, 0
        self._printed_row = "0"
        self._cell: Mapping[str, str] = {}
        self._value, self._is_formula = "", False
        self._in_value = self._in_formula = self._in_reading = False
        self._formula = ""
        self._known: dict[tuple[str, str, str, bool], int] = {}
        """The numbers of what cells hold."""
        self._last_filled = 0
        self._filled = 0
        """Cells of the rows before it."""
        self._allowance = Allowance()
        self._names = LocalNames()

    def take_plain(self, rows: str) -> int:
        """Take rows as long as nothing but plain cells stands in them, each by its reference; return where the first
        other one begins. What it takes is what the parser would tell of it."""
        at = 0
        while (row := _PLAIN_ROW.match(rows, at)) is not None:
            printed = _ATTRIBUTE.findall(row[1])
            attributes = dict(printed)
            if len(attributes) < len(printed) or _PLAIN_NUMBER.fullmatch(attributes.get("r", "")) is None:
                break
            self._begin_row(attributes)
            end = row.end() if row[2] else self._plain_cells(rows, row.end())
            if end is None:
                break
            at = end
        return at

    def _plain_cells(self, rows: str, begin: int) -> int | None:
        """Take the cells of the row that was begun; return where it ends, None where it has any other."""
        end = rows.find(_ROW_ENDS, begin)
        printed = _PLAIN_CELL.findall(rows, begin, end)
        if end < 0 or sum(map(len, map(_WHOLE_CELL, printed))) < end - begin:
            return None
        known, printed_row = self._known, self._printed_row
        cells: dict[int, int] = {}
        for _cell, column_letters, number, style, kind, value in printed:
            column = _COLUMNS.get(column_letters)
            if column is None or number != printed_row:
                return None
            if value:
                held = (kind or "n", style or "0", value, False)
                place = known.get(held)
                cells[column] = self._held_first(*held) if place is None else place
        if cells:
            self._filled_row().update(cells)
        return end + len(_ROW_ENDS)

    def started(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "v":
            self._in_value = True
        elif tag == "c":
            self._cell, self._value, self._is_formula = attributes, "", False
        else:
            self._begin(self._names[tag], attributes)

    def _begin(self, name: str, attributes: Mapping[str, str]) -> None:
        match name:
            case "c":
                self._cell, self._value, self._is_formula = attributes, "", False
            case "v":
                self._in_value = True
            case "t":
                self._in_value = not self._in_reading
            case "f":
                self._in_formula, self._formula = True, ""
            case "rPh":
                self._in_reading = True
            case "row":
                self._begin_row(attributes)
            case "col":
                self._take_columns(attributes)
            case "mergeCell":
                self._take_merged(attributes.get("ref", ""))
            case _:
                pass

    def said(self, text: str) -> None:
        if self._in_value:
            self._value += text
            if len(self._value) > LONGEST_CELL:
                raise too_long()
        elif self._in_formula:
            self._formula += text
            if len(self._formula) > LONGEST_CELL:
                raise too_long()

    def ended(self, tag: str) -> None:
        if tag == "v":
            self._in_value = False
        elif tag == "c":
            self._end_cell()
        else:
            self._end(self._names[tag])

    def _end(self, name: str) -> None:
        match name:
            case "c":
                self._end_cell()
            case "v" | "t":
                self._in_value = False
            case "f":
                self._is_formula, self._in_formula = True, False
                if _OUTSIDE.search(_QUOTED.sub("", self._formula)):
                    raise linked()
            case "rPh":
                self._in_reading = False
            case _:
                pass

    def _end_cell(self) -> None:
        printed = self._cell.get
        reference = printed("r")
        column = "" if reference is None else reference.removesuffix(self._printed_row)
        if column in _COLUMNS and column != reference:
            self._column = _COLUMNS[column]
        elif reference is None:
            self._column += 1
        else:
            self._row, self._column = position_of(reference)
            self._printed_row = str(self._row)
        if self._value or self._is_formula:
            held = (printed("t", "n"), printed("s", "0"), self._value, self._is_formula)
            number = self._known.get(held)
            self._filled_row()[self._column] = self._held_first(*held) if number is None else number

    def _held_first(self, kind: str, style: str, value: str, is_formula: bool) -> int:
        number = self._known[kind, style, value, is_formula] = len(self._known)
        if len(value) > LONGEST_CELL:
            raise too_long()
        if number >= CELLS:
            raise too_much_inside()
        self.sheet.held.append(made(Stored, (kind, _number(style), value, is_formula)))
        return number

    def _filled_row(self) -> dict[int, int]:
        """The cells of the row, which has one."""
        if self._row != self._last_filled:
            self._filled += len(self._cells.get(self._last_filled, ()))
            self._last_filled = self._row
            self._allowance.take_row(0)
            if self._filled > CELLS:
                raise too_much_inside()
        return self._cells.setdefault(self._row, {})

    def _begin_row(self, attributes: Mapping[str, str]) -> None:
        self._row, self._column = _number(attributes.get("r")) or self._row + 1, 0
        self._printed_row = str(self._row)
        has_no_height = is_yes(attributes.get("customHeight")) and _is_nothing(attributes.get("ht"))
        if is_yes(attributes.get("hidden")) or has_no_height:
            self.sheet.hidden_rows.add(self._row)

    def _take_columns(self, attributes: Mapping[str, str]) -> None:
        if is_yes(attributes.get("hidden")) or _is_nothing(attributes.get("width")):
            first, last = _number(attributes.get("min")), _number(attributes.get("max"))
            self.sheet.hidden_columns.update(range(first, min(last, _LAST_COLUMN) + 1))

    def _take_merged(self, reference: str) -> None:
        begin, _, end = reference.partition(":")
        top, left = position_of(begin)
        bottom, right = position_of(end or begin)
        self.sheet.merged.append((top, left, bottom, right))
        if len(self.sheet.merged) > CELLS:
            raise too_much_inside()


def _number(text: str | None) -> int:
    if text is None:
        return 0
    if text.isdecimal() and text.isascii():
        return int(text)
    try:
        return int(float(text or 0))
    except (ValueError, OverflowError) as error:
        raise broken() from error


def _is_nothing(measure: str | None) -> bool:
    """Whether a height or width is given as zero."""
    return measure is not None and measure.strip("0.") == "" and measure != ""
