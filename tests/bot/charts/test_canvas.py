"""The page and its proof that nothing overlaps."""

import pytest

from bot.charts.canvas import BAND, BODY, HEIGHT, LEFT, WHITE, WIDTH, Marks, Page
from bot.charts.footer import Footer
from tests.bot.charts.pixels import colours, words
from tests.bot.charts.summaries import FOOTER


def page(office: str = "Kecamatan Kubutambahan", footer: Footer = FOOTER) -> Page:
    return Page(office, "Ringkasan", footer, Marks(provisional=True, sample=True))


def test_empty_page_is_sound_and_white_below_its_band() -> None:
    drawn = page()
    assert drawn.faults() == ()
    assert set(colours(drawn.png(), (0, drawn.top + 5, WIDTH, drawn.bottom - 5))) == {WHITE}
    assert BAND in colours(drawn.png(), (0, 0, WIDTH, 20))


@pytest.mark.parametrize(
    ("x", "top", "fault"),
    [
        (LEFT + 30, 405, "'Dua' overlaps"),
        (WIDTH - 20, 600, "'Dua' leaves the page"),
        (LEFT, HEIGHT - 20, "'Dua' leaves the page"),
        (LEFT + 400, HEIGHT - 130, "'Dua' runs into the foot"),
    ],
)
def test_faults_are_found(x: float, top: float, fault: str) -> None:
    drawn = page()
    drawn.text(LEFT, 400, "Satu dan", BODY)
    drawn.text(x, top, "Dua", BODY)
    assert any(fault in found or fault.replace("'Dua' overlaps", "overlaps 'Dua'") in found for found in drawn.faults())


def test_hatching_stays_inside_its_frame() -> None:
    drawn = page()
    for number in range(13):  # every place of the first stroke
        drawn.hatch(LEFT + 60 * number, 400 + number, 40, 14 + number)
    for number in range(13):
        left, top, high = LEFT + 60 * number, 400 + number, 14 + number
        assert set(colours(drawn.png(), (left - 10, top - 10, left + 50, top - 1))) == {WHITE}, number
        assert set(colours(drawn.png(), (left - 10, top - 10, left - 1, top + high + 10))) == {WHITE}, number


def test_long_office_and_long_dates_keep_the_foot_sound() -> None:
    footer = Footer("Triwulan III 2022", "29 September 2022 10.42 WITA", 123456)
    drawn = page("Kecamatan Randuagung Kabupaten Lumajang Provinsi Jawa Timur", footer)
    assert drawn.faults() == ()
    assert any(line.endswith("… · Triwulan III 2022") for line in words(drawn))
    assert any("29 September 2022 10.42 WITA" in line for line in words(drawn))
