"""Plans in the layouts of invented offices, as sheets with merged cells, read by what their headings mean."""

from pathlib import Path

import pytest

from bot.documents.plan_reading.printed import PrintedIndicator
from bot.documents.plan_reading.source import PlanRefused
from domain.periods import PeriodKind
from domain.plan import Level
from tests.bot.documents.plan_reading.column_tables import Sheet, Value, doubts, printed_book, texts

N = None
MONTHS = ["Jan", "Peb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agt", "Sept", "Okt", "Nop", "Des"]
QUARTERS = ["TW I", "TW II", "TW III", "TW IV"]


def told(indicators: tuple[PrintedIndicator, ...]) -> list[tuple[str | None, str | None, list[str | None]]]:
    """Name, unit and targets of each indicator, none of which may be in doubt."""
    assert [doubts(indicator) for indicator in indicators] == [[] for _ in indicators]
    return [(indicator.name, indicator.unit, texts(indicator)) for indicator in indicators]


def test_months_as_twelve_columns_with_merged_names_and_owners(tmp_path: Path) -> None:
    plan = printed_book(
        tmp_path,
        Sheet(
            "Renaksi",
            [
                ["RENCANA AKSI KECAMATAN CONTOH"],
                ["KABUPATEN MISAL TAHUN 2025"],
                [],
                [
                    "No",
                    "Sasaran",
                    "Indikator Kinerja",
                    "Satuan",
                    "Target",
                    "Target Bulanan",
                    *[N] * 11,
                    "Penanggung Jawab",
                ],
                [N, N, N, N, N, *MONTHS],
                [1, "Pelayanan membaik", "Persentase tepat waktu", "%", 1.0, *[1.0] * 12, "Kasi Pelayanan"],
                [N, N, "Jumlah inovasi", "Inovasi", 2, N, N, 1, *[N] * 4, 1],
                [2, "Desa tertib", "Jumlah desa tertib", "Desa", 12, *[1] * 12, "Kasi Pemerintahan"],
                [],
                [*[N] * 12, "Camat Contoh"],
                [*[N] * 12, "BUDI MISAL, S.Sos"],
                [*[N] * 12, "NIP. 00000000 000000 0 000"],
            ],
            merged=[(3, column, 4, column) for column in (0, 1, 2, 3, 4, 17)]
            + [(3, 5, 3, 16), (5, 1, 6, 1), (5, 17, 6, 17)],
        ),
    )
    assert (plan.office, plan.kabupaten, plan.year) == ("Contoh", "Misal", 2025)
    assert told(plan.indicators) == [
        ("Persentase tepat waktu", "%", ["100%"] * 12),
        ("Jumlah inovasi", "Inovasi", ["", "", "1", "", "", "", "", "1", "", "", "", ""]),
        ("Jumlah desa tertib", "Desa", ["1"] * 12),
    ]
    assert plan.posts == ("Kasi Pelayanan", "Kasi Pemerintahan")
    assert [indicator.post for indicator in plan.indicators] == ["Kasi Pelayanan"] * 2 + ["Kasi Pemerintahan"]
    assert "BUDI" not in repr(plan)


def test_a_matrix_of_target_and_realisation_in_each_quarter(tmp_path: Path) -> None:
    heads = ["NO", "PROGRAM / KEGIATAN / SUB KEGIATAN", "INDIKATOR", "SATUAN", "TARGET 2025"]
    plan = printed_book(
        tmp_path,
        Sheet(
            "Monev",
            [
                ["MONITORING RENCANA AKSI PERJANJIAN KINERJA TAHUN 2025"],
                [
                    *heads,
                    "TRIWULAN I",
                    N,
                    N,
                    "TRIWULAN II",
                    N,
                    N,
                    "TRIWULAN III",
                    N,
                    N,
                    "TRIWULAN IV",
                    N,
                    N,
                    "ANGGARAN",
                ],
                [*[N] * 5, *["Target", "Realisasi", "%"] * 4],
                [f"({number})" for number in range(1, 19)],
                [
                    1,
                    "PROGRAM PENUNJANG",
                    "Persentase penunjang",
                    "%",
                    100,
                    25,
                    20,
                    80,
                    50,
                    N,
                    N,
                    75,
                    N,
                    N,
                    100,
                    N,
                    N,
                    5_000_000,
                ],
                [
                    N,
                    "Kegiatan Keuangan",
                    "Jumlah laporan",
                    "Laporan",
                    12,
                    3,
                    3,
                    100,
                    3,
                    N,
                    N,
                    3,
                    N,
                    N,
                    3,
                    N,
                    N,
                    3_000_000,
                ],
                [
                    N,
                    "Sub Kegiatan Gaji",
                    "Jumlah orang",
                    "Orang",
                    20,
                    20,
                    19,
                    95,
                    20,
                    N,
                    N,
                    20,
                    N,
                    N,
                    20,
                    N,
                    N,
                    2_500_000,
                ],
                ["JUMLAH", *[N] * 16, 10_500_000],
            ],
        ),
    )
    assert told(plan.indicators) == [
        ("Persentase penunjang", "%", ["25", "50", "75", "100"]),
        ("Jumlah laporan", "Laporan", ["3"] * 4),
        ("Jumlah orang", "Orang", ["20"] * 4),
    ]
    assert [each.level for each in plan.indicators] == [Level.PROGRAM, Level.KEGIATAN, Level.SUB_KEGIATAN]
    assert [each.budget.number for each in plan.indicators if each.budget] == [5_000_000, 3_000_000, 2_500_000]


def _of_post(title: str, *rows: list[Value]) -> Sheet:
    heads: list[Value] = ["No", "Sasaran Kegiatan", "Indikator Kinerja Individu", "Target", "Target Triwulan"]
    above: list[list[Value]] = [["RENCANA AKSI TAHUN 2025"], ["KECAMATAN CONTOH"], [title.upper()], []]
    return Sheet(
        title, [*above, heads, [*[N] * 4, "I", "II", "III", "IV"], ["1", "2", "3", "4", "5", "6", "7", "8"], *rows]
    )


def test_a_sheet_for_each_post(tmp_path: Path) -> None:
    plan = printed_book(
        tmp_path,
        _of_post("Kasi Pemerintahan", [1, "Desa dibina", "Jumlah desa dibina", "12 Desa", *["3 Desa"] * 4]),
        _of_post("Kasubbag Perencanaan", [1, "Dokumen tersusun", "Jumlah dokumen", "4 Dokumen", 1, 1, 1, 1]),
    )
    assert told(plan.indicators) == [("Jumlah desa dibina", N, ["3 Desa"] * 4), ("Jumlah dokumen", N, ["1"] * 4)]
    assert [each.post for each in plan.indicators] == ["Kasi Pemerintahan", "Kasubbag Perencanaan"]
    assert {each.level for each in plan.indicators} == {Level.INDIVIDU}


def test_a_table_of_main_indicators_has_targets_of_the_year(tmp_path: Path) -> None:
    plan = printed_book(
        tmp_path,
        Sheet(
            "IKU",
            [
                ["INDIKATOR KINERJA UTAMA KECAMATAN CONTOH 2025"],
                ["No", "Sasaran", "Indikator Kinerja Utama", "Formula", "Satuan", "Target", "PIC"],
                [
                    1,
                    "Pelayanan membaik",
                    "Indeks Kepuasan Masyarakat",
                    "Hasil survei",
                    "Nilai",
                    85.5,
                    "Sekretaris Kecamatan",
                ],
            ],
        ),
    )
    assert told(plan.indicators) == [("Indeks Kepuasan Masyarakat", "Nilai", ["85,5"])]
    (indicator,) = plan.indicators
    assert [period.kind for period in indicator.periods] == [PeriodKind.YEAR]
    assert (indicator.formula, indicator.post) == ("Hasil survei", "Sekretaris Kecamatan")


def test_actions_with_a_time_have_their_target_then(tmp_path: Path) -> None:
    plan = printed_book(
        tmp_path,
        Sheet(
            "Renaksi",
            [
                ["RENCANA AKSI KECAMATAN CONTOH TAHUN 2025"],
                ["No", "Sasaran", "Rencana Aksi", "Indikator", "Target", "Satuan", "Waktu Pelaksanaan", "PIC"],
                [
                    1,
                    "Pelayanan membaik",
                    "Survei kepuasan",
                    "Jumlah survei",
                    1,
                    "kali",
                    "Triwulan II",
                    "Kasi Pelayanan",
                ],
                [N, N, "Menyusun standar", "Jumlah dokumen", 1, "dokumen", "Maret", "Kasi Pelayanan"],
                [N, N, "Rapat rutin", "Jumlah rapat", 12, "kali", "Januari s/d Desember", "Sekretaris Camat"],
            ],
        ),
    )
    assert told(plan.indicators) == [
        ("Jumlah survei", "kali", ["", "1", "", ""]),
        ("Jumlah dokumen", "dokumen", ["", "", "1", *[""] * 9]),
        ("Jumlah rapat", "kali", ["12"]),
    ]
    assert plan.indicators[2].note == "Waktu: Januari s/d Desember"
    assert plan.indicators[1].path == {"sasaran": "Pelayanan membaik", "aksi": "Menyusun standar"}


def test_codes_units_below_the_target_and_an_owner_only_on_top(tmp_path: Path) -> None:
    heads = ["Kode Rekening", "Program/Kegiatan/Sub Kegiatan", "Indikator Kinerja", "Target Kinerja", N, "Pagu (Rp)"]
    plan = printed_book(
        tmp_path,
        Sheet(
            "Lampiran",
            [
                ["PEMERINTAH KABUPATEN MISAL"],
                ["KECAMATAN CONTOH"],
                ["RENCANA AKSI KINERJA TAHUN ANGGARAN 2025"],
                [],
                [*heads, "Target Kinerja Triwulan", N, N, N, "Pengampu"],
                [N, N, N, "Volume", "Satuan", N, "TRW.1", "TRW.2", "TRW.3", "TRW.4"],
                [
                    "7.01.01",
                    "PROGRAM PENUNJANG",
                    "Nilai SAKIP",
                    70,
                    "Nilai",
                    9_000_000,
                    "-",
                    "-",
                    "-",
                    70,
                    "Sekretaris",
                ],
                ["7.01.01.2.01", "Perencanaan", "Jumlah dokumen", 6, "Dokumen", 2_000_000, 2, 1, 1, 2, N],
            ],
            merged=[(4, 3, 4, 4), (4, 6, 4, 9)],
        ),
    )
    program, kegiatan = plan.indicators
    assert (program.code, program.unit, texts(program), doubts(program)) == (
        "7.01.01",
        "Nilai",
        ["-", "-", "-", "70"],
        [],
    )
    assert (kegiatan.level, kegiatan.annual and kegiatan.annual.number) == (Level.KEGIATAN, 6)
    assert doubts(kegiatan) == ["no owner"]


def test_actions_with_targets_of_their_own_beside_a_goal(tmp_path: Path) -> None:
    plan = printed_book(
        tmp_path,
        Sheet(
            "R",
            [
                ["RENCANA AKSI TAHUN 2025 KECAMATAN CONTOH"],
                [
                    "Sasaran",
                    "Indikator Sasaran",
                    "Target",
                    "Rencana Aksi",
                    "Indikator Keluaran",
                    "Satuan",
                    "Target",
                    N,
                    N,
                    N,
                    N,
                ],
                [*[N] * 6, "Tahun", *QUARTERS],
                ["Pelayanan membaik", "Indeks kepuasan", 85, "Survei", "Jumlah survei", "kali", 4, 1, 1, 1, 1],
                [N, N, N, "Pelatihan", "Jumlah petugas", "orang", 10, N, 5, 5, N],
            ],
            merged=[(1, 6, 1, 10)],
        ),
    )
    assert told(plan.indicators) == [
        ("Indeks kepuasan", N, ["85"]),
        ("Jumlah survei", "kali", ["1"] * 4),
        ("Jumlah petugas", "orang", ["", "5", "5", ""]),
    ]


def test_headings_across_the_table_name_a_program_and_a_post(tmp_path: Path) -> None:
    plan = printed_book(
        tmp_path,
        Sheet(
            "R",
            [
                ["RENCANA AKSI TAHUN 2025"],
                ["No", "Uraian", "Indikator Kinerja", "Satuan", "Target", *QUARTERS],
                ["PROGRAM PENUNJANG URUSAN", *[N] * 8],
                [1, "Menyusun dokumen", "Jumlah dokumen", "Dokumen", 4, 1, 1, 1, 1],
                ["KASI PEMERINTAHAN", *[N] * 8],
                [2, "Membina desa", "Jumlah desa", "Desa", 8, 2, 2, 2, 2],
            ],
            merged=[(2, 0, 2, 8), (4, 0, 4, 8)],
        ),
    )
    first, second = plan.indicators
    assert (first.path["program"], first.post, second.post) == ("PROGRAM PENUNJANG URUSAN", None, "Kasi Pemerintahan")
    assert told(plan.indicators) == [("Jumlah dokumen", "Dokumen", ["1"] * 4), ("Jumlah desa", "Desa", ["2"] * 4)]


def test_one_merged_target_for_several_periods_or_rows_is_asked(tmp_path: Path) -> None:
    plan = printed_book(
        tmp_path,
        Sheet(
            "R",
            [
                ["RENCANA AKSI TAHUN 2025"],
                ["No", "Sasaran", "Indikator", "Satuan", "Target", *QUARTERS],
                [1, "S", "Jumlah dokumen", "dokumen", 4, 4, N, N, N],
                [2, "S2", "Jumlah rapat", "kali", 4, 1, 1, 1, 1],
                [N, N, N, N, N, 2, 2, 2, 2],
                [3, "S3", "Jumlah desa", "desa", 4, 1, 1, 1, 1],
            ],
            merged=[(2, 5, 2, 8), (3, 2, 4, 2)],
        ),
    )
    assert [(each.name, doubts(each)) for each in plan.indicators] == [
        ("Jumlah dokumen", ["merged"]), ("Jumlah rapat", ["merged"]), ("Jumlah rapat", ["merged"]), ("Jumlah desa", []),
    ]  # fmt: skip


def test_halves_of_a_year_end_with_a_quarter_and_a_unit_may_stand_beside_each_target(tmp_path: Path) -> None:
    halves = printed_book(
        tmp_path,
        Sheet(
            "R",
            [
                ["RENCANA AKSI TAHUN 2025"],
                ["No", "Sasaran", "Indikator", "Target", N, "Semester I", N, "Semester II", N],
                [1, "S", "Jumlah dokumen", 4, "dok", 1, "dok", 3, "dok"],
            ],
            merged=[(1, 3, 1, 4), (1, 5, 1, 6), (1, 7, 1, 8)],
        ),
    )
    assert told(halves.indicators) == [("Jumlah dokumen", "dok", ["", "1", "", "3"])]


def test_a_sheet_that_only_repeats_the_year_is_passed_over(tmp_path: Path) -> None:
    plan = printed_book(
        tmp_path,
        Sheet(
            "PK",
            [
                ["PERJANJIAN KINERJA TAHUN 2025"],
                ["No", "Sasaran", "Indikator Kinerja", "Target"],
                [1, "Pelayanan membaik", "Indeks Kepuasan Masyarakat", 85],
                [],
                ["No", "Program", "Anggaran", "Keterangan"],
                [1, "Program A", 500_000, "APBD"],
            ],
        ),
        Sheet(
            "Renaksi",
            [
                ["RENCANA AKSI TAHUN 2025"],
                ["No", "Sasaran", "Indikator Kinerja", "Target", *QUARTERS],
                [1, "Pelayanan membaik", "Indeks Kepuasan Masyarakat", 85, "-", "-", "-", 85],
            ],
        ),
    )
    assert told(plan.indicators) == [("Indeks Kepuasan Masyarakat", N, ["-", "-", "-", "85"])]
    assert {why for _, why in plan.ignored} == {
        "Mengulang tabel rencana yang lebih rinci.",
        "Tabel ini tidak memuat target.",
    }


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([["No", "Nama Barang", "Jumlah"], [1, "Meja", 4]], "tidak ada tabel rencana aksi"),
        ([["No", "Sasaran", "Indikator", "Target"], [1, "S", "Jumlah rapat", 4]], "mohon tulis tahunnya"),
    ],
)
def test_a_file_without_a_plan_or_a_year_is_refused(tmp_path: Path, rows: list[list[Value]], words: str) -> None:
    title = "INVENTARIS TAHUN 2025" if "rencana" in words else "RENCANA AKSI"
    with pytest.raises(PlanRefused, match=words):
        printed_book(tmp_path, Sheet("R", [[title], *rows]))
