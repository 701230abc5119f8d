"""A form as a text document, for forms in which people write: the table of the other renderings, to be edited on."""

import io
import zipfile
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, cast

from docx import Document
from docx.enum.section import WD_ORIENTATION
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt, RGBColor
from reportlab.pdfbase.pdfmetrics import stringWidth

from bot.documents.forms.column_widths import Setting, fitted
from bot.documents.forms.paper import CellKind, FootLine, Heading, Line, Paper, Signer, head_of
from bot.documents.forms.qr import qr_png
from bot.documents.forms.wording import (
    LONGEST_NAME,
    cell_words,
    marks,
    name_of,
    named,
    printable,
    provenance,
    rank_and_number,
)

if TYPE_CHECKING:
    from docx.document import Document as Page
    from docx.oxml.table import CT_Row
    from docx.section import Section
    from docx.styles.style import ParagraphStyle
    from docx.table import Table
    from docx.table import _Cell as Cell  # pyright: ignore[reportPrivateUsage]  # the package names its cells so
    from docx.text.paragraph import Paragraph

_LONG, _SHORT, _MARGIN = Mm(330), Mm(215), Mm(12)
"""F4."""
_QR = Mm(20)
_TYPE, _SMALL = Pt(8), Pt(7)
_FONT = "Arial"
_HEAD, _STRONG, _GREY = "E7E6E6", "F5F5F5", RGBColor(0x59, 0x59, 0x59)
_INDENT = Mm(2.5)
_PAD = Pt(2)
"""Between the lines of the table and its words: those of office programs leave too little room for the words."""
_ZIPPED = (1980, 1, 1, 0, 0, 0)
"""The time of every part of the file, so that the same paper gives the same bytes."""


def as_docx(paper: Paper) -> bytes:
    """The paper as a DOCX. The same paper gives the same bytes."""
    page = Document()
    _set_up(page, paper)
    _title(page, paper)
    for name, value in paper.facts:
        _line(page, f"{name}: {value}")
    page.add_paragraph()
    _table(page, paper)
    page.add_paragraph()
    for line in paper.foot:
        _foot(page, line)
    _signatures(page, paper)
    buffer = io.BytesIO()
    page.save(buffer)
    return _timeless(buffer)


def _timeless(made: io.BytesIO) -> bytes:
    """The same file with a fixed time on its parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(made) as parts, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as whole:
        for name in parts.namelist():
            part = zipfile.ZipInfo(name, _ZIPPED)
            part.compress_type = zipfile.ZIP_DEFLATED
            whole.writestr(part, parts.read(name))
    return buffer.getvalue()


# --- the page ---------------------------------------------------------------------------------------------------------


def _set_up(page: "Page", paper: Paper) -> None:
    section = page.sections[0]
    section.orientation = WD_ORIENTATION.LANDSCAPE if paper.landscape else WD_ORIENTATION.PORTRAIT
    section.page_width, section.page_height = (_LONG, _SHORT) if paper.landscape else (_SHORT, _LONG)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = _MARGIN
    section.footer_distance = Mm(6)
    normal = cast("ParagraphStyle", page.styles["Normal"])
    normal.font.name, normal.font.size = _FONT, _TYPE
    normal.paragraph_format.space_after = Pt(0)
    about = page.core_properties
    about.title, about.author, about.comments = named(paper), "Renaksi", printable(provenance(paper))[:LONGEST_NAME]
    about.created = about.modified = paper.stamp.made_at
    _footer(section, paper)


def _footer(section: "Section", paper: Paper) -> None:
    """Where the figures come from, and at the right "Halaman 1 dari 3" counted by the program that shows it."""
    words = section.footer.paragraphs[0]
    words.style = "Normal"  # the style of footers has tabs of its own
    words.paragraph_format.tab_stops.add_tab_stop(_room(section), WD_TAB_ALIGNMENT.RIGHT)
    words.add_run(f"{printable(provenance(paper))}\tHalaman ").font.size = _SMALL
    _field(words, "PAGE")
    words.add_run(" dari ").font.size = _SMALL
    _field(words, "NUMPAGES")


def _field(words: "Paragraph", code: str) -> None:
    """A number that the program which shows the document counts: PAGE, NUMPAGES."""
    for kind, text in (("begin", None), (None, code), ("end", None)):
        run = words.add_run()
        run.font.size = _SMALL
        part = OxmlElement("w:instrText") if text else OxmlElement("w:fldChar")
        if text:
            part.text = text
        else:
            part.set(qn("w:fldCharType"), str(kind))
        run.element.append(part)


def _room(section: "Section") -> Length:
    """Between the margins."""
    return Length(int(section.page_width or 0) - 2 * int(_MARGIN))


# --- above the table --------------------------------------------------------------------------------------------------


def _title(page: "Page", paper: Paper) -> None:
    """The title in the middle, the square of the stamp at the right."""
    room = _room(page.sections[0])
    table = page.add_table(1, 3)
    _widen(table, [_QR + Mm(4), room - 2 * (_QR + Mm(4)), _QR + Mm(4)])
    _, middle, right = table.rows[0].cells
    limits = marks(paper)
    lines = [(words, Pt(10)) for words in paper.title] + ([(limits, _TYPE)] if limits else [])
    for number, (words, size) in enumerate(lines):
        paragraph = middle.paragraphs[0] if number == 0 else middle.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        run = paragraph.add_run(printable(words))
        run.bold, run.font.size = True, size
    square = right.paragraphs[0]
    square.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    square.add_run().add_picture(io.BytesIO(qr_png(paper.stamp)), width=_QR)


def _line(page: "Page", words: str, *, lead: str = "") -> "Paragraph":
    paragraph = page.add_paragraph()
    if lead:
        paragraph.add_run(printable(lead)).bold = True
    paragraph.add_run(printable(words))
    return paragraph


# --- the table --------------------------------------------------------------------------------------------------------


def _table(page: "Page", paper: Paper) -> None:
    table = page.add_table(0, len(paper.columns))
    table.style = "Table Grid"
    _pad(table)
    size, widths = fitted(paper, _room(page.sections[0]).pt, _SETTING)
    type_size = Pt(size)
    rows = [[*table.add_row().cells] for _ in range(paper.head_rows)]
    for cell in head_of(paper):
        whole = rows[cell.top][cell.left].merge(rows[cell.bottom][cell.right])
        words = whole.paragraphs[0]
        words.alignment = WD_ALIGN_PARAGRAPH.CENTER
        run = words.add_run(printable(cell.words))
        run.bold, run.font.size = not cell.is_number, type_size
        _shade(whole, _HEAD)
    for line in paper.rows:
        _fill(table.add_row().cells, paper, line, type_size)
    _mark(_rows(table)[: paper.head_rows], "w:tblHeader")
    _mark(_rows(table), "w:cantSplit")
    _widen(table, [int(Pt(width)) for width in widths])


def _fill(cells: Sequence["Cell"], paper: Paper, line: Line, size: Length) -> None:
    if line.across:
        whole = cells[0].merge(cells[-1])
        words = whole.paragraphs[0]
        run = words.add_run(printable(line.across))
        run.bold, run.font.size = True, size
        words.paragraph_format.left_indent = line.indent * _INDENT
        words.paragraph_format.keep_with_next = True  # a heading is of use only above what it heads
        _shade(whole, _STRONG)
        return
    for cell, column in zip(cells, paper.columns, strict=True):
        _write(cell, column, line, cell_words(paper, line, column), size)


def _write(cell: "Cell", column: Heading, line: Line, text: str, size: Length) -> None:
    words = cell.paragraphs[0]
    is_number = isinstance(line.cells.get(column.key), Decimal)
    if text:
        run = words.add_run(text)
        run.bold, run.font.size = line.strong, size
        if not is_number and column.kind is not CellKind.TEXT:
            run.font.color.rgb = _GREY
    if is_number:
        words.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    elif column.centred or column.kind is not CellKind.TEXT:
        words.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if column.indents and line.indent:
        words.paragraph_format.left_indent = line.indent * _INDENT
    if line.strong:
        _shade(cell, _STRONG)


def _pad(table: "Table") -> None:
    """The room at both sides of what stands in a cell."""
    margins = OxmlElement("w:tblCellMar")
    for side in ("w:left", "w:right"):
        margin = OxmlElement(side)
        margin.set(qn("w:w"), str(_PAD.twips))
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    properties = table._tbl.tblPr  # pyright: ignore[reportPrivateUsage]  # no public way to them
    properties.find(qn("w:tblLook")).addprevious(margins)  # where the schema wants it


def _width_of(text: str, bold: bool, size: float) -> float:
    """Helvetica, because Arial has its widths."""
    return stringWidth(text, "Helvetica-Bold" if bold else "Helvetica", size)


_SETTING = Setting(_width_of, 2 * _PAD.pt + 1, _INDENT.pt)


def _widen(table: "Table", widths: Sequence[int]) -> None:
    """Fixed widths: an office program would else choose its own. Every cell has to carry its own."""
    table.autofit = False
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Length(width)
    for row in _rows(table):
        place = 0
        for cell in row.tc_lst:
            cell.width = Length(sum(widths[place : place + cell.grid_span]))
            place += cell.grid_span


def _rows(table: "Table") -> "list[CT_Row]":
    """The rows as they are written; the package's own cells repeat those that are merged."""
    return table._tbl.tr_lst  # pyright: ignore[reportPrivateUsage]  # no public way to them


def _mark(rows: "Iterable[CT_Row]", what: str) -> None:
    """A property of rows: `w:tblHeader` repeats them on every page, `w:cantSplit` keeps each on one."""
    for row in rows:
        row.get_or_add_trPr().append(OxmlElement(what))


def _shade(cell: "Cell", colour: str) -> None:
    shading = OxmlElement("w:shd")
    shading.set(qn("w:val"), "clear")
    shading.set(qn("w:color"), "auto")
    shading.set(qn("w:fill"), colour)
    properties = cell._tc.get_or_add_tcPr()  # pyright: ignore[reportPrivateUsage]  # no public way to them
    properties.append(shading)


# --- below the table --------------------------------------------------------------------------------------------------


def _foot(page: "Page", line: FootLine) -> None:
    _line(page, line.text or ("" if line.ruled else "-"), lead=f"{line.label}: ").paragraph_format.keep_with_next = True
    for _ in range(0 if line.text else line.ruled):
        blank = page.add_paragraph("\t").paragraph_format
        blank.space_before, blank.keep_with_next = Pt(6), True
        blank.tab_stops.add_tab_stop(_room(page.sections[0]), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)


def _signatures(page: "Page", paper: Paper) -> None:
    """The signers side by side on one page, the last one at the right below the dateline."""
    if not paper.signers:
        return
    page.add_paragraph().paragraph_format.keep_with_next = True
    parts = max(2, len(paper.signers))
    table = page.add_table(1, parts)
    _mark(_rows(table), "w:cantSplit")
    cells = table.rows[0].cells
    for place, signer in enumerate(paper.signers, start=parts - len(paper.signers)):
        dateline = paper.dateline if place == parts - 1 else ""
        _sign(cells[place], signer, dateline)
    _widen(table, [_room(page.sections[0]) // parts] * parts)


def _sign(cell: "Cell", signer: Signer, dateline: str) -> None:
    lines = [dateline, signer.role, signer.title, "", "", "", "", name_of(signer), *rank_and_number(signer)]
    for number, words in enumerate(lines):
        paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        run = paragraph.add_run(printable(words))
        if number == lines.index(name_of(signer)):
            run.bold, run.underline = True, bool(signer.name)
