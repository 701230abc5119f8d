"""The parts of the program spread over processes on one database, which call each other and take over from the dead."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr
from sqlalchemy import Engine

from bot.cli import main
from bot.parts import ALL, Part, read_parts
from bot.refused import Refused
from bot.run import NothingToRun, serve
from bot.settings import Settings
from storage.tables import Inbox, Outbox
from tests.bot.edge import until
from tests.bot.telegram.bot_api_server import BotApiServer
from tests.bot.test_run_stories import PUBLIC, SECRET, World, dialogue, free_port
from tests.kill.processes import Nursery
from tests.photos import photo

HOUR = 3600.0
"""Seconds between the looks of a worker: whatever goes on sooner was called."""


@pytest.fixture
async def world(database_url: str, engine: Engine, tmp_path: Path) -> AsyncIterator[World]:
    async with Nursery() as nursery, BotApiServer(burst=1000) as api:
        world = World(nursery, api, engine, database_url, tmp_path)
        yield world
        await world.stop()


async def a_whole_report(world: World) -> None:
    """A sitting with a photo, from the invitation to the end; then everybody has heard everything."""
    sari = await world.join("Sari Andini")
    await dialogue(sari, ("lapor", "1 dari 3"))
    sari.uploads_photo(photo(), caption="buku")
    assert "1 bukti dicatat" in (await sari.hears()).text
    await dialogue(
        sari,
        ("1", "2 dari 3"),
        ("1", "3 dari 3"),
        ("25", "Periksa sebelum dikirim"),
        ("[Kirim 3 laporan]", "terkirim"),
        ("data saya", "Data Anda"),
        ("[Kirim salinan saya]", "Salinan"),
    )
    assert (await sari.hears()).kind == "document"
    await until(lambda: {row.state for row in world.rows(Outbox)} == {"sent"})
    assert {row.state for row in world.rows(Inbox)} == {"done"}


async def test_a_report_goes_through_three_processes_that_only_call_each_other(world: World) -> None:
    for only in ("poll,web", "turns", "delivery,schedule"):
        await world.start(only=only, look_seconds=HOUR)
    await a_whole_report(world)


@pytest.mark.sampled_on_postgresql
async def test_what_a_webhook_takes_is_answered_by_other_processes(world: World) -> None:
    port = free_port()
    world.api.tunnel = f"http://127.0.0.1:{port}/telegram"
    webhook: dict[str, Any] = {
        "telegram_webhook_url": PUBLIC, "telegram_webhook_secret": SECRET, "http_port": port,
    }  # fmt: skip
    for only in ("poll,web", "turns,schedule", "delivery"):
        await world.start(only=only, look_seconds=HOUR, **webhook)
    await a_whole_report(world)
    assert not world.api.called("getUpdates")


@pytest.mark.sampled_on_postgresql
async def test_a_poller_that_is_killed_is_followed_by_another_that_only_waited(world: World) -> None:
    first = await world.start(only="poll", look_seconds=HOUR, lease_seconds=1)
    await world.start(only="turns,delivery,schedule", look_seconds=HOUR)
    tamu = world.api.person("Tamu")
    tamu.types("halo")
    await tamu.hears()
    await world.start(only="poll", look_seconds=HOUR, lease_seconds=1)
    await first.kill()
    tamu.types("halo")
    await tamu.hears()
    await until(lambda: {row.state for row in world.rows(Outbox)} == {"sent"})
    assert len(tamu.messages) == 2


@pytest.mark.sampled_on_postgresql
async def test_what_is_asked_while_nobody_answers_waits_in_the_tables(world: World) -> None:
    await world.start(only="poll", look_seconds=HOUR)
    tamu = world.api.person("Tamu")
    tamu.types("halo")
    await until(lambda: [row.state for row in world.rows(Inbox)] == ["ready"])
    turns = await world.start(only="turns", look_seconds=HOUR)
    await until(lambda: [(row.state, row.holder, row.lease_until) for row in world.rows(Outbox)] == [("due", "", None)])
    assert await turns.stop() == 0
    assert tamu.messages == []
    await world.start(only="delivery", look_seconds=HOUR)
    await tamu.hears()


@pytest.mark.sampled_on_postgresql
async def test_a_reminder_of_one_process_is_sent_by_another(world: World) -> None:
    await world.start(look_seconds=HOUR)
    joko = await world.join("Joko Santosa")
    await world.stop()
    await world.start(only="schedule", look_seconds=HOUR)
    await world.start(only="delivery", look_seconds=HOUR)
    world.set_clock(datetime(2022, 4, 4, 0, 5, tzinfo=UTC))
    assert "batas laporan" in (await joko.hears()).text


def test_the_parts_are_read_from_words_with_commas() -> None:
    assert read_parts([]) == ALL
    assert read_parts(["poll", "web, turns"]) == {Part.POLL, Part.WEB, Part.TURNS}


@pytest.mark.parametrize("words", [["pol"], ["poll,"], [""], ["POLL"], ["poll", "lain"]])
def test_what_is_no_part_is_told_in_one_sentence(words: list[str]) -> None:
    with pytest.raises(Refused, match="poll, web, turns, delivery, schedule"):
        read_parts(words)


def test_a_wrong_part_ends_the_command_with_one_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["run", "--only", "pengiriman"])
    assert ended.value.code == 2
    told = capsys.readouterr().err
    assert told.startswith("--only tidak mengenal 'pengiriman'.")
    assert len(told.splitlines()) == 1


@pytest.mark.parametrize(
    ("only", "webhook", "told"), [(Part.WEB, None, "TELEGRAM_WEBHOOK_URL"), (Part.POLL, PUBLIC, "--only web")]
)
async def test_a_process_without_anything_to_do_does_not_start(only: Part, webhook: str | None, told: str) -> None:
    settings = Settings(telegram_token=SecretStr("1:x"), telegram_webhook_url=webhook, telegram_webhook_secret=SECRET)  # pyright: ignore[reportArgumentType]
    with pytest.raises(NothingToRun, match=told):
        await serve(settings, parts=frozenset({only}))
