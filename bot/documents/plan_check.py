"""What `renaksi check` says about a plan file of an office's own: what was read, what must be asked, what was passed.

The JSON form is that of design.md 6, as for an office workbook (`check_report`).
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from bot.documents.numbers_in_cells import tidy
from bot.documents.plan_reading.judged.understood import PlanReading, ReadIndicator
from bot.documents.plan_reading.source import Place, PlanRefused
from domain.plan import Complaint, OpenQuestion
from domain.units import normal_unit
from handlers.texts.questions import shown


@dataclass(frozen=True)
class PlanCheck:
    """The result of a check: a reading, or the errors for which nothing can be read."""

    file: str
    reading: PlanReading | None = None
    errors: tuple[Complaint, ...] = ()

    def as_json(self) -> str:
        """The `--json` form."""
        return json.dumps(self._fields(), ensure_ascii=False, indent=2)

    def _fields(self) -> dict[str, Any]:
        reading = self.reading
        return {
            "file": self.file,
            "office": reading and reading.office,
            "year": reading and reading.year,
            "indicators": [_indicator_fields(one, reading.asked) for one in _listed(reading)] if reading else [],
            "questions": [_question_fields(one, reading) for one in reading.questions] if reading else [],
            "errors": [{"place": None, "text": error.text} for error in self.errors],
            "ignored": _ignored(reading) if reading else [],
            "services": [],
            "budget": None,
        }

    def as_text(self) -> str:
        """The same for people, in Indonesian."""
        return "\n".join(_errors(self) if self.reading is None else _sentences(self.reading))


def checked(path: Path) -> PlanCheck:
    """Check a plan file. Never raises for what it contains: that is told in `errors`."""
    from bot.documents.plan_reading.read_file import read_plan_file

    try:
        return PlanCheck(path.name, read_plan_file(path))
    except PlanRefused as refused:
        return PlanCheck(path.name, errors=(Complaint(path.name, str(refused)),))


def _listed(reading: PlanReading) -> tuple[ReadIndicator, ...]:
    """What is reported, and rows for orientation about which something is asked."""
    return tuple(one for one in reading.indicators if not one.is_context or one.code in reading.asked)


# --- JSON -------------------------------------------------------------------------------------------------------


def _indicator_fields(one: ReadIndicator, asked: frozenset[str]) -> dict[str, Any]:
    annual = one.annual if one.annual is not None or not one.is_yearly else one.targets.get(one.periods[0])
    targets = {period: one.targets.get(period) for period in one.periods}
    if one.is_yearly:
        targets = dict.fromkeys(one.periods, annual)
    return {
        "indicator": one.name,
        "unit": normal_unit(one.unit),
        "level": one.level.value,
        "path": dict(one.path),
        "code": one.code,
        "post": one.post,
        "mode": None if one.mode is None else one.mode.value,
        "confidence": one.confidence.value,
        "annual_target": _decimal(annual),
        "targets": {period.code: _decimal(value) for period, value in targets.items()},
        "budget": _decimal(one.budget),
        "place": one.place.as_json(),
        "status": "ask" if one.code in asked else "ok",
    }


def _question_fields(question: OpenQuestion, reading: PlanReading) -> dict[str, Any]:
    one = reading.by_code[question.indicator]
    return {
        "place": one.place.as_json(),
        "indicator": question.indicator,
        "about": question.about.value,
        "text": naming(question, one),
        "proposal": question.proposal or None,
        "options": list(question.options),
    }


def _decimal(value: Decimal | None) -> str | None:
    return None if value is None else f"{tidy(value):f}"


def _ignored(reading: PlanReading) -> list[dict[str, Any]]:
    passed = [(place, why) for place, why in reading.ignored]
    listed = {one.code for one in _listed(reading)}
    context = [(one.place, why_context(one)) for one in reading.indicators if one.code not in listed]
    return [{"place": place.as_json(), "why": why} for place, why in (*passed, *context)]


# --- for people -------------------------------------------------------------------------------------------------


def naming(question: OpenQuestion, one: ReadIndicator) -> str:
    """A question with the indicator it is about, since a list shows it alone."""
    return f"{one.name or _unnamed(one)}: {question.text}"


def _unnamed(one: ReadIndicator) -> str:
    return f"Indikator tanpa nama di {one.place.words()}"


def why_context(one: ReadIndicator) -> str:
    """Why a row is not reported, in Indonesian."""
    shown = one.name or one.path.get(one.level) or one.code
    return f"Hanya konteks, tidak dilaporkan: {shown}"


def _errors(check: PlanCheck) -> list[str]:
    return [f"{check.file} tidak dapat dibaca.", *(f"- {error.text}" for error in check.errors)]


def _sentences(reading: PlanReading) -> list[str]:
    asked = sum(one.code in reading.asked for one in reading.reported)
    questions = reading.questions
    return [
        f"{reading.file}: {_head(reading)}.",
        f"{len(reading.reported)} indikator terbaca, {asked} perlu dijawab.",
        *_passed(reading),
        *([f"{len(questions)} pertanyaan:"] if questions else ["Tidak ada pertanyaan."]),
        *(f"- {naming(question, reading.by_code[question.indicator])}{_proposed(question)}" for question in questions),
    ]


def _proposed(question: OpenQuestion) -> str:
    return f" Usulan: {shown(question.about, question.proposal)}." if question.proposal else ""


def _head(reading: PlanReading) -> str:
    office = f"Kecamatan {reading.office}" if reading.office else "nama kecamatan tidak tercetak"
    year = f"tahun {reading.year}" if reading.year else "tahun tidak tercetak"
    return f"{office}, {year}"


def _passed(reading: PlanReading) -> Sequence[str]:
    context = sum(one.is_context for one in reading.indicators)
    orientation = [f"{context} baris hanya konteks dan tidak dilaporkan."] if context else []
    if not reading.ignored:
        return orientation
    return [*orientation, "Dilewati:", *(f"- {_where(place)}{why}" for place, why in reading.ignored)]


def _where(place: Place) -> str:
    return f"{place.words()}: "
