"""An indicator in the making: which columns of a row it claims, and what they print of it."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from bot.documents.plan_reading.cell_kinds import fits_money, is_dash, is_figure, without_mark
from bot.documents.plan_reading.headings.headers import Column, Part
from bot.documents.plan_reading.headings.heading_words import period_label
from bot.documents.plan_reading.in_columns.columns import Group, Layout, cell_at, has_figures, text_at, word_at
from bot.documents.plan_reading.in_columns.covering import Covering
from bot.documents.plan_reading.in_columns.naming import Namer
from bot.documents.plan_reading.in_columns.sharing import Sharing, heads_indicators, is_named, target_columns
from bot.documents.plan_reading.printed import Doubt, PrintedIndicator
from bot.documents.plan_reading.source import Cell, Row
from domain.periods import Period, periods_of_year
from domain.plan import Level


class Claim(NamedTuple):
    """An indicator with the row and the columns that print its targets. `called` is the name it stands beside."""

    printed: PrintedIndicator
    row: Row
    group: Group
    columns: Mapping[Period, Column]
    called: str

    def doubted(self, *doubts: Doubt) -> "Claim":
        return self.changed(doubts=(*self.printed.doubts, *doubts)) if doubts else self

    def changed(self, **values: Any) -> "Claim":
        return self._replace(printed=self.printed._replace(**values))

    @property
    def has_targets(self) -> bool:
        return self.printed.has_targets

    @property
    def is_blank(self) -> bool:
        """Whether it stands without any target so far."""
        cells = (*self.printed.targets.values(), self.printed.annual)
        return not any(cell is not None and cell.text and not is_dash(cell.text) for cell in cells)


class Printed(NamedTuple):
    """A row with what tells how to read it."""

    row: Row
    layout: Layout
    covering: Covering

    def text(self, column: Column | None) -> str:
        """What stands in a column, or in the merged cell over it; nothing where there is no such column."""
        if column is None:
            return ""
        return word_at(self.row, column) or self.covering.text_at(self.row, column)


def claimants(printed: Printed, sharing: Sharing) -> Iterator[Group]:
    """The groups of which a row prints an indicator: by its text, else by a name with targets that no other takes."""
    row, layout = printed.row, printed.layout
    spoken = [group for group in layout.groups if word_at(row, group.indicator) and not heads_indicators(row, group)]
    taken = {sharing.sources.get(group.number) for group in spoken}
    for group in layout.groups:
        if group in spoken:
            yield group
            continue
        if heads_indicators(row, group) or not (is_named(row, group) or printed.text(group.indicator)):
            continue
        source = sharing.source(group, layout)
        if source is not None and source.number not in taken and has_figures(row, _columns_of(group, source)):
            taken.add(source.number)
            yield group
        elif not spoken and _is_action_with_money(row, layout, group):
            yield group


def _columns_of(group: Group, source: Group) -> tuple[Column, ...]:
    return (*target_columns(source), *((group.annual,) if group.annual is not None else ()))


def _is_action_with_money(row: Row, layout: Layout, group: Group) -> bool:
    """Whether the row prints an aksi that has money and nothing else."""
    has_money = any(is_figure(text_at(row, column)) for column in layout.header.of(Part.BUDGET))
    return Level.AKSI in group.levels and has_money


def claim_of(printed: Printed, group: Group, source: Group | None, namer: Namer, *, takes_money: bool) -> Claim:
    """The indicator of a group in a row. `source` is the group in whose columns its targets stand, None for none.

    `takes_money` tells that an amount in the columns of others is its own, too.
    """
    row, layout = printed.row, printed.layout
    columns = _target_columns(source, layout)
    targets = {period: cell for period, column in columns.items() if (cell := cell_at(row, column)) is not None}
    if columns and layout.never_due:
        targets |= _blank(row, layout.never_due)
    annual = _annual(row, group, source)
    text = word_at(row, group.indicator)
    has_targets = source is not None and (bool(text) or _any_text(targets, annual))
    called, level = namer.called(group)
    stands_for_itself = group.indicator is None or not has_targets
    name = without_mark(printed.text(group.indicator)) or (called if stands_for_itself else "")
    indicator = PrintedIndicator(
        name=name or None,
        level=level,
        place=row.place,
        periods=layout.periods if source is None or source.targets else tuple(columns),
        targets=targets,
        unit=_unit(printed, group, source),
        path=namer.path(level),
        code=namer.code,
        post=namer.post,
        annual=annual,
        budget=_budget(row, layout, group, takes_money=takes_money),
        note=_note(printed),
        formula=text_at(row, layout.column(Part.FORMULA)),
        has_targets=has_targets,
    )
    return _at_its_time(Claim(indicator, row, group, columns, called), printed)


def _target_columns(source: Group | None, layout: Layout) -> dict[Period, Column]:
    """The columns of the targets by period; the one of the year where there are no others."""
    if source is None:
        return {}
    if source.targets:
        return source.targets
    year = Period.whole_year(layout.periods[0].year)
    return {} if source.annual is None else {year: source.annual}


def _blank(row: Row, periods: Iterable[Period]) -> dict[Period, Cell]:
    """Periods for which the plan has no target."""
    return {period: Cell("", row.place) for period in periods}


def _annual(row: Row, group: Group, source: Group | None) -> Cell | None:
    """The target of the year beside those of the periods."""
    return None if source is None or not source.targets else cell_at(row, group.annual or source.annual)


def _any_text(targets: Mapping[Period, Cell], annual: Cell | None) -> bool:
    return any(cell.text for cell in targets.values()) or (annual is not None and bool(annual.text))


_SCHEDULE = re.compile(r"waktu|jadwal|pelaksanaan|timeline", re.IGNORECASE)
"""Words of a column that says when something is due. Below `Triwulan` stand all of its periods, row by row."""


def _at_its_time(claim: Claim, printed: Printed) -> Claim:
    """The claim with its one target at the time that a column names; a longer time is kept as a note."""
    column = printed.layout.column(Part.PERIOD_LABEL)
    if column is None or len(claim.printed.targets) != 1 or not (time := printed.text(column)):
        return claim
    ((whole, cell),) = claim.printed.targets.items()
    label = period_label(time)
    if label is None or len(claim.printed.periods) > 1:
        return claim.changed(note="; ".join(filter(None, (claim.printed.note, f"Waktu: {time}"))))
    due = Period(whole.year, label.kind, label.number)
    periods = periods_of_year(whole.year, label.kind)
    others = _blank(claim.row, periods) if _SCHEDULE.search(column.title) else {}
    timed = claim.changed(periods=periods, targets=others | {due: cell}, annual=cell if others else None)
    return timed._replace(columns={due: claim.columns[whole]})


def _unit(printed: Printed, group: Group, source: Group | None) -> str | None:
    columns = (group.unit, None if source is None else source.unit)
    return next((text for column in columns if (text := printed.text(column))), None)


def _budget(row: Row, layout: Layout, group: Group, *, takes_money: bool) -> Cell | None:
    """The money of a row: of the group in whose columns it stands, else of the first indicator that is printed."""
    own = _money_at(row, group)
    if own is not None or not takes_money:
        return own
    others = (_money_at(row, each) for each in layout.groups if not _has_own_name(row, each))
    return next((cell for cell in others if cell is not None), None)


def _has_own_name(row: Row, group: Group) -> bool:
    """Whether the row prints a name in the group, so that an amount there belongs to that name."""
    return any(word_at(row, column) for column in group.names)


def _money_at(row: Row, group: Group) -> Cell | None:
    """The amount in a group's column of money; None for a blank and for a target that slipped there."""
    cell = cell_at(row, group.budget)
    is_money = cell is not None and bool(cell.text) and (cell.number is not None or fits_money(cell.text))
    return cell if is_money else None


def _note(printed: Printed) -> str:
    note = printed.text(printed.layout.column(Part.NOTE))
    return "; ".join(filter(None, (note, "target s/d periode"))) if printed.layout.to_date else note


def takes_money(group: Group, claiming: Sequence[Group], layout: Layout) -> bool:
    """Whether an amount that stands in the columns of a group without an indicator belongs to this one: the first."""
    has_own = any(each.budget is not None for each in layout.groups if each in claiming)
    return claiming[0] is group and not has_own
