"""The year table of PATEN on paper (domain.md 4.7)."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import groupby
from string import ascii_lowercase

from bot.documents.forms.layout_parts import (
    NOT_REPORTED,
    dateline_of,
    facts_of,
    number_or,
    signers_of,
    sum_formula,
)
from bot.documents.forms.layout_verified import checked_cells, facts_of_checks, is_provisional, marks_of
from bot.documents.forms.paper import CellKind, FootLine, Heading, Line, Paper, Stamp, Value
from domain.checked import least
from domain.forms.paten_form import PatenForm, PatenRow
from domain.periods import Period
from domain.standing import Standing

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des")
_KEYS = tuple(month.lower() for month in _MONTHS)
_TOTAL = "jumlah"


def lay_out_paten(form: PatenForm, stamp: Stamp) -> Paper:
    """The table, a heading for each group of services; months that have not begun are blank."""
    lines, totals = tuple(_lines(form)), _totals(form)
    complete = form.head.ended and not any(row.missing for row in form.rows)
    return Paper(
        name="paten",
        title=(
            "HASIL PELAKSANAAN PELAYANAN ADMINISTRASI TERPADU KECAMATAN (PATEN)",
            f"TAHUN {Period.parse(form.head.period).year}",
        ),
        headings=(
            Heading("no", "No", 4, centred=True),
            Heading("jenis", "Jenis pelayanan", 40, indents=True),
            Heading("satuan", "Satuan", 10),
            *(Heading(key, words, 7, CellKind.NUMBER) for key, words in zip(_KEYS, _MONTHS, strict=True)),
            Heading(_TOTAL, "Jumlah", 9, CellKind.NUMBER),
            Heading("ket", "Ket", 14),
        ),
        lines=lines,
        stamp=stamp,
        facts=(*facts_of(form.head, has_capaian=False), *facts_of_checks((*lines, totals), stamp)),
        totals=(totals,),
        foot=_foot(form),
        signers=signers_of(form.head),
        dateline=dateline_of(form.head),
        marks=marks_of(form.head, provisional=not complete or is_provisional(lines)),
    )


def _lines(form: PatenForm) -> Iterator[Line]:
    """Groups and lone services are counted; what stands in a group has letters."""
    number = 0
    for group, members in groupby(form.rows, lambda row: row.group):
        if group:
            number += 1
            yield Line({"no": str(number), "jenis": group}, strong=True)
        for at, row in enumerate(members):
            if group:
                yield _line(form, row, "", f"{_letter(at)}) ")
            else:
                number += 1
                yield _line(form, row, str(number), "")


def _letter(at: int) -> str:
    return ascii_lowercase[at] if at < len(ascii_lowercase) else str(at + 1)


def _line(form: PatenForm, row: PatenRow, number: str, letter: str) -> Line:
    cells: dict[str, Value] = {
        "no": number,
        "jenis": f"{letter}{row.name}",
        "satuan": row.unit,
        **{key: _count(form, row.counts, at) for at, key in enumerate(_KEYS)},
        _TOTAL: number_or(row.total, NOT_REPORTED if row.missing else ""),
        "ket": f"{row.missing} bulan {NOT_REPORTED}" if row.missing else "",
    }
    formula = {_TOTAL: f"SUM({{{_KEYS[0]}}}:{{{_KEYS[-1]}}})"}
    checked = checked_cells(cells, _checked(row))
    return Line(cells, formula, key=row.code, indent=1 if row.group else 0, checked=checked)


def _checked(row: PatenRow) -> dict[str, Standing | None]:
    """How far each count has come; their sum is as far as the last of them, and provisional while one is missing."""
    given = [found for found in row.checked if found is not None]
    total = None if not row.checked else Standing.MISSING if row.missing else least(given)
    return {**dict(zip(_KEYS, row.checked, strict=False)), _TOTAL: total}


def _count(form: PatenForm, counts: Sequence[Decimal | None], at: int) -> Value:
    if at >= len(counts):
        return None
    return number_or(counts[at], "belum" if at < form.ended else "")


def _totals(form: PatenForm) -> Line:
    cells: dict[str, Value] = {
        "jenis": "Jumlah",
        **{key: form.sums[at] if at < len(form.sums) else None for at, key in enumerate(_KEYS)},
        _TOTAL: form.total,
    }
    formulas = {_TOTAL: f"SUM({{{_KEYS[0]}}}:{{{_KEYS[-1]}}})"}
    for at, key in enumerate(_KEYS[: len(form.months)]):
        formulas |= sum_formula([(f"{key}@{row.code}", row.counts[at]) for row in form.rows], cells[key], key)
    return Line(cells, formulas, key="total", strong=True, checked=checked_cells(cells, _checked_sums(form)))


def _checked_sums(form: PatenForm) -> dict[str, Standing | None]:
    """A sum over services is as far as the last of its counts; nothing where it is not known of any."""
    rows = [_checked(row) for row in form.rows if row.checked]
    found = {key: [one for row in rows if (one := row.get(key)) is not None] for key in (*_KEYS, _TOTAL)}
    return {key: least(standings) for key, standings in found.items() if standings}


def _foot(form: PatenForm) -> tuple[FootLine, ...]:
    missing = sum(row.missing for row in form.rows)
    if not missing:
        return ()
    return (FootLine("Catatan", f'"belum" berarti belum lapor, bukan nihil: {missing} laporan bulanan belum masuk'),)
