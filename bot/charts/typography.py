"""Words measured, wrapped and shortened to a width in pixels."""

import unicodedata
from functools import cache, lru_cache
from itertools import accumulate, takewhile

from matplotlib.ft2font import FT2Font

from bot.charts.letters import FILES, Style, extent

SMALLEST = 33
"""Pixels: 11 when the picture is shown 360 px wide, the least that reads without opening it."""
ELLIPSIS = "…"
NAMELESS = "(tanpa nama)"
_LOOSE_ENDS = {"dan", "atau", "dan/atau", "serta", "yang", "di", "ke", "dari", "untuk", "pada", "dengan", "dalam", "&"}
"""Words that make no sense right before an ellipsis."""


@cache
def _letters() -> frozenset[int]:
    """The letters that both fonts have."""
    return frozenset.intersection(*(frozenset(FT2Font(str(path)).get_charmap()) for path in FILES.values()))


@lru_cache(maxsize=4096)
def printable(words: str) -> str:
    """One line of what the fonts can show: signs without a glyph (emoji, controls) are left out.

    Words of which nothing is left become "(tanpa nama)"; no words stay none.
    """
    normal = unicodedata.normalize("NFC", words)
    letters = _letters()
    kept = "".join(sign if ord(sign) in letters else " " for sign in normal if unicodedata.category(sign) != "Cf")
    return " ".join(kept.split()) or (NAMELESS if words else "")


def width(words: str, style: Style) -> float:
    """Pixels that `words` take on one line, as the renderer sets them."""
    return extent(words, style).width


def wrap(words: str, style: Style, room: float, lines: int = 2) -> list[str]:
    """`words` in at most `lines` lines no wider than `room` pixels; what does not fit ends in an ellipsis at a word."""
    rest = printable(words).split(" ")
    done: list[str] = []
    while rest:
        if len(done) == lines - 1:
            return [*done, _shortened(rest, style, room)]
        taken = _words_that_fit(rest, style, room)
        if taken == 0:  # a single word wider than the line: break it where the line ends
            start = _letters_that_fit(rest[0], style, room)
            done.append(rest[0][:start])
            rest[0] = rest[0][start:]
        else:
            done.append(" ".join(rest[:taken]))
            rest = rest[taken:]
    return done


def fit(words: str, style: Style, room: float) -> str:
    """`words` on one line of at most `room` pixels, shortened at a word where needed."""
    return _shortened(printable(words).split(" "), style, room)


def _words_that_fit(words: list[str], style: Style, room: float, end: str = "") -> int:
    """How many of the first words stand on one line with `end` after them."""
    count = _estimated([word + " " for word in words], style, room - width(end, style))
    while count and width(" ".join(words[:count]) + end, style) > room:
        count -= 1
    return count


def _letters_that_fit(word: str, style: Style, room: float, end: str = "") -> int:
    """How many of the first letters stand on one line with `end` after them; at least one, so that lines go on."""
    count = max(1, _estimated(list(word), style, room - width(end, style)))
    while count > 1 and width(word[:count] + end, style) > room:
        count -= 1
    return count


def _estimated(pieces: list[str], style: Style, room: float) -> int:
    """How many pieces fit when each is measured alone: cheap, as widths are remembered, and close to the truth."""
    reached = accumulate(width(piece, style) for piece in pieces)
    return sum(1 for _ in takewhile(lambda at: at <= room + width(" ", style), reached))


def _shortened(words: list[str], style: Style, room: float) -> str:
    if width(" ".join(words), style) <= room:
        return " ".join(words)
    count = _words_that_fit(words[:-1], style, room, ELLIPSIS)
    while count > 1 and words[count - 1].rstrip(",;:").lower() in _LOOSE_ENDS:
        count -= 1
    if count == 0:
        return words[0][: _letters_that_fit(words[0], style, room, ELLIPSIS)] + ELLIPSIS
    return " ".join(words[:count]).rstrip(",;:(-/ ") + ELLIPSIS
