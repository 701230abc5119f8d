"""Where the simulator's clock goes for the words people type."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.simulator.clock_words import FURTHEST, ClockWords, parse_clock

WITA = ZoneInfo("Asia/Makassar")
NOW = datetime(2022, 3, 29, 10, 42, tzinfo=WITA)
"""A Tuesday."""


@pytest.mark.parametrize(
    ("words", "there"),
    [
        ("besok", "2022-03-30 08:00"),
        ("  Besok. ", "2022-03-30 08:00"),
        ("lusa", "2022-03-31 08:00"),
        ("besok 08.00", "2022-03-30 08:00"),
        ("besok pukul 7.30", "2022-03-30 07:30"),
        ("besok jam 9", "2022-03-30 09:00"),
        ("hari ini 16:00", "2022-03-29 16:00"),
        ("akhir bulan", "2022-03-31 08:00"),
        ("akhir bulan 15.00", "2022-03-31 15:00"),
        ("akhir triwulan", "2022-03-31 08:00"),
        ("akhir tahun", "2022-12-31 08:00"),
        ("awal bulan", "2022-04-01 08:00"),
        ("bulan depan", "2022-04-01 08:00"),
        ("Senin 08.00", "2022-04-04 08:00"),
        ("Senin", "2022-04-04 08:00"),
        ("senin depan", "2022-04-04 08:00"),
        ("hari Jumat", "2022-04-01 08:00"),
        ("jum'at 13.30 WITA", "2022-04-01 13:30"),
        ("Selasa", "2022-04-05 08:00"),
        ("Selasa 11.00", "2022-03-29 11:00"),
        ("Minggu", "2022-04-03 08:00"),
        ("minggu depan", "2022-04-04 08:00"),
        ("1 jam", "2022-03-29 11:42"),
        ("sejam lagi", "2022-03-29 11:42"),
        ("30 menit", "2022-03-29 11:12"),
        ("2 hari", "2022-03-31 10:42"),
        ("satu minggu", "2022-04-05 10:42"),
        ("1 bulan", "2022-04-29 10:42"),
        ("16.00", "2022-03-29 16:00"),
        ("08.00", "2022-03-30 08:00"),
        ("5 April 2022 09.30", "2022-04-05 09:30"),
        ("5 April", "2022-04-05 08:00"),
        ("28 Maret", "2023-03-28 08:00"),
        ("Selasa, 5 Apr 2022", "2022-04-05 08:00"),
        ("7 Nopember 2022", "2022-11-07 08:00"),
        ("5/4/2022", "2022-04-05 08:00"),
        ("05-04-2022 09.30", "2022-04-05 09:30"),
        ("5.4.2022", "2022-04-05 08:00"),
        ("2022-04-05", "2022-04-05 08:00"),
        ("2022-04-05 23:59", "2022-04-05 23:59"),
    ],
)
def test_it_goes_where_the_words_say(words: str, there: str) -> None:
    assert parse_clock(words, NOW) == datetime.fromisoformat(there).replace(tzinfo=WITA)


@pytest.mark.parametrize(
    ("now", "words", "there"),
    [
        ("2022-03-31 09:00", "akhir bulan", "2022-04-30 08:00"),
        ("2022-12-31 09:00", "akhir bulan", "2023-01-31 08:00"),
        ("2022-12-31 09:00", "akhir triwulan", "2023-03-31 08:00"),
        ("2022-01-31 09:00", "1 bulan", "2022-02-28 09:00"),
        ("2022-04-04 07:00", "Senin", "2022-04-04 08:00"),
        ("2022-04-04 08:00", "Senin", "2022-04-11 08:00"),
        ("2024-02-28 08:00", "besok", "2024-02-29 08:00"),
    ],
)
def test_a_day_that_comes_again_is_the_next_one(now: str, words: str, there: str) -> None:
    moment = datetime.fromisoformat(now).replace(tzinfo=WITA)
    assert parse_clock(words, moment) == datetime.fromisoformat(there).replace(tzinfo=WITA)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("", "Tulis misalnya"),
        ("kemarin", "Tulis misalnya"),
        ("5 Foo 2022", "Tulis misalnya"),
        ("foo 5 April 2022", "Tulis misalnya"),
        ("12", "Tulis misalnya"),
        ("besok 25.00", "antara 00.00 dan 23.59"),
        ("besok 08.75", "antara 00.00 dan 23.59"),
        ("31 April 2022", "tidak ada di kalender"),
        ("2022-13-01", "tidak ada di kalender"),
        ("1 Maret 2022", "hanya dapat maju; sekarang sudah Selasa 29 Maret 2022 10.42"),
        ("hari ini", "hanya dapat maju"),
        ("0 jam", "hanya dapat maju"),
        ("5 April 2202", "paling jauh 400 hari"),
        ("9999 bulan", "paling jauh 400 hari"),
        ("Senin, 5 April 2022", "5 April 2022 adalah hari Selasa, bukan Senin"),
    ],
)
def test_it_says_in_one_sentence_what_is_possible(words: str, says: str) -> None:
    with pytest.raises(ClockWords) as refusal:
        parse_clock(words, NOW)
    assert says in refusal.value.sentence
    assert refusal.value.sentence.endswith(".")
    assert "\n" not in refusal.value.sentence


_WORDS = ["besok", "lusa", "senin", "minggu", "depan", "akhir", "bulan", "jam", "1", "9999", "april", "2022", "08.00"]
_words = st.lists(st.sampled_from(_WORDS) | st.text(max_size=6), max_size=5).map(" ".join)


@given(_words)
def test_whatever_is_typed_leads_forward_or_to_a_sentence(words: str) -> None:
    try:
        there = parse_clock(words, NOW)
    except ClockWords:
        return
    assert NOW < there <= NOW + FURTHEST
    assert there.tzinfo is WITA
