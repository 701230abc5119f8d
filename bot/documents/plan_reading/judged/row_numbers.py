"""The numbers of a row, each in the light of the others and of its unit: what adds up, what the unit does not allow."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import NamedTuple

from bot.documents.numbers_in_cells import tidy
from bot.documents.plan_reading.judged.cell_numbers import SEEN, CellNumber, Trouble
from bot.documents.plan_reading.source import Cell, Oddity
from domain.units import UnitGroup

_ONE = Decimal(1)
"""What has the quantum of it is a whole number."""
_FULL = Decimal(100)
COUNTED = frozenset({UnitGroup.FLOW, UnitGroup.STOCK})
"""What is counted whole."""
_UP_TO_FULL = frozenset({UnitGroup.PCT, UnitGroup.INDEX})
_KEPT = 1024
"""Rows whose numbers are remembered: those of a plan print a few figures time and again."""


class RowNumbers(NamedTuple):
    """What the cells of a row say: those of its periods in order, and that of its year."""

    of_periods: tuple[CellNumber, ...]
    annual: CellNumber
    has_trouble: bool
    """Whether a period has no certain number."""


class RowReader:
    """Reads the rows of one document: `counts` the cells of what is counted whole, `others` all others."""

    def __init__(self, counts: Callable[[Cell], CellNumber], others: Callable[[Cell], CellNumber]) -> None:
        self._counts, self.others = counts, others
        self._known: dict[tuple[object, ...], RowNumbers] = {}

    def read(self, cells: Sequence[Cell], annual: Cell | None, group: UnitGroup) -> RowNumbers:
        """The numbers of a row whose unit is of that group. `annual` is None where the layout has no such column."""
        seen = (group, None if annual is None else SEEN(annual), *map(SEEN, cells))
        found = self._known.get(seen)
        if found is None:
            if len(self._known) >= _KEPT:
                self._known.clear()
            found = self._known[seen] = self._read(cells, annual, group)
        return found

    def _read(self, cells: Sequence[Cell], annual_cell: Cell | None, group: UnitGroup) -> RowNumbers:
        read = self._counts if group in COUNTED else self.others
        annual = CellNumber() if annual_cell is None else read(annual_cell)
        numbers, annual = closing(list(map(read, cells)), annual)
        doubted = [cell is not None and cell.oddity is Oddity.FORMAT_UNKNOWN for cell in (*cells, annual_cell)]
        *checked, annual = in_unit((*numbers, annual), group, doubted=doubted)
        return RowNumbers(tuple(checked), annual, any(number.trouble for number in checked))


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
