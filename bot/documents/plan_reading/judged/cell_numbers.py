"""Numbers as plans print them: `25%`, `4.144 Lbr`, `2,800`, `Rp 20.381.000,-`.

A dot or a comma before three digits may stand between thousands or before decimals. The other numbers of the document
decide, then what adds up in the row (`row_numbers`); where neither does, both readings are kept and a person is asked.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from operator import attrgetter
from typing import NamedTuple

from bot.documents.numbers_in_cells import is_too_fine, is_too_large, tidy
from bot.documents.plan_reading.source import Cell, Oddity


class Trouble(StrEnum):
    """Why a cell is no certain number."""

    COMPOUND = "more than one number"
    WORDS = "words or signs beside the number"
    SEPARATOR = "thousands or decimals"
    SHARE = "a share of one or a percentage"
    FRACTION = "a fraction of something that is counted"
    OUTSIDE = "outside what its unit allows"
    SIZE = "larger or finer than tables hold"
    ERROR = "an error instead of a result"
    NO_RESULT = "a formula without a result"
    DATE = "a date"
    ROUNDED = "another number is stored than is shown"


class CellNumber(NamedTuple):
    """What a cell says. `value` is None for a blank, a dash and a cell without any likely number.

    `unit` is printed beside the number. With a `trouble`, `value` is only the likeliest reading, and `readings` are
    all of them where there are several.
    """

    value: Decimal | None = None
    unit: str = ""
    trouble: Trouble | None = None
    readings: tuple[Decimal, ...] = ()

    @property
    def certain(self) -> Decimal | None:
        """The number that may be taken without asking."""
        return None if self.trouble else self.value


@dataclass(frozen=True)
class NumberStyle:
    """Which signs the numbers of a document certainly use between thousands, and which before decimals."""

    thousands: frozenset[str] = frozenset()
    decimals: frozenset[str] = frozenset()

    def separates_thousands(self, sign: str) -> bool:
        """Whether the sign is seen between thousands and nowhere before decimals."""
        return sign in self.thousands and sign not in self.decimals

    def begins_decimals(self, sign: str) -> bool:
        """Whether the sign is nowhere seen between thousands, and is seen before decimals or the other sign is not."""
        return sign not in self.thousands and bool(sign in self.decimals or self.thousands - {sign})


_TOKEN = re.compile(r"(?<![^\W\d_])\d(?:[\d.,]*\d)?", re.ASCII)
_SIGN = re.compile(r"[.,]")
_NOTHING = re.compile(r"[-\N{EN DASH}\N{EM DASH}\N{MINUS SIGN}_.\s]*")
_MONEY = re.compile(r"(?:rp|idr)\.?\s*", re.IGNORECASE)
_MONEY_TAIL = re.compile(r"[.,]\s*[-=]+")
_UNIT = re.compile(r"(?:%|[^\W\d_])[^\d]*")
_GROUPS = re.compile(r"\d{1,3}([.,])\d{3}(?:\1\d{3})*", re.ASCII)
_ODDITIES = {Oddity.ERROR: Trouble.ERROR, Oddity.NO_RESULT: Trouble.NO_RESULT, Oddity.DATE: Trouble.DATE}
_HARMLESS = "\N{SUPERSCRIPT TWO}\N{SUPERSCRIPT THREE}"
_THOUSAND = 3
"""Digits between two separators of thousands."""
_HABIT = 3
"""From how many such numbers of things that are counted whole a sign is taken to stand between thousands."""
SEEN = attrgetter("text", "number", "stored", "oddity")
"""What of a cell tells its number."""
_KEPT = 1024
"""Readings that are remembered of a style: most cells of a plan print one of a few numbers."""
_STYLES = 32
"""Styles of which readings are remembered; there are 16."""


def style_of(texts: Iterable[str]) -> NumberStyle:
    """What the numbers in these cells say of their separators."""
    thousands: set[str] = set()
    decimals: set[str] = set()
    for token in (token for text in set(texts) for token in _TOKEN.findall(text)):
        signs = _SIGN.findall(token)
        if len(set(signs)) > 1:
            thousands.update(signs[:-1])
            decimals.add(signs[-1])
        elif len(signs) > 1 and _GROUPS.fullmatch(token):
            thousands.add(signs[0])
        elif len(signs) == 1 and not _may_be_either(token):
            decimals.add(signs[0])
    return NumberStyle(frozenset(thousands), frozenset(decimals))


def style_of_counts(texts: Iterable[str], style: NumberStyle) -> NumberStyle:
    """The style of a document for things that are counted whole, `texts` being their cells: where `4.144` stands time
    and again and `4.1` nowhere, the sign stands between thousands."""
    often: Counter[str] = Counter()
    for text, times in Counter(texts).items():
        for token in filter(_may_be_either, _TOKEN.findall(text)):
            often.update(dict.fromkeys(_SIGN.findall(token), times))
    habits = {sign for sign, times in often.items() if times >= _HABIT and sign not in style.decimals}
    return NumberStyle(style.thousands | habits, style.decimals) if len(habits) == 1 else style


def read_cell(cell: Cell, style: NumberStyle) -> CellNumber:
    """The number of a cell, in the light of the other numbers of its document."""
    return reader_of(style)(cell)


@lru_cache(maxsize=_STYLES)
def reader_of(style: NumberStyle) -> Callable[[Cell], CellNumber]:
    """What reads the cells of documents of that style. It remembers what it read."""
    known: dict[tuple[object, ...], CellNumber] = {}

    def read(cell: Cell) -> CellNumber:
        seen = SEEN(cell)
        found = known.get(seen)
        if found is None:
            if len(known) >= _KEPT:
                known.clear()
            found = known[seen] = _read(cell.text, cell.number, cell.stored, cell.oddity, style)
        return found

    return read


def _read(
    text: str, number: Decimal | None, stored: Decimal | None, oddity: Oddity | None, style: NumberStyle
) -> CellNumber:
    if oddity is not None and oddity in _ODDITIES:
        return CellNumber(trouble=_ODDITIES[oddity])
    if oddity is Oddity.ROUNDED:
        readings = tuple(tidy(each) for each in (number, stored) if each is not None)
        unit = read_text(text, style).unit
        return CellNumber(readings[0] if readings else None, unit, Trouble.ROUNDED, readings)
    if number is None or (beside := _beside(text)).is_compound:
        return read_text(text, style)
    return _sized(CellNumber(tidy(number), beside.unit or ""))


def read_text(text: str, style: NumberStyle) -> CellNumber:
    """The number of a text. Never raises; whatever is not plainly one number is a trouble."""
    beside = _beside(text)
    if beside.number is None:
        return CellNumber(trouble=None if _NOTHING.fullmatch(" ".join(text.split())) else Trouble.WORDS)
    number = _sized(_number(beside.number, style))
    if beside.is_compound:
        return number._replace(trouble=Trouble.COMPOUND)
    if beside.unit is None:
        return number._replace(trouble=number.trouble or Trouble.WORDS)
    return number._replace(unit=beside.unit)


class _Beside(NamedTuple):
    """A text taken apart: its first number, None for none; the unit beside it, empty for none and None where what
    stands there is no unit; whether it has other numbers, too."""

    number: str | None = None
    unit: str | None = ""
    is_compound: bool = False


def _beside(text: str) -> _Beside:
    plain = " ".join(text.split())
    token = _TOKEN.search(plain)
    if token is None:
        return _Beside()
    begin, end = token.span()
    if _TOKEN.search(plain, end) or _has_other_digits(plain):
        return _Beside(token[0], None, is_compound=True)
    return _Beside(token[0], _unit(plain[:begin], plain[end:].strip()))


def _has_other_digits(text: str) -> bool:
    """Half signs, Arabic digits and the like, which stand for numbers that are not read."""
    if text.isascii():
        return False
    return any(sign.isnumeric() and not sign.isascii() and sign not in _HARMLESS for sign in text)


def _unit(before: str, after: str) -> str | None:
    """The unit beside a number, empty for none; None where what stands there is no unit."""
    if not before and not after:
        return ""
    is_money = bool(_MONEY.fullmatch(before))
    if before and not is_money:
        return None
    if not after:
        return "Rp"
    rest = _MONEY_TAIL.sub("", after, count=1).strip() if is_money or after[:1] in ".," else after
    rest = rest.strip(" .")
    if not rest:
        return "Rp" if is_money else ""
    return rest if _UNIT.fullmatch(rest) else None


def _may_be_either(token: str) -> bool:
    """Whether a token has one sign that may mean thousands as well as decimals: 2,800 but not 0,125 or 2,80."""
    if token.count(".") + token.count(",") != 1:
        return False
    whole, _, fraction = token.replace(",", ".").partition(".")
    return len(fraction) == _THOUSAND and len(whole) <= _THOUSAND and not whole.startswith("0")


def _number(token: str, style: NumberStyle) -> CellNumber:
    signs = _SIGN.findall(token)
    if not signs:
        return CellNumber(Decimal(token))
    last = signs[-1]
    whole, _, fraction = token.rpartition(last)
    if len(set(signs)) > 1:
        grouped = _GROUPS.fullmatch(whole) and len(set(signs[:-1])) == 1
        return CellNumber(_joined(whole, fraction)) if grouped else CellNumber(trouble=Trouble.WORDS)
    if len(signs) > 1:
        grouped = _GROUPS.fullmatch(token)
        return CellNumber(_joined(token)) if grouped else CellNumber(trouble=Trouble.WORDS)
    if not _may_be_either(token):
        return CellNumber(tidy(_joined(whole, fraction)))
    thousands, decimal = _joined(token), tidy(_joined(whole, fraction))
    if style.separates_thousands(last):
        return CellNumber(thousands)
    readings = (decimal, thousands) if style.begins_decimals(last) else (thousands, decimal)
    return CellNumber(readings[0], trouble=Trouble.SEPARATOR, readings=readings)


def _joined(whole: str, fraction: str = "") -> Decimal:
    digits = _SIGN.sub("", whole)
    return Decimal(f"{digits}.{fraction}" if fraction else digits)


def _sized(number: CellNumber) -> CellNumber:
    if number.value is None or not (is_too_large(number.value) or is_too_fine(number.value)):
        return number
    return CellNumber(trouble=Trouble.SIZE)
