"""Days as officers type them on a phone; today is Tuesday 29 March 2022 unless said otherwise."""

from datetime import date

import pytest

from handlers.day_words import read_day, read_day_from
from handlers.texts.formats import day

TUESDAY = date(2022, 3, 29)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("hari ini", date(2022, 3, 29)),
        ("Besok", date(2022, 3, 30)),
        ("lusa", date(2022, 3, 31)),
        ("jumat", date(2022, 4, 1)),
        ("Jum'at ini", date(2022, 4, 1)),
        ("selasa", date(2022, 3, 29)),
        ("hari Jumat", date(2022, 4, 1)),
        ("jumat depan", date(2022, 4, 8)),
        ("senin depan", date(2022, 4, 4)),
        ("minggu", date(2022, 4, 3)),
        ("8 april", date(2022, 4, 8)),
        ("8 Apr", date(2022, 4, 8)),
        ("8April", date(2022, 4, 8)),
        ("8 pebruari 2023", date(2023, 2, 8)),
        ("8 april 2023", date(2023, 4, 8)),
        ("8/4", date(2022, 4, 8)),
        ("8-4", date(2022, 4, 8)),
        ("8.4.2022", date(2022, 4, 8)),
        ("08-04-2022", date(2022, 4, 8)),
        ("08/04/22", date(2022, 4, 8)),
        ("2022-04-08", date(2022, 4, 8)),
        ("tanggal 8", date(2022, 4, 8)),
        ("tgl. 8", date(2022, 4, 8)),
        ("8", date(2022, 4, 8)),
        ("29", date(2022, 3, 29)),
        ("31", date(2022, 3, 31)),
        ("s/d 8 april", date(2022, 4, 8)),
        ("sampai tanggal 8 April.", date(2022, 4, 8)),
        ("Jumat 8 April", date(2022, 4, 8)),
        ("Jumat, 8 April 2022", date(2022, 4, 8)),
        ("jumat tanggal 8", date(2022, 4, 8)),
        ("1 maret", date(2022, 3, 1)),
    ],
)
def test_a_day_as_people_type_it(words: str, expected: date) -> None:
    assert read_day(words, TUESDAY) == expected


@pytest.mark.parametrize(
    "words",
    [
        "",
        "nanti",
        "april",
        "31 april",
        "0",
        "32",
        "kamis 8 april",
        "minggu depan",
        "tw 1",
        "8 tw",
        "8/13",
        "12 desa",
        "-",
    ],
)
def test_what_names_no_day_is_not_guessed(words: str) -> None:
    assert read_day(words, TUESDAY) is None


@pytest.mark.parametrize(
    ("words", "today", "expected"),
    [
        ("8 januari", date(2022, 11, 25), date(2023, 1, 8)),
        ("8/1", date(2022, 12, 30), date(2023, 1, 8)),
        ("8 januari", date(2022, 10, 25), date(2022, 1, 8)),
        ("2 november", date(2022, 11, 25), date(2022, 11, 2)),
        ("5", date(2022, 12, 30), date(2023, 1, 5)),
        ("31", date(2022, 4, 2), date(2022, 5, 31)),
        ("30", date(2022, 1, 31), date(2022, 3, 30)),
    ],
)
def test_the_year_or_month_that_is_not_said(words: str, today: date, expected: date) -> None:
    assert read_day(words, today) == expected


def test_what_the_bot_itself_writes_is_read_back() -> None:
    assert {read_day(day(date(2022, month, 14)), date(2022, 3, 29)) for month in range(1, 13)} == {
        date(2022, month, 14) for month in range(1, 13)
    }


@pytest.mark.parametrize(
    ("words", "first", "expected"),
    [
        ("8", date(2022, 4, 4), date(2022, 4, 8)),
        ("30", date(2022, 4, 4), date(2022, 4, 30)),
        ("jumat", date(2022, 4, 4), date(2022, 4, 8)),
        ("5 januari", date(2022, 12, 28), date(2023, 1, 5)),
        ("besok", date(2022, 4, 4), date(2022, 3, 30)),
        ("1 april", date(2022, 4, 4), date(2022, 4, 1)),
        ("nanti", date(2022, 4, 4), None),
    ],
)
def test_a_day_until_which_something_lasts(words: str, first: date, expected: date | None) -> None:
    assert read_day_from(words, first, TUESDAY) == expected
