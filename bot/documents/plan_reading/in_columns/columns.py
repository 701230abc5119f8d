"""The columns of a table as groups that each describe one indicator a row, and the periods of their targets."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain

from bot.documents.plan_reading.cell_kinds import is_dash, is_figure
from bot.documents.plan_reading.headings.headers import Column, Header, Part
from bot.documents.plan_reading.source import Cell, Row
from domain.periods import Period, PeriodKind, periods_of_year
from domain.plan import Level


@dataclass(frozen=True)
class Group:
    """Columns that belong together. `targets` is empty where they have none of their own."""

    number: int
    names: tuple[Column, ...] = ()
    indicator: Column | None = None
    unit: Column | None = None
    annual: Column | None = None
    targets: dict[Period, Column] = field(default_factory=dict[Period, Column])
    budget: Column | None = None
    rivals: tuple[Column, ...] = ()
    """Other columns that may be the target of the year as well: `Target semula`, `Target menjadi`."""

    @property
    def has_own_targets(self) -> bool:
        return bool(self.targets) or self.annual is not None

    @property
    def levels(self) -> tuple[Level, ...]:
        """The rungs that the headings name for this group, of the indicator first."""
        named = self.indicator.levels if self.indicator is not None else ()
        return named or tuple(level for column in self.names for level in column.levels)


@dataclass(frozen=True)
class Layout:
    """What a heading makes of a row. `periods` are those of the targets; only the year where no other is printed.

    `lost` are periods of that kind for which no column stands in the heading, `never_due` those between the ends of
    half-years, where a plan has targets for halves only; `is_doubled` tells that two columns of
    one group name the same period. `to_date` tells that the headings say `s/d`.
    """

    header: Header
    groups: tuple[Group, ...]
    periods: tuple[Period, ...]
    lost: tuple[Period, ...] = ()
    never_due: tuple[Period, ...] = ()
    is_doubled: bool = False
    to_date: bool = False

    def column(self, part: Part) -> Column | None:
        """The first column of a kind that stands once in a row: number, note, formula, owner."""
        return self._first.get(part)

    @cached_property
    def _first(self) -> dict[Part, Column]:
        return {column.part: column for column in reversed(self.header.columns)}

    @cached_property
    def target_columns(self) -> tuple[Column, ...]:
        """Every column in which targets stand."""
        return tuple(chain.from_iterable(map(_target_columns, self.groups)))


def _target_columns(group: Group) -> Iterator[Column]:
    yield from group.targets.values()
    if group.annual is not None:
        yield group.annual


def layout_of(header: Header, year: int) -> Layout:
    """The groups of a heading and the periods of their targets in that year."""
    kind = _kind(header)
    groups = tuple(_group(number, columns, kind, year) for number, columns in enumerate(header.groups))
    if kind is None:
        return Layout(header, groups, (Period.whole_year(year),))
    labelled = [column for column in header.of(Part.PERIOD) if column.label and column.label.kind is kind]
    named = {column.label.number for column in labelled if column.label}
    whole = periods_of_year(year, kind)
    missing = tuple(period for period in whole if period.number not in named)
    is_halves = all(column.label and column.label.is_half for column in labelled)
    return Layout(
        header,
        groups,
        whole,
        () if is_halves else missing,
        missing if is_halves else (),
        any(_is_doubled(columns, kind) for columns in header.groups),
        any(column.label and column.label.to_date for column in labelled),
    )


def _kind(header: Header) -> PeriodKind | None:
    """Months where the heading has most of them, else quarters, None where it has no periods."""
    kinds = [column.label.kind for column in header.of(Part.PERIOD) if column.label]
    if not kinds:
        return None
    return max(PeriodKind.MONTH, PeriodKind.QUARTER, key=kinds.count)


def _group(number: int, columns: Sequence[Column], kind: PeriodKind | None, year: int) -> Group:
    annual = _of_year(columns, Part.ANNUAL, year)
    rivals = (column for column in columns if column.part is Part.ANNUAL and column.year in (None, year))
    return Group(
        number,
        tuple(column for column in columns if column.part is Part.NAME),
        _first(columns, Part.INDICATOR),
        _first(columns, Part.UNIT),
        annual or _first(columns, Part.PERIOD_VALUE),
        {} if kind is None else _targets(columns, kind, year),
        _of_year(columns, Part.BUDGET, year),
        tuple(column for column in rivals if column is not annual),
    )


def _first(columns: Iterable[Column], part: Part) -> Column | None:
    return next((column for column in columns if column.part is part), None)


def _of_year(columns: Sequence[Column], part: Part, year: int) -> Column | None:
    """The column of the plan's year: the one that names it, else the first that names none."""
    found = [column for column in columns if column.part is part]
    named = next((column for column in found if column.year == year), None)
    unnamed = next((column for column in found if column.year is None), None)
    return unnamed if unnamed is not None and (named is None or unnamed.index < named.index) else named


def _targets(columns: Sequence[Column], kind: PeriodKind, year: int) -> dict[Period, Column]:
    """The periods in order with their columns; of two for one period that which is not `s/d`, else the first."""
    labelled = [(column.label, column) for column in columns if column.part is Part.PERIOD and column.label]
    preferred = sorted(labelled, key=lambda each: (not each[0].to_date, -each[1].index))
    found = {label.number: column for label, column in preferred if label.kind is kind}
    return {period: found[period.number] for period in periods_of_year(year, kind) if period.number in found}


def _is_doubled(columns: Sequence[Column], kind: PeriodKind) -> bool:
    labels = [column.label for column in columns if column.part is Part.PERIOD and column.label]
    numbers = [(label.number, label.to_date) for label in labels if label.kind is kind]
    return len(numbers) != len(set(numbers))


def cell_at(row: Row, column: Column | None) -> Cell | None:
    """The cell of a row in a column, None where the row ends before it or there is no such column."""
    if column is None or column.index >= len(row.cells):
        return None
    return row.cells[column.index]


def text_at(row: Row, column: Column | None) -> str:
    """The text of a cell, empty where there is none."""
    if column is None or column.index >= len(row.texts):
        return ""
    return row.texts[column.index]


def word_at(row: Row, column: Column | None) -> str:
    """The text of a cell, empty also for a dash."""
    if column is None or column.index >= len(row.texts):
        return ""
    text = row.texts[column.index]
    return "" if is_dash(text) else text


def has_figures(row: Row, columns: Iterable[Column | None]) -> bool:
    """Whether a number stands in one of the columns."""
    return any(is_figure(text_at(row, column)) for column in columns)
