"""Tables with a period in each row: twelve months or four quarters below one another, beside their indicator."""

from collections.abc import Sequence

from bot.documents.plan_reading.period_labels import read_label, read_packed
from bot.documents.plan_reading.printed import PrintedIndicator
from bot.documents.plan_reading.source import Row, Table


def has_period_rows(table: Table) -> bool:
    """Whether periods stand below one another in the rows of the table, rather than in its heading."""
    return any(_is_period_row(row) for row in table.rows)


def walk_period_rows(tables: Sequence[Table], year: int) -> tuple[PrintedIndicator, ...]:
    """The indicators of tables with periods in rows, in order.

    `tables` are those of one plan in order, those between that only print a heading or a post among them: what is
    carried over a page is found nowhere else.
    """
    raise NotImplementedError


def _is_period_row(row: Row) -> bool:
    texts = [text for text in row.texts if text]
    named = {label for label in map(read_label, texts) if label}
    return len(named) == 1 or any(read_packed(text) for text in texts)
