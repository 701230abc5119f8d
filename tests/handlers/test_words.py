"""Periods, targets and plain words as people type them."""

from datetime import date

import pytest

from handlers.menu import MENU, Entry, find
from handlers.period_words import read_end
from handlers.target_words import read_targets
from handlers.words import plain_words

TODAY = date(2022, 3, 29)


@pytest.mark.parametrize(
    ("words", "end"),
    [
        ("februari", date(2022, 2, 28)),
        ("Feb", date(2022, 2, 28)),
        ("Peb. 2022", date(2022, 2, 28)),
        ("desember", date(2021, 12, 31)),
        ("nopember 2022", date(2022, 11, 30)),
        ("tw i", date(2022, 3, 31)),
        ("TW 4", date(2021, 12, 31)),
        ("triwulan ii 2022", date(2022, 6, 30)),
        ("2022-03", date(2022, 3, 31)),
        ("2022-tw1", date(2022, 3, 31)),
        ("2022", date(2022, 12, 31)),
        ("Maret & TW I", date(2022, 3, 31)),
        ("maret dan tw i 2022", date(2022, 3, 31)),
        ("dong", None),
        ("tw 5", None),
        ("2022-13", None),
        ("", None),
        ("12", None),
    ],
)
def test_a_period_is_named(words: str, end: date | None) -> None:
    assert read_end(words, TODAY) == end


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("Juli 233, Agustus 233, September -", "2022-07=233; 2022-08=233; 2022-09=-"),
        ("jul: 1.250; agu = 1,5", "2022-07=1250; 2022-08=1.5"),
        ("TW I 3\nTW II 4", "2022-TW1=3; 2022-TW2=4"),
        ("tw1 3", "2022-TW1=3"),
        ("2022-07=233; 2022-08=-", "2022-07=233; 2022-08=-"),
        ("Januari 2023 5", "2023-01=5"),
        ("Juli sekian", None),
        ("233", None),
        ("Juli 82.18", None),
        ("Juli 233, entah", None),
        ("=1+1", None),
        ("", None),
    ],
)
def test_targets_are_typed(typed: str, read: str | None) -> None:
    assert read_targets(typed, 2022) == read


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("Dua desa\n terlambat", "Dua desa terlambat"),
        ("=1+1 dua desa", None),
        ("@admin tolong", None),
        ("<b>dua desa</b>", None),
        ("12345678", None),
        ("abcd", None),
        ("a" * 31, None),
    ],
)
def test_words_are_words(typed: str, read: str | None) -> None:
    assert plain_words(typed, letters=5, length=30) == read


@pytest.mark.parametrize("entry", MENU, ids=lambda entry: entry.word)
def test_every_spelling_of_the_menu_is_found(entry: Entry) -> None:
    for spelling in (entry.word, *entry.spellings):
        assert find(spelling, typos=False) == (entry, "")
        assert find(f" /{spelling.upper()} ", typos=False) == (entry, "")


@pytest.mark.parametrize(
    ("typed", "word"),
    [("laporr", "lapor"), ("statuss", "status"), ("bantuan dong", None), ("lap", None), ("12", None), ("", None)],
)
def test_a_misspelt_word_is_forgiven_where_nothing_is_open(typed: str, word: str | None) -> None:
    found = find(typed, typos=True)
    assert (found[0].word if found else None) == word
    assert find(typed, typos=False) is None


def test_lapor_takes_a_period() -> None:
    found = find("/lapor Februari", typos=False)
    assert found is not None
    assert (found[0].word, found[1]) == ("lapor", "Februari")
