"""Words measured, wrapped and shortened."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.charts.letters import Style
from bot.charts.typography import ELLIPSIS, fit, printable, width, wrap

STYLE = Style(33)
NAME = "Seksi Ketenteraman, Ketertiban Umum dan Satuan Polisi Pamong Praja"


def test_what_fits_stays_as_it_is() -> None:
    assert fit("Seksi Pemerintahan", STYLE, 900) == "Seksi Pemerintahan"
    assert wrap(NAME, STYLE, 2000) == [NAME]


def test_two_lines_hold_a_long_name_whole() -> None:
    assert " ".join(wrap(NAME, STYLE, 700)) == NAME


def test_shortened_at_a_word_and_never_after_a_loose_one() -> None:
    room = width("Seksi Ketenteraman, Ketertiban Umum dan" + ELLIPSIS, STYLE) + 1
    assert fit(NAME, STYLE, room) == "Seksi Ketenteraman, Ketertiban Umum…"


def test_no_comma_before_the_ellipsis() -> None:
    assert fit(NAME, STYLE, width("Seksi Ketenteraman,…", STYLE) + 1) == "Seksi Ketenteraman…"


def test_a_word_longer_than_the_line_is_broken() -> None:
    assert "".join(wrap("W" * 40, STYLE, 900, 3)) == "W" * 40
    assert fit("W" * 80, STYLE, 300).endswith("W…")


@pytest.mark.parametrize(
    ("given_words", "shown"),
    [("Seksi\n\tPemerintahan ", "Seksi Pemerintahan"), ("Adat 🏛️ Bali", "Adat Bali"), ("🏛️", "(tanpa nama)"), ("", "")],
)
def test_printable(given_words: str, shown: str) -> None:
    assert printable(given_words) == shown


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=60), st.integers(120, 900))
def test_no_line_is_wider_than_its_room(words: str, room: int) -> None:
    lines = wrap(words, STYLE, room)
    assert len(lines) <= 2 and all(width(line, STYLE) <= room for line in lines)
