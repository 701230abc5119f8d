"""How the sheets of an office workbook look on screen and on paper: row heights, folded columns, print set-up."""

import textwrap
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from bot.documents.workbook_layout import MONTHS, QUARTERS, Sheet

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

LINE = 15
"""Points that one line of text takes in the standard font."""
HEADING = 22
"""Points of a heading in the larger font, which runs on over the empty cell beside it."""
HIGHEST = 409
"""Points a row of a worksheet can have."""
HEADER_SLACK = 1
"""Characters by which a column holds less of a bold header than of plain text."""
_PAPER_A4 = 9
_MARGIN = 0.4
"""Inches at the left and right of a printed page."""


def lines_of(text: str, width: int) -> int:
    """How many lines a text takes in a column of that many characters, in the widest of the usual fonts."""
    return sum(max(1, len(textwrap.wrap(part, max(1, width)))) for part in text.split("\n"))


def row_height(lines: int) -> int:
    """The height in points of a row with that many lines of text."""
    return min(LINE * max(1, lines), HIGHEST)


def folded_columns(lines: Sequence[Mapping[str, object]]) -> frozenset[str]:
    """The headers of the periods that a plan leaves blank although it has indicators: all months or all quarters."""
    if not lines:
        return frozenset()
    unused = (headers for headers in (MONTHS, QUARTERS) if not _used(headers, lines))
    return frozenset(header for headers in unused for header in headers)


def _used(headers: Sequence[str], lines: Sequence[Mapping[str, object]]) -> bool:
    return any(line.get(header) is not None for line in lines for header in headers)


def set_up_print(page: "Worksheet", sheet: Sheet, *, repeat_header: bool = True) -> None:
    """Print on A4 across, as wide as the page, numbered, with the headers on every page.

    Indicators have too many columns to be read on one: they go over two pages, each with the code at its left.
    """
    page.set_landscape()
    page.set_paper(_PAPER_A4)
    page.fit_to_pages(2 if sheet is Sheet.INDICATORS else 1, 0)
    if sheet is Sheet.INDICATORS:
        page.repeat_columns("A:A")
    page.set_margins(left=_MARGIN, right=_MARGIN)
    page.set_footer(f"&L{sheet.value}&RHalaman &P dari &N")
    if repeat_header:
        page.repeat_rows(0)
