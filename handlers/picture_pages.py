"""What goes on which page of a long picture: told by counts and names, so that the words beside it know it undrawn."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from domain.budget import LineFigures
from domain.summary import IndicatorFigures, PostCompliance, YearPair
from handlers.picture_names import COLUMN_ROOM, PAGE_ROOM, may_be_cut

RowT = TypeVar("RowT")

FIRST_OF_SECTION, MORE_OF_SECTION = 5, 6
"""Indicators below the mean of a section, and on every page after: their names take two lines."""
FIRST_OF_BUDGET, MORE_OF_BUDGET = 4, 6
"""Budget lines below the total, and on every page after."""
FIRST_OF_YEARS, MORE_OF_YEARS = 4, 5
"""Sections with two years each, below those of the office and on every page after."""
POSTS = 9
"""Posts on a page of who reported when: their titles take two lines."""
FULL_NAMES = 480
"""Characters of shortened names on a page: in full they stand in the message below it."""


def section_pages(indicators: Sequence[IndicatorFigures]) -> list[Sequence[IndicatorFigures]]:
    """The indicators of each page; one page even for none."""
    return _pages(indicators, FIRST_OF_SECTION, MORE_OF_SECTION, lambda one: one.name)


def budget_pages(lines: Sequence[LineFigures]) -> list[Sequence[LineFigures]]:
    """The budget lines of each page; one page even for none."""
    return _pages(lines, FIRST_OF_BUDGET, MORE_OF_BUDGET, lambda one: one.name)


def years_pages(sections: Sequence[YearPair]) -> list[Sequence[YearPair]]:
    """The sections of each page; one page even for none."""
    return _pages(sections, FIRST_OF_YEARS, MORE_OF_YEARS, lambda one: one.name)


def compliance_pages(posts: Sequence[PostCompliance]) -> list[Sequence[PostCompliance]]:
    """The posts of each page; one page even for none."""
    return _pages(posts, POSTS, POSTS, lambda one: one.title, COLUMN_ROOM)


def _pages(
    rows: Sequence[RowT], first: int, more: int, name_of: Callable[[RowT], str], room: int = PAGE_ROOM
) -> list[Sequence[RowT]]:
    """As many rows a page as stand on it, and as many names as the message can say in full."""
    pages: list[list[RowT]] = [[]]
    said = 0
    for row in rows:
        name = name_of(row)
        length = len(name) if may_be_cut(name, room) else 0
        if pages[-1] and (len(pages[-1]) == (first if len(pages) == 1 else more) or said + length > FULL_NAMES):
            pages.append([])
            said = 0
        pages[-1].append(row)
        said += length
    return list(pages)
