"""A plan as it was understood: indicators with what is certain, and questions with proposals for all the rest.

A `PlanReading` is frozen and goes through JSON, so that it can wait while somebody answers. Questions keep their number
(from 0) for good; an answer is kept beside them.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from decimal import Decimal
from typing import Any

from bot.documents.plan_reading.source import Place
from domain.modes import Confidence, Mode, Polarity
from domain.periods import Period
from domain.plan import About, Level, OpenQuestion


@dataclass(frozen=True)
class ReadIndicator:
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
    path: Mapping[str, str] = field(default_factory=dict[str, str])
    unit: str | None = None
    period_unit: str | None = None
    """The unit inside the period cells, where it is another."""
    post: str | None = None
    """Who answers for it, as printed."""
    annual: Decimal | None = None
    mode: Mode | None = None
    confidence: Confidence = Confidence.ASK
    polarity: Polarity = Polarity.POSITIVE
    budget: Decimal | None = None
    note: str = ""
    is_context: bool = False
    """Printed for orientation, without targets, or found to be a repetition: shown, never reported."""
    printed_code: str = ""
    repeats: str = ""
    """The code of the row that it repeats, where it looks so."""

    @property
    def is_yearly(self) -> bool:
        """Whether its plan has targets of years only."""
        return len(self.periods) == 1


@dataclass(frozen=True)
class PlanReading:
    """What a file says, and what it leaves open. `answers` holds by the number of a question what was decided.

    `settled` are questions that other answers have decided along.
    """

    file: str
    office: str | None
    kabupaten: str | None
    year: int | None
    title: str
    posts: tuple[str, ...]
    indicators: tuple[ReadIndicator, ...]
    questions: tuple[OpenQuestion, ...] = ()
    answers: Mapping[int, str] = field(default_factory=dict[int, str])
    settled: frozenset[int] = frozenset()
    ignored: tuple[tuple[Place, str], ...] = ()
    is_revision: bool = False

    @property
    def open_numbers(self) -> tuple[int, ...]:
        """The numbers of the questions that nothing has decided yet."""
        closed = self.settled.union(self.answers)
        return tuple(number for number in range(len(self.questions)) if number not in closed)

    @property
    def open_questions(self) -> tuple[OpenQuestion, ...]:
        return tuple(self.questions[number] for number in self.open_numbers)

    @property
    def reported(self) -> tuple[ReadIndicator, ...]:
        """The indicators that are reported, without those printed for orientation."""
        return tuple(one for one in self.indicators if not one.is_context)

    @property
    def asked_codes(self) -> frozenset[str]:
        """The codes of the indicators about which something is open."""
        return frozenset(question.indicator for question in self.open_questions)

    def indicator(self, code: str) -> ReadIndicator:
        """The indicator of that code. Raises KeyError."""
        for one in self.indicators:
            if one.code == code:
                return one
        raise KeyError(code)

    def with_indicator(self, changed: ReadIndicator) -> "PlanReading":
        """The reading with that indicator in place of the one of its code."""
        rows = tuple(changed if one.code == changed.code else one for one in self.indicators)
        return replace(self, indicators=rows)

    def to_json(self) -> str:
        """All of it as text, for `from_json`."""
        plain = {
            **{name: getattr(self, name) for name in ("file", "office", "kabupaten", "year", "title", "is_revision")},
            "posts": list(self.posts),
            "indicators": [_plain_indicator(one) for one in self.indicators],
            "questions": [asdict(question) for question in self.questions],
            "answers": {str(number): value for number, value in self.answers.items()},
            "settled": sorted(self.settled),
            "ignored": [[asdict(place), why] for place, why in self.ignored],
        }
        return json.dumps(plain, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> "PlanReading":
        """What `to_json` has written."""
        plain: dict[str, Any] = json.loads(text)
        return cls(
            **{name: plain[name] for name in ("file", "office", "kabupaten", "year", "title", "is_revision")},
            posts=tuple(plain["posts"]),
            indicators=tuple(_indicator(one) for one in plain["indicators"]),
            questions=tuple(_question(one) for one in plain["questions"]),
            answers={int(number): value for number, value in plain["answers"].items()},
            settled=frozenset(plain["settled"]),
            ignored=tuple((Place(**place), why) for place, why in plain["ignored"]),
        )


def _plain_indicator(one: ReadIndicator) -> dict[str, Any]:
    return {
        **{name: getattr(one, name) for name in _WORDS},
        "level": one.level.value,
        "place": asdict(one.place),
        "path": dict(one.path),
        "periods": [period.code for period in one.periods],
        "targets": {period.code: str(value) for period, value in one.targets.items()},
        "likely": {period.code: str(value) for period, value in one.likely.items()},
        "annual": None if one.annual is None else str(one.annual),
        "budget": None if one.budget is None else str(one.budget),
        "mode": None if one.mode is None else one.mode.value,
        "confidence": one.confidence.value,
        "polarity": one.polarity.value,
    }


_WORDS = ("code", "name", "unit", "period_unit", "post", "note", "is_context", "printed_code", "repeats")


def _indicator(plain: dict[str, Any]) -> ReadIndicator:
    return ReadIndicator(
        **{name: plain[name] for name in _WORDS},
        level=Level(plain["level"]),
        place=Place(**plain["place"]),
        path=plain["path"],
        periods=tuple(Period.parse(code) for code in plain["periods"]),
        targets=_numbers(plain["targets"]),
        likely=_numbers(plain["likely"]),
        annual=_number(plain["annual"]),
        budget=_number(plain["budget"]),
        mode=None if plain["mode"] is None else Mode(plain["mode"]),
        confidence=Confidence(plain["confidence"]),
        polarity=Polarity(plain["polarity"]),
    )


def _numbers(plain: Mapping[str, str]) -> dict[Period, Decimal]:
    return {Period.parse(code): Decimal(value) for code, value in plain.items()}


def _number(plain: str | None) -> Decimal | None:
    return None if plain is None else Decimal(plain)


def _question(plain: dict[str, Any]) -> OpenQuestion:
    words = {name: plain[name] for name in ("indicator", "text", "proposal", "place")}
    return OpenQuestion(**words, about=About(plain["about"]), options=tuple(plain["options"]))
