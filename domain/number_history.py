"""What an indicator's own reports say about a further figure of it: what is usual, what was there before and after."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from domain.modes import Mode
from domain.openings import Duty
from domain.periods import Period

_FEWEST = 2
"""Earlier periods without which nothing is usual yet."""


@dataclass(frozen=True)
class OwnHistory:
    """Figures of one indicator around a period, in its unit; invented ones ("contoh") count not.

    `average` is what each of the year's earlier periods brought (CUM: added), None where fewer than two were reported;
    `planned_average` the mean of what their targets bring, None where they have none. `last` is the figure of the
    period just before, which `running` periods had one after the other. `following` is that of the next one reported.
    """

    average: Decimal | None = None
    planned_average: Decimal | None = None
    last: Decimal | None = None
    running: int = 0
    following: Decimal | None = None


def own_history(duty: Duty, which: Period) -> OwnHistory:
    """What is known around a period of the reporting rhythm."""
    reported = {period: value for period, value in duty.values.items() if period.kind is which.kind}
    real = {period: value for period, value in sorted(reported.items()) if period not in duty.samples}
    earlier = [period for period in real if period < which]
    following = [value for period, value in real.items() if period > which]
    last = real.get(_before(which)) if which.number > 1 else None
    return OwnHistory(
        average=_mean(_brought(duty, [real[period] for period in earlier])) if len(earlier) >= _FEWEST else None,
        planned_average=_planned(duty, earlier),
        last=last,
        running=0 if last is None else _running(real, which, last),
        following=following[0] if following else None,
    )


def _before(which: Period) -> Period:
    return Period(which.year, which.kind, which.number - 1)


def _brought(duty: Duty, values: Sequence[Decimal]) -> list[Decimal]:
    """What each value adds: of positions the step from the one before."""
    if duty.measure.mode is not Mode.CUM:
        return list(values)
    return [value - before for before, value in zip((Decimal(0), *values), values, strict=False)]


def _planned(duty: Duty, earlier: Sequence[Period]) -> Decimal | None:
    targets = [duty.measure.targets[period] for period in earlier if period in duty.measure.targets]
    return _mean(_brought(duty, targets)) if targets else None


def _mean(values: Sequence[Decimal]) -> Decimal:
    return sum(values, Decimal(0)) / len(values)


def _running(real: dict[Period, Decimal], which: Period, last: Decimal) -> int:
    """For how many periods up to the one before the figure has been the same."""
    number = which.number
    while number > 1 and real.get(Period(which.year, which.kind, number - 1)) == last:
        number -= 1
    return which.number - number
