"""Rows that print no indicator: numbers of columns, totals, signatures, footnotes, realisations beside targets."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain

from bot.documents.plan_reading.cell_kinds import is_footnote, is_named, is_side_row, is_signature, is_total, is_value
from bot.documents.plan_reading.headings.headers import Part, is_number_row
from bot.documents.plan_reading.in_columns.columns import Layout, has_figures, text_at
from bot.documents.plan_reading.source import KEPT_TEXTS, Place, Row

_NAMES = (Part.NAME, Part.INDICATOR, Part.NUMBER)

TOTAL = "Baris jumlah, bukan indikator."
SIDE = "Baris realisasi atau anggaran di samping target, tidak dibaca."
NAMELESS = "Baris angka tanpa nama dan tanpa target, tidak dibaca."


class Passed:
    """What was passed over of a run, and why."""

    def __init__(self) -> None:
        self.rows: list[tuple[Place, str]] = []

    def over(self, rows: Sequence[Row], layout: Layout) -> Iterator[Row]:
        """The rows that may print something of the plan, down to those who sign."""
        texts = frozenset(chain.from_iterable(row.texts for row in rows))
        signatures, sides = frozenset(filter(is_signature, texts)), frozenset(filter(is_side_row, texts))
        for row in rows:
            if not signatures.isdisjoint(row.texts) and not has_figures(row, layout.target_columns):
                return
            if is_number_row(row) or _says_little(row):
                continue
            if (why := _why_passed(row, layout, sides)) is not None:
                self.rows.append((row.place, why))
            else:
                yield row


def _why_passed(row: Row, layout: Layout, sides: frozenset[str]) -> str | None:
    names = [text for column in layout.header.of(*_NAMES) if (text := text_at(row, column))]
    if names and is_total(names[0]) and (len(names) == 1 or not has_figures(row, layout.target_columns)):
        return TOTAL
    if not sides.isdisjoint(row.texts) and _is_beside(row, layout) and not any(map(is_named, names)):
        return SIDE
    if not has_letters(row) and not has_figures(row, layout.target_columns):
        return NAMELESS
    return None


def _is_beside(row: Row, layout: Layout) -> bool:
    """Whether a row that says so holds realisations or money, and names no indicator: `Rp` is a unit, too."""
    indicators = [text for column in layout.header.of(Part.INDICATOR) if (text := text_at(row, column))]
    return all(map(is_side_row, indicators))


def has_letters(row: Row) -> bool:
    """Whether anything in the row is a word."""
    return any(map(_is_worded, row.texts))


@lru_cache(maxsize=KEPT_TEXTS)
def _is_worded(text: str) -> bool:
    return any(map(str.isalpha, text)) and not is_value(text)


def _says_little(row: Row) -> bool:
    """Whether a row is blank, or a footnote."""
    filled = len(row.texts) - row.texts.count("")
    return not filled or (filled == 1 and is_footnote(next(filter(None, row.texts))))
