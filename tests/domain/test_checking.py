"""What is unusual about a figure, and how far a quarter has come; who may do what is tried at the desk."""

from dataclasses import replace
from decimal import Decimal

import pytest

from domain.checking import Decided, Given, Mark, marks
from domain.explaining import ExplainRule
from domain.periods import Period
from domain.plan import Capacity
from domain.quarters import ended_quarters, quarter_state
from domain.standing import Standing
from tests.given import MARCH, MONTHS, NOW, QUARTER, duty, given


def test_a_figure_as_it_should_be_has_no_mark() -> None:
    assert marks(given(), ExplainRule()) == ()


@pytest.mark.parametrize(
    ("figure", "mark"),
    [
        (replace(given(), verified_before=Decimal(9)), Mark.CORRECTED),
        (replace(given(), confirmed_doubt="far_above_target"), Mark.DOUBT),
        (replace(given(), confirmed_doubt="ratio, same_again"), Mark.DOUBT),
        (replace(given(), confirmed_doubt="nihil semua"), Mark.DOUBT),
        (given(2), Mark.LOW),
        (given(17), Mark.HIGH),
        (replace(given(), note="Termasuk desa binaan."), Mark.NOTE),
        (replace(given(), duty=replace(given().duty, late=frozenset({MARCH}))), Mark.LATE),
    ],
    ids=lambda one: one.value if isinstance(one, Mark) else "",
)
def test_what_is_unusual_is_marked(figure: Given, mark: Mark) -> None:
    assert marks(figure, ExplainRule()) == (mark,)


def test_how_a_figure_was_written_is_nothing_unusual() -> None:
    assert marks(replace(given(), confirmed_doubt="ratio"), ExplainRule()) == ()


def test_the_gravest_comes_first() -> None:
    found = marks(
        replace(given(2), note="Ya", verified_before=Decimal(9)), ExplainRule(), lacks_evidence=True, has_twin=True
    )
    assert found == (Mark.CORRECTED, Mark.LOW, Mark.NO_EVIDENCE, Mark.TWIN, Mark.NOTE)


@pytest.mark.parametrize(
    ("verdicts", "standing"),
    [
        ((), Standing.REPORTED),
        ((Standing.SEEN,), Standing.SEEN),
        ((Standing.SEEN, Standing.VERIFIED), Standing.VERIFIED),
        ((Standing.VERIFIED, Standing.APPROVED), Standing.APPROVED),
        ((Standing.VERIFIED, Standing.APPROVED, Standing.RETURNED), Standing.RETURNED),
    ],
)
def test_what_was_decided_tells_how_far_it_has_come(verdicts: tuple[Standing, ...], standing: Standing) -> None:
    decided = tuple(Decided(one, 3, 3, Capacity.DEFINITIF, NOW) for one in verdicts)
    assert replace(given(), decided=decided).standing is standing


def test_a_quarter_is_whole_when_all_that_is_due_is_verified() -> None:
    values = dict.fromkeys(MONTHS, Decimal(10))
    verified = dict.fromkeys(MONTHS, Standing.VERIFIED)
    assert quarter_state([duty(values, verified)], QUARTER).is_whole
    waiting = quarter_state([duty(values, {**verified, MARCH: Standing.SEEN})], QUARTER)
    assert (len(waiting.verified), [period for _duty, period in waiting.waiting], waiting.is_whole) == (
        2,
        [MARCH],
        False,
    )
    missing = quarter_state([duty({one: Decimal(10) for one in MONTHS[:2]}, verified)], QUARTER)
    assert ([period for _duty, period in missing.missing], missing.is_whole) == ([MARCH], False)
    approved = quarter_state([duty(values, dict.fromkeys(MONTHS, Standing.APPROVED))], QUARTER)
    assert (len(approved.approved), approved.is_whole) == (3, False)
    assert quarter_state([duty(values, verified)], Period.quarter(2023, 1)).missing == ()


def test_the_newest_quarter_comes_first() -> None:
    assert ended_quarters([2021, 2022], QUARTER)[:2] == [QUARTER, Period.quarter(2021, 4)]
