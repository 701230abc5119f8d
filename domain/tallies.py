"""What the figures of many indicators come to: counts and sums that can be added, taken away and kept.

A tally holds whatever a summary of the office says of a post and a period, and nothing that depends on the day or on
the office's settings: those are applied when it is read. Sums are in millionths of a percent, so that they are exact.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import NamedTuple, TypeAlias

from domain.achievement import ARITHMETIC, Cap
from domain.achievement import Standing as InAverage
from domain.checked import checked, checked_to_date
from domain.judged import MONTHS, is_progress, is_unknown, last_closed, quoted_every
from domain.ledger import Figure, in_period, to_date
from domain.openings import Duty
from domain.periods import Period, PeriodKind
from domain.standing import Standing
from domain.summary import Coverage

_MILLION = 10**6
_LIMITS = tuple(int(cap.limit * _MILLION) for cap in Cap if cap.limit is not None)
"""Every cap but the last, which is none, in millionths of a percent (`domain.achievement.capped`)."""


class Tally(NamedTuple):
    """Counts of indicators in one period, and sums of their capaian.

    Of the period: of all `duties` so many are `services`; a report of this very period is `asked` of so many, of which
    `asked_services` are services, and is `reported`, `verified`, `approved` and `sampled` (an invented one) of so many.
    `judged` have a target and are due; `missing` of them are not reported, `counted` have a capaian.

    S/d its end: `quoted` have a figure, of which `quoted_services` are services; `judged_to_date` of them have a target
    so far, `missing_to_date` lack a report, `counted_to_date` have a capaian, `verified_to_date` are verified. Of the
    `weighed`, for which there is anything to verify, so many are `unverified`; the capaian of so many is `progress`
    towards the target of the whole year; `sampled_to_date` rest on an invented value.

    The sums are of the capaian of what is counted, under each cap in millionths of a percent; the uncapped one in
    `whole` percents and millionths that `rest`, for 64 bits.
    """

    duties: int = 0
    services: int = 0
    asked: int = 0
    asked_services: int = 0
    reported: int = 0
    verified: int = 0
    approved: int = 0
    sampled: int = 0
    judged: int = 0
    missing: int = 0
    counted: int = 0
    at_100: int = 0
    at_110: int = 0
    at_120: int = 0
    whole: int = 0
    rest: int = 0
    quoted: int = 0
    quoted_services: int = 0
    judged_to_date: int = 0
    missing_to_date: int = 0
    counted_to_date: int = 0
    verified_to_date: int = 0
    weighed: int = 0
    unverified: int = 0
    progress: int = 0
    sampled_to_date: int = 0
    at_100_to_date: int = 0
    at_110_to_date: int = 0
    at_120_to_date: int = 0
    whole_to_date: int = 0
    rest_to_date: int = 0

    def mean(self, cap: Cap) -> Decimal | None:
        """The mean capaian of this period alone, in percent; None where there is none."""
        return _mean(self[_ALONE + _CAPS[cap]], self.rest if cap is Cap.NONE else None, self.counted)

    def mean_to_date(self, cap: Cap) -> Decimal | None:
        """The mean capaian s/d its end of what is complete, in percent; None where there is none."""
        return _mean(self[_TO_DATE + _CAPS[cap]], self.rest_to_date if cap is Cap.NONE else None, self.counted_to_date)

    @property
    def coverage(self) -> Coverage:
        """How much of what is due so far went into the average s/d, and how much of that is verified."""
        return Coverage(
            self.judged_to_date,
            self.judged_to_date - self.missing_to_date,
            self.counted_to_date,
            self.quoted - self.judged_to_date,
            self.verified_to_date,
        )

    @property
    def all_verified(self) -> bool:
        """Whether every figure s/d is verified; not where there is none."""
        return self.weighed > 0 and not self.unverified

    @property
    def has_indicators(self) -> bool:
        """Whether the figure s/d of anything but services is quoted."""
        return self.quoted > self.quoted_services


class Cell(NamedTuple):
    """What one tally is of: the indicators of a post in a period, of which the figures s/d are quoted `every` so many
    months; 0 where this is no such period."""

    post_id: int
    period: Period
    every: int


Tallies: TypeAlias = Mapping[Cell, Tally]


class Entry(NamedTuple):
    """The figure of one indicator as it counts in a period in which it is reported.

    `every` is as in `Cell`. `asked`: a report of this very period is asked, for it is due or was returned. `standing`
    and `standing_to_date` are of the period and of the figure s/d. `sampled` and `sampled_to_date` tell of invented
    values; `progress` compares a part of the year with the target of all of it.
    """

    figure: Figure
    every: int
    service: bool
    asked: bool
    sampled: bool
    sampled_to_date: bool
    progress: bool
    standing: Standing
    standing_to_date: Standing


def entries(duty: Duty) -> Iterator[Entry]:
    """The figures of an indicator, those it has of the periods of its year in which it is reported."""
    every = quoted_every(duty)
    for period in Period.whole_year(duty.measure.year).split(duty.kind):
        if period not in duty.figures:
            continue
        figure = duty.figures[period]
        yield Entry(
            figure=figure,
            every=0 if period.last_month % every or is_unknown(duty, figure) else every,
            service=duty.service,
            asked=figure.due or period in duty.returned,
            sampled=period in duty.samples,
            sampled_to_date=any(one.end <= period.end for one in duty.samples),
            progress=is_progress(duty, period),
            standing=checked(duty, period),
            standing_to_date=checked_to_date(duty, period),
        )


def tally(entry: Entry) -> Tally:
    """One figure, counted."""
    figure, is_reported = entry.figure, entry.asked and entry.figure.reported
    counts = (
        1,
        entry.service,
        entry.asked,
        entry.asked and entry.service,
        is_reported,
        is_reported and entry.standing.is_verified,
        is_reported and entry.standing is Standing.APPROVED,
        entry.asked and entry.sampled,
        *_counts(in_period(figure)),
        *(_to_date(entry) if entry.every else ()),
    )
    return Tally(*map(int, counts))


def _to_date(entry: Entry) -> tuple[int, ...]:
    figure, standing = entry.figure, to_date(entry.figure)
    judged, missing, counted, *sums = _counts(standing)
    is_verified = entry.standing_to_date.is_verified
    is_weighed = figure.provisional or figure.realisation_to_date is not None
    return (
        1,
        entry.service,
        judged,
        missing,
        counted,
        standing.has_target and is_verified,
        is_weighed,
        is_weighed and not is_verified,
        entry.progress,
        entry.sampled_to_date,
        *sums,
    )


def _counts(standing: InAverage) -> tuple[int, ...]:
    """Whether it is judged, missing and counted, and its capaian under every cap."""
    capaian = standing.capaian
    if not standing.has_target or not standing.complete or capaian is None:
        return standing.has_target, standing.has_target and not standing.complete, 0, 0, 0, 0, 0, 0
    uncapped = max(int(capaian * _MILLION), 0)
    return 1, 0, 1, *(min(uncapped, limit) for limit in _LIMITS), *divmod(uncapped, _MILLION)


def added(tallies: Iterable[Tally]) -> Tally:
    """All of them together."""
    return Tally(*map(sum, zip(*tallies, strict=True))) if (tallies := tuple(tallies)) else Tally()


def last_quoted(tallies: Tallies, today: date) -> dict[Cell, Tally]:
    """The tallies of the figures that are quoted on a day: of the newest plan of which a period has ended, s/d the last
    one that has.

    Services follow the indicators: where those are reported by the quarter, a month of services is not yet judged.
    """
    ended = {cell: one for cell, one in tallies.items() if one.quoted and _is_last(cell, today)}
    only_services = all(one.duties == one.services for one in tallies.values())
    years = (cell.period.year for cell, one in ended.items() if only_services or one.has_indicators)
    year = max(years, default=None)
    return {cell: one for cell, one in ended.items() if cell.period.year == year}


def _is_last(cell: Cell, today: date) -> bool:
    """Whether no later period that is quoted alike has ended."""
    return cell.every > 0 and cell.period.last_month == _last_month(cell.period.year, cell.every, today)


def _last_month(year: int, every: int, today: date) -> int:
    """The last month of a year, 1 to 12, with whose end figures were quoted that are so every so many months; 0 before
    the first."""
    over = min(max((today.year - year) * MONTHS + today.month - 1, 0), MONTHS)
    return over - over % every


def quoted_periods(years: Iterable[int], today: date) -> set[Period]:
    """The periods s/d whose end figures of those years may be quoted on a day."""
    ends = ((year, every, _last_month(year, every, today)) for year in years for every in PeriodKind)
    return {
        Period(year, kind, last // kind) for year, every, last in ends if last for kind in PeriodKind if kind <= every
    }


def closed_period(quoted: Tallies) -> str:
    """The code of the period that ended last, the shortest of several: March, where a quarter ended with it.

    It is that of the indicators: the capaian quoted for it has nothing to do with services.
    """
    return last_closed(
        [cell.period for cell, one in quoted.items() if one.has_indicators] or [cell.period for cell in quoted]
    )


_CAPS = {Cap.AT_100: 0, Cap.AT_110: 1, Cap.AT_120: 2, Cap.NONE: 3}
_ALONE, _TO_DATE = Tally._fields.index("at_100"), Tally._fields.index("at_100_to_date")
"""Where the sums begin, that of each cap in this order."""


def _mean(total: int, rest: int | None, among: int) -> Decimal | None:
    """Of a sum in millionths, or in whole percents and a rest in millionths."""
    if not among:
        return None
    millionths = total if rest is None else total * _MILLION + rest
    return ARITHMETIC.divide(millionths, among * _MILLION)
