"""`renaksi run` as a real process with the real clock, against a Telegram server on this machine."""

import asyncio
import socket
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from storage.engine import open_engine, reading
from storage.tables import Account, Lease, Outbox, table
from tests.bot.run_process import ROOT, Installation, stop
from tests.bot.telegram.bot_api_server import BotApiServer, Failure

PLAN = ROOT / "samples" / "kubutambahan-2022.xlsx"
KASI = "Kasi Pemerintahan"


@pytest.fixture
async def installation(tmp_path: Path) -> AsyncIterator[Installation]:
    installation = Installation(tmp_path)
    yield installation
    installation.end()


def rows(installation: Installation, model: Any) -> list[Any]:
    engine = open_engine(f"sqlite:///{installation.folder / 'renaksi.db'}")
    with reading(engine) as connection:
        found = list(connection.execute(select(table(model))))
    engine.dispose()
    return found


async def test_an_office_is_loaded_invited_served_and_served_again_after_a_restart(
    installation: Installation,
) -> None:
    async with BotApiServer(burst=1000) as api:
        installation.talks_to(api)
        loaded = await installation.command("load", str(PLAN))
        assert (loaded.code, "Kubutambahan 2022" in loaded.out) == (0, True), loaded.err
        invitation = (await installation.invitations())[KASI]
        assert invitation["telegram_link"] == f"https://t.me/{api.username}?start={invitation['code']}"

        process = await installation.run()
        sari, tamu = api.person("Sari"), api.person("Tamu")
        sari.starts(invitation["code"])
        tamu.types("halo")
        assert "hanya untuk pegawai yang diundang" in (await tamu.hears()).text
        assert KASI in (await sari.hears()).text
        await api.answers_tap(sari.taps("Ya, saya"))
        assert (await sari.hears()).text.startswith("Terima kasih, Bu Sari")
        sari.types("x" * 4096)
        assert (await sari.hears()).text
        assert [command["command"] for command in api.commands][:2] == ["lapor", "latihan"]
        assert await stop(process) == 0
        assert rows(installation, Lease) == []
        assert [row for row in rows(installation, Outbox) if row.state != "sent" or row.lease_until] == []

        heard = len(sari.messages)
        sari.types("bantuan")
        tamu.types(invitation["code"])
        api.redeliver()
        process = await installation.run()
        assert "lapor:" in (await sari.hears()).text
        assert "sudah dipakai" in (await tamu.hears()).text
        await api.delivered()
        await api.polled()
        assert await stop(process) == 0
        assert (len(sari.messages), len(tamu.messages)) == (heard + 1, 2)

    log = installation.log.read_text()
    assert '"level": "debug"' in log
    assert api.token not in log
    assert api.token.partition(":")[2] not in log


async def test_no_message_waits_for_a_telegram_that_hangs_and_the_process_still_ends(
    installation: Installation,
) -> None:
    async with BotApiServer() as api:
        installation.talks_to(api)
        process = await installation.run()
        api.fail(Failure.HANG, method="sendMessage")
        tamu = api.person("Tamu")
        tamu.types("halo")
        while not api.called("sendMessage"):
            await asyncio.sleep(0.01)
        assert await stop(process) == 0
        assert [(row.state, row.lease_until, row.holder) for row in rows(installation, Outbox)] == [("due", None, "")]
        process = await installation.run()
        assert "diundang" in (await tamu.hears()).text
        assert await stop(process) == 0


async def test_a_telegram_that_fails_in_every_way_costs_no_message_and_shows_no_token(
    installation: Installation,
) -> None:
    async with BotApiServer() as api:
        installation.talks_to(api)
        for failure in (Failure.INDISCREET, Failure.BAD_GATEWAY):
            api.fail(failure, method="getUpdates")
        api.fail(Failure.INDISCREET, method="setMyCommands")
        process = await installation.run()
        tamu = api.person("Tamu")
        tamu.types("halo")
        assert "diundang" in (await tamu.hears()).text
        assert await stop(process) == 0
    assert api.token.partition(":")[2] not in installation.log.read_text()


async def test_who_blocks_the_bot_is_known_to_be_out_of_reach(installation: Installation) -> None:
    async with BotApiServer() as api:
        installation.talks_to(api)
        process = await installation.run()
        tamu = api.person("Tamu")
        tamu.types("halo")
        await tamu.hears()
        tamu.has_blocked = True
        tamu.types("halo lagi")
        await api.delivered()
        while "failed" not in [row.state for row in rows(installation, Outbox)]:
            await asyncio.sleep(0.02)
        assert [row.reachable for row in rows(installation, Account)] == [False]
        tamu.unblocks()
        tamu.types("sudah")
        await tamu.hears()
        assert [row.reachable for row in rows(installation, Account)] == [True]
        tamu.blocks()
        await api.delivered()
        await api.polled()
        assert [row.reachable for row in rows(installation, Account)] == [False]
        assert await stop(process) == 0


async def test_without_a_token_it_says_which_setting_is_missing(installation: Installation) -> None:
    ended = await installation.command("run")
    told = [line for line in ended.err.splitlines() if not line.startswith("{")]
    assert (ended.code, len(told)) == (2, 1), ended.err
    assert "TELEGRAM_TOKEN" in told[0]


async def test_a_webhook_without_its_secret_is_refused(tmp_path: Path) -> None:
    installation = Installation(tmp_path, TELEGRAM_TOKEN="1:x", TELEGRAM_WEBHOOK_URL="https://renaksi.example/telegram")
    ended = await installation.command("run")
    assert (ended.code, "TELEGRAM_WEBHOOK_SECRET" in ended.err) == (2, True)


async def test_a_webhook_whose_port_is_taken_says_so(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        installation = Installation(
            tmp_path,
            TELEGRAM_TOKEN="1:x",
            TELEGRAM_WEBHOOK_URL="https://renaksi.example/telegram",
            TELEGRAM_WEBHOOK_SECRET="rahasia",
            HTTP_PORT=port,
        )
        ended = await installation.command("run")
    assert (ended.code, "Traceback" in ended.err) == (2, False)
    assert f"HTTP_PORT {port} tidak dapat dipakai: sedang dipakai program lain." in ended.err
