"""Invitations of the chat at the edge: their codes are forgotten once they were sent, and our names are learnt."""

import asyncio
import contextlib
from typing import Any

import pytest

from bot.channels.base import Rejected
from bot.doors import learn_doors
from bot.settings import Settings
from domain.doors import Doors
from handlers.messages import File, Scan
from storage import doors
from storage.engine import reading
from tests.bot.edge import Edge, until
from tests.bot.telegram.bot_api_server import BotApiServer
from tests.bot.test_invites import whatsapp
from tests.bot.test_outbox import A, drain, put
from tests.bot.whatsapp.graph_server import NUMBER, Failure, GraphServer

pytestmark = pytest.mark.sampled_on_postgresql

CODE = "ABCDE23456"
INVITATION = File(
    ref="",
    name="undangan-camat.png",
    caption=f"Kode: {CODE}",
    is_picture=True,
    scans=(Scan(label="Telegram", text=f"https://t.me/renaksi_contoh_bot?start={CODE}"),),
    secret=CODE,
)


@pytest.mark.parametrize("is_refused", [False, True])
async def test_a_code_is_in_the_message_and_not_in_the_table_afterwards(is_refused: bool, edge: Edge) -> None:
    if is_refused:
        edge.phones.refusals[A].append(Rejected("no"))
    put(edge, A, "invitation", message=INVITATION)
    assert CODE in str(edge.outbox_rows()[0].message)
    await drain(edge)
    assert edge.phones.sent == ([] if is_refused else [(A, INVITATION)])
    (row,) = edge.outbox_rows()
    assert row.state == ("failed" if is_refused else "sent")
    assert CODE not in str(row.message)


async def test_the_names_under_which_we_are_found_are_kept(edge: Edge) -> None:
    telegram = BotApiServer()
    await telegram.start()
    async with GraphServer() as graph:
        both: dict[str, Any] = {"telegram_token": telegram.token, "telegram_api_url": telegram.url, **whatsapp(graph)}
        await learnt(edge, Settings(**both), Doors(telegram.username, NUMBER))
        graph.fail(Failure.SERVER_ERROR, times=9)  # what was known before stays
        await learnt(edge, Settings(**both), Doors(telegram.username, NUMBER))
    await telegram.stop()


async def learnt(edge: Edge, settings: Settings, wanted: Doors) -> None:
    learning = asyncio.create_task(learn_doors(settings, edge.program.writer))
    await until(lambda: known(edge) == wanted)
    learning.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await learning


def known(edge: Edge) -> Doors:
    with reading(edge.engine) as connection:
        return doors.known(connection)
