"""Small invented plans for conversations that no sample brings about."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from domain.modes import Confidence, Mode, Rhythm
from domain.periods import Period
from domain.plan import (
    About,
    BudgetRow,
    GivenAnswer,
    IndicatorRow,
    Level,
    OfficePlan,
    OpenQuestion,
    PersonRow,
    PostRow,
    Role,
)
from tests.offices import (
    CAMAT,
    KASI,
    KASUBBAG,
    PELAKSANA,
    PERIZINAN,
    PLAN,
    VACANT,
    indicator,
    monthly,
    quarterly,
    service,
)

_NAMES = (
    "Surat masuk dicatat", "Surat keluar dicatat", "Arsip ditata", "Rapat staf", "Apel pagi", "Kunjungan desa",
    "Berkas KK diteruskan", "Berkas KTP diteruskan", "Legalisasi surat", "Rekomendasi izin", "Piket kantor",
    "Laporan harian",
)  # fmt: skip


def _twelve() -> OfficePlan:
    rows = tuple(
        indicator(f"k-{number}", name, "kali", KASI, Rhythm.MONTHLY, monthly(*[10] * 12), Mode.SUM, 120)
        for number, name in enumerate(_NAMES, start=1)
    )
    return replace(PLAN, indicators=rows, questions=())


def _quarters() -> OfficePlan:
    """Quarterly only: an amount, a position, a condition in persons and a percentage with its formula."""
    rows = (
        indicator("rapat", "Rapat koordinasi", "kali", KASI, Rhythm.QUARTERLY, quarterly(3, 3, 3, 3), Mode.SUM, 12),
        indicator("linmas", "Linmas terbina", "%", KASI, Rhythm.QUARTERLY, quarterly(25, 50, 75, 90), Mode.CUM, 90),
        indicator("asn", "ASN bertugas", "orang", KASI, Rhythm.QUARTERLY, quarterly(10, 10, 10, 10), Mode.LEVEL, 10),
        replace(
            indicator("tepat", "Desa tepat waktu", "%", KASI, Rhythm.QUARTERLY, quarterly(*[80] * 4), Mode.LEVEL, 80),
            ratio=True,
            low=Decimal(0),
            high=Decimal(100),
        ),
    )  # fmt: skip
    return replace(PLAN, indicators=rows, questions=())


def _quarters_by_month() -> OfficePlan:
    """Quarterly targets for which the office chose to report every month: an amount and a position."""
    rows = (
        indicator("rapat", "Rapat koordinasi", "kali", KASI, Rhythm.MONTHLY, quarterly(3, 3, 3, 3), Mode.SUM, 12),
        indicator("linmas", "Linmas terbina", "%", KASI, Rhythm.MONTHLY, quarterly(25, 50, 75, 90), Mode.CUM, 90),
    )
    return replace(PLAN, indicators=rows, questions=())


def _yearly() -> OfficePlan:
    """Annual targets only, reported each quarter."""
    rows = (
        indicator("pbb", "Realisasi PBB", "%", KASI, Rhythm.QUARTERLY, {}, Mode.CUM, 100),
        indicator("surat", "Surat dilayani", "surat", KASI, Rhythm.QUARTERLY, {}, Mode.SUM, 400),
    )
    return replace(PLAN, indicators=rows, questions=())


def _two_posts() -> OfficePlan:
    """Each of two posts with one indicator; somebody will hold both."""
    rows = (
        indicator("jalan", "Jalan desa dibina", "desa", VACANT, Rhythm.MONTHLY, monthly(*[2] * 12), Mode.SUM, 24),
        indicator("buku", "Buku administrasi", "desa", KASI, Rhythm.MONTHLY, monthly(*[1] * 12), Mode.SUM, 12),
    )
    return replace(PLAN, indicators=rows, questions=())


def _money() -> OfficePlan:
    """Rupiah, an index and a measured length: every scale on which a number can be doubted."""
    rows = (
        indicator("pajak", "Pajak terkumpul", "Rp", KASI, Rhythm.MONTHLY, monthly(*[20381000] * 12), Mode.SUM, None),
        replace(
            indicator("ikm", "Nilai IKM", "nilai", KASI, Rhythm.MONTHLY, monthly(*[84] * 12), Mode.LEVEL, 84),
            low=Decimal(0),
            high=Decimal(100),
        ),
        indicator("arsip", "Arsip surat", "dokumen", KASI, Rhythm.MONTHLY, monthly(*[233] * 12), Mode.SUM, 2800),
        replace(
            indicator("serapan", "Serapan anggaran", "%", KASI, Rhythm.MONTHLY,
                      monthly(10, 20, 30, 40, 50, 60, 70, 80, 85, 90, 95, 100), Mode.CUM, 100),
            high=Decimal(100),
        ),
    )  # fmt: skip
    return replace(PLAN, indicators=rows, questions=())


def _one_proposed() -> OfficePlan:
    """A single indicator whose way of counting is a proposal."""
    rows = (
        indicator("gaji", "ASN yang menerima gaji", "orang", PELAKSANA, Rhythm.MONTHLY, monthly(*[10] * 12),
                  Mode.LEVEL, None, Confidence.MEDIUM),
    )  # fmt: skip
    return replace(PLAN, indicators=rows, questions=())


def _asking() -> OfficePlan:
    """One question of each kind."""

    def open_row(code: str, name: str | None, *, mode: Mode | None = Mode.SUM, post: str | None = KASI) -> IndicatorRow:
        row = indicator(code, name or "", "dokumen", KASI, Rhythm.MONTHLY, monthly(*[5] * 6), mode, 60, Confidence.ASK)
        return replace(row, name=name, post=post)

    rows = (
        open_row(PERIZINAN, "Kelengkapan perizinan", mode=None),
        open_row("tanpa-pemilik", "Sertifikat tanah", post=None),
        open_row("tanpa-nama", None),
        open_row("keluhan", "Keluhan warga"),
        open_row("arsip", "Arsip surat"),
        open_row("berkas", "Berkas tercatat"),
    )
    titles = tuple(post.title for post in PLAN.posts)
    many = (*titles, *(f"Pengadministrasi Umum bagian {number}" for number in range(1, 6)))
    questions = (
        OpenQuestion(PERIZINAN, About.MODE, "Target tiap bulan 5 dokumen. Yang benar: (1) 5 dokumen baru tiap bulan, "
                     "(2) 5 dokumen yang sama tiap bulan?", proposal="LEVEL", options=("SUM", "LEVEL")),
        OpenQuestion("tanpa-pemilik", About.OWNER, "Jabatan mana pelapornya?", options=many),
        OpenQuestion("tanpa-nama", About.NAME, "Teks indikatornya terpotong. Apa nama lengkapnya?"),
        OpenQuestion("keluhan", About.DIRECTION, "Makin banyak keluhan, makin baik atau makin buruk?",
                     options=("positive", "negative")),
        OpenQuestion("arsip", About.TARGETS, "Target Juli dan Agustus tidak terbaca. Apakah usulan ini benar?",
                     proposal="2022-07=233; 2022-08=233"),
        OpenQuestion("berkas", About.TARGETS, "Target September dan Oktober tidak terbaca. Berapa targetnya?"),
    )  # fmt: skip
    posts = (*PLAN.posts, *(PostRow(title, Role.PELAKSANA, KASUBBAG) for title in many[len(titles) :]))
    return replace(PLAN, posts=posts, indicators=rows, questions=questions)


def _next_year() -> OfficePlan:
    """The small office's plan of the year after."""

    def moved(row: IndicatorRow) -> IndicatorRow:
        targets = {Period(2023, which.kind, which.number): target for which, target in row.targets.items()}
        return replace(row, targets=targets)

    decided = (GivenAnswer(PERIZINAN, About.MODE, "SUM", "Bu Dewi Lestari", date(2023, 1, 2)),)
    rows = tuple(moved(row) for row in PLAN.indicators)
    return replace(PLAN, year=2023, indicators=rows, questions=PLAN.questions[:1], answers=decided)


def _of_the_camat() -> OfficePlan:
    """An indicator of the camat's own post beside one of a Kasi and one of the admin."""
    rows = (
        indicator("sakip", "Nilai SAKIP", "nilai", CAMAT, Rhythm.QUARTERLY, quarterly(60, 60, 65, 70), Mode.LEVEL, 70,
                  Confidence.MEDIUM),
        indicator("buku", "Buku administrasi", "desa", KASI, Rhythm.MONTHLY, monthly(*[1] * 12), Mode.SUM, 12),
        indicator("rapat", "Rapat koordinasi", "kali", KASUBBAG, Rhythm.QUARTERLY, quarterly(3, 3, 3, 3), Mode.SUM, 12),
    )  # fmt: skip
    return replace(PLAN, indicators=rows, questions=())


def _budget() -> OfficePlan:
    """Four lines of a budget below two headings, reported by one post; one has a pagu perubahan."""
    lines = (
        BudgetRow("7.01.01", "Penunjang Urusan Pemerintahan", Level.PROGRAM, None),
        BudgetRow("7.01.01.2.02", "Administrasi Keuangan", Level.KEGIATAN, None),
        BudgetRow("7.01.01.2.02.01", "Penyediaan Gaji dan Tunjangan ASN", Level.SUB_KEGIATAN, Decimal(900_000_000),
                  post=PELAKSANA),
        BudgetRow("7.01.01.2.02.07", "Koordinasi Penyusunan Laporan Keuangan", Level.SUB_KEGIATAN, Decimal(5_400_000),
                  post=PELAKSANA),
        BudgetRow("7.01.01.2.06", "Administrasi Umum", Level.KEGIATAN, None),
        BudgetRow("7.01.01.2.06.01", "Penyediaan Alat Listrik", Level.SUB_KEGIATAN, Decimal(2_000_000),
                  Decimal(2_500_000), post=PELAKSANA),
        BudgetRow("7.01.01.2.06.05", "Penyediaan Barang Cetakan dan Penggandaan", Level.SUB_KEGIATAN,
                  Decimal(12_000_000), post=PELAKSANA),
    )  # fmt: skip
    return replace(PLAN, budget=lines)


def _long_budget() -> OfficePlan:
    """Thirty-five lines, as many as a kecamatan has."""
    lines = tuple(
        BudgetRow(f"7.01.{number:02}.2.01.01", f"Urusan nomor {number} yang diselenggarakan seluruh desa",
                  Level.SUB_KEGIATAN, Decimal(1_000_000 * number), post=PELAKSANA)
        for number in range(1, 36)
    )  # fmt: skip
    return replace(PLAN, budget=lines)


def _services() -> OfficePlan:
    """An indicator beside four services of PATEN."""
    adminduk = "Administrasi kependudukan"
    rows = (
        indicator("tamu", "Buku tamu diisi", "buku", KASI, Rhythm.MONTHLY, monthly(*[1] * 12), Mode.SUM, 12),
        service("kk", "Kartu Keluarga", group=adminduk),
        service("pindah", "Surat Keterangan Pindah", group=adminduk),
        service("imb", "Izin mendirikan bangunan"),
        service("legalisasi", "Legalisasi surat"),
    )
    return replace(PLAN, indicators=rows, questions=())


def _team() -> OfficePlan:
    """Two pelaksana below a Kasi, who sees their figures first; one reports two, the other one indicator."""
    treasurer = "Bendahara"
    posts = tuple(replace(post, superior=KASI) if post.title == PELAKSANA else post for post in PLAN.posts)
    rows = (
        indicator("buku", "Buku administrasi", "desa", KASI, Rhythm.MONTHLY, monthly(*[1] * 12), Mode.SUM, 12),
        indicator("arsip", "Arsip surat", "dokumen", PELAKSANA, Rhythm.MONTHLY, monthly(None, None, *[200] * 10),
                  Mode.SUM, 2000),
        indicator("gaji", "ASN yang menerima gaji", "orang", PELAKSANA, Rhythm.MONTHLY, monthly(*[10] * 12),
                  Mode.LEVEL, 10),
        indicator("spj", "Dokumen SPJ", "dokumen", treasurer, Rhythm.MONTHLY, monthly(None, None, *[5] * 10), Mode.SUM,
                  50),
    )  # fmt: skip
    return replace(
        PLAN,
        posts=(*posts, PostRow(treasurer, Role.PELAKSANA, KASI)),
        people=(*PLAN.people, PersonRow("Wayan Sudira", treasurer, "Pak", "+6281200000006")),
        indicators=rows,
        questions=(),
    )


def _neighbour() -> OfficePlan:
    """A second office of the same kabupaten, in which somebody of the first acts for a post, too."""
    posts = {KASI: "Kasi Pelayanan", KASUBBAG: "Kasubbag Program"}

    def renamed(title: str) -> str:
        return posts.get(title, title)

    rows = (
        indicator("antrean", "Antrean layanan dicatat", "hari", renamed(KASI), Rhythm.MONTHLY,
                  monthly(None, None, *[20] * 10),
                  Mode.SUM, 200),
        indicator("brosur", "Brosur layanan dibagikan", "lembar", PELAKSANA, Rhythm.MONTHLY,
                  monthly(None, None, *[7] * 10),
                  Mode.SUM, 70),
    )  # fmt: skip
    return replace(
        PLAN,
        office="Kubutambahan",
        posts=tuple(
            replace(post, title=renamed(post.title), superior=post.superior and renamed(post.superior))
            for post in PLAN.posts
        ),
        people=(
            PersonRow("Nyoman Sudarma", "Camat", "Pak", "+6281200000031"),
            PersonRow("Ketut Rai", renamed(KASUBBAG), "Bu", "+6281200000032"),
            PersonRow("Sari Andini", renamed(KASI), "Bu", "+6281200000004"),
            PersonRow("Gede Artana", PELAKSANA, "Pak", "+6281200000033"),
        ),
        indicators=rows,
        questions=(),
    )


SMALL_PLANS = {
    "kecil": PLAN,
    "kecil-2023": _next_year(),
    "dua-belas": _twelve(),
    "triwulan": _quarters(),
    "triwulan-bulanan": _quarters_by_month(),
    "tahunan": _yearly(),
    "dua-jabatan": _two_posts(),
    "uang": _money(),
    "usulan": _one_proposed(),
    "pertanyaan": _asking(),
    "layanan": _services(),
    "anggaran": _budget(),
    "anggaran-panjang": _long_budget(),
    "tim": _team(),
    "tetangga": _neighbour(),
    "camat": _of_the_camat(),
}
