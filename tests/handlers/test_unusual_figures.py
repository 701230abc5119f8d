"""What becomes of figures that were doubted: confirmed, noted and kept for whoever checks them, and none is lost."""

from decimal import Decimal

import pytest

from handlers.messages import Press
from storage.tables import Report
from tests.handlers.scenes import SARI
from tests.transcripts.chat import Town, words_of

LIST = "1. 120 2. 4 3. sekitar 4 5. 12 dari 10 6. 130"
"""Three figures to be asked about, one to be read again, among what is clear."""


@pytest.fixture
def town(sqlite_url: str) -> Town:
    town = Town(sqlite_url)
    town.load("dua-belas")
    town.set_clock("2022-03-29 09:00")
    town.hear(SARI, "lapor")
    return town


def kept(town: Town) -> list[tuple[object, ...]]:
    return town.rows(Report, "value", "confirmed_doubt", "note")


def say(town: Town, *lines: str) -> str:
    """What is answered to the last of these lines."""
    return [words_of(town.hear(SARI, line)[0]) for line in lines][-1]


def send(town: Town) -> list[tuple[object, ...]]:
    """What stands in the tables once everything else was passed over."""
    for _ in range(12):
        if town.state_of(SARI).step == "review":
            break
        town.hear(SARI, "lewati")
    town.hear(SARI, "kirim")
    return kept(town)


def test_the_doubts_and_the_note_are_kept_with_the_figure(town: Town) -> None:
    assert "Juga" not in say(town, "90")
    assert say(town, "memang").endswith("Catatan untuk yang memeriksa?")
    say(town, "Rapat sembilan puluh kali.")
    assert send(town) == [(Decimal(90), "far_above_target", "Rapat sembilan puluh kali.")]


def test_no_note_is_needed(town: Town) -> None:
    say(town, "90", "ya", "tanpa catatan")
    assert send(town) == [(Decimal(90), "far_above_target", "")]


def test_a_figure_that_is_put_off_before_its_note_is_not_lost(town: Town) -> None:
    say(town, "90", "ya", "nanti")
    assert "1 dari 12 sudah terisi" in say(town, "lapor")
    say(town, "tanpa catatan")
    assert [row[0] for row in send(town)] == [90]


def test_of_several_at_once_every_doubt_is_asked(town: Town) -> None:
    assert "target setahun" in say(town, LIST)
    assert "Perlu angka pasti. 4 kali?" in say(town, "ya", "tanpa catatan")
    assert "bagiannya lebih besar" in say(town, "ya")
    assert "130 kali" in say(town, "ya", "Dua acara sekaligus.")
    say(town, "memang", "tanpa catatan")
    assert sorted(send(town)) == [
        (Decimal(4), "", ""),
        (Decimal(4), "approximate", ""),
        (Decimal(12), "part_above_whole", "Dua acara sekaligus."),
        (Decimal(120), "annual_for_period,far_above_target", ""),
        (Decimal(130), "far_above_target,above_annual", ""),
    ]


def test_going_back_loses_no_doubt_about_another_figure(town: Town) -> None:
    say(town, LIST)
    assert "1 dari 12" in say(town, "kembali")
    assert "Perlu angka pasti" in say(town, "10")


def test_another_list_keeps_what_it_does_not_answer(town: Town) -> None:
    say(town, LIST)
    assert "Perlu angka pasti" in say(town, "1. 10  5. 8")
    assert "130 kali" in say(town, "ya")


def test_a_list_that_is_edited_is_read_again(town: Town) -> None:
    say(town, LIST)
    assert "6 dari 12" not in say(town, f'[ubah "{LIST}" jadi "1. 10  2. 4  3. 4"]')
    assert town.state_of(SARI).step == "value"


def test_a_reading_that_was_chosen_is_weighed_too(sqlite_url: str) -> None:
    """Which separator is meant leaves a figure that is unusual itself."""
    town = Town(sqlite_url)
    town.load("uang")
    town.set_clock("2022-03-29 09:00")
    assert "dibaca dua cara" in say(town, "lapor", "1.500 juta")
    assert "jauh lebih besar" in say(town, "(Rp1.500.000.000)")
    assert say(town, "ya").endswith("Catatan untuk yang memeriksa?")


def test_an_old_button_of_a_doubt_settles_no_other(town: Town) -> None:
    say(town, LIST)
    question = town.state_of(SARI).question
    say(town, "ya", "tanpa catatan")
    town.say(SARI, Press(token=f"{question}:take0"))
    assert town.state_of(SARI).step == "doubt"
