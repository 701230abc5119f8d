"""The picture of one indicator through its year."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.charts.canvas import HATCH, HEIGHT, INK, WIDTH
from bot.charts.indicator import REALISED, compose_indicator, draw_indicator
from domain.indicator_year import indicator_year
from domain.modes import Mode
from domain.office import Office
from domain.office_rules import OfficeRules
from domain.plan import Role
from domain.roles import OrgPost
from domain.scales import SCALE_A
from domain.summary import IndicatorYear
from domain.working_calendar import WorkingCalendar
from tests.bot.charts.pixels import colours, opened, words
from tests.bot.charts.summaries import FOOTER, INDICATORS, year
from tests.duties import service

MONTHS = ("1",) * 5 + ("2",) + ("1",) * 6
FEW = ("1", "0", "1") + (None,) * 9
GAP = ("1", None, "1") + (None,) * 9


def test_is_a_small_palette_picture_without_rating_colours() -> None:
    picture = opened(png := draw_indicator(year(Mode.SUM, MONTHS, FEW, due=3), FOOTER))
    assert (picture.size, picture.mode) == ((WIDTH, HEIGHT), "P") and len(png) < 60_000
    assert REALISED in colours(png)
    assert not {rung.colour for rung in SCALE_A.rungs} & set(colours(png))


def test_sum_has_amounts_beside_the_position_and_other_modes_have_not() -> None:
    both = words(compose_indicator(year(Mode.SUM, MONTHS, FEW), FOOTER))
    one = words(compose_indicator(year(Mode.CUM, ("25", "50", "75", "100"), ("20", None, None, None)), FOOTER))
    assert {"Posisi s/d", "Tiap periode"} <= set(both)
    assert "Posisi s/d" in one and "Tiap periode" not in one


def test_tells_the_last_known_position_and_the_annual_target() -> None:
    shown = words(compose_indicator(year(Mode.SUM, MONTHS, FEW, due=3), FOOTER))
    assert {"s/d Maret 2022", "2 dari 3 desa", "Kasi Pemerintahan, target setahun 13 desa"} <= set(shown)


def test_missing_report_is_hatched_and_makes_a_sum_provisional() -> None:
    page = compose_indicator(year(Mode.SUM, MONTHS, GAP, due=3), FOOTER)
    assert {"s/d Maret 2022, sementara", "belum lapor"} <= set(words(page))
    assert HATCH in colours(page.png())


def test_an_indicator_without_any_report_says_so() -> None:
    page = compose_indicator(year(Mode.SUM, MONTHS, (None,) * 12, due=3), FOOTER)
    assert {"–", "belum lapor, target 3 desa"} <= set(words(page)) and "0%" not in words(page)


def test_complete_year_so_far_has_no_hatch() -> None:
    page = compose_indicator(year(Mode.SUM, MONTHS, FEW, due=3), FOOTER)
    assert "belum lapor" not in words(page) and HATCH not in colours(page.png())


def test_missing_report_of_a_target_of_zero_is_seen() -> None:
    page = compose_indicator(year(Mode.LEVEL, ("0",) * 4, (None,) * 4, annual=None, due=1), FOOTER)
    assert HATCH in colours(page.png())


def test_year_without_reports_and_without_points() -> None:
    empty = year(Mode.SUM, MONTHS, (None,) * 12, due=0)
    for figures in (empty, replace(empty, points=()), replace(empty, annual_target=None)):
        page = compose_indicator(figures, FOOTER)
        assert "belum ada periode yang berakhir" in words(page) and not page.faults()
        assert REALISED in colours(page.png())  # the key


@pytest.mark.parametrize(("annual", "top"), [("72", "80"), ("100", "100"), ("101", "200"), ("1", "1"), ("0.3", "0,4")])
def test_axis_ends_at_a_round_number(annual: str, top: str) -> None:
    page = compose_indicator(year(Mode.CUM, (None,) * 4, (None,) * 4, annual=annual), FOOTER)
    assert top in words(page)


numbers = st.none() | st.decimals(-10, 9_000_000_000_000, places=2).map(str)


def years(periods: int) -> st.SearchStrategy[IndicatorYear]:
    """Years of so many periods with any targets and values."""
    return st.builds(
        year,
        st.sampled_from(list(Mode)),
        st.tuples(*[numbers] * periods),
        st.tuples(*[numbers] * periods),
        name=st.sampled_from([name for name, _ in INDICATORS] + ["$1 & <b>", "W" * 150]),
        unit=st.sampled_from(["desa", "%", "Rp", "Kegiatan Pembinaan dan Pengawasan Desa"]),
        annual=numbers,
        due=st.integers(0, periods),
    )


@settings(max_examples=25, deadline=None)
@given(years(4) | years(12))
def test_nothing_overlaps_and_nothing_is_cut(figures: IndicatorYear) -> None:
    assert compose_indicator(figures, FOOTER).faults() == ()


@pytest.mark.parametrize("mode", [Mode.SUM, Mode.LEVEL])
def test_a_value_that_replaced_another_is_marked_where_it_stands(mode: Mode) -> None:
    """March, well above its target, so that the mark covers nothing dark."""
    values = ("1", "0", "9") + (None,) * 9
    plain, revised = (compose_indicator(year(mode, MONTHS, values, due=3, revised=one), FOOTER) for one in ((), (2,)))
    assert "diubah" in words(revised) and "diubah" not in words(plain)
    march = [box for box in revised.boxes() if box.words == "Mar"][-1]
    column = (march.left - 10, march.top - 300, march.right + 10, march.top - 12)
    assert colours(revised.png(), column)[INK] > colours(plain.png(), column)[INK] + 100


def test_values_below_zero_stand_on_the_base_line() -> None:
    figures = year(Mode.SUM, MONTHS, ("-5", *FEW[1:]), annual="-3")
    assert figures.points[0].realisation == Decimal(-5)
    compose_indicator(figures, FOOTER).png()


def test_a_service_shows_its_count_and_no_capaian() -> None:
    """Without a target there is none in the key either."""
    counting = service("Kartu Keluarga", {"2022-01": 426, "2022-02": 339})
    posts = {1: OrgPost(1, "Kasi Pelayanan Umum", Role.KASI, None)}
    office = Office("Asia/Jakarta", OfficeRules(), WorkingCalendar(frozenset()), posts, ())
    made = indicator_year("Kecamatan Sukamaju", counting, date(2022, 4, 4), office)
    page = compose_indicator(made, FOOTER)
    shown = words(page)
    assert {"765", "s/d Maret 2022, sementara", "765 surat, tanpa target", "belum lapor"} <= set(shown)
    assert "target" not in shown and not page.faults()
