"""Every picture by the name of its kind. Importing this module imports matplotlib: do so where a picture is drawn.

A new picture is one file with a `draw_...(figures, footer)` and one line here.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from bot.charts.budget import draw_budget
from bot.charts.compliance import draw_compliance
from bot.charts.footer import Footer
from bot.charts.indicator import draw_indicator
from bot.charts.overview import draw_overview
from bot.charts.section import draw_section
from bot.charts.years import draw_years
from domain.budget import BudgetFigures
from domain.summary import Compliance, IndicatorYear, OfficeSummary, SectionDetail, YearComparison
from storage.figures_json import from_json
from storage.picture_kinds import BUDGET, COMPLIANCE, INDICATOR, SECTION, SUMMARY, YEARS

FiguresT = TypeVar("FiguresT")


@dataclass(frozen=True)
class Kind(Generic[FiguresT]):
    """A kind of picture: the `snapshots` that hold its figures, their type, and what draws its pages."""

    snapshots: str
    figures: type[FiguresT]
    draw: Callable[[FiguresT, Footer], tuple[bytes, ...]]

    def pages(self, kept: Mapping[str, Any], footer: Footer) -> tuple[bytes, ...]:
        """The pages as PNGs, of the figures as a snapshot keeps them."""
        return self.draw(from_json(self.figures, kept), footer)


def _one_page(draw: Callable[[FiguresT, Footer], bytes]) -> Callable[[FiguresT, Footer], tuple[bytes, ...]]:
    return lambda figures, footer: (draw(figures, footer),)


CHARTS = {
    "overview": Kind(SUMMARY, OfficeSummary, _one_page(draw_overview)),
    "section": Kind(SECTION, SectionDetail, draw_section),
    "indicator": Kind(INDICATOR, IndicatorYear, _one_page(draw_indicator)),
    "compliance": Kind(COMPLIANCE, Compliance, draw_compliance),
    "budget": Kind(BUDGET, BudgetFigures, draw_budget),
    "years": Kind(YEARS, YearComparison, draw_years),
}


def of_snapshot(kind: str) -> Kind[Any]:
    """The picture that is drawn from snapshots of that kind. Raises KeyError for none."""
    return {chart.snapshots: chart for chart in CHARTS.values()}[kind]
