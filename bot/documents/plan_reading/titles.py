"""What the lines round the tables say of the plan: whose it is, of which year, and whether it is a revision."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import takewhile

from bot.documents.plan_reading.cell_kinds import is_signature

_PLAN = re.compile(
    r"rencana\s+aksi|renaksi|rencana\s+kerja|renja|perjanjian\s+kinerja|rencana\s+kinerja"
    r"|indikator\s+kinerja\s+(?:utama|individu)|target\s+kinerja",
    re.IGNORECASE,
)
_YEAR = re.compile(
    r"(?:tahun|t\.?\s?a\.?|anggaran)\s*:?\s*(20\d\d)(?!\s*[-\u2013]\s*20)|^\s*(20\d\d)\s*$", re.IGNORECASE
)
_ANY_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_ENDS = (
    r"(?=\s+(?:tahun|kab(?:upaten)?|kota|provinsi|yang|dan|dalam|untuk|telah|pada|dengan|menetapkan|tersebut|ini|ber\w+"
    r"|dapat|adalah|atau|di|ke|se|nomor|no|jl|jalan|sebagai|akan|periode|triwulan|semester|bulan|t\.?a"
    r"|rencana|renaksi|perjanjian|indikator|target|matriks|rancangan)\b|\s+-\s|\s*(?:[^\w\s'-]|\d|$))"
)
_NAME = rf"([^\W\d_][\w'-]*(?:\s+[^\W\d_][\w'-]*){{0,3}}?){_ENDS}"
_OFFICE = re.compile(rf"\b(?:kecamatan|kec\.|camat)\s+{_NAME}", re.IGNORECASE)
_KABUPATEN = re.compile(rf"\b(?:kabupaten|kab\.)\s+{_NAME}", re.IGNORECASE)
_NO_NAMES = frozenset({
    "kota", "dan", "atau", "yang", "tahun", "kecamatan", "kabupaten", "se", "di", "ke", "dalam", "pada", "untuk", "ini",
    "tersebut", "dengan", "adalah", "wajib", "sebagai", "setempat", "provinsi", "oleh", "para", "serta", "rancangan",
    "dapat", "perubahan", "selaku", "atas", "terhadap", "agar", "bupati", "camat", "desa", "kelurahan", "nama", "nip",
    "tipe", "hal", "perihal", "induk", "lainnya", "tingkat",
})  # fmt: skip
_REVISION = re.compile(r"\b(?:perubahan|revisi)\b", re.IGNORECASE)
_FIRST_LINES = 40
"""A title page and a heading are not longer."""
_LONGEST_TITLE = 120


@dataclass(frozen=True)
class Titles:
    """What is printed; None where nothing is."""

    office: str | None
    kabupaten: str | None
    year: int | None
    title: str
    is_revision: bool


def titles_of(lines: Sequence[str], above: Sequence[str], name: str) -> Titles:
    """The titles of a plan. `lines` is its text, `above` what stands above its tables, `name` that of the file."""
    first = [*lines[:_FIRST_LINES], *above]
    title = _title(first)
    return Titles(
        _most_named(_OFFICE, first) or _most_named(_OFFICE, lines),
        _most_named(_KABUPATEN, first) or _most_named(_KABUPATEN, lines),
        _year(first, name),
        title,
        bool(_REVISION.search(title)),
    )


def _title(lines: Sequence[str]) -> str:
    """The line that says that it is a plan, with the short ones round it."""
    for at, line in enumerate(lines):
        if _PLAN.search(line) and len(line) <= _LONGEST_TITLE:
            following = takewhile(_is_titular, lines[at + 1 : at + 5])
            return " ".join([line, *following])[: 2 * _LONGEST_TITLE]
    return ""


_TITULAR = re.compile(r"tahun|20\d\d|kecamatan|kabupaten|perubahan|pemerintah|opd|skpd|renja", re.IGNORECASE)


_OF_PERSON = re.compile(r"(?:nama(?!\s+(?:opd|skpd|pd|perangkat|unit|instansi))|nip|jabatan|pejabat)\b", re.IGNORECASE)


def _is_titular(line: str) -> bool:
    if _OF_PERSON.match(line):
        return False
    return len(line) <= _LONGEST_TITLE // 2 and _TITULAR.search(line) is not None and not is_signature(line)


def _year(lines: Sequence[str], name: str) -> int | None:
    """The year of the plan: that of a title which says so, of any line, of the file's name."""
    for at, line in enumerate(lines):
        if _PLAN.search(line) and len(line) <= _LONGEST_TITLE:
            for pattern in (_YEAR, _ANY_YEAR):
                for each in lines[at : at + 5]:
                    if len(each) <= _LONGEST_TITLE and (year := _named(pattern, each)) is not None:
                        return year
    years = Counter(year for line in lines if (year := _named(_YEAR, line)) is not None)
    if years:
        return years.most_common(1)[0][0]
    named = [year for line in lines if len(line) <= _LONGEST_TITLE and (year := _named(_ANY_YEAR, line)) is not None]
    return named[0] if named else _named(_ANY_YEAR, name)


def _named(pattern: re.Pattern[str], text: str) -> int | None:
    match = pattern.search(text)
    return None if match is None else int(next(filter(None, match.groups())))


def _most_named(pattern: re.Pattern[str], lines: Iterable[str]) -> str | None:
    """The name that stands most often, the first of several; None for none."""
    found = Counter(name for line in lines for match in pattern.finditer(line) if (name := _tidy(match[1])) is not None)
    if not found:
        return None
    return found.most_common(1)[0][0]


def _tidy(name: str) -> str | None:
    words = name.strip(" .'-").split()
    while words and words[-1].lower() in _NO_NAMES:
        words.pop()
    if not words or words[0].lower() in _NO_NAMES or not words[0][:1].isupper():
        return None
    return " ".join(word.capitalize() if word.isupper() or word.islower() else word for word in words)
