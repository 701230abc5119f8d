"""What goes on which page of a long picture: told by counts and names, so that the words beside it know it undrawn.

Heights are in pixels, those of `bot.charts`, whose tests hold that whatever goes on a page stands on it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from domain.budget import LineFigures
from domain.summary import IndicatorFigures, PostCompliance, YearPair
from handlers.picture_names import BESIDE_CHANGE_ROOM, COLUMN_ROOM, PAGE_ROOM, lines_of, may_be_cut

RowT = TypeVar("RowT")

PAGE = 969
"""Between a head with two lines below the office's name, and the foot."""
LINE = 40
FULL_NAMES = 420
"""Characters of shortened names on a page: in full they stand in the message below it."""


@dataclass(frozen=True)
class _Layout(Generic[RowT]):
    """What a page has room for: `first` is taken by what stands above the rows on the first page, `every` on every
    page; a row takes its `name`, in lines of `room` pixels, and `rest`."""

    name: Callable[[RowT], str]
    rest: int
    first: int = 0
    every: int = 0
    room: int = PAGE_ROOM

    def height(self, row: RowT) -> int:
        return lines_of(self.name(row), self.room) * LINE + self.rest

    def said(self, row: RowT) -> int:
        """Characters that the message says in full."""
        name = self.name(row)
        return len(name) if may_be_cut(name, self.room) else 0

    def pages(self, rows: Sequence[RowT]) -> list[Sequence[RowT]]:
        """At least one row on a page, and one page even for none."""
        pages: list[list[RowT]] = [[]]
        left, said = PAGE - self.every - self.first, FULL_NAMES
        for row in rows:
            if pages[-1] and (self.height(row) > left or self.said(row) > said):
                pages.append([])
                left, said = PAGE - self.every, FULL_NAMES
            pages[-1].append(row)
            left, said = left - self.height(row), said - self.said(row)
        return list(pages)


_SECTION = _Layout[IndicatorFigures](lambda one: one.name, rest=LINE + 24, first=224)
"""Below the mean: the name, then a line of figures."""
_BUDGET = _Layout[LineFigures](lambda one: one.name, rest=LINE + 46, first=274)
"""Below the total: the name, a line of figures and a bar."""
_YEARS = _Layout[YearPair](lambda one: one.name, rest=2 * LINE + 20, first=322, room=BESIDE_CHANGE_ROOM)
"""Below the office: the name beside how it moved, and two lines."""
_COMPLIANCE = _Layout[PostCompliance](lambda one: one.title, rest=10, every=198, room=COLUMN_ROOM)
"""Below the signs: the title beside its marks."""


def section_pages(indicators: Sequence[IndicatorFigures]) -> list[Sequence[IndicatorFigures]]:
    """The indicators of each page of a section."""
    return _SECTION.pages(indicators)


def budget_pages(lines: Sequence[LineFigures]) -> list[Sequence[LineFigures]]:
    """The lines of each page of a budget."""
    return _BUDGET.pages(lines)


def years_pages(sections: Sequence[YearPair]) -> list[Sequence[YearPair]]:
    """The sections of each page of two years."""
    return _YEARS.pages(sections)


def compliance_pages(posts: Sequence[PostCompliance]) -> list[Sequence[PostCompliance]]:
    """The posts of each page of who reported when."""
    return _COMPLIANCE.pages(posts)
