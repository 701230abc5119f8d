from decimal import Decimal

from bot.documents.plan_reading.printed import PrintedIndicator
from bot.documents.plan_reading.source import Table
from domain.plan import Level
from tests.bot.documents.plan_reading.column_tables import doubts, plan_of, table_of, texts

HEADS = "NO | KEGIATAN | INDIKATOR | SATUAN | TARGET | TW I | TW II | TW III | TW IV | ANGGARAN"
WIDE = (
    "NO | BIDANG/PROGRAM/KEGIATAN | INDIKATOR KEGIATAN | TARGET TAHUNAN | AKSI | INDIKATOR AKSI | TARGET TAHUNAN"
    " | TW I | TW II | TW III | TW IV | ANGGARAN"
)
SIDE = (
    "NO | PROGRAM | INDIKATOR PROGRAM | SUB KEGIATAN | INDIKATOR SUB KEGIATAN | SATUAN"
    " | TW I | TW II | TW III | TW IV"
)  # fmt: skip
CODED = "Kode | Program/Kegiatan/Sub Kegiatan | Indikator | Satuan | TW I | TW II | TW III | TW IV"


def walked(*tables: Table) -> tuple[PrintedIndicator, ...]:
    return plan_of(*tables).indicators


def test_names_are_carried_on_and_list_numbers_left_out() -> None:
    first, second = walked(
        table_of(
            HEADS,
            "1 | 1. Rapat koordinasi | - Jumlah rapat | kali | 4 | 1 | 1 | 1 | 1 | 2.000.000",
            " | | - Jumlah peserta | orang | 40 | - | 20 | - | 20 |",
        )
    )
    assert (first.name, second.name) == ("Jumlah rapat", "Jumlah peserta")
    assert first.path == second.path == {"kegiatan": "Rapat koordinasi"}
    assert (first.level, second.unit, texts(second)) == (Level.KEGIATAN, "orang", ["-", "20", "-", "20"])
    assert first.budget is not None and first.budget.text == "2.000.000"
    assert doubts(first) == doubts(second) == []


def test_programs_and_kegiatan_in_one_column_are_told_by_their_numbering() -> None:
    kegiatan, aksi = walked(
        table_of(
            WIDE,
            "1. | PELAYANAN ADMINISTRASI | | | | | | | | | |",
            " | 1. Penyediaan barang | Jumlah barang | 2 Jenis | | | | 2 Jenis | 2 Jenis | 2 Jenis | 2 Jenis | 500.000",
            " | | | | Belanja cetak | Jumlah cetakan | 8 bh | 2 bh | 2 bh | 2 bh | 2 bh |",
        )
    )
    assert kegiatan.path == {"program": "PELAYANAN ADMINISTRASI", "kegiatan": "Penyediaan barang"}
    assert (kegiatan.level, texts(kegiatan)) == (Level.KEGIATAN, ["2 Jenis"] * 4)
    assert (aksi.level, aksi.path["aksi"], texts(aksi)) == (Level.AKSI, "Belanja cetak", ["2 bh"] * 4)
    assert doubts(kegiatan) == doubts(aksi) == []


def test_codes_tell_the_rung() -> None:
    indicators = walked(
        table_of(
            CODED,
            "7.01.01 | PROGRAM PENUNJANG | Persentase penunjang | % | 25 | 50 | 75 | 100",
            "7.01.01.2.01 | Perencanaan | Jumlah dokumen | dokumen | 1 | 1 | 1 | 1",
            "7.01.01.2.01 .0001 | Penyusunan dokumen | Jumlah naskah | dokumen | 1 | - | - | -",
        )
    )
    assert [indicator.level for indicator in indicators] == [Level.PROGRAM, Level.KEGIATAN, Level.SUB_KEGIATAN]
    assert indicators[2].code == "7.01.01.2.01.0001"
    assert list(indicators[2].path) == ["program", "kegiatan", "sub_kegiatan"]


def test_a_page_goes_on_without_a_heading_or_with_the_same_one() -> None:
    whole = [
        "1 | Rapat | Jumlah rapat | kali | 4 | 1 | 1 | 1 | 1 |",
        "2 | Monev | Jumlah monev | kali | 2 | 1 | - | 1 | - |",
    ]
    pages = (table_of(HEADS, whole[0]), table_of(whole[1], first=4), table_of(HEADS, whole[0], first=6))
    assert [(indicator.name, doubts(indicator)) for indicator in walked(*pages)] == [
        ("Jumlah rapat", []), ("Jumlah monev", []), ("Jumlah rapat", []),
    ]  # fmt: skip


def test_totals_signatures_and_numbers_of_columns_are_no_indicators() -> None:
    plan = plan_of(
        table_of(
            HEADS,
            "1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10",
            "1 | Rapat | Jumlah rapat | kali | 4 | 1 | 1 | 1 | 1 | 500.000",
            " | Jumlah | | | | | | | | 500.000",
            " | | | | | | Mengetahui, | | |",
            " | | | | | | Camat Contoh | | |",
            " | | | | | | (nama) | | |",
            " | | | | | | NIP. 00000000 000000 0 000 | | |",
        )
    )
    assert [indicator.name for indicator in plan.indicators] == ["Jumlah rapat"]
    assert [(place.line, why) for place, why in plan.ignored] == [(4, "Baris jumlah, bukan indikator.")]
    assert "1970" not in repr(plan)


# What is not sure.


def test_a_row_that_slipped_keeps_its_cells_and_proposes_the_other_reading() -> None:
    (indicator,) = walked(
        table_of(HEADS, "1 | Monev | Jumlah monev | kali | 96 | | 24 kali | 26 kali | 25 kali | 21 kali")
    )
    assert texts(indicator) == ["", "24 kali", "26 kali", "25 kali"]
    assert indicator.budget is None
    (doubt,) = indicator.doubts
    assert list(doubt.likely.values()) == [Decimal(24), Decimal(26), Decimal(25), Decimal(21)]
    assert doubt.text == "Di baris 2, target tampaknya bergeser 1 kolom ke kanan: \u201c21 kali\u201d."


def test_an_amount_among_the_targets_is_a_doubt() -> None:
    (indicator,) = walked(table_of(HEADS, "1 | Monev | Jumlah monev | kali | 96 | 24 | 24 | 48 | 12.000.000 |"))
    assert doubts(indicator) == ["shifted"]


def test_rows_beside_one_that_slipped_are_suspected_where_they_may_have() -> None:
    slipped, suspect, sound = walked(
        table_of(
            HEADS,
            "1 | Monev | Jumlah monev | kali | 96 | | 24 kali | 26 kali | 25 kali | 21 kali",
            "2 | Evaluasi | Jumlah rapat | kali | 3 | | 1 | 1 | 1 |",
            "3 | Lapor | Jumlah laporan | kali | 4 | 1 | 1 | 1 | 1 |",
        )
    )
    assert [doubts(each) for each in (slipped, suspect, sound)] == [["shifted"], ["shifted"], []]
    assert list(suspect.doubts[0].likely.values()) == [Decimal(1), Decimal(1), Decimal(1), None]


def test_a_value_under_a_name_and_a_unit_under_an_indicator_are_doubts() -> None:
    first, second = walked(
        table_of(
            HEADS,
            "1 | 25% | Jumlah rapat | kali | 4 | 1 | 1 | 1 | 1 |",
            "2 | Pembinaan desa | desa | 12 | 3 | 3 | 3 | 3 | |",
        )
    )
    assert doubts(first) == ["shifted"]
    assert "shifted" in doubts(second)


def test_a_long_text_in_a_target_is_a_doubt_and_a_word_is_not() -> None:
    first, second = walked(
        table_of(
            HEADS,
            "1 | Laporan | Opini laporan | - | WTP | - | - | - | WTP |",
            "2 | Rapat | Jumlah rapat | kali | 4 | Dilaksanakan bersama desa dan dinas terkait | 1 | 1 | 1 |",
        )
    )
    assert (doubts(first), doubts(second)) == ([], ["shifted"])


def test_a_row_with_fewer_or_more_cells_than_the_others_is_a_doubt() -> None:
    whole = "1 | Rapat | Jumlah rapat | kali | 4 | 1 | 1 | 1 | 1 |"
    _, short, long, _ = walked(
        table_of(
            HEADS,
            whole,
            "2 | Monev | Jumlah monev | kali | 4 | 1 | 1",
            "3 | Lapor | Jumlah laporan | kali | 4 | | 1 | 1 | 1 | 1 |",
            whole,
        )
    )
    assert texts(short) == ["1", "1", None, None]
    assert (doubts(short), doubts(long)[0]) == (["lost"], "shifted")
    assert (
        short.doubts[0].text == "Di baris 3 ada 7 sel, di baris lain 10, jadi isinya mungkin terpotong atau bergeser."
    )


def test_blanks_that_no_line_keeps_at_its_end_are_blanks() -> None:
    indicators = walked(
        table_of(
            HEADS,
            "1 | Rapat | Jumlah rapat | kali | 4 | 1 | 3",
            "2 | Monev | Jumlah monev | kali | 1 | 1",
        )
    )
    assert [doubts(indicator) for indicator in indicators] == [[], []]


def test_two_indicators_on_one_set_of_targets_are_both_asked() -> None:
    table = table_of(
        WIDE,
        " | 1. Perawatan | Jumlah perawatan | 28 unit | Servis | Jumlah servis | 28 unit | 3 | 7 | 8 | 10 | 15.000.000",
        " | 2. Rapat | Jumlah rapat | 4 kali | | | | 1 | 1 | 1 | 1 | 500.000",
        " | 3. Monev | Jumlah monev | 4 kali | | | | 1 | 1 | 1 | 1 | 500.000",
    )
    assert [(each.name, doubts(each)) for each in walked(table)] == [
        ("Jumlah perawatan", ["merged"]), ("Jumlah servis", ["merged"]), ("Jumlah rapat", []), ("Jumlah monev", []),
    ]  # fmt: skip


def test_a_rung_without_targets_is_shown_for_orientation() -> None:
    program, sub = walked(table_of(SIDE, "1 | Program A | Persentase A | Sub A | Jumlah A | dok | 1 | 1 | 1 | 1"))
    assert (program.has_targets, sub.has_targets) == (False, True)
    assert sub.path == {"program": "Program A", "sub_kegiatan": "Sub A"}


def test_a_name_missing_below_a_new_one_shows_that_cells_moved() -> None:
    _, sub = walked(
        table_of(
            SIDE,
            "1 | Program A | | Sub A | Jumlah A | dok | 1 | 1 | 1 | 1",
            "2 | Program B | | | Sub B yang bergeser | dok | 1 | 1 | 1 | 1",
        )
    )
    assert doubts(sub) == ["shifted"]


def test_targets_without_an_indicator_are_asked_by_the_name_of_the_row() -> None:
    named, stray = walked(
        table_of(
            HEADS,
            "1 | Pelaksanaan lomba | | kali | 1 | - | - | 1 | - |",
            " | | | | 4 | 1 | 1 | 1 | 1 |",
        )
    )
    assert (named.name, doubts(named), named.path) == (None, ["no name"], {"kegiatan": "Pelaksanaan lomba"})
    assert named.doubts[0].text.startswith("Di baris 2, \u201cPelaksanaan lomba\u201d tidak mempunyai indikator.")
    assert (stray.name, doubts(stray)) == (None, ["no name"])


def test_a_row_whose_targets_a_page_cut_off_is_joined_with_a_question() -> None:
    (indicator,) = walked(
        table_of(HEADS, "1 | Rapat | Jumlah rapat | kali | | | | | |"),
        table_of(" | | | | 4 | 1 | 1 | 1 | 1 |", first=4),
    )
    assert (texts(indicator), doubts(indicator)) == (["1", "1", "1", "1"], ["joined"])


def test_the_end_of_a_text_on_the_next_page_is_joined() -> None:
    (indicator,) = walked(
        table_of(HEADS, "1 | Rapat | Jumlah rapat koordinasi | kali | 4 | 1 | 1 | 1 | 1 |"),
        table_of(HEADS, " | | dan konsultasi | | | | | | |", first=4),
    )
    assert (indicator.name, doubts(indicator)) == ("Jumlah rapat koordinasi dan konsultasi", [])


def test_a_text_that_a_narrow_column_broke_into_rows_is_one() -> None:
    first, second = walked(
        table_of(
            "No | Kegiatan | Indikator | Satuan | TW I | TW II | TW III | TW IV",
            "1 | Rapat koordinasi | Jumlah rapat | kali | 1 | 1 | 1 | 1",
            " | lintas sektor | koordinasi yang | | | | |",
            " | | dilaksanakan | | | | |",
            "2 | Monev | Jumlah monev | kali | 1 | 1 | 1 | 1",
        )
    )
    assert (first.name, first.path) == (
        "Jumlah rapat koordinasi yang dilaksanakan",
        {"kegiatan": "Rapat koordinasi lintas sektor"},
    )
    assert (second.name, doubts(first), doubts(second)) == ("Jumlah monev", [], [])


def test_goals_stand_above_their_indicators_in_one_column() -> None:
    first, second = walked(
        table_of(
            "No | Sasaran Strategis / Indikator Kinerja | Satuan | TW I | TW II | TW III | TW IV",
            "1 | Pelayanan membaik | | | | |",
            " | 1. Indeks kepuasan | Nilai | - | - | - | 85",
            " | 2. Jumlah inovasi | Inovasi | - | 1 | - | 1",
        )
    )
    assert [(each.name, each.path) for each in (first, second)] == [
        ("Indeks kepuasan", {"sasaran": "Pelayanan membaik"}),
        ("Jumlah inovasi", {"sasaran": "Pelayanan membaik"}),
    ]


def test_a_quarter_without_a_column_is_lost_for_every_row() -> None:
    (indicator,) = walked(
        table_of("No | Kegiatan | Indikator | TW I | TW II | TW III", "1 | Rapat | Jumlah rapat | 1 | 1 | 1")
    )
    assert (texts(indicator), doubts(indicator)) == (["1", "1", "1", None], ["lost"])


def test_two_targets_of_the_year_are_a_question_about_the_year() -> None:
    changed, same = walked(
        table_of(
            "No | Kegiatan | Indikator | Target Semula | Target Menjadi | TW I | TW II | TW III | TW IV",
            "1 | Rapat | Jumlah rapat | 4 | 8 | 2 | 2 | 2 | 2",
            "2 | Monev | Jumlah monev | 4 | 4 | 1 | 1 | 1 | 1",
        )
    )
    assert [(doubt.annual, doubt.periods) for doubt in changed.doubts] == [(True, ())]
    assert doubts(same) == []


def test_quarters_beside_an_action_are_those_of_the_indicator_where_they_end_at_its_year() -> None:
    heads = "Sasaran | Indikator | Target | Rencana Aksi | TW I | TW II | TW III | TW IV | Anggaran"
    of_indicator, _ = walked(
        table_of(
            heads,
            "S | Persentase desa tertib | 100% | Membina | 25% | 50% | 75% | 100% |",
            " | | | Rapat | | | | | 9.000.000",
        )
    )
    goal, action = walked(table_of(heads, "S | Indeks kepuasan | 85 | Survei | 1 | - | 1 | - | 5.000.000"))
    assert (texts(of_indicator), doubts(of_indicator)) == (["25%", "50%", "75%", "100%"], ["merged"])
    assert (goal.name, texts(goal), goal.budget) == ("Indeks kepuasan", ["85"], None)
    assert (action.name, texts(action), action.level) == ("Survei", ["1", "-", "1", "-"], Level.AKSI)
    assert action.budget is not None and doubts(action) == doubts(goal) == []


def test_owners_are_posts_and_never_people() -> None:
    first, second, third, fourth = walked(
        table_of(
            "No | Kegiatan | Indikator | TW I | TW II | TW III | TW IV | Penanggung Jawab",
            "1 | Rapat | Jumlah rapat | 1 | 1 | 1 | 1 | Kasi Pemerintahan",
            " | | Jumlah peserta | 9 | 9 | 9 | 9 |",
            "2 | Monev | Jumlah monev | 1 | 1 | 1 | 1 | Budi Contoh, S.Sos",
            "3 | Lapor | Jumlah laporan | 1 | 1 | 1 | 1 |",
        )
    )
    assert [each.post for each in (first, second, third, fourth)] == ["Kasi Pemerintahan"] * 2 + [None, None]
    assert (doubts(second), doubts(third)) == ([], ["no owner"])
    assert "Budi" not in repr(third)


def test_a_cell_put_in_or_lost_anywhere_in_a_row_never_changes_a_target_without_a_question() -> None:
    whole = [
        "1 | Rapat | Jumlah rapat | kali | 10 | 1 | 2 | 3 | 4 | 1.000.000",
        "2 | Monev | Jumlah monev | kali | 26 | 5 | 6 | 7 | 8 | 2.000.000",
        "3 | Lapor | Jumlah laporan | dok | 42 | 9 | 10 | 11 | 12 | 3.000.000",
    ]
    cells = whole[1].split(" | ")
    for at in range(len(cells)):
        for changed in ([*cells[:at], "", *cells[at:]], [*cells[:at], *cells[at + 1 :]]):
            indicators = walked(table_of(HEADS, whole[0], " | ".join(changed), whole[2]))
            assert [texts(indicators[each]) for each in (0, -1)] == [["1", "2", "3", "4"], ["9", "10", "11", "12"]]
            for indicator in indicators[1:-1]:
                assert texts(indicator) == ["5", "6", "7", "8"] or doubts(indicator), (at, changed)
