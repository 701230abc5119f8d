"""The budget of a plan: its lines, and what was reported spent of them (domain.md 1 F8 and 4.6). Rupiah and percent.

What is spent and the realisasi fisik are positions since the year began (CUM), reported by the month.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, localcontext

from domain.achievement import ARITHMETIC, AchievementRule, Formula, achievement
from domain.office import Office, Owed
from domain.openings import is_begun
from domain.periods import Period, PeriodKind, periods_of_year
from domain.plan import BudgetRow, Level

_ZERO = Decimal(0)
_NOBODY = 0
"""No post: ids count from 1."""


@dataclass(frozen=True)
class BudgetPosition:
    """What holds of a line for one month. `physical` is the realisasi fisik in percent, None where none was given."""

    spent: Decimal
    physical: Decimal | None
    reporter_id: int | None
    reported_on: date
    sample: bool = False


@dataclass(frozen=True)
class BudgetLine:
    """One line of the budget. A line is above another when its code is the other's beginning (`5` above `5.1`).

    What is spent is reported of the lines that stand above no other, by `post_id`; `positions` are by month.
    """

    id: int
    code: str
    name: str
    level: Level
    year: int
    pagu: Decimal | None
    revised: Decimal | None
    post_id: int | None
    positions: Mapping[Period, BudgetPosition]

    @property
    def ceiling(self) -> Decimal | None:
        """The pagu that holds: the pagu perubahan where there is one."""
        return self.pagu if self.revised is None else self.revised


@dataclass(frozen=True)
class LineFigures:
    """One line s/d the end of a month, the lines below it added up.

    `depth` counts the lines above it. `ceiling` is the pagu that holds, `pagu` the one before it was changed. `spent`
    is None while nothing is reported of it ("belum dilaporkan", never Rp0); with `reported` of the `due` lines that are
    reported on their own it is provisional. `absorbed` is in percent of the ceiling (F8), None where it cannot be
    computed; `physical` in percent, of several lines weighted by their ceilings.
    """

    code: str
    name: str
    level: Level
    depth: int
    pagu: Decimal | None
    ceiling: Decimal | None
    spent: Decimal | None
    absorbed: Decimal | None
    physical: Decimal | None
    due: int
    reported: int

    @property
    def complete(self) -> bool:
        return self.reported >= self.due


@dataclass(frozen=True)
class BudgetFigures:
    """The budget of an office s/d the end of the month `period` (a code): its `lines` in the plan's order, and the
    `total` over the lines at the top, so that one level only is added; it has no code and no name.

    `provisional` is true while any figure is unverified or missing, `sample` where an invented one is among them.
    """

    office: str
    period: str
    lines: tuple[LineFigures, ...]
    total: LineFigures
    provisional: bool
    sample: bool


def parents(lines: Sequence[BudgetLine]) -> dict[int, BudgetLine | None]:
    """The line right above each, by id: that of the longest other code of its year that its own begins with."""
    by_code = {(line.year, line.code): line for line in lines}
    return {
        line.id: next(
            (by_code[line.year, code] for code in _codes_above(line.code) if (line.year, code) in by_code), None
        )
        for line in lines
    }


def codes_heading(codes: Collection[str]) -> frozenset[str]:
    """Those of one year's codes that stand above another of them."""
    return frozenset(above for code in codes for above in _codes_above(code)) & frozenset(codes)


def reporting_lines(lines: Sequence[BudgetLine]) -> tuple[BudgetLine, ...]:
    """The lines that stand above no other: what is spent is reported of these. In the order given."""
    heading = {above.id for above in parents(lines).values() if above is not None}
    return tuple(line for line in lines if line.id not in heading)


def opens(line: BudgetLine, today: date, office: Office) -> tuple[Period, ...]:
    """The months of a line's year that can be reported today, locked ones included: begun, and the year not closed."""
    months = periods_of_year(line.year, PeriodKind.MONTH)
    return tuple(month for month in months if is_begun(owed(line, month), today, office))


def owed(line: BudgetLine, month: Period) -> Owed:
    """The report of a line as the office's dates and locks know it; nobody's where no post reports it."""
    return Owed(_NOBODY if line.post_id is None else line.post_id, month)


def budget_figures(office_name: str, lines: Sequence[BudgetLine], of: Period) -> BudgetFigures:
    """Every line of the year s/d the end of a month, of a quarter's or year's last one.

    A line counts as reported only with a position for exactly that month: an earlier one does not stand in for it.
    """
    month = of.split(PeriodKind.MONTH)[-1]
    of_year = [line for line in lines if line.year == month.year]
    above = parents(of_year)
    with localcontext(ARITHMETIC):
        holdings = _holdings(of_year, above, month)
        top = [holdings[line.id] for line in of_year if above[line.id] is None]
        total = _together(top)
    return BudgetFigures(
        office=office_name,
        period=month.code,
        lines=tuple(
            _figures(holdings[line.id], line.code, line.name, line.level, _depth(line, above)) for line in of_year
        ),
        total=_figures(total, "", "", Level.PROGRAM, 0),
        provisional=True,
        sample=total.sample,
    )


@dataclass(frozen=True)
class Gap:
    """A line whose own pagu is not the sum of the lines right below it, `below` in rupiah."""

    line: BudgetLine
    below: Decimal


def gaps(lines: Sequence[BudgetLine], year: int) -> tuple[Gap, ...]:
    """The lines of a year that print another pagu than those right below them add up to.

    No error: documents print such lines (a sub kegiatan of Randuagung has 13.200.000 and its aksi 20.250.000).
    """
    of_year = [line for line in lines if line.year == year]
    above = parents(of_year)
    below: defaultdict[int, list[Decimal | None]] = defaultdict(list)
    for line, figures in zip(of_year, budget_figures("", of_year, Period.whole_year(year)).lines, strict=True):
        parent = above[line.id]
        if parent is not None:
            below[parent.id].append(figures.ceiling)
    with localcontext(ARITHMETIC):
        sums = [(line, _sum_of_known(below[line.id])) for line in of_year]
    return tuple(Gap(line, total) for line, total in sums if total is not None and line.ceiling not in (None, total))


def planned(rows: Sequence[BudgetRow], year: int) -> tuple[BudgetLine, ...]:
    """The lines of a plan before anything is reported of them; their ids are their places in it."""
    return tuple(
        BudgetLine(place, row.code, row.name, row.level, year, row.pagu, row.revised, None, {})
        for place, row in enumerate(rows)
    )


@dataclass(frozen=True)
class _Holding:
    """What holds of a line with all that stands below it.

    `done` is the realisasi fisik of the lines that gave one, each times its ceiling, and `weight` these ceilings.
    """

    pagu: Decimal | None
    ceiling: Decimal | None
    spent: Decimal | None
    physical: Decimal | None
    done: Decimal
    weight: Decimal
    due: int
    reported: int
    sample: bool


def _holdings(
    lines: Sequence[BudgetLine], above: Mapping[int, BudgetLine | None], month: Period
) -> dict[int, _Holding]:
    """The lowest lines first, so that what stands below a line is known when it is added up."""
    below: defaultdict[int, list[_Holding]] = defaultdict(list)
    found: dict[int, _Holding] = {}
    for line in sorted(lines, key=lambda one: one.code.count("."), reverse=True):
        found[line.id] = _headed(line, below[line.id]) if below[line.id] else _own(line, month)
        parent = above[line.id]
        if parent is not None:
            below[parent.id].append(found[line.id])
    return found


def _own(line: BudgetLine, month: Period) -> _Holding:
    """A line that is reported on its own."""
    position = line.positions.get(month)
    physical = None if position is None else position.physical
    weight = _ZERO if physical is None or line.ceiling is None else line.ceiling
    return _Holding(
        pagu=line.pagu,
        ceiling=line.ceiling,
        spent=None if position is None else position.spent,
        physical=physical,
        done=weight * (physical or _ZERO),
        weight=weight,
        due=1,
        reported=0 if position is None else 1,
        sample=position is not None and position.sample,
    )


def _headed(line: BudgetLine, below: Sequence[_Holding]) -> _Holding:
    """A line above others: its own printed pagu holds where there is one."""
    added = _together(below)
    return replace(
        added,
        pagu=added.pagu if line.pagu is None else line.pagu,
        ceiling=added.ceiling if line.ceiling is None else line.ceiling,
    )


def _together(parts: Sequence[_Holding]) -> _Holding:
    done, weight = sum((part.done for part in parts), _ZERO), sum((part.weight for part in parts), _ZERO)
    return _Holding(
        pagu=_sum_of_known(part.pagu for part in parts),
        ceiling=_sum_of_known(part.ceiling for part in parts),
        spent=_sum_of_known(part.spent for part in parts),
        physical=done / weight if weight else None,
        done=done,
        weight=weight,
        due=sum(part.due for part in parts),
        reported=sum(part.reported for part in parts),
        sample=any(part.sample for part in parts),
    )


def _sum_of_known(values: Iterable[Decimal | None]) -> Decimal | None:
    known = [value for value in values if value is not None]
    return sum(known, _ZERO) if known else None


def _figures(held: _Holding, code: str, name: str, level: Level, depth: int) -> LineFigures:
    return LineFigures(
        code=code,
        name=name,
        level=level,
        depth=depth,
        pagu=held.pagu,
        ceiling=held.ceiling,
        spent=held.spent,
        absorbed=achievement(held.ceiling, held.spent, AchievementRule(Formula.ABSORPTION)),
        physical=held.physical,
        due=held.due,
        reported=held.reported,
    )


def _depth(line: BudgetLine, above: Mapping[int, BudgetLine | None]) -> int:
    depth, parent = 0, above[line.id]
    while parent is not None:
        depth, parent = depth + 1, above[parent.id]
    return depth


def _codes_above(code: str) -> Iterator[str]:
    """`5.1` and `5` for `5.1.02`: every code that it begins with, the longest first."""
    while "." in code:
        code = code.rpartition(".")[0]
        yield code
