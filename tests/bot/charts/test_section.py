"""The picture of one section."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.charts.canvas import HATCH, HEIGHT, LEFT, NEUTRAL, RIGHT, WIDTH
from bot.charts.section import compose_section, draw_section
from domain.scales import SCALE_A
from domain.summary import Coverage, IndicatorFigures
from handlers.picture_pages import section_pages
from tests.bot.charts.pixels import colours, opened, the_box, words
from tests.bot.charts.summaries import FOOTER, INDICATORS, ROWS, detail, figures

RATED = {rung.colour for rung in SCALE_A.rungs}


def row_colours(row: IndicatorFigures) -> set[str]:
    """The colours of the line with figures, bar and verdict."""
    (page,) = compose_section(detail(row), FOOTER)
    name = the_box(page, row.name)
    return set(colours(page.png(), (LEFT + 400, name.bottom + 4, RIGHT, name.bottom + 40)))


def test_pages_are_small_palette_pictures() -> None:
    for png in draw_section(detail(*ROWS, *ROWS), FOOTER):
        picture = opened(png)
        assert (picture.size, picture.mode) == ((WIDTH, HEIGHT), "P") and len(png) < 62_000


def test_every_indicator_is_on_exactly_one_page_and_pages_are_counted() -> None:
    rows = [figures(f"Indikator nomor {number}", "desa", "3", "2") for number in range(31)]
    pages = compose_section(detail(*rows), FOOTER)
    named = [line for page in pages for line in words(page) if line.startswith("Indikator")]
    assert named == [row.name for row in rows]
    assert f"Seksi Pemerintahan (2 dari {len(pages)})" in words(pages[1])


def test_a_long_name_of_the_office_leaves_room_for_every_row() -> None:
    rows = [figures(INDICATORS[2][0], "dokumen", "3", "2") for _number in range(11)]
    named = replace(detail(*rows), office="Kecamatan " + "Kubutambahan dan Sekitarnya " * 3)
    pages = compose_section(named, FOOTER)
    assert len(pages) == len(section_pages(rows)) == 2
    assert [page.faults() for page in pages] == [(), ()]


def test_what_is_not_due_is_not_called_missing() -> None:
    row = IndicatorFigures("Lomba desa", "kali", None, None, None, None, 0, 0, "belum jatuh tempo")
    (page,) = compose_section(detail(row, mean=None), FOOTER)
    assert "belum jatuh tempo" in words(page) and "belum lapor" not in words(page)
    assert HATCH not in row_colours(row)


def test_one_page_is_not_counted() -> None:
    (page,) = compose_section(detail(ROWS[0]), FOOTER)
    assert "Seksi Pemerintahan" in words(page)


def test_complete_indicator_is_rated() -> None:
    row = figures("Jumlah Dokumen Gaji", "dokumen", "30", "24")
    (page,) = compose_section(detail(row), FOOTER)
    assert {"24 dari 30 dokumen", "80%", "Tinggi"} <= set(words(page))
    assert row_colours(row) & RATED == {SCALE_A.rungs[1].colour}


def test_indicator_not_reported_is_hatched_and_has_no_percent() -> None:
    row = figures("Jumlah Dokumen Gaji", "dokumen", "30", None)
    (page,) = compose_section(detail(row, mean=None), FOOTER)
    shown = words(page)
    assert {"target 30 dokumen", "belum lapor"} <= set(shown) and "0%" not in shown
    assert HATCH in row_colours(row) and not RATED & row_colours(row)


def test_indicator_with_a_gap_is_provisional_and_neutral() -> None:
    row = figures("Jumlah Dokumen Gaji", "dokumen", "30", "24", reported=2)
    (page,) = compose_section(detail(row), FOOTER)
    assert "sementara" in words(page)
    assert {HATCH, NEUTRAL} <= row_colours(row) and not RATED & row_colours(row)


def test_realisation_without_target_is_shown_without_a_bar() -> None:
    row = figures("Jumlah Dokumen Gaji", "dokumen", None, "24", due=0)
    (page,) = compose_section(detail(row), FOOTER)
    assert {"24 dokumen", "tanpa target"} <= set(words(page))
    assert not row_colours(row) & {NEUTRAL, HATCH, *RATED}


@pytest.mark.parametrize(("reason", "shown"), [("", "tidak dapat dihitung"), ("tidak tercapai (target 0)",) * 2])
def test_reason_for_no_capaian_is_told(reason: str, shown: str) -> None:
    row = IndicatorFigures("Jumlah Pelanggaran", "kali", Decimal(0), Decimal(2), None, None, 1, 1, reason)
    (page,) = compose_section(detail(row), FOOTER)
    assert {shown, "2 dari 0 kali"} <= set(words(page))


def test_rupiah_against_rupiah_are_not_cut() -> None:
    (page,) = compose_section(detail(figures("Serapan", "Rp", "1250000000", "980000000")), FOOTER)
    assert {"Rp980 juta dari Rp1,3 miliar", "Tinggi", "78%"} <= set(words(page))
    assert page.faults() == ()


def test_section_without_indicators_says_so() -> None:
    (page,) = compose_section(detail(mean=None), FOOTER)
    assert "Belum ada indikator." in words(page)


numbers = st.none() | st.decimals(0, 9_000_000_000_000, places=2).map(str)
rows = st.builds(
    figures,
    st.sampled_from([name for name, _ in INDICATORS] + ["$1 & <b>", "W" * 150, "Jumlah 🏛️"]),
    st.sampled_from(["desa", "%", "Rp", "", "Kegiatan Pembinaan dan Pengawasan Desa"]),
    numbers,
    numbers,
)


@settings(max_examples=25, deadline=None)
@given(st.lists(rows, max_size=16))
def test_nothing_overlaps_and_nothing_is_cut(drawn: list[IndicatorFigures]) -> None:
    for page in compose_section(detail(*drawn), FOOTER):
        assert page.faults() == ()


def test_a_section_of_services_alone_counts_them_in_words() -> None:
    services = replace(detail(), coverage=Coverage(0, 0, 0, 13), mean=None, services=Coverage(13, 12, 0))
    (page,) = compose_section(services, FOOTER)
    assert "12 dari 13 layanan lengkap, tanpa target" in words(page)
    assert not page.faults()
