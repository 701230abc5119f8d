"""Invented figures of the office of Kubutambahan, whose sections, posts and indicators are those of its plan."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from bot.charts.footer import Footer
from domain.budget import BudgetFigures, BudgetLine, BudgetPosition, budget_figures
from domain.modes import Mode
from domain.periods import Period, PeriodKind, periods_of_year
from domain.plan import Level
from domain.scales import SCALE_A, predicate
from domain.standing import Standing
from domain.summary import (
    Behind,
    Compliance,
    Coverage,
    IndicatorFigures,
    IndicatorYear,
    OfficeSummary,
    PeriodPoint,
    PostCompliance,
    Punctuality,
    SectionDetail,
    SectionFigures,
    Timeliness,
    YearComparison,
    YearFigures,
    YearPair,
)

FOOTER = Footer(period="Maret 2022", made="29 Maret 2022 10.42 WITA", snapshot=17)
SECTIONS = (
    "Sekretariat",
    "Seksi Pelayanan Administrasi Terpadu",
    "Seksi Pemerintahan",
    "Seksi Pembangunan dan Pemberdayaan Masyarakat",
    "Seksi Sosial Budaya",
    "Seksi Ketenteraman, Ketertiban Umum dan Satuan Polisi Pamong Praja",
    "Kelurahan Kubutambahan",
    "Seksi Ekonomi dan Pemberdayaan Masyarakat Desa",
    "Seksi Kesejahteraan Rakyat",
    "Seksi Perekonomian",
    "Seksi Kebersihan dan Lingkungan Hidup",
    "Seksi Pendapatan Asli Daerah",
)
POSTS = (
    "Sekretaris Kecamatan",
    "Kasubbag Umum & Keuangan",
    "Kasubbag Perencanaan",
    "Kepala Seksi Pelayanan Terpadu",
    "Kasi Sosial Budaya",
    "Kasi Pemerintahan",
    "Bendahara",
    "Pengelola Gaji",
    "Pengadministrasi Pertanahan",
    "Pengelola Monitoring dan Evaluasi",
    "Pengadministrasi Pendidikan dan Kebudayaan",
    "Pranata Perlindungan Masyarakat",
)
BEHIND = (
    Behind(
        "Jumlah Desa yang menerbitkan Peraturan Desa dan turunannya",
        "desa",
        Decimal(3),
        Decimal(1),
        Decimal("33.333"),
        "Seksi Pemerintahan",
    ),
    Behind(
        "Jumlah Administrasi Kependudukan (KK,KTP, dan Surat Pindah) yang diterbitkan sesuai SOP",
        "dokumen",
        Decimal(498),
        Decimal(231),
        Decimal("46.39"),
        "Seksi Pelayanan Administrasi Terpadu",
    ),
    Behind(
        "Jumlah Pembinaan Linmas",
        "kegiatan",
        Decimal(4),
        Decimal(2),
        Decimal(50),
        "Seksi Ketenteraman, Ketertiban Umum dan Satuan Polisi Pamong Praja",
    ),
)


def section(name: str, mean: str | None, due: int, reported: int) -> SectionFigures:
    """A section of which `reported` of `due` indicators are in, with the predicate that the rules give it."""
    value = None if mean is None else Decimal(mean)
    rated = due > 0 and due == reported
    return SectionFigures(name, Coverage(due, reported, reported), value, _word(value) if rated else None)


def _word(mean: Decimal | None) -> str | None:
    rung = None if mean is None else predicate(mean, SCALE_A)
    return rung.word if rung else None


def summary(
    *sections: SectionFigures,
    posts: tuple[int, int] = (15, 15),
    before: int | None = 8,
    missing: tuple[str, ...] = (),
    behind: tuple[Behind, ...] = BEHIND,
    office: str = "Kecamatan Kubutambahan",
    mean: str | None = "92",
    change: str | None = "3",
    provisional: bool = True,
    sample: bool = True,
) -> OfficeSummary:
    """An office whose coverage is that of its sections."""
    due = sum(one.coverage.due for one in sections)
    reported = sum(one.coverage.reported for one in sections)
    value = None if mean is None else Decimal(mean)
    word = _word(value) if due and due == reported else None
    return OfficeSummary(
        office,
        "2022-03",
        posts[0],
        posts[1],
        before,
        missing,
        Coverage(due, reported, reported),
        value,
        word,
        None if change is None else Decimal(change),
        sections,
        behind,
        provisional,
        sample,
    )


_MEANS = ("97.4", "92", "130", "71", "48.2", "88", None, "99", "77", "54", "93", "100")


def office(count: int, *, complete: bool = False) -> OfficeSummary:
    """An office of `count` sections; unless complete, the second lacks 3 of 9 and the fifth everything."""
    sections = [section(name, _MEANS[i] or "84", 9, 9) for i, name in enumerate(SECTIONS[:count])]
    if complete:
        return summary(*sections, provisional=False, sample=False)
    if count > 1:
        sections[1] = section(SECTIONS[1], "92", 9, 6)
    if count > 4:
        sections[4] = section(SECTIONS[4], None, 4, 0)
    if count > 6:
        sections[6] = section(SECTIONS[6], None, 0, 0)
    return summary(*sections, posts=(15, 12), missing=(POSTS[4], *POSTS[6:8]))


INDICATORS = (
    ("Jumlah Desa yang Memiliki Buku Wajib Administrasi dan Administrasi Lainnya", "desa"),
    ("Jumlah Laporan Kependudukan Desa dan Administrasi Pemerintahan Desa", "laporan"),
    ("Jumlah Administrasi Kependudukan (KK,KTP, dan Surat Pindah) yang diterbitkan sesuai SOP", "dokumen"),
    ("Nilai AKIP yang baik", "nilai"),
    ("Jumlah Pembinaan dan Pengawasan Penegakan Peraturan Daerah", "desa"),
    ("Realisasi PBB", "%"),
    ("Jumlah Dokumen Gaji", "dokumen"),
)


def figures(
    name: str, unit: str, target: str | None, realisation: str | None, *, due: int = 3, reported: int | None = None
) -> IndicatorFigures:
    """An indicator judged by F1; everything is in unless `reported` says otherwise."""
    goal = None if target is None else Decimal(target)
    value = None if realisation is None else Decimal(realisation)
    done = (due if value is not None else 0) if reported is None else reported
    capaian = value / goal * 100 if goal and value is not None else None
    word = _word(capaian) if done == due else None
    return IndicatorFigures(name, unit, goal, value, capaian, word, due, done)


def detail(*rows: IndicatorFigures, mean: str | None = "92") -> SectionDetail:
    """A section of these indicators."""
    due = sum(row.target is not None for row in rows)
    reported = sum(row.target is not None and row.complete for row in rows)
    value = None if mean is None else Decimal(mean)
    word = _word(value) if due == reported else None
    coverage = Coverage(due, reported, reported)
    return SectionDetail(
        "Kecamatan Kubutambahan", "Seksi Pemerintahan", "2022-03", coverage, value, word, rows, True, True
    )


ROWS = (
    figures(*INDICATORS[0], "3", "3"),
    figures(*INDICATORS[1], "15", "6"),
    figures(*INDICATORS[2], "498", None),
    figures(*INDICATORS[3], None, "62.5"),
    figures(*INDICATORS[4], "3", "2", reported=2),
    figures(*INDICATORS[5], "75", "97.5"),
    figures(*INDICATORS[6], "30", "24"),
)


def year(
    mode: Mode,
    targets: tuple[str | None, ...],
    values: tuple[str | None, ...],
    *,
    name: str = INDICATORS[0][0],
    unit: str = "desa",
    annual: str | None = "13",
    due: int = 4,
    revised: tuple[int, ...] = (),
) -> IndicatorYear:
    """A year whose first `due` periods have ended; s/d figures add up in mode SUM and are the value itself else.

    The periods in `revised` (from 0) had another value before.
    """
    periods = periods_of_year(2022, PeriodKind.MONTH if len(targets) == 12 else PeriodKind.QUARTER)
    goals = [None if target is None else Decimal(target) for target in targets]
    reached = [None if value is None else Decimal(value) for value in values]
    points = tuple(
        PeriodPoint(
            period.code,
            at < due and goals[at] is not None,
            goals[at],
            reached[at],
            _to_date(mode, goals, at),
            _known(mode, reached, at),
            reached[at] is not None,
            at in revised,
        )
        for at, period in enumerate(periods)
    )
    closed, now = _closed(mode, points[:due], name, unit)
    goal = None if annual is None else Decimal(annual)
    return IndicatorYear(
        "Kecamatan Kubutambahan", name, unit, "Kasi Pemerintahan", mode, goal, points, closed, now, True, True
    )


def _closed(mode: Mode, ended: tuple[PeriodPoint, ...], name: str, unit: str) -> tuple[str, IndicatorFigures | None]:
    """The last period that has ended, and how the indicator stands s/d its end."""
    if not ended:
        return "", None
    goal = ended[-1].target_to_date
    reached = [point.realisation for point in ended if point.realisation is not None]
    value = (sum(reached, Decimal(0)) if mode is Mode.SUM else reached[-1]) if reached else None
    capaian = value / goal * 100 if goal and value is not None else None
    due, missing = sum(point.due for point in ended), sum(point.missing for point in ended)
    return ended[-1].period, IndicatorFigures(name, unit, goal, value, capaian, None, due, due - missing)


def _to_date(mode: Mode, values: list[Decimal | None], at: int) -> Decimal | None:
    if mode is not Mode.SUM:
        return values[at]
    return sum((value for value in values[: at + 1] if value is not None), Decimal(0))


def _known(mode: Mode, values: list[Decimal | None], at: int) -> Decimal | None:
    return None if values[at] is None else _to_date(mode, values, at)


def compliance(posts: int, periods: int = 12, *, due: int = 3) -> Compliance:
    """The posts of the office with every kind of mark."""
    kinds = (Punctuality.ON_TIME, Punctuality.ON_TIME, Punctuality.LATE, Punctuality.MISSING, Punctuality.NO_TARGET)
    kind = PeriodKind.MONTH if periods == 12 else PeriodKind.QUARTER
    rows = [
        PostCompliance(
            POSTS[row % len(POSTS)],
            tuple(kinds[(row + at) % 5] if at < due else Punctuality.OPEN for at in range(periods)),
        )
        for row in range(posts)
    ]
    codes = tuple(period.code for period in periods_of_year(2022, kind))
    return Compliance("Kecamatan Kubutambahan", "2022", codes, tuple(rows), True, True)


PROGRAMS = (
    "Program Penunjang Urusan Pemerintahan Daerah Kabupaten/Kota",
    "Program Penyelenggaraan Pemerintahan dan Pelayanan Publik",
    "Program Pemberdayaan Masyarakat Desa dan Kelurahan",
    "Program Koordinasi Ketenteraman dan Ketertiban Umum",
    "Program Penyelenggaraan Urusan Pemerintahan Umum",
    "Program Pembinaan dan Pengawasan Pemerintahan Desa",
)


def budget_line(
    code: str,
    name: str,
    pagu: str | None,
    spent: str | None = None,
    physical: str | None = None,
    revised: str | None = None,
) -> BudgetLine:
    """A line of the budget of 2022 with what was reported of it s/d March."""
    held = (
        None
        if spent is None
        else BudgetPosition(Decimal(spent), _decimal(physical), None, date(2022, 4, 4), sample=True)
    )
    positions = {} if held is None else {Period.month(2022, 3): held}
    level = Level.PROGRAM if "." not in code else Level.KEGIATAN
    return BudgetLine(
        int(code.replace(".", "")), code, name, level, 2022, _decimal(pagu), _decimal(revised), 1, positions
    )


def _decimal(printed: str | None) -> Decimal | None:
    return None if printed is None else Decimal(printed)


def spending(*lines: BudgetLine) -> BudgetFigures:
    """A budget s/d March."""
    return budget_figures("Kecamatan Kubutambahan", lines, Period.month(2022, 3))


BUDGET = (
    budget_line("1", PROGRAMS[0], None),
    budget_line("1.1", "Perencanaan", "900000000", "230400000", "25"),
    budget_line("1.2", "Administrasi Keuangan", "616486189", "141200000", "25"),
    budget_line("2", PROGRAMS[1], "65000000", "66000000", "100"),
    budget_line("3", PROGRAMS[2], None),
    budget_line("3.1", "Pemberdayaan", "120000000", "12350000", "10"),
    budget_line("3.2", "Pembinaan PKK", "80000000"),
    budget_line("4", PROGRAMS[3], "45000000", "0", "0"),
    budget_line("5", PROGRAMS[4], "50000000"),
    budget_line("6", PROGRAMS[5], "30000000", "15000000", revised="40000000"),
)
"""Everything that a line can be: complete, in part, not reported, above its pagu, nothing spent, pagu changed."""


def year_figures(mean: str | None, due: int, reported: int) -> YearFigures:
    return YearFigures(Coverage(due, reported, reported), _decimal(mean))


def comparison(count: int, *, office: str = "Kecamatan Kubutambahan") -> YearComparison:
    """An office of that many sections, this year and last."""
    every = (
        (year_figures("97.4", 9, 9), year_figures("91", 8, 8)),
        (year_figures("92", 9, 6), year_figures("96.2", 9, 9)),
        (year_figures("48.2", 4, 4), None),
        (year_figures(None, 5, 0), year_figures("130", 5, 5)),
        (year_figures(None, 0, 0), year_figures("100", 2, 2)),
    )
    pairs = tuple(YearPair(name, *every[at % len(every)]) for at, name in enumerate(SECTIONS[:count]))
    whole = YearPair("", year_figures("92", 27, 19), year_figures("86", 24, 24))
    return YearComparison(
        office,
        "2022-03",
        "2021-TW1",
        whole,
        pairs,
        Timeliness(34, 41),
        Timeliness(30, 40),
        provisional=True,
        sample=True,
    )


# --- how far figures have come on their way to the camat ------------------------------------------------------------


def checked_office(found: OfficeSummary, *verified: int) -> OfficeSummary:
    """The office with so many indicators of each section verified."""
    sections = tuple(
        replace(one, coverage=replace(one.coverage, verified=count))
        for one, count in zip(found.sections, verified, strict=True)
    )
    return replace(found, sections=sections, coverage=replace(found.coverage, verified=sum(verified)))


def checked_detail(found: SectionDetail, *verified: int) -> SectionDetail:
    """The section with the indicators of these places verified and every other reported one not."""
    rows = tuple(
        replace(row, checked=None if row.realisation is None else _come(at in verified))
        for at, row in enumerate(found.indicators)
    )
    return replace(found, indicators=rows, coverage=replace(found.coverage, verified=len(verified)))


def checked_year(found: IndicatorYear, *verified: int) -> IndicatorYear:
    """The year with the values of these places verified; s/d, a position is when all before it are."""
    points = tuple(
        replace(
            point,
            checked=None if point.realisation is None else _come(at in verified),
            checked_to_date=None if point.realisation_to_date is None else _come(set(range(at + 1)) <= set(verified)),
        )
        for at, point in enumerate(found.points)
    )
    now = found.to_date
    last = next(point.checked_to_date for point in reversed(points) if point.checked_to_date is not None)
    return replace(found, points=points, to_date=None if now is None else replace(now, checked=last))


def checked_compliance(found: Compliance) -> Compliance:
    """The table with every second report verified."""
    given = (Punctuality.ON_TIME, Punctuality.LATE)
    posts = tuple(
        replace(
            post,
            checked=tuple(_come((row + at) % 2 == 0) if mark in given else None for at, mark in enumerate(post.marks)),
        )
        for row, post in enumerate(found.posts)
    )
    return replace(found, posts=posts)


def checked_comparison(found: YearComparison) -> YearComparison:
    """This year half verified, last year all of it."""

    def checked(pair: YearPair) -> YearPair:
        return replace(pair, now=_verified(pair.now, half=True), before=_verified(pair.before, half=False))

    return replace(found, whole=checked(found.whole), sections=tuple(checked(pair) for pair in found.sections))


def _verified(year: YearFigures | None, *, half: bool) -> YearFigures | None:
    if year is None:
        return None
    count = year.coverage.reported // 2 if half else year.coverage.reported
    return replace(year, coverage=replace(year.coverage, verified=count))


def _come(verified: bool) -> Standing:
    return Standing.VERIFIED if verified else Standing.REPORTED
