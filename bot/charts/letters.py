"""Words as pixels: set by matplotlib's type setter once and then kept, as most words of a picture come again.

Each word is set by itself and begins on a whole pixel, so that the same word is the same pixels wherever it stands:
that makes pictures quick to draw and small.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
from matplotlib.backends.backend_agg import get_hinting_flag
from matplotlib.font_manager import get_font

_FONTS = Path(__file__).with_name("fonts")
FILES = {False: _FONTS / "Roboto-Regular.ttf", True: _FONTS / "Roboto-Bold.ttf"}
"""The fonts that come with the program, plain and bold."""

_DOTS = 72
"""An inch: a point is a pixel."""
_PARTS = 64
"""Of a pixel, in which FreeType measures."""
_WORDS_KEPT = 2048
"""Some 6 MB of pixels; a picture has about 150 words, most of them those of the one before."""
_LINES_KEPT = 16384

Coverage = npt.NDArray[np.uint8]
"""How much of each pixel is ink, 0 to 255; rows from the bottom, as the renderer takes pictures."""


@dataclass(frozen=True)
class Style:
    """Height of the type in pixels, and its weight."""

    size: int
    bold: bool = False

    @property
    def leading(self) -> int:
        """Pixels from one line to the next."""
        return round(self.size * 1.22)


@dataclass(frozen=True)
class Extent:
    """What words take on one line in pixels: `width` to the next pen, ink above and below the baseline."""

    width: float
    ascent: float
    descent: float


@dataclass(frozen=True, eq=False)
class Word:
    """A word as it is set. Its `coverage` begins `left` of the pen and `above` the baseline, in pixels."""

    extent: Extent
    left: int
    above: int
    coverage: Coverage


@lru_cache(maxsize=_LINES_KEPT)
def extent(words: str, style: Style) -> Extent:
    """What `words` take, as `set_line` sets them."""
    found = [one.extent for _pen, one in set_line(words, style)]
    width = sum(one.width for one in found) + words.count(" ") * _blank(style)
    return Extent(width, max((one.ascent for one in found), default=0), max((one.descent for one in found), default=0))


def set_line(words: str, style: Style) -> Iterator[tuple[float, Word]]:
    """The words of a line from the left, each with its pen in pixels from the line's begin."""
    pen = 0.0
    for letters in words.split(" "):
        if letters:
            one = _word(letters, style)
            yield pen, one
            pen += one.extent.width
        pen += _blank(style)


def _blank(style: Style) -> float:
    """Pixels between two words."""
    return _word(" ", style).extent.width


@lru_cache(maxsize=_WORDS_KEPT)
def _word(letters: str, style: Style) -> Word:
    font = get_font(FILES[style.bold])  # each thread has its own
    font.clear()
    font.set_size(style.size, _DOTS)
    font.set_text(letters, 0.0, flags=get_hinting_flag())
    advance, high = font.get_width_height()
    descent = font.get_descent()
    left, _below = font.get_bitmap_offset()
    font.draw_glyphs_to_bitmap(antialiased=True)
    ascent = high - descent
    above = ascent // _PARTS + 1  # matplotlib leaves a row empty above the ink
    return Word(
        Extent(advance / _PARTS, ascent / _PARTS, descent / _PARTS), left // _PARTS, above, font.get_image()[::-1]
    )
