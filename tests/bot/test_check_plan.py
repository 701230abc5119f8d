"""`renaksi check` and `renaksi load` of a plan file that is no office workbook."""

from pathlib import Path

import pytest

from tests.bot.terminal import Terminal, offices_in

PLANS = Path(__file__).parent / "documents" / "plan_reading" / "plans"
KEMANGKON = str(PLANS / "kemangkon-2022.txt")
SMALL = """RENCANA AKSI KECAMATAN CONTOH TAHUN 2025

No\tKegiatan\tIndikator\tSatuan\tTarget\tTW I\tTW II\tTW III\tTW IV\tPenanggung Jawab
1\tRapat\tJumlah rapat dinas\tKali\t12\t3\t3\t3\t3\tKasi Pemerintahan
2\tSurat\tJumlah surat masuk\tSurat\t60\t6 atau 7\t10\t20\t24\tKasi Pelayanan
\tJumlah\t\t\t72
"""


@pytest.fixture
def small(tmp_path: Path) -> Path:
    path = tmp_path / "rencana.txt"
    path.write_text(SMALL, encoding="utf-8")
    return path


def test_check_says_what_was_read_and_what_must_be_answered(renaksi: Terminal, small: Path) -> None:
    told = renaksi("check", str(small))
    assert told.code == 0
    assert told.out.splitlines()[:2] == [
        "rencana.txt: Kecamatan Contoh, tahun 2025.",
        "2 indikator terbaca, 1 perlu dijawab.",
    ]
    assert "- baris 6: Baris jumlah, bukan indikator." in told.out
    assert 'Target TW I (baris 5) memuat lebih dari satu angka: "6 atau 7"' in told.out


def test_check_as_json_keeps_its_form(renaksi: Terminal, small: Path) -> None:
    found = renaksi("check", "--json", str(small)).json
    whole, open_one = found["indicators"]
    assert (found["office"], found["year"], found["errors"]) == ("Contoh", 2025, [])
    assert whole == {
        "indicator": "Jumlah rapat dinas",
        "unit": "kali",
        "level": "kegiatan",
        "path": {"kegiatan": "Rapat"},
        "code": whole["code"],
        "post": "Kasi Pemerintahan",
        "mode": "SUM",
        "confidence": "high",
        "annual_target": "12",
        "targets": {"2025-TW1": "3", "2025-TW2": "3", "2025-TW3": "3", "2025-TW4": "3"},
        "budget": None,
        "place": {"line": 4},
        "status": "ok",
    }
    assert (open_one["status"], open_one["targets"]["2025-TW1"]) == ("ask", None)
    asked = [one for one in found["questions"] if one["indicator"] == open_one["code"]]
    assert (asked[0]["place"], asked[0]["about"], asked[0]["proposal"]) == ({"line": 5}, "targets", "2025-TW1=6")
    assert "Jumlah surat masuk" in asked[0]["text"]
    assert found["ignored"] == [{"place": {"line": 6}, "why": "Baris jumlah, bukan indikator."}]


def test_check_of_a_file_without_a_plan_is_an_error(renaksi: Terminal, tmp_path: Path) -> None:
    path = tmp_path / "surat.txt"
    path.write_text("Yth. Camat Contoh\nBersama ini kami sampaikan undangan rapat 2025.\n", encoding="utf-8")
    told = renaksi("check", str(path))
    assert (told.code, len(told.out.splitlines())) == (2, 2)
    found = renaksi("check", "--json", str(path))
    assert (found.code, found.json["indicators"], len(found.json["errors"])) == (2, [], 1)


def test_load_makes_an_office_of_a_plan_and_takes_it_once(renaksi: Terminal, small: Path, tmp_path: Path) -> None:
    asked = renaksi("load", str(small))
    assert (asked.code, "--zone" in asked.err) == (2, True)
    first = renaksi("load", str(small), "--zone", "WITA")
    assert first.code == 0
    assert first.out.startswith("Rencana Contoh 2025 versi 1 dimuat: 2 indikator, 5 jabatan, 1 pertanyaan")
    assert "tidak menyebut jabatan" not in first.out
    again = renaksi("load", str(small))
    assert (again.code, "tidak ada yang berubah" in again.out) == (0, True)
    assert offices_in(tmp_path) == ["Contoh"]


def test_a_changed_plan_needs_its_reason_and_document_and_says_whom_it_changes(renaksi: Terminal, small: Path) -> None:
    renaksi("load", str(small), "--zone", "WIB")
    small.write_text(SMALL.replace("\t12\t3\t3", "\t13\t4\t3"), encoding="utf-8")
    refused = renaksi("load", str(small))
    assert refused.code == 2
    assert "--reason" in refused.err
    assert "--document" in refused.err
    told = renaksi("load", str(small), "--reason", "PK Perubahan", "--document", "050/1/2025")
    assert told.code == 0
    assert "versi 2 dimuat" in told.out
    assert "- Kasi Pemerintahan: 1 berubah" in told.out
    assert "Kasi Pelayanan" not in told.out


def test_load_asks_for_what_a_file_does_not_print(renaksi: Terminal, small: Path, tmp_path: Path) -> None:
    small.write_text(SMALL.replace(" TAHUN 2025", "").replace("KECAMATAN CONTOH", ""), encoding="utf-8")
    assert renaksi("load", str(small), "--zone", "WIB").code == 2
    unnamed = renaksi("load", str(small), "--zone", "WIB", "--year", "2025")
    assert (unnamed.code, "--office" in unnamed.err) == (2, True)
    told = renaksi("load", str(small), "--zone", "WIB", "--year", "2025", "--office", "Kecamatan Maju")
    assert (told.code, offices_in(tmp_path)) == (0, ["Maju"])
    wrong = renaksi("load", str(small), "--zone", "WIS", "--year", "2025", "--office", "Lain")
    assert (wrong.code, "WITA" in wrong.err) == (2, True)
    assert renaksi("load", KEMANGKON, "--year", "2023").code == 2


def test_load_says_who_has_everything_where_a_plan_names_no_posts(renaksi: Terminal, small: Path) -> None:
    small.write_text(
        SMALL.replace("\tPenanggung Jawab", "").replace("\tKasi Pemerintahan", "").replace("\tKasi Pelayanan", "")
    )
    told = renaksi("load", str(small), "--zone", "WIB")
    assert told.code == 0
    assert "dicatat pada Kasubbag Perencanaan" in told.out
