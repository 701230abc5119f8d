"""Which month and which lines the picture of a budget shows."""

from datetime import date
from decimal import Decimal

import pytest

from domain.budget import BudgetLine, BudgetPosition, budget_figures
from domain.budget_picture import last_reported, shown_lines, shown_month
from domain.periods import Period
from domain.plan import Level


def line(code: str, *months: str, year: int = 2024) -> BudgetLine:
    """A line of which those months were reported."""
    held = BudgetPosition(Decimal(1), None, None, date(year, 1, 1))
    positions = {Period.parse(month): held for month in months}
    return BudgetLine(
        int(code.replace(".", "")), code, f"Baris {code}", Level.KEGIATAN, year, Decimal(10), None, 1, positions
    )


@pytest.mark.parametrize(
    ("codes", "shown"),
    [
        (("1", "1.1", "1.2", "2", "2.1"), ["1", "2"]),
        (("1", "1.1", "1.2", "1.2.1"), ["1.1", "1.2"]),
        (("1", "1.1", "1.1.1", "1.1.2"), ["1.1.1", "1.1.2"]),
        (("1", "1.1"), ["1.1"]),
        ((), []),
    ],
)
def test_the_highest_level_with_more_than_one_line_is_shown(codes: tuple[str, ...], shown: list[str]) -> None:
    figures = budget_figures("Kecamatan Sukamaju", [line(code) for code in codes], Period.parse("2024-03"))
    assert [one.code for one in shown_lines(figures)] == shown


@pytest.mark.parametrize(
    ("today", "month"),
    [(date(2024, 1, 31), None), (date(2024, 2, 1), "2024-01"), (date(2026, 5, 1), "2024-12")],
)
def test_the_last_month_that_has_ended_is_shown(today: date, month: str | None) -> None:
    found = shown_month([line("1")], today)
    assert (None if found is None else found.code) == month


def test_a_new_year_is_shown_once_a_month_of_it_has_ended() -> None:
    lines = [line("1", year=2023), line("1", year=2024)]
    assert shown_month(lines, date(2024, 1, 15)) == Period.parse("2023-12")
    assert shown_month(lines, date(2024, 2, 1)) == Period.parse("2024-01")
    assert shown_month([], date(2024, 2, 1)) is None


def test_the_newest_month_of_which_anything_was_reported() -> None:
    lines = [line("1", "2024-01", "2024-05"), line("2", "2024-02"), line("1", "2023-12", year=2023)]
    assert last_reported(lines, Period.parse("2024-03")) == Period.parse("2024-02")
    assert last_reported(lines, Period.parse("2024-12")) == Period.parse("2024-05")
    assert last_reported(lines[:1], Period.parse("2025-01")) is None
