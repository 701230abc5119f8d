"""Outgoing messages as HTML and keyboards."""

import pytest

from bot.channels.file_names import file_name
from bot.channels.telegram.rendering import body, keyboard
from handlers.messages import Option
from tests.bot.telegram.telegram_html import parse_html


def options(*labels: str) -> tuple[Option, ...]:
    return tuple(Option(key=str(number), label=label, token=f"q:{number}") for number, label in enumerate(labels))


def rows(*labels: str) -> list[list[str]]:
    markup = keyboard(options(*labels))
    assert markup is not None
    return [[button["text"] for button in row] for row in markup["inline_keyboard"]]


@pytest.mark.parametrize("nasty", ["<b>", "</b>", "a < b & c > d", "&lt;", "<p>halo</p>", '"=1+1"', "<script>"])
def test_what_people_wrote_is_shown_as_they_wrote_it(nasty: str) -> None:
    shown = parse_html(body(nasty, title=nasty))
    assert shown.text == f"{nasty}\n{nasty}"
    assert shown.marked("bold") == (nasty,)


def test_a_message_without_title_has_no_bold() -> None:
    assert body("halo") == "halo"


def test_a_title_alone_leaves_no_empty_line() -> None:
    assert body("", title="Judul") == "<b>Judul</b>"


def test_hints_of_options_are_written_below_the_question() -> None:
    choice = Option(key="1", label="Desa <aktif>", hint="target 3 & 4")
    assert body("Yang mana?", options=[choice]) == ("Yang mana?\n\n<b>Desa &lt;aktif&gt;</b>: target 3 &amp; 4")


def test_short_buttons_share_a_row_and_long_ones_have_their_own() -> None:
    assert rows("Nihil", "Lewati") == [["Nihil", "Lewati"]]
    assert rows("Nihil", "Lewati", "Kembali") == [["Nihil", "Lewati"], ["Kembali"]]
    assert rows("Kirim 4 laporan", "Simpan dulu") == [["Kirim 4 laporan"], ["Simpan dulu"]]
    assert rows("Nihil", "Tetap, tambah bukti", "Ya") == [["Nihil"], ["Tetap, tambah bukti"], ["Ya"]]


def test_no_options_make_no_keyboard() -> None:
    assert keyboard(()) is None


def test_a_button_carries_the_token_and_a_word_of_the_menu_its_key() -> None:
    markup = keyboard([Option(key="a", label="Ya", token="7f:1"), Option(key="!lapor", label="Lapor")])
    assert markup is not None
    assert [button["callback_data"] for row in markup["inline_keyboard"] for button in row] == ["7f:1", "!lapor"]


@pytest.mark.parametrize(
    ("given", "sent"), [("Laporan Maret.xlsx", "Laporan Maret.xlsx"), ("a\r\nb.pdf", "ab.pdf"), (" \n", "berkas")]
)
def test_a_file_name_fits_a_header(given: str, sent: str) -> None:
    assert file_name(given) == sent
