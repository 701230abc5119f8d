"""What `renaksi check` says of an office workbook, as JSON for scripts and as text for people."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.documents.check_report import report
from tests.bot.documents.workbooks import Cells, indicator, save, sheets

ANSWER_HEADERS = ["Kode", "Perihal", "Jawaban", "Oleh", "Tanggal"]


@pytest.fixture
def content() -> dict[str, Cells]:
    return sheets(
        indicator(Kode="A-1", TW="3 3 3 3", Target_tahunan=12, Anggaran=1021600000),
        indicator(Kode="A-2", TW="2.5 2.5 ? ?", Target_tahunan=10),
        indicator(Kode="A-3", TW=". . . .", Indikator="Penjelasan"),
    )


def checked(path: Path, content: dict[str, Cells]) -> dict[str, Any]:
    return json.loads(report(save(path / "kantor.xlsx", content)).as_json())


def test_an_indicator_that_is_understood(tmp_path: Path, content: dict[str, Cells]) -> None:
    said = checked(tmp_path, content)
    assert (said["file"], said["office"], said["year"], said["errors"]) == ("kantor.xlsx", "Contoh", 2022, [])
    assert said["indicators"][0] == {
        "indicator": "Jumlah dokumen",
        "unit": "dokumen",
        "level": "kegiatan",
        "path": {},
        "code": "A-1",
        "post": "Kasi Pemerintahan",
        "mode": "SUM",
        "confidence": "high",
        "annual_target": "12",
        "targets": {"2022-TW1": "3", "2022-TW2": "3", "2022-TW3": "3", "2022-TW4": "3"},
        "budget": "1021600000",
        "place": {"sheet": "Indikator", "row": 2, "table": None},
        "status": "ok",
    }


def test_an_indicator_that_is_asked(tmp_path: Path, content: dict[str, Cells]) -> None:
    said = checked(tmp_path, content)
    asked = said["indicators"][1]
    assert (asked["status"], asked["mode"], asked["confidence"]) == ("ask", None, "ask")
    assert len(asked["targets"]) == 4
    assert (asked["targets"]["2022-TW1"], asked["targets"]["2022-TW3"]) == ("2.5", None)
    mode, targets = said["questions"]
    assert (mode["about"], mode["proposal"]) == ("mode", "SUM")
    assert (targets["about"], targets["proposal"]) == ("targets", "2022-TW3=2.5; 2022-TW4=2.5")
    assert targets["text"].startswith("A-2, Jumlah dokumen: Target TW III, TW IV tidak terbaca.")
    assert targets["place"] == {"sheet": "Indikator", "row": 3, "table": None, "cell": "X3"}


def test_answers_of_the_workbook_are_applied_and_no_longer_asked(tmp_path: Path, content: dict[str, Cells]) -> None:
    day = date(2022, 4, 1)
    content["Jawaban"] = [
        ANSWER_HEADERS,
        ["A-2", "Cara hitung", "SUM", "Budi", day],
        ["A-2", "Target", "2022-TW3=5; 2022-TW1=-", "Budi", day],
    ]
    said = checked(tmp_path, content)
    settled = said["indicators"][1]
    assert said["questions"] == []
    assert (settled["status"], settled["mode"], settled["confidence"]) == ("ok", "SUM", "high")
    assert (settled["targets"]["2022-TW1"], settled["targets"]["2022-TW3"]) == (None, "5")


def test_open_targets_alone_do_not_hold_an_indicator_back(tmp_path: Path, content: dict[str, Cells]) -> None:
    content["Jawaban"] = [ANSWER_HEADERS, ["A-2", "Cara hitung", "SUM", "Budi", date(2022, 4, 1)]]
    said = checked(tmp_path, content)
    assert [question["about"] for question in said["questions"]] == ["targets"]
    assert said["indicators"][1]["status"] == "ok"


def test_owner_name_and_direction_answers_show(tmp_path: Path) -> None:
    row = indicator(Indikator="Jumlah pengaduan", Jabatan=None)
    nameless = indicator(Kode="A-2", Indikator=None)
    content = sheets(row, nameless)
    day = date(2022, 4, 1)
    content["Jawaban"] = [
        ANSWER_HEADERS,
        ["A-1", "Jabatan", "Camat", "Budi", day],
        ["A-1", "Arah", "negatif", "Budi", day],
        ["A-2", "Nama", "Jumlah surat", "Budi", day],
    ]
    said = checked(tmp_path, content)
    assert [item["status"] for item in said["indicators"]] == ["ok", "ok"]
    assert (said["indicators"][0]["post"], said["indicators"][1]["indicator"]) == ("Camat", "Jumlah surat")


def test_rows_for_orientation_are_ignored_with_a_reason(tmp_path: Path, content: dict[str, Cells]) -> None:
    said = checked(tmp_path, content)
    assert said["ignored"] == [
        {
            "place": {"sheet": "Indikator", "row": 4, "table": None},
            "why": "Hanya konteks, tidak dilaporkan: Penjelasan",
        }
    ]
    assert len(said["indicators"]) == 2


def test_a_question_whose_place_is_in_the_plans_document_points_at_its_row(tmp_path: Path) -> None:
    content = sheets(indicator(Target_tahunan=3))
    content["Pertanyaan"] = [
        ["Kode", "Perihal", "Pertanyaan", "Tempat"],
        ["A-1", "Cara hitung", "Baru atau sama?", "L12, halaman 3!"],
    ]
    (question,) = checked(tmp_path, content)["questions"]
    assert question["place"] == {"sheet": "Indikator", "row": 2, "table": None}


def test_errors_leave_everything_else_empty(tmp_path: Path, content: dict[str, Cells]) -> None:
    content["Indikator"][1][0] = None
    del content["Jabatan"]
    said = checked(tmp_path, content)
    assert (said["office"], said["year"], said["indicators"], said["questions"]) == (None, None, [], [])
    places = [error["place"] for error in said["errors"]]
    assert {"sheet": "Indikator", "row": 2, "table": None, "cell": "A2"} in places
    assert {"sheet": "Jabatan", "row": None, "table": None} in places


def test_the_text_for_people(tmp_path: Path, content: dict[str, Cells]) -> None:
    text = report(save(tmp_path / "kantor.xlsx", content)).as_text()
    assert text.splitlines()[:4] == [
        "kantor.xlsx: Kecamatan Contoh, tahun 2022.",
        "2 indikator terbaca, 1 siap dilaporkan.",
        "1 baris hanya konteks dan tidak dilaporkan.",
        "2 pertanyaan menunggu jawaban:",
    ]
    content["Indikator"][1][0] = None
    text = report(save(tmp_path / "kantor.xlsx", content)).as_text()
    assert text.splitlines() == [
        "kantor.xlsx: 1 hal perlu diperbaiki, belum ada yang dapat dimuat.",
        "- Indikator!A2: Kolom Kode masih kosong, mohon diisi.",
    ]


def test_services_stand_beside_the_indicators(tmp_path: Path, content: dict[str, Cells]) -> None:
    content["Layanan"] = [
        ["Kode", "Kelompok", "Jenis pelayanan", "Jabatan"],
        ["L-1", "Adminduk", "Kartu Keluarga", "Kasi Pemerintahan"],
        ["L-2", None, "Legalisasi surat", None],
    ]
    said = checked(tmp_path, content)
    assert len(said["indicators"]) == 2
    assert said["services"][0] == {
        "service": "Kartu Keluarga",
        "unit": "layanan",
        "group": "Adminduk",
        "code": "L-1",
        "post": "Kasi Pemerintahan",
        "place": {"sheet": "Layanan", "row": 2, "table": None},
        "status": "ok",
    }
    assert (said["services"][1]["group"], said["services"][1]["status"]) == (None, "ask")
    asked = next(question for question in said["questions"] if question["indicator"] == "L-2")
    assert asked["about"] == "owner"
    assert asked["text"].startswith("L-2, Legalisasi surat: ")
    assert asked["place"] == {"sheet": "Layanan", "row": 3, "table": None, "cell": "D3"}
    told = report(tmp_path / "kantor.xlsx").as_text()
    assert "2 indikator terbaca" in told and "2 layanan dihitung tiap bulan, tanpa target." in told
