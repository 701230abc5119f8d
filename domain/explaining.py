"""When it is asked why a figure is low or high, and what comes next (domain.md 1, 4.3 and 9)."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from domain.refusals import BadSetting, Between

PERCENTS = range(1001)
MOST = range(1, 11)


class Asked(StrEnum):
    """OBSTACLE: kendala and tindak lanjut. DRIVER: faktor pendorong."""

    OBSTACLE = "hambatan"
    DRIVER = "pendorong"


@dataclass(frozen=True)
class ExplainRule:
    """The capaian s/d, in whole percents, below which an obstacle is asked at a month's and at a quarter's end and
    above which a driver; at most `most` indicators a sitting. Raises BadSetting outside 0 to 1000 percent, 1 to 10
    indicators."""

    monthly: int = 76
    quarterly: int = 100
    above: int = 120
    most: int = 3

    def __post_init__(self) -> None:
        for name, allowed in (("monthly", PERCENTS), ("quarterly", PERCENTS), ("above", PERCENTS), ("most", MOST)):
            given = getattr(self, name)
            if given not in allowed:
                limits = Between(allowed[0], allowed[-1])
                raise BadSetting(f"{name} cannot be {given}", field=name, given=given, allowed=limits)

    def asks(self, capaian_to_date: Decimal | None, *, quarter_end: bool) -> Asked | None:
        """What is asked about a figure with this capaian s/d in percent; None where nothing is."""
        if capaian_to_date is None:
            return None
        if capaian_to_date < (self.quarterly if quarter_end else self.monthly):
            return Asked.OBSTACLE
        return Asked.DRIVER if capaian_to_date > self.above else None
