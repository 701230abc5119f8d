"""Words as pixels, beside what matplotlib's own way of setting a text gives."""

import numpy as np
import numpy.typing as npt
import pytest
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.font_manager import FontProperties

from bot.charts.letters import FILES, Style, extent, set_line
from bot.charts.sheet import Sheet

WIDE, HIGH, BASELINE = 400, 120, 80
STYLES = [Style(33), Style(33, bold=True), Style(50, bold=True)]


def ours(words: str, style: Style) -> npt.NDArray[np.float64]:
    sheet = Sheet(WIDE, HIGH)
    sheet.write(20, BASELINE, words, style, "#000000")
    return 255.0 - sheet.pixels[..., 0]


def theirs(words: str, style: Style) -> npt.NDArray[np.float64]:
    renderer = RendererAgg(WIDE, HIGH, 72)
    black = renderer.new_gc()
    black.set_foreground("#000000")
    renderer.draw_text(black, 20, BASELINE, words, FontProperties(fname=str(FILES[style.bold]), size=style.size), 0)
    return np.asarray(renderer.buffer_rgba())[..., 3].astype(np.float64)


def along(ink: npt.NDArray[np.float64], axis: int) -> npt.NDArray[np.float64]:
    """Where a quarter, half, three quarters and all of the ink is reached."""
    reached = np.cumsum(ink.sum(axis=axis)) / ink.sum()
    return np.interp((0.25, 0.5, 0.75, 0.999), reached, np.arange(reached.size))


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize(
    ("words", "pixels"), [("Pengajuan", 1), ("100%", 1), ("“gjy”", 1), ("…", 1), (",", 1), ("Tata Wilayah, 12,5%", 2)]
)
def test_words_stand_where_matplotlib_has_them(words: str, pixels: int, style: Style) -> None:
    set_by_us, set_by_them = ours(words, style), theirs(words, style)
    assert set_by_us.sum() == pytest.approx(set_by_them.sum(), rel=0.01)
    assert np.abs(along(set_by_us, 0) - along(set_by_them, 0)).max() <= pixels
    assert np.abs(along(set_by_us, 1) - along(set_by_them, 1)).max() <= 0.5


@pytest.mark.parametrize("style", STYLES)
def test_no_words_take_no_room(style: Style) -> None:
    assert (extent("", style).width, list(set_line("", style))) == (0, [])


@pytest.mark.parametrize("style", STYLES)
def test_blanks_are_as_wide_one_by_one_as_together(style: Style) -> None:
    assert extent("a  b", style).width == extent("a ", style).width + extent(" b", style).width


def test_a_word_is_kept_as_it_was_set_when_others_follow() -> None:
    before = ours("Wonogiri", STYLES[0])
    for size in range(20, 40):
        ours("Lumajang", Style(size))
    assert np.array_equal(before, ours("Wonogiri", STYLES[0]))
