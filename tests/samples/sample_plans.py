"""The sample workbooks as the product reads them, and the printed figures beside them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from bot.documents.office_workbook import read_workbook
from domain.periods import Period
from domain.plan import About, IndicatorRow, OfficePlan, OpenQuestion

SAMPLES = Path(__file__).parents[2] / "samples"
PLANS = ("kubutambahan-2022", "gumelar-2022", "kemangkon-2022", "randuagung-2024", "sidayu-2020")


@dataclass(frozen=True)
class PrintedRow:
    """One row of a digest: what the document prints, doubtful cells included."""

    code: str
    name: str | None
    unit: str | None
    owner: str | None
    annual: Decimal | None
    targets: Mapping[Period, Decimal]
    budget: Decimal | None
    flags: frozenset[str]
    repeats: str | None


@cache
def workbook(name: str) -> OfficePlan:
    """A sample workbook as `renaksi load` sees it."""
    plan = read_workbook(SAMPLES / f"{name}.xlsx")
    assert isinstance(plan, OfficePlan), plan
    return plan


@cache
def printed(name: str) -> tuple[PrintedRow, ...]:
    """The digest of a plan, in document order."""
    rows = json.loads(Path(__file__).with_name("printed").joinpath(f"{name}.json").read_text(encoding="utf-8"))
    return tuple(_row(row, workbook(name).indicators[0].code[0]) for row in rows)


def _row(row: dict[str, Any], letter: str) -> PrintedRow:
    return PrintedRow(
        code=f"{letter}-{row['id']}",
        name=row["name"],
        unit=row["unit"],
        owner=row["owner"],
        annual=None if row["annual"] is None else Decimal(row["annual"]),
        targets={Period.parse(code): Decimal(value) for code, value in row["targets"].items()},
        budget=None if row["budget"] is None else Decimal(row["budget"]),
        flags=frozenset(row["flags"]),
        repeats=row["repeats"],
    )


def indicators(name: str) -> dict[str, IndicatorRow]:
    return {row.code: row for row in workbook(name).indicators}


def questions(name: str) -> dict[tuple[str, About], OpenQuestion]:
    return {(question.indicator, question.about): question for question in workbook(name).questions}


def answers(name: str) -> dict[tuple[str, About], str]:
    return {(answer.indicator, answer.about): answer.value for answer in workbook(name).answers}


def targets_of(text: str) -> dict[Period, Decimal | None]:
    """The cells of a TARGETS answer; None for a period without target."""
    cells = (cell.split("=") for cell in text.split("; ") if cell)
    return {Period.parse(code): None if value == "-" else Decimal(value) for code, value in cells}
