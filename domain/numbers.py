"""Numbers as staff type them, read in the light of the indicator they are typed for (domain.md 6).

Three answers are possible: a `Value`, a `NoReport` ("belum"), or an `Ask` with the reason and the readings to offer.
Whatever can be read in two ways is an `Ask`; nothing is ever guessed.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from domain.modes import Mode
from domain.number_lists import read_several
from domain.number_sense import (
    Ask,
    Basis,
    Doubt,
    Kind,
    NoReport,
    NumberContext,
    Reading,
    Value,
    could_be_saved,
    fits_tables,
    judge,
    judge_share,
    offer,
    percent_of,
    possible,
)
from domain.number_words import LONGEST_TEXT, SCALES, fold, number_parts, separator_readings, word_readings
from domain.units import PEOPLE, UnitGroup, normal_unit, unit_group

__all__ = ["Ask", "Doubt", "NoReport", "NumberContext", "Reading", "Value", "read_number", "read_several"]

LONGEST_NUMBER = 120
"""Characters within which a person writes one number with everything round it."""


@dataclass(frozen=True)
class _Quantity:
    """A number with the words that stand beside it. `bare` tells that it was typed in digits without separators."""

    number: Decimal
    unit: str
    bare: bool


_FILLERS = frozenset({
    "ya", "saja", "aja", "pak", "bu", "bapak", "ibu", "mas", "mbak", "ada", "sudah", "hanya", "cuma", "sebanyak",
    "sebesar", "sejumlah", "adalah", "realisasi", "realisasinya",
})  # fmt: skip

_BELUM = r"(?:belum|blm|belom|blum)"
_NOT_YET = re.compile(rf"{_BELUM}(?: (?:ada|data|datanya|laporan|lapor|masuk|tersedia|terima|selesai))*")
_UNCLEAR_ZERO = re.compile(rf"-+|n/a|(?:tidak|tdk|tak) ada (?:data|laporan)\b.*|tidak|tdk|{_BELUM}\b[^\d]*")
_ZERO = r"(?:nihil|kosong|(?:tidak|tdk|tidk|tak|gak|ga|nggak|enggak|ndak) ada)"
_NIL = re.compile(rf"(?:0 ?)?\(?{_ZERO}\)?(?: ?\(?0\)?)?(?: (?P<unit>[^\d]+))?")
_SAME = re.compile(
    r"(?:masih )?(?:sama|idem|sda|tetap|seperti (?:kemarin|sebelumnya|bulan lalu)|(?:tidak|tdk|tak) ada perubahan"
    r"|(?:tidak|tdk|tak) berubah)\b.*"
)
_COMPLETE = re.compile(r"(?:sudah )?(?:lengkap|komplit|semua|semuanya|seluruhnya|selesai|tuntas|penuh|beres)\b[^\d]*")

_MONTHS = (
    r"(?:jan(?:uari)?|[fp]eb(?:ruari)?|mar(?:et)?|apr(?:il)?|mei|juni?|juli?|agus(?:tus)?|agt|sept?(?:ember)?"
    r"|okt(?:ober)?|no[vp](?:ember)?|des(?:ember)?|(?:tw|tr|triwulan) ?(?:iv|i{1,3}|[1-4])|bulan ini|sekarang|saat ini)"
)
_WHEN = rf"(?:\d{{1,2}} )?{_MONTHS}\b\.?(?: 20\d\d\b)?"
_UP_TO = r"(?:s ?/ ?d|s\.d\.?|sd|sampai dengan)"
_LEADING_TO_DATE = re.compile(rf"(?:posisi )?(?:{_UP_TO}(?: ?{_WHEN})?|(?:sampai|hingga) {_WHEN})(?![a-z])[ :=]*")
_TRAILING_TO_DATE = re.compile(rf" (?:{_UP_TO}|sampai|hingga) ?{_WHEN}$")
_INCREMENT = re.compile(r"(?:\+(?! ?/? ?-)|(?:tambah(?:an)?|bertambah)\b) ?")

_TO = "\N{EN DASH}"
_RANGE_WORD = re.compile(r"(?<!\w)(?:s ?/ ?d|s\.d\.?|sampai dengan|sampai|hingga|sd(?= ?\d))(?= ?\w)(?![a-z])")
_MONEY_TAIL = re.compile(r"(?<=\d),[-=]+")
_WORD_DOT = re.compile(r"(?<=[a-z])(?:[.:]|,(?= ))")

_HALVES = re.compile(r"\b(?:setengah|separuh|separo|seperempat|kurang(?! lebih)(?<!lebih kurang)|min|minus)\b")
_QUALIFIERS = re.compile(
    r"\b(?:sekitar|kira ?-? ?kira|kurang lebih|lebih kurang|lebih dari|lebih|hampir|minimal|maksimal|mungkin|kayaknya"
    r"|perkiraan|diperkirakan|estimasi|rata ?-? ?rata|lk)\b|\+ ?/? ?-|[~±≈?]|^[<>≤≥]=? ?(?=\d)|(?<=\d) ?-?an\b"
)
_ROUND_WORD = re.compile(r"\b(?!satuan\b)[a-z]{3,}an\b")
_SPELLED_OUT = re.compile(r"([^()]*)\(([\w., ]+)\)([^()]*)")
_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:-[^\W\d_]+)*|\S")
_OPERATORS = frozenset({"+", "-", "/", "dari", _TO})
_LIST_SIGNS = frozenset({",", ";", "&"})
_BUNCH = re.compile(r"[1-9]\d{0,2}")


def read_number(text: str, context: NumberContext) -> Reading:
    """Read one number as typed for the indicator and period of `context` (domain.md 6, rules 1 to 8).

    Never raises, whatever the text. A `Value` is within `low` and `high`, whole where the unit is counted, and fits
    our tables; so does every candidate of an `Ask`.
    """
    if len(text) > LONGEST_TEXT:
        return Ask(Doubt.NOT_A_NUMBER)
    said = " ".join(fold(text).lower().split()).rstrip(".! ")
    if len(said) > LONGEST_NUMBER:
        return Ask(Doubt.TOO_LONG if re.fullmatch(r"[\d.,]+", said) else Doubt.NOT_A_NUMBER)
    basis, rest = _split_basis(said)
    plain = _plain(rest)
    return _read_without_digits(plain, context) or _read_qualified(plain, basis, context)


def _split_basis(said: str) -> tuple[Basis, str]:
    """The basis that the words name, and the text without them (rule 1)."""
    if leading := _LEADING_TO_DATE.match(said):
        return Basis.TO_DATE, said[leading.end() :]
    if trailing := _TRAILING_TO_DATE.search(said):
        return Basis.TO_DATE, said[: trailing.start()]
    if increment := _INCREMENT.match(said):
        return Basis.INCREMENT, said[increment.end() :]
    return Basis.UNSAID, said


def _plain(said: str) -> str:
    """Without currency tails and the dots of abbreviations; every word for "up to" as one sign."""
    return _WORD_DOT.sub(" ", _RANGE_WORD.sub(_TO, _MONEY_TAIL.sub("", said))).strip().rstrip(" .")


# --- answers without a number (rules 2 and 8) ---------------------------------------------------------------------


def _read_without_digits(said: str, context: NumberContext) -> Reading | None:
    """Zero, "belum", "sama", "lengkap"; None for everything else."""
    words = " ".join(word for word in said.split() if word not in _FILLERS or word == "ada")
    if _NOT_YET.fullmatch(words):
        return NoReport()
    if _UNCLEAR_ZERO.fullmatch(words):
        return Ask(Doubt.ZERO_OR_NOT_YET, possible(context, Decimal(0)))
    if _SAME.fullmatch(words):
        return Ask(Doubt.SAME_AS_BEFORE, possible(context, context.previous if context.mode is Mode.CUM else None))
    if _COMPLETE.fullmatch(words):
        return Ask(Doubt.COMPLETE, possible(context, context.target))
    nil = _NIL.fullmatch(words)
    return _read_nil(nil["unit"] or "", context) if nil else None


def _read_nil(unit: str, context: NumberContext) -> Value | Ask:
    zero = Decimal(0)
    return judge(zero, context) if _is_own_unit(unit, context) else offer(Doubt.OTHER_UNIT, zero, context)


# --- qualifiers and numbers written twice -------------------------------------------------------------------------


def _read_qualified(said: str, basis: Basis, context: NumberContext) -> Value | Ask:
    """An exact number, or one with a word that makes it inexact (rule 8)."""
    if _HALVES.search(said) or any(_is_vulgar_fraction(sign) for sign in said):
        return Ask(Doubt.APPROXIMATE)
    exact = _ROUND_WORD.sub(_unrounded, _QUALIFIERS.sub(" ", said)).strip()
    reading = _read_exact(exact, basis, context)
    if exact == said or not _has_number(exact):
        return reading
    return Ask(Doubt.APPROXIMATE, (reading.number,) if isinstance(reading, Value) else ())


def _is_vulgar_fraction(sign: str) -> bool:
    return not sign.isascii() and unicodedata.numeric(sign, 0.0) % 1 != 0


def _unrounded(match: re.Match[str]) -> str:
    """`seratusan` without its "-an"; other words as they are."""
    stem = match[0].removesuffix("an")
    return stem if number_parts(stem) else match[0]


def _read_exact(said: str, basis: Basis, context: NumberContext) -> Value | Ask:
    """A number, perhaps repeated in brackets: "12 (dua belas) dokumen"."""
    twice = _SPELLED_OUT.fullmatch(said)
    if twice is None:
        return _read_terms(_tokens(said, context), basis, context)
    reading = _read_terms(_tokens(f"{twice[1]} {twice[3]}", context), basis, context)
    again = _read_terms(_tokens(twice[2], context), basis, context)
    return Ask(Doubt.SEVERAL) if isinstance(reading, Value) and again != reading else reading


# --- expressions (rule 3) -----------------------------------------------------------------------------------------


def _tokens(said: str, context: NumberContext) -> tuple[str, ...]:
    """Numbers, words and signs, without fillers."""
    return tuple(token for token in _TOKEN.findall(_without_odd_unit(said, context)) if token not in _FILLERS)


def _without_odd_unit(said: str, context: NumberContext) -> str:
    """The text without the unit at its end, if that is one that tokens would tear apart ("orang/bulan", "m2")."""
    unit = (context.unit or "").lower()
    if _TOKEN.fullmatch(unit):
        return said
    head = said.removesuffix(unit)
    return head if _has_number(head) and not head[-1].isalpha() else said


def _has_number(said: str) -> bool:
    return any(_is_numeric(token) for token in _TOKEN.findall(said))


def _is_numeric(token: str) -> bool:
    return token[0].isdecimal() or bool(number_parts(token))


def _is_known(token: str) -> bool:
    return token[0].isalpha() or token[0].isdecimal() or token in _OPERATORS or token == "%"


def _read_terms(tokens: Sequence[str], basis: Basis, context: NumberContext) -> Value | Ask:
    strange = {token for token in tokens if not _is_known(token)}
    if strange:
        listed = strange <= _LIST_SIGNS and sum(map(_is_numeric, tokens)) > 1
        return Ask(Doubt.SEVERAL if listed else Doubt.NOT_A_NUMBER)
    operators = [token for token in tokens if token in _OPERATORS]
    match operators:
        case []:
            return _settle(_quantity(tokens, context), basis, context)
        case ["-"] if tokens[0] == "-":
            return _negative(_quantity(tokens[1:], context), basis, context)
        case [operator] if operator in ("-", _TO):
            return _range(*_sides(tokens, operator), context)
        case [operator] if operator in ("/", "dari"):
            return _ratio(*_sides(tokens, operator), basis, context)
        case _ if set(operators) == {"+"}:
            return _sum(tokens, basis, context)
        case _:
            return Ask(Doubt.SEVERAL)


def _sides(tokens: Sequence[str], operator: str) -> tuple[Sequence[str], Sequence[str]]:
    at = tokens.index(operator)
    return tokens[:at], tokens[at + 1 :]


def _settle(quantity: _Quantity | Ask, basis: Basis, context: NumberContext) -> Value | Ask:
    """One quantity as it stands: its unit first, then its sense."""
    if isinstance(quantity, Ask):
        return quantity
    return _unit_doubt(quantity, context) or _count_doubt(quantity, context) or judge(quantity.number, context, basis)


def _negative(quantity: _Quantity | Ask, basis: Basis, context: NumberContext) -> Value | Ask:
    if isinstance(quantity, Ask):
        return quantity
    if doubt := _unit_doubt(quantity, context):
        return Ask(doubt.doubt)
    below = context.least is not None and -quantity.number < context.least
    return offer(Doubt.BELOW_RANGE, quantity.number, context) if below else judge(-quantity.number, context, basis)


def _range(left: Sequence[str], right: Sequence[str], context: NumberContext) -> Ask:
    """Two ends, "10-12", are not one number."""
    if not _has_number(" ".join((*left, *right))):
        return Ask(Doubt.NOT_A_NUMBER)
    ends = [_settle(_quantity(side, context), Basis.UNSAID, context) for side in (left, right)]
    numbers = [end.number for end in ends if isinstance(end, Value)]
    return Ask(Doubt.APPROXIMATE, possible(context, *numbers) if len(numbers) == 2 else ())


def _sum(tokens: Sequence[str], basis: Basis, context: NumberContext) -> Value | Ask:
    """The total of "10+2". A scale must stand with every term or with none: "1,5 + 2 juta" may be 3,5 juta."""
    terms = list(_terms(tokens))
    if len({any(map(_scale, term)) for term in terms}) > 1:
        return Ask(Doubt.SEVERAL)
    total = Decimal(0)
    for term in terms:
        quantity = _quantity(term, context)
        if isinstance(quantity, Ask):
            return Ask(quantity.doubt)
        if doubt := _unit_doubt(quantity, context):
            return Ask(doubt.doubt)
        total += quantity.number
    return judge(total, context, basis)


def _terms(tokens: Sequence[str]) -> Iterator[Sequence[str]]:
    """What stands between the pluses."""
    while "+" in tokens:
        at = tokens.index("+")
        yield tokens[:at]
        tokens = tokens[at + 1 :]
    yield tokens


def _ratio(left: Sequence[str], right: Sequence[str], basis: Basis, context: NumberContext) -> Value | Ask:
    """Said as "x dari y" or "x/y": x of the target for what is counted, a proposed share for a percentage."""
    share = context.group is UnitGroup.PCT
    kind = Kind.WHOLE if share else context.kind
    part, whole = _quantity(left, context, kind), _quantity(right, context, kind)
    if isinstance(part, Ask):
        return part
    if isinstance(whole, Ask):
        return whole if _has_number(" ".join(right)) else offer(Doubt.OTHER_UNIT, part.number, context)
    return _share(part, whole, basis, context) if share else _part_of_target(part, whole, basis, context)


def _part_of_target(part: _Quantity, whole: _Quantity, basis: Basis, context: NumberContext) -> Value | Ask:
    if doubt := _unit_doubt(part, context) or _unit_doubt(whole, context):
        return offer(doubt.doubt, part.number, context)
    if context.kind is Kind.WHOLE and part.number > whole.number:
        return Ask(Doubt.PART_ABOVE_WHOLE, possible(context, part.number))
    if context.kind is Kind.WHOLE and whole.number == context.target:
        return judge(part.number, context, basis)
    return offer(Doubt.SEVERAL if context.target is None else Doubt.OTHER_TARGET, part.number, context)


def _share(part: _Quantity, whole: _Quantity, basis: Basis, context: NumberContext) -> Ask:
    """Propose part / whole x 100 (domain.md 1, rule 9)."""
    if "%" in part.unit or "%" in whole.unit:
        return Ask(Doubt.SEVERAL)
    if not (fits_tables(part.number) and fits_tables(whole.number)):
        return Ask(Doubt.TOO_LONG)
    if whole.number == 0:
        return Ask(Doubt.NOT_A_NUMBER)
    if not context.ratio and whole.number == context.target:
        return Ask(Doubt.SEVERAL, possible(context, part.number, percent_of(part.number, whole.number)))
    return judge_share(part.number, whole.number, context, basis)


# --- one quantity (rules 4 to 7) ----------------------------------------------------------------------------------


def _quantity(tokens: Sequence[str], context: NumberContext, kind: Kind | None = None) -> _Quantity | Ask:
    """One run of number tokens with the words round it."""
    tokens = _unfused(tokens)
    places = [at for at, token in enumerate(tokens) if _is_numeric(token)]
    if not places:
        return Ask(Doubt.NOT_A_NUMBER)
    first, after = places[0], places[-1] + 1
    run = tokens[first:after]
    if len(run) != len(places):
        return Ask(Doubt.SEVERAL)
    number = _run(run, context, kind or context.kind)
    if isinstance(number, Ask):
        return number
    return _Quantity(number, " ".join((*tokens[:first], *tokens[after:])), len(run) == 1 and run[0].isdecimal())


def _unfused(tokens: Sequence[str]) -> tuple[str, ...]:
    """Tokens with "seorang" as 1 orang and "sebuah" as 1 buah."""
    apart: list[str] = []
    for token in tokens:
        unit = token.removeprefix("se")
        counted = unit != token and not number_parts(token) and unit_group(unit) in (UnitGroup.FLOW, UnitGroup.STOCK)
        apart += ["1", unit] if counted else [token]
    return tuple(apart)


def _run(run: Sequence[str], context: NumberContext, kind: Kind) -> Decimal | Ask:
    """The number of a run of digits, number words and scales."""
    literals, scales = run[0::2], [_scale(token) for token in run[1::2]]
    if not any(token[0].isdecimal() for token in run):
        return _only(Doubt.SEVERAL, _words_value(run), context)
    if len(run) == 1:
        return _literal(run[0], context, kind)
    if len(literals) == len(scales) and all(scales) and all(token[0].isdecimal() for token in literals):
        return _scaled(literals, scales, context)
    if _BUNCH.fullmatch(run[0]) and all(token.isdecimal() and len(token) == 3 for token in run[1:]):
        return offer(Doubt.SEPARATOR, Decimal("".join(run)), context)
    return Ask(Doubt.SEVERAL)


def _words_value(words: Sequence[str]) -> tuple[Decimal, ...]:
    return word_readings([part for word in words for part in number_parts(word)])


def _scale(token: str) -> int:
    """What the word multiplies by, 0 if it does not."""
    parts = number_parts(token)
    return SCALES.get(parts[0], 0) if len(parts) == 1 else 0


def _scaled(literals: Sequence[str], scales: Sequence[int], context: NumberContext) -> Decimal | Ask:
    """Digits with a scale, "1,5 juta", or with falling ones, "1 juta 500 ribu"."""
    if len(literals) == 1:
        readings = tuple(reading * scales[0] for reading in separator_readings(literals[0]))
        return _only(Doubt.SEPARATOR, readings, context)
    falling = all(upper > lower >= SCALES["ribu"] for upper, lower in pairwise(scales))
    if not falling or not all(_BUNCH.fullmatch(literal) for literal in literals):
        return Ask(Doubt.SEVERAL)
    return sum((Decimal(literal) * scale for literal, scale in zip(literals, scales, strict=True)), Decimal(0))


def _literal(literal: str, context: NumberContext, kind: Kind) -> Decimal | Ask:
    """Digits with dots and commas, by what the unit takes (rules 5 to 7)."""
    if literal.isdecimal() and len(literal) > 2 and literal.startswith("0"):
        return offer(Doubt.SEPARATOR, Decimal(literal), context)
    readings = separator_readings(literal)
    if len(readings) < 2:
        return Ask(Doubt.SEPARATOR) if _has_lost_separator(literal, kind) else _only(Doubt.SEPARATOR, readings, context)
    if kind is not Kind.OPEN:
        return readings[0]
    return _only(Doubt.SEPARATOR, [each for each in readings if could_be_saved(each, context)], context)


def _has_lost_separator(literal: str, kind: Kind) -> bool:
    """Four and more digits after the last sign are no decimals where the unit is counted: "1.2500"."""
    signs = literal.rfind("."), literal.rfind(",")
    return kind is not Kind.OPEN and max(signs) >= 0 and len(literal) - max(signs) > 4


def _only(doubt: Doubt, readings: Sequence[Decimal], context: NumberContext) -> Decimal | Ask:
    """The only reading, or the question which one is meant."""
    return readings[0] if len(readings) == 1 else Ask(doubt, possible(context, *readings))


# --- units (rule 4) -----------------------------------------------------------------------------------------------


def _is_own_unit(words: str, context: NumberContext) -> bool:
    """Whether the words beside a number are the indicator's unit, in any of its spellings, or nothing."""
    own, said = normal_unit(context.unit), normal_unit(words)
    if said is None or said == own:
        return True
    if context.group is UnitGroup.INDEX:
        return said == "poin" or unit_group(said) is UnitGroup.INDEX
    if own == "orang" and said in PEOPLE:
        return True
    each = {normal_unit(word) for word in words.split()}
    return own in each and each <= ({own, "buah"} if context.kind is Kind.WHOLE else {own})


def _unit_doubt(quantity: _Quantity, context: NumberContext) -> Ask | None:
    if _is_own_unit(quantity.unit, context):
        return None
    if context.group is UnitGroup.PCT:
        return _count_proposal(quantity, context)
    percent_of_count = "%" in quantity.unit and context.kind is not Kind.OPEN
    return Ask(Doubt.OTHER_UNIT) if percent_of_count else offer(Doubt.OTHER_UNIT, quantity.number, context)


def _count_proposal(quantity: _Quantity, context: NumberContext) -> Ask:
    """A count typed for a percentage, "15 desa": a share, where the whole is known."""
    whole = context.denominator
    if not context.ratio or not whole or quantity.number < 0 or not fits_tables(quantity.number):
        return Ask(Doubt.OTHER_UNIT)
    return judge_share(quantity.number, whole, context)


def _count_doubt(quantity: _Quantity, context: NumberContext) -> Ask | None:
    """A bare number for a percentage with a known whole may be the count."""
    whole = context.denominator
    if not context.ratio or context.group is not UnitGroup.PCT or whole is None:
        return None
    if quantity.unit or not quantity.bare or not 0 < quantity.number <= whole:
        return None
    percent = percent_of(quantity.number, whole)
    if percent == quantity.number or not could_be_saved(percent, context):
        return None
    return Ask(Doubt.PERCENT_OR_COUNT, possible(context, percent, quantity.number), quantity.number, whole)
