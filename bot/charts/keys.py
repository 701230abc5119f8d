"""Keys: the signs of a picture, each beside its word, in as many lines as they need."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.charts.canvas import BODY, LEFT, RIGHT, Page
from bot.charts.typography import width

_SIGN_GAP, _KEY_GAP = 10, 26
"""Pixels between a sign and its word, and between one key and the next."""
_LEADING = BODY.leading + 6


@dataclass(frozen=True)
class Key:
    """A word and its sign: `draw(page, left, middle)` fills `wide` pixels from `left` on."""

    words: str
    wide: float
    draw: Callable[[Page, float, float], object]

    @property
    def room(self) -> float:
        return self.wide + _SIGN_GAP + width(self.words, BODY)


def keys_height(keys: Sequence[Key]) -> float:
    """Pixels that the keys take."""
    return len(_lines(keys)) * _LEADING


def draw_keys(page: Page, top: float, keys: Sequence[Key]) -> float:
    """Set the keys from `top` down; return the top of what follows."""
    for line in _lines(keys):
        left = float(LEFT)
        for key in line:
            key.draw(page, left, top + BODY.leading / 2)
            page.text(left + key.wide + _SIGN_GAP, top, key.words, BODY)
            left += key.room + _KEY_GAP
        top += _LEADING
    return top


def _lines(keys: Sequence[Key]) -> list[list[Key]]:
    lines: list[list[Key]] = [[]]
    left = float(LEFT)
    for key in keys:
        if lines[-1] and left + key.room > RIGHT:
            lines.append([])
            left = float(LEFT)
        lines[-1].append(key)
        left += key.room + _KEY_GAP
    return lines
