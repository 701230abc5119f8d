"""Receiving from Telegram: by long polling, which one process at a time does, or by a webhook, which all serve."""

import asyncio
import contextlib
import hashlib
import socket
from collections.abc import Awaitable, Callable, Generator
from datetime import timedelta

import structlog
import uvicorn
from starlette.applications import Starlette

from bot.channels.base import SendError
from bot.channels.telegram import Intake, Poller, TelegramChannel, webhook_route
from bot.clock import MachineClock
from bot.role import Role
from bot.settings import Settings
from bot.wiring import Program
from handlers import menu
from handlers.messages import Say
from handlers.texts.operations import FOREIGN_POLLER
from storage import offices
from storage.desk import Desk
from storage.engine import Connection
from storage.outbox import Letter

RETRY_SECONDS = 15.0
"""How long to wait before Telegram is told again of the webhook or the menu."""
FOREIGN = "foreign-poller"

_log = structlog.get_logger(__name__)


async def receive(
    settings: Settings,
    telegram: TelegramChannel,
    program: Program,
    listener: socket.socket | None,
    machine_now: MachineClock,
    lease: timedelta,
) -> None:
    """Receive until cancelled: by a webhook served at `listener`, or without one by polling."""
    async with asyncio.TaskGroup() as group:
        group.create_task(_insist(lambda: telegram.set_commands(list(menu.commands())), "the menu of commands"))
        if listener is None:
            group.create_task(_poll(telegram, program, Role(program.writer, _role_name(settings), machine_now, lease)))
        else:
            group.create_task(_serve_webhook(settings, telegram, program, listener))


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
        on_conflict=lambda: tell_of_foreign_poller(program),
    )
    await role.play(poller.run)


async def tell_of_foreign_poller(program: Program) -> None:
    """Another program polls with our token: the admins of every office are told, once a day."""
    await program.writer.do(lambda connection: _write_to_all_admins(connection, program))
    program.delivery.wake()


def _write_to_all_admins(connection: Connection, program: Program) -> None:
    now, due_at = program.clocks.office(), program.clocks.machine()
    for office_id in offices.all_offices(connection):
        desk = Desk(connection, office_id, now, program.almanac)
        message = Say(text=FOREIGN_POLLER).model_dump(mode="json")
        desk.write_to_admins(Letter(f"{FOREIGN}:{desk.today}", due_at, message))


async def _serve_webhook(
    settings: Settings, telegram: TelegramChannel, program: Program, listener: socket.socket
) -> None:
    assert settings.telegram_webhook_url is not None  # the settings bring both
    assert settings.telegram_webhook_secret is not None
    url, secret = settings.telegram_webhook_url, settings.telegram_webhook_secret.get_secret_value()
    intake = Intake(program.inbox, telegram)
    app = Starlette(routes=[webhook_route(intake, secret)])
    server = _Server(uvicorn.Config(app, log_config=None, lifespan="off", timeout_graceful_shutdown=1))
    serving = asyncio.create_task(server.serve(sockets=[listener]))
    try:
        await _insist(lambda: telegram.set_webhook(url, secret), "the webhook")
        await asyncio.shield(serving)
    finally:
        server.should_exit = True
        await asyncio.gather(serving, return_exceptions=True)
        await intake.close()


class _Server(uvicorn.Server):
    """Leaves the signals to the program, which stops everything in order."""

    @contextlib.contextmanager
    def capture_signals(self) -> Generator[None]:
        yield
