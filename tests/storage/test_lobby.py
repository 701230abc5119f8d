"""A stranger: learns nothing without a code, must wait after five wrong ones, joins with a right one."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Connection, Engine, func, select

from storage import conversations, inbox, people
from storage.engine import writing
from storage.inbox import NewMessage
from storage.lobby import WAIT, WRONG_CODES, InviteGone, Lobby
from storage.tables import Person, table
from tests.offices import KASI, NO_HOLIDAYS, NOW, VACANT, MadeOffice, make_office


def lobby(connection: Connection, address: str = "1001") -> Lobby:
    """An address from which somebody unknown has just written."""
    inbox.store(connection, [NewMessage("telegram", address, f"u{address}", "m1", said={})], NOW)
    conversation = conversations.lock(connection, inbox.waiting_conversations(connection, 9)[-1])
    return Lobby(connection, conversation, "telegram", address, NOW, NO_HOLIDAYS)


def code_for(connection: Connection, made: MadeOffice, post: str) -> str:
    return people.new_invite(connection, made.id, made.posts[post], NOW, NOW + timedelta(days=7))


def test_the_holder_of_a_post_joins_by_its_invitation(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        guest = lobby(connection)
        invite = guest.invite(code_for(connection, made, KASI))
        assert invite is not None
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
        assert invite is not None
        assert guest.holder(invite) is None
        desk = guest.join(invite, "Putu Wirawan")
        assert desk is not None and desk.person.name == "Putu Wirawan"


def test_an_invitation_that_is_gone_enters_nobody(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        code = code_for(connection, made, VACANT)
        slow, quick = lobby(connection, "1001"), lobby(connection, "1002")
        seen = slow.invite(code)
        assert seen is not None
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
            guest = replace(guest, conversation=conversations.lock(connection, guest.conversation.id))
        assert guest.locked
        assert replace(guest, now=NOW + WAIT - timedelta(seconds=1)).locked
        later = replace(guest, now=NOW + WAIT)
        assert not later.locked
        assert later.invite(code_for(connection, made, KASI)) is not None
