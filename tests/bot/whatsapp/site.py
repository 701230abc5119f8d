"""Our web server with the webhook on it, and how Meta calls it."""

import asyncio
import io
import json
import socket
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import aiohttp

from bot.channels.whatsapp.intake import Intake
from bot.channels.whatsapp.webhook import SIGNATURE_HEADER, sign, webhook_route
from bot.web import serve_web

SECRET, TOKEN = "rahasia-aplikasi", "kata-sandi-webhook"


@dataclass
class Site:
    """Where the webhook is."""

    url: str
    session: aiohttp.ClientSession

    async def call(self, body: Any) -> int:
        """Post a call as Meta does; return the status of the answer."""
        return await self.post(json.dumps(body).encode())

    async def post(self, body: bytes, signature: str | None = "") -> int:
        """Post a body, signed as Meta signs it unless another signature, or none, is given."""
        headers = {} if signature is None else {SIGNATURE_HEADER: signature or sign(body, SECRET)}
        async with self.session.post(self.url, data=io.BytesIO(body), headers=headers) as response:
            return response.status

    async def get(self, **asked: str) -> tuple[int, str]:
        """Shake hands; return the status and the body of the answer."""
        parameters = {f"hub.{key}": value for key, value in asked.items()}
        async with self.session.get(self.url, params=parameters) as response:
            return response.status, await response.text()


@asynccontextmanager
async def served(intake: Intake) -> AsyncGenerator[Site]:
    """A webhook for as long as the block lasts."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        serving = asyncio.create_task(serve_web([webhook_route(intake.take, SECRET, TOKEN)], listener))
        async with aiohttp.ClientSession() as session:
            yield Site(f"http://127.0.0.1:{port}/whatsapp", session)
        serving.cancel()
        await asyncio.gather(serving, return_exceptions=True)
