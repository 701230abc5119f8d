"""What a cell can be by its looks: a figure, a unit, a name, an amount of money, a line of a signature."""

import re
from functools import lru_cache

from bot.documents.plan_reading.source import KEPT_TEXTS
from domain.units import KNOWN, plain_unit

_LIST_MARK = re.compile(
    r"^\s*(?:\(?(?:\d{1,2}|[a-z]|[ivx]{1,5})\)|\d{1,2}(?:\.\d{1,2})*\.(?!\d)|[a-z]\.|[ivx]{1,5}\."
    r"|[-\u2022\u2013*])\s*",
    re.IGNORECASE,
)
_FIGURE = re.compile(r"[<>\u2264\u2265\u00b1~]?\s*(?:rp\.?\s*)?\(?\d", re.IGNORECASE)
_PURE = re.compile(r"(?:rp\.?\s*)?[\d.,\s]*\d\s*(?:%|,-)?", re.IGNORECASE)
_COUNTED = re.compile(r"\d[\d.,]*\s*([^\W\d].*)")
_MONEY = re.compile(r"(?:rp\.?\s*)?\(?[\d.,\s]*\d\)?(?:\s*[.,]\s*[-=]+)?", re.IGNORECASE)
_DASH = re.compile(r"[-\u2010-\u2015_\s.]+")
_INDICATOR = re.compile(
    r"(?:jumlah|jml|persentase|prosentase|presentase|persentasi|indeks|index|frekuensi|rata-rata|rasio|cakupan)\b",
    re.IGNORECASE,
)
_TOTAL = re.compile(
    r"(?:sub\s*|grand\s*)?(?:jumlah|total)(?:\s+(?:total|anggaran|pagu|keseluruhan|seluruhnya|kumulatif|komulatif"
    r"|program|kegiatan|belanja|biaya|dana|semua|[a-d]|[ivx]+|\(?rp\.?\)?))*\s*[:.]?|rata\s*-?\s*rata(?:\s+capaian)?",
    re.IGNORECASE,
)
_SIGNATURE = re.compile(
    r"(?:mengetahui|menyetujui|disetujui|disahkan|ditetapkan|dibuat|disusun oleh|yang membuat|pihak (?:pertama|kedua)"
    r"|atasan langsung)\b.*|\(nama\).*|pembina(?:\s.*)?|penata(?:\s+(?:muda|tk).*)?|pengatur(?:\s.*)?",
    re.IGNORECASE | re.DOTALL,
)
_DATED = re.compile(r"[a-z .]+,\s*(?:\d{1,2}|\.*)\s*[a-z]+\s+20\d\d\b", re.IGNORECASE)
_NUMBERED = re.compile(r"\bnip\b", re.IGNORECASE)
_FOOTNOTE = re.compile(r"(?:\*+\)?|catatan|ket(?:erangan)?|sumber|cat\.?)\s*[:)]?\s.*", re.IGNORECASE | re.DOTALL)
LONGEST_UNIT = 40
"""Characters of a unit, `Koordinasi dan konsultasi` and the like; a longer text is a name."""
_SIDE_ROWS = {"r", "realisasi", "capaian", "c", "rp", "keuangan", "anggaran", "(rp)", "pagu"}


@lru_cache(maxsize=KEPT_TEXTS)
def is_dash(text: str) -> bool:
    """Whether it says that there is nothing: `-`, `--`."""
    return bool(text) and _DASH.fullmatch(text) is not None


@lru_cache(maxsize=KEPT_TEXTS)
def is_figure(text: str) -> bool:
    """Whether it begins with a number and is no numbered name: `25.302 Lbr`, `6 Org ( 3 bln )`."""
    return _FIGURE.match(text) is not None and _LIST_MARK.match(f"{text} ") is None


@lru_cache(maxsize=KEPT_TEXTS)
def is_value(text: str) -> bool:
    """Whether it can only be a figure: a bare number, a percentage, a number with a known unit."""
    if text[:1].isalpha() and text[:1] not in "Rr":
        return False
    if _PURE.fullmatch(text):
        return True
    match = _COUNTED.fullmatch(text)
    return match is not None and is_figure(text) and is_known_unit(match[1])


@lru_cache(maxsize=KEPT_TEXTS)
def is_known_unit(text: str) -> bool:
    """Whether it is a unit that plans use."""
    return plain_unit(text) in KNOWN


@lru_cache(maxsize=KEPT_TEXTS)
def fits_target(text: str) -> bool:
    """Whether a target can look so: nothing, a dash, a figure, or a short word (`WTP`, `Baik`, `B`)."""
    if not text or is_dash(text):
        return True
    return is_figure(text) or len(text) <= LONGEST_UNIT // 2 or (len(text) <= LONGEST_UNIT and not is_named(text))


@lru_cache(maxsize=KEPT_TEXTS)
def fits_unit(text: str) -> bool:
    """Whether a unit can look so: no figure, and not long."""
    return len(text) <= LONGEST_UNIT and not is_value(text)


def fits_money(text: str) -> bool:
    """Whether an amount can look so: nothing, a dash, or digits without another unit than rupiah."""
    return not text or is_dash(text) or _MONEY.fullmatch(text) is not None


@lru_cache(maxsize=KEPT_TEXTS)
def fits_name(text: str) -> bool:
    """Whether a name can look so: nothing, a dash, or letters that are no figure."""
    if text[:1].isalpha():
        return not is_value(text)
    return not text or is_dash(text) or (not is_value(text) and any(map(str.isalpha, text)))


@lru_cache(maxsize=KEPT_TEXTS)
def fits_indicator(text: str) -> bool:
    """Whether an indicator can look so: as a name, and not as a bare unit, which is hardly ever all of it."""
    return fits_name(text) and not is_known_unit(text)


@lru_cache(maxsize=KEPT_TEXTS)
def is_named(text: str) -> bool:
    """Whether it has words enough for a name."""
    return sum(word.isalpha() for word in text.split()) >= 3


@lru_cache(maxsize=KEPT_TEXTS)
def reads_like_indicator(text: str) -> bool:
    """Whether it begins as indicators do, `Jumlah ...`, `Persentase ...`, and as hardly a program does."""
    return _INDICATOR.match(without_mark(text)) is not None


@lru_cache(maxsize=KEPT_TEXTS)
def is_total(text: str) -> bool:
    """Whether it heads a row of totals: `Jumlah`, `Total anggaran`, `Jumlah komulatif`."""
    return _TOTAL.fullmatch(without_mark(text)) is not None


def is_signature(text: str) -> bool:
    """Whether it is a line of those who sign, with or without their names."""
    if "," in text and _DATED.match(text) is not None:
        return True
    has_number = "nip" in text.lower() and _NUMBERED.search(text) is not None
    return has_number or _SIGNATURE.fullmatch(text) is not None


def is_footnote(text: str) -> bool:
    """Whether it explains something below a table."""
    return _FOOTNOTE.fullmatch(text) is not None


def is_side_row(text: str) -> bool:
    """Whether it says that its row holds realisations or money, beside the row of the targets."""
    return text.lower().strip(" .:") in _SIDE_ROWS


@lru_cache(maxsize=KEPT_TEXTS)
def list_mark(text: str) -> str:
    """The kind of number or sign before a name: `1.`, `1.1`, `a.`, `I.`, `-`; empty for none."""
    match = _LIST_MARK.match(text)
    if match is None or match.end() == len(text):
        return ""
    mark = match[0].strip(" ().").lower()
    if mark[:1].isdigit():
        return "." * mark.count(".") + "1"
    if not mark[:1].isalnum():
        return "-"
    return "i" if set(mark) <= set("ivx") else "a"


@lru_cache(maxsize=KEPT_TEXTS)
def without_mark(text: str) -> str:
    """A name without the number or sign before it."""
    match = _LIST_MARK.match(text)
    return text if match is None else text[match.end() :] or text
