"""Several programs on one PostgreSQL: nobody races himself, and one of them polls."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from sqlalchemy import Engine, event

from handlers.messages import Text
from storage.engine import open_engine
from storage.migrate import upgrade
from storage.tables import Inbox, Outbox, Report
from tests.bot.edge import Edge, until
from tests.bot.telegram.bot_api_server import BotApiServer
from tests.bot.telegram.people import Person
from tests.bot.test_run_stories import MORNING, PUBLIC, SECRET, World, free_port
from tests.conftest import PostgresServer
from tests.kill.processes import Nursery
from tests.offices import BUKU

CYCLES = 49
"""Four messages each, after five that begin: about 200."""
LEASE_SECONDS = 5.0
"""How long the role of a killed program is waited for: one that stands still for as long would lose it alive."""
OPENING = ("lapor", "1", "1", "25", "kirim 3 laporan")
VALUES = [2 - number % 2 for number in range(CYCLES)]
"""What each cycle changes the first indicator to: each differs from the one before."""


def everything_said() -> list[str]:
    """A sitting, and then one change of its first figure after the other."""
    changes = [line for value in VALUES for line in ("lapor", "1", str(value), "kirim 1 laporan")]
    return [*OPENING, *changes]


@pytest.fixture
async def world(postgres: PostgresServer, postgres_template: str, tmp_path: Path) -> AsyncIterator[World]:
    name = postgres.make(postgres_template)
    engine = open_engine(postgres.url(name))
    async with Nursery() as nursery, BotApiServer(burst=1000) as api:
        world = World(nursery, api, engine, postgres.url(name), tmp_path)
        yield world
        await world.stop()
    engine.dispose()
    postgres.drop(name)


async def told_by_one_process(folder: Path) -> list[str]:
    """What a single process answers to all of it."""
    engine = open_engine(f"sqlite:///{folder / 'one.db'}")
    upgrade(engine)
    _write_without_waiting_for_the_disk(engine)
    edge = Edge(engine, folder)
    edge.office_now.now = MORNING
    await edge.join("Sari Andini", "1")
    edge.phones.sent.clear()
    await edge.receive("1", *(Text(body=body) for body in everything_said()))
    await edge.program.settle()
    await edge.program.close()
    engine.dispose()
    return [text.strip() for text in edge.phones.shown("1")]


def _write_without_waiting_for_the_disk(engine: Engine) -> None:
    @event.listens_for(engine, "connect")
    def _connected(raw: Any, _entry: Any) -> None:
        raw.execute("PRAGMA synchronous=OFF").close()


async def post_alternately(person: Person, texts: list[str], urls: list[str]) -> None:
    """Each message to the next process in turn, as soon as the one before is stored."""
    async with aiohttp.ClientSession(headers={"X-Telegram-Bot-Api-Secret-Token": SECRET}) as session:
        for number, text in enumerate(texts):
            message = {
                "message_id": 50_000 + number, "from": person.user, "chat": person.chat, "date": 1, "text": text,
            }  # fmt: skip
            update = {"update_id": 900_000_000 + number, "message": message}
            async with session.post(urls[number % len(urls)], json=update) as response:
                assert response.status == 200


async def test_two_hundred_messages_of_one_person_through_two_processes_stay_in_order(
    world: World, tmp_path: Path
) -> None:
    ports = [free_port(), free_port()]
    urls = [f"http://127.0.0.1:{port}/telegram" for port in ports]
    for port in ports:
        world.api.tunnel = urls[0]
        await world.start(telegram_webhook_url=PUBLIC, telegram_webhook_secret=SECRET, http_port=port)
    sari = await world.join("Sari Andini")
    await until(lambda: len(world.api.called("setWebhook")) == 2)
    before = len(sari.messages)
    said = everything_said()
    await post_alternately(sari, said, urls)
    await until(lambda: len(sari.messages) >= before + len(said))
    await until(lambda: {row.state for row in world.rows(Outbox)} == {"sent"})
    assert {row.state for row in world.rows(Inbox)} == {"done"}
    buku = world.made.indicators[BUKU]
    assert [int(row.value) for row in world.rows(Report) if row.indicator_id == buku] == [1, *VALUES]
    assert [message.text for message in sari.messages[before:]] == await told_by_one_process(tmp_path)


async def test_one_of_two_processes_polls_and_the_other_takes_over_when_it_is_killed(world: World) -> None:
    first = await world.start(lease_seconds=LEASE_SECONDS)
    tamu = world.api.person("Tamu")
    tamu.types("halo")
    await tamu.hears()
    second = await world.start(lease_seconds=LEASE_SECONDS)
    await until(lambda: len(world.api.called("setMyCommands")) == 4)  # in private and in groups
    tamu.types("halo")
    await tamu.hears()
    assert "another program receives" not in world.log()
    await until(lambda: {row.state for row in world.rows(Outbox)} == {"sent"})
    await first.kill()
    tamu.types("halo")
    await tamu.hears()
    await until(lambda: {row.state for row in world.rows(Outbox)} == {"sent"})
    assert len(tamu.messages) == 3
    assert await second.stop() == 0
