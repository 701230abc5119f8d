"""An opening position as it is asked and read: always s/d, also of what is otherwise reported by amounts."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from domain.ledger import year_ledger
from domain.modes import Mode
from domain.openings import Duty
from domain.periods import Period


def as_position(duty: Duty, which: Period) -> Duty:
    """The indicator as the question "Posisi s/d Mei?" sees it: a sum is told as a position, measured by the target s/d
    then, and nothing that was reported later speaks into it."""
    measure = replace(duty.measure, since=1, opening=None)
    values: Mapping[Period, Decimal] = {}
    if which == duty.measure.opening and which in duty.values:
        values = {which: duty.values[which]}
    if duty.measure.mode is Mode.SUM:
        target = duty.figures[which].target_to_date
        targets = {} if target is None else {which: target}
        measure = replace(measure, mode=Mode.CUM, targets=targets)
    return replace(duty, measure=measure, values=values, figures=year_ledger(measure, values), ratio=False)
