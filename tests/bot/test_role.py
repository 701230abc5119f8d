"""A role: played by one process at a time, taken over when its holder dies, given back when it ends."""

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import timedelta

import pytest
from sqlalchemy import Engine, event

from bot.role import Role
from bot.writer import Writer
from storage import leases
from storage.engine import reading
from storage.tables import Lease, table
from tests.bot.edge import PATIENCE, Clock, until

LEASE = timedelta(milliseconds=30)
"""So short that renewals come quickly; whether it has lapsed is for the clock that stands still."""


class Player:
    """One process that plays the role whenever it may."""

    def __init__(self, engine: Engine, clock: Clock) -> None:
        self.writer = Writer(engine)
        self.playing = False
        self.turns = 0
        role = Role(self.writer, "poll", clock, LEASE)
        self.task = asyncio.create_task(role.play(self._work))

    async def _work(self) -> None:
        self.playing = True
        self.turns += 1
        try:
            await asyncio.Event().wait()
        finally:
            self.playing = False

    async def end(self) -> None:
        self.task.cancel()
        await asyncio.gather(self.task, return_exceptions=True)
        await asyncio.to_thread(self.writer.close)


@pytest.fixture
async def player(engine: Engine) -> AsyncIterator[Callable[[Clock], Player]]:
    started: list[Player] = []

    def start(clock: Clock) -> Player:
        started.append(Player(engine, clock))
        return started[-1]

    yield start
    for one in started:
        await one.end()


async def renewed(engine: Engine) -> None:
    """Wait until every process has looked at the lease again."""
    for _look in range(5):
        await asyncio.sleep(LEASE.total_seconds() / 3)
        with reading(engine) as connection:
            connection.execute(table(Lease).select()).all()


async def test_one_of_two_processes_plays_the_role(engine: Engine, player: Callable[[Clock], Player]) -> None:
    clock = Clock()
    first = player(clock)
    await until(lambda: first.playing)
    second = player(clock)
    await renewed(engine)
    assert (first.playing, second.playing) == (True, False)
    assert first.turns == 1


async def test_a_process_that_ends_gives_the_role_to_another_at_once(
    engine: Engine, player: Callable[[Clock], Player]
) -> None:
    clock = Clock()
    first = player(clock)
    await until(lambda: first.playing)
    second = player(clock)
    await first.end()
    assert not first.playing
    await until(lambda: second.playing)


async def test_a_process_that_lost_the_role_stops_and_takes_it_up_again(
    engine: Engine, player: Callable[[Clock], Player]
) -> None:
    clock = Clock()
    first = player(clock)
    await until(lambda: first.playing)

    def seize(connection: object) -> bool:
        return leases.take(connection, "poll", "another", clock() + 2 * LEASE, LEASE)  # pyright: ignore[reportArgumentType]

    assert await first.writer.do(seize)
    await until(lambda: not first.playing)
    clock.pass_by(4 * LEASE)
    await until(lambda: first.playing)
    assert first.turns == 2


async def test_a_process_that_cannot_learn_who_plays_gives_the_role_up_and_takes_it_again(
    engine: Engine, player: Callable[[Clock], Player]
) -> None:
    first = player(Clock())
    await until(lambda: first.playing)
    away = [True]

    def fail(_connection: object) -> None:
        if away:
            raise LookupError("whatever a driver may raise")

    event.listen(engine, "begin", fail)
    await until(lambda: not first.playing)
    away.clear()
    await until(lambda: first.playing)


async def test_work_that_breaks_ends_whoever_plays_the_role(engine: Engine) -> None:
    writer = Writer(engine)

    async def broken() -> None:
        raise LookupError("a bug")

    with pytest.raises(LookupError):
        async with asyncio.timeout(PATIENCE):
            await Role(writer, "poll", Clock(), LEASE).play(broken)
    await asyncio.to_thread(writer.close)
