"""What people find when they open the template: help first, frozen headers, drop-downs, text columns."""

from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from bot.documents.example_office import example_office
from bot.documents.office_workbook import read_workbook
from bot.documents.workbook_layout import COLUMNS, Sheet
from bot.documents.workbook_template import write_workbook
from domain.plan import OfficePlan


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
    assert (plan.year, len(plan.indicators), plan.questions) == (2026, 3, ())


def test_help_stands_first_and_every_sheet_follows(template: Workbook) -> None:
    assert template.sheetnames == [sheet.value for sheet in Sheet]


def test_headers_are_frozen_and_complete(template: Workbook) -> None:
    for sheet, columns in COLUMNS.items():
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
    assert offered["Pertanyaan", "Perihal"] == '"Cara hitung,Jabatan,Nama,Arah,Target"'
    assert offered["Kantor", "Isi"] == '"WIB,WITA,WIT"'


def test_blank_cells_of_codes_and_periods_are_text(template: Workbook) -> None:
    assert template[Sheet.REPORTS].column_dimensions["B"].number_format == "@"
    assert template[Sheet.INDICATORS].column_dimensions["A"].number_format == "@"
