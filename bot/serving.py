"""What a process serves over HTTP: the webhooks of its channels, and how it is doing."""

import asyncio
import socket
from collections.abc import Sequence
from importlib import import_module
from typing import TYPE_CHECKING

import structlog

from bot.health import Pulse
from bot.refused import why
from bot.settings import Settings
from bot.wiring import Program

if TYPE_CHECKING:  # the web server is imported once what people send is received
    from starlette.routing import BaseRoute

AFTER = 2.0
"""Seconds after the start at which a process without webhooks begins to tell how it is doing where it cannot know
whether somebody asks: the first messages are asked for before."""

_log = structlog.get_logger(__name__)


async def serve_http(
    settings: Settings, program: Program, routes: Sequence["BaseRoute"], listener: socket.socket | None
) -> None:
    """Serve until cancelled. Without a `listener` no webhook needs the port: one that is taken is only logged."""
    if listener is None:
        listener = _listener(settings)
        if listener is None:
            await asyncio.Event().wait()
            return
        await _knock(listener)
    for name in ("bot.web", "bot.watching"):  # not in the event loop: what came in is being answered
        await asyncio.to_thread(import_module, name)
    from bot.watching import watching_routes
    from bot.web import serve_web

    pulse = Pulse(program.writer, program.clocks.machine)
    await serve_web([*routes, *watching_routes(pulse)], listener)


async def _knock(listener: socket.socket) -> None:
    """Return when somebody connects: most processes are never watched, and a web server takes 3 MB."""
    knocked, loop = asyncio.Event(), asyncio.get_running_loop()
    try:
        loop.add_reader(listener, knocked.set)
    except NotImplementedError:  # the loop of Windows watches no socket that only listens
        await asyncio.sleep(AFTER)
        return
    try:
        await knocked.wait()
    finally:
        loop.remove_reader(listener)
        if not knocked.is_set():
            listener.close()


def _listener(settings: Settings) -> socket.socket | None:
    try:
        return socket.create_server((settings.http_host, settings.http_port))
    except OSError as taken:
        _log.warning(
            "nobody can watch this process: choose another HTTP_PORT",
            host=settings.http_host,
            port=settings.http_port,
            reason=why(taken),
        )
        return None
