"""Pictures and files, sent with python-telegram-bot, which knows how they are packed.

Imported with the first of them: its classes take 12 MB, and nothing else needs them.
"""

import io
import json
import logging
from collections.abc import Awaitable
from typing import Any

import aiohttp
from telegram import Bot, Message
from telegram.constants import ParseMode
from telegram.error import NetworkError
from telegram.request import BaseRequest, RequestData

from bot.channels.telegram.errors import CallFailed
from bot.channels.telegram.rendering import Keyboard
from bot.channels.telegram.transport import TIMEOUT, Transport

PATIENCE = 3
"""A call that carries a picture or file may take this many times longer than another."""
STAND_IN = "held-by-the-transport"
"""What python-telegram-bot gets instead of the token; its repr and its log would show the real one."""


def _is_no_parameter_dump(record: logging.LogRecord) -> bool:
    return record.levelno > logging.DEBUG


# At DEBUG it writes the parameters of every call, that is, what people are told.
logging.getLogger("telegram.Bot").addFilter(_is_no_parameter_dump)


class Uploads:
    """Sends through a transport. Its functions return the number of the message that is there now; they raise
    CallFailed."""

    def __init__(self, transport: Transport, timeout: float = TIMEOUT) -> None:
        """`timeout` in seconds, of a call that carries nothing large."""
        request = _Request(transport, PATIENCE * timeout)
        self._bot = Bot(STAND_IN, base_url=lambda _token: "", request=request, get_updates_request=request)

    async def send_photo(self, address: str, data: bytes, name: str, caption: str, below: Keyboard | None) -> int:
        """A picture; the caption is HTML."""
        buttons = {"reply_markup": below}
        return await _number_of(
            self._bot.send_photo(
                address, data, filename=name, caption=caption, parse_mode=ParseMode.HTML, api_kwargs=buttons
            )
        )

    async def send_document(self, address: str, data: bytes, name: str, caption: str, below: Keyboard | None) -> int:
        """A file; the caption is HTML."""
        buttons = {"reply_markup": below}
        return await _number_of(
            self._bot.send_document(
                address, data, filename=name, caption=caption, parse_mode=ParseMode.HTML, api_kwargs=buttons
            )
        )


class _Request(BaseRequest):
    """Hands calls to the transport; the URL is only the method, as the transport knows the rest."""

    def __init__(self, transport: Transport, timeout: float) -> None:
        self._transport = transport
        self._timeout = timeout

    @property
    def read_timeout(self) -> float | None:
        return self._timeout

    async def initialize(self) -> None:
        """Nothing to do: the transport opens by itself."""

    async def shutdown(self) -> None:
        """Nothing to do: the transport is its owner's."""

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """A success; anything else raises CallFailed."""
        assert request_data is not None  # each of them carries something
        result = await self._transport.post(url.removeprefix("/"), _form(request_data), timeout=self._timeout)
        return 200, json.dumps({"ok": True, "result": result}).encode()


def _form(data: RequestData) -> aiohttp.FormData:
    # aiohttp's quoting would show people `Laporan%20Maret.xlsx`.
    form = aiohttp.FormData(data.json_parameters, quote_fields=False)
    for field, (name, content, mime) in data.multipart_data.items():
        # As a stream, because aiohttp warns of bytes above 1 MB.
        stream = io.BytesIO(content) if isinstance(content, bytes) else content
        form.add_field(field, stream, filename=name, content_type=mime)
    return form


async def _number_of(sending: Awaitable[Message]) -> int:
    """Raises what the transport raised, which python-telegram-bot puts behind an error of its own."""
    try:
        return (await sending).message_id
    except NetworkError as wrapped:
        failure = wrapped.__cause__
        if not isinstance(failure, CallFailed):
            raise
    raise failure
