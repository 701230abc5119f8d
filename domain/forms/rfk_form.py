"""Realisasi fisik dan keuangan s/d the end of a month (domain.md 4.6)."""

from dataclasses import dataclass, replace
from decimal import Decimal, localcontext

from domain.achievement import ARITHMETIC
from domain.budget import LineFigures, budget_figures
from domain.forms.source import FormHead, FormSource, head_of
from domain.periods import Period, PeriodKind

_HUNDRED = Decimal(100)


@dataclass(frozen=True)
class RfkRow:
    """One line of the budget. `weight` (bobot) is its ceiling in percent of all, `weighted` the realisasi fisik times
    that; None where one of the two is not known."""

    line: LineFigures
    weight: Decimal | None
    weighted: Decimal | None


@dataclass(frozen=True)
class RfkForm:
    """The budget s/d the end of `month` (a code) in the plan's order; `total` adds the lines at the top only."""

    head: FormHead
    month: str
    rows: tuple[RfkRow, ...]
    total: RfkRow


def rfk_form(source: FormSource, period: Period, _section: str = "") -> RfkForm | None:
    """The budget s/d the end of a month, of a longer period its last one that has begun; None for an office without
    one."""
    months = [month for month in period.split(PeriodKind.MONTH) if month.start <= source.today]
    if not months:
        return None
    figures = budget_figures(source.office, source.budget, months[-1])
    if not figures.lines:
        return None
    head = head_of(source, period, source.of_year(period.year))
    whole = figures.total.ceiling
    return RfkForm(
        head=replace(head, sample=figures.sample),
        month=figures.period,
        rows=tuple(_row(line, whole) for line in figures.lines),
        total=_row(figures.total, whole),
    )


def _row(line: LineFigures, whole: Decimal | None) -> RfkRow:
    if line.ceiling is None or not whole:
        return RfkRow(line, None, None)
    with localcontext(ARITHMETIC):
        weight = line.ceiling * _HUNDRED / whole
        # Divided once and last: a third times three would come out below itself and be rounded down.
        weighted = None if line.physical is None else line.ceiling * line.physical / whole
    return RfkRow(line, weight, weighted)
