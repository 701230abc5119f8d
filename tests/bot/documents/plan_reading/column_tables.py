"""Tables with periods in columns as people lay them out, for tests: rows of text, and sheets with merged cells."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import xlsxwriter

from bot.documents.plan_reading.files.opening import read_source
from bot.documents.plan_reading.printed import PrintedIndicator, PrintedPlan
from bot.documents.plan_reading.reading import read_printed
from bot.documents.plan_reading.source import Cell, Place, Row, Source, Table

Value = str | int | float | None


def rows_of(*lines: str, first: int = 1) -> tuple[Row, ...]:
    """Rows of a text table, cells between bars, at lines from `first`."""
    return tuple(
        Row(tuple(Cell(text.strip(), Place(line=number)) for text in line.split("|")), Place(line=number))
        for number, line in enumerate(lines, first)
    )


def table_of(*lines: str, before: Sequence[str] = (), first: int = 1) -> Table:
    """A text table whose rows stand at lines from `first`."""
    rows = rows_of(*lines, first=first)
    return Table(rows, Place(line=first), tuple(before))


def plan_of(*tables: Table, year: int = 2025) -> PrintedPlan:
    """What text tables print as a plan of that year."""
    return read_printed(Source("rencana.txt", tables), year)


@dataclass(frozen=True)
class Sheet:
    """A sheet as its rows; `merged` are first row, first column, last row, last column from 0. A share is a percent."""

    name: str
    rows: Sequence[Sequence[Value]]
    merged: Sequence[tuple[int, int, int, int]] = ()


def printed_book(folder: Path, *sheets: Sheet) -> PrintedPlan:
    """What the reader makes of a workbook with these sheets."""
    path = folder / "rencana.xlsx"
    book = xlsxwriter.Workbook(str(path))
    percent = book.add_format({"num_format": "0%"})
    for sheet in sheets:
        _fill(book.add_worksheet(sheet.name), sheet, percent)
    book.close()
    return read_printed(read_source(path))


def _fill(drawn: Any, sheet: Sheet, percent: Any) -> None:
    for at, row in enumerate(sheet.rows):
        for column, value in enumerate(row):
            drawn.write(at, column, value, percent if isinstance(value, float) and value <= 1 else None)
    for first_row, first_column, last_row, last_column in sheet.merged:
        value = sheet.rows[first_row][first_column]
        drawn.merge_range(first_row, first_column, last_row, last_column, value)


def texts(indicator: PrintedIndicator) -> list[str | None]:
    """The target cells of an indicator in the order of its periods, None for a lost one."""
    return [cell.text if (cell := indicator.targets.get(period)) else None for period in indicator.periods]


def doubts(indicator: PrintedIndicator) -> list[str]:
    """The kinds of its doubts, each once."""
    return list(dict.fromkeys(doubt.kind.value for doubt in indicator.doubts))
