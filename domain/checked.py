"""How far a figure that rests on several values has come on its way to the camat (domain.md 2.1 and 7).

A figure is as far as the last of the values on which it rests: one amount of a sum that waits to be checked makes the
sum provisional.
"""

from collections.abc import Iterable

from domain.ledger import resting_on
from domain.openings import Duty
from domain.periods import Period
from domain.standing import Standing

_WAY = (Standing.RETURNED, Standing.MISSING, Standing.REPORTED, Standing.SEEN, Standing.VERIFIED, Standing.APPROVED)


def checked(duty: Duty, period: Period) -> Standing:
    """How far the figure of a period of an indicator has come; MISSING while a part of it is not reported."""
    if not duty.figures[period].reported:
        return Standing.RETURNED if any(period.covers(one) for one in duty.returned) else Standing.MISSING
    return _of_values(duty, period, to_date=False)


def checked_to_date(duty: Duty, period: Period) -> Standing:
    """How far the figure s/d the end of a period has come; MISSING while anything due so far is not reported."""
    if duty.figures[period].provisional:
        return Standing.RETURNED if any(one <= period for one in duty.returned) else Standing.MISSING
    return _of_values(duty, period, to_date=True)


def least(found: Iterable[Standing]) -> Standing:
    """The one that has come the shortest way; MISSING of none."""
    return min(found, key=_WAY.index, default=Standing.MISSING)


def _of_values(duty: Duty, period: Period, *, to_date: bool) -> Standing:
    figure = duty.figures[period]
    is_known = (figure.realisation_to_date if to_date else figure.realisation) is not None
    if is_known and duty.common_standing is not None:
        return duty.common_standing  # whichever of them it rests on, and that takes long to tell
    parts = resting_on(duty.measure, duty.values, period, to_date=to_date)
    longer = [one for one in duty.values if one.covers(period)]
    return least(duty.standing(one) for one in parts or longer)
