"""Putting an answer to an open question of a reading; everything that follows from it is decided along."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal, InvalidOperation

from bot.documents.numbers_in_cells import is_too_fine, is_too_large, tidy
from bot.documents.plan_reading.judging import mode_question_of, with_mode
from bot.documents.plan_reading.reading_questions import ALL_SAME, period_names
from bot.documents.plan_reading.understood import PlanReading, ReadIndicator
from bot.documents.workbook_layout import NO_TARGET
from bot.refused import Refused
from domain.modes import Confidence, Mode, Polarity
from domain.periods import Period
from domain.plan import About, OpenQuestion, Repeat
from domain.units import unit_word

NAME_LENGTH = 300
UNIT_LENGTH = 40


class AnswerUnfit(Refused):
    """An answer that its question does not take; the message is one sentence in Indonesian that says what would do."""


def answered(reading: PlanReading, number: int, value: str) -> PlanReading:
    """The reading once question `number` (from 0) has the answer `value`, in the form of its `About`.

    A decided number, unit or repetition settles the question about the mode where the rule then knows it, and asks it
    afresh where not. An answer may be changed by answering again. Raises AnswerUnfit, and IndexError for a number that
    no question has.
    """
    question = reading.questions[number]
    changed = _changed(reading, question, value.strip())
    noted = replace(
        reading.with_indicator(changed),
        answers={**reading.answers, number: value.strip()},
        settled=reading.settled - {number},
    )
    match question.about:
        case About.REPEATED:
            return _repetition(noted, question, value.strip())
        case About.TARGETS | About.ANNUAL | About.UNIT | About.NAME:
            return _mode_again(noted, changed)
        case About.MODE | About.OWNER | About.DIRECTION:
            return noted


def _changed(reading: PlanReading, question: OpenQuestion, value: str) -> ReadIndicator:
    """The indicator as the answer has it. Raises AnswerUnfit."""
    one = reading.indicator(question.indicator)
    match question.about:
        case About.MODE:
            return replace(one, mode=_mode(value), confidence=Confidence.HIGH)
        case About.OWNER:
            return replace(one, post=_title(value, question))
        case About.NAME:
            return replace(one, name=_words(value, NAME_LENGTH, "Tulis nama indikatornya dengan kata-kata."))
        case About.DIRECTION:
            return replace(one, polarity=_polarity(value))
        case About.TARGETS:
            return _with_targets(one, _targets(value, one))
        case About.UNIT:
            unit = _words(value, UNIT_LENGTH, "Tulis satuannya, misalnya dokumen; tanda - berarti tanpa satuan.")
            return replace(one, unit=None if unit == NO_TARGET else unit_word(unit), period_unit=None)
        case About.ANNUAL:
            return replace(one, annual=_number(value))
        case About.REPEATED:
            if value != ALL_SAME:
                _repeat(value)
            return replace(one, is_context=value != Repeat.OWN)


# --- what follows from an answer ----------------------------------------------------------------------------------


def _repetition(reading: PlanReading, question: OpenQuestion, value: str) -> PlanReading:
    """What is the same indicator again needs no further answer; with `ALL_SAME` nor do the other repetitions."""
    reading = _closed_along(reading, question.indicator, is_same=value != Repeat.OWN)
    if value != ALL_SAME:
        return reading
    for number in reading.open_numbers:
        other = reading.questions[number]
        if other.about is About.REPEATED and ALL_SAME in other.options:
            reading = answered(reading, number, Repeat.SAME)
    return reading


def _closed_along(reading: PlanReading, code: str, *, is_same: bool) -> PlanReading:
    others = {
        number
        for number, other in enumerate(reading.questions)
        if other.indicator == code and other.about is not About.REPEATED and number not in reading.answers
    }
    settled = reading.settled | others if is_same else reading.settled - others
    return replace(reading, settled=settled)


def _mode_again(reading: PlanReading, changed: ReadIndicator) -> PlanReading:
    """The mode by the rule, once nothing but the mode itself is open about the numbers of the row."""
    at = _number_of(reading, changed.code, About.MODE)
    if at is not None and at in reading.answers:
        return reading
    open_abouts = {question.about for question in reading.open_questions if question.indicator == changed.code}
    if changed.is_context or open_abouts & {About.TARGETS, About.ANNUAL, About.UNIT}:
        return reading
    judged = with_mode(changed)
    reading = reading.with_indicator(judged)
    if judged.mode is not None:
        return reading if at is None else replace(reading, settled=reading.settled | {at})
    fresh = mode_question_of(judged)
    questions = list(reading.questions)
    if at is None:
        return replace(reading, questions=(*questions, fresh))
    questions[at] = fresh
    return replace(reading, questions=tuple(questions), settled=reading.settled - {at})


def _number_of(reading: PlanReading, code: str, about: About) -> int | None:
    found = (n for n, one in enumerate(reading.questions) if one.indicator == code and one.about is about)
    return next(found, None)


# --- answers to values --------------------------------------------------------------------------------------------


def _mode(value: str) -> Mode:
    if value not in list(Mode):
        raise AnswerUnfit("Pilih salah satu cara hitung yang ditawarkan.")
    return Mode(value)


def _polarity(value: str) -> Polarity:
    if value not in list(Polarity):
        raise AnswerUnfit("Pilih apakah makin tinggi atau makin rendah yang lebih baik.")
    return Polarity(value)


def _repeat(value: str) -> Repeat:
    if value not in list(Repeat):
        raise AnswerUnfit("Pilih apakah indikator ini sama dengan yang sudah tercetak, atau indikator sendiri.")
    return Repeat(value)


def _title(value: str, question: OpenQuestion) -> str:
    if not value or (question.options and value not in question.options):
        raise AnswerUnfit("Pilih salah satu jabatan yang ditawarkan.")
    return value


def _words(value: str, length: int, otherwise: str) -> str:
    words = " ".join(value.split())
    if (
        not words
        or len(words) > length
        or (words != NO_TARGET and not any(sign.isalpha() or sign == "%" for sign in words))
    ):
        raise AnswerUnfit(otherwise)
    return words


def _targets(value: str, one: ReadIndicator) -> dict[Period, Decimal | None]:
    """`2022-07=233; 2022-08=-`, of periods that the row has, each once. Raises AnswerUnfit."""
    example = f"{one.periods[0].code}=25"
    found: dict[Period, Decimal | None] = {}
    for part in value.split(";"):
        code, sign, number = (piece.strip() for piece in part.partition("="))
        try:
            period = Period.parse(code)
        except ValueError as wrong:
            raise AnswerUnfit(f"Tulis periode dan targetnya, misalnya {example}.") from wrong
        if not sign or period in found or period not in one.periods:
            raise AnswerUnfit(f"Periode yang ada: {period_names(one.periods)}, masing-masing satu kali.")
        found[period] = _number(number)
    return found


def _with_targets(one: ReadIndicator, decided: Mapping[Period, Decimal | None]) -> ReadIndicator:
    kept = {period: number for period, number in one.targets.items() if period not in decided}
    new = {period: number for period, number in decided.items() if number is not None}
    whole = dict(sorted({**kept, **new}.items()))
    return replace(one, targets=whole, likely=whole)


def _number(value: str) -> Decimal | None:
    if value == NO_TARGET:
        return None
    try:
        number = Decimal(value)
    except InvalidOperation as wrong:
        raise AnswerUnfit("Tulis satu angka, misalnya 2800; tanda - berarti tanpa target.") from wrong
    if not number.is_finite() or number < 0 or is_too_large(number) or is_too_fine(number):
        raise AnswerUnfit("Angka itu tidak dapat menjadi target, mohon periksa lagi.")
    return tidy(number)
