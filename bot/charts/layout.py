"""Blocks set one below the other on a page, with what room is left shared out between them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from bot.charts.canvas import Page

Drawing: TypeAlias = Callable[[Page, float], object]
"""Draws on a page, from the given top downwards; what it returns is not used."""
_WIDEST_GAP = 48
"""Pixels between blocks at most: on an empty page they stay together at the top."""


@dataclass(frozen=True)
class Block:
    """A part of a page whose height in pixels is known before it is drawn."""

    height: float
    draw: Drawing


def fits(blocks: Sequence[Block], room: float, gap: float) -> bool:
    """Whether the blocks stand in `room` pixels with at least `gap` between them."""
    return sum(block.height for block in blocks) + gap * (len(blocks) - 1) <= room


def stack(page: Page, blocks: Sequence[Block], gap: float, *, widest: float = _WIDEST_GAP) -> None:
    """Draw the blocks from the page's top down, at least `gap` apart and at most `widest` where there is room."""
    spare = page.bottom - page.top - sum(block.height for block in blocks)
    apart = min(widest, max(gap, spare / max(1, len(blocks) - 1)))
    top = page.top
    for block in blocks:
        block.draw(page, top)
        top += block.height + apart
