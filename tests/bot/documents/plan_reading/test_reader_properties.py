"""However a plan is laid out, a number of it may be asked about but is never another one without a question."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.documents.plan_reading.files.opening import read_source
from bot.documents.plan_reading.judged.understood import PlanReading, ReadIndicator
from bot.documents.plan_reading.read_file import reading_of
from bot.documents.plan_reading.source import PlanRefused
from tests.bot.documents.plan_reading.invented_plans import (
    Layout,
    Page,
    Plan,
    TrueRow,
    damaged,
    layouts,
    pages,
    plans,
    true_rows,
    written,
)


def read(plan: Plan, layout: Layout, printed: list[Page] | None = None) -> PlanReading | None:
    """What the reader makes of a plan as `printed`, or as its layout has it; None where it refuses the file."""
    with TemporaryDirectory() as folder:
        path = written(printed or pages(plan, layout), layout.file, Path(folder))
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


def _examine_damaged(plan: Plan, layout: Layout, *, adds: bool) -> None:
    reading = read(plan, layout, damaged(pages(plan, layout), layout.seed, adds=adds))
    if reading is None:
        return
    names = {row.name for row in true_rows(plan, layout)}
    has_strange = any(one.name not in names and one.code in reading.asked for one in reading.indicators)
    errors = silent_errors(plan, layout, reading)
    # a name that slipped along is asked about under what stands in its place
    assert [error for error in errors if not has_strange or "not in the list" not in error] == []


texts = layouts.map(lambda layout: replace(layout, file=("tabs", "pipes", "csv")[layout.seed % 3]))
"""In these files a row may have another number of cells than its table."""


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(plan=plans(), layout=layouts)
def test_no_number_changes_silently(plan: Plan, layout: Layout) -> None:
    _examine(plan, layout)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(plan=plans(), layout=texts, adds=st.booleans())
def test_a_cell_too_many_or_too_few_changes_no_number_silently(plan: Plan, layout: Layout, adds: bool) -> None:
    _examine_damaged(plan, layout, adds=adds)


@pytest.mark.soak
@settings(max_examples=4000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(plan=plans(), layout=layouts)
def test_no_number_changes_silently_in_many_layouts(plan: Plan, layout: Layout) -> None:
    _examine(plan, layout)


@pytest.mark.soak
@settings(max_examples=2000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(plan=plans(), layout=texts, adds=st.booleans())
def test_no_damage_changes_a_number_silently(plan: Plan, layout: Layout, adds: bool) -> None:
    _examine_damaged(plan, layout, adds=adds)
