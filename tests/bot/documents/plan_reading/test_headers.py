from unittest.mock import patch

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.documents.plan_reading.headings import heading_words
from bot.documents.plan_reading.headings.headers import Header, Part, find_header, find_headers
from bot.documents.plan_reading.headings.heading_words import (
    PeriodLabel,
    begins_as_name,
    month_number,
    period_label,
    read_words,
)
from bot.documents.plan_reading.in_rows.period_labels import read_packed
from domain.periods import PeriodKind
from domain.plan import Level
from tests.bot.documents.plan_reading.column_tables import rows_of

QUARTER, MONTH = PeriodKind.QUARTER, PeriodKind.MONTH
PIECES = (
    "Target", "Rencana", "pada", "bulan", "Kinerja", "sampai", "dengan", "hingga", "s/d", "sd", "tri", "wulan", "TW",
    "Triwulan", "Kuartal", "Semester", "smt", "Q", "ke", "I", "II", "4", "dua", "Januari", "Janari", "Peb", "Mei",
    "Agustuss", "lanuari", "Desember", "-", "tahun", "2025", "25%", "Jumlah", "Program", "surat", "masuk", "Rp",
)  # fmt: skip
"""Of which periods, names and targets are put together."""


def header_of(*lines: str) -> Header:
    header = find_header(rows_of(*lines))
    assert header is not None
    return header


def parts(header: Header) -> list[str]:
    return [
        f"{column.part.value} {column.label.number}" if column.label else column.part.value for column in header.columns
    ]


@pytest.mark.parametrize(
    ("text", "kind", "number"),
    [
        ("TW I", QUARTER, 1), ("TR IV", QUARTER, 4), ("TRW.2", QUARTER, 2), ("Tw-3", QUARTER, 3), ("TWIII", QUARTER, 3),
        ("Triwulan Ke-1", QUARTER, 1), ("TRIWULAN  II (Apr-Jun)", QUARTER, 2), ("Q3", QUARTER, 3),
        ("Target Triwulan IV", QUARTER, 4), ("Triwulan Kedua", QUARTER, 2), ("TW lI", QUARTER, 2),
        ("Jan - Mar", QUARTER, 1), ("Juli s.d. September", QUARTER, 3), ("TW I 2025", QUARTER, 1),
        ("Peb", MONTH, 2), ("Pebruari", MONTH, 2), ("Agt", MONTH, 8), ("Sept.", MONTH, 9), ("Nopember", MONTH, 11),
        ("Des", MONTH, 12), ("Bulan Maret", MONTH, 3), ("Bulan ke-7", MONTH, 7), ("Agustuss", MONTH, 8),
    ],
)  # fmt: skip
def test_a_period_is_named_in_many_spellings(text: str, kind: PeriodKind, number: int) -> None:
    assert period_label(text) == PeriodLabel(kind, number)


def test_what_a_period_label_says_beside_its_number() -> None:
    assert period_label("s/d TW II") == PeriodLabel(QUARTER, 2, to_date=True)
    assert period_label("Semester II") == PeriodLabel(QUARTER, 4, is_half=True)
    assert period_label("Januari s/d Juni") == PeriodLabel(QUARTER, 2, is_half=True)


@pytest.mark.parametrize(
    "text", ["I", "1", "", "TW V", "Triwulan", "Laporan TW I s/d TW IV", "Maret s/d Juli", "Marsel"]
)
def test_other_texts_name_no_period(text: str) -> None:
    assert period_label(text) is None


def test_a_month_is_known_by_any_of_its_spellings() -> None:
    assert [month_number(text) for text in ("Januari", "feb", "MRT", "okt.", "Nop", "mingguan")] == [
        1,
        2,
        3,
        10,
        11,
        None,
    ]


@pytest.mark.parametrize(
    ("text", "is_heading"),
    [
        ("INDIKATOR KINERJA AKSI/SUBKEGIATAN", True), ("lndikator Kinerja", True),
        ("Program/Kegia tan/Su b Kegiatan", True),
        ("КЕТ", True), ("Program Penunjang Urusan Pemerintahan Daerah", False), ("Jumlah desa yang dibina", False),
        ("Kasi Pemerintahan", False), ("Penyusunan laporan kinerja dan keuangan tahunan perangkat daerah", False),
    ],
)  # fmt: skip
def test_words_of_headings_are_told_from_names(text: str, is_heading: bool) -> None:
    assert read_words(text).is_heading is is_heading


def test_quarters_under_one_heading() -> None:
    header = header_of(
        "RENCANA AKSI TAHUN 2025 | | | | | | | | |",
        "NO | SASARAN STRATEGIS | INDIKATOR KINERJA | SATUAN | TARGET TAHUNAN | TARGET TRIWULAN | | | | PAGU | KET",
        " | | | | | TW I | TW II | TW III | TW IV | |",
        "1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11",
        "1 | Meningkatnya pelayanan | Nilai SKM | Nilai | 90 | - | - | - | 90 | 1.000.000 |",
    )
    assert (header.first, header.rows) == (1, 3)
    assert parts(header) == [
        "number", "name", "indicator", "unit", "annual", "period 1", "period 2", "period 3", "period 4", "budget",
        "note",
    ]  # fmt: skip
    assert header.columns[1].levels == (Level.SASARAN,)


def test_bare_numerals_count_only_below_a_heading_of_periods() -> None:
    header = header_of(
        "No | Kegiatan | Indikator | Target | Jadwal Pelaksanaan | | | | PIC",
        " | | | | I | II | III | IV |",
        "1 | Rapat | Jumlah rapat | 4 kali | 1 | 1 | 1 | 1 | Camat",
    )
    assert parts(header)[4:] == ["period 1", "period 2", "period 3", "period 4", "owner"]


def test_four_numerals_side_by_side_are_the_quarters_even_without_a_word_above() -> None:
    header = header_of(
        "No | Indikator Kinerja Utama | Target | I | II | III | IV", "1 | Nilai SKM | 90 | - | - | - | 90"
    )
    assert parts(header)[3:] == ["period 1", "period 2", "period 3", "period 4"]


def test_numbered_months_are_no_row_of_column_numbers() -> None:
    months = " | ".join(str(number) for number in range(1, 13))
    header = header_of(
        "No | Kegiatan | Indikator | Vol | Bulan | | | | | | | | | | |", f" | | | | {months}", "1 | A | B | 12"
    )
    assert [column.label.number for column in header.of(Part.PERIOD) if column.label] == list(range(1, 13))
    assert header.rows == 2


def test_results_and_money_beside_a_target_are_no_targets() -> None:
    header = header_of(
        "No | Sub Kegiatan | Indikator | TW I | | | TW II | | | Anggaran",
        " | | | Target | Realisasi | % | Target | Realisasi | Rp |",
    )
    assert parts(header) == [
        "number", "name", "indicator", "period 1", "actual", "actual", "period 2", "actual", "other", "budget",
    ]  # fmt: skip


def test_a_period_among_other_words_and_words_beside_a_target() -> None:
    assert parts(header_of("Kegiatan | Indikator | Target Fisik TW I (%) | Target s.d. TW II | Capaian TW II")) == [
        "name", "indicator", "period 1", "period 2", "actual",
    ]  # fmt: skip
    header = header_of(
        "Sasaran | Indikator | Triwulan I | | Triwulan II |", " | | Rencana Aksi | Target | Rencana Aksi | Target"
    )
    assert parts(header) == ["name", "indicator", "other", "period 1", "other", "period 2"]


def test_realised_quarters_are_told_from_planned_ones() -> None:
    header = header_of("No | Indikator | Satuan | Target | | Realisasi |", " | | | TW I | TW II | TW I | TW II")
    assert parts(header)[3:] == ["period 1", "period 2", "actual", "actual"]


def test_columns_of_several_rungs_stand_in_groups() -> None:
    header = header_of(
        "NO | PROGRAM/KEGIATAN | INDIKATOR KEGIATAN | TARGET | AKSI/SUBKEGIATAN | INDIKATOR AKSI | TARGET | TW I | TW 2"
    )
    assert [column.group for column in header.columns] == [0, 0, 0, 0, 1, 1, 1, 1, 1]
    assert header.columns[1].levels == (Level.PROGRAM, Level.KEGIATAN)
    assert header.columns[4].levels == (Level.AKSI,)


def test_years_below_a_target_are_annual_targets() -> None:
    header = header_of("No | Sasaran | Indikator | Target Kinerja pada Tahun | |", " | | | 2024 | 2025 | 2026")
    assert [(column.part, column.year) for column in header.columns[3:]] == [
        (Part.ANNUAL, 2024), (Part.ANNUAL, 2025), (Part.ANNUAL, 2026),
    ]  # fmt: skip


def test_a_target_beside_period_labels_is_that_of_the_period() -> None:
    header = header_of("No | Sasaran | Indikator | Satuan | Target Tahunan | Bulan | Target | Ket")
    assert parts(header)[4:7] == ["annual", "period label", "period value"]


def test_a_run_of_quarters_that_lost_its_last_to_the_next_is_put_back() -> None:
    header = header_of(
        "NO | TUJUAN | INDIKATOR | TARGET | | | PROGRAM | INDIKATOR PROGRAM | SATUAN | TARGET | | | |",
        " | | | TR I | TR II | TR III | | | | TR IV | TR I | TR II | TR III | TR IV",
    )
    assert header.is_mended
    assert parts(header)[3:7] == ["period 1", "period 2", "period 3", "period 4"]
    assert parts(header)[-5:] == ["period 1", "period 2", "period 3", "period 4", "other"]


def test_every_heading_of_a_sheet_is_found_and_no_row_of_the_plan_is_one() -> None:
    rows = rows_of(
        "No | Sasaran | Indikator | Target",
        "1 | Meningkatnya pelayanan | Nilai SKM | 90",
        " | Pelaksanaan Kegiatan | Jumlah kegiatan | 4 kegiatan",
        "No | Program | Indikator | Target",
        "1 | Program A | Persentase A | 100%",
    )
    assert [header.first for header in find_headers(rows)] == [0, 3]


def test_a_table_without_words_of_headings_has_none() -> None:
    assert find_header(rows_of("Kata Pengantar | i", "Daftar Isi | iii")) is None


@settings(max_examples=300)
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=6).map(" ".join))
@example("sampai dengan Triwulan II")
@example("Rencana Kinerja Triwulan II 2025")
@example("Agustuss sampai Oktober 2025")
def test_no_period_begins_as_a_name(text: str) -> None:
    with patch.object(heading_words, "begins_as_name", return_value=False):
        tells = period_label.__wrapped__(text) is not None or bool(read_packed.__wrapped__(text))
    assert not (tells and begins_as_name(text))
