"""The thread that writes: commits in groups, each piece of work all or nothing."""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable

import pytest
from sqlalchemy import Connection, Engine, event, func, select, update
from sqlalchemy.exc import OperationalError

from bot.writer import TRIES, Writer, WriterClosed
from storage.conversations import new_conversation
from storage.engine import reading
from storage.tables import Conversation, table
from tests.conftest import PostgresServer
from tests.cut_off import cut_off

_conversation = table(Conversation)


class _Deadlock(Exception):
    sqlstate = "40P01"


def lost_to_another() -> OperationalError:
    """What the driver raises when the database ends a transaction for another one's sake."""
    return OperationalError("UPDATE", {}, _Deadlock())


def rows(engine: Engine) -> int:
    with reading(engine) as connection:
        return connection.execute(select(func.count()).select_from(_conversation)).scalar_one()


@pytest.fixture
async def writer(engine: Engine) -> AsyncIterator[Writer]:
    opened = Writer(engine)
    yield opened
    opened.close()


class Gate:
    """Keeps the writer busy until it is opened, so that what comes meanwhile forms a group."""

    def __init__(self, writer: Writer) -> None:
        self._entered, self._open = threading.Event(), threading.Event()
        self._task = asyncio.ensure_future(writer.do(self._wait))

    async def closed(self) -> None:
        await asyncio.to_thread(self._entered.wait, 20)

    async def open(self) -> None:
        self._open.set()
        await self._task

    def _wait(self, _connection: Connection) -> None:
        self._entered.set()
        self._open.wait(20)


async def in_one_group(writer: Writer, *pieces: Callable[[Connection], object]) -> list[object]:
    """Run pieces that wait for the writer together; exceptions are returned."""
    gate = Gate(writer)
    await gate.closed()
    waiting = [asyncio.ensure_future(writer.do(piece)) for piece in pieces]
    await asyncio.sleep(0)
    await gate.open()
    return list(await asyncio.gather(*waiting, return_exceptions=True))


async def test_work_is_committed_before_it_returns(engine: Engine, writer: Writer) -> None:
    made = await writer.do(new_conversation)
    with reading(engine) as connection:
        assert connection.execute(select(_conversation.c.id)).scalars().all() == [made]


async def test_what_waits_is_committed_together(engine: Engine, writer: Writer) -> None:
    commits: list[Connection] = []
    event.listen(engine, "commit", commits.append)
    await in_one_group(writer, *[new_conversation] * 5)
    assert len(commits) == 2
    assert rows(engine) == 5


async def test_a_piece_that_fails_is_rolled_back_alone(engine: Engine, writer: Writer) -> None:
    def fail(connection: Connection) -> None:
        new_conversation(connection)
        raise LookupError("of its own")

    results = await in_one_group(writer, new_conversation, fail, new_conversation)
    assert isinstance(results[1], LookupError)
    assert [type(result) for result in results] == [int, LookupError, int]
    assert rows(engine) == 2


async def test_a_conflict_with_another_process_makes_the_group_run_again_one_by_one(
    engine: Engine, writer: Writer
) -> None:
    runs: list[str] = []
    commits: list[Connection] = []
    event.listen(engine, "commit", commits.append)

    def loses_once(connection: Connection) -> int:
        runs.append("loser")
        if runs.count("loser") == 1:
            raise lost_to_another()
        return new_conversation(connection)

    def neighbour(connection: Connection) -> int:
        runs.append("neighbour")
        return new_conversation(connection)

    results = await in_one_group(writer, neighbour, loses_once)
    assert runs == ["neighbour", "loser", "neighbour", "loser"]
    assert [type(result) for result in results] == [int, int]
    assert len(commits) == 3
    assert rows(engine) == 2


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)  # a file is not cut off
@pytest.mark.parametrize("neighbours", [0, 2])
async def test_work_whose_connection_is_lost_runs_again(engine: Engine, writer: Writer, neighbours: int) -> None:
    runs: list[int] = []

    def loses_once(connection: Connection) -> int:
        runs.append(new_conversation(connection))
        if len(runs) == 1:
            cut_off(engine, connection)
        return new_conversation(connection)

    results = await in_one_group(writer, loses_once, *[new_conversation] * neighbours)
    assert [type(result) for result in results] == [int] * (1 + neighbours)
    assert len(runs) == 2
    assert rows(engine) == 2 + neighbours


async def test_a_conflict_that_never_ends_is_told_to_who_asked(engine: Engine, writer: Writer) -> None:
    runs: list[int] = []

    def loses(connection: Connection) -> None:
        runs.append(new_conversation(connection))
        raise lost_to_another()

    with pytest.raises(OperationalError):
        await writer.do(loses)
    assert len(runs) == TRIES
    assert rows(engine) == 0


async def test_two_processes_that_lock_rows_in_opposite_order_both_get_through(
    postgres: PostgresServer, postgres_template: str, open_url: Callable[[str], Engine]
) -> None:
    url = postgres.url(postgres.make(postgres_template))
    writers = [Writer(open_url(url)), Writer(open_url(url))]
    first, second = [await writers[0].do(new_conversation) for _ in range(2)]
    both = threading.Barrier(2)

    def touch(*ids: int) -> Callable[[Connection], None]:
        runs: list[int] = []

        def run(connection: Connection) -> None:
            runs.append(1)
            for position, key in enumerate(ids):
                if position and len(runs) == 1:
                    both.wait(20)
                mine = _conversation.c.id == key
                connection.execute(
                    update(_conversation).where(mine).values(wrong_codes=_conversation.c.wrong_codes + 1)
                )

        return run

    await asyncio.gather(writers[0].do(touch(first, second)), writers[1].do(touch(second, first)))
    for writer in writers:
        writer.close()
    with reading(open_url(url)) as connection:
        assert connection.execute(select(_conversation.c.wrong_codes)).scalars().all() == [2, 2]


async def test_who_stops_waiting_withdraws_what_has_not_begun_and_the_writer_goes_on(
    engine: Engine, writer: Writer
) -> None:
    gate = Gate(writer)
    await gate.closed()
    waiting = asyncio.ensure_future(writer.do(new_conversation))
    await asyncio.sleep(0)
    waiting.cancel()
    await asyncio.gather(waiting, return_exceptions=True)  # until then the loop has not told the writer
    await gate.open()
    await writer.do(new_conversation)
    assert waiting.cancelled()
    assert rows(engine) == 1


async def test_who_stops_waiting_does_not_undo_what_has_begun(engine: Engine, writer: Writer) -> None:
    entered, leave = threading.Event(), threading.Event()

    def slow(connection: Connection) -> None:
        new_conversation(connection)
        entered.set()
        leave.wait(20)

    waiting = asyncio.ensure_future(writer.do(slow))
    await asyncio.to_thread(entered.wait, 20)
    waiting.cancel()
    await asyncio.gather(waiting, return_exceptions=True)
    leave.set()
    await writer.do(lambda _connection: None)
    assert rows(engine) == 1


async def test_closing_finishes_what_was_given_and_takes_nothing_more(engine: Engine) -> None:
    writer = Writer(engine)
    gate = Gate(writer)
    await gate.closed()
    given = [asyncio.ensure_future(writer.do(new_conversation)) for _ in range(3)]
    await asyncio.sleep(0)
    closing = asyncio.create_task(asyncio.to_thread(writer.close))
    await gate.open()
    await closing
    await asyncio.gather(*given)
    assert rows(engine) == 3
    with pytest.raises(WriterClosed):
        await writer.do(new_conversation)
    writer.close()
