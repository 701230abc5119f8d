"""What the layouts of all official forms share: their head, the rungs of the plan, formulas that agree, signatures."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal, localcontext

from bot.documents.forms.paper import Signer, Value
from domain.achievement import ARITHMETIC, rounded
from domain.forms.explained import Plan
from domain.forms.source import FormHead, Rung
from domain.forms.standing import Standing
from domain.periods import Period
from domain.plan import Level
from domain.summary import Coverage
from handlers.texts.formats import percent, period_with_year

LEVELS: Mapping[Level, str] = {
    Level.TUJUAN: "Tujuan",
    Level.SASARAN: "Sasaran",
    Level.PROGRAM: "Program",
    Level.KEGIATAN: "Kegiatan",
    Level.SUB_KEGIATAN: "Sub kegiatan",
    Level.AKSI: "Rencana aksi",
    Level.INDIVIDU: "Individu",
}
NOT_REPORTED = "belum lapor"
NOT_SPENT = "belum dilaporkan"
"""Of money: never Rp0."""
NOT_FILLED = "belum diisi"
RUNNING = "berjalan"
"""A period that has not ended has no capaian."""
NONE = "–"
"""There is none, and none is missing."""
_PREPARED = Signer("Disusun oleh")
_ACKNOWLEDGED = Signer("Mengetahui", "Camat")


def facts_of(head: FormHead, *, has_capaian: bool = True) -> tuple[tuple[str, str], ...]:
    """What stands above the table; until when a capaian counts only where the form has one."""
    shown = [("Kantor", head.office), ("Kabupaten", head.kabupaten), ("Periode", _words(head.period))]
    if head.section:
        shown.append(("Bagian", head.section))
    closed = Period.parse(head.closed_period) if head.closed_period and has_capaian else None
    if closed and (not head.ended or closed.end != Period.parse(head.period).end):
        shown.append(("Capaian s/d", f"{_words(head.closed_period)}, periode terakhir yang berakhir"))
    return tuple((label, words) for label, words in shown if words)


def _words(code: str) -> str:
    return period_with_year(Period.parse(code))


def signers_of(head: FormHead, second: Signer = _ACKNOWLEDGED) -> tuple[Signer, ...]:
    """Those whom the office has entered; else two who sign with their names left blank."""
    entered = tuple(Signer(one.role, one.title, one.name, one.rank, one.number) for one in head.signers)
    return entered or (_PREPARED, second)


def dateline_of(head: FormHead) -> str:
    """Place and date above the signatures; the day is written by whoever signs."""
    return f"{head.office.removeprefix('Kecamatan ')}, {'.' * 30}"


def standing_words(standing: Standing) -> str:
    """The mean with its predikat; while something is missing without one, and with how much is missing."""
    coverage = standing.coverage
    if standing.mean is None:
        return f"belum dapat dihitung; {coverage.reported} dari {coverage.due} indikator lapor"
    value, verified = percent(standing.mean), _verified(coverage)
    if not coverage.complete:
        return f"{value}, sementara: {coverage.reported} dari {coverage.due} indikator sudah lengkap{verified}"
    return f"{value} dari {coverage.computable} indikator{verified}"


def _verified(coverage: Coverage) -> str:
    """How many of them are verified, where some are and some are not."""
    if not coverage.verified or coverage.verified == coverage.reported:
        return ""
    return f", {coverage.verified} terverifikasi"


def predicate_words(standing: Standing) -> str:
    """The predikat, or why there is none."""
    if standing.predicate is not None:
        return standing.predicate
    return NONE if standing.coverage.complete else "belum ada, karena ada yang belum lapor"


def unasked_words(head: FormHead) -> str:
    """How many indicators of the plan do not stand in the form, empty for none."""
    if not head.unasked:
        return ""
    return f"{head.unasked} indikator rencana aksi belum dapat dilaporkan karena masih ada pertanyaan tentangnya"


# --- the rungs of the plan ------------------------------------------------------------------------------------------


def climbed(paths: Sequence[Sequence[Rung]], levels: Sequence[Level]) -> Iterator[tuple[tuple[int, Rung], ...]]:
    """For each row the rungs of these levels that are new since the row before, each with its depth."""
    before: tuple[Rung, ...] = ()
    for path in paths:
        now = tuple(rung for rung in path if rung.level in levels)
        same = next((at for at, rung in enumerate(now) if at >= len(before) or before[at] != rung), len(now))
        yield tuple(enumerate(now))[same:]
        before = now


def split_own(new: Sequence[tuple[int, Rung]], path: Sequence[Rung]) -> tuple[Sequence[tuple[int, Rung]], Rung | None]:
    """The new rungs that need a line of their own, and the one that may stand in the row's: the last, if it is new."""
    if new and new[-1][1] == path[-1]:
        return new[:-1], new[-1][1]
    return new, None


def rung_words(rung: Rung) -> str:
    """`Program Penunjang Urusan`, `Kegiatan: Administrasi Umum`: the level stands before what does not name it."""
    level = LEVELS[rung.level]
    return rung.name if rung.name.casefold().startswith(level.casefold()) else f"{level}: {rung.name}"


def rung_name(path: Sequence[Rung], level: Level) -> str:
    """The name of the rung of a level, empty where there is none."""
    return next((rung.name for rung in path if rung.level is level), "")


# --- numbers and how they are checked -------------------------------------------------------------------------------


def number_or(value: Decimal | None, words: str) -> Value:
    """The number, or why there is none."""
    return words or None if value is None else value


def ratio_formula(cells: Mapping[str, Value], part: str, whole: str, result: str) -> dict[str, str]:
    """How an officer would check a percentage: part by whole, or for what should be low (2T-R)/T; none where neither
    gives our number."""
    above, below, shown = cells.get(part), cells.get(whole), cells.get(result)
    if not isinstance(above, Decimal) or not isinstance(below, Decimal) or not isinstance(shown, Decimal) or not below:
        return {}
    with localcontext(ARITHMETIC):
        if rounded(above * 100 / below) == rounded(shown):
            return {result: f"{{{part}}}/{{{whole}}}*100"}
        if rounded((2 * below - above) * 100 / below) == rounded(shown):
            return {result: f"(2*{{{whole}}}-{{{part}}})/{{{whole}}}*100"}
    return {}


def sum_formula(parts: Sequence[tuple[str, Value]], shown: Value, result: str) -> dict[str, str]:
    """How an officer would check a sum of cells, told by their references (`tw1_k`, `realisasi@5.01`); none where a
    part is no number or they do not give ours."""
    values = [value for _reference, value in parts if isinstance(value, Decimal)]
    if not parts or len(values) < len(parts) or not isinstance(shown, Decimal):
        return {}
    with localcontext(ARITHMETIC):
        if sum(values, Decimal(0)) != shown:
            return {}
    return {result: "+".join(f"{{{reference}}}" for reference, _value in parts)}


def obstacle_words(pairs: Sequence[tuple[str, str]]) -> str:
    """`Januari 2022: menunggu desa; Februari 2022: ...`; what was said of several is said once, and where there is
    nothing else without its period."""
    periods: dict[str, list[str]] = {}
    for code, text in pairs:
        periods.setdefault(text, []).append(_words(code))
    if len(periods) == 1:
        return pairs[0][1]
    return "; ".join(f"{', '.join(named)}: {text}" for text, named in periods.items())


def plan_words(plans: Sequence[Plan]) -> str:
    """`surat ke desa (Kasi Pemerintahan, s/d 29-4-2022)`, as obstacles are told; of what is planned several times who
    and when was said last."""
    last = {plan.text: _who_and_when(plan) for plan in plans if plan.handler or plan.until}
    return obstacle_words([(plan.period, f"{plan.text}{last.get(plan.text, '')}") for plan in plans])


def _who_and_when(plan: Plan) -> str:
    until = date.fromisoformat(plan.until) if plan.until else None
    parts = [plan.handler, f"s/d {until.day}-{until.month}-{until.year}" if until else ""]
    known = ", ".join(part for part in parts if part)
    return f" ({known})" if known else ""
