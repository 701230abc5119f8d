"""Reading an office workbook: the xlsx file that `renaksi load` takes and `renaksi template` writes.

The sheets and their columns are those of `workbook_layout`. Either everything can be taken, or every complaint is
told at once, each with its sheet and cell.
"""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.documents.answers_in_cells import answer_in_form, form_of
from bot.documents.workbook_budget import read_budget, read_spending
from bot.documents.workbook_cells import Complaints, Row, complain_if_twice, read_tables, shortened
from bot.documents.workbook_file import WorkbookRefused
from bot.documents.workbook_indicators import read_indicators
from bot.documents.workbook_layout import ABOUTS, SAMPLES, Sheet
from bot.documents.workbook_office import (
    OfficeFacts,
    Titles,
    read_days_off,
    read_office,
    read_people,
    read_posts,
    read_titles,
)
from bot.documents.workbook_openings import read_openings
from bot.documents.workbook_renstra import read_renstra
from bot.documents.workbook_services import read_services
from bot.documents.workbook_signers import read_signers
from bot.documents.workbook_to_answer import read_to_answer
from domain.plan import (
    About,
    Complaint,
    GivenAnswer,
    IndicatorRow,
    OfficePlan,
    OpenQuestion,
    PastReport,
)

_NEVER = date.min
"""Stands in for a date that was complained about; such a plan is never handed out."""


def read_workbook(path: Path) -> OfficePlan | tuple[Complaint, ...]:
    """The plan that a workbook states, or everything that is wrong with it.

    Modes that are left blank are inferred (domain.md 2.2); what the rule cannot decide, blank posts and names, lost
    targets and negative-sounding names become open questions unless the sheet `Pertanyaan` asks them already.
    """
    complaints = Complaints()
    try:
        tables = read_tables(path, complaints)
    except WorkbookRefused as refusal:
        return (Complaint(path.name, str(refusal)),)
    plan = _plan(tables, complaints)
    return tuple(complaints) or plan


def _plan(tables: dict[Sheet, list[Row]], complaints: Complaints) -> OfficePlan:
    office = read_office(tables[Sheet.OFFICE], complaints)
    titles = read_titles(tables[Sheet.POSTS])
    posts = read_posts(tables[Sheet.POSTS], titles, complaints)
    indicators, raised = read_indicators(tables[Sheet.INDICATORS], office.year, titles, complaints)
    services, ownerless = read_services(tables[Sheet.SERVICES], titles, indicators)
    by_code = {indicator.code: indicator for indicator in (*indicators, *services)}
    marked, answered = read_to_answer(tables[Sheet.TO_ANSWER], by_code, titles, office.year)
    asked = (*_read_questions(tables[Sheet.QUESTIONS], by_code, titles, office), *marked)
    questions = (*asked, *_not_asked_yet((*raised, *ownerless), asked))
    budget = read_budget(tables[Sheet.BUDGET], titles, posts)
    return OfficePlan(
        office=office.name,
        kabupaten=office.kabupaten,
        year=office.year,
        zone=office.zone,
        posts=posts,
        people=read_people(tables[Sheet.PEOPLE], titles),
        indicators=(*indicators, *services),
        questions=questions,
        answers=(*_read_answers(tables[Sheet.ANSWERS], by_code, questions, titles, office), *answered),
        reports=_read_reports(tables[Sheet.REPORTS], by_code, office),
        document=office.document,
        reason=office.reason,
        workdays=office.workdays,
        own_days=read_days_off(tables[Sheet.DAYS_OFF], office.own_days),
        renstra=read_renstra(tables[Sheet.RENSTRA], {indicator.code for indicator in indicators}),
        signers=read_signers(tables[Sheet.SIGNERS]),
        budget=budget,
        spending=read_spending(tables[Sheet.SPENDING], budget, office),
        only_plan=office.only_plan,
        begins=office.begins,
        openings=read_openings(tables[Sheet.OPENINGS], by_code, office.year, office.begins),
    )


def _not_asked_yet(raised: Sequence[OpenQuestion], asked: Sequence[OpenQuestion]) -> tuple[OpenQuestion, ...]:
    known = {(question.indicator, question.about) for question in asked}
    return tuple(question for question in raised if (question.indicator, question.about) not in known)


def _code(row: Row, by_code: dict[str, IndicatorRow]) -> str:
    code = row.line("Kode", required=True)
    if code and code not in by_code:
        row.complain(
            "Kode", f'Kode "{shortened(code)}" tidak ada di lembar Indikator dan Layanan, mohon periksa ejaannya.'
        )
    return code


# --- Pertanyaan -------------------------------------------------------------------------------------------------


def _read_questions(
    rows: Sequence[Row], by_code: dict[str, IndicatorRow], titles: Titles, office: OfficeFacts
) -> tuple[OpenQuestion, ...]:
    seen: dict[object, Row] = {}
    questions = tuple(_question(row, by_code, titles, office) for row in rows)
    for row, question in zip(rows, questions, strict=True):
        complain_if_twice(row, "Perihal", (question.indicator, question.about), seen)
    return questions


def _question(row: Row, by_code: dict[str, IndicatorRow], titles: Titles, office: OfficeFacts) -> OpenQuestion:
    about = row.choice("Perihal", ABOUTS, About.MODE, required=True)
    options = [option.strip() for option in row.paragraph("Pilihan").splitlines() if option.strip()]
    return OpenQuestion(
        indicator=_code(row, by_code),
        about=about,
        text=row.paragraph("Pertanyaan", required=True),
        proposal=_answer(row, "Usulan", about, row.paragraph("Usulan"), titles, office),
        options=tuple(_answer(row, "Pilihan", about, option, titles, office) for option in options),
        place=row.line("Tempat") or row.place,
    )


def _answer(row: Row, header: str, about: About, written: str, titles: Titles, office: OfficeFacts) -> str:
    """An answer in the form of its `About`; blank stays blank, and what does not fit is complained about."""
    if not written:
        return ""
    answer = answer_in_form(about, written, titles, office.year)
    if answer is None:
        row.complain(header, f'"{shortened(written)}" tidak sesuai, mohon isi dengan {form_of(about, office.year)}.')
    return answer or ""


# --- Jawaban ----------------------------------------------------------------------------------------------------


def _read_answers(
    rows: Sequence[Row],
    by_code: dict[str, IndicatorRow],
    questions: Sequence[OpenQuestion],
    titles: Titles,
    office: OfficeFacts,
) -> tuple[GivenAnswer, ...]:
    seen: dict[object, Row] = {}
    asked = {(question.indicator, question.about) for question in questions}
    answers = tuple(_given(row, by_code, titles, office) for row in rows)
    for row, answer in zip(rows, answers, strict=True):
        key = (answer.indicator, answer.about)
        complain_if_twice(row, "Perihal", key, seen)
        if answer.indicator in by_code and key not in asked:
            text = "Tidak ada pertanyaan terbuka tentang hal ini, mohon hapus baris ini atau tambahkan pertanyaannya."
            row.complain("Perihal", text)
    return answers


def _given(row: Row, by_code: dict[str, IndicatorRow], titles: Titles, office: OfficeFacts) -> GivenAnswer:
    about = row.choice("Perihal", ABOUTS, About.MODE, required=True)
    written = row.paragraph("Jawaban", required=True)
    return GivenAnswer(
        indicator=_code(row, by_code),
        about=about,
        value=_answer(row, "Jawaban", about, written, titles, office),
        by=row.line("Oleh", required=True),
        on=row.day("Tanggal", required=True) or _NEVER,
        reason=row.paragraph("Alasan"),
        sample=row.choice("Tanda", SAMPLES, default=False),
        place=row.place,
    )


# --- Realisasi --------------------------------------------------------------------------------------------------


def _read_reports(rows: Sequence[Row], by_code: dict[str, IndicatorRow], office: OfficeFacts) -> tuple[PastReport, ...]:
    seen: dict[object, Row] = {}
    reports: list[PastReport] = []
    for row in rows:
        report = _report(row, by_code, office)
        if report is not None:
            complain_if_twice(row, "Periode", (report.indicator, report.period), seen)
            reports.append(report)
    return tuple(reports)


def _report(row: Row, by_code: dict[str, IndicatorRow], office: OfficeFacts) -> PastReport | None:
    code = _code(row, by_code)
    period = row.period("Periode", office.year)
    value = row.number("Nilai", required=True)
    reported_at = row.moment("Dilaporkan", required=True)
    note = row.paragraph("Catatan")
    sample = row.choice("Tanda", SAMPLES, default=False)
    if code in by_code and by_code[code].context:
        row.complain("Kode", "Indikator ini hanya konteks dan tidak dilaporkan, mohon hapus baris ini.")
    if period is None or value is None or reported_at is None:
        return None
    at = reported_at.replace(tzinfo=ZoneInfo(office.zone))
    return PastReport(code, period, value, at, note, sample, row.place)
