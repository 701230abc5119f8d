"""What is typed instead of tapped where no question is open."""

import pytest

from handlers.messages import Choose, Notice, Option
from handlers.on_screen import pressed

SECTIONS = Choose(
    text="Seksi mana?",
    options=(
        Option(key="!grafik:seksi:1", label="Sekretariat"),
        Option(key="!grafik:seksi:2", label="Seksi Pelayanan"),
        Option(key="!grafik:seksi:3", label="Laporan…"),
        Option(key="!grafik:seksi:4", label="Laporan…"),
    ),
).model_dump(mode="json")
RETURNED = Notice(
    name="returned", params=("1",), text="Dikembalikan.", options=(Option(key="!lapor:2022-03", label="Perbaiki"),)
).model_dump(mode="json")
QUESTION = Choose(text="Berapa?", options=(Option(key="zero", label="Nihil"),)).model_dump(mode="json")


@pytest.mark.parametrize(
    ("body", "token"),
    [
        ("sekretariat", "!grafik:seksi:1"),
        ("Sekretarat", "!grafik:seksi:1"),
        ("2", "!grafik:seksi:2"),
        ("seksi", "!grafik:seksi:2"),
        ("4", "!grafik:seksi:4"),
        ("perbaiki", "!lapor:2022-03"),
    ],
)
def test_a_button_is_named_by_label_number_beginning_or_typo(body: str, token: str) -> None:
    press = pressed(body, [SECTIONS, RETURNED], is_asked=False)
    assert press is not None
    assert press.token == token


@pytest.mark.parametrize("body", ["Laporan…", "5", "batal", "nihil", "halo"])
def test_what_names_none_or_two_is_none(body: str) -> None:
    assert pressed(body, [SECTIONS, QUESTION], is_asked=False) is None


def test_a_number_is_of_the_newest_message_and_never_of_a_notice() -> None:
    assert pressed("2", [QUESTION, SECTIONS], is_asked=False) is None
    assert pressed("1", [RETURNED], is_asked=False) is None


@pytest.mark.parametrize(("body", "is_meant"), [("Sekretariat", True), ("seksi", False), ("2", False)])
def test_while_a_question_is_open_only_a_whole_label_is_meant(body: str, is_meant: bool) -> None:
    assert (pressed(body, [SECTIONS], is_asked=True) is not None) is is_meant
