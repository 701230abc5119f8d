"""How long things are kept, in months back from a day."""

from datetime import date

import pytest

from domain.refusals import BadSetting
from domain.retention import KeepRule, kept_since


@pytest.mark.parametrize(
    ("day", "months", "since"),
    [
        (date(2022, 3, 29), 1, date(2022, 2, 28)),
        (date(2024, 3, 29), 1, date(2024, 2, 29)),
        (date(2022, 3, 29), 3, date(2021, 12, 29)),
        (date(2022, 1, 31), 24, date(2020, 1, 31)),
        (date(2022, 12, 31), 13, date(2021, 11, 30)),
        (date(2022, 1, 1), 240, date(2002, 1, 1)),
    ],
)
def test_months_are_counted_back(day: date, months: int, since: date) -> None:
    assert kept_since(day, months) == since


@pytest.mark.parametrize("months", [0, 241, -1])
def test_what_cannot_be_is_refused(months: int) -> None:
    with pytest.raises(BadSetting) as refused:
        KeepRule(messages=months)
    assert refused.value.field == "messages"
    assert KeepRule(messages=None, evidence=None) == KeepRule(None, None)
