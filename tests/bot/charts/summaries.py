"""Invented figures of the office of Kubutambahan, whose sections, posts and indicators are those of its plan."""

from decimal import Decimal

from bot.charts.footer import Footer
from domain.scales import SCALE_A, predicate
from domain.summary import Behind, Coverage, OfficeSummary, SectionFigures

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
