"""Forms as text documents: the whole table, its head on every page, to be written on."""

import io

from docx import Document
from docx.document import Document as Page
from docx.enum.section import WD_ORIENTATION
from docx.oxml.ns import qn
from reportlab.pdfbase.pdfmetrics import stringWidth

from bot.documents.forms.as_docx import as_docx
from bot.documents.forms.column_widths import LONGEST_WORD
from bot.documents.forms.paper import Paper
from tests.bot.documents.forms.papers import EVIL, LONG, monitoring, services

TITLE, TABLE, SIGNATURES = 0, 1, 2
"""The tables of a document, in order."""


def opened(paper: Paper) -> Page:
    return Document(io.BytesIO(as_docx(paper)))


def test_the_table_has_every_line_below_its_repeated_head() -> None:
    paper = monitoring()
    table = opened(paper).tables[TABLE]
    marked = [row for row in table.rows if row._tr.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None]
    assert len(marked) == paper.head_rows == 3
    assert len(table.rows) == paper.head_rows + len(paper.rows)
    texts = [[cell.text for cell in row.cells] for row in table.rows]
    assert texts[paper.head_rows + 2][5:8] == ["2,5", "83,33%", "1.916.486.189"]
    assert texts[paper.head_rows + 4][5] == "belum lapor"
    assert EVIL in texts[paper.head_rows + 3]
    assert sum(LONG in row for row in texts) == 24


def test_pages_are_counted_by_the_program_that_shows_them() -> None:
    page = opened(services())
    fields = [part.text for part in page.sections[0].footer._element.iter(qn("w:instrText"))]
    assert fields == ["PAGE", "NUMPAGES"]
    assert page.sections[0].footer.paragraphs[0].text.startswith("Renaksi data no. 123 · A1B2 C3D4")
    assert page.sections[0].orientation == WD_ORIENTATION.LANDSCAPE
    assert len(page.inline_shapes) == 1


def test_no_word_is_broken_and_no_heading_stands_alone() -> None:
    paper = monitoring()
    table = opened(paper).tables[TABLE]
    for row in table.rows[paper.head_rows :]:
        if row.cells[0]._tc is row.cells[-1]._tc:
            assert row.cells[0].paragraphs[0].paragraph_format.keep_with_next
            continue
        for cell in row.cells:
            assert cell.width is not None
            for run in cell.paragraphs[0].runs:
                assert run.font.size is not None
                words = [word for word in run.text.split() if len(word) <= LONGEST_WORD]
                widest = max((stringWidth(word, "Helvetica", run.font.size.pt) for word in words), default=0)
                assert widest <= cell.width.pt - 4, run.text


def test_who_signs_stands_in_one_row_that_is_not_parted() -> None:
    signatures = opened(monitoring(0)).tables[SIGNATURES]
    left, right = (cell.text for cell in signatures.rows[0].cells)
    assert "Camat" in left and "NIP. 000001" in left
    assert right.startswith("Kubutambahan, ") and "(....." in right
    assert signatures.rows[0]._tr.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None


def test_the_same_paper_is_the_same_file() -> None:
    assert as_docx(monitoring(5)) == as_docx(monitoring(5))
