"""What plans print where a period stands beside its target: "Pebruari", "TW II", "Triwulan ke-2", "Semester I".

Also several of them in one cell, each with its target ("TW I 25% TW II 50%", "Januari 233 Februari 233"), and the
same one under another in the lines of two cells.
"""

import re
from dataclasses import dataclass
from enum import IntEnum

from domain.periods import Period, PeriodKind


class Beat(IntEnum):
    """The length of what a label names, in months. A plan may be cut in halves, though nobody reports by them."""

    MONTH = 1
    QUARTER = 3
    SEMESTER = 6


@dataclass(frozen=True, order=True)
class Label:
    """One month, quarter or half of a year; `number` counts from 1 within the year."""

    beat: Beat
    number: int

    @property
    def words(self) -> str:
        """For people: `Februari`, `TW II`, `Semester I`."""
        match self.beat:
            case Beat.MONTH:
                return MONTH_NAMES[self.number - 1]
            case Beat.QUARTER:
                return f"TW {_ROMAN[self.number - 1]}"
            case Beat.SEMESTER:
                return f"Semester {_ROMAN[self.number - 1]}"

    def period(self, year: int) -> Period:
        """The period whose target this is; a half of a year ends with a quarter and is told by it."""
        match self.beat:
            case Beat.MONTH:
                return Period.month(year, self.number)
            case Beat.QUARTER:
                return Period.quarter(year, self.number)
            case Beat.SEMESTER:
                return Period.quarter(year, self.number * 2)


MONTH_NAMES = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni",
    "Juli", "Agustus", "September", "Oktober", "November", "Desember",
)  # fmt: skip

_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_ORDINALS = ("pertama", "kedua", "ketiga", "keempat")

_MONTH_SPELLINGS = (
    "januari|jan", "[fp]ebruari|[fp]eb", "maret|mar|mrt", "april|apr", "mei", "juni|jun",
    "juli|jul", "agustus|agust|agt|ags|agu", "september|sept|sep", "oktober|okt|oct",
    "no[pv]ember|no[pv]", "desember|des",
)  # fmt: skip
"""In order; November is Nopember in every old form, February often Pebruari."""
_MONTH = "|".join(f"(?P<m{number}>{spellings})" for number, spellings in enumerate(_MONTH_SPELLINGS, 1))
_ORDER = r"(?P<order>iv|i{1,3}|1v|[1-4]|pertama|kedua|ketiga|keempat)"
_QUARTER = rf"(?:triwulan|tri wulan|trw|tw|tr|kuartal|kwartal|q)(?:\s*ke)?[\s.\-:]*{_ORDER}"
_SEMESTER = r"(?:semester|smt|sem)(?:\s*ke)?[\s.\-:]*(?P<half>ii|i|1|2|pertama|kedua)"
_YEAR = r"(?:\s*(?:tahun|thn)?\s*20\d\d)?"
_IN_BRACKETS = r"(?:\s*\([^()]*\))?"
_ONE = rf"(?<![^\W\d_])(?:bulan\s+)?(?:{_MONTH}|{_QUARTER}|{_SEMESTER})(?![^\W_])"
_LABEL = re.compile(rf"\W*{_ONE}\.?{_YEAR}{_IN_BRACKETS}\s*[:=.]?\s*", re.IGNORECASE)
_INSIDE = re.compile(rf"{_ONE}\.?{_YEAR}", re.IGNORECASE)
_BETWEEN = " \t\n:;,="
_TARGET = re.compile(r"[-\u2013\u2014]|(?:rp\.?\s*)?\d[\d.,]*\s*(?:%|[^\W\d_]{1,15}\.?)?", re.IGNORECASE)
"""A dash, or a number with at most a unit behind it."""
_BARE = re.compile(r"\s*(\d{1,2}|[ivx]{1,4})\s*[.)]?\s*", re.IGNORECASE)


def read_label(text: str) -> Label | None:
    """The period that a cell names and nothing beside it; None for any other text, so for a range of months."""
    match = _LABEL.fullmatch(text)
    return _label(match) if match else None


def read_bare_label(text: str, beat: Beat) -> Label | None:
    """A number or a Roman numeral that stands for a period below a heading such as "Bulan" or "Triwulan"."""
    match = _BARE.fullmatch(text)
    if match is None:
        return None
    digits = match[1].upper()
    number = int(digits) if digits.isdigit() else _ROMAN.index(digits) + 1 if digits in _ROMAN else 0
    return Label(beat, number) if 1 <= number <= PeriodKind.YEAR // beat else None


def read_packed(text: str) -> tuple[tuple[Label, str], ...]:
    """Labels with what is printed behind each, where one cell holds both; empty for any other text.

    Behind the labels of a cell that only lists them, line by line, stands nothing. A range of months is none of these.
    """
    found = list(_INSIDE.finditer(text))
    if not found or text[: found[0].start()].strip(_BETWEEN):
        return ()
    ends = [match.start() for match in found[1:]] + [len(text)]
    pairs = [(_label(match), text[match.end() : end].strip(_BETWEEN)) for match, end in zip(found, ends, strict=True)]
    labels, values = [label for label, _ in pairs], [value for _, value in pairs]
    listed = len(pairs) > 1 and not any(values)
    if not listed and not all(_TARGET.fullmatch(value) for value in values):
        return ()
    in_order = labels == sorted(set(labels)) and len({label.beat for label in labels}) == 1
    return tuple(pairs) if in_order else ()


def _label(match: re.Match[str]) -> Label:
    order, half = match["order"], match["half"]
    if order:
        return Label(Beat.QUARTER, _order(order))
    if half:
        return Label(Beat.SEMESTER, _order(half))
    return Label(Beat.MONTH, next(number for number in range(1, 13) if match[f"m{number}"]))


def _order(text: str) -> int:
    plain = text.lower().replace("1v", "iv")
    if plain.isdigit():
        return int(plain)
    return _ORDINALS.index(plain) + 1 if plain in _ORDINALS else _ROMAN.index(plain.upper()) + 1
