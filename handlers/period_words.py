"""A period as people name it: `februari`, `tw 2`, `2022-03`, `maret 2022`."""

import re
from collections.abc import Callable, Sequence
from datetime import date

from domain.periods import Period, PeriodKind
from handlers.texts.formats import MONTHS

_MONTHS = ("jan", "feb", "mar", "apr", "mei", "jun", "jul", "agu", "sep", "okt", "nov", "des")
_OTHER_SPELLINGS = {"peb": "feb", "ags": "agu", "agt": "agu", "nop": "nov"}
_QUARTER = re.compile(r"(?:tw|tr|triwulan) ?(iv|i{1,3}|[1-4])(?: (\d{4}))?")
_MONTH = re.compile(r"([a-z]{3})[a-z]*(?: (\d{4}))?")
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}

_LONGEST = 3
"""Words of a period at most: `tw i 2022`."""
_QUARTERS = ("tw", "tr", "triwulan")
_SPELT = (*(month.casefold() for month in MONTHS), "pebruari", "nopember", "ags", "agt")
_BEFORE_A_PERIOD = ("s/d", "sd", "bulan", "periode")

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


def split_period(words: str, today: date) -> tuple[str, Period | None]:
    """`seksi pemerintahan tw i` as its name and the period named at its end; None where none is.

    A month must be written as one is: the "desa" of an indicator is no December.
    """
    parts = words.split()
    for count in range(min(_LONGEST, len(parts)), 0, -1):
        named = " ".join(parts[-count:])
        if _is_a_period(named) and (period := read_begun(named, today)) is not None:
            return " ".join(_without_its_word(parts[:-count], period)), period
    return " ".join(parts), None


def _without_its_word(rest: Sequence[str], period: Period) -> Sequence[str]:
    """Without what only leads to the period: `pemerintahan s/d`, and `tahun` before a year."""
    leading = (*_BEFORE_A_PERIOD, "tahun") if period.kind is PeriodKind.YEAR else _BEFORE_A_PERIOD
    return rest[:-1] if rest and rest[-1].casefold() in leading else rest


def _is_a_period(words: str) -> bool:
    """Whether the words are a period and nothing that only begins like one."""
    first = words.casefold().partition(" ")[0]
    return not first.isalpha() or first in _QUARTERS or any(month.startswith(first) for month in _SPELT)


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
