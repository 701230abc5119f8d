"""What stands beside the periods of an indicator: number, name, unit, annual target and the rungs above it.

Where the cells stand under their headings, the headings tell what they are; where a scan moved them, their words do,
and whatever is read so is marked as moved.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from bot.documents.plan_reading.cell_kinds import is_known_unit, is_named, list_mark, reads_like_indicator, without_mark
from bot.documents.plan_reading.headings.headers import Column, Part
from bot.documents.plan_reading.in_rows.period_labels import is_target, read_packed
from bot.documents.plan_reading.in_rows.strips import Strip
from bot.documents.plan_reading.rungs import level_of_code, level_of_word, plain_name, split_code
from bot.documents.plan_reading.source import Cell, Row
from domain.plan import Level

_ROW_NUMBER = re.compile(r"\(?(\d{1,3})[.)]?")
_ONLY_NUMBER = re.compile(r"[\d.,\s%]*\d[\d.,\s%]*")


@dataclass(frozen=True)
class Head:
    """The cells beside the first period of an indicator. `names` are several where two indicators share the row."""

    number: int | None = None
    names: tuple[Cell, ...] = ()
    unit: Cell | None = None
    annual: Cell | None = None
    path: Mapping[Level, str] = field(default_factory=dict[Level, str])
    level: Level | None = None
    """The rung that the words of the row name."""
    others: Mapping[Part, Cell] = field(default_factory=dict[Part, Cell])
    is_moved: bool = False
    """Cells stand elsewhere than the heading says."""
    is_odd_beside: bool = False
    """Only cells to the right of the targets do."""

    @property
    def name(self) -> str:
        """The name as printed, without its list number; empty where none is."""
        return without_mark(self.names[-1].text) if self.names else ""

    @property
    def is_blank(self) -> bool:
        return not self.names and self.number is None and self.unit is None and self.annual is None and not self.path

    @property
    def opens(self) -> bool:
        """Whether it begins an indicator: more than a name is printed."""
        return bool(self.names) and (self.number is not None or self.unit is not None or self.annual is not None)

    def is_same(self, other: "Head") -> bool:
        """Whether both print the same name, and where both print a unit or an annual target, the same."""
        mine, theirs = (self.unit, self.annual), (other.unit, other.annual)
        alike = all(a is None or b is None or a.text == b.text for a, b in zip(mine, theirs, strict=True))
        return bool(self.names) and self.name == other.name and alike

    def text(self, part: Part) -> str:
        cell = self.others.get(part)
        return cell.text if cell else ""

    def with_more(self, name: Cell) -> "Head":
        """The head with another line of its name."""
        if not self.names:
            return replace(self, names=(name,))
        joined = self.names[-1]._replace(text=f"{self.names[-1].text} {name.text}")
        return replace(self, names=(*self.names[:-1], joined))


def printed_head(row: Row, strip: Strip) -> Head:
    """The head in the columns that the heading gives it."""
    cells = {part: cell for part, index in strip.columns.items() if (cell := cell_at(row, index)) is not None}
    path = _path(row, strip)
    name = cells.get(Part.INDICATOR)
    beside = next((cell for cell in _beside(row, strip) if reads_like_indicator(cell.text)), None)
    is_moved = _is_odd(cells, row, strip)
    if name is not None and beside is not None and not reads_like_indicator(name.text):
        is_moved = True
    if name is None and beside is not None and level_of_word(beside.text) is None and _has_figures(row, strip, cells):
        name, is_moved = beside, True
        path = {level: text for level, text in path.items() if text != without_mark(beside.text)}
    return Head(
        _row_number(cells.get(Part.NUMBER)),
        () if name is None else (name,),
        cells.get(Part.UNIT),
        cells.get(Part.ANNUAL),
        path,
        _rung(row, strip),
        cells,
        is_moved,
        _is_odd_beside(row, strip),
    )


def head_by_meaning(texts: Sequence[Cell], strip: Strip) -> Head:
    """The head that moved cells make, told by what each of them can be, from right to left."""
    rest = list(texts)
    number = _taken_number(rest)
    annual = rest.pop() if rest and _ONLY_NUMBER.fullmatch(rest[-1].text) else None
    unit = rest.pop() if rest and is_known_unit(rest[-1].text) and (len(rest) > 1 or annual is not None) else None
    rungs = [cell for cell in rest if level_of_word(cell.text) is not None]
    names = [cell for cell in rest if cell not in rungs]
    if len(names) > 1 and not all(list_mark(cell.text) for cell in names):
        rungs, names = [*rungs, *names[:-1]], names[-1:]
    levels = [level_of_word(cell.text) or _own_rung(strip) for cell in rungs]
    path = {level: plain_name(cell.text, level) for level, cell in zip(levels, rungs, strict=True)}
    level = next((rung for cell in reversed(rungs) if (rung := level_of_word(cell.text)) is not None), None)
    return Head(number, tuple(names), unit, annual, path, level, is_moved=True)


def joined_names(names: Sequence[Cell]) -> str:
    """The names of cells, without their list numbers."""
    return "; ".join(without_mark(cell.text) for cell in names)


def cell_at(row: Row, index: int | None) -> Cell | None:
    """The cell of a column, None where it is blank or the row ends before it."""
    if index is None or index >= len(row.cells) or not row.cells[index].text:
        return None
    return row.cells[index]


def _row_number(cell: Cell | None) -> int | None:
    match = _ROW_NUMBER.fullmatch(cell.text) if cell else None
    return int(match[1]) if match else None


def _taken_number(rest: list[Cell]) -> int | None:
    """The row number at the left, taken out; a lone number is one, too."""
    if rest and (match := _ROW_NUMBER.fullmatch(rest[0].text)) is not None and (len(rest) == 1 or len(rest) > 2):
        rest.pop(0)
        return int(match[1])
    return None


def _own_rung(strip: Strip) -> Level:
    column = strip.names[0] if strip.names else None
    return column.levels[-1] if column and column.levels else Level.SASARAN


def _beside(row: Row, strip: Strip) -> Iterator[Cell]:
    """The cells of the rungs to the left of the periods."""
    for column in strip.names:
        cell = cell_at(row, column.index) if column.index < strip.label else None
        if cell is not None:
            yield cell


def _path(row: Row, strip: Strip) -> dict[Level, str]:
    path: dict[Level, str] = {}
    for column in strip.names:
        cell = cell_at(row, column.index)
        if cell is None or _ONLY_NUMBER.fullmatch(cell.text) or column.index == strip.name:
            continue
        level = _level_in(cell, column)
        if level is not None:
            path[level] = plain_name(cell.text, level)
    return path


def _level_in(cell: Cell, column: Column) -> Level | None:
    """The rung of a name: that of its column, where this has one; else the one that its first word or its code says."""
    if len(column.levels) == 1:
        return column.levels[0]
    said = level_of_word(cell.text) or level_of_code(split_code(cell.text)[0])
    return said or (column.levels[-1] if column.levels else None)


def _rung(row: Row, strip: Strip) -> Level | None:
    """The rung that a row names beside its periods: by its words, else the last of several columns that is filled."""
    beside = [column for column in strip.names if column.index < strip.label]
    filled = [(column, cell) for column in beside if (cell := cell_at(row, column.index)) is not None]
    said = [level for _, cell in filled if (level := level_of_word(cell.text)) is not None]
    if said:
        return said[-1]
    is_told = len(beside) > 1 or any(len(column.levels) > 1 for column in beside)
    return _level_in(filled[-1][1], filled[-1][0]) if filled and is_told else None


def _has_figures(row: Row, strip: Strip, cells: Mapping[Part, Cell]) -> bool:
    return Part.UNIT in cells or cell_at(row, strip.label) is not None


def _is_odd(cells: Mapping[Part, Cell], row: Row, strip: Strip) -> bool:
    """Whether cells hold what their columns cannot: a unit for a name, a name for a unit, a text for a target."""
    unit, annual, name = cells.get(Part.UNIT), cells.get(Part.ANNUAL), cells.get(Part.INDICATOR)
    if any(cell and _ONLY_NUMBER.fullmatch(cell.text) for cell in (unit, name)):
        return True
    if name and is_known_unit(name.text):
        return True
    if annual and not any(sign.isdigit() for sign in annual.text) and not is_target(annual.text):
        return True
    if any(_is_foreign(cell) for index, cell in enumerate(row.cells) if index in strip.wordless):
        return True
    return any(_stands_elsewhere(row, column) for column in strip.names if column.index < strip.label)


def _is_foreign(cell: Cell) -> bool:
    """Whether a name stands where units, periods and numbers do."""
    return is_named(cell.text) and not is_known_unit(cell.text) and not read_packed(cell.text)


def _is_odd_beside(row: Row, strip: Strip) -> bool:
    """Whether a number stands in a column of names to the right of the periods."""
    right = [cell_at(row, column.index) for column in strip.names if column.index > strip.label]
    return any(cell and _ONLY_NUMBER.fullmatch(cell.text) for cell in right)


def _stands_elsewhere(row: Row, column: Column) -> bool:
    """Whether a name says that it is of another rung than its column. A sasaran may begin with any word."""
    cell = cell_at(row, column.index)
    said = level_of_word(cell.text) if cell else None
    is_strict = bool(column.levels) and not {Level.SASARAN, Level.TUJUAN} & set(column.levels)
    return said is not None and is_strict and said not in column.levels
