"""What follows from the answers that somebody gives about a plan before it is loaded."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from domain.inference import PrintedSeries, infer_mode
from domain.modes import Confidence, Mode, Rhythm
from domain.periods import Period, PeriodKind, periods_of_year
from domain.plan import About, IndicatorRow, OfficePlan, OpenQuestion, Repeat

ALL_SAME = "all"
"""An answer to a repetition: this row and every other row of which the same may be said are printed again."""
_TARGETS_AT_ONCE = 5
_ABOUT_NUMBERS = frozenset({About.TARGETS, About.ANNUAL, About.UNIT})

Answers = Mapping[tuple[str, About], str]
"""By indicator and what was asked, in the form of `About`."""


def in_order(questions: Iterable[OpenQuestion]) -> tuple[OpenQuestion, ...]:
    """The questions as they are asked: indicators as the file has them, of each first whether it is printed again, then
    its numbers, then what may follow from them."""
    asked = list(questions)
    first = {question.indicator: at for at, question in reversed(list(enumerate(asked)))}
    rank = {About.REPEATED: 0, About.NAME: 1, About.UNIT: 2, About.ANNUAL: 3, About.TARGETS: 4}
    return tuple(sorted(asked, key=lambda one: (first[one.indicator], rank.get(one.about, 5))))


def still_open(questions: Iterable[OpenQuestion], answers: Answers) -> tuple[OpenQuestion, ...]:
    """What is not answered; nothing more is asked of a row that is printed again."""
    return tuple(
        one
        for one in questions
        if (one.indicator, one.about) not in answers and answers.get((one.indicator, About.REPEATED)) != Repeat.SAME
    )


def given_at_once(
    question: OpenQuestion, value: str, questions: Iterable[OpenQuestion]
) -> dict[tuple[str, About], str]:
    """The answers that one answer gives: `ALL_SAME` answers every repetition that offers it."""
    if value != ALL_SAME:
        return {(question.indicator, question.about): value}
    return {
        (one.indicator, one.about): Repeat.SAME.value
        for one in (question, *questions)
        if one.about is About.REPEATED and ALL_SAME in one.options
    }


def alike_after(
    question: OpenQuestion, value: str, questions: Iterable[OpenQuestion], answers: Answers
) -> dict[tuple[str, About], str]:
    """What the same answer would say of the rows right after, which are asked about in the same words.

    Who reports rows below one heading is the same post; targets are taken as each row proposes them, where this one's
    were, and few at a time, so that every one of them can be looked at.
    """
    of_kind = [one for one in questions if one.about is question.about]
    at = next((at for at, one in enumerate(of_kind) if one.indicator == question.indicator), len(of_kind))
    found: dict[tuple[str, About], str] = {}
    for one in of_kind[at + 1 :]:
        told = _same_answer(question, value, one)
        if told is None or (one.indicator, one.about) in answers:
            break
        found[one.indicator, one.about] = told
    return dict(list(found.items())[:_TARGETS_AT_ONCE]) if question.about is About.TARGETS else found


def _same_answer(question: OpenQuestion, value: str, other: OpenQuestion) -> str | None:
    if _but_numbers(other.text) != _but_numbers(question.text):
        return None
    match question.about:
        case About.OWNER if other.proposal == question.proposal and value in other.options:
            return value
        case About.TARGETS if value == question.proposal and other.proposal:
            return other.proposal
        case _:
            return None


def _but_numbers(text: str) -> str:
    """A question's words without where it stands in the file."""
    return re.sub(r"\d+", "#", text)


def mode_that_follows(
    row: IndicatorRow, year: int, questions: Iterable[OpenQuestion], answers: Answers, targets: Mapping[Period, Decimal]
) -> Mode | None:
    """The mode of an indicator whose numbers are all answered, where the rule then knows it (domain.md 2.2, high).

    `targets` are its printed ones with those that were answered. None while its mode is not asked, or was answered.
    """
    asked = {one.about for one in questions if one.indicator == row.code}
    given = {about for code, about in answers if code == row.code}
    if About.MODE not in asked - given or (asked & _ABOUT_NUMBERS) - given or not given & _ABOUT_NUMBERS:
        return None
    said = infer_mode(_series(row, year, answers, targets))
    return said.mode if said.confidence is Confidence.HIGH else None


def _series(row: IndicatorRow, year: int, answers: Answers, targets: Mapping[Period, Decimal]) -> PrintedSeries:
    annual = answers.get((row.code, About.ANNUAL))
    unit = answers.get((row.code, About.UNIT))
    kind = PeriodKind.MONTH if any(one.kind is PeriodKind.MONTH for one in targets) else PeriodKind.QUARTER
    periods: Sequence[Period] = () if row.rhythm is Rhythm.YEARLY else periods_of_year(year, kind)
    return PrintedSeries(
        name=answers.get((row.code, About.NAME), row.name or ""),
        unit=_unless_none(unit, row.unit),
        period_unit=None,
        annual=row.annual_target if annual is None else _number(annual),
        values=tuple(targets.get(period) for period in periods),
        lost=frozenset(),
        compound=False,
        note=row.note,
    )


def _unless_none(answered: str | None, printed: str | None) -> str | None:
    return printed if answered is None else None if answered == "-" else answered


def _number(answered: str) -> Decimal | None:
    return None if answered == "-" else Decimal(answered)


def reviewed(plan: OfficePlan, answers: Answers) -> OfficePlan:
    """The plan as it is loaded: rows that are printed again only explain, and nothing is asked of them."""
    again = {code for (code, about), value in answers.items() if about is About.REPEATED and value == Repeat.SAME}
    if not again:
        return plan
    return replace(
        plan,
        indicators=tuple(replace(row, context=True) if row.code in again else row for row in plan.indicators),
        questions=tuple(one for one in plan.questions if one.indicator not in again),
    )
