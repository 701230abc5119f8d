"""What an indicator's earlier figures say about the next one."""

from decimal import Decimal

import pytest

from domain.modes import Mode
from domain.number_history import OwnHistory, own_history
from domain.periods import Period
from tests.duties import duty

TEN = " ".join(["10"] * 12)


def of(month: int, values: dict[str, int | str], mode: Mode = Mode.SUM, targets: str = TEN) -> OwnHistory:
    return own_history(duty("Surat", targets, values, mode=mode), Period.month(2022, month))


def test_one_period_makes_nothing_usual():
    assert of(2, {"2022-01": 10}).average is None
    assert of(3, {"2022-01": 10, "2022-02": 20}).average == 15


def test_only_earlier_periods_count_and_a_gap_is_no_zero():
    assert of(4, {"2022-01": 10, "2022-03": 20, "2022-05": 900}).average == 15


def test_of_positions_the_steps_are_averaged():
    found = of(3, {"2022-01": 10, "2022-02": 30}, Mode.CUM, "10 20 60 - - - - - - - - -")
    assert (found.average, found.planned_average) == (15, 10)


def test_invented_figures_are_no_history():
    values = {"2022-01": 10, "2022-02": 10, "2022-03": 10}
    invented = duty("Surat", TEN, values, samples=frozenset({Period.month(2022, 1), Period.month(2022, 2)}))
    found = own_history(invented, Period.month(2022, 4))
    assert found == OwnHistory(None, Decimal(10), Decimal(10), 1, None)


@pytest.mark.parametrize(
    ("values", "last", "running"),
    [
        ({}, None, 0),
        ({"2022-03": 5}, 5, 1),
        ({"2022-02": 5, "2022-03": 5}, 5, 2),
        ({"2022-01": 5, "2022-02": 4, "2022-03": 5}, 5, 1),
        ({"2022-01": 5, "2022-02": 5}, None, 0),
    ],
)
def test_how_long_a_figure_has_stood(values: dict[str, int | str], last: int | None, running: int):
    found = of(4, values)
    assert (found.last, found.running) == (last, running)


def test_nothing_came_before_the_first_period_and_what_follows_is_known():
    assert of(1, {"2022-03": 7, "2022-04": 9}) == OwnHistory(following=Decimal(7))
