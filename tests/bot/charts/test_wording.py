"""Numbers and periods in few words."""

from decimal import Decimal

import pytest

from bot.charts.wording import amount, change, number, period_in_words, share, short_period, whole_percent


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("1250.5", "1.250,5"),
        ("0", "0"),
        ("-0.001", "0"),
        ("100", "100"),
        ("2.005", "2,01"),
        ("1234567.1", "1.234.567,1"),
    ],
)
def test_number(value: str, shown: str) -> None:
    assert number(Decimal(value)) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("92.5", "93%"),
        ("92.499", "92%"),
        ("1250", "1.250%"),
        ("-3", "-3%"),
        ("10000", ">9.999%"),
        ("-3e12", "<-9.999%"),
    ],
)
def test_whole_percent_rounds_half_up(value: str, shown: str) -> None:
    assert whole_percent(Decimal(value)) == shown


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [
        ("13", "desa", "13 desa"),
        ("12.5", "Persen", "12,5%"),
        ("20381000", "Rp", "Rp20,4 juta"),
        ("1699465689", "Rupiah", "Rp1,7 miliar"),
        ("9000000000000", "", "9 triliun"),
        ("84", "", "84"),
    ],
)
def test_amount(value: str, unit: str, shown: str) -> None:
    assert amount(Decimal(value), unit) == shown


def test_share_names_the_unit_once_unless_it_is_a_sign() -> None:
    assert share(Decimal(1), Decimal(3), "desa") == "1 dari 3 desa"
    assert share(Decimal("97.5"), Decimal(75), "%") == "97,5% dari 75%"


@pytest.mark.parametrize(
    ("value", "shown"), [("4", "naik 4"), ("-2.5", "turun 3"), ("0.4", "tetap"), ("-0.2", "tetap")]
)
def test_change(value: str, shown: str) -> None:
    assert change(Decimal(value)) == shown


@pytest.mark.parametrize(
    ("code", "short", "long"),
    [("2022-03", "Mar", "Maret 2022"), ("2022-TW4", "TW IV", "TW IV 2022"), ("2022", "2022", "Tahun 2022")],
)
def test_periods(code: str, short: str, long: str) -> None:
    assert (short_period(code), period_in_words(code)) == (short, long)
