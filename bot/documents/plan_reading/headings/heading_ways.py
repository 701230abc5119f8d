"""Which headings stand above each column, over however many rows: its way from top to bottom."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.documents.plan_reading.source import Row


@dataclass(frozen=True)
class Way:
    """The headings above one column, from top to bottom, and where each of them begins."""

    texts: tuple[str, ...] = ()
    begins: tuple[int, ...] = ()
    is_merged: bool = False
    """The lowest of them is a merged cell."""


def ways_of(rows: Sequence[Row]) -> list[Way]:
    """The way of each column of a heading's rows; empty for one with nothing above it."""
    width = max(len(row.cells) for row in rows)
    ways = [Way() for _ in range(width)]
    for row in rows:
        for begin, end, text in list(_spans(row, ways)):
            for index in range(begin, end):
                way = ways[index]
                is_merged = row.cells[begin].columns > 1
                ways[index] = Way((*way.texts, text), (*way.begins, begin), is_merged)
    return ways


def _spans(row: Row, above: Sequence[Way]) -> Iterator[tuple[int, int, str]]:
    """Each heading of a row with the columns it stands above: those that a merged cell covers; else up to the next
    heading beside it or the next that begins in a row above."""
    for begin, cell in enumerate(row.cells):
        if not cell.text:
            continue
        if cell.columns > 1 or cell.rows > 1:
            yield begin, min(begin + cell.columns, len(above)), cell.text
            continue
        end = begin + 1
        while end < len(above) and _is_free(row, end) and _same_parent(above, begin, end):
            end += 1
        yield begin, end, cell.text


def _is_free(row: Row, index: int) -> bool:
    return index >= len(row.cells) or (not row.cells[index].text and not row.cells[index].covered)


def _same_parent(above: Sequence[Way], begin: int, index: int) -> bool:
    return above[index].begins == above[begin].begins
