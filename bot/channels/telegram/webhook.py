"""Updates that Telegram posts to us: verified, stored, and only then answered with 200."""

import hmac
import logging
import re
from typing import Any

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.channels.bodies import body_within, refused
from bot.channels.posted import json_object
from bot.channels.telegram.intake import Intake

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
BODY_LIMIT = 1024 * 1024
"""Bytes of one update; Telegram's are a few kB."""
_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")

_log = logging.getLogger(__name__)


def webhook_route(intake: Intake, secret: str, path: str = "/telegram") -> Route:
    """POST `path` for `setWebhook`. Raises ValueError for a secret that Telegram would refuse.

    200 stored (or nothing to store), 400 broken JSON, 401 wrong secret, 413 too long, 503 not stored: post it again.
    """
    if not _SECRET.fullmatch(secret):
        raise ValueError("the webhook secret has not 1 to 256 letters, digits, _ or -")

    async def receive(request: Request) -> Response:
        if not _is_from_telegram(request, secret):
            return refused("wrong secret", 401)
        body = await body_within(BODY_LIMIT, request)
        if body is None:
            return refused("too long", 413)
        update = json_object(body)
        if update is None:
            return PlainTextResponse("not an update", 400)
        return await _stored(intake, update)

    return Route(path, receive, methods=["POST"])


async def _stored(intake: Intake, update: dict[str, Any]) -> Response:
    try:
        await intake.take([update])
    except Exception:  # whatever it was, Telegram keeps the update and posts it again
        _log.exception("an update could not be stored")
        return PlainTextResponse("not stored", 503)
    return PlainTextResponse("ok")


def _is_from_telegram(request: Request, secret: str) -> bool:
    given = request.headers.get(SECRET_HEADER, "")
    return hmac.compare_digest(given.encode(), secret.encode())
