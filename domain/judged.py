"""Indicators judged s/d the last period that has ended, and their average (domain.md 1 rule 3 and 2.1).

The one place that says which figure of a duty is quoted, how it is averaged and when an average has a predikat: the
office's summary (by `domain.tallies`), a section and a single indicator show the same numbers.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from domain.achievement import Average, Cap, mean
from domain.checked import checked_to_date, least
from domain.ledger import Figure, to_date
from domain.openings import Duty
from domain.periods import Period, PeriodKind
from domain.roles import OrgPost, section_names
from domain.scales import Scale, average_predicate
from domain.standing import Standing
from domain.summary import Coverage

MONTHS = 12


@dataclass(frozen=True)
class Judged:
    """A duty with its figures s/d the last period that has ended."""

    duty: Duty
    figure: Figure

    @property
    def is_progress(self) -> bool:
        """Whether the capaian compares a part of the year with the target of all of it: it has no predikat."""
        return is_progress(self.duty, self.figure.period)

    @property
    def sampled(self) -> bool:
        """Whether an invented value is among what is judged."""
        return any(period.end <= self.figure.period.end for period in self.duty.samples)

    @property
    def checked(self) -> Standing:
        """How far the figure s/d has come: it is verified when every value is on which it rests."""
        return checked_to_date(self.duty, self.figure.period)

    @property
    def counts(self) -> bool:
        """Whether there is anything to verify: a value, or one that is due."""
        return self.figure.provisional or self.figure.realisation_to_date is not None


def sections_with_duties(duties: Iterable[Duty], posts: Sequence[OrgPost]) -> tuple[str, ...]:
    """The names of the sections that have anything to report, in the order of the office's posts."""
    names = section_names(posts)
    busy = {names[duty.post_id] for duty in duties}
    return tuple(dict.fromkeys(name for post in posts if (name := names[post.id]) in busy))


def judge(duties: Sequence[Duty], today: date) -> list[Judged]:
    """Of the newest plan of which a period has ended, every indicator that has such a period, in the order given.

    Services follow the indicators: where those are reported by the quarter, a month of services is not yet judged.
    """
    ended = [Judged(duty, figure) for duty in duties if (figure := last_ended(duty, today)) is not None]
    year = max((duty.measure.year for duty in indicators(duties) if last_ended(duty, today)), default=None)
    return [one for one in ended if one.duty.measure.year == year]


def indicators(duties: Sequence[Duty]) -> Sequence[Duty]:
    """Those that are judged: without the services, but in an office that has nothing else."""
    return [duty for duty in duties if not duty.service] or duties


def last_ended(duty: Duty, today: date) -> Figure | None:
    """The figure of the last period that has ended and has a capaian s/d; None before the first.

    What is planned by quarters and reported by months has one only at a quarter's end (domain.md 2.1). Of the time
    before the office began it has one only where its position is known.
    """
    periods, every = Period.whole_year(duty.measure.year).split(duty.kind), quoted_every(duty)
    ended = [period for period in periods if period.end < today and period.last_month % every == 0]
    last = duty.figures[ended[-1]] if ended else None
    return None if last is None or is_unknown(duty, last) else last


def quoted_every(duty: Duty) -> PeriodKind:
    """After how many months the figure s/d is quoted: what is planned by quarters and reported by months has a capaian
    s/d only at a quarter's end (domain.md 2.1)."""
    planned = duty.measure.target_kind if duty.measure.effective_targets else duty.kind
    return max(duty.kind, planned)


def is_unknown(duty: Duty, figure: Figure) -> bool:
    """Whether a figure is of the time before the office began and lacks the position of then."""
    return figure.unknown_before and figure.period.last_month < duty.measure.since


def is_progress(duty: Duty, period: Period) -> bool:
    """Whether the capaian s/d a period compares a part of the year with the target of all of it."""
    measure = duty.measure
    return not measure.counted and not measure.effective_targets and period.last_month < MONTHS


def closed_period(judged: Sequence[Judged]) -> str:
    """The code of the period that ended last, the shortest of several: March, where a quarter ended with it.

    It is that of the indicators: the capaian quoted for it has nothing to do with services.
    """
    periods = [one.figure.period for one in judged if not one.duty.service] or [one.figure.period for one in judged]
    return last_closed(periods)


def last_closed(periods: Collection[Period]) -> str:
    """The code of the one that ends last, the shortest of several; empty of none."""
    last = max((period.end for period in periods), default=None)
    return min(period for period in periods if period.end == last).code if last else ""


def average_of(judged: Sequence[Judged], cap: Cap) -> Average:
    """The mean capaian s/d of what is complete."""
    return mean((to_date(one.figure) for one in judged), cap)


def coverage_of(average: Average, judged: Sequence[Judged]) -> Coverage:
    """How much of what is due so far went into the average of these, and how much of that is verified."""
    due = average.counted + average.missing + average.uncomputable
    verified = sum(to_date(one.figure).has_target and one.checked.is_verified for one in judged)
    return Coverage(due, due - average.missing, average.counted, average.without_target, verified)


def checked_of(judged: Iterable[Judged]) -> Standing:
    """How far all of them have come together, those without a target included; MISSING of none."""
    return least(one.checked for one in judged if one.counts)


def average_word(judged: Sequence[Judged], average: Average, scale: Scale) -> str | None:
    """The predikat of an average; none while anything is missing, nor for mere progress towards the year's target."""
    if any(one.is_progress for one in judged):
        return None
    rung = average_predicate(average, scale)
    return rung.word if rung else None
