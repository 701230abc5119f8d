"""Updates posted to us over real HTTP: by the emulated server, and by whoever else tries."""

import asyncio
import io
import socket
from collections.abc import AsyncIterator
from dataclasses import dataclass

import aiohttp
import pytest
import uvicorn
from starlette.applications import Starlette

from bot.channels.telegram import Intake, TelegramChannel
from bot.channels.telegram.webhook import BODY_LIMIT, SECRET_HEADER, webhook_route
from handlers.messages import Press, Text
from tests.bot.telegram.bot_api_server import BotApiServer
from tests.bot.telegram.conftest import Inbox
from tests.bot.telegram.people import Person

SECRET = "rahasia-Webhook_1"
HALO = (
    '{"update_id": 7, "message": {"message_id": 1, "date": 1648526400, "text": "halo",'
    ' "chat": {"id": 1200000101, "type": "private"}}}'
)


@dataclass
class Site:
    """Our web server with the webhook on it."""

    url: str

    async def post(self, body: str | bytes, secret: str | None = SECRET) -> int:
        headers = {} if secret is None else {SECRET_HEADER: secret}
        raw = body.encode() if isinstance(body, str) else body
        async with (
            aiohttp.ClientSession() as session,
            session.post(self.url, data=io.BytesIO(raw), headers=headers) as response,
        ):
            return response.status


@pytest.fixture
async def site(channel: TelegramChannel, inbox: Inbox) -> AsyncIterator[Site]:
    intake = Intake(inbox, channel)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        app = Starlette(routes=[webhook_route(intake, SECRET)])
        server = uvicorn.Server(uvicorn.Config(app, log_config=None, lifespan="off", timeout_graceful_shutdown=1))
        serving = asyncio.create_task(server.serve(sockets=[listening]))
        yield Site(f"http://127.0.0.1:{port}/telegram")
        server.should_exit = True
        await serving
    await intake.close()


async def test_an_update_is_stored_before_it_is_taken(site: Site, inbox: Inbox) -> None:
    assert await site.post(HALO) == 200
    assert inbox.said == [Text(body="halo")]


@pytest.mark.parametrize("secret", [None, "", "salah", SECRET + "x", SECRET.lower(), "é"])
async def test_a_wrong_secret_stores_nothing(site: Site, inbox: Inbox, secret: str | None) -> None:
    assert await site.post(HALO, secret) == 401
    assert inbox.arrivals == []


@pytest.mark.parametrize("body", ["", "halo", "{", "[]", "null", "7", b"\xff\xfe", "[" * 100_000])
async def test_what_is_no_json_object_is_refused(site: Site, inbox: Inbox, body: str | bytes) -> None:
    assert await site.post(body) == 400
    assert inbox.arrivals == []


async def test_a_body_above_a_megabyte_is_refused(site: Site, inbox: Inbox) -> None:
    assert await site.post(HALO.ljust(BODY_LIMIT)) == 200
    assert await site.post(HALO.ljust(BODY_LIMIT + 1)) == 413
    assert len(inbox.arrivals) == 1


async def test_what_cannot_be_stored_is_asked_for_again(site: Site, inbox: Inbox) -> None:
    inbox.failures = 1
    assert await site.post(HALO) == 503
    assert await site.post(HALO) == 200
    assert inbox.said == [Text(body="halo")]


@pytest.mark.parametrize("body", ["{}", '{"update_id": 7}', '{"update_id": 7, "message": {"text": 1}}'])
async def test_what_can_never_be_read_is_taken_so_that_it_does_not_come_again(
    site: Site, inbox: Inbox, body: str
) -> None:
    assert await site.post(body) == 200
    assert inbox.arrivals == []


async def test_only_post_is_allowed(site: Site) -> None:
    async with aiohttp.ClientSession() as session, session.get(site.url) as response:
        assert response.status == 405


@pytest.mark.parametrize("secret", ["", "ada spasi", "x" * 257, "é"])
def test_a_secret_that_telegram_refuses_is_refused_at_once(inbox: Inbox, secret: str) -> None:
    with pytest.raises(ValueError, match="secret"):
        webhook_route(Intake(inbox, TelegramChannel("1:x")), secret)


# --- with the server ----------------------------------------------------------------------------------------------


@pytest.fixture
async def connected(api: BotApiServer, channel: TelegramChannel, site: Site) -> AsyncIterator[Site]:
    await channel.set_webhook(site.url, SECRET)
    yield site
    await channel.delete_webhook()


async def test_what_people_send_arrives_in_order(
    api: BotApiServer, connected: Site, inbox: Inbox, sari: Person
) -> None:
    for number in range(5):
        sari.types(str(number))
    await api.delivered()
    assert inbox.said[1:] == [Text(body=str(number)) for number in range(5)]


async def test_the_server_repeats_what_was_not_stored(
    api: BotApiServer, connected: Site, inbox: Inbox, sari: Person
) -> None:
    await api.delivered()
    inbox.failures = 3
    sari.types("12")
    sari.types("13")
    await api.delivered()
    assert (inbox.failures, inbox.said[1:]) == (0, [Text(body="12"), Text(body="13")])


async def test_duplicates_are_stored_once(api: BotApiServer, connected: Site, inbox: Inbox, sari: Person) -> None:
    await api.delivered()
    api.redeliver()
    await api.delivered()
    assert len(inbox.arrivals) == 1


async def test_taps_are_answered_and_blocks_noted(
    api: BotApiServer, connected: Site, inbox: Inbox, sari: Person
) -> None:
    tap = sari.presses("1a:1", message_id=1)
    await api.answers_tap(tap)
    sari.blocks()
    await api.delivered()
    assert inbox.said[-1] == Press(token="1a:1")
    assert inbox.unreachable == [str(sari.chat_id)]


async def test_a_wrong_secret_keeps_updates_at_the_server(
    api: BotApiServer, channel: TelegramChannel, site: Site, inbox: Inbox, sari: Person
) -> None:
    await channel.set_webhook(site.url, "rahasia-lain")
    assert await site.post(HALO) == 200
    assert len(inbox.arrivals) == 1
    await channel.set_webhook(site.url, SECRET)
    await api.delivered()
    assert len(inbox.arrivals) == 2
