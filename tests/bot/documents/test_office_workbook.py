"""What the reader takes from a workbook that people filled in, what it asks, and what it complains about."""

import io
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.documents.example_office import example_office
from bot.documents.office_workbook import read_workbook
from bot.documents.workbook_template import workbook_bytes
from domain.evidence import Demand, Demanded
from domain.modes import Confidence, Mode, Polarity, Rhythm
from domain.periods import Period
from domain.plan import About, DayOffRow, IndicatorRow, OfficePlan, OpenQuestion, Role
from tests.bot.documents.workbooks import Cells, indicator, save, sheets

Content = dict[str, Cells]


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., OfficePlan]:
    def read(content: Content, formats: dict[str, str] | None = None) -> OfficePlan:
        plan = read_workbook(save(tmp_path / "kantor.xlsx", content, formats))
        assert isinstance(plan, OfficePlan), plan
        return plan

    return read


@pytest.fixture
def refused(tmp_path: Path) -> Callable[[Content], dict[str, str]]:
    """The complaints of a workbook, place to text."""

    def refused(content: Content) -> dict[str, str]:
        complaints = read_workbook(save(tmp_path / "kantor.xlsx", content))
        assert isinstance(complaints, tuple)
        assert all(text.text.endswith(".") for text in complaints)
        return {complaint.place: complaint.text for complaint in complaints}

    return refused


def only(plan: OfficePlan) -> IndicatorRow:
    (row,) = plan.indicators
    return row


# --- what is taken ----------------------------------------------------------------------------------------------


def test_the_office_and_its_posts(read: Callable[..., OfficePlan]) -> None:
    content = sheets()
    content["Kantor"] += [["Hari kerja", 6], ["HARI LIBUR SENDIRI", date(2022, 6, 8)], ["Dokumen", "No. 5"]]
    content["Kantor"] += [["Hari libur sendiri", "2022-06-18"]]
    plan = read(content)
    assert (plan.office, plan.year, plan.zone, plan.workdays) == ("Contoh", 2022, "Asia/Makassar", 6)
    assert plan.own_days == (DayOffRow(date(2022, 6, 8)), DayOffRow(date(2022, 6, 18)))
    assert plan.document == "No. 5"
    assert [(post.title, post.role, post.superior, post.is_admin) for post in plan.posts] == [
        ("Camat", Role.CAMAT, None, False),
        ("Kasi Pemerintahan", Role.KASI, "Camat", True),
    ]


def test_days_off_have_names_and_those_of_the_first_sheet_count_too(read: Callable[..., OfficePlan]) -> None:
    content = sheets()
    content["Kantor"] += [["Hari libur sendiri", date(2022, 6, 8)], ["Hari libur sendiri", date(2022, 8, 29)]]
    content["Libur"] = [["Tanggal", "Nama"], [date(2022, 6, 8), "Galungan"], ["18/06/2022", None]]
    assert read(content).own_days == (
        DayOffRow(date(2022, 6, 8), "Galungan"),
        DayOffRow(date(2022, 6, 18)),
        DayOffRow(date(2022, 8, 29)),
    )


@pytest.mark.parametrize(
    ("row", "place", "says"),
    [
        (["besok", "Galungan"], "Libur!A3", "tanggal, misalnya 29/03/2022"),
        ([None, "Galungan"], "Libur!A3", "tanggal"),
        ([date(2022, 6, 8), "Kuningan"], "Libur!A3", "sudah ada di baris lain"),
    ],
)
def test_days_off_that_cannot_be_taken(
    refused: Callable[[Content], dict[str, str]], row: list[Any], place: str, says: str
) -> None:
    content = sheets()
    content["Libur"] = [["Tanggal", "Nama"], [date(2022, 6, 8), "Galungan"], row]
    assert says in refused(content)[place]


def test_a_blank_mode_is_inferred(read: Callable[..., OfficePlan]) -> None:
    row = only(read(sheets(indicator(Target_tahunan=12))))
    assert (row.mode, row.confidence) == (Mode.SUM, Confidence.HIGH)
    assert row.targets[Period.quarter(2022, 4)] == Decimal(3)
    assert row.place == "Indikator!2"


@pytest.mark.parametrize(
    ("written", "mode", "confidence"),
    [
        ("cum", Mode.CUM, Confidence.HIGH),
        ("Jumlah", Mode.SUM, Confidence.HIGH),
        ("LEVEL (usulan)", Mode.LEVEL, Confidence.MEDIUM),
        ("tanya", None, Confidence.ASK),
    ],
)
def test_a_written_mode_holds_against_the_rule(
    read: Callable[..., OfficePlan], written: str, mode: Mode | None, confidence: Confidence
) -> None:
    row = only(read(sheets(indicator(Cara_hitung=written))))
    assert (row.mode, row.confidence) == (mode, confidence)


def test_headers_and_sheets_are_found_in_any_case_and_below_a_title(read: Callable[..., OfficePlan]) -> None:
    content = sheets(indicator(bulan="1 1 1 1 1 1 1 1 1 1 1 1", Target_tahunan=12))
    headers = ["PEBRUARI" if header == "Feb" else header.upper() for header in content["Indikator"][0]]
    content["INDIKATOR "] = [["Rencana aksi 2022"], headers, *content.pop("Indikator")[1:]]
    row = only(read(content))
    assert row.rhythm is Rhythm.MONTHLY
    assert row.targets[Period.month(2022, 2)] == Decimal(1)
    assert row.place == "Indikator!3"


def test_dashes_are_no_target_and_a_zero_is_one(read: Callable[..., OfficePlan]) -> None:
    row = only(read(sheets(indicator(TW="- 0 . 4"))))
    assert row.targets == {Period.quarter(2022, 2): Decimal(0), Period.quarter(2022, 4): Decimal(4)}


def test_a_percent_cell_is_what_people_see(read: Callable[..., OfficePlan]) -> None:
    formats = {"Indikator!V2": "0%", "Indikator!W2": '0.0"%"'}
    row = only(
        read(
            sheets(
                indicator(Satuan="%", TW="0.07 14.5 . ."),
            ),
            formats=formats,
        )
    )
    assert list(row.targets.values()) == [Decimal(7), Decimal("14.5")]


@pytest.mark.parametrize(
    ("text", "value"),
    [("1.250,5", "1250.5"), ("1.699.465", "1699465"), ("2,8", "2.8"), ("1234567890123,123456", "1234567890123.123456")],
)
def test_text_with_one_reading_is_a_number(read: Callable[..., OfficePlan], text: str, value: str) -> None:
    assert only(read(sheets(indicator(Target_tahunan=text)))).annual_target == Decimal(value)


@pytest.mark.parametrize(
    ("unit", "name", "cells", "limits"),
    [
        ("%", "Cakupan", "25 50 75 100", ("0", "100")),
        ("%", "Kenaikan", "25 50 75 120", ("0", None)),
        ("nilai", "IKM", ". . . 84", ("0", "100")),
        ("angka", "Nilai evaluasi", "3.1 . . .", ("0", "5")),
        (None, "Indeks Kepuasan", ". . . 84", ("0", "100")),
        ("dokumen", "Dokumen", "1 1 1 1", ("0", None)),
    ],
)
def test_usual_limits(
    read: Callable[..., OfficePlan], unit: str, name: str, cells: str, limits: tuple[str, str | None]
) -> None:
    row = only(read(sheets(indicator(Satuan=unit, Indikator=name, TW=cells))))
    assert (row.low, row.high) == tuple(None if limit is None else Decimal(limit) for limit in limits)


def test_written_limits_hold_and_a_dash_is_none(read: Callable[..., OfficePlan]) -> None:
    row = only(read(sheets(indicator(Satuan="%", Batas_bawah="-", Batas_atas=150))))
    assert (row.low, row.high) == (None, Decimal(150))


@pytest.mark.parametrize(
    ("cells", "demand"),
    [
        ({}, None),
        ({"Bukti": "foto"}, Demand(Demanded.PHOTO, 1)),
        ({"Bukti": " Dokumen ", "Jumlah_bukti": 2}, Demand(Demanded.DOCUMENT, 2)),
        ({"Jumlah_bukti": 3}, Demand(Demanded.ANYTHING, 3)),
        ({"Bukti": "berkas", "Jumlah_bukti": 0}, Demand(Demanded.FILE, 0)),
        ({"Bukti": "tidak wajib", "Jumlah_bukti": 2}, Demand()),
    ],
)
def test_the_evidence_that_is_demanded(
    read: Callable[..., OfficePlan], cells: dict[str, Any], demand: Demand | None
) -> None:
    assert only(read(sheets(indicator(**cells)))).demand == demand


def test_a_row_without_targets_is_context_and_never_asked(read: Callable[..., OfficePlan]) -> None:
    plan = read(sheets(indicator(TW=". . . .", Jabatan=None, Indikator=None)))
    assert only(plan).context
    assert plan.questions == ()


def test_a_row_without_targets_that_is_reported_is_asked(read: Callable[..., OfficePlan]) -> None:
    plan = read(sheets(indicator(TW=". . . .", Konteks="tidak")))
    assert not only(plan).context
    assert [question.about for question in plan.questions] == [About.MODE]


def test_phone_numbers_in_their_usual_spellings(read: Callable[..., OfficePlan]) -> None:
    content = sheets()
    written = ["0812-0000-0001", "+62 812 0000 0002", 6281200000003, 81200000004, None]
    content["Pegawai"] = [["Nama", "Jabatan", "Nomor telepon"], *(["Sari", "Camat", phone] for phone in written)]
    phones = [person.phone for person in read(content).people]
    assert phones == ["+6281200000001", "+6281200000002", "+6281200000003", "+6281200000004", ""]


REPORT_HEADERS = ["Kode", "Periode", "Nilai", "Dilaporkan", "Catatan", "Tanda"]


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("2022-TW1", "2022-TW1"),
        ("TW I", "2022-TW1"),
        ("Maret", "2022-03"),
        (date(2022, 3, 1), "2022-03"),
        (2022, "2022"),
    ],
)
def test_past_reports_with_their_period_and_local_time(
    read: Callable[..., OfficePlan], written: Any, code: str
) -> None:
    content = sheets()
    content["Realisasi"] = [REPORT_HEADERS, ["A-1", written, 2.5, datetime(2022, 3, 29, 10, 42), "lengkap", "contoh"]]  # noqa: DTZ001 - workbooks have no zones
    (report,) = read(content).reports
    assert (report.period.code, report.value, report.sample) == (code, Decimal("2.5"), True)
    assert report.reported_at == datetime(2022, 3, 29, 10, 42, tzinfo=ZoneInfo("Asia/Makassar"))


def test_answers_in_the_words_of_the_office(read: Callable[..., OfficePlan]) -> None:
    content = sheets(indicator(Target_tahunan=3, Jabatan=None, bulan="? . . . . . . . . . . ."))
    headers = ["Kode", "Perihal", "Jawaban", "Oleh", "Tanggal", "Alasan", "Tanda"]
    day = date(2022, 3, 29)
    content["Jawaban"] = [
        headers,
        ["A-1", "Cara hitung", "jumlah", "Budi", day, "sesuai DPA", "contoh"],
        ["A-1", "jabatan", "kasi  pemerintahan", "Budi", day, None, None],
        ["A-1", "target", "2022-01 = 2,5;2022-02=-", "Budi", day, None, None],
    ]
    answers = read(content).answers
    assert [answer.value for answer in answers] == ["SUM", "Kasi Pemerintahan", "2022-01=2.5; 2022-02=-"]
    assert (answers[0].by, answers[0].on, answers[0].reason, answers[0].sample) == ("Budi", day, "sesuai DPA", True)


# --- what is asked ----------------------------------------------------------------------------------------------


def asked(plan: OfficePlan) -> dict[About, OpenQuestion]:
    return {question.about: question for question in plan.questions}


def test_the_question_about_a_repeated_annual_target(read: Callable[..., OfficePlan]) -> None:
    question = asked(read(sheets(indicator(bulan=" ".join(["25"] * 12), Target_tahunan=25))))[About.MODE]
    assert question.text == (
        "Target tahunan 25 dokumen, tiap bulan juga 25. Yang benar: (1) 25 dokumen baru tiap bulan (setahun 300), "
        "(2) 25 dokumen yang sama tiap bulan, (3) 25 dokumen untuk setahun?"
    )
    assert question.options == ("SUM", "LEVEL", "SINGLE")
    assert (question.proposal, question.place) == ("", "Indikator!F2")


def test_the_question_quotes_the_note_of_the_plan(read: Callable[..., OfficePlan]) -> None:
    plan = read(sheets(indicator(Satuan="ASN", TW="10 8 8 8", Keterangan="akhir tahun")))
    question = asked(plan)[About.MODE]
    assert question.text.startswith(
        'Target triwulan: 10, 8, 8, 8 ASN (jumlah 34, terakhir 8). Keterangan pada rencana: "akhir tahun". Yang benar:'
    )
    assert question.options == ("SUM", "LEVEL", "CUM")


def test_lost_months_that_close_are_proposed(read: Callable[..., OfficePlan]) -> None:
    cells = "233 233 233 233 233 233 ? ? ? ? 233 237"
    plan = read(sheets(indicator(bulan=cells, Target_tahunan=2800)))
    questions = asked(plan)
    assert questions[About.MODE].proposal == "SUM"
    assert "Jul, Agu, Sep, Okt tidak terbaca. Dengan 233, 233, 233, 233 jumlahnya tepat 2.800." in (
        questions[About.MODE].text
    )
    assert questions[About.TARGETS].proposal == "2022-07=233; 2022-08=233; 2022-09=233; 2022-10=233"
    assert questions[About.TARGETS].place == "Indikator!P2"
    assert Period.month(2022, 7) not in only(plan).targets


def test_lost_months_that_do_not_close_are_asked_without_a_proposal(read: Callable[..., OfficePlan]) -> None:
    cells = "166 166 166 166 166 ? ? ? ? ? ? ?"
    questions = asked(read(sheets(indicator(bulan=cells, Target_tahunan=1800))))
    assert (questions[About.MODE].proposal, questions[About.TARGETS].proposal) == ("", "")


def test_an_index_is_never_offered_as_a_sum(read: Callable[..., OfficePlan]) -> None:
    question = asked(read(sheets(indicator(Satuan="nilai", TW="70 60 70 80"))))[About.MODE]
    assert "SUM" not in question.options


def test_blank_owner_and_name_and_a_negative_name_are_asked(read: Callable[..., OfficePlan]) -> None:
    plan = read(
        sheets(
            indicator(Kode="A", Jabatan=None, Indikator=None),
            indicator(Kode="B", Indikator="Jumlah pengaduan masyarakat"),
            indicator(Kode="C", Indikator="Jumlah pengaduan masyarakat", Arah="negatif"),
            indicator(Kode="D", Indikator="Jumlah pengaduan yang ditindaklanjuti"),
        )
    )
    assert [(q.indicator, q.about, q.place) for q in plan.questions] == [
        ("A", About.NAME, "Indikator!C2"),
        ("A", About.OWNER, "Indikator!E2"),
        ("B", About.DIRECTION, "Indikator!G3"),
    ]
    assert plan.questions[1].options == ("Camat", "Kasi Pemerintahan")
    assert plan.questions[2].proposal == Polarity.NEGATIVE


def test_a_question_of_the_workbook_replaces_the_readers_own(read: Callable[..., OfficePlan]) -> None:
    content = sheets(indicator(Target_tahunan=3))
    content["Pertanyaan"] = [
        ["Kode", "Perihal", "Pertanyaan", "Usulan", "Pilihan", "Tempat"],
        ["A-1", "Cara hitung", "Tiga baru, atau tiga yang sama?", "level", "SUM\nkondisi", "L12"],
    ]
    assert read(content).questions == (
        OpenQuestion("A-1", About.MODE, "Tiga baru, atau tiga yang sama?", "LEVEL", ("SUM", "LEVEL"), "L12"),
    )


# --- what is complained about -----------------------------------------------------------------------------------


def test_everything_is_told_at_once(refused: Callable[[Content], dict[str, str]]) -> None:
    content = sheets(
        indicator(Kode="A", Jabatan="Kasi Pemerintah", Cara_hitung="SUMA", Jenjang="Lantai"),
        indicator(Kode="A", TW="3 . . .", Target_tahunan="tiga", Anggaran=10.5),
        indicator(Kode=None, Target_tahunan="2.800"),
    )
    content["Kantor"][4] = ["Zona waktu", "GMT"]
    content["Jabatan"][2][1] = "ketua"
    complaints = refused(content)
    assert set(complaints) == {
        "Kantor!B5", "Jabatan!B3", "Indikator!E2", "Indikator!F2", "Indikator!B2", "Indikator!A3", "Indikator!I3",
        "Indikator!Z3", "Indikator!A4", "Indikator!I4",
    }  # fmt: skip
    assert complaints["Indikator!E2"] == (
        'Jabatan "Kasi Pemerintah" tidak ada di lembar Jabatan, mungkin maksudnya "Kasi Pemerintahan".'
    )
    assert "sudah dipakai di Indikator!A2" in complaints["Indikator!A3"]
    assert "SUM, CUM, LEVEL, SINGLE" in complaints["Indikator!F2"]


@pytest.mark.parametrize(
    ("values", "place", "says"),
    [
        ({"bulan": "1 . . . . . . . . . . .", "TW_II": 3}, "Indikator!W2", "salah satu"),
        ({"TW_I": date(2022, 3, 1)}, "Indikator!V2", "tanggal"),
        ({"TW_I": "=1+1"}, "Indikator!V2", "rumus"),
        ({"TW_I": "#DIV/0!"}, "Indikator!V2", "galat"),
        ({"TW_I": True}, "Indikator!V2", "BENAR/SALAH"),
        ({"TW_I": "3 dokumen"}, "Indikator!V2", "angka"),
        ({"TW_I": "25 Peserta/30 Kali"}, "Indikator!V2", "angka"),
        ({"TW_I": "9" * 40}, "Indikator!V2", "terlalu besar"),
        ({"TW_I": 1e300}, "Indikator!V2", "terlalu besar"),
        ({"TW_I": 1 / 3}, "Indikator!V2", "dibulatkan"),
        ({"Anggaran": -5}, "Indikator!Z2", "bulat"),
        ({"Batas_bawah": 5, "Batas_atas": 1}, "Indikator!AA2", "lebih besar"),
        ({"Ritme": "bulanan", "Cara_hitung": "LEVEL"}, "Indikator!H2", "triwulanan"),
        ({"Indikator": date(2022, 3, 1)}, "Indikator!C2", "teks"),
        ({"Kode": "=A1"}, "Indikator!A2", "rumus"),
        ({"Bukti": "tautan"}, "Indikator!AE2", "foto, dokumen, berkas"),
        ({"Jumlah_bukti": 1.5}, "Indikator!AF2", "bulat"),
        ({"Jumlah_bukti": 101}, "Indikator!AF2", "paling banyak 100"),
    ],
)
def test_a_cell_that_cannot_be_taken(
    refused: Callable[[Content], dict[str, str]], values: dict[str, Any], place: str, says: str
) -> None:
    assert says in refused(sheets(indicator(**values)))[place]


def test_missing_sheets_and_columns(refused: Callable[[Content], dict[str, str]]) -> None:
    content = sheets()
    del content["Jabatan"]
    content["Indikator"] = [row[1:] for row in content["Indikator"]]
    content["Pegawai"] = [["apa", "saja"], ["Sari", "Camat"]]
    complaints = refused(content)
    assert "renaksi template" in complaints["Jabatan"] or "Belum ada jabatan" in complaints["Jabatan"]
    assert complaints["Indikator!1"] == 'Kolom "Kode" tidak ada, mohon tambahkan judulnya.'
    assert "Nama, Jabatan" in complaints["Pegawai!1"]


def test_a_column_that_stands_twice(refused: Callable[[Content], dict[str, str]]) -> None:
    content = sheets()
    content["Indikator"][0] = [*content["Indikator"][0], "Januari"]
    assert "dua kali" in refused(content)["Indikator!AG1"]


@pytest.mark.parametrize(
    ("post", "place", "says"),
    [
        (["camat", "kasi", "Camat"], "Jabatan!A4", "dua kali"),
        (["Lurah", "kasi", None], "Jabatan!C4", "kosong"),
        (["Lurah", "kasi", "Bupati"], "Jabatan!C4", "tidak ada"),
        (["Lurah", "kasi", "Lurah"], "Jabatan!C4", "dirinya sendiri"),
        (["Camat II", "camat", None], "Jabatan", "tepat satu"),
        (["Camat II", "camat", "Camat"], "Jabatan!C4", "atasan"),
    ],
)
def test_posts_that_do_not_fit_together(
    refused: Callable[[Content], dict[str, str]], post: list[Any], place: str, says: str
) -> None:
    content = sheets()
    content["Jabatan"].append(post)
    assert says in refused(content)[place]


@pytest.mark.parametrize(
    ("row", "place", "says"),
    [
        (["Tahun", 22], "Kantor!B6", "empat angka"),
        (["Hari kerja", 7], "Kantor!B6", "5 atau 6"),
        (["Bupati", "x"], "Kantor!A6", "tidak dikenal"),
        (["Kabupaten", "x"], "Kantor!A6", "dua kali"),
        (["Hari libur sendiri", "besok"], "Kantor!B6", "tanggal"),
    ],
)
def test_facts_of_the_office_that_cannot_be_taken(
    refused: Callable[[Content], dict[str, str]], row: list[Any], place: str, says: str
) -> None:
    content = sheets()
    if row[0] == "Tahun":
        content["Kantor"][3] = ["Hari kerja", 5]
    content["Kantor"].append(row)
    assert says in refused(content)[place]


def test_a_fact_that_is_missing(refused: Callable[[Content], dict[str, str]]) -> None:
    content = sheets()
    del content["Kantor"][1]
    assert refused(content)["Kantor"] == (
        'Isian "Nama kecamatan" tidak ada, mohon tambahkan di kolom Isian beserta isinya.'
    )


@pytest.mark.parametrize(
    ("row", "place", "says"),
    [
        (["X", "2022-TW1", 1, date(2022, 4, 1)], "Realisasi!A2", "tidak ada di lembar Indikator"),
        (["A-1", "2021-TW1", 1, date(2022, 4, 1)], "Realisasi!B2", "periode tahun 2022"),
        (["A-1", "triwulan", 1, date(2022, 4, 1)], "Realisasi!B2", "periode tahun 2022"),
        (["A-1", "2022-TW1", None, date(2022, 4, 1)], "Realisasi!C2", "masih kosong"),
        (["A-1", "2022-TW1", 1, "kemarin"], "Realisasi!D2", "tanggal"),
    ],
)
def test_reports_that_cannot_be_taken(
    refused: Callable[[Content], dict[str, str]], row: list[Any], place: str, says: str
) -> None:
    content = sheets()
    content["Realisasi"] = [REPORT_HEADERS, row]
    assert says in refused(content)[place]


def test_a_report_and_an_answer_that_stand_twice(refused: Callable[[Content], dict[str, str]]) -> None:
    content = sheets(indicator(Target_tahunan=3))
    report = ["A-1", "2022-TW1", 1, date(2022, 4, 1), None, None]
    answer = ["A-1", "Cara hitung", "SUM", "Budi", date(2022, 4, 1)]
    content["Realisasi"] = [REPORT_HEADERS, report, report]
    content["Jawaban"] = [["Kode", "Perihal", "Jawaban", "Oleh", "Tanggal"], answer, answer]
    complaints = refused(content)
    assert "sudah ada di Realisasi!2" in complaints["Realisasi!B3"]
    assert "sudah ada di Jawaban!2" in complaints["Jawaban!B3"]


@pytest.mark.parametrize(
    ("about", "value", "says"),
    [
        ("Cara hitung", "dikali", "SUM, CUM, LEVEL atau SINGLE"),
        ("Target", "233", "2022-07=233"),
        ("Target", "2021-07=233", "2022-07=233"),
        ("Target", "2022-07=2.800", "2022-07=233"),
    ],
)
def test_an_answer_that_does_not_fit(
    refused: Callable[[Content], dict[str, str]], about: str, value: str, says: str
) -> None:
    content = sheets(indicator(bulan="? . . . . . . . . . . ."))
    content["Jawaban"] = [
        ["Kode", "Perihal", "Jawaban", "Oleh", "Tanggal"],
        ["A-1", about, value, "Budi", date(2022, 4, 1)],
    ]
    assert says in refused(content)["Jawaban!C2"]


def test_an_answer_to_no_question(refused: Callable[[Content], dict[str, str]]) -> None:
    content = sheets(indicator(Target_tahunan=12))
    content["Jawaban"] = [
        ["Kode", "Perihal", "Jawaban", "Oleh", "Tanggal"],
        ["A-1", "Cara hitung", "SUM", "Budi", date(2022, 4, 1)],
    ]
    assert "Tidak ada pertanyaan" in refused(content)["Jawaban!B2"]


# --- files that are no workbook ---------------------------------------------------------------------------------


def packed(**members: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "/"), data)
    return buffer.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "kosong"),
        (b"nama;jabatan\n", "utuh"),
        (OLE, ".xls"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "kata sandi"),
        (packed(**{"word__document.xml": b"<w/>"}), "bukan buku kerja"),
        (packed(**{"xl__workbook.xml": b"<junk"}), "rusak"),
    ],
)
def test_a_file_that_is_no_workbook(tmp_path: Path, data: bytes, says: str) -> None:
    path = tmp_path / "kantor.xlsx"
    path.write_bytes(data)
    (complaint,) = read_workbook(path) or ()
    assert complaint.place == "kantor.xlsx"
    assert says in complaint.text


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    (complaint,) = read_workbook(tmp_path / "lain.xlsx") or ()
    assert "tidak ditemukan" in complaint.text


def test_a_file_cut_short_anywhere_is_told_never_raised(tmp_path: Path) -> None:
    whole = save(tmp_path / "utuh.xlsx", sheets()).read_bytes()
    path = tmp_path / "kantor.xlsx"
    for size in range(0, len(whole), 397):
        path.write_bytes(whole[:size])
        assert isinstance(read_workbook(path), tuple)


@pytest.mark.parametrize(
    "part", ["xl/worksheets/sheet2.xml", "xl/styles.xml", "xl/sharedStrings.xml", "xl/workbook.xml"]
)
@pytest.mark.parametrize("data", [None, b"<worksheet><sheetData><row"])
def test_a_damaged_part_is_told_never_raised(tmp_path: Path, part: str, data: bytes | None) -> None:
    path = tmp_path / "kantor.xlsx"
    whole = io.BytesIO(workbook_bytes(example_office(2022)))
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            if name != part:
                new.writestr(name, old.read(name))
            elif data is not None:
                new.writestr(name, data)
    read = read_workbook(path)
    if isinstance(read, OfficePlan):
        assert part == "xl/styles.xml"
    else:
        assert all(complaint.text for complaint in read)


def test_a_cell_far_away_does_not_fill_the_memory(tmp_path: Path) -> None:
    content = sheets()
    whole = save(tmp_path / "utuh.xlsx", content)
    path = tmp_path / "kantor.xlsx"
    far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b"</sheetData>", far))
    (complaint,) = read_workbook(path) or ()
    assert complaint.text == "Ada isi di sel XFD1048576, terlalu jauh dari tabel, mohon hapus sel itu."
