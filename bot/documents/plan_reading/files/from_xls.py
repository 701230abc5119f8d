"""Workbooks of Excel before 2007 and of LibreOffice, by calamine: values without their number formats."""

import io
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from bot.documents.panics import panic_as
from bot.documents.plan_reading.files.from_xlsx import number_of
from bot.documents.plan_reading.files.limits import Allowance
from bot.documents.plan_reading.files.marks import Marks
from bot.documents.plan_reading.files.number_formats import plain
from bot.documents.plan_reading.files.ods_marks import marks_of_ods
from bot.documents.plan_reading.files.package import Package, broken, locked
from bot.documents.plan_reading.files.sheet_cells import (
    HIDDEN_SHEET,
    Cells,
    Grid,
    Position,
    ignored_of,
    letters,
    table_of,
)
from bot.documents.plan_reading.files.tidying import tidied
from bot.documents.plan_reading.files.xls_marks import marks_of_xls
from bot.documents.plan_reading.source import Cell, Ignored, Oddity, Place, PlanRefused, Source, Table

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

_MACROS = "_VBA_PROJECT".encode("utf-16-le")
_SHOWN_AS_IT_IS = 2
"""Whole numbers from here on are hardly ever shares: 1 may be shown as 100%."""
Value = str | int | float | bool | date | datetime | time | timedelta


def read_xls(data: bytes, name: str) -> Source:
    """The sheets of an xls workbook. Raises PlanRefused."""
    if _MACROS in data:
        raise with_macros()
    return _read(data, name, marks_of_xls)


def read_ods(data: bytes, package: Package, content: str, name: str) -> Source:
    """The sheets of an ods workbook, `content` being its main part. Raises PlanRefused."""
    marks = marks_of_ods(package, content)
    return _read(data, name, lambda _: marks)


def _read(data: bytes, name: str, marks_of: Callable[[bytes], list[Marks]]) -> Source:
    """The marks of an xls are looked for when calamine has found that it has no password."""
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

    tables: list[Table] = []
    ignored: list[Ignored] = []
    allowance = Allowance()
    try:
        with panic_as(broken), CalamineWorkbook.from_filelike(io.BytesIO(data)) as workbook:
            for sheet, marks in zip(workbook.sheets_metadata, marks_of(data), strict=True):
                if sheet.typ != SheetTypeEnum.WorkSheet:
                    continue
                if sheet.visible != SheetVisibleEnum.Visible:
                    ignored.append(Ignored(Place(sheet=sheet.name), HIDDEN_SHEET))
                    continue
                grid = _grid(workbook.get_sheet_by_name(sheet.name), marks)
                ignored.extend(ignored_of(grid))
                table = table_of(grid, allowance)
                if table is not None:
                    tables.append(table)
    except PasswordError as error:
        raise locked() from error
    except (CalamineError, ValueError, OverflowError) as error:
        raise broken() from error
    return Source(name, tuple(tables), ignored=tuple(ignored), has_typed_cells=True)


def with_macros() -> PlanRefused:
    """The refusal of a workbook with programs in it."""
    return PlanRefused("Berkas ini berisi makro, mohon simpan sebagai Excel Workbook (.xlsx) tanpa makro.")


def _grid(sheet: "CalamineSheet", marks: Marks) -> Grid:
    areas = (
        (top + 1, left + 1, bottom + 1, right + 1) for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
    )
    hidden = frozenset(marks.hidden_rows), frozenset(marks.hidden_columns)
    cells: Cells = {}
    for (row, column), cell in _cells(sheet, marks):
        cells.setdefault(row, {})[column] = cell
    return Grid(sheet.name, cells, (*areas, *marks.merged), *hidden)


def _cells(sheet: "CalamineSheet", marks: Marks) -> Iterator[tuple[Position, Cell]]:
    """Those with a value, then the errors and the formulas without a result: calamine gives nothing for both."""
    first_row, first_column = sheet.start or (0, 0)
    for row, values in enumerate(sheet.iter_rows(), start=first_row + 1):
        place = Place(sheet=sheet.name, row=row)
        for column, value in enumerate(values, start=first_column + 1):
            if value != "" and (row, column) not in marks.errors:
                cell = _cell(value, place)
                is_formula = (row, column) in marks.formulas
                yield (row, column), cell._replace(is_formula=is_formula, column=letters(column))
    for row, column in marks.empty_formulas:
        place = Place(sheet=sheet.name, row=row)
        blank = Cell("", place, oddity=Oddity.NO_RESULT, is_formula=True, column=letters(column))
        yield (row, column), blank
    for (row, column), text in marks.errors.items():
        place, is_formula = Place(sheet=sheet.name, row=row), (row, column) in marks.formulas
        yield (row, column), Cell(text, place, oddity=Oddity.ERROR, is_formula=is_formula, column=letters(column))


def _cell(value: Value, place: Place) -> Cell:
    match value:
        case bool():
            return Cell("TRUE" if value else "FALSE", place)
        case str():
            return Cell(tidied(value), place)
        case int() | float():
            number = number_of(repr(value))
            return Cell(repr(value), place, oddity=Oddity.ERROR) if number is None else _number(number, place)
        case datetime():
            return Cell(f"{value:%d/%m/%Y}", place, oddity=Oddity.DATE)
        case date():
            return Cell(f"{value:%d/%m/%Y}", place, oddity=Oddity.DATE)
        case _:
            return Cell(str(value), place, oddity=Oddity.DATE)


def _number(number: Decimal, place: Place) -> Cell:
    is_plain = number == 0 or (abs(number) >= _SHOWN_AS_IT_IS and number == number.to_integral_value())
    return Cell(plain(number), place, number, None if is_plain else Oddity.FORMAT_UNKNOWN)
