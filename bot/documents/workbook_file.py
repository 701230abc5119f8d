"""Opening an xlsx file that somebody sent: the cells of our sheets, or a sentence that says why not.

Values come from calamine. What it does not tell (formulas, errors, percent formats) comes from openpyxl. The extent of
every sheet is measured first: calamine allocates a whole rectangle, and one slip far down and right ends the process.
"""

import re
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from enum import Enum, auto
from pathlib import Path
from typing import IO, TypeVar
from xml.etree.ElementTree import ParseError
from xml.parsers.expat import ExpatError, ParserCreate

from bot.documents.panics import panic_as
from bot.documents.workbook_layout import COLUMNS, Sheet, normal

K = TypeVar("K")
Cell = str | int | float | bool | date | datetime | time | timedelta
Grid = list[list[Cell]]
"""All cells of a sheet, row by row from A1."""

_LAST_ROW = 10_000
_LAST_COLUMN = 256
"""The column IV. What lies beyond these is no office workbook but a slip of the hand or worse."""
_UNPACKED_BYTES = 100_000_000
_CELLS = 200_000
"""Filled ones of all sheets: the indicators and the reports of three years have 40,000."""
_ELEMENTS = 1_500_000
"""Of all sheets, with the coloured blank cells: reading ten million would take half a minute."""
_OLE = b"\xd0\xcf\x11\xe0"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_CHARACTERS = 10_000_000
"""Of all cells and shared texts together."""
_LITERAL = re.compile(r'"[^"]*"|\\.')
"""The parts of a number format that are shown as they are."""
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError)
"""What a damaged part of a zip raises while it is read."""
_FILLED = frozenset({"v", "f", "is"})
"""Elements inside a cell that give it a value; a cell without them is only coloured."""


class WorkbookRefused(Exception):
    """The file cannot be read as a workbook at all; the message tells the person what to do."""


class Trait(Enum):
    """What a cell is beside its value."""

    FORMULA = auto()
    ERROR = auto()
    PERCENT = auto()


Traits = Mapping[tuple[int, int], Trait]
"""By row and column, both from 0."""


def open_workbook(path: Path) -> tuple[dict[Sheet, Grid], dict[Sheet, Traits]]:
    """The cells of every sheet of ours that the workbook has. Raises WorkbookRefused."""
    return open_sheets(path, _sheet_of)


def open_sheets(path: Path, wanted: Callable[[str], K | None]) -> tuple[dict[K, Grid], dict[K, Traits]]:
    """The cells of the sheets for whose name `wanted` gives a key, by that key. Raises WorkbookRefused."""
    _refuse_other_files(path)
    grids = _grids(path, wanted)
    return grids, _traits(path, grids, wanted)


def visible_sheets(path: Path) -> tuple[str, ...]:
    """The names of the sheets that people see on opening the file. Raises WorkbookRefused."""
    from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

    _refuse_other_files(path)
    try:
        with panic_as(_broken), CalamineWorkbook.from_path(path) as workbook:
            sheets = workbook.sheets_metadata
    except CalamineError as error:
        raise _broken() from error
    return tuple(sheet.name for sheet in sheets if sheet.visible == SheetVisibleEnum.Visible)


def _refuse_other_files(path: Path) -> None:
    try:
        start = path.read_bytes()
    except OSError as error:
        raise WorkbookRefused("Berkas tidak ditemukan atau tidak dapat dibuka, mohon periksa namanya.") from error
    if not start:
        raise WorkbookRefused("Berkas ini kosong (0 bita), mohon kirim berkas xlsx yang berisi.")
    if start.startswith(_OLE):
        if _ENCRYPTED in start:
            raise WorkbookRefused("Berkas ini dikunci kata sandi, mohon simpan ulang tanpa kata sandi.")
        raise WorkbookRefused("Berkas ini berformat Excel lama (.xls), mohon simpan sebagai Excel Workbook (.xlsx).")
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise WorkbookRefused("Ini bukan berkas xlsx yang utuh, mohon simpan ulang sebagai Excel (.xlsx).") from error
    if not any(entry.filename == "xl/workbook.xml" for entry in entries):
        raise WorkbookRefused("Ini bukan buku kerja Excel, mohon simpan sebagai Excel Workbook (.xlsx).")
    if sum(entry.file_size for entry in entries) > _UNPACKED_BYTES:
        raise _too_large()
    _refuse_endless_sheets(path)


def _refuse_endless_sheets(path: Path) -> None:
    extent = _Extent()
    try:
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                if name == "xl/sharedStrings.xml" or (name.startswith("xl/worksheets/") and name.endswith(".xml")):
                    with archive.open(name) as part:
                        extent.take(part)
    except (ExpatError, *_DAMAGED) as error:
        raise _broken() from error


class _Extent:
    """How far the cells of a workbook reach, and how much is in them. Refuses as soon as it is too much."""

    def __init__(self) -> None:
        self._cells = self._elements = self._characters = 0
        self._row = self._cell = ""

    def take(self, part: IO[bytes]) -> None:
        """Measure one part more."""
        self._row = self._cell = ""
        parser = ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.CharacterDataHandler = self._count
        parser.StartDoctypeDeclHandler = self._refuse_doctype
        parser.ParseFile(part)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        element = name.rpartition(":")[2]
        self._elements += 1
        if element == "row":
            self._row = attributes.get("r", "")
        elif element == "c":
            self._cell = attributes.get("r") or f"A{self._row}"
        elif element in _FILLED:
            self._cells += 1
            if _is_far(self._cell):
                raise WorkbookRefused(f"Ada isi di sel {self._cell}, terlalu jauh dari tabel, mohon hapus sel itu.")
        if self._cells > _CELLS or self._elements > _ELEMENTS:
            raise _too_large()

    def _count(self, text: str) -> None:
        self._characters += len(text)
        if self._characters > _CHARACTERS:
            raise _too_large()

    def _refuse_doctype(self, *_: object) -> None:
        raise _broken()


def _is_far(reference: str) -> bool:
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        return False
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(match[2]) > _LAST_ROW or column > _LAST_COLUMN


def _grids(path: Path, wanted: Callable[[str], K | None]) -> dict[K, Grid]:
    from python_calamine import CalamineError, CalamineWorkbook

    grids: dict[K, Grid] = {}
    try:
        with panic_as(_broken), CalamineWorkbook.from_path(path) as workbook:
            for name in workbook.sheet_names:
                ours = wanted(name)
                if ours is None:
                    continue
                grids[ours] = workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
    except CalamineError as error:
        raise _broken() from error
    return grids


def _traits(path: Path, grids: Mapping[K, Grid], wanted: Callable[[str], K | None]) -> dict[K, Traits]:
    from openpyxl import load_workbook

    traits: dict[K, Traits] = {}
    try:
        workbook = load_workbook(path, read_only=True)
        try:
            for worksheet in workbook.worksheets:
                ours = wanted(worksheet.title)
                if ours is not None and ours in grids:
                    rows = worksheet.iter_rows(max_row=max(1, len(grids[ours])))
                    traits[ours] = dict(_traits_of(rows))
        finally:
            workbook.close()
    # openpyxl has no error class of its own: these are what damaged parts raise in it
    except (ParseError, *_DAMAGED, LookupError, ValueError, TypeError, AttributeError, ArithmeticError) as error:
        raise _broken() from error
    return traits


def _traits_of(rows: Iterable[tuple[object, ...]]) -> Iterator[tuple[tuple[int, int], Trait]]:
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            trait = _trait(getattr(cell, "data_type", "n"), getattr(cell, "number_format", None))
            if trait is not None:
                yield (row, column), trait


def _trait(data_type: str, number_format: str | None) -> Trait | None:
    match data_type:
        case "f":
            return Trait.FORMULA
        case "e":
            return Trait.ERROR
        case "n" if number_format and "%" in _LITERAL.sub("", number_format):
            return Trait.PERCENT
        case _:
            return None


def _sheet_of(name: str) -> Sheet | None:
    return next((sheet for sheet in COLUMNS if normal(sheet) == normal(name)), None)


def _broken() -> WorkbookRefused:
    return WorkbookRefused("Berkas ini rusak, mohon buka di Excel lalu simpan ulang sebagai .xlsx.")


def _too_large() -> WorkbookRefused:
    return WorkbookRefused("Isi berkas ini terlalu besar, mohon hapus lembar yang bukan milik Renaksi.")
