"""The budgets of the samples: the printed amounts, added up once, and invented positions that could be."""

from collections import Counter
from datetime import UTC, datetime
from decimal import Decimal
from itertools import pairwise

import pytest

from domain.budget import budget_figures, gaps, planned, reporting_lines
from domain.periods import Period
from domain.plan import Level, PastSpending
from tests.samples.sample_plans import PLANS, indicators, printed, workbook

WITH_BUDGET = ("randuagung-2024", "sidayu-2020")
EACH_BUDGET = pytest.mark.parametrize("plan", WITH_BUDGET)


def test_only_two_documents_print_a_budget() -> None:
    assert tuple(plan for plan in PLANS if workbook(plan).budget) == WITH_BUDGET
    assert all(not workbook(plan).spending for plan in PLANS if plan not in WITH_BUDGET)


@pytest.mark.parametrize(
    ("plan", "total", "lines", "reported"),
    [("randuagung-2024", 1_916_486_189, 55, 35), ("sidayu-2020", 1_021_600_000, 38, 29)],
)
def test_the_total_is_the_printed_one_and_no_multiple(plan: str, total: int, lines: int, reported: int) -> None:
    rows = planned(workbook(plan).budget, workbook(plan).year)
    figures = budget_figures(plan, rows, Period.whole_year(workbook(plan).year))
    assert (len(rows), len(reporting_lines(rows))) == (lines, reported)
    assert figures.total.ceiling == total
    assert gaps(rows, workbook(plan).year) == ()


@EACH_BUDGET
def test_every_amount_is_printed_on_a_row_of_its_level(plan: str) -> None:
    rows = indicators(plan)
    amounts = Counter(
        (rows[row.code].level, row.budget)
        for row in printed(plan)
        if row.budget is not None and rows[row.code].level is not Level.AKSI
    )
    assert Counter((line.level, line.pagu) for line in workbook(plan).budget if line.pagu is not None) == amounts
    assert all(line.revised is None for line in workbook(plan).budget)


@pytest.mark.parametrize(
    ("plan", "reporter"), [("randuagung-2024", "Bendahara"), ("sidayu-2020", "Kasubbag Perencanaan")]
)
def test_the_lowest_lines_are_reported_by_one_post(plan: str, reporter: str) -> None:
    lines = planned(workbook(plan).budget, workbook(plan).year)
    reported = {line.code for line in reporting_lines(lines)}
    assert {line.code for line in workbook(plan).budget if line.post == reporter} == reported


def positions(plan: str) -> dict[str, list[PastSpending]]:
    """What was spent by line, in the order of the months."""
    found: dict[str, list[PastSpending]] = {}
    for past in sorted(workbook(plan).spending, key=lambda one: one.period):
        found.setdefault(past.code, []).append(past)
    return found


@EACH_BUDGET
def test_every_position_is_marked_and_was_sent_before_late_march(plan: str) -> None:
    for past in workbook(plan).spending:
        assert past.sample, past
        assert past.period.end < past.reported_at.date(), past
        assert past.reported_at < datetime(workbook(plan).year, 3, 27, tzinfo=UTC), past


@EACH_BUDGET
def test_positions_grow_within_the_pagu(plan: str) -> None:
    pagu = {line.code: line.pagu for line in workbook(plan).budget}
    for code, told in positions(plan).items():
        for earlier, later in pairwise(told):
            assert earlier.spent <= later.spent, code
            assert (earlier.physical or 0) <= (later.physical or 0), code
        most = pagu[code]
        assert most is not None
        assert told[-1].spent <= most, code
        assert told[-1].physical is not None, code


@EACH_BUDGET
def test_some_lines_are_reported_with_nothing_and_some_not_at_all(plan: str) -> None:
    lines = reporting_lines(planned(workbook(plan).budget, workbook(plan).year))
    for month in (1, 2):
        of_month = {past.code: past.spent for past in workbook(plan).spending if past.period.number == month}
        assert 0 < len(lines) - len(of_month) < len(lines) / 4
        assert Decimal(0) in of_month.values()
        assert any(of_month.values())
    assert {past.period.number for past in workbook(plan).spending} == {1, 2}
