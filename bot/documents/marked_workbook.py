"""What was read of a plan, as the office workbook that can be corrected and sent back: doubtful cells are coloured, and
the sheet `Perlu dijawab` asks for what they leave open."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from bot.documents.workbook_layout import (
    ABOUTS,
    DIRECTIONS,
    MODES_IN_CELLS,
    MONTHS,
    QUARTERS,
    REPEATS,
)
from bot.documents.workbook_template import Line, Marks, workbook_bytes
from bot.documents.workbook_to_answer import as_it_stands
from domain.modes import Mode, Polarity, Rhythm
from domain.periods import Period, PeriodKind
from domain.plan import About, IndicatorRow, OfficePlan, OpenQuestion, Repeat
from domain.plan_review import ALL_SAME, Answers, in_order, still_open

_HEADERS = {
    About.MODE: "Cara hitung",
    About.OWNER: "Jabatan",
    About.NAME: "Indikator",
    About.DIRECTION: "Arah",
    About.UNIT: "Satuan",
    About.ANNUAL: "Target tahunan",
    About.REPEATED: "Kode",
}
"""The column of `Indikator` that a question is about, where it is one."""


def write_marked(plan: OfficePlan, path: Path, answers: Answers) -> None:
    """Write the workbook to a file, replacing what is there. Raises OSError where it cannot be written."""
    path.write_bytes(marked_bytes(plan, answers))


def marked_bytes(plan: OfficePlan, answers: Answers) -> bytes:
    """The xlsx file of a plan that was read, with the answers that were given so far."""
    own = {(one.indicator, one.about): one.value for one in plan.answers}
    known = {**own, **answers}
    asked = in_order(plan.questions)
    rows = {row.code: row for row in plan.indicators}
    lines = [_line(number, one, rows, known) for number, one in enumerate(asked, 1)]
    marks = Marks(
        remarks=dict(_remarks(still_open(asked, known), asked, rows)),
        to_answer=lines,
        offered=[_offered(one) for one in asked],
    )
    return workbook_bytes(replace(plan, questions=(), answers=()), marks)


def _line(number: int, question: OpenQuestion, rows: Mapping[str, IndicatorRow], answers: Answers) -> Line:
    answer = answers.get((question.indicator, question.about), "")
    return {
        "No": str(number),
        "Indikator": rows[question.indicator].name or question.indicator,
        "Tempat": question.place,
        "Pertanyaan": question.text,
        "Terbaca": as_it_stands(question.about, rows[question.indicator]),
        "Usulan": _in_words(question.about, question.proposal),
        "Pilihan": "\n".join(_offered(question)) if question.options else None,
        "Jawaban": _in_words(question.about, answer),
        "Kode": question.indicator,
        "Perihal": ABOUTS.word(question.about),
    }


def _offered(question: OpenQuestion) -> list[str]:
    """What its drop-down offers: the answers to choose from, else what is proposed."""
    values = question.options or ((question.proposal,) if question.proposal else ())
    return [_in_words(question.about, value) for value in values if value != ALL_SAME]


def _in_words(about: About, value: str) -> str:
    """An answer as whoever fills in a workbook writes it."""
    match about:
        case About.MODE if value:
            return MODES_IN_CELLS[Mode(value)]
        case About.DIRECTION if value:
            return DIRECTIONS.word(Polarity(value))
        case About.REPEATED if value:
            return REPEATS.word(Repeat(value))
        case _:
            return value


# --- the doubtful cells -----------------------------------------------------------------------------------------------


def _remarks(
    open_ones: Sequence[OpenQuestion], asked: Sequence[OpenQuestion], rows: Mapping[str, IndicatorRow]
) -> Iterator[tuple[tuple[str, str], str]]:
    """By code and header; a cell about which two things are asked says both."""
    numbers = {(one.indicator, one.about): number for number, one in enumerate(asked, 1)}
    found: dict[tuple[str, str], list[str]] = {}
    for question in open_ones:
        for header in _cells(question, rows[question.indicator]):
            told = _remark(numbers[question.indicator, question.about], question)
            found.setdefault((question.indicator, header), []).append(told)
    for cell, told in found.items():
        yield cell, "\n\n".join(told)


def _remark(number: int, question: OpenQuestion) -> str:
    proposal = _in_words(question.about, question.proposal)
    proposed = f"\nUsulan: {proposal}" if proposal else ""
    return f"Pertanyaan {number}: {question.text}{proposed}\nJawab di lembar Perlu dijawab."


def _cells(question: OpenQuestion, row: IndicatorRow) -> tuple[str, ...]:
    """The columns of the cells that a question is about."""
    if question.about is not About.TARGETS:
        return (_HEADERS[question.about],)
    named = tuple(
        _header(Period.parse(part.partition("=")[0].strip())) for part in question.proposal.split(";") if part
    )
    if named:
        return named
    headers = MONTHS if row.rhythm is Rhythm.MONTHLY else QUARTERS
    filled = {_header(period) for period in row.targets}
    return tuple(header for header in headers if header not in filled) or headers


def _header(period: Period) -> str:
    return MONTHS[period.number - 1] if period.kind is PeriodKind.MONTH else QUARTERS[period.number - 1]
