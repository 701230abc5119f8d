"""What the headings above a column say that its cells are."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from bot.documents.plan_reading.headings.header_types import Column, Part
from bot.documents.plan_reading.headings.heading_ways import Way, ways_of
from bot.documents.plan_reading.headings.heading_words import (
    PeriodLabel,
    Reading,
    Word,
    label_within,
    ordinal,
    period_label,
    read_words,
    spoken,
    year_named,
)
from bot.documents.plan_reading.source import Row
from domain.periods import PeriodKind
from domain.plan import Level


def columns_of(rows: Sequence[Row]) -> tuple[Column, ...]:
    """The columns above which something stands in these rows of a heading, not yet in groups."""
    ways = ways_of(rows)
    rivals = Counter((way.texts[:-1], way.begins[:-1]) for way in ways if way.texts and _is_target_leaf(way.texts))
    return _with_bare_quarters(
        tuple(
            _demoted(column, is_rival=bool(rivals[way.texts[:-1], way.begins[:-1]]), leaf=way.texts[-1])
            for index, way in enumerate(ways)
            if way.texts and not _is_overhang(column := _column(index, way.texts), way)
        )
    )


_BARE_QUARTERS = ("I", "II", "III", "IV")


def _with_bare_quarters(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """The columns with I, II, III and IV side by side told as the quarters, though nothing above them says so."""
    found = list(columns)
    for at in range(len(found) - 3):
        four = found[at : at + 4]
        if tuple(column.title for column in four) == _BARE_QUARTERS and all(each.part is Part.OTHER for each in four):
            labels = [PeriodLabel(PeriodKind.QUARTER, number) for number in range(1, 5)]
            found[at : at + 4] = [
                replace(column, part=Part.PERIOD, label=label) for column, label in zip(four, labels, strict=True)
            ]
    return tuple(found)


def _is_overhang(column: Column, way: Way) -> bool:
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
        if (label := label_within(texts[depth])) is not None:
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
        return _timed(leaf, readings)
    return _untimed(texts, readings)


def _timed(leaf: Reading, readings: Sequence[Reading]) -> Part:
    """The part of a column that names a period: its target, what was reached, or words, as `TW I / Rencana Aksi`."""
    if _is_actual(readings):
        return Part.ACTUAL
    return Part.OTHER if leaf.says(Word.TEXT, Word.INDICATOR, *_RUNGS) and not leaf.says(Word.TARGET) else Part.PERIOD


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
    is_time = leaf.says(Word.PERIODS) and (not leaf.says(Word.TARGET) or leaf.words[-1] is Word.PERIODS)
    return Part.PERIOD_LABEL if is_time else Part.ANNUAL


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
