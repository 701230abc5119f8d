"""The same cells by openpyxl: a workbook, a row at a time, each cell with its number format and border.

After openpyxl's own tutorial ("Write a workbook", "Working with styles").
"""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Border, Font, Side

_THIN = Side(style="thin")
_BORDER = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)

Cell = tuple[Any, str, bool]
"""Value, number format, bold."""


def cells_of(xlsx: bytes) -> list[list[Cell]]:
    """What stands in the first sheet of a workbook, row by row."""
    sheet = load_workbook(BytesIO(xlsx)).worksheets[0]
    return [[(cell.value, cell.number_format, bool(cell.font.b)) for cell in row] for row in sheet.iter_rows()]


def write(rows: Sequence[Sequence[Cell]]) -> bytes:
    """The cells as a workbook."""
    book = Workbook()
    sheet = book.worksheets[0]
    for number, row in enumerate(rows, start=1):
        for at, (value, shown, bold) in enumerate(row, start=1):
            cell = sheet.cell(number, at, value)
            cell.number_format, cell.border = shown, _BORDER
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.font = Font(bold=bold)
    file = BytesIO()
    book.save(file)
    return file.getvalue()
