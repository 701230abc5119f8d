"""Text and floats of cells as exact numbers, and back."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.documents.numbers_in_cells import fits_number_cell, indonesian, of_cell, of_text, spelled


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("2800", "2800"), ("2,8", "2.8"), ("2.8", "2.8"), ("1.250,5", "1250.5"), ("1,250.5", "1250.5"),
        ("1.234.567", "1234567"), ("1,699,465,689", "1699465689"), ("0,125", "0.125"), ("1234,567", "1234.567"),
        ("-5", "-5"), ("2,8000", "2.8"),
    ],
)  # fmt: skip
def test_text_with_one_reading(text: str, number: str) -> None:
    assert of_text(text) == Decimal(number)


@pytest.mark.parametrize(
    "text", ["2.800", "2,800", "", "-", "1e5", "1.2.3", "12 dok", "25%", "٣", "1_000", "NaN", "=1"]
)
def test_text_with_none_or_several_readings(text: str) -> None:
    assert of_text(text) is None


@given(st.decimals(-(10**12), 10**12, places=6))
def test_what_is_spelled_is_read_back(number: Decimal) -> None:
    assert of_text(spelled(number)) == number
    assert of_text(spelled(number, ",")) == number


@given(st.decimals(-(10**9), 10**9, places=6))
def test_what_fits_a_number_cell_survives_it(number: Decimal) -> None:
    assert fits_number_cell(number)
    assert of_cell(float(number)) == number


def test_numbers_as_indonesians_write_them() -> None:
    assert indonesian(Decimal("1250.50")) == "1.250,5"
    assert indonesian(Decimal("-1234567")) == "-1.234.567"
