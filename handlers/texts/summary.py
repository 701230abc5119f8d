"""The five lines of the weekly summary (conversations.md): whole percents, words beside every sign."""

from datetime import date
from decimal import Decimal

from domain.achievement import rounded_whole
from domain.periods import Period
from domain.summary import Behind, OfficeSummary, SectionFigures
from handlers.texts.formats import full_day, indicator, listed, number, period, shortened, verified_share, whole_percent

NOTHING_OPEN = (
    "Tidak ada periode yang terbuka di kantor ini. Ringkasan menyusul setelah rencana aksi tahun ini dimuat dan "
    "periode pertamanya dimulai."
)
REMIND = "Ingatkan yang belum"
DOWNLOAD = "Unduh"
NAMED_POSTS = 3
NAMED_SECTIONS = 3
NAMED_PERIODS = 2
NAMED_LATE = 2


def title(addressed: str, today: date) -> str:
    return f"Yth. {addressed}, ringkasan {full_day(today)}"


def lines(summary: OfficeSummary) -> str:
    """At most five lines: who reported, capaian, sections, furthest behind, who is missing and for how long."""
    found = (_reported(summary), _capaian(summary), _sections(summary), _behind(summary), _owing(summary))
    sample = ("Memuat angka contoh.",) if summary.sample else ()
    return "\n".join(line for line in (*found, *sample) if line)


def _reported(summary: OfficeSummary) -> str:
    before = summary.posts_reported_before
    change = ""
    if before is not None and before != summary.posts_reported:
        change = f", {'naik' if summary.posts_reported > before else 'turun'} {abs(summary.posts_reported - before)}"
    return (
        f"{period(Period.parse(summary.period))}{_how_far(summary)}: "
        f"{summary.posts_reported} dari {summary.posts_due} jabatan sudah lapor{change}{_share(summary)}"
    )


def _how_far(summary: OfficeSummary) -> str:
    """Whether the reports of the period are all in and verified; approved once the camat has approved them all."""
    if summary.reports is None:
        return " (sementara)" if summary.provisional else ""
    if not summary.reports or summary.posts_reported < summary.posts_due or summary.reports != summary.verified_reports:
        return " (sementara)"
    return " (disahkan)" if summary.approved_reports == summary.reports else " (terverifikasi)"


def _share(summary: OfficeSummary) -> str:
    """How much of what has come in is verified; nothing where that is all, and before anything has come in."""
    if not summary.reports or summary.verified_reports in (None, summary.reports):
        return ""
    return f"; {verified_share(summary.verified_reports, summary.reports)} terverifikasi"


def _capaian(summary: OfficeSummary) -> str:
    if not summary.closed_period:
        return "Capaian dihitung setelah periode pertama berakhir."
    basis = f"Capaian s/d {period(Period.parse(summary.closed_period))}{_settled(summary)}"
    if summary.mean is None:
        return f"{basis}: belum ada yang dapat dihitung; {summary.coverage.missing} belum lapor"
    change = f"{_points(summary.change)}{_mover(summary)}"
    if summary.coverage.missing:
        return (
            f"{basis}: {whole_percent(summary.mean)} dari indikator yang sudah lapor{change}; "
            f"{summary.coverage.missing} belum"
        )
    return f"{basis}: {whole_percent(summary.mean)} {summary.predicate or ''}{change}".rstrip()


def _settled(summary: OfficeSummary) -> str:
    """What holds for the capaian, where the line above it has not said so of the same period."""
    if summary.coverage.verified is None:
        return ""
    word = " (sementara)" if summary.provisional else " (terverifikasi)"
    is_said = summary.closed_period == summary.period and summary.provisional == (_how_far(summary) == " (sementara)")
    return "" if is_said else word


def _points(change: Decimal | None) -> str:
    if change is None or not rounded_whole(change):
        return ""
    return f", {'naik' if change > 0 else 'turun'} {number(abs(rounded_whole(change)))} poin"


def _mover(summary: OfficeSummary) -> str:
    """The section that changed most since last week; of a change that is not a whole point nothing is said."""
    changed = [section for section in summary.sections if section.change is not None]
    most = max(changed, key=lambda section: abs(section.change or 0), default=None)
    points = "" if most is None else _points(most.change)
    return "" if most is None or not points else f", {shortened(most.name, 30)} {points.removeprefix(', ')}"


def _sections(summary: OfficeSummary) -> str:
    """The sections that are complete, with their word; how many are not. The picture shows them all."""
    judged = [section for section in summary.sections if section.coverage.due]
    complete = [section for section in judged if section.coverage.complete and section.mean is not None]
    if not complete:
        return ""
    shown = "; ".join(_section(section) for section in complete[:NAMED_SECTIONS])
    more = len(complete) - NAMED_SECTIONS
    parts = [shown, *([f"{more} lainnya di gambar"] if more > 0 else [])]
    if len(judged) > len(complete):
        parts.append(f"{len(judged) - len(complete)} seksi masih sementara")
    return f"Seksi lengkap: {'; '.join(parts)}"


def _section(section: SectionFigures) -> str:
    name = shortened(section.name.removeprefix("Seksi "), 26)
    return f"{name} {whole_percent(section.mean or Decimal(0))} {section.predicate or ''}".rstrip()


def _behind(summary: OfficeSummary) -> str:
    return "Terendah: " + "; ".join(_one_behind(one) for one in summary.behind) if summary.behind else ""


def _one_behind(one: Behind) -> str:
    return f"{indicator(one.name, 32)} {whole_percent(one.capaian)}"


def _owing(summary: OfficeSummary) -> str:
    missing, overdue = _missing(summary), _overdue(summary)
    return f"{missing.rstrip('.')}. {overdue}" if missing and overdue else missing or overdue


def _missing(summary: OfficeSummary) -> str:
    titles = [shortened(title, 40) for title in summary.missing_posts]
    if not titles:
        return "Semua jabatan sudah lapor." if summary.posts_due else ""
    rest = len(titles) - NAMED_POSTS
    if rest > 1:
        return f"Belum: {', '.join(titles[:NAMED_POSTS])}, dan {rest} jabatan lain"
    return f"Belum: {listed(titles)}"


def _overdue(summary: OfficeSummary) -> str:
    """What stands in the camat's list beside the period of the summary: the newest by name, older ones counted."""
    by_period: dict[str, list[str]] = {}
    for one in summary.overdue:
        if one.period != summary.period:
            by_period.setdefault(one.period, []).append(shortened(one.post, 30))
    if not by_period:
        return ""
    newest, *older = reversed(by_period.items())
    counted = [f"{period(Period.parse(code))} {len(posts)} jabatan" for code, posts in older[:NAMED_PERIODS]]
    return "; ".join([f"Lewat batas {period(Period.parse(newest[0]))}: {_some(newest[1])}", *counted])


def _some(posts: list[str]) -> str:
    rest = len(posts) - NAMED_LATE
    return f"{', '.join(posts[:NAMED_LATE])} dan {rest} lainnya" if rest > 0 else listed(posts)
