"""The words of table headings: what they can mean, in the spellings that plans print (domain.md 2.4)."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from rapidfuzz import fuzz, process

from domain.periods import PeriodKind


class Word(StrEnum):
    """What one word of a heading says."""

    NUMBER = "number"
    CODE = "code"
    TUJUAN = "tujuan"
    SASARAN = "sasaran"
    PROGRAM = "program"
    KEGIATAN = "kegiatan"
    SUB = "sub"
    AKSI = "aksi"
    INDIVIDU = "individu"
    TEXT = "text"
    """`Uraian`, `Nama`: a name, of the rung that stands above it."""
    INDICATOR = "indicator"
    UNIT = "unit"
    TARGET = "target"
    ACTUAL = "actual"
    """`Realisasi`, `Capaian`: what was reached, never a target."""
    YEARLY = "yearly"
    FORWARD = "forward"
    """Of another year: `Prakiraan maju`, `akhir Renstra`."""
    PERIODS = "periods"
    """`Triwulan`, `Bulan`, `Jadwal`, `Waktu`: periods stand below or in the cells."""
    OWNER = "owner"
    BUDGET = "budget"
    NOTE = "note"
    FORMULA = "formula"
    SIDE = "side"
    """A column that no indicator needs: `Lokasi`, `Sumber dana`, `Prioritas`."""
    FILLER = "filler"
    """Says nothing by itself: `kinerja`, `daerah`, `dan`."""


_WORDS: dict[Word, str] = {
    Word.NUMBER: "no nomor nmr urut",
    Word.CODE: "kode rekening kd kodering",
    Word.TUJUAN: "tujuan",
    Word.SASARAN: "sasaran",
    Word.PROGRAM: "program prog programme",
    Word.KEGIATAN: "kegiatan keg kegiata",
    Word.SUB: "sub",
    Word.AKSI: "aksi renaksi aktivitas aktifitas langkah tahapan",
    Word.INDIVIDU: "individu perorangan",
    Word.TEXT: "uraian nama nomenklatur deskripsi pernyataan jenis",
    Word.INDICATOR: "indikator iku iki ikk ikp indikatornya keluaran output outcome tolok tolak ukuran parameter",
    Word.UNIT: "satuan",
    Word.TARGET: "target volume vol trget kuantitas kuantitatif",
    Word.ACTUAL: "realisasi capaian tercapai terealisasi persentase tingkat evaluasi realisas",
    Word.YEARLY: "tahunan setahun annual",
    Word.FORWARD: "prakiraan perkiraan proyeksi renstra rpjmd prakiran",
    Word.PERIODS: "triwulan triwulanan tribulan bulan bulanan jadwal waktu pelaksanaan periode kuartal semester tw "
    "timeline",
    Word.OWNER: "penanggung penanggungjawab pic pelaksana pengampu jawab penangggung pemangku pj jabatan",
    Word.BUDGET: "anggaran pagu dana biaya rp rupiah keuangan indikatif belanja kebutuhan",
    Word.NOTE: "ket keterangan catatan",
    Word.FORMULA: "formula formulasi rumus perhitungan penghitungan",
    Word.SIDE: "lokasi sumber prioritas skala spm standar nasional analisis dukung faktor penghambat pendorong "
    "kendala alasan definisi kualitas mutu",
    Word.FILLER: "kinerja strategis utama urusan bidang pemerintahan pemerintah daerah perangkat kecamatan dan atau "
    "per yang pada tahun ke rencana awal rancangan hasil pd skpd opd perubahan jumlah total baseline akhir tahap maju "
    "perjanjian pk ukur unit kerja cara data operasional besaran apbd apbdes rincian s d sd sampai dengan kab "
    "kabupaten kota khusus kumulatif penyelesaian sasarannya kondisi ini lain satu renja rkpd rka dpa fisik semula "
    "menjadi sebelum sesudah setelah",
}  # fmt: skip

_REMEMBERED = 4096
"""Texts whose meaning is kept: those of headings come again and again, those of files are endless."""
_MEANING = {spelling: word for word, spellings in _WORDS.items() for spelling in spellings.split()}
_FUZZY = tuple(sorted(spelling for spelling in _MEANING if len(spelling) >= 5))
_LEAST_LIKENESS = 86
"""Of 100, for one word: `lndikator` and `Priori tas` are near enough, `pelayanan` and `pelaksana` are not."""

_LOOKALIKES = str.maketrans("АВЕКМНОРСТХавекмнорстх", "ABEKMHOPCTXabekmhopctx")
"""Cyrillic letters that a scan puts for Latin ones."""
_TAGS = re.compile(r"<[^>]*>|[*_]{2,}")
_MARKS = "<*_-"
"""Without one of these a text has neither tags nor words that are broken at the end of a line."""
_BREAKS = re.compile(r"(?<=\w)-\s+(?=\w)")
_TOKEN = re.compile(r"[a-z]+|\d+")
_SUB = re.compile(r"\bsub[\s-]*(?=keg|output)")
LONGEST_HEADING = 170
"""Characters; a longer text is a sentence of the plan."""


def fold(text: str) -> str:
    """A heading in lower case, without tags, bold signs and doubled blanks."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text).translate(_LOOKALIKES)
    if any(map(text.__contains__, _MARKS)):
        text = _BREAKS.sub("", _TAGS.sub("", text).lower())
    plain = text.lower()
    return " ".join((_SUB.sub("sub ", plain) if "sub" in plain else plain).split())


@lru_cache(_REMEMBERED)
def meaning_of(token: str) -> Word | None:
    """What a word says, forgiving one or two wrong letters in a long one; None for a word that no heading has."""
    if token in _MEANING:
        return _MEANING[token]
    if len(token) < 5:
        return None
    match = process.extractOne(token, _FUZZY, scorer=fuzz.ratio, score_cutoff=_LEAST_LIKENESS)
    return None if match is None else _MEANING[match[0]]


@dataclass(frozen=True)
class Reading:
    """What the words of one text say: each meaning in order, and how many words say nothing to us."""

    words: tuple[Word, ...]
    strangers: int
    years: tuple[int, ...] = ()

    def says(self, *any_of: Word) -> bool:
        """Whether one of these is among the meanings."""
        return any(word in self.words for word in any_of)

    @property
    def is_heading(self) -> bool:
        """Whether the text can be a heading: it says something, and hardly a word of it is strange."""
        telling = [word for word in self.words if word is not Word.FILLER]
        return bool(telling) and self.strangers * 2 <= len(telling)

    @property
    def is_strange(self) -> bool:
        """Whether the text cannot be a piece of a heading."""
        return self.strangers * 2 > len(self.words)


@lru_cache(_REMEMBERED)
def read_words(text: str) -> Reading:
    """The meanings of a text's words. Numbers are left out, save years."""
    plain = fold(text)
    if len(plain) > LONGEST_HEADING:
        return Reading((), len(plain))
    tokens: list[str] = _TOKEN.findall(plain)
    years = tuple(int(token) for token in tokens if re.fullmatch(r"20\d\d", token))
    words = [meaning_of(token) for token in _joined([token for token in tokens if token.isalpha()])]
    return Reading(tuple(word for word in words if word is not None), words.count(None), years)


def _joined(tokens: list[str]) -> Iterator[str]:
    """The words of a heading with those made whole that a narrow column broke: `kegia tan`, `su b`."""
    at = 0
    while at < len(tokens):
        token, following = tokens[at], tokens[at + 1] if at + 1 < len(tokens) else ""
        is_broken = bool(following) and token + following in _MEANING and not {token, following} <= _MEANING.keys()
        if is_broken:
            yield token + following
        elif len(token) > 1:
            yield token
        at += 1 + is_broken


@dataclass(frozen=True)
class PeriodLabel:
    """A period as a heading or a cell names it. `to_date` for `s/d TW II`. `halves` for a semester, which is told by
    the quarter that closes it."""

    kind: PeriodKind
    number: int
    to_date: bool = False
    is_half: bool = False


_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10, "xi": 11,
          "xii": 12}  # fmt: skip
_NUMBER_WORDS = {"satu": 1, "dua": 2, "tiga": 3, "empat": 4, "pertama": 1, "kedua": 2, "ketiga": 3, "keempat": 4}
_LONGEST_LABEL = 60
"""Characters, `Triwulan III (Juli s.d. September) Tahun 2025` and the like."""
_TO_DATE = re.compile(r"^(?:s\s*[/.]\s*d\.?|sd|sampai dengan|sampai|hingga)\s*")
_FRAME = re.compile(r"^(?:target|rencana|pada|bulan|kinerja)\s+(?=\S)")
_QUARTER = re.compile(
    r"(?:triwulan|tri wulan|tribulan|trwln|trwl|triw|trw|tw|tr|kuartal|kwartal|quarter|q)[\s.:-]*"
    r"(?:ke[\s-]*)?\(?([ivl1|]{1,4}|[1-4]|satu|dua|tiga|empat|pertama|kedua|ketiga|keempat)\)?"
)
_HALF = re.compile(r"(?:semester|smt|sem)[\s.:-]*(?:ke[\s-]*)?(i{1,2}|[12])")
_MONTH_NUMBER = re.compile(r"(?:bulan|bln)[\s.:-]*(?:ke[\s-]*)?([ivx]{1,4}|\d{1,2})|b-?(\d{1,2})")
_TAIL = re.compile(r"\s*(?:tahun\s*)?(?:[-/']?\s*\(?20\d\d\)?|[-'/]\d\d)?\s*$")
_DIGITS = tuple("0123456789")
_RUPIAH = ("rp ", "rp.")
_ENDS_IN_YEAR = re.compile(r"(?:20\d\d\)?|[-'/]\d\d|tahun)\Z")
_LONGEST_YEAR = 5
"""Characters in which it ends, of whatever `_TAIL` finds in a text without a blank at its end."""
_EXPLAINED = re.compile(r"\s*\([^)]*\)\s*$")

_MONTHS: dict[str, int] = {
    spelling: number
    for number, spellings in enumerate(
        (
            "januari jan januar", "februari pebruari feb peb febuari", "maret mar mrt", "april apr", "mei", "juni jun",
            "juli jul", "agustus agus agt agts ags agu agst", "september sept sep spt", "oktober okt oct oktb",
            "november nopember nov nop nopem", "desember des dec december",
        ),
        start=1,
    )
    for spelling in spellings.split()
}  # fmt: skip
_LABEL_BEGINNINGS = (
    "bln", "bulan", "hingga", "kinerja", "kuartal", "kwartal", "pada", "q", "rencana", "sampai", "sd", "sem", "smt",
    "target", "tr", "tw", *_MONTHS,
)  # fmt: skip
_TWO_WORDS = re.compile(r"([A-Za-z]{2,}) [A-Za-z]{3,} ")
_LONG_MONTHS = tuple(month for month in _MONTHS if len(month) >= 5)


@lru_cache(_REMEMBERED)
def month_number(text: str) -> int | None:
    """1..12 for the name of a month in any spelling of domain.md 2.4; None for another word."""
    word = fold(text).strip(" .:")
    if word in _MONTHS:
        return _MONTHS[word]
    if len(word) < 5 or not word.isalpha():
        return None
    match = process.extractOne(word, _LONG_MONTHS, scorer=fuzz.ratio, score_cutoff=_LEAST_LIKENESS)
    return None if match is None else _MONTHS[match[0]]


def begins_as_name(text: str) -> bool:
    """Whether words stand first with which no period begins, as in nearly every name of a plan: a quick look that
    spares those of `period_label` and its kind."""
    match = _TWO_WORDS.match(text)
    return match is not None and not _may_begin_label(match[1])


@lru_cache(_REMEMBERED)
def _may_begin_label(word: str) -> bool:
    return word.lower().startswith(_LABEL_BEGINNINGS) or month_number(word) is not None


@lru_cache(_REMEMBERED)
def period_label(text: str) -> PeriodLabel | None:
    """The period that a text names and nothing else: `TW I`, `Triwulan Ke-1`, `s/d TW II`, `Peb`, `Jan - Mar`.

    A bare `I` or `1` names none: see `ordinal`.
    """
    is_amount = text[:1] in _DIGITS or text[:3].lower() in _RUPIAH
    if is_amount or len(text) > _LONGEST_LABEL or begins_as_name(text) or not any(map(str.isalpha, text)):
        return None
    plain = fold(text).strip(" .:;")
    if to_date := _TO_DATE.match(plain):
        plain = plain[to_date.end() :]
    while (frame := _FRAME.match(plain)) and not _MONTH_NUMBER.fullmatch(plain):
        plain = plain[frame.end() :]
    if _ENDS_IN_YEAR.search(plain, max(0, len(plain) - _LONGEST_YEAR)):
        plain = _TAIL.sub("", plain)
    return _named(plain.strip(" .:;"), bool(to_date))


_WITHIN = re.compile(
    rf"\b(?:(?P<to_date>s\s*[/.]\s*d\.?|sampai dengan|hingga)\s*)?(?P<label>{_QUARTER.pattern}|{_HALF.pattern}"
    rf"|(?:{'|'.join(sorted(_MONTHS, key=len, reverse=True))}))(?![a-z0-9])"
)


@lru_cache(_REMEMBERED)
def label_within(text: str) -> PeriodLabel | None:
    """The one period that a heading names among other words: `Target Fisik TW I (%)`, `Target s.d. TW II`."""
    if (label := period_label(text)) is not None:
        return label
    plain = fold(text)
    found = list(_WITHIN.finditer(plain)) if len(plain) <= _LONGEST_LABEL else []
    if len(found) != 1:
        return None
    rest = plain[: found[0].start()] + " " + plain[found[0].end() :]
    is_heading = not read_words(rest).strangers
    return _named(found[0]["label"].strip(), bool(found[0]["to_date"])) if is_heading else None


def _named(plain: str, to_date: bool) -> PeriodLabel | None:
    if (number := month_number(plain)) is not None:
        return PeriodLabel(PeriodKind.MONTH, number, to_date)
    if match := _MONTH_NUMBER.fullmatch(plain):
        number = ordinal(match[1] or match[2])
        return None if number is None else PeriodLabel(PeriodKind.MONTH, number, to_date)
    bare = _EXPLAINED.sub("", plain) if plain.endswith(")") else plain
    if match := _QUARTER.fullmatch(bare):
        number = _quarter_number(match[1])
        return None if number is None else PeriodLabel(PeriodKind.QUARTER, number, to_date)
    if match := _HALF.fullmatch(bare):
        return PeriodLabel(PeriodKind.QUARTER, 2 * (2 if match[1] in ("ii", "2") else 1), to_date, is_half=True)
    return _span(plain, to_date)


def _quarter_number(text: str) -> int | None:
    if text in _NUMBER_WORDS:
        return _NUMBER_WORDS[text]
    number = ordinal(re.sub(r"[l|]", "i", text) if len(text) > 1 or text in "l|" else text)
    return number if number is not None and number <= 4 else None


_SPAN = re.compile(r"([a-z]+)\.?\s*(?:-|s\s*[/.]\s*d\.?|sd|sampai|hingga)\s*([a-z]+)\.?")


def _span(plain: str, to_date: bool) -> PeriodLabel | None:
    """`Jan - Mar` is a quarter, `Januari s.d. Juni` the first half."""
    match = _SPAN.fullmatch(plain)
    first, last = (month_number(match[1]), month_number(match[2])) if match else (None, None)
    if first is None or last is None:
        return None
    if first % 3 == 1 and last == first + 2:
        return PeriodLabel(PeriodKind.QUARTER, last // 3, to_date)
    if first % 6 == 1 and last == first + 5:
        return PeriodLabel(PeriodKind.QUARTER, last // 3, to_date, is_half=True)
    return None


def ordinal(text: str) -> int | None:
    """1..12 for a bare `I`, `IV`, `1` or `(3)`; it names a period only where a heading above says of which kind."""
    plain = fold(text).strip(" .()")
    if plain in _ROMAN:
        return _ROMAN[plain]
    return int(plain) if re.fullmatch(r"0?[1-9]|1[0-2]", plain) else None


def year_named(text: str) -> int | None:
    """The one year that a short heading names, `2024`, `Tahun 2024`, `T.A. 2024`; else None."""
    years = {int(found) for found in re.findall(r"(?<!\d)20\d\d(?!\d)", text)}
    return years.pop() if len(years) == 1 else None


def spoken(texts: Iterable[str]) -> str:
    """The texts of a heading from top to bottom as one."""
    return " ".join(text for text in (" ".join(_TAGS.sub("", each).split()) for each in texts) if text)
