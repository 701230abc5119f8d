"""The tables of domain.md 3 and the index categories of section 1, as printed."""

import re
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.achievement import Average, Standing, mean
from domain.scales import (
    AUDIT_OPINION,
    FOUR_LEVELS,
    MALUKU_TENGAH_2021,
    PRESENCE,
    SAKIP,
    SCALE_A,
    SCALE_A_LKJIP,
    SCALES,
    SKM_2004,
    SKM_2017,
    SKP_2021,
    Ordinal,
    Rung,
    Scale,
    average_predicate,
    ordinal_achievement,
    predicate,
)

BY_BOUNDS = SCALE_A
BY_WHOLE_PERCENT = replace(SCALE_A, rounded_first=True)
EVERY_SCALE = [*SCALES.values(), SKM_2004, SKM_2017, SAKIP]


def word(value: str, scale: Scale) -> str | None:
    rung = predicate(Decimal(value), scale)
    return None if rung is None else rung.word


@pytest.mark.parametrize(
    ("capaian", "by_bounds", "rounded_first"),
    [
        ("50", "Sangat Rendah", "Sangat Rendah"),
        ("50.5", "Sangat Rendah", "Rendah"),
        ("50.99", "Sangat Rendah", "Rendah"),
        ("51", "Rendah", "Rendah"),
        ("65.5", "Rendah", "Sedang"),
        ("66", "Sedang", "Sedang"),
        ("75.9", "Sedang", "Tinggi"),
        ("76", "Tinggi", "Tinggi"),
        ("90.5", "Tinggi", "Sangat Tinggi"),
        ("91", "Sangat Tinggi", "Sangat Tinggi"),
        ("130", "Sangat Tinggi", "Sangat Tinggi"),
    ],
)
def test_both_readings_of_the_gaps_in_scale_a(capaian: str, by_bounds: str, rounded_first: str) -> None:
    assert word(capaian, BY_BOUNDS) == by_bounds
    assert word(capaian, BY_WHOLE_PERCENT) == rounded_first


def test_two_decimals_half_up_before_comparing() -> None:
    assert word("90.996", SCALE_A) == "Sangat Tinggi"
    assert word("90.995", SCALE_A) == "Sangat Tinggi"
    assert word("90.9949", SCALE_A) == "Tinggi"
    assert word("-50", SCALE_A) == "Sangat Rendah"
    assert word("90.496", BY_WHOLE_PERCENT) == "Tinggi"  # shown as 90 %, not by way of 90.50


def test_no_capaian_has_no_predicate() -> None:
    assert all(predicate(None, scale) is None for scale in EVERY_SCALE)


def test_the_default_scale_as_printed_with_its_colours() -> None:
    assert [(rung.word, rung.colour) for rung in SCALE_A.rungs] == [
        ("Sangat Tinggi", "#16a34a"),
        ("Tinggi", "#2563eb"),
        ("Sedang", "#d97706"),
        ("Rendah", "#ea580c"),
        ("Sangat Rendah", "#dc2626"),
    ]
    assert [rung.lower for rung in SCALE_A_LKJIP.rungs] == [rung.lower for rung in SCALE_A.rungs]
    assert [rung.word for rung in SCALE_A_LKJIP.rungs] == ["Sangat Baik", "Baik", "Cukup", "Kurang", "Sangat Kurang"]


@pytest.mark.parametrize(
    ("scale", "steps"),
    [
        (
            SKP_2021,
            "59 Sangat Kurang; 60 Kurang; 79 Kurang; 80 Cukup; 98 Cukup; 99 Cukup; 100 Baik; 101 Sangat Baik; "
            "110 Sangat Baik; 130 Sangat Baik",
        ),
        (
            MALUKU_TENGAH_2021,
            "0 Kurang; 30 Kurang; 30.01 Agak Kurang; 50 Agak Kurang; 50.01 Cukup Baik; 65 Cukup Baik; 65.01 Baik; "
            "75 Baik; 75.01 Sangat Baik; 84.99 Sangat Baik; 85.01 Memuaskan; 100 Memuaskan",
        ),
        (
            FOUR_LEVELS,
            "54.99 Tidak Berhasil; 55 Cukup Berhasil; 69.99 Cukup Berhasil; 70 Berhasil; 85 Berhasil; "
            "85.01 Sangat Berhasil",
        ),
        (SKM_2017, "25 D; 64.99 D; 65 C; 76.60 C; 76.61 B; 88.30 B; 88.31 A; 100 A"),
        (SKM_2004, "25 D; 43.75 D; 43.76 C; 62.50 C; 62.51 B; 81.25 B; 81.26 A; 100 A"),
        (
            SAKIP,
            "0 D; 30 D; 30.01 C; 50 C; 50.01 CC; 60 CC; 60.01 B; 70 B; 70.01 BB; 80 BB; 80.01 A; 90 A; 90.01 AA",
        ),
    ],
    ids=lambda value: value.name if isinstance(value, Scale) else "",
)
def test_the_other_tables_as_printed(scale: Scale, steps: str) -> None:
    expected = [step.split(" ", 1) for step in steps.split("; ")]
    assert [[value, word(value, scale)] for value, _ in expected] == expected


def test_what_a_printed_table_leaves_out_has_no_class() -> None:
    assert predicate(Decimal(85), MALUKU_TENGAH_2021) is None
    assert predicate(Decimal("24.99"), SKM_2017) is None
    assert predicate(Decimal("-1"), SAKIP) is None


def test_an_average_with_anything_missing_has_no_predicate() -> None:
    reported = [Standing(True, True, Decimal(95))] * 9
    complete, lacking = mean(reported), mean([*reported, Standing(True, False, None)])
    assert complete.value == lacking.value == 95
    rung = average_predicate(complete)
    assert rung is not None and rung.word == "Sangat Tinggi"
    assert average_predicate(lacking) is None
    assert average_predicate(Average(0, 0, 4, 0, None, None)) is None


def test_words_are_ranked_as_agreed() -> None:
    assert ordinal_achievement("WDP", "WTP", AUDIT_OPINION) == 100
    assert ordinal_achievement("WTP", " wtp ", AUDIT_OPINION) == 100
    assert ordinal_achievement("WTP", "TMP", AUDIT_OPINION) == 0
    assert ordinal_achievement("Ada", "tidak ada", PRESENCE) == 0
    assert ordinal_achievement("WTP", "baik", AUDIT_OPINION) is None
    assert ordinal_achievement("A", "WTP", AUDIT_OPINION) is None


def test_agreed_steps_stand_for_ranks_below_the_target() -> None:
    letters = Ordinal("Predikat", ("A", "B", "C", "D"), steps=(Decimal(75), Decimal(50)))
    reached = [ordinal_achievement("A", realised, letters) for realised in "ABCD"]
    assert reached == [100, 75, 50, 0]
    assert ordinal_achievement("B", "C", letters) == 75


@pytest.mark.parametrize("rungs", [(), (Rung(Decimal(1), "a", "#000000"), Rung(Decimal(1), "b", "#000000"))])
def test_a_scale_out_of_order_is_refused(rungs: tuple[Rung, ...]) -> None:
    with pytest.raises(ValueError, match="from best to worst"):
        Scale("salah", rungs)


def test_colours_can_be_drawn_and_words_tell_the_rungs_apart() -> None:
    for scale in EVERY_SCALE:
        assert all(re.fullmatch("#[0-9a-f]{6}", rung.colour) for rung in scale.rungs)
        assert len({rung.word for rung in scale.rungs}) == len(scale.rungs)


@given(st.sampled_from(list(SCALES.values())), st.booleans(), st.decimals(-500, 500, places=4), st.decimals(0, 500))
def test_more_is_never_a_worse_rung(scale: Scale, rounded_first: bool, capaian: Decimal, more: Decimal) -> None:
    chosen = replace(scale, rounded_first=rounded_first)
    lower, higher = predicate(capaian, chosen), predicate(capaian + more, chosen)
    if lower is not None and higher is not None:
        assert chosen.rungs.index(higher) <= chosen.rungs.index(lower)
