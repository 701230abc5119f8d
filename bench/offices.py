"""Invented offices for the bench: one year of 150 monthly indicators in six sections, and many copies of it."""

from collections.abc import Iterable
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Column, Connection, text

from domain.modes import Confidence, Mode, Rhythm
from domain.periods import Period
from domain.plan import IndicatorRow, Level, OfficePlan, PastReport, PostRow, Role
from storage.plans import apply_plan
from storage.schema import METADATA

YEAR = 2026
NOW = datetime(2026, 12, 31, 2, tzinfo=UTC)
LAST_MONTH = "2026-11"
"""The last month that has ended then."""
INDICATORS = 150
SECTIONS = 6
OFFICES = 600
_COPIED = ("office", "post", "plan", "indicator", "target", "report", "achievement", "rollup")
"""What a copy of an office consists of, in the order in which rows point at earlier ones."""
_STEP = 1_000_000
"""How far the ids of two copies lie apart; more than an office has rows of anything."""


def office_year(name: str = "Sukamaju") -> OfficePlan:
    """150 indicators x 12 months, all reported but every 20th of December."""
    posts = (
        PostRow("Camat", Role.CAMAT, None),
        *(PostRow(f"Kasi {at}", Role.KASI, "Camat", section=f"Seksi {at}") for at in range(1, SECTIONS + 1)),
    )
    months = [Period.month(YEAR, number) for number in range(1, 13)]
    rows = tuple(_indicator(at, months) for at in range(INDICATORS))
    reports = tuple(
        PastReport(row.code, month, Decimal(at % 9 + 1), NOW)
        for at, row in enumerate(rows)
        for month in months
        if month.number < 12 or at % 20
    )
    return OfficePlan(name, "Wanasari", YEAR, "Asia/Makassar", posts, (), rows, reports=reports)


def _indicator(at: int, months: Iterable[Period]) -> IndicatorRow:
    mode = (Mode.SUM, Mode.CUM, Mode.LEVEL)[at % 3]
    return IndicatorRow(
        code=f"I-{at:03}",
        name=f"Indikator nomor {at}",
        unit="dokumen",
        level=Level.SUB_KEGIATAN,
        path={"program": f"Program {at % 10}"},
        post=f"Kasi {at % SECTIONS + 1}",
        rhythm=Rhythm.MONTHLY,
        targets={month: Decimal(month.number if mode is Mode.CUM else 5) for month in months},
        annual_target=Decimal({Mode.SUM: 60, Mode.CUM: 12, Mode.LEVEL: 5}[mode]),
        mode=mode,
        confidence=Confidence.HIGH,
    )


def load(connection: Connection) -> int:
    """Put the office into an empty database; return its id."""
    return apply_plan(connection, office_year(), NOW).office_id


def multiply(connection: Connection, offices: int = OFFICES) -> None:
    """Copy the one office of a database until there are `offices`: every id of a copy is that of the first, moved."""
    numbers = f"WITH RECURSIVE copy(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM copy WHERE n < {offices - 1})"
    for name in _COPIED:
        columns = METADATA.tables[name].columns
        names = ", ".join(f'"{column.name}"' for column in columns)
        picked = ", ".join(_copied(column) for column in columns)
        connection.execute(text(f"INSERT INTO {name} ({names}) {numbers} SELECT {picked} FROM {name} AS first, copy"))


def spread(first: int, number: int, offices: int = OFFICES) -> list[int]:
    """The ids of some of the offices, evenly picked."""
    return [first + at * (offices // number) * _STEP for at in range(number)]


def _copied(column: Column[Any]) -> str:
    if column.table.name == "office" and column.name == "name":
        return "first.name || ' ' || copy.n"
    is_key = column.foreign_keys or column.name == "id"
    return f'first."{column.name}" + copy.n * {_STEP}' if is_key else f'first."{column.name}"'
