"""What a spreadsheet shows of a date, with Indonesian names of months and days."""

import re
from datetime import datetime, timedelta
from decimal import Decimal
from functools import lru_cache

from bot.documents.plan_reading.files.number_formats import FORMATS

_LITERAL = re.compile(r'"[^"]*"|\\.|[_*].|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
_IS_DATE = re.compile(r"[dmyhs]", re.IGNORECASE)
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|(?P<blank>[_*].)|(?P<passed>\[h+\]|\[m+\]|\[s+\])|(?P<dropped>\[[^\]]*\])'
    r"|(?P<half>AM/PM|A/P)|(?P<year>y+)|(?P<month>m+)|(?P<day>d+)|(?P<hour>h+)|(?P<second>s+)|(?P<plain>.)",
    re.IGNORECASE | re.DOTALL,
)
_MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November",
    "Desember",
)  # fmt: skip
_DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
_LAST = Decimal(2_958_466)
"""The day after 31 December 9999: beyond it, as before 1900, a sheet shows hashes."""
_LEAP_DAY_THAT_WAS_NOT = 60
"""Spreadsheets count a 29 February 1900; the days before it have a number less."""
_DAYS_TO_1904 = 1462
_DAY = 86_400
HASHES = "#####"


@lru_cache(maxsize=FORMATS)
def is_date(code: str) -> bool:
    """Whether a number format shows a date or a time."""
    return _IS_DATE.search(_LITERAL.sub("", code.partition(";")[0])) is not None


def shown_date(serial: Decimal, code: str, *, from_1904: bool = False) -> str:
    """The day of a number of days since 1900, or since 1904, in the format `code`."""
    days = serial + (_DAYS_TO_1904 if from_1904 else 0)
    if not 0 <= days < _LAST:
        return HASHES
    first = datetime(1899, 12, 31 if days < _LEAP_DAY_THAT_WAS_NOT else 30)  # noqa: DTZ001  a sheet knows no zones
    seconds = round(float(days) * _DAY)
    return _spelled(first + timedelta(seconds=seconds), code, seconds)


def _spelled(at: datetime, code: str, seconds: int) -> str:
    """A moment in the format `code`, of which the first section counts; `seconds` since the first day."""
    tokens = [(str(found.lastgroup), found[0], found) for found in _TOKEN.finditer(code.partition(";")[0])]
    kinds = [kind for kind, _, _ in tokens]
    has_half = "half" in kinds
    parts: list[str] = []
    for place, (kind, text, found) in enumerate(tokens):
        if kind == "month" and len(text) <= 2 and _is_minute(kinds, place):
            parts.append(f"{at.minute:0{len(text)}d}")
        else:
            parts.append(_passed(seconds, text) if kind == "passed" else _part(at, kind, text, found, has_half))
    return "".join(parts).strip()


def _is_minute(kinds: list[str], place: int) -> bool:
    """An m stands for minutes behind hours and before seconds."""
    clock = {"year", "month", "day", "hour", "second", "passed"}
    before = next((kind for kind in reversed(kinds[:place]) if kind in clock), "")
    after = next((kind for kind in kinds[place + 1 :] if kind in clock), "")
    return before in ("hour", "passed") or after == "second"


def _part(at: datetime, kind: str, text: str, found: re.Match[str], has_half: bool) -> str:
    match kind:
        case "quoted" | "escaped":
            return found[kind]
        case "plain":
            return text
        case "year":
            return f"{at.year:04d}" if len(text) > 2 else f"{at.year % 100:02d}"
        case "month":
            return _month(at.month, len(text))
        case "day":
            return f"{at.day:0{len(text)}d}" if len(text) <= 2 else _DAYS[at.weekday()][: 3 if len(text) == 3 else None]
        case "hour":
            return f"{(at.hour % 12 or 12) if has_half else at.hour:0{min(len(text), 2)}d}"
        case "second":
            return f"{at.second:0{min(len(text), 2)}d}"
        case "half":
            return "AM" if at.hour < 12 else "PM"
        case _:
            return " " if kind == "blank" else ""


def _passed(seconds: int, text: str) -> str:
    """Hours, minutes or seconds that are not begun anew after a day or an hour."""
    return str(seconds // {"h": 3600, "m": 60, "s": 1}[text[1].lower()])


def _month(month: int, length: int) -> str:
    if length <= 2:
        return f"{month:0{length}d}"
    return _MONTHS[month - 1][: 3 if length == 3 else 1 if length == 5 else None]
