"""Capaian by every formula of domain.md 1, its caps, and the average with its counts."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.achievement import (
    AchievementRule,
    Average,
    Cap,
    Formula,
    NoCapaian,
    Standing,
    achievement,
    applied_formula,
    capped,
    default_rule,
    kemenkeu_stable,
    mean,
    rounded,
    rounded_whole,
    why_none,
)
from domain.modes import Polarity

MORE = AchievementRule(Formula.POSITIVE)
LESS = AchievementRule(Formula.NEGATIVE)
LESS_RATIO = AchievementRule(Formula.NEGATIVE_RATIO)
HELD = AchievementRule(Formula.STABLE)
FROM_70_TO_90 = AchievementRule(Formula.RANGE, low=Decimal(70), high=Decimal(90))
PAGU = AchievementRule(Formula.ABSORPTION)

figures = st.decimals(min_value=-(10**12), max_value=10**12, places=6)
rules = st.sampled_from(
    [MORE, LESS, LESS_RATIO, HELD, FROM_70_TO_90, PAGU, AchievementRule(Formula.NEGATIVE, Decimal(5))]
)


def shown(target: str, realisation: str, rule: AchievementRule) -> str | None:
    capaian = achievement(Decimal(target), Decimal(realisation), rule)
    return None if capaian is None else str(rounded(capaian))


def sure(target: Decimal, realisation: Decimal, rule: AchievementRule) -> Decimal:
    capaian = achievement(target, realisation, rule)
    assert capaian is not None
    return capaian


@pytest.mark.parametrize(
    ("realisation", "default", "ratio"),
    [
        ("0", "200.00", None),
        ("8", "120.00", "125.00"),
        ("10", "100.00", "100.00"),
        ("12", "80.00", "83.33"),
        ("15", "50.00", "66.67"),
        ("20", "0.00", "50.00"),
        ("25", "-50.00", "40.00"),
    ],
)
def test_the_two_negative_formulas_disagree_as_the_table_says(
    realisation: str, default: str, ratio: str | None
) -> None:
    assert shown("10", realisation, LESS) == default
    assert shown("10", realisation, LESS_RATIO) == ratio


@pytest.mark.parametrize(
    ("target", "realisation", "rule", "expected"),
    [
        ("90", "72", MORE, "80.00"),  # F1 on percentages: not the percentage itself (rule 8)
        ("3", "1", MORE, "33.33"),
        ("48", "50", MORE, "104.17"),
        ("10", "13", MORE, "130.00"),
        ("100", "90", HELD, "90.00"),  # F4 below, at and above
        ("100", "100", HELD, "100.00"),
        ("100", "130", HELD, "70.00"),
        ("80", "70", FROM_70_TO_90, "100.00"),  # F5 inside, at both ends
        ("80", "90", FROM_70_TO_90, "100.00"),
        ("80", "99", FROM_70_TO_90, "90.00"),  # above: F2 against the high end
        ("80", "63", FROM_70_TO_90, "90.00"),  # below: F1 against the low end
        ("20381000", "5095250", PAGU, "25.00"),  # F8
        ("-10", "-5", MORE, "150.00"),  # F9
        ("-10", "-12", MORE, "80.00"),
    ],
)
def test_golden_values_of_the_other_formulas(
    target: str, realisation: str, rule: AchievementRule, expected: str
) -> None:
    assert shown(target, realisation, rule) == expected


def test_negative_with_target_zero() -> None:
    with_worst = AchievementRule(Formula.NEGATIVE, worst=Decimal(20))
    assert shown("0", "0", LESS) == "100.00"
    assert shown("0", "3", LESS) is None
    assert shown("0", "0", with_worst) == "100.00"
    assert shown("0", "5", with_worst) == "75.00"
    assert shown("0", "0", LESS_RATIO) == "100.00"


def test_the_reason_for_no_capaian_is_told() -> None:
    nothing, some = Decimal(0), Decimal(3)
    assert why_none(None, some, MORE) is NoCapaian.NO_TARGET
    assert why_none(some, None, MORE) is NoCapaian.NOT_REPORTED
    assert why_none(nothing, some, LESS) is NoCapaian.ZERO_TARGET_MISSED
    assert NoCapaian.ZERO_TARGET_MISSED == "tidak tercapai (target 0)"
    assert why_none(nothing, some, MORE) is NoCapaian.UNDEFINED
    assert why_none(some, nothing, LESS_RATIO) is NoCapaian.UNDEFINED
    assert why_none(some, some, MORE) is None


def test_the_applied_formula_follows_the_target() -> None:
    assert [applied_formula(Decimal(target), MORE) for target in (5, 0, -5)] == ["F1", "F7", "F9"]
    assert [applied_formula(Decimal(target), LESS) for target in (5, 0)] == ["F2", "F6"]
    assert applied_formula(Decimal(0), LESS_RATIO) == "F6"
    assert applied_formula(Decimal(0), PAGU) == "F8"


@pytest.mark.parametrize("rule", [LESS, LESS_RATIO, HELD, PAGU], ids=lambda rule: rule.formula.value)
def test_below_zero_only_more_is_better_has_a_formula(rule: AchievementRule) -> None:
    assert shown("-10", "-12", rule) is None
    assert shown("-10", "5", rule) is None
    assert why_none(Decimal(-10), Decimal(-12), rule) is NoCapaian.UNDEFINED


def test_less_than_nothing_is_no_worse_than_nothing() -> None:
    assert shown("0", "-1", LESS) == "100.00"
    assert shown("10", "-1", LESS_RATIO) is None


def test_a_range_that_ends_at_zero_falls_back_on_the_worst_value() -> None:
    ends_at_zero = AchievementRule(Formula.RANGE, low=Decimal(-5), high=Decimal(0))
    assert shown("0", "3", ends_at_zero) is None
    assert shown("0", "3", replace(ends_at_zero, worst=Decimal(12))) == "75.00"


def test_a_positive_target_of_zero_is_never_reached_nor_infinite() -> None:
    assert achievement(Decimal(0), Decimal(0), MORE) is None
    assert achievement(Decimal(0), Decimal(7), MORE) is None
    assert achievement(Decimal(0), Decimal(7), PAGU) is None


@pytest.mark.parametrize(
    ("formula", "worst", "low", "high"),
    [
        (Formula.NEGATIVE_AT_ZERO, None, None, None),
        (Formula.POSITIVE_AT_ZERO, None, None, None),
        (Formula.POSITIVE_BELOW_ZERO, None, None, None),
        (Formula.NEGATIVE, 0, None, None),
        (Formula.RANGE, None, 1, None),
        (Formula.RANGE, None, 2, 1),
    ],
)
def test_a_rule_that_makes_no_sense_is_refused(
    formula: Formula, worst: int | None, low: int | None, high: int | None
) -> None:
    worst_value, low_end, high_end = (None if end is None else Decimal(end) for end in (worst, low, high))
    with pytest.raises(ValueError, match=r"cannot be chosen|worst value|range target"):
        AchievementRule(formula, worst_value, low_end, high_end)


def test_the_direction_alone_gives_the_default_formula() -> None:
    assert [default_rule(polarity).formula for polarity in Polarity] == ["F1", "F2", "F4"]


def test_kemenkeu_converts_a_held_value_linearly() -> None:
    assert [kemenkeu_stable(Decimal(c)) for c in (90, 95, 100)] == [100, 110, 120]


@pytest.mark.parametrize(
    ("raw", "two", "whole"),
    [
        ("104.165", "104.17", "104"),
        ("104.1649999", "104.16", "104"),
        ("90.996", "91.00", "91"),
        ("90.5", "90.50", "91"),
        ("-50", "-50.00", "-50"),
        ("-0.001", "0.00", "0"),
    ],
)
def test_rounding_is_half_up(raw: str, two: str, whole: str) -> None:
    assert str(rounded(Decimal(raw))) == two
    assert str(rounded_whole(Decimal(raw))) == whole


@pytest.mark.parametrize(("cap", "bar"), [(Cap.AT_100, 100), (Cap.AT_110, 110), (Cap.AT_120, 120), (Cap.NONE, 130)])
def test_caps_limit_above_and_zero_below(cap: Cap, bar: int) -> None:
    assert capped(Decimal(130), cap) == bar
    assert capped(Decimal(-50), cap) == 0
    assert capped(Decimal("99.5"), cap) == Decimal("99.5")


def test_the_average_takes_what_is_complete_and_counts_the_rest() -> None:
    standings = [
        Standing(True, True, Decimal(130)),
        Standing(True, True, Decimal(40)),
        Standing(True, True, Decimal(-50)),
        Standing(True, True, None),  # reported, not computable
        Standing(True, False, None),  # not reported
        Standing(True, False, Decimal(66)),  # an earlier period is missing
        Standing(False, True, None),
    ]
    average = mean(standings)
    assert average.value is not None and rounded(average.value) == Decimal("46.67")
    assert average.with_missing_as_zero == Decimal(28)
    assert (average.counted, average.missing, average.without_target, average.uncomputable) == (3, 2, 1, 1)
    assert not average.complete
    assert mean(standings, Cap.NONE).with_missing_as_zero == Decimal(34)


def test_an_average_of_nothing_is_no_number() -> None:
    assert mean([]) == Average(0, 0, 0, 0, None, None)
    only_missing = mean([Standing(True, False, None)])
    assert only_missing.value is None
    assert only_missing.with_missing_as_zero == 0
    assert not only_missing.complete


@given(figures, figures, rules)
def test_no_target_and_no_realisation_ever_raises(target: Decimal, realisation: Decimal, rule: AchievementRule) -> None:
    capaian = achievement(target, realisation, rule)
    assert (capaian is None) == (why_none(target, realisation, rule) is not None)
    if capaian is not None:
        assert rounded(capaian).as_tuple().exponent == -2


@given(figures.filter(lambda target: target > 0), rules)
def test_reaching_the_target_exactly_is_100(target: Decimal, rule: AchievementRule) -> None:
    reached = target if rule is not FROM_70_TO_90 else Decimal(80)
    assert achievement(target, reached, rule) == 100


@given(figures.filter(lambda target: target > 0), figures, figures)
def test_more_is_never_worse_where_more_is_better_and_never_better_where_less_is(
    target: Decimal, one: Decimal, other: Decimal
) -> None:
    low, high = sorted((one, other))
    assert sure(target, low, MORE) <= sure(target, high, MORE)
    assert sure(target, low, LESS) >= sure(target, high, LESS)


@given(st.lists(st.builds(Standing, st.booleans(), st.booleans(), st.none() | figures)))
def test_the_counts_of_an_average_add_up_and_missing_never_lifts_it(standings: list[Standing]) -> None:
    average = mean(standings)
    counts = average.counted + average.missing + average.without_target + average.uncomputable
    assert counts == len(standings)
    if average.value is not None:
        assert average.with_missing_as_zero is not None
        assert 0 <= average.with_missing_as_zero <= average.value <= 100
