"""Indicators as a plan prints them: what the walkers find in tables, before it is judged.

A walker never decides between two readings: it takes what stands there and notes its `Doubt`s. `judging` makes
numbers, modes and questions of it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

from bot.documents.plan_reading.source import Cell, Place
from domain.periods import Period
from domain.plan import Level


class DoubtKind(StrEnum):
    """Why something must be asked."""

    SHIFTED = "shifted"
    """Cells stand in other columns than the heading says, or could."""
    LOST = "lost"
    """Cells that the layout calls for are not there: a page was cut, a row is short."""
    COMPOUND = "compound"
    """Two quantities in one cell."""
    REPEATED = "repeated"
    """The same indicator stands in the file already."""
    MERGED = "merged"
    """Two indicators share a row."""
    STRAY = "stray"
    """Period rows that seem to belong to another indicator."""
    JOINED = "joined"
    """Rows on both sides of a page cut were read as one."""
    NO_NAME = "no name"
    NO_OWNER = "no owner"
    NO_UNIT = "no unit"
    UNIT = "unit"
    """Value and unit disagree, or two units are printed."""
    NUMBER = "number"
    """What is printed is no certain number: separators, an odd cell, a word."""
    SUM = "sum"
    """Periods do not add up to the annual target."""
    CUT_TEXT = "cut text"
    """A name breaks off."""
    HEADING = "heading"
    """Which period or which column a heading means is not certain."""


@dataclass(frozen=True)
class Doubt:
    """One thing that is not certain. `periods` are the targets it is about, none for the whole indicator or for its
    annual target. `likely` holds the values that the walker would propose."""

    kind: DoubtKind
    text: str
    """One sentence in Indonesian for the person who is asked, with the place in the file."""
    place: Place
    periods: tuple[Period, ...] = ()
    likely: Mapping[Period, Decimal | None] = field(default_factory=dict[Period, "Decimal | None"])
    annual: bool = False
    """It is about the annual target."""


_NO_NAMES: Mapping[str, str] = MappingProxyType({})


class PrintedIndicator(NamedTuple):
    """One indicator as it stands in a file.

    `targets` holds the cell of each period for which the layout has one: its text may be blank or a dash. A period
    whose cell is lost is absent and named by a doubt. `periods` are those of the layout: 4 quarters, 12 months, or the
    year. `unit` is as printed in the unit column, else None. `post` is the heading or the column of who answers for it.
    """

    name: str | None
    level: Level
    place: Place
    periods: tuple[Period, ...]
    targets: Mapping[Period, Cell]
    unit: str | None = None
    path: Mapping[str, str] = _NO_NAMES
    code: str = ""
    post: str | None = None
    annual: Cell | None = None
    """None where the layout has no annual target."""
    budget: Cell | None = None
    note: str = ""
    """The KET column."""
    formula: str = ""
    """How the indicator is computed, where the plan prints it."""
    has_targets: bool = True
    """False for a rung of the plan for which the layout has no target columns: shown for orientation."""
    doubts: tuple[Doubt, ...] = ()

    @property
    def cells(self) -> tuple[Cell, ...]:
        """The cells of its periods in order, of those that have one."""
        if tuple(self.targets) == self.periods:
            return tuple(self.targets.values())
        return tuple(self.targets[period] for period in self.periods if period in self.targets)


@dataclass(frozen=True)
class PrintedPlan:
    """What a file prints. `posts` are the posts it names, in order; `office` and `kabupaten` without the word
    Kecamatan or Kabupaten; what is not printed is None."""

    indicators: tuple[PrintedIndicator, ...]
    office: str | None = None
    kabupaten: str | None = None
    year: int | None = None
    title: str = ""
    posts: tuple[str, ...] = ()
    ignored: tuple[tuple[Place, str], ...] = ()
    """Tables and rows that were passed over, and why: one sentence in Indonesian each."""
    is_revision: bool = False
    """It calls itself perubahan."""
