"""One figure as whoever checks it sees it: ten a month, and ten reported."""

from datetime import UTC, datetime
from decimal import Decimal

from domain.achievement import default_rule
from domain.checking import Given
from domain.ledger import Measure, year_ledger
from domain.modes import Mode, Polarity, Rhythm, YearRule
from domain.openings import Duty
from domain.periods import Period, PeriodKind
from domain.plan import Capacity
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
