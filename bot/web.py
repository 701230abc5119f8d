"""The one web server of a process, on which every channel's webhook is served."""

import asyncio
import contextlib
import socket
from collections.abc import Generator, Sequence

import uvicorn
from starlette.applications import Starlette
from starlette.routing import BaseRoute

from bot.impatience import PATIENCE, impatient


async def serve_web(routes: Sequence[BaseRoute], listener: socket.socket, patience: float = PATIENCE) -> None:
    """Serve at `listener` until cancelled; what is being answered then is answered first. A connection that brings
    nothing whole within `patience` seconds is closed."""
    config = uvicorn.Config(
        Starlette(routes=list(routes)),
        http=impatient(patience),
        ws="none",
        log_config=None,
        lifespan="off",
        server_header=False,
        timeout_graceful_shutdown=1,
    )
    server = _Server(config)
    serving = asyncio.create_task(server.serve(sockets=[listener]))
    try:
        await asyncio.shield(serving)
    finally:
        server.should_exit = True
        await asyncio.gather(serving, return_exceptions=True)


class _Server(uvicorn.Server):
    """Leaves the signals to the program, which stops everything in order."""

    @contextlib.contextmanager
    def capture_signals(self) -> Generator[None]:
        yield
