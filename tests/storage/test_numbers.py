"""A changed number: told once, decided once, and nothing of the person is left at the old one."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import Connection, Engine, select

from storage import conversations, inbox, numbers, people
from storage.conversations import Address, AfterTurn
from storage.engine import reading, writing
from storage.inbox import NewMessage
from storage.lobby import Lobby
from storage.numbers import REPEATED, ChangeDecided, Decision, NumberChangeCard, note_change
from storage.outbox import Letter
from storage.tables import Account, Audit, Outbox, Person, table
from tests.offices import KASI, NO_HOLIDAYS, NOW, MadeOffice, desk_of, make_office
from tests.together import together

SARI, DEWI, JOKO = "Sari Andini", "Dewi Lestari", "Joko Santosa"
OLD, NEW, NEWER = "6281200000001", "6281200000009", "6281200000008"
WHATSAPP = "whatsapp"
HOUR = timedelta(hours=1)


def arrive(connection: Connection, address: str, key: str) -> int:
    """Somebody writes from an address; the conversation in which it waits."""
    inbox.store(connection, [NewMessage(WHATSAPP, address, key, key, said={"body": key})], NOW)
    wanted = select(table(Account).c.conversation_id).where(table(Account).c.address == address)
    return connection.execute(wanted).scalar_one()


def sari_on_whatsapp(connection: Connection) -> MadeOffice:
    made = make_office(connection)
    own = arrive(connection, OLD, "hello")
    conversations.give_to_person(connection, own, WHATSAPP, OLD, made.id, made.people[SARI], NOW)
    inbox.finish(connection, [1], NOW)
    return made


def waiting(connection: Connection, made: MadeOffice) -> tuple[NumberChangeCard, ...]:
    return desk_of(connection, made, DEWI).numbers.open()


def owner(connection: Connection, address: str) -> int | None:
    wanted = select(table(Account).c.person_id).where(table(Account).c.address == address)
    return connection.execute(wanted).scalar_one()


def test_a_told_change_waits_and_changes_nothing_yet(engine: Engine) -> None:
    with writing(engine) as connection:
        made = sari_on_whatsapp(connection)
        assert note_change(connection, WHATSAPP, OLD, NEW, NOW)
        (card,) = waiting(connection, made)
        assert (card.person_id, card.old, card.new) == (made.people[SARI], f"+{OLD}", f"+{NEW}")
        assert card.decision is Decision.OPEN
        assert numbers.waits(connection, WHATSAPP, NEW)
        assert owner(connection, OLD) == made.people[SARI]


def test_it_is_told_once_however_often_the_channel_repeats_it(engine: Engine) -> None:
    with writing(engine) as connection:
        made = sari_on_whatsapp(connection)
        assert [note_change(connection, WHATSAPP, OLD, NEW, NOW) for _ in range(3)] == [True, False, False]
        (card,) = waiting(connection, made)
        desk_of(connection, made, DEWI).numbers.decline(card.id)
        assert not note_change(connection, WHATSAPP, OLD, NEW, NOW + REPEATED)
        assert waiting(connection, made) == ()
        assert note_change(connection, WHATSAPP, OLD, NEW, NOW + REPEATED + timedelta(seconds=1))


@pytest.mark.parametrize(("old", "new"), [("6281200000077", NEW), (OLD, OLD)])
def test_what_is_no_change_of_anybody_known_is_dropped(old: str, new: str, engine: Engine) -> None:
    with writing(engine) as connection:
        made = sari_on_whatsapp(connection)
        arrive(connection, "6281200000077", "stranger")
        assert not note_change(connection, WHATSAPP, old, new, NOW)
        assert waiting(connection, made) == ()


def test_the_last_of_two_changes_holds(engine: Engine) -> None:
    with writing(engine) as connection:
        made = sari_on_whatsapp(connection)
        note_change(connection, WHATSAPP, OLD, NEW, NOW)
        note_change(connection, WHATSAPP, OLD, NEWER, NOW)
        assert [card.address for card in waiting(connection, made)] == [NEWER]
        first = desk_of(connection, made, DEWI).numbers.get(1)
        assert first is not None and first.decision is Decision.SUPERSEDED


@pytest.mark.parametrize("has_written", [True, False])
def test_what_is_agreed_takes_over_and_closes_the_old_one(has_written: bool, engine: Engine) -> None:
    with writing(engine) as connection:
        made = sari_on_whatsapp(connection)
        own = conversations.address_of_person(connection, made.people[SARI])
        assert own is not None
        conversations.save_all(connection, [AfterTurn(own.conversation_id, "report", "value", {"trail": [1]})])
        if has_written:
            arrive(connection, NEW, "from the new one")
        arrive(connection, OLD, "from the old one")
        desk_of(connection, made, DEWI).write(made.people[SARI], Letter("now", NOW, {"x": 1}))
        desk_of(connection, made, DEWI).write(made.people[SARI], Letter("later", NOW, {"x": 2}, opens_at=NOW + HOUR))
        note_change(connection, WHATSAPP, OLD, NEW, NOW)
        desk_of(connection, made, DEWI).numbers.agree(1)

        assert (owner(connection, NEW), owner(connection, OLD)) == (made.people[SARI], None)
        assert conversations.address_of_person(connection, made.people[SARI]) == Address(
            WHATSAPP, NEW, own.conversation_id
        )
        assert conversations.get(connection, own.conversation_id).state == {"trail": [1]}
        oldest = inbox.oldest_open(connection, own.conversation_id)
        assert (None if oldest is None else oldest.said["body"]) == ("from the new one" if has_written else None)
        stranger = conversations.get(connection, arrive(connection, OLD, "again"))
        assert (stranger.person_id, stranger.office_id, stranger.state) == (None, None, None)
        assert inbox.oldest_open(connection, stranger.id) is not None
        phone = connection.execute(
            select(table(Person).c.phone).where(table(Person).c.id == made.people[SARI])
        ).scalar_one()
        assert phone == f"+{NEW}"
        sent_to = connection.execute(select(table(Outbox).c.state, table(Outbox).c.address)).all()
        assert sorted(tuple(row) for row in sent_to) == [("due", NEW), ("waiting", NEW)]
        actions = connection.execute(select(table(Audit).c.action, table(Audit).c.old, table(Audit).c.new)).all()
        assert "number agreed" in [row.action for row in actions]
        assert not [row for row in actions if OLD in str(row) or NEW in str(row)]  # the record is never erased


def test_what_is_declined_leaves_everything(engine: Engine) -> None:
    with writing(engine) as connection:
        made = sari_on_whatsapp(connection)
        arrive(connection, NEW, "hello")
        note_change(connection, WHATSAPP, OLD, NEW, NOW)
        card = desk_of(connection, made, DEWI).numbers.decline(1)
        assert card.address == NEW
        assert not numbers.waits(connection, WHATSAPP, NEW)
        assert (owner(connection, NEW), owner(connection, OLD)) == (None, made.people[SARI])


def test_another_office_sees_and_decides_nothing(engine: Engine) -> None:
    with writing(engine) as connection:
        made = sari_on_whatsapp(connection)
        note_change(connection, WHATSAPP, OLD, NEW, NOW)
        book = desk_of(connection, made, DEWI).numbers
        other = type(book)(connection, made.id + 1, book.actor, NOW, lambda: None)
        assert (other.get(1), other.open()) == (None, ())
        with pytest.raises(PermissionError):
            other.agree(1)


def test_two_who_decide_at_once_decide_once(engine: Engine) -> None:
    with writing(engine) as connection:
        made = sari_on_whatsapp(connection)
        note_change(connection, WHATSAPP, OLD, NEW, NOW)

    def decide(name: str, word: str) -> str:
        with writing(engine) as connection:
            book = desk_of(connection, made, name).numbers
            try:
                return (book.agree if word == "agree" else book.decline)(1).address and word
            except ChangeDecided:
                return "too late"

    calls: list[Callable[[], str]] = [partial(decide, DEWI, "agree"), partial(decide, JOKO, "decline")]
    results = together(calls)
    assert results.count("too late") == 1
    with reading(engine) as connection:
        taken = owner(connection, OLD) is None
    assert taken == ("agree" in results)


def invited(connection: Connection, made: MadeOffice, address: str, *, must_ask: bool) -> Lobby:
    """The post's holder answers a fresh invitation from an address."""
    conversation = conversations.get(connection, arrive(connection, address, f"code {address}"))
    guest = Lobby(connection, conversation, WHATSAPP, address, NOW, NO_HOLIDAYS)
    code = people.new_invite(connection, made.id, made.posts[KASI], NOW, NOW + timedelta(days=7))
    invite = guest.invite(code)
    assert invite is not None
    desk = guest.join(invite, "", lambda _desk: must_ask)
    assert (desk is None) == (guest.joined is None)
    return guest


def test_an_invitation_does_not_bring_a_second_number(engine: Engine) -> None:
    with writing(engine) as connection:
        made = sari_on_whatsapp(connection)
        guest = invited(connection, made, NEW, must_ask=True)
        assert guest.waits
        assert (owner(connection, NEW), owner(connection, OLD)) == (None, made.people[SARI])
        assert [card.address for card in waiting(connection, made)] == [NEW]


def test_where_nobody_can_be_asked_the_invitation_is_the_consent(engine: Engine) -> None:
    with writing(engine) as connection:
        made = sari_on_whatsapp(connection)
        guest = invited(connection, made, NEW, must_ask=False)
        assert guest.joined is not None and not guest.waits
        assert (owner(connection, NEW), owner(connection, OLD)) == (made.people[SARI], None)


def test_another_channel_is_no_other_number(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        own = arrive(connection, "1001", "hello")
        conversations.give_to_person(connection, own, "telegram", "1001", made.id, made.people[SARI], NOW)
        assert invited(connection, made, NEW, must_ask=True).joined == own
