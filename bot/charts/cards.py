"""Cards: one number in large type, what it counts, and a line of judgement."""

from dataclasses import dataclass
from decimal import Decimal

from bot.charts.canvas import BODY, CARD, INK, MUTED, STRONG, Page
from bot.charts.letters import Style
from bot.charts.rating import colour_of
from bot.charts.typography import fit, width
from bot.charts.wording import whole_percent
from domain.scales import Scale
from domain.summary import Coverage

CARD_PADDING = 28
"""Pixels between a card's side and its words."""
_BESIDE = 50
"""Type of what stands beside a card's number as a part of it."""
_RISE = 0.18
"""Share of a large letter's height that stays empty above it."""


@dataclass(frozen=True)
class Card:
    """A number with what it counts, and one line of judgement with an optional sign of its colour."""

    figure: str
    beside: str
    what: str
    verdict: str
    colour: str | None = None
    weighty: bool = False
    """Whether what stands beside the number belongs to it: "12" and "dari 15"."""


def mean_card(
    mean: Decimal | None,
    predicate: str | None,
    coverage: Coverage,
    scale: Scale,
    *,
    what: str,
    beside: str = "",
) -> Card:
    """A mean capaian; without predicate and colour while anything due is missing (domain.md 1 rule 3)."""
    if not coverage.due:
        return Card("–", "", what, "belum ada target")
    figure = "–" if mean is None else whole_percent(mean)
    if not coverage.complete:
        return Card(figure, beside, what, f"sementara, {coverage.reported} dari {coverage.due} lapor")
    if mean is None:
        return Card(figure, "", what, "belum dapat dihitung")
    return Card(figure, beside, what, predicate or "tanpa predikat", colour_of(predicate, scale))


def draw_card(page: Page, card: Card, left: float, top: float, wide: float, figure: Style) -> None:
    """Set the words of a card into `wide` pixels; the card's ground is there already."""
    rise = figure.size * _RISE
    style, tone = (Style(_BESIDE, bold=True), INK) if card.weighty else (BODY, MUTED)
    aside = left + width(card.figure, figure) + 14
    page.text(left, top - rise, card.figure, figure, ground=CARD)
    lower = top + (figure.size - style.size) * 0.95 - rise
    page.text(aside, lower, fit(card.beside, style, left + wide - aside), style, tone, ground=CARD)
    y = page.text(left, top + figure.size, fit(card.what, STRONG, wide), STRONG, ground=CARD)
    if card.colour:
        page.box(left, y + 7, 24, 24, card.colour, radius=5)
        left, wide = left + 36, wide - 36
    page.text(left, y, fit(card.verdict, BODY, wide), BODY, ground=CARD)
