"""Kill -9 while WhatsApp posts: nothing that was said is lost, and nothing is answered twice but for the one window."""

import random
from pathlib import Path

import pytest

from storage.tables import Inbox, Outbox
from tests.bot.edge import until
from tests.bot.telegram.bot_api_server import BotApiServer
from tests.bot.whatsapp.graph_server import GraphServer
from tests.bot.whatsapp.world import World
from tests.kill.processes import Nursery

SAID = 3
AFTER_LEASES = 120.0
"""Seconds after which what the dead program held is free again."""
KINDS = (
    "after COMMIT",
    *(
        pytest.param(kind, marks=pytest.mark.sampled)
        for kind in ("before INSERT", "after INSERT", "before COMMIT", "before UPDATE", "after UPDATE")
    ),
)
FIRST_POINTS = 6
"""Points of each kind that three messages pass in any case."""


@pytest.mark.parametrize("kind", KINDS)
async def test_what_was_posted_survives_a_kill_anywhere(sqlite_template: Path, tmp_path: Path, kind: str) -> None:
    (tmp_path / "renaksi.db").write_bytes(sqlite_template.read_bytes())
    fatal = (kind, random.randint(1, FIRST_POINTS))  # pytest-randomly names the seed
    async with Nursery() as nursery, GraphServer() as graph, BotApiServer() as telegram:
        world = World(nursery, graph, telegram, f"sqlite:///{tmp_path / 'renaksi.db'}", tmp_path)
        tamu = graph.person("Tamu")
        for number in range(SAID):
            tamu.types(f"halo {number}")
        killed = await world.start(fatal=fatal)
        assert await killed.ended == -9, fatal
        await world.start(ahead=AFTER_LEASES)
        await graph.delivered()
        await until(lambda: [row.state for row in world.rows(Outbox)] == ["sent"] * SAID)
        assert [row.said["body"] for row in world.rows(Inbox)] == [f"halo {number}" for number in range(SAID)]
        assert {row.state for row in world.rows(Inbox)} == {"done"}
        recorded = {row.provider_id for row in world.rows(Outbox)}
        assert recorded <= {shown.id for shown in tamu.messages}
        assert len(tamu.messages) - SAID <= 1
        await world.stop()
