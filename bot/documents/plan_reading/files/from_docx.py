"""A document of Word since 2007: its tables in order, and the paragraphs between them.

Read as a stream of its one main part: headers, footnotes, text boxes, deleted and hidden text are passed over, and
nothing outside is followed. A table within a cell becomes text of that cell where the row has something else, else a
table of its own: many offices put a whole plan into a frame of one cell.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.documents.plan_reading.files.limits import COLUMNS, LONGEST_CELL, Allowance, too_long
from bot.documents.plan_reading.files.package import Package, too_much_inside
from bot.documents.plan_reading.files.tidying import tidied
from bot.documents.plan_reading.source import Cell, Place, PlanRefused, Row, Source, Table

_PASSED_OVER = frozenset({"txbxContent", "delText", "moveFrom", "instrText", "Fallback", "sectPr", "pPrChange"})
"""Elements whose content is not seen in the text: boxes that float, what was struck out, the insides of fields."""
_DEEPEST = 8
"""Tables within tables."""
_SWITCHED_OFF = frozenset({"0", "false", "off", "none"})
_HARMLESS = frozenset({"hyperlink"})
_FAR = ("http:", "https:", "ftp:", "file://", "\\\\")


def read_docx(package: Package, main: str, name: str) -> Source:
    """The tables and paragraphs of the document whose main part is `main`. Raises PlanRefused."""
    if any(
        one.is_external and one.kind not in _HARMLESS and _is_far(one.target) for one in package.all_relationships()
    ):
        raise _linked()
    gathered = _Gathered()
    package.walk(main, gathered.started, gathered.ended, gathered.said)
    return gathered.as_source(name)


def _is_far(target: str) -> bool:
    """Whether an address leads to another machine; a template on the writer's own disk is nothing to refuse."""
    lowered = target.lower()
    return lowered.startswith(_FAR) and not lowered.startswith("file:///")


def _linked() -> PlanRefused:
    return PlanRefused(
        "Berkas ini memuat gambar atau templat dari luar, mohon salin tabel rencana aksinya ke dokumen baru."
    )


@dataclass
class _CellRead:
    """A cell while it is read. `own` is its text, `nested` that of tables within it."""

    own: list[str] = field(default_factory=list[str])
    nested: list[str] = field(default_factory=list[str])
    columns: int = 1
    is_begun_above: bool = False
    strong: int = 0
    weak: int = 0


@dataclass
class _RowRead:
    cells: list[_CellRead] = field(default_factory=list[_CellRead])
    before: int = 0
    nested: list["_TableRead"] = field(default_factory=list["_TableRead"])

    @property
    def width(self) -> int:
        return self.before + sum(cell.columns for cell in self.cells)


@dataclass
class _TableRead:
    before: tuple[str, ...] = ()
    rows: list[_RowRead] = field(default_factory=list[_RowRead])


class _Gathered:
    """The state of the pass."""

    def __init__(self) -> None:
        self._allowance = Allowance()
        self._tables: list[Table] = []
        self._lines: list[tuple[str, Place]] = []
        self._before: list[str] = []
        self._open: list[_TableRead] = []
        self._pieces: list[str] = []
        self._length = 0
        self._passing = 0
        self._in_text = self._is_bold = self._is_hidden = self._in_run_style = False
        self._strong = self._weak = 0

    def started(self, tag: str, attributes: Mapping[str, str]) -> None:
        if self._passing or tag in _PASSED_OVER:
            self._passing += 1
            return
        match tag:
            case "tbl":
                self._begin_table()
            case "tr":
                self._open[-1].rows.append(_RowRead())
            case "tc":
                self._begin_cell()
            case "gridSpan":
                self._cell().columns = _count(attributes)
            case "gridBefore":
                self._open[-1].rows[-1].before = _count(attributes)
            case "vMerge":
                self._cell().is_begun_above = _value(attributes) != "restart"
            case "p":
                self._pieces, self._length, self._strong, self._weak = [], 0, 0, 0
            case "r":
                self._is_bold = self._is_hidden = False
            case "rPr":
                self._in_run_style = True
            case "b" if self._in_run_style:
                self._is_bold = _value(attributes) not in _SWITCHED_OFF
            case "vanish" if self._in_run_style:
                self._is_hidden = _value(attributes) not in _SWITCHED_OFF
            case "t":
                self._in_text = not self._is_hidden
            case "tab" | "br" | "cr":
                self._pieces.append(" ")
            case "noBreakHyphen":
                self._pieces.append("-")
            case _:
                pass

    def said(self, text: str) -> None:
        if not self._in_text or self._passing:
            return
        self._pieces.append(text)
        self._length += len(text)
        if self._length > LONGEST_CELL:
            raise too_long()
        if self._is_bold:
            self._strong += len(text)
        else:
            self._weak += len(text)

    def ended(self, tag: str) -> None:
        if self._passing:
            self._passing -= 1
            return
        match tag:
            case "t":
                self._in_text = False
            case "rPr":
                self._in_run_style = False
            case "p":
                self._end_paragraph()
            case "tr":
                self._allowance.take_row(self._open[-1].rows[-1].width)
            case "tbl":
                self._end_table()
            case _:
                pass

    def as_source(self, name: str) -> Source:
        return Source(name, tuple(self._tables), tuple(self._lines))

    def _cell(self) -> _CellRead:
        """The cell that is being read; a mark outside any cell is none's."""
        rows = self._open[-1].rows if self._open else []
        return rows[-1].cells[-1] if rows and rows[-1].cells else _CellRead()

    def _begin_table(self) -> None:
        if len(self._open) == _DEEPEST:
            raise too_much_inside()
        before = tuple(self._before)
        self._before = []
        self._open.append(_TableRead(before))

    def _begin_cell(self) -> None:
        cells = self._open[-1].rows[-1].cells
        if len(cells) == COLUMNS:
            raise too_much_inside()
        cells.append(_CellRead())

    def _end_paragraph(self) -> None:
        text = tidied("".join(self._pieces))
        self._pieces = []
        if not text:
            return
        self._allowance.take_text(text)
        if self._open:
            cell = self._cell()
            cell.own.append(text)
            cell.strong += self._strong
            cell.weak += self._weak
        else:
            self._allowance.take_row(0)
            self._lines.append((text, Place(table=len(self._tables) + 1)))
            self._before.append(text)

    def _end_table(self) -> None:
        table = self._open.pop()
        if not self._open:
            self._emit(table)
            return
        row = self._open[-1].rows[-1]
        row.nested.append(table)
        self._cell().nested.append(_flat(table))

    def _emit(self, table: _TableRead) -> None:
        """Make tables of one; a row that holds nothing but a table is that table, and parts what is around it."""
        rows: list[_RowRead] = []
        before = table.before
        for row in table.rows:
            if row.nested and not any(cell.own for cell in row.cells):
                self._finish(rows, before)
                rows, before = [], ()
                for nested in row.nested:
                    self._emit(nested)
            else:
                rows.append(row)
        self._finish(rows, before)

    def _finish(self, rows: list[_RowRead], before: tuple[str, ...]) -> None:
        if not any(cell.own or cell.nested for row in rows for cell in row.cells):
            return
        place = Place(table=len(self._tables) + 1)
        self._tables.append(Table(_laid(rows, len(self._tables) + 1), place, before))


def _flat(table: _TableRead) -> str:
    """A table as the text of the cell around it, row by row."""
    return " ".join(text for row in table.rows for cell in row.cells for text in (*cell.own, *cell.nested))


def _laid(rows: list[_RowRead], table: int) -> tuple[Row, ...]:
    """Every cell at its column, with how far it reaches. From below, so that a cell knows those that continue it."""
    made: list[Row] = []
    below: dict[int, int] = {}
    for number in range(len(rows), 0, -1):
        place = Place(row=number, table=table)
        cells: list[Cell] = [Cell("", place)] * rows[number - 1].before
        continuing: dict[int, int] = {}
        for cell in rows[number - 1].cells:
            at = len(cells)
            if cell.is_begun_above:
                continuing[at] = below.get(at, 0) + 1
            cells.extend(_cells(cell, place, below.get(at, 0) + 1))
        below = continuing
        made.append(Row(tuple(cells), place))
    return tuple(reversed(made))


def _cells(read: _CellRead, place: Place, rows: int) -> list[Cell]:
    covered = Cell("", place, covered=True)
    if read.is_begun_above:
        return [covered] * read.columns
    text = " ".join((*read.own, *read.nested))
    first = Cell(text, place, rows=rows, columns=read.columns, is_bold=read.strong > read.weak)
    return [first, *[covered] * (read.columns - 1)]


def _value(attributes: Mapping[str, str]) -> str:
    return next((value for key, value in attributes.items() if key.rpartition(":")[2] == "val"), "")


def _count(attributes: Mapping[str, str]) -> int:
    """How many columns, never more than are refused."""
    value = _value(attributes)
    return min(max(1, int(value)), COLUMNS + 1) if value.isascii() and value.isdigit() else 1
