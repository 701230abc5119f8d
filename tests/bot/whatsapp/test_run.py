"""The real program with WhatsApp: alone, and beside a Telegram whose webhook comes to the same server."""

from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from bot.settings import SettingsUnusable, read_settings
from storage.tables import Evidence, Inbox, Outbox, Report
from tests.bot.edge import until
from tests.bot.run_process import Installation, stop
from tests.bot.telegram.bot_api_server import BotApiServer
from tests.bot.whatsapp.graph_server import GraphServer
from tests.bot.whatsapp.world import World, dialogue, free_port
from tests.kill.processes import Nursery
from tests.photos import photo

JPEG, PDF = photo(), b"%PDF-1.7 " + b"perdes" * 5000


@pytest.fixture
async def world(sqlite_template: Path, tmp_path: Path) -> AsyncIterator[World]:
    (tmp_path / "renaksi.db").write_bytes(sqlite_template.read_bytes())
    async with Nursery() as nursery, GraphServer() as graph, BotApiServer(burst=1000) as telegram:
        world = World(nursery, graph, telegram, f"sqlite:///{tmp_path / 'renaksi.db'}", tmp_path)
        yield world
        await world.stop()


async def test_a_month_with_evidence_over_whatsapp_alone_and_a_restart_in_its_middle(world: World) -> None:
    first = await world.start()
    sari = await world.join("Sari Andini")
    await dialogue(sari, ("lapor", "1 dari 3"))
    sari.sends_photo(JPEG, caption="buku")
    assert "1 bukti dicatat" in (await sari.hears()).text
    sari.sends_document(PDF, "perdes.pdf")
    assert "2 bukti dicatat" in (await sari.hears()).text
    await dialogue(sari, ("1", "2 dari 3"))
    await first.stop()
    sari.types("1")  # Meta posts it until somebody takes it
    await world.start()
    assert "3 dari 3" in (await sari.hears()).text
    sent = await dialogue(sari, ("25", "Periksa sebelum dikirim"), ("[Kirim 3 laporan]", "terkirim"))

    world.graph.report(sent, "delivered")
    world.graph.report(sent, "read")
    world.graph.report(sent, "sent")
    await world.graph.delivered()
    assert [row.fate for row in world.rows(Outbox) if row.provider_id == sent.id] == ["read"]
    assert [(proof.kind, proof.name, proof.caption) for proof in world.rows(Evidence)] == [
        ("photo", "", "buku"),
        ("document", "perdes.pdf", ""),
    ]
    assert len(world.rows(Report)) == 3
    assert {row.state for row in world.rows(Inbox)} == {"done"}
    for secret in (world.graph.token, world.graph.app_secret, world.graph.verify_token, sari.wa_id):
        assert secret not in world.log()


async def test_both_channels_are_served_at_once_and_their_webhooks_on_one_port(world: World) -> None:
    await world.start_with_telegram()
    sari = await world.join("Sari Andini")
    joko = world.telegram.person("Joko Santosa")
    joko.starts(world.code("Joko Santosa"))
    assert "Benar untuk Anda" in (await joko.hears()).text
    await dialogue(sari, ("bantuan", "lapor:"))
    assert {row.channel for row in world.rows(Inbox)} == {"telegram", "whatsapp"}
    assert await world.graph.verify() == (200, "1158201444")
    assert (await world.graph.verify("salah"))[0] == 403
    assert world.graph.verify_token not in world.log()


async def test_what_is_not_signed_stores_nothing_and_what_is_repeated_is_answered_once(world: World) -> None:
    await world.start()
    tamu = world.graph.person("Tamu")
    tamu.types("halo")
    await tamu.hears()
    call = world.graph.posts[-1].body
    changed = call.replace(b"halo", b"hola")
    assert await world.graph.post(changed, world.graph.sign(call)) == 401
    assert await world.graph.post(changed, "") == 401
    assert [await world.graph.post(call) for _time in range(3)] == [200] * 3
    await until(lambda: {row.state for row in world.rows(Inbox)} == {"done"})
    assert (len(world.rows(Inbox)), len(world.rows(Outbox)), len(tamu.messages)) == (1, 1, 1)


async def test_the_command_serves_whatsapp_and_its_log_holds_no_secret_at_any_level(tmp_path: Path) -> None:
    port = free_port()
    async with GraphServer() as graph:
        installation = Installation(
            tmp_path,
            HTTP_PORT=str(port),
            WHATSAPP_TOKEN=graph.token,
            WHATSAPP_PHONE_ID=graph.phone_id,
            WHATSAPP_BUSINESS_ID=graph.business_id,
            WHATSAPP_APP_SECRET=graph.app_secret,
            WHATSAPP_VERIFY_TOKEN=graph.verify_token,
            WHATSAPP_API_URL=graph.url,
        )
        process = await installation.run()
        graph.post_to(f"http://127.0.0.1:{port}/whatsapp")
        tamu = graph.person("Tamu")
        tamu.types("halo, ini rahasia")
        tamu.sends_photo(JPEG)
        for _answer in range(2):
            assert "hanya untuk pegawai yang diundang" in (await tamu.hears()).text
        assert (await graph.verify())[0] == 200
        assert await stop(process) == 0
    log = installation.log.read_text()
    assert '"level": "debug"' in log
    for secret in (graph.token, graph.app_secret, graph.verify_token, tamu.wa_id, "halo, ini rahasia"):
        assert secret not in log


async def test_the_address_of_a_channel_that_is_not_set_up_is_not_served(world: World) -> None:
    await world.start()
    await world.join("Sari Andini")
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"http://127.0.0.1:{world.port}/telegram", json={}) as response,
    ):
        assert response.status == 404


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"WHATSAPP_TOKEN": "x"}, "WHATSAPP_PHONE_ID dan WHATSAPP_BUSINESS_ID dan WHATSAPP_APP_SECRET"),
        ({"WHATSAPP_APP_SECRET": "x", "WHATSAPP_PHONE_ID": "12"}, "WHATSAPP_TOKEN dan WHATSAPP_BUSINESS_ID"),
        ({"WHATSAPP_PHONE_ID": "+62 812-0000-0000"}, "WHATSAPP_PHONE_ID harus berisi angka"),
        ({"WHATSAPP_API_URL": "graph.facebook.com"}, "WHATSAPP_API_URL harus berisi alamat http:// atau https://"),
    ],
    ids=str,
)
def test_a_setting_of_whatsapp_that_is_missing_or_wrong_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, given: dict[str, str], told: str
) -> None:
    monkeypatch.chdir(tmp_path)
    for name, content in given.items():
        monkeypatch.setenv(name, content)
    with pytest.raises(SettingsUnusable, match=told.replace("+", r"\+")):
        read_settings()
