"""Invented plans with a period in each row, as tables, for tests that cut, mix and turn them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from bot.documents.plan_reading.in_rows.period_rows import own_tables, walk_period_rows
from bot.documents.plan_reading.judged.judging import judge
from bot.documents.plan_reading.judged.understood import PlanReading
from bot.documents.plan_reading.printed import PrintedIndicator, PrintedPlan
from bot.documents.plan_reading.source import Cell, Place, Row, Table

YEAR = 2025
MONTHS = (
    "Januari", "Pebruari", "Maret", "April", "Mei", "Juni",
    "Juli", "Agustus", "September", "Oktober", "Nopember", "Desember",
)  # fmt: skip
QUARTERS = ("TW I", "TW II", "TW III", "TW IV")
HEADS = ("No", "Sasaran Kegiatan", "Indikator Kinerja", "Satuan", "Target Tahunan", "Bulan", "Target", "Ket")

Line = tuple[str, ...]


@dataclass(frozen=True)
class Printed:
    """An indicator as an invented plan prints it."""

    name: str
    values: tuple[str, ...]
    unit: str = "Dokumen"
    labels: tuple[str, ...] = MONTHS

    @property
    def annual(self) -> int:
        return sum(int(value) for value in self.values if value != "-")

    def lines(self, number: str) -> list[Line]:
        """Its rows: all it has beside the first period, nothing beside the others."""
        first = (number, f"Meningkatnya {self.name.lower()}", self.name, self.unit, str(self.annual))
        return [
            ((*first, label, value, "") if at == 0 else ("",) * 5 + (label, value, ""))
            for at, (label, value) in enumerate(zip(self.labels, self.values, strict=True))
        ]


def table(lines: Sequence[Line], first: int = 1, before: Sequence[str] = ()) -> Table:
    """A table whose rows have the numbers of their lines, from `first`."""
    rows = tuple(
        Row(tuple(Cell(text, Place(line=number)) for text in line), Place(line=number))
        for number, line in enumerate(lines, first)
    )
    return Table(rows, Place(line=first), tuple(before))


def walked(*tables: Table) -> tuple[PrintedIndicator, ...]:
    return walk_period_rows(tables, own_tables(tables), YEAR)


def judged(*tables: Table) -> PlanReading:
    """What is certain of the tables, and what is asked."""
    return judge(PrintedPlan(walked(*tables), year=YEAR))


def asked(reading: PlanReading) -> set[str]:
    """The codes of the indicators about which something is asked."""
    return {question.indicator for question in reading.questions}


def certain(reading: PlanReading) -> Mapping[str, Mapping[str, Decimal]]:
    """By the names that are whole: the targets that are taken without asking, by the code of the period."""
    return {
        each.name: {period.code: value for period, value in each.targets.items()}
        for each in reading.indicators
        if each.name
    }
