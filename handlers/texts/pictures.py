"""Words of "grafik": the lists of pictures, and captions that carry a picture's main numbers (whole percents)."""

from collections import Counter
from collections.abc import Sequence

from domain.periods import Period
from domain.summary import Compliance, IndicatorFigures, IndicatorYear, Punctuality, SectionDetail
from handlers.texts.formats import (
    amount,
    figure_of_unit,
    indicator,
    listed,
    period,
    period_with_year,
    shortened,
    whole_percent,
)

OVERVIEW, SECTIONS, COMPLIANCE = "Ringkasan kantor", "Rincian seksi", "Siapa lapor kapan"
CHOOSE_INDICATOR, OTHER_INDICATOR, OTHER_SECTION = "Pilih indikator", "Indikator lain", "Seksi lain"
MORE, FIRST = "Berikutnya", "Ke awal daftar"

WHICH_PICTURE = "Gambar apa yang ingin dilihat? Nama seksi atau indikator bisa juga diketik, mis. grafik pemerintahan."
WHICH_SECTION = "Seksi mana? Ketuk salah satu, atau ketik grafik dan namanya."
WHICH_INDICATOR = "Indikator mana? Ketuk salah satu, atau ketik grafik dan beberapa kata dari namanya."
NONE_YET = "Belum ada indikator yang dapat digambar. Ketik status untuk melihat yang perlu dilaporkan."
NOT_YOURS = "Gambar itu untuk pimpinan dan admin kantor. Ketik grafik untuk gambar Anda sendiri."
GONE = "Gambar itu tidak ada lagi di rencana aksi yang berlaku. Ketik grafik untuk memilih."
WHAT_THERE_IS = "Pilih dari yang ada:"
SAMPLE = "Memuat angka contoh."

_NAMED = 3
_NAMED_POSTS = 4
_TITLE_ROOM = 300
_NAME_ROOM = 48


def not_yet(section: str) -> str:
    return f"{section}: gambar dibuat setelah periode pertama berakhir. Ketik status untuk melihat periode ini."


def not_found(words: str) -> str:
    return f'Tidak ada seksi atau indikator "{shortened(words, 40)}" di antara gambar Anda.'


def page(number: int) -> str:
    """The label that leads to a page of the same picture."""
    return f"Halaman {number}"


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


def section_caption(detail: SectionDetail, page_number: int, pages: int) -> str:
    """The mean with what is missing, the furthest behind, and who has to be waited for."""
    lines = (
        _mean(detail),
        _behind(detail.indicators),
        _missing(detail.indicators),
        _services(detail),
        SAMPLE if detail.sample else "",
        f"Halaman {page_number} dari {pages}." if pages > 1 else "",
    )
    return "\n".join(line for line in lines if line)


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
    """Who reports it, how it stands, and the periods that are missing."""
    annual = "" if year.annual_target is None else f", target setahun {amount(year.annual_target, year.unit)}"
    missing = [period(Period.parse(point.period)) for point in year.points if point.missing]
    lines = (
        f"{year.post}{annual}",
        _standing(year),
        f"Belum lapor: {listed(missing)}" if missing else "",
        SAMPLE if year.sample else "",
    )
    return "\n".join(line for line in lines if line)


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
    return f"Siapa lapor kapan, {period(Period.parse(table.period))}"


def compliance_caption(table: Compliance, page_number: int, pages: int) -> str:
    """How many reports came in time, late and not at all; who misses most."""
    marks = Counter(mark for post in table.posts for mark in post.marks)
    missing = {post.title: post.marks.count(Punctuality.MISSING) for post in table.posts}
    lines = (
        _counts(marks),
        _most_missing(missing),
        SAMPLE if table.sample else "",
        f"Halaman {page_number} dari {pages}." if pages > 1 else "",
    )
    return "\n".join(line for line in lines if line)


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
