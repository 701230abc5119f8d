"""How wide the columns of a table are on a page: each as wide as it needs, the rest shared out."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from bot.documents.forms.paper import Heading, Paper, head_of
from bot.documents.forms.wording import cell_words

LONGEST_WORD = 16
"""Characters of a word for which a column makes room; a longer one is broken."""
SIZES = (8.0, 7.5, 7.0, 6.5, 6.0, 5.5, 5.0)
"""Points of a printed table's type: the first in which no word has to be broken, else the last."""


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
    texts = [column.words, *(cell_words(paper, line, column) for line in paper.rows if not line.across)]
    longest = max((min(len(word), LONGEST_WORD) for text in texts for word in text.split()), default=1)
    return Need(longest + room, column.width + room)


@dataclass(frozen=True)
class Setting:
    """With what a table is set: `width_of` a text, in bold or not, in a size, and the room `beside` the words of a
    cell and of one step of its indent; all in points."""

    width_of: Callable[[str, bool, float], float]
    beside: float
    indent: float


def fitted(paper: Paper, width: float, setting: Setting) -> tuple[float, list[float]]:
    """The size of the type and the widths of the columns: the largest type in which nothing has to be broken."""
    for size in SIZES:
        needs = [_need(paper, column, size, setting) for column in paper.columns]
        if sum(need.least for need in needs) <= width:
            return size, shared_out(needs, width)
    needs = [_need(paper, column, SIZES[-1], setting) for column in paper.columns]
    return SIZES[-1], shared_out(needs, width)


def _need(paper: Paper, column: Heading, size: float, setting: Setting) -> Need:
    """What a column needs: at least its longest word and its widest number, better what its heading asks for."""
    words = {(word, True) for cell in head_of(paper) if cell.words == column.words for word in column.words.split()}
    for line in paper.rows:
        if not line.across:
            text = cell_words(paper, line, column)
            parts = (text,) if isinstance(line.cells.get(column.key), Decimal) else _unbroken(text)
            words.update((part, line.strong) for part in parts)
    longest = max((setting.width_of(word, strong, size) for word, strong in words), default=0)
    indent = max((line.indent for line in paper.rows), default=0) * setting.indent if column.indents else 0
    return Need(longest + indent + setting.beside, column.width * size * 0.55)


def _unbroken(text: str) -> list[str]:
    """The words of a text; one that is longer than words are is broken, and needs no room as a whole."""
    return [word[:LONGEST_WORD] for word in text.split()]


def _scale(needs: Sequence[Need], width: float) -> float:
    """By what the wishes are multiplied so that the columns fill the width; found by halving."""
    low, high = 0.0, 2 * width / max(min(need.wish for need in needs), 1e-6)
    for _ in range(60):
        middle = (low + high) / 2
        total = sum(max(need.least, need.wish * middle) for need in needs)
        low, high = (middle, high) if total < width else (low, middle)
    return low
