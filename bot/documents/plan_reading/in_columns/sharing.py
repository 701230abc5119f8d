"""Whose targets a group of columns has: its own, those of a group to its right, or none.

`Kegiatan | Indikator | Target | Aksi | Indikator | Target | TW I ...` prints the quarters of a kegiatan in the columns
that stand beside the aksi, in rows without one. `Program | Indikator | Sub kegiatan | Indikator | TW I ...` does not.
`Sasaran | Indikator | Target | Aksi | TW I ...` may mean either: the quarters are those of the indicator where they end
at its target of the year. Only the rows tell. A program in the middle has no quarters of its own.
"""

import re
from dataclasses import dataclass

from bot.documents.plan_reading.headings.headers import Column
from bot.documents.plan_reading.in_columns.columns import Group, Layout, has_figures, text_at, word_at
from bot.documents.plan_reading.judged.cell_numbers import NumberStyle, read_text
from bot.documents.plan_reading.sections import Run
from bot.documents.plan_reading.source import Row
from domain.plan import Level

_NAME_AND_INDICATOR = re.compile(
    r"(?:tujuan|sasaran|program|kegiatan|aksi)[^/]*(?:/|\bdan\b|&)\s*indikator", re.IGNORECASE
)


@dataclass(frozen=True)
class Sharing:
    """By the number of a group the number of the one whose targets it has; absent where it has none."""

    sources: dict[int, int]
    undisputed: frozenset[int] = frozenset()
    """The lenders whose targets are those of the indicator before them, where they come to its target of the year."""

    def source(self, group: Group, layout: Layout) -> Group | None:
        """The group in whose columns the targets of this one stand."""
        number = self.sources.get(group.number)
        return None if number is None else next((each for each in layout.groups if each.number == number), None)


def sharing_of(run: Run, layout: Layout) -> Sharing:
    """What the rows of a run tell. `layout` is that of its first page."""
    sources: dict[int, int] = {}
    borrowed: set[int] = set()
    undisputed: set[int] = set()
    for group in layout.groups:
        lender = _lender(run, layout, group)
        if lender is not None:
            sources[group.number] = lender.number
            if lender.indicator is None and not _stands_alone(run, lender, group):
                borrowed.add(lender.number)
                undisputed |= {lender.number} if _is_undisputed(run, layout, lender, group) else set()
        elif group.has_own_targets and group.number not in borrowed:
            sources[group.number] = group.number
    return Sharing(sources, frozenset(undisputed))


def _lender(run: Run, layout: Layout, group: Group) -> Group | None:
    """The next group to the right with targets that this one lacks, where rows print this one's in its columns."""
    if group.targets:
        return None
    for other in layout.groups[group.number + 1 :]:
        if other.targets or (other.annual is not None and group.annual is None):
            return other if _lends(run, layout, other, group) else None
    return None


def _lends(run: Run, layout: Layout, other: Group, group: Group) -> bool:
    lent = kept = 0
    only_names = group.indicator is not None and _only_names(layout, other)
    for row in run.rows:
        if not word_at(row, group.indicator):
            continue
        is_rival = is_named(row, other) and not only_names
        if is_rival and not (other.indicator is None and ends_at_year(row, other, group)):
            kept += 1
        elif has_figures(row, target_columns(other)):
            lent += 1
    return lent > kept


_TELLING = 3
"""Rows from which it is no chance that all of them come to their target of the year."""


def _is_undisputed(run: Run, layout: Layout, other: Group, group: Group) -> bool:
    """Whether the targets beside a name are surely those of the indicator before it: the name is that of a program, or
    those of every row come to its target of the year."""
    if group.annual is None or _only_names(layout, other):
        return group.annual is not None
    named = [row for row in run.rows if is_named(row, other) and word_at(row, group.indicator)]
    return len(named) >= _TELLING and all(ends_at_year(row, other, group) for row in named)


_NEVER_MEASURED = frozenset({Level.PROGRAM, Level.KEGIATAN, Level.SUB_KEGIATAN})
"""Rungs whose names say nothing that can be counted, other than those of an aksi."""


def _only_names(layout: Layout, other: Group) -> bool:
    """Whether a group only names the program of an indicator, the one that a row of this table has: no unit and no
    target of the year stand beside the name."""
    is_bare = other.indicator is None and other.unit is None and other.annual is None
    is_only = sum(group.indicator is not None for group in layout.groups) == 1
    return is_bare and is_only and bool(other.levels) and _NEVER_MEASURED.issuperset(other.levels)


def _stands_alone(run: Run, other: Group, group: Group) -> bool:
    """Whether a group prints targets in rows without an indicator of the one it lends to."""
    alone = (row for row in run.rows if is_named(row, other) and not word_at(row, group.indicator))
    return any(has_figures(row, target_columns(other)) for row in alone)


def ends_at_year(row: Row, other: Group, group: Group) -> bool:
    """Whether the targets in the columns of one group come to the target of the year in those of the other."""
    annual = read_text(text_at(row, group.annual), NumberStyle()).value
    read = (read_text(text_at(row, column), NumberStyle()).value for column in other.targets.values())
    values = [value for value in read if value]
    return bool(values) and annual is not None and annual in (sum(values), values[-1])


def is_named(row: Row, group: Group) -> bool:
    """Whether the row prints a name or an indicator of the group."""
    return any(word_at(row, column) for column in (*group.names, group.indicator))


def target_columns(group: Group) -> tuple[Column, ...]:
    """The columns of its own targets: of the periods, else of the year."""
    return tuple(group.targets.values()) or ((group.annual,) if group.annual is not None else ())


def heads_indicators(row: Row, group: Group) -> bool:
    """Whether a text in a column such as `Sasaran / Indikator` is the name above the indicators below it: nothing
    stands where its unit and its targets would."""
    column = group.indicator
    if column is None or not column.levels or group.names or not _NAME_AND_INDICATOR.search(column.title):
        return False
    beside = (group.unit, *target_columns(group), group.annual)
    return bool(word_at(row, column)) and not any(text_at(row, each) for each in beside)
