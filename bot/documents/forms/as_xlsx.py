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
from bot.documents.forms.wording import marks, name_of, named, printable, provenance, rank_and_number, star
from bot.documents.forms.xlsx_looks import FONT, Look, height_of, lines_of, look_of

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
_SHEETS_NAME = 31
"""Characters that the name of a sheet may have."""
_FOOTER = 255
"""Characters that a footer may have."""
_DOTTED = 4
"""The border of a line to write on."""
_LABEL = 26
"""Characters of room for a label left of its text."""
_BESIDE_THE_SQUARE = 24
"""Characters that words over the whole width leave to the square, on both sides."""
_LEGIBLE = 230
"""Characters of the width of all columns at which a page of F4 across still shows type of 6 points."""
_BESIDE_WORDS = 2
"""Characters of room that a cell takes beside its words."""


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
                "title": named(paper),
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
        self.row += 1
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
            needed = lines_of(cell.words, width - 1) - (cell.bottom - cell.top)
            heights[cell.bottom] = max(heights[cell.bottom], needed)
        for lines in heights:
            self.page.set_row(self.row, height_of(lines))
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
                height = max(height, lines_of(value, column.width - 1 - indent))
        self.page.set_row(self.row, height_of(height))
        self.row += 1

    def _cell(self, line: Line, place: int, column: Heading, value: Value) -> None:
        look = look_of(column, line, value, star(self.paper, line, column))
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
        """A label, and beside it the text or lines to write on."""
        label = self._columns_for(_LABEL)
        width = sum(column.width for column in self.paper.columns[: label + 1])
        self._block(self.row, 0, self.row, label, line.label, {"bold": True})
        needed = lines_of(line.label, width)
        if line.text or not line.ruled:
            self._words(label + 1, self._last, line.text or "-", {}, at_least=needed)
            return
        for at_least in (needed, *(1 for _ in range(line.ruled - 1))):
            self._words(label + 1, self._last, "", {"bottom": _DOTTED}, at_least=at_least)

    def _signatures(self) -> None:
        """The signers side by side, the last one at the right below the dateline."""
        signers = self.paper.signers
        if not signers:
            return
        blocks = _split(self.paper.columns, max(2, len(signers)))[-len(signers) :]
        self.row += 1 if self.paper.foot else 0
        if self.paper.dateline:
            self._words(*blocks[-1], self.paper.dateline, {"align": "center"})
        for row in zip(*(_signature(signer) for signer in signers), strict=True):
            height = 1
            for (left, right), (words, look) in zip(blocks, row, strict=True):
                self._block(self.row, left, self.row, right, words, look | {"align": "center"})
                width = sum(column.width for column in self.paper.columns[left : right + 1])
                height = max(height, lines_of(words, width))
            self.page.set_row(self.row, height_of(height))
            self.row += 1
        self.row += 1

    # --- cells --------------------------------------------------------------------------------------------------------

    @property
    def _last(self) -> int:
        return len(self.paper.columns) - 1

    def _words(self, left: int, right: int, words: str, look: Look, *, room: int = 0, at_least: int = 1) -> None:
        """Words over some columns of the present row, which is made as high as they need; `room` in characters more
        or less than the columns have."""
        width = sum(column.width for column in self.paper.columns[left : right + 1]) + room
        self._block(self.row, left, self.row, right, words, look)
        self.page.set_row(self.row, height_of(max(at_least, lines_of(words, width - 1))))
        self.row += 1

    def _block(self, top: int, left: int, bottom: int, right: int, words: str, look: Look) -> None:
        """Words in one cell or in several merged ones, never a formula."""
        if (top, left) != (bottom, right):
            self.page.merge_range(top, left, bottom, right, "", self._format(**look))
        self._text(top, left, words, look)

    def _text(self, row: int, column: int, words: str, look: Look) -> None:
        if words:
            self.page.write_string(row, column, printable(words), self._format(**look))
        else:
            self.page.write_blank(row, column, None, self._format(**look))

    def _format(self, **look: Any) -> "Format":
        whole = FONT | {"text_wrap": True} | look
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


def _split(columns: Sequence[Heading], parts: int) -> list[tuple[int, int]]:
    """The columns in parts of about the same width, as first and last of each."""
    total, room, edges = sum(column.width for column in columns), 0, [0]
    for place, column in enumerate(columns[:-1], start=1):
        room += column.width
        is_last_chance = len(columns) - place == parts - len(edges)
        if len(edges) < parts and (is_last_chance or room >= total * len(edges) / parts):
            edges.append(place)
    return [(left, right - 1) for left, right in zip(edges, (*edges[1:], len(columns)), strict=True)]


def _signature(signer: Signer) -> Iterator[tuple[str, Look]]:
    """The rows of a signature: its role, the title, room to sign, the name and what stands below it."""
    yield signer.role, {}
    yield signer.title, {}
    for _ in range(3):
        yield "", {}
    yield name_of(signer), {"bold": True, "underline": int(bool(signer.name))}
    below = rank_and_number(signer)
    yield below[0], {}
    yield (below[1] if len(below) > 1 else ""), {}


def _png_width(png: bytes) -> int:
    """Pixels, from the header of the file."""
    return int.from_bytes(png[16:20], "big")
