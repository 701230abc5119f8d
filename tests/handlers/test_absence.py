"""Who can stand in, how names are understood, and lists that are longer than a phone's."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import Connection, Engine

from domain.day_spans import DaySpan
from domain.plan import Capacity, PersonRow, PostRow, Role
from handlers import absence
from handlers.absence import Draft, Step
from handlers.colleagues import may_act_for, named, possible_stand_ins
from handlers.dialogue import Next, Retry, Tap
from handlers.messages import ROWS, Choose, Text
from storage.absences import AbsenceKind
from storage.desk import Desk
from storage.engine import writing
from storage.people import PersonCard
from tests.offices import CAMAT, KASI, KASUBBAG, PELAKSANA, PLAN, VACANT, MadeOffice, desk_of, make_office

SARI, AGUS, DEWI, JOKO, RATNA = "Sari Andini", "Agus Prasetya", "Dewi Lestari", "Joko Santosa", "Ratna Dewanti"
DAYS = DaySpan(date(2022, 3, 30), date(2022, 4, 8))
STAFF = 12
PEOPLE = tuple(PersonCard(number, name, "") for number, name in enumerate((SARI, AGUS, "Agus Wirawan", "Made Budi"), 1))


def names(desk: Desk, made: MadeOffice, person: str) -> list[str]:
    return [one.person.name for one in possible_stand_ins(desk, made.people[person], DAYS)]


def large_office(connection: Connection) -> tuple[MadeOffice, Desk]:
    """The small office with twelve more people in the section of Sari, who asks."""
    posts = tuple(PostRow(f"Pelaksana {number}", Role.PELAKSANA, KASI) for number in range(1, STAFF + 1))
    people = tuple(PersonRow(f"Pegawai {chr(64 + number)}", f"Pelaksana {number}") for number in range(1, STAFF + 1))
    plan = replace(PLAN, posts=(*PLAN.posts, *posts), people=(*PLAN.people, *people))
    made = make_office(connection, plan=plan)
    return made, desk_of(connection, made, SARI)


def draft_of(made: MadeOffice) -> Draft:
    return Draft(person=made.people[SARI], first=DAYS.first, last=DAYS.last)


def test_the_superior_comes_first_then_the_section_then_the_rest(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        desk = desk_of(connection, made, SARI)
        assert names(desk, made, SARI) == [RATNA, AGUS, DEWI, JOKO]
        assert names(desk, made, JOKO) == [DEWI, AGUS, RATNA, SARI]


def test_who_is_away_on_one_of_the_days_cannot_stand_in(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        desk = desk_of(connection, made, SARI)
        last_day, day_after = DaySpan(DAYS.last, DAYS.last), DaySpan(date(2022, 4, 9), date(2022, 4, 30))
        desk.absences.enter(made.people[AGUS], AbsenceKind.LEAVE, last_day, None)
        desk.absences.enter(made.people[DEWI], AbsenceKind.LEAVE, day_after, None)
        assert names(desk, made, SARI) == [RATNA, DEWI, JOKO]


def test_a_plt_is_known_by_the_nearer_post(engine: Engine) -> None:
    plt = PersonRow(JOKO, VACANT, "Pak", "+6281200000005", Capacity.PLT)
    with writing(engine) as connection:
        made = make_office(connection, plan=replace(PLAN, people=(*PLAN.people, plt)))
        found = possible_stand_ins(desk_of(connection, made, SARI), made.people[DEWI], DAYS)
        assert [one.title for one in found if one.person.name == JOKO] == [PELAKSANA]


@pytest.mark.parametrize(
    ("who", "whom", "may"),
    [
        (SARI, SARI, True),
        (SARI, JOKO, False),
        (JOKO, DEWI, False),
        (RATNA, JOKO, True),
        (AGUS, JOKO, True),
        (AGUS, SARI, False),
        (DEWI, SARI, True),
        (DEWI, RATNA, True),
    ],
)
def test_the_line_above_and_the_admin_may_enter_it_for_others(engine: Engine, who: str, whom: str, may: bool) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        assert may_act_for(desk_of(connection, made, who), made.people[whom]) is may


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("sari andini", [SARI]),
        ("Bu Sari", [SARI]),
        ("ibu andini", [SARI]),
        ("andni", [SARI]),
        ("sari andinni", [SARI]),
        ("agus", [AGUS, "Agus Wirawan"]),
        ("agus wirawan", ["Agus Wirawan"]),
        ("Pak Agus Prasetyo", [AGUS]),
        ("agus p", []),
        ("budi", ["Made Budi"]),
        ("bud", []),
        ("", []),
        ("pak", []),
        ("entahlah", []),
    ],
)
def test_a_name_as_people_type_it(typed: str, meant: list[str]) -> None:
    assert [one.name for one in named(typed, PEOPLE)] == meant


@pytest.mark.parametrize(
    ("words", "may"),
    [
        ("Sari", True),
        ("bu sari andini", True),
        ("besok", True),
        ("8 april", True),
        ("bersama", False),
        ("belum terbit", False),
        ("12 dokumen", False),
        ("untuk empat hari ke depan", False),
    ],
)
def test_what_may_follow_the_word(words: str, may: bool) -> None:
    assert absence.may_follow(words) is may


def test_a_long_list_pages_within_ten_rows_and_begins_anew(engine: Engine) -> None:
    with writing(engine) as connection:
        made, desk = large_office(connection)
        draft, seen = draft_of(made), list[str]()
        for _page in range(2):
            question = absence.ask(Step.STAND_IN, draft, desk)
            assert isinstance(question, Choose)
            assert len(question.options) <= ROWS
            assert [option.key for option in question.options][-2:] == ["more", "nobody"]
            seen += [option.label for option in question.options[:-2]]
            reply = absence.answer(Step.STAND_IN, draft, Tap(key="more"), desk)
            assert isinstance(reply, Next)
            draft = reply.draft
        assert len(seen) == len(set(seen)) == STAFF + len(PLAN.people) - 1
        assert draft.page == 0


def test_somebody_of_another_page_can_be_typed(engine: Engine) -> None:
    with writing(engine) as connection:
        made, desk = large_office(connection)
        reply = absence.answer(Step.STAND_IN, draft_of(made), Text(body=JOKO), desk)
        assert isinstance(reply, Next)
        assert (reply.step, reply.draft.stand_in) == (Step.CONFIRM, made.people[JOKO])


def test_a_stand_in_who_goes_away_before_it_is_saved_is_not_taken(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        desk = desk_of(connection, made, SARI)
        draft = draft_of(made).model_copy(update={"stand_in": made.people[AGUS]})
        desk.absences.enter(made.people[AGUS], AbsenceKind.DUTY_TRIP, DAYS, None)
        reply = absence.answer(Step.CONFIRM, draft, Tap(key="save"), desk)
        assert isinstance(reply, Next)
        assert (reply.step, reply.draft.stand_in) == (Step.STAND_IN, None)


def test_what_waited_until_it_was_over_is_asked_again(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        draft = draft_of(made).model_copy(update={"first": date(2022, 3, 21), "last": date(2022, 3, 25)})
        reply = absence.answer(Step.CONFIRM, draft, Tap(key="save"), desk_of(connection, made, SARI))
        assert isinstance(reply, Next)
        assert (reply.step, reply.draft.last) == (Step.LAST, None)


@pytest.mark.parametrize("typed", ["29 april 2023", "8/4/2024"])
def test_no_absence_is_longer_than_a_year(engine: Engine, typed: str) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        draft = Draft(person=made.people[SARI], first=DAYS.first)
        assert isinstance(absence.answer(Step.LAST, draft, Text(body=typed), desk_of(connection, made, SARI)), Retry)


@pytest.mark.parametrize("title", [CAMAT, KASUBBAG])
def test_everybody_can_be_replaced(engine: Engine, title: str) -> None:
    name = next(person.name for person in PLAN.people if person.post == title)
    with writing(engine) as connection:
        made = make_office(connection)
        assert len(names(desk_of(connection, made, name), made, name)) == len(PLAN.people) - 1
