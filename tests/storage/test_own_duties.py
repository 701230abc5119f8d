"""What was read of somebody's indicators before is used only as long as it holds, in every transaction."""

from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from sqlalchemy import Engine

from domain.evidence import Demand, Demanded
from domain.office_rules import OfficeRules
from domain.periods import Period
from storage import figures, plans
from storage.audit import Actor
from storage.desk import Desk
from storage.engine import reading, writing
from storage.evidence import NewEvidence
from storage.reports import NewReport
from tests.offices import BUKU, KASI, NOW, YEAR, MadeOffice, desk_of, make_office
from tests.statements import noted
from tests.years_gone_by import YEARS, a_long_life

SARI, DEWI, PUTU = "Sari Andini", "Dewi Lestari", "Putu Wirawan"
JANUARY = Period.month(YEAR, 1)
ACTOR = Actor(None, None, "", "test", None)


def submit(desk: Desk, made: MadeOffice, value: int = 1) -> None:
    desk.submit([NewReport(made.indicators[BUKU], JANUARY, Decimal(value))])


def give_back(desk: Desk, made: MadeOffice) -> None:
    submit(desk, made)
    admin = desk.for_person(made.people[DEWI])
    admin.return_report(made.indicators[BUKU], JANUARY, Decimal(1), "Mohon dicek")


def begin_later(desk: Desk, _made: MadeOffice) -> None:
    desk.settings.choose(OfficeRules(begins=Period.month(YEAR, 3)), desk.office.zone)


def demand(desk: Desk, made: MadeOffice) -> None:
    admin = desk.for_person(made.people[DEWI])
    admin.evidence.demand([made.indicators[BUKU]], Demand(Demanded.PHOTO, 2))


def doubt(desk: Desk, made: MadeOffice) -> None:
    plans.doubt_mode(desk.connection, made.id, made.indicators[BUKU], "Bukan jumlah.", ACTOR, NOW)


Change = Callable[[Desk, MadeOffice], None]
CHANGES: dict[str, Change] = {
    "a report": submit,
    "a returned report": give_back,
    "another beginning": begin_later,
    "evidence that is demanded": demand,
    "a denied way of counting": doubt,
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_change_is_seen_and_one_that_is_undone_is_not(
    change: Callable[[Desk, MadeOffice], None], engine: Engine
) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
    for is_kept in (False, True):
        with engine.connect() as connection, connection.begin() as transaction:
            before = desk_of(connection, made, SARI).duties
            change(desk_of(connection, made, SARI), made)
            changed = desk_of(connection, made, SARI)
            assert changed.duties == figures.duties(connection, made.id, [made.posts[KASI]]) != before
            if not is_kept:
                transaction.rollback()
        with reading(engine) as connection:
            now = desk_of(connection, made, SARI)
            assert now.duties == figures.duties(connection, made.id, [made.posts[KASI]])
            assert (now.duties == before) is not is_kept


def test_what_has_not_changed_is_not_read_again(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        first = desk_of(connection, made, SARI)
        second = desk_of(connection, made, SARI)
        assert second.duties is first.duties
        assert second.closings is first.closings
        assert second.organisation is first.organisation


def test_of_what_somebody_has_reported_only_the_stamps_are_read_again(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        assert desk_of(connection, made, SARI).duties
    with writing(engine) as connection:
        desk = desk_of(connection, made, SARI)
        submit(desk, made)
        assert desk.reported_posts
        with noted(connection) as statements:
            reported = desk.duties
        assert len(statements) == 1
    assert reported[0].values[JANUARY] == 1


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_what_was_read_ahead_is_what_would_be_read_now(change: Change, engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        posts = [(made.id, post_id, YEAR) for post_id in made.posts.values()]
        figures.read_ahead(connection, posts)
        with noted(connection) as statements:
            assert figures.stamped(connection, made.id, [made.posts[KASI]], YEAR)[0]
        assert statements == []
        change(desk_of(connection, made, SARI), made)
        for _office, post_id, _since in posts:
            now = figures.stamped(connection, made.id, [post_id] * 2, YEAR)  # of a list of posts nothing is read ahead
            assert figures.stamped(connection, made.id, [post_id], YEAR) == now


def test_of_those_that_are_read_ahead_one_may_report_and_the_others_are_still_known(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        figures.read_ahead(connection, [(made.id, post_id, YEAR) for post_id in made.posts.values()])
        submit(desk_of(connection, made, SARI), made)
        with noted(connection) as statements:
            for post_id in made.posts.values():
                figures.stamped(connection, made.id, [post_id], YEAR)
        assert statements == []


def test_nothing_is_read_ahead_of_a_post_that_is_named_behind_another_office(engine: Engine) -> None:
    with writing(engine) as connection:
        made, other = make_office(connection), make_office(connection, name="Kecamatan Lain")
        figures.read_ahead(connection, [(other.id, made.posts[KASI], YEAR), (made.id, other.posts[KASI], YEAR)])
        assert figures.stamped(connection, other.id, [made.posts[KASI]], YEAR) == ((), frozenset())


def test_on_new_years_night_each_office_is_read_ahead_from_its_own_year_on(engine: Engine) -> None:
    with writing(engine) as connection:
        made, other = make_office(connection), make_office(connection, name="Kecamatan Lain")
        posts = [(made.id, made.posts[KASI], YEAR), (other.id, other.posts[KASI], YEAR + 1)]
        figures.read_ahead(connection, posts)
        assert figures.stamped(connection, made.id, [made.posts[KASI]], YEAR)[0]
        assert figures.stamped(connection, other.id, [other.posts[KASI]], YEAR + 1) == ((), frozenset())


def test_of_the_office_the_open_plans_are_read_and_the_others_where_the_past_is_asked_for(engine: Engine) -> None:
    with writing(engine) as connection:
        made = a_long_life(connection)
        desk = desk_of(connection, made, DEWI)
        long_ago = Period.month(YEARS[0], 1)
        assert {duty.measure.year for duty in desk.office_duties} == {YEAR}
        assert {duty.measure.year for duty in desk.pictures.shown_duties} == {YEAR}
        assert desk.plan_years == (*YEARS, YEAR)
        assert {duty.measure.year for duty in desk.every_duty} == {*YEARS, YEAR}
        then = desk.pictures.at(long_ago).shown_duties
        assert {duty.measure.year for duty in then} == {YEARS[0]}
        assert desk.duty(then[0].id) == then[0]


def test_where_the_newest_plan_is_old_it_is_shown(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        desk = desk_of(connection, made, DEWI, datetime(YEAR + 4, 6, 1, tzinfo=UTC))
        assert desk.office_duties
        assert desk.pictures.shown_duties


@pytest.mark.parametrize("later", [0, 1, 2])
def test_the_indicators_of_this_years_plan_and_last_years_are_ones_own(later: int, engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        on = datetime(YEAR + later, 12, 31, 9, tzinfo=UTC)
        assert bool(desk_of(connection, made, SARI, on).duties) == (later < 2)


def test_new_evidence_is_counted_at_once(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        desk = desk_of(connection, made, SARI)
        duty = next(one for one in desk.duties if one.code == BUKU)
        assert not desk.pieces_of(duty, JANUARY)
        desk.add_evidence([NewEvidence(duty.id, JANUARY, "ab12", "photo", 1200)])
        assert desk.pieces_of(duty, JANUARY).total() == 1
        assert desk_of(connection, made, SARI).pieces_of(duty, JANUARY).total() == 1
