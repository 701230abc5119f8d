"""The rule run on every row of four real plans (domain.md 2.2, "Result of the test")."""

import json
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from domain.inference import Inference, PrintedSeries, asks_direction, infer_mode
from domain.modes import Confidence, Mode
from domain.units import UnitGroup, unit_group

ROWS: list[dict[str, Any]] = json.loads(Path(__file__).with_name("printed_series.json").read_text("utf-8"))
"""The printed targets of Gumelar, Kemangkon and Kubutambahan 2022 and Sidayu 2020, without repeated rows.

`whole` marks rows that the text has entirely and under their own headings.
"""


def number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def series(row: dict[str, Any]) -> PrintedSeries:
    return PrintedSeries(
        name=row["name"],
        unit=row["unit"],
        period_unit=row["period_unit"],
        annual=number(row["annual"]),
        values=tuple(number(value) for value in row["values"]),
        lost=frozenset(row["lost"]),
        compound=row["compound"],
    )


@dataclass(frozen=True)
class Read:
    id: str
    whole: bool
    series: PrintedSeries
    said: Inference


@pytest.fixture(scope="module")
def plans() -> list[Read]:
    return [Read(row["id"], row["whole"], series(row), infer_mode(series(row))) for row in ROWS]


def named(plans: list[Read], confidence: Confidence) -> dict[str, Mode | None]:
    return {read.id: read.said.mode for read in plans if read.whole and read.said.confidence is confidence}


def test_the_counts_are_those_of_the_rulebook(plans: list[Read]) -> None:
    counts = Counter(read.said.confidence for read in plans if read.whole)
    assert counts == {Confidence.HIGH: 165, Confidence.MEDIUM: 25, Confidence.ASK: 13}


def test_what_is_asked_of_rows_printed_whole(plans: list[Read]) -> None:
    asked = {"gumelar-2022": (12, 24, 42), "kemangkon-2022": (22, 37), "sidayu-2020": (26, 38, 47, 50, 66, 68, 82, 132)}
    assert set(named(plans, Confidence.ASK)) == {f"{plan}-{no:03}" for plan, numbers in asked.items() for no in numbers}


def test_what_is_proposed_for_rows_printed_whole(plans: list[Read]) -> None:
    proposed = named(plans, Confidence.MEDIUM)
    assert {row for row, mode in proposed.items() if mode is Mode.LEVEL} == {
        "gumelar-2022-023",
        "gumelar-2022-043",
        "kemangkon-2022-017",
        "kemangkon-2022-030",
        "kemangkon-2022-031",
        "sidayu-2020-056",
        "sidayu-2020-058",
        "sidayu-2020-069",
        "sidayu-2020-073",
        "sidayu-2020-075",
        "sidayu-2020-094",
        "kubutambahan-2022-015",
    }
    assert {row for row, mode in proposed.items() if mode is Mode.CUM} == {"kemangkon-2022-001", "kemangkon-2022-002"}


def test_a_row_with_lost_periods_is_always_asked(plans: list[Read]) -> None:
    lost = [read for read in plans if read.series.lost]
    assert len(lost) > 50
    assert all(read.said.confidence is Confidence.ASK for read in lost)


def test_a_proposed_fill_closes_on_the_annual_target_and_keeps_what_is_printed(plans: list[Read]) -> None:
    filled = [read for read in plans if read.said.fill]
    assert filled
    for read in filled:
        fill = read.said.fill or ()
        assert sum(value for value in fill if value) == read.series.annual
        assert all(new == old for old, new in zip(read.series.values, fill, strict=True) if old is not None)
        changed = {i for i, (old, new) in enumerate(zip(read.series.values, fill, strict=True)) if old != new}
        assert changed <= read.series.lost


def test_which_rows_with_lost_months_get_a_proposal(plans: list[Read]) -> None:
    numbers = {int(read.id[-3:]) for read in plans if read.said.fill}
    assert {3, 6, 23, 36} <= numbers
    assert numbers.isdisjoint({1, 4, 5, 9, 37, 53})


def test_an_index_is_never_added_up(plans: list[Read]) -> None:
    indices = [read for read in plans if unit_group(read.series.unit, read.series.name) is UnitGroup.INDEX]
    assert indices
    assert all(read.said.mode is not Mode.SUM and read.said.fill is None for read in indices)


def test_no_plan_has_an_indicator_whose_direction_must_be_asked(plans: list[Read]) -> None:
    assert [read.series.name for read in plans if asks_direction(read.series.name)] == []
