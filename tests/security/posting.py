"""The real web server with both webhooks, and what a stranger may do to a socket of it."""

import asyncio
import socket
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

from bot.channels.base import Arrival
from bot.channels.telegram import webhook as telegram
from bot.channels.telegram.intake import Intake
from bot.channels.whatsapp import webhook as whatsapp
from bot.channels.whatsapp.parsing import Json
from bot.web import serve_web

SECRET, APP_SECRET, VERIFY_TOKEN = "rahasia-telegram", "rahasia-aplikasi", "kata-sandi"
WITHIN = 120.0
"""Seconds that nothing here takes; a bound for broken runs."""


@dataclass
class Heard:
    """What came through: arrivals of Telegram, calls of WhatsApp."""

    arrivals: list[Arrival] = field(default_factory=list[Arrival])
    calls: list[Json] = field(default_factory=list[Json])

    @property
    def nothing(self) -> bool:
        return not self.arrivals and not self.calls

    async def store(self, arrivals: list[Arrival]) -> None:
        self.arrivals += arrivals

    async def last_sequence(self, channel: str, since: object) -> int | None:
        return None

    async def mark_unreachable(self, channel: str, address: str) -> None: ...

    async def answer_tap(self, tap: str) -> None: ...

    async def bot_username(self) -> str:
        return "renaksi_contoh_bot"

    async def take(self, call: Json) -> None:
        self.calls.append(call)


@dataclass(frozen=True)
class Site:
    """Where it listens, and what came through."""

    port: int
    heard: Heard
    lines: list["Line"] = field(default_factory=list["Line"])

    async def connect(self) -> "Line":
        self.lines.append(Line(*await asyncio.open_connection("127.0.0.1", self.port)))
        return self.lines[-1]

    async def post(self, path: str, body: bytes, headers: Mapping[str, str] | None = None) -> int:
        """The status of a whole post."""
        line = await self.connect()
        line.write(head(path, {**(headers or {}), "Content-Length": str(len(body))}) + body)
        return await line.status()

    async def as_telegram(self, body: bytes, **headers: str) -> int:
        return await self.post("/telegram", body, {telegram.SECRET_HEADER: SECRET, **headers})

    async def as_meta(self, body: bytes, **headers: str) -> int:
        return await self.post("/whatsapp", body, {**signed(body), **headers})


class Line:
    """One connection."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer

    def write(self, data: bytes) -> None:
        self._writer.write(data)

    async def send(self, data: bytes) -> bool:
        """Whether the other side still takes it."""
        try:
            self._writer.write(data)
            await self._writer.drain()
        except ConnectionError:
            return False
        return not self._reader.at_eof()

    async def status(self) -> int:
        """That of the answer."""
        async with asyncio.timeout(WITHIN):
            return int((await self._reader.readline()).split()[1])

    async def rest(self) -> bytes:
        """All that still comes before the other side closes."""
        async with asyncio.timeout(WITHIN):
            try:
                return await self._reader.read()
            except ConnectionError:
                return b""

    async def close(self) -> None:
        self._writer.close()
        with suppress(ConnectionError):
            await self._writer.wait_closed()


def head(path: str, headers: Mapping[str, str]) -> bytes:
    """The beginning of a post."""
    lines = [f"POST {path} HTTP/1.1", "Host: kantor.example", *(f"{name}: {value}" for name, value in headers.items())]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def signed(body: bytes) -> dict[str, str]:
    return {whatsapp.SIGNATURE_HEADER: whatsapp.sign(body, APP_SECRET)}


@asynccontextmanager
async def opened(patience: float = WITHIN) -> AsyncGenerator[Site]:
    """Serve until the block ends."""
    heard = Heard()
    routes = [
        telegram.webhook_route(Intake(heard, heard), SECRET),
        whatsapp.webhook_route(heard.take, APP_SECRET, VERIFY_TOKEN),
    ]
    listener = socket.create_server(("127.0.0.1", 0))
    site = Site(listener.getsockname()[1], heard)
    serving = asyncio.create_task(serve_web(routes, listener, patience))
    try:
        yield site
    finally:
        for line in site.lines:
            await line.close()
        serving.cancel()
        await asyncio.gather(serving, return_exceptions=True)
        listener.close()
