"""Keeps the simulator to this machine: no other host name, no other site's requests, no outside source."""

import re

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_LOOPBACK = re.compile(r"(?:localhost|127\.0\.0\.1)(?::\d{1,5})?", re.IGNORECASE)
_SAFE_METHODS = frozenset({"GET", "HEAD"})

SECURITY_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


class LoopbackGuard:
    """ASGI middleware. A foreign Host means DNS rebinding, a foreign Origin another site's form: both get a 403."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        if not _is_ours(scope["method"], Headers(scope=scope)):
            refusal = PlainTextResponse("Simulator hanya melayani halamannya sendiri di komputer ini.", status_code=403)
            await refusal(scope, receive, send)
            return
        await self._app(scope, receive, _with_security_headers(send))


def _is_ours(method: str, headers: Headers) -> bool:
    host = headers.get("host", "")
    if not _LOOPBACK.fullmatch(host):
        return False
    return method in _SAFE_METHODS or headers.get("origin", "").lower() == f"http://{host}".lower()


def _with_security_headers(send: Send) -> Send:
    async def guarded(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in SECURITY_HEADERS.items():
                headers.setdefault(name, value)
        await send(message)

    return guarded
