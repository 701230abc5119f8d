"""How numbers are written: words, separators, signs (domain.md 6)."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.number_words import fold, number_parts, separator_readings, word_readings

_ONES = ("", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan")


def _spoken(number: int) -> str:
    """An Indonesian number from 1 to 999.999.999.999, as it is said."""
    if number < 10:
        return _ONES[number]
    if number < 20:
        return {10: "sepuluh", 11: "sebelas"}.get(number, f"{_ONES[number - 10]} belas")
    scales = ((10**9, "miliar"), (10**6, "juta"), (1000, "ribu"), (100, "ratus"), (10, "puluh"))
    factor, name = next((factor, name) for factor, name in scales if number >= factor)
    head, tail = divmod(number, factor)
    said = f"se{name}" if head == 1 and factor in (100, 1000) else f"{_spoken(head)} {name}"
    return f"{said} {_spoken(tail)}" if tail else said


def _read(said: str) -> tuple[Decimal, ...]:
    return word_readings([part for word in said.split() for part in number_parts(word)])


@given(st.integers(1, 10**12 - 1))
def test_every_spoken_number_is_heard(number: int):
    assert _read(_spoken(number))[0] == number


@given(st.integers(1, 10**6 - 1))
def test_numbers_below_a_million_have_one_reading(number: int):
    assert _read(_spoken(number)) == (number,)


@given(st.lists(st.sampled_from([*_ONES[1:], "nol", "puluh", "ratus", "ribu", "juta", "belas", "lusin", "koma"])))
def test_words_in_any_order_make_a_number_or_none(words: list[str]):
    assert all(reading >= 0 for reading in word_readings(words))


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("nol", "0"), ("seratus dua puluh", "120"), ("duabelas", "12"), ("limapuluh", "50"), ("selusin", "12"),
        ("dua lusin", "24"), ("dua ratus lima puluh ribu", "250000"), ("seribu", "1000"), ("sejuta", "1000000"),
        ("semilyar", "1000000000"), ("dua koma lima", "2.5"), ("nol koma tujuh lima", "0.75"),
        ("delapan puluh empat koma dua puluh lima", "84.25"), ("satu koma lima juta", "1500000"),
        ("satu juta dua ratus ribu tiga", "1200003"),
    ],
)  # fmt: skip
def test_words_make_numbers(said: str, number: str):
    assert _read(said) == (Decimal(number),)


@pytest.mark.parametrize(
    "said",
    [
        "", "dua lima", "puluh", "belas", "dua ribu ribu", "ratus lima", "nol ratus", "nol belas", "dua puluh nol",
        "lima ratus dua ratus", "koma lima", "dua koma", "satu koma lima ratus", "dua belas belas", "ribu juta",
        "sepuluh ratus", "seribu juta", "satu koma dua koma tiga",
    ],
)  # fmt: skip
def test_words_that_make_no_number(said: str):
    assert _read(said) == ()


@pytest.mark.parametrize(
    ("said", "literal", "clipped"),
    [
        ("sejuta dua ratus", "1000200", "1200000"),
        ("dua juta lima", "2000005", "2500000"),
        ("satu miliar lima ratus", "1000000500", "1500000000"),
        ("satu miliar dua juta lima", "1002000005", "1002500000"),
    ],
)
def test_clipped_numbers_have_two_readings(said: str, literal: str, clipped: str):
    assert _read(said) == (Decimal(literal), Decimal(clipped))


@pytest.mark.parametrize("word", ["dokumen", "", "se", "kesatu", "ratusan", "laporan", "kedua", "sekali"])
def test_other_words_are_no_numbers(word: str):
    assert number_parts(word) == ()


@pytest.mark.parametrize(
    ("literal", "readings"),
    [
        ("12", ["12"]), ("72,5", ["72.5"]), ("72.5", ["72.5"]), ("84,25", ["84.25"]), ("1.250", ["1250", "1.250"]),
        ("2,800", ["2800", "2.8"]), ("20.381.000", ["20381000"]), ("20,381,000", ["20381000"]),
        ("4.144,00", ["4144"]), ("4,144.00", ["4144"]), ("1,699,465,689.50", ["1699465689.5"]), ("0,500", ["0.5"]),
        ("1250,500", ["1250.5"]), ("84,2567", ["84.2567"]), ("1.25.5", []), ("1,2,3", []), ("12.5,3", []),
        ("1.250,5,5", []), ("0.500.000", []), ("1.250.00", []),
    ],
)  # fmt: skip
def test_separators(literal: str, readings: list[str]):
    assert separator_readings(literal) == tuple(Decimal(reading) for reading in readings)


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("１２％", "12%"), ("١٢", "12"), ("१२", "12"), ("12\xa0dok", "12 dok"), ("1\u2009250", "1 250"),
        ("1\u200b2", "12"), ("12✅", "12"), ("1✅2", "1 2"), ("👍🏽 12", "12"), ("1\ufe0f\u20e32\ufe0f\u20e3", "12"),
        ("−5 – 7", "-5 - 7"), ("½ ² ①", "½ ² ①"), ("a\r\n\n b\t c ", "a\nb c"), ("", ""), ("6\ud83d2", "6 2"),
        ("e\u0301", "é"),
    ],
)  # fmt: skip
def test_signs_are_folded(typed: str, plain: str):
    assert fold(typed) == plain


@given(st.text())
def test_folding_twice_changes_nothing(text: str):
    assert fold(fold(text)) == fold(text)
