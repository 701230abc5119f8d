"""Whether the cells of a row stand where the heading says, and where they would stand otherwise."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import filterfalse, zip_longest

from bot.documents.plan_reading.cell_kinds import (
    fits_indicator,
    fits_money,
    fits_name,
    fits_target,
    fits_unit,
    is_dash,
    is_figure,
    reads_like_indicator,
)
from bot.documents.plan_reading.headings.headers import Column, Part
from bot.documents.plan_reading.in_columns.columns import Layout, cell_at, has_figures, text_at
from bot.documents.plan_reading.post_headings import read_post
from bot.documents.plan_reading.rungs import level_of_word
from bot.documents.plan_reading.source import KEPT_TEXTS, Cell, Row
from domain.plan import Level


@dataclass(frozen=True)
class Slip:
    """Cells that stand in a column of something else. `by` says how many columns too far right the targets stand,
    negative for left, 0 where no single step explains the row."""

    cells: tuple[Cell, ...]
    by: int = 0


_Misfit = tuple[Cell, Column | None]
"""A cell, and the column in which it stands."""
_STEPS = (1, -1, 2, -2)


class Slips:
    """What stands in wrong columns of `rows`, those below one heading."""

    def __init__(self, layout: Layout, rows: Sequence[Row]) -> None:
        self._layout = layout
        self._columns = [layout.header.at(index) for index in range(layout.header.width)]
        leftmost = min((column.index for column in layout.target_columns), default=0)
        self._fits = [
            _fits(column, layout) if column is not None else _fits_no_heading if index > leftmost else None
            for index, column in enumerate(self._columns)
        ]
        self._unfit = self._unfit_texts(rows)

    def of(self, row: Row) -> Slip | None:
        """What in a row stands in a wrong column, None where every cell fits its heading."""
        wrong = [*self._misfits(row), *self._beyond(row), *_money_among_targets(row, self._layout)]
        if wrong and _tells_steps(row, self._layout):
            wrong = [each for each in wrong if each[1] is None or each[1].part is not Part.PERIOD]
        if not wrong:
            return None
        among_figures = [cell for cell, column in wrong if column is None or column.part in _FIGURES]
        step = next((by for by in _STEPS if _fits_moved(row, self._layout, by)), 0) if among_figures else 0
        return Slip(tuple(cell for cell, _ in wrong), step)

    def _unfit_texts(self, rows: Sequence[Row]) -> list[tuple[int, frozenset[str]]]:
        """Columns with the texts that do not fit them: rows of a plan print the same again and again."""
        printed = zip_longest(*(row.texts for row in rows), fillvalue="")
        columns = enumerate(zip(self._fits, printed, strict=False))
        found = [(at, frozenset(filterfalse(fits, {*texts} - {""}))) for at, (fits, texts) in columns if fits]
        return [(at, texts) for at, texts in found if texts]

    def _misfits(self, row: Row) -> Iterator[_Misfit]:
        for at, texts in self._unfit:
            if at < len(row.texts) and row.texts[at] in texts:
                cell, column = row.cells[at], self._columns[at]
                if cell.oddity is None and not _is_amount(cell, column):
                    yield cell, column

    def _beyond(self, row: Row) -> Iterator[_Misfit]:
        """What stands right of the heading."""
        for cell in row.cells[len(self._columns) :]:
            if cell.text and cell.oddity is None and (is_figure(cell.text) or is_dash(cell.text)):
                yield cell, None


_LEAST_STEPS = 2


def _tells_steps(row: Row, layout: Layout) -> bool:
    """Whether a row says in words what is done in its periods, beside the figure of its year: these are no cells of
    other columns, but no targets either."""
    texts = [text_at(row, column) for group in layout.groups for column in group.targets.values()]
    told = [text for text in texts if _is_step(text)]
    if len(told) < _LEAST_STEPS or not has_figures(row, [group.annual for group in layout.groups]):
        return False
    return all(is_figure(text) or not text for text in texts if text not in told)


def _is_step(text: str) -> bool:
    """Whether it begins with a word and goes on: `Menyusun SK tim`, `Survei 2 lokasi`."""
    return text[:1].isalpha() and len(text.split()) > 1 and not is_figure(text) and read_post(text) is None


_FIGURES = frozenset({Part.UNIT, Part.ANNUAL, Part.PERIOD, Part.BUDGET})


_LEAST_MONEY = 100_000
_TIMES_THE_OTHERS = 1_000


def _money_among_targets(row: Row, layout: Layout) -> Iterator[_Misfit]:
    """An amount that slipped from a blank column of money to the last target, told by its size."""
    for group in layout.groups:
        if group.budget is None or not group.targets or text_at(row, group.budget):
            continue
        *others, last = [_digits(text_at(row, column)) for column in group.targets.values()]
        if last >= _LEAST_MONEY and last >= _TIMES_THE_OTHERS * max(others, default=0):
            column = list(group.targets.values())[-1]
            yield row.cells[column.index], column


def _digits(text: str) -> int:
    """The size of a figure by its digits, 0 for none; only to compare."""
    return int("".join(filter(str.isdecimal, text)) or 0)


_Fits = Callable[[str], bool]


def _fits(column: Column, layout: Layout) -> _Fits | None:
    """Whether a text fits a column, None for a column that takes anything."""
    match column.part:
        case Part.ANNUAL | Part.PERIOD:
            return _may_be_target
        case Part.UNIT:
            return fits_unit
        case Part.BUDGET:
            return fits_money
        case Part.NAME if _names_no_indicators(column, layout):
            return _may_be_program
        case Part.NAME:
            return fits_name
        case Part.INDICATOR:
            return _may_be_indicator
        case Part.OTHER if layout.header.is_mended and column.index >= layout.header.width - 1:
            return is_dash
        case _:
            return None


def _is_amount(cell: Cell, column: Column | None) -> bool:
    """Whether a number stands in a column of money, in whatever format."""
    return cell.number is not None and column is not None and column.part is Part.BUDGET


def _fits_no_heading(text: str) -> bool:
    return not is_figure(text)


@lru_cache(maxsize=KEPT_TEXTS)
def _may_be_program(text: str) -> bool:
    return fits_name(text) and not reads_like_indicator(text)


@lru_cache(maxsize=KEPT_TEXTS)
def _may_be_indicator(text: str) -> bool:
    return fits_indicator(text) and level_of_word(text) is not Level.PROGRAM


@lru_cache(maxsize=KEPT_TEXTS)
def _may_be_target(text: str) -> bool:
    return fits_target(text) and read_post(text) is None


_NAMED_OTHERWISE = frozenset({Level.PROGRAM, Level.KEGIATAN, Level.SUB_KEGIATAN})


def _names_no_indicators(column: Column, layout: Layout) -> bool:
    """Whether a column names programs and the like, and indicators stand in others."""
    is_named = bool(column.levels) and _NAMED_OTHERWISE.issuperset(column.levels)
    return is_named and layout.header.has(Part.INDICATOR)


def _fits_moved(row: Row, layout: Layout, by: int) -> bool:
    """Whether the targets of the row fit when they are read so many columns further right."""
    columns = [column for group in layout.groups for column in group.targets.values()]
    if not columns:
        return False
    cells = [_at(row, column.index + by) for column in columns]
    texts = [cell.text for cell in cells if cell is not None]
    first, last = columns[0].index, columns[-1].index
    dropped = range(last + by + 1, last + 1) if by < 0 else range(first, first + by)
    return all(map(fits_target, texts)) and any(map(is_figure, texts)) and not _has_figure(row, dropped)


def _at(row: Row, index: int) -> Cell | None:
    return row.cells[index] if 0 <= index < len(row.cells) else None


def _has_figure(row: Row, indices: Sequence[int]) -> bool:
    return any((cell := _at(row, index)) is not None and is_figure(cell.text) for index in indices)


def may_have_slipped(row: Row, columns: Sequence[Column], by: int) -> bool:
    """Whether targets without any sign of it may stand so many columns too far right, as others of their page do."""
    texts = [text_at(row, column) for column in columns]
    left_blank = texts[:by] if by > 0 else texts[by:]
    return any(map(is_figure, texts)) and not any(left_blank)


def is_short(row: Row, layout: Layout) -> bool:
    """Whether the row ends before the last of its targets."""
    return any(cell_at(row, column) is None for group in layout.groups for column in group.targets.values())
