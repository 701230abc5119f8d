"""The monitoring of the rencana aksi on paper (domain.md 4.3)."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from bot.documents.forms.layout_parts import (
    NONE,
    NOT_REPORTED,
    RUNNING,
    climbed,
    dateline_of,
    facts_of,
    number_or,
    obstacle_words,
    plan_words,
    predicate_words,
    ratio_formula,
    rung_name,
    rung_words,
    signers_of,
    standing_words,
    unasked_words,
)
from bot.documents.forms.layout_verified import checked_cells, facts_of_checks, is_provisional, marks_of
from bot.documents.forms.paper import CellKind, FootLine, Heading, Line, Paper, Stamp, Value
from domain.forms.renaksi_form import RenaksiForm, RenaksiRow, Status
from domain.periods import Period
from domain.plan import Level
from handlers.texts.formats import amount, period, period_with_year
from handlers.texts.report import last_month

_ABOVE = (Level.TUJUAN, Level.SASARAN, Level.PROGRAM, Level.KEGIATAN, Level.SUB_KEGIATAN)
IN_PART = "sebagian"
"""The office began within the period: what came before it is not in its own figure."""
_EVIDENCE = {"photo": "foto", "document": "dokumen", "voice": "rekaman suara", "video": "video", "link": "tautan"}


def lay_out_renaksi(form: RenaksiForm, stamp: Stamp) -> Paper:
    """The form, under the headings of the plan."""
    which, has_actions = Period.parse(form.head.period), any(_action(row) for row in form.rows)
    lines, complete = tuple(_lines(form.rows, which)), form.head.ended and form.standing.coverage.complete
    return Paper(
        name="renaksi",
        title=("MONITORING RENCANA AKSI", period_with_year(which).upper()),
        headings=_headings(form, which, has_actions=has_actions),
        lines=lines,
        stamp=stamp,
        facts=(*facts_of(form.head), *facts_of_checks(lines, stamp)),
        foot=_foot(form),
        signers=signers_of(form.head),
        dateline=dateline_of(form.head),
        marks=marks_of(form.head, provisional=not complete or is_provisional(lines)),
    )


def _headings(form: RenaksiForm, which: Period, *, has_actions: bool) -> tuple[Heading, ...]:
    closed = form.head.closed_period
    until = f"s/d {period(Period.parse(closed))}" if closed else "s/d"
    action = (Heading("rencana_aksi", "Rencana aksi", 22),) if has_actions else ()
    number, percent = CellKind.NUMBER, CellKind.PERCENT
    return (
        Heading("no", "No", 4, CellKind.WHOLE, centred=True),
        *action,
        Heading("indikator", "Indikator", 30, indents=True),
        Heading("satuan", "Satuan", 9),
        Heading("target_tahunan", "Target tahunan", 9, number),
        Heading(
            "periode",
            period(which)[0].upper() + period(which)[1:],
            children=(
                Heading("target", "Target", 8, number),
                Heading("realisasi", "Realisasi", 9, number),
                Heading("capaian", "Capaian %", 9, percent),
            ),
        ),
        Heading(
            "sampai",
            until,
            children=(
                Heading("target_sd", "Target", 8, number),
                Heading("realisasi_sd", "Realisasi", 9, number),
                Heading("capaian_sd", "Capaian %", 9, percent),
                Heading("predikat", "Predikat", 9),
            ),
        ),
        Heading("pendorong", "Faktor pendorong", 14),
        Heading("penghambat", "Faktor penghambat", 18),
        Heading("tindak_lanjut", "Rencana tindak lanjut", 14),
        Heading("data_dukung", "Data dukung", 9),
        Heading("penanggung_jawab", "Penanggung jawab", 14),
        Heading("dilaporkan", "Dilaporkan oleh, tanggal", 14),
        Heading("status", "Status verifikasi", 11),
    )


def _lines(rows: Sequence[RenaksiRow], which: Period) -> Sequence[Line]:
    lines: list[Line] = []
    for number, (row, new) in enumerate(zip(rows, climbed([row.path for row in rows], _ABOVE), strict=True), start=1):
        lines += [Line(across=rung_words(rung), strong=True, indent=depth) for depth, rung in new]
        lines.append(_line(row, number, which))
    return lines


def _line(row: RenaksiRow, number: int, which: Period) -> Line:
    cells: dict[str, Value] = {
        "no": Decimal(number),
        "rencana_aksi": _action(row),
        "indikator": row.name,
        "satuan": row.unit,
        "target_tahunan": number_or(row.annual_target, NONE),
        **_of_period(row),
        **_to_date(row),
        "pendorong": obstacle_words([(one.period, one.text) for one in row.drivers]),
        "penghambat": obstacle_words([(one.period, one.text) for one in row.obstacles]),
        "tindak_lanjut": plan_words(row.plans),
        "data_dukung": ", ".join(f"{one.number} {_EVIDENCE.get(one.kind, one.kind)}" for one in row.evidence),
        "penanggung_jawab": row.post,
        "dilaporkan": _reported(row),
        "status": _status(row, which),
    }
    formulas = {
        **ratio_formula(cells, "realisasi", "target", "capaian"),
        **ratio_formula(cells, "realisasi_sd", "target_sd", "capaian_sd"),
    }
    own, so_far = row.checked, row.to_date.checked
    checked = {"realisasi": own, "capaian": own, "realisasi_sd": so_far, "capaian_sd": so_far}
    return Line(cells, formulas, key=row.code, checked=checked_cells(cells, checked))


def _of_period(row: RenaksiRow) -> Mapping[str, Value]:
    missing = row.status in (Status.MISSING, Status.RETURNED)
    return {
        "target": number_or(row.target, NONE),
        "realisasi": number_or(row.realisation, NOT_REPORTED if missing else ""),
        "capaian": number_or(row.capaian, _no_capaian(row)),
    }


def _no_capaian(row: RenaksiRow) -> str:
    """Why a period has no capaian where it has a target and a realisation; blank where it lacks one of them."""
    if row.begins_within and row.realisation is not None:
        return IN_PART
    return RUNNING if row.target is not None and row.realisation is not None else ""


def _to_date(row: RenaksiRow) -> Mapping[str, Value]:
    figures = row.to_date
    return {
        "target_sd": number_or(figures.target, NONE),
        "realisasi_sd": number_or(figures.realisation, ""),
        "capaian_sd": number_or(figures.capaian, figures.no_capaian),
        "predikat": figures.predicate or (NONE if figures.complete else "sementara"),
    }


def _action(row: RenaksiRow) -> str:
    return rung_name(row.path, Level.AKSI)


def _reported(row: RenaksiRow) -> str:
    """Who reported last and when, a file has no reporter; and on what position of before the office began it rests."""
    return "; ".join(part for part in (_sent(row), _opening(row)) if part)


def _opening(row: RenaksiRow) -> str:
    """`posisi awal s/d Mei 4 desa, sumber: laporan TW I`"""
    if row.opening is None:
        return ""
    source = f", sumber: {row.opening.source}" if row.opening.source else ""
    return (
        f"posisi awal s/d {last_month(Period.parse(row.opening.until))} {amount(row.opening.value, row.unit)}{source}"
    )


def _sent(row: RenaksiRow) -> str:
    if not row.sent_on:
        return ""
    day = date.fromisoformat(row.sent_on)
    under = f", rencana versi {row.version}" if row.version else ""
    return f"{row.reporter or 'berkas'}, {day.day}-{day.month}-{day.year}{under}"


def _status(row: RenaksiRow, which: Period) -> str:
    """The status; of a longer period that ends with the form's it says which."""
    if row.status is Status.NOT_DUE or row.period in ("", which.code):
        return row.status.value
    return f"{row.status.value} ({period(Period.parse(row.period))})"


def _foot(form: RenaksiForm) -> tuple[FootLine, ...]:
    unasked = unasked_words(form.head)
    return (
        FootLine("Rata-rata capaian s/d", standing_words(form.standing)),
        FootLine("Predikat", predicate_words(form.standing)),
        *((FootLine("Catatan", unasked),) if unasked else ()),
    )
