"""A file as its tables and lines, before anybody says what they mean. Every kind of file is made into this.

Nothing is interpreted here: a cell is what a person sees in it, with what is odd about it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from bot.refused import Refused

KEPT_TEXTS = 4096
"""Texts of which an answer is remembered: a plan prints few different ones but names, and asks of each many times."""


class PlanRefused(Refused):
    """A file that cannot be read at all; the message is one sentence in Indonesian that says what to do."""


class Place(NamedTuple):
    """Where something stands: `line` of a text, else `sheet` and `row` (from 1) of the table `table` (from 1).

    `column` is the letter of a sheet's column, empty elsewhere.
    """

    line: int | None = None
    sheet: str = ""
    row: int | None = None
    table: int | None = None
    column: str = ""

    def as_json(self) -> dict[str, str | int]:
        """The form of design.md 6."""
        if self.line is not None:
            return {"line": self.line}
        return {key: value for key, value in (("sheet", self.sheet), ("row", self.row), ("table", self.table)) if value}

    def words(self) -> str:
        """For people: `baris 12`, `Renaksi!F12`, `tabel 2 baris 7`."""
        if self.line is not None:
            return f"baris {self.line}"
        if self.sheet:
            return f"{self.sheet}!{self.column}{self.row}" if self.row else self.sheet
        return f"tabel {self.table} baris {self.row}" if self.row else f"tabel {self.table}"


class Oddity(StrEnum):
    """What a file knows of a cell that keeps its number from being taken without asking."""

    ERROR = "error"
    """`#REF!`, `#DIV/0!` and their kind."""
    NO_RESULT = "formula without a result"
    DATE = "date"
    ROUNDED = "rounded"
    """The number format shows another number than is stored: 24.6 shown as 25, 0.5 as 1. `number` is the shown one."""
    FORMAT_UNKNOWN = "number format unknown"
    """The kind of file does not tell how the number is shown (xls, ods): ask where value and unit disagree."""


class Cell(NamedTuple):
    """One cell. `text` is what a person sees, tidied of blanks at its ends; empty for a blank one. `row` is the place
    of its row, of which thousands of cells share some hundreds, and `column` the letter of a sheet's column.

    `number` is the number that is shown, exactly, where the file stores one (a cell shown as 25% is 25, its text
    "25%"); None for text and in files without typed cells. `is_formula` is kept because a total is one. `rows` and
    `columns` say over how many a merged cell reaches; the others that it covers are blank and `covered`.
    """

    text: str
    row: Place
    number: Decimal | None = None
    oddity: Oddity | None = None
    is_formula: bool = False
    rows: int = 1
    columns: int = 1
    covered: bool = False
    is_bold: bool = False
    stored: Decimal | None = None
    """The number that the file holds behind a rounded one, in the same terms: 24.6 of a cell shown as 25."""
    column: str = ""

    @property
    def place(self) -> Place:
        """Where it stands."""
        return self.row._replace(column=self.column) if self.column else self.row


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table, as many cells as it prints."""

    cells: tuple[Cell, ...]
    place: Place
    texts: tuple[str, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "texts", tuple([cell.text for cell in self.cells]))


@dataclass(frozen=True)
class Table:
    """Rows that stand together: a sheet, a table of a document, a run of lines with tabs or pipes.

    Hidden rows and columns are not in it. `before` are the lines of text since the table before.
    """

    rows: tuple[Row, ...]
    place: Place
    before: tuple[str, ...] = ()


@dataclass(frozen=True)
class Ignored:
    """What was passed over, and why: one sentence in Indonesian."""

    place: Place
    why: str


@dataclass(frozen=True)
class Source:
    """A whole file. `lines` is its text outside the tables, in order, with places."""

    name: str
    tables: tuple[Table, ...]
    lines: Sequence[tuple[str, Place]] = ()
    ignored: tuple[Ignored, ...] = ()
    has_typed_cells: bool = field(default=False)
    """Whether its cells know their number (xlsx, xls, ods), unlike those of text, csv and docx."""
