"""The evaluation of the Renja on paper: Formulir E.81 with its fifteen columns (domain.md 4.4)."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from bot.documents.forms.layout_parts import (
    NONE,
    NOT_FILLED,
    NOT_REPORTED,
    NOT_SPENT,
    climbed,
    dateline_of,
    facts_of,
    number_or,
    obstacle_words,
    plan_words,
    predicate_words,
    ratio_formula,
    rung_words,
    signers_of,
    split_own,
    standing_words,
    sum_formula,
    unasked_words,
)
from bot.documents.forms.layout_verified import checked_cells, facts_of_checks, is_provisional, marks_of
from bot.documents.forms.paper import CellKind, FootLine, Heading, Line, Paper, Signer, Stamp, Value
from domain.forms.renja_form import Both, NamedObstacle, RenjaForm, RenjaRow
from domain.forms.standing import Obstacle
from domain.periods import Period
from domain.plan import Level
from domain.standing import Standing
from handlers.texts.formats import QUARTERS, indicator, money, period_with_year
from handlers.texts.formats import percent as percent_words

_PURPOSES = (Level.TUJUAN, Level.SASARAN)
_WORKS = (Level.PROGRAM, Level.KEGIATAN, Level.SUB_KEGIATAN, Level.AKSI)
_TARGET, _BEFORE, _PLAN, _YEAR, _RENSTRA, _LEVEL = (
    "renstra",
    "sampai_lalu",
    "renja",
    "tahun_ini",
    "sampai_ini",
    "tingkat",
)
_QUARTERS = tuple(f"tw{number}" for number in range(1, 5))
_NUMBER_WIDTH, _RUPIAH_WIDTH, _NARROW = 8, 12, 7
_NAMED_OBSTACLES = 5
_BLANKS = 2
_MONTHS = 12
_EVALUATES = Signer("Dievaluasi oleh")


def lay_out_renja(form: RenjaForm, stamp: Stamp) -> Paper:
    """The form, programs and activities as lines of their own above their indicators."""
    which, lines = Period.parse(form.head.period), tuple(_lines(form))
    complete = form.head.ended and form.standing.coverage.complete
    return Paper(
        name="renja",
        title=(
            "EVALUASI TERHADAP HASIL RENJA PERANGKAT DAERAH",
            f"S/D {period_with_year(which).upper()} (FORMULIR E.81)",
        ),
        headings=_headings(form, which.year),
        lines=lines,
        stamp=stamp,
        facts=(*facts_of(form.head), *facts_of_checks(lines, stamp)),
        totals=_totals(form),
        foot=_foot(form),
        signers=signers_of(form.head, _EVALUATES),
        dateline=dateline_of(form.head),
        marks=marks_of(form.head, provisional=not complete or is_provisional(lines)),
    )


def _headings(form: RenjaForm, year: int) -> tuple[Heading, ...]:
    rows, begun = form.rows, max((len(row.quarters) for row in form.rows), default=0)
    quarters = (
        _both(key, f"Realisasi TW {roman}", str(8 + at), [row.quarters[at] for row in rows if at < begun])
        for at, (key, roman) in enumerate(zip(_QUARTERS, QUARTERS, strict=True))
    )
    return (
        Heading("no", "No", 4, number="1", centred=True),
        Heading("sasaran", "Sasaran", 20, number="2"),
        Heading("program", "Program/Kegiatan", 30, number="3", indents=True),
        Heading("indikator", "Indikator (satuan)", 36, number="4"),
        _both(_TARGET, "Target Renstra akhir periode", "5", [row.renstra_target for row in rows]),
        _both(_BEFORE, f"Realisasi Renstra s/d {year - 1}", "6", [row.renstra_before for row in rows]),
        _both(_PLAN, f"Target dan anggaran Renja {year}", "7", [row.plan for row in rows]),
        *quarters,
        _both(_YEAR, f"Realisasi Renja {year}", "12", [row.year for row in rows]),
        _both(_RENSTRA, f"Realisasi Renstra s/d {year}", "13", [row.renstra for row in rows]),
        _both(_LEVEL, "Tingkat capaian Renstra %", "14", [row.level for row in rows], percent=True),
        Heading("penanggung_jawab", "Penanggung jawab", 14, number="15"),
    )


def _both(key: str, words: str, number: str, values: Sequence[Both], *, percent: bool = False) -> Heading:
    """A group of kinerja (K) and money (Rp); what nobody has is kept narrow, to be written in by hand."""
    kinds = (CellKind.PERCENT, CellKind.PERCENT) if percent else (CellKind.NUMBER, CellKind.RUPIAH)
    wide = _NUMBER_WIDTH if percent else _RUPIAH_WIDTH
    k = Heading(f"{key}_k", "K", _NUMBER_WIDTH if any(one.k is not None for one in values) else _NARROW, kinds[0])
    rp = Heading(f"{key}_rp", "Rp", wide if any(one.rp is not None for one in values) else _NARROW, kinds[1])
    return Heading(key, words, children=(k, rp), number=number)


def _lines(form: RenjaForm) -> Iterator[Line]:
    """The last rung above an indicator stands in its own line, those above it in lines before."""
    paths = [row.path for row in form.rows]
    purposes, works = climbed(paths, _PURPOSES), climbed(paths, _WORKS)
    for number, (row, purpose, work) in enumerate(zip(form.rows, purposes, works, strict=True), start=1):
        above, own = split_own(work, row.path)
        aims = iter(["; ".join(rung_words(rung) for _, rung in purpose)])
        for depth, rung in above:
            yield Line({"sasaran": next(aims, ""), "program": rung_words(rung)}, strong=True, indent=depth)
        named = {"sasaran": next(aims, ""), "program": rung_words(own) if own else ""}
        yield _line(row, number, named, work[-1][0] if own else 0)


def _line(row: RenjaRow, number: int, named: Mapping[str, str], depth: int) -> Line:
    cells: dict[str, Value] = {
        "no": str(number),
        **named,
        "indikator": f"{row.name} ({row.unit})" if row.unit else row.name,
        **_pair(_TARGET, row.renstra_target, NOT_FILLED),
        **_pair(_BEFORE, row.renstra_before, NOT_FILLED),
        **_pair(_PLAN, row.plan, NONE),
        **_quarters(row),
        **_year(row),
        **_pair(_RENSTRA, row.renstra, "" if row.year.k is None else NOT_FILLED),
        **_pair(_LEVEL, row.level, ""),
        "penanggung_jawab": row.post,
    }
    return Line(cells, _formulas(cells), key=row.code, indent=depth, checked=checked_cells(cells, _checked(row)))


def _checked(row: RenjaRow) -> Mapping[str, Standing | None]:
    """How far the kinerja has come; what follows from the year's is as far as that."""
    quarters = {f"{key}_k": found for key, found in zip(_QUARTERS, row.checked_quarters, strict=False)}
    return {**quarters, **{f"{key}_k": row.checked for key in (_YEAR, _RENSTRA, _LEVEL)}}


def _pair(key: str, both: Both, words: str) -> Mapping[str, Value]:
    """The kinerja says why there is none; where there is no money it is blank, for most indicators have none."""
    return {f"{key}_k": number_or(both.k, words), f"{key}_rp": both.rp}


def _quarters(row: RenjaRow) -> Mapping[str, Value]:
    cells: dict[str, Value] = {}
    for key, both, missing in zip(_QUARTERS, row.quarters, row.missing, strict=False):
        cells[f"{key}_k"] = number_or(both.k, NOT_REPORTED if missing else "")
        cells[f"{key}_rp"] = number_or(both.rp, NOT_SPENT if row.has_money else "")
    return cells


def _year(row: RenjaRow) -> Mapping[str, Value]:
    return {
        f"{_YEAR}_k": number_or(row.year.k, NOT_REPORTED if any(row.missing) else ""),
        f"{_YEAR}_rp": number_or(row.year.rp, NOT_SPENT if row.has_money else ""),
    }


def _formulas(cells: Mapping[str, Value]) -> dict[str, str]:
    """What an officer adds and divides by hand, where that gives our numbers: by its mode, not every row adds up."""
    found: dict[str, str] = {}
    for kind in ("k", "rp"):
        known = [(f"{key}_{kind}", value) for key in _QUARTERS if (value := cells.get(f"{key}_{kind}")) is not None]
        if len(known) > 1:
            found |= sum_formula(known, cells.get(f"{_YEAR}_{kind}"), f"{_YEAR}_{kind}")
        before, year = f"{_BEFORE}_{kind}", f"{_YEAR}_{kind}"
        found |= sum_formula(
            [(before, cells.get(before)), (year, cells.get(year))],
            cells.get(f"{_RENSTRA}_{kind}"),
            f"{_RENSTRA}_{kind}",
        )
        found |= ratio_formula(cells, f"{_RENSTRA}_{kind}", f"{_TARGET}_{kind}", f"{_LEVEL}_{kind}")
    return found


def _totals(form: RenjaForm) -> tuple[Line, ...]:
    """All the money of the budget, one level added only; none for an office without a budget."""
    if form.budget is None:
        return ()
    cells: dict[str, Value] = {
        "program": "Jumlah anggaran",
        f"{_PLAN}_rp": form.budget,
        f"{_YEAR}_rp": number_or(form.spent, NOT_SPENT),
    }
    return (Line(cells, key="total", strong=True),)


def _foot(form: RenjaForm) -> tuple[FootLine, ...]:
    unasked, plans = unasked_words(form.head), _named(form, lambda one: plan_words(one.plans))
    at_end = Period.parse(form.head.period).last_month == _MONTHS  # the next quarter is one of the next Renja
    return (
        FootLine("Rata-rata capaian kinerja", standing_words(form.standing)),
        FootLine("Predikat kinerja", predicate_words(form.standing)),
        *_absorbed(form),
        FootLine("Faktor pendorong keberhasilan", _named(form, lambda one: _told(one.drivers)), ruled=_BLANKS),
        FootLine("Faktor penghambat", _named(form, lambda one: _told(one.obstacles)), ruled=_BLANKS),
        FootLine("Tindak lanjut triwulan berikutnya", "" if at_end else plans, ruled=_BLANKS),
        FootLine("Tindak lanjut Renja berikutnya", plans if at_end else "", ruled=_BLANKS),
        *((FootLine("Catatan", unasked),) if unasked else ()),
    )


def _absorbed(form: RenjaForm) -> tuple[FootLine, ...]:
    if form.budget is None:
        return ()
    if form.spent is None or form.absorbed is None:
        return (FootLine("Serapan anggaran", NOT_SPENT),)
    return (
        FootLine("Serapan anggaran", f"{percent_words(form.absorbed)} ({money(form.spent)} dari {money(form.budget)})"),
    )


def _told(said: Sequence[Obstacle]) -> str:
    return obstacle_words([(one.period, one.text) for one in said])


def _named(form: RenjaForm, words: Callable[[NamedObstacle], str]) -> str:
    """What was said of the first few indicators of which something was; the rest is counted."""
    said = [(one.indicator, words(one)) for one in form.obstacles if words(one)]
    named = [f"{indicator(name, 60)}: {text}" for name, text in said[:_NAMED_OBSTACLES]]
    rest = len(said) - len(named)
    return "; ".join([*named, *([f"dan {rest} indikator lain"] if rest > 0 else [])])
