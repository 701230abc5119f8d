"""The rehearsal: a program that people write to is backed up, lost, restored on an empty place, and goes on."""

import asyncio
import shutil
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select

from bot.backup.archive import Backup
from bot.clock import machine_now
from storage.engine import open_engine, reading, writing
from storage.people import new_invite
from storage.tables import Inbox, table
from tests.bot.run_process import Installation, stop
from tests.bot.telegram.bot_api_server import BotApiServer
from tests.offices import KASI, PLAN, make_office

WRITERS = 5


def an_office(installation: Installation) -> str:
    """Make an office; return the code of an invitation."""
    engine, now = open_engine(f"sqlite:///{installation.folder / 'renaksi.db'}"), machine_now()
    with writing(engine) as connection:
        made = make_office(connection, now)
        code = new_invite(connection, made.id, made.posts[KASI], now, now + timedelta(days=1))
    engine.dispose()
    return code


def received(installation: Installation) -> dict[str, tuple[datetime, str]]:
    """When each message was stored, and what became of it, by its external id."""
    engine, of = open_engine(f"sqlite:///{installation.folder / 'renaksi.db'}"), table(Inbox)
    with reading(engine) as connection:
        found: dict[str, Any] = {
            row.external_id: (row.received_at, row.state) for row in connection.execute(select(of))
        }
    engine.dispose()
    return found


async def test_what_was_acknowledged_before_a_backup_is_there_and_the_chat_goes_on(
    tmp_path: Path, sqlite_template: Path
) -> None:
    first, second = Installation(tmp_path / "first"), Installation(tmp_path / "second")
    for one in (first, second):
        one.folder.mkdir()
    shutil.copy(sqlite_template, first.folder / "renaksi.db")
    file = tmp_path / "cadangan.zip"
    async with BotApiServer(burst=1000) as api:
        try:
            await rehearse(api, first, second, file)
        finally:
            first.end()
            second.end()


async def rehearse(api: BotApiServer, first: Installation, second: Installation, file: Path) -> None:
    for one in (first, second):
        one.talks_to(api)
    code = an_office(first)
    process = await first.run()
    sari, others = api.person("Sari"), [api.person(f"Tamu {number}") for number in range(WRITERS)]
    sari.starts(code)
    await sari.hears()
    await api.answers_tap(sari.taps("Ya, saya"))
    await sari.hears()

    backing_up = asyncio.ensure_future(first.command("backup", str(file)))
    while not backing_up.done():  # people write meanwhile
        for one in others:
            one.types("halo")
            await one.hears()
    written = await backing_up
    assert (written.code, "sudah dibaca ulang" in written.out) == (0, True), written.err
    sari.types("status")
    await sari.hears()
    heard = [len(one.messages) for one in others]
    process.kill()
    await process.communicate()

    put_back = await second.command("restore", str(file))
    assert (put_back.code, PLAN.office in put_back.out) == (0, True), put_back.err
    with Backup(file) as backup:
        at = backup.manifest.made_at
    before, after = received(first), received(second)
    assert {key for key, (stored_at, _state) in before.items() if stored_at < at} <= after.keys()
    assert after.keys() < before.keys(), "what came after it is lost, as it must be"

    process = await second.run()
    sari.types("bantuan")
    assert "lapor:" in (await sari.hears()).text
    await api.delivered()
    await api.polled()
    assert await stop(process) == 0
    assert {state for _at, state in received(second).values()} == {"done"}
    again = sum(len(one.messages) for one in others) - sum(heard)
    waiting = [key for key, (_stored_at, state) in after.items() if state == "ready"]
    assert again <= len(waiting), "only what was not yet answered at that moment is answered again"
