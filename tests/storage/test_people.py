"""Posts, those who hold them, and the one-time invitations by which they join."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy import Connection, Engine, select

from domain.plan import Capacity, Role
from storage import conversations, inbox, people
from storage.engine import reading, writing
from storage.inbox import NewMessage
from storage.invite_codes import ALPHABET, CODE_LENGTH
from storage.rows import add
from storage.tables import Invite, Tenure, table
from tests.offices import CAMAT, KASI, KASUBBAG, NOW, VACANT, MadeOffice, desk_of, make_office
from tests.together import together

SARI, JOKO, AGUS = "Sari Andini", "Joko Santosa", "Agus Prasetya"
TODAY = date(2022, 3, 29)
EXPIRES = NOW + timedelta(days=7)
SECOND = timedelta(seconds=1)


def invite(connection: Connection, made: MadeOffice, post: str = KASI) -> str:
    return people.new_invite(connection, made.id, made.posts[post], NOW, EXPIRES)


def sit(
    connection: Connection, made: MadeOffice, name: str, post: str, capacity: Capacity, starts: date, ends: date | None
) -> None:
    tenure = {
        "post_id": made.posts[post],
        "person_id": made.people[name],
        "capacity": capacity,
        "starts": starts,
        "ends": ends,
    }
    add(connection, table(Tenure), tenure)


def test_a_code_is_easy_to_type_and_kept_nowhere(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        codes = {invite(connection, made) for _ in range(20)}
        kept = str(connection.execute(select(table(Invite))).all())
    assert len(codes) == 20
    assert all(len(code) == CODE_LENGTH and set(code) <= set(ALPHABET) for code in codes)
    assert not any(code in kept for code in codes)


def test_an_invitation_names_its_post_and_office(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        found = people.open_invite(connection, invite(connection, made), NOW)
    assert found is not None
    assert (found.office_id, found.office) == (made.id, "Sukamaju")
    assert (found.post.id, found.post.title, found.post.role) == (made.posts[KASI], KASI, Role.KASI)


@pytest.mark.parametrize(
    "typed",
    [
        lambda code: code.lower(),
        lambda code: f"  {code[:5]} {code[5:]}\n",
        lambda code: f"{code[:3]}-{code[3:7].lower()}-{code[7:]}.",
    ],
)
def test_case_spaces_and_hyphens_do_not_matter(engine: Engine, typed: Callable[[str], str]) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        assert people.open_invite(connection, typed(invite(connection, made)), NOW) is not None


@pytest.mark.parametrize("wrong", ["", "-", "AAAAAAAAAA", "' OR 1=1 --", "✅"])
def test_a_wrong_code_opens_nothing(engine: Engine, wrong: str) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        assert people.open_invite(connection, wrong, NOW) is None
        assert people.open_invite(connection, invite(connection, made)[:-1], NOW) is None


def test_an_invitation_lasts_until_it_expires(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        code = invite(connection, made)
        found = people.open_invite(connection, code, EXPIRES - SECOND)
        assert found is not None
        assert people.open_invite(connection, code, EXPIRES) is None
        assert not people.use_invite(connection, found.id, made.people[SARI], EXPIRES)
        assert people.use_invite(connection, found.id, made.people[SARI], EXPIRES - SECOND)


def test_an_invitation_is_used_once(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        code = invite(connection, made)
        found = people.open_invite(connection, code, NOW)
        assert found is not None
        assert people.use_invite(connection, found.id, made.people[SARI], NOW)
        assert people.open_invite(connection, code, NOW) is None
        assert not people.use_invite(connection, found.id, made.people[JOKO], NOW)
        row = connection.execute(select(table(Invite))).one()
    assert (row.used_by, row.used_at) == (made.people[SARI], NOW)


def test_a_withdrawn_invitation_opens_nothing(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        lost, of_other = invite(connection, made), invite(connection, made, CAMAT)
        found = people.open_invite(connection, lost, NOW)
        assert found is not None
        people.revoke_invites(connection, made.posts[KASI], NOW)
        assert people.open_invite(connection, lost, NOW) is None
        assert not people.use_invite(connection, found.id, made.people[SARI], NOW)
        assert people.open_invite(connection, of_other, NOW) is not None


def test_of_two_connections_that_use_an_invitation_at_once_one_wins(
    database_url: str, open_url: Callable[[str], Engine]
) -> None:
    engines = [open_url(database_url), open_url(database_url)]
    with writing(engines[0]) as connection:
        made = make_office(connection)
        found = people.open_invite(connection, invite(connection, made), NOW)
    assert found is not None

    def use(engine: Engine, name: str) -> bool:
        with writing(engine) as connection:
            return people.use_invite(connection, found.id, made.people[name], NOW)

    won = together([lambda: use(engines[0], SARI), lambda: use(engines[1], JOKO)])
    assert sorted(won) == [False, True]
    with reading(engines[0]) as connection:
        winner = connection.execute(select(table(Invite).c.used_by)).scalar_one()
    assert winner == made.people[SARI if won[0] else JOKO]


def test_posts_stand_in_the_order_of_the_workbook(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        cards = people.posts(connection, made.id)
    assert [card.title for card in cards][:4] == [CAMAT, "Sekretaris Kecamatan", KASUBBAG, KASI]
    assert [card.title for card in cards if card.is_admin] == [KASUBBAG]
    assert {card.title: card.superior_id for card in cards}[KASI] == made.posts[CAMAT]


def test_a_tenure_counts_on_its_first_and_its_last_day(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        first, last = date(2022, 3, 1), date(2022, 3, 31)
        sit(connection, made, JOKO, VACANT, Capacity.PLT, first, last)

        def held(day: date) -> list[tuple[str, Capacity]]:
            posts = people.held_posts(connection, made.people[JOKO], day)
            return [(one.post.title, one.capacity) for one in posts if one.post.title == VACANT]

        day = timedelta(days=1)
        assert [held(first - day), held(last + day)] == [[], []]
        assert held(first) == held(last) == [(VACANT, Capacity.PLT)]


def test_one_person_may_hold_two_posts(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        sit(connection, made, SARI, VACANT, Capacity.PLT, TODAY, None)
        held = people.held_posts(connection, made.people[SARI], TODAY)
    assert [(one.post.title, one.capacity) for one in held] == [
        (KASI, Capacity.DEFINITIF),
        (VACANT, Capacity.PLT),
    ]


@pytest.mark.parametrize("capacity", [Capacity.PLT, Capacity.PLH])
def test_a_stand_in_acts_for_the_post_while_it_lasts(engine: Engine, capacity: Capacity) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        sit(connection, made, AGUS, KASI, capacity, TODAY, TODAY)
        kasi = made.posts[KASI]
        for day, acting in ((TODAY, AGUS), (TODAY + timedelta(days=1), SARI)):
            then = NOW + timedelta(days=(day - TODAY).days)
            assert desk_of(connection, made, now=then).holders[kasi] == made.people[acting]
            holder = people.holder_of(connection, kasi, day)
            assert holder is not None
            assert holder.name == acting


def test_a_vacant_post_has_no_holder_until_somebody_joins_it(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        vacant = made.posts[VACANT]
        assert vacant not in desk_of(connection, made).holders
        assert people.holder_of(connection, vacant, TODAY) is None
        card = people.new_holder(connection, made.id, vacant, "Putu Wirawan", TODAY)
        assert people.holder_of(connection, vacant, TODAY) == card
        assert desk_of(connection, made).holders[vacant] == card.id
        assert people.person(connection, made.id, card.id).name == "Putu Wirawan"


def test_who_has_joined_is_who_can_be_written_to(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        inbox.store(connection, [NewMessage("telegram", "1001", "u1", "m1", said={})], NOW)
        own = inbox.waiting_conversations(connection, 1)[0].id
        conversations.give_to_person(connection, own, "telegram", "1001", made.id, made.people[SARI], NOW)
        everybody = {card.name: card.joined for card in people.people(connection, made.id)}
        assert [name for name, joined in everybody.items() if joined] == [SARI]
        assert people.person(connection, made.id, made.people[SARI]).joined
        conversations.mark_unreachable(connection, "telegram", "1001")
        assert not people.person(connection, made.id, made.people[SARI]).joined


def write_from(connection: Connection, made: MadeOffice, name: str, channel: str) -> None:
    """A person joins from one more channel, and has just written there."""
    inbox.store(connection, [NewMessage(channel, name, f"{channel} {name}", name, said={})], NOW)
    conversation = inbox.waiting_conversations(connection, 99)[-1].id
    conversations.give_to_person(connection, conversation, channel, name, made.id, made.people[name], NOW)


def test_who_blocked_every_channel_is_out_of_reach_until_they_write_again(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        other = make_office(connection, name="Sukarukun")
        for name, channel in ((SARI, "telegram"), (JOKO, "telegram"), (JOKO, "simulator")):
            write_from(connection, made, name, channel)
            conversations.mark_unreachable(connection, channel, name)
        assert people.out_of_reach(connection, made.id) == {made.people[SARI]: NOW, made.people[JOKO]: NOW}
        assert people.out_of_reach(connection, other.id) == {}
        inbox.store(connection, [NewMessage("simulator", JOKO, "again", JOKO, said={})], NOW + SECOND)
        assert people.out_of_reach(connection, made.id) == {made.people[SARI]: NOW}
