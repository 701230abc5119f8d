"""A form to be printed: F4, the head of the table on every page, the signatures on one, nothing cut."""

import io
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Literal
from xml.sax.saxutils import escape

from reportlab.lib.colors import HexColor, black
from reportlab.lib.enums import TA_CENTER, TA_LEFT, TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, HRFlowable, Image, KeepTogether, Paragraph, SimpleDocTemplate, Spacer, Table
from reportlab.platypus.doctemplate import LayoutError

from bot.documents.forms.column_widths import Setting, fitted
from bot.documents.forms.paper import CellKind, FootLine, Heading, Line, Paper, Signer, head_of
from bot.documents.forms.qr import qr_png
from bot.documents.forms.wording import cell_words, marks, name_of, named, printable, provenance, rank_and_number

_PAGE = (215 * mm, 330 * mm)
"""F4, upright."""
_SIDE, _TOP, _BOTTOM = 12 * mm, 10 * mm, 13 * mm
_FRAME = 6.0
"""Points that the package leaves around what stands on a page."""
_QR = 20 * mm
_HEAD, _STRONG, _GREY = HexColor("#E7E6E6"), HexColor("#F5F5F5"), HexColor("#595959")
_PAD = 2.0
"""Points between the lines of the table and its words."""
_INDENT = 6.0
_FONTS = Path(__file__).parents[2] / "charts" / "fonts"
_PLAIN, _BOLD = "Roboto", "Roboto-Bold"


def as_pdf(paper: Paper) -> bytes:
    """The paper as PDF. The same paper gives the same bytes."""
    _register_fonts()
    try:
        return _printed(paper)
    except LayoutError:  # a row is higher than a page; to part that one the package parts every row at a page's end
        return _printed(paper, part_rows=True)


def _printed(paper: Paper, *, part_rows: bool = False) -> bytes:
    buffer = io.BytesIO()
    document = SimpleDocTemplate(
        buffer,
        pagesize=_page(paper),
        leftMargin=_SIDE,
        rightMargin=_SIDE,
        topMargin=_TOP,
        bottomMargin=_BOTTOM,
        title=named(paper),
        subject=provenance(paper),
        author="Renaksi",
        lang="id",
        invariant=1,
    )
    room = document.width - 2 * _FRAME
    story = [
        _title(paper, room),
        *_facts(paper),
        _table(paper, room, part_rows=part_rows),
        Spacer(0, 3 * mm),
        *_below(paper, room),
    ]
    document.build(story, canvasmaker=_numbered(paper))
    return buffer.getvalue()


def _page(paper: Paper) -> tuple[float, float]:
    return (_PAGE[1], _PAGE[0]) if paper.landscape else _PAGE


@cache
def _register_fonts() -> None:
    for name in (_PLAIN, _BOLD):
        file = "Roboto-Regular.ttf" if name == _PLAIN else "Roboto-Bold.ttf"
        pdfmetrics.registerFont(TTFont(name, str(_FONTS / file)))
    pdfmetrics.registerFontFamily(_PLAIN, normal=_PLAIN, bold=_BOLD, italic=_PLAIN, boldItalic=_BOLD)


def _numbered(paper: Paper) -> type[Canvas]:
    """Pages that end with where their figures come from and with "Halaman 1 dari 3", written once all are known."""
    footer, right = provenance(paper), _page(paper)[0] - _SIDE

    class Numbered(Canvas):
        def __init__(self, *given: Any, **named: Any) -> None:
            super().__init__(*given, **named)
            self._kept: list[dict[str, Any]] = []

        def showPage(self) -> None:  # noqa: N802  # the package's name
            self._kept.append(dict(self.__dict__))
            self._startPage()  # pyright: ignore[reportAttributeAccessIssue]  # the package's own recipe; no stub has it

        def save(self) -> None:
            for number, page in enumerate(self._kept, start=1):
                self.__dict__.update(page)
                self.setFont(_PLAIN, 7)
                self.drawString(_SIDE, 7 * mm, footer)
                self.drawRightString(right, 7 * mm, f"Halaman {number} dari {len(self._kept)}")
                super().showPage()
            super().save()

    return Numbered


# --- above the table --------------------------------------------------------------------------------------------------


def _title(paper: Paper, width: float) -> Flowable:
    """The title in the middle, the square of the stamp at the right."""
    words = [_words(line, _style(10, bold=True, align=TA_CENTER)) for line in paper.title]
    if limits := marks(paper):
        words.append(_words(limits, _style(8, bold=True, align=TA_CENTER)))
    square = Image(io.BytesIO(qr_png(paper.stamp)), _QR, _QR)
    return Table(
        [["", words, square]], [_QR, width - 2 * _QR, _QR], style=[("VALIGN", (0, 0), (-1, -1), "TOP"), *_TIGHT]
    )


_TIGHT = [(f"{side}PADDING", (0, 0), (-1, -1), 0) for side in ("LEFT", "RIGHT", "TOP", "BOTTOM")]


def _facts(paper: Paper) -> list[Flowable]:
    if not paper.facts:
        return [Spacer(0, 2 * mm)]
    rows = [[_words(name, _style(8)), _words(f": {value}", _style(8))] for name, value in paper.facts]
    widest = max(_width(printable(name), _PLAIN, 8) for name, _ in paper.facts)
    table = Table(rows, [widest + 8, None], hAlign="LEFT", style=[("VALIGN", (0, 0), (-1, -1), "TOP"), *_TIGHT])
    return [table, Spacer(0, 3 * mm)]


# --- the table --------------------------------------------------------------------------------------------------------


def _table(paper: Paper, width: float, *, part_rows: bool) -> Table:
    size, widths = fitted(paper, width, _SETTING)
    ruled = _Ruled(paper, size)
    rows = [*ruled.head(), *(ruled.line(line) for line in paper.rows)]
    return Table(
        rows, widths, repeatRows=paper.head_rows, style=ruled.commands(), splitInRow=int(part_rows), hAlign="LEFT"
    )


@dataclass(frozen=True)
class _Ruled:
    """The rows of a paper's table in type of that size."""

    paper: Paper
    size: float

    def head(self) -> list[list[Any]]:
        rows: list[list[Any]] = [["" for _ in self.paper.columns] for _ in range(self.paper.head_rows)]
        for cell in head_of(self.paper):
            style = _style(self.size - 0.5 if cell.is_number else self.size, bold=not cell.is_number, align=TA_CENTER)
            rows[cell.top][cell.left] = _words(cell.words, style)
        return rows

    def line(self, line: Line) -> list[Any]:
        if line.across:
            style = _style(self.size, bold=True, indent=line.indent)
            return [_words(line.across, style), *("" for _ in self.paper.columns[1:])]
        return [self._cell(line, column) for column in self.paper.columns]

    def _cell(self, line: Line, column: Heading) -> Any:
        value = line.cells.get(column.key)
        if value is None or value == "":
            return ""
        is_number = isinstance(value, Decimal)
        style = _style(
            self.size,
            bold=line.strong,
            align=_alignment(column, is_number=is_number),
            indent=line.indent if column.indents else 0,
            grey=not is_number and column.kind is not CellKind.TEXT,
        )
        return _words(cell_words(self.paper, line, column), style)

    def commands(self) -> list[tuple[Any, ...]]:
        """Lines, room and shades of the table."""
        last, top = len(self.paper.columns) - 1, self.paper.head_rows
        commands: list[tuple[Any, ...]] = [
            ("GRID", (0, 0), (-1, -1), 0.5, black),
            ("VALIGN", (0, 0), (-1, top - 1), "MIDDLE"),
            ("VALIGN", (0, top), (-1, -1), "TOP"),
            ("BACKGROUND", (0, 0), (-1, top - 1), _HEAD),
            ("LEFTPADDING", (0, 0), (-1, -1), _PAD),
            ("RIGHTPADDING", (0, 0), (-1, -1), _PAD),
            ("TOPPADDING", (0, 0), (-1, -1), 1.5),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 2.5),
        ]
        for cell in head_of(self.paper):
            if (cell.left, cell.top) != (cell.right, cell.bottom):
                commands.append(("SPAN", (cell.left, cell.top), (cell.right, cell.bottom)))
        for row, line in enumerate(self.paper.rows, start=top):
            if line.across:
                commands.append(("SPAN", (0, row), (last, row)))
            if line.across or line.strong:
                commands.append(("BACKGROUND", (0, row), (last, row), _STRONG))
        return commands


def _alignment(column: Heading, *, is_number: bool) -> Literal[0, 1, 2]:
    if is_number:
        return TA_RIGHT
    return TA_CENTER if column.centred or column.kind is not CellKind.TEXT else TA_LEFT


# --- below the table --------------------------------------------------------------------------------------------------


def _below(paper: Paper, width: float) -> list[Flowable]:
    """What follows the table; the signatures never stand on a page without anything of what is signed, if it has a
    foot."""
    blocks = [_foot_line(line) for line in paper.foot]
    if paper.signers:
        blocks[-1:] = [[part for block in blocks[-1:] for part in block] + _signatures(paper, width)]
    return [KeepTogether(block) for block in blocks]


def _foot_line(line: FootLine) -> list[Flowable]:
    if line.text or not line.ruled:
        return [_words(line.text or "-", _style(8), lead=f"{line.label}: "), Spacer(0, 1 * mm)]
    rules = [HRFlowable("100%", 0.4, dash=(1, 1.5), spaceBefore=5 * mm, color=black) for _ in range(line.ruled)]
    return [_words("", _style(8), lead=f"{line.label}:"), *rules, Spacer(0, 2 * mm)]


def _signatures(paper: Paper, width: float) -> list[Flowable]:
    """The signers side by side, the last one at the right below the dateline."""
    parts = max(2, len(paper.signers))
    rows = [*zip(*(_signature(signer) for signer in paper.signers), strict=True)]
    blank = [""] * (parts - len(paper.signers))
    dated = [*("" for _ in range(parts - 1)), _words(paper.dateline, _style(8, align=TA_CENTER))]
    table = Table(
        [dated, *([*blank, *row] for row in rows)],
        [width / parts] * parts,
        style=[("VALIGN", (0, 0), (-1, -1), "TOP"), *_TIGHT],
    )
    return [Spacer(0, 3 * mm), table]


def _signature(signer: Signer) -> list[Any]:
    style = _style(8, align=TA_CENTER)
    below = rank_and_number(signer)
    name = _words(name_of(signer), _style(8, bold=True, align=TA_CENTER), underline=bool(signer.name))
    return [
        _words(signer.role, style),
        _words(signer.title, style),
        Spacer(0, 14 * mm),
        name,
        [_words(words, style) for words in below],
    ]


# --- type -------------------------------------------------------------------------------------------------------------


def _words(text: str, style: ParagraphStyle, *, lead: str = "", underline: bool = False) -> Paragraph:
    """Words as they are, never as markup; `lead` goes before them in bold."""
    plain = escape(printable(text)).replace("\n", "<br/>")
    if underline:
        plain = f"<u>{plain}</u>"
    return Paragraph(f"<b>{escape(printable(lead))}</b>{plain}" if lead else plain, style)


@lru_cache(maxsize=256)
def _style(
    size: float, *, bold: bool = False, align: Literal[0, 1, 2] = TA_LEFT, indent: int = 0, grey: bool = False
) -> ParagraphStyle:
    return ParagraphStyle(
        "form",
        fontName=_BOLD if bold else _PLAIN,
        fontSize=size,
        leading=size * 1.2,
        alignment=align,
        leftIndent=indent * _INDENT,
        textColor=_GREY if grey else black,
        splitLongWords=1,
    )


def _width(text: str, font: str, size: float) -> float:
    return pdfmetrics.stringWidth(text, font, size)


def _width_of(text: str, bold: bool, size: float) -> float:
    return _width(text, _BOLD if bold else _PLAIN, size)


_SETTING = Setting(_width_of, 2 * _PAD + 1, _INDENT)
