"""What of a quarter is verified, approved, waits or is missing: what the camat approves (domain.md 7)."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.openings import Duty
from domain.periods import Period, PeriodKind
from domain.standing import Standing

Figure = tuple[Duty, Period]
"""An indicator and a period."""


@dataclass(frozen=True)
class QuarterState:
    """The figures of one quarter by how far they have come; invented values ("contoh") wait for ever.

    What is of the whole year belongs to the last quarter. `missing` is due and not reported, or was returned.
    """

    quarter: Period
    approved: tuple[Figure, ...]
    verified: tuple[Figure, ...]
    waiting: tuple[Figure, ...]
    missing: tuple[Figure, ...]

    @property
    def is_whole(self) -> bool:
        """Whether nothing is left but to approve it."""
        return bool(self.verified) and not self.waiting and not self.missing


def quarter_state(duties: Sequence[Duty], quarter: Period) -> QuarterState:
    """How far the figures of the quarter have come, in the order of the plan."""
    approved: list[Figure] = []
    verified: list[Figure] = []
    waiting: list[Figure] = []
    missing: list[Figure] = []
    for duty in duties:
        for period in _periods(duty, quarter):
            match duty.standing(period):
                case Standing.APPROVED:
                    approved.append((duty, period))
                case Standing.VERIFIED:
                    verified.append((duty, period))
                case Standing.REPORTED | Standing.SEEN:
                    waiting.append((duty, period))
                case Standing.RETURNED:
                    missing.append((duty, period))
                case Standing.MISSING:
                    if duty.figures[period].due and not duty.figures[period].reported:
                        missing.append((duty, period))
    return QuarterState(quarter, tuple(approved), tuple(verified), tuple(waiting), tuple(missing))


def _periods(duty: Duty, quarter: Period) -> list[Period]:
    """The periods of an indicator that end in the quarter, those in which it is reported and those with a value."""
    if duty.measure.year != quarter.year:
        return []
    own = Period.whole_year(quarter.year).split(duty.kind)
    known = (*own, *duty.values, *duty.returned)
    return sorted({period for period in known if quarter.start <= period.end <= quarter.end})


def ended_quarters(years: Sequence[int], last: Period) -> list[Period]:
    """The quarters of those years up to one, the newest first."""
    every = (one for year in years for one in Period.whole_year(year).split(PeriodKind.QUARTER))
    return sorted((one for one in every if one <= last), reverse=True)
