"""Hearing other processes: also after the connection was lost, and not for longer than one is told to."""

import asyncio
from contextlib import suppress

from sqlalchemy import Engine, text

from bot.ear import Ear
from storage import calls
from storage.engine import writing
from tests.bot.edge import until

LISTENING = "FROM pg_stat_activity WHERE query LIKE 'LISTEN%' AND datname = current_database()"
"""Whoever listens on this database."""


class Listener:
    """A process that notes what it was woken for."""

    def __init__(self, engine: Engine, *parts: str) -> None:
        self.woken: list[str] = []
        ear = Ear(engine, {part: lambda part=part: self.woken.append(part) for part in parts})
        self._task = asyncio.create_task(ear.listen())

    async def end(self) -> None:
        self._task.cancel()
        with suppress(asyncio.CancelledError):
            await self._task


def call(engine: Engine, part: str) -> None:
    with writing(engine) as connection:
        connection.execute(text("DELETE FROM lease"))
        connection.execute(text("INSERT INTO door (channel, name) VALUES (:name, '')"), {"name": str(id(connection))})
        calls.call(connection, part)


async def test_a_process_is_woken_for_its_own_parts(engine: Engine) -> None:
    listener = Listener(engine, calls.DELIVERY)
    await until(lambda: listener.woken == [calls.DELIVERY])  # it may have missed something before
    await asyncio.to_thread(call, engine, calls.DELIVERY)
    await until(lambda: listener.woken == [calls.DELIVERY] * 2)
    await listener.end()


async def test_whoever_was_cut_off_listens_again_and_looks_what_it_missed(engine: Engine) -> None:
    listener = Listener(engine, calls.TURNS)
    await until(lambda: listener.woken == [calls.TURNS])
    heard = 1
    if engine.dialect.name == "postgresql":  # a file is not cut off
        with writing(engine) as connection:
            connection.execute(text(f"SELECT pg_terminate_backend(pid) {LISTENING}"))
        heard = 2
        await until(lambda: len(listener.woken) == heard)
    await asyncio.to_thread(call, engine, calls.TURNS)
    await until(lambda: len(listener.woken) == heard + 1)
    await listener.end()


async def test_listening_ends_with_the_process_and_leaves_no_connection(engine: Engine) -> None:
    listener = Listener(engine, calls.TURNS)
    await until(lambda: listener.woken != [])
    await listener.end()
    if engine.dialect.name == "postgresql":
        with writing(engine) as connection:
            await until(lambda: connection.execute(text(f"SELECT count(*) {LISTENING}")).scalar_one() == 0)
