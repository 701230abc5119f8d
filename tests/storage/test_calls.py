"""Calling other processes: with the commit, once, and only for parts that this one does not play."""

import threading
from collections.abc import Iterator
from itertools import islice

import pytest
from sqlalchemy import Engine, insert

from storage import calls
from storage.calls import CALLED, DELIVERY, TURNS, playing
from storage.engine import writing
from storage.tables import Door, table
from tests.statements import noted

Calls = Iterator[frozenset[str]]


@pytest.fixture
def heard(engine: Engine) -> Iterator[Calls]:
    """What another process hears from now on."""
    stopped = threading.Event()
    listening = calls.heard(engine, stopped)
    assert next(listening) == CALLED
    yield listening
    stopped.set()
    assert list(listening) == []


@pytest.fixture
def statements(engine: Engine) -> Iterator[list[str]]:
    with noted(engine) as told:
        yield told


def commit(engine: Engine, *parts: str) -> None:
    """Something is written, for these parts."""
    with writing(engine) as connection:
        connection.execute(insert(table(Door)), {"channel": f"c{id(parts)}{parts}", "name": "x"})
        for part in parts:
            calls.call(connection, part)


def notices(statements: list[str]) -> int:
    return sum("pg_notify" in one for one in statements)


def test_a_commit_calls_the_parts_for_which_it_wrote(engine: Engine, heard: Calls) -> None:
    commit(engine, TURNS)
    found = next(heard)
    assert found == (CALLED if engine.dialect.name == "sqlite" else {TURNS})


def test_all_that_a_transaction_wrote_is_one_call(engine: Engine, heard: Calls, statements: list[str]) -> None:
    commit(engine, DELIVERY, TURNS, DELIVERY)
    assert next(heard) == CALLED
    assert notices(statements) == (engine.dialect.name == "postgresql")


@pytest.mark.parametrize("parts", [(TURNS,), ()], ids=["its own", "none"])
def test_who_plays_a_part_calls_nobody_for_it(engine: Engine, statements: list[str], parts: tuple[str, ...]) -> None:
    commit(playing(engine, frozenset({TURNS})), *parts)
    assert notices(statements) == 0


def test_what_is_rolled_back_calls_nobody(engine: Engine, heard: Calls, statements: list[str]) -> None:
    with pytest.raises(LookupError), writing(engine) as connection:
        calls.call(connection, DELIVERY)
        raise LookupError
    commit(engine)
    assert notices(statements) == 0
    commit(engine, TURNS)
    assert TURNS in next(heard)


def test_calls_that_come_together_are_all_heard(engine: Engine, heard: Calls) -> None:
    if engine.dialect.name == "sqlite":  # there every look hears all
        commit(engine, TURNS)
        assert next(heard) == CALLED
        return
    commit(engine, TURNS)
    commit(engine, DELIVERY)
    assert list(islice(heard, 2)) == [{TURNS}, {DELIVERY}]
