"""What must hold of the ladder messages of any office: rules, calendars, leaves, extensions and locks at random."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, time, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.absence import Absence, Holding
from domain.day_spans import DaySpan
from domain.deadlines import CutOff, CutOffKind, Deadline, due_date
from domain.extensions import Decision, Extension
from domain.ladder import DEFAULT_RUNGS, PERSONAL, Count, LadderRule, Told, most_for
from domain.locks import Keeper, Turn
from domain.message_plan import LadderMessage, days, messages_on, open_on, plan_of_messages
from domain.office import Office, Owed
from domain.office_rules import OfficeRules
from domain.periods import Period
from domain.working_calendar import WorkingCalendar
from domain.working_hours import Hours, Weekday, WeekHours
from domain.zones import Zone
from tests.domain.ladder_office import HOLDINGS, KASI, LONG_AGO, NAMES, OFFICE, POSTS, PUTU, SARI, TW2
from tests.domain.rules_at_random import CUT_OFFS, RUNGS

FIRST, LAST = date(2026, 2, 1), date(2026, 9, 30)
DAYS = st.dates(date(2026, 3, 1), date(2026, 8, 31))
PERIODS = [*(Period.month(2026, number) for number in (3, 4, 5, 6)), Period.quarter(2026, 1), TW2]

LADDERS = st.builds(LadderRule, st.just(DEFAULT_RUNGS) | RUNGS, st.integers(1, 4), per_extension=st.integers(0, 3))
FRIDAY = Hours(time(7, 30), time(11, 30), time(7, 45))
RAMADAN = WeekHours(Hours(time(8), time(15), time(8, 30)))
RULES = st.builds(
    OfficeRules,
    workdays=st.sampled_from((5, 6)),
    internal=CUT_OFFS,
    kabupaten=CUT_OFFS,
    ladder=LADDERS,
    weekday_hours=st.just(((Weekday.FRIDAY, FRIDAY),)),
    ramadan=st.none() | st.just(RAMADAN),
    lock_after=st.none() | st.integers(1, 20),
)
SPANS = st.builds(lambda first, length: DaySpan(first, first + timedelta(days=length)), DAYS, st.integers(0, 30))
PEOPLE = st.sampled_from(list(NAMES))
ABSENCES = st.tuples(PEOPLE, SPANS, st.none() | PEOPLE).filter(lambda one: one[0] != one[2])
OWED = st.sets(st.builds(Owed, st.sampled_from(list(POSTS)), st.sampled_from(PERIODS)), min_size=1)
TURNS = st.builds(Turn, st.sampled_from(PERIODS), DAYS, st.booleans(), st.sampled_from(Keeper))
MUTATION = (
    *(holding for holding in HOLDINGS if holding.post_id != KASI),
    Holding(KASI, SARI, LONG_AGO, date(2026, 4, 3)),
    Holding(KASI, PUTU, date(2026, 4, 4)),
)


@st.composite
def offices(draw: st.DrawFn) -> Office:
    """Any office: everything at random but the people and the line of their posts."""
    rules = draw(RULES)
    calendar = rules.calendar(draw(st.frozensets(DAYS, max_size=40)))
    return Office(
        draw(st.sampled_from(Zone)),
        rules,
        calendar,
        POSTS,
        draw(st.sampled_from((HOLDINGS, MUTATION))),
        [Absence(*one) for one in draw(st.lists(ABSENCES, max_size=3))],
        draw(st.lists(extensions(calendar), max_size=3)),
        draw(st.lists(TURNS, max_size=2)),
        (DaySpan(date(2026, 2, 19), date(2026, 3, 20)),),
    )


def extensions(calendar: WorkingCalendar) -> st.SearchStrategy[Extension]:
    """More time, granted on any day until a working day up to a month later."""

    def granted(post_id: int, period: Period, on: date, ahead: int) -> Extension:
        until = calendar.at_or_after(on + timedelta(days=ahead))
        return Extension(post_id, period, "Rapat", on, Decision.GRANTED, on, until)

    return st.builds(granted, st.sampled_from(list(POSTS)), st.sampled_from(PERIODS), DAYS, st.integers(1, 30))


def year(owed: set[Owed], office: Office) -> tuple[LadderMessage, ...]:
    return plan_of_messages(FIRST, LAST, owed, office)


CHECKED = settings(deadline=None, max_examples=20)


@CHECKED
@given(OWED, offices())
def test_never_outside_hours_nor_on_a_free_day_nor_twice_a_day(owed: set[Owed], office: Office) -> None:
    messages = year(owed, office)
    assert all(office.calendar.is_working(message.at.date()) for message in messages)
    assert all(office.hours.is_open(message.at) for message in messages)
    assert all(message.at.tzname() == Zone.of(office.zone).name for message in messages)
    assert len({(message.person_id, message.at.date()) for message in messages}) == len(messages)


@CHECKED
@given(OWED, offices())
def test_the_cap_holds_for_month_and_quarter_together(owed: set[Owed], office: Office) -> None:
    counts: Counter[tuple[int, Count]] = Counter()
    for message in year(owed, office):
        assert sum(call.stage.stage.told is Told.PERSON for call in message.calls) <= 1
        if message.own is not None:
            counts[message.person_id, message.own.stage.counted_as] += 1
    assert all(number <= most_for(of[1], office.rules.ladder) for of, number in counts.items())


@CHECKED
@given(OWED, offices())
def test_a_day_brings_the_most_pressing_stage_and_is_silent_only_without_one(owed: set[Owed], office: Office) -> None:
    """While nothing was sent that counts, and of what the office sends at all."""
    rule = office.rules.ladder
    for day in days(FIRST, LAST):
        ranks: defaultdict[int, set[int]] = defaultdict(set)
        for one in open_on(day, owed, office):
            for stage in office.ladder(one, day):
                person = office.told(one, stage.stage, day)
                sends = stage.stage in PERSONAL and most_for(stage.counted_as, rule) > 0
                if stage.day == day and sends and person is not None:
                    ranks[person].add(PERSONAL.index(stage.stage))
        brought = {message.person_id: message.own for message in messages_on(day, owed, office)}
        assert {person: PERSONAL.index(own.stage.stage) for person, own in brought.items() if own} == {
            person: min(of_person) for person, of_person in ranks.items()
        }


@CHECKED
@given(OWED, offices())
def test_only_what_is_owed_and_open_is_asked_of_whoever_is_responsible(owed: set[Owed], office: Office) -> None:
    for message in year(owed, office):
        day = message.at.date()
        still_open = set(open_on(day, owed, office))
        for call in message.calls:
            about = {one for one in still_open if one.post_id in call.post_ids and one.period in call.stage.periods}
            assert {one.post_id for one in about} == set(call.post_ids)
            assert {one.period for one in about} == set(call.stage.periods)
            assert all(office.told(one, call.stage.stage, day) == message.person_id for one in about)


@CHECKED
@given(OWED, offices())
def test_extended_dates_are_honoured(owed: set[Owed], office: Office) -> None:
    """A post with more time hears of that date only, and what is called an extension is one."""
    for message in year(owed, office):
        day = message.at.date()
        for call in message.calls:
            for post_id in call.post_ids:
                later = office.extended_to(Owed(post_id, call.stage.periods[0]), day)
                assert (call.stage.deadline is Deadline.EXTENSION) == (later is not None)
                assert later is None or call.stage.due == later


def last_personal_days(one: Owed, office: Office) -> tuple[date, int | None]:
    """The last day on which a stage of the office's own date asks for it, and who is responsible on it."""
    stages = [
        stage
        for stage in office.ladder(one, LAST)
        if stage.stage.told is Told.PERSON and stage.deadline is not Deadline.KABUPATEN
    ]
    day = max(stage.day for stage in stages)
    found = office.responsible(one.post_id, day)
    return day, found.person_id if found else None


@CHECKED
@given(OWED, offices())
def test_every_missing_person_is_reached_by_the_last_stage(owed: set[Owed], office: Office) -> None:
    """On the day of the last stage there is a message, unless the period is locked or has brought its share."""
    office = replace(office, extensions=[])
    messages = year(owed, office)
    days_of: dict[int, set[date]] = defaultdict(set)
    shares: Counter[tuple[int, Period]] = Counter()
    for message in messages:
        days_of[message.person_id].add(message.at.date())
        if message.own is not None:
            shares[message.person_id, message.own.stage.counted_under] += 1
    for one in owed:
        day, person = last_personal_days(one, office)
        if person is None or office.lock(one, day) is not None:
            continue
        month = Period.month(2026, one.period.last_month)
        assert day in days_of[person] or shares[person, month] == office.rules.ladder.per_period


@CHECKED
@given(st.sampled_from(PERIODS), st.integers(1, 28), DAYS, st.integers(1, 30))
def test_more_time_brings_its_three_days_to_who_was_silent(period: Period, cut_off: int, on: date, ahead: int) -> None:
    """H-1, H and H+1 of the date that was asked for, whatever went before."""
    rules = OfficeRules(internal=CutOff(CutOffKind.DAY, cut_off))
    due = due_date(period, rules.internal, OFFICE.calendar)
    until = OFFICE.calendar.at_or_after(max(due, on) + timedelta(days=ahead))
    more = Extension(KASI, period, "Rapat", on, Decision.GRANTED, on, until)
    office = replace(OFFICE, rules=rules, extensions=[more])
    found = [
        message.at.date()
        for message in plan_of_messages(FIRST, date(2026, 12, 31), [Owed(KASI, period)], office)
        if message.own is not None and message.own.stage.counted_as == Count(month_of(period), until)
    ]
    stages = (OFFICE.calendar.previous_working(until), until, OFFICE.calendar.next_working(until))
    assert found == [day for day in stages if day >= on]


def month_of(period: Period) -> Period:
    return Period.month(period.year, period.last_month)


@CHECKED
@given(OWED, offices(), DAYS)
def test_a_plan_does_not_depend_on_where_it_begins_to_be_asked(owed: set[Owed], office: Office, day: date) -> None:
    """The messages of a day are those of the whole plan, given what went out before: preview and sending agree."""
    whole = year(owed, office)
    sent: Counter[tuple[int, Count]] = Counter()
    for message in whole:
        if message.own is not None and message.at.date() < day:
            sent[message.person_id, message.own.stage.counted_as] += 1
    rest = plan_of_messages(day, LAST, owed, office, sent)
    assert rest == tuple(message for message in whole if message.at.date() >= day)
    assert reversed_order(owed, office) == whole


def reversed_order(owed: set[Owed], office: Office) -> Sequence[LadderMessage]:
    """The plan of the same, told in another order."""
    return plan_of_messages(FIRST, LAST, sorted(owed, key=lambda one: (one.period, one.post_id), reverse=True), office)
