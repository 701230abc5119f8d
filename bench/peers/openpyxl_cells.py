"""The cells of a workbook by openpyxl, after its own documentation.

`plain` is the tutorial's "Loading from a file" with "Accessing many cells"; `read_only` is "Read-only mode" of
"Optimised Modes".
"""

from pathlib import Path
from typing import Any

from openpyxl import load_workbook


def plain(path: Path) -> list[list[Any]]:
    """The values of the first sheet, row by row."""
    book = load_workbook(path)
    return [[cell.value for cell in row] for row in book.worksheets[0].iter_rows()]


def read_only(path: Path) -> list[list[Any]]:
    """The same as a stream."""
    book = load_workbook(path, read_only=True)
    values = [[cell.value for cell in row] for row in book.worksheets[0].rows]
    book.close()
    return values
