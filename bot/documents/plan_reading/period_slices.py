"""The rows of tables with periods in rows, cut into slices: what one row prints for one strip of columns.

A slice knows its page, the post and the rungs it stands under. Nothing is joined here: `period_blocks` does that.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from bot.documents.plan_reading.cell_kinds import is_total, is_value, list_mark, reads_like_indicator
from bot.documents.plan_reading.headers import Header, Part, header_at, is_number_row
from bot.documents.plan_reading.heading_words import PeriodLabel, period_label
from bot.documents.plan_reading.period_heads import Head, cell_at, head_by_meaning, printed_head
from bot.documents.plan_reading.period_labels import is_target, read_packed
from bot.documents.plan_reading.post_headings import is_signed, last_post, read_post
from bot.documents.plan_reading.rungs import ORDER, level_of_word, plain_name
from bot.documents.plan_reading.source import Cell, Place, Row, Table
from bot.documents.plan_reading.strips import Strip, is_period_row, strips_of
from bot.documents.plan_reading.turned_rows import turned
from domain.plan import Level


@dataclass(frozen=True)
class Entry:
    """A period and the cell of its target. `label` is None where the period is not printed."""

    label: PeriodLabel | None
    cell: Cell
    is_moved: bool = False
    rivals: tuple[Cell, ...] = ()
    """Further cells of the same row that the period could mean."""
    is_listed: bool = False
    """Several periods share the cell and their targets another: only their order pairs them."""
    is_lost: bool = False
    """The row ends before the cell of the target."""


@dataclass(frozen=True)
class Rung:
    """A name of a rung above an indicator, and the page that printed it."""

    text: str
    page: int


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
    reader = _Reader(_usual_rungs([section for each in sections.values() for section in each]))
    found: list[Slice] = []
    for table in tables:
        if id(table) not in own:
            reader.pass_by(table)
        for section in sections.get(id(table), ()):
            found.extend(reader.read(section))
    return tuple(found)


# --- sections: the rows below one heading -------------------------------------------------------------------------


@dataclass(frozen=True)
class Section:
    """Rows below one heading, or those of a page that repeats none."""

    before: tuple[str, ...]
    strips: tuple[Strip, ...] | None
    """None where no heading is printed: those of the page before hold."""
    rows: tuple[Row, ...]


def sections_of(table: Table) -> Iterator[Section]:
    """The parts of a table, each with the heading above it."""
    rows = table.rows
    headers = list(_headers(rows))
    first = headers[0].first if headers else len(rows)
    if first or not headers:
        yield Section(table.before, None, rows[:first])
    for at, header in enumerate(headers):
        end = headers[at + 1].first if at + 1 < len(headers) else len(rows)
        below = rows[header.end : end]
        yield Section(() if at or first else table.before, strips_of(header, below), below)


_HEADS = re.compile(r"target|satuan|ndikator|kinerja|uraian|wulan|bulan|sasaran|kegiatan|program", re.IGNORECASE)
"""One of these stands in the first row of every heading: a quick look before the thorough one."""


def _headers(rows: Sequence[Row]) -> Iterator[Header]:
    """The headings of a table; a row that names one period is none, whatever stands beside it."""
    at = 0
    while at < len(rows):
        end = next((index for index in range(at, len(rows)) if is_period_row(rows[index])), len(rows))
        above = rows[:end]
        likely = (index for index in range(at, end) if any(map(_HEADS.search, rows[index].texts)))
        header = next((found for index in likely if (found := header_at(above, index))), None)
        if header is not None:
            yield header
        at = end + 1 if header is None else header.end


def _usual_rungs(sections: Sequence[Section]) -> Mapping[tuple[int, int], Level]:
    """By number of the strip and how many there are: the rung that its names mostly say, where no heading does."""
    counted: dict[tuple[int, int], Counter[Level]] = {}
    for section in sections:
        strips = section.strips or ()
        for at, strip in enumerate(strips):
            if strip.level is None:
                rungs = (printed_head(row, strip).level for row in section.rows)
                counted.setdefault((at, len(strips)), Counter()).update(rung for rung in rungs if rung is not None)
    return {key: counts.most_common(1)[0][0] for key, counts in counted.items() if counts}


# --- rows ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Mark:
    """A period found in a row, with its target."""

    column: int
    entries: tuple[Entry, ...]
    is_moved: bool = False


class _Reader:
    """Goes through the sections and remembers what they stand under."""

    def __init__(self, usual: Mapping[tuple[int, int], Level]) -> None:
        self._usual = usual
        self._strips: tuple[Strip, ...] = ()
        self._page = 0
        self._post: str | None = None
        self._post_page = 0
        self._path: dict[Level, Rung] = {}
        self._merged: dict[int, tuple[Cell, int]] = {}
        """By column: a cell that is merged downwards, and how many rows of it are left."""
        self._loose: list[Cell] = []
        self._sheet = ""
        self._widths = Counter[int]()
        """Cells of the longest row of the section."""

    def pass_by(self, table: Table) -> None:
        """Heed the posts in and above a table that is not read."""
        self._heed(table.before)
        for at, row in enumerate(table.rows):
            self._is_heading(row, table.rows[at + 1 :])

    def read(self, section: Section) -> Iterator[Slice]:
        self._page += 1
        if section.strips:
            self._strips = section.strips
        self._heed_sheet(section)
        self._heed(section.before)
        self._merged = {}
        self._widths = Counter(len(row.cells) for row in section.rows)
        is_other = section.strips == ()
        alone = self._strips[0] if len(self._strips) == 1 and not is_other else None
        rows = (turned(section.rows, alone) if alone else None) or tuple(map(self._unmerged, section.rows))
        for at, row in enumerate(rows):
            if any(row.texts) and not is_number_row(row) and not self._is_heading(row, rows[at + 1 :]):
                yield from () if is_other else self._row(row)

    def _heed_sheet(self, section: Section) -> None:
        """A new sheet that is called after a post is that of the post."""
        sheet = section.rows[0].place.sheet if section.rows else ""
        if sheet and sheet != self._sheet:
            self._sheet = sheet
            if (post := read_post(sheet)) is not None:
                self._take_post(post)

    def _heed(self, before: Sequence[str]) -> None:
        """Take posts and rungs out of the lines above a table."""
        if (post := last_post(before)) is not None:
            self._take_post(post)
        for line in filter(list_mark, before):
            self._take_rung(line)

    def _take_post(self, post: str) -> None:
        self._post, self._post_page = post, self._page

    def _heed_owner(self, head: Head) -> None:
        """A column says who answers for an indicator; blank below a name, it holds on."""
        if owner := head.text(Part.OWNER):
            self._take_post(owner)

    def _take_rung(self, text: str) -> None:
        rung = level_of_word(text)
        name = plain_name(text, rung)
        known = self._path.get(rung) if rung else None
        if rung is not None and not (known and known.text.startswith(name)):
            self._enter({rung: name})

    def _enter(self, path: Mapping[Level, str]) -> None:
        """Stand below these rungs; what was below them before is left."""
        for level in sorted(path, key=ORDER.index):
            below = ORDER.index(level)
            self._path = {rung: text for rung, text in self._path.items() if ORDER.index(rung) < below}
            self._path[level] = Rung(path[level], self._page)

    def _is_heading(self, row: Row, below: Sequence[Row]) -> bool:
        """Whether a row only names a post or a rung above the rows that follow."""
        filled = [cell.text for cell in row.cells if cell.text]
        if len(filled) > 3 or is_period_row(row):
            return False
        joined = " ".join(filled)
        post = read_post(joined) if ":" in joined or (len(filled) == 1 and _is_title(row)) else None
        if post is not None:
            if not is_signed([" ".join(each.texts) for each in below]):
                self._take_post(post)
            return True
        if len(filled) == 1 and level_of_word(joined) is not None and _is_title(row) and row.cells[0].text:
            self._take_rung(joined)
            return True
        return False

    def _row(self, row: Row) -> Iterator[Slice]:
        marks = {at: list(self._marks(row, at)) for at in range(len(self._strips))}
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
                cells[index] = replace(cell, text=merged.text, number=merged.number)
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

    # Where the periods of a row stand.

    def _marks(self, row: Row, at: int) -> Iterator[_Mark]:
        strip = self._strips[at]
        own = cell_at(row, strip.label)
        is_short = self._is_uneven(row)
        if own is not None and (entries := _entries(row, own, strip, strip.label, is_moved=False, is_short=is_short)):
            yield _Mark(strip.label, entries)
        for column in self._reach(at, len(row.cells)):
            cell = cell_at(row, column)
            if cell is None or column == strip.label or any(column == each.label for each in self._strips):
                continue
            if entries := _entries(row, cell, strip, column, is_moved=True):
                yield _Mark(column, entries, is_moved=True)

    def _reach(self, at: int, width: int) -> range:
        """The columns in which periods are those of a strip: from its own to that of the next strip."""
        first = 0 if at == 0 else self._strips[at].label
        end = self._strips[at + 1].label if at + 1 < len(self._strips) else width
        return range(first, min(end, width))

    # Rows without a period.

    def _unmarked(self, row: Row) -> Iterator[Slice]:
        for at, strip in enumerate(self._strips):
            head = printed_head(row, strip)
            value, label = cell_at(row, strip.value), cell_at(row, strip.label)
            if head.is_blank and label is None and value is not None and is_target(value.text):
                yield self._slice(at, row, head, (Entry(None, value),))
            elif head.names or head.number is not None:
                self._enter(head.path)
                yield self._slice(at, row, head, ())
            else:
                self._enter(head.path)
                if label is not None and not is_total(label.text) and _is_name(label.text):
                    self._loose.append(label)

    # Rows whose cells stand under their headings.

    def _is_plain(self, row: Row, marks: Mapping[int, Sequence[_Mark]]) -> bool:
        if any(mark.is_moved for found in marks.values() for mark in found) or self._loose:
            return False
        for at, strip in enumerate(self._strips):
            cell = None if marks[at] else cell_at(row, strip.label)
            if cell is not None:
                return False
            if not marks[at] and _is_headless(row, strip):
                return False
        return True

    def _plain(self, row: Row, marks: Mapping[int, Sequence[_Mark]]) -> Iterator[Slice]:
        for at, strip in enumerate(self._strips):
            head = printed_head(row, strip)
            entries = tuple(entry for mark in marks[at] for entry in mark.entries)
            if entries or not head.is_blank:
                self._enter(head.path)
                self._heed_owner(head)
                yield self._slice(at, row, head, entries)

    # Rows whose cells were moved.

    def _moved(self, row: Row, marks: Mapping[int, Sequence[_Mark]]) -> Iterator[Slice]:
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
                self._enter(head.path)
                yield self._slice(at, row, head, _rivalled(found))
                carried, begin = [], max(mark.column for mark in found) + 2
            elif cell_at(row, strip.name) is not None:
                head = replace(printed_head(row, strip), is_moved=True)
                self._enter(head.path)
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
        return Slice(
            at, row.place, self._page, head, entries, level, dict(self._path), _own_rungs(strip),
            Part.BUDGET in head.others,
            self._post, self._post_page, strip.is_doubtful, strip.is_guessed,
        )  # fmt: skip


def _is_title(row: Row) -> bool:
    """Whether the one text of a row is set as a title: at the left edge, over several columns, or in capitals."""
    at, cell = next((at, cell) for at, cell in enumerate(row.cells) if cell.text)
    return at <= 1 or cell.columns > 2 or cell.text.isupper()


def _own_rungs(strip: Strip) -> frozenset[Level]:
    return frozenset(level for column in strip.names if column.index < strip.label for level in column.levels)


def _is_headless(row: Row, strip: Strip) -> bool:
    """Whether a strip without a period in this row holds a rung, but no indicator: cells were moved into it."""
    beside = [cell_at(row, column.index) for column in strip.names if column.index < strip.label]
    return cell_at(row, strip.name) is None and any(cell is not None for cell in beside)


def _is_name(text: str) -> bool:
    return bool(list_mark(text)) or level_of_word(text) is not None or reads_like_indicator(text)


def _entries(
    row: Row, cell: Cell, strip: Strip, column: int, *, is_moved: bool, is_short: bool = False
) -> tuple[Entry, ...]:
    """The periods that a cell names, with their targets. In a row that `is_short` a blank target may be a lost one."""
    label = strip.label_in(cell) if column == strip.label else period_label(cell.text)
    offset = 1 if strip.value is None else strip.value - strip.label
    beside = row.cells[column + offset] if 0 <= column + offset < len(row.cells) else None
    if label is not None:
        value = beside if beside is not None and not (is_moved and not beside.text) else None
        if value is None:
            return () if is_moved else (Entry(label, Cell("", cell.place), is_lost=True),)
        is_odd = not value.text and (is_short or _has_figure_beside(row, column + offset, strip))
        return (Entry(label, value, is_moved=is_moved or is_odd or not _fits(value)),)
    packed = read_packed(cell.text)
    if not packed:
        return ()
    if any(text for _, text in packed):
        odd = is_moved or (strip.value is not None)
        return tuple(Entry(label, replace(cell, text=text, number=None), is_moved=odd) for label, text in packed)
    return _listed(packed, beside)


def _fits(value: Cell) -> bool:
    return is_target(value.text) or value.number is not None or value.oddity is not None


def _has_figure_beside(row: Row, column: int, strip: Strip) -> bool:
    """Whether a number stands right of a blank target, where none belongs."""
    beside = cell_at(row, column + 1)
    return beside is not None and is_value(beside.text) and column + 1 not in strip.figures


def _listed(packed: Sequence[tuple[PeriodLabel, str]], beside: Cell | None) -> tuple[Entry, ...]:
    """Periods below one another in one cell, their targets in the next."""
    values = beside.text.replace(" %", "%").split() if beside is not None else []
    if beside is None or len(values) != len(packed):
        return ()
    return tuple(
        Entry(label, replace(beside, text=text, number=None), is_moved=True, is_listed=True)
        for (label, _), text in zip(packed, values, strict=True)
    )


def _rivalled(marks: Sequence[_Mark]) -> tuple[Entry, ...]:
    """One entry a period; further cells for the same period are its rivals."""
    found: dict[PeriodLabel | None, Entry] = {}
    for entry in (entry for mark in marks for entry in mark.entries):
        known = found.get(entry.label)
        if known is None:
            found[entry.label] = entry
        else:
            found[entry.label] = replace(known, is_moved=True, rivals=(*known.rivals, entry.cell))
    return tuple(found.values())
