"""Figures that read in one way and are unusual all the same: asked about once, every reason told (domain.md 6)."""

from dataclasses import replace
from decimal import Decimal

import pytest

from domain.modes import Mode
from domain.number_sense import UNUSUAL, weigh
from domain.numbers import Ask, Doubt, NumberContext, Value, read_number

SUM = NumberContext("dokumen", Mode.SUM, Decimal(40), annual_target=Decimal(480), previous=Decimal(20))
CUM = NumberContext(
    "%", Mode.CUM, Decimal(50), annual_target=Decimal(100), previous=Decimal(20), target_before=Decimal(25)
)
LEVEL = NumberContext("orang", Mode.LEVEL, Decimal(10), previous=Decimal(9), target_before=Decimal(10))


def doubts(typed: str, context: NumberContext) -> tuple[Doubt, ...]:
    match read_number(typed, context):
        case Ask() as asked:
            return (asked.doubt, *asked.also)
        case Value():
            return ()
        case reading:
            raise AssertionError(reading)


@pytest.mark.parametrize(("typed", "asked"), [("30", False), ("31", True), ("0", False)])
def test_over_three_times_the_own_average(typed: str, asked: bool):
    found = doubts(typed, replace(SUM, average=Decimal(10)))
    assert found == ((Doubt.FAR_ABOVE_AVERAGE,) if asked else ())


def test_of_a_position_what_it_adds_is_held_against_the_average():
    context = replace(CUM, average=Decimal(10))
    assert doubts("50", context) == ()
    assert doubts("51", context) == (Doubt.FAR_ABOVE_AVERAGE,)


def test_after_nothing_but_zeros_nothing_is_far_above_them():
    assert doubts("5", replace(SUM, average=Decimal(0))) == ()


def test_a_peak_that_the_plan_has_itself_is_not_unusual():
    context = replace(SUM, average=Decimal(10), planned_average=Decimal(10))
    assert doubts("40", context) == ()
    assert doubts("41", context) == (Doubt.FAR_ABOVE_AVERAGE,)
    assert doubts("40", replace(context, planned_average=Decimal(20))) == (Doubt.FAR_ABOVE_AVERAGE,)


@pytest.mark.parametrize(
    ("context", "typed", "asked"),
    [
        (replace(SUM, previous=Decimal(460)), "20", False),
        (replace(SUM, previous=Decimal(460)), "21", True),
        (replace(SUM, previous=Decimal(481)), "21", False),
        (CUM, "100", False),
        (replace(CUM, annual_target=Decimal(40)), "41", True),
        (replace(LEVEL, annual_target=Decimal(10)), "11", True),
        (replace(LEVEL, annual_target=Decimal(10), previous=Decimal(11)), "12", False),
        (replace(LEVEL, annual_target=None), "11", False),
        (NumberContext("nilai", Mode.SINGLE, Decimal(84), annual_target=Decimal(84)), "84,25", False),
        (NumberContext("%", Mode.LEVEL, Decimal(90), annual_target=Decimal(90)), "95", False),
    ],
)
def test_above_the_annual_target_when_it_is_passed(context: NumberContext, typed: str, asked: bool):
    assert (Doubt.ABOVE_ANNUAL in doubts(typed, context)) is asked


@pytest.mark.parametrize(("running", "asked"), [(1, False), (2, True), (3, False), (4, False), (5, True)])
def test_the_same_figure_three_times_running(running: int, asked: bool):
    found = doubts("30", replace(SUM, last=Decimal(30), running=running))
    assert found == ((Doubt.SAME_AGAIN,) if asked else ())


@pytest.mark.parametrize(
    "context",
    [
        replace(SUM, last=Decimal(0), running=2),
        replace(LEVEL, last=Decimal(9), running=2),
        replace(LEVEL, last=Decimal(9), running=2, target_before=None),
        replace(CUM, last=Decimal(100), running=2, previous=Decimal(100)),
    ],
)
def test_what_may_stay_the_same(context: NumberContext):
    assert weigh(context.last or Decimal(0), context) == ()


def test_a_state_whose_target_moves_should_move():
    assert doubts("9", replace(LEVEL, last=Decimal(9), running=2, target_before=Decimal(8))) == (Doubt.SAME_AGAIN,)


def test_a_position_above_a_later_one():
    context = replace(CUM, following=Decimal(60))
    assert (doubts("60", context), doubts("61", context)) == ((), (Doubt.ABOVE_LATER,))
    assert doubts("61", replace(SUM, following=Decimal(5))) == ()


@pytest.mark.parametrize(
    ("context", "typed", "candidate"),
    [
        (replace(SUM, target=Decimal(20)), "25 dari 20", Decimal(25)),
        (replace(SUM, target=Decimal(20)), "25 dari 24", Decimal(25)),
        (NumberContext("%", Mode.LEVEL, Decimal(90), ratio=True), "25 dari 20", Decimal(125)),
        (NumberContext("%", Mode.LEVEL, Decimal(90), ratio=True, denominator=Decimal(20)), "25 desa", Decimal(125)),
        (NumberContext("%", Mode.LEVEL, Decimal(90), high=Decimal(100), ratio=True), "25/20", None),
    ],
)
def test_a_numerator_over_its_denominator(context: NumberContext, typed: str, candidate: Decimal | None):
    asked = read_number(typed, context)
    assert isinstance(asked, Ask)
    assert asked.doubt is Doubt.PART_ABOVE_WHOLE
    assert asked.candidates == (() if candidate is None else (candidate,))


def test_every_reason_is_told_at_once():
    context = replace(SUM, average=Decimal(10), annual_target=Decimal(100))
    assert doubts("300", context) == (Doubt.FAR_ABOVE_TARGET, Doubt.ABOVE_ANNUAL, Doubt.FAR_ABOVE_AVERAGE)
    assert set(doubts("300", context)) <= set(UNUSUAL)


@pytest.mark.parametrize(
    ("context", "typed", "doubt"),
    [
        # The s/d figure where the period's own is asked: by what was reported, and by the plan.
        (replace(SUM, target_before=Decimal(40)), "60", Doubt.TO_DATE_FOR_PERIOD),
        (replace(SUM, target_before=Decimal(40)), "80", Doubt.TO_DATE_FOR_PERIOD),
        (SUM, "s/d juni 60", Doubt.TO_DATE_FOR_PERIOD),
        # The period's own where the position is asked.
        (CUM, "15", Doubt.BELOW_PREVIOUS),
        (CUM, "25", Doubt.INCREMENT_FOR_POSITION),
        (CUM, "+5", Doubt.INCREMENT_FOR_POSITION),
        (replace(SUM, previous=Decimal(0)), "480", Doubt.ANNUAL_FOR_PERIOD),
    ],
)
def test_period_only_or_to_date(context: NumberContext, typed: str, doubt: Doubt):
    assert doubts(typed, context)[0] is doubt
