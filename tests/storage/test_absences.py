"""Who is away: entered, seen by the desk, ended; with the record of it."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Connection, Engine, select

from domain.absence import Absence
from domain.day_spans import DaySpan
from domain.plan import Capacity
from domain.refusals import BadSetting
from storage.absences import AbsenceCard, AbsenceKind
from storage.desk import Desk
from storage.engine import writing
from storage.tables import Absence as AbsenceRow
from storage.tables import Audit, table
from tests.offices import KASI, NOW, SEKRETARIS, MadeOffice, desk_of, make_office

SARI, AGUS, JOKO = "Sari Andini", "Agus Prasetya", "Joko Santosa"
TODAY = date(2022, 3, 29)
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
LAST = date(2022, 4, 8)
LEAVE = AbsenceKind.LEAVE


def enter(desk: Desk, made: MadeOffice, first: date, last: date, stand_in: str | None = AGUS) -> int:
    """Sari is on leave."""
    stand_in_id = None if stand_in is None else made.people[stand_in]
    return desk.absences.enter(made.people[SARI], LEAVE, DaySpan(first, last), stand_in_id)


def seen_on(connection: Connection, made: MadeOffice, day: date) -> tuple[Absence, ...]:
    """What a desk of that day knows."""
    at = datetime(day.year, day.month, day.day, 2, tzinfo=UTC)
    return tuple(desk_of(connection, made, now=at).organisation.absences)


def test_an_absence_is_kept_as_it_was_entered(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        desk = desk_of(connection, made, SARI)
        key = desk.absences.enter(made.people[SARI], AbsenceKind.DUTY_TRIP, DaySpan(TODAY, LAST), made.people[AGUS])
        assert desk.absences.of_person(made.people[SARI]) == (
            AbsenceCard(key, made.people[SARI], AbsenceKind.DUTY_TRIP, DaySpan(TODAY, LAST), made.people[AGUS]),
        )
        assert desk.absences.of_person(made.people[AGUS]) == ()
        assert seen_on(connection, made, TODAY) == (
            Absence(made.people[SARI], DaySpan(TODAY, LAST), made.people[AGUS]),
        )


def test_the_record_names_who_entered_it_and_when(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        enter(desk_of(connection, made, JOKO), made, TODAY, LAST)
        audit = table(Audit)
        entry = connection.execute(select(audit).where(audit.c.action == "absence entered")).one()
        row = connection.execute(select(table(AbsenceRow))).one()
    assert (entry.person_id, entry.at, entry.new) == (
        made.people[JOKO], NOW, f"2022-03-29 2022-04-08 stand-in {made.people[AGUS]}",
    )  # fmt: skip
    assert (row.office_id, row.entered_at) == (made.id, NOW)


@pytest.mark.parametrize(
    ("day", "stands_in"), [(YESTERDAY, False), (TODAY, True), (LAST, True), (date(2022, 4, 9), False)]
)
def test_the_stand_in_holds_the_post_on_both_days_and_between(engine: Engine, day: date, stands_in: bool) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        enter(desk_of(connection, made, SARI), made, TODAY, LAST)
        desk = desk_of(connection, made, AGUS, datetime(day.year, day.month, day.day, 2, tzinfo=UTC))
        capacity = desk.capacity_for(made.posts[KASI])
        assert capacity == (Capacity.PLH if stands_in else None)
        assert desk.capacity_for(made.posts[SEKRETARIS]) is Capacity.DEFINITIF
        assert desk.holders[made.posts[KASI]] == made.people[AGUS if stands_in else SARI]
        assert bool(desk.duties) is stands_in


def test_the_desk_that_enters_it_sees_it_at_once(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        desk = desk_of(connection, made, AGUS)
        assert (desk.held_posts[-1].post.title, desk.duties) == (SEKRETARIS, ())
        key = enter(desk, made, TODAY, LAST)
        assert [held.post.title for held in desk.held_posts] == [SEKRETARIS, KASI]
        assert {duty.post_id for duty in desk.duties} == {made.posts[KASI]}
        desk.absences.end(key)
        assert [held.post.title for held in desk.held_posts] == [SEKRETARIS]


def test_who_comes_back_early_was_away_until_yesterday(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        desk = desk_of(connection, made, SARI)
        key = enter(desk, made, YESTERDAY, LAST)
        desk.absences.end(key)
        assert desk.absences.of_person(made.people[SARI]) == ()
        assert [one.days for one in seen_on(connection, made, TODAY)] == [DaySpan(YESTERDAY, YESTERDAY)]


@pytest.mark.parametrize("first", [TODAY, TOMORROW], ids=["begins today", "begins tomorrow"])
def test_what_never_began_is_forgotten_but_stays_on_record(engine: Engine, first: date) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        desk = desk_of(connection, made, SARI)
        desk.absences.end(enter(desk, made, first, LAST))
        assert seen_on(connection, made, first) == ()
        assert connection.execute(select(table(AbsenceRow).c.withdrawn)).scalars().all() == [True]


def test_ending_what_ended_by_itself_does_not_lengthen_it(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        key = enter(desk_of(connection, made, SARI), made, date(2022, 3, 21), date(2022, 3, 22))
        desk_of(connection, made, SARI).absences.end(key)
        assert [one.days.last for one in seen_on(connection, made, TODAY)] == [date(2022, 3, 22)]


def test_only_what_is_not_over_is_shown_in_the_order_of_entry(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        desk = desk_of(connection, made, SARI)
        enter(desk, made, date(2022, 3, 21), YESTERDAY)
        later = enter(desk, made, LAST, LAST, None)
        now = enter(desk, made, YESTERDAY, TODAY, None)
        assert [card.id for card in desk.absences.of_person(made.people[SARI])] == [later, now]


def test_nobody_stands_in_for_themselves(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        with pytest.raises(BadSetting):
            enter(desk_of(connection, made, SARI), made, TODAY, LAST, SARI)
        assert connection.execute(select(table(AbsenceRow))).all() == []


def test_people_of_another_office_are_refused(engine: Engine) -> None:
    with writing(engine) as connection:
        made, other = make_office(connection), make_office(connection, name="Sebelah")
        book = desk_of(connection, made, SARI).absences
        with pytest.raises(PermissionError):
            book.enter(other.people[SARI], LEAVE, DaySpan(TODAY, LAST), None)
        with pytest.raises(PermissionError):
            book.enter(made.people[SARI], LEAVE, DaySpan(TODAY, LAST), other.people[AGUS])
        key = enter(desk_of(connection, other, SARI), other, TODAY, LAST)
        with pytest.raises(PermissionError):
            book.end(key)
        assert len(seen_on(connection, other, TODAY)) == 1
