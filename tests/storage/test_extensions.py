"""More time for a post: asked, granted once, refused; in force at once, with the record of it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Connection, Engine, select

from domain.extensions import AlreadyDecided, Decision, Extension
from domain.office import Owed
from domain.periods import Period
from domain.refusals import BadSetting
from storage.desk import Desk
from storage.engine import reading, writing
from storage.tables import Audit, table
from tests.offices import KASI, NOW, PELAKSANA, MadeOffice, desk_of, make_office
from tests.together import together

SARI, RATNA, DEWI = "Sari Andini", "Ratna Dewanti", "Dewi Lestari"
TODAY = date(2022, 3, 29)
MARCH, QUARTER, APRIL = Period.month(2022, 3), Period.quarter(2022, 1), Period.month(2022, 4)
DUE, WANTED, SATURDAY = date(2022, 4, 5), date(2022, 4, 8), date(2022, 4, 9)


def ask(connection: Connection, made: MadeOffice, wanted: date = WANTED) -> int:
    """Sari asks for her post."""
    book = desk_of(connection, made, SARI).extensions
    return book.ask(made.people[SARI], made.posts[KASI], MARCH, wanted, "Menunggu desa")


def due_of(desk: Desk, made: MadeOffice, period: Period = MARCH, post: str = KASI) -> date:
    return desk.organisation.due(Owed(made.posts[post], period), desk.today)


def test_a_request_waits_until_it_is_decided(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        key = ask(connection, made)
        desk = desk_of(connection, made, RATNA)
        card = desk.extensions.get(key)
        assert card is not None
        assert (card.asked_by, card.wanted, card.decided_by) == (made.people[SARI], WANTED, None)
        assert card.request == Extension(made.posts[KASI], MARCH, "Menunggu desa", TODAY)
        assert desk.extensions.open() == (card,)
        assert desk.extensions.of_post(made.posts[KASI], QUARTER) == (card,)
        assert desk.extensions.of_post(made.posts[KASI], APRIL) == ()
        assert desk.extensions.of_post(made.posts[PELAKSANA], MARCH) == ()
        assert due_of(desk, made) == DUE


def test_what_is_granted_holds_at_once_for_all_that_ends_on_the_day(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        key = ask(connection, made)
        desk = desk_of(connection, made, RATNA)
        assert due_of(desk, made) == DUE
        granted = desk.extensions.grant(key, WANTED)
        assert (granted.decision, granted.until, granted.decided_on) == (Decision.GRANTED, WANTED, TODAY)
        assert (due_of(desk, made), due_of(desk, made, QUARTER)) == (WANTED, WANTED)
        assert due_of(desk, made, post=PELAKSANA) == DUE
        assert desk.extensions.open() == ()
        card = desk.extensions.get(key)
        assert card is not None
        assert (card.decided_by, card.request) == (made.people[RATNA], granted)


def test_a_free_day_is_moved_and_one_too_late_is_refused(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        key = ask(connection, made)
        desk = desk_of(connection, made, RATNA)
        for day in (DUE, DUE + timedelta(days=15)):
            with pytest.raises(BadSetting):
                desk.extensions.grant(key, day)
        assert desk.extensions.grant(key, SATURDAY).until == WANTED


def test_what_was_refused_changes_no_date(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        key = ask(connection, made)
        desk = desk_of(connection, made, RATNA)
        assert desk.extensions.refuse(key).decision is Decision.REFUSED
        assert due_of(desk, made) == DUE
        for decide in (lambda: desk.extensions.refuse(key), lambda: desk.extensions.grant(key, WANTED)):
            with pytest.raises(AlreadyDecided):
                decide()


def test_a_request_has_a_reason_and_a_post_of_the_office(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        book = desk_of(connection, made, SARI).extensions
        with pytest.raises(BadSetting):
            book.ask(made.people[SARI], made.posts[KASI], MARCH, WANTED, "  ")
        with pytest.raises(PermissionError):
            book.ask(made.people[SARI], max(made.posts.values()) + 1, MARCH, WANTED, "Menunggu desa")
        assert book.open() == ()


def test_another_offices_request_is_neither_seen_nor_decided(engine: Engine) -> None:
    with writing(engine) as connection:
        made, other = make_office(connection), make_office(connection, name="Sukarukun")
        key = ask(connection, made)
        book = desk_of(connection, other, RATNA).extensions
        assert (book.get(key), book.open()) == (None, ())
        for decide in (lambda: book.refuse(key), lambda: book.grant(key, WANTED)):
            with pytest.raises(PermissionError):
                decide()


def test_the_record_names_who_asked_and_who_decided(engine: Engine) -> None:
    audit = table(Audit)
    with writing(engine) as connection:
        made = make_office(connection)
        key = ask(connection, made)
        desk_of(connection, made, RATNA).extensions.grant(key, WANTED)
        entries = connection.execute(select(audit).where(audit.c.subject == f"extension {key}").order_by(audit.c.id))
        found = [(one.action, one.person_id, one.at, one.new, one.reason) for one in entries]
    assert found == [
        ("more time asked", made.people[SARI], NOW, "2022-03 until 2022-04-08", "Menunggu desa"),
        ("more time granted", made.people[RATNA], NOW, "2022-03 until 2022-04-08", ""),
    ]


def test_a_grant_is_not_yet_known_on_an_earlier_day(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        desk_of(connection, made, RATNA).extensions.grant(ask(connection, made), WANTED)
        yesterday = replace(desk_of(connection, made), now=datetime(2022, 3, 28, 2, tzinfo=UTC))
        assert due_of(yesterday, made) == DUE


def test_of_two_processes_that_decide_at_once_one_wins(database_url: str, open_url: Callable[[str], Engine]) -> None:
    engines = [open_url(database_url) for _process in range(2)]
    with writing(engines[0]) as connection:
        made = make_office(connection)
        key = ask(connection, made)

    def decide(engine: Engine, name: str, *, agrees: bool) -> bool:
        with writing(engine) as connection:
            book = desk_of(connection, made, name).extensions
            try:
                _decided = book.grant(key, WANTED) if agrees else book.refuse(key)
            except AlreadyDecided:
                return False
            return True

    won = together(
        [
            lambda: decide(engines[0], RATNA, agrees=True),
            lambda: decide(engines[1], DEWI, agrees=False),
        ]
    )
    assert sorted(won) == [False, True]
    with reading(engines[0]) as connection:
        card = desk_of(connection, made).extensions.get(key)
        actions = connection.execute(select(table(Audit).c.action)).scalars().all()
    assert card is not None
    winner = RATNA if won[0] else DEWI
    decision = Decision.GRANTED if won[0] else Decision.REFUSED
    assert (card.decided_by, card.request.decision) == (made.people[winner], decision)
    assert sum(action in ("more time granted", "more time refused") for action in actions) == 1
