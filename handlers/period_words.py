"""A period as people name it after "lapor": `februari`, `tw 2`, `2022-03`, `maret 2022`."""

import re
from collections.abc import Callable
from datetime import date

from domain.periods import Period

_MONTHS = ("jan", "feb", "mar", "apr", "mei", "jun", "jul", "agu", "sep", "okt", "nov", "des")
_OTHER_SPELLINGS = {"peb": "feb", "ags": "agu", "agt": "agu", "nop": "nov"}
_QUARTER = re.compile(r"(?:tw|tr|triwulan) ?(iv|i{1,3}|[1-4])(?: (\d{4}))?")
_MONTH = re.compile(r"([a-z]{3})[a-z]*(?: (\d{4}))?")
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}


def read_end(words: str, today: date) -> date | None:
    """The day on which the named period ends, None where no period is named.

    A period without a year is the newest that has begun by `today`.
    """
    plain = " ".join(words.lower().replace(".", " ").split())
    try:
        return Period.parse(plain.upper()).end
    except ValueError:
        named = _named(plain, today)
        return None if named is None else named.end


def _named(plain: str, today: date) -> Period | None:
    if match := _QUARTER.fullmatch(plain):
        number = _ROMAN.get(match[1]) or int(match[1])
        return _newest(lambda year: Period.quarter(year, number), match[2], today)
    if match := _MONTH.fullmatch(plain):
        short = _OTHER_SPELLINGS.get(match[1], match[1])
        if short in _MONTHS:
            return _newest(lambda year: Period.month(year, _MONTHS.index(short) + 1), match[2], today)
    return None


def _newest(of_year: Callable[[int], Period], year: str | None, today: date) -> Period:
    if year is not None:
        return of_year(int(year))
    this_year = of_year(today.year)
    return this_year if this_year.start <= today else of_year(today.year - 1)
