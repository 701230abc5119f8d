"""Reading the cells of a workbook, with every complaint collected instead of stopping at the first.

A cell that cannot be taken is complained about and read as blank, so that the rest of the workbook is read too;
whoever asked throws the result away when there is any complaint.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from math import isfinite
from pathlib import Path
from typing import TypeVar

from bot.documents.numbers_in_cells import is_too_fine, is_too_large, of_cell, of_text, tidy
from bot.documents.workbook_file import Cell, Trait, Traits, open_workbook
from bot.documents.workbook_layout import (
    COLUMNS,
    DECIMALS,
    HEADER_ALIASES,
    MONTHS,
    NUMBER_DIGITS,
    QUARTERS,
    REQUIRED_SHEETS,
    Sheet,
    Words,
    listed,
    normal,
)
from domain.periods import Period, PeriodKind
from domain.plan import Complaint

T = TypeVar("T")
D = TypeVar("D")

_HEADER_ROWS = 10
"""A title may stand above the headers, but not more than this many rows."""
_YEARS = range(1950, 2100)


class Complaints:
    """What cannot be taken, each once, in the order in which it was found."""

    def __init__(self) -> None:
        self._found: dict[Complaint, None] = {}

    def add(self, place: str, text: str) -> None:
        self._found[Complaint(place, text)] = None

    def __iter__(self) -> Iterator[Complaint]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)


@dataclass(frozen=True)
class Row:
    """One row of a table. Every reading method takes the header of a column; a missing column reads as blank."""

    sheet: Sheet
    index: int
    """From 0."""
    cells: list[Cell]
    columns: Mapping[str, int]
    traits: Traits
    complaints: Complaints

    @property
    def place(self) -> str:
        """Such as `Indikator!12`."""
        return f"{self.sheet}!{self.index + 1}"

    def at(self, header: str) -> str:
        """Such as `Indikator!F12`."""
        column = self.columns.get(normal(header))
        return self.place if column is None else f"{self.sheet}!{column_letters(column)}{self.index + 1}"

    def complain(self, header: str, text: str) -> None:
        self.complaints.add(self.at(header), text)

    def is_blank(self, header: str) -> bool:
        value = self._value(header)
        return isinstance(value, str) and not value.strip()

    def line(self, header: str, *, required: bool = False) -> str:
        """Text on one line, repeated blanks as one; a number cell as its plain digits."""
        return " ".join(self.paragraph(header, required=required).split())

    def paragraph(self, header: str, *, required: bool = False) -> str:
        """Text that may have several lines."""
        value = self._value(header)
        if isinstance(value, str):
            if required and self._is_empty(header):
                self.complain(header, f"Kolom {header} masih kosong, mohon diisi.")
            return value.strip()
        if isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value):
            return f"{of_cell(value):f}"
        self.complain(header, f"Kolom {header} berisi tanggal atau tanda, mohon tulis sebagai teks.")
        return ""

    def digits(self, header: str) -> str:
        """A number that is a name, such as a NIP, with the blanks in it; a number cell keeps only its first digits."""
        value = self._value(header)
        if isinstance(value, int | float) and abs(value) >= 10**NUMBER_DIGITS:
            text = f"Angka terakhir {header} hilang karena selnya berformat angka, mohon ubah ke Teks dan tulis lagi."
            self.complain(header, text)
            return ""
        return self.line(header)

    def number(self, header: str, *, required: bool = False) -> Decimal | None:
        """An exact number; a percent cell as people see it (25 % is 25). None for a blank cell."""
        value = self._value(header)
        if isinstance(value, str) and not value.strip():
            if required and self._is_empty(header):
                self.complain(header, f"Kolom {header} masih kosong, mohon isi dengan angka.")
            return None
        number = self._number(header, value)
        return None if number is None else self._storable(header, number)

    def whole_number(self, header: str) -> Decimal | None:
        """A number without decimals, not below zero."""
        number = self.number(header)
        if number is not None and (number < 0 or number != number.to_integral_value()):
            self.complain(header, f"Kolom {header} mohon diisi dengan angka bulat, tanpa koma dan tanpa minus.")
            return None
        return number

    def sign(self, header: str, signs: Collection[str]) -> str:
        """One of the signs if the cell holds nothing else; otherwise nothing."""
        value = self._value(header)
        written = value.strip() if isinstance(value, str) else ""
        return written if written in signs else ""

    def choice(self, header: str, words: Words[T], default: D, *, required: bool = False) -> T | D:
        """The value of one of the words; `default` for a blank cell."""
        word = self.line(header, required=required)
        if not word:
            return default
        try:
            return words[word]
        except KeyError:
            self.complain(header, f'"{word}" tidak dikenal di kolom {header}, mohon isi dengan {listed(words)}.')
            return default

    def day(self, header: str, *, required: bool = False) -> date | None:
        """A date, from a date cell or written as 2022-03-29 or 29/03/2022."""
        moment = self.moment(header, required=required)
        return None if moment is None else moment.date()

    def moment(self, header: str, *, required: bool = False) -> datetime | None:
        """A date with its time, whole seconds, without a time zone."""
        value = self._value(header)
        if isinstance(value, str) and not value.strip() and not (required and self._is_empty(header)):
            return None
        moment = _moment_of(value)
        if moment is None or moment.year not in _YEARS:
            self.complain(header, f"Kolom {header} mohon diisi dengan tanggal, misalnya 29/03/2022.")
            return None
        return _whole_second(moment)

    def period(self, header: str, year: int) -> Period | None:
        """A period of `year`: `2022-03`, `Mar`, `TW I` or `2022`; a date cell on the first of a month is that month.

        Excel turns a typed 2022-03 into such a date. None, with a complaint, for anything else.
        """
        value = self._value(header)
        first_of_month = isinstance(value, date) and value.day == 1
        text = f"{value:%Y-%m}" if first_of_month else self.line(header, required=True)
        period = _period_of(text, year) if text else None
        if text and (period is None or period.year != year):
            self.complain(header, f'"{shortened(text)}" bukan periode tahun {year}, mohon tulis seperti {year}-01.')
            return None
        return period

    def _is_empty(self, header: str) -> bool:
        """Whether nothing stands in the cell at all; a formula or an error reads as blank but is something."""
        column = self.columns.get(normal(header))
        return column is not None and not _filled(self.index, column, self.cells, self.traits)

    def _value(self, header: str) -> Cell:
        column = self.columns.get(normal(header))
        if column is None:
            return ""
        trait = self.traits.get((self.index, column))
        if trait is Trait.FORMULA:
            self.complain(header, "Sel ini berisi rumus, mohon ganti dengan nilainya saja.")
            return ""
        if trait is Trait.ERROR:
            self.complain(header, "Sel ini berisi galat Excel, mohon ganti dengan nilai yang benar.")
            return ""
        return self.cells[column] if column < len(self.cells) else ""

    def _number(self, header: str, value: Cell) -> Decimal | None:
        if isinstance(value, bool):
            self.complain(header, f"Kolom {header} berisi BENAR/SALAH, mohon isi dengan angka.")
            return None
        if isinstance(value, int | float) and isfinite(value):
            percent = self.traits.get((self.index, self.columns[normal(header)])) is Trait.PERCENT
            return tidy(of_cell(value) * 100) if percent else of_cell(value)
        if isinstance(value, str):
            number = of_text(value.strip())
            if number is None:
                self.complain(header, f'"{shortened(value)}" bukan satu angka yang jelas, mohon isi dengan angka saja.')
            return number
        self.complain(header, f"Kolom {header} berisi tanggal, mohon ubah format sel ke Angka dan tulis angkanya.")
        return None

    def _storable(self, header: str, number: Decimal) -> Decimal | None:
        if is_too_large(number):
            self.complain(header, "Angka ini terlalu besar, mohon periksa jumlah nolnya.")
            return None
        if is_too_fine(number):
            self.complain(header, f"Angka ini mohon dibulatkan ke paling banyak {DECIMALS} angka di belakang koma.")
            return None
        return number


def complain_if_twice(row: Row, header: str, key: object, seen: dict[object, Row]) -> None:
    """Complain about a row whose key one before it had; `seen` remembers the first of each."""
    first = seen.setdefault(key, row)
    if first is not row:
        row.complain(header, f"Isinya sudah ada di {first.place}, mohon hapus salah satu baris.")


def column_letters(column: int) -> str:
    """`A` for 0, `AA` for 26."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def read_tables(path: Path, complaints: Complaints) -> dict[Sheet, list[Row]]:
    """The filled rows of every sheet of ours; absent optional sheets have none.

    Missing sheets, columns and doubled headers are complained about. Raises WorkbookRefused for a file that is no
    readable xlsx workbook.
    """
    grids, traits = open_workbook(path)
    tables: dict[Sheet, list[Row]] = {}
    for sheet in COLUMNS:
        if sheet in grids:
            tables[sheet] = _rows(sheet, grids[sheet], traits.get(sheet, {}), complaints)
        else:
            tables[sheet] = []
            if sheet in REQUIRED_SHEETS:
                text = f'Lembar "{sheet}" tidak ada, mohon tambahkan atau pakai contoh dari "renaksi template".'
                complaints.add(sheet, text)
    return tables


def _rows(sheet: Sheet, grid: list[list[Cell]], traits: Traits, complaints: Complaints) -> list[Row]:
    header = _header_row(sheet, grid)
    if header is None:
        headers = ", ".join(column.header for column in COLUMNS[sheet] if column.required)
        complaints.add(f"{sheet}!1", f"Baris judul kolom tidak ditemukan, mohon tulis judul: {headers}.")
        return []
    columns = _columns_of(sheet, header, grid[header], complaints)
    ours = columns.values()
    return [
        Row(sheet, index, cells, columns, traits, complaints)
        for index, cells in enumerate(grid)
        if index > header and any(_filled(index, column, cells, traits) for column in ours)
    ]


def _filled(index: int, column: int, cells: list[Cell], traits: Traits) -> bool:
    value = cells[column] if column < len(cells) else ""
    blank = isinstance(value, str) and not value.strip()
    return not blank or traits.get((index, column)) in (Trait.FORMULA, Trait.ERROR)


def _header_row(sheet: Sheet, grid: list[list[Cell]]) -> int | None:
    known = {normal(column.header) for column in COLUMNS[sheet]}
    for index, cells in enumerate(grid[:_HEADER_ROWS]):
        if len(known & {_header(cell) for cell in cells}) >= 2:
            return index
    return None


def _header(cell: Cell) -> str:
    word = normal(cell) if isinstance(cell, str) else ""
    return HEADER_ALIASES.get(word, word)


def _columns_of(sheet: Sheet, index: int, cells: list[Cell], complaints: Complaints) -> dict[str, int]:
    known = {normal(column.header) for column in COLUMNS[sheet]}
    columns: dict[str, int] = {}
    for column, cell in enumerate(cells):
        header = _header(cell)
        if header in columns:
            place = f"{sheet}!{column_letters(column)}{index + 1}"
            complaints.add(place, f'Judul kolom "{cell}" ada dua kali, mohon hapus salah satu.')
        elif header in known:
            columns[header] = column
    for column in COLUMNS[sheet]:
        if column.required and normal(column.header) not in columns:
            complaints.add(f"{sheet}!{index + 1}", f'Kolom "{column.header}" tidak ada, mohon tambahkan judulnya.')
    return columns


def _whole_second(moment: datetime) -> datetime:
    """A moment as it was typed: the day fractions of a workbook miss it by microseconds."""
    return (moment + timedelta(microseconds=500_000)).replace(microsecond=0)


def _moment_of(value: Cell) -> datetime | None:
    if isinstance(value, datetime):
        return value
    if isinstance(value, date):
        return datetime.combine(value, time())
    return _written_moment(value.strip()) if isinstance(value, str) else None


def _written_moment(text: str) -> datetime | None:
    for shape in ("%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%d", "%d/%m/%Y %H:%M", "%d/%m/%Y", "%d-%m-%Y"):
        try:
            return datetime.strptime(text, shape)  # noqa: DTZ007 - the zone is that of the office, added by the caller
        except ValueError:
            continue
    return None


def _period_of(text: str, year: int) -> Period | None:
    name = HEADER_ALIASES.get(normal(text), normal(text))
    for kind, names in ((PeriodKind.MONTH, MONTHS), (PeriodKind.QUARTER, QUARTERS)):
        for number, known in enumerate(names, 1):
            if name == normal(known):
                return Period(year, kind, number)
    try:
        return Period.parse(text)
    except ValueError:
        return None


def shortened(text: str) -> str:
    """Text quoted in a complaint: one line of at most 40 characters."""
    plain = " ".join(text.split())
    return plain if len(plain) <= 40 else f"{plain[:39]}…"
