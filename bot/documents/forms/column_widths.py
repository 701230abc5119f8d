"""How wide the columns of a table are on a page: each as wide as it needs, the rest shared out."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.documents.forms.paper import Heading, Paper
from bot.documents.forms.wording import shown

LONGEST_WORD = 16
"""Characters of a word for which a column makes room; a longer one is broken."""


@dataclass(frozen=True)
class Need:
    """What a column needs, in any unit of length: `least` for its longest word, `wish` as its heading asks."""

    least: float
    wish: float


def shared_out(needs: Sequence[Need], width: float) -> list[float]:
    """The widths of columns, `width` together: each its least and, in proportion, its wish; where there is too little
    room for that, each the same share of its least."""
    least = sum(need.least for need in needs)
    if least >= width:
        return [need.least * width / least for need in needs]
    scale = _scale(needs, width)
    return [max(need.least, need.wish * scale) for need in needs]


def need_in_characters(paper: Paper, column: Heading, room: int) -> Need:
    """What a column needs: at least its longest word and its widest number, better what its heading asks for, with
    `room` beside them."""
    texts = [column.words, *(shown(line.cells.get(column.key), column.kind) for line in paper.rows if not line.across)]
    longest = max((min(len(word), LONGEST_WORD) for text in texts for word in text.split()), default=1)
    return Need(longest + room, column.width + room)


def _scale(needs: Sequence[Need], width: float) -> float:
    """By what the wishes are multiplied so that the columns fill the width; found by halving."""
    low, high = 0.0, 2 * width / max(min(need.wish for need in needs), 1e-6)
    for _ in range(60):
        middle = (low + high) / 2
        total = sum(max(need.least, need.wish * middle) for need in needs)
        low, high = (middle, high) if total < width else (low, middle)
    return low
