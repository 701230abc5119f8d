"""Which rows of a table are its heading, told by their words alone."""

import re
from collections.abc import Sequence
from itertools import pairwise

from bot.documents.plan_reading.headings.heading_words import Word, ordinal, period_label, read_words, year_named
from bot.documents.plan_reading.source import Cell, Row


def filled(row: Row) -> list[Cell]:
    """The cells of a row with something in them."""
    return [cell for cell in row.cells if cell.text]


def is_heading_cell(text: str) -> bool:
    """Whether a text can stand in a heading: a period, or words that say something of a column."""
    return period_label(text) is not None or read_words(text).is_heading


def begins_heading(rows: Sequence[Row], first: int) -> bool:
    """Whether a heading may begin in the row `first`: two of its words at least, no figures, hardly a strange text."""
    if any(map(is_figure, filter(None, rows[first].texts))) or _spans_all(rows[first]):
        return False
    cells = filled(rows[first])
    known = sum(is_heading_cell(cell.text) for cell in cells)
    if known < 2 and not (known == 1 == len(cells) and _leads(rows, first)):
        return False
    strange = sum(not is_heading_cell(cell.text) and read_words(cell.text).is_strange for cell in cells)
    return strange * 2 <= len(cells)


_FIGURE = re.compile(r"[-\u2013\u2014]\Z|(?:rp\.?\s*)?\(?\d", re.IGNORECASE)


def is_figure(text: str) -> bool:
    """Whether it begins with a number or is a dash, and is no year: such a cell stands in no heading."""
    if _FIGURE.match(text) is None or (len(text) == 4 and year_named(text) is not None):
        return False
    if text.isdecimal():
        return True
    words = read_words(text).words
    return len(words) < 2 or any(word is not Word.FILLER for word in words)


def _leads(rows: Sequence[Row], first: int) -> bool:
    """Whether a row of one cell stands above part of a heading, not as the title of the whole."""
    (cell,) = filled(rows[first])
    index = rows[first].cells.index(cell)
    words = read_words(cell.text)
    return index >= 2 and words.says(Word.TARGET, Word.ACTUAL, Word.PERIODS) and _begins_plainly(rows, first + 1)


def _begins_plainly(rows: Sequence[Row], index: int) -> bool:
    return index < len(rows) and sum(is_heading_cell(cell.text) for cell in filled(rows[index])) >= 2


_SUBHEADS = {"rp", "k", "%", "t", "r", "c", "fisik", "f", "keu", "kinerja", "kin"}


def continues_heading(row: Row, above: Row) -> bool:
    """Whether a row goes on a heading: nothing in it but words of headings, periods and years."""
    if _numbers_periods(row, above):
        return True
    texts = [cell.text for cell in filled(row)]
    if not texts or is_number_row(row) or _spans_all(row) or _prints_target(row):
        return False
    sure = [text for text in texts if is_heading_cell(text) or _is_subhead(text)]
    others = [text for text in texts if text not in sure]
    is_worded = any(not text.strip("() .").isdigit() or year_named(text) for text in sure)
    return is_worded and len(others) * 4 <= len(texts) and not any(map(_is_foreign, others))


def _prints_target(row: Row) -> bool:
    """Whether a number stands right of a period: `TW II | 10` is what a table holds, not what it is headed."""
    return any(
        period_label(left) is not None and right.isdigit() and year_named(right) is None
        for left, right in pairwise(row.texts)
    )


def _spans_all(row: Row) -> bool:
    """Whether the row is one merged cell over most of the table: a title, or a heading within it."""
    cells = filled(row)
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
    for text in filter(None, row.texts):
        digits = text.strip("() .").split("=")[0].strip("() .")
        if not digits.isdigit():
            return False
        numbers.append(int(digits))
    return (
        len(numbers) >= 3
        and numbers[0] <= 3
        and all(left < right for left, right in pairwise(numbers))
        and numbers[-1] <= numbers[0] + 3 * len(numbers)
    )
