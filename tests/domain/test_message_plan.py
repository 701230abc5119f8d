"""Who is told what on which day, on an invented office in 2026."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date, time

import pytest

from domain.absence import Absence, Holding
from domain.day_spans import DaySpan
from domain.deadlines import WORKING_DAYS, CutOff, CutOffKind
from domain.extensions import Decision, Extension
from domain.ladder import Count, LadderRule, Rung, Stage
from domain.locks import Keeper, Turn
from domain.message_plan import (
    Call,
    LadderMessage,
    camat_list,
    count,
    messages_on,
    open_on,
    plan_of_messages,
)
from domain.office import Office, Owed
from domain.office_rules import OfficeRules
from domain.periods import Period, PeriodKind
from domain.plan import Capacity
from domain.working_hours import Hours, Weekday, WeekHours
from tests.domain.ladder_office import (
    BENDAHARA,
    BUDI,
    HOLDINGS,
    JULY,
    JUNE,
    KASI,
    KASUBBAG,
    LONG_AGO,
    MAY,
    NAMES,
    OFFICE,
    POSTS,
    PUTU,
    SARI,
    TW2,
    owed_in,
    with_rules,
)

LAST = date(2026, 8, 31)


def told(messages: Collection[LadderMessage]) -> list[str]:
    """`05.06 08.00 Sari H internal 2026-05`, further calls of a message after a plus."""
    return [
        f"{message.at:%d.%m %H.%M} {NAMES[message.person_id]} {' + '.join(_call(call) for call in message.calls)}"
        for message in messages
    ]


def _call(call: Call) -> str:
    periods = ",".join(period.code for period in call.stage.periods)
    return f"{call.stage.stage} {call.stage.deadline} {periods}"


def planned(owed: Collection[Owed], office: Office = OFFICE, first: date = date(2026, 5, 1)) -> list[str]:
    return told(plan_of_messages(first, LAST, owed, office))


def granted(post_id: int, period: Period, until: date, on: date) -> Extension:
    return Extension(post_id, period, "Rapat", on, Decision.GRANTED, on, until)


def test_a_month_of_silence() -> None:
    assert planned([Owed(KASI, MAY)]) == [
        "25.05 08.00 Sari notice internal 2026-05",
        "04.06 08.00 Sari H-1 internal 2026-05",
        "05.06 08.00 Sari H internal 2026-05",
        "08.06 08.00 Sari H+1 internal 2026-05",
        "10.06 08.00 Wayan H+3 internal 2026-05",
    ]


def test_nothing_owed_is_nothing_said() -> None:
    assert planned([]) == []


def test_month_and_quarter_together_are_one_message_and_count_once() -> None:
    both = planned([Owed(KASI, TW2), Owed(KASI, JUNE)])
    assert both == [line.replace("2026-06", "2026-06,2026-TW2") for line in planned([Owed(KASI, JUNE)])]
    assert len(both) == 5


def test_two_posts_of_one_person_are_one_message() -> None:
    plt = Holding(KASUBBAG, SARI, LONG_AGO, capacity=Capacity.PLT)
    office = replace(OFFICE, holdings=(*HOLDINGS, plt))
    messages = messages_on(date(2026, 6, 5), [Owed(KASI, MAY), Owed(KASUBBAG, MAY)], office)
    assert [(message.person_id, message.calls[0].post_ids) for message in messages] == [(SARI, (KASUBBAG, KASI))]


def test_a_superior_is_told_once_of_all_below_and_in_the_message_about_the_own_reports() -> None:
    """On 10 June the kabupaten waits for Budi's own report, and he is told of the Bendahara's."""
    rule = LadderRule((Rung(Stage.NOTICE, -2), Rung(Stage.SUPERIOR, 3)), kabupaten=(Rung(Stage.DUE, 0),))
    office = with_rules(OfficeRules(ladder=rule))
    assert told(messages_on(date(2026, 6, 10), [Owed(KASUBBAG, MAY), Owed(BENDAHARA, MAY)], office)) == [
        "10.06 08.00 Dewi H+3 internal 2026-05",
        "10.06 08.00 Budi H kabupaten 2026-05 + H+3 internal 2026-05",
        "10.06 08.00 Rina H kabupaten 2026-05",
    ]


def test_the_kabupaten_speaks_where_the_office_has_left_room() -> None:
    rule = LadderRule((Rung(Stage.DUE, 0),))
    assert planned([Owed(KASI, MAY)], with_rules(OfficeRules(ladder=rule))) == [
        "05.06 08.00 Sari H internal 2026-05",
        "09.06 08.00 Sari H-1 kabupaten 2026-05",
        "10.06 08.00 Sari H kabupaten 2026-05",
        "11.06 08.00 Sari H+1 kabupaten 2026-05",
    ]


def meeting(of_may: Rung, of_june: Rung) -> tuple[date, Office]:
    """A day on which those stages of May and of June both come, in an office with such a late cut-off."""
    rule = LadderRule((of_may, of_june), kabupaten=())
    for number in WORKING_DAYS:
        office = with_rules(OfficeRules(ladder=rule, internal=CutOff(CutOffKind.WORKING_DAY, number)))
        of_may_on = {stage.day for stage in office.ladder(Owed(KASI, MAY), LAST) if stage.stage is of_may.stage}
        of_june_on = {stage.day for stage in office.ladder(Owed(KASI, JUNE), LAST) if stage.stage is of_june.stage}
        if of_may_on & of_june_on:
            return of_may_on.pop(), office
    raise AssertionError(f"{of_may} and {of_june} never meet")


@pytest.mark.parametrize(
    ("of_may", "told_of"),
    [
        (Rung(Stage.DUE, 0), "H internal 2026-05"),
        (Rung(Stage.BEFORE, -1), "H-1 internal 2026-05"),
        (Rung(Stage.AFTER, 1), "notice internal 2026-06"),
    ],
)
def test_of_two_periods_only_the_more_pressing_is_told(of_may: Rung, told_of: str) -> None:
    """H and H-1 win over the notice of the next period, which wins over H+1."""
    day, office = meeting(of_may, Rung(Stage.NOTICE, -6))
    messages = messages_on(day, [Owed(KASI, JUNE), Owed(KASI, MAY)], office)
    assert told(messages) == [f"{day:%d.%m} 08.00 Sari {told_of}"]


def test_a_period_that_had_its_share_leaves_the_day_to_the_other() -> None:
    day, office = meeting(Rung(Stage.DUE, 0), Rung(Stage.NOTICE, -6))
    sent = {(SARI, Count(MAY)): 4, (SARI, Count(JUNE)): 3}
    messages = messages_on(day, [Owed(KASI, JUNE), Owed(KASI, MAY)], office, sent)
    assert told(messages) == [f"{day:%d.%m} 08.00 Sari notice internal 2026-06"]


@pytest.mark.parametrize("periods", [(JUNE,), (TW2,), (JUNE, TW2)])
def test_the_share_of_a_month_is_that_of_the_quarter_that_ends_with_it(periods: tuple[Period, ...]) -> None:
    day, owed = date(2026, 7, 6), [Owed(KASI, period) for period in periods]
    assert told(messages_on(day, owed, OFFICE, {(SARI, Count(JUNE)): 3}))
    assert messages_on(day, owed, OFFICE, {(SARI, Count(JUNE)): 4}) == ()


def test_an_office_may_want_fewer_messages() -> None:
    assert planned([Owed(KASI, MAY)], with_rules(OfficeRules(ladder=LadderRule(per_period=1)))) == [
        "25.05 08.00 Sari notice internal 2026-05",
        "10.06 08.00 Wayan H+3 internal 2026-05",
    ]


def test_the_camat_lists_what_is_owed_from_h_plus_5_on_and_is_sent_nothing() -> None:
    owed = [Owed(KASI, JUNE), Owed(KASI, MAY)]
    assert camat_list(date(2026, 6, 11), owed, OFFICE) == ()
    assert camat_list(date(2026, 6, 12), owed, OFFICE) == (Owed(KASI, MAY),)
    assert camat_list(date(2026, 7, 31), owed, OFFICE) == (Owed(KASI, MAY), Owed(KASI, JUNE))
    assert messages_on(date(2026, 6, 12), owed, OFFICE) == ()


def test_more_time_granted_on_the_day_moves_what_follows() -> None:
    office = replace(OFFICE, extensions=[granted(KASI, MAY, date(2026, 6, 15), date(2026, 6, 5))])
    assert planned([Owed(KASI, MAY), Owed(BENDAHARA, MAY)], office) == [
        "25.05 08.00 Sari notice internal 2026-05",
        "25.05 08.00 Rina notice internal 2026-05",
        "04.06 08.00 Sari H-1 internal 2026-05",
        "04.06 08.00 Rina H-1 internal 2026-05",
        "05.06 08.00 Rina H internal 2026-05",
        "08.06 08.00 Rina H+1 internal 2026-05",
        "10.06 08.00 Budi H+3 internal 2026-05",
        "12.06 08.00 Sari H-1 extension 2026-05",
        "15.06 08.00 Sari H extension 2026-05",
        "17.06 08.00 Sari H+1 extension 2026-05",
        "19.06 08.00 Wayan H+3 extension 2026-05",
    ]


def test_more_time_after_all_four_messages_still_brings_its_own() -> None:
    office = replace(OFFICE, extensions=[granted(KASI, MAY, date(2026, 6, 15), date(2026, 6, 9))])
    stages = [line.split()[3:5] for line in planned([Owed(KASI, MAY)], office) if "Sari" in line]
    assert stages == [
        ["notice", "internal"], ["H-1", "internal"], ["H", "internal"], ["H+1", "internal"],
        ["H-1", "extension"], ["H", "extension"], ["H+1", "extension"],
    ]  # fmt: skip


def test_an_office_may_want_no_further_messages_for_more_time() -> None:
    quiet = with_rules(OfficeRules(ladder=LadderRule(per_extension=0)))
    office = replace(quiet, extensions=[granted(KASI, MAY, date(2026, 6, 15), date(2026, 6, 9))])
    assert not [line for line in planned([Owed(KASI, MAY)], office) if "Sari" in line and "extension" in line]


def test_a_locked_period_brings_none() -> None:
    by_hand = replace(OFFICE, turns=[Turn(TW2, date(2026, 6, 5), True, Keeper.ADMIN)])
    assert planned([Owed(KASI, MAY)], by_hand) == [
        "25.05 08.00 Sari notice internal 2026-05",
        "04.06 08.00 Sari H-1 internal 2026-05",
    ]
    assert open_on(date(2026, 6, 5), [Owed(KASI, MAY), Owed(KASI, JULY)], by_hand) == (Owed(KASI, JULY),)
    assert camat_list(date(2026, 6, 12), [Owed(KASI, MAY)], by_hand) == ()


def test_a_rule_that_locks_ends_the_camat_list() -> None:
    office = with_rules(OfficeRules(lock_after=5))
    assert camat_list(date(2026, 6, 17), [Owed(KASI, MAY)], office) == (Owed(KASI, MAY),)
    assert camat_list(date(2026, 6, 18), [Owed(KASI, MAY)], office) == ()


def test_reminders_follow_the_stand_in_and_the_mutation() -> None:
    office = replace(
        OFFICE,
        holdings=(
            *(holding for holding in HOLDINGS if holding.post_id != KASI),
            Holding(KASI, SARI, LONG_AGO, date(2026, 6, 5)),
            Holding(KASI, PUTU, date(2026, 6, 6)),
        ),
        absences=[Absence(SARI, DaySpan(date(2026, 6, 1), date(2026, 6, 4)), BUDI)],
    )
    assert planned([Owed(KASI, MAY)], office) == [
        "25.05 08.00 Sari notice internal 2026-05",
        "04.06 08.00 Budi H-1 internal 2026-05",
        "05.06 08.00 Sari H internal 2026-05",
        "08.06 08.00 Putu H+1 internal 2026-05",
        "09.06 08.00 Putu H-1 kabupaten 2026-05",
        "10.06 08.00 Wayan H+3 internal 2026-05",
        "10.06 08.00 Putu H kabupaten 2026-05",
        "11.06 08.00 Putu H+1 kabupaten 2026-05",
    ]


def test_the_reminders_of_a_vacant_post_go_to_its_superior_as_often_as_they_would_to_its_holder() -> None:
    office = replace(OFFICE, holdings=[holding for holding in HOLDINGS if holding.post_id != BENDAHARA])
    assert planned([Owed(BENDAHARA, MAY)], office) == [
        "25.05 08.00 Budi notice internal 2026-05",
        "04.06 08.00 Budi H-1 internal 2026-05",
        "05.06 08.00 Budi H internal 2026-05",
        "08.06 08.00 Budi H+1 internal 2026-05",
        "10.06 08.00 Budi H+3 internal 2026-05",
    ]


def test_a_vacant_post_adds_no_message_to_those_of_its_superior() -> None:
    office = replace(OFFICE, holdings=[holding for holding in HOLDINGS if holding.post_id != BENDAHARA])
    superior = next(one.post_id for one in HOLDINGS if one.person_id == BUDI)
    both = plan_of_messages(date(2026, 5, 1), LAST, [Owed(BENDAHARA, MAY), Owed(superior, MAY)], office)
    mine = [message for message in both if message.person_id == BUDI]
    assert [(message.at.day, [call.vacant for call in message.calls]) for message in mine] == [
        (25, [False, True]),
        (4, [False, True]),
        (5, [False, True]),
        (8, [False, True]),
        (10, [False]),
    ]


def test_a_post_to_which_somebody_comes_is_reminded_itself_from_then_on() -> None:
    office = replace(
        OFFICE,
        holdings=(
            *(one for one in HOLDINGS if one.post_id != BENDAHARA),
            Holding(BENDAHARA, PUTU, date(2026, 6, 5), capacity=Capacity.PLT),
        ),
    )
    assert planned([Owed(BENDAHARA, MAY)], office)[:3] == [
        "25.05 08.00 Budi notice internal 2026-05",
        "04.06 08.00 Budi H-1 internal 2026-05",
        "05.06 08.00 Putu H internal 2026-05",
    ]


def test_messages_keep_the_hours_of_friday_and_ramadan() -> None:
    friday, fasting = Hours(closes=time(11, 30), sending_time=time(7, 45)), Hours(time(8), time(15), time(8, 30))
    rules = OfficeRules(weekday_hours=((Weekday.FRIDAY, friday),), ramadan=WeekHours(fasting))
    office = replace(with_rules(rules), ramadan_days=(DaySpan(date(2026, 2, 19), date(2026, 3, 20)),))
    owed = [Owed(KASI, Period.month(2026, 2)), Owed(KASI, MAY)]
    times = {f"{message.at:%d.%m}": f"{message.at:%H.%M}" for message in
             plan_of_messages(date(2026, 2, 1), date(2026, 6, 30), owed, office)}  # fmt: skip
    assert (times["25.02"], times["05.03"]) == ("08.30", "08.30")
    assert (times["04.06"], times["05.06"]) == ("08.00", "07.45")


def test_what_was_sent_before_counts() -> None:
    owed, sent = [Owed(KASI, MAY)], {}
    for message in plan_of_messages(date(2026, 5, 1), date(2026, 6, 8), owed, OFFICE):
        count(message, sent)
    assert messages_on(date(2026, 6, 9), owed, OFFICE, sent) == ()
    assert told(messages_on(date(2026, 6, 9), owed, OFFICE)) == ["09.06 08.00 Sari H-1 kabupaten 2026-05"]
    assert told(messages_on(date(2026, 6, 10), owed, OFFICE, sent)) == ["10.06 08.00 Wayan H+3 internal 2026-05"]


def test_two_halves_of_a_plan_are_the_whole() -> None:
    owed = owed_in(2026, list(POSTS), PeriodKind.MONTH, PeriodKind.QUARTER)
    whole = plan_of_messages(date(2026, 1, 1), date(2026, 12, 31), owed, OFFICE)
    sent = {}
    first = plan_of_messages(date(2026, 1, 1), date(2026, 6, 4), owed, OFFICE)
    for message in first:
        count(message, sent)
    assert (*first, *plan_of_messages(date(2026, 6, 5), date(2026, 12, 31), owed, OFFICE, sent)) == whole


def test_a_span_that_ends_before_it_begins_has_no_messages() -> None:
    assert plan_of_messages(date(2026, 6, 5), date(2026, 6, 4), [Owed(KASI, MAY)], OFFICE) == ()
