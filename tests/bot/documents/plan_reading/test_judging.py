"""What is certain of a printed row is taken, everything else is asked about with a proposal."""

from decimal import Decimal

import pytest

from bot.documents.plan_reading.printed import DoubtKind
from domain.modes import Confidence, Mode
from domain.plan import About, Level
from tests.bot.documents.plan_reading.printed_rows import QUARTERS, doubt, judged, only, printed, values


@pytest.mark.parametrize(
    ("cells", "unit", "annual", "mode", "confidence"),
    [
        ("3 | 3 | 3 | 3", "Dokumen", "12", Mode.SUM, Confidence.HIGH),
        ("25% | 50% | 75% | 100%", None, "100%", Mode.CUM, Confidence.HIGH),
        ("22% | 29% | 28% | 22%", None, "100%", Mode.SUM, Confidence.MEDIUM),
        ("- | - | 90% | ", None, "90%", Mode.SINGLE, Confidence.HIGH),
        ("21 Desa | 21 Desa | 21 Desa | 21 Desa", None, "21 Desa", Mode.LEVEL, Confidence.HIGH),
    ],
)
def test_a_whole_row_is_taken_without_a_question(
    cells: str, unit: str | None, annual: str, mode: Mode, confidence: Confidence
) -> None:
    one, asked = only(printed("Jumlah hal", cells, unit, annual))
    assert (one.mode, one.confidence, asked) == (mode, confidence, {})
    assert one.annual == Decimal(annual.split()[0].rstrip("%"))


def test_a_mode_that_cannot_be_told_is_asked_with_the_facts() -> None:
    one, asked = only(printed("Rapat KOPWAN", "3 | 2 | 3 | 2", "Kegiatan", "9"))
    assert values(one) == [3, 2, 3, 2]
    assert (one.mode, one.confidence, set(asked)) == (None, Confidence.ASK, {About.MODE})
    assert "jumlah 10" in asked[About.MODE].text
    assert asked[About.MODE].options == ("SUM", "LEVEL", "CUM")


def test_two_quantities_in_a_cell_are_left_open_with_the_first_as_proposal() -> None:
    cell = "6 Org ( 3 bln )"
    one, asked = only(printed("Tenaga kebersihan", " | ".join([cell] * 4), None, "6 orang"))
    assert values(one) == [None] * 4
    assert asked[About.TARGETS].proposal == "2023-TW1=6; 2023-TW2=6; 2023-TW3=6; 2023-TW4=6"
    assert cell in asked[About.TARGETS].text
    assert "baris 1" in asked[About.TARGETS].text
    assert (one.mode, one.confidence) == (Mode.LEVEL, Confidence.MEDIUM)


@pytest.mark.parametrize("kind", [DoubtKind.SHIFTED, DoubtKind.MERGED, DoubtKind.JOINED, DoubtKind.STRAY])
def test_cells_that_a_walker_doubts_are_left_open(kind: DoubtKind) -> None:
    one, asked = only(printed("Jumlah rapat", "3 | 3 | 3 | 3", "Kali", "12", doubts=(doubt(kind, 2, 3),)))
    assert values(one) == [3, None, None, 3]
    assert asked[About.TARGETS].text.startswith("Ragu di baris 1.")
    assert asked[About.TARGETS].proposal == "2023-TW2=3; 2023-TW3=3"


def test_what_a_walker_proposes_stands_beside_what_is_printed() -> None:
    likely = dict(zip(QUARTERS, map(Decimal, (24, 26, 25, 21)), strict=True))
    shifted = doubt(DoubtKind.SHIFTED, likely=likely)
    one, asked = only(printed("Jumlah monev", " | 24 | 26 | 25", "Kali", "96", doubts=(shifted,)))
    assert values(one) == [None] * 4
    assert asked[About.TARGETS].options == (
        "2023-TW1=24; 2023-TW2=26; 2023-TW3=25; 2023-TW4=21",
        "2023-TW1=-; 2023-TW2=24; 2023-TW3=26; 2023-TW4=25",
    )
    assert (one.mode, one.confidence) == (Mode.SUM, Confidence.MEDIUM)


def test_a_doubt_about_the_heading_leaves_the_cells_and_asks() -> None:
    one, asked = only(printed("Jumlah rapat", "3 | 2 | 3 | 4", "Kali", "12", doubts=(doubt(DoubtKind.HEADING),)))
    assert values(one) == [3, 2, 3, 4]
    assert asked[About.TARGETS].proposal == "2023-TW1=3; 2023-TW2=2; 2023-TW3=3; 2023-TW4=4"


def test_lost_cells_are_filled_only_as_a_proposal_that_adds_up() -> None:
    months = " | ".join(["233"] * 6 + ["?"] * 4 + ["233", "237"])
    one, asked = only(printed("Arsip surat", months, "Dokumen", "2800"))
    assert values(one) == [233] * 6 + [None] * 4 + [233, 237]
    assert asked[About.TARGETS].proposal == "2023-07=233; 2023-08=233; 2023-09=233; 2023-10=233"
    assert "Terbaca: Jan s.d. Jun 233, Nov 233, Des 237" in asked[About.TARGETS].text
    assert (one.mode, one.confidence) == (Mode.SUM, Confidence.MEDIUM)

    one, asked = only(printed("Adminduk", " | ".join(["166"] * 5 + ["?"] * 7), "Dokumen", "1800"))
    assert asked[About.TARGETS].proposal == ""
    assert About.MODE in asked


def test_an_annual_target_in_doubt_is_left_open() -> None:
    one, asked = only(
        printed("Jumlah rapat", "3 | 3 | 3 | 3", "Kali", "12", doubts=(doubt(DoubtKind.SHIFTED, annual=True),))
    )
    assert (values(one), one.annual) == ([3, 3, 3, 3], None)
    assert asked[About.ANNUAL].proposal == "12"


def test_a_sign_that_may_stand_for_thousands_is_asked_about_with_both_readings() -> None:
    one, asked = only(printed("Luas lahan", "2,800 | - | - | -", "Ha", None))
    assert values(one) == [None] * 4
    assert asked[About.TARGETS].options == ("2023-TW1=2800", "2023-TW1=2.8")


def test_a_printed_zero_is_asked_about_unless_a_series_rises_from_it() -> None:
    one, asked = only(printed("Unsur yang bersinergi", "0 | 6 | 0 | 6", "Lembaga", None))
    assert values(one) == [0, 6, 0, 6]
    assert asked[About.TARGETS].options == ("2023-TW1=-; 2023-TW3=-", "2023-TW1=0; 2023-TW3=0")
    _, asked = only(printed("Kapasitas aparatur", "0% | 25% | 75% | 100%", None, "100%"))
    assert asked == {}


def test_units_that_differ_are_asked_about_and_leave_the_mode_open() -> None:
    one, asked = only(printed("Jumlah peserta", "32 PNS | 32 PNS | 32 PNS | ", None, "4 Kegiatan"))
    assert values(one) == [32, 32, 32, None]
    assert asked[About.UNIT].options == ("Kegiatan", "PNS")
    assert one.mode is None


def test_a_missing_unit_is_asked_about_where_others_have_one() -> None:
    with_unit = printed("Jumlah rapat", "3 | 3 | 3 | 3", "Kali", "12", line=2)
    _, asked = only(with_unit, printed("Nilai SAKIP", "20 | 40 | 50 | 62"))
    assert asked[About.UNIT].proposal == "Nilai"
    _, asked = only(printed("Nilai SAKIP", "20 | 40 | 50 | 62"))
    assert About.UNIT not in asked


def test_a_row_without_a_name_is_asked_for_one_and_a_name_that_breaks_off_too() -> None:
    _, asked = only(printed(None, "1 | - | - | -", "SK", "1", path={"sub_kegiatan": "Penyusunan SK"}))
    assert asked[About.NAME].proposal == "Penyusunan SK"
    _, asked = only(printed("Jumlah tenaga kebersihan dan", "6 | 6 | 6 | 6", "Orang", "6"))
    assert "terpotong" in asked[About.NAME].text
    _, asked = only(printed("Jumlah laporan (bulanan)", "3 | 3 | 3 | 3", "Laporan", "12"))
    assert asked == {}


def test_a_name_that_sounds_bad_is_asked_for_its_direction() -> None:
    _, asked = only(printed("Jumlah pengaduan masyarakat", "3 | 3 | 3 | 3", "Kali", "12"))
    assert asked[About.DIRECTION].options == ("negative", "positive")


def test_the_same_row_again_is_asked_about_and_stays_as_printed() -> None:
    rungs = {"program": "Pelayanan", "sub_kegiatan": "Rapat"}
    first = printed("Jumlah rapat koordinasi", "3 | 3 | 3 | 3", "Kali", "12", line=7, path={"tujuan": "A", **rungs})
    again = printed("Jumlah rapat kordinasi", "3 | 3 | 3 | 3", "Kali", "12", line=9, path={"sasaran": "B", **rungs})
    one, asked = only(first, again)
    assert values(one) == [3, 3, 3, 3]
    assert asked[About.REPEATED].proposal == "same"
    assert asked[About.REPEATED].options == ("same", "own", "all")
    assert "baris 7" in asked[About.REPEATED].text
    other = printed("Jumlah rapat koordinasi", "3 | 3 | 3 | 3", "Kali", "12", path={**rungs, "program": "Lain"})
    assert only(first, other)[1] == {}


def test_rungs_without_targets_are_shown_and_never_asked() -> None:
    rung = printed("Persentase desa", "? | ? | ? | ?", level=Level.PROGRAM, has_targets=False)
    reading = judged(rung, printed("Jumlah rapat", "3 | 3 | 3 | 3", "Kali", "12"))
    assert [one.is_context for one in reading.indicators] == [True, False]
    assert reading.questions == ()


def test_a_row_whose_targets_are_all_blank_is_asked_for_them() -> None:
    _, asked = only(printed("Jumlah dokumen", ""))
    assert "kosong" in asked[About.ANNUAL].text
    _, asked = only(printed("Jumlah dokumen", " | | | "))
    assert "kosong" in asked[About.TARGETS].text


def test_a_plan_of_years_only_keeps_the_target_of_the_year() -> None:
    one, asked = only(printed("Jumlah dokumen", "4 dokumen"))
    assert (one.annual, one.unit, one.is_yearly) == (Decimal(4), "dokumen", True)
    assert set(asked) == {About.MODE}


def test_who_reports_is_asked_where_the_plan_names_posts_but_not_here() -> None:
    named = printed("Jumlah rapat", "3 | 3 | 3 | 3", "Kali", "12", post="Kasi Pemerintahan")
    bare = printed("Jumlah surat", "3 | 3 | 3 | 3", "Kali", "12")
    reading = judged(named, bare, posts=("Kasi Pemerintahan",))
    assert [(question.about, question.options) for question in reading.questions] == [
        (About.OWNER, ("Kasi Pemerintahan",))
    ]


def test_codes_stay_the_same_when_rows_come_and_go() -> None:
    first = printed("Jumlah rapat", "3 | 3 | 3 | 3", "Kali", "12")
    second = printed("Jumlah surat", "1 | 1 | 1 | 1", "Surat", "4")
    coded = printed("Jumlah desa", "1 | 1 | 1 | 1", "Desa", "4", code="7.01.02")
    before = [one.code for one in judged(first, second, coded).indicators]
    after = [one.code for one in judged(coded, second).indicators]
    assert after == [before[2], before[1]]
    assert before[2] == "7.01.02"
    assert [one.code for one in judged(coded, coded).indicators] == ["7.01.02", "7.01.02-2"]


def test_a_figure_in_the_place_of_a_name_leaves_the_row_open() -> None:
    one, asked = only(printed("5 Kegiatan", "- | - | - | 5", "Kegiatan", "5"))
    assert values(one) == [None] * 4
    assert '"5 Kegiatan"' in asked[About.TARGETS].text


def test_rows_that_print_the_same_figures_keep_their_own_place_periods_and_unit() -> None:
    rows = (
        printed("Jumlah rapat", "2,800 | 2,800 | 2,800 | ?", "Kali", line=1),
        printed("Jumlah surat", "2,800 | ? | 2,800 | 2,800", "Kali", line=2),
        printed("Indeks kepuasan", "2,800 | 2,800 | ? | 2,800", "Indeks", line=3),
    )
    reading = judged(*rows)
    asked = [question for question in reading.questions if question.about is About.TARGETS]
    assert [f"baris {at}" in question.text for at, question in enumerate(asked, start=1)] == [True] * 3
    assert [sorted(period.number for period in one.likely) for one in reading.indicators[:2]] == [[1, 2, 3], [1, 3, 4]]
    assert values(reading.indicators[2]) == [None] * 4
    assert [one.unit for one in reading.indicators] == ["Kali", "Kali", "Indeks"]
