"""Meta fails in every way that it has, posts again what it posted, and a program dies meanwhile: nothing is lost."""

import random
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from storage import inbox, outbox
from storage.engine import reading
from storage.tables import Inbox, Outbox
from tests.bot.telegram.bot_api_server import BotApiServer
from tests.bot.whatsapp.graph_server import Failure, GraphServer
from tests.bot.whatsapp.world import World
from tests.faults.conftest import FAULTS
from tests.faults.town import until
from tests.kill.processes import Nursery

AT_ONCE = (Failure.SERVER_ERROR, Failure.BAD_GATEWAY, Failure.DROP)
BUSY, OVERLOADED = 130429, 131016
"""Codes with which Meta refuses for the moment, the first with and without a pause that it names."""
PEOPLE, EACH = 4, 5
"""Who writes, and how many messages each sends without waiting."""
AHEAD = 700.0
"""Seconds later on the machine's clock that the program is started again, when everything may be tried again."""


@pytest.fixture
async def world(sqlite_template: Path, tmp_path: Path) -> AsyncIterator[World]:
    """One office on WhatsApp alone."""
    (tmp_path / "renaksi.db").write_bytes(sqlite_template.read_bytes())
    async with Nursery() as nursery, GraphServer() as graph, BotApiServer() as telegram:
        world = World(nursery, graph, telegram, f"sqlite:///{tmp_path / 'renaksi.db'}", tmp_path)
        yield world
        await world.stop()


def is_at_rest(world: World) -> bool:
    """Whether everything is answered and sent."""
    with reading(world.engine) as connection:
        return inbox.open_count(connection) == 0 and outbox.due_count(connection) == 0


async def test_whatever_meta_answers_every_message_is_answered_once_and_in_order(
    world: World, seed: int, record_property: Callable[[str, object], None]
) -> None:
    choose = random.Random(seed)
    people = [world.graph.person(f"Tamu {number}") for number in range(PEOPLE)]
    first = await world.start()
    for failure in choose.sample(AT_ONCE, PEOPLE - 2):  # one refusal for the first message of each
        world.graph.fail(failure, path="messages")
    world.graph.refuse(BUSY, retry_after=1)
    world.graph.refuse(OVERLOADED)
    for number in range(EACH):
        for person in people:
            person.types(f"halo {number}")
    await world.graph.delivered()
    bodies = [post.body for post in world.graph.posts if post.status == 200]
    for body in choose.sample(bodies, len(bodies)):  # again, and out of order
        assert await world.graph.post(body) == 200
    await until(lambda: len(world.graph.calls) >= PEOPLE, "a refusal for everybody", world.log)
    await first.stop()
    await world.start(ahead=AHEAD)
    await until(lambda: is_at_rest(world), "rest", world.log)
    rows, replies = world.rows(Inbox), {row.dedup_key: row for row in world.rows(Outbox)}
    assert {row.state for row in rows} == {"done"}
    assert {row.state for row in replies.values()} == {"sent"}
    assert len(rows) == len(replies) == PEOPLE * EACH
    for person in people:
        said = [row for row in rows if row.address == person.address]
        assert [row.said["body"] for row in said] == [f"halo {number}" for number in range(EACH)]
        sent = [replies[f"reply:{row.id}"].provider_id for row in said]
        assert [shown.id for shown in person.messages] == sent
    record_property(FAULTS, f"by seed {seed}: {len(rows)} messages, {len(world.graph.calls)} calls, none lost or twice")
