"""However a plan is laid out, a number of it may be asked about but is never another one without a question."""

from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings

from bot.documents.plan_reading.opening import read_source
from bot.documents.plan_reading.read_file import reading_of
from bot.documents.plan_reading.source import PlanRefused
from bot.documents.plan_reading.understood import PlanReading, ReadIndicator
from tests.bot.documents.plan_reading.invented_plans import (
    Layout,
    Plan,
    TrueRow,
    layouts,
    pages,
    plans,
    true_rows,
    written,
)


def read(plan: Plan, layout: Layout) -> PlanReading | None:
    """What the reader makes of a printed plan; None where it refuses the file."""
    with TemporaryDirectory() as folder:
        path = written(pages(plan, layout), layout.file, Path(folder))
        try:
            return reading_of(read_source(path))
        except PlanRefused:
            return None


def silent_errors(plan: Plan, layout: Layout, reading: PlanReading) -> list[str]:
    """Every number that was read as another one, invented or left out, and that no question names."""
    by_name = {one.name: one for one in reading.indicators if one.name}
    rows = true_rows(plan, layout)
    found = [error for row in rows for error in _of_row(plan, row, by_name.get(row.name), reading)]
    names = {row.name for row in rows}
    strangers = [one for one in reading.reported if one.name not in names and one.code not in reading.asked]
    return found + [f"invented {one.name} {one.targets}" for one in strangers if one.targets]


def _of_row(plan: Plan, row: TrueRow, one: ReadIndicator | None, reading: PlanReading) -> list[str]:
    if one is None:
        return [f"{row.name} is not in the list"]
    is_asked = one.code in reading.asked
    cells = [
        *(
            (period.code, value, one.targets.get(period))
            for period, value in zip(plan.periods, row.values, strict=True)
        ),
        ("year", row.annual if one.annual is not None else None, one.annual),
    ]
    return [
        f"{row.name} {which}: printed {printed}, read {got}"
        for which, printed, got in cells
        if got != printed and (got is not None or not is_asked) and not _is_zero(printed, got)
    ]


def _is_zero(printed: Decimal | None, got: Decimal | None) -> bool:
    return not printed and not got


def _examine(plan: Plan, layout: Layout) -> None:
    reading = read(plan, layout)
    assert reading is None or silent_errors(plan, layout, reading) == []


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(plan=plans(), layout=layouts)
def test_no_number_changes_silently(plan: Plan, layout: Layout) -> None:
    _examine(plan, layout)


@pytest.mark.soak
@settings(max_examples=4000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(plan=plans(), layout=layouts)
def test_no_number_changes_silently_in_many_layouts(plan: Plan, layout: Layout) -> None:
    _examine(plan, layout)
