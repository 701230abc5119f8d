"""More time: how it is asked, until when it may be granted, and which due date holds."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.holiday_dates import NationalAlmanac
from domain.extensions import (
    AlreadyDecided,
    Decision,
    Extension,
    GrantRule,
    ask,
    days_to_grant,
    extended_to,
    grant,
    refuse,
)
from domain.periods import Period
from domain.refusals import BadSetting, Between, OneOf
from domain.working_calendar import WorkingCalendar

REAL = WorkingCalendar(NationalAlmanac().free_days((2025, 2026, 2027)))
KASI, OTHER = 7, 8
MAY, TW2, JUNE = Period.month(2026, 5), Period.quarter(2026, 2), Period.month(2026, 6)
DUE = date(2026, 6, 5)
ASKED_ON = date(2026, 6, 4)
RULE = GrantRule()
ASKED = ask(KASI, MAY, " Menunggu data desa ", ASKED_ON)


def granted(until: date, on: date = ASKED_ON, rule: GrantRule = RULE) -> Extension:
    return grant(ASKED, until, on, DUE, rule, REAL)


def test_a_request_keeps_its_reason_and_changes_no_date() -> None:
    assert (ASKED.reason, ASKED.decision) == ("Menunggu data desa", Decision.ASKED)
    assert extended_to(KASI, MAY, ASKED_ON, [ASKED]) is None


def test_a_request_needs_a_reason() -> None:
    with pytest.raises(BadSetting, match="with a reason") as refused:
        ask(KASI, MAY, "  ", ASKED_ON)
    assert (refused.value.field, refused.value.allowed) == ("reason", OneOf(()))


def test_a_grant_is_in_force_at_once_for_that_post_and_closing_only() -> None:
    extensions = [granted(date(2026, 6, 10))]
    assert extended_to(KASI, MAY, ASKED_ON, extensions) == date(2026, 6, 10)
    assert extended_to(KASI, MAY, ASKED_ON - timedelta(days=1), extensions) is None
    assert extended_to(OTHER, MAY, ASKED_ON, extensions) is None
    assert extended_to(KASI, JUNE, date(2026, 7, 10), extensions) is None


def test_month_and_quarter_that_end_together_have_more_time_together() -> None:
    later = grant(ask(KASI, JUNE, "Rapat", date(2026, 7, 2)), date(2026, 7, 8), date(2026, 7, 2), date(2026, 7, 3),
                  RULE, REAL)  # fmt: skip
    assert extended_to(KASI, TW2, date(2026, 7, 2), [later]) == date(2026, 7, 8)


def test_a_refused_request_leaves_the_date() -> None:
    refused = refuse(ASKED, ASKED_ON)
    assert (refused.decision, refused.decided_on) == (Decision.REFUSED, ASKED_ON)
    assert extended_to(KASI, MAY, ASKED_ON, [refused]) is None


def test_a_second_tap_changes_nothing() -> None:
    for decided in (granted(date(2026, 6, 10)), refuse(ASKED, ASKED_ON)):
        with pytest.raises(AlreadyDecided, match=f"2026-05 was {decided.decision}"):
            grant(decided, date(2026, 6, 12), ASKED_ON, DUE, RULE, REAL)
        with pytest.raises(AlreadyDecided):
            refuse(decided, ASKED_ON)


def test_the_newest_grant_holds() -> None:
    first = granted(date(2026, 6, 10))
    second = grant(ask(KASI, MAY, "Lagi", date(2026, 6, 9)), date(2026, 6, 12), date(2026, 6, 9), date(2026, 6, 10),
                   RULE, REAL)  # fmt: skip
    assert extended_to(KASI, MAY, date(2026, 6, 8), [first, second]) == date(2026, 6, 10)
    assert extended_to(KASI, MAY, date(2026, 6, 9), [first, second]) == date(2026, 6, 12)


@pytest.mark.parametrize(
    ("until", "later", "moved"),
    [
        (date(2026, 6, 10), False, date(2026, 6, 10)),
        (date(2026, 6, 14), False, date(2026, 6, 12)),  # Sunday
        (date(2026, 6, 14), True, date(2026, 6, 15)),
        (date(2026, 6, 16), False, date(2026, 6, 15)),  # Tahun Baru Islam
        (date(2026, 6, 16), True, date(2026, 6, 17)),
        (date(2026, 6, 6), False, date(2026, 6, 8)),  # Saturday: not back to the day that was due
        (date(2026, 6, 19), True, date(2026, 6, 19)),
    ],
)
def test_a_day_that_is_not_worked_moves_as_the_office_says(until: date, later: bool, moved: date) -> None:
    assert granted(until, rule=GrantRule(later=later)).until == moved


def test_a_later_office_does_not_move_past_what_may_be_granted() -> None:
    assert granted(date(2026, 6, 14), rule=GrantRule(days=9, later=True)).until == date(2026, 6, 12)


@pytest.mark.parametrize(
    ("until", "on", "allowed"),
    [
        (date(2026, 6, 5), ASKED_ON, Between(date(2026, 6, 8), date(2026, 6, 19))),
        (date(2026, 6, 20), ASKED_ON, Between(date(2026, 6, 8), date(2026, 6, 19))),
        (date(2026, 6, 9), date(2026, 6, 9), Between(date(2026, 6, 10), date(2026, 6, 23))),
        (date(2026, 6, 24), date(2026, 6, 9), Between(date(2026, 6, 10), date(2026, 6, 23))),
    ],
)
def test_a_day_too_early_or_too_late_is_refused_with_what_is_allowed(
    until: date, on: date, allowed: Between[date]
) -> None:
    with pytest.raises(BadSetting, match="more time is granted until") as refused:
        granted(until, on)
    assert (refused.value.field, refused.value.given, refused.value.allowed) == ("until", until, allowed)


@pytest.mark.parametrize("days", [0, 61])
def test_an_office_allows_one_to_sixty_days(days: int) -> None:
    with pytest.raises(BadSetting) as refused:
        GrantRule(days)
    assert (refused.value.field, refused.value.allowed) == ("extension_days", Between(1, 60))


DAYS = st.dates(date(2026, 1, 1), date(2026, 12, 31))
CALENDARS = st.builds(WorkingCalendar, st.frozensets(DAYS, max_size=60), st.sampled_from([5, 6]))


@settings(deadline=None)
@given(DAYS, DAYS, st.integers(-10, 90), st.builds(GrantRule, st.integers(1, 60), st.booleans()), CALENDARS)
def test_what_is_granted_is_a_working_day_within_what_is_allowed(
    due: date, on: date, ahead: int, rule: GrantRule, calendar: WorkingCalendar
) -> None:
    allowed = days_to_grant(due, on, rule, calendar)
    assert allowed.low > max(due, on)
    try:
        until = grant(ASKED, on + timedelta(days=ahead), on, due, rule, calendar).until
    except BadSetting as refused:
        assert refused.allowed == allowed
        until = grant(ASKED, allowed.high, on, due, rule, calendar).until
    assert until is not None
    assert allowed.low <= until <= allowed.high
    assert calendar.is_working(until)
