"""The settings of an office, as they are stored and read back."""

import json
from collections.abc import Callable
from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.achievement import Cap
from domain.day_spans import DaySpan
from domain.deadlines import DAYS, INTERNAL, KABUPATEN, WORKING_DAYS, CutOff, CutOffKind, CutOffs
from domain.extensions import GrantRule
from domain.ladder import DEFAULT_RUNGS, KABUPATEN_RUNGS, OFFSETS, LadderRule, Rung
from domain.locks import LockRule
from domain.office_rules import OfficeRules
from domain.refusals import Allowed, BadSetting, Between, OneOf
from domain.scales import ScaleKey
from domain.working_hours import Hours, Weekday, WeekHours

minutes = st.times().map(lambda at: at.replace(second=0, microsecond=0))
cut_offs = st.one_of(
    st.builds(CutOff, st.just(CutOffKind.DAY), st.sampled_from(DAYS), st.booleans()),
    st.builds(CutOff, st.just(CutOffKind.WORKING_DAY), st.sampled_from(WORKING_DAYS)),
)
opening_hours = st.lists(minutes, min_size=3, max_size=3, unique=True).map(
    lambda three: Hours(sorted(three)[0], sorted(three)[2], sorted(three)[1])
)
rungs = st.sampled_from(list(OFFSETS)).flatmap(
    lambda stage: st.builds(Rung, st.just(stage), st.sampled_from(OFFSETS[stage]))
)
ladders = st.builds(
    LadderRule,
    st.lists(rungs, unique_by=lambda rung: rung.stage).map(tuple),
    st.integers(1, 4),
    st.lists(st.sampled_from(KABUPATEN_RUNGS), unique=True).map(tuple),
    st.integers(0, 3),
)
weekdays = st.lists(st.tuples(st.sampled_from(Weekday), opening_hours), unique_by=lambda pair: pair[0]).map(tuple)
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
    weekday_hours=weekdays,
    ramadan=st.none() | st.builds(WeekHours, opening_hours, weekdays),
    extension_days=st.integers(1, 60),
    lock_after=st.none() | st.integers(1, 60),
    digest_posts=st.tuples() | st.tuples(st.text(min_size=1), st.text(min_size=1)),
    scale=st.sampled_from(ScaleKey),
    rounded=st.booleans(),
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
    assert (rules.hours.opens, rules.hours.closes) == (time(7, 30), time(16))
    assert {rung.stage.value: rung.offset for rung in rules.ladder.rungs} == {
        "notice": -2, "H-1": -1, "H": 0, "H+1": 1, "H+3": 3, "H+5": 5,
    }  # fmt: skip
    assert rules.ladder.per_period == 4
    assert (rules.weekday_hours, rules.ramadan, rules.lock_after) == ((), None, None)


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


def test_rows_of_the_first_release_stay_readable() -> None:
    old = {
        "workdays": 6,
        "internal": {"kind": "working_day", "number": 3, "later": False},
        "hours": {"opens": "08:00", "closes": "15:00", "sending_time": "08:30"},
        "ladder": {"rungs": {"H": 0, "H+1": 2}, "per_period": 2},
    }
    assert OfficeRules.from_json(old) == OfficeRules(
        workdays=6,
        internal=CutOff(CutOffKind.WORKING_DAY, 3),
        hours=Hours(time(8), time(15), time(8, 30)),
        ladder=LadderRule((DEFAULT_RUNGS[2], Rung(DEFAULT_RUNGS[3].stage, 2)), 2),
    )


def test_part_of_a_group_keeps_the_rest_of_it() -> None:
    assert OfficeRules.from_json({"kabupaten": {"number": 12}}).kabupaten == CutOff(CutOffKind.DAY, 12)
    assert OfficeRules.from_json({"ladder": {"per_period": 3}}).ladder == LadderRule(per_period=3)
    assert OfficeRules.from_json({"hours": {"closes": "15:00"}}).hours == Hours(closes=time(15))


TIMES = Between(time(0), time(23, 59))
WEEKDAYS = OneOf(("monday", "tuesday", "wednesday", "thursday", "friday", "saturday"))


@pytest.mark.parametrize(
    ("chosen", "field", "given", "allowed"),
    [
        ({"workdays": 7}, "workdays", 7, Between(5, 6)),
        ({"workdays": "5"}, "workdays", "5", Between(5, 6)),
        ({"internal": {"number": 31}}, "internal.number", 31, Between(1, 28)),
        ({"internal": {"number": True}}, "internal.number", True, Between(1, 28)),
        ({"internal": {"number": 5.5}}, "internal.number", 5.5, Between(1, 28)),
        ({"kabupaten": {"kind": "working_day", "number": 16}}, "kabupaten.number", 16, Between(1, 15)),
        ({"internal": {"kind": "month"}}, "internal.kind", "month", OneOf(("day", "working_day"))),
        ({"internal": {"later": "ya"}}, "internal.later", "ya", OneOf((False, True))),
        ({"internal": 5}, "internal", 5, OneOf(("kind", "number", "later"))),
        ({"cap": "90"}, "cap", "90", OneOf(("100", "110", "120", "none"))),
        ({"hours": {"opens": "7.30"}}, "hours.opens", "7.30", TIMES),
        ({"hours": {"opens": 730}}, "hours.opens", 730, TIMES),
        ({"hours": {"opens": "07:30+08:00"}}, "hours.opens", "07:30+08:00", TIMES),
        ({"hours": {"opens": "17:00"}}, "hours.closes", time(16), Between(time(17, 1), time(23, 59))),
        ({"hours": {"sending_time": "16:00"}}, "hours.sending_time", time(16), Between(time(7, 30), time(15, 59))),
        (
            {"weekday_hours": {"friday": {"closes": "07:00"}}},
            "weekday_hours.friday.closes",
            time(7),
            Between(time(7, 31), time(23, 59)),
        ),
        ({"weekday_hours": {"sunday": {}}}, "weekday_hours", "sunday", WEEKDAYS),
        (
            {"ramadan": {"usual": {"closes": "07:00"}}},
            "ramadan.usual.closes",
            time(7),
            Between(time(7, 31), time(23, 59)),
        ),
        ({"ramadan": "ya"}, "ramadan", "ya", OneOf(("usual", "weekdays"))),
        ({"ladder": {"rungs": {"H-1": 0}}}, "ladder.rungs.H-1", 0, Between(-10, -1)),
        ({"ladder": {"rungs": {"H+2": 2}}}, "ladder.rungs", "H+2", OneOf(("notice", "H-1", "H", "H+1", "H+3", "H+5"))),
        ({"ladder": {"kabupaten": {"notice": -2}}}, "ladder.kabupaten", "notice", OneOf(("H-1", "H", "H+1"))),
        ({"ladder": {"per_period": 5}}, "ladder.per_period", 5, Between(1, 4)),
        ({"ladder": {"per_extension": 4}}, "ladder.per_extension", 4, Between(0, 3)),
        ({"digest_weekday": 6}, "digest_weekday", 6, OneOf((0, 1, 2, 3, 4, 5))),
        ({"digest_at": "24:00"}, "digest_at", "24:00", TIMES),
        ({"extension_days": 0}, "extension_days", 0, Between(1, 60)),
        ({"lock_after": 61}, "lock_after", 61, Between(1, 60)),
    ],
)
def test_what_cannot_be_is_refused_with_its_name_and_what_is_allowed(
    chosen: dict[str, object], field: str, given: object, allowed: Allowed
) -> None:
    with pytest.raises(BadSetting) as refused:
        OfficeRules.from_json(chosen)
    assert (refused.value.field, refused.value.given, refused.value.allowed) == (field, given, allowed)


@pytest.mark.parametrize(
    ("make", "field"),
    [
        (lambda: OfficeRules(workdays=4), "workdays"),
        (lambda: OfficeRules(extension_days=0), "extension_days"),
        (lambda: OfficeRules(lock_after=0), "lock_after"),
        (lambda: OfficeRules(weekday_hours=((Weekday.FRIDAY, Hours()),) * 2), "weekdays"),
    ],
)
def test_rules_made_in_code_refuse_the_same(make: Callable[[], OfficeRules], field: str) -> None:
    with pytest.raises(BadSetting) as refused:
        make()
    assert refused.value.field == field


def test_what_follows_from_the_settings() -> None:
    friday = Hours(closes=time(11, 30))
    fasting = WeekHours(Hours(time(8), time(15), time(8)))
    rules = OfficeRules(
        internal=CutOff(CutOffKind.DAY, 4, later=True),
        weekday_hours=((Weekday.FRIDAY, friday),),
        ramadan=fasting,
        extension_days=7,
        lock_after=10,
    )
    assert rules.cut_offs == CutOffs(rules.internal, KABUPATEN)
    assert rules.grant_rule == GrantRule(7, later=True)
    assert rules.lock_rule == LockRule(10)
    hours = rules.working_hours([DaySpan(date(2026, 2, 19), date(2026, 3, 20))])
    assert hours.on(date(2026, 2, 13)) == friday
    assert hours.on(date(2026, 2, 20)) == fasting.usual
