"""Text with tables of tabs or pipes: what a scan's reader, a markdown page or a copy out of Excel gives.

Runs of lines with tabs or pipes are tables, every other line is text. A blank line ends a table, so that a page cut is
seen as two tables with nothing between. Every row keeps the number of its line.
"""

import re
from collections.abc import Iterator

from bot.documents.plan_reading.files.limits import CHARACTERS, Allowance, too_long
from bot.documents.plan_reading.files.tidying import is_strong, without_markup
from bot.documents.plan_reading.source import Cell, Place, Row, Source, Table

_PIPE = re.compile(r"(?<!\\)\|")
_RULE = re.compile(r"\s*:?-{2,}:?\s*")
"""A cell of the line below the heads of a markdown table."""
_GRID_RULE = re.compile(r"\+[-=+:]+\+")
"""A line between the rows of a table drawn with signs."""
_PAGE_BREAK = "\f"


def read_text(text: str, name: str) -> Source:
    """The tables and lines of a text. Raises PlanRefused for one that is too long."""
    if len(text) > CHARACTERS:
        raise too_long()
    gathered = _Gathered()
    for number, line in enumerate(text.split("\n"), start=1):
        gathered.take(line, Place(line=number))
    return gathered.as_source(name)


class _Gathered:
    """What was read so far."""

    def __init__(self) -> None:
        self._allowance = Allowance()
        self._tables: list[Table] = []
        self._rows: list[Row] = []
        self._lines: list[tuple[str, Place]] = []
        self._before: list[str] = []

    def take(self, line: str, place: Place) -> None:
        self._allowance.take_text(line)
        if line.startswith(_PAGE_BREAK):
            self._end_table()
        if _is_rule(line):
            return
        printed = cells_of(line) or self._blank_row(line)
        if printed is None:
            self._end_table()
            self._take_text(line, place)
        else:
            self._allowance.take_row(len(printed))
            self._rows.append(Row(tuple(_cell(cell, place) for cell in printed), place))

    def as_source(self, name: str) -> Source:
        self._end_table()
        return Source(name, tuple(self._tables), tuple(self._lines))

    def _blank_row(self, line: str) -> tuple[str, ...] | None:
        """Nothing but tabs within a table is a blank row of it, as a copy out of a sheet has them."""
        return tuple(line.split("\t")) if self._rows and line and not line.strip("\t") else None

    def _take_text(self, line: str, place: Place) -> None:
        if seen := without_markup(line).removeprefix("**").removesuffix("**").strip():
            self._allowance.take_row(0)
            self._lines.append((seen, place))
            self._before.append(seen)

    def _end_table(self) -> None:
        if self._rows:
            self._tables.append(Table(tuple(self._rows), self._rows[0].place, tuple(self._before)))
            self._rows, self._before = [], []


def cells_of(line: str) -> tuple[str, ...] | None:
    """The cells of a line of a table as they stand there, blank ones at its end too; None for any other line."""
    bare = line.strip()
    if bare.startswith("|") or ("\t" not in bare and len(_PIPE.findall(bare)) > 1):
        return tuple(_piped(bare))
    if "\t" in line and bare:
        return tuple(line.lstrip(_PAGE_BREAK).split("\t"))
    return None


def _piped(bare: str) -> Iterator[str]:
    cells = _PIPE.split(bare)
    begin = 1 if bare.startswith("|") else 0
    end = len(cells) - 1 if len(cells) > begin + 1 and not cells[-1].strip() else len(cells)
    for cell in cells[begin:end]:
        yield cell.replace("\\|", "|")


def _is_rule(line: str) -> bool:
    bare = line.strip()
    if bare.startswith("+"):
        return _GRID_RULE.fullmatch(bare) is not None
    return bare.startswith("|") and all(_RULE.fullmatch(cell) for cell in _piped(bare))


def _cell(printed: str, place: Place) -> Cell:
    return Cell(without_markup(printed), place, is_bold=is_strong(printed))
