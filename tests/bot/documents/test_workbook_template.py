"""What people find when they open the template: help first, frozen headers, drop-downs, text columns."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from bot.documents.example_office import example_office
from bot.documents.office_workbook import read_workbook
from bot.documents.workbook_layout import COLUMNS, MONTHS, QUARTERS, Sheet
from bot.documents.workbook_template import write_workbook
from domain.plan import About, OfficePlan, OpenQuestion


@pytest.fixture
def path(tmp_path: Path) -> Path:
    write_workbook(example_office(2026), tmp_path / "kantor.xlsx")
    return tmp_path / "kantor.xlsx"


@pytest.fixture
def template(path: Path) -> Workbook:
    return load_workbook(path)


def test_the_template_can_be_loaded_as_it_is_and_asks_nothing(path: Path) -> None:
    plan = read_workbook(path)
    assert isinstance(plan, OfficePlan)
    assert (plan.year, len(plan.indicators), plan.questions) == (2026, 5, ())
    assert [row.name for row in plan.indicators if row.service] == ["Kartu Keluarga", "Surat Keterangan Pindah"]


def test_help_stands_first_and_every_sheet_follows(template: Workbook) -> None:
    assert template.sheetnames == [sheet.value for sheet in Sheet if sheet is not Sheet.TO_ANSWER]


def test_headers_are_frozen_and_complete(template: Workbook) -> None:
    for sheet, columns in COLUMNS.items():
        if sheet is Sheet.TO_ANSWER:  # only where something is asked
            continue
        page = template[sheet]
        assert page.freeze_panes in {"A2", "C2"}
        assert [cell.value for cell in page[1]] == [column.header for column in columns]


def test_closed_choices_are_offered(template: Workbook) -> None:
    offered = {
        (page.title, page.cell(1, min(cells.min_col for cells in validation.sqref.ranges)).value): validation.formula1
        for page in template.worksheets
        for validation in page.data_validations.dataValidation
    }
    assert offered["Indikator", "Jabatan"] == "Jabatan!$A$2:$A$501"
    assert offered["Indikator", "Jenjang"] == '"Tujuan,Sasaran,Program,Kegiatan,Sub kegiatan,Aksi,Individu"'
    assert "SUM (usulan)" in offered["Indikator", "Cara hitung"]
    assert offered["Jabatan", "Peran"] == '"camat,sekretaris,kasubbag,kasi,pelaksana"'
    assert offered["Pertanyaan", "Perihal"] == '"Cara hitung,Jabatan,Nama,Arah,Target,Satuan,Target setahun,Berulang"'
    assert offered["Layanan", "Jabatan"] == "Jabatan!$A$2:$A$501"
    assert offered["Renstra", "Kode"] == "Indikator!$A$2:$A$2001"
    assert offered["Kantor", "Isi"] == '"WIB,WITA,WIT"'


def test_blank_cells_of_codes_and_periods_are_text(template: Workbook) -> None:
    assert template[Sheet.REPORTS].column_dimensions["B"].number_format == "@"
    assert template[Sheet.INDICATORS].column_dimensions["A"].number_format == "@"
    assert template[Sheet.SIGNERS].column_dimensions["E"].number_format == "@"


def only(plan: OfficePlan, *codes: str) -> OfficePlan:
    """The plan with some of its indicators alone."""
    return replace(plan, indicators=tuple(one for one in plan.indicators if one.code in codes))


def folded(plan: OfficePlan, path: Path) -> list[str]:
    write_workbook(plan, path)
    page = load_workbook(path)[Sheet.INDICATORS]
    shut = [dimension for dimension in page.column_dimensions.values() if dimension.hidden]
    assert all(dimension.outlineLevel == 1 for dimension in shut)
    return [
        str(page.cell(1, column).value)
        for column in range(1, page.max_column + 1)
        if any((dimension.min or 0) <= column <= (dimension.max or 0) for dimension in shut)
    ]


def test_months_are_folded_where_all_targets_are_quarterly(tmp_path: Path) -> None:
    assert folded(only(example_office(2026), "PEM-2", "SEK-1"), tmp_path / "kantor.xlsx") == list(MONTHS)


def test_quarters_are_folded_where_all_targets_are_monthly(tmp_path: Path) -> None:
    assert folded(only(example_office(2026), "PEM-1"), tmp_path / "kantor.xlsx") == list(QUARTERS)


def test_nothing_is_folded_where_both_are_used_or_nothing_is_filled_in(tmp_path: Path) -> None:
    assert folded(example_office(2026), tmp_path / "kantor.xlsx") == []
    assert folded(only(example_office(2026)), tmp_path / "kantor.xlsx") == []


def test_a_row_is_as_high_as_its_longest_text(tmp_path: Path) -> None:
    long = OpenQuestion("PEM-1", About.MODE, "Target tiap bulan. " * 20, options=("SUM", "LEVEL"))
    write_workbook(replace(example_office(2026), questions=(long,)), tmp_path / "kantor.xlsx")
    page = load_workbook(tmp_path / "kantor.xlsx")[Sheet.QUESTIONS]
    assert page.row_dimensions[2].height == 90


def test_every_sheet_prints_across_with_its_headers_and_page_numbers(template: Workbook) -> None:
    for page in template.worksheets:
        assert page.page_setup.orientation == "landscape"
        assert page.page_setup.fitToHeight == 0
        assert page.oddFooter is not None
        assert "&P" in str(page.oddFooter.right)
        assert page.print_title_rows == (None if page.title == Sheet.HELP else "$1:$1")


def test_every_column_is_explained_at_its_heading_and_figures_are_checked(template: Workbook) -> None:
    for sheet, columns in COLUMNS.items():
        if sheet is Sheet.TO_ANSWER:
            continue
        page = template[sheet]
        notes = {cell.value: cell.comment.text for cell in page[1] if cell.comment is not None}
        assert notes.keys() == {column.header for column in columns}, sheet
        assert all(text.endswith(".") and len(text) <= 120 for text in notes.values()), sheet
    checked = {
        (page.title, page.cell(1, cells.min_col).value)
        for page in template.worksheets
        for validation in page.data_validations.dataValidation
        if validation.type == "custom"
        for cells in validation.sqref.ranges
    }
    assert {(Sheet.INDICATORS, "Mei"), (Sheet.PEOPLE, "Sejak"), (Sheet.BUDGET, "Pagu"), (Sheet.SPENDING, "Fisik")} <= {
        (Sheet(sheet), header) for sheet, header in checked
    }


def test_what_a_newcomer_fills_in_as_the_help_says_can_be_loaded(tmp_path: Path) -> None:
    """The example overwritten: an office of another name, mutasi, a Plt, a kelurahan, a new indicator."""
    path = tmp_path / "buku-kerja.xlsx"
    write_workbook(example_office(2026), path)
    book: Any = load_workbook(path)
    assert book[Sheet.OFFICE]["B4"].number_format == "General"
    fill(book, Sheet.OFFICE, {"Isi": "Sukamaju"}, at=2)
    fill(book, Sheet.OFFICE, {"Isi": "Wanasari"}, at=3)
    fill(book, Sheet.POSTS, {"Jabatan": "Lurah", "Peran": "kasi", "Atasan": "Camat", "Unit": "Kelurahan Bulak"})
    old = {"Nama": "Sari Contoh", "Jabatan": "Kasi Pemerintahan", "Sapaan": "Bu", "Status": "definitif"}
    fill(book, Sheet.PEOPLE, {**old, "Sampai": datetime(2026, 5, 31)}, at=2)  # noqa: DTZ001 - a cell has no zone
    new = {"Nama": "Rina Contoh", "Jabatan": "Kasi Pemerintahan", "Status": "definitif"}
    fill(book, Sheet.PEOPLE, {**new, "Sejak": datetime(2026, 6, 1)})  # noqa: DTZ001 - the same
    fill(book, Sheet.PEOPLE, {"Nama": "Tono Contoh", "Jabatan": "Sekretaris Kecamatan", "Status": "Plt"})
    fill(book, Sheet.DAYS_OFF, {"Tanggal": datetime(2026, 6, 17), "Nama": "Galungan"})  # noqa: DTZ001 - the same
    row = {"Kode": "PEM-9", "Jenjang": "Sub kegiatan", "Indikator": "Rapat desa", "Satuan": "kali"}
    fill(book, Sheet.INDICATORS, {**row, "Jabatan": "Kasi Pemerintahan", "Target tahunan": 3, "Mar": 1, "Jul": "-"})
    book.save(path)
    plan = read_workbook(path)
    assert isinstance(plan, OfficePlan), plan
    assert (plan.office, [person.name for person in plan.people]) == (
        "Sukamaju",
        ["Sari Contoh", "Budi Contoh", "Rina Contoh", "Tono Contoh"],
    )
    assert plan.posts[-1].unit == "Kelurahan Bulak"
    assert plan.own_days[0].note == "Galungan"
    assert [question.about for question in plan.questions] == [About.MODE]


def fill(book: Any, sheet: Sheet, cells: dict[str, object], at: int | None = None) -> None:
    """Write into a row by headings: the one told, else the first that is empty."""
    page = book[sheet]
    row = at or next(row for row in range(2, page.max_row + 2) if page.cell(row, 1).value is None)
    headers = {cell.value: cell.column for cell in page[1]}
    for header, value in cells.items():
        page.cell(row, headers[header]).value = value
