"""Whose conversation it is: joining by one channel, by a second one, and with somebody else's address."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import Connection, Engine, func, select
from sqlalchemy.exc import IntegrityError

from storage import conversations, inbox, outbox
from storage.conversations import Address, AfterTurn
from storage.engine import writing
from storage.inbox import NewMessage
from storage.outbox import NewSending
from storage.tables import Account, Conversation, table
from tests.offices import NOW, MadeOffice, make_office
from tests.together import together

SARI, JOKO = "Sari Andini", "Joko Santosa"
MINUTE = timedelta(minutes=1)


def arrive(connection: Connection, channel: str, address: str, key: str, minutes: int = 0) -> int:
    """Somebody writes; the conversation in which it waits."""
    message = NewMessage(channel, address, key, key, said={"body": key})
    inbox.store(connection, [message], NOW + minutes * MINUTE)
    account = table(Account)
    return connection.execute(
        select(account.c.conversation_id).where(account.c.channel == channel, account.c.address == address)
    ).scalar_one()


def join(connection: Connection, made: MadeOffice, conversation: int, channel: str, address: str, name: str) -> int:
    person = made.people[name]
    return conversations.give_to_person(connection, conversation, channel, address, made.id, person, NOW)


def waiting(connection: Connection, conversation: int) -> str | None:
    oldest = inbox.oldest_open(connection, conversation)
    return None if oldest is None else oldest.said["body"]


def test_a_first_address_keeps_its_conversation(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        own = arrive(connection, "telegram", "1001", "kode")
        conversations.save_wrong_codes(connection, own, 3, NOW + MINUTE)
        assert join(connection, made, own, "telegram", "1001", SARI) == own
        stored = conversations.get(connection, own)
    assert (stored.person_id, stored.office_id) == (made.people[SARI], made.id)
    assert (stored.wrong_codes, stored.locked_until) == (0, None)


def test_a_second_channel_joins_the_first_conversation_with_all_that_waits(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        first = arrive(connection, "telegram", "1001", "a1")
        join(connection, made, first, "telegram", "1001", SARI)
        conversations.save_all(connection, [AfterTurn(first, "report", "value", {"trail": [1]})])
        second = arrive(connection, "whatsapp", "+6281200000004", "b1")
        written = outbox.enqueue(
            connection,
            NewSending(None, second, None, "whatsapp", "+6281200000004", "answer", "r1", {"x": 1}, NOW, NOW),
        )
        assert second != first and written is not None
        assert join(connection, made, second, "whatsapp", "+6281200000004", SARI) == first
        assert waiting(connection, second) is None
        oldest = inbox.oldest_open(connection, first)
        assert oldest is not None and oldest.said == {"body": "a1"}
        inbox.finish(connection, [oldest.id], NOW)
        assert waiting(connection, first) == "b1"
        assert outbox.claim_due(connection, "answer", "p", NOW, 1)[0].conversation_id == first
        assert conversations.get(connection, first).state == {"trail": [1]}
        assert arrive(connection, "whatsapp", "+6281200000004", "b2") == first


def test_an_address_that_was_somebody_elses_leaves_their_conversation(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        of_sari = arrive(connection, "telegram", "1001", "a1")
        join(connection, made, of_sari, "telegram", "1001", SARI)
        arrive(connection, "whatsapp", "2002", "b1")
        join(connection, made, of_sari, "whatsapp", "2002", SARI)
        arrive(connection, "telegram", "1001", "a2")
        of_joko = join(connection, made, of_sari, "telegram", "1001", JOKO)
        assert of_joko != of_sari
        assert conversations.get(connection, of_sari).person_id == made.people[SARI]
        assert conversations.get(connection, of_joko).person_id == made.people[JOKO]
        assert waiting(connection, of_joko) == "a1"
        assert arrive(connection, "telegram", "1001", "a3") == of_joko
        assert arrive(connection, "whatsapp", "2002", "b2") == of_sari


def test_a_person_who_joins_by_two_channels_at_once_has_one_conversation(
    database_url: str, open_url: Callable[[str], Engine]
) -> None:
    engines = [open_url(database_url), open_url(database_url)]
    with writing(engines[0]) as connection:
        made = make_office(connection)
        addresses = [("telegram", "1001"), ("whatsapp", "2002")]
        own = [arrive(connection, channel, address, channel) for channel, address in addresses]

    def join_one(number: int) -> int:
        for _try in range(2):  # the slower of the two is told by the unique key, and its turn is taken again
            try:
                with writing(engines[number]) as connection:
                    return join(connection, made, own[number], *addresses[number], SARI)
            except IntegrityError:
                continue
        raise AssertionError("joined by neither try")

    targets = together([lambda: join_one(0), lambda: join_one(1)])
    assert len(set(targets)) == 1
    with writing(engines[0]) as connection:
        owned = select(func.count()).where(table(Conversation).c.person_id == made.people[SARI])
        assert connection.execute(owned).scalar_one() == 1


def test_a_person_is_reached_where_they_wrote_last_and_can_be_reached(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        sari = made.people[SARI]
        assert conversations.address_of_person(connection, sari) is None
        own = arrive(connection, "telegram", "1001", "a1")
        join(connection, made, own, "telegram", "1001", SARI)
        join(connection, made, arrive(connection, "whatsapp", "2002", "b1", minutes=5), "whatsapp", "2002", SARI)
        assert conversations.address_of_person(connection, sari) == Address("whatsapp", "2002", own)
        conversations.mark_unreachable(connection, "whatsapp", "2002")
        assert conversations.address_of_person(connection, sari) == Address("telegram", "1001", own)
        conversations.move_address(connection, "telegram", "1001", "-1001")
        assert conversations.address_of_person(connection, sari) == Address("telegram", "-1001", own)
        arrive(connection, "whatsapp", "2002", "b2", minutes=6)
        assert conversations.address_of_person(connection, sari) == Address("whatsapp", "2002", own)


def test_what_is_asked_is_kept_in_full_and_mirrored_for_counting(engine: Engine) -> None:
    conversation = table(Conversation)
    state = {"trail": [["value", {"at": 2, "name": "Buku — “wajib”"}]], "question": 35}
    with writing(engine) as connection:
        own = conversations.new_conversation(connection)
        assert conversations.get(connection, own).state is None
        conversations.save_all(connection, [AfterTurn(own, "report", "value", state)])
        assert conversations.get(connection, own).state == state
        row = connection.execute(select(conversation.c.dialogue, conversation.c.step)).one()
    assert tuple(row) == ("report", "value")


def test_wrong_codes_and_the_wait_are_kept(engine: Engine) -> None:
    with writing(engine) as connection:
        own = conversations.new_conversation(connection)
        conversations.save_wrong_codes(connection, own, 4, NOW)
        stored = conversations.get(connection, own)
    assert (stored.wrong_codes, stored.locked_until) == (4, NOW)


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)  # SQLite has one writer at a time
def test_a_turn_keeps_other_processes_from_the_same_conversation(
    database_url: str, open_url: Callable[[str], Engine]
) -> None:
    engine, other = open_url(database_url), open_url(database_url)
    with writing(engine) as connection:
        own, free = (arrive(connection, "telegram", address, address) for address in ("1001", "1002"))
    with writing(engine) as turn, writing(other) as second:
        assert [one.id for one in inbox.waiting_conversations(turn, 1)] == [own]
        assert [one.id for one in inbox.waiting_conversations(second, 2)] == [free]
