"""Every picture by the name of its kind. Importing this module imports matplotlib: do so where a picture is drawn.

A new picture is one file with a `draw_...(figures, footer)` and one line here.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from bot.charts.compliance import draw_compliance
from bot.charts.footer import Footer
from bot.charts.indicator import draw_indicator
from bot.charts.overview import draw_overview
from bot.charts.section import draw_section
from domain.summary import Compliance, IndicatorYear, OfficeSummary, SectionDetail

FiguresT = TypeVar("FiguresT")


@dataclass(frozen=True)
class Kind(Generic[FiguresT]):
    """A kind of picture: the type of its figures (for reading them from a snapshot) and what draws its pages."""

    figures: type[FiguresT]
    draw: Callable[[FiguresT, Footer], tuple[bytes, ...]]


def _one_page(draw: Callable[[FiguresT, Footer], bytes]) -> Callable[[FiguresT, Footer], tuple[bytes, ...]]:
    return lambda figures, footer: (draw(figures, footer),)


CHARTS = {
    "overview": Kind(OfficeSummary, _one_page(draw_overview)),
    "section": Kind(SectionDetail, draw_section),
    "indicator": Kind(IndicatorYear, _one_page(draw_indicator)),
    "compliance": Kind(Compliance, draw_compliance),
}
