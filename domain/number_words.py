"""How numbers are written: number words, separators, and the many signs a phone puts around them (domain.md 6).

This file knows spellings only. What a spelling means for an indicator is for `domain.numbers` to tell.
"""

import re
import unicodedata
from collections.abc import Sequence
from decimal import Decimal

DIGITS = {
    word: number
    for number, word in enumerate(
        ("nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan"),
    )
}
SCALES = {"miliar": 10**9, "juta": 10**6, "ribu": 10**3, "lusin": 12}
"""Words that multiply the number before them, written in digits or in words."""

LONGEST_TEXT = 4096
"""Characters of the longest message that any channel delivers; longer text is not looked at."""

_PLACES = {"miliar": 10**9, "juta": 10**6, "ribu": 10**3, "ratus": 100, "puluh": 10}
_SPELLINGS = {
    "milyar": "miliar", "milliar": "miliar", "jt": "juta", "jta": "juta", "rb": "ribu", "rbu": "ribu", "k": "ribu",
    "lsn": "lusin",
}  # fmt: skip
_JOINABLE = (*_PLACES, "belas", "lusin")
_POINT = "koma"

_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−", "-"))
_FULLWIDTH = range(0xFF01, 0xFF5F)
_FULLWIDTH_SHIFT = 0xFEE0
_PICTURES = (range(0x2190, 0x2C00), range(0x1F000, 0x1FC00))
_SKIN_TONES = range(0x1F3FB, 0x1F400)
_KEYCAP = re.compile("\ufe0f?\u20e3")
_GROUPED = re.compile(r"[1-9]\d{0,2}(?:([.,])\d{3})(?:\1\d{3})*")


def fold(text: str) -> str:
    """Text in the few signs that numbers are written with; lines stay lines.

    NFC, every script's digits as 0-9, full-width signs as plain ones, all dashes as `-`, every kind of space as one,
    pictures as a space (never as nothing: `1✅2` is not 12), invisible signs gone.
    """
    plain = unicodedata.normalize("NFC", "".join(_fold_sign(sign) for sign in _KEYCAP.sub("", text)))
    lines = (" ".join(line.split()) for line in plain.translate(_DASHES).splitlines())
    return "\n".join(line for line in lines if line)


def _fold_sign(sign: str) -> str:
    if sign.isascii():
        return sign
    if sign.isdecimal():
        return str(unicodedata.decimal(sign))
    if ord(sign) in _FULLWIDTH:
        return chr(ord(sign) - _FULLWIDTH_SHIFT)
    category = unicodedata.category(sign)
    if (
        category == "Cs"
        or (category == "So" and any(ord(sign) in block for block in _PICTURES))
        or ord(sign) in _SKIN_TONES
    ):
        return " "
    invisible = category in ("Cf", "Me") or 0xFE00 <= ord(sign) <= 0xFE0F
    return "" if invisible else sign


def separator_readings(literal: str) -> tuple[Decimal, ...]:
    """What digits with dots and commas can mean (domain.md 6, rules 5 to 7).

    One reading where the writing decides, two (thousands first, then decimal) for one separator before exactly three
    digits, none for groups that no convention knows. `literal` is digits with single separators between them.
    """
    signs = [sign for sign in literal if sign in ".,"]
    if not signs:
        return (Decimal(literal),)
    if len(signs) == 1:
        decimal = Decimal(literal.replace(",", "."))
        return (_ungrouped(literal), decimal) if _GROUPED.fullmatch(literal) else (decimal,)
    if len(set(signs)) == 1:
        return (_ungrouped(literal),) if _GROUPED.fullmatch(literal) else ()
    return _both_separators(literal, signs)


def _both_separators(literal: str, signs: Sequence[str]) -> tuple[Decimal, ...]:
    whole, _, decimals = literal.rpartition(signs[-1])
    if signs[-1] in signs[:-1] or not _GROUPED.fullmatch(whole):
        return ()
    return (Decimal(f"{_ungrouped(whole)}.{decimals}"),)


def _ungrouped(literal: str) -> Decimal:
    return Decimal(literal.replace(".", "").replace(",", ""))


def number_parts(word: str) -> tuple[str, ...]:
    """The plain number words in one written word; none if it is not one.

    `seratus` is satu ratus, `duabelas` is dua belas, `rb` and `k` are ribu, `milyar` is miliar.
    """
    plain = _SPELLINGS.get(word, word)
    if plain in DIGITS or plain in _JOINABLE or plain == _POINT:
        return (plain,)
    for ending in (*_JOINABLE, "milyar"):
        head = plain.removesuffix(ending)
        if head != plain and (head == "se" or head in DIGITS):
            return ("satu" if head == "se" else head, _SPELLINGS.get(ending, ending))
    return ()


def word_readings(words: Sequence[str]) -> tuple[Decimal, ...]:
    """What number words mean, up to thousands of miliar; none if they make no number.

    Two readings, the literal one first, for the clipped way of speaking: `sejuta dua ratus` is 1.000.200 by the
    book and 1.200.000 in the market. `words` are plain (see `number_parts`).
    """
    if words and words[-1] == "lusin":
        return tuple(reading * SCALES["lusin"] for reading in word_readings(words[:-1])[:1])
    if _POINT in words:
        return _with_point(words)
    number = _whole(words)
    if number is None:
        return ()
    clipped = _clipped(words)
    return (Decimal(number),) if clipped is None else (Decimal(number), Decimal(clipped))


def _whole(words: Sequence[str]) -> int | None:
    for place, factor in _PLACES.items():
        if place in words:
            at = words.index(place)
            return _placed(words[:at], factor, words[at + 1 :])
    if len(words) == 2 and words[1] == "belas":
        digit = DIGITS.get(words[0], 0)
        return 10 + digit if digit else None
    return DIGITS.get(words[0]) if len(words) == 1 else None


def _placed(head: Sequence[str], factor: int, tail: Sequence[str]) -> int | None:
    """head x factor + tail, each within what its place can hold: only so is `seratus dua puluh` 120 and not 1020."""
    count = _whole(head)
    if count is None or not 0 < count < (10 if factor <= 100 else 1000):
        return None
    if not tail:
        return count * factor
    rest = _whole(tail)
    return count * factor + rest if rest is not None and 0 < rest < factor else None


def _clipped(words: Sequence[str]) -> int | None:
    """The market's reading of a number that breaks off after juta or miliar; None if it does not break off."""
    place = next((place for place in ("miliar", "juta") if place in words), None)
    if place is None:
        return None
    at, factor = words.index(place), _PLACES[place]
    base, tail = (_whole(words[:at]) or 0) * factor, words[at + 1 :]
    deeper = _clipped(tail)
    if deeper is not None:
        return base + deeper
    rest = _whole(tail)
    if rest is None or rest >= 1000:
        return None
    return base + rest * factor // (1000 if rest >= 10 else 10)


def _with_point(words: Sequence[str]) -> tuple[Decimal, ...]:
    """`delapan puluh empat koma dua lima`, and with a scale at the end `satu koma lima juta`."""
    scale = _PLACES[words[-1]] if words[-1] in SCALES else 1
    if scale > 1:
        words = words[:-1]
    at = words.index(_POINT)
    whole, decimals = _whole(words[:at]), _decimals(words[at + 1 :])
    if whole is None or not decimals:
        return ()
    return (Decimal(f"{whole}.{decimals}") * scale,)


def _decimals(words: Sequence[str]) -> str:
    """The digits after the comma, said one by one or as one number below a hundred; empty if they are neither."""
    if all(word in DIGITS for word in words):
        return "".join(str(DIGITS[word]) for word in words)
    number = _whole(words)
    return str(number) if number is not None and number < 100 else ""
