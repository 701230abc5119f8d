"""Locks by rule and by hand: since when, by what, and who may open them."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.holiday_dates import NationalAlmanac
from domain.deadlines import KABUPATEN, due_date
from domain.locks import Keeper, Lock, LockedBy, LockRule, Turn, locked, locks_on
from domain.periods import Period
from domain.refusals import BadSetting, Between
from domain.working_calendar import WorkingCalendar

REAL = WorkingCalendar(NationalAlmanac().free_days((2026, 2027)))
MAY, JUNE, TW2 = Period.month(2026, 5), Period.month(2026, 6), Period.quarter(2026, 2)
RULE = LockRule(5)
SINCE = date(2026, 6, 18)
"""Five working days after Wednesday 10 June, Tahun Baru Islam left out."""
BOTH, CAMAT = frozenset(Keeper), frozenset({Keeper.CAMAT})


def lock_of(
    day: date, *turns: Turn, period: Period = MAY, rule: LockRule = RULE, until: date | None = None
) -> Lock | None:
    return locked(period, day, rule, turns, KABUPATEN, REAL, until)


def test_a_rule_locks_working_days_after_the_cut_off_of_the_kabupaten() -> None:
    assert due_date(MAY, KABUPATEN, REAL) == date(2026, 6, 10)
    assert locks_on(MAY, RULE, KABUPATEN, REAL) == SINCE
    assert lock_of(date(2026, 6, 17)) is None
    assert lock_of(SINCE) == Lock(MAY, SINCE, LockedBy.RULE, BOTH)
    assert lock_of(date(2026, 12, 1)) == Lock(MAY, SINCE, LockedBy.RULE, BOTH)


def test_an_office_without_the_rule_never_locks() -> None:
    assert locks_on(MAY, LockRule(), KABUPATEN, REAL) is None
    assert lock_of(date(2027, 12, 1), rule=LockRule()) is None


def test_more_time_keeps_the_rule_away_until_it_has_passed() -> None:
    assert lock_of(date(2026, 6, 19), until=date(2026, 6, 19)) is None
    assert lock_of(date(2026, 6, 22), until=date(2026, 6, 19)) == Lock(MAY, date(2026, 6, 22), LockedBy.RULE, BOTH)
    assert lock_of(SINCE, until=date(2026, 6, 12)) == Lock(MAY, SINCE, LockedBy.RULE, BOTH)


def test_a_lock_by_hand_holds_from_its_day_on_even_for_who_has_more_time() -> None:
    by_admin = Turn(MAY, date(2026, 6, 9), True, Keeper.ADMIN)
    assert lock_of(date(2026, 6, 8), by_admin) is None
    assert lock_of(date(2026, 6, 9), by_admin, until=date(2026, 6, 12)) == Lock(
        MAY, date(2026, 6, 9), LockedBy.HAND, BOTH
    )


def test_what_the_camat_locked_only_the_camat_opens() -> None:
    lock = lock_of(date(2026, 6, 9), Turn(MAY, date(2026, 6, 9), True, Keeper.CAMAT))
    assert lock is not None
    assert lock.may_open == CAMAT


def test_opened_by_hand_it_stays_open_until_locked_again() -> None:
    opened = Turn(MAY, date(2026, 6, 22), False, Keeper.ADMIN)
    again = Turn(MAY, date(2026, 6, 26), True, Keeper.ADMIN)
    assert lock_of(date(2026, 6, 19), opened, again) == Lock(MAY, SINCE, LockedBy.RULE, BOTH)
    assert lock_of(date(2026, 6, 25), opened, again) is None
    assert lock_of(date(2026, 6, 26), opened, again) == Lock(MAY, date(2026, 6, 26), LockedBy.HAND, BOTH)


def test_opened_before_the_rule_comes_it_is_locked_by_it_all_the_same() -> None:
    locked_early = Turn(MAY, date(2026, 6, 9), True, Keeper.ADMIN)
    opened_early = Turn(MAY, date(2026, 6, 11), False, Keeper.ADMIN)
    assert lock_of(date(2026, 6, 12), locked_early, opened_early) is None
    assert lock_of(SINCE, locked_early, opened_early) == Lock(MAY, SINCE, LockedBy.RULE, BOTH)


def test_of_two_turns_of_one_day_the_second_holds() -> None:
    day = date(2026, 6, 9)
    on, off = Turn(MAY, day, True, Keeper.ADMIN), Turn(MAY, day, False, Keeper.ADMIN)
    assert lock_of(day, on, off) is None
    assert lock_of(day, off, on) is not None


def test_a_locked_quarter_locks_its_months_and_a_month_can_be_opened_within() -> None:
    quarter = Turn(TW2, date(2026, 7, 6), True, Keeper.ADMIN)
    day = date(2026, 7, 7)
    for period in (Period.month(2026, 4), MAY, JUNE, TW2):
        assert lock_of(day, quarter, period=period, rule=LockRule()) is not None
    assert lock_of(day, quarter, period=Period.month(2026, 7), rule=LockRule()) is None
    opened = Turn(JUNE, day, False, Keeper.ADMIN)
    assert lock_of(day, quarter, opened, period=JUNE) is None
    assert lock_of(day, quarter, opened, period=TW2, rule=LockRule()) is not None


@pytest.mark.parametrize("after", [-1, 0, 61])
def test_a_rule_out_of_reach_is_refused(after: int) -> None:
    with pytest.raises(BadSetting) as refused:
        LockRule(after)
    assert (refused.value.field, refused.value.given, refused.value.allowed) == ("lock_after", after, Between(1, 60))


DAYS = st.dates(date(2026, 6, 1), date(2026, 12, 31))
TURNS = st.lists(st.builds(Turn, st.sampled_from((MAY, TW2, JUNE)), DAYS, st.booleans(), st.sampled_from(Keeper)))


@settings(deadline=None)
@given(DAYS, st.integers(1, 60), TURNS)
def test_the_newest_of_rule_and_turns_holds(day: date, after: int, turns: list[Turn]) -> None:
    rule_day = locks_on(MAY, LockRule(after), KABUPATEN, REAL)
    assert rule_day is not None
    changes = [(rule_day, -1, True)] if rule_day <= day else []
    changes += [(t.day, place, t.locks) for place, t in enumerate(turns) if t.day <= day and t.period.covers(MAY)]
    lock = lock_of(day, *turns, rule=LockRule(after))
    assert (lock is not None) == (bool(changes) and max(changes)[2])
    assert lock is None or lock.since == max(changes)[0]
