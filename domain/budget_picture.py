"""What of a budget a picture shows: which month, and the lines of one level (domain.md 1 F8)."""

from collections.abc import Iterable, Sequence
from datetime import date

from domain.budget import BudgetFigures, BudgetLine, LineFigures
from domain.periods import Period, PeriodKind, periods_of_year


def shown_month(lines: Iterable[BudgetLine], today: date) -> Period | None:
    """The last month that has ended of the newest year with a budget; None before the first, and without a budget."""
    years = sorted({line.year for line in lines}, reverse=True)
    ended = (
        month for year in years for month in reversed(periods_of_year(year, PeriodKind.MONTH)) if month.end < today
    )
    return next(ended, None)


def last_reported(lines: Iterable[BudgetLine], month: Period) -> Period | None:
    """The newest month up to that one, of its year, of which anything is reported; None for nothing."""
    reported = {period for line in lines if line.year == month.year for period in line.positions}
    return max((period for period in reported if period <= month), default=None)


def shown_lines(figures: BudgetFigures) -> Sequence[LineFigures]:
    """The lines of the highest level with more than one: programmes, of a single programme its kegiatan."""
    depths = sorted({line.depth for line in figures.lines})
    levels = [[line for line in figures.lines if line.depth == depth] for depth in depths]
    return next((level for level in levels if len(level) > 1), levels[-1] if levels else [])
