"""Phone numbers as people write them, kept as E.164 (`+6281200000001`)."""

import re
import unicodedata

COUNTRY = "ID"
_DIGITS = (10, 15)
"""With the country's, a number that can be called from anywhere has no fewer and no more."""
_LINK = re.compile(r"^(?:https?://)?(?:wa\.me/|api\.whatsapp\.com/send/?\?phone=)\+?", re.IGNORECASE)
_WORDS = re.compile(r"\b(?:nomor|no|hp|telp|telepon|tel|wa|whatsapp)\b[.:]*", re.IGNORECASE)
_TRUNK = re.compile(r"(\+\s*62[\s.-]*)\(?0\)?")
_CELL = re.compile(r"\.0$")
"""What a spreadsheet adds to a number."""
_ALLOWED = re.compile(r"(?:\+|\(?0|8)[\d\s().\u2010-\u2015/-]+")
"""Abroad, with the 0 of this country, or a mobile number whose 0 a spreadsheet has dropped."""


def read_phone(written: str) -> str | None:
    """E.164 of a number in any form in which it is written here; None for anything else, and for two numbers at once.

    `0812-0000-0001`, `+62 (0)812 0000 0001`, `62812...`, `812...` (a spreadsheet drops the 0 and the +), `0062812...`,
    a link of wa.me, and the same with "HP" or "WA" before or behind are one number.
    """
    plain = _plain(written)
    phone = _formatted(plain, aloud=False) if _ALLOWED.fullmatch(plain) else None
    fewest, most = _DIGITS
    return phone if phone is not None and fewest <= len(phone) - 1 <= most else None


def shown_phone(phone: str) -> str:
    """A number as it is read aloud, `+62 812-0000-0001`; what cannot be read stays as it is."""
    return _formatted(phone, aloud=True) or phone


def _plain(written: str) -> str:
    """The number with its plus, without the words round it."""
    written = unicodedata.normalize("NFKC", written).strip()
    link = _LINK.match(written)
    if link:
        return "+" + re.sub(r"[?&].*$", "", written[link.end() :])
    plain = _WORDS.sub(" ", written).strip(" \t\n:;,()[]<>")
    plain = _TRUNK.sub(r"\1", _CELL.sub("", plain))
    if plain.startswith("00"):
        return "+" + plain[2:]
    return f"+{plain}" if plain.startswith("62") else plain


def _formatted(plain: str, *, aloud: bool) -> str | None:
    # Imported here because it takes 70 ms, and most starts need none of it.
    from phonenumbers import (
        NumberParseException,
        PhoneNumberFormat,
        ValidationResult,
        format_number,
        is_possible_number_with_reason,
        parse,
    )

    try:
        number = parse(plain, COUNTRY)
    except NumberParseException:
        return None
    form = PhoneNumberFormat.INTERNATIONAL if aloud else PhoneNumberFormat.E164
    is_whole = is_possible_number_with_reason(number) == ValidationResult.IS_POSSIBLE  # with its area code
    return format_number(number, form) if is_whole else None
