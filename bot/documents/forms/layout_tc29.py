"""Table T-C.29 on paper, with its eleven columns (domain.md 4.5)."""

from collections.abc import Iterator

from bot.documents.forms.layout_parts import (
    NOT_FILLED,
    climbed,
    dateline_of,
    facts_of,
    number_or,
    ratio_formula,
    rung_words,
    signers_of,
    split_own,
    sum_formula,
    unasked_words,
)
from bot.documents.forms.paper import CellKind, FootLine, Heading, Line, Paper, Stamp, Value
from domain.forms.source import Rung
from domain.forms.tc29_form import Tc29Form, Tc29Row
from domain.periods import Period
from domain.plan import Level

_ABOVE = (Level.TUJUAN, Level.SASARAN, Level.PROGRAM, Level.KEGIATAN, Level.SUB_KEGIATAN, Level.AKSI)


def lay_out_tc29(form: Tc29Form, stamp: Stamp) -> Paper:
    """The table; n is the year of the plan."""
    year, unasked = Period.parse(form.head.period).year, unasked_words(form.head)
    return Paper(
        name="tc29",
        title=(
            "REKAPITULASI EVALUASI HASIL PELAKSANAAN RENJA DAN PENCAPAIAN RENSTRA",
            f"S/D TAHUN {year - 1} (TABEL T-C.29)",
        ),
        headings=_headings(year),
        lines=tuple(_lines(form)),
        stamp=stamp,
        facts=facts_of(form.head),
        foot=(FootLine("Catatan", unasked),) if unasked else (),
        signers=signers_of(form.head),
        dateline=dateline_of(form.head),
    )


def _headings(year: int) -> tuple[Heading, ...]:
    number, percent = CellKind.NUMBER, CellKind.PERCENT
    return (
        Heading("kode", "Kode", 10, number="1"),
        Heading("program", "Urusan/Program/Kegiatan", 34, number="2", indents=True),
        Heading("indikator", "Indikator kinerja (satuan)", 34, number="3"),
        Heading("akhir", "Target akhir Renstra", 10, number, number="4"),
        Heading("awal", f"Realisasi s/d {year - 3}", 10, number, number="5"),
        Heading(
            "dua",
            f"Target dan realisasi {year - 2}",
            children=(
                Heading("target_dua", f"Target {year - 2}", 10, number, number="6"),
                Heading("realisasi_dua", f"Realisasi {year - 2}", 10, number, number="7"),
                Heading("tingkat_dua", "Tingkat realisasi %", 10, percent, number="8"),
            ),
        ),
        Heading("target_satu", f"Target {year - 1}", 10, number, number="9"),
        Heading(
            "perkiraan",
            f"Perkiraan realisasi s/d {year - 1}",
            children=(
                Heading("perkiraan_k", "Realisasi", 10, number, number="10"),
                Heading("tingkat", "Tingkat capaian %", 10, percent, number="11"),
            ),
        ),
    )


def _lines(form: Tc29Form) -> Iterator[Line]:
    """The last rung above an indicator stands in its own line, those above it in lines before."""
    for row, new in zip(form.rows, climbed([row.path for row in form.rows], _ABOVE), strict=True):
        above, own = split_own(new, row.path)
        for depth, rung in above:
            yield Line({"program": rung_words(rung)}, strong=True, indent=depth)
        yield _line(row, own, len(row.path) - 1 if own else 0)


def _line(row: Tc29Row, own: Rung | None, depth: int) -> Line:
    cells: dict[str, Value] = {
        "kode": row.code,
        "program": rung_words(own) if own else "",
        "indikator": f"{row.name} ({row.unit})" if row.unit else row.name,
        "akhir": number_or(row.end_target, NOT_FILLED),
        "awal": number_or(row.early, NOT_FILLED),
        "target_dua": number_or(row.target_two_before, NOT_FILLED),
        "realisasi_dua": number_or(row.realised_two_before, NOT_FILLED),
        "tingkat_dua": row.level_two_before,
        "target_satu": number_or(row.target_one_before, NOT_FILLED),
        "perkiraan_k": number_or(row.expected, NOT_FILLED),
        "tingkat": row.level,
    }
    parts = [(key, cells[key]) for key in ("awal", "realisasi_dua", "target_satu")]
    formulas = {
        **ratio_formula(cells, "realisasi_dua", "target_dua", "tingkat_dua"),
        **sum_formula(parts, row.expected, "perkiraan_k"),
        **ratio_formula(cells, "perkiraan_k", "akhir", "tingkat"),
    }
    return Line(cells, formulas, key=row.code, indent=depth)
