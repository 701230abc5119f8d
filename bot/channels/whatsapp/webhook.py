"""Calls that Meta posts to us: verified over the raw body, recorded, and only then answered with 200."""

import hashlib
import hmac
import logging
from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.channels.bodies import body_within, refused
from bot.channels.posted import json_object
from bot.channels.whatsapp.intake import NotYet
from bot.channels.whatsapp.parsing import Json

SIGNATURE_HEADER = "X-Hub-Signature-256"
BODY_LIMIT = 3 * 1024 * 1024
"""Bytes of one call: Meta's own limit."""

_log = logging.getLogger(__name__)


def webhook_route(
    take: Callable[[Json], Awaitable[None]], app_secret: str, verify_token: str, path: str = "/whatsapp"
) -> Route:
    """`path` as it is entered at Meta: GET answers the handshake, POST takes calls. Raises ValueError for no secret.

    GET: 200 with the challenge, 403 wrong token. POST: 200 recorded (or nothing to record), 400 not a JSON object,
    401 wrong signature, 413 too long, 503 not recorded: Meta posts it again, for up to seven days.
    """
    if not app_secret or not verify_token:
        raise ValueError("a webhook without a secret would believe everybody")

    async def answer(request: Request) -> Response:
        if request.method == "POST":
            return await _receive(request, take, app_secret)
        return _shake_hands(request, verify_token)

    return Route(path, answer, methods=["GET", "POST"])


def sign(body: bytes, app_secret: str) -> str:
    """The signature header of a body."""
    return "sha256=" + hmac.new(app_secret.encode(), body, hashlib.sha256).hexdigest()


def _shake_hands(request: Request, verify_token: str) -> Response:
    """Meta asks once, when the address is entered there, whether it is ours."""
    asked = request.query_params
    is_ours = _is_same(asked.get("hub.verify_token", ""), verify_token)
    if asked.get("hub.mode") != "subscribe" or not is_ours:
        return PlainTextResponse("wrong token", 403)
    return PlainTextResponse(asked.get("hub.challenge", ""))


async def _receive(request: Request, take: Callable[[Json], Awaitable[None]], app_secret: str) -> Response:
    raw = await body_within(BODY_LIMIT, request)
    if raw is None:
        return refused("too long", 413)
    if not _is_same(request.headers.get(SIGNATURE_HEADER, ""), sign(raw, app_secret)):
        return PlainTextResponse("wrong signature", 401)
    body = json_object(raw)
    if body is None:
        return PlainTextResponse("not a call", 400)
    try:
        await take(body)
    except NotYet:
        return PlainTextResponse("not yet", 503)
    except Exception:  # whatever it was, Meta keeps the call and posts it again
        _log.exception("a call could not be recorded")
        return PlainTextResponse("not recorded", 503)
    return PlainTextResponse("ok")


def _is_same(given: str, expected: str) -> bool:
    """Compared in a time that tells nothing of where they differ."""
    return hmac.compare_digest(given.encode(errors="surrogateescape"), expected.encode())
