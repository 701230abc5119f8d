"""Who holds which post, as an admin changes it: what is refused, what follows, and that no figure is lost."""

import shutil
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, Engine, select

from domain.appointments import PLT_MONTHS, AppointmentRefused, Refusal, acting_until
from domain.office_rules import OfficeRules
from domain.periods import Period
from domain.plan import Capacity, PersonRow, PostRow, Role
from domain.verification import VerificationRule
from storage import people
from storage.desk import Desk
from storage.engine import writing
from storage.plans import apply_plan
from storage.reports import NewReport
from storage.staff import Enter, Leave, NewPerson, NewPost, StaffBook, TenureCard
from storage.tables import Audit, Report, table
from tests.engines import engine_for
from tests.offices import BUKU, CAMAT, KASI, KASUBBAG, NOW, PELAKSANA, PLAN, VACANT, MadeOffice, desk_of, make_office

pytestmark = pytest.mark.sampled_on_postgresql

SARI, DEWI, JOKO, AGUS = "Sari Andini", "Dewi Lestari", "Joko Santosa", "Agus Prasetya"
TODAY, MARCH = NOW.date(), Period.month(2022, 3)
LAST, FIRST = date(2022, 3, 31), date(2022, 4, 1)


def tenure(book: StaffBook, person_id: int, post_id: int) -> TenureCard:
    return [card for card in book.tenures if (card.person_id, card.post_id) == (person_id, post_id)][-1]


def on(connection: Connection, made: MadeOffice, name: str, day: date) -> list[tuple[str, Capacity]]:
    """What somebody holds on a day, as their desk says."""
    desk = desk_of(connection, made, name, datetime.combine(day, time(2), UTC))
    return [(held.post.title, held.capacity) for held in desk.held_posts]


def refusal(book: StaffBook, moves: Sequence[Leave | Enter]) -> Refusal:
    with pytest.raises(AppointmentRefused) as refused:
        book.move(moves)
    return refused.value.why


# --- who may --------------------------------------------------------------------------------------------------------


def test_nobody_but_an_admin_changes_anything(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        before = desk_of(connection, made, DEWI).staff.tenures
        for name in (SARI, AGUS, None):
            book = desk_of(connection, made, name).staff
            sari, kasi = made.people[SARI], made.posts[KASI]
            card = tenure(book, sari, kasi)
            for forbidden in (
                lambda book=book, card=card: book.move([Leave(card.id, TODAY)]),
                lambda book=book, card=card: book.extend(card.id, LAST),
                lambda book=book, card=card: book.call_off(card.id),
                lambda book=book, card=card: book.put_off(card.id, LAST),
                lambda book=book: book.add_post(NewPost("Bendahara", Role.PELAKSANA, made.posts[CAMAT])),
                lambda book=book, kasi=kasi: book.rename(kasi, "Kasi Baru"),
                lambda book=book, kasi=kasi: book.put_into_unit(kasi, "Kelurahan Bulak"),
                lambda book=book, kasi=kasi: book.put_below(kasi, made.posts[KASUBBAG]),
                lambda book=book, kasi=kasi: book.make_admin(kasi, is_admin=True),
                lambda book=book: book.end_post(made.posts[VACANT]),
            ):
                with pytest.raises(PermissionError):
                    forbidden()
        assert desk_of(connection, made, DEWI).staff.tenures == before


def test_what_is_of_another_office_is_out_of_reach(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        there = make_office(connection, name="Kecamatan Lain")
        assert there.id != made.id
        book = desk_of(connection, made, DEWI).staff
        theirs = tenure(desk_of(connection, there, DEWI).staff, there.people[SARI], there.posts[KASI])
        for forbidden in (
            lambda: book.move([Leave(theirs.id, TODAY)]),
            lambda: book.move([Enter(there.posts[VACANT], made.people[SARI], TODAY)]),
            lambda: book.move([Enter(made.posts[VACANT], there.people[SARI], TODAY)]),
            lambda: book.rename(there.posts[KASI], "Kasi Baru"),
            lambda: book.put_below(made.posts[KASI], there.posts[CAMAT]),
            lambda: book.end_post(there.posts[VACANT]),
            lambda: book.add_post(NewPost("Bendahara", Role.PELAKSANA, there.posts[CAMAT])),
        ):
            with pytest.raises(PermissionError):
                forbidden()


# --- moving ---------------------------------------------------------------------------------------------------------


def test_two_change_places_on_one_day_and_their_invitations_open_nothing(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        sari, joko, kasi, clerk = made.people[SARI], made.people[JOKO], made.posts[KASI], made.posts[PELAKSANA]
        code = people.new_invite(connection, made.id, kasi, NOW, NOW + timedelta(days=9))
        book = desk_of(connection, made, DEWI).staff
        leaves = [Leave(tenure(book, sari, kasi).id, LAST), Leave(tenure(book, joko, clerk).id, LAST)]
        book.move([*leaves, Enter(clerk, sari, FIRST), Enter(kasi, joko, FIRST)])
        definitif = Capacity.DEFINITIF
        assert on(connection, made, SARI, LAST) == [(KASI, definitif)]
        assert on(connection, made, JOKO, LAST) == [(PELAKSANA, definitif)]
        assert on(connection, made, SARI, FIRST) == [(PELAKSANA, definitif)]
        assert on(connection, made, JOKO, FIRST) == [(KASI, definitif)]
        assert people.open_invite(connection, code, NOW) is None
        audit = table(Audit)
        rows = connection.execute(select(audit.c.action, audit.c.person_id).where(audit.c.subject == f"post {kasi}"))
        assert rows.all() == [("post left", made.people[DEWI]), ("post entered", made.people[DEWI])]


def test_a_change_that_lies_ahead_is_put_off_and_called_off_as_a_whole(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        sari, joko, kasi, clerk = made.people[SARI], made.people[JOKO], made.posts[KASI], made.posts[PELAKSANA]
        book = desk_of(connection, made, DEWI).staff
        before = book.tenures
        leaves = [Leave(tenure(book, sari, kasi).id, LAST), Leave(tenure(book, joko, clerk).id, LAST)]
        book.move([*leaves, Enter(made.posts[VACANT], sari, FIRST), Enter(kasi, joko, FIRST)])
        later = date(2022, 4, 8)
        book.put_off(leaves[0].tenure_id, later)
        assert on(connection, made, SARI, later) == [(KASI, Capacity.DEFINITIF)]
        assert on(connection, made, JOKO, later + timedelta(days=1)) == [(KASI, Capacity.DEFINITIF)]
        book.call_off(leaves[1].tenure_id)
        assert book.tenures == before


def test_who_comes_ends_the_plt_and_who_goes_the_plh(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        sari, joko, agus = made.people[SARI], made.people[JOKO], made.people[AGUS]
        kasi, vacant = made.posts[KASI], made.posts[VACANT]
        book = desk_of(connection, made, DEWI).staff
        book.move([Enter(vacant, sari, TODAY, Capacity.PLT, acting_until(TODAY, PLT_MONTHS))])
        book.move([Enter(vacant, NewPerson("Rina Kartika", "Bu"), FIRST)])
        assert tenure(book, sari, vacant).ends == LAST
        book.move([Enter(kasi, joko, TODAY, Capacity.PLH, date(2022, 4, 30))])
        assert on(connection, made, JOKO, FIRST)[0] == (KASI, Capacity.PLH)
        book.move([Leave(tenure(book, sari, kasi).id, LAST)])
        assert tenure(book, joko, kasi).ends == LAST
        assert refusal(book, [Enter(kasi, agus, FIRST, Capacity.PLH, date(2022, 4, 9))]) is Refusal.VACANT
        assert [person.name for person in people.people(connection, made.id)][-1] == "Rina Kartika"


def test_a_plt_goes_on_for_six_months_at_most(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        book = desk_of(connection, made, DEWI).staff
        (card,) = book.move([Enter(made.posts[VACANT], made.people[SARI], FIRST, Capacity.PLT, date(2022, 6, 30))])
        book.extend(card.id, date(2022, 9, 30))
        assert tenure(book, made.people[SARI], made.posts[VACANT]).ends == date(2022, 9, 30)
        with pytest.raises(AppointmentRefused, match="too long"):
            book.extend(card.id, date(2022, 10, 1))


def test_a_refused_change_leaves_nothing_behind(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        book = desk_of(connection, made, DEWI).staff
        before, cards = book.tenures, people.people(connection, made.id)
        assert refusal(book, [Enter(made.posts[KASI], NewPerson("Rina Kartika"), FIRST)]) is Refusal.HELD
        own = tenure(book, made.people[DEWI], made.posts[KASUBBAG])
        assert refusal(book, [Leave(own.id, TODAY)]) is Refusal.WITHOUT_ADMIN
        assert (book.tenures, people.people(connection, made.id)) == (before, cards)


# --- posts ----------------------------------------------------------------------------------------------------------


def test_a_renamed_post_keeps_what_was_chosen_for_it_and_is_known_by_its_old_name(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        desk = desk_of(connection, made, DEWI)
        desk.settings.choose(
            OfficeRules(digest_posts=(KASI,), verification=VerificationRule((KASI,))), desk.office.zone
        )
        desk_of(connection, made, SARI).submit([NewReport(made.indicators[BUKU], MARCH, Decimal(1))])
        desk.staff.rename(made.posts[KASI], "Kasi Tata Pemerintahan")
        with pytest.raises(AppointmentRefused, match="title taken"):
            desk.staff.rename(made.posts[KASI], VACANT.lower())
        seen = desk_of(connection, made, SARI)
        assert seen.held_posts[0].post.former_titles == (KASI,)
        assert (seen.office.rules.digest_posts, seen.office.rules.verification.verifiers) == (
            ("Kasi Tata Pemerintahan",), ("Kasi Tata Pemerintahan",),
        )  # fmt: skip
        apply_plan(connection, replace(PLAN, document="Perubahan"), NOW)
        again = desk_of(connection, made, SARI)
        assert [held.post.title for held in again.held_posts] == ["Kasi Tata Pemerintahan"]
        assert [duty.values for duty in again.duties if duty.code == BUKU] == [{MARCH: Decimal(1)}]
        assert len(again.posts) == len(PLAN.posts)


def test_a_workbook_renames_a_post_and_ends_a_tenure(engine: Engine) -> None:
    renamed = PostRow("Kasi Trantib", Role.KASI, CAMAT, former_titles=(VACANT,), unit="Kelurahan Bulak")
    posts = tuple(renamed if post.title == VACANT else post for post in PLAN.posts)
    left = replace(PLAN.people[3], until=LAST)
    came = PersonRow("Rina Kartika", KASI, since=FIRST)
    with writing(engine) as connection:
        made = make_office(connection)
        apply_plan(connection, replace(PLAN, posts=posts, people=(*PLAN.people[:3], left, came, PLAN.people[4])), NOW)
        post = next(post for post in desk_of(connection, made).posts if post.id == made.posts[VACANT])
        assert (post.title, post.former_titles, post.unit) == ("Kasi Trantib", (VACANT,), "Kelurahan Bulak")
        names = [people.holder_of(connection, made.posts[KASI], day) for day in (LAST, FIRST)]
        assert [holder.name if holder else None for holder in names] == [SARI, "Rina Kartika"]


def test_a_workbook_of_before_a_mutasi_does_not_undo_it(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        book = desk_of(connection, made, DEWI).staff
        kasi = made.posts[KASI]
        leave = Leave(tenure(book, made.people[SARI], kasi).id, date(2022, 3, 20))
        book.move([leave, Enter(kasi, NewPerson("Rina Kartika"), date(2022, 3, 21))])
        apply_plan(connection, replace(PLAN, document="Perubahan"), NOW)
        holder = people.holder_of(connection, kasi, TODAY)
        assert holder is not None and holder.name == "Rina Kartika"


def test_a_post_that_ends_hands_its_figures_on(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        desk_of(connection, made, SARI).submit([NewReport(made.indicators[BUKU], MARCH, Decimal(1))])
        book = desk_of(connection, made, DEWI).staff
        with pytest.raises(AppointmentRefused, match="has indicators"):
            book.end_post(made.posts[KASI])
        with pytest.raises(AppointmentRefused, match="no superior"):
            book.end_post(made.posts[CAMAT], made.posts[KASI])
        book.end_post(made.posts[KASI], made.posts[PELAKSANA])
        tomorrow = NOW + timedelta(days=1)
        heir = desk_of(connection, made, JOKO, tomorrow)
        assert [duty.values for duty in heir.duties if duty.code == BUKU] == [{MARCH: Decimal(1)}]
        assert desk_of(connection, made, SARI, tomorrow).held_posts == ()
        with pytest.raises(PermissionError):
            book.move([Enter(made.posts[KASI], made.people[SARI], FIRST)])


def test_the_office_keeps_an_admin_and_its_line(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        book = desk_of(connection, made, DEWI).staff
        planning, clerk = made.posts[KASUBBAG], made.posts[PELAKSANA]
        with pytest.raises(AppointmentRefused, match="without admin"):
            book.make_admin(planning, is_admin=False)
        with pytest.raises(AppointmentRefused, match="circle"):
            book.put_below(planning, clerk)
        book.make_admin(made.posts[KASI], is_admin=True)
        book.make_admin(planning, is_admin=False)
        assert desk_of(connection, made).admins == (made.people[SARI],)


# --- any sequence ---------------------------------------------------------------------------------------------------

NAMES = (SARI, JOKO, AGUS, "Ratna Dewanti")
TITLES = (KASI, PELAKSANA, VACANT, CAMAT)
DAYS = tuple(date(2022, 3, 1) + timedelta(days=number) for number in range(0, 240, 9))
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["leave", "enter", "swap", "extend", "put_off", "call_off"]),
        st.sampled_from(NAMES),
        st.sampled_from(TITLES),
        st.sampled_from(DAYS),
        st.sampled_from(Capacity),
    ),
    min_size=1,
    max_size=8,
)
Step = tuple[str, str, str, date, Capacity]


@pytest.fixture
def sqlite_engine(sqlite_template: Path, tmp_path: Path) -> Engine:
    """One engine is enough here: what is tried is the book's own rules."""
    shutil.copy(sqlite_template, tmp_path / "renaksi.db")
    url = f"sqlite:///{tmp_path / 'renaksi.db'}"
    return engine_for("tests", url).at(url)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=STEPS)
def test_after_any_sequence_posts_have_one_holder_and_access_is_as_the_tenures_say(
    steps: list[Step], sqlite_engine: Engine
) -> None:
    with writing(sqlite_engine) as connection, connection.begin_nested() as nothing_stays:
        made = make_office(connection)
        desk_of(connection, made, SARI).submit([NewReport(made.indicators[BUKU], MARCH, Decimal(1))])
        for step in steps:
            take(step, desk_of(connection, made, DEWI), made)
        cards = desk_of(connection, made).staff.tenures
        for day in DAYS:
            definitif = [card.post_id for card in cards if card.covers(day) and card.capacity is Capacity.DEFINITIF]
            assert len(definitif) == len(set(definitif)), day
            for name in NAMES:
                theirs = {card.post_id for card in cards if card.covers(day) and card.person_id == made.people[name]}
                assert {made.posts[title] for title, _as in on(connection, made, name, day)} == theirs, (name, day)
        assert_no_figure_is_lost(connection, made)
        nothing_stays.rollback()


def take(step: Step, desk: Desk, made: MadeOffice) -> None:
    """One step as an admin would take it; what cannot be is refused and changes nothing."""
    kind, name, title, day, capacity = step
    book, person, post = desk.staff, made.people[name], made.posts[title]
    own = [card for card in book.tenures if card.person_id == person]
    ends = None if capacity is Capacity.DEFINITIF else day + timedelta(days=60)
    try:
        match kind:
            case "enter":
                book.move([Enter(post, person, day, capacity, ends)])
            case "leave" if own:
                book.move([Leave(own[-1].id, day)])
            case "swap" if own:
                there = [card for card in book.tenures if card.post_id == post and card.covers(day)]
                gone = [
                    Leave(card.id, day) for card in {own[-1].id: own[-1], **{one.id: one for one in there}}.values()
                ]
                book.move([*gone, Enter(post, person, day + timedelta(days=1))])
            case "extend" if own:
                book.extend(own[-1].id, day)
            case "put_off" if own:
                book.put_off(own[-1].id, day)
            case "call_off" if own:
                book.call_off(own[-1].id)
            case _:
                return
    except (AppointmentRefused, PermissionError):
        return


def assert_no_figure_is_lost(connection: Connection, made: MadeOffice) -> None:
    report = table(Report)
    rows = connection.execute(select(report.c.value, report.c.person_id, report.c.post_id, report.c.capacity)).all()
    assert rows == [(Decimal(1), made.people[SARI], made.posts[KASI], "definitif")]
    duty = next(duty for duty in desk_of(connection, made).office_duties if duty.code == BUKU)
    assert duty.values == {MARCH: Decimal(1)}
