"""What the columns of a table mean, told by the words of its heading, in whatever spelling and over however many rows.

A heading is found, never assumed: rows whose cells are words of headings (`heading_words`), followed at most by a row
of column numbers. A cell that stands above several columns belongs to each of them, so a column is named by its whole
way from top to bottom: `SUB KEGIATAN / TARGET / TW I`.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import pairwise

from bot.documents.plan_reading.heading_words import (
    PeriodLabel,
    Reading,
    Word,
    ordinal,
    period_label,
    read_words,
    spoken,
    year_named,
)
from bot.documents.plan_reading.source import Cell, Row
from domain.periods import PeriodKind
from domain.plan import Level

MOST_HEADING_ROWS = 6


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

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_index", {column.index: column for column in self.columns})

    @property
    def end(self) -> int:
        """Index of the first row below the heading."""
        return self.first + self.rows

    @property
    def width(self) -> int:
        """Columns that the heading knows, counted from the left edge."""
        return 1 + max((column.index for column in self.columns), default=-1)

    @property
    def groups(self) -> tuple[tuple[Column, ...], ...]:
        """The columns that belong together, left to right."""
        numbers = sorted({column.group for column in self.columns})
        return tuple(tuple(each for each in self.columns if each.group == number) for number in numbers)

    def of(self, *parts: Part) -> tuple[Column, ...]:
        return tuple(column for column in self.columns if column.part in parts)

    def has(self, *parts: Part) -> bool:
        return bool(self.of(*parts))

    def at(self, index: int) -> Column | None:
        return self.by_index.get(index)


def find_header(rows: Sequence[Row], start: int = 0) -> Header | None:
    """The first heading at or below the row `start` (an index), None where there is none."""
    for first in range(start, len(rows)):
        if (header := header_at(rows, first)) is not None:
            return header
    return None


def find_headers(rows: Sequence[Row]) -> tuple[Header, ...]:
    """Every heading of a table in order: repeated ones at page tops, and others where several tables share a sheet."""
    found: list[Header] = []
    while (header := find_header(rows, found[-1].end if found else 0)) is not None:
        found.append(header)
    return tuple(found)


def header_at(rows: Sequence[Row], first: int) -> Header | None:
    """The heading that begins in the row `first`, None where that row begins none."""
    if not _begins(rows, first):
        return None
    last = first
    while last + 1 < len(rows) and last - first + 1 < MOST_HEADING_ROWS and _continues(rows[last + 1], rows[last]):
        last += 1
    columns = _columns(rows[first : last + 1])
    if not _is_table_heading(columns) and not (first == 0 and _heads_all(rows[0], columns)):
        return None
    number_row = last + 1 < len(rows) and is_number_row(rows[last + 1])
    columns, is_mended = _mended(_grouped(_with_values(columns)))
    return Header(first, last - first + 1 + number_row, columns, is_mended)


def _filled(row: Row) -> list[Cell]:
    return [cell for cell in row.cells if cell.text]


def _is_heading_cell(text: str) -> bool:
    return period_label(text) is not None or read_words(text).is_heading


def _begins(rows: Sequence[Row], first: int) -> bool:
    cells = _filled(rows[first])
    if any(is_figure(cell.text) for cell in cells) or _spans_all(rows[first]):
        return False
    known = sum(_is_heading_cell(cell.text) for cell in cells)
    if known < 2 and not (known == 1 == len(cells) and _leads(rows, first)):
        return False
    strange = sum(not _is_heading_cell(cell.text) and read_words(cell.text).is_strange for cell in cells)
    return strange * 2 <= len(cells)


_FIGURE = re.compile(r"[-\u2013\u2014]|(?:rp\.?\s*)?\(?\d.*", re.IGNORECASE | re.DOTALL)


def is_figure(text: str) -> bool:
    """Whether it begins with a number or is a dash, and is no year: such a cell stands in no heading."""
    if _FIGURE.fullmatch(text) is None or (len(text) == 4 and year_named(text) is not None):
        return False
    words = read_words(text).words
    return len(words) < 2 or any(word is not Word.FILLER for word in words)


def _leads(rows: Sequence[Row], first: int) -> bool:
    """Whether a row of one cell stands above part of a heading, not as the title of the whole."""
    (cell,) = _filled(rows[first])
    index = rows[first].cells.index(cell)
    words = read_words(cell.text)
    return index >= 2 and words.says(Word.TARGET, Word.ACTUAL, Word.PERIODS) and _begins_plainly(rows, first + 1)


def _begins_plainly(rows: Sequence[Row], index: int) -> bool:
    return index < len(rows) and sum(_is_heading_cell(cell.text) for cell in _filled(rows[index])) >= 2


_SUBHEADS = {"rp", "k", "%", "t", "r", "c", "fisik", "f", "keu", "kinerja", "kin"}


def _continues(row: Row, above: Row) -> bool:
    """Whether a row goes on a heading: nothing in it but words of headings, periods and years."""
    if _numbers_periods(row, above):
        return True
    texts = [cell.text for cell in _filled(row)]
    if not texts or is_number_row(row) or _spans_all(row):
        return False
    sure = [text for text in texts if _is_heading_cell(text) or _is_subhead(text)]
    others = [text for text in texts if text not in sure]
    is_worded = any(not text.strip("() .").isdigit() or year_named(text) for text in sure)
    return is_worded and len(others) * 4 <= len(texts) and not any(map(_is_foreign, others))


def _spans_all(row: Row) -> bool:
    """Whether the row is one merged cell over most of the table: a title, or a heading within it."""
    cells = _filled(row)
    return len(cells) == 1 and cells[0].columns > 2 and cells[0].columns * 2 > len(row.cells)


def _numbers_periods(row: Row, above: Row) -> bool:
    """Whether numbers in a row are those of months or quarters, below a heading that says so, and not of columns."""
    filled = [(at, cell.text) for at, cell in enumerate(row.cells) if cell.text]
    if not filled or filled[0][0] >= len(above.cells):
        return False
    numbers = [ordinal(text) for _, text in filled]
    begins_below = read_words(above.cells[filled[0][0]].text).says(Word.PERIODS)
    return begins_below and numbers in (list(range(1, 5)), list(range(1, 13)))


def _is_foreign(text: str) -> bool:
    return is_figure(text) or read_words(text).is_strange


def _is_subhead(text: str) -> bool:
    plain = text.strip("() .").lower()
    return plain in _SUBHEADS or ordinal(plain) is not None or (len(plain) == 4 and year_named(plain) is not None)


def is_number_row(row: Row) -> bool:
    """Whether it numbers the columns: `1 2 3 4 5`, `(1) (2)`, `8=(7/6)`."""
    numbers: list[int] = []
    for cell in _filled(row):
        digits = cell.text.strip("() .").split("=")[0].strip("() .")
        if not digits.isdigit():
            return False
        numbers.append(int(digits))
    return (
        len(numbers) >= 3
        and numbers[0] <= 3
        and all(left < right for left, right in pairwise(numbers))
        and numbers[-1] <= numbers[0] + 3 * len(numbers)
    )


# Which heading stands above which column.


@dataclass(frozen=True)
class _Way:
    """The headings above one column, from top to bottom, and where each of them begins."""

    texts: tuple[str, ...] = ()
    begins: tuple[int, ...] = ()
    is_merged: bool = False
    """The lowest of them is a merged cell."""


def _columns(rows: Sequence[Row]) -> tuple[Column, ...]:
    ways = _ways(rows)
    rivals = Counter((way.texts[:-1], way.begins[:-1]) for way in ways if way.texts and _is_target_leaf(way.texts))
    return tuple(
        _demoted(column, is_rival=bool(rivals[way.texts[:-1], way.begins[:-1]]), leaf=way.texts[-1])
        for index, way in enumerate(ways)
        if way.texts and not _is_overhang(column := _column(index, way.texts), way)
    )


def _is_overhang(column: Column, way: "_Way") -> bool:
    """Whether a period only reaches over a column because nothing is printed there."""
    is_named = period_label(way.texts[-1]) is not None or ordinal(way.texts[-1]) is not None
    return column.part is Part.PERIOD and is_named and way.begins[-1] != column.index and not way.is_merged


def _is_target_leaf(texts: tuple[str, ...]) -> bool:
    plain = texts[-1].strip("() .").lower()
    return len(texts) > 1 and (plain in {"t", "k", "kinerja", "kin", "fisik"} or read_words(plain).says(Word.TARGET))


def _demoted(column: Column, *, is_rival: bool, leaf: str) -> Column:
    """A period that stands beside its own target, as `%` and `R` do under `TW I`, told as no target."""
    if column.part is Part.PERIOD and is_rival and leaf.strip("() .").lower() in _RESULTS:
        return replace(column, part=Part.ACTUAL, label=None)
    return column


_RESULTS = {"%", "r", "c", "rp", "keu", "ket"}
"""What stands beside a target below the same period."""


def _ways(rows: Sequence[Row]) -> list[_Way]:
    width = max(len(row.cells) for row in rows)
    ways = [_Way() for _ in range(width)]
    for row in rows:
        for begin, end, text in list(_spans(row, ways)):
            for index in range(begin, end):
                way = ways[index]
                is_merged = row.cells[begin].columns > 1
                ways[index] = _Way((*way.texts, text), (*way.begins, begin), is_merged)
    return ways


def _spans(row: Row, above: Sequence[_Way]) -> Iterator[tuple[int, int, str]]:
    """Each heading of a row with the columns it stands above: those that a merged cell covers; else up to the next
    heading beside it or the next that begins in a row above."""
    for begin, cell in enumerate(row.cells):
        if not cell.text:
            continue
        if cell.columns > 1 or cell.rows > 1:
            yield begin, min(begin + cell.columns, len(above)), cell.text
            continue
        end = begin + 1
        while end < len(above) and _is_free(row, end) and _same_parent(above, begin, end):
            end += 1
        yield begin, end, cell.text


def _is_free(row: Row, index: int) -> bool:
    return index >= len(row.cells) or (not row.cells[index].text and not row.cells[index].covered)


def _same_parent(above: Sequence[_Way], begin: int, index: int) -> bool:
    return above[index].begins == above[begin].begins


# What a way of headings means.


def _column(index: int, texts: tuple[str, ...]) -> Column:
    title = spoken(texts)
    label = _label(texts)
    part = _part(texts, label)
    return Column(
        index,
        part,
        title,
        levels=_levels(texts) if part in (Part.NAME, Part.INDICATOR) else (),
        label=label if part is Part.PERIOD else None,
        year=_year(texts) if part in (Part.ANNUAL, Part.BUDGET) else None,
    )


def _label(texts: tuple[str, ...]) -> PeriodLabel | None:
    """The period that the way names, from the bottom; a bare `I` counts below a heading of periods."""
    for depth in reversed(range(len(texts))):
        if (label := period_label(texts[depth])) is not None:
            return label
        if (number := ordinal(texts[depth])) is not None and (kind := _kind_above(texts[:depth])) is not None:
            return PeriodLabel(kind, number) if number <= 12 // kind else None
    return None


def _kind_above(texts: tuple[str, ...]) -> PeriodKind | None:
    plain = spoken(texts).lower()
    if "bulan" in plain and "tribulan" not in plain:
        return PeriodKind.MONTH
    return PeriodKind.QUARTER if read_words(plain).says(Word.PERIODS) else None


def _part(texts: tuple[str, ...], label: PeriodLabel | None) -> Part:
    readings = [read_words(text) for text in texts]
    leaf = readings[-1]
    if (plain := _plain_part(leaf)) is not None and not leaf.says(Word.TARGET):
        return plain
    if _is_money(texts, readings):
        return Part.OTHER if label is not None else Part.BUDGET
    if label is not None:
        return Part.ACTUAL if _is_actual(readings) else Part.PERIOD
    return _untimed(texts, readings)


_PLAIN = (
    (Word.FORMULA, Part.FORMULA),
    (Word.UNIT, Part.UNIT),
    (Word.NOTE, Part.NOTE),
    (Word.OWNER, Part.OWNER),
    (Word.CODE, Part.CODE),
    (Word.SIDE, Part.OTHER),
)


def _plain_part(leaf: Reading) -> Part | None:
    """What one word decides, whatever stands above it."""
    return next((part for word, part in _PLAIN if leaf.says(word)), None)


def _is_money(texts: tuple[str, ...], readings: Sequence[Reading]) -> bool:
    """Whether the way is about money from its end: `TW I / Rp`, `Kebutuhan Dana`."""
    decisive = next((each for each in reversed(readings) if each.says(Word.BUDGET, Word.TARGET, Word.ACTUAL)), None)
    is_share = texts[-1].strip("() .").lower() in {"k", "fisik", "f"}
    return decisive is not None and decisive.says(Word.BUDGET) and not decisive.says(Word.INDICATOR) and not is_share


def _is_actual(readings: Sequence[Reading]) -> bool:
    """Whether it is about what was reached: the lowest heading that speaks of either decides."""
    for reading in reversed(readings):
        if reading.says(Word.TARGET):
            return False
        if reading.says(Word.ACTUAL):
            return True
    return False


def _untimed(texts: tuple[str, ...], readings: Sequence[Reading]) -> Part:
    """The part of a column that names no period."""
    leaf = readings[-1]
    if _is_actual(readings):
        return Part.ACTUAL
    if leaf.says(Word.INDICATOR) and _comes_first(Word.INDICATOR, Word.TARGET, leaf):
        return Part.INDICATOR
    if any(each.says(Word.TARGET) for each in readings):
        return _target_part(leaf, readings)
    if any(each.says(Word.INDICATOR) for each in readings):
        return Part.INDICATOR
    if leaf.says(Word.PERIODS) and not leaf.says(*_RUNGS):
        return Part.PERIOD_LABEL
    if leaf.says(Word.TEXT, *_RUNGS):
        return Part.NAME
    if leaf.says(Word.NUMBER):
        return Part.NUMBER
    return Part.ANNUAL if leaf.says(Word.YEARLY) else Part.OTHER


def _comes_first(word: Word, other: Word, reading: Reading) -> bool:
    """Whether a heading says the one before the other, or does not say the other at all."""
    words = reading.words
    return other not in words or words.index(word) < words.index(other)


def _target_part(leaf: Reading, readings: Sequence[Reading]) -> Part:
    if any(each.says(Word.FORWARD) for each in readings):
        return Part.OTHER
    if leaf.says(Word.TEXT) and not leaf.says(Word.TARGET):
        return Part.NAME
    if leaf.says(Word.PERIODS) and not leaf.says(Word.TARGET):
        return Part.PERIOD_LABEL
    return Part.ANNUAL


_RUNGS = (Word.TUJUAN, Word.SASARAN, Word.PROGRAM, Word.KEGIATAN, Word.AKSI, Word.INDIVIDU)


def _levels(texts: tuple[str, ...]) -> tuple[Level, ...]:
    """The rungs that the way names, from the lowest heading that names any."""
    for text in reversed(texts):
        if levels := _levels_of(text):
            return levels
    return ()


def _levels_of(text: str) -> tuple[Level, ...]:
    """The rungs of one heading. `Sasaran Kegiatan` is a sasaran, `Aksi/Subkegiatan` an aksi.

    Only a stroke, a comma or a new line lists several: `Program/Kegiatan/Sub Kegiatan`.
    """
    pieces = [_level(read_words(piece).words) for piece in text.replace(",", "/").replace("\n", "/").split("/")]
    levels = tuple(dict.fromkeys(level for level in pieces if level is not None))
    if Level.AKSI in levels and Level.SUB_KEGIATAN in levels:
        return (Level.AKSI,)
    return levels


def _level(words: Sequence[Word]) -> Level | None:
    if Word.INDIVIDU in words:
        return Level.INDIVIDU
    if Word.AKSI in words:
        return Level.AKSI
    if Word.TUJUAN in words:
        return Level.TUJUAN
    if Word.SASARAN in words:
        return Level.SASARAN
    if Word.SUB in words:
        return Level.SUB_KEGIATAN
    if Word.KEGIATAN in words:
        return Level.KEGIATAN
    return Level.PROGRAM if Word.PROGRAM in words else None


def _year(texts: tuple[str, ...]) -> int | None:
    return next((year for text in reversed(texts) if (year := year_named(text)) is not None), None)


_ANCHORS = frozenset({Part.NUMBER, Part.CODE, Part.INDICATOR, Part.UNIT, Part.ANNUAL, Part.PERIOD})
"""A row of a plan may consist of words that headings have; hardly of one of these."""


def _is_table_heading(columns: Sequence[Column]) -> bool:
    parts = {column.part for column in columns}
    return len(parts) >= 2 and bool(parts & _ANCHORS)


def _heads_all(row: Row, columns: Sequence[Column]) -> bool:
    """Whether the first row of a table holds nothing but headings: `Program | Anggaran | Keterangan` of a PK, below
    which no target stands."""
    return len({column.part for column in columns}) > 2 and all(_is_heading_cell(cell.text) for cell in _filled(row))


def _with_values(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """The columns with a target right of a period label told as the target of that period."""
    found = list(columns)
    for left, right in pairwise(range(len(found))):
        if found[left].part is Part.PERIOD_LABEL and found[right].part is Part.ANNUAL:
            found[right] = replace(found[right], part=Part.PERIOD_VALUE, year=None)
    return tuple(found)


# Which columns belong together.

_AFTER_NAMES = frozenset({Part.INDICATOR, Part.UNIT, Part.ANNUAL, Part.PERIOD, Part.PERIOD_LABEL, Part.PERIOD_VALUE})


def _grouped(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """The columns with their groups: a new one begins with a name after the figures of another, and with an indicator
    after targets."""
    found: list[Column] = []
    group, seen = 0, set[Part]()
    for column in columns:
        if _starts_group(column.part, seen):
            group, seen = group + 1, set[Part]()
        seen.add(column.part)
        found.append(replace(column, group=group))
    return _reunited(found)


_TARGETS = frozenset({Part.ANNUAL, Part.PERIOD, Part.PERIOD_VALUE})


def _reunited(columns: Sequence[Column]) -> tuple[Column, ...]:
    """The columns with targets that no indicator stands before put beside the one indicator of a plan whose columns
    somebody moved about: where its names stand right of it, or the targets have no names of their own."""
    parts: dict[int, set[Part]] = {}
    for column in columns:
        parts.setdefault(column.group, set()).add(column.part)
    strays = {group for group, held in parts.items() if held & _TARGETS and Part.INDICATOR not in held}
    are_named = any(Part.NAME in parts[group] for group in strays)
    homes = [group for group, held in parts.items() if Part.INDICATOR in held and not (are_named and Part.NAME in held)]
    if len(homes) != 1 or not strays or _would_repeat(columns, {*homes, *strays}):
        return tuple(columns)
    return tuple(replace(each, group=homes[0]) if each.group in strays else each for each in columns)


def _would_repeat(columns: Sequence[Column], groups: set[int]) -> bool:
    """Whether these groups have a period twice, so that they cannot be one."""
    labels = [each.label for each in columns if each.group in groups and each.label is not None]
    return len(set(labels)) < len(labels)


def _starts_group(part: Part, seen: set[Part]) -> bool:
    targets = {Part.ANNUAL, Part.PERIOD, Part.PERIOD_VALUE}
    if part is Part.NAME:
        return bool(seen & _AFTER_NAMES)
    return part is Part.INDICATOR and (Part.INDICATOR in seen or bool(seen & targets))


# A heading that slipped.


def _mended(columns: tuple[Column, ...]) -> tuple[tuple[Column, ...], bool]:
    """The columns with each run of periods whole again, where a run lost its last period to the beginning of the next.

    A scan reads `TW I, TW II, TW III | TW IV, TW I, TW II, TW III, TW IV`: one column too few on the left, and the
    names between one to the left of where the first rows of their page were printed.
    """
    runs = _runs(columns)
    for left, right in pairwise(runs):
        if _lost_last(left, right):
            return _put_back(columns, left, right), True
    return columns, False


def _runs(columns: Sequence[Column]) -> list[list[Column]]:
    runs: list[list[Column]] = []
    for column in columns:
        if column.part is not Part.PERIOD:
            continue
        if runs and runs[-1][-1].index == column.index - 1:
            runs[-1].append(column)
        else:
            runs.append([column])
    return runs


def _numbers(run: Sequence[Column]) -> list[int]:
    return [column.label.number for column in run if column.label is not None]


def _lost_last(left: Sequence[Column], right: Sequence[Column]) -> bool:
    stray, *whole = _numbers(right)
    is_whole = len(whole) > 1 and whole == list(range(1, len(whole) + 1))
    return is_whole and _numbers(left) == whole[:-1] and stray == whole[-1]


def _put_back(columns: tuple[Column, ...], left: Sequence[Column], right: Sequence[Column]) -> tuple[Column, ...]:
    labels = [column.label for column in right[1:]]
    by_index = {column.index: column for column in columns}
    for column, label in zip(right, labels, strict=False):
        by_index[column.index] = replace(column, label=label)
    by_index[right[-1].index] = replace(right[-1], part=Part.OTHER, label=None)
    lost = left[-1].index + 1
    pushed = by_index.get(lost)
    by_index[lost] = replace(left[-1], index=lost, label=labels[-1])
    if pushed is not None and pushed.part is Part.NAME:
        by_index[lost + 1] = replace(pushed, index=lost + 1)
    return tuple(by_index[index] for index in sorted(by_index))
