"""A period as people name it: `februari`, `tw 2`, `2022-03`, `maret 2022`."""

import re
from collections.abc import Callable
from datetime import date

from domain.periods import Period

_MONTHS = ("jan", "feb", "mar", "apr", "mei", "jun", "jul", "agu", "sep", "okt", "nov", "des")
_OTHER_SPELLINGS = {"peb": "feb", "ags": "agu", "agt": "agu", "nop": "nov"}
_QUARTER = re.compile(r"(?:tw|tr|triwulan) ?(iv|i{1,3}|[1-4])(?: (\d{4}))?")
_MONTH = re.compile(r"([a-z]{3})[a-z]*(?: (\d{4}))?")
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}

OfYear = Callable[[int], Period]
"""The named month or quarter of any year."""


def read_end(words: str, today: date) -> date | None:
    """The day on which the named period ends, None where no period is named.

    A period without a year is the newest that has begun by `today`. Of `Maret & TW I`, which close together, the
    first is read.
    """
    first = re.split(r" (?:&|dan) ", " ".join(words.split()))[0]
    named = read_begun(first, today)
    return None if named is None else named.end


def read_begun(words: str, today: date) -> Period | None:
    """The named period, None where none is named; without a year it is the newest that has begun by `today`."""
    return read_period(words, lambda of_year: _newest(of_year, today))


def names_period(words: str) -> bool:
    """Whether the words name a month, a quarter or a year."""
    return read_end(words, date.max) is not None


def read_period(words: str, without_year: Callable[[OfYear], Period]) -> Period | None:
    """The named period, None where none is named; `without_year` chooses the year where none is said."""
    plain = " ".join(words.lower().replace(".", " ").split())
    try:
        return Period.parse(plain.upper())
    except ValueError:
        return _named(plain, without_year)


def _named(plain: str, without_year: Callable[[OfYear], Period]) -> Period | None:
    if match := _QUARTER.fullmatch(plain):
        number = _ROMAN.get(match[1]) or int(match[1])
        return _of_year(lambda year: Period.quarter(year, number), match[2], without_year)
    if match := _MONTH.fullmatch(plain):
        short = _OTHER_SPELLINGS.get(match[1], match[1])
        if short in _MONTHS:
            month = _MONTHS.index(short) + 1
            return _of_year(lambda year: Period.month(year, month), match[2], without_year)
    return None


def _of_year(of_year: OfYear, year: str | None, without_year: Callable[[OfYear], Period]) -> Period:
    return without_year(of_year) if year is None else of_year(int(year))


def _newest(of_year: OfYear, today: date) -> Period:
    this_year = of_year(today.year)
    return this_year if this_year.start <= today else of_year(today.year - 1)
