"""What stands last on a person's screen: the newest first, of their own messages alone, read ahead or not."""

from sqlalchemy import Connection, Engine

from storage import inbox, outbox, screens
from storage.conversations import new_conversation
from storage.engine import writing
from storage.inbox import NewMessage
from storage.outbox import NewSending
from tests.offices import NOW
from tests.statements import noted, noted_with_values

SARI, JOKO = "1001", "1002"


class Talk:
    """What is said to one person by the number of a message; `asks` is the message that is being answered."""

    def __init__(self, connection: Connection, address: str) -> None:
        self._connection = connection
        self._address = address
        message = NewMessage("telegram", address, f"u{address}", "m1", said={"kind": "text", "body": "halo"})
        inbox.store(connection, [message], NOW)
        (conversation,) = (
            one.id for one in inbox.waiting_conversations(connection, 9) if self._wrote(connection, one.id)
        )
        self._conversation = conversation
        waiting = inbox.oldest_open(connection, conversation)
        assert waiting is not None
        self.asks = waiting.id

    def _wrote(self, connection: Connection, conversation_id: int) -> bool:
        waiting = inbox.oldest_open(connection, conversation_id)
        return waiting is not None and waiting.address == self._address

    def say(self, number: int, *, state: str = "due") -> None:
        key = f"{self._address} {number}"
        sending = NewSending(
            None, self._conversation, None, "telegram", self._address, "answer", key, {"said": number}, NOW, NOW
        )
        written = outbox.enqueue(self._connection, sending)
        assert written is not None
        if state != "due":
            outbox.settle(self._connection, written, state, NOW)


def seen(connection: Connection, talk: Talk) -> list[int]:
    return [message["said"] for message in screens.on_screen(connection, talk.asks)]


def test_the_newest_that_went_or_is_about_to_go_are_seen(engine: Engine) -> None:
    with writing(engine) as connection:
        sari = Talk(connection, SARI)
        assert seen(connection, sari) == []
        for number, state in enumerate(("sent", "sent", "sent", "failed", "due")):
            sari.say(number, state=state)
        assert seen(connection, sari) == [4, 2, 1]


def test_nobody_sees_what_was_said_to_others_nor_of_a_message_that_is_not_there(engine: Engine) -> None:
    with writing(engine) as connection:
        sari, joko = Talk(connection, SARI), Talk(connection, JOKO)
        joko.say(1)
        assert (seen(connection, sari), seen(connection, joko)) == ([], [1])
        assert screens.on_screen(connection, joko.asks + 1000) == []


def test_what_is_read_ahead_is_asked_once_and_again_when_something_was_said(engine: Engine) -> None:
    with writing(engine) as connection:
        sari, joko = Talk(connection, SARI), Talk(connection, JOKO)
        for number in range(5):
            sari.say(number)
        joko.say(7)
        with noted(connection) as statements:
            screens.read_ahead(connection, [sari.asks, joko.asks])
            assert (seen(connection, sari), seen(connection, joko)) == ([4, 3, 2], [7])
        assert len(statements) == 1
        joko.say(8)
        assert (seen(connection, sari), seen(connection, joko)) == ([4, 3, 2], [8, 7])


def test_whose_message_was_not_read_ahead_is_asked_alone(engine: Engine) -> None:
    with writing(engine) as connection:
        sari, joko = Talk(connection, SARI), Talk(connection, JOKO)
        joko.say(1)
        screens.read_ahead(connection, [sari.asks])
        assert seen(connection, joko) == [1]


def test_the_newest_are_found_by_their_conversation_however_much_was_said_to_others(engine: Engine) -> None:
    with writing(engine) as connection:
        sari = Talk(connection, SARI)
        others = [new_conversation(connection) for _other in range(150)]
        for key, conversation in enumerate(others * 3):
            told = NewSending(None, conversation, None, "telegram", "a", "answer", str(key), {"said": 1}, NOW, NOW)
            outbox.enqueue(connection, told)
        if engine.dialect.name == "postgresql":
            connection.exec_driver_sql("ANALYZE outbox")
            connection.exec_driver_sql("SET LOCAL enable_seqscan = off")  # so few are quickly read as a whole
        with noted_with_values(connection) as asked:
            assert seen(connection, sari) == []
        ((sql, parameters),) = asked
        explain = "EXPLAIN QUERY PLAN" if engine.dialect.name == "sqlite" else "EXPLAIN"
        steps = " ".join(str(line) for line in connection.exec_driver_sql(f"{explain} {sql}", parameters))
    assert steps.count("ix_outbox_conversation") == screens.SEEN
