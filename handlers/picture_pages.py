"""On how many pages a long picture goes: fixed counts, so that the words beside it know them without drawing it."""

from collections.abc import Sequence
from typing import TypeVar

RowT = TypeVar("RowT")

FIRST_OF_SECTION, MORE_OF_SECTION = 5, 6
"""Indicators below the mean of a section, and on every page after: their names take two lines."""
POSTS = 9
"""Posts on a page of who reported when: their titles take two lines."""


def section_pages(indicators: Sequence[RowT]) -> list[Sequence[RowT]]:
    """The indicators of each page; one page even for none."""
    rest = indicators[FIRST_OF_SECTION:]
    return [indicators[:FIRST_OF_SECTION], *_parts(rest, MORE_OF_SECTION)]


def compliance_pages(posts: Sequence[RowT]) -> list[Sequence[RowT]]:
    """The posts of each page; one page even for none."""
    return _parts(posts, POSTS) or [posts]


def _parts(rows: Sequence[RowT], most: int) -> list[Sequence[RowT]]:
    return [rows[at : at + most] for at in range(0, len(rows), most)]
