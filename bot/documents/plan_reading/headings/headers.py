"""What the columns of a table mean, told by the words of its heading, in whatever spelling and over however many rows.

A heading is found, never assumed: rows whose cells are words of headings (`heading_words`), followed at most by a row
of column numbers. A cell that stands above several columns belongs to each of them, so a column is named by its whole
way from top to bottom: `SUB KEGIATAN / TARGET / TW I`.
"""

from collections.abc import Sequence

from bot.documents.plan_reading.headings.column_groups import grouped, with_values
from bot.documents.plan_reading.headings.column_meaning import columns_of
from bot.documents.plan_reading.headings.header_types import Column, Header, Part
from bot.documents.plan_reading.headings.heading_rows import (
    begins_heading,
    continues_heading,
    filled,
    is_heading_cell,
    is_number_row,
)
from bot.documents.plan_reading.headings.slipped_headings import mended
from bot.documents.plan_reading.source import Row

__all__ = ["MOST_HEADING_ROWS", "Column", "Header", "Part", "find_header", "find_headers", "header_at", "is_number_row"]

MOST_HEADING_ROWS = 6


def find_header(rows: Sequence[Row], start: int = 0) -> Header | None:
    """The first heading at or below the row `start` (an index), None where there is none."""
    for first in range(start, len(rows)):
        if (header := header_at(rows, first)) is not None:
            return header
    return None


def find_headers(rows: Sequence[Row]) -> tuple[Header, ...]:
    """Every heading of a table in order: repeated ones at page tops, and others where several tables share a sheet."""
    found: list[Header] = []
    while (header := find_header(rows, found[-1].end if found else 0)) is not None:
        found.append(header)
    return tuple(found)


def header_at(rows: Sequence[Row], first: int) -> Header | None:
    """The heading that begins in the row `first`, None where that row begins none."""
    if not begins_heading(rows, first):
        return None
    last = _last_row(rows, first)
    columns = columns_of(rows[first : last + 1])
    if not _is_table_heading(columns) and not (first == 0 and _heads_all(rows[0], columns)):
        return None
    number_row = last + 1 < len(rows) and is_number_row(rows[last + 1])
    columns, is_mended = mended(grouped(with_values(columns)))
    return Header(first, last - first + 1 + number_row, columns, is_mended)


def _last_row(rows: Sequence[Row], first: int) -> int:
    last = first
    while last + 1 < min(len(rows), first + MOST_HEADING_ROWS) and continues_heading(rows[last + 1], rows[last]):
        last += 1
    return last


_ANCHORS = frozenset({Part.NUMBER, Part.CODE, Part.INDICATOR, Part.UNIT, Part.ANNUAL, Part.PERIOD})
"""A row of a plan may consist of words that headings have; hardly of one of these."""


def _is_table_heading(columns: Sequence[Column]) -> bool:
    parts = {column.part for column in columns}
    return len(parts) >= 2 and bool(parts & _ANCHORS)


def _heads_all(row: Row, columns: Sequence[Column]) -> bool:
    """Whether the first row of a table holds nothing but headings: `Program | Anggaran | Keterangan` of a PK, below
    which no target stands."""
    return len({column.part for column in columns}) > 2 and all(is_heading_cell(cell.text) for cell in filled(row))
