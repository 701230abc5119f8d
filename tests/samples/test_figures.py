"""Every figure in a sample workbook is printed in its plan; whatever the scan left in doubt is a question."""

import pytest

from domain.plan import About
from tests.samples.sample_plans import PLANS, PrintedRow, answers, indicators, printed, questions, targets_of, workbook

MOVED = frozenset({"column_shift", "column_shift_suspected", "merged_row", "unit_mismatch", "compound_value"})
"""Flags of rows none of whose target cells may be taken as a fact."""

RAISES = {
    "column_shift": About.TARGETS,
    "column_shift_suspected": About.TARGETS,
    "merged_row": About.TARGETS,
    "unit_mismatch": About.TARGETS,
    "compound_value": About.TARGETS,
    "target_missing": About.TARGETS,
    "stray_rows": About.TARGETS,
    "join_uncertain": About.TARGETS,
    "months_cut": About.MODE,
    "text_truncated": About.NAME,
    "indicator_missing": About.NAME,
    "owner_lost": About.OWNER,
    "owner_uncertain": About.OWNER,
}

pytestmark = pytest.mark.parametrize("plan", PLANS)


def rows_once(plan: str) -> list[PrintedRow]:
    return [row for row in printed(plan) if row.repeats is None]


def test_every_printed_row_is_one_indicator_and_a_repeated_row_none_of_its_own(plan: str) -> None:
    held = [row.code for row in workbook(plan).indicators if not row.service]
    assert held == [row.code for row in rows_once(plan)]


def test_names_units_annual_targets_and_budgets_are_as_printed(plan: str) -> None:
    for row in rows_once(plan):
        held = indicators(plan)[row.code]
        figures = (held.name, held.unit, held.annual_target, held.budget)
        assert figures == (row.name, row.unit, row.annual, row.budget), row.code


def test_every_target_in_the_workbook_is_printed_in_that_period(plan: str) -> None:
    for row in rows_once(plan):
        assert indicators(plan)[row.code].targets.items() <= row.targets.items(), row.code


def test_a_row_without_doubt_carries_every_printed_target(plan: str) -> None:
    for row in rows_once(plan):
        if not row.flags & (MOVED | {"join_uncertain"}):
            assert indicators(plan)[row.code].targets == row.targets, row.code


def test_a_moved_row_carries_no_target_and_asks_for_what_the_scan_seems_to_say(plan: str) -> None:
    for row in rows_once(plan):
        if row.flags & MOVED and row.targets:
            assert not indicators(plan)[row.code].targets, row.code
            question = questions(plan)[row.code, About.TARGETS]
            readings = [targets_of(text) for text in (question.proposal, *question.options)]
            same_unit = "unit_mismatch" not in row.flags
            assert any(row.targets.items() <= reading.items() for reading in readings) or not same_unit, row.code


def test_every_flagged_row_with_a_target_raises_the_question_of_its_flag(plan: str) -> None:
    asked = questions(plan).keys()
    for row in rows_once(plan):
        if not indicators(plan)[row.code].context:
            missing = {flag for flag in row.flags & RAISES.keys() if (row.code, RAISES[flag]) not in asked}
            assert not missing, (row.code, missing)


def test_a_name_or_owner_in_doubt_is_not_stated_as_a_fact(plan: str) -> None:
    for row in rows_once(plan):
        held = indicators(plan)[row.code]
        if not held.context and row.flags & {"owner_lost", "owner_uncertain"}:
            assert held.post is None, row.code
        elif row.owner is not None and not held.context:
            assert held.post == row.owner, row.code


def test_rows_without_any_target_are_context_and_never_asked_about(plan: str) -> None:
    asked = {code for code, _ in questions(plan)}
    for row in rows_once(plan):
        has_target = bool(row.targets) or row.annual is not None
        held = indicators(plan)[row.code]
        assert held.context == (not has_target and not row.flags & {"target_missing", "compound_value"}), row.code
        assert not (held.context and row.code in asked), row.code


def test_an_answer_fills_a_lost_month_only_where_the_year_closes(plan: str) -> None:
    for row in rows_once(plan):
        given = answers(plan).get((row.code, About.TARGETS))
        if given is None or "months_cut" not in row.flags:
            continue
        filled = {period: value for period, value in targets_of(given).items() if value and period not in row.targets}
        assert not filled or sum({**row.targets, **filled}.values()) == row.annual, row.code
