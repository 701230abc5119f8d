"""Workbooks of Excel before 2007 and of LibreOffice, by calamine: values without their number formats."""

import io
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from bot.documents.plan_reading.from_xlsx import number_of
from bot.documents.plan_reading.limits import Allowance
from bot.documents.plan_reading.number_formats import plain
from bot.documents.plan_reading.package import broken, locked
from bot.documents.plan_reading.sheet_cells import HIDDEN_SHEET, Grid, Position, ignored_of, place_of, table_of
from bot.documents.plan_reading.source import Cell, Ignored, Oddity, Place, PlanRefused, Source, Table
from bot.documents.plan_reading.tidying import tidied

_MACROS = "_VBA_PROJECT".encode("utf-16-le")
_ERRORS = frozenset({"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#GETTING_DATA", "Err:502"})
_SHOWN_AS_IT_IS = 2
"""Whole numbers from here on are hardly ever shares: 1 may be shown as 100%."""
Value = str | int | float | bool | date | datetime | time | timedelta


def read_xls(data: bytes, name: str) -> Source:
    """The sheets of an xls or ods workbook. Raises PlanRefused."""
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

    if _MACROS in data:
        raise with_macros()
    tables: list[Table] = []
    ignored: list[Ignored] = []
    allowance = Allowance()
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as workbook:
            for sheet in workbook.sheets_metadata:
                if sheet.typ != SheetTypeEnum.WorkSheet:
                    continue
                if sheet.visible != SheetVisibleEnum.Visible:
                    ignored.append(Ignored(Place(sheet=sheet.name), HIDDEN_SHEET))
                    continue
                read = workbook.get_sheet_by_name(sheet.name)
                merged = tuple((a + 1, b + 1, c + 1, d + 1) for (a, b), (c, d) in read.merged_cell_ranges or ())
                grid = Grid(sheet.name, dict(_cells(sheet.name, read.iter_rows(), read.start or (0, 0))), merged)
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


def _cells(sheet: str, rows: Iterator[list[Value]], start: tuple[int, int]) -> Iterator[tuple[Position, Cell]]:
    for row, values in enumerate(rows, start=start[0] + 1):
        for column, value in enumerate(values, start=start[1] + 1):
            if value != "":
                yield (row, column), _cell(value, place_of(sheet, row, column))


def _cell(value: Value, place: Place) -> Cell:
    match value:
        case bool():
            return Cell("TRUE" if value else "FALSE", place)
        case str():
            return Cell(tidied(value), place, oddity=Oddity.ERROR if value in _ERRORS else None)
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
