"""Which columns belong to an indicator whose periods stand in rows.

A strip is one set of columns: names, unit and annual target, and beside them a column of periods and one of their
targets. A table has one strip or several side by side. Headings often leave the columns of the periods out, so these
are told by what stands in them.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from bot.documents.plan_reading.headings.headers import Column, Header, Part
from bot.documents.plan_reading.headings.heading_words import (
    PeriodLabel,
    Word,
    begins_as_name,
    ordinal,
    period_label,
    read_words,
)
from bot.documents.plan_reading.in_rows.period_labels import read_packed
from bot.documents.plan_reading.source import KEPT_TEXTS, Cell, Row
from domain.periods import PeriodKind
from domain.plan import Level

NO_END = 1_000
"""The last strip of a table has no last column: pages print more or fewer to its right."""
_TARGETS = (Part.ANNUAL, Part.PERIOD, Part.PERIOD_VALUE)
_NUMBERS = (Part.ACTUAL, Part.ANNUAL, Part.BUDGET, Part.OTHER, Part.PERIOD)
_DIGITS = frozenset("0123456789")
_MONEY = ("Rp ", "Rp.")
_SINGLE = (
    Part.NUMBER, Part.CODE, Part.INDICATOR, Part.UNIT, Part.ANNUAL, Part.OWNER, Part.BUDGET, Part.NOTE, Part.FORMULA,
)  # fmt: skip


@dataclass(frozen=True)
class Strip:
    """The columns of one set, by index from 0. `label` holds the periods; `value` their targets, None where they stand
    in the same cell. `names` are the columns of the rungs above the indicator."""

    first: int
    last: int
    label: int
    value: int | None
    columns: Mapping[Part, int] = field(default_factory=dict[Part, int])
    names: tuple[Column, ...] = ()
    beat: PeriodKind | None = None
    """What bare numbers in the column of periods count; None where periods are named."""
    is_doubtful: bool = False
    """The heading leaves open which column holds the targets."""
    figures: frozenset[int] = frozenset()
    """Other columns that hold numbers: realisations, money."""
    wordless: frozenset[int] = frozenset()
    """Columns that hold units, periods or numbers, but no names."""
    is_headed: bool = True
    """The heading tells the column of periods; else targets are to stand where the periods do."""
    is_guessed: bool = False
    """The numbers themselves tell what they count: I to IV quarters, 1 to 12 months."""

    @property
    def name(self) -> int | None:
        """The column of the indicator's name."""
        return self.columns.get(Part.INDICATOR)

    @property
    def level(self) -> Level | None:
        """The rung that the headings name, None where they name none."""
        beside = [column for column in self.names if column.index < self.label] or self.names
        return next((level for column in reversed(beside) if (level := level_of(column)) is not None), None)

    def label_in(self, cell: Cell) -> PeriodLabel | None:
        """The period that a cell of the label column names, a bare number included where the heading allows it."""
        if (label := period_label(cell.text)) is not None:
            return label
        number = ordinal(cell.text) if self.beat is not None else None
        if self.beat is None or number is None or number > PeriodKind.YEAR // self.beat:
            return None
        return PeriodLabel(self.beat, number)


def level_of(column: Column) -> Level | None:
    """The rung of the indicators beside a column of names. A `Sasaran Sub Kegiatan` is that of a sub kegiatan."""
    if column.levels != (Level.SASARAN,):
        return column.levels[-1] if column.levels else None
    words = read_words(column.title)
    if words.says(Word.SUB):
        return Level.SUB_KEGIATAN
    if words.says(Word.KEGIATAN):
        return Level.KEGIATAN
    is_personal = words.says(Word.INDIVIDU) or column.title.lower().split() == ["sasaran", "kinerja"]
    return Level.INDIVIDU if is_personal else Level.SASARAN


def is_period_row(row: Row) -> bool:
    """Whether a row holds one period, once or in several strips; a row of several periods is a heading.

    A month may stand beside its quarter.
    """
    return _is_period_row(row.texts)


@lru_cache(maxsize=KEPT_TEXTS)
def _is_period_row(texts: tuple[str, ...]) -> bool:
    if not any(map(_tells_period, texts)):
        return False
    if any(map(read_packed, texts)):
        return True
    named = set(filter(None, map(period_label, texts)))
    return bool(named) and len({label.kind for label in named}) == len(named)


@lru_cache(maxsize=KEPT_TEXTS)
def _tells_period(text: str) -> bool:
    """Whether a text names a period, alone or with its target; what begins as a number does not."""
    if not text or text[0] in _DIGITS or text.startswith(_MONEY) or begins_as_name(text):
        return False
    return period_label(text) is not None or bool(read_packed(text))


def strips_of(header: Header, rows: Sequence[Row]) -> tuple[Strip, ...]:
    """The strips below a heading, left to right; empty where no periods or no targets stand below it."""
    if not header.has(Part.PERIOD_LABEL) and not any(map(is_period_row, rows)):
        return ()
    if not header.has(*_TARGETS) and not any("rencana" in column.title.lower() for column in header.columns):
        return ()
    if _has_periods_beside(header, rows):
        return ()
    groups = _with_targets(header)
    found: list[Strip] = []
    for at, group in enumerate(groups):
        first = found[-1].last + 1 if found else 0
        end = groups[at + 1][0].index if at + 1 < len(groups) else NO_END
        label = _label_column(group, rows, first, end)
        if label is not None:
            own = [column for column in group if column.index >= first]
            found.append(_strip(own, rows, first, end - 1, label))
    return tuple(found)


def _has_periods_beside(header: Header, rows: Sequence[Row]) -> bool:
    """Whether the heading itself names the periods, side by side, and targets stand below them: a month in another
    column, as in `Keterangan`, is no period of the table."""
    columns = header.of(Part.PERIOD)
    if len({column.label for column in columns}) < 2 or header.has(Part.PERIOD_LABEL):
        return False
    return not any(_may_be_named(row, column.index) for row in rows for column in columns)


def _may_be_named(row: Row, index: int) -> bool:
    text = row.cells[index].text if index < len(row.cells) else ""
    return period_label(text) is not None or bool(read_packed(text))


def _with_targets(header: Header) -> list[tuple[Column, ...]]:
    """The groups of columns; one without targets belongs to the one before it. One indicator makes one group."""
    if len(header.of(Part.INDICATOR)) <= 1 and len(header.of(Part.PERIOD_LABEL)) <= 1:
        return [header.columns]
    found: list[tuple[Column, ...]] = []
    for group in header.groups:
        has_targets = any(column.part in (*_TARGETS, Part.PERIOD_LABEL) for column in group)
        if found and not has_targets:
            found[-1] = (*found[-1], *group)
        else:
            found.append(group)
    return found


def _label_column(group: Sequence[Column], rows: Sequence[Row], first: int, end: int) -> int | None:
    named = [column.index for column in group if column.part is Part.PERIOD_LABEL]
    if named:
        return max(named, key=lambda index: sum(_may_be_label(row, index) for row in rows))
    counted = Counter(
        index
        for row in rows
        if is_period_row(row)
        for index, cell in enumerate(row.cells)
        if first <= index < end and (period_label(cell.text) is not None or read_packed(cell.text))
    )
    if counted:
        most = max(counted.values())
        return min(index for index, count in counted.items() if count == most)
    return next((column.index for column in group if column.part in _TARGETS), None)


def _may_be_label(row: Row, index: int) -> bool:
    text = row.cells[index].text if index < len(row.cells) else ""
    return bool(text) and (period_label(text) is not None or ordinal(text) is not None or bool(read_packed(text)))


def _strip(group: Sequence[Column], rows: Sequence[Row], first: int, last: int, label: int) -> Strip:
    value, is_doubtful = _value_column(group, rows, label)
    taken = {label, value}
    heading = next((column for column in group if column.index == label), None)
    columns: dict[Part, int] = {}
    for column in group:
        if column.index in taken or column.part not in _SINGLE or column.part in columns:
            continue
        if column.part is not Part.ANNUAL or _is_annual(column, group, label, value):
            columns[column.part] = column.index
    names = tuple(column for column in group if column.part is Part.NAME and column.index not in taken)
    if Part.INDICATOR not in columns and names:
        beside = [column for column in names if column.index < label] or list(names)
        columns[Part.INDICATOR] = beside[-1].index
        names = tuple(column for column in names if column.index != beside[-1].index) or (beside[-1],)
    last = last if value is None else max(last, value)
    beat = None if _holds_labels(rows, label) else _beat(heading)
    likely = _likely_beat(rows, label) if beat is None and heading and heading.part is Part.PERIOD_LABEL else None
    figures = frozenset(column.index for column in group if column.part in _NUMBERS and column.index not in taken)
    wordless = frozenset(column.index for column in group if column.part in (*_TARGETS, Part.PERIOD_LABEL, Part.UNIT))
    is_headed = heading is not None and heading.part is Part.PERIOD_LABEL
    return Strip(
        first, last, label, value, columns, names, beat or likely, is_doubtful, figures, wordless, is_headed,
        likely is not None,
    )  # fmt: skip


def _value_column(group: Sequence[Column], rows: Sequence[Row], label: int) -> tuple[int | None, bool]:
    """The column of the targets, and whether another could be meant."""
    if _is_packed(rows, label):
        return None, False
    parts = {column.index: column.part for column in group}
    if parts.get(label) is not Part.PERIOD_LABEL:
        return (label + 1 if _holds_labels(rows, label) else None), False
    plain = [column for column in group if column.part in _TARGETS and not _is_yearly(column)]
    beside = [column.index for column in plain if column.index == label + 1]
    if beside:
        return beside[0], False
    if plain:
        return plain[-1].index, len(plain) > 1
    return (label + 1, True) if parts.get(label + 1) in (None, Part.OTHER) else (None, True)


def _is_packed(rows: Sequence[Row], label: int) -> bool:
    cells = [row.cells[label].text for row in rows if label < len(row.cells)]
    alone = sum(period_label(text) is not None for text in cells)
    return sum(bool(read_packed(text)) for text in cells) > alone


def _holds_labels(rows: Sequence[Row], index: int) -> bool:
    return any(period_label(row.cells[index].text) is not None for row in rows if index < len(row.cells))


def _is_annual(column: Column, group: Sequence[Column], label: int, value: int | None) -> bool:
    """A heading that reaches over periods and targets is not the annual target beside them."""
    is_apart = any(each.part is Part.PERIOD_LABEL and each.index == label for each in group)
    if _is_yearly(column) or (is_apart and column.index < label):
        return True
    titles = {each.title for each in group if each.index in (label, value) and each.part is not Part.PERIOD_LABEL}
    return column.title not in titles


def _is_yearly(column: Column) -> bool:
    return read_words(column.title).says(Word.YEARLY) or column.year is not None


def _likely_beat(rows: Sequence[Row], label: int) -> PeriodKind | None:
    """What bare numbers count: I to IV are quarters, 1 to 12 months; None for any others, and where names stand."""
    if _holds_labels(rows, label):
        return None
    texts = [row.cells[label].text for row in rows if label < len(row.cells) and row.cells[label].text]
    numbers = {number for text in texts if (number := ordinal(text)) is not None}
    if numbers == {1, 2, 3, 4} and not any(text.strip(" .()").isdigit() for text in texts):
        return PeriodKind.QUARTER
    return PeriodKind.MONTH if numbers == set(range(1, 13)) else None


def _beat(heading: Column | None) -> PeriodKind | None:
    if heading is None or heading.part is not Part.PERIOD_LABEL:
        return None
    plain = heading.title.lower()
    if "triwulan" in plain or "tribulan" in plain or plain.split()[-1] == "tw":
        return PeriodKind.QUARTER
    return PeriodKind.MONTH if "bulan" in plain else None
