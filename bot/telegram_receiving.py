"""Telegram in a process that runs: receiving by long polling, which one process at a time does, or by a webhook."""

import asyncio
import hashlib
from collections.abc import Awaitable, Callable, Coroutine
from datetime import timedelta
from functools import partial
from typing import Any

import structlog

from bot.channels.base import SendError
from bot.channels.telegram import Intake, Poller, TelegramChannel
from bot.clock import MachineClock
from bot.line import Line
from bot.parts import Part
from bot.role import Role
from bot.settings import Settings
from bot.wiring import Program
from handlers.messages import Say
from storage import offices
from storage.engine import Connection
from storage.outbox import Letter

RETRY_SECONDS = 15.0
"""How long to wait before Telegram is told again of the webhook or the menu."""
FOREIGN = "foreign-poller"

_log = structlog.get_logger(__name__)


def open_telegram(settings: Settings, program: Program, machine_now: MachineClock, lease: timedelta) -> Line | None:
    """Receiving by a webhook where its address is set, or else by polling; None without a token."""
    if settings.telegram_token is None:
        return None
    telegram = TelegramChannel(settings.telegram_token.get_secret_value(), settings.telegram_api_url)
    if settings.telegram_webhook_url is None:
        role = Role(program.writer, _role_name(settings), machine_now, lease)
        poll = partial(_poll, telegram, program, role)
        return Line(telegram, telegram.close, Part.POLL, run=partial(_receive, telegram, program, poll))
    from bot.channels.telegram.webhook import webhook_route  # brings the web server

    assert settings.telegram_webhook_secret is not None  # the settings bring both
    url, secret = settings.telegram_webhook_url, settings.telegram_webhook_secret.get_secret_value()
    intake = Intake(program.inbox, telegram)
    keep = partial(_keep_webhook, telegram, intake, url, secret)
    return Line(
        telegram, telegram.close, Part.WEB, [webhook_route(intake, secret)], partial(_receive, telegram, program, keep)
    )


async def _receive(telegram: TelegramChannel, program: Program, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
    """Receive until cancelled, and meanwhile tell Telegram of the menu."""
    async with asyncio.TaskGroup() as group:
        group.create_task(work())
        group.create_task(_tell_menu(telegram, program))


async def _tell_menu(telegram: TelegramChannel, program: Program) -> None:
    await program.load()
    from handlers import menu
    from handlers.group import GROUP_COMMANDS

    await _insist(lambda: telegram.set_commands(menu.commands(), GROUP_COMMANDS), "the menu of commands")


async def _insist(tell: Callable[[], Awaitable[None]], what: str) -> None:
    """Tell Telegram something as soon as it can be reached; the program works without."""
    while True:
        try:
            await tell()
        except SendError as failure:
            _log.warning("Telegram was not told", what=what, reason=str(failure))
            await asyncio.sleep(RETRY_SECONDS)
        else:
            return


def _role_name(settings: Settings) -> str:
    """One poller a token; of a secret only its hash is stored."""
    assert settings.telegram_token is not None  # without it nothing runs
    return f"poll:telegram:{hashlib.sha256(settings.telegram_token.get_secret_value().encode()).hexdigest()[:16]}"


async def _poll(telegram: TelegramChannel, program: Program, role: Role) -> None:
    poller = Poller(
        telegram,
        program.inbox,
        clock=program.clocks.machine,
        pause=asyncio.sleep,
        on_conflict=lambda: _after_conflict(program, role),
    )
    await role.play(poller.run)


async def _after_conflict(program: Program, role: Role) -> None:
    """Who is refused because another of our own processes has taken over the role, as from one that hung, is silent."""
    if await role.is_held():
        await tell_of_foreign_poller(program)


async def tell_of_foreign_poller(program: Program) -> None:
    """Another program polls with our token: the admins of every office are told, once a day."""
    await program.writer.do(lambda connection: _write_to_all_admins(connection, program))
    program.delivery.wake()


def _write_to_all_admins(connection: Connection, program: Program) -> None:
    from handlers.texts.operations import FOREIGN_POLLER
    from storage.desk import Desk

    now, due_at = program.clocks.office(), program.clocks.machine()
    for office_id in offices.all_offices(connection):
        desk = Desk(connection, office_id, now, program.almanac)
        message = Say(text=FOREIGN_POLLER).model_dump(mode="json")
        desk.write_to_admins(Letter(f"{FOREIGN}:{desk.today}", due_at, message))


async def _keep_webhook(telegram: TelegramChannel, intake: Intake, url: str, secret: str) -> None:
    """Tell Telegram of the webhook, which the web server serves already."""
    try:
        await _insist(lambda: telegram.set_webhook(url, secret), "the webhook")
        await asyncio.Event().wait()
    finally:
        await intake.close()
