"""Comma-separated values, whose comma is a semicolon in Indonesia: one table, each row with the line it begins on."""

import csv
import io
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from bot.documents.plan_reading.files.limits import LONGEST_CELL, Allowance, too_long
from bot.documents.plan_reading.files.package import broken
from bot.documents.plan_reading.files.tidying import tidied
from bot.documents.plan_reading.source import Cell, Place, Row, Source, Table

_DELIMITERS = ";\t|,"
"""The likelier first: a comma is also a decimal sign and part of sentences."""
_SAMPLE_ROWS = 200
_SAMPLE_CHARACTERS = 200_000
_TELLS = "sep="
"""With it Excel is told the delimiter on a line of its own."""


def read_csv(text: str, name: str) -> Source:
    """The one table of the file. Raises PlanRefused."""
    delimiter, skipped = _told(text)
    delimiter = delimiter or delimiter_of(text) or ";"
    rows: list[Row] = []
    allowance = Allowance()
    width = 1
    for line, printed in _rows(text, delimiter):
        if line <= skipped:
            continue
        values = printed or [""] * width
        width = len(values)
        allowance.take_row(width)
        for value in values:
            allowance.take_text(value)
        place = Place(line=line)
        rows.append(Row(tuple(Cell(tidied(value), place) for value in values), place))
    return Source(name, (Table(tuple(rows), rows[0].place),) if rows else ())


def delimiter_of(text: str) -> str | None:
    """The sign that divides the most rows into the same number of cells; None where none divides two."""
    sample = text[:_SAMPLE_CHARACTERS]
    best: tuple[int, str] | None = None
    for delimiter in _DELIMITERS:
        score = _score(sample, delimiter)
        if score and (best is None or score > best[0]):
            best = (score, delimiter)
    return best[1] if best else None


def _score(sample: str, delimiter: str) -> int:
    """Over the rows of the most usual width: their number times that width."""
    widths: Counter[int] = Counter()
    for _, values in islice(_rows(sample, delimiter), _SAMPLE_ROWS):
        widths[len(values)] += len(values) > 1
    del widths[0], widths[1]
    width, count = max(widths.items(), key=lambda item: item[0] * item[1], default=(0, 0))
    return width * count if count > 1 else 0


def _told(text: str) -> tuple[str, int]:
    """The delimiter that the first line tells, and how many lines that takes."""
    first = text.partition("\n")[0]
    return (first[4], 1) if first[:4].lower() == _TELLS and len(first) == 5 else ("", 0)


def _rows(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """The rows, each with the line it begins on."""
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, skipinitialspace=delimiter != "\t")
    begun = 1
    try:
        for values in reader:
            yield begun, values
            begun = reader.line_num + 1
    except csv.Error as error:
        raise (too_long() if "limit" in str(error) else broken()) from error
