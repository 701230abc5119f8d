"""Writing an office workbook: what `read_workbook` reads back as the same plan.

Made for people: help first, frozen headers, widths that fit, drop-downs for every closed choice. What a person typed
is never written as a formula, and a figure that a number cell would round is written as text. The same plan always
gives the same bytes.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from bot.documents.column_help import CELL_CHECKS, COLUMN_HELP
from bot.documents.numbers_in_cells import fits_number_cell, spelled
from bot.documents.workbook_appearance import (
    HEADER_SLACK,
    HEADING,
    folded_columns,
    lines_of,
    row_height,
    set_up_print,
)
from bot.documents.workbook_cells import column_letters
from bot.documents.workbook_help import HELP
from bot.documents.workbook_layout import (
    ABOUTS,
    ASKED,
    BUDGET_LEVELS,
    CAPACITIES,
    CHOSEN_MODES,
    COLUMNS,
    COUNTS_FOR,
    DEMANDS,
    DIRECTIONS,
    FLAGS,
    FORMER_SIGN,
    LEVELS,
    MONTHS,
    NO,
    NO_LIMIT,
    ONLY_PLAN,
    PATH_COLUMNS,
    QUARTERS,
    RENSTRA_FIGURES,
    RHYTHMS,
    ROLES,
    SAMPLES,
    YEAR_RULES,
    YES,
    ZONES,
    OfficeKey,
    Sheet,
)
from domain.evidence import Demand
from domain.modes import Confidence
from domain.periods import Period, PeriodKind
from domain.plan import (
    SERVICES,
    BudgetRow,
    GivenAnswer,
    IndicatorRow,
    OfficePlan,
    OpeningRow,
    OpenQuestion,
    PastReport,
    PastSpending,
    PersonRow,
    PostRow,
    RenstraRow,
    SignerRow,
)
from domain.zones import Zone

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

Value = str | int | Decimal | date | datetime | None
"""An `int` is a name and no amount: a year has no dots."""
Line = Mapping[str, Value]
"""One row by header; a header that is not named stays blank."""

_FORMULA_SIGNS = ("=", "+", "-", "@")
_TEXT_LIMIT = 32_767
"""Characters an Excel cell holds."""
_ROOM = 500
"""Rows with drop-downs below the last one written."""
_AS_TEXT = frozenset({"Kode", "Periode", "Posisi s/d", "Nomor telepon", "Jawaban", "Usulan", "NIP"})
"""Columns whose blank cells are text too: Excel would make a date of 2022-03 and a number of 0812."""

_FOLDED = {"level": 1, "hidden": True}
"""A column that is shut away under a plus sign."""

_CHOICES: Mapping[Sheet, Mapping[str, Iterable[str]]] = {
    Sheet.POSTS: {"Peran": ROLES, "Admin": FLAGS},
    Sheet.PEOPLE: {"Status": CAPACITIES},
    Sheet.INDICATORS: {
        "Jenjang": LEVELS,
        "Cara hitung": CHOSEN_MODES,
        "Nilai setahun": YEAR_RULES,
        "Arah": DIRECTIONS,
        "Ritme": RHYTHMS,
        "Rasio": FLAGS,
        "Konteks": FLAGS,
        "Bukti": DEMANDS,
    },
    Sheet.QUESTIONS: {"Perihal": ABOUTS},
    Sheet.ANSWERS: {"Perihal": ABOUTS, "Tanda": SAMPLES},
    Sheet.REPORTS: {"Tanda": SAMPLES},
    Sheet.OPENINGS: {"Berlaku": COUNTS_FOR},
    Sheet.BUDGET: {"Jenjang": BUDGET_LEVELS},
    Sheet.SPENDING: {"Tanda": SAMPLES},
}
_LIST_LIMIT = 255
"""Characters of a list that stands in a drop-down itself."""
DOUBTFUL = "#FFF2A8"
"""The colour of a cell that is to be answered or mended."""
_TITLES = "=Jabatan!$A$2:$A$501"
_CODES = "=Indikator!$A$2:$A$2001"
_REFERENCES: Mapping[Sheet, Mapping[str, str]] = {
    Sheet.POSTS: {"Atasan": _TITLES},
    Sheet.PEOPLE: {"Jabatan": _TITLES},
    Sheet.INDICATORS: {"Jabatan": _TITLES},
    Sheet.SERVICES: {"Jabatan": _TITLES},
    Sheet.RENSTRA: {"Kode": _CODES},
    Sheet.QUESTIONS: {"Kode": _CODES},
    Sheet.ANSWERS: {"Kode": _CODES},
    Sheet.REPORTS: {"Kode": _CODES},
    Sheet.OPENINGS: {"Kode": _CODES},
    Sheet.BUDGET: {"Dilaporkan oleh": _TITLES},
    Sheet.SPENDING: {"Kode": "=Anggaran!$A$2:$A$2001"},
}


@dataclass(frozen=True)
class Marks:
    """What is to be looked at in a workbook: remarks about cells of `Indikator`, by code and header, and the rows of
    the sheet `Perlu dijawab`, each with the answers that its drop-down offers."""

    remarks: Mapping[tuple[str, str], str] = field(default_factory=dict[tuple[str, str], str])
    to_answer: Sequence[Line] = ()
    offered: Sequence[Sequence[str]] = ()


_NOTHING_MARKED = Marks()


def write_workbook(plan: OfficePlan, path: Path) -> None:
    """Write the plan to an xlsx file, replacing what is there.

    Raises ValueError for what a workbook cannot state (a path key that is no column, a text longer than a cell) and
    OSError where the file cannot be written.
    """
    path.write_bytes(workbook_bytes(plan))


def workbook_bytes(plan: OfficePlan, marks: Marks = _NOTHING_MARKED) -> bytes:
    """The xlsx file of a plan, with what is marked in it. Raises ValueError as `write_workbook`."""
    from xlsxwriter import Workbook

    buffer = BytesIO()
    workbook = Workbook(buffer, {"in_memory": True})
    workbook.set_properties({"title": f"Renaksi {plan.office} {plan.year}", "created": datetime(plan.year, 1, 1)})  # noqa: DTZ001 - a fixed property, no moment
    formats = _formats(workbook)
    _write_help(workbook, formats)
    doubtful = _formats(workbook, {"bg_color": DOUBTFUL})
    if marks.to_answer:
        page = _write_sheet(workbook, formats, Sheet.TO_ANSWER, marks.to_answer)
        _offer_answers(page, doubtful, marks)
    for sheet, lines in _sheets(plan).items():
        page = _write_sheet(workbook, formats, sheet, lines)
        if sheet is Sheet.INDICATORS:
            _mark(page, doubtful, lines, marks.remarks)
    workbook.close()
    return buffer.getvalue()


def _sheets(plan: OfficePlan) -> dict[Sheet, list[Line]]:
    return {
        Sheet.OFFICE: _office(plan),
        Sheet.POSTS: [_post(post) for post in plan.posts],
        Sheet.PEOPLE: [_person(person) for person in plan.people],
        Sheet.DAYS_OFF: [{"Tanggal": one.day, "Nama": one.note} for one in plan.own_days],
        Sheet.SIGNERS: [_signer(signer) for signer in plan.signers],
        Sheet.INDICATORS: [_indicator(indicator) for indicator in plan.indicators if not indicator.service],
        Sheet.SERVICES: [_service(service) for service in plan.indicators if service.service],
        Sheet.RENSTRA: [_renstra(row) for row in plan.renstra],
        Sheet.QUESTIONS: [_question(question) for question in plan.questions],
        Sheet.ANSWERS: [_answer(answer) for answer in plan.answers],
        Sheet.REPORTS: [_report(report, plan.zone) for report in plan.reports],
        Sheet.OPENINGS: [_opening(row) for row in plan.openings],
        Sheet.BUDGET: [_budget(line) for line in plan.budget],
        Sheet.SPENDING: [_spending(past, plan.zone) for past in plan.spending],
    }


# --- what the rows say ------------------------------------------------------------------------------------------


def _office(plan: OfficePlan) -> list[Line]:
    facts: list[tuple[OfficeKey, Value]] = [
        (OfficeKey.NAME, plan.office),
        (OfficeKey.KABUPATEN, plan.kabupaten),
        (OfficeKey.YEAR, plan.year),
        (OfficeKey.ZONE, Zone.of(plan.zone).name),
        (OfficeKey.WORKDAYS, Decimal(plan.workdays)),
        *([(OfficeKey.BEGINS, plan.begins.code)] if plan.begins is not None else []),
        (OfficeKey.DOCUMENT, plan.document),
        (OfficeKey.REASON, plan.reason),
        *([(OfficeKey.SCOPE, ONLY_PLAN)] if plan.only_plan else []),
    ]
    return [{"Isian": key, "Isi": value} for key, value in facts]


def _post(post: PostRow) -> Line:
    return {
        "Jabatan": post.title,
        "Peran": ROLES.word(post.role),
        "Atasan": post.superior,
        "Seksi": post.section,
        "Admin": YES if post.is_admin else None,
        "Unit": post.unit,
        "Nama lama": FORMER_SIGN.join(post.former_titles),
        "Berakhir": post.ended,
    }


def _person(person: PersonRow) -> Line:
    return {
        "Nama": person.name,
        "Jabatan": person.post,
        "Sapaan": person.salutation,
        "Nomor telepon": person.phone,
        "Status": CAPACITIES.word(person.capacity),
        "Sejak": person.since,
        "Sampai": person.until,
    }


def _signer(signer: SignerRow) -> Line:
    return {
        "Peran": signer.role,
        "Jabatan": signer.title,
        "Nama": signer.name,
        "Pangkat": signer.rank,
        "NIP": signer.number,
    }


def _service(service: IndicatorRow) -> Line:
    return {
        "Kode": service.code,
        "Kelompok": service.path.get(SERVICES),
        "Jenis pelayanan": service.name,
        "Satuan": service.unit,
        "Jabatan": service.post,
        "Keterangan": service.note,
    }


def _renstra(row: RenstraRow) -> Line:
    return {"Kode": row.code, **{header: getattr(row.figures, name) for name, header in RENSTRA_FIGURES.items()}}


def _indicator(indicator: IndicatorRow) -> Line:
    unknown = set(indicator.path) - set(PATH_COLUMNS)
    if unknown:
        raise ValueError(f"{indicator.code}: the path has no column for {sorted(unknown)}")
    return {
        "Kode": indicator.code,
        "Jenjang": LEVELS.word(indicator.level),
        **{PATH_COLUMNS[key]: name for key, name in indicator.path.items()},
        "Indikator": indicator.name,
        "Satuan": indicator.unit,
        "Jabatan": indicator.post,
        "Cara hitung": _mode(indicator),
        "Nilai setahun": YEAR_RULES.word(indicator.year_rule),
        "Arah": DIRECTIONS.word(indicator.polarity),
        "Ritme": RHYTHMS.word(indicator.rhythm),
        "Rasio": YES if indicator.ratio else None,
        "Target tahunan": indicator.annual_target,
        **{_header(period): value for period, value in indicator.targets.items()},
        "Anggaran": indicator.budget,
        "Batas bawah": NO_LIMIT if indicator.low is None else indicator.low,
        "Batas atas": NO_LIMIT if indicator.high is None else indicator.high,
        "Keterangan": indicator.note,
        "Konteks": _context(indicator),
        **_demand(indicator.demand),
    }


def _demand(demand: Demand | None) -> Line:
    if demand is None:
        return {}
    if not demand.minimum:
        return {"Bukti": DEMANDS.word(None)}
    return {"Bukti": DEMANDS.word(demand.kind), "Jumlah bukti": Decimal(demand.minimum)}


def _mode(indicator: IndicatorRow) -> str | None:
    if indicator.confidence is Confidence.ASK:
        return None if indicator.context else ASKED
    return CHOSEN_MODES.word((indicator.mode, indicator.confidence))


def _context(indicator: IndicatorRow) -> str | None:
    """Written where a blank cell would be read as the opposite."""
    if indicator.context:
        return YES
    return None if indicator.targets or indicator.annual_target is not None else NO


def _header(period: Period) -> str:
    match period.kind:
        case PeriodKind.MONTH:
            return MONTHS[period.number - 1]
        case PeriodKind.QUARTER:
            return QUARTERS[period.number - 1]
        case PeriodKind.YEAR:
            raise ValueError("a target for the year belongs into annual_target")


def _question(question: OpenQuestion) -> Line:
    return {
        "Kode": question.indicator,
        "Perihal": ABOUTS.word(question.about),
        "Pertanyaan": question.text,
        "Usulan": question.proposal,
        "Pilihan": "\n".join(question.options),
        "Tempat": question.place,
    }


def _opening(row: OpeningRow) -> Line:
    return {
        "Kode": row.indicator,
        "Posisi s/d": row.until.code,
        "Nilai": row.value,
        "Sumber": row.source,
        "Berlaku": COUNTS_FOR.word(row.alone) if row.alone else None,
    }


def _answer(answer: GivenAnswer) -> Line:
    return {
        "Kode": answer.indicator,
        "Perihal": ABOUTS.word(answer.about),
        "Jawaban": answer.value,
        "Oleh": answer.by,
        "Tanggal": answer.on,
        "Alasan": answer.reason,
        "Tanda": SAMPLES.word(True) if answer.sample else None,
    }


def _report(report: PastReport, zone: str) -> Line:
    return {
        "Kode": report.indicator,
        "Periode": report.period.code,
        "Nilai": report.value,
        "Dilaporkan": _local(report.reported_at, zone),
        "Catatan": report.note,
        "Tanda": SAMPLES.word(True) if report.sample else None,
    }


def _budget(line: BudgetRow) -> Line:
    return {
        "Kode": line.code,
        "Jenjang": BUDGET_LEVELS.word(line.level),
        "Uraian": line.name,
        "Pagu": line.pagu,
        "Pagu perubahan": line.revised,
        "Dilaporkan oleh": line.post,
    }


def _spending(past: PastSpending, zone: str) -> Line:
    return {
        "Kode": past.code,
        "Periode": past.period.code,
        "Realisasi": past.spent,
        "Fisik": past.physical,
        "Dilaporkan": _local(past.reported_at, zone),
        "Tanda": SAMPLES.word(True) if past.sample else None,
    }


def _local(at: datetime, zone: str) -> datetime:
    """A moment as the office's clock shows it; cells have no zone."""
    return at if at.tzinfo is None else at.astimezone(ZoneInfo(zone)).replace(tzinfo=None)


# --- how the sheets look ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Formats:
    title: "Format"
    header: "Format"
    plain: "Format"
    text: "Format"
    literal: "Format"
    """Text that starts like a formula: Excel keeps it text even when somebody edits the cell."""
    number: "Format"
    day: "Format"
    moment: "Format"


def _formats(workbook: "Workbook", look: Mapping[str, Any] = MappingProxyType({})) -> _Formats:
    """The formats of cells; `look` is added to those that carry what people fill in."""
    body = {"valign": "top", "text_wrap": True, **look}
    return _Formats(
        title=workbook.add_format({"bold": True, "font_size": 14}),
        header=workbook.add_format(
            {"bold": True, "bg_color": "#1F4E79", "font_color": "#FFFFFF", "valign": "top", "text_wrap": True}
        ),
        plain=workbook.add_format(body),
        text=workbook.add_format({**body, "num_format": "@"}),
        literal=workbook.add_format({**body, "num_format": "@", "quote_prefix": True}),
        number=workbook.add_format({"valign": "top", "num_format": "#,##0.######", **look}),
        day=workbook.add_format({"valign": "top", "num_format": "dd/mm/yyyy", **look}),
        moment=workbook.add_format({"valign": "top", "num_format": "dd/mm/yyyy hh:mm:ss", **look}),
    )


def _write_help(workbook: "Workbook", formats: _Formats) -> None:
    page = workbook.add_worksheet(Sheet.HELP)
    page.set_column(0, 0, 22)
    page.set_column(1, 1, 100)
    page.hide_gridlines(2)
    set_up_print(page, Sheet.HELP, repeat_header=False)
    for row, (subject, text) in enumerate(HELP):
        page.write_string(row, 0, subject, formats.header if text else formats.title)
        page.set_row(row, row_height(max(lines_of(subject, 22), lines_of(text, 100))) if text else HEADING)
        if text:
            page.write_string(row, 1, text, formats.plain)


def _write_sheet(workbook: "Workbook", formats: _Formats, sheet: Sheet, lines: Sequence[Line]) -> "Worksheet":
    page = workbook.add_worksheet(sheet)
    page.freeze_panes(1, 2 if sheet is Sheet.INDICATORS else 0)
    set_up_print(page, sheet)
    folded = folded_columns(lines) if sheet is Sheet.INDICATORS else frozenset()
    for column, (header, width) in enumerate((known.header, known.width) for known in COLUMNS[sheet]):
        form = formats.text if header in _AS_TEXT else formats.plain
        page.set_column(column, column, width, form, _FOLDED if header in folded else None)
        page.write_string(0, column, header, formats.header)
        for row, line in enumerate(lines, 1):
            _write_cell(page, formats, row, column, line.get(header))
    _set_heights(page, sheet, lines)
    _offer_choices(page, sheet, len(lines))
    _explain(page, sheet)
    _check_cells(page, sheet, len(lines))
    return page


def _explain(page: "Worksheet", sheet: Sheet) -> None:
    """What to write into a column, in a note at its heading."""
    for column, known in enumerate(COLUMNS[sheet]):
        if text := COLUMN_HELP.get(sheet, {}).get(known.header):
            page.write_comment(0, column, text, {"author": "Renaksi", "x_scale": 1.8, "y_scale": 0.9})


def _check_cells(page: "Worksheet", sheet: Sheet, filled: int) -> None:
    """Warn where a figure or a day is none."""
    columns = {known.header: column for column, known in enumerate(COLUMNS[sheet])}
    for header, check in CELL_CHECKS.get(sheet, {}).items():
        formula, sentence = check.value
        column = columns[header]
        page.data_validation(
            1,
            column,
            filled + _ROOM,
            column,
            {
                "validate": "custom",
                "value": f"={formula.format(cell=f'{column_letters(column)}2')}",
                "error_type": "warning",
                "error_title": "Periksa isian",
                "error_message": f"{sentence} Tetap simpan?",
            },
        )


def _mark(page: "Worksheet", doubtful: _Formats, lines: Sequence[Line], remarks: Mapping[tuple[str, str], str]) -> None:
    """Colour the doubtful cells and say in a comment what is asked about each."""
    columns = {known.header: column for column, known in enumerate(COLUMNS[Sheet.INDICATORS])}
    rows = {line["Kode"]: (row, line) for row, line in enumerate(lines, 1)}
    for (code, header), remark in remarks.items():
        row, line = rows[code]
        if line.get(header) in (None, ""):
            page.write_blank(row, columns[header], None, doubtful.plain)
        _write_cell(page, doubtful, row, columns[header], line.get(header))
        page.write_comment(row, columns[header], remark, {"author": "Renaksi", "x_scale": 2, "y_scale": 1.5})


def _offer_answers(page: "Worksheet", doubtful: _Formats, marks: Marks) -> None:
    """The answers of every question in a drop-down of its own; others may be typed. What is open is coloured."""
    headers = [known.header for known in COLUMNS[Sheet.TO_ANSWER]]
    column = headers.index("Jawaban")
    for row, (line, offered) in enumerate(zip(marks.to_answer, marks.offered, strict=True), 1):
        if not line.get("Jawaban"):
            page.write_blank(row, column, None, doubtful.text)
        if offered:
            fits = sum(len(one) + 1 for one in offered) <= _LIST_LIMIT
            _offer(page, column, row, row, list(offered) if fits else _TITLES)


def _set_heights(page: "Worksheet", sheet: Sheet, lines: Sequence[Line]) -> None:
    """Heights that show wrapped text whole: left to themselves, viewers other than Excel show one line of it."""
    widths = {known.header: known.width for known in COLUMNS[sheet]}
    page.set_row(0, row_height(max(lines_of(header, width - HEADER_SLACK) for header, width in widths.items())))
    for row, line in enumerate(lines, 1):
        texts = ((value, widths[header]) for header, value in line.items() if isinstance(value, str))
        page.set_row(row, row_height(max((lines_of(text, width) for text, width in texts), default=1)))


def _write_cell(page: "Worksheet", formats: _Formats, row: int, column: int, value: Value) -> None:
    match value:
        case None | "":
            return
        case str():
            _write_text(page, formats, row, column, value)
        case int():
            page.write_number(row, column, value, formats.plain)
        case Decimal() if fits_number_cell(value):
            page.write_number(row, column, float(value), formats.number)
        case Decimal():
            _write_text(page, formats, row, column, spelled(value, ","))
        case datetime():
            page.write_datetime(row, column, value, formats.moment)
        case date():
            page.write_datetime(row, column, datetime.combine(value, time()), formats.day)


def _write_text(page: "Worksheet", formats: _Formats, row: int, column: int, text: str) -> None:
    if len(text) > _TEXT_LIMIT:
        raise ValueError(f"a text of {len(text)} characters does not fit into a cell")
    page.write_string(row, column, text, formats.literal if text.startswith(_FORMULA_SIGNS) else formats.text)


def _offer_choices(page: "Worksheet", sheet: Sheet, filled: int) -> None:
    columns = {known.header: column for column, known in enumerate(COLUMNS[sheet])}
    for header, words in _CHOICES.get(sheet, {}).items():
        _offer(page, columns[header], 1, filled + _ROOM, list(words))
    for header, cells in _REFERENCES.get(sheet, {}).items():
        _offer(page, columns[header], 1, filled + _ROOM, cells)
    if sheet is Sheet.OFFICE:
        zone = list(OfficeKey).index(OfficeKey.ZONE) + 1
        _offer(page, columns["Isi"], zone, zone, list(ZONES))


def _offer(page: "Worksheet", column: int, first: int, last: int, source: list[str] | str) -> None:
    """A drop-down that warns but does not forbid: other spellings are understood at reading."""
    page.data_validation(
        first,
        column,
        last,
        column,
        {
            "validate": "list",
            "source": source,
            "error_type": "warning",
            "error_title": "Periksa pilihan",
            "error_message": "Isian ini tidak ada dalam pilihan. Tetap simpan?",
        },
    )
