"""The columns of a table, and what the cells of each are."""

from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from bot.documents.plan_reading.headings.heading_words import PeriodLabel
from domain.plan import Level


class Part(StrEnum):
    """What the cells of a column are."""

    NUMBER = "number"
    CODE = "code"
    NAME = "name"
    """Names of the rungs in `Column.levels`, of an unknown one where that is empty."""
    INDICATOR = "indicator"
    UNIT = "unit"
    ANNUAL = "annual"
    """The target of the whole year, of `Column.year` where the heading names one."""
    PERIOD = "period"
    """The target of the period `Column.label`."""
    PERIOD_LABEL = "period label"
    """The cells name the period of their row: a column `Bulan` or `Triwulan`."""
    PERIOD_VALUE = "period value"
    """The target beside a period label."""
    ACTUAL = "actual"
    """Realisasi or capaian: no target."""
    OWNER = "owner"
    BUDGET = "budget"
    NOTE = "note"
    FORMULA = "formula"
    OTHER = "other"


@dataclass(frozen=True)
class Column:
    """One column. `group` counts the sets of columns that belong together from 0, left to right."""

    index: int
    part: Part
    title: str = ""
    """The heading from top to bottom, as printed."""
    levels: tuple[Level, ...] = ()
    label: PeriodLabel | None = None
    year: int | None = None
    group: int = 0


@dataclass(frozen=True)
class Header:
    """The heading of a table: rows `first` to `first + rows - 1` (from 0), the row of column numbers included."""

    first: int
    rows: int
    columns: tuple[Column, ...]
    is_mended: bool = False
    """A period stood over the wrong column and was put back by the order of the others."""
    by_index: dict[int, Column] = field(init=False, repr=False, compare=False)
    by_parts: dict[tuple[Part, ...], tuple[Column, ...]] = field(
        init=False, repr=False, compare=False, default_factory=dict[tuple[Part, ...], tuple[Column, ...]]
    )
    """What `of` found: every row asks the same."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_index", {column.index: column for column in self.columns})

    @property
    def end(self) -> int:
        """Index of the first row below the heading."""
        return self.first + self.rows

    @cached_property
    def width(self) -> int:
        """Columns that the heading knows, counted from the left edge."""
        return 1 + max((column.index for column in self.columns), default=-1)

    @property
    def groups(self) -> tuple[tuple[Column, ...], ...]:
        """The columns that belong together, left to right."""
        numbers = sorted({column.group for column in self.columns})
        return tuple(tuple(each for each in self.columns if each.group == number) for number in numbers)

    def of(self, *parts: Part) -> tuple[Column, ...]:
        """The columns of these parts, left to right."""
        found = self.by_parts.get(parts)
        if found is None:
            found = self.by_parts[parts] = tuple(column for column in self.columns if column.part in parts)
        return found

    def has(self, *parts: Part) -> bool:
        """Whether any column is one of these."""
        return bool(self.of(*parts))

    def at(self, index: int) -> Column | None:
        """The column of that index, None where the heading says nothing."""
        return self.by_index.get(index)
