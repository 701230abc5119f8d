"""The national holidays of Indonesia, read from the `holidays` library (domain.md 5).

The library knows no local days (Galungan, a decree of the kabupaten): an office adds those itself. Islamic dates of
years to come are estimates of the library.
"""

from collections.abc import Iterable
from datetime import date


def free_days(years: Iterable[int]) -> frozenset[date]:
    """Public holidays and cuti bersama of those years, of which the second exist only where a decree is known.

    A deadline of December falls into January: ask for the year after, too.
    """
    return _dates(years, "public", "government")


def years_without_cuti_bersama(years: Iterable[int]) -> tuple[int, ...]:
    """Those of the years, in their order, for which the library knows no decree on cuti bersama."""
    return tuple(year for year in years if not _dates((year,), "government"))


def _dates(years: Iterable[int], *categories: str) -> frozenset[date]:
    from holidays import country_holidays  # 0.3 s: only programs that need a calendar pay for it

    return frozenset(country_holidays("ID", years=years, categories=categories, language="id"))
