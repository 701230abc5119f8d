"""What is unusual about a figure, and how far a quarter has come; who may do what is tried at the desk."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from domain.achievement import default_rule
from domain.checking import Decided, Given, Mark, marks
from domain.explaining import ExplainRule
from domain.ledger import Measure, year_ledger
from domain.modes import Mode, Polarity, Rhythm, YearRule
from domain.openings import Duty
from domain.periods import Period, PeriodKind
from domain.plan import Capacity
from domain.quarters import ended_quarters, quarter_state
from domain.standing import Standing

MARCH, QUARTER = Period.month(2022, 3), Period.quarter(2022, 1)
MONTHS = QUARTER.split(PeriodKind.MONTH)
NOW = datetime(2022, 4, 1, 1, tzinfo=UTC)


def duty(values: dict[Period, Decimal], standings: dict[Period, Standing] | None = None) -> Duty:
    """An indicator of ten a month, with what was reported of it."""
    targets = {Period.month(2022, month): Decimal(10) for month in range(1, 13)}
    rule = default_rule(Polarity.POSITIVE)
    measure = Measure(2022, Mode.SUM, YearRule.LAST, Rhythm.MONTHLY, rule, targets, Decimal(120))
    return Duty(
        1, "surat", "Surat dilayani", "surat", 7, measure, values, year_ledger(measure, values),
        standings=standings or {},
    )  # fmt: skip


def given(value: int = 10) -> Given:
    """The figure of March, after two months that met their targets."""
    of = duty({MONTHS[0]: Decimal(10), MONTHS[1]: Decimal(10), MARCH: Decimal(value)})
    return Given(
        report_id=1,
        duty=of,
        period=MARCH,
        value=Decimal(value),
        numerator=None,
        denominator=None,
        reporter_id=4,
        capacity=Capacity.DEFINITIF,
        reported_at=NOW,
        note="",
        reason="",
        confirmed_doubt="",
        sample=False,
    )


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
