"""HTTP for python-telegram-bot over aiohttp, and the only place that knows the bot token.

The Bot API carries the token in every URL. python-telegram-bot is therefore given relative URLs and a stand-in for
the token; this transport puts the real one in front, keeps it out of every exception and blanks it in every answer.
"""

import io
import json
import logging
import os
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

import aiohttp
from telegram.error import BadRequest, NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

TIMEOUT = 20.0
"""Seconds for one call of the Bot API, unless the call says otherwise."""
CONNECTIONS = 64
"""Sockets to one server. Telegram accepts about 30 messages a second, so more are never busy at once."""
PIECE = 64 * 1024
"""Bytes read at once from a file."""
JSON = "application/json"
_FORM = {"Content-Type": "application/x-www-form-urlencoded"}
NO_ANSWER = b'{"ok":false}'
"""Stands in for a page of a proxy, which is no answer of the Bot API."""

# Without it python-telegram-bot 22 warns of a deprecation whenever it builds a RetryAfter.
os.environ.setdefault("PTB_TIMEDELTA", "1")


def _is_no_parameter_dump(record: logging.LogRecord) -> bool:
    return record.levelno > logging.DEBUG


# At DEBUG it writes the parameters of every call, that is, what people are told.
logging.getLogger("telegram.Bot").addFilter(_is_no_parameter_dump)


@dataclass(frozen=True)
class _Form:
    """Parameters of a call that go as they are, without python-telegram-bot's objects around each."""

    parameters: Mapping[str, str | int]


class Transport(BaseRequest):
    """Requests to one Bot API server for one bot. URLs are relative: `/sendMessage`.

    Raises python-telegram-bot's errors, whose texts never hold the token or a URL.
    """

    def __init__(self, token: str, api_url: str, timeout: float = TIMEOUT) -> None:
        """`api_url` is the server without a path, e.g. `https://api.telegram.org`; `timeout` is in seconds."""
        if not token:
            raise ValueError("the Telegram token is empty")
        server = api_url.rstrip("/")
        self._methods = f"{server}/bot{token}"
        self._files = f"{server}/file/bot{token}"
        self._secret = (token.partition(":")[2] or token).encode()
        self._timeout = timeout
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float | None:
        return self._timeout

    async def initialize(self) -> None:
        """Nothing to do: the session opens with the first request, inside the loop that runs it."""

    async def shutdown(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | _Form | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Status and body of one request. `read_timeout` bounds the whole of it; the other timeouts are not used."""
        total = self._timeout if read_timeout is BaseRequest.DEFAULT_NONE else read_timeout
        body, headers = _body(request_data)
        try:
            async with self._open().request(
                method,
                self._methods + url,
                data=body,
                headers=headers,
                timeout=aiohttp.ClientTimeout(total=total),
                allow_redirects=False,
            ) as response:
                return self._readable(response, await response.read())
        except (TimeoutError, aiohttp.ClientError, OSError, ValueError) as error:
            failure = _failure(error)
        # Raised out here, so that no traceback leads back to an error that quotes the URL.
        raise failure

    async def call(self, method: str, parameters: Mapping[str, str | int], timeout: float | None = None) -> Any:
        """The raw `result` of a Bot API method, for answers that must not go through python-telegram-bot's classes.

        `timeout` in seconds, None for the usual one. Raises TelegramError.
        """
        return await self.post(
            f"/{method}",
            _Form(parameters),  # pyright: ignore[reportArgumentType]  # it reaches `do_request` as it is
            read_timeout=self._timeout if timeout is None else timeout,
        )

    async def download(self, file_path: str) -> AsyncIterator[bytes]:
        """A file in pieces, by the path that getFile gave. Raises BadRequest when it is gone, else NetworkError."""
        failure: TelegramError
        try:
            async with self._open().get(
                f"{self._files}/{quote(file_path)}",
                timeout=aiohttp.ClientTimeout(total=None, sock_connect=self._timeout, sock_read=self._timeout),
                allow_redirects=False,
            ) as response:
                if response.status == 200:
                    async for piece in response.content.iter_chunked(PIECE):
                        yield piece
                    return
                failure = _refused_file(response.status)
        except (TimeoutError, aiohttp.ClientError, OSError, ValueError) as error:
            failure = _failure(error)
        raise failure

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """As the base class, but without writing people's words into the log when the JSON is broken."""
        try:
            answer = json.loads(payload.decode("utf-8", "replace"))
        except ValueError:
            answer = None
        if not isinstance(answer, dict) or not (answer.get("ok") is False or "result" in answer):
            raise NetworkError("the answer is not one of the Bot API")
        return answer

    def _open(self) -> aiohttp.ClientSession:
        if self._session is None or self._session.closed:
            connector = aiohttp.TCPConnector(limit=CONNECTIONS)
            self._session = aiohttp.ClientSession(connector=connector, cookie_jar=aiohttp.DummyCookieJar())
        return self._session

    def _readable(self, response: aiohttp.ClientResponse, body: bytes) -> tuple[int, bytes]:
        """Status and body without the token; a page of a proxy or a captive portal counts as a bad gateway."""
        if response.content_type == JSON:
            return response.status, body.replace(self._secret, b"***")
        return max(response.status, 502) if response.status < 400 else response.status, NO_ANSWER


def _body(data: RequestData | _Form | None) -> tuple[aiohttp.FormData | bytes | None, Mapping[str, str] | None]:
    """What is sent, and its headers. A form without files is written here: aiohttp takes ten times as long."""
    if data is None:
        return None, None
    if isinstance(data, _Form):
        return urlencode(data.parameters).encode(), _FORM
    if not data.contains_files:
        return urlencode(data.json_parameters).encode(), _FORM
    # aiohttp's quoting would show people `Laporan%20Maret.xlsx`.
    form = aiohttp.FormData(data.json_parameters, quote_fields=False)
    for field, (name, content, mime) in data.multipart_data.items():
        # As a stream, because aiohttp warns of bytes above 1 MB.
        stream = io.BytesIO(content) if isinstance(content, bytes) else content
        form.add_field(field, stream, filename=name, content_type=mime)
    return form, None


def _failure(error: Exception) -> TelegramError:
    """What to raise instead: the kind of the error only, as its text may hold the URL."""
    return TimedOut() if isinstance(error, TimeoutError) else NetworkError(f"no connection ({type(error).__name__})")


def _refused_file(status: int) -> TelegramError:
    return BadRequest("the file is gone") if status == 404 else NetworkError(f"no file (HTTP {status})")
