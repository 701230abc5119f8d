"""What reached nobody, in a few words."""

from datetime import date

import pytest

from bot.channels.whatsapp.templates import CATALOGUE
from domain.periods import Period
from handlers import digest, number_change, outage, reminders, undelivered, yearly
from handlers.menu import MENU, find
from handlers.texts import undelivered as texts
from tests.offices import NOW

KINDS = (
    reminders.REMINDER,
    reminders.SNOOZE,
    digest.DIGEST,
    outage.OUTAGE,
    outage.SKIPPED,
    yearly.CUTI_BERSAMA,
    number_change.NUMBER_CHANGE,
    undelivered.TO_CALL,
)
SENT_OTHERWISE = {"weekly_summary"}
"""What is no Notice: the summary has a kind of its own."""


@pytest.mark.parametrize("name", sorted({*CATALOGUE, *KINDS} - SENT_OTHERWISE))
def test_everything_said_unasked_has_a_few_words(name: str) -> None:
    assert name in texts.WORDS


@pytest.mark.parametrize("name", texts.SEE)
def test_what_is_to_be_typed_is_a_word_of_the_menu(name: str) -> None:
    words = texts.SEE[name].removeprefix("ketik ").split(" atau ")
    assert all(find(word, typos=False) is not None for word in words)
    assert set(words) <= {entry.word for entry in MENU}


@pytest.mark.parametrize(
    ("kinds", "few"),
    [
        (["catatan"], "catatan"),
        (["catatan", "balasan", "catatan"], "catatan (2), balasan"),
        (["a", "b", "c"], "a, b, dan 1 lainnya"),
        (["a", "b", "c", "d", "a"], "a (2), b, dan 2 lainnya"),
    ],
)
def test_at_most_two_kinds_are_named(kinds: list[str], few: str) -> None:
    assert texts.few(kinds) == few


def test_a_reminder_names_its_periods() -> None:
    march = (Period.parse("2022-03"), Period.parse("2022-TW1"))
    assert texts.reminder_of(march) == "pengingat Maret dan TW I 2022"
    assert texts.since(["balasan"], date(2022, 4, 4)) == "balasan, sejak Senin 4 April"


@pytest.mark.parametrize(
    ("message", "words"),
    [
        ({"kind": "say", "text": "x"}, "balasan Renaksi"),
        ({"kind": "notice", "name": "returned", "options": []}, "laporan yang dikembalikan"),
        ({"kind": "notice", "name": "reminder", "options": [{"key": "!lapor:2022-04"}]}, "pengingat April 2022"),
        ({"kind": "notice", "name": "reminder", "options": [{"key": "!lapor"}]}, "pengingat laporan"),
        ({"kind": "notice", "name": "of tomorrow", "options": []}, "pemberitahuan"),
        (None, "balasan Renaksi"),
    ],
)
def test_a_message_is_named_by_what_it_was_about(message: dict[str, object] | None, words: str) -> None:
    assert undelivered.what(undelivered.Undelivered(1, 1, NOW, message, None)) == words
