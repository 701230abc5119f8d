"""`renaksi run`: the real thing, every channel whose settings are present, scheduler and delivery.

A process plays all parts, or those it is told to; the others are then another process's, on the same database.
"""

import asyncio
import contextlib
import signal
import socket
from collections.abc import Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import structlog

from bot import upkeep
from bot.channels.base import Channel
from bot.clock import MachineClock, OfficeClock, machine_now
from bot.collecting import collect_seldom
from bot.doors import learn_doors
from bot.ear import Ear
from bot.evidence_store import open_store
from bot.line import Line
from bot.pace import TELEGRAM, WHATSAPP, Limits
from bot.parts import ALL, Part
from bot.refused import Refused, why
from bot.role import Role
from bot.schedule import TICK_SECONDS, start_schedule
from bot.serving import serve_http
from bot.settings import Settings
from bot.telegram_receiving import open_telegram
from bot.wiring import LOOKS, Looks, Program, build
from handlers import too_many
from storage import leases, migrate
from storage.engine import open_engine

_log = structlog.get_logger(__name__)


class NothingToRun(Refused):
    """No channel is set up, or it cannot be served; the message names the setting."""


@dataclass(frozen=True)
class Circumstances:
    """Clocks and speeds of a process; only tests replace them, settings never do."""

    office: MachineClock = field(default_factory=OfficeClock)
    machine: MachineClock = machine_now
    limits: Mapping[str, Limits] = field(default_factory=lambda: {"telegram": TELEGRAM, "whatsapp": WHATSAPP})
    tick_seconds: float = TICK_SECONDS
    role_lease: timedelta = leases.LEASE
    looks: Looks = LOOKS
    most_a_minute: int | None = too_many.MESSAGES
    """Messages of one person that are answered in a minute; None for all of them."""


async def serve(
    settings: Settings,
    ready: Callable[[], None] = lambda: None,
    circumstances: Circumstances | None = None,
    parts: frozenset[Part] = ALL,
) -> None:
    """Run until SIGTERM or Ctrl-C; `ready` is called once everything is under way. Raises NothingToRun, and
    StoreUnusable where the store for evidence cannot be used."""
    if settings.telegram_token is None and not settings.has_whatsapp:
        raise NothingToRun(
            "TELEGRAM_TOKEN dan WHATSAPP_TOKEN belum diisi. Isi salah satu di .env, atau coba dulu tanpa token: "
            "renaksi demo"
        )
    _ask_for_something_to_do(settings, parts)
    collect_seldom()
    around = circumstances or Circumstances()
    listener = _listener(settings, parts)
    engine = open_engine(settings.database_url)
    migrate.upgrade(engine)
    store = open_store(settings)
    channels: dict[str, Channel] = {}
    program = build(
        engine,
        store,
        channels,
        around.limits,
        around.office,
        around.machine,
        parts=parts,
        looks=around.looks,
        most_a_minute=around.most_a_minute,
    )
    lines = _open_lines(settings, program, around)
    channels |= {line.channel.name: line.channel for line in lines}
    try:
        work = [*_work(settings, program, lines, listener), Ear(engine, program.calls()).listen()]
        if Part.SCHEDULE in parts:
            work.append(learn_doors(settings, program.writer))
            role = Role(program.writer, upkeep.ROLE, around.machine, around.role_lease)
            work.append(upkeep.Upkeep(settings, program.writer, around.machine).run(role))
        _log.info("started", parts=sorted(parts), channels=sorted(channels))
        await _work_until_stopped(program, work, around.tick_seconds, ready)
    finally:
        _log.info("stopping")
        await program.close()
        for line in lines:
            await line.close()
        engine.dispose()
        _log.info("stopped")


def _ask_for_something_to_do(settings: Settings, parts: frozenset[Part]) -> None:
    """Raises NothingToRun for a process that would only wait."""
    if parts == frozenset({Part.WEB}) and not settings.has_webhook:
        raise NothingToRun(
            "--only web melayani webhook, dan belum ada yang diatur: isi TELEGRAM_WEBHOOK_URL atau WHATSAPP_TOKEN di "
            ".env, atau pakai --only poll."
        )
    if parts == frozenset({Part.POLL}) and not settings.polls:
        raise NothingToRun(
            "--only poll bertanya kepada Telegram, dan itu tidak dipakai: kosongkan TELEGRAM_WEBHOOK_URL dan isi "
            "TELEGRAM_TOKEN di .env, atau pakai --only web."
        )


def _open_lines(settings: Settings, program: Program, around: Circumstances) -> list[Line]:
    """Every channel whose settings are present."""
    telegram = open_telegram(settings, program, around.machine, around.role_lease)
    lines = [] if telegram is None else [telegram]
    if settings.has_whatsapp:
        from bot.whatsapp_receiving import open_whatsapp

        lines.append(open_whatsapp(settings, program))
    return lines


def _work(
    settings: Settings, program: Program, lines: Sequence[Line], listener: socket.socket | None
) -> list[Coroutine[Any, Any, None]]:
    """What runs for as long as the process does; every webhook on the one listener."""
    received = (line.run() for line in lines if line.run is not None and line.part in program.parts)
    routes = [route for line in lines for route in line.routes] if listener is not None else []
    return [*program.workers(), *received, serve_http(settings, program, routes, listener)]


async def _work_until_stopped(
    program: Program,
    work: Sequence[Coroutine[Any, Any, None]],
    tick_seconds: float,
    ready: Callable[[], None],
) -> None:
    """Return when a signal asks for it; raise what ended a worker, as none of them ends by itself."""
    stopped = asyncio.create_task(_stop_signal().wait())
    workers = [asyncio.create_task(one) for one in work]
    scheduler = start_schedule(program.tick, tick_seconds) if Part.SCHEDULE in program.parts else None
    ready()
    try:
        ended, _others = await asyncio.wait({stopped, *workers}, return_when=asyncio.FIRST_COMPLETED)
        for task in ended:
            task.result()
    finally:
        if scheduler is not None:
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


def _listener(settings: Settings, parts: frozenset[Part]) -> socket.socket | None:
    """Where webhooks are served, None without one. Raises NothingToRun."""
    if Part.WEB not in parts or not settings.has_webhook:
        return None
    try:
        return socket.create_server((settings.http_host, settings.http_port))
    except OSError as taken:
        address = f"HTTP_HOST {settings.http_host} dengan HTTP_PORT {settings.http_port}"
        raise NothingToRun(f"{address} tidak dapat dipakai: {why(taken)}.") from taken
