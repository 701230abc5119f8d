"""Bars that tell apart what is rated, what is incomplete and what is missing (domain.md 1 rule 3, 3)."""

from decimal import Decimal

from bot.charts.canvas import BODY, MUTED, NEUTRAL, TRACK, WHITE, Page
from bot.charts.typography import width
from domain.scales import Scale
from domain.summary import Coverage

_FULL = Decimal(100)


def colour_of(predicate: str | None, scale: Scale) -> str:
    """The scale's colour of a rating word; neutral without one, or for a word of another scale."""
    return next((rung.colour for rung in scale.rungs if rung.word == predicate), NEUTRAL)


def draw_bar(
    page: Page,
    left: float,
    top: float,
    wide: float,
    high: float,
    *,
    percent: Decimal | None,
    colour: str,
    missing: float = 0,
) -> None:
    """A bar of 0 to 100 percent on its track; longer ones end at 100.

    The `missing` share of the track (0 to 1) is hatched, and the bar fills what is left of it: what was not reported
    is never drawn as reached.
    """
    page.box(left, top, wide, high, TRACK)
    reported = wide * (1 - missing)
    if percent is not None:
        page.box(left, top, reported * float(min(max(percent, Decimal(0)), _FULL) / _FULL), high, colour)
    page.hatch(left + reported, top, wide * missing, high)


def missing_share(coverage: Coverage) -> float:
    """The share of what is due that was not reported, 0 to 1."""
    return coverage.missing / coverage.due if coverage.due else 0


def draw_missing_key(page: Page, right: float, top: float, words: str = "belum lapor", *, ground: str = WHITE) -> None:
    """What hatching means: a hatched piece with its words, ending at `right`."""
    page.text(right, top, words, BODY, MUTED, anchor="right", ground=ground)
    page.hatch(right - width(words, BODY) - 64, top + 9, 48, 22)
