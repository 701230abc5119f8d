"""The settings of an office, as they are stored and read back."""

import json
from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.achievement import Cap
from domain.deadlines import DAYS, INTERNAL, KABUPATEN, WORKING_DAYS, CutOff, CutOffKind
from domain.ladder import DEFAULT_RUNGS, LadderRule
from domain.office_rules import OfficeRules
from domain.working_hours import Hours, Weekday

minutes = st.times().map(lambda at: at.replace(second=0, microsecond=0))
cut_offs = st.one_of(
    st.builds(CutOff, st.just(CutOffKind.DAY), st.sampled_from(DAYS), st.booleans()),
    st.builds(CutOff, st.just(CutOffKind.WORKING_DAY), st.sampled_from(WORKING_DAYS)),
)
opening_hours = st.lists(minutes, min_size=3, max_size=3, unique=True).map(
    lambda three: Hours(sorted(three)[0], sorted(three)[2], sorted(three)[1])
)
ladders = st.builds(
    LadderRule, st.lists(st.sampled_from(DEFAULT_RUNGS), unique=True).map(tuple), st.integers(min_value=1, max_value=4)
)
chosen_rules = st.builds(
    OfficeRules,
    workdays=st.sampled_from((5, 6)),
    internal=cut_offs,
    kabupaten=cut_offs,
    cap=st.sampled_from(Cap),
    hours=opening_hours,
    ladder=ladders,
    digest_weekday=st.sampled_from(Weekday),
    digest_at=minutes,
)


@given(chosen_rules)
def test_every_setting_survives_being_stored(rules: OfficeRules) -> None:
    assert OfficeRules.from_json(json.loads(json.dumps(rules.to_json()))) == rules


def test_what_was_not_chosen_is_the_default_of_the_rulebook() -> None:
    rules = OfficeRules.from_json({})
    assert rules == OfficeRules()
    assert (rules.workdays, rules.cap) == (5, Cap.AT_100)
    assert (rules.internal, rules.kabupaten) == (INTERNAL, KABUPATEN)
    assert (rules.digest_weekday, rules.digest_at) == (Weekday.MONDAY, time(8))


def test_one_setting_leaves_the_others_alone() -> None:
    assert OfficeRules.from_json({"workdays": 6}) == OfficeRules(workdays=6)


def test_the_calendar_knows_the_week_and_the_free_days() -> None:
    saturday, holiday = date(2022, 3, 5), date(2022, 3, 3)
    assert OfficeRules(workdays=6).calendar(frozenset()).is_working(saturday)
    assert not OfficeRules().calendar(frozenset()).is_working(saturday)
    assert not OfficeRules().calendar(frozenset({holiday})).is_working(holiday)


def test_a_week_has_five_or_six_working_days() -> None:
    with pytest.raises(ValueError, match="5 or 6"):
        OfficeRules(workdays=7)
