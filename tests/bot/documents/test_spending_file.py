"""Reading what was spent from a workbook: columns by their headings, and every cell that cannot be taken named."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from bot.documents.spending_file import read_spending
from handlers.money import ReadSpending
from tests.bot.documents.workbooks import Cells, save

HEADINGS = ["Kode Rekening", "Uraian", "Pagu", "Realisasi Keuangan s/d", "Fisik (%)"]


def read(folder: Path, rows: Cells, *, sheet: str = "RFK", formats: dict[str, str] | None = None) -> ReadSpending:
    """A workbook of one sheet, as it is read."""
    return read_spending(save(folder / "sent.xlsx", {sheet: rows}, formats))


def figures(found: ReadSpending) -> list[tuple[str, Decimal | None, Decimal | None]]:
    return [(row.code, row.spent, row.physical) for row in found.rows]


def complaints(found: ReadSpending) -> list[tuple[str, str]]:
    return [(one.place, one.text) for one in found.complaints]


def test_rows_with_a_code_and_a_figure_are_read_with_their_cells(tmp_path: Path) -> None:
    found = read(tmp_path, [HEADINGS, ["5.1.01", "Gaji", 900, 12350000, 60.5], ["5.1.02", "Alat", 5, None, None]])
    (row,) = found.rows
    assert (row.code, row.spent, row.physical) == ("5.1.01", Decimal(12350000), Decimal("60.5"))
    assert (row.code_at, row.spent_at, row.physical_at) == ("RFK!A2", "RFK!D2", "RFK!E2")
    assert (found.refused, found.complaints) == ("", ())


@pytest.mark.parametrize(
    ("headings", "expected"),
    [
        (["Kode", "Realisasi", "Fisik"], (1, 2)),
        (["Kode Rekening", "Realisasi Anggaran (Rp)", "Realisasi Fisik %"], (1, 2)),
        (["No. Rekening", "Fisik", "Keuangan (Rp)"], (2, 1)),
        (["Kode", "Realisasi s/d bulan lalu", "Realisasi bulan ini", "Realisasi s/d bulan ini"], (3, None)),
        (["Kode", "Rencana Fisik", "Realisasi Fisik", "Realisasi Keuangan", "Realisasi Keuangan (%)"], (3, 2)),
        (["Kode", "Realisasi Keuangan", "Fisik tertimbang", "Fisik s/d lalu", "Fisik s/d ini"], (1, 4)),
    ],
)
def test_columns_are_found_by_their_headings(
    headings: list[str], expected: tuple[int, int | None], tmp_path: Path
) -> None:
    numbers: list[Any] = ["5.1.01", *range(11, 11 + len(headings) - 1)]
    spent, physical = expected
    (row,) = read(tmp_path, [["Laporan"], headings, numbers]).rows
    assert row.spent == numbers[spent]
    assert row.physical == (None if physical is None else numbers[physical])


def test_headings_may_stand_in_two_rows(tmp_path: Path) -> None:
    rows: Cells = [
        ["Kode Rekening", "Uraian", "Realisasi", None],
        [None, None, "Keuangan (Rp)", "Fisik (%)"],
        [1, 2, 3, 4],
        ["5.1.01", "Gaji", 1000, 20],
    ]
    assert figures(read(tmp_path, rows)) == [("5.1.01", Decimal(1000), Decimal(20))]


def test_the_form_of_a_kabupaten_is_read(tmp_path: Path) -> None:
    """The layout of domain.md 4.6, with its headings in two rows."""
    rows: Cells = [
        ["Kode rekening", "Program", "Bobot", "Fisik", None, None, "Keuangan", None, None, None],
        [None, None, None, "Rencana", "Realisasi", "Tertimbang", "SKO/SPD", "SPM/SP2D", "Realisasi", "SPJ"],
        ["5.1.01", "Gaji", 10, 50, 45, 4.5, 900, 800, 700, 600],
    ]
    assert figures(read(tmp_path, rows)) == [("5.1.01", Decimal(700), Decimal(45))]


def test_two_columns_that_may_both_be_meant_are_not_chosen_between(tmp_path: Path) -> None:
    found = read(tmp_path, [["Kode", "Realisasi GU", "Realisasi LS"], ["5.1.01", 1, 2]])
    assert "beberapa kolom realisasi" in found.refused
    assert found.rows == ()


@pytest.mark.parametrize(
    ("cell", "shown", "said"),
    [
        ("#REF!", "General", "galat Excel"),
        ("=1+1", "General", "rumus tanpa nilai"),
        (0.6, "0%", "persen, sedangkan yang diminta rupiah"),
        (-5, "General", "kurang dari nol"),
        ("12 juta lebih", "General", "bukan satu angka yang jelas"),
        ("2.800", "General", "bukan satu angka yang jelas"),
        (True, "General", "tidak berisi angka"),
        (1e14, "General", "terlalu panjang"),
    ],
)
def test_an_amount_that_cannot_be_taken_is_named_by_its_cell(cell: Any, shown: str, said: str, tmp_path: Path) -> None:
    found = read(tmp_path, [HEADINGS, ["5.1.01", "Gaji", 900, cell, 60]], formats={"RFK!D2": shown})
    assert found.rows == ()
    ((place, text),) = complaints(found)
    assert place == "RFK!D2"
    assert said in text


def test_a_percent_is_taken_as_people_see_it_and_a_bare_fraction_is_not(tmp_path: Path) -> None:
    rows: Cells = [HEADINGS, ["a.1", "", 1, 10, 0.6], ["a.2", "", 1, 10, "62,5%"], ["a.3", "", 1, 10, 0.6]]
    found = read(tmp_path, rows, formats={"RFK!E2": "0%"})
    assert figures(found) == [("a.1", Decimal(10), Decimal(60)), ("a.2", Decimal(10), Decimal("62.5"))]
    assert complaints(found) == [("RFK!E4", "Tertulis 0,6; mohon tulis persen, misalnya 60 untuk 60%.")]


def test_rupiah_written_as_text_are_read(tmp_path: Path) -> None:
    found = read(tmp_path, [HEADINGS, ["5.1.01", "", 1, "Rp 12.350.000,-", None]])
    assert figures(found) == [("5.1.01", Decimal(12350000), None)]


@pytest.mark.parametrize(
    ("title", "sheet", "month"),
    [
        ("s/d bulan Maret 2022", "Sheet1", (3, 2022)),
        ("Posisi s.d. 31 Maret", "Sheet1", (3, None)),
        ("Laporan", "Nopember", (11, None)),
        ("Januari s/d Maret 2022", "Sheet1", (None, None)),
        ("Laporan", "Sheet1", (None, None)),
    ],
)
def test_the_month_is_the_only_one_that_is_named(
    title: str, sheet: str, month: tuple[int | None, int | None], tmp_path: Path
) -> None:
    found = read(tmp_path, [[title], HEADINGS, ["5.1.01", "", 1, 10, 1]], sheet=sheet)
    assert (found.month, found.year) == month


def test_a_second_table_is_told_and_a_hidden_one_is_not_read(tmp_path: Path) -> None:
    from openpyxl import load_workbook

    row: Cells = [HEADINGS, ["5.1.01", "", 1, 10, 1]]
    path = save(tmp_path / "sent.xlsx", {"Februari": row, "Maret": row, "Lain": row})
    workbook = load_workbook(path)
    workbook["Februari"].sheet_state = "hidden"
    workbook.save(path)
    found = read_spending(path)
    assert found.rows[0].code_at == "Maret!A2"
    assert [one.place for one in found.complaints] == ["Lain"]


@pytest.mark.parametrize(
    "content", [b"", b"%PDF-1.7", b"PK\x03\x04 damaged", b"\xd0\xcf\x11\xe0 old"], ids=["empty", "pdf", "zip", "xls"]
)
def test_what_is_no_workbook_is_refused_in_a_sentence(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "sent.xlsx"
    path.write_bytes(content)
    assert read_spending(path).refused.endswith(".")


def test_a_workbook_without_such_a_table_is_refused_in_a_sentence(tmp_path: Path) -> None:
    assert "Kode dan Realisasi tidak ditemukan" in read(tmp_path, [["No", "Nama"], [1, "Daftar hadir"]]).refused
