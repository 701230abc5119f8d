"""What a transaction has read is read again only when it has written there."""

from collections import Counter

import pytest
from sqlalchemy import Engine, insert, update

from storage import touches
from storage.engine import Connection, reading, savepoint, writing
from storage.tables import Conversation, Outbox, table
from tests.offices import make_office

_conversation, _outbox = table(Conversation), table(Outbox)
_READ = frozenset({_conversation.name})
_NEW = {"dialogue": "", "step": "", "wrong_codes": 0}


class Reader:
    """Reads one thing and counts how often."""

    def __init__(self) -> None:
        self.times = Counter[str]()

    def read(self, connection: Connection, key: str = "a") -> int:
        return touches.kept(connection, key, _READ, lambda: self._read(key))

    def _read(self, key: str) -> int:
        self.times[key] += 1
        return self.times[key]


def test_it_is_read_once_for_each_key_until_its_table_is_written_to(engine: Engine) -> None:
    reader = Reader()
    with writing(engine) as connection:
        assert [reader.read(connection), reader.read(connection), reader.read(connection, "b")] == [1, 1, 1]
        connection.execute(update(_outbox).values(error=""))
        assert reader.read(connection) == 1
        connection.execute(insert(_conversation), [_NEW, _NEW])
        assert [reader.read(connection), reader.read(connection)] == [2, 2]


def test_nothing_is_kept_beyond_a_transaction_nor_outside_of_one(engine: Engine) -> None:
    reader = Reader()
    for time in (1, 2):
        with writing(engine) as connection:
            assert reader.read(connection) == time
    with reading(engine) as connection:
        assert [reader.read(connection), reader.read(connection)] == [3, 4]


@pytest.mark.parametrize("ours", [True, False])
def test_what_was_read_within_a_savepoint_that_is_rolled_back_is_not_kept(engine: Engine, ours: bool) -> None:
    reader = Reader()
    with writing(engine) as connection:
        with pytest.raises(ZeroDivisionError), savepoint(connection) if ours else connection.begin_nested():
            connection.execute(insert(_conversation), _NEW)
            assert reader.read(connection) == 1
            raise ZeroDivisionError
        assert reader.read(connection) == 2


def test_it_is_known_whether_a_table_was_written_to_since(engine: Engine) -> None:
    with writing(engine) as connection:
        make_office(connection)
        before = touches.number(connection)
        assert not touches.since(connection, before, _READ)
        connection.execute(insert(_conversation), _NEW)
        assert touches.since(connection, before, _READ)
        assert not touches.since(connection, before, {_outbox.name})
        assert not touches.since(connection, touches.number(connection), _READ)
