"""Periods and targets as the questions of the samples write them."""

from decimal import Decimal

import pytest

from domain.periods import Period
from samples.wording import amount, listed, names_of, written


def months(*numbers: int) -> list[Period]:
    return [Period.month(2022, number) for number in numbers]


@pytest.mark.parametrize(
    ("numbers", "told"),
    [
        ((1,), "Januari"),
        ((1, 2), "Januari dan Februari"),
        ((5, 6, 7, 8), "Mei sampai Agustus"),
        ((1, 2, 3, 10, 12), "Januari sampai Maret, Oktober dan Desember"),
    ],
)
def test_runs_of_periods_are_drawn_together(numbers: tuple[int, ...], told: str) -> None:
    assert names_of(months(*numbers)) == told


def test_runs_of_one_target_are_drawn_together() -> None:
    targets = dict(zip(months(1, 2, 3, 4), map(Decimal, (166, 166, 166, 2)), strict=True))
    assert listed(targets) == "Januari sampai Maret masing-masing 166, April 2"


@pytest.mark.parametrize(("value", "told"), [("25302", "25.302"), ("3.1", "3,1"), ("0", "0")])
def test_numbers_are_written_as_indonesians_write_them(value: str, told: str) -> None:
    assert amount(Decimal(value)) == told


def test_an_answer_names_periods_without_target_too() -> None:
    first, second = months(7, 8)
    assert written({first: Decimal(233)}, [second]) == "2022-07=233; 2022-08=-"
