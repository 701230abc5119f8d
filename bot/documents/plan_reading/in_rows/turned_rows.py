"""Tables that name the period first and below it every indicator: `TW I`, its indicators, `TW II`, the same again.

Turned round, they are tables with the periods of one indicator below one another.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.documents.plan_reading.headings.heading_words import PeriodLabel
from bot.documents.plan_reading.in_rows.period_heads import cell_at
from bot.documents.plan_reading.in_rows.strips import Strip
from bot.documents.plan_reading.source import Cell, Row

_FEWEST = 2
"""Indicators below one period that make it a table of this kind."""


def turned(rows: Sequence[Row], strip: Strip) -> tuple[Row, ...] | None:
    """The rows in the order of their indicators, each with its period; None for a table of the usual kind."""
    held = list(_held(rows, strip))
    if not _names_periods_first(held, strip):
        return None
    names = list(dict.fromkeys(_name(row, strip) for _, _, row in held))
    by_name = {name: [each for each in held if _name(each[2], strip) == name] for name in names}
    return tuple(_with_label(row, strip, cell) for name in names for _, cell, row in by_name[name])


Held = tuple[PeriodLabel | None, Cell | None, Row]
"""The period that holds at a row, and the cell that printed it."""


def _held(rows: Sequence[Row], strip: Strip) -> Iterator[Held]:
    label, printed = None, None
    for row in rows:
        cell = cell_at(row, strip.label)
        if cell is not None and (found := strip.label_in(cell)) is not None:
            label, printed = found, cell
        yield label, printed, row


def _name(row: Row, strip: Strip) -> str:
    cell = cell_at(row, strip.name)
    return cell.text if cell else ""


def _names_periods_first(held: Sequence[Held], strip: Strip) -> bool:
    """Whether every row has a name, several share a period, and they come back below other periods."""
    periods: dict[str, set[PeriodLabel]] = {}
    sharing: dict[PeriodLabel, int] = {}
    for label, _, row in held:
        name = _name(row, strip)
        if label is None or not name or cell_at(row, strip.value) is None:
            continue
        periods.setdefault(name, set()).add(label)
        sharing[label] = sharing.get(label, 0) + (cell_at(row, strip.label) is None)
    nameless = any(cell_at(row, strip.label) is not None and not _name(row, strip) for _, _, row in held)
    coming_back = sum(len(labels) > 1 for labels in periods.values())
    return not nameless and coming_back >= _FEWEST and sum(count > 0 for count in sharing.values()) >= _FEWEST


def _with_label(row: Row, strip: Strip, printed: Cell | None) -> Row:
    if printed is None or strip.label >= len(row.cells):
        return row
    cells = list(row.cells)
    cells[strip.label] = cells[strip.label]._replace(text=printed.text, number=printed.number)
    return replace(row, cells=tuple(cells))
