"""`renaksi run`: the real thing, every channel whose settings are present, scheduler and delivery."""

import asyncio
import contextlib
import signal
import uuid
from collections.abc import Awaitable, Callable

import structlog
import uvicorn
from starlette.applications import Starlette

from bot.channels.base import Channel
from bot.channels.telegram import Intake, Poller, TelegramChannel, webhook_route
from bot.clock import OfficeClock, machine_now
from bot.evidence_store import EvidenceStore
from bot.pace import TELEGRAM, Limits
from bot.schedule import start_schedule
from bot.settings import Settings
from bot.wiring import Program, build
from handlers import menu
from handlers.messages import Say
from handlers.texts.operations import FOREIGN_POLLER
from storage import leases, migrate, offices, outbox
from storage.desk import Desk
from storage.engine import Connection, open_engine

RENEW_SECONDS = 10.0
"""How often the poller's role is renewed: well within its lease."""
CHANNEL = "telegram"

_log = structlog.get_logger(__name__)


class NothingToRun(Exception):
    """No channel is set up; the message names the setting that is missing."""


async def serve(settings: Settings, ready: Callable[[], None] = lambda: None) -> None:
    """Run until SIGTERM or Ctrl-C. Raises NothingToRun."""
    if settings.telegram_token is None:
        raise NothingToRun("TELEGRAM_TOKEN belum diisi. Isi di .env, atau coba dulu tanpa token: renaksi demo")
    engine = open_engine(settings.database_url)
    migrate.upgrade(engine)
    telegram = TelegramChannel(settings.telegram_token.get_secret_value(), settings.telegram_api_url)
    channels: dict[str, Channel] = {CHANNEL: telegram}
    limits: dict[str, Limits] = {CHANNEL: TELEGRAM}
    program = build(engine, EvidenceStore(settings.evidence_folder), channels, limits, OfficeClock())
    stopping = _stop_on_signals()
    scheduler = start_schedule(program.tick)
    receiving = _webhook if settings.telegram_webhook_url else _poll
    workers = [asyncio.create_task(work) for work in program.workers()]
    workers.append(asyncio.create_task(receiving(settings, telegram, program)))
    ready()
    try:
        ended = asyncio.create_task(stopping.wait())
        await asyncio.wait({ended, *workers}, return_when=asyncio.FIRST_COMPLETED)
        ended.cancel()
        for worker in workers:
            if worker.done() and not worker.cancelled() and worker.exception():
                raise worker.exception() or RuntimeError
    finally:
        scheduler.shutdown(wait=False)
        for worker in workers:
            worker.cancel()
        await asyncio.gather(*workers, return_exceptions=True)
        await program.close()
        await telegram.close()
        engine.dispose()


def _stop_on_signals() -> asyncio.Event:
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        with contextlib.suppress(NotImplementedError):  # Windows: Ctrl-C still ends the program
            loop.add_signal_handler(number, stopping.set)
    return stopping


async def _poll(_settings: Settings, telegram: TelegramChannel, program: Program) -> None:
    """Poll while this process holds the role; another one takes it over when the lease lapses."""
    await _introduce(telegram)
    poller = Poller(
        telegram,
        program.inbox,
        clock=machine_now,
        pause=asyncio.sleep,
        on_conflict=lambda: _tell_admins(program, "409"),
    )
    await _while_holding(program, "poll:telegram", poller.run)


async def _while_holding(program: Program, role: str, work: Callable[[], Awaitable[None]]) -> None:
    holder = uuid.uuid4().hex
    task: asyncio.Task[None] | None = None
    try:
        while True:
            held = await program.writer.do(lambda connection: leases.take(connection, role, holder, machine_now()))
            if held and task is None:
                task = asyncio.create_task(_awaited(work))
            elif not held and task is not None:
                task.cancel()
                await asyncio.gather(task, return_exceptions=True)
                task = None
            await asyncio.sleep(RENEW_SECONDS)
    finally:
        if task is not None:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
        await program.writer.do(lambda connection: leases.give_back(connection, role, holder))


async def _awaited(work: Callable[[], Awaitable[None]]) -> None:
    await work()


async def _introduce(telegram: TelegramChannel) -> None:
    """Set the menu of commands; without it everything still works, so a failure only warns."""
    try:
        await telegram.set_commands(list(menu.commands()))
    except Exception as failure:
        _log.warning("the menu of commands was not set", reason=str(failure))


async def _webhook(settings: Settings, telegram: TelegramChannel, program: Program) -> None:
    """Serve the webhook; Telegram is told where once the server listens."""
    assert settings.telegram_webhook_url is not None
    assert settings.telegram_webhook_secret is not None
    secret = settings.telegram_webhook_secret.get_secret_value()
    intake = Intake(program.inbox, telegram)
    app = Starlette(routes=[webhook_route(intake, secret)])
    config = uvicorn.Config(
        app, host=settings.http_host, port=settings.http_port, log_config=None, timeout_graceful_shutdown=2
    )
    server = uvicorn.Server(config)
    server.install_signal_handlers = lambda: None  # pyright: ignore[reportAttributeAccessIssue]
    await _introduce(telegram)
    try:
        await asyncio.gather(server.serve(), telegram.set_webhook(settings.telegram_webhook_url, secret))
    finally:
        server.should_exit = True
        await intake.close()


async def _tell_admins(program: Program, key: str) -> None:
    """Another program polls with our token: the admins are told once a day."""
    await program.writer.do(lambda connection: _enqueue_for_admins(connection, program, key))
    program.delivery.wake()


def _enqueue_for_admins(connection: Connection, program: Program, key: str) -> None:
    now = program.clocks.office()
    for office_id in offices.all_offices(connection):
        desk = Desk(connection, office_id, now, program.free_days)
        for person_id in desk.admins:
            address = desk.address_of(person_id)
            if address is not None:
                outbox.enqueue(
                    connection,
                    outbox.NewSending(
                        office_id=office_id,
                        conversation_id=address.conversation_id,
                        person_id=person_id,
                        channel=address.channel,
                        address=address.address,
                        lane=outbox.ANSWER,
                        dedup_key=f"{key}:{desk.today}:{person_id}",
                        message=Say(text=FOREIGN_POLLER).model_dump(mode="json"),
                        due_at=machine_now(),
                        said_at=now,
                    ),
                )
