"""The shape of the office workbook: its sheets, their columns, and the Indonesian words for our own values.

Reader and writer both go by this file, so they cannot drift apart. `renaksi template` writes this shape for people to
fill in, and the plans in `samples/` are kept in it.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import TypeVar

from domain.evidence import Demanded
from domain.modes import Confidence, Mode, Polarity, Rhythm, YearRule
from domain.plan import About, Capacity, Level, Repeat, Role

T = TypeVar("T")

LARGEST = Decimal("9223372036854.775807")
"""The largest figure, plus or minus: tables hold millionths in 64 bits (design.md 5)."""
DECIMALS = 6
"""Decimal places a figure may have, for the same reason."""
NUMBER_DIGITS = 15
"""Digits a number cell keeps exactly; longer figures are written as text."""
NO_LIMIT = "-"
"""In the columns of limits: none at all. A blank cell takes the usual limit of the unit."""
NO_TARGET = "-"
"""In the columns of periods: the plan prints a dash. The same as a blank cell."""
LOST = "?"
"""In the columns of periods: the plan had a figure here that cannot be read any more. It is asked."""
FORMER_SIGN = "; "
"""Between the former titles of a post."""
YES = "ya"
NO = "tidak"


class Sheet(StrEnum):
    """The sheets, in the order in which they stand."""

    HELP = "Petunjuk"
    TO_ANSWER = "Perlu dijawab"
    OFFICE = "Kantor"
    POSTS = "Jabatan"
    PEOPLE = "Pegawai"
    DAYS_OFF = "Libur"
    SIGNERS = "Tanda tangan"
    INDICATORS = "Indikator"
    SERVICES = "Layanan"
    RENSTRA = "Renstra"
    QUESTIONS = "Pertanyaan"
    ANSWERS = "Jawaban"
    REPORTS = "Realisasi"
    OPENINGS = "Realisasi awal"
    BUDGET = "Anggaran"
    SPENDING = "Realisasi keuangan"


REQUIRED_SHEETS = (Sheet.OFFICE, Sheet.POSTS, Sheet.INDICATORS)

MONTHS = ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des")
QUARTERS = ("TW I", "TW II", "TW III", "TW IV")


RENSTRA_FIGURES: Mapping[str, str] = MappingProxyType(
    {
        "end_target": "Target akhir Renstra",
        "end_budget": "Anggaran Renstra",
        "early": "Realisasi s/d tiga tahun lalu",
        "target_two_before": "Target dua tahun lalu",
        "realised_two_before": "Realisasi dua tahun lalu",
        "target_one_before": "Target tahun lalu",
        "before": "Realisasi s/d tahun lalu",
        "spent_before": "Anggaran terealisasi s/d tahun lalu",
    }
)
"""Field of `RenstraFigures` to its column. The years are told from the plan's: last year is n-1 of the forms."""


@dataclass(frozen=True)
class Column:
    """A column of a sheet. `width` is in characters; a missing column is complained about only if `required`."""

    header: str
    width: int
    required: bool = False


COLUMNS: Mapping[Sheet, tuple[Column, ...]] = MappingProxyType(
    {
        Sheet.TO_ANSWER: (
            Column("No", 5),
            Column("Indikator", 36),
            Column("Tempat", 16),
            Column("Pertanyaan", 56, required=True),
            Column("Terbaca", 22),
            Column("Usulan", 22),
            Column("Pilihan", 22),
            Column("Jawaban", 30, required=True),
            Column("Kode", 12, required=True),
            Column("Perihal", 13, required=True),
        ),
        Sheet.OFFICE: (Column("Isian", 22, required=True), Column("Isi", 60, required=True)),
        Sheet.POSTS: (
            Column("Jabatan", 40, required=True),
            Column("Peran", 14, required=True),
            Column("Atasan", 40, required=True),
            Column("Seksi", 30),
            Column("Admin", 8),
            Column("Unit", 24),
            Column("Nama lama", 34),
            Column("Berakhir", 12),
        ),
        Sheet.PEOPLE: (
            Column("Nama", 30, required=True),
            Column("Jabatan", 40, required=True),
            Column("Sapaan", 9),
            Column("Nomor telepon", 18),
            Column("Status", 11),
            Column("Sejak", 12),
            Column("Sampai", 12),
        ),
        Sheet.DAYS_OFF: (Column("Tanggal", 14, required=True), Column("Nama", 40)),
        Sheet.SIGNERS: (
            Column("Peran", 22, required=True),
            Column("Jabatan", 40),
            Column("Nama", 34),
            Column("Pangkat", 30),
            Column("NIP", 24),
        ),
        Sheet.INDICATORS: (
            Column("Kode", 12, required=True),
            Column("Jenjang", 13, required=True),
            Column("Tujuan", 24),
            Column("Sasaran", 24),
            Column("Program", 24),
            Column("Kegiatan", 24),
            Column("Sub kegiatan", 24),
            Column("Aksi", 24),
            Column("Indikator", 50, required=True),
            Column("Satuan", 12, required=True),
            Column("Jabatan", 34, required=True),
            Column("Cara hitung", 15),
            Column("Nilai setahun", 13),
            Column("Arah", 10),
            Column("Ritme", 12),
            Column("Rasio", 7),
            Column("Target tahunan", 15),
            *(Column(month, 9) for month in MONTHS),
            *(Column(quarter, 9) for quarter in QUARTERS),
            Column("Anggaran", 16),
            Column("Batas bawah", 12),
            Column("Batas atas", 12),
            Column("Keterangan", 30),
            Column("Konteks", 9),
            Column("Bukti", 11),
            Column("Jumlah bukti", 9),
        ),
        Sheet.SERVICES: (
            Column("Kode", 12, required=True),
            Column("Kelompok", 40),
            Column("Jenis pelayanan", 50, required=True),
            Column("Satuan", 12),
            Column("Jabatan", 34, required=True),
            Column("Keterangan", 30),
        ),
        Sheet.RENSTRA: (
            Column("Kode", 12, required=True),
            *(Column(header, 17) for header in RENSTRA_FIGURES.values()),
        ),
        Sheet.QUESTIONS: (
            Column("Kode", 12, required=True),
            Column("Perihal", 13, required=True),
            Column("Pertanyaan", 70, required=True),
            Column("Usulan", 24),
            Column("Pilihan", 24),
            Column("Tempat", 24),
        ),
        Sheet.ANSWERS: (
            Column("Kode", 12, required=True),
            Column("Perihal", 13, required=True),
            Column("Jawaban", 30, required=True),
            Column("Oleh", 24, required=True),
            Column("Tanggal", 12, required=True),
            Column("Alasan", 50),
            Column("Tanda", 9),
        ),
        Sheet.REPORTS: (
            Column("Kode", 12, required=True),
            Column("Periode", 11, required=True),
            Column("Nilai", 16, required=True),
            Column("Dilaporkan", 20, required=True),
            Column("Catatan", 50),
            Column("Tanda", 9),
        ),
        Sheet.OPENINGS: (
            Column("Kode", 12, required=True),
            Column("Posisi s/d", 11, required=True),
            Column("Nilai", 16, required=True),
            Column("Sumber", 30),
            Column("Berlaku", 18),
        ),
        Sheet.BUDGET: (
            Column("Kode", 20, required=True),
            Column("Jenjang", 13, required=True),
            Column("Uraian", 60, required=True),
            Column("Pagu", 20, required=True),
            Column("Pagu perubahan", 20),
            Column("Dilaporkan oleh", 34),
        ),
        Sheet.SPENDING: (
            Column("Kode", 20, required=True),
            Column("Periode", 11, required=True),
            Column("Realisasi", 20, required=True),
            Column("Fisik", 9),
            Column("Dilaporkan", 20, required=True),
            Column("Tanda", 9),
        ),
    }
)

HEADER_ALIASES: Mapping[str, str] = MappingProxyType(
    {
        "januari": "jan", "februari": "feb", "pebruari": "feb", "peb": "feb", "maret": "mar", "april": "apr",
        "juni": "jun", "juli": "jul", "agustus": "agu", "agus": "agu", "agt": "agu", "september": "sep", "sept": "sep",
        "oktober": "okt", "november": "nov", "nopember": "nov", "nop": "nov", "desember": "des",
        "tw 1": "tw i", "tw 2": "tw ii", "tw 3": "tw iii", "tw 4": "tw iv",
        "tw1": "tw i", "tw2": "tw ii", "tw3": "tw iii", "tw4": "tw iv",
        "realisasi s/d n-3": "realisasi s/d tiga tahun lalu", "target n-2": "target dua tahun lalu",
        "realisasi n-2": "realisasi dua tahun lalu", "target n-1": "target tahun lalu",
        "realisasi s/d n-1": "realisasi s/d tahun lalu",
        "anggaran terealisasi s/d n-1": "anggaran terealisasi s/d tahun lalu",
    }
)  # fmt: skip
"""Other spellings of headers, in lower case (domain.md 2.4)."""


class OfficeKey(StrEnum):
    """What the sheet `Kantor` says, one row each.

    `OWN_DAY` may stand in several rows; the sheet `Libur` says the same with names, and is what is written.
    """

    NAME = "Nama kecamatan"
    KABUPATEN = "Kabupaten"
    YEAR = "Tahun"
    ZONE = "Zona waktu"
    WORKDAYS = "Hari kerja"
    BEGINS = "Mulai dipakai"
    DOCUMENT = "Dokumen"
    REASON = "Alasan perubahan"
    SCOPE = "Isi berkas"
    OWN_DAY = "Hari libur sendiri"


REQUIRED_KEYS = (OfficeKey.NAME, OfficeKey.KABUPATEN, OfficeKey.YEAR, OfficeKey.ZONE)
WORKDAYS = (5, 6)
ONLY_PLAN = "rencana saja"
"""The scope of a workbook that says nothing of the office itself: what it does not name stays as it is. Blank is all
of it."""

PATH_COLUMNS: Mapping[str, str] = MappingProxyType(
    {
        "tujuan": "Tujuan",
        "sasaran": "Sasaran",
        "program": "Program",
        "kegiatan": "Kegiatan",
        "sub_kegiatan": "Sub kegiatan",
        "aksi": "Aksi",
    }
)
"""Key of `IndicatorRow.path` to its column."""


class Words(Mapping[str, T]):
    """The words for a closed set of values: what a drop-down offers, and what else is understood."""

    def __init__(self, words: Mapping[str, T], also: Mapping[str, T] | None = None) -> None:
        self._words = dict(words)
        self._read = {normal(word): value for word, value in {**(also or {}), **words}.items()}

    def __getitem__(self, word: str) -> T:
        """The value of a word in any case and spacing. Raises KeyError."""
        return self._read[normal(word)]

    def __iter__(self) -> Iterator[str]:
        return iter(self._words)

    def __len__(self) -> int:
        return len(self._words)

    def word(self, value: T) -> str:
        """The word that is written for a value. Raises ValueError for a value that has none."""
        for word, known in self._words.items():
            if known == value:
                return word
        raise ValueError(f"{value!r} cannot be written into an office workbook")


def normal(word: str) -> str:
    """A header or word as it is compared: lower case, underscores and repeated blanks as one blank."""
    return " ".join(word.replace("_", " ").lower().split())


def listed(words: Iterable[str]) -> str:
    """Choices in a sentence: a, b atau c."""
    *most, last = words
    return f"{', '.join(most)} atau {last}" if most else last


LEVELS = Words({level.value.replace("_", " ").capitalize(): level for level in Level})
BUDGET_LEVELS = Words(
    {
        word: level
        for word, level in LEVELS.items()
        if level in (Level.PROGRAM, Level.KEGIATAN, Level.SUB_KEGIATAN, Level.AKSI)
    }
)
"""The rungs of a budget. Which line stands below which is told by the codes alone."""
ROLES = Words({role.value: role for role in Role})
CAPACITIES = Words({capacity.value: capacity for capacity in Capacity})
RHYTHMS = Words({"bulanan": Rhythm.MONTHLY, "triwulanan": Rhythm.QUARTERLY, "tahunan": Rhythm.YEARLY})
YEAR_RULES = Words({"terakhir": YearRule.LAST, "rata-rata": YearRule.AVERAGE})
DIRECTIONS = Words(
    {"positif": Polarity.POSITIVE, "negatif": Polarity.NEGATIVE, "stabil": Polarity.STABLE},
    {polarity.value: polarity for polarity in Polarity},
)
_MODE_WORDS = {
    "jumlah": Mode.SUM,
    "kumulatif": Mode.CUM,
    "posisi": Mode.CUM,
    "kondisi": Mode.LEVEL,
    "sekali": Mode.SINGLE,
}
MODES = Words({mode.value: mode for mode in Mode}, _MODE_WORDS)
PROPOSED = "usulan"
ASKED = "TANYA"
CHOSEN_MODES: Words[tuple[Mode | None, Confidence]] = Words(
    {
        **{mode.value: (mode, Confidence.HIGH) for mode in Mode},
        **{f"{mode.value} ({PROPOSED})": (mode, Confidence.MEDIUM) for mode in Mode},
        ASKED: (None, Confidence.ASK),
    },
    {word: (mode, Confidence.HIGH) for word, mode in _MODE_WORDS.items()},
)
"""The column `Cara hitung`. Blank leaves it to the rule (domain.md 2.2)."""
ABOUTS = Words(
    {
        "Cara hitung": About.MODE,
        "Jabatan": About.OWNER,
        "Nama": About.NAME,
        "Arah": About.DIRECTION,
        "Target": About.TARGETS,
        "Satuan": About.UNIT,
        "Target setahun": About.ANNUAL,
        "Berulang": About.REPEATED,
    },
    {about.value: about for about in About},
)
MODES_IN_CELLS: Mapping[Mode, str] = MappingProxyType(
    {Mode.SUM: "jumlah", Mode.CUM: "kumulatif", Mode.LEVEL: "kondisi", Mode.SINGLE: "sekali"}
)
"""How the modes are offered to whoever fills in a workbook."""
REPEATS = Words({"sama": Repeat.SAME, "sendiri": Repeat.OWN}, {repeat.value: repeat for repeat in Repeat})
"""Whether a row that looks like an earlier one is the same indicator."""
FLAGS = Words({YES: True, NO: False}, {"y": True, "x": True, "v": True, "t": False})
DEMANDS: Words[Demanded | None] = Words(
    {
        "foto": Demanded.PHOTO,
        "dokumen": Demanded.DOCUMENT,
        "berkas": Demanded.FILE,
        "bukti": Demanded.ANYTHING,
        "tidak wajib": None,
    }
)
"""The column `Bukti`. Blank leaves what was set in the chat."""
COUNTS_FOR = Words({"s/d": False, "periode itu saja": True})
"""The column `Berlaku` of the sheet `Realisasi awal`: for all up to the period, or for the period alone."""
SAMPLES = Words({"contoh": True})
"""The column `Tanda`: an invented decision or figure is marked so, a real one is left blank."""
ZONES = ("WIB", "WITA", "WIT")
