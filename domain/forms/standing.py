"""What every form says alike: how its indicators stand together, and what stood in their way (domain.md 1 rule 3)."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from domain.forms.source import FormSource
from domain.judged import Judged, average_of, average_word, coverage_of, judge
from domain.openings import Duty
from domain.summary import Coverage


@dataclass(frozen=True)
class Standing:
    """The mean capaian s/d in percent of the indicators of a form, as the office's summary and its sections have it:
    None when nothing is computable, without a predikat while anything due is missing."""

    coverage: Coverage
    mean: Decimal | None
    predicate: str | None


@dataclass(frozen=True)
class Obstacle:
    """What somebody said of the figure of a period (a code)."""

    period: str
    text: str


def judged_of(source: FormSource, duties: Sequence[Duty]) -> dict[int, Judged]:
    """Of indicators of one year, those of which a period has ended, by id."""
    return {one.duty.id: one for one in judge(duties, source.today)}


def standing_of(source: FormSource, judged: Sequence[Judged]) -> Standing:
    """How they stand together, by the rules of the office."""
    rules = source.organisation.rules
    average = average_of(judged, rules.cap)
    return Standing(coverage_of(average, judged), average.value, average_word(judged, average, rules.rating))
