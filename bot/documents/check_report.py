"""What `renaksi check` says about a file: what it understood, what it must ask, what is wrong, what it passed over.

Nothing is changed by checking. The JSON form is a contract with scripts (design.md 6): decimals are strings, periods
are codes such as `2022-01`, `2022-TW1` or `2022`.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from bot.documents import budget_check
from bot.documents.budget_check import CheckedBudget, checked_budget
from bot.documents.numbers_in_cells import tidy
from bot.documents.office_workbook import read_workbook
from bot.documents.plan_check import PlanCheck, checked
from bot.documents.plan_files import is_office_workbook
from bot.documents.workbook_layout import NO_TARGET
from domain.modes import Confidence, Mode, Polarity, Rhythm
from domain.periods import Period, PeriodKind, periods_of_year
from domain.plan import (
    BLOCKING,
    SERVICES,
    About,
    Complaint,
    GivenAnswer,
    IndicatorRow,
    OfficePlan,
    OpenQuestion,
    Repeat,
)

_PLACE = re.compile(r"(?P<sheet>[^!]+)(?:!(?P<column>[A-Z]*)(?P<row>\d+))?")


@dataclass(frozen=True)
class CheckedIndicator:
    """An indicator as it would be loaded, the answers of the workbook applied.

    `targets` has every period of the plan's rhythm, None where there is none or where it is doubtful. `asks` is True
    while a question keeps reports from being accepted.
    """

    row: IndicatorRow
    targets: Mapping[Period, Decimal | None]
    asks: bool


@dataclass(frozen=True)
class CheckReport:
    """The result of a check. With `errors` nothing would be loaded, and everything but `file` is empty."""

    file: str
    office: str | None = None
    year: int | None = None
    indicators: tuple[CheckedIndicator, ...] = ()
    questions: tuple[OpenQuestion, ...] = ()
    """Those that no answer of the workbook settles."""
    errors: tuple[Complaint, ...] = ()
    ignored: tuple[IndicatorRow, ...] = ()
    """Rows printed for orientation: shown, never asked."""
    services: tuple[CheckedIndicator, ...] = ()
    """What is counted every month without a target."""
    budget: CheckedBudget | None = None
    """None where the workbook has none."""

    @property
    def asked(self) -> tuple[CheckedIndicator, ...]:
        """Everything that is reported."""
        return (*self.indicators, *self.services)

    def as_json(self) -> str:
        """The `--json` form."""
        return json.dumps(_fields(self), ensure_ascii=False, indent=2)

    def as_text(self) -> str:
        """The same for people, in Indonesian."""
        return "\n".join(_sentences(self))


def report(path: Path) -> CheckReport | PlanCheck:
    """Check an office workbook, or the plan that an office already has in any other file.

    Never raises for what the file contains: that is told in `errors`.
    """
    return workbook_report(path) if is_office_workbook(path) else checked(path)


def workbook_report(path: Path) -> CheckReport:
    """Check an office workbook."""
    read = read_workbook(path)
    if isinstance(read, tuple):
        return CheckReport(path.name, errors=read)
    answered = {(answer.indicator, answer.about) for answer in read.answers}
    still_open = tuple(question for question in read.questions if (question.indicator, question.about) not in answered)
    reported = tuple(_checked(row, read, still_open) for row in read.indicators if not row.context)
    return CheckReport(
        file=path.name,
        office=read.office,
        year=read.year,
        indicators=tuple(one for one in reported if not one.row.service),
        questions=still_open,
        ignored=tuple(row for row in read.indicators if row.context),
        services=tuple(one for one in reported if one.row.service),
        budget=checked_budget(read),
    )


def _checked(row: IndicatorRow, plan: OfficePlan, still_open: Sequence[OpenQuestion]) -> CheckedIndicator:
    settled = row
    for answer in plan.answers:
        if answer.indicator == row.code:
            settled = _settled(settled, answer)
    asked = {question.about for question in still_open if question.indicator == row.code}
    periods = _periods(settled, plan.year, doubtful=About.TARGETS in asked)
    return CheckedIndicator(
        row=settled,
        targets={period: settled.targets.get(period) for period in periods},
        asks=bool(asked & BLOCKING),
    )


def _settled(row: IndicatorRow, answer: GivenAnswer) -> IndicatorRow:
    """The indicator once the answer is applied."""
    match answer.about:
        case About.MODE:
            return replace(row, mode=Mode(answer.value), confidence=Confidence.HIGH)
        case About.OWNER:
            return replace(row, post=answer.value)
        case About.NAME:
            return replace(row, name=answer.value)
        case About.DIRECTION:
            return replace(row, polarity=Polarity(answer.value))
        case About.TARGETS:
            return replace(row, targets=_with_answered_targets(row.targets, answer.value))
        case About.UNIT:
            return replace(row, unit=None if answer.value == NO_TARGET else answer.value)
        case About.ANNUAL:
            return replace(row, annual_target=None if answer.value == NO_TARGET else Decimal(answer.value))
        case About.REPEATED:
            return replace(row, context=row.context or answer.value == Repeat.SAME)


def _with_answered_targets(targets: Mapping[Period, Decimal], value: str) -> Mapping[Period, Decimal]:
    """Targets with those of an answer such as `2022-07=233; 2022-08=-`, whose form the reader has checked."""
    changed = dict(targets)
    for part in value.split(";"):
        code, _, number = (piece.strip() for piece in part.partition("="))
        changed.pop(Period.parse(code), None)
        if number != "-":
            changed[Period.parse(code)] = Decimal(number)
    return changed


def _periods(row: IndicatorRow, year: int, *, doubtful: bool) -> tuple[Period, ...]:
    kinds = {period.kind for period in row.targets}
    if not kinds and not doubtful:
        return ()
    usual = PeriodKind.MONTH if row.rhythm is Rhythm.MONTHLY else PeriodKind.QUARTER
    return periods_of_year(year, min(kinds, default=usual))


# --- JSON -------------------------------------------------------------------------------------------------------


def _fields(checked: CheckReport) -> dict[str, Any]:
    places = {item.row.code: item.row.place for item in checked.asked}
    names = {item.row.code: item.row.name for item in checked.asked}
    return {
        "file": checked.file,
        "office": checked.office,
        "year": checked.year,
        "indicators": [_indicator_fields(item) for item in checked.indicators],
        "questions": [
            {
                "place": _place(question.place) or _place(places.get(question.indicator, "")),
                "indicator": question.indicator,
                "about": question.about.value,
                "text": _naming(question, names.get(question.indicator)),
                "proposal": question.proposal or None,
            }
            for question in checked.questions
        ],
        "errors": [{"place": _place(error.place), "text": error.text} for error in checked.errors],
        "ignored": [{"place": _place(row.place), "why": _why_ignored(row)} for row in checked.ignored],
        "services": [_service_fields(item) for item in checked.services],
        "budget": None if checked.budget is None else _budget_fields(checked.budget),
    }


def _indicator_fields(item: CheckedIndicator) -> dict[str, Any]:
    row = item.row
    return {
        "indicator": row.name,
        "unit": row.unit,
        "level": row.level.value,
        "path": dict(row.path),
        "code": row.code,
        "post": row.post,
        "mode": None if row.mode is None else row.mode.value,
        "confidence": row.confidence.value,
        "annual_target": _decimal(row.annual_target),
        "targets": {period.code: _decimal(value) for period, value in item.targets.items()},
        "budget": _decimal(row.budget),
        "place": _place(row.place),
        "status": "ask" if item.asks else "ok",
    }


def _service_fields(item: CheckedIndicator) -> dict[str, Any]:
    row = item.row
    return {
        "service": row.name,
        "unit": row.unit,
        "group": row.path.get(SERVICES),
        "code": row.code,
        "post": row.post,
        "place": _place(row.place),
        "status": "ask" if item.asks else "ok",
    }


def _budget_fields(budget: CheckedBudget) -> dict[str, Any]:
    return {
        "lines": budget.lines,
        "reported": budget.reported,
        "total": _decimal(budget.total),
        "reporters": dict(budget.reporters),
        "default_reporter": budget.default_reporter,
        "spending": budget.spending,
        "notes": [{"place": _place(note.place), "text": note.text} for note in budget.notes],
    }


def _decimal(value: Decimal | None) -> str | None:
    return None if value is None else f"{tidy(value):f}"


def _place(place: str) -> dict[str, Any] | None:
    """`Indikator!F12` in parts; None for a place that is no sheet of the workbook."""
    match = _PLACE.fullmatch(place)
    if match is None:
        return None
    row, column = match["row"], match["column"]
    parts: dict[str, Any] = {"sheet": match["sheet"], "row": int(row) if row else None, "table": None}
    return {**parts, "cell": f"{column}{row}"} if column else parts


def _naming(question: OpenQuestion, name: str | None) -> str:
    """A question with the indicator it is about, since a list shows it alone."""
    subject = f"{question.indicator}, {name}" if name else question.indicator
    return f"{subject}: {question.text}"


def _why_ignored(row: IndicatorRow) -> str:
    return f"Hanya konteks, tidak dilaporkan: {row.name or row.code}"


# --- for people -------------------------------------------------------------------------------------------------


def _sentences(checked: CheckReport) -> list[str]:
    if checked.errors:
        head = f"{checked.file}: {len(checked.errors)} hal perlu diperbaiki, belum ada yang dapat dimuat."
        return [head, *(f"- {error.place}: {error.text}" for error in checked.errors)]
    names = {item.row.code: item.row.name for item in checked.asked}
    ready = sum(not item.asks for item in checked.indicators)
    return [
        f"{checked.file}: Kecamatan {checked.office}, tahun {checked.year}.",
        f"{len(checked.indicators)} indikator terbaca, {ready} siap dilaporkan.",
        *([f"{len(checked.services)} layanan dihitung tiap bulan, tanpa target."] if checked.services else []),
        *(budget_check.sentences(checked.budget) if checked.budget else []),
        *([f"{len(checked.ignored)} baris hanya konteks dan tidak dilaporkan."] if checked.ignored else []),
        *(
            [f"{len(checked.questions)} pertanyaan menunggu jawaban:"]
            if checked.questions
            else ["Tidak ada pertanyaan."]
        ),
        *(f"- {_naming(question, names.get(question.indicator))}" for question in checked.questions),
    ]
