"""Where the periods of a row stand, and the cell of the target of each.

A period belongs beside its target in the columns of its strip. One that stands elsewhere is found too, and marked as
moved, so that nobody takes it unasked.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from bot.documents.plan_reading.cell_kinds import is_value
from bot.documents.plan_reading.headings.heading_words import PeriodLabel, period_label
from bot.documents.plan_reading.in_rows.period_heads import cell_at
from bot.documents.plan_reading.in_rows.period_labels import is_target, read_packed
from bot.documents.plan_reading.in_rows.strips import Strip
from bot.documents.plan_reading.source import Cell, Row


@dataclass(frozen=True)
class Entry:
    """A period and the cell of its target. `label` is None where the period is not printed."""

    label: PeriodLabel | None
    cell: Cell
    is_moved: bool = False
    rivals: tuple[Cell, ...] = ()
    """Further cells of the same row that the period could mean."""
    is_listed: bool = False
    """Several periods share the cell and their targets another: only their order pairs them."""
    is_lost: bool = False
    """The row ends before the cell of the target."""


@dataclass(frozen=True)
class Mark:
    """A period found in a row, with its target."""

    column: int
    entries: tuple[Entry, ...]
    is_moved: bool = False


def marks_of(row: Row, strips: Sequence[Strip], at: int, *, is_uneven: bool) -> Iterator[Mark]:
    """The periods of a row that are those of the strip `at`. In a row that `is_uneven` a blank target may be lost."""
    strip = strips[at]
    own = cell_at(row, strip.label)
    if own is not None and (entries := _entries(row, own, strip, strip.label, is_moved=False, is_uneven=is_uneven)):
        yield Mark(strip.label, entries)
    labels = {each.label for each in strips}
    for column in _reach(strips, at, len(row.cells)):
        cell = cell_at(row, column)
        if cell is None or column in labels:
            continue
        if entries := _entries(row, cell, strip, column, is_moved=True):
            yield Mark(column, entries, is_moved=True)


def _reach(strips: Sequence[Strip], at: int, width: int) -> range:
    """The columns in which periods are those of a strip: from its own to that of the next strip."""
    first = 0 if at == 0 else strips[at].label
    end = strips[at + 1].label if at + 1 < len(strips) else width
    return range(first, min(end, width))


def _entries(
    row: Row, cell: Cell, strip: Strip, column: int, *, is_moved: bool, is_uneven: bool = False
) -> tuple[Entry, ...]:
    """The periods that a cell names, with their targets. In a row that `is_uneven` a blank target may be a lost one."""
    label = strip.label_in(cell) if column == strip.label else period_label(cell.text)
    offset = 1 if strip.value is None else strip.value - strip.label
    beside = row.cells[column + offset] if 0 <= column + offset < len(row.cells) else None
    if label is not None:
        value = beside if beside is not None and not (is_moved and not (beside.text and _fits(beside))) else None
        if value is None:
            return () if is_moved else (Entry(label, Cell("", cell.place), is_lost=True),)
        is_odd = not value.text and (is_uneven or _has_figure_beside(row, column + offset, strip))
        return (Entry(label, value, is_moved=is_moved or is_odd or not _fits(value)),)
    packed = read_packed(cell.text)
    if not packed:
        return ()
    if any(text for _, text in packed):
        odd = is_moved or (strip.value is not None)
        return tuple(Entry(label, cell._replace(text=text, number=None), is_moved=odd) for label, text in packed)
    return _listed(packed, beside)


def _fits(value: Cell) -> bool:
    return is_target(value.text) or value.number is not None or value.oddity is not None


def _has_figure_beside(row: Row, column: int, strip: Strip) -> bool:
    """Whether a number stands right of a blank target, where none belongs."""
    beside = cell_at(row, column + 1)
    return beside is not None and is_value(beside.text) and column + 1 not in strip.figures


def _listed(packed: Sequence[tuple[PeriodLabel, str]], beside: Cell | None) -> tuple[Entry, ...]:
    """Periods below one another in one cell, their targets in the next."""
    values = beside.text.replace(" %", "%").split() if beside is not None else []
    if beside is None or len(values) != len(packed):
        return ()
    return tuple(
        Entry(label, beside._replace(text=text, number=None), is_moved=True, is_listed=True)
        for (label, _), text in zip(packed, values, strict=True)
    )


def rivalled(marks: Iterable[Mark]) -> tuple[Entry, ...]:
    """One entry a period; further cells for the same period are its rivals."""
    found: dict[PeriodLabel | None, Entry] = {}
    for entry in (entry for mark in marks for entry in mark.entries):
        known = found.get(entry.label)
        if known is None:
            found[entry.label] = entry
        else:
            found[entry.label] = replace(known, is_moved=True, rivals=(*known.rivals, entry.cell))
    return tuple(found.values())
