"""Tables with a period in each row: twelve months or four quarters below one another, beside their indicator.

Rows are cut into slices, slices joined to blocks, blocks mended where pages were cut; what a block then prints is an
indicator, with a doubt for everything of it that is not sure. A period without a cell is never filled here.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, dropwhile, pairwise

from bot.documents.plan_reading.headings.headers import MOST_HEADING_ROWS, Part, find_header
from bot.documents.plan_reading.headings.heading_words import PeriodLabel, period_label
from bot.documents.plan_reading.in_rows.page_cuts import mend_cuts
from bot.documents.plan_reading.in_rows.period_blocks import Block, read_blocks
from bot.documents.plan_reading.in_rows.period_doubts import doubts_of, doubts_of_nameless
from bot.documents.plan_reading.in_rows.period_entries import Entry
from bot.documents.plan_reading.in_rows.period_heads import cell_at, joined_names
from bot.documents.plan_reading.in_rows.period_labels import is_target, read_packed
from bot.documents.plan_reading.in_rows.period_sections import Section, sections_of
from bot.documents.plan_reading.in_rows.period_slices import read_slices
from bot.documents.plan_reading.in_rows.strips import Strip, is_period_row
from bot.documents.plan_reading.printed import PrintedIndicator
from bot.documents.plan_reading.source import Cell, Row, Table
from domain.periods import Period, PeriodKind, periods_of_year
from domain.plan import Level
from domain.units import normal_unit

_SPEAKS_OF_PERIODS = re.compile(
    r"\b(?:tri|tr|tw|q|kuartal|sem|smt|bulan|bln|periode|waktu|jadwal|jan|[fp]eb|mar|mrt|apr|mei|jun|jul|ag|sep|okt|"
    r"no[pv]|des)",
    re.IGNORECASE,
)
"""A quick look that spares a search for headings in tables of anything else."""
_SHORT = 3
"""Rows of a table that is only the end of a page."""


def has_period_rows(table: Table) -> bool:
    """Whether the periods of an indicator stand below one another in the rows of the table.

    Where every row names something else and a period, these are actions and when they are due: not of this kind.
    """
    rows = [row for row in table.rows if any(row.texts)]
    if not any(map(_SPEAKS_OF_PERIODS.search, chain.from_iterable(row.texts for row in rows))):
        return False
    of_periods = [row for row in rows if is_period_row(row)]
    if any(len(read_packed(text)) > 1 for row in of_periods for text in row.texts):
        return True
    sections = tuple(sections_of(table))
    if any(section.strips is not None for section in sections):
        return any(_runs_down(strip, section) for section in sections for strip in section.strips or ())
    if len(rows) <= _SHORT and any(map(_has_target, rows)):
        return True
    labels = [_labels(row) for row in of_periods]
    return any(_goes_on(upper, lower) for upper, lower in pairwise(labels))


def _runs_down(strip: Strip, section: Section) -> bool:
    """Whether any name of a strip has several periods; a name holds until another takes its place.

    Where a period stands below the heading of a target, it can be no other table.
    """
    columns = [index for index in (strip.name, *(column.index for column in strip.names)) if index is not None]
    names: dict[int, str] = {}
    seen: dict[tuple[str, ...], set[PeriodLabel]] = {}
    for row in section.rows:
        names.update({index: cell.text for index in columns if (cell := cell_at(row, index)) is not None})
        cell = cell_at(row, strip.label)
        if cell is not None and (label := strip.label_in(cell)) is not None:
            if not strip.is_headed:
                return True
            seen.setdefault(tuple(names.values()), set()).add(label)
    return any(len(labels) > 1 for labels in seen.values())


def own_tables(tables: Sequence[Table]) -> tuple[Table, ...]:
    """The tables that are read here: those with periods in rows, headings of such that stand alone on a page, and pages
    below the same heading on which no more than one period is left of any indicator."""
    own = {id(table) for table in tables if has_period_rows(table) or _is_bare_heading(table)}
    own |= {id(upper) for upper, lower in pairwise(tables) if id(lower) in own and _goes_on_below(upper, lower)}
    heads = {head for table in tables if id(table) in own and (head := _period_heading(table)) is not None}
    found = [table for table in tables if id(table) in own or (heads and _period_heading(table) in heads)]
    return tuple(dropwhile(_has_no_targets, found))


def _has_no_targets(table: Table) -> bool:
    """Whether no heading of the table speaks of periods with targets: months may stand beside counts of anything."""
    return not any(section.strips for section in sections_of(table))


def _goes_on_below(upper: Table, lower: Table) -> bool:
    """Whether a table with a heading of periods goes on in the next one, which has no heading of its own."""
    return _period_heading(upper) is not None and find_header(lower.rows[:MOST_HEADING_ROWS]) is None


def _period_heading(table: Table) -> tuple[tuple[int, str], ...] | None:
    """The heading of a table with a column of periods, None for any other."""
    if not any(_SPEAKS_OF_PERIODS.search(text) for row in table.rows[:MOST_HEADING_ROWS] for text in row.texts):
        return None
    header = find_header(table.rows)
    if header is None or not header.has(Part.PERIOD_LABEL):
        return None
    return tuple((column.index, column.title) for column in header.columns)


def walk_period_rows(tables: Sequence[Table], own: Sequence[Table], year: int) -> tuple[PrintedIndicator, ...]:
    """The indicators of tables with periods in rows, in order.

    `tables` are all those of a file, `own` those of this kind (`own_tables`): of the others only the posts in and above
    them are heeded, which hold on.
    """
    blocks = mend_cuts(read_blocks(read_slices(tables, {id(table) for table in own})))
    kind = next((block.kind for block in blocks if block.kind), PeriodKind.MONTH)
    return tuple(indicator for block in blocks for indicator in _indicators(block, year, block.kind or kind))


def _is_bare_heading(table: Table) -> bool:
    header = find_header(table.rows)
    return header is not None and header.has(Part.PERIOD_LABEL) and header.end == len(table.rows)


def _indicators(block: Block, year: int, kind: PeriodKind) -> Iterator[PrintedIndicator]:
    """The indicator of a block, and before it those that share its row and have no targets of their own."""
    periods = periods_of_year(year, kind)
    for name in block.head.names[:-1]:
        doubts = doubts_of_nameless(block, name, periods)
        yield PrintedIndicator(
            joined_names([name]), _level(block), block.place, periods, {}, path=_path(block), post=block.post,
            doubts=doubts,
        )  # fmt: skip
    targets = _targets(block, year)
    yield PrintedIndicator(
        name=_name(block),
        level=_level(block),
        place=block.place,
        periods=periods,
        targets=targets,
        unit=block.head.unit.text if block.head.unit else None,
        path=_path(block),
        code=block.head.text(Part.CODE),
        post=block.post,
        annual=block.head.annual,
        budget=None if block.has_more_budgets else block.head.others.get(Part.BUDGET),
        note="" if block.head.is_odd_beside else block.head.text(Part.NOTE),
        formula=block.head.text(Part.FORMULA),
        doubts=doubts_of(block, targets, periods, year),
    )


def _name(block: Block) -> str | None:
    return joined_names([*block.head.names[-1:], *block.more_names]) or None


def _level(block: Block) -> Level:
    if block.level is not None:
        return block.level
    return max(block.path, key=tuple(Level).index, default=Level.SASARAN)


def _path(block: Block) -> dict[str, str]:
    """The names above an indicator; a run of periods that lost its own knows none."""
    if block.head.is_blank:
        return {}
    return {level.value: block.path[level].text for level in Level if level in block.path}


def _targets(block: Block, year: int) -> dict[Period, Cell]:
    return {
        Period(year, entry.label.kind, entry.label.number): _chosen(entry, block.head.unit)
        for entry in block.entries
        if entry.label is not None and not entry.is_lost
    } | _never_due(block, year)


def _never_due(block: Block, year: int) -> dict[Period, Cell]:
    """Blank cells for the periods that these tables never print: months that close no quarter."""
    if block.step == 1 or block.kind is None:
        return {}
    blank = Cell("", block.place)
    numbers = (number for number in range(1, PeriodKind.YEAR // block.kind + 1) if number % block.step)
    return {Period(year, block.kind, number): blank for number in numbers}


def _chosen(entry: Entry, unit: Cell | None) -> Cell:
    """Of several cells for one period the first that agrees with the unit: a percentage or none."""
    is_share = unit is not None and normal_unit(unit.text) == "%"
    fitting = (cell for cell in (entry.cell, *entry.rivals) if ("%" in cell.text) is is_share)
    return next(fitting, entry.cell)


def _labels(row: Row) -> dict[int, PeriodLabel]:
    """The periods of a row by column."""
    return {at: label for at, text in enumerate(row.texts) if (label := period_label(text)) is not None}


def _goes_on(upper: Mapping[int, PeriodLabel], lower: Mapping[int, PeriodLabel]) -> bool:
    """Whether a row prints the next period below one of the row above."""
    return any(
        at in upper and upper[at].kind is label.kind and label.number > upper[at].number for at, label in lower.items()
    )


def _has_target(row: Row) -> bool:
    """Whether a period has its target at its right."""
    texts = (*row.texts, "")
    return is_period_row(row) and any(texts[at + 1] and is_target(texts[at + 1]) for at in _labels(row))
