"""Kill -9 while messages move from a closed window to the person's Telegram: each arrives there, and nowhere twice but
for the one window between the provider's answer and our record."""

import random
from pathlib import Path

import pytest
from sqlalchemy import Connection, select

from handlers.messages import Say
from storage import conversations, inbox, outbox
from storage.engine import writing
from storage.inbox import NewMessage
from storage.outbox import NOTICE, NewSending
from storage.tables import Account, Outbox, table
from tests.bot.edge import until
from tests.bot.telegram.bot_api_server import BotApiServer
from tests.bot.whatsapp.graph_server import GraphServer
from tests.bot.whatsapp.world import MORNING, World
from tests.kill.processes import Nursery

WORDS = ("satu", "dua", "tiga")
TELEGRAM, WHATSAPP = ("telegram", "1001"), ("whatsapp", "6281200000004")
AFTER_LEASES = 120.0
"""Seconds after which what the dead program held is free again."""
KINDS = (
    "after send",
    *(
        pytest.param(kind, marks=pytest.mark.sampled)
        for kind in ("before UPDATE", "after UPDATE", "before COMMIT", "after COMMIT", "before send")
    ),
)
FIRST_POINTS = {"before send": 3, "after send": 3}
MOST_POINTS = 8
"""Points of each kind that three messages pass in any case."""


def join_on_both(connection: Connection, world: World) -> None:
    """Bu Sari wrote on both channels on the morning of that day in 2022: her window has been closed for long."""
    person = world.made.people["Sari Andini"]
    account = table(Account)
    for channel, address in (TELEGRAM, WHATSAPP):
        message = NewMessage(channel, address, f"before {channel}", "1", {"kind": "text", "body": "halo"})
        inbox.store(connection, [message], MORNING)
        wanted = select(account.c.conversation_id).where(account.c.channel == channel, account.c.address == address)
        conversation = connection.execute(wanted).scalar_one()
        conversations.give_to_person(connection, conversation, channel, address, world.made.id, person, MORNING)
    conversation = connection.execute(wanted).scalar_one()
    for _halo in range(2):
        row = inbox.oldest_open(connection, conversation)
        assert row is not None
        inbox.finish(connection, [row.id], MORNING)
    for words in WORDS:
        plain = Say(text=words).model_dump(mode="json")
        sending = NewSending(world.made.id, conversation, person, *WHATSAPP, NOTICE, words, plain, MORNING, MORNING)
        outbox.enqueue(connection, sending)


@pytest.mark.parametrize("kind", KINDS)
async def test_what_moves_survives_a_kill_anywhere(sqlite_template: Path, tmp_path: Path, kind: str) -> None:
    (tmp_path / "renaksi.db").write_bytes(sqlite_template.read_bytes())
    fatal = (kind, random.randint(1, FIRST_POINTS.get(kind, MOST_POINTS)))  # pytest-randomly names the seed
    async with Nursery() as nursery, GraphServer() as graph, BotApiServer() as telegram:
        world = World(nursery, graph, telegram, f"sqlite:///{tmp_path / 'renaksi.db'}", tmp_path)
        sari = telegram.person("Sari", 1001)
        sari.is_known = True
        with writing(world.engine) as connection:
            join_on_both(connection, world)
        killed = await world.start(fatal=fatal, telegram_token=telegram.token, telegram_api_url=telegram.url)
        assert await killed.ended == -9, fatal
        await world.start(ahead=AFTER_LEASES, telegram_token=telegram.token, telegram_api_url=telegram.url)
        await until(lambda: [row.state for row in world.rows(Outbox)] == ["sent"] * len(WORDS))
        assert {(row.channel, row.address) for row in world.rows(Outbox)} == {TELEGRAM}
        heard = [message.text for message in sari.messages]
        assert list(dict.fromkeys(heard)) == list(WORDS)
        assert len(heard) - len(WORDS) <= 1
        assert all(not person.messages for person in graph.people.values())
        await world.stop()
