"""A day as people name it: `besok`, `jumat depan`, `8 april`, `8/4`, `tanggal 8`."""

import re
from datetime import date, timedelta

from domain.periods import Period, PeriodKind
from handlers.dialogue import TYPO
from handlers.likeness import ratio
from handlers.period_words import read_period
from handlers.texts.formats import month as month_name

_NEAR = {"hari ini": 0, "sekarang": 0, "besok": 1, "besuk": 1, "bsk": 1, "lusa": 2}
_WEEKDAYS = ("senin", "selasa", "rabu", "kamis", "jumat", "sabtu", "minggu")
_OTHER_SPELLINGS = {"jum'at": "jumat", "jum’at": "jumat", "ahad": "minggu", "rebo": "rabu", "kemis": "kamis"}
_LEADING = re.compile(r"(?:(?:sampai|hingga|s/d|sd|mulai|dari|dengan|hari(?! ini)|pada|tanggal|tgl) )+")
_NUMBERS = re.compile(r"(\d{1,2})(?:[/-]| )(\d{1,2})(?:(?:[/-]| )(\d{2}|\d{4}))?")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_MONTH_NAMED = re.compile(r"(\d{1,2}) ?([a-z]+)(?: (\d{4}))?")
_SHORTENED = 3
"""Letters of a month's short name."""
_LATE_IN_THE_YEAR = 11
_LOOK_AHEAD = 12
"""Months within which the next 31st, or any day of the month but 29 February, is found."""


def read_day(words: str, today: date) -> date | None:
    """The named day, None where none is named or the weekday before it is not that of the date.

    A weekday or a bare day of the month is the next one, today included; `jumat depan` is the Friday of next week. A
    date without a year is of this year, but from November on the months up to October are those of next year.
    """
    plain = _plain(words)
    if plain in _NEAR:
        return today + timedelta(days=_NEAR[plain])
    first, _, rest = plain.partition(" ")
    if first not in _WEEKDAYS:
        return _date(plain, today)
    if rest in ("", "ini", "depan"):
        return None if plain == "minggu depan" else _weekday(_WEEKDAYS.index(first), today, next_week=rest == "depan")
    named = _date(_LEADING.sub("", rest), today)
    return named if named is not None and named.weekday() == _WEEKDAYS.index(first) else None


def read_day_from(words: str, first: date, today: date) -> date | None:
    """The named day, as near after `first` as the words leave open: `8`, `jumat`, `5 januari`; `besok` does not."""
    named = read_day(words, today)
    if named is None or named >= first or _plain(words) in _NEAR:
        return named
    return read_day(words, first)


def _plain(words: str) -> str:
    """One spelling of a weekday, no signs, nothing like `sampai tanggal` before the day."""
    plain = _LEADING.sub("", " ".join(words.casefold().replace(",", " ").replace(".", " ").split()).strip("!? "))
    for spelling, weekday in _OTHER_SPELLINGS.items():
        plain = plain.replace(spelling, weekday)
    return plain


def _weekday(number: int, today: date, *, next_week: bool) -> date:
    """`minggu depan` never comes here: it is next week rather than next Sunday."""
    if next_week:
        return today + timedelta(days=7 - today.weekday() + number)
    return today + timedelta(days=(number - today.weekday()) % 7)


def _date(plain: str, today: date) -> date | None:
    if plain.isdecimal() and len(plain) <= 2:
        return _next_such_day(int(plain), today)
    if match := _ISO.fullmatch(plain):
        return _existing(int(match[1]), int(match[2]), int(match[3]))
    if match := _NUMBERS.fullmatch(plain):
        return _of_year(int(match[1]), int(match[2]), match[3], today)
    if match := _MONTH_NAMED.fullmatch(plain):
        month = _month(match[2], today)
        return None if month is None else _of_year(int(match[1]), month, match[3], today)
    return None


def _month(word: str, today: date) -> int | None:
    """The number of the month that the whole word names: `12 desa` is no day of December."""
    found = read_period(word, lambda of_year: of_year(today.year))
    if found is None or found.kind is not PeriodKind.MONTH:
        return None
    name = month_name(found.number).casefold()
    meant = len(word) == _SHORTENED or name.startswith(word) or ratio(word, name) >= TYPO
    return found.number if meant else None


def _of_year(day: int, month: int, year: str | None, today: date) -> date | None:
    if year is not None:
        return _existing(int(year) + (2000 if len(year) == 2 else 0), month, day)
    next_year = today.month >= _LATE_IN_THE_YEAR > month
    return _existing(today.year + next_year, month, day)


def _next_such_day(number: int, today: date) -> date | None:
    """The next day of the month with that number, in a month that has one."""
    first = Period.of_day(today, PeriodKind.MONTH).start
    for _month in range(_LOOK_AHEAD):
        found = _existing(first.year, first.month, number)
        if found is not None and found >= today:
            return found
        first = Period.of_day(first, PeriodKind.MONTH).end + timedelta(days=1)
    return None


def _existing(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
