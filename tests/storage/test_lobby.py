"""A stranger: learns nothing without a code, must wait after five wrong ones, joins with a right one."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import Connection, Engine, func, select

from storage import conversations, inbox, people
from storage.engine import writing
from storage.inbox import NewMessage
from storage.lobby import BY_NUMBER, WAIT, WRONG_CODES, InviteGone, Lobby
from storage.people import Closed, OpenInvite
from storage.staff import Enter, Leave
from storage.tables import Audit, Person, Tenure, table
from tests.offices import KASI, KASUBBAG, NO_HOLIDAYS, NOW, VACANT, MadeOffice, desk_of, make_office

SARIS = "+6281200000004"
"""Sari Andini's number."""
OVER = date(2022, 1, 31)


def lobby(connection: Connection, address: str = "1001") -> Lobby:
    """An address from which somebody unknown has just written."""
    inbox.store(connection, [NewMessage("telegram", address, f"u{address}", "m1", said={})], NOW)
    conversation = conversations.get(connection, inbox.waiting_conversations(connection, 9)[-1].id)
    return Lobby(connection, conversation, "telegram", address, NOW, NO_HOLIDAYS)


def code_for(connection: Connection, made: MadeOffice, post: str) -> str:
    return people.new_invite(connection, made.id, made.posts[post], NOW, NOW + timedelta(days=7))


def test_the_holder_of_a_post_joins_by_its_invitation(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        guest = lobby(connection)
        invite = guest.invite(code_for(connection, made, KASI))
        assert isinstance(invite, OpenInvite)
        holder = guest.holder(invite)
        assert holder is not None and holder.name == "Sari Andini"
        desk = guest.join(invite, "Tamu")
        assert desk is not None
        assert (desk.person.name, desk.person.joined) == ("Sari Andini", True)
        assert [held.post.title for held in desk.held_posts] == [KASI]
        assert guest.joined == guest.conversation.id
        assert guest.invite("AAAAA AAAAA") is None


def test_a_vacant_post_is_taken_under_the_name_that_was_given(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        guest = lobby(connection)
        invite = guest.invite(code_for(connection, made, VACANT))
        assert isinstance(invite, OpenInvite)
        assert guest.holder(invite) is None
        desk = guest.join(invite, "Putu Wirawan")
        assert desk is not None and desk.person.name == "Putu Wirawan"


def test_who_is_still_to_come_joins_as_themselves_and_the_holder_beside_them(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        desk = desk_of(connection, made, "Dewi Lestari")
        successor, first = made.people["Agus Prasetya"], desk.today + timedelta(days=3)
        leave = next(card for card in desk.staff.tenures if card.post_id == made.posts[KASI])
        (follows,) = desk.staff.move(
            [Leave(leave.id, first - timedelta(days=1)), Enter(made.posts[KASI], successor, first)]
        )
        book = desk_of(connection, made, "Dewi Lestari").invites
        assert book.coming() == {made.posts[KASI]: (successor, first)}
        theirs, hers = book.make(made.posts[KASI], successor).code, book.make(made.posts[KASI]).code
        for guest, code, name in ((lobby(connection), hers, "Sari Andini"), (lobby(connection, "2"), theirs, "Agus")):
            invite = guest.invite(code)
            assert isinstance(invite, OpenInvite)
            holder = guest.holder(invite)
            assert holder is not None and holder.name.startswith(name)
        assert replace(lobby(connection, "3"), now=NOW + timedelta(days=4)).invite(hers) is Closed.REVOKED
        with pytest.raises(PermissionError):
            book.make(made.posts[KASI], made.people["Joko Santosa"])
        desk_of(connection, made, "Dewi Lestari").staff.call_off(leave.id)
        assert follows.starts == first and lobby(connection, "4").invite(theirs) is Closed.REVOKED


def test_an_invitation_that_is_gone_enters_nobody(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        code = code_for(connection, made, VACANT)
        slow, quick = lobby(connection, "1001"), lobby(connection, "1002")
        seen = slow.invite(code)
        assert isinstance(seen, OpenInvite)
        people.use_invite(connection, seen.id, made.people["Joko Santosa"], NOW)
        with pytest.raises(InviteGone):
            quick.join(seen, "Putu Wirawan")
        assert quick.joined is None
        assert connection.execute(select(func.count()).select_from(table(Person))).scalar_one() == len(made.people)


def test_five_wrong_codes_in_a_row_make_the_address_wait(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        guest = lobby(connection)
        for number in range(WRONG_CODES):
            assert not guest.locked, number
            assert guest.invite("AAAAA AAAAA") is None
            guest = replace(guest, conversation=conversations.get(connection, guest.conversation.id))
        assert guest.locked
        assert replace(guest, now=NOW + WAIT - timedelta(seconds=1)).locked
        later = replace(guest, now=NOW + WAIT)
        assert not later.locked
        assert later.invite(code_for(connection, made, KASI)) is not None


def test_an_invitation_that_can_no_longer_be_used_says_why_and_counts_as_nothing_wrong(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        guest = lobby(connection)
        codes = [code_for(connection, made, post) for post in (KASI, VACANT, KASUBBAG)]
        people.revoke_invites(connection, made.posts[VACANT], NOW)
        spent = guest.invite(codes[2])
        assert isinstance(spent, OpenInvite)
        people.use_invite(connection, spent.id, made.people["Dewi Lestari"], NOW)
        later = replace(guest, now=NOW + timedelta(days=7))
        for _time in range(WRONG_CODES):
            assert [later.invite(code) for code in codes] == [Closed.EXPIRED, Closed.REVOKED, Closed.USED]
        assert not replace(later, conversation=conversations.get(connection, guest.conversation.id)).locked


def test_whose_number_the_office_entered_joins_by_it(engine: Engine) -> None:
    with writing(engine) as connection:
        make_office(connection)
        guest = lobby(connection)
        found = guest.shown(SARIS)
        assert found is not None and found.post.title == KASI
        desk = guest.join_listed(found.person_id, people.hash_of(SARIS))
        assert (desk.person.name, desk.person.joined) == ("Sari Andini", True)
        record = select(table(Audit).c.action, table(Audit).c.reason).order_by(table(Audit).c.id.desc()).limit(1)
        assert tuple(connection.execute(record).one()) == ("joined", BY_NUMBER)
        other = lobby(connection, "1002")  # a second account of that number on the same channel
        assert other.shown(SARIS) is None
        with pytest.raises(InviteGone):
            other.join_listed(found.person_id, people.hash_of(SARIS))


@pytest.mark.parametrize("why", ["two have it", "nobody", "no post", "not their own"])
def test_a_number_that_names_nobody_is_counted_like_a_wrong_code(why: str, engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        person, tenure = table(Person), table(Tenure)
        if why == "two have it":
            make_office(connection, name="Kecamatan Sebelah")
        elif why == "nobody":
            connection.execute(person.update().values(phone=""))
        elif why == "no post":
            connection.execute(
                tenure.update().where(tenure.c.person_id == made.people["Sari Andini"]).values(ends=OVER)
            )
        guest = lobby(connection)
        for number in range(WRONG_CODES):
            assert not guest.locked, number
            assert guest.shown(None if why == "not their own" else "" if why == "nobody" else SARIS) is None
            guest = replace(guest, conversation=conversations.get(connection, guest.conversation.id))
        assert guest.locked


def test_a_number_that_was_changed_meanwhile_opens_nothing(engine: Engine) -> None:
    with writing(engine) as connection:
        make_office(connection)
        guest = lobby(connection)
        found = guest.shown(SARIS)
        assert found is not None
        connection.execute(table(Person).update().where(table(Person).c.phone == SARIS).values(phone="+6281200000099"))
        with pytest.raises(InviteGone):
            guest.join_listed(found.person_id, people.hash_of(SARIS))
        assert guest.joined is None


def test_a_channel_of_numbers_knows_who_writes(engine: Engine) -> None:
    with writing(engine) as connection:
        guest = lobby(connection, SARIS.removeprefix("+"))
        assert guest.own_phone == ""
        assert replace(guest, channel="whatsapp").own_phone == SARIS
        assert replace(guest, channel="whatsapp", address="ID.12000000000000001").own_phone == ""
