"""Layouts that many offices share, each of which was once read as something else; none of them asks for its targets."""

from pathlib import Path

from bot.documents.plan_reading.judged.judging import judge
from bot.documents.plan_reading.printed import PrintedIndicator, PrintedPlan
from bot.documents.plan_reading.titles import titles_of
from tests.bot.documents.plan_reading.column_tables import Sheet, doubts, plan_of, printed_book, table_of, texts

N = None
QUARTERS = ["TW I", "TW II", "TW III", "TW IV"]


def told(plan: PrintedPlan) -> list[tuple[str | None, list[str | None], list[str]]]:
    """Name, targets and doubts of each indicator."""
    return [(one.name, texts(one), doubts(one)) for one in plan.indicators]


def first(plan: PrintedPlan) -> PrintedIndicator:
    """The first indicator."""
    return plan.indicators[0]


def test_a_program_between_an_indicator_and_its_quarters_has_none_of_them(tmp_path: Path) -> None:
    heads = ["No", "Sasaran", "Indikator Kinerja", "Satuan", "Target", "Program / Kegiatan", "Pagu (Rp)"]
    plan = printed_book(
        tmp_path,
        Sheet(
            "RENAKSI",
            [
                ["RENCANA AKSI KECAMATAN CONTOH TAHUN 2025"],
                [*heads, "Target Triwulan", N, N, N, "Penanggung Jawab"],
                [*[N] * 7, "I", "II", "III", "IV", N],
                [1, "Layanan", "Indeks Kepuasan", "Indeks", 82, "Program A", 5_000_000, N, N, N, 82, "Kasi Pelayanan"],
                [N, N, "Jumlah pembinaan", "Kali", 8, "Kegiatan B", 2_000_000, 2, 2, 2, 2, "Kasi Pelayanan"],
                [2, "Desa", "Jumlah desa tertib", "Desa", 9, "Kegiatan C", 1_000_000, 1, 1, 1, 1, "Kasi Pemerintahan"],
            ],
            merged=[(1, 7, 1, 10), (3, 1, 4, 1)],
        ),
    )
    assert told(plan) == [
        ("Indeks Kepuasan", ["", "", "", "82"], []),
        ("Jumlah pembinaan", ["2", "2", "2", "2"], []),
        ("Jumlah desa tertib", ["1", "1", "1", "1"], ["merged"]),
    ]


def test_without_a_target_of_the_year_nobody_knows_whose_the_quarters_are() -> None:
    plan = plan_of(
        table_of(
            "Sasaran | Indikator | Satuan | Program | TW I | TW II | TW III | TW IV",
            "Layanan | Jumlah berkas | Berkas | Program A | 1 | 2 | 3 | 4",
            "Desa | Jumlah desa | Desa | Program B | 1 | 1 | 1 | 1",
        )
    )
    assert told(plan) == [
        ("Jumlah berkas", ["1", "2", "3", "4"], ["merged"]),
        ("Jumlah desa", ["1", "1", "1", "1"], ["merged"]),
    ]


def test_a_month_in_a_note_leaves_quarters_with_targets_and_money_side_by_side(tmp_path: Path) -> None:
    quarters = ["TRIWULAN I", N, "TRIWULAN II", N, "TRIWULAN III", N, "TRIWULAN IV", N]
    plan = printed_book(
        tmp_path,
        Sheet(
            "Renaksi",
            [
                ["RENCANA AKSI KECAMATAN CONTOH TAHUN 2025"],
                ["No", "Kegiatan", "Indikator Kinerja", "Target Tahun 2025", N, *quarters, "Keterangan"],
                [N, N, N, *["Kinerja", "Rp"] * 5, N],
                [1, "Gaji", "Jumlah bulan gaji", "12 bulan", 1200, *["3 bulan", 300] * 4, N],
                [2, "Musrenbang", "Jumlah peserta", "120 orang", 1500, "120 orang", 1500, *[N] * 6, "Februari"],
            ],
            merged=[(1, column, 1, column + 1) for column in range(3, 13, 2)],
        ),
    )
    assert told(plan) == [
        ("Jumlah bulan gaji", ["3 bulan"] * 4, []),
        ("Jumlah peserta", ["120 orang", "", "", ""], []),
    ]
    budgets = [one.budget.text for one in plan.indicators if one.budget is not None]
    assert budgets == ["1200", "1500"]


def test_an_action_for_each_quarter_in_rows_leaves_the_indicator_whole(tmp_path: Path) -> None:
    steps = ["Survei", "Bina", "Bina", "Evaluasi"]
    periods = zip(QUARTERS, steps, strict=True)
    plan = printed_book(
        tmp_path,
        Sheet(
            "Renaksi",
            [
                ["RENCANA AKSI KECAMATAN CONTOH TAHUN 2025"],
                ["No", "Indikator", "Target", "Triwulan", "Target Triwulan", "Kegiatan"],
                *[[1, "Jumlah pasar desa", "8 Pasar", period, 2, step] for period, step in periods],
                *[[2, "Persentase aduan", "100%", period, "100%", "Klarifikasi"] for period in QUARTERS],
            ],
            merged=[(row, column, row + 3, column) for row in (2, 6) for column in (0, 1, 2)],
        ),
    )
    assert told(plan) == [
        ("Jumlah pasar desa", ["2"] * 4, []),
        ("Persentase aduan", ["100%"] * 4, []),
    ]
    assert dict(first(plan).path) == {}


def test_steps_in_words_are_asked_one_by_one_and_the_figure_beside_them_is_taken() -> None:
    plan = plan_of(
        table_of(
            "No | Indikator Kinerja Utama | Target 2025 | TW I | TW II | TW III | TW IV",
            "1 | Indeks Kepuasan Masyarakat | 88 | Menyusun 1 SK tim survei | Survei 2 lokasi | Survei 2 lokasi | 88",
            "2 | Persentase konflik tertangani | 100% | 100% | 100% | 100% | 100%",
        )
    )
    reading = judge(plan)
    certain = [[str(one.targets.get(period)) for period in one.periods] for one in reading.indicators]
    assert certain == [["None", "None", "None", "88"], ["100"] * 4]
    asked = " ".join(one.text for one in reading.questions if one.indicator == reading.indicators[0].code)
    assert "Menyusun 1 SK tim survei" in asked
    assert "bergeser" not in asked


def test_an_office_ends_where_its_title_goes_on() -> None:
    for title, office in (
        ("Kecamatan Mekarsari - Rencana Aksi 2025", "Mekarsari"),
        ("Kecamatan Mekar Sari Rencana Aksi 2025", "Mekar Sari"),
        ("Rencana Aksi Kecamatan Wonosari-Timur 2025", "Wonosari-Timur"),
    ):
        assert titles_of([title], (), "rencana.csv").office == office


def test_a_table_below_the_name_of_a_unit_is_that_of_its_head() -> None:
    heads = "No | Indikator Kinerja | Target | Satuan | TW I | TW II | TW III | TW IV"
    units = (
        ("Seksi Pemerintahan", "Kepala Seksi Pemerintahan"),
        ("B. SEKSI KETENTRAMAN DAN KETERTIBAN", "Kepala Seksi Ketentraman dan Ketertiban"),
        ("Sub Bagian Umum", "Kepala Sub Bagian Umum"),
        ("Seksi ini menangani 12 desa", None),
    )
    for unit, post in units:
        plan = plan_of(table_of(heads, "1 | Jumlah desa terbina | 10 | Desa | 2 | 3 | 3 | 2", before=[unit]))
        assert (first(plan).post, texts(first(plan))) == (post, ["2", "3", "3", "2"])


def test_a_row_that_was_moved_out_of_all_its_columns_is_asked_about() -> None:
    plan = plan_of(
        table_of(
            "No | Kegiatan | Indikator | Satuan | TW I | TW II | TW III | TW IV",
            "1 | Surat | Jumlah surat | Surat | 1 | 1 | 1 | 1",
            "2 | Arsip | | Jumlah arsip yang ditata | Arsip | - | - | - | 5",
            "3 | Rapat | Jumlah rapat | Kali | 1 | 1 | 1 | 1",
        )
    )
    assert [one.name for one in plan.indicators] == ["Jumlah surat", None, "Jumlah rapat"]
    assert {"no name", "shifted"} <= set(doubts(plan.indicators[1]))


def test_a_row_that_lost_a_cell_before_its_name_is_asked_about() -> None:
    head = "No | Kegiatan | Januari | | Juni | | Desember | | Satuan | Indikator"
    plan = plan_of(
        table_of(
            head,
            "| | Target | Realisasi | Target | Realisasi | Target | Realisasi | |",
            "1 | Surat | - | | - | | 5 | | Surat | Jumlah surat masuk",
            "2 | Arsip | - | - | | 5 | | Arsip | Jumlah arsip kantor",
            "3 | Rapat | 1 | | 1 | | 1 | | Kali | Jumlah rapat",
            "4 | Linmas | 1 | | 1 | | 1 | | Kali | Jumlah pembinaan",
        )
    )
    assert [one.name for one in plan.indicators] == ["Jumlah surat masuk", None, "Jumlah rapat", "Jumlah pembinaan"]
    assert "no name" in doubts(plan.indicators[1])


def test_an_action_in_the_middle_has_no_targets_where_all_come_to_those_of_the_year() -> None:
    head = "No | Sasaran | Indikator | Target | Rencana Aksi | TW I | TW II | TW III | TW IV"
    rows = (
        "1 | Layanan | Persentase tepat waktu | 100% | Evaluasi SOP | 100% | 100% | 100% | 100%",
        "2 | Desa | Jumlah desa mandiri | 6 desa | Pembinaan | 1 desa | 2 desa | 1 desa | 2 desa",
    )
    agreeing = plan_of(table_of(head, *rows, "3 | Trantib | Jumlah patroli | 12 kali | Patroli | 3 | 3 | 3 | 3"))
    assert [each for _, _, each in told(agreeing)] == [[], [], []]
    other = plan_of(table_of(head, *rows, "3 | Trantib | Jumlah patroli | 12 kali | Rapat | 1 | 1 | 1 | 1"))
    assert [each for _, _, each in told(other)] == [["merged"]] * 3
