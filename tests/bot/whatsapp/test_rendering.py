"""WhatsApp's own marks in our words: nobody's text is bold by accident, and no letter is lost."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.whatsapp.marks import bold, plain
from bot.channels.whatsapp.rendering import said

SIGNS = st.text(alphabet="ab1 *_~`\n.,(", max_size=24)
MARKS = {"∗": "*", "ˍ": "_", "∼": "~", "ˋ": "`"}


def formatted(text: str) -> list[str]:
    """What WhatsApp would show otherwise than it was written: pairs of a mark around words, on one line."""
    pairs = re.findall(r"(?<!\w)([*_~])(?=\S)([^\n]*?)(?<=\S)\1(?!\w)", text)
    return [inner for _mark, inner in pairs] + re.findall(r"`[^`]+`", text)


def restored(text: str) -> str:
    return "".join(MARKS.get(sign, sign) for sign in text)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Target 3 * 4 desa", "Target 3 * 4 desa"),
        ("foto_bukti_1.jpg", "foto_bukti_1.jpg"),
        ("*penting*", "∗penting∗"),
        ("(_miring_)", "(ˍmiringˍ)"),
        ("~batal~ dan *tebal*", "∼batal∼ dan ∗tebal∗"),
        ("*_dua_*", "∗ˍduaˍ∗"),
        ("`kode`", "ˋkodeˋ"),
        ("2*3 = 6, 3*4 = 12", "2*3 = 6, 3*4 = 12"),
        ("*satu\ndua*", "*satu\ndua*"),
    ],
)
def test_only_pairs_that_would_vanish_are_replaced(written: str, shown: str) -> None:
    assert plain(written) == shown


@given(SIGNS)
def test_nothing_is_formatted_by_accident_and_nothing_is_lost(text: str) -> None:
    shown = plain(text)
    assert formatted(shown) == []
    assert restored(shown) == text


@given(SIGNS, SIGNS)
def test_a_title_alone_is_bold(title: str, text: str) -> None:
    title, text = title.replace("\n", " "), text + "x"
    shown = said(text, title)
    heading, _, rest = shown.partition("\n")
    if title.strip():
        assert restored(heading.removeprefix("*").removesuffix("*")) == title
        assert restored(rest) == text
    else:
        assert restored(shown) == text


def test_the_title_is_bold_unless_its_marks_are_too_much() -> None:
    assert bold("Maret * 2022") == "*Maret ∗ 2022*"
    assert said("x" * 4000, "t" * 93).startswith("*t")
    assert said("x" * 4000, "t" * 95) == "t" * 95 + "\n" + "x" * 4000
