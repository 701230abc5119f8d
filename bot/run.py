"""`renaksi run`: the real thing, every channel whose settings are present, scheduler and delivery."""

import asyncio
import contextlib
import signal
import socket
from collections.abc import Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from bot.channels.telegram import TelegramChannel
from bot.clock import MachineClock, OfficeClock, machine_now
from bot.evidence_store import EvidenceStore
from bot.pace import TELEGRAM, Limits
from bot.refused import why
from bot.schedule import TICK_SECONDS, start_schedule
from bot.settings import Settings
from bot.telegram_receiving import receive
from bot.wiring import Program, build
from storage import leases, migrate
from storage.engine import open_engine


class NothingToRun(Exception):
    """No channel is set up, or it cannot be served; the message names the setting."""


@dataclass(frozen=True)
class Circumstances:
    """Clocks and speeds of a process; only tests replace them, settings never do."""

    office: MachineClock = field(default_factory=OfficeClock)
    machine: MachineClock = machine_now
    limits: Mapping[str, Limits] = field(default_factory=lambda: {TelegramChannel.name: TELEGRAM})
    tick_seconds: float = TICK_SECONDS
    role_lease: timedelta = leases.LEASE


async def serve(
    settings: Settings, ready: Callable[[], None] = lambda: None, circumstances: Circumstances | None = None
) -> None:
    """Run until SIGTERM or Ctrl-C; `ready` is called once everything is under way. Raises NothingToRun."""
    if settings.telegram_token is None:
        raise NothingToRun("TELEGRAM_TOKEN belum diisi. Isi di .env, atau coba dulu tanpa token: renaksi demo")
    around = circumstances or Circumstances()
    listener = _listener(settings)
    engine = open_engine(settings.database_url)
    migrate.upgrade(engine)
    telegram = TelegramChannel(settings.telegram_token.get_secret_value(), settings.telegram_api_url)
    store = EvidenceStore(settings.evidence_folder)
    program = build(engine, store, {telegram.name: telegram}, around.limits, around.office, around.machine)
    receiving = receive(settings, telegram, program, listener, around.machine, around.role_lease)
    try:
        await _work_until_stopped(program, [*program.workers(), receiving], around.tick_seconds, ready)
    finally:
        await program.close()
        await telegram.close()
        engine.dispose()


async def _work_until_stopped(
    program: Program,
    work: Sequence[Coroutine[Any, Any, None]],
    tick_seconds: float,
    ready: Callable[[], None],
) -> None:
    """Return when a signal asks for it; raise what ended a worker, as none of them ends by itself."""
    stopped = asyncio.create_task(_stop_signal().wait())
    workers = [asyncio.create_task(one) for one in work]
    scheduler = start_schedule(program.tick, tick_seconds)
    ready()
    try:
        ended, _others = await asyncio.wait({stopped, *workers}, return_when=asyncio.FIRST_COMPLETED)
        for task in ended:
            task.result()
    finally:
        scheduler.shutdown(wait=False)
        for task in (stopped, *workers):
            task.cancel()
        await asyncio.gather(stopped, *workers, return_exceptions=True)


def _stop_signal() -> asyncio.Event:
    """Set when the program is asked to stop."""
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        with contextlib.suppress(NotImplementedError):  # Windows: Ctrl-C still ends the program
            loop.add_signal_handler(number, stopping.set)
    return stopping


def _listener(settings: Settings) -> socket.socket | None:
    """Where a webhook is served, None without one. Raises NothingToRun."""
    if settings.telegram_webhook_url is None:
        return None
    try:
        return socket.create_server((settings.http_host, settings.http_port))
    except OSError as taken:
        address = f"HTTP_HOST {settings.http_host} dengan HTTP_PORT {settings.http_port}"
        raise NothingToRun(f"{address} tidak dapat dipakai: {why(taken)}.") from taken
