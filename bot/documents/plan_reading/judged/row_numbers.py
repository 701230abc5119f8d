"""The numbers of a row, each in the light of the others and of its unit: what adds up, what the unit does not allow."""

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import NamedTuple

from bot.documents.numbers_in_cells import tidy
from bot.documents.plan_reading.judged.cell_numbers import SEEN, CellNumber, NumberStyle, Trouble, reader_of
from bot.documents.plan_reading.printed import PrintedIndicator
from bot.documents.plan_reading.source import Cell, Oddity
from domain.units import UnitGroup, normal_unit, unit_word

_ONE = Decimal(1)
"""What has the quantum of it is a whole number."""
_FULL = Decimal(100)
COUNTED = frozenset({UnitGroup.FLOW, UnitGroup.STOCK})
"""What is counted whole."""
_UP_TO_FULL = frozenset({UnitGroup.PCT, UnitGroup.INDEX})
_IN_NO_STYLE = reader_of(NumberStyle())
"""Tells the units that stand beside numbers, whatever their separators mean."""


class RowNumbers(NamedTuple):
    """What the cells of a row say: those of its periods in order, and that of its year."""

    of_periods: tuple[CellNumber, ...]
    annual: CellNumber
    has_trouble: bool
    """Whether a period has no certain number."""


class Reader(NamedTuple):
    """What reads the cells of a document: those of what is counted whole, and all others."""

    counts: Callable[[Cell], CellNumber]
    others: Callable[[Cell], CellNumber]


class RowFigures:
    """The cells in which a row prints its targets, wherever it stands: rows that print the same share one.

    `cells` are those of its periods in order, `annual` that of its year, None where the layout has no such column.
    `units` are those that it prints, column first, then the annual target and the periods; `unit` is the word for that
    of the row, `period_unit` for that of its periods where it is another.
    """

    def __init__(self, unit: str, cells: Sequence[Cell], annual: Cell | None) -> None:
        self.cells, self.annual = cells, annual
        telling = [cell for cell in (annual, *cells) if cell is not None and cell.text and not cell.text.isdecimal()]
        found = [unit.strip(), *[_IN_NO_STYLE(cell).unit for cell in telling]]
        self.units = tuple(filter(None, dict.fromkeys(found)))
        self.unit = unit_word(self.units[0]) if self.units else None
        others = (each for each in self.units[1:] if normal_unit(each) != normal_unit(self.unit))
        self.period_unit = next(map(unit_word, others), None)
        self._read: dict[UnitGroup, RowNumbers] = {}

    def numbers(self, reader: Reader, group: UnitGroup) -> RowNumbers:
        """Its numbers, whose unit is of that group. One document has one reader."""
        if group not in self._read:
            self._read[group] = self._numbers(reader, group)
        return self._read[group]

    def _numbers(self, reader: Reader, group: UnitGroup) -> RowNumbers:
        read = reader.counts if group in COUNTED else reader.others
        annual = CellNumber() if self.annual is None else read(self.annual)
        numbers, annual = closing(list(map(read, self.cells)), annual)
        doubted = [cell is not None and cell.oddity is Oddity.FORMAT_UNKNOWN for cell in (*self.cells, self.annual)]
        *checked, annual = in_unit((*numbers, annual), group, doubted=doubted)
        return RowNumbers(tuple(checked), annual, any(number.trouble for number in checked))


def figures_of(rows: Iterable[PrintedIndicator]) -> list[RowFigures]:
    """The figures of each of these rows; those of a plan print a few of them time and again."""
    known: dict[tuple[object, ...], RowFigures] = {}
    found: list[RowFigures] = []
    for one in rows:
        cells = one.cells
        annual = cells[0] if one.annual is None and cells and len(one.periods) == 1 else one.annual
        seen = (one.unit, None if annual is None else SEEN(annual), *map(SEEN, cells))
        if seen not in known:
            known[seen] = RowFigures(one.unit or "", cells, annual)
        found.append(known[seen])
    return found


def closing(cells: Sequence[CellNumber], annual: CellNumber) -> tuple[tuple[CellNumber, ...], CellNumber]:
    """The cells of a row and its annual target, their separators decided where one reading alone adds up."""
    row = (*cells, annual)
    if annual.value is None or Trouble.SEPARATOR not in [cell.trouble for cell in row]:
        return tuple(cells), annual
    if any(cell.trouble not in (None, Trouble.SEPARATOR) for cell in row):
        return tuple(cells), annual
    ways = [tuple(_taken(cell, largest=largest) for cell in row) for largest in (True, False)]
    adding_up = [way for way in ways if _adds_up(way)]
    if len(adding_up) != 1:
        return tuple(cells), annual
    return adding_up[0][:-1], adding_up[0][-1]


def _taken(cell: CellNumber, *, largest: bool) -> CellNumber:
    """The cell with its separator taken for one of thousands (the largest reading) or of decimals."""
    if cell.trouble is not Trouble.SEPARATOR:
        return cell
    return CellNumber((max if largest else min)(cell.readings), cell.unit)


def _adds_up(row: Sequence[CellNumber]) -> bool:
    values = [cell.value for cell in row[:-1] if cell.value is not None]
    return bool(values) and sum(values) == row[-1].value


def in_unit(cells: Sequence[CellNumber], group: UnitGroup, *, doubted: Sequence[bool]) -> tuple[CellNumber, ...]:
    """The cells of a row once their unit is known; what the unit does not allow is a trouble.

    `doubted` tells of each cell that its number format is not known, so that 0.25 may be shown as 25% and 1 as 100%.
    """
    if group in COUNTED:
        return tuple(map(_counted, cells))
    has_share = any(map(_is_share, cells))
    may_hide_percents = group is UnitGroup.OTHER and has_share and any(doubted)
    if group not in _UP_TO_FULL and not may_hide_percents:
        return tuple(cells)
    may_be_share = group is not UnitGroup.INDEX
    return tuple(
        _up_to_full(cell, beside_share=may_be_share and (has_share or at_a_loss))
        for cell, at_a_loss in zip(cells, doubted, strict=True)
    )


def _is_share(cell: CellNumber) -> bool:
    return cell.certain is not None and 0 < cell.certain < 1 and "%" not in cell.unit


def _counted(cell: CellNumber) -> CellNumber:
    value = cell.value
    if value is None or value.same_quantum(_ONE) or cell.trouble is not None or value == value.to_integral_value():
        return cell
    return cell._replace(trouble=Trouble.FRACTION)


def _up_to_full(cell: CellNumber, *, beside_share: bool) -> CellNumber:
    """A percentage or an index: only a reading up to 100 is possible."""
    value = cell.value
    if value is None or cell.trouble not in (None, Trouble.SEPARATOR):
        return cell
    if cell.trouble is Trouble.SEPARATOR:
        possible = tuple(reading for reading in cell.readings if reading <= _FULL)
        is_decimal = possible == cell.readings[:1]
        return CellNumber(possible[0], cell.unit) if is_decimal else cell
    is_share = beside_share and 0 < value <= 1 and "%" not in cell.unit
    if is_share:
        return cell._replace(value=value * _FULL, trouble=Trouble.SHARE, readings=(tidy(value * _FULL), value))
    return cell._replace(trouble=Trouble.OUTSIDE) if value > _FULL else cell
