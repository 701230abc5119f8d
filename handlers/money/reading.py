"""What was typed for a line of the budget: rupiah, percent, both at once, or the line to go to."""

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from domain.budget import BudgetLine
from domain.numbers import Ask, Doubt, Reading, Value, read_number
from domain.periods import Period
from handlers.money.sitting import physical_context, spent_context
from handlers.texts import money as texts

_BOTH = re.compile(
    r"(?P<spent>.*?[^\s,;/&])(?:\s*[;/&]\s*|,?\s+)(?:dan )?"
    r"(?:fisik(?:nya)?\s*[:=]?\s*(?P<named>\d+(?:[.,]\d+)?)\s*(?:%|persen)?"
    r"|(?P<bare>\d+(?:[.,]\d+)?)\s*(?:%|persen))\.?",
    re.IGNORECASE,
)
"""`12.350.000 60%`, `12,35 juta fisik 60%`: the rupiah end as early as they can, so that "fisik" is none of them."""
_GO_TO = re.compile(r"(?:ke|no|nomor|nomer|baris|#)\.?\s*(?:ke\s*|no\.?\s*|nomor\s*)?(\d{1,4})", re.IGNORECASE)
_CODE_PARTS = 3
"""Parts of the shortest code that is no amount: `5.1` may be one, `5.1.02` is not."""


def split(body: str) -> tuple[str, str]:
    """What was typed for the rupiah and for the percent; the second is empty where there is only one."""
    both = _BOTH.fullmatch(body.strip())
    if both is None or not re.search(r"\d|nihil|nol|sama", both["spent"], re.IGNORECASE):
        return body, ""
    return both["spent"], f"{both['named'] or both['bare']}%"


def line_named(body: str, lines: Sequence[BudgetLine]) -> int | None:
    """The place of the line whose code was typed, or whose number as in "ke 12"; None where it is no such thing.

    A number that no line has is the number of lines or more.
    """
    plain = "".join(body.split()).rstrip(".").casefold()
    for at, line in enumerate(lines):
        if same_code(line.code, plain) and line.code.count(".") + 1 >= _CODE_PARTS:
            return at
    number = _GO_TO.fullmatch(body.strip())
    return None if number is None else place(number[1], lines)


def place(number: str, lines: Sequence[BudgetLine]) -> int:
    """The place of the line with that number in the list; beyond the last one for a number that none has."""
    return int(number) - 1 if 1 <= int(number) <= len(lines) else len(lines)


def same_code(code: str, typed: str) -> bool:
    """Whether a code is meant: blanks, a last dot and capitals do not matter."""
    return plain_code(code) == plain_code(typed)


def plain_code(code: str) -> str:
    """A code without blanks, a last dot and capitals."""
    return "".join(code.split()).rstrip(".").casefold()


def wants_list(body: str) -> bool:
    return " ".join(body.casefold().split()).strip(" .!") in texts.LIST


def read_spent(body: str, line: BudgetLine, month: Period) -> Reading:
    """An amount s/d the month. More than the pagu is FAR_ABOVE_TARGET, already from one rupiah on."""
    context = spent_context(line, month)
    reading = read_number(body, context)
    if isinstance(reading, Ask) and reading.doubt is Doubt.BELOW_PREVIOUS:
        small = read_number(body, replace(context, previous=None))  # in thousands, rather than less than before
        reading = small if isinstance(small, Ask) and small.doubt is Doubt.SMALL_MONEY else reading
    if isinstance(reading, Value) and is_above(line, reading.number):
        return Ask(Doubt.FAR_ABOVE_TARGET, (reading.number,))
    return reading


def is_above(line: BudgetLine, spent: Decimal) -> bool:
    """Whether more than the ceiling is spent."""
    return line.ceiling is not None and spent > line.ceiling


def read_physical(body: str, line: BudgetLine, month: Period) -> Reading:
    """A realisasi fisik s/d the month, in percent."""
    return read_number(body, physical_context(line, month))
