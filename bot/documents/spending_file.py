"""Reading what was spent of the budget from a workbook as offices keep it: the columns are found by their headings.

Nothing is guessed: a cell that is no plain figure becomes a complaint that names it, and its row is not taken.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from math import isfinite
from pathlib import Path

from bot.documents.numbers_in_cells import is_too_fine, is_too_large, of_cell, of_text, tidy
from bot.documents.workbook_cells import column_letters, shortened
from bot.documents.workbook_file import Cell, Grid, Trait, Traits, WorkbookRefused, open_sheets, visible_sheets
from handlers.money import ReadSpending
from handlers.money.sitting import Complaint, FileRow

_HEADER_ROWS = 20
"""A letterhead and a title may stand above the headings, but not more than this many rows."""
_NO_TABLE = "Tabel dengan judul kolom Kode dan Realisasi tidak ditemukan di berkas itu."
_SEVERAL_COLUMNS = "Ada beberapa kolom realisasi di lembar {}, mohon sisakan satu: realisasi keuangan s/d bulan itu."
_MONTHS = ("jan", "feb", "mar", "apr", "mei", "jun", "jul", "agu", "sep", "okt", "nov", "des")
_OTHER_MONTHS = {"peb": "feb", "ags": "agu", "agt": "agu", "nop": "nov"}
_MONTH = re.compile(
    r"\b(jan(?:uari)?|[fp]eb(?:ruari)?|mar(?:et)?|apr(?:il)?|mei|juni?|juli?|agus(?:tus)?|ags|agt|sept?(?:ember)?"
    r"|okt(?:ober)?|no[vp](?:ember)?|des(?:ember)?)\b(?:\s+(20\d\d))?"
)
_TO_DATE = re.compile(r"s ?/ ?d\b|\bs\.? ?d\.?\b|sampai dengan")
_THIS_MONTH_ONLY = re.compile(r"\bbulan ini\b")
_BEFORE = re.compile(r"\blalu\b|sebelumnya")
_SHARE = re.compile(r"%|persen|prosentase|capaian")
_OTHER_MONEY = re.compile(r"pagu|anggaran|rencana|target|\b(?:sko|spd|spp|spm|sp2d|spj|rak)\b")
"""What else stands below "Keuangan" in the forms of domain.md 4.6."""
_NOT_BUILT = re.compile(r"rencana|target|bobot|tertimbang|deviasi")
_CODE = re.compile(
    r"(?:kode|no\.?|nomor)(?: sub| program| dan| kegiatan| /)* ?(?:rekening|rek\.?|kegiatan)?|rekening|kode\b.*"
)


def read_spending(path: Path) -> ReadSpending:
    """Everything that the workbook says of what was spent; a sentence where it says nothing of it.

    Only sheets that people see are read; the first with the headings holds, and a second one is complained about.
    """
    try:
        shown = frozenset(visible_sheets(path))
        grids, traits = open_sheets(path, lambda name: name if name in shown else None)
    except WorkbookRefused as refusal:
        return ReadSpending(refused=str(refusal))
    tables = [found for name, grid in grids.items() if (found := _table(name, grid, traits.get(name, {}))) is not None]
    if not tables:
        return ReadSpending(refused=_NO_TABLE)
    if len(tables[0].columns.spent) > 1:
        return ReadSpending(refused=_SEVERAL_COLUMNS.format(tables[0].name))
    return _read(tables[0], [table.name for table in tables[1:]])


# --- where the table is -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Columns:
    """Columns from 0. `spent` are those that may hold what was spent s/d: one, unless the headings leave it open."""

    code: int
    spent: tuple[int, ...]
    physical: int | None


@dataclass(frozen=True)
class _Table:
    """A sheet with its table: `first` is the row below the headings, `above` what stands in and above them."""

    name: str
    grid: Grid
    traits: Traits
    columns: _Columns
    first: int
    above: str


def _table(name: str, grid: Grid, traits: Traits) -> _Table | None:
    for index in range(min(len(grid), _HEADER_ROWS)):
        depth = 2 if index + 1 < len(grid) and _goes_on(grid[index], grid[index + 1]) else 1
        headings = _headings(grid, index, depth)
        columns = _columns(headings)
        if columns is not None:
            above = " ".join(_words(cell) for row in grid[:index] for cell in row)
            return _Table(name, grid, traits, columns, index + depth, f"{above} {headings[columns.spent[0]]}")
    return None


def _goes_on(top: Sequence[Cell], below: Sequence[Cell]) -> bool:
    """Whether the row below a heading divides its columns: words only, and none below the code."""
    code = next((at for at, cell in enumerate(top) if _CODE.fullmatch(_words(cell) or "-")), None)
    if code is None:
        return False
    filled = [at for at, cell in enumerate(below) if cell not in ("", None)]
    return bool(filled) and code not in filled and all(_words(below[at]) for at in filled)


def _headings(grid: Grid, index: int, depth: int) -> list[str]:
    """The headings in a row, or in two: what stands over several columns belongs to each of them."""
    top = [_words(cell) for cell in grid[index]]
    if depth == 1:
        return top
    below = [_words(cell) for cell in grid[index + 1]]
    return [f"{over} {under}".strip() for over, under in zip(_spread(top, below), below, strict=False)]


def _spread(top: Sequence[str], below: Sequence[str]) -> Iterator[str]:
    """Each heading, and over a blank the one to its left, where something stands below."""
    last = ""
    for over, under in zip(top, below, strict=False):
        last = over or (last if under else "")
        yield last


def _words(cell: Cell) -> str:
    return " ".join(cell.lower().split()) if isinstance(cell, str) else ""


def _columns(headings: Sequence[str]) -> _Columns | None:
    code = next((at for at, words in enumerate(headings) if words and _CODE.fullmatch(words)), None)
    spent = [at for at, words in enumerate(headings) if _is_spent(words)]
    if code is None or not spent:
        return None
    physical = [at for at, words in enumerate(headings) if "fisik" in words and not _NOT_BUILT.search(words)]
    to_date = [at for at in physical if _is_to_date(headings[at])]
    return _Columns(code, _narrowed(spent, headings), next(iter((*to_date, *physical)), None))


def _is_spent(words: str) -> bool:
    named = "realisasi" in words or (words.startswith("keuangan") and not _OTHER_MONEY.search(words))
    return (
        named
        and "fisik" not in words
        and "sisa" not in words
        and not _SHARE.search(words)
        and not _BEFORE.search(words)
    )


def _is_to_date(words: str) -> bool:
    return bool(_TO_DATE.search(words)) and not _BEFORE.search(words)


def _narrowed(found: Sequence[int], headings: Sequence[str]) -> tuple[int, ...]:
    """Those that are said to be s/d, else those that are not said to be of this month only."""
    to_date = tuple(at for at in found if _is_to_date(headings[at]))
    return to_date or tuple(at for at in found if not _THIS_MONTH_ONLY.search(headings[at])) or tuple(found)


# --- what it says -------------------------------------------------------------------------------------------------


def _read(table: _Table, others: Sequence[str]) -> ReadSpending:
    reader = _Reader(table)
    rows = tuple(reader.rows())
    more = [Complaint(place=name, text="Lembar ini juga berisi realisasi dan tidak dibaca.") for name in others]
    month, year = _month(f"{table.above} {table.name.lower()}")
    return ReadSpending(month=month, year=year, rows=rows, complaints=(*reader.complaints, *more))


def _month(words: str) -> tuple[int | None, int | None]:
    """The month that headings or the name of the sheet name; none where there is none or where there are several."""
    found = {(_number(match[1]), match[2]) for match in _MONTH.finditer(words)}
    months = {number for number, _year in found}
    years = {int(year) for _number_of, year in found if year}
    if len(months) != 1:
        return None, None
    return months.pop(), years.pop() if len(years) == 1 else None


def _number(word: str) -> int:
    return _MONTHS.index(_OTHER_MONTHS.get(word[:3], word[:3])) + 1


@dataclass
class _Reader:
    """Reads the rows of a table; what cannot be taken is put on `complaints`."""

    table: _Table
    complaints: list[Complaint] = field(default_factory=list[Complaint])

    def rows(self) -> Iterator[FileRow]:
        """The rows with a code and a figure that can be taken; a row with a complaint is left out whole."""
        for index in range(self.table.first, len(self.table.grid)):
            row = self._row(index)
            if row is not None:
                yield row

    def _row(self, index: int) -> FileRow | None:
        columns = self.table.columns
        code, spent_column = self._code(index), columns.spent[0]
        if not code or not self._is_filled(index, spent_column, columns.physical):
            return None
        before = len(self.complaints)
        spent = self._figure(index, spent_column, rupiah=True)
        physical = None if columns.physical is None else self._figure(index, columns.physical, rupiah=False)
        if len(self.complaints) > before:
            return None
        return FileRow(
            code=code,
            spent=spent,
            physical=physical,
            code_at=self._place(index, columns.code),
            spent_at=self._place(index, spent_column),
            physical_at="" if columns.physical is None else self._place(index, columns.physical),
        )

    def _code(self, index: int) -> str:
        """The code of a row; a row of column numbers below the headings ("1 2 3") has none."""
        cell = self._cell(index, self.table.columns.code)
        if isinstance(cell, bool) or not isinstance(cell, str | int | float):
            return ""
        if isinstance(cell, str):
            return "".join(cell.split())
        return f"{of_cell(cell):f}" if isfinite(cell) and not self._counts_columns(index) else ""

    def _counts_columns(self, index: int) -> bool:
        """Whether a row only numbers the columns."""
        filled = [cell for cell in self.table.grid[index] if cell not in ("", None)]
        numbers = [cell for cell in filled if isinstance(cell, int | float) and not isinstance(cell, bool)]
        return numbers == [float(at) for at in range(1, len(filled) + 1)]

    def _is_filled(self, index: int, *columns: int | None) -> bool:
        return any(
            self._cell(index, column) not in ("", None) or self._trait(index, column) in (Trait.ERROR, Trait.FORMULA)
            for column in columns
            if column is not None
        )

    def _figure(self, index: int, column: int, *, rupiah: bool) -> Decimal | None:
        """A figure that can be taken, None for a blank cell and for one that is complained about."""
        cell, trait = self._cell(index, column), self._trait(index, column)
        if trait is Trait.ERROR:
            return self._complain(index, column, "Sel ini berisi galat Excel.")
        if isinstance(cell, str) and not cell.strip():
            if trait is Trait.FORMULA:
                return self._complain(index, column, "Sel ini berisi rumus tanpa nilai.")
            return None
        number = self._number(cell, trait, rupiah=rupiah)
        if isinstance(number, str):
            return self._complain(index, column, number)
        problem = _problem(number, rupiah=rupiah)
        return self._complain(index, column, problem) if problem else number

    def _number(self, cell: Cell, trait: Trait | None, *, rupiah: bool) -> Decimal | str:
        """The number of a cell, else why there is none."""
        if isinstance(cell, str):
            written = cell.strip().removesuffix(",-").strip()
            sign = re.compile(r"^rp\.?\s*", re.IGNORECASE) if rupiah else re.compile(r"\s*%$")
            number = of_text(sign.sub("", written))
            return f'"{shortened(cell)}" bukan satu angka yang jelas.' if number is None else number
        if isinstance(cell, bool) or not isinstance(cell, int | float) or not isfinite(cell):
            return "Sel ini tidak berisi angka."
        if trait is not Trait.PERCENT:
            return of_cell(cell)
        return "Sel ini persen, sedangkan yang diminta rupiah." if rupiah else tidy(of_cell(cell) * 100)

    def _complain(self, index: int, column: int, text: str) -> None:
        self.complaints.append(Complaint(place=self._place(index, column), text=text, code=self._code(index)))

    def _place(self, index: int, column: int) -> str:
        return f"{self.table.name}!{column_letters(column)}{index + 1}"

    def _cell(self, index: int, column: int) -> Cell:
        row = self.table.grid[index]
        return row[column] if column < len(row) else ""

    def _trait(self, index: int, column: int) -> Trait | None:
        return self.table.traits.get((index, column))


def _problem(number: Decimal, *, rupiah: bool) -> str:
    """Why a number cannot be what the column holds; empty where it can."""
    if number < 0:
        return "Angka ini kurang dari nol."
    if is_too_large(number) or is_too_fine(number):
        return "Angka ini terlalu panjang, mohon bulatkan."
    if not rupiah and 0 < number < 1:
        return f"Tertulis {number:f}; mohon tulis persen, misalnya 60 untuk 60%.".replace(".", ",", 1)
    return ""
