"""The sheet `Realisasi awal` and "Mulai dipakai": what is taken, what is complained about, and how it is written."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from bot.documents.office_workbook import read_workbook
from bot.documents.workbook_template import workbook_bytes
from domain.periods import Period
from domain.plan import OfficePlan, OpeningRow
from tests.bot.documents.workbooks import Cells, indicator, save, sheets

HEADERS = ["Kode", "Posisi s/d", "Nilai", "Sumber", "Berlaku"]
BY_QUARTER, BY_MONTH = indicator(), indicator(Kode="B-1", bulan="1 1 1 1 1 1 1 1 1 1 1 1")


def content(*rows: list[Any], begins: str | None = "2022-06") -> dict[str, Cells]:
    made = sheets(BY_QUARTER, BY_MONTH)
    if begins is not None:
        made["Kantor"].append(["Mulai dipakai", begins])
    made["Realisasi awal"] = [HEADERS, *rows]
    return made


def test_positions_and_single_periods_are_taken_and_written_again(tmp_path: Path) -> None:
    rows = (
        ["A-1", "Mar", 2, "laporan TW I", None],
        ["B-1", "2022-05", 4, "buku register", "s/d"],
        ["B-1", "Jan", 1, None, "periode itu saja"],
    )
    plan = read_workbook(save(tmp_path / "kantor.xlsx", content(*rows, begins="Juni 2022")))
    assert isinstance(plan, OfficePlan), plan
    assert plan.begins == Period.month(2022, 6)
    assert plan.openings == (
        OpeningRow("A-1", Period.quarter(2022, 1), Decimal(2), "laporan TW I", place="Realisasi awal!2"),
        OpeningRow("B-1", Period.month(2022, 5), Decimal(4), "buku register", place="Realisasi awal!3"),
        OpeningRow("B-1", Period.month(2022, 1), Decimal(1), alone=True, place="Realisasi awal!4"),
    )
    (tmp_path / "lagi.xlsx").write_bytes(workbook_bytes(plan))
    again = read_workbook(tmp_path / "lagi.xlsx")
    assert isinstance(again, OfficePlan), again
    assert (again.begins, again.openings) == (plan.begins, plan.openings)


@pytest.mark.parametrize(
    ("row", "begins", "cell", "said"),
    [
        (["Z-9", "2022-05", 4], "2022-06", "A2", "tidak ada di lembar Indikator"),
        (["A-1", "2022-05", 4], "2022-06", "B2", "dilaporkan per triwulan"),
        (["B-1", "2022-06", 4], "2022-06", "B2", "tidak berakhir sebelum mulai dipakai"),
        (["B-1", "2022-TW1", 4], "2022-06", "B2", "dilaporkan per bulan"),
        (["B-1", "2022-05", 4], None, "B2", 'Isi dahulu "Mulai dipakai"'),
        (["B-1", "2022-05", "banyak"], "2022-06", "C2", "angka"),
        (["B-1", "2022-05", 4, None, "entah"], "2022-06", "E2", "s/d"),
    ],
)
def test_what_cannot_be_taken_is_complained_about(
    tmp_path: Path, row: list[Any], begins: str | None, cell: str, said: str
) -> None:
    complaints = read_workbook(save(tmp_path / "kantor.xlsx", content(row, begins=begins)))
    assert isinstance(complaints, tuple), complaints
    found = {complaint.place: complaint.text for complaint in complaints}
    assert said in found[f"Realisasi awal!{cell}"]


def test_the_beginning_is_a_month(tmp_path: Path) -> None:
    complaints = read_workbook(save(tmp_path / "kantor.xlsx", content(begins="TW II")))
    assert isinstance(complaints, tuple), complaints
    assert [complaint.place for complaint in complaints] == ["Kantor!B6"]
