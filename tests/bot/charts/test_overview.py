"""The camat's weekly picture."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.charts.canvas import HATCH, HEIGHT, LEFT, NEUTRAL, RIGHT, WIDTH
from bot.charts.overview import compose_overview, draw_overview
from domain.scales import FOUR_LEVELS, SCALE_A, ScaleKey
from domain.summary import Behind, OfficeSummary
from tests.bot.charts.pixels import colours, opened, the_box, words
from tests.bot.charts.summaries import BEHIND, FOOTER, POSTS, SECTIONS, office, section, summary

RATED = {rung.colour for rung in SCALE_A.rungs}
LIMIT = 85_000
"""Bytes of the fullest picture; an office of up to six sections stays below 64,000."""


def row_colours(figures: OfficeSummary, name: str) -> set[str]:
    """Every colour in the bar below a section's name."""
    page = compose_overview(figures, FOOTER)
    row = next(box for box in page.boxes() if box.words.removeprefix("1. ").removeprefix("2. ").startswith(name))
    beside = [box.bottom for box in page.boxes() if box.top < row.bottom and row.top < box.bottom]
    return set(colours(page.png(), (LEFT, max(beside) + 2, RIGHT, max(beside) + 22)))


@pytest.mark.parametrize("count", [1, 5, 6, 8, 12])
def test_is_a_small_palette_picture_of_phone_size(count: int) -> None:
    picture = opened(png := draw_overview(office(count), FOOTER))
    assert (picture.size, picture.mode, picture.format) == ((WIDTH, HEIGHT), "P", "PNG")
    assert len(png) < (64_000 if count <= 6 else LIMIT)


def test_says_how_many_reported_and_the_change_since_last_week() -> None:
    shown = words(compose_overview(office(6), FOOTER))
    assert {"12", "dari 15", "jabatan sudah lapor", "naik 4 dari pekan lalu"} <= set(shown)


@pytest.mark.parametrize(
    ("before", "sentence"),
    [(15, "tetap dari pekan lalu"), (17, "turun 2 dari pekan lalu"), (None, "belum ada pembanding")],
)
def test_change_in_words(before: int | None, sentence: str) -> None:
    assert sentence in words(compose_overview(summary(section("Sekretariat", "92", 3, 3), before=before), FOOTER))


def test_complete_office_has_its_predicate_with_its_colour() -> None:
    page = compose_overview(summary(section("Sekretariat", "92", 3, 3)), FOOTER)
    verdict = the_box(page, "Sangat Tinggi")
    assert SCALE_A.rungs[0].colour in colours(
        page.png(), (verdict.left - 40, verdict.top, verdict.left, verdict.bottom)
    )


def test_incomplete_office_has_no_predicate_and_no_colour_but_says_what_is_in() -> None:
    page = compose_overview(summary(section("Sekretariat", "92", 10, 4)), FOOTER)
    shown = words(page)
    assert "92%" in shown and "sementara, 4 dari 10 lapor" in shown
    assert not {rung.word for rung in SCALE_A.rungs} & set(shown)
    assert not RATED & set(colours(page.png()))


def test_incomplete_section_is_neutral_and_hatched_while_a_complete_one_is_rated() -> None:
    figures = summary(section("Sekretariat", "92", 9, 9), section("Seksi Pemerintahan", "92", 9, 6))
    complete, incomplete = row_colours(figures, "Sekretariat"), row_colours(figures, "Seksi Pemerintahan")
    assert SCALE_A.rungs[0].colour in complete and HATCH not in complete
    assert {NEUTRAL, HATCH} <= incomplete and not RATED & incomplete
    assert "belum lapor 3" in words(compose_overview(figures, FOOTER))


def test_section_without_any_report_is_hatched_from_end_to_end_and_has_no_number() -> None:
    page = compose_overview(summary(section("Sekretariat", None, 4, 0), mean=None, change=None), FOOTER)
    name = the_box(page, "Sekretariat")
    png = page.png()
    for left in (LEFT, (LEFT + RIGHT) // 2, RIGHT - 40):
        assert HATCH in colours(png, (left, name.bottom + 6, left + 40, name.bottom + 24))
    assert "0%" not in words(page)


def test_hatch_covers_the_missing_share_only() -> None:
    page = compose_overview(summary(section("Sekretariat", "20", 4, 3)), FOOTER)
    name, png = the_box(page, "Sekretariat"), page.png()
    top, bottom, share = name.bottom + 6, name.bottom + 28, (RIGHT - LEFT) / 4
    assert HATCH in colours(png, (RIGHT - share + 2, top, RIGHT, bottom))
    assert HATCH not in colours(png, (LEFT, top, RIGHT - share - 4, bottom))


def test_section_without_targets_says_so() -> None:
    figures = summary(section("Sekretariat", "92", 3, 3), section("Kelurahan Kubutambahan", None, 0, 0))
    assert "belum ada target" in words(compose_overview(figures, FOOTER))
    assert not {NEUTRAL, HATCH} & row_colours(figures, "Kelurahan")


def test_only_complete_sections_are_ranked_and_equal_means_share_a_rank() -> None:
    figures = summary(
        section("Sekretariat", "80", 3, 3),
        section("Seksi Pemerintahan", "99", 3, 2),
        section("Seksi Pembangunan", "95", 3, 3),
        section("Seksi Sosial Budaya", "80", 3, 3),
    )
    rows = [line for line in words(compose_overview(figures, FOOTER)) if "Sek" in line and "·" not in line]
    assert rows == ["1. Seksi Pembangunan", "2. Sekretariat", "2. Seksi Sosial Budaya", "Seksi Pemerintahan"]


def test_bar_ends_at_100_with_the_true_percent_beside() -> None:
    capped = summary(section("Sekretariat", "130", 3, 3))
    full = summary(section("Sekretariat", "100", 3, 3))
    assert row_colours(capped, "Sekretariat") == row_colours(full, "Sekretariat")
    assert "130%" in words(compose_overview(capped, FOOTER))


def test_furthest_behind_stand_with_target_and_realisation() -> None:
    shown = words(compose_overview(summary(section("Sekretariat", "92", 3, 3)), FOOTER))
    assert "1 dari 3 desa · Seksi Pemerintahan" in shown and "33%" in shown


def test_missing_posts_are_named_and_the_rest_counted() -> None:
    few = words(compose_overview(summary(section("Sekretariat", "92", 3, 3), missing=POSTS[6:8]), FOOTER))
    many = words(compose_overview(replace(office(6), missing_posts=POSTS), FOOTER))
    assert "Bendahara, Pengelola Gaji" in few and "Belum lapor: 2 jabatan" in few
    assert "Belum lapor: 12 jabatan" in many and any(line.endswith(" lainnya") for line in many)


def test_office_without_anything_reads_sensibly() -> None:
    empty = summary(posts=(0, 0), before=None, mean=None, change=None, behind=())
    page = compose_overview(empty, FOOTER)
    assert {"Belum ada seksi dengan target.", "belum ada target"} <= set(words(page))
    assert not page.faults() and not RATED & set(colours(page.png()))


def test_everybody_in_and_nothing_behind() -> None:
    page = compose_overview(summary(section("Sekretariat", "100", 3, 3), behind=()), FOOTER)
    assert {"Semua jabatan sudah lapor.", "Tidak ada indikator di bawah target."} <= set(words(page))


def test_capaian_is_named_after_the_last_closed_period() -> None:
    running = replace(office(3), closed_period="2022-02")
    shown = words(compose_overview(running, FOOTER))
    assert "capaian s/d Februari 2022" in shown and "Ringkasan Maret 2022" in shown


def test_in_the_first_period_of_a_year_nothing_is_judged_yet() -> None:
    first = summary(section("Sekretariat", None, 0, 0), posts=(9, 2), before=None, mean=None, change=None, behind=())
    shown = words(compose_overview(first, FOOTER))
    assert {"2", "dari 9", "dihitung setelah berakhir", "belum dihitung"} <= set(shown)
    assert "Dihitung setelah periode pertama berakhir." in shown
    assert not any("belum ada target" in line or "Belum ada angka" in line for line in shown)


def test_foot_tells_office_period_time_snapshot_and_what_the_figures_are() -> None:
    marked = words(compose_overview(office(6), FOOTER))
    assert {"Kecamatan Kubutambahan · Maret 2022", "Data no. 17", "Sementara · Data contoh"} <= set(marked)
    assert "Dibuat 29 Maret 2022 10.42 WITA" in marked
    final = words(compose_overview(office(6, complete=True), FOOTER))
    assert not any("Sementara" in line or "contoh" in line for line in final)
    assert "Terverifikasi" in final


def test_another_scale_brings_its_own_words_and_colours() -> None:
    figures = replace(section("Sekretariat", "60", 3, 3), predicate="Cukup Berhasil")
    page = compose_overview(replace(summary(figures, mean=None), scale=ScaleKey.FOUR), FOOTER)
    assert "Cukup Berhasil" in words(page) and FOUR_LEVELS.rungs[2].colour in colours(page.png())


def test_more_than_twelve_sections_are_counted() -> None:
    page = compose_overview(summary(*[section(f"Seksi {i}", "90", 2, 2) for i in range(15)]), FOOTER)
    assert "dan 4 seksi lainnya" in words(page) and not page.faults()


@pytest.mark.parametrize("name", ["$x_1^2$ & \\frac{1}{2}", "<b>Seksi</b> {Pemerintahan}", "Seksi 😀 Pemerintahan"])
def test_signs_in_names_are_only_signs(name: str) -> None:
    page = compose_overview(summary(section(name, "92", 3, 3), office=name), FOOTER)
    assert not page.faults()
    assert name.replace("😀 ", "") in words(page)
    page.png()


def test_name_of_which_nothing_can_be_drawn_is_called_nameless() -> None:
    assert "(tanpa nama)" in words(compose_overview(summary(section("😀", "92", 3, 3)), FOOTER))


ODDITIES = ("$10 & $20", "<b>Seksi</b>", "Seksi 🏛️ Adat", "W" * 90, "Subak/Subak Abian, " * 8)
names = st.sampled_from(SECTIONS + POSTS + ODDITIES)
percents = st.decimals(0, 400, places=2) | st.decimals(-999999, 9999999, places=6)
amounts = st.decimals(0, 9_000_000_000_000, places=6)
sections = st.builds(
    lambda name, mean, due, missing: section(name, mean, due, max(0, due - missing)),
    names,
    st.none() | percents.map(str),
    st.integers(0, 40),
    st.sampled_from([0, 0, 1, 9, 40]),
)
behind = st.builds(
    Behind,
    st.sampled_from([item.name for item in BEHIND]) | names,
    st.sampled_from(["desa", "%", "Rp", "dokumen", "", "Kegiatan Pembinaan dan Pengawasan Desa"]),
    amounts,
    amounts,
    percents,
    names,
)
summaries = st.builds(
    lambda rows, posts, before, missing, items, office_name, mean, change, marks: summary(
        *rows, posts=posts, before=before, missing=missing, behind=items, office=office_name,
        mean=mean, change=change, provisional=marks[0], sample=marks[1],
    ),
    st.lists(sections, max_size=14),
    st.tuples(st.integers(0, 60), st.integers(0, 60)),
    st.none() | st.integers(0, 60),
    st.lists(names, max_size=20).map(tuple),
    st.lists(behind, max_size=3).map(tuple),
    st.sampled_from(["Kecamatan Kubutambahan", "Kecamatan Randuagung Kabupaten Lumajang Provinsi Jawa Timur"]) | names,
    st.none() | percents.map(str),
    st.none() | percents.map(str),
    st.tuples(st.booleans(), st.booleans()),
)  # fmt: skip


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(summaries)
def test_nothing_overlaps_and_nothing_is_cut(figures: OfficeSummary) -> None:
    assert compose_overview(figures, FOOTER).faults() == ()


def test_eight_threads_draw_the_same_bytes_as_one() -> None:
    offices = [
        replace(office(3 + i % 6), office=f"Kecamatan Contoh {i}", mean=Decimal(50 + i), posts_reported=i)
        for i in range(16)
    ]
    alone = [draw_overview(figures, FOOTER) for figures in offices]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda figures: draw_overview(figures, FOOTER), offices))
    assert together == alone and len(set(alone)) == len(alone)
