"""Builds the five office workbooks in this folder from the truth files of the scanned plans.

    python -m samples.build FOLDER

FOLDER holds `<kecamatan>-<tahun>.truth.json`. The figures come from there, everything invented from `choices/`; the
checked-in workbooks and `tests/samples/printed/*.json` are the product, so nobody needs FOLDER to use them.
"""

import json
import sys
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.documents.workbook_template import write_workbook
from domain.modes import Confidence, Mode, YearRule
from domain.periods import Period
from domain.plan import (
    BLOCKING,
    About,
    GivenAnswer,
    IndicatorRow,
    OfficePlan,
    OpenQuestion,
    PastReport,
    PersonRow,
    PostRow,
    SignerRow,
)
from domain.units import UnitGroup, unit_group
from samples.budget import budget_rows, spending
from samples.choices import Choices, ReportChoice, expand, load_choices
from samples.overview import rewrite_tables
from samples.questions import (
    RowDoubts,
    inferred,
    mode_is_open,
    none_is_lost,
    questions_of,
    read_targets,
    targets_are_settled,
)
from samples.renstra import renstra_rows
from samples.services import service_reports, service_rows
from samples.truth import Truth, TruthRow, load_truth

HERE = Path(__file__).parent
PRINTED = HERE.parent / "tests" / "samples" / "printed"
PLANS = ("kubutambahan-2022", "gumelar-2022", "kemangkon-2022", "randuagung-2024", "sidayu-2020")

_CHOSEN_POST = "Jabatan dipilih untuk contoh ini menurut programnya; dokumen tidak menyebutnya."
_REASONS = {
    About.NAME: "Dilengkapi dari dokumen cetak.",
    About.OWNER: "Sesuai tugas jabatan dalam susunan organisasi kantor.",
    About.TARGETS: "Dicocokkan dengan dokumen cetak.",
}
_CLOSING = "Bulan yang hilang mengikuti bulan lainnya; jumlahnya sama dengan target setahun."
_REACHED = "Target setahun sudah habis terbagi pada bulan yang tercetak; bulan yang hilang tanpa target."
_MODE_REASONS = {
    Mode.SUM: "Tiap periode dicatat tambahannya saja; setahun dijumlahkan.",
    Mode.CUM: "Angkanya posisi sampai dengan periode itu.",
    Mode.LEVEL: "Hal yang sama di setiap periode, tidak dijumlahkan.",
    Mode.SINGLE: "Hanya sekali dalam setahun.",
}


def main(arguments: list[str]) -> int:
    """Write every workbook, digest and the tables of the README. Returns the exit code."""
    if len(arguments) != 1 or not Path(arguments[0]).is_dir():
        sys.stderr.write(f"{__doc__}\n")
        return 2
    plans: dict[str, tuple[OfficePlan, Choices]] = {}
    for name in PLANS:
        truth, choices = load_truth(Path(arguments[0]) / f"{name}.truth.json"), load_choices(name)
        plans[name] = (build_plan(truth, choices), choices)
        write_workbook(plans[name][0], HERE / f"{name}.xlsx")
        (PRINTED / f"{name}.json").write_text(digest(truth, choices), encoding="utf-8")
    readme = HERE / "README.md"
    readme.write_text(rewrite_tables(readme.read_text(encoding="utf-8"), plans), encoding="utf-8")
    return 0


def build_plan(truth: Truth, choices: Choices) -> OfficePlan:
    """The office workbook of one plan as a value."""
    rows = [RowDoubts(row, choices, truth.periods) for row in truth.rows if row.repeats is None]
    questions = [(row, question) for row in rows for question in questions_of(row)]
    answers = tuple(answer for row, question in questions if (answer := _answer(row, question)))
    indicators = tuple(_indicator(row) for row in rows)
    return OfficePlan(
        office=truth.office,
        kabupaten=choices.kabupaten or truth.kabupaten,
        year=truth.year,
        zone=choices.zone,
        posts=tuple(_posts(choices)),
        people=tuple(_people(choices, truth.year)),
        indicators=(*indicators, *service_rows(truth, choices)),
        questions=tuple(question for _, question in questions),
        answers=answers,
        reports=(*_reports(rows, truth, answers), *service_reports(truth, choices)),
        document=choices.document,
        renstra=tuple(renstra_rows(truth, choices)),
        signers=_signers(choices),
        budget=tuple(budget_rows(truth, choices)),
        spending=tuple(spending(truth, choices)),
    )


def _posts(choices: Choices) -> Iterator[PostRow]:
    for post in choices.posts:
        yield PostRow(post.title, post.role, post.superior, post.section, post.admin)


def _people(choices: Choices, year: int) -> Iterator[PersonRow]:
    for post in choices.posts:
        phone = f"+628120000{post.phone}"
        yield PersonRow(post.person, post.title, post.salutation, phone, since=date(year, 1, 1))


def _signers(choices: Choices) -> tuple[SignerRow, ...]:
    """Who signs by their posts; the names are written when a form is signed."""
    return (SignerRow("Disusun oleh", choices.admin.title), SignerRow("Mengetahui", choices.posts[0].title))


# --- indicators -------------------------------------------------------------------------------------------------


def _indicator(doubts: RowDoubts) -> IndicatorRow:
    row, choices = doubts.row, doubts.choices
    reading = inferred(doubts)
    is_open = row.is_context or mode_is_open(doubts)
    low, high = _bounds(row)
    return IndicatorRow(
        code=choices.code(row.number),
        name=row.name,
        unit=row.unit,
        level=row.level,
        path=row.path,
        post=_post(doubts),
        rhythm=row.rhythm,
        targets=doubts.certain,
        annual_target=row.annual,
        mode=None if is_open else reading.mode,
        confidence=Confidence.ASK if is_open else reading.confidence,
        year_rule=choices.year_rules.get(row.number, YearRule.LAST),
        ratio=row.number in expand(choices.ratio),
        low=low,
        high=high,
        budget=row.budget,
        note=row.ket or ("" if row.owner or doubts.owner_is_open else _CHOSEN_POST),
        context=row.is_context,
    )


def _post(doubts: RowDoubts) -> str | None:
    if doubts.owner_is_open and not doubts.row.is_context:
        return None
    return doubts.row.owner or doubts.choices.owner_of(doubts.number)


def _bounds(row: TruthRow) -> tuple[Decimal, Decimal | None]:
    """The least and greatest value that make sense: 0 to 100 for percentages, 0 to 100 or 5 for an index."""
    printed = [value for value in (*row.cells, row.annual) if value is not None]
    match unit_group(row.unit, row.name or ""):
        case UnitGroup.PCT:
            return Decimal(0), Decimal(100)
        case UnitGroup.INDEX:
            return Decimal(0), Decimal(5 if printed and max(printed) <= 5 else 100)
        case _:
            return Decimal(0), None


# --- answers ----------------------------------------------------------------------------------------------------


def _answer(doubts: RowDoubts, question: OpenQuestion) -> GivenAnswer | None:
    """What the invented admin decided, None where the question stays open."""
    choices, about = doubts.choices, question.about
    if f"{doubts.number} {about.value}" in choices.open:
        return None
    decision = choices.decision_on(doubts.number, about)
    if decision is None and about is About.TARGETS and not targets_are_settled(doubts):
        return None
    value = decision.value if decision and decision.value else question.proposal
    if not value:
        return None
    reason = decision.reason if decision else _reason(doubts, about, value)
    by = f"{choices.admin.salutation} {choices.admin.person}, {choices.admin.title}"
    return GivenAnswer(question.indicator, about, value, by, choices.answered_on, reason, sample=True)


def _reason(doubts: RowDoubts, about: About, value: str) -> str:
    if about is About.MODE:
        return _MODE_REASONS[Mode(value)]
    if about is About.TARGETS and doubts.lost:
        return _REACHED if none_is_lost(doubts) else _CLOSING
    return _REASONS[about]


# --- realisations -----------------------------------------------------------------------------------------------


def _reports(rows: list[RowDoubts], truth: Truth, answers: tuple[GivenAnswer, ...]) -> Iterator[PastReport]:
    given = {(answer.indicator, answer.about): answer for answer in answers}
    for place, doubts in enumerate(rows):
        if _is_blocked(doubts, given):
            continue
        told = {report.period: report for report in doubts.choices.reports if report.row == doubts.number}
        for period in truth.periods:
            report = told.get(period.number) or _as_planned(doubts, period, given)
            if report:
                yield _report(doubts, period, report, place)


def _is_blocked(doubts: RowDoubts, given: dict[tuple[str, About], GivenAnswer]) -> bool:
    asked = (question for question in questions_of(doubts) if question.about in BLOCKING)
    return doubts.row.is_context or any((question.indicator, question.about) not in given for question in asked)


def _as_planned(doubts: RowDoubts, period: Period, given: dict[tuple[str, About], GivenAnswer]) -> ReportChoice | None:
    if period.number not in doubts.choices.as_planned:
        return None
    if f"{doubts.number}-{period.number:02}" in doubts.choices.missing:
        return None
    answer = given.get((doubts.choices.code(doubts.number), About.TARGETS))
    targets = dict(doubts.certain) | (read_targets(answer.value) if answer else {})
    return ReportChoice(doubts.number, period.number, str(targets[period])) if period in targets else None


def _report(doubts: RowDoubts, period: Period, report: ReportChoice, place: int) -> PastReport:
    day = report.on or doubts.choices.as_planned[period.number]
    minutes = timedelta(minutes=5 * place % 360)  # one after the other within office hours
    sent = datetime.combine(day, time(8, 30), ZoneInfo(doubts.choices.zone)) + minutes
    code = doubts.choices.code(doubts.number)
    return PastReport(code, period, Decimal(report.value), sent, report.note, sample=True)


# --- the digest for the tests -----------------------------------------------------------------------------------


def digest(truth: Truth, choices: Choices) -> str:
    """The printed figures of a plan as JSON, one indicator a line; decimals as strings, lost and blank cells left out.

    `doubtful` marks rows whose cells a workbook must not take as facts, `repeats` a row printed again.
    """
    lines = (_digest_row(RowDoubts(row, choices, truth.periods)) for row in truth.rows)
    return "[\n" + ",\n".join(json.dumps(line, ensure_ascii=False) for line in lines) + "\n]\n"


def _digest_row(doubts: RowDoubts) -> dict[str, object]:
    row = doubts.row
    cells = {period.code: str(value) for period, value in doubts.printed.items()}
    return {
        "id": row.number,
        "name": row.name,
        "unit": row.unit,
        "owner": row.owner,
        "annual": None if row.annual is None else str(row.annual),
        "targets": cells,
        "budget": None if row.budget is None else str(row.budget),
        "flags": sorted(row.flags),
        "repeats": row.repeats,
    }


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
