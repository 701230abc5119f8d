"""Verified and provisional figures on the official forms, in every kind of file."""

import io
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from docx import Document
from openpyxl import load_workbook
from pypdfium2 import PdfDocument

from bot.documents.forms.as_docx import as_docx
from bot.documents.forms.as_pdf import as_pdf
from bot.documents.forms.as_xlsx import as_xlsx
from bot.documents.forms.layout_paten import lay_out_paten
from bot.documents.forms.layout_renaksi import lay_out_renaksi
from bot.documents.forms.layout_rfk import lay_out_rfk
from bot.documents.forms.layout_tc29 import lay_out_tc29
from bot.documents.forms.paper import Paper, Stamp
from domain.budget import LineFigures
from domain.forms.paten_form import PatenForm, PatenRow
from domain.forms.renaksi_form import RenaksiForm, RenaksiRow, Status
from domain.forms.rfk_form import RfkForm, RfkRow
from domain.forms.source import FormHead, Rung
from domain.forms.standing import Standing as Together
from domain.forms.tc29_form import Tc29Form
from domain.plan import Level
from domain.standing import Standing
from domain.summary import Coverage, IndicatorFigures

STAMP = Stamp(123, "A1B2 C3D4", "6 April 2022 09.00 WITA", datetime(2022, 4, 6, 1, tzinfo=UTC))
HEAD = FormHead("Kecamatan Sukamaju", "Wanasari", "2022-TW1", "", "2022-TW1", True, False, ())
ALL_IN = Together(Coverage(2, 2, 2, verified=1), Decimal(75), "Sedang")
REPORTED, VERIFIED, APPROVED = Standing.REPORTED, Standing.VERIFIED, Standing.APPROVED


def row(code: str, checked: Standing | None, to_date: Standing | None) -> RenaksiRow:
    figures = IndicatorFigures("Desa", "desa", Decimal(4), Decimal(3), Decimal(75), None, 1, 1, checked=to_date)
    return RenaksiRow(
        code, f"Desa {code}", "desa", (Rung(Level.PROGRAM, "Program"),), "Kasi", Decimal(16), "2022-TW1", Decimal(4),
        Decimal(3), Decimal(75), "2022-TW1", figures, (), (), "", "", Status.PROVISIONAL, checked,
    )  # fmt: skip


def form(*rows: RenaksiRow, head: FormHead = HEAD, together: Together = ALL_IN) -> Paper:
    return lay_out_renaksi(RenaksiForm(head, rows, together), STAMP)


def note(paper: Paper) -> list[str]:
    return [words for label, words in paper.facts if label == "Status verifikasi"]


MIXED = form(row("a", VERIFIED, VERIFIED), row("b", REPORTED, REPORTED), row("c", VERIFIED, REPORTED))


@pytest.mark.parametrize(
    ("found", "said", "marks"),
    [
        ((VERIFIED, REPORTED), "Angka bertanda * masih sementara (2 dari 4)", ("Sementara",)),
        ((REPORTED, REPORTED), "Seluruh angka masih sementara, belum diverifikasi", ("Sementara",)),
        ((VERIFIED, APPROVED), "Seluruh angka terverifikasi per 6 April 2022 09.00 WITA", ()),
        ((APPROVED, APPROVED), "Seluruh angka terverifikasi dan disahkan camat per 6 April 2022 09.00 WITA", ()),
    ],
    ids=["some", "none", "all", "approved"],
)
def test_one_sentence_says_how_far_the_figures_have_come(
    found: tuple[Standing, Standing], said: str, marks: Sequence[str]
) -> None:
    paper = form(row("a", *found))
    assert note(paper) == [said]
    assert paper.marks == tuple(marks)


def test_a_snapshot_from_before_verification_is_printed_as_before() -> None:
    paper = form(row("a", None, None))
    assert (note(paper), paper.marks, paper.tells_apart) == ([], ("Sementara",), False)


def test_a_form_that_is_not_whole_stays_provisional_though_all_that_is_in_it_is_verified() -> None:
    lacking = Together(Coverage(2, 1, 1, verified=1), Decimal(75), None)
    assert form(row("a", VERIFIED, VERIFIED), together=lacking).marks == ("Sementara",)
    running = replace(HEAD, period="2022-TW2", ended=False)
    assert form(row("a", VERIFIED, VERIFIED), head=running).marks == ("Sementara",)


def test_the_mean_says_how_many_of_its_indicators_are_verified() -> None:
    assert form().foot[0].text == "75,00% dari 2 indikator, 1 terverifikasi"


# --- in every kind of file --------------------------------------------------------------------------------------------


def test_a_star_stands_behind_every_number_that_is_not_verified_and_no_other() -> None:
    table = Document(io.BytesIO(as_docx(MIXED))).tables[1]
    starred = [[cell.text for cell in line.cells if cell.text.endswith("*")] for line in table.rows[-3:]]
    assert starred == [[], ["3*", "75,00%*", "3*", "75,00%*"], ["3*", "75,00%*"]]


def test_a_starred_number_is_a_number_in_a_spreadsheet() -> None:
    cells = [cell for line in load_workbook(io.BytesIO(as_xlsx(MIXED))).worksheets[0].iter_rows() for cell in line]
    starred = [cell for cell in cells if '"*"' in cell.number_format]
    assert {cell.data_type for cell in starred} == {"n", "f"}
    assert sorted({cell.number_format for cell in starred}) == ['[$-421]#,##0"*"', '[$-421]#,##0.00"%""*"']
    assert len(starred) == 6


def test_stars_and_their_sentence_are_printed() -> None:
    with PdfDocument(as_pdf(MIXED)) as document:
        text = "\n".join(page.get_textpage().get_text_range() for page in document)
    assert text.count("75,00%*") == 3
    assert "Angka bertanda * masih sementara (6 dari 12)" in text


def test_where_all_are_alike_no_number_has_a_star() -> None:
    page = Document(io.BytesIO(as_docx(form(row("a", REPORTED, REPORTED)))))
    assert not [cell.text for line in page.tables[1].rows for cell in line.cells if cell.text.endswith("*")]


# --- other forms ------------------------------------------------------------------------------------------------------


def test_a_sum_of_services_is_as_far_as_the_last_of_its_counts() -> None:
    def service(code: str, *found: Standing | None) -> PatenRow:
        counts = tuple(None if one is None else Decimal(2) for one in found)
        return PatenRow(code, code, "surat", "", "Kasi", counts, Decimal(2), counts.count(None), found)

    rows = (service("kk", VERIFIED, VERIFIED), service("ktp", REPORTED, VERIFIED), service("akta", VERIFIED, None))
    months, sums = ("2022-01", "2022-02"), (Decimal(6), Decimal(4))
    paper = lay_out_paten(PatenForm(HEAD, months, 2, rows, sums, Decimal(10)), STAMP)
    verified = [{key: one.is_verified for key, one in line.checked.items()} for line in paper.rows]
    assert verified == [
        {"jan": True, "feb": True, "jumlah": True},
        {"jan": False, "feb": True, "jumlah": False},
        {"jan": True, "jumlah": False},
        {"jan": False, "feb": True, "jumlah": False},
    ]
    assert note(paper) == ["Angka bertanda * masih sementara (5 dari 11)"]


def test_money_and_earlier_years_are_not_verified_and_nothing_is_said_of_it() -> None:
    nine = Decimal(9)
    line = LineFigures("5", "Rapat", Level.KEGIATAN, 0, nine, nine, nine, Decimal(100), None, 1, 1)
    budget = lay_out_rfk(RfkForm(HEAD, "2022-03", (), RfkRow(line, None, None)), STAMP)
    years = lay_out_tc29(Tc29Form(HEAD, ()), STAMP)
    assert [(paper.marks, note(paper)) for paper in (budget, years)] == [((), []), ((), [])]
