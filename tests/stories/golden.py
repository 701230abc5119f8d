"""The tables worked out by hand in tests/golden: read as they stand, and checked for their own arithmetic."""

import re
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

FULL = Fraction(100)
Row = dict[str, str]


@dataclass(frozen=True)
class Mean:
    """A sum of capped capaian over how many indicators; both 0 where nothing is counted."""

    total: Fraction
    counted: int

    @property
    def value(self) -> Fraction | None:
        return self.total / self.counted if self.counted else None


@dataclass(frozen=True)
class Golden:
    """One plan's table: `office` by the name of the line, the other tables row by row."""

    office: dict[str, str]
    sections: list[Row]
    missing: list[str]
    behind: list[Row]
    indicators: list[Row]

    def of_section(self, name: str) -> list[Row]:
        return [row for row in self.indicators if row["Seksi"] == name]


def read_golden(path: Path) -> Golden:
    """Read the tables under their headings. Raises KeyError for one that is not there."""
    parts = re.split(r"^## (.+)$", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    under = dict(zip(parts[1::2], parts[2::2], strict=True))
    return Golden(
        office={row["Isian"]: row["Nilai"] for row in _table(under["Kantor"])},
        sections=_table(under["Seksi"]),
        missing=re.findall(r"^- (.+)$", under["Belum lapor"], flags=re.MULTILINE),
        behind=_table(under["Terendah"]),
        indicators=_table(under["Indikator"]),
    )


def _table(text: str) -> list[Row]:
    header, _rule, *rows = [_cells(line) for line in text.splitlines() if line.startswith("|")]
    return [dict(zip(header, row, strict=True)) for row in rows]


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip("|").split("|")]


def number(text: str) -> Fraction:
    """A figure as Indonesians write it."""
    return Fraction(text.removesuffix(" %").replace(".", "").replace(",", "."))


def capaian(row: Row) -> Fraction | None:
    """Realisation over target in percent, exactly; None for an indicator that was not reported."""
    if row["Dihitung"] == "-":
        return None
    return number(row["Realisasi s/d"]) / number(row["Target s/d"]) * FULL


def mean(rows: list[Row]) -> Mean:
    """The capped capaian of those that were reported."""
    counted = [min(value, FULL) for row in rows if (value := capaian(row)) is not None]
    return Mean(sum(counted, Fraction(0)), len(counted))


def percent(value: Fraction) -> str:
    """Two decimals, half up, as the tables print them."""
    whole, cents = divmod(int(value * 100 + Fraction(1, 2)), 100)
    return f"{whole:,}".replace(",", ".") + f",{cents:02}"


def spelled(average: Mean) -> str:
    """A mean as the tables show its working."""
    if average.value is None:
        return "-"
    return f"{percent(average.total)} / {average.counted} = {percent(average.value)} %"


def worked_out(text: str) -> Fraction:
    """What the working `(1 + 0 + 2) / (1 + 1 + 1) = 100,00 %` comes to, in percent."""
    above, below = text.split(" = ")[0].split(" / ")
    return _sum(above) / _sum(below) * FULL


def _sum(text: str) -> Fraction:
    return sum((number(term) for term in text.strip("()").split(" + ")), Fraction(0))
