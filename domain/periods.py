"""Months, quarters and years of a plan, and the order in which they close."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from functools import cache, cached_property, total_ordering

_CODE = re.compile(r"(\d{4})(?:-(?:(TW)([1-4])|(0[1-9]|1[0-2])))?")


class PeriodKind(IntEnum):
    """The length of a period, in months."""

    MONTH = 1
    QUARTER = 3
    YEAR = 12


@total_ordering
@dataclass(frozen=True)
class Period:
    """One month, quarter or year of a plan; ordered by the day it ends, shorter ones first.

    `number` counts from 1 within the year: 1..12 for months, 1..4 for quarters, 1 for the year.
    """

    year: int
    kind: PeriodKind
    number: int

    def __post_init__(self) -> None:
        if not 1 <= self.number <= 12 // self.kind:
            raise ValueError(f"{self.kind.name} {self.number} does not exist")

    @classmethod
    def month(cls, year: int, number: int) -> Period:
        return cls(year, PeriodKind.MONTH, number)

    @classmethod
    def quarter(cls, year: int, number: int) -> Period:
        return cls(year, PeriodKind.QUARTER, number)

    @classmethod
    def whole_year(cls, year: int) -> Period:
        return cls(year, PeriodKind.YEAR, 1)

    @classmethod
    def of_day(cls, day: date, kind: PeriodKind) -> Period:
        """The period of that kind in which `day` lies."""
        return cls(day.year, kind, (day.month - 1) // kind + 1)

    def __hash__(self) -> int:
        return self._hash

    @cached_property
    def _hash(self) -> int:
        # Figures are kept by period: an office's year asks for this a hundred thousand times.
        return hash((self.year, self.kind, self.number))

    @classmethod
    @cache
    def parse(cls, code: str) -> Period:
        """Read `2022-01`, `2022-TW1` or `2022`. Raises ValueError for anything else."""
        match = _CODE.fullmatch(code)
        if match is None:
            raise ValueError(f"{code!r} is not a period such as 2022-01, 2022-TW1 or 2022")
        year, quarter, month = int(match[1]), match[3], match[4]
        if quarter:
            return cls.quarter(year, int(quarter))
        return cls.month(year, int(month)) if month else cls.whole_year(year)

    @cached_property
    def code(self) -> str:
        """`2022-01`, `2022-TW1` or `2022`: what tables, snapshots and `--json` carry."""
        match self.kind:
            case PeriodKind.MONTH:
                return f"{self.year}-{self.number:02}"
            case PeriodKind.QUARTER:
                return f"{self.year}-TW{self.number}"
            case PeriodKind.YEAR:
                return str(self.year)

    @cached_property
    def first_month(self) -> int:
        return (self.number - 1) * self.kind + 1

    @cached_property
    def last_month(self) -> int:
        return self.number * self.kind

    @cached_property
    def start(self) -> date:
        return date(self.year, self.first_month, 1)

    @cached_property
    def end(self) -> date:
        return date(self.year, self.last_month, calendar.monthrange(self.year, self.last_month)[1])

    @cache  # noqa: B019 there are as many periods as years have
    def split(self, kind: PeriodKind) -> tuple[Period, ...]:
        """The periods of a shorter kind that make up this one, in order; itself for its own kind."""
        first = (self.first_month - 1) // kind + 1
        return tuple(Period(self.year, kind, first + offset) for offset in range(self.kind // kind))

    def covers(self, other: Period) -> bool:
        """Whether `other` lies wholly in this period."""
        return self.start <= other.start and other.end <= self.end

    def __lt__(self, other: Period) -> bool:
        return (self.end, self.kind) < (other.end, other.kind)


def periods_of_year(year: int, kind: PeriodKind) -> tuple[Period, ...]:
    """Every period of that kind in the year, in order."""
    return Period.whole_year(year).split(kind)
