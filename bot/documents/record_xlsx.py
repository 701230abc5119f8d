"""A table of words as a workbook of one sheet, for people who check: with a filter, and a first row that stays."""

import io
from collections.abc import Iterable, Sequence

from bot.documents.forms.wording import printable

LONGEST_CELL = 32_767
"""Characters that Excel takes in one cell."""


def xlsx_of(sheet: str, header: Sequence[str], rows: Iterable[Sequence[str]], widths: Sequence[int]) -> bytes:
    """`widths` are those of the columns, in characters. Nothing is computed: every cell is words."""
    from xlsxwriter import Workbook

    written = io.BytesIO()
    with Workbook(written, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        table = book.add_worksheet(sheet)
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        for column, (name, width) in enumerate(zip(header, widths, strict=True)):
            table.set_column(column, column, width)
            table.write_string(0, column, name, bold)
        last = 0
        for last, row in enumerate(rows, start=1):
            for column, cell in enumerate(row):
                table.write_string(last, column, printable(cell)[:LONGEST_CELL], wrapped)
        table.freeze_panes(1, 0)
        table.autofilter(0, 0, last, len(header) - 1)
        table.set_landscape()
        table.set_paper(9)
        table.fit_to_pages(1, 0)
        table.repeat_rows(0)
    return written.getvalue()
