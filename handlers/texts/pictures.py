"""Words of "grafik": the lists of pictures, and captions that carry a picture's main numbers (whole percents).

A caption is a list of lines, each with whether it gives way where the message has no room for all of them.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from domain.achievement import rounded_whole
from domain.budget import BudgetFigures, LineFigures
from domain.budget_picture import shown_lines
from domain.periods import Period, PeriodKind
from domain.standing import Standing
from domain.summary import (
    Compliance,
    Coverage,
    IndicatorFigures,
    IndicatorYear,
    Punctuality,
    SectionDetail,
    Timeliness,
    YearComparison,
    YearFigures,
    YearPair,
)
from handlers.messages import BODY_LIMIT
from handlers.texts.formats import (
    amount,
    figure_of_unit,
    indicator,
    listed,
    money,
    number,
    period,
    period_with_year,
    shortened,
    whole_percent,
)

OVERVIEW, SECTIONS, COMPLIANCE = "Ringkasan kantor", "Rincian seksi", "Siapa lapor kapan"
BUDGET, YEARS = "Serapan anggaran", "Dibanding tahun lalu"
CHOOSE_INDICATOR, OTHER_INDICATOR, OTHER_SECTION = "Pilih indikator", "Indikator lain", "Seksi lain"
MORE, FIRST = "Berikutnya", "Ke awal daftar"

WHICH_PICTURE = (
    "Gambar apa yang ingin dilihat? Bisa juga diketik: grafik, nama seksi atau indikator, lalu periodenya, "
    "mis. grafik pemerintahan maret."
)
WHICH_SECTION = "Seksi mana? Ketuk salah satu, atau ketik grafik dan namanya."
WHICH_INDICATOR = "Indikator mana? Ketuk salah satu, atau ketik grafik dan beberapa kata dari namanya."
NONE_YET = "Belum ada indikator yang dapat digambar. Ketik status untuk melihat yang perlu dilaporkan."
NOT_YOURS = "Gambar itu untuk pimpinan dan admin kantor. Ketik grafik untuk gambar Anda sendiri."
GONE = "Gambar itu tidak ada lagi di rencana aksi yang berlaku. Ketik grafik untuk memilih."
WHAT_THERE_IS = "Pilih dari yang ada:"
NO_BUDGET = (
    "Rencana aksi kantor ini belum memuat baris anggaran. Admin kantor dapat mengisinya di lembar Anggaran, "
    "lalu memuat buku kerjanya lagi."
)
NO_MONTH_YET = "Serapan digambar setelah bulan pertama berakhir. Ketik grafik untuk gambar lain."
SAMPLE = "Memuat angka contoh."
_VERIFIED, _NOT_VERIFIED = "Terverifikasi.", "Sementara: belum diverifikasi."

_NAMED = 3
_NAMED_POSTS = 4
_TITLE_ROOM = 220
_NAME_ROOM = 48
_LONGEST_NAME = 400
_ROOM = BODY_LIMIT - 160
"""Characters of a title and caption: below them may come a hint, or how to go on with an open question."""

_Line = tuple[str, bool]
"""A line, and whether it gives way."""


def not_yet(section: str) -> str:
    return f"{section}: gambar dibuat setelah periode pertama berakhir. Ketik status untuk melihat periode ini."


def nothing_in(which: Period, today: date) -> str:
    """Why there is no picture of a period."""
    if which.end >= today:
        return f"{period_with_year(which)} belum berakhir. Ketik grafik untuk keadaan terakhir."
    return f"Tidak ada yang dilaporkan untuk {_in_a_sentence(which)}. Ketik grafik untuk keadaan terakhir."


def _in_a_sentence(which: Period) -> str:
    """`TW I 2022`, `tahun 2022`."""
    return period(which) if which.kind is PeriodKind.YEAR else period_with_year(which)


def not_found(words: str) -> str:
    return f'Tidak ada seksi atau indikator "{shortened(words, 40)}" di antara gambar Anda.'


def page(number_of_page: int) -> str:
    """The label that leads to a page of the same picture."""
    return f"Halaman {number_of_page}"


def until(which: Period) -> str:
    """The label that leads to an earlier month."""
    return f"s/d {period_with_year(which)}"


def overview_title(which: Period) -> str:
    return f"Ringkasan {period_with_year(which)}"


def _caption(title: str, lines: Sequence[_Line]) -> str:
    """The lines that are not empty, one below the other; where there is no room for all, those that give way leave,
    the last first."""
    kept = [line for line in lines if line[0]]
    while len(title) + sum(len(words) + 1 for words, _ in kept) > _ROOM and any(yields for _, yields in kept):
        kept.remove([line for line in kept if line[1]][-1])
    return "\n".join(words for words, _ in kept)


def _marks(*, provisional: bool, sample: bool, waiting: str = _NOT_VERIFIED) -> str:
    """What must be said of the figures: verified, or what they wait for; invented."""
    return " ".join([waiting if provisional else _VERIFIED, *[SAMPLE] * sample])


def _waiting(verified: int | None, reported: int, what: str) -> str:
    """How many of what was reported are verified, where it is known and more than none."""
    if not verified:
        return _NOT_VERIFIED
    if verified == reported:
        return "Sementara: yang dilaporkan sudah terverifikasi."
    return f"Sementara: {verified} dari {reported} {what} terverifikasi."


def _of_reports(found: Iterable[Standing | None], what: str) -> str:
    """The same, counted from how far each of several reports has come."""
    given = [one for one in found if one is not None]
    return _waiting(sum(one.is_verified for one in given), len(given), what)


def _ending(page_number: int, pages: int, cut: Sequence[str]) -> tuple[_Line, ...]:
    """The names that the picture shortens, in full, and which page it is."""
    names = "\n".join(f"• {shortened(name, _LONGEST_NAME)}" for name in cut)
    return (
        (f"Nama lengkap:\n{names}" if names else "", False),
        (f"Halaman {page_number} dari {pages}." if pages > 1 else "", False),
    )


# --- one section ------------------------------------------------------------------------------------------------


def section_hint(detail: SectionDetail | None) -> str:
    """A section's numbers in a row of a list."""
    if detail is None:
        return "belum ada periode yang berakhir"
    if detail.services.due and not detail.coverage.due:
        return _services(detail)
    mean = "" if detail.mean is None else f"{whole_percent(detail.mean)}, "
    return f"{mean}{detail.coverage.reported} dari {detail.coverage.due} lapor"


def section_title(detail: SectionDetail) -> str:
    return f"{shortened(detail.section, _TITLE_ROOM)}, s/d {period_with_year(Period.parse(detail.period))}"


def section_caption(detail: SectionDetail, page_number: int, pages: int, cut: Sequence[str] = ()) -> str:
    """The mean with what is missing, the furthest behind, who has to be waited for, and the names that are `cut`."""
    waiting = _waiting(detail.coverage.verified, detail.coverage.reported, "indikator yang lengkap")
    lines = (
        (_mean(detail), False),
        (_behind(detail.indicators), True),
        (_missing(detail.indicators), True),
        (_services(detail), True),
        (_marks(provisional=detail.provisional, sample=detail.sample, waiting=waiting), False),
        *_ending(page_number, pages, cut),
    )
    return _caption(section_title(detail), lines)


def _mean(detail: SectionDetail) -> str:
    coverage = detail.coverage
    if not coverage.due:
        return "Belum ada target yang jatuh tempo."
    if detail.mean is None:
        return f"Capaian belum dapat dihitung; {coverage.reported} dari {coverage.due} indikator lapor."
    value = whole_percent(detail.mean)
    if not coverage.complete:
        return f"Capaian sementara {value} dari {coverage.reported} indikator yang lengkap; {coverage.missing} belum."
    return f"Capaian {value} {detail.predicate or ''}".rstrip() + f" dari {coverage.due} indikator."


def _services(detail: SectionDetail) -> str:
    """`12 dari 13 layanan lengkap`: counted without a target, so that no capaian follows."""
    services = detail.services
    return f"{services.reported} dari {services.due} layanan lengkap (tanpa target)" if services.due else ""


def _behind(rows: Sequence[IndicatorFigures]) -> str:
    judged = [(row.capaian, row) for row in rows if row.target is not None and row.complete and row.capaian is not None]
    short = sorted(((capaian, row) for capaian, row in judged if capaian < 100), key=lambda pair: pair[0])[:_NAMED]
    named = [f"{indicator(row.name, _NAME_ROOM)} {whole_percent(capaian)}" for capaian, row in short]
    return f"Terendah: {'; '.join(named)}" if named else ""


def _missing(rows: Sequence[IndicatorFigures]) -> str:
    names = [indicator(row.name, _NAME_ROOM) for row in rows if row.target is not None and not row.complete]
    if not names:
        return ""
    rest = len(names) - _NAMED
    return f"Belum lengkap: {'; '.join(names[:_NAMED])}" + (f"; dan {rest} lainnya" if rest > 0 else "")


# --- one indicator ----------------------------------------------------------------------------------------------


def indicator_title(year: IndicatorYear) -> str:
    """The full name, which the picture may shorten."""
    return shortened(" ".join(year.name.split()), _TITLE_ROOM)


def indicator_caption(year: IndicatorYear) -> str:
    """Who reports it, how it stands, and the periods that are missing or were changed."""
    annual = "" if year.annual_target is None else f", target setahun {amount(year.annual_target, year.unit)}"
    missing = [period(Period.parse(point.period)) for point in year.points if point.missing]
    revised = [period(Period.parse(point.period)) for point in year.points if point.revised]
    waiting = _of_reports((point.checked for point in year.points), "laporan")
    lines = (
        (f"{year.post}{annual}", False),
        (_standing(year), False),
        (f"Belum lapor: {listed(missing)}" if missing else "", True),
        (f"Diubah setelah dilaporkan: {listed(revised)}" if revised else "", True),
        (_marks(provisional=year.provisional, sample=year.sample, waiting=waiting), False),
    )
    return _caption(indicator_title(year), lines)


def _standing(year: IndicatorYear) -> str:
    now = year.to_date
    if now is None:
        return "Belum ada periode yang berakhir."
    until = f"s/d {period_with_year(Period.parse(year.closed_period))}"
    if now.realisation is None or now.target is None:
        return f"{until}: {_alone(now)}"
    capaian = now.no_capaian if now.capaian is None else whole_percent(now.capaian)
    word = (now.predicate or "") if now.complete else "(sementara)"
    figures = f"{figure_of_unit(now.realisation, now.unit)} dari {amount(now.target, now.unit)}"
    return f"{until}: {figures}, {capaian} {word}".rstrip()


def _alone(now: IndicatorFigures) -> str:
    """Where target or realisation stands alone."""
    if now.realisation is not None:
        return f"{amount(now.realisation, now.unit)} ({now.no_capaian})"
    target = "" if now.target is None else f", target {amount(now.target, now.unit)}"
    return f"{now.no_capaian}{target}"


# --- who reported when ------------------------------------------------------------------------------------------


def compliance_title(table: Compliance) -> str:
    return f"{COMPLIANCE}, {_in_a_sentence(Period.parse(table.period))}"


def compliance_caption(table: Compliance, page_number: int, pages: int, cut: Sequence[str] = ()) -> str:
    """How many reports came in time, late and not at all; who misses most; the titles that are `cut`."""
    marks = Counter(mark for post in table.posts for mark in post.marks)
    missing = {post.title: post.marks.count(Punctuality.MISSING) for post in table.posts}
    waiting = _of_reports((found for post in table.posts for found in post.checked), "laporan")
    lines = (
        (_counts(marks), False),
        (_most_missing(missing), True),
        (_marks(provisional=table.provisional, sample=table.sample, waiting=waiting), False),
        *_ending(page_number, pages, cut),
    )
    return _caption(compliance_title(table), lines)


def _counts(marks: Counter[Punctuality]) -> str:
    in_time, late, missing = (marks[one] for one in (Punctuality.ON_TIME, Punctuality.LATE, Punctuality.MISSING))
    if not in_time + late + missing:
        return "Belum ada laporan yang jatuh tempo."
    rest = [f"{count} {word}" for count, word in ((late, "terlambat"), (missing, "belum")) if count]
    return f"{', '.join([f'{in_time} dari {in_time + late + missing} laporan tepat waktu', *rest])}."


def _most_missing(missing: dict[str, int]) -> str:
    owing = sorted(((count, title) for title, count in missing.items() if count), key=lambda pair: -pair[0])
    named = [f"{shortened(title, _NAME_ROOM)} {count}" for count, title in owing[:_NAMED_POSTS]]
    rest = len(owing) - _NAMED_POSTS
    return f"Belum: {', '.join(named)}" + (f", dan {rest} jabatan lain" if rest > 0 else "") if named else ""


# --- the budget -------------------------------------------------------------------------------------------------


def budget_title(figures: BudgetFigures) -> str:
    return f"{BUDGET} s/d {period_with_year(Period.parse(figures.period))}"


def budget_caption(
    figures: BudgetFigures, page_number: int, pages: int, cut: Sequence[str] = (), known: Period | None = None
) -> str:
    """The total in full rupiah, what is not reported, and the lines of which least was spent.

    `known` is the newest month that is reported, where nothing of the one that is shown is.
    """
    lines = (
        (_total(figures.total), False),
        (_changed_ceiling(figures.total), True),
        (f"Angka terakhir ada s/d {period_with_year(known)}." if known else "", False),
        (_least_spent(shown_lines(figures)), True),
        (_not_reported(shown_lines(figures)), True),
        (SAMPLE if figures.sample else "", False),
        *_ending(page_number, pages, cut),
    )
    return _caption(budget_title(figures), lines)


def _total(total: LineFigures) -> str:
    ceiling = "" if total.ceiling is None else f" dari {money(total.ceiling)}"
    if total.spent is None:
        return f"Belum dilaporkan{f', pagu {money(total.ceiling)}' if total.ceiling is not None else ''}."
    absorbed = "" if total.absorbed is None else f" ({whole_percent(total.absorbed)})"
    physical = "" if total.physical is None else f", fisik {whole_percent(total.physical)}"
    missing = "" if total.complete else f"; {total.reported} dari {total.due} baris dilaporkan"
    return f"{money(total.spent)}{ceiling}{absorbed}{physical}{missing}."


def _changed_ceiling(total: LineFigures) -> str:
    if total.pagu is None or total.ceiling is None or total.pagu == total.ceiling:
        return ""
    return f"Pagu perubahan; semula {money(total.pagu)}."


def _least_spent(lines: Sequence[LineFigures]) -> str:
    known = [(line.absorbed, line) for line in lines if line.complete and line.absorbed is not None]
    least = sorted(((absorbed, line) for absorbed, line in known if absorbed < 100), key=lambda pair: pair[0])[:_NAMED]
    named = [f"{shortened(line.name, _NAME_ROOM)} {whole_percent(absorbed)}" for absorbed, line in least]
    return f"Terendah: {'; '.join(named)}" if named else ""


def _not_reported(lines: Sequence[LineFigures]) -> str:
    names = [shortened(line.name, _NAME_ROOM) for line in lines if not line.complete]
    if not names or len(names) == len(lines):
        return ""
    rest = len(names) - _NAMED
    return f"Belum lengkap: {'; '.join(names[:_NAMED])}" + (f"; dan {rest} lainnya" if rest > 0 else "")


# --- this year against last -------------------------------------------------------------------------------------


def one_year(years: Sequence[int]) -> str:
    """Why there is nothing to compare."""
    if len(years) < 2:
        known = f"tahun {years[0]}" if years else "satu tahun"
        return (
            f"Di kantor ini baru ada rencana aksi {known}. Perbandingan dibuat bila rencana aksi tahun sebelumnya "
            "juga dimuat."
        )
    return (
        "Perbandingan dibuat setelah ada periode yang berakhir di bulan yang sama pada tahun ini dan tahun sebelumnya."
    )


def years_title(comparison: YearComparison) -> str:
    now, before = Period.parse(comparison.period), Period.parse(comparison.period_before)
    return f"{now.year} dibanding {before.year}, s/d {period(now)}"


def years_caption(comparison: YearComparison, page_number: int, pages: int, cut: Sequence[str] = ()) -> str:
    """The office in both years, the sections that moved most, and what came on time."""
    before = Period.parse(comparison.period_before).year
    now = comparison.whole.now.coverage if comparison.whole.now else Coverage(0, 0, 0)
    waiting = _waiting(now.verified, now.reported, f"indikator tahun {Period.parse(comparison.period).year}")
    lines = (
        (_office(comparison.whole, before), False),
        (_moved(comparison.sections), True),
        (_punctual(comparison.on_time, comparison.on_time_before, before), True),
        (_marks(provisional=comparison.provisional, sample=comparison.sample, waiting=waiting), False),
        *_ending(page_number, pages, cut),
    )
    return _caption(years_title(comparison), lines)


def _office(whole: YearPair, before: int) -> str:
    if whole.now is None or whole.now.mean is None:
        return f"Capaian belum dapat dihitung (tahun {before} {_mean_of(whole.before)})."
    change = f", {_points(whole.change)}" if whole.change is not None else ""
    missing = "" if whole.complete else "; ada yang belum lapor"
    return f"Capaian {_mean_of(whole.now)} (tahun {before} {_mean_of(whole.before)}){change}{missing}."


def _mean_of(year: YearFigures | None) -> str:
    return "belum ada" if year is None or year.mean is None else whole_percent(year.mean)


def _points(change: Decimal) -> str:
    whole = rounded_whole(change)
    return f"{'naik' if whole > 0 else 'turun'} {number(abs(whole))} poin" if whole else "tetap"


def _moved(sections: Sequence[YearPair]) -> str:
    """The section that rose most and the one that fell most."""
    changes = [(pair.change, pair.name) for pair in sections if pair.change is not None and rounded_whole(pair.change)]
    named = [one for one in (max(changes, default=None), min(changes, default=None)) if one is not None]
    said = dict.fromkeys(f"{shortened(name, _NAME_ROOM)} {_points(change)}" for change, name in named)
    return f"Paling berubah: {'; '.join(said)}" if said else ""


def _punctual(now: Timeliness, before: Timeliness, year: int) -> str:
    if not now.due or not before.due:
        return ""
    return f"Tepat waktu {now.on_time} dari {now.due} laporan (tahun {year} {before.on_time} dari {before.due})."
