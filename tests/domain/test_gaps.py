"""After a gap: what the program slept through, and the one message that is right now."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.absence import Holding
from domain.extensions import Decision, Extension
from domain.gaps import Gap, stages_missed
from domain.ladder import Count, LadderRule, Rung, Stage, Told
from domain.locks import Keeper, Turn
from domain.message_plan import LadderMessage
from domain.office import Office, Owed
from domain.office_rules import OfficeRules
from domain.periods import PeriodKind
from domain.zones import instant
from tests.domain.ladder_office import (
    BENDAHARA,
    HOLDINGS,
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
    owed_in,
    with_rules,
)

OWED = [Owed(KASI, MAY)]


def at(text: str) -> datetime:
    """`06-05 08.00`: a moment of 2026 on the office's clock."""
    day, clock = text.split()
    return instant(date.fromisoformat(f"2026-{day}"), time.fromisoformat(clock.replace(".", ":")), OFFICE.zone)


def gap(last_seen: str, now: str, owed: list[Owed] = OWED, office: Office = OFFICE) -> Gap:
    return stages_missed(at(last_seen), at(now), owed, office)


def told(messages: tuple[LadderMessage, ...]) -> list[str]:
    return [
        f"{message.at:%d.%m %H.%M} {NAMES[message.person_id]} "
        + " + ".join(f"{call.stage.stage} {call.stage.periods[0].code}" for call in message.calls)
        for message in messages
    ]


@pytest.mark.parametrize(
    ("last_seen", "now", "missed", "right_now"),
    [
        # Down over H-1, up in the morning of H: only H.
        ("06-03 12.00", "06-05 09.10", ["04.06 08.00 Sari H-1 2026-05"], ["05.06 09.10 Sari H 2026-05"]),
        # Down over H and H+1, up on the kabupaten's H-1: only that.
        (
            "06-04 12.00",
            "06-09 10.00",
            ["05.06 08.00 Sari H 2026-05", "08.06 08.00 Sari H+1 2026-05"],
            ["09.06 10.00 Sari H-1 2026-05"],
        ),
        # Down over the notice: the period still ends soon.
        ("05-22 12.00", "05-26 10.00", ["25.05 08.00 Sari notice 2026-05"], ["26.05 10.00 Sari notice 2026-05"]),
        # Down in the night: nothing.
        ("06-04 18.00", "06-05 06.00", [], ["05.06 08.00 Sari H 2026-05"]),
        # Down after today's was sent: nothing.
        ("06-05 08.30", "06-05 10.00", [], []),
        ("06-05 08.00", "06-05 10.00", [], []),
        # Down over today's, up before the office closes: it was not missed.
        ("06-05 07.00", "06-05 15.59", [], ["05.06 15.59 Sari H 2026-05"]),
        # Up after the office has closed on H: next Monday, H+1.
        ("06-05 07.00", "06-05 16.00", ["05.06 08.00 Sari H 2026-05"], ["08.06 08.00 Sari H+1 2026-05"]),
    ],
)
def test_the_one_message_that_is_right_now(last_seen: str, now: str, missed: list[str], right_now: list[str]) -> None:
    found = gap(last_seen, now)
    assert told(found.missed) == missed
    assert told(found.right_now) == right_now


INTERNAL_ONLY = with_rules(OfficeRules(ladder=LadderRule(kabupaten=())))


def test_a_reminder_that_comes_after_the_date_says_so() -> None:
    found = gap("06-04 12.00", "06-09 10.00", office=INTERNAL_ONLY)
    assert told(found.missed) == ["05.06 08.00 Sari H 2026-05", "08.06 08.00 Sari H+1 2026-05"]
    assert told(found.right_now) == ["09.06 10.00 Sari H+1 2026-05"]


def test_up_on_a_free_day_it_waits_for_the_next_working_morning() -> None:
    found = gap("06-04 12.00", "06-06 10.00", office=INTERNAL_ONLY)
    assert told(found.missed) == ["05.06 08.00 Sari H 2026-05"]
    assert told(found.right_now) == ["08.06 08.00 Sari H+1 2026-05"]


def test_who_has_reported_meanwhile_is_told_nothing() -> None:
    assert gap("06-04 12.00", "06-09 10.00", owed=[]) == Gap((), ())


def test_of_two_periods_the_newest_stage_is_told_once() -> None:
    found = gap("06-04 12.00", "06-26 10.00", [Owed(KASI, MAY), Owed(KASI, JUNE)], INTERNAL_ONLY)
    assert told(found.right_now) == [
        "26.06 10.00 Wayan H+3 2026-05",
        "26.06 10.00 Sari notice 2026-06",
    ]


def test_a_superior_hears_what_was_missed_beside_what_is_due_today() -> None:
    """Down over 10 June, H+3 of May; up on 26 June, two working days before June ends."""
    owed = [Owed(BENDAHARA, MAY), Owed(KASUBBAG, JUNE)]
    found = gap("06-09 12.00", "06-26 10.00", owed, INTERNAL_ONLY)
    assert told(found.right_now) == ["26.06 10.00 Budi notice 2026-06 + H+3 2026-05"]


def test_a_missed_message_goes_to_who_is_responsible_now() -> None:
    holdings = (
        *(holding for holding in HOLDINGS if holding.post_id != KASI),
        Holding(KASI, SARI, LONG_AGO, date(2026, 6, 8)),
        Holding(KASI, PUTU, date(2026, 6, 9)),
    )
    found = gap("06-04 12.00", "06-09 10.00", office=replace(INTERNAL_ONLY, holdings=holdings))
    assert told(found.missed) == ["05.06 08.00 Sari H 2026-05", "08.06 08.00 Sari H+1 2026-05"]
    assert told(found.right_now) == ["09.06 10.00 Putu H+1 2026-05"]


def test_a_date_that_moved_meanwhile_is_not_said_to_be_over() -> None:
    on, until = date(2026, 6, 9), date(2026, 6, 17)
    more = Extension(KASI, MAY, "Rapat", on, Decision.GRANTED, on, until)
    found = gap("06-04 12.00", "06-09 10.00", office=replace(INTERNAL_ONLY, extensions=[more]))
    assert told(found.missed) == ["05.06 08.00 Sari H 2026-05", "08.06 08.00 Sari H+1 2026-05"]
    assert found.right_now == ()


def test_what_was_locked_meanwhile_is_not_asked_for() -> None:
    office = replace(INTERNAL_ONLY, turns=[Turn(MAY, date(2026, 6, 9), True, Keeper.ADMIN)])
    assert gap("06-04 12.00", "06-09 10.00", office=office).right_now == ()


def test_a_share_that_is_used_up_stays_used_up() -> None:
    found = stages_missed(at("06-04 12.00"), at("06-09 10.00"), OWED, OFFICE, {(SARI, Count(MAY)): 4})
    assert found == Gap((), ())


def test_a_notice_that_comes_after_the_end_but_before_the_date_stays_a_notice() -> None:
    rule = LadderRule((Rung(Stage.NOTICE, 0), Rung(Stage.AFTER, 1)), kabupaten=())
    found = gap("05-28 17.00", "06-03 10.00", office=with_rules(OfficeRules(ladder=rule)))
    assert told(found.right_now) == ["03.06 10.00 Sari notice 2026-05"]


@pytest.mark.parametrize(
    ("now", "stage"), [("06-03 10.00", "H-1"), ("06-04 10.00", "H-1"), ("06-05 10.00", "H"), ("06-08 10.00", "H+1")]
)
def test_a_missed_reminder_reads_as_the_day_is_on_which_it_comes(now: str, stage: str) -> None:
    """An office that reminds only once, three working days ahead, on 2 June."""
    rule = LadderRule((Rung(Stage.BEFORE, -3),), kabupaten=())
    found = gap("05-29 17.00", now, office=with_rules(OfficeRules(ladder=rule)))
    assert told(found.missed) == ["02.06 08.00 Sari H-1 2026-05"]
    assert told(found.right_now) == [f"{now[3:5]}.{now[:2]} 10.00 Sari {stage} 2026-05"]


MINUTES = st.integers(0, 200 * 24 * 60).map(lambda minutes: at("03-01 00.00") + timedelta(minutes=minutes))


@settings(deadline=None, max_examples=60)
@given(MINUTES, st.integers(0, 30 * 24 * 60))
def test_after_any_gap_one_message_a_person_in_hours_and_none_lost(last_seen: datetime, length: int) -> None:
    now = last_seen + timedelta(minutes=length)
    owed = owed_in(2026, list(POSTS), PeriodKind.MONTH, PeriodKind.QUARTER)
    found = stages_missed(last_seen, now, owed, OFFICE)
    people = [message.person_id for message in found.right_now]
    assert len(set(people)) == len(people)
    assert all(message.at >= now and OFFICE.calendar.is_working(message.at.date()) for message in found.right_now)
    assert all(OFFICE.hours.is_open(message.at) for message in found.right_now)
    assert all(last_seen < message.at for message in found.missed)
    assert {message.person_id for message in found.missed} <= set(people)
    assert all(sum(call.stage.stage.told is Told.PERSON for call in m.calls) <= 1 for m in found.right_now)
