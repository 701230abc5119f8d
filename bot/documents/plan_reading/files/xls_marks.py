"""Errors, formulas and what is hidden in an xls workbook, by the records of its stream ([MS-XLS] 2.4)."""

import struct
from collections.abc import Iterator

from bot.documents.plan_reading.files.compound import stream_of
from bot.documents.plan_reading.files.marks import Marks
from bot.documents.plan_reading.files.package import broken, linked

_BEGIN, _END = 0x0809, 0x000A
_SHEET, _BOOK_REFERRED_TO = 0x0085, 0x01AE
_ROW, _COLUMNS, _FORMULA, _BOOL_OR_ERROR = 0x0208, 0x007D, 0x0006, 0x0205
_THIS_BOOK, _ADD_IN = 0x0401, 0x3A01
_IS_HIDDEN_ROW, _IS_HIDDEN_COLUMN = 0x20, 0x01
_NO_NUMBER = 0xFFFF
_IS_ERROR, _IS_EMPTY = 2, 3
_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}


def marks_of_xls(data: bytes) -> list[Marks]:
    """Of each sheet in the order of the workbook. Raises PlanRefused."""
    stream = stream_of(data, ("Workbook", "Book"))
    begins: list[int] = []
    for kind, record in _records(stream, 0):
        if kind == _SHEET:
            begins.append(struct.unpack_from("<I", record)[0])
        elif kind == _BOOK_REFERRED_TO and _is_other_book(record):
            raise linked()
    return [_marks(stream, begin) for begin in begins]


def _is_other_book(record: bytes) -> bool:
    return struct.unpack_from("<H", record, 2)[0] not in (_THIS_BOOK, _ADD_IN)


def _records(stream: bytes, begin: int) -> Iterator[tuple[int, bytes]]:
    """The records from a beginning to its end; what begins within (a chart) is passed over."""
    at, depth = begin, 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        if kind == _BEGIN:
            depth += 1
        elif kind == _END:
            depth -= 1
            if depth <= 0:
                return
        elif depth == 1:
            yield kind, stream[at + 4 : at + 4 + length]
        elif not depth:
            raise broken()
        at += 4 + length


def _marks(stream: bytes, begin: int) -> Marks:
    marks = Marks()
    for kind, record in _records(stream, begin):
        match kind:
            case value if value == _ROW:
                row, flags = struct.unpack_from("<H10xH", record)
                if flags & _IS_HIDDEN_ROW:
                    marks.hidden_rows.add(row + 1)
            case value if value == _COLUMNS:
                first, last, width, flags = struct.unpack_from("<HHH2xH", record)
                if flags & _IS_HIDDEN_COLUMN or not width:
                    marks.hidden_columns.update(range(first + 1, min(last, 255) + 2))
            case value if value == _BOOL_OR_ERROR:
                row, column, code, is_error = struct.unpack_from("<HH2xBB", record)
                if is_error:
                    marks.errors[row + 1, column + 1] = _ERRORS.get(code, "#N/A")
            case value if value == _FORMULA:
                _take_formula(record, marks)
            case _:
                pass
    return marks


def _take_formula(record: bytes, marks: Marks) -> None:
    row, column, what, code, top = struct.unpack_from("<HH2xBxB3xH", record)
    place = (row + 1, column + 1)
    marks.formulas.add(place)
    if top == _NO_NUMBER and what == _IS_ERROR:
        marks.errors[place] = _ERRORS.get(code, "#N/A")
    elif top == _NO_NUMBER and what == _IS_EMPTY:
        marks.empty_formulas.add(place)
