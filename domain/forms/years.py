"""How the value of an indicator becomes one over several years (domain.md 2.1 and 4.4)."""

from decimal import Decimal, localcontext

from domain.achievement import ARITHMETIC
from domain.modes import Mode
from domain.openings import Duty
from domain.units import UnitGroup, unit_group

_NEVER_ADDED = frozenset({UnitGroup.PCT, UnitGroup.INDEX})


def adds_over_years(duty: Duty) -> bool:
    """Whether the values of years add up: amounts do, and what is delivered once a year, if it is counted.

    Percentages and indices never do, in whichever way they accumulate within a year: three years of 100% are not 300.
    """
    group = unit_group(duty.unit, duty.name)
    if duty.measure.mode is Mode.SINGLE:
        return group is UnitGroup.FLOW
    return duty.measure.mode is Mode.SUM and group not in _NEVER_ADDED


def over_years(duty: Duty, *values: Decimal | None) -> Decimal | None:
    """The value over several years, the earliest first: their sum where they add up, None while one of them is not
    known; else the last one that is known."""
    known = [value for value in values if value is not None]
    if not adds_over_years(duty):
        return known[-1] if known else None
    with localcontext(ARITHMETIC):
        return sum(known, Decimal(0)) if len(known) == len(values) else None
