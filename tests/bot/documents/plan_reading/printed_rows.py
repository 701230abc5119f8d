"""Printed indicators made by hand, as a walker would hand them over."""

from typing import Any

from bot.documents.plan_reading.judged.judging import judge
from bot.documents.plan_reading.judged.understood import PlanReading, ReadIndicator
from bot.documents.plan_reading.printed import Doubt, DoubtKind, PrintedIndicator, PrintedPlan
from bot.documents.plan_reading.source import Cell, Place
from domain.periods import Period, PeriodKind, periods_of_year
from domain.plan import About, Level, OpenQuestion

YEAR = 2023
QUARTERS = periods_of_year(YEAR, PeriodKind.QUARTER)
MONTHS = periods_of_year(YEAR, PeriodKind.MONTH)


def printed(
    name: str | None, cells: str, unit: str | None = None, annual: str | None = None, *, line: int = 1, **rest: Any
) -> PrintedIndicator:
    """A row as `printed("Jumlah rapat", "3 | 3 | 3 | 3", "Kali", "12")`; `?` is a cell that is not there."""
    texts = [text.strip() for text in cells.split("|")]
    periods = {4: QUARTERS, 12: MONTHS, 1: (Period.whole_year(YEAR),)}[len(texts)]
    place = Place(line=line)
    targets = {period: Cell(text, place) for period, text in zip(periods, texts, strict=True) if text != "?"}
    rest.setdefault("level", Level.SUB_KEGIATAN)
    year = None if annual is None else Cell(annual, place)
    return PrintedIndicator(name=name, place=place, periods=periods, targets=targets, unit=unit, annual=year, **rest)


def doubt(kind: DoubtKind, *periods: int, annual: bool = False, text: str = "Ragu di baris 1.", **rest: Any) -> Doubt:
    """A doubt about the quarters of those numbers."""
    return Doubt(kind, text, Place(line=1), tuple(QUARTERS[number - 1] for number in periods), annual=annual, **rest)


def judged(*rows: PrintedIndicator, **rest: Any) -> PlanReading:
    """What is made of these rows."""
    return judge(PrintedPlan(rows, office="Contoh", year=YEAR, **rest), "rencana.txt")


def only(*rows: PrintedIndicator) -> tuple[ReadIndicator, dict[About, OpenQuestion]]:
    """The last of these rows and what is asked about it."""
    reading = judged(*rows)
    last = reading.indicators[-1]
    return last, {question.about: question for question in reading.questions if question.indicator == last.code}


def values(one: ReadIndicator) -> list[int | None]:
    """The certain targets in order."""
    return [None if (value := one.targets.get(period)) is None else int(value) for period in one.periods]
