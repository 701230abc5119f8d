"""Five real plans are read without a silent error: the figures that were measured are limits."""

import pytest

from tests.bot.documents.plan_reading.truth import NAMES, measured


@pytest.mark.parametrize(
    ("name", "right"),
    [
        ("gumelar-2022", 195),
        ("kemangkon-2022", 130),
        ("kubutambahan-2022", 330),
        ("randuagung-2024", 63),
        ("sidayu-2020", 400),
    ],
)
def test_a_real_plan_is_read_without_a_silent_error(name: str, right: int) -> None:
    measure = measured(name)
    assert measure.wrong == 0, measure.misses
    assert measure.flagged_not_asked == 0, measure.misses
    assert measure.whole_share >= 0.97, measure.misses
    assert measure.right >= right


def test_every_plan_is_measured() -> None:
    assert len(NAMES) == 5
