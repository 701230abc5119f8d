"""Realisasi fisik dan keuangan on paper (domain.md 4.6)."""

from collections.abc import Sequence

from bot.documents.forms.layout_parts import (
    NOT_SPENT,
    dateline_of,
    facts_of,
    number_or,
    ratio_formula,
    signers_of,
    sum_formula,
)
from bot.documents.forms.layout_verified import marks_of
from bot.documents.forms.paper import CellKind, FootLine, Heading, Line, Paper, Stamp, Value
from domain.forms.rfk_form import RfkForm, RfkRow
from domain.periods import Period
from handlers.texts.formats import period_with_year

_BEFORE, _AFTER, _SPENT = "pagu", "pagu_perubahan", "realisasi"
_TOTAL = "total"


def lay_out_rfk(form: RfkForm, stamp: Stamp) -> Paper:
    """The lines of the budget by their depth; only what stands at the top is added into the total."""
    return Paper(
        name="rfk",
        title=(
            "LAPORAN REALISASI FISIK DAN KEUANGAN (RFK)",
            f"S/D {period_with_year(Period.parse(form.month)).upper()}",
        ),
        headings=_headings(),
        lines=tuple(_line(row, form.rows, at) for at, row in enumerate(form.rows)),
        stamp=stamp,
        facts=facts_of(form.head, has_capaian=False),
        totals=(_total(form),),
        foot=_foot(form),
        signers=signers_of(form.head),
        dateline=dateline_of(form.head),
        marks=marks_of(form.head, provisional=not (form.head.ended and form.total.line.complete)),
    )


def _headings() -> tuple[Heading, ...]:
    rupiah, percent = CellKind.RUPIAH, CellKind.PERCENT
    return (
        Heading("kode", "Kode", 14),
        Heading("uraian", "Program/Kegiatan/Sub kegiatan", 44, indents=True),
        Heading(_BEFORE, "Anggaran sebelum perubahan (Rp)", 15, rupiah),
        Heading(_AFTER, "Anggaran yang berlaku (Rp)", 15, rupiah),
        Heading("bobot", "Bobot %", 8, percent),
        Heading(
            "keuangan",
            "Keuangan",
            children=(
                Heading(_SPENT, "Realisasi s/d (Rp)", 15, rupiah),
                Heading("persen_keuangan", "%", 8, percent),
                Heading("rak", "Rencana kas/RAK (Rp)", 15, rupiah),
            ),
        ),
        Heading(
            "fisik_semua",
            "Fisik",
            children=(
                Heading("fisik", "Realisasi %", 9, percent),
                Heading("tertimbang", "Tertimbang %", 10, percent),
            ),
        ),
        Heading("ket", "Keterangan", 18),
    )


def _line(row: RfkRow, rows: Sequence[RfkRow], at: int) -> Line:
    line, cells = row.line, _cells(row)
    below = _right_below(rows, at)
    return Line(
        {"kode": line.code, "uraian": line.name, **cells},
        {**_formulas(cells), **_added(below, cells)},
        key=line.code,
        strong=bool(below),
        indent=line.depth,
    )


def _right_below(rows: Sequence[RfkRow], at: int) -> list[RfkRow]:
    """The lines one step below a line: those of its code until the next line of its own depth."""
    own, found = rows[at].line, list[RfkRow]()
    for row in rows:
        if row.line.depth == own.depth + 1 and row.line.code.startswith(f"{own.code}."):
            found.append(row)
    return found


def _cells(row: RfkRow) -> dict[str, Value]:
    line = row.line
    return {
        _BEFORE: line.pagu,
        _AFTER: line.ceiling,
        "bobot": row.weight,
        _SPENT: number_or(line.spent, NOT_SPENT),
        "persen_keuangan": line.absorbed,
        "fisik": number_or(line.physical, NOT_SPENT if line.spent is None else ""),
        "tertimbang": row.weighted,
        "ket": "" if line.complete or line.due == 1 else f"{line.reported} dari {line.due} baris dilaporkan",
    }


def _formulas(cells: dict[str, Value]) -> dict[str, str]:
    return ratio_formula(cells, _SPENT, _AFTER, "persen_keuangan")


def _added(below: Sequence[RfkRow], cells: dict[str, Value]) -> dict[str, str]:
    """The money of a line as that of the lines right below it, where these add up to it."""
    found: dict[str, str] = {}
    for key, values in (
        (_BEFORE, [row.line.pagu for row in below]),
        (_AFTER, [row.line.ceiling for row in below]),
        (_SPENT, [row.line.spent for row in below]),
    ):
        parts = [(f"{key}@{row.line.code}", value) for row, value in zip(below, values, strict=True)]
        found |= sum_formula(parts, cells[key], key)
    return found


def _total(form: RfkForm) -> Line:
    cells = _cells(form.total)
    top = [row for row in form.rows if row.line.depth == 0]
    return Line({"uraian": "Jumlah", **cells}, {**_formulas(cells), **_added(top, cells)}, key=_TOTAL, strong=True)


def _foot(form: RfkForm) -> tuple[FootLine, ...]:
    line = form.total.line
    if line.complete:
        return ()
    return (
        FootLine("Catatan", f"{line.reported} dari {line.due} baris anggaran sudah dilaporkan; sisanya {NOT_SPENT}"),
    )
