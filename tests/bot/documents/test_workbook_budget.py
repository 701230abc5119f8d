"""The sheets `Anggaran` and `Realisasi keuangan`: what is taken, what is complained about, and what a check says."""

import json
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from openpyxl import load_workbook

from bot.documents.check_report import report
from bot.documents.example_office import example_office
from bot.documents.office_workbook import read_workbook
from bot.documents.workbook_template import write_workbook
from domain.periods import Period
from domain.plan import BudgetRow, Level, OfficePlan, PastSpending
from tests.bot.documents.workbooks import Cells, save, sheets

BUDGET_HEADERS = ["Kode", "Jenjang", "Uraian", "Pagu", "Pagu perubahan", "Dilaporkan oleh"]
SPENDING_HEADERS = ["Kode", "Periode", "Realisasi", "Fisik", "Dilaporkan", "Tanda"]
KASI = "Kasi Pemerintahan"
LINES = [
    ["5", "Program", "Penunjang", 100000000, None, None],
    ["5.1.", "Kegiatan", "Administrasi Umum", None, None, None],
    ["5.1.01", "sub kegiatan", "Rapat", 60000000, 66000000, "kasi pemerintahan"],
    ["5.1.02", "Sub kegiatan", "Cetak", 30000000, None, None],
]


def content(lines: list[list[Any]], spending: list[list[Any]] | None = None, *posts: list[Any]) -> dict[str, Cells]:
    """A small office with a budget; `posts` stand between the camat and the Kasi, who is the admin."""
    made = sheets()
    made["Jabatan"][2:2] = posts
    made["Anggaran"] = [BUDGET_HEADERS, *lines]
    made["Realisasi keuangan"] = [SPENDING_HEADERS, *(spending or [])]
    return made


def read(path: Path, *parts: Any) -> OfficePlan:
    plan = read_workbook(save(path / "kantor.xlsx", content(*parts)))
    assert isinstance(plan, OfficePlan), plan
    return plan


def refused(path: Path, *parts: Any) -> dict[str, str]:
    complaints = read_workbook(save(path / "kantor.xlsx", content(*parts)))
    assert isinstance(complaints, tuple), complaints
    assert all(complaint.text.endswith(".") for complaint in complaints)
    return {complaint.place: complaint.text for complaint in complaints}


# --- Anggaran ---------------------------------------------------------------------------------------------------


def test_the_lines_are_taken_as_they_stand(tmp_path: Path) -> None:
    assert read(tmp_path, LINES).budget == (
        BudgetRow("5", "Penunjang", Level.PROGRAM, Decimal(100_000_000), place="Anggaran!2"),
        BudgetRow("5.1", "Administrasi Umum", Level.KEGIATAN, None, place="Anggaran!3"),
        BudgetRow("5.1.01", "Rapat", Level.SUB_KEGIATAN, Decimal(60_000_000), Decimal(66_000_000), KASI, "Anggaran!4"),
        BudgetRow("5.1.02", "Cetak", Level.SUB_KEGIATAN, Decimal(30_000_000), None, KASI, "Anggaran!5"),
    )


def test_a_workbook_without_the_sheets_has_no_budget(tmp_path: Path) -> None:
    plan = read_workbook(save(tmp_path / "kantor.xlsx", sheets()))
    assert isinstance(plan, OfficePlan)
    assert (plan.budget, plan.spending) == ((), ())


@pytest.mark.parametrize(
    ("titles", "reporter"),
    [
        ((), KASI),
        (("Staf Bendahara",), KASI),
        (("PPTK Umum", "PPTK Fisik"), "PPTK Umum"),
        (("PPTK Umum", "Bendahara Pengeluaran", "Bendahara Pembantu"), "Bendahara Pengeluaran"),
    ],
)
def test_a_line_that_names_nobody_is_reported_by_the_likeliest_post(
    tmp_path: Path, titles: tuple[str, ...], reporter: str
) -> None:
    posts = [[title, "pelaksana", "Camat", None, None] for title in titles]
    assert [line.post for line in read(tmp_path, LINES, None, *posts).budget] == [None, None, KASI, reporter]


def test_a_line_that_nobody_could_report_is_complained_about(tmp_path: Path) -> None:
    made = content(LINES)
    made["Jabatan"][2][-1] = None
    complaints = read_workbook(save(tmp_path / "kantor.xlsx", made))
    assert isinstance(complaints, tuple)
    assert [complaint.place for complaint in complaints] == ["Anggaran!F5"]


@pytest.mark.parametrize(
    ("line", "cell", "words"),
    [
        (["5.1.01", "Kegiatan", "Sekali lagi", 1, None, None], "A6", "sudah ada di Anggaran!4"),
        (["5.1.01.", "Kegiatan", "Sekali lagi", 1, None, None], "A6", "sudah ada di Anggaran!4"),
        ([None, "Kegiatan", "Tanpa kode", 1, None, None], "A6", "masih kosong"),
        (["6", "Rekening", "Lain", 1, None, None], "B6", "Program, Kegiatan, Sub kegiatan atau Aksi"),
        (["6", "Tujuan", "Lain", 1, None, None], "B6", "tidak dikenal"),
        (["6", "Kegiatan", None, 1, None, None], "C6", "masih kosong"),
        (["6", "Kegiatan", "Lain", -1, None, None], "D6", "tanpa minus"),
        (["6", "Kegiatan", "Lain", None, None, None], "D6", "masih kosong"),
        (["6", "Kegiatan", "Lain", "sejuta", None, None], "D6", "bukan satu angka"),
        (["6", "Kegiatan", "Lain", 1, -2, None], "E6", "tanpa minus"),
        (["6", "Kegiatan", "Lain", 1, None, "Kasi Pemerintah"], "F6", f'mungkin maksudnya "{KASI}"'),
    ],
)
def test_a_slip_in_a_line_is_told_with_its_cell(tmp_path: Path, line: list[Any], cell: str, words: str) -> None:
    complaints = refused(tmp_path, [*LINES, line])
    assert words in complaints[f"Anggaran!{cell}"]
    assert len(complaints) == 1


def test_a_line_above_others_names_nobody_to_report_it(tmp_path: Path) -> None:
    head = [*LINES[0][:-1], KASI]
    assert list(refused(tmp_path, [head, *LINES[1:]])) == ["Anggaran!F2"]


# --- Realisasi keuangan -----------------------------------------------------------------------------------------


def test_past_positions_are_taken_with_their_month(tmp_path: Path) -> None:
    spending = [
        ["5.1.01", "2022-01", 5000000.5, 8.5, datetime(2022, 2, 3, 9, 30), "contoh"],  # noqa: DTZ001 - cells have none
        ["5.1.02", "Feb", 0, None, date(2022, 3, 2), None],
    ]
    january, february = read(tmp_path, LINES, spending).spending
    at = datetime(2022, 2, 3, 9, 30, tzinfo=ZoneInfo("Asia/Makassar"))
    assert january == PastSpending(
        "5.1.01", Period.month(2022, 1), Decimal("5000000.5"), at, Decimal("8.5"), sample=True,
        place="Realisasi keuangan!2",
    )  # fmt: skip
    assert (february.period.code, february.spent, february.physical, february.sample) == ("2022-02", 0, None, False)


@pytest.mark.parametrize(
    ("row", "cell", "words"),
    [
        (["5.1.03", "2022-01", 1, 1], "A3", "tidak ada di lembar Anggaran"),
        (["5.1", "2022-01", 1, 1], "A3", "membawahkan baris lain"),
        (["5.1.01", "2022-01", 2, 1], "B3", "sudah ada di Realisasi keuangan!2"),
        (["5.1.02", "2022-TW1", 1, 1], "B3", "per bulan"),
        (["5.1.02", "2022", 1, 1], "B3", "per bulan"),
        (["5.1.02", "2021-01", 1, 1], "B3", "bukan periode tahun 2022"),
        (["5.1.02", "2022-01", -1, 1], "C3", "tanpa minus"),
        (["5.1.02", "2022-01", None, 1], "C3", "masih kosong"),
        (["5.1.02", "2022-01", 1, 101], "D3", "0 sampai 100"),
        (["5.1.02", "2022-01", 1, -1], "D3", "0 sampai 100"),
    ],
)
def test_a_slip_in_a_position_is_told_with_its_cell(tmp_path: Path, row: list[Any], cell: str, words: str) -> None:
    day = date(2022, 2, 3)
    spending = [["5.1.01", "2022-01", 1, 1, day, None], [*row, day, None]]
    complaints = refused(tmp_path, LINES, spending)
    assert words in complaints[f"Realisasi keuangan!{cell}"]
    assert len(complaints) == 1


# --- what people find in the template ---------------------------------------------------------------------------


def test_the_template_shows_lines_to_overwrite_and_offers_the_choices(tmp_path: Path) -> None:
    write_workbook(example_office(2026), tmp_path / "kantor.xlsx")
    page = load_workbook(tmp_path / "kantor.xlsx")["Anggaran"]
    assert [cell.value for cell in page["A"]] == ["Kode", *(line.code for line in example_office(2026).budget)]
    assert {cell.data_type for cell in page["A"]} == {"s"}
    assert [one.formula1 for one in page.data_validations.dataValidation] == [
        '"Program,Kegiatan,Sub kegiatan,Aksi"',
        "Jabatan!$A$2:$A$501",
        "AND(ISNUMBER(D2),D2>=0,D2=INT(D2))",
        "AND(ISNUMBER(E2),E2>=0,E2=INT(E2))",
    ]


# --- renaksi check ----------------------------------------------------------------------------------------------


def test_a_check_says_who_reports_and_where_a_pagu_differs(tmp_path: Path) -> None:
    spending = [
        ["5.1.01", "2022-01", 1, 1, date(2022, 2, 3), "contoh"],
        ["5.1.02", "Jan", 1, 1, date(2022, 2, 3), None],
    ]
    said = report(save(tmp_path / "kantor.xlsx", content(LINES, spending))).as_text().splitlines()
    assert said[2:6] == [
        "Anggaran: 4 baris, 2 dilaporkan tiap bulan, pagu Rp100.000.000.",
        'Pelapor: Kasi Pemerintahan 2 baris. Bila kolom "Dilaporkan oleh" kosong: Kasi Pemerintahan.',
        "2 realisasi keuangan terbaca, 1 di antaranya contoh.",
        "- Anggaran!2: Pagu 5 Rp100.000.000, jumlah baris di bawahnya Rp96.000.000. Yang dipakai Rp100.000.000, "
        "mohon dipastikan.",
    ]


def test_a_script_reads_the_same(tmp_path: Path) -> None:
    said = json.loads(report(save(tmp_path / "kantor.xlsx", content(LINES))).as_json())["budget"]
    (note,) = said.pop("notes")
    assert said == {
        "lines": 4,
        "reported": 2,
        "total": "100000000",
        "reporters": {KASI: 2},
        "default_reporter": KASI,
        "spending": 0,
    }
    assert note["place"] == {"sheet": "Anggaran", "row": 2, "table": None}


def test_a_workbook_without_a_budget_says_nothing_of_one(tmp_path: Path) -> None:
    checked = report(save(tmp_path / "kantor.xlsx", sheets()))
    assert json.loads(checked.as_json())["budget"] is None
    assert "nggaran" not in checked.as_text()
