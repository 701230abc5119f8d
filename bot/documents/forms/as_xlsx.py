"""A form as a spreadsheet: real numbers, formulas where an officer would check them, ready to be printed."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC
from decimal import Decimal
from typing import TYPE_CHECKING, Any, cast

from bot.documents.forms.column_widths import need_in_characters, shared_out
from bot.documents.forms.paper import (
    REFERENCE,
    CellKind,
    FootLine,
    Heading,
    Line,
    Paper,
    Signer,
    Value,
    formula_of,
    head_of,
    with_widths,
)
from bot.documents.forms.qr import qr_png
from bot.documents.forms.wording import decimals, marks, name_of, printable, provenance, rank_and_number, settled
from bot.documents.workbook_appearance import HIGHEST
from bot.documents.workbook_appearance import lines_of as lines_of_characters

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

_PAPER_FOLIO = 14
"""8.5 x 13 inches, which offices call F4 and print their forms on."""
_MARGINS = {"left": 0.4, "right": 0.4, "top": 0.5, "bottom": 0.6}
"""Inches."""
_QR_PIXELS = 84
"""About 2.2 cm on paper: a phone reads it at arm's length."""
_PIXELS_A_CHARACTER = 7
_FONT = {"font_name": "Arial", "font_size": 9, "valign": "top"}
_SHEETS_NAME = 31
"""Characters that the name of a sheet may have."""
_FOOTER = 255
"""Characters that a footer may have."""
_WHOLE, _PERCENT = "[$-421]#,##0", '[$-421]#,##0.00"%"'
_FREE = "_-"
"""Room at the right of a number, as wide as a hyphen."""
_LABEL = 26
"""Characters of room for a label left of its text."""
_BESIDE_THE_SQUARE = 24
"""Characters that words over the whole width leave to the square, on both sides."""
_LEGIBLE = 230
"""Characters of the width of all columns at which a page of F4 across still shows type of 6 points."""
_BESIDE_WORDS = 2
"""Characters of room that a cell takes beside its words."""
_CAPITAL = 0.3
"""By how much a capital is wider than other letters."""
_SMALLER = 1.3
"""How many letters of the form's font fit where a column's width counts one."""
_LINE, _PADDING = 12, 3
"""Points of a line of text, and of a row beyond its lines."""


def as_xlsx(paper: Paper) -> bytes:
    """The paper as one sheet. The same paper gives the same bytes."""
    from xlsxwriter import Workbook

    buffer = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with Workbook(buffer, options) as book:
        book.set_properties(
            {
                "title": " ".join(paper.title),
                "comments": provenance(paper),
                "created": paper.stamp.made_at.astimezone(UTC).replace(tzinfo=None),
            }
        )
        _Sheet(book, book.add_worksheet(paper.name[:_SHEETS_NAME].capitalize()), _narrowed(paper)).write()
    return buffer.getvalue()


def _narrowed(paper: Paper) -> Paper:
    """The paper with columns that are still legible on one page's width, where that breaks no word and no number."""
    wide = sum(column.width for column in paper.columns)
    needs = [need_in_characters(paper, column, _BESIDE_WORDS) for column in paper.columns]
    most = _LEGIBLE if paper.landscape else _LEGIBLE * 2 // 3
    if wide <= most or sum(need.least for need in needs) > most:
        return paper
    return with_widths(paper, [int(width) for width in shared_out(needs, most)])


@dataclass
class _Sheet:
    """A paper on its way into a worksheet, from top to bottom; `row` is the next free one."""

    book: "Workbook"
    page: "Worksheet"
    paper: Paper
    row: int = 0
    _formats: dict[tuple[tuple[str, Any], ...], "Format"] = field(default_factory=dict[Any, Any])
    _by_key: dict[str, int] = field(default_factory=dict[str, int])
    """Rows of the lines that formulas name."""

    def write(self) -> None:
        columns = self.paper.columns
        for place, column in enumerate(columns):
            self.page.set_column(place, place, column.width, self._format())
        self._title()
        self._facts()
        head = self.row
        self._head()
        self._set_up_print(head)
        self._table()
        for one in self.paper.foot:
            self._foot(one)
        self._signatures()
        self._words(0, self._last, provenance(self.paper), {"italic": True, "font_size": 8})

    # --- above the table ----------------------------------------------------------------------------------------------

    def _title(self) -> None:
        """The title in the middle, with the square of the stamp at the right."""
        self.page.insert_image(0, self._left_of_the_square(), "periksa.png", self._square() | {"object_position": 1})
        for words in self.paper.title:
            self._words(
                0, self._last, words, {"bold": True, "font_size": 11, "align": "center"}, room=-_BESIDE_THE_SQUARE
            )
        if limits := marks(self.paper):
            self._words(0, self._last, limits, {"bold": True, "align": "center"}, room=-_BESIDE_THE_SQUARE)
        self.row = max(self.row, 3)

    def _square(self) -> dict[str, Any]:
        png = qr_png(self.paper.stamp, scale=4)
        scale = _QR_PIXELS / _png_width(png)
        return {
            "image_data": io.BytesIO(png),
            "x_scale": scale,
            "y_scale": scale,
            "description": f"Kode QR: periksa {self.paper.stamp.number}",
        }

    def _left_of_the_square(self) -> int:
        """The first of the last columns that are together as wide as it."""
        room = 0
        for place in range(self._last, 0, -1):
            room += self.paper.columns[place].width * _PIXELS_A_CHARACTER
            if room >= _QR_PIXELS:
                return place
        return 0

    def _facts(self) -> None:
        for name, value in self.paper.facts:
            self._words(0, self._last, f"{name}: {value}", {}, room=-_BESIDE_THE_SQUARE)
        self.row += 1

    def _columns_for(self, characters: int) -> int:
        """The last of the first columns that have room for so many characters, with one left for what follows."""
        room = 0
        for place, column in enumerate(self.paper.columns[:-2]):
            room += column.width
            if room >= characters:
                return place
        return max(0, len(self.paper.columns) - 2)

    # --- the table ----------------------------------------------------------------------------------------------------

    def _head(self) -> None:
        columns = self.paper.columns
        heights = [1] * self.paper.head_rows
        for cell in head_of(self.paper):
            look = {"bold": True, "align": "center", "valign": "vcenter", "border": 1, "bg_color": "#E7E6E6"}
            if cell.is_number:
                look |= {"bold": False, "font_size": 8}
            self._block(self.row + cell.top, cell.left, self.row + cell.bottom, cell.right, cell.words, look)
            width = sum(column.width for column in columns[cell.left : cell.right + 1])
            needed = _lines(cell.words, width - 1) - (cell.bottom - cell.top)
            heights[cell.bottom] = max(heights[cell.bottom], needed)
        for lines in heights:
            self.page.set_row(self.row, _height(lines))
            self.row += 1

    def _table(self) -> None:
        rows = self.paper.rows
        self._by_key = {line.key: self.row + place for place, line in enumerate(rows) if line.key}
        for line in rows:
            if line.across:
                look = {"bold": True, "border": 1, "align": "left", "indent": line.indent, "bg_color": "#F5F5F5"}
                self._words(0, self._last, line.across, look)
                continue
            self._line(line)

    def _line(self, line: Line) -> None:
        height = 1
        for place, column in enumerate(self.paper.columns):
            value = line.cells.get(column.key)
            self._cell(line, place, column, value)
            if isinstance(value, str):
                indent = 2 * line.indent if column.indents else 0
                height = max(height, _lines(value, column.width - 1 - indent))
        self.page.set_row(self.row, _height(height))
        self.row += 1

    def _cell(self, line: Line, place: int, column: Heading, value: Value) -> None:
        look = _look(column, line, value)
        if not isinstance(value, Decimal):
            self._text(self.row, place, value or "", look)
            return
        number = float(value)
        formula = formula_of(self.paper, line, column.key)
        if formula is None:
            self.page.write_number(self.row, place, number, self._format(**look))
        else:
            words = f"={self._resolved(formula)}"
            cached = cast("int", number)  # the untyped package shows its default of 0, and takes any number
            self.page.write_formula(self.row, place, words, self._format(**look), cached)

    def _resolved(self, formula: str) -> str:
        """The formula with the addresses of the cells it names."""
        from xlsxwriter.utility import xl_rowcol_to_cell

        places = {column.key: place for place, column in enumerate(self.paper.columns)}
        return REFERENCE.sub(
            lambda found: xl_rowcol_to_cell(self._by_key[found[2]] if found[2] else self.row, places[found[1]]),
            formula,
        )

    # --- below the table ----------------------------------------------------------------------------------------------

    def _foot(self, line: FootLine) -> None:
        label = self._columns_for(_LABEL)
        if line is self.paper.foot[0]:
            self.row += 1
        text = line.text if line.text or line.ruled else "-"
        width = sum(column.width for column in self.paper.columns[: label + 1])
        lines = _lines(line.label, width)
        self._block(self.row, 0, self.row, label, line.label, {"bold": True})
        for place in range(max(1, line.ruled if not line.text else 1)):
            ruled = {} if line.text else {"bottom": 4}
            self._words(label + 1, self._last, text if place == 0 and line.text else "", ruled, at_least=lines)
            lines = 1

    def _signatures(self) -> None:
        """The signers side by side, the last one at the right below the dateline."""
        signers = self.paper.signers
        if not signers:
            return
        blocks = _split(self.paper.columns, max(2, len(signers)))[-len(signers) :]
        self.row += 1
        if self.paper.dateline:
            self._words(*blocks[-1], self.paper.dateline, {"align": "center"})
        for row in zip(*(_signature(signer) for signer in signers), strict=True):
            height = 1
            for (left, right), (words, look) in zip(blocks, row, strict=True):
                self._block(self.row, left, self.row, right, words, look | {"align": "center"})
                width = sum(column.width for column in self.paper.columns[left : right + 1])
                height = max(height, _lines(words, width))
            self.page.set_row(self.row, _height(height))
            self.row += 1
        self.row += 1

    # --- cells --------------------------------------------------------------------------------------------------------

    @property
    def _last(self) -> int:
        return len(self.paper.columns) - 1

    def _words(
        self, left: int, right: int, words: str, look: dict[str, Any], *,
        room: int = 0, at_least: int = 1, advance: bool = True,
    ) -> None:  # fmt: skip
        """Words over some columns of the present row, which is made as high as they need; `room` in characters more
        or less than the columns have."""
        width = sum(column.width for column in self.paper.columns[left : right + 1]) + room
        self._block(self.row, left, self.row, right, words, look)
        if advance:
            self.page.set_row(self.row, _height(max(at_least, _lines(words, width - 1))))
            self.row += 1

    def _block(self, top: int, left: int, bottom: int, right: int, words: str, look: dict[str, Any]) -> None:
        """Words in one cell or in several merged ones, never a formula."""
        if (top, left) != (bottom, right):
            self.page.merge_range(top, left, bottom, right, "", self._format(**look))
        self._text(top, left, words, look)

    def _text(self, row: int, column: int, words: str, look: dict[str, Any]) -> None:
        if words:
            self.page.write_string(row, column, printable(words), self._format(**look))
        else:
            self.page.write_blank(row, column, None, self._format(**look))

    def _format(self, **look: Any) -> "Format":
        whole = _FONT | {"text_wrap": True} | look
        key = tuple(sorted(whole.items()))
        if key not in self._formats:
            self._formats[key] = self.book.add_format(whole)
        return self._formats[key]

    # --- print --------------------------------------------------------------------------------------------------------

    def _set_up_print(self, head: int) -> None:
        """As wide as a page of F4, the head of the table and the number of the page on each."""
        page = self.page
        if self.paper.landscape:
            page.set_landscape()
        page.set_paper(_PAPER_FOLIO)
        page.fit_to_pages(1, 0)
        page.set_margins(**_MARGINS)
        page.repeat_rows(head, self.row - 1)
        page.freeze_panes(self.row, 0)
        page.hide_gridlines(2)
        stamp = provenance(self.paper).replace("&", "&&")
        end = "&RHalaman &P dari &N"
        page.set_footer(f"&L&8{stamp[: _FOOTER - len(end) - 4]}{end}")


def _look(column: Heading, line: Line, value: Value) -> dict[str, Any]:
    """How a cell of the table looks."""
    look: dict[str, Any] = {"border": 1}
    if line.strong:
        look |= {"bold": True, "bg_color": "#F5F5F5"}
    if isinstance(value, Decimal):
        return look | {"num_format": _number_format(value, column.kind) + _FREE, "align": "right"}
    if column.kind is not CellKind.TEXT:
        return look | {"italic": True, "font_color": "#595959", "align": "center"}
    if column.indents and line.indent:
        return look | {"align": "left", "indent": line.indent}
    return look | {"align": "center"} if column.centred else look


def _number_format(value: Decimal, kind: CellKind) -> str:
    """As Indonesians write it: [$-421] is the language; a viewer that does not heed it uses its own separators."""
    match kind:
        case CellKind.PERCENT:
            return _PERCENT
        case CellKind.RUPIAH | CellKind.WHOLE:
            return _WHOLE
        case CellKind.NUMBER | CellKind.TEXT:
            places = decimals(settled(value, kind))
            return f"{_WHOLE}.{'0' * places}" if places else _WHOLE


def _split(columns: Sequence[Heading], parts: int) -> list[tuple[int, int]]:
    """The columns in parts of about the same width, as first and last of each."""
    total, room, edges = sum(column.width for column in columns), 0, [0]
    for place, column in enumerate(columns[:-1], start=1):
        room += column.width
        if len(edges) < parts and room >= total * len(edges) / parts:
            edges.append(place)
    return [(left, right - 1) for left, right in zip(edges, (*edges[1:], len(columns)), strict=True)]


def _signature(signer: Signer) -> Iterator[tuple[str, dict[str, Any]]]:
    """The rows of a signature: its role, the title, room to sign, the name and what stands below it."""
    yield signer.role, {}
    yield signer.title, {}
    for _ in range(3):
        yield "", {}
    yield name_of(signer), {"bold": True, "underline": int(bool(signer.name))}
    below = rank_and_number(signer)
    yield below[0], {}
    yield (below[1] if len(below) > 1 else ""), {}


def _lines(text: str, width: float) -> int:
    """How many lines a text takes in columns of that many characters."""
    plain = printable(text)
    capitals = sum(sign.isupper() for sign in plain) / len(plain) if plain else 0
    return lines_of_characters(plain, max(4, int(width * _SMALLER / (1 + _CAPITAL * capitals))))


def _height(lines: int) -> int:
    """The height in points of a row with that many lines."""
    return min(_LINE * max(1, lines) + _PADDING, HIGHEST)


def _png_width(png: bytes) -> int:
    """Pixels, from the header of the file."""
    return int.from_bytes(png[16:20], "big")
