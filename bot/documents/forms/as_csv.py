"""A form for programs: one header row with the keys of its columns, numbers with a dot, nothing around the table."""

import csv
import io
from collections.abc import Iterable, Sequence
from decimal import Decimal

from bot.documents.forms.paper import Paper, Value
from bot.documents.forms.wording import printable

BOM = "\ufeff"
"""Without it Excel reads UTF-8 as the code page of its machine."""
_FORMULA_BEGINS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
"""How a cell begins, blanks and what is not printed apart, that a spreadsheet would compute; also in wide signs."""


def as_csv(paper: Paper) -> bytes:
    """The lines of a paper's table."""
    keys = [column.key for column in paper.columns]
    return csv_of(keys, ([line.cells.get(key) for key in keys] for line in paper.lines))


def csv_of(header: Sequence[str], rows: Iterable[Iterable[Value]]) -> bytes:
    """A table as CSV in UTF-8, separated by commas, with CRLF (RFC 4180)."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(header)
    for row in rows:
        writer.writerow(_plain(cell) for cell in row)
    return (BOM + buffer.getvalue()).encode()


def _plain(value: Value) -> str:
    """A number with a dot and without an exponent; words that a spreadsheet would compute get an apostrophe."""
    if isinstance(value, Decimal):
        return f"{value.normalize():f}" if value else "0"
    text = printable(value or "")
    return f"'{text}" if text.lstrip().startswith(_FORMULA_BEGINS) else text
