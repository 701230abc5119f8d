"""The budget of a plan: its lines, and what was reported spent of them (domain.md 1 F8 and 4.6). Rupiah and percent.

What is spent and the realisasi fisik are positions since the year began (CUM), reported by the month.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from domain.periods import Period
from domain.plan import Level


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
    `total` over the lines at the top, so that one level only is added."""

    office: str
    period: str
    lines: tuple[LineFigures, ...]
    total: LineFigures
    provisional: bool
    sample: bool
