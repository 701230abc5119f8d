"""What a spreadsheet shows of a number: its number format applied, as an Indonesian machine does (1.250,5).

The format codes are those of ECMA-376 part 1, 18.8.31: up to four sections, placeholders, literals, scaling. Only what
offices use is followed; colours and the width of fills are nothing to read.
"""

import operator
import re
from collections.abc import Callable, Iterator, Sequence
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from functools import cached_property, lru_cache
from typing import NamedTuple

GENERAL = "General"
BUILT_IN = {
    0: GENERAL, 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 5: '"Rp"#,##0;-"Rp"#,##0', 6: '"Rp"#,##0;-"Rp"#,##0',
    7: '"Rp"#,##0.00;-"Rp"#,##0.00', 8: '"Rp"#,##0.00;-"Rp"#,##0.00', 9: "0%", 10: "0.00%", 11: "0.00E+00",
    12: "# ?/?", 13: "# ??/??", 14: "dd/mm/yyyy", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "dd/mm/yyyy h:mm", 37: "#,##0;-#,##0", 38: "#,##0;-#,##0",
    39: "#,##0.00;-#,##0.00", 40: "#,##0.00;-#,##0.00", 41: '#,##0;-#,##0;"-";@', 42: '"Rp"#,##0;-"Rp"#,##0;"-";@',
    43: '#,##0.00;-#,##0.00;"-"??;@', 44: '"Rp"#,##0.00;-"Rp"#,##0.00;"-"??;@', 45: "mm:ss", 46: "[h]:mm:ss",
    47: "mm:ss.0", 48: "##0.0E+0", 49: "@",
}  # fmt: skip
"""Formats that a workbook names by number only (18.8.30); money and dates as the Indonesian setting shows them."""

_EXACT = Context(prec=400, rounding=ROUND_HALF_UP)
_ONE = Decimal(1)
_SURELY_EXACT = Decimal(10**15)
"""Whole numbers below it, nearly all of a plan, are shown as they are by a format without decimals."""
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|(?P<blank>[_*].)|\[\$(?P<money>[^\]\-]*)[^\]]*\]'
    r"|\[(?P<when>[<>=]+-?[\d.]+)\]|(?P<dropped>\[[^\]]*\])|(?P<general>General)|(?P<power>E[+\-])"
    r"|(?P<digit>[0#?])|(?P<point>\.)|(?P<comma>,)|(?P<percent>%)|(?P<end>;)|(?P<text>@)|(?P<slash>/)|(?P<plain>.)",
    re.IGNORECASE | re.DOTALL,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)(-?[\d.]+)")
_COMPARE: dict[str, Callable[[Decimal, Decimal], bool]] = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "=": operator.eq, "<>": operator.ne,
}  # fmt: skip
FORMATS = 512
"""Formats whose parts are remembered; a workbook has some tens."""
_UNFIXED = ("general", "text", "power", "slash")
"""Whatever of a section makes it show a number otherwise than with so many decimals."""
_SHOWN_AS_IT_IS = {"quoted", "escaped", "money", "plain"}


class Shown(NamedTuple):
    """What is seen: the text, and the number in it (25 of 25%; None where no number is seen).

    `stored` is the number behind it in the same terms (25.6 of 26%), None where it is the one that is seen.
    """

    text: str
    number: Decimal | None
    stored: Decimal | None = None


class _Token(NamedTuple):
    kind: str
    text: str


class _Section:
    """What stands between two semicolons of a format; what every number asks of it is found out once."""

    def __init__(self, tokens: Sequence[_Token]) -> None:
        self.tokens = tuple(tokens)
        self.kinds = frozenset(token.kind for token in tokens)
        self.is_fixed = "digit" in self.kinds and self.kinds.isdisjoint(_UNFIXED)

    @cached_property
    def fixed(self) -> "_Fixed":
        """How it shows a number with decimals or without."""
        return _Fixed(self)


def shown(value: Decimal, code: str) -> Shown:
    """A finite number in the format `code`, which is no date's. A zero shown as "Rp -" is a dash."""
    found = _shown(value, code)
    return Shown("-", None) if not value and found.number is None and "-" in found.text else found


def _shown(value: Decimal, code: str) -> Shown:
    section, is_bare = _section_for(value, sections(code))
    if section.is_fixed:
        return section.fixed.shown(value, is_bare)
    kinds = section.kinds
    if "general" in kinds or (not section.tokens and code.strip() == ""):
        return _general(value, section, is_bare)
    if "text" in kinds:
        return Shown(_around(section, "text", plain(value)), value)
    if "digit" not in kinds:
        text = "".join(map(_literal, section.tokens))
        return Shown(text, None, value or None)
    if "power" in kinds:
        return _scientific(value, section)
    return _fraction(value, section, is_bare)


def shown_text(text: str, code: str) -> str:
    """A text in the format `code`: a section with @ may put words around it."""
    section = _section_of_texts(code)
    return text if section is None else _around(section, "text", text)


@lru_cache(maxsize=FORMATS)
def _section_of_texts(code: str) -> _Section | None:
    with_text = [section for section in sections(code) if "text" in section.kinds]
    return with_text[-1] if with_text else None


def plain(value: Decimal) -> str:
    """A number as it is, with a decimal comma and no dots."""
    text = f"{value:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace(".", ",")


@lru_cache(maxsize=FORMATS)
def sections(code: str) -> tuple[_Section, ...]:
    """The parts of a format code between its semicolons."""
    parts: list[list[_Token]] = [[]]
    for match in _TOKEN.finditer(code):
        kind = str(match.lastgroup)
        if kind == "end":
            parts.append([])
        elif kind != "dropped":
            parts[-1].append(_Token(kind, match[kind]))
    return tuple(map(_Section, parts))


def _section_for(value: Decimal, parts: tuple[_Section, ...]) -> tuple[_Section, bool]:
    """The section that shows the number, and whether it shows it without its sign."""
    if _has_conditions(parts):
        return next((part for part in parts if _holds(part, value)), parts[-1]), False
    first, *others = parts
    if value < 0 and others:
        return others[0], True
    return (others[1] if value == 0 and len(others) > 1 else first), False


@lru_cache(maxsize=FORMATS)
def _has_conditions(parts: tuple[_Section, ...]) -> bool:
    return any("when" in part.kinds for part in parts)


def _holds(part: _Section, value: Decimal) -> bool:
    for token in part.tokens:
        if token.kind == "when" and (condition := _CONDITION.fullmatch(token.text)):
            return _COMPARE[condition[1]](value, Decimal(condition[2]))
    return "when" not in part.kinds


def _literal(token: _Token) -> str:
    if token.kind in _SHOWN_AS_IT_IS:
        return token.text
    return {"blank": " ", "percent": "%", "slash": "/", "comma": ",", "point": "."}.get(token.kind, "")


def _around(section: _Section, kind: str, middle: str) -> str:
    return "".join(middle if token.kind == kind else _literal(token) for token in section.tokens)


def _general(value: Decimal, section: _Section, is_bare: bool) -> Shown:
    text = plain(abs(value) if is_bare else value)
    return Shown(_around(section, "general", text) if section.tokens else text, value)


class _Fixed:
    """A section of placeholders with at most one point: `#,##0.00" orang"`."""

    def __init__(self, section: _Section) -> None:
        whole, self._after = _split(section.tokens)
        self._percent = Decimal(100) ** sum(token.kind == "percent" for token in section.tokens)
        self._is_scaled = (scale := _trailing_commas(whole)) > 0
        self._factor = _EXACT.divide(self._percent, Decimal(1000) ** scale)
        self._decimals = "".join(token.text for token in self._after if token.kind == "digit")
        self._step = Decimal(1).scaleb(-len(self._decimals))
        self._whole = _Whole(whole)
        self._behind = _decimals("", self._after)
        self._is_plain = self._factor == 1 and not self._decimals and not self._is_scaled

    def shown(self, value: Decimal, is_bare: bool) -> Shown:
        """A number in it, without its sign where the section shows it bare."""
        if self._is_plain and value.same_quantum(_ONE) and 0 < value < _SURELY_EXACT:
            text, is_seen = self._whole.filled(str(value))
            if is_seen:
                return Shown(text + self._behind, value)
        exact = value if self._factor == 1 else _EXACT.multiply(value, self._factor)
        # half away from zero, as a sheet shows it; never minus zero
        rounded = exact.quantize(self._step, context=_EXACT) + 0
        digits, _, decimals = f"{abs(rounded):f}".partition(".")
        if decimals:
            decimals = _kept_decimals(decimals, self._decimals)
        whole, has_whole = self._whole.filled(digits)
        text = whole + (_decimals(decimals, self._after) if decimals else self._behind)
        is_seen = has_whole or bool(decimals)
        sign = "-" if rounded < 0 and not is_bare else ""
        is_other = value != 0 and (exact != rounded or self._is_scaled or not is_seen)
        stored = _tidy(_EXACT.multiply(value, self._percent)) if is_other else None
        return Shown(sign + text if is_seen else text.strip(), _tidy(rounded) if is_seen else None, stored)


def _tidy(number: Decimal) -> Decimal:
    """Without zeroes behind its decimals and without exponent."""
    if number.same_quantum(_ONE):
        return number
    return Decimal(f"{number:f}".rstrip("0").rstrip(".") if number != number.to_integral_value() else f"{number:.0f}")


def _split(tokens: Sequence[_Token]) -> tuple[Sequence[_Token], Sequence[_Token]]:
    """The tokens before the decimal point, and those from it on."""
    at = next((place for place, token in enumerate(tokens) if token.kind == "point"), len(tokens))
    return tokens[:at], tokens[at:]


def _trailing_commas(whole: Sequence[_Token]) -> int:
    """How many commas stand behind the last digit: each divides by a thousand."""
    last = max((place for place, token in enumerate(whole) if token.kind == "digit"), default=-1)
    count = 0
    for token in whole[last + 1 :] if last >= 0 else ():
        if token.kind != "comma":
            break
        count += 1
    return count


class _Whole:
    """The part before the decimal comma with its literals."""

    def __init__(self, tokens: Sequence[_Token]) -> None:
        self._tokens = tokens
        places = [place for place, token in enumerate(tokens) if token.kind == "digit"]
        self._places = len(places)
        self._least = sum(tokens[place].text == "0" for place in places)
        inner = {token.kind for token in tokens[places[0] : places[-1]]} if places else set[str]()
        self._is_dealt = not inner.isdisjoint(_SHOWN_AS_IT_IS)
        self._is_grouped = "comma" in inner
        first = places[0] if places else len(tokens)
        outside = _outside_comma if places else _literal
        self._before = "".join(map(outside, tokens[:first]))
        self._behind = "".join(outside(token) for token in tokens[first:] if token.kind != "digit")

    def filled(self, digits: str) -> tuple[str, bool]:
        """It with the digits of a number, and whether one of them is seen."""
        digits = digits.lstrip("0").rjust(self._least, "0")
        if self._is_dealt:
            dealt = iter(_dealt(digits, self._places))
            filled = (next(dealt) if token.kind == "digit" else _outside_comma(token) for token in self._tokens)
            return "".join(filled), bool(digits)
        return self._before + (_grouped(digits) if self._is_grouped else digits) + self._behind, bool(digits)


def _outside_comma(token: _Token) -> str:
    return "" if token.kind == "comma" else _literal(token)


def _dealt(digits: str, places: int) -> list[str]:
    """One digit for each place from the right, the first place taking what is left over."""
    if len(digits) <= places:
        return [*[""] * (places - len(digits)), *digits]
    return [digits[: len(digits) - places + 1], *digits[len(digits) - places + 1 :]]


def _grouped(digits: str) -> str:
    return f"{int(digits):,}".replace(",", ".").rjust(len(digits), "0") if digits else ""


def _kept_decimals(decimals: str, placeholders: str) -> str:
    """The decimals without zeroes at the end that the format leaves out."""
    kept = len(decimals)
    while kept and decimals[kept - 1] == "0" and placeholders[kept - 1] in "#?":
        kept -= 1
    return decimals[:kept]


def _decimals(decimals: str, after: Sequence[_Token]) -> str:
    left = iter(decimals)
    parts: list[str] = []
    for token in after:
        if token.kind == "point":
            parts.append("," if decimals else "")
        elif token.kind == "digit":
            parts.append(next(left, ""))
        else:
            parts.append(_outside_comma(token))
    return "".join(parts)


def _scientific(value: Decimal, section: _Section) -> Shown:
    after = _split(section.tokens)[1]
    places = 0
    for token in after:
        if token.kind == "power":
            break
        places += token.kind == "digit"
    mantissa, _, power = f"{value:.{places}E}".partition("E")
    number = Decimal(f"{mantissa}E{power}")
    text = f"{mantissa.replace('.', ',')}E{power[0]}{power[1:].rjust(2, '0')}"
    return Shown(text, _tidy(number), None if number == value else value)


def _fraction(value: Decimal, section: _Section, is_bare: bool) -> Shown:
    at = next(place for place, token in enumerate(section.tokens) if token.kind == "slash")
    below = tuple(_below(section.tokens[at + 1 :]))
    fixed = "".join(token.text for token in below if token.kind == "plain")
    largest = 10 ** max(1, len(below)) - 1
    exact = Fraction(abs(value))
    near = Fraction(round(exact * int(fixed)), int(fixed)) if fixed and int(fixed) else exact.limit_denominator(largest)
    has_whole = sum(token.kind == "digit" for token in section.tokens[:at]) > 1
    whole, rest = divmod(near, 1) if has_whole else (0, near)
    parts = [str(whole)] if whole or not rest else []
    parts += [f"{rest.numerator}/{rest.denominator}"] if rest else []
    sign = "-" if value < 0 and not is_bare else ""
    number = _EXACT.divide(Decimal(near.numerator), Decimal(near.denominator))
    return Shown(sign + " ".join(parts), _signed(number, value), None if near == exact else value)


def _signed(number: Decimal, value: Decimal) -> Decimal:
    return -number if value < 0 else number


def _below(tokens: Sequence[_Token]) -> Iterator[_Token]:
    """The placeholders or digits of the denominator."""
    for token in tokens:
        if token.kind != "digit" and not (token.kind == "plain" and token.text.isdigit()):
            return
        yield token
