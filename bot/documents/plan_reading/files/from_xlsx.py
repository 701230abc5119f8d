"""A workbook of Excel since 2007: each visible sheet a table, each cell as a person sees it.

Properties of the document (its author) are never opened.
"""

from decimal import Context, Decimal, InvalidOperation
from math import isfinite

from bot.documents.plan_reading.files.date_formats import HASHES, is_date, shown_date
from bot.documents.plan_reading.files.limits import Allowance
from bot.documents.plan_reading.files.number_formats import Shown, shown, shown_text
from bot.documents.plan_reading.files.package import Package, linked
from bot.documents.plan_reading.files.sheet_cells import (
    HIDDEN_SHEET,
    Cells,
    Grid,
    ignored_of,
    letters,
    made,
    table_of,
)
from bot.documents.plan_reading.files.tidying import tidied
from bot.documents.plan_reading.files.xlsx_book import Book, SheetPart, Style, open_book, unescaped
from bot.documents.plan_reading.files.xlsx_sheet import Stored, StoredSheet, stored_sheet
from bot.documents.plan_reading.source import Cell, Ignored, Oddity, Place, Source, Table

_NUMBER_DIGITS = 15
"""Significant digits of a number that a person typed or that Excel keeps."""
_SURE_DIGITS = 12
"""Of a reckoned number: 0.1 + 0.2 is stored as 0.30000000000000004."""
_LONGEST_NUMBER = 40
_LINKED_PARTS = "xl/externallinks/"
_LITERAL_KINDS = ("str", "inlineStr")


def read_xlsx(package: Package, main: str, name: str) -> Source:
    """The sheets of the workbook whose main part is `main`. Raises PlanRefused."""
    if any(part.startswith(_LINKED_PARTS) and part.endswith(".xml") for part in package.names):
        raise linked()
    book = open_book(package, main)
    tables: list[Table] = []
    ignored: list[Ignored] = []
    allowance = Allowance()
    for sheet in book.sheets:
        if sheet.is_hidden:
            ignored.append(Ignored(Place(sheet=sheet.name), HIDDEN_SHEET))
            continue
        grid = _grid(package, sheet, book)
        ignored.extend(ignored_of(grid))
        table = table_of(grid, allowance)
        if table is not None:
            tables.append(table)
    return Source(name, tuple(tables), ignored=tuple(ignored), has_typed_cells=True)


def _grid(package: Package, sheet: SheetPart, book: Book) -> Grid:
    stored = stored_sheet(package, sheet.part)
    return Grid(
        sheet.name,
        _cells(sheet.name, stored, book),
        tuple(stored.merged),
        frozenset(stored.hidden_rows),
        frozenset(stored.hidden_columns),
    )


def _cells(sheet: str, stored: StoredSheet, book: Book) -> Cells:
    """What is seen of a sheet. What cells hold in the same style is looked at once."""
    looks = [_look_of(held, book) for held in stored.held]
    rows: Cells = {}
    for row, numbers in stored.cells.items():
        place = Place(sheet=sheet, row=row)
        cells: dict[int, Cell] = {}
        for column, number in numbers.items():
            look = looks[number]
            if look is not None:
                text, value, oddity, is_formula, is_bold, exact = look
                seen_here = (text, place, value, oddity, is_formula, 1, 1, False, is_bold, exact, letters(column))
                cells[column] = made(Cell, seen_here)
        if cells:
            rows[row] = cells
    return rows


_Look = tuple[str, Decimal | None, Oddity | None, bool, bool, Decimal | None]
"""What is seen of a cell wherever it stands: `text`, `number`, `oddity`, `is_formula`, `is_bold`, `stored`."""


def _look_of(stored: Stored, book: Book) -> _Look | None:
    """None where nothing is seen."""
    style = book.styles[stored.style] if 0 <= stored.style < len(book.styles) else Style()
    seen, oddity = _seen(stored, style, book)
    text = tidied(seen.text)
    if not text and oddity is None and not stored.is_formula:
        return None
    return text, seen.number, oddity, stored.is_formula, style.is_bold, seen.stored


def _seen(stored: Stored, style: Style, book: Book) -> tuple[Shown, Oddity | None]:
    if stored.is_formula and (not stored.value or (book.is_unreckoned and _is_zero(stored))):
        return Shown("", None), Oddity.NO_RESULT
    match stored.kind:
        case "s":
            return Shown(shown_text(_shared(stored.value, book), style.code), None), None
        case kind if kind in _LITERAL_KINDS:
            return Shown(shown_text(unescaped(stored.value), style.code), None), None
        case "b":
            return Shown("TRUE" if stored.value == "1" else "FALSE", None), None
        case "e":
            return Shown(stored.value, None), Oddity.ERROR
        case "d":
            return Shown(stored.value, None), Oddity.DATE
        case _:
            return _seen_number(stored.value, style.code, book)


def _is_zero(stored: Stored) -> bool:
    """Programs that write a formula without reckoning put 0 for its result."""
    return stored.kind == "n" and stored.value == "0"


def _shared(index: str, book: Book) -> str:
    return book.texts[int(index)] if index.isascii() and index.isdigit() and int(index) < len(book.texts) else ""


def _seen_number(value: str, code: str, book: Book) -> tuple[Shown, Oddity | None]:
    number = number_of(value)
    if number is None:
        return Shown(value, None), Oddity.ERROR
    if is_date(code):
        text = shown_date(number, code, from_1904=book.from_1904)
        return Shown(text, None), Oddity.ERROR if text == HASHES else Oddity.DATE
    seen = shown(number, code)
    return seen, None if seen.stored is None else Oddity.ROUNDED


def number_of(value: str) -> Decimal | None:
    """The number that a file stores in binary, as it was typed; None for what is none.

    What has more digits than a person types was reckoned, and keeps those of which it is sure.
    """
    if len(value) <= _NUMBER_DIGITS and value.isascii() and value.isdecimal():
        return Decimal(value)
    try:
        number = Decimal(value) if len(value) <= _LONGEST_NUMBER else Decimal(repr(float(value)))
        if not number.is_finite() or not isfinite(float(number)):
            return None
    except (InvalidOperation, ValueError, OverflowError):
        return None
    if number == number.to_integral_value() or len(number.as_tuple().digits) <= _NUMBER_DIGITS:
        return _tidy(number)
    return _tidy(Context(prec=max(_SURE_DIGITS, number.adjusted() + 7)).plus(number))


def _tidy(number: Decimal) -> Decimal:
    """Without exponent and without zeroes behind its decimals."""
    if number == number.to_integral_value():
        return number.quantize(Decimal(1), context=Context(prec=400))
    return number.normalize()
