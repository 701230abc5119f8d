"""The reminder ladder on the calendar of Kubutambahan 2022, and what must hold on any calendar."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.holiday_dates import NationalAlmanac
from domain.deadlines import INTERNAL, CutOff, CutOffs, Deadline
from domain.ladder import (
    PERSONAL,
    Count,
    LadderRule,
    Rung,
    Stage,
    StageDay,
    Told,
    digest_day,
    digest_instant,
    ladder,
    most_for,
    most_pressing,
    next_digest,
)
from domain.periods import Period, PeriodKind, periods_of_year
from domain.refusals import BadSetting, Between, OneOf
from domain.working_calendar import WorkingCalendar
from domain.working_hours import Hours, Weekday, next_instant
from domain.zones import Zone, local
from tests.domain.rules_at_random import CUT_OFFS, RUNGS

REAL = WorkingCalendar(NationalAlmanac().free_days(range(2022, 2028)))
RULE = LadderRule()
HOURS = Hours()
MARCH, APRIL, TW1 = Period.month(2022, 3), Period.month(2022, 4), Period.quarter(2022, 1)


def of_the_office(
    period: Period, rule: LadderRule = RULE, cut_off: CutOff = INTERNAL, calendar: WorkingCalendar = REAL
) -> tuple[StageDay, ...]:
    """The ladder of an office to which the kabupaten's cut-off adds nothing."""
    return ladder([period], replace(rule, kabupaten=()), CutOffs(internal=cut_off), calendar)


def days_of(stages: Sequence[StageDay]) -> dict[Stage, date]:
    return {stage.stage: stage.day for stage in stages}


def test_the_first_quarter_of_2025_before_lebaran() -> None:
    """H-1 of a cut-off right after a long leave is the last day anybody is in the office before it."""
    assert days_of(of_the_office(Period.quarter(2025, 1))) == {
        Stage.NOTICE: date(2025, 3, 25),
        Stage.BEFORE: date(2025, 3, 27),
        Stage.DUE: date(2025, 4, 8),
        Stage.AFTER: date(2025, 4, 9),
        Stage.SUPERIOR: date(2025, 4, 11),
        Stage.CAMAT: date(2025, 4, 15),
    }


def test_an_office_moves_and_leaves_out_stages() -> None:
    rule = LadderRule((Rung(Stage.BEFORE, -3), Rung(Stage.DUE, 0)))
    assert days_of(of_the_office(MARCH, rule)) == {
        Stage.BEFORE: date(2022, 3, 31),
        Stage.DUE: date(2022, 4, 5),
    }


@pytest.mark.parametrize(
    ("stage", "offset", "allowed"),
    [
        (Stage.NOTICE, 1, "-10 to 0"),
        (Stage.BEFORE, 0, "-10 to -1"),
        (Stage.DUE, 1, "0 to 0"),
        (Stage.AFTER, 0, "1 to 10"),
        (Stage.CAMAT, 16, "1 to 15"),
    ],
)
def test_an_offset_that_contradicts_its_stage_is_refused(stage: Stage, offset: int, allowed: str) -> None:
    with pytest.raises(ValueError, match=f"lies {allowed} working days from its anchor, not {offset}"):
        Rung(stage, offset)


def test_a_rule_refuses_a_stage_twice_and_more_than_four_messages() -> None:
    with pytest.raises(ValueError, match="named twice"):
        LadderRule((Rung(Stage.AFTER, 1), Rung(Stage.AFTER, 2)))
    for limit in (0, 5):
        with pytest.raises(ValueError, match=f"1 to 4 reminders, not {limit}"):
            LadderRule(per_period=limit)


def test_each_stage_has_its_listener() -> None:
    assert {stage: stage.told for stage in Stage} == {
        **dict.fromkeys(PERSONAL, Told.PERSON),
        Stage.SUPERIOR: Told.SUPERIOR,
        Stage.CAMAT: Told.CAMAT,
    }


def test_a_refusal_says_which_offsets_and_stages_would_do() -> None:
    with pytest.raises(BadSetting) as refused:
        Rung(Stage.BEFORE, 0)
    assert (refused.value.field, refused.value.given, refused.value.allowed) == ("H-1", 0, Between(-10, -1))
    with pytest.raises(BadSetting, match="not one of this cut-off") as refused:
        LadderRule(kabupaten=(Rung(Stage.SUPERIOR, 3),))
    assert (refused.value.field, refused.value.allowed) == ("kabupaten", OneOf(("H-1", "H", "H+1")))
    with pytest.raises(BadSetting, match="an extension brings 0 to 3") as refused:
        LadderRule(per_extension=4)
    assert refused.value.field == "per_extension"


def full(periods: Sequence[Period], extended_to: date | None = None) -> list[str]:
    stages = ladder(periods, RULE, CutOffs(), REAL, extended_to)
    return [f"{stage.day:%d.%m} {stage.stage} {stage.deadline} {stage.due:%d.%m}" for stage in stages]


def test_march_2022_in_kubutambahan() -> None:
    """The kabupaten has its own stages after those of the office."""
    assert full([MARCH]) == [
        "29.03 notice internal 05.04",
        "04.04 H-1 internal 05.04",
        "05.04 H internal 05.04",
        "06.04 H+1 internal 05.04",
        "07.04 H-1 kabupaten 08.04",  # Sunday 10 April moves back to Friday
        "08.04 H+3 internal 05.04",
        "08.04 H kabupaten 08.04",
        "11.04 H+1 kabupaten 08.04",
        "12.04 H+5 internal 05.04",
    ]


def test_an_extension_takes_the_place_of_both_cut_offs() -> None:
    assert full([TW1, MARCH], date(2022, 4, 12)) == [
        "29.03 notice extension 12.04",
        "11.04 H-1 extension 12.04",
        "12.04 H extension 12.04",
        "13.04 H+1 extension 12.04",
        "18.04 H+3 extension 12.04",  # Good Friday on the 15th
        "20.04 H+5 extension 12.04",
    ]


def test_month_quarter_and_year_that_end_together_share_a_ladder() -> None:
    december = [Period.whole_year(2022), Period.month(2022, 12), Period.quarter(2022, 4)]
    stages = ladder(december, RULE, CutOffs(), REAL)
    assert {stage.periods for stage in stages} == {
        (Period.month(2022, 12), Period.quarter(2022, 4), Period.whole_year(2022))
    }
    assert {stage.counted_as for stage in stages} == {Count(Period.month(2022, 12))}


def test_a_quarter_alone_is_counted_under_its_last_month() -> None:
    assert {stage.counted_as for stage in ladder([TW1], RULE, CutOffs(), REAL)} == {Count(MARCH)}


def test_a_date_that_was_asked_for_is_counted_apart_but_the_end_of_the_period_is_not() -> None:
    counts = {stage.stage: stage.counted_as for stage in ladder([MARCH], RULE, CutOffs(), REAL, date(2022, 4, 12))}
    assert counts[Stage.NOTICE] == Count(MARCH)
    assert counts[Stage.DUE] == Count(MARCH, date(2022, 4, 12))
    assert [most_for(counts[stage], RULE) for stage in (Stage.NOTICE, Stage.DUE)] == [4, 3]


def at(stage: Stage, deadline: Deadline = Deadline.INTERNAL, period: Period = MARCH) -> StageDay:
    return StageDay(stage, date(2022, 4, 8), date(2022, 4, 8), (period,), deadline)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (at(Stage.DUE, Deadline.KABUPATEN), at(Stage.BEFORE)),
        (at(Stage.BEFORE, Deadline.KABUPATEN), at(Stage.NOTICE)),
        (at(Stage.NOTICE, period=APRIL), at(Stage.AFTER)),
        (at(Stage.DUE), at(Stage.DUE, Deadline.EXTENSION)),
        (at(Stage.DUE, Deadline.EXTENSION), at(Stage.DUE, Deadline.KABUPATEN)),
        (at(Stage.DUE, period=APRIL), at(Stage.DUE, Deadline.KABUPATEN)),
        (at(Stage.DUE), at(Stage.DUE, period=APRIL)),
        (at(Stage.AFTER, Deadline.KABUPATEN), at(Stage.SUPERIOR)),
    ],
)
def test_the_order_in_which_stages_compete(first: StageDay, second: StageDay) -> None:
    assert most_pressing([first, second]) == most_pressing([second, first]) == first


def test_what_is_for_others_is_no_message_to_the_person() -> None:
    assert most_pressing([at(Stage.SUPERIOR), at(Stage.CAMAT)]) is None


def test_stepping_from_instant_to_instant_meets_every_stage_of_a_year() -> None:
    periods = [*periods_of_year(2022, PeriodKind.MONTH), *periods_of_year(2022, PeriodKind.QUARTER)]
    met: set[date] = set()
    moment, end = datetime(2021, 12, 31, 16, tzinfo=UTC), datetime(2023, 1, 31, tzinfo=UTC)
    while (moment := next_instant(moment, Zone.WITA, HOURS, REAL)) < end:
        met.add(local(moment, Zone.WITA).date())
    assert {stage.day for period in periods for stage in ladder([period], RULE, CutOffs(), REAL)} <= met


def test_the_digest_comes_on_monday_or_the_next_working_day() -> None:
    assert digest_day(date(2022, 4, 4), REAL) == date(2022, 4, 4)
    assert digest_day(date(2022, 4, 8), REAL) == date(2022, 4, 4)
    assert digest_day(date(2022, 2, 28), REAL) == date(2022, 3, 1)  # Isra Mikraj on Monday
    assert digest_day(date(2022, 4, 4), REAL, Weekday.WEDNESDAY) == date(2022, 4, 6)


def test_a_digest_on_friday_may_move_into_the_next_week() -> None:
    assert digest_day(date(2022, 4, 15), REAL, Weekday.FRIDAY) == date(2022, 4, 18)  # Good Friday


def test_a_week_that_is_wholly_free_has_no_digest_of_its_own() -> None:
    """Otherwise the weeks of 31 March and 7 April 2025 would both have theirs on Tuesday 8 April."""
    assert digest_day(date(2025, 3, 31), REAL) is None
    assert digest_instant(date(2025, 3, 31), Zone.WITA, REAL) is None
    assert digest_day(date(2025, 4, 7), REAL) == date(2025, 4, 8)


def test_the_digest_has_its_instant_in_the_office_zone() -> None:
    assert digest_instant(date(2022, 4, 4), Zone.WITA, REAL) == datetime(2022, 4, 4, 0, 0, tzinfo=UTC)
    at_nine = digest_instant(date(2022, 4, 4), Zone.WIB, REAL, Weekday.TUESDAY, time(9))
    assert at_nine == datetime(2022, 4, 5, 2, 0, tzinfo=UTC)


def test_stepping_from_digest_to_digest_over_lebaran() -> None:
    moment = datetime(2025, 3, 17, tzinfo=UTC)
    days: list[date] = []
    for _ in range(3):
        moment = next_digest(moment, Zone.WITA, REAL)
        days.append(local(moment, Zone.WITA).date())
    assert days == [date(2025, 3, 24), date(2025, 4, 8), date(2025, 4, 14)]


def test_the_next_digest_may_belong_to_last_week() -> None:
    after = datetime(2022, 4, 17, 16, 30, tzinfo=UTC)  # already Monday 00.30 WITA
    moment = next_digest(after, Zone.WITA, REAL, Weekday.FRIDAY)
    assert moment == datetime(2022, 4, 18, 0, 0, tzinfo=UTC)


DAYS = st.dates(date(2024, 1, 1), date(2026, 12, 31))
CALENDARS = st.builds(WorkingCalendar, st.frozensets(DAYS, max_size=60), st.sampled_from([5, 6]))
PERIODS_2025 = [period for kind in PeriodKind for period in periods_of_year(2025, kind)]
RULES = st.builds(LadderRule, RUNGS, st.integers(1, 4))


@settings(deadline=None)
@given(st.sampled_from(PERIODS_2025), RULES, CUT_OFFS, CUT_OFFS, CALENDARS)
def test_a_stage_never_falls_on_a_free_day(
    period: Period, rule: LadderRule, cut_off: CutOff, kabupaten: CutOff, calendar: WorkingCalendar
) -> None:
    stages = ladder([period], rule, CutOffs(cut_off, kabupaten), calendar)
    assert all(calendar.is_working(stage.day) for stage in stages)


@settings(deadline=None)
@given(st.sampled_from(PERIODS_2025), CUT_OFFS, CALENDARS)
def test_the_default_stages_come_in_their_order_each_on_its_own_day(
    period: Period, cut_off: CutOff, calendar: WorkingCalendar
) -> None:
    stages = of_the_office(period, RULE, cut_off, calendar)
    assert [stage.stage for stage in stages] == list(Stage)
    assert len({stage.day for stage in stages}) == len(stages)


@settings(deadline=None)
@given(DAYS, st.sampled_from(Weekday), CALENDARS)
def test_two_weeks_never_share_the_day_of_their_digest(week: date, weekday: Weekday, calendar: WorkingCalendar) -> None:
    day = digest_day(week, calendar, weekday)
    following = digest_day(week + timedelta(weeks=1), calendar, weekday)
    assert day is None or calendar.is_working(day)
    assert day is None or day != following
