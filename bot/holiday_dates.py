"""The national holidays of Indonesia, read from the `holidays` library (domain.md 5).

The library knows no local days (Galungan, a decree of the kabupaten): an office adds those itself. Islamic dates of
years to come are estimates of the library.
"""

import sys
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

from bot.late import Late
from domain.day_spans import DaySpan

_LONGEST_MONTH = 30
_COUNTRIES = "holidays.countries"


class NationalAlmanac:
    """The `Almanac` of every office. Each year is read but once."""

    def free_days(self, years: Sequence[int]) -> frozenset[date]:
        """Public holidays and cuti bersama of those years, of which the second exist only where a decree is known.

        A deadline of December falls into January: ask for the year after, too.
        """
        return frozenset().union(*(_dates(year, "public", "government") for year in years))

    def named_days(self, years: Sequence[int]) -> Mapping[date, str]:
        """The same days with their Indonesian names."""
        return {day: name for year in years for day, name in _named(year, "public", "government").items()}

    def ramadan(self, years: Sequence[int]) -> tuple[DaySpan, ...]:
        """The fasting months that begin in those years: until the day before Idul Fitri."""
        return tuple(span for year in years for span in _ramadan(year))

    def knows_cuti_bersama(self, year: int) -> bool:
        """Whether the library knows the decree on cuti bersama of that year."""
        return bool(_dates(year, "government"))


@cache
def _dates(year: int, *categories: str) -> frozenset[date]:
    return frozenset(_named(year, *categories))


@cache
def _named(year: int, *categories: str) -> Mapping[date, str]:
    return dict(_library().Indonesia(years=year, categories=categories, language="id"))


@cache
def _ramadan(year: int) -> tuple[DaySpan, ...]:
    lunar = _library().IndonesiaIslamicHolidays()
    feasts = sorted(day for near in (year, year + 1) for day, _estimated in lunar.eid_al_fitr_dates(near))
    begun = sorted(day for day, _estimated in lunar.ramadan_beginning_dates(year) if day.year == year)
    return tuple(DaySpan(first, _eve(first, feasts)) for first in begun)


def _indonesia() -> Any:
    with _no_other_country():
        from holidays.countries import indonesia
    return indonesia


_library = Late(_indonesia)
"""What the library says of Indonesia: only programs that need a calendar import it."""


@contextmanager
def _no_other_country() -> Generator[None]:
    """The package of the countries imports every one of them, 8 MB in 0.3 s: one country can be had without."""
    import holidays

    if _COUNTRIES in sys.modules:
        yield
        return
    bare = ModuleType(_COUNTRIES)
    bare.__path__ = [str(Path(holidays.__file__).parent / "countries")]
    sys.modules[_COUNTRIES] = bare
    try:
        yield
    finally:
        del sys.modules[_COUNTRIES]


def _eve(first: date, feasts: Sequence[date]) -> date:
    """The last day of the fasting month that begins on `first`."""
    longest = first + timedelta(days=_LONGEST_MONTH)
    return min((feast for feast in feasts if first < feast <= longest), default=longest) - timedelta(days=1)
