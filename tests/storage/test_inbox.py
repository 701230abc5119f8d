"""Messages that came in: stored once, in order, one turn of a conversation at a time."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import Connection, Engine, func, select
from sqlalchemy.exc import NoResultFound

from storage import conversations, inbox
from storage.engine import reading, writing
from storage.inbox import FETCH_LEASE, NewMessage
from storage.tables import Account, Conversation, Inbox, table
from tests.offices import NOW
from tests.together import together

Open = Callable[[str], Engine]
SARI, JOKO = "1001", "1002"
SECOND = timedelta(seconds=1)


def text(number: int, address: str = SARI, channel: str = "telegram") -> NewMessage:
    """A message of words."""
    said = {"kind": "text", "body": str(number)}
    return NewMessage(channel, address, f"u{number}", f"m{number}", said=said, sequence=number)


def photo(number: int, address: str = SARI) -> NewMessage:
    """A message whose file still lies with the provider."""
    return NewMessage("telegram", address, f"u{number}", f"m{number}", media={"file_id": f"f{number}"})


def conversation_of(connection: Connection, address: str = SARI, channel: str = "telegram") -> int:
    account = table(Account)
    return connection.execute(
        select(account.c.conversation_id).where(account.c.channel == channel, account.c.address == address)
    ).scalar_one()


def waiting_ids(connection: Connection, most: int) -> list[int]:
    return [conversation.id for conversation in inbox.waiting_conversations(connection, most)]


def bodies(connection: Connection, conversation_id: int) -> list[str]:
    """The turns of a conversation as they come, each of them taken."""
    taken: list[str] = []
    while (waiting := inbox.oldest_open(connection, conversation_id)) is not None:
        taken.append(waiting.said["body"])
        inbox.finish(connection, [waiting.id], NOW)
    return taken


def test_a_duplicate_is_dropped_silently(engine: Engine) -> None:
    with writing(engine) as connection:
        assert inbox.store(connection, [text(1), text(2), text(1)], NOW) == 2
        assert inbox.store(connection, [text(2), text(3)], NOW) == 1
        assert bodies(connection, conversation_of(connection)) == ["1", "2", "3"]
        assert inbox.store(connection, [text(1)], NOW) == 0  # also after its turn
        assert inbox.open_count(connection) == 0


def test_the_same_id_on_another_channel_is_another_message(engine: Engine) -> None:
    with writing(engine) as connection:
        assert inbox.store(connection, [text(1), text(1, channel="simulator")], NOW) == 2
        assert conversation_of(connection) != conversation_of(connection, channel="simulator")


def test_what_waits_is_told_as_it_was_stored(engine: Engine) -> None:
    with writing(engine) as connection:
        inbox.store(connection, [text(7)], NOW)
        conversation = conversation_of(connection)
    with writing(engine) as connection:
        waiting = inbox.oldest_open(connection, conversation)
    assert waiting is not None
    assert (waiting.channel, waiting.address, waiting.message_id) == ("telegram", SARI, "m7")
    assert (waiting.said, waiting.attempts) == ({"kind": "text", "body": "7"}, 0)


def test_conversations_wait_in_ascending_order_and_the_oldest_messages_come_first(engine: Engine) -> None:
    with writing(engine) as connection:
        inbox.store(connection, [text(n, address=f"a{n}") for n in range(4)], NOW)
        all_four = [conversation_of(connection, f"a{n}") for n in range(4)]
        assert waiting_ids(connection, 10) == sorted(all_four)
        inbox.store(connection, [text(9, address="a0")], NOW)
        bodies_of_first = inbox.oldest_open(connection, all_four[0])
        assert bodies_of_first is not None
        inbox.finish(connection, [bodies_of_first.id], NOW)
        assert waiting_ids(connection, 3) == sorted(all_four[1:])


def test_a_file_that_is_still_being_fetched_holds_back_its_conversation_alone(engine: Engine) -> None:
    with writing(engine) as connection:
        inbox.store(connection, [text(1), photo(2), text(3), text(4, JOKO)], NOW)
        sari, joko = conversation_of(connection), conversation_of(connection, JOKO)
        assert bodies(connection, sari) == ["1"]
        assert waiting_ids(connection, 10) == [joko]
        claimed = inbox.claim_fetch(connection, NOW)
        assert claimed is not None
        assert (claimed.channel, claimed.media, claimed.attempts) == ("telegram", {"file_id": "f2"}, 1)
        assert inbox.oldest_open(connection, sari) is None
        inbox.fetched(connection, claimed.id, {"kind": "photo", "body": "picture"})
        assert waiting_ids(connection, 10) == sorted([sari, joko])
        assert bodies(connection, sari) == ["picture", "3"]


def test_a_file_is_fetched_by_one_worker_until_its_lease_lapses(engine: Engine) -> None:
    with writing(engine) as connection:
        inbox.store(connection, [photo(1), photo(2, JOKO)], NOW)
        first, second = inbox.claim_fetch(connection, NOW), inbox.claim_fetch(connection, NOW)
        assert first and second and first.id != second.id
        assert inbox.claim_fetch(connection, NOW + FETCH_LEASE) is None
        again = inbox.claim_fetch(connection, NOW + FETCH_LEASE + SECOND)
        assert again is not None
        assert (again.id, again.attempts) == (first.id, 2)


def test_a_file_knows_its_place_in_its_album_and_conversation(engine: Engine) -> None:
    def of_album(number: int, album: str, address: str = SARI) -> NewMessage:
        media = {"file_id": f"f{number}", "album": album}
        return NewMessage("telegram", address, f"u{number}", f"m{number}", media=media)

    with writing(engine) as connection:
        sent = [of_album(1, "a"), text(2), photo(3), of_album(4, "b"), of_album(5, "a", JOKO), of_album(6, "a")]
        inbox.store(connection, sent, NOW)
        claimed = [one for _file in range(5) if (one := inbox.claim_fetch(connection, NOW)) and "album" in one.media]
        places = [inbox.place_in_album(connection, one.id, one.media["album"]) for one in claimed]
    assert places == [1, 1, 1, 2]


def test_a_late_worker_does_not_overwrite_what_was_fetched(engine: Engine) -> None:
    with writing(engine) as connection:
        inbox.store(connection, [photo(1)], NOW)
        claimed = inbox.claim_fetch(connection, NOW)
        assert claimed is not None
        inbox.fetched(connection, claimed.id, {"body": "picture"})
        inbox.fetched(connection, claimed.id, {"body": "gone"})
        assert bodies(connection, conversation_of(connection)) == ["picture"]


def test_a_poison_message_is_counted_and_then_set_aside(engine: Engine) -> None:
    with writing(engine) as connection:
        inbox.store(connection, [text(1), text(2)], NOW)
        conversation = conversation_of(connection)
        poison = inbox.oldest_open(connection, conversation)
        assert poison is not None
        inbox.note_failure(connection, poison.id)
        again = inbox.oldest_open(connection, conversation)
        assert again is not None
        assert (again.id, again.attempts) == (poison.id, 1)
        inbox.set_aside(connection, poison.id, NOW)
        assert bodies(connection, conversation) == ["2"]
        states = connection.execute(select(table(Inbox).c.state).order_by(table(Inbox).c.id)).scalars().all()
    assert states == ["poison", "done"]


def test_two_connections_that_meet_a_new_address_at_once_share_its_conversation(
    database_url: str, open_url: Open
) -> None:
    engines = [open_url(database_url), open_url(database_url)]

    def store(engine: Engine, number: int) -> int:
        with writing(engine) as connection:
            return inbox.store(connection, [text(number, address=f"new{number % 5}")], NOW)

    calls = [lambda e=engines[n % 2], n=n: store(e, n) for n in range(10)]
    assert together(calls) == [1] * 10
    with reading(engines[0]) as connection:
        counted = [
            connection.execute(select(func.count()).select_from(table(one))).scalar_one()
            for one in (Account, Conversation)
        ]
        assert counted == [5, 5]
        assert inbox.open_count(connection) == 10


def test_two_connections_that_store_the_same_message_store_it_once(database_url: str, open_url: Open) -> None:
    engines = [open_url(database_url), open_url(database_url)]

    def store(engine: Engine) -> int:
        with writing(engine) as connection:
            return inbox.store(connection, [text(n) for n in range(20)], NOW)

    assert sum(together([lambda e=engine: store(e) for engine in engines])) == 20


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)  # SQLite has one writer at a time
def test_a_message_can_be_stored_while_its_conversation_takes_a_turn(database_url: str, open_url: Open) -> None:
    engine, other = open_url(database_url), open_url(database_url)
    with writing(engine) as connection:
        inbox.store(connection, [text(1)], NOW)
        conversation = conversation_of(connection)
    with writing(engine) as turn:
        conversations.get(turn, conversation)
        with writing(other) as receiver:
            receiver.exec_driver_sql("SET LOCAL lock_timeout = '2s'")
            assert inbox.store(receiver, [text(2)], NOW) == 1
        assert bodies(turn, conversation) == ["1", "2"]


def test_a_message_from_a_blocked_address_says_that_it_can_be_reached_again(engine: Engine) -> None:
    account = table(Account)
    with writing(engine) as connection:
        inbox.store(connection, [text(1)], NOW)
        conversations.mark_unreachable(connection, "telegram", SARI)
        assert not connection.execute(select(account.c.reachable)).scalar_one()
        inbox.store(connection, [text(2)], NOW + SECOND)
        row = connection.execute(select(account.c.reachable, account.c.last_inbound_at)).one()
    assert tuple(row) == (True, NOW + SECOND)


def test_the_programs_own_message_comes_once_and_where_the_person_wrote_last(engine: Engine) -> None:
    with writing(engine) as connection:
        inbox.store(connection, [text(1)], NOW)
        conversation = conversation_of(connection)
        for _twice in range(2):
            inbox.store_internal(connection, conversation, "job:1", {"body": "selesai"}, NOW)
        assert bodies(connection, conversation) == ["1", "selesai"]
        with pytest.raises(NoResultFound):
            inbox.store_internal(connection, conversation + 1, "job:2", {"body": "selesai"}, NOW)


def test_the_highest_sequence_is_that_of_the_channel_and_time(engine: Engine) -> None:
    with writing(engine) as connection:
        assert inbox.last_sequence(connection, "telegram", NOW) is None
        inbox.store(connection, [text(2**40)], NOW - timedelta(days=3))
        inbox.store(connection, [text(5), text(4), text(90, channel="simulator")], NOW)
        assert inbox.last_sequence(connection, "telegram", NOW - timedelta(days=1)) == 5
        assert inbox.last_sequence(connection, "telegram", NOW - timedelta(days=7)) == 2**40
