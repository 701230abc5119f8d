"""A plan as it was understood: indicators with what is certain, and questions with proposals for all the rest."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import NamedTuple

from bot.documents.plan_reading.source import Place
from domain.modes import Confidence, Mode
from domain.periods import Period
from domain.plan import Level, OpenQuestion

_NO_NAMES: Mapping[str, str] = MappingProxyType({})


class ReadIndicator(NamedTuple):
    """One row of a plan. `code` is unique in the reading and the same for the same row of a later file.

    `targets` holds the certain numbers; a blank, a dash and a doubtful cell are absent. `likely` is the whole row as it
    would be with every proposal taken, `periods` all that the layout has (one for a plan of years only).
    """

    code: str
    name: str | None
    level: Level
    place: Place
    periods: tuple[Period, ...]
    targets: Mapping[Period, Decimal]
    likely: Mapping[Period, Decimal]
    path: Mapping[str, str] = _NO_NAMES
    unit: str | None = None
    period_unit: str | None = None
    """The unit inside the period cells, where it is another."""
    post: str | None = None
    """Who answers for it, as printed; None where that is open."""
    annual: Decimal | None = None
    mode: Mode | None = None
    confidence: Confidence = Confidence.ASK
    budget: Decimal | None = None
    """Whole rupiah."""
    note: str = ""
    is_context: bool = False
    """Printed for orientation, without targets: shown, never reported."""

    @property
    def is_yearly(self) -> bool:
        """Whether its plan has targets of years only."""
        return len(self.periods) == 1


@dataclass(frozen=True)
class PlanReading:
    """What a file says, and what it leaves open. (`indicator`, `about`) of a question is unique.

    `office` and `kabupaten` stand without those words; what is not printed is None. `posts` are those that the plan
    names, in order.
    """

    file: str
    office: str | None
    kabupaten: str | None
    year: int | None
    title: str
    posts: tuple[str, ...]
    indicators: tuple[ReadIndicator, ...]
    questions: tuple[OpenQuestion, ...] = ()
    ignored: tuple[tuple[Place, str], ...] = ()
    is_revision: bool = False

    @property
    def reported(self) -> tuple[ReadIndicator, ...]:
        """The indicators that are reported, without those printed for orientation."""
        return tuple(one for one in self.indicators if not one.is_context)

    @property
    def asked(self) -> frozenset[str]:
        """The codes of the indicators about which something is open."""
        return frozenset(question.indicator for question in self.questions)

    @property
    def fingerprint(self) -> str:
        """What tells the plan of this file from another: all that it prints, whatever the reader asks about it."""
        rows = "\n".join(map(_printed, self.indicators))
        return hashlib.sha256(f"{self.office} {self.year}\n{rows}".encode()).hexdigest()

    @property
    def by_code(self) -> Mapping[str, ReadIndicator]:
        """The indicators by their code."""
        return {one.code: one for one in self.indicators}


def _printed(one: ReadIndicator) -> str:
    """An indicator in one line: what it is called, and every number that may be its own."""
    numbers = [f"{period.code}={value}" for period, value in sorted(one.likely.items())]
    words = (one.code, one.name, one.level.value, *one.path.values(), one.unit, one.period_unit, one.post, one.note)
    return "|".join(map(str, (*words, one.annual, one.budget, *numbers)))
