"""The rows of tables with periods in rows, cut into slices: what one row prints for one strip of columns.

A slice knows its page, the post and the rungs it stands under. Nothing is joined here: `period_blocks` does that.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from bot.documents.plan_reading.cell_kinds import is_total, list_mark, reads_like_indicator
from bot.documents.plan_reading.headings.headers import Part, is_number_row
from bot.documents.plan_reading.in_rows.period_entries import Entry, Mark, marks_of, rivalled
from bot.documents.plan_reading.in_rows.period_heads import Head, cell_at, head_by_meaning, printed_head
from bot.documents.plan_reading.in_rows.period_labels import is_target
from bot.documents.plan_reading.in_rows.period_sections import Section, sections_of, usual_rungs
from bot.documents.plan_reading.in_rows.period_standing import Rung, Standing
from bot.documents.plan_reading.in_rows.strips import Strip
from bot.documents.plan_reading.in_rows.turned_rows import turned
from bot.documents.plan_reading.rungs import level_of_word
from bot.documents.plan_reading.source import Cell, Place, Row, Table
from domain.plan import Level

_TELLING = 2
"""Filled cells from which a row is no title."""
_RECTANGULAR = 0.6
"""Share of such rows that have one number of cells where blank ones are kept."""


@dataclass(frozen=True)
class Slice:
    """What one row prints for the strip `at` (from 0)."""

    at: int
    place: Place
    page: int
    """Counts tables and headings: where it changes, rows may be lost."""
    head: Head
    entries: tuple[Entry, ...]
    level: Level | None
    """The rung of the strip."""
    path: Mapping[Level, Rung] = field(default_factory=dict[Level, Rung])
    own_rungs: frozenset[Level] = frozenset()
    """The rungs for which the strip has columns."""
    has_budget: bool = False
    """The row prints an amount of money."""
    post: str | None = None
    post_page: int = 0
    """The page that printed the heading of the post."""
    is_doubtful: bool = False
    is_guessed: bool = False
    """Which periods the bare numbers beside its targets count is told by them alone."""


def read_slices(tables: Sequence[Table], own: Collection[int]) -> tuple[Slice, ...]:
    """The slices of the tables, in the order of their rows and, within one, from left to right.

    `own` are the ids of the tables that are read; of the others only the posts are heeded.
    """
    sections = {id(table): tuple(sections_of(table)) for table in tables if id(table) in own}
    reader = _Reader(usual_rungs([section for each in sections.values() for section in each]))
    found: list[Slice] = []
    for table in tables:
        if id(table) not in own:
            reader.pass_by(table)
        for section in sections.get(id(table), ()):
            found.extend(reader.read(section))
    return tuple(found)


class _Reader:
    """Goes through the sections row by row."""

    def __init__(self, usual: Mapping[tuple[int, int], Level]) -> None:
        self._usual = usual
        self._strips: tuple[Strip, ...] = ()
        self._standing = Standing()
        self._merged: dict[int, tuple[Cell, int]] = {}
        """By column: a cell that is merged downwards, and how many rows of it are left."""
        self._loose: list[Cell] = []
        """Names that stood alone in a column of periods; they may be those of the next row."""
        self._widths = Counter[int]()
        """How many rows of the section have so many cells."""

    def pass_by(self, table: Table) -> None:
        """Heed the posts in and above a table that is not read."""
        self._standing.heed(table.before)
        for at in range(len(table.rows)):
            self._standing.is_heading(table.rows, at, names_rungs=False)

    def read(self, section: Section) -> Iterator[Slice]:
        """The slices of a section; none of one whose heading has no periods."""
        self._begin(section)
        is_other = section.strips == ()
        rows = self._arranged(section, is_other=is_other)
        has_strips = bool(self._strips)
        for at, row in enumerate(rows):
            is_heading = self._standing.is_heading(rows, at, names_rungs=has_strips)
            if any(row.texts) and not is_number_row(row) and not is_heading:
                yield from () if is_other else self._row(row)

    def _begin(self, section: Section) -> None:
        self._standing.page += 1
        self._standing.heed_sheet(section.rows[0].place.sheet if section.rows else "")
        self._standing.heed(section.before)
        self._strips = section.strips or self._strips
        self._merged = {}
        self._widths = Counter(len(row.cells) for row in section.rows if sum(map(bool, row.texts)) >= _TELLING)

    def _arranged(self, section: Section, *, is_other: bool) -> tuple[Row, ...]:
        """The rows as an indicator has its periods: below one another, and with what is merged into them."""
        if len(self._strips) == 1 and not is_other and (rows := turned(section.rows, self._strips[0])) is not None:
            return rows
        return tuple(map(self._unmerged, section.rows))

    def _row(self, row: Row) -> Iterator[Slice]:
        is_uneven = self._is_uneven(row)
        strips = self._strips
        marks = {at: list(marks_of(row, strips, at, is_uneven=is_uneven)) for at in range(len(strips))}
        if self._is_broken(row):
            marks = {at: [_as_moved(mark) for mark in found] for at, found in marks.items()}
        if not any(marks.values()):
            yield from self._unmarked(row)
        elif self._is_plain(row, marks):
            yield from self._plain(row, marks)
        else:
            yield from self._moved(row, marks)

    def _unmerged(self, row: Row) -> Row:
        """The row with what is merged down into it, but for periods and their targets."""
        figures = {index for strip in self._strips for index in (strip.label, strip.value)}
        cells = list(row.cells)
        for index, cell in enumerate(row.cells):
            if cell.covered and index in self._merged:
                merged, left = self._merged.pop(index)
                cells[index] = cell._replace(text=merged.text, number=merged.number)
                if left > 1:
                    self._merged[index] = merged, left - 1
            elif cell.rows > 1 and cell.text and index not in figures:
                self._merged[index] = cell, cell.rows - 1
        return replace(row, cells=tuple(cells))

    def _is_uneven(self, row: Row) -> bool:
        """Whether the row of a text has fewer cells than another of its table, or more than most."""
        usual = self._widths.most_common(1)
        count = len(row.cells)
        return row.place.line is not None and bool(usual) and (count < max(self._widths) or count > usual[0][0])

    def _is_broken(self, row: Row) -> bool:
        """Whether the row has fewer cells than most, or alone has more, where blank ones are kept at line ends."""
        ((usual, rows),) = self._widths.most_common(1) or [(0, 0)]
        is_rectangular = rows > 1 and rows >= _RECTANGULAR * self._widths.total()
        count = len(row.cells)
        is_odd = count < usual or (count > usual and self._widths[count] == 1)
        return row.place.line is not None and is_rectangular and is_odd

    # Rows without a period.

    def _unmarked(self, row: Row) -> Iterator[Slice]:
        for at, strip in enumerate(self._strips):
            head = printed_head(row, strip)
            value, label = cell_at(row, strip.value), cell_at(row, strip.label)
            if head.is_blank and label is None and value is not None and is_target(value.text):
                yield self._slice(at, row, head, (Entry(None, value),))
            elif head.names or head.number is not None:
                self._standing.enter(head.path)
                yield self._slice(at, row, head, ())
            else:
                self._standing.enter(head.path)
                if label is not None and not is_total(label.text) and _is_name(label.text):
                    self._loose.append(label)

    # Rows whose cells stand under their headings.

    def _is_plain(self, row: Row, marks: Mapping[int, Sequence[Mark]]) -> bool:
        if any(mark.is_moved for found in marks.values() for mark in found) or self._loose:
            return False
        for at, strip in enumerate(self._strips):
            cell = None if marks[at] else cell_at(row, strip.label)
            if cell is not None:
                return False
            if not marks[at] and _is_headless(row, strip):
                return False
        return True

    def _plain(self, row: Row, marks: Mapping[int, Sequence[Mark]]) -> Iterator[Slice]:
        for at, strip in enumerate(self._strips):
            head = printed_head(row, strip)
            entries = tuple(entry for mark in marks[at] for entry in mark.entries)
            if entries and head.is_blank and strip.name is None:
                head = self._standing.taken_card(row.place) or head
            if entries or not head.is_blank:
                self._standing.enter(head.path)
                if owner := head.text(Part.OWNER):
                    self._standing.take_post(owner)
                yield self._slice(at, row, head, entries)

    # Rows whose cells were moved.

    def _moved(self, row: Row, marks: Mapping[int, Sequence[Mark]]) -> Iterator[Slice]:
        carried: list[Cell] = list(self._loose)
        self._loose = []
        begin = 0
        for at, strip in enumerate(self._strips):
            found = marks[at]
            end = min(mark.column for mark in found) if found else min(strip.last + 1, len(row.cells))
            texts = [cell for cell in row.cells[begin:end] if cell.text]
            is_own = not carried and not any(mark.is_moved for mark in found)
            if found:
                head = printed_head(row, strip) if is_own else head_by_meaning([*carried, *texts], strip)
                if not is_own and not texts and not carried:
                    head = Head()
                self._standing.enter(head.path)
                yield self._slice(at, row, head, rivalled(found))
                carried, begin = [], max(mark.column for mark in found) + 2
            elif cell_at(row, strip.name) is not None:
                head = replace(printed_head(row, strip), is_moved=True)
                self._standing.enter(head.path)
                yield self._slice(at, row, head, ())
                carried, begin = [cell for cell in row.cells[strip.label : end] if cell.text], end
            else:
                carried, begin = [*carried, *texts], end

    def _slice(self, at: int, row: Row, head: Head, entries: tuple[Entry, ...]) -> Slice:
        strip = self._strips[at]
        usual = self._usual.get((at, len(self._strips))) if strip.level is None else None
        level = strip.level or usual
        if usual is not None and head.level not in (None, usual):
            head = replace(head, is_moved=True)
        held = self._standing
        return Slice(
            at, row.place, held.page, head, entries, level, dict(held.path), _own_rungs(strip),
            Part.BUDGET in head.others, held.post, held.post_page, strip.is_doubtful, strip.is_guessed,
        )  # fmt: skip


def _own_rungs(strip: Strip) -> frozenset[Level]:
    return frozenset(level for column in strip.names if column.index < strip.label for level in column.levels)


def _is_headless(row: Row, strip: Strip) -> bool:
    """Whether a strip without a period in this row holds a rung, but no indicator: cells were moved into it."""
    beside = [cell_at(row, column.index) for column in strip.names if column.index < strip.label]
    return cell_at(row, strip.name) is None and any(cell is not None for cell in beside)


def _is_name(text: str) -> bool:
    return bool(list_mark(text)) or level_of_word(text) is not None or reads_like_indicator(text)


def _as_moved(mark: Mark) -> Mark:
    """A period of a row whose cells may stand under other headings than their own."""
    return replace(mark, entries=tuple(replace(entry, is_moved=True) for entry in mark.entries))
