"""Numbers between workbook cells and Decimals, exactly and without guessing.

A number cell is a binary float; its shortest decimal spelling is what the person typed. Text in a number cell is taken
only where one reading is possible: "2.800" may be two thousand eight hundred or two point eight, so it is refused.
"""

import re
from decimal import Decimal

from bot.documents.workbook_layout import DECIMALS, LARGEST, NUMBER_DIGITS

_ONE = Decimal(1)
"""What has the quantum of it is a whole number without exponent."""
_DIGITS = re.compile(r"\d+", re.ASCII)
_GROUPED = re.compile(r"\d{1,3}([.,])\d{3}(?:\1\d{3})+", re.ASCII)
_BOTH = re.compile(r"(\d{1,3}(?:\.\d{3})+),(\d+)|(\d{1,3}(?:,\d{3})+)\.(\d+)", re.ASCII)
_DECIMAL = re.compile(r"(\d+)[.,](\d+)", re.ASCII)


def of_cell(value: float) -> Decimal:
    """The number that a number cell shows. `value` must be finite."""
    return tidy(Decimal(repr(value)))


def of_text(text: str) -> Decimal | None:
    """The one number that a text can mean, with either sign as decimal point; None where there is none or several."""
    sign, digits = ("-", text[1:]) if text.startswith("-") else ("", text)
    plain = _plain(digits.strip())
    return None if plain is None else tidy(Decimal(sign + plain))


def _plain(digits: str) -> str | None:
    if _DIGITS.fullmatch(digits):
        return digits
    if _GROUPED.fullmatch(digits):
        return re.sub(r"[.,]", "", digits)
    if both := _BOTH.fullmatch(digits):
        whole, fraction = (both[1], both[2]) if both[1] else (both[3], both[4])
        return f"{re.sub(r'[.,]', '', whole)}.{fraction}"
    if decimal := _DECIMAL.fullmatch(digits):
        whole, fraction = decimal[1], decimal[2]
        return None if _may_be_thousands(whole, fraction) else f"{whole}.{fraction}"
    return None


def _may_be_thousands(whole: str, fraction: str) -> bool:
    return len(fraction) == 3 and len(whole) <= 3 and not whole.startswith("0")


def tidy(number: Decimal) -> Decimal:
    """The same number without exponent and without zeroes after the last decimal place."""
    if number.same_quantum(_ONE):
        return number
    text = f"{number:f}"
    return Decimal(text.rstrip("0").rstrip(".") if "." in text else text)


def is_too_large(number: Decimal) -> bool:
    """Whether tables cannot hold it (`LARGEST`)."""
    return abs(number) > LARGEST


def is_too_fine(number: Decimal) -> bool:
    """Whether it has more than `DECIMALS` decimal places."""
    if number.same_quantum(_ONE):
        return False
    exponent = number.as_tuple().exponent
    return not isinstance(exponent, int) or -exponent > DECIMALS


def fits_number_cell(number: Decimal) -> bool:
    """Whether a number cell keeps every digit."""
    return len(number.normalize().as_tuple().digits) <= NUMBER_DIGITS


def spelled(number: Decimal, point: str = ".") -> str:
    """A number as text that `of_text` reads back as the same number and nothing else."""
    text = f"{tidy(number):f}"
    whole, _, fraction = text.removeprefix("-").partition(".")
    if fraction and _may_be_thousands(whole, fraction):
        text += "0"
    return text.replace(".", point)


def indonesian(number: Decimal) -> str:
    """A number as Indonesians write it: 1.250,5."""
    return f"{tidy(number):,f}".translate(str.maketrans(",.", ".,"))
