"""What was read of a plan, as a workbook with its doubts marked: written, looked at, filled in and read again."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from bot.documents.marked_workbook import marked_bytes
from bot.documents.office_workbook import read_workbook
from bot.documents.workbook_layout import Sheet
from bot.documents.workbook_template import DOUBTFUL
from domain.plan import About, Complaint, OfficePlan, OpenQuestion
from domain.plan_review import ALL_SAME
from tests.offices import ARSIP, BUKU, GAJI, KASI, PBB, PELAKSANA, PERDES, PERIZINAN, PLAN, YEAR

ASKED = (
    *PLAN.questions,
    OpenQuestion(PBB, About.UNIT, "Apa satuannya?", "%", (), "baris 7"),
    OpenQuestion(PBB, About.ANNUAL, "Target setahun tercetak 100,5. Berapa?", "100"),
    OpenQuestion(BUKU, About.REPEATED, "Sama dengan baris 3?", "same", ("same", "own", ALL_SAME), "baris 9"),
    OpenQuestion(PERDES, About.TARGETS, "Target sesudah September terpotong. Berapa?"),
    OpenQuestion(PERDES, About.OWNER, "Siapa pelapornya?", KASI, tuple(post.title for post in PLAN.posts)),
    OpenQuestion(GAJI, About.DIRECTION, "Makin tinggi makin baik?", "", ("positive", "negative")),
)
READ = replace(
    PLAN,
    indicators=tuple(replace(row, post=None) if row.code == PERDES else row for row in PLAN.indicators),
    questions=ASKED,
    people=(),
    only_plan=True,
)
"""What was read of a plan's file, with a question of every kind."""
ANSWERED = {(PBB, About.UNIT): "%"}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "bertanda.xlsx"
    path.write_bytes(marked_bytes(READ, ANSWERED))
    return path


def plan_in(path: Path) -> OfficePlan:
    plan = read_workbook(path)
    assert isinstance(plan, OfficePlan), plan
    return plan


def column(page: Any, header: str) -> int:
    return next(cell.column for cell in page[1] if cell.value == header)


def row_of(page: Any, **cells: str) -> int:
    wanted = {column(page, header): value for header, value in cells.items()}
    return next(
        row for row in range(2, page.max_row + 1) if all(page.cell(row, at).value == v for at, v in wanted.items())
    )


def filled(path: Path, cells: Mapping[tuple[Sheet, str, str, str], object]) -> Path:
    """The workbook with cells set, by sheet, code, what is asked (of `Perlu dijawab`) and header."""
    book: Any = load_workbook(path)
    for (sheet, code, about, header), value in cells.items():
        page = book[sheet]
        named = {"Kode": code, **({"Perihal": about} if about else {})}
        page.cell(row_of(page, **named), column(page, header)).value = value
    book.save(path)
    return path


def test_it_reads_back_as_what_was_read_with_its_questions_and_answers(path: Path) -> None:
    plan = plan_in(path)
    assert [replace(row, place="") for row in plan.indicators] == [replace(row, place="") for row in READ.indicators]
    assert {(one.indicator, one.about): (one.text, one.proposal) for one in plan.questions} == {
        (one.indicator, one.about): (one.text, one.proposal) for one in ASKED
    }
    assert next(one for one in plan.questions if one.about is About.REPEATED).options == ("same", "own")
    assert {(one.indicator, one.about): one.value for one in plan.answers} == ANSWERED
    assert (plan.only_plan, plan.people, [post.title for post in plan.posts]) == (
        True,
        (),
        [post.title for post in PLAN.posts],
    )


def test_doubtful_cells_are_coloured_and_say_what_is_asked(path: Path) -> None:
    page: Any = load_workbook(path)[Sheet.INDICATORS]
    headers = {cell.column: cell.value for cell in page[1]}
    remarks = {
        (page.cell(cell.row, 1).value, headers[cell.column]): cell.comment.text
        for row in page.iter_rows(min_row=2)
        for cell in row
        if cell.comment is not None
    }
    assert set(remarks) == {
        (PERIZINAN, "Cara hitung"), (PBB, "Target tahunan"), (BUKU, "Kode"), (PERDES, "Jabatan"), (GAJI, "Arah"),
        *((ARSIP, month) for month in ("Jul", "Agu", "Sep", "Okt")),
        *((PERDES, month) for month in ("Jan", "Apr", "Mei", "Jul", "Agu", "Okt", "Nov", "Des")),
    }  # fmt: skip
    assert "Sama dengan baris 3?" in remarks[BUKU, "Kode"]
    assert "Usulan: sama" in remarks[BUKU, "Kode"]
    assert "Perlu dijawab" in remarks[BUKU, "Kode"]
    coloured = {
        (page.cell(cell.row, 1).value, headers[cell.column])
        for row in page.iter_rows(min_row=2)
        for cell in row
        if cell.fill.fgColor.rgb == f"FF{DOUBTFUL[1:]}"
    }
    assert coloured == set(remarks)


def test_the_questions_stand_first_each_with_its_answers_to_choose_from(path: Path) -> None:
    book: Any = load_workbook(path)
    assert book.sheetnames[:2] == [Sheet.HELP, Sheet.TO_ANSWER]
    page = book[Sheet.TO_ANSWER]
    offered = {str(one.sqref): one.formula1 for one in page.data_validations.dataValidation}
    at = column(page, "Jawaban")
    letter = page.cell(1, at).column_letter

    def choices(code: str, about: str) -> str | None:
        return offered.get(f"{letter}{row_of(page, Kode=code, Perihal=about)}")

    assert choices(PERIZINAN, "Cara hitung") == '"jumlah,kondisi"'
    assert choices(BUKU, "Berulang") == '"sama,sendiri"'
    assert choices(PERDES, "Jabatan") == '"Camat,Sekretaris Kecamatan,Kasubbag Perencanaan,' + (
        'Kasi Pemerintahan,Kasi Pembangunan,Pengelola Gaji"'
    )
    assert choices(PBB, "Target setahun") == '"100"'
    assert choices(PERDES, "Target") is None
    assert [page.cell(row, 1).value for row in range(2, page.max_row + 1)] == [str(n) for n in range(1, 9)]
    open_ones = {
        row for row in range(2, page.max_row + 1) if page.cell(row, at).fill.fgColor.rgb == f"FF{DOUBTFUL[1:]}"
    }
    assert open_ones == set(range(2, 10)) - {row_of(page, Kode=PBB, Perihal="Satuan")}


def test_answers_are_taken_from_the_sheet(path: Path) -> None:
    answers = {
        (PERIZINAN, "Cara hitung"): "Kondisi",
        (PBB, "Target setahun"): "100,5",
        (BUKU, "Berulang"): "sendiri",
        (PERDES, "Target"): f"{YEAR}-10=1; {YEAR}-11=-",
        (PERDES, "Jabatan"): "pengelola gaji",
        (GAJI, "Arah"): "negatif",
    }
    plan = plan_in(filled(path, {(Sheet.TO_ANSWER, *key, "Jawaban"): said for key, said in answers.items()}))
    assert {(one.indicator, one.about): one.value for one in plan.answers} == {
        **ANSWERED,
        (PERIZINAN, About.MODE): "LEVEL",
        (PBB, About.ANNUAL): "100.5",
        (BUKU, About.REPEATED): "own",
        (PERDES, About.TARGETS): f"{YEAR}-10=1; {YEAR}-11=-",
        (PERDES, About.OWNER): PELAKSANA,
        (GAJI, About.DIRECTION): "negative",
    }


def test_a_cell_that_was_mended_needs_no_answer(path: Path) -> None:
    mended = {
        (Sheet.INDICATORS, PERIZINAN, "", "Cara hitung"): "SUM",
        (Sheet.INDICATORS, PERDES, "", "Jabatan"): KASI,
        (Sheet.INDICATORS, PBB, "", "Target tahunan"): 99,
        (Sheet.INDICATORS, ARSIP, "", "Okt"): 234,
        (Sheet.INDICATORS, GAJI, "", "Arah"): "negatif",
    }
    plan = plan_in(filled(path, mended))
    assert {(one.indicator, one.about) for one in plan.questions} == {
        (PBB, About.UNIT), (BUKU, About.REPEATED), (PERDES, About.TARGETS),
    }  # fmt: skip


def test_what_does_not_fit_is_told_by_sheet_and_cell(path: Path) -> None:
    wrong = {
        (Sheet.TO_ANSWER, PERIZINAN, "Cara hitung", "Jawaban"): "rata-rata",
        (Sheet.TO_ANSWER, PERDES, "Jabatan", "Jawaban"): "Lurah",
        (Sheet.TO_ANSWER, GAJI, "Arah", "Kode"): "hilang",
    }
    complaints = read_workbook(filled(path, wrong))
    assert isinstance(complaints, tuple)
    assert all(isinstance(one, Complaint) and one.place.startswith(f"{Sheet.TO_ANSWER}!") for one in complaints)
    assert len(complaints) == 3
