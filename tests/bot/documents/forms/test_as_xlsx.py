"""Forms as spreadsheets: real numbers, formulas that give them, and words that are never more than words."""

import io
from dataclasses import replace
from decimal import Decimal

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from bot.documents.forms.as_xlsx import as_xlsx
from bot.documents.forms.paper import CellKind, FootLine, Heading, Line, Paper, Signer
from tests.bot.documents.forms.arithmetic import computed
from tests.bot.documents.forms.papers import EVIL, PAGU, STAMP, monitoring, services

BEGINNINGS = ("=1+1", "+62 812-0000-0001", "-5", "@SUM(A1)", "\t=1+1", "\r=1+1", "{=1+1}", "http://contoh.invalid")


def book(paper: Paper, *, values: bool = False) -> Workbook:
    return load_workbook(io.BytesIO(as_xlsx(paper)), data_only=values)


def sheet(paper: Paper, *, values: bool = False) -> Worksheet:
    page = book(paper, values=values).worksheets[0]
    assert isinstance(page, Worksheet)
    return page


@pytest.mark.parametrize("paper", [monitoring(), services()], ids=["monitoring", "services"])
def test_every_formula_gives_the_number_that_stands_there(paper: Paper) -> None:
    formulas, values = sheet(paper), sheet(paper, values=True)
    found = [cell for row in formulas.iter_rows() for cell in row if cell.data_type == "f"]
    assert len(found) == sum(len(line.formulas) for line in paper.rows) - (20 if paper.name == "renaksi" else 0)
    for cell in found:
        shown = Decimal(str(values[cell.coordinate].value))
        assert abs(computed(str(cell.value), values) - shown) < Decimal("0.005"), cell.coordinate


def test_numbers_are_numbers_as_indonesians_write_them() -> None:
    cells = {cell.value: cell for row in sheet(monitoring(3), values=True).iter_rows() for cell in row}
    assert cells[float(PAGU)].number_format == "[$-421]#,##0_-"
    assert cells[2.5].number_format == "[$-421]#,##0.0_-"
    assert cells[75].number_format == '[$-421]#,##0.00"%"_-'
    assert cells["belum lapor"].data_type == "s"


@pytest.mark.parametrize("words", [EVIL, *BEGINNINGS])
def test_words_are_never_a_formula_or_a_link(words: str) -> None:
    paper = Paper(
        name="data",
        title=(words,),
        headings=(Heading("a", words, 30), Heading("b", "B", 30, CellKind.NUMBER), Heading("c", "C", 30)),
        lines=(Line({"a": words, "b": words}), Line(across=words)),
        stamp=STAMP,
        facts=(("Kantor", words),),
        foot=(FootLine(words, words),),
        signers=(Signer(words, words, words, words, words),),
        dateline=words,
    )
    cells = [cell for row in sheet(paper).iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert not any(cell.hyperlink for cell in cells)
    assert sum(str(cell.value).strip() == words.strip() for cell in cells) >= 8


def test_a_page_is_printed_across_with_its_head_on_every_page() -> None:
    page = sheet(monitoring())
    assert (page.page_setup.orientation, page.page_setup.paperSize) == ("landscape", 14)
    assert (page.page_setup.fitToWidth, page.page_setup.fitToHeight) == (None, 0)
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert page.print_title_rows == "$9:$11"
    assert page.freeze_panes == "A12"
    assert page.oddFooter.right.text == "Halaman &P dari &N"
    assert page.oddFooter.left.text.startswith("Renaksi data no. 123 · A1B2 C3D4 · dibuat 6 April 2022")
    assert len(page._images) == 1


def test_marks_and_blanks_to_sign_are_printed() -> None:
    words = [str(cell.value) for row in sheet(monitoring(0)).iter_rows() for cell in row if cell.value is not None]
    assert "SEMENTARA · DATA CONTOH" in words
    assert {"Mengetahui,", "Camat", "Drs. I Wayan Contoh, M.Si.", "NIP. 000001"} <= set(words)
    assert any(word.startswith("(.....") for word in words) and any(word.startswith("NIP. ....") for word in words)


@pytest.mark.parametrize("signers", range(1, 7))
def test_signers_stand_side_by_side_however_the_columns_are(signers: int) -> None:
    form = replace(services(3), signers=tuple(Signer(f"Peran {number}") for number in range(signers)))
    cells = {cell.value: cell for row in sheet(form).iter_rows() for cell in row}
    places = [cells[f"Peran {number}"] for number in range(signers)]
    assert len({place.row for place in places}) == 1
    assert [place.column for place in places] == sorted({place.column for place in places})


def test_the_same_paper_is_the_same_file() -> None:
    assert as_xlsx(monitoring()) == as_xlsx(monitoring())
    assert as_xlsx(monitoring()) != as_xlsx(replace(monitoring(), dateline=""))
