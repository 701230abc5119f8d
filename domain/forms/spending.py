"""What of the budget belongs to an indicator: the line that stands for its own rung of the plan (domain.md 4.4)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext

from domain.achievement import ARITHMETIC
from domain.budget import BudgetFigures, BudgetLine, budget_figures, parents
from domain.forms.source import FormSource, Particulars, Rung
from domain.openings import Duty
from domain.periods import Period, PeriodKind


@dataclass(frozen=True)
class Spending:
    """Rupiah of one line: its ceiling, what was spent in each quarter and s/d the last of them, None where that is not
    known. `provisional` says that not everything below it was reported."""

    ceiling: Decimal | None
    quarters: tuple[Decimal | None, ...]
    to_date: Decimal | None
    provisional: bool


def lines_of(source: FormSource, duties: Sequence[Duty], year: int) -> dict[int, BudgetLine]:
    """The budget line of every indicator that has one, by its id.

    It is the one with the indicator's code, else the one of its rung's level and name, below the rungs above it. A line
    belongs to the first indicator that stands for it, so that no money is shown twice.
    """
    lines = [line for line in source.budget if line.year == year]
    above = parents(lines)
    found: dict[int, BudgetLine] = {}
    taken: set[int] = set()
    for duty in duties:
        line = _line_of(duty, source.particulars[duty.id], lines, above)
        if line is not None and line.id not in taken:
            found[duty.id] = line
            taken.add(line.id)
    return found


def _line_of(
    duty: Duty, about: Particulars, lines: Sequence[BudgetLine], above: Mapping[int, BudgetLine | None]
) -> BudgetLine | None:
    of_code = next((line for line in lines if _plain(line.code) == _plain(duty.code)), None)
    if of_code is not None:
        return of_code
    own = next((rung for rung in about.path if rung.level is about.level), None)
    if own is None:
        return None
    named = [line for line in lines if line.level is own.level and _plain(line.name) == _plain(own.name)]
    fitting = [line for line in named if _fits(line, about.path, above)]
    return fitting[0] if len(fitting) == 1 else None


def _fits(line: BudgetLine, path: Sequence[Rung], above: Mapping[int, BudgetLine | None]) -> bool:
    """Whether what heads a line agrees with the rungs above an indicator, as far as both name one of a level."""
    names = {rung.level: _plain(rung.name) for rung in path}
    head = above[line.id]
    while head is not None:
        if names.get(head.level, _plain(head.name)) != _plain(head.name):
            return False
        head = above[head.id]
    return True


def _plain(words: str) -> str:
    return " ".join(words.casefold().split()).removeprefix("program ").removeprefix("kegiatan ")


def spending_of(source: FormSource, lines: Sequence[BudgetLine], quarters: Sequence[Period]) -> dict[str, Spending]:
    """What was spent of the lines of a year in these quarters, by the code of the line."""
    by_quarter = [budget_figures(source.office, source.budget, quarter) for quarter in quarters]
    return {line.code: _spending(line, by_quarter) for line in lines}


def _spending(line: BudgetLine, quarters: Sequence[BudgetFigures]) -> Spending:
    own = [next(one for one in quarter.lines if one.code == line.code) for quarter in quarters]
    positions = [one.spent if one.complete else None for one in own]
    return Spending(
        ceiling=line.ceiling if not own else own[-1].ceiling,
        quarters=tuple(
            _gained(before, now) for before, now in zip([Decimal(0), *positions[:-1]], positions, strict=True)
        ),
        to_date=own[-1].spent if own else None,
        provisional=any(not one.complete for one in own),
    )


def _gained(before: Decimal | None, now: Decimal | None) -> Decimal | None:
    """What was spent between two positions, where both are known."""
    if before is None or now is None:
        return None
    with localcontext(ARITHMETIC):
        return now - before


def ended_quarters(source: FormSource, period: Period) -> tuple[Period, ...]:
    """The quarters of the year that end with a form's period or before, and have ended."""
    quarters = Period.whole_year(period.year).split(PeriodKind.QUARTER)
    return tuple(one for one in quarters if one.end <= period.end and source.has_ended(one))
