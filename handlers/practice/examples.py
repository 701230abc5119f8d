"""The invented post and indicators of a practice run: one of each common way of counting."""

from collections.abc import Mapping
from decimal import Decimal

from domain.achievement import default_rule
from domain.ledger import Measure, year_ledger
from domain.modes import Mode, Polarity, Rhythm, YearRule
from domain.openings import Duty
from domain.periods import Period
from domain.plan import Role
from handlers.texts import practice as texts
from storage.people import PostCard

POST = PostCard(-1, texts.POST, Role.KASI, None, "", is_admin=False, position=0)
"""Stored ids are positive: nothing that is kept can ever be meant."""
_EARLIER = Decimal(40)
"""The position s/d the month before, of the indicator that counts one."""


def duties(month: Period) -> tuple[Duty, ...]:
    """What is practised in a month: an amount, a position s/d and the state at its end."""
    earlier = _month_before(month, _EARLIER)
    return (
        _duty(-1, texts.VISITS, "desa", Mode.SUM, {month: Decimal(2)}, {}),
        _duty(-2, texts.RECORDS, "%", Mode.CUM, {**earlier, month: Decimal(60)}, earlier),
        _duty(-3, texts.GROUPS, "kelompok", Mode.LEVEL, {month: Decimal(20)}, {}),
    )


def _month_before(month: Period, value: Decimal) -> dict[Period, Decimal]:
    return {Period.month(month.year, month.number - 1): value} if month.number > 1 else {}


def _duty(
    number: int,
    name: str,
    unit: str,
    mode: Mode,
    targets: Mapping[Period, Decimal],
    values: Mapping[Period, Decimal],
) -> Duty:
    year = next(iter(targets)).year
    measure = Measure(year, mode, YearRule.LAST, Rhythm.MONTHLY, default_rule(Polarity.POSITIVE), targets)
    most = Decimal(100) if unit == "%" else None
    figures = year_ledger(measure, values)
    return Duty(number, f"contoh{-number}", name, unit, POST.id, measure, values, figures, low=Decimal(0), high=most)
