"""Indicators judged s/d the last period that has ended, and their average (domain.md 1 rule 3 and 2.1).

The one place that says which figure of a duty is quoted, how it is averaged and when an average has a predikat: the
office's summary, a section and a single indicator show the same numbers.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from domain.achievement import Average, Cap, mean
from domain.ledger import Figure, effective_targets, to_date
from domain.openings import Duty
from domain.periods import Period
from domain.roles import OrgPost, section_names
from domain.scales import Scale, average_predicate
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
        return not effective_targets(self.duty.measure) and self.figure.period.end.month < MONTHS

    @property
    def sampled(self) -> bool:
        """Whether an invented value is among what is judged."""
        return any(period.end <= self.figure.period.end for period in self.duty.samples)


def sections_with_duties(duties: Iterable[Duty], posts: Sequence[OrgPost]) -> tuple[str, ...]:
    """The names of the sections that have anything to report, in the order of the office's posts."""
    names = section_names(posts)
    busy = {names[duty.post_id] for duty in duties}
    return tuple(dict.fromkeys(name for post in posts if (name := names[post.id]) in busy))


def judge(duties: Iterable[Duty], today: date) -> list[Judged]:
    """Of the newest plan of which a period has ended, every indicator that has such a period, in the order given."""
    ended = [Judged(duty, figure) for duty in duties if (figure := last_ended(duty, today)) is not None]
    year = max((one.duty.measure.year for one in ended), default=None)
    return [one for one in ended if one.duty.measure.year == year]


def last_ended(duty: Duty, today: date) -> Figure | None:
    """The figure of the last period that has ended and has a capaian s/d; None before the first.

    What is planned by quarters and reported by months has one only at a quarter's end (domain.md 2.1).
    """
    periods = Period.whole_year(duty.measure.year).split(duty.kind)
    planned = duty.measure.target_kind if effective_targets(duty.measure) else duty.kind
    ended = [period for period in periods if period.end < today and period.last_month % planned == 0]
    return duty.figures[ended[-1]] if ended else None


def closed_period(judged: Sequence[Judged]) -> str:
    """The code of the period that ended last, the shortest of several: March, where a quarter ended with it."""
    last = max((one.figure.period.end for one in judged), default=None)
    return min(one.figure.period for one in judged if one.figure.period.end == last).code if last else ""


def average_of(judged: Sequence[Judged], cap: Cap) -> Average:
    """The mean capaian s/d of what is complete."""
    return mean((to_date(one.figure) for one in judged), cap)


def coverage_of(average: Average) -> Coverage:
    """How much of what is due so far went into an average."""
    due = average.counted + average.missing + average.uncomputable
    return Coverage(due, due - average.missing, average.counted, average.without_target)


def average_word(judged: Sequence[Judged], average: Average, scale: Scale) -> str | None:
    """The predikat of an average; none while anything is missing, nor for mere progress towards the year's target."""
    if any(one.is_progress for one in judged):
        return None
    rung = average_predicate(average, scale)
    return rung.word if rung else None
