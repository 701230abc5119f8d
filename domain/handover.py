"""What a successor takes over with a post: what remains, last positions, what is open (domain.md 7).

Indicators belong to the post; what was reported stays with whoever reported it. SUM shows what remains of the year's
target, CUM and LEVEL the last position, SINGLE its result or when it is due.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from domain.modes import Mode
from domain.openings import Duty
from domain.periods import Period

_ZERO = Decimal(0)


@dataclass(frozen=True)
class Inherited:
    """One indicator as the successor finds it. Figures are in its unit.

    `target` is that of the year; `reached` what was reported of it: the sum of a SUM indicator, else the last value,
    that of `last`. `left` is what a SUM indicator still needs, 0 where it has reached its target; None for the other
    modes and without a target. `missing` are the periods that are over and were not reported, `returned` those whose
    report waits to be mended. `following` is the next period for which a report is asked and was not given. With a
    `sample` an invented value ("contoh") is among what was reached.
    """

    duty: Duty
    target: Decimal | None
    reached: Decimal | None
    left: Decimal | None
    last: Period | None
    missing: tuple[Period, ...]
    returned: tuple[Period, ...]
    following: Period | None
    sample: bool = False


def hand_over(duties: Iterable[Duty], today: date) -> tuple[Inherited, ...]:
    """What the indicators of a post leave to whoever takes it over on that day, those with open ends first.

    Of several years the plan that runs on that day is meant, else the newest before it.
    """
    every = tuple(duties)
    running = max((duty.measure.year for duty in every if duty.measure.year <= today.year), default=None)
    found = [_inherited(duty, today) for duty in every if duty.measure.year == running]
    return tuple(sorted(found, key=lambda one: not (one.returned or one.missing)))


def _inherited(duty: Duty, today: date) -> Inherited:
    measure = duty.measure
    reported = sorted(duty.values, key=lambda period: (period.end, period.kind))
    reached = _reached(duty, reported)
    target = duty.figures[Period.whole_year(measure.year)].target
    asked = [period for period in measure.due_periods if not duty.figures[period].reported]
    return Inherited(
        duty=duty,
        target=target,
        reached=reached,
        left=_left(measure.mode, target, reached),
        last=reported[-1] if reported else None,
        missing=tuple(period for period in asked if period.end < today and period not in duty.returned),
        returned=tuple(sorted(duty.returned)),
        following=next((period for period in asked if period.end >= today), None),
        sample=bool(duty.samples.intersection(reported if measure.mode is Mode.SUM else reported[-1:])),
    )


def _reached(duty: Duty, reported: list[Period]) -> Decimal | None:
    if not reported:
        return None
    if duty.measure.mode is Mode.SUM:
        return duty.figures[Period.whole_year(duty.measure.year)].realisation
    return duty.values[reported[-1]]


def _left(mode: Mode, target: Decimal | None, reached: Decimal | None) -> Decimal | None:
    if mode is not Mode.SUM or target is None:
        return None
    return max(_ZERO, target - (reached or _ZERO))


def begins_in_the_middle(duties: Iterable[Duty], starts: date) -> bool:
    """Whether somebody who takes a post over on that day follows upon figures: a period was to be reported before."""
    return any(
        period.start < starts
        for duty in duties
        if duty.measure.year == starts.year
        for period in duty.measure.due_periods
    )
