"""Headings that name a post above its indicators: `KASI PEMERINTAHAN`, `Nama Jabatan : Kasi Pemerintahan`.

A post also stands above a signature; that one heads nothing.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from bot.documents.plan_reading.source import KEPT_TEXTS

_POST = re.compile(
    r"(?:camat|lurah|sekretaris|sekcam|seklur|kasubbag|kasubag|kasi|kepala\s+(?:sub\s*bagian|"
    r"sub\s*bidang|subbagian|seksi|urusan|unit)|kaur|bendahara|pengelola|pengadministrasi|pengolah|pengemudi|"
    r"pranata|analis|arsiparis|penata(?!\s+(?:muda|tk|tingkat)|\s*\(|$)|penyusun|verifikator|operator|staf|staff|pelaksana|pramu|petugas|"
    r"fungsional|ketua\s+tim|subkoordinator|sub\s+koordinator|perencana|auditor|penelaah|fasilitator|caraka)\b",
    re.IGNORECASE,
)
_UNIT = re.compile(r"(?:seksi|sub\s*-?\s*bag(?:ian)?\.?|subbag\.?)\s+(?=[^\W\d_])", re.IGNORECASE)
_MOST_WORDS = 8
"""Of a unit; a longer line tells something of it."""
_LABELLED = re.compile(
    r"(?:nama\s+)?(?:jabatan|penanggung\s*jawab|pejabat|pelaksana|pemangku\s+jabatan)\s*[:=]\s*(.+)", re.IGNORECASE
)
_NUMBERED = re.compile(r"^(?:\(?(?:\d{1,2}|[a-z]|[ivx]{1,5})[.)]|[-\u2022*])\s+", re.IGNORECASE)
_ACTING = re.compile(r"^pl[th]\b\.?\s*", re.IGNORECASE)
"""Who holds a post for the time being does not change what it is called."""
_SENTENCE = re.compile(
    r"\b(?:yang|adalah|dalam|dibantu|menetapkan|mengetahui|dengan|untuk|atas|kepada)\b", re.IGNORECASE
)
_SIGNED = re.compile(r"\bnip\b|\(nama\)|\(nip\)|pembina|penata\s+(?:muda|tk)|pangkat|pengatur|juru\b", re.IGNORECASE)
_LONGEST = 90
"""Characters; a longer line is a sentence."""
_SIGNATURE_LINES = 5
"""Within how many lines below a post its name and number stand when it signs."""
_NEAR = 8
"""Within how many lines above a table its heading stands; the posts of an introduction stand further up."""
_SMALL = {"dan", "di", "pada", "atau"}


@lru_cache(maxsize=KEPT_TEXTS)
def read_post(text: str) -> str | None:
    """The post that a heading names, None for any other text. One in capitals is written as a title.

    A unit, `Seksi Pemerintahan`, is told by the post that heads it.
    """
    plain = _ACTING.sub("", _NUMBERED.sub("", " ".join(text.split()).strip(" :*")))
    if labelled := _LABELLED.fullmatch(plain):
        return _as_title(_ACTING.sub("", labelled[1].strip(" :*")))
    if _UNIT.match(plain) and len(plain.split()) <= _MOST_WORDS and plain.replace(" ", "").replace("-", "").isalpha():
        return f"Kepala {_as_title(plain)}"
    if len(plain) > _LONGEST or not _POST.match(plain) or _SENTENCE.search(plain) or plain.endswith((".", ";")):
        return None
    return _as_title(plain)


def last_post(lines: Sequence[str]) -> str | None:
    """The post that the last heading among the lines names, signatures and whatever stands far above left out."""
    for at in reversed(range(max(len(lines) - _NEAR, 0), len(lines))):
        if (post := read_post(lines[at])) is not None and not is_signed(lines[at + 1 :]):
            return post
    return None


def is_signed(below: Sequence[str]) -> bool:
    """Whether the lines below a post are those of whoever signs."""
    return any(_SIGNED.search(line) for line in below[:_SIGNATURE_LINES])


def _as_title(text: str) -> str:
    if not text.isupper():
        return text
    words = text.lower().split()
    return " ".join(word if at and word in _SMALL else _capital(word) for at, word in enumerate(words))


def _capital(word: str) -> str:
    return word.upper() if word in {"ktp", "pkk", "asn", "umkm", "satpol-pp", "pp"} else word[:1].upper() + word[1:]
