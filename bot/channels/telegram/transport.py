"""Calls of the Bot API over aiohttp, and the only place that knows the bot token.

The Bot API carries the token in every URL: it is kept out of every exception, and blanked in every answer.
"""

import json
from collections.abc import AsyncIterator, Mapping
from typing import Any
from urllib.parse import quote

import aiohttp

from bot.channels.telegram.errors import BadRequest, CallFailed, refusal

TIMEOUT = 20.0
"""Seconds for one call of the Bot API, unless the call says otherwise."""
CONNECTIONS = 64
"""Sockets to one server. Telegram accepts about 30 messages a second, so more are never busy at once."""
PIECE = 64 * 1024
"""Bytes read at once from a file."""
JSON = "application/json"
_IN_JSON = {"Content-Type": JSON}
NO_ANSWER = b"{}"
"""Stands in for a page of a proxy, which is no answer of the Bot API."""
_SUCCESS = range(200, 300)


class Transport:
    """Calls of one Bot API server for one bot. Raises CallFailed, whose texts never hold the token or a URL."""

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

    async def shutdown(self) -> None:
        """Close the connections; the session opens with the first call, inside the loop that makes it."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def call(self, method: str, parameters: Mapping[str, str | int], timeout: float | None = None) -> Any:
        """The raw `result` of a Bot API method. `timeout` in seconds, None for the usual one. Raises CallFailed.

        In JSON, which is written in a tenth of the time of a form.
        """
        return await self.post(method, json.dumps(parameters).encode(), _IN_JSON, timeout)

    async def post(
        self,
        method: str,
        body: aiohttp.FormData | bytes,
        headers: Mapping[str, str] | None = None,
        timeout: float | None = None,
    ) -> Any:
        """The same with a body that is made already."""
        return _result(*await self._answered(method, body, headers, self._timeout if timeout is None else timeout))

    async def _answered(
        self, method: str, body: aiohttp.FormData | bytes, headers: Mapping[str, str] | None, timeout: float
    ) -> tuple[int, bytes]:
        """Status and body; `timeout` in seconds bounds the whole of it. Raises CallFailed where there is no answer."""
        try:
            async with self._open().post(
                f"{self._methods}/{method}",
                data=body,
                headers=headers,
                timeout=aiohttp.ClientTimeout(total=timeout),
                allow_redirects=False,
            ) as response:
                return self._readable(response, await response.read())
        except (TimeoutError, aiohttp.ClientError, OSError, ValueError) as error:
            failure = _failure(error)
        # Raised out here, so that no traceback leads back to an error that quotes the URL.
        raise failure

    async def download(self, file_path: str) -> AsyncIterator[bytes]:
        """A file in pieces, by the path that getFile gave. Raises BadRequest when it is gone, else CallFailed."""
        failure: CallFailed
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


def _result(status: int, body: bytes) -> Any:
    """What a call has given. Raises CallFailed for anything but a success."""
    try:
        answer = json.loads(body.decode("utf-8", "replace"))
    except ValueError:
        answer = None
    if not isinstance(answer, dict):
        raise CallFailed("the answer is not one of the Bot API")
    if status not in _SUCCESS or "result" not in answer:
        raise refusal(status, answer)
    return answer["result"]


def _failure(error: Exception) -> CallFailed:
    """What to raise instead: the kind of the error only, as its text may hold the URL."""
    return CallFailed("timed out" if isinstance(error, TimeoutError) else f"no connection ({type(error).__name__})")


def _refused_file(status: int) -> CallFailed:
    return BadRequest("the file is gone") if status == 404 else CallFailed(f"no file (HTTP {status})")
