"""What providers post to our web server, read carefully: bounded, and as text that every database takes."""

import json
from typing import Any

from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response


async def body_within(limit: int, request: Request) -> bytes | None:
    """The body, or None as soon as it is longer than `limit` bytes; empty where the sender went away."""
    body = bytearray()
    try:
        async for piece in request.stream():
            body += piece
            if len(body) > limit:
                return None
    except ClientDisconnect:
        return b""
    return bytes(body)


def refused(why: str, status: int) -> Response:
    """The answer to what is not read to its end: the connection ends with it."""
    return PlainTextResponse(why, status, {"Connection": "close"})


def json_object(body: bytes) -> dict[str, Any] | None:
    """The JSON object that a body holds; None for anything else, however deep it is nested."""
    try:
        held = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return held if isinstance(held, dict) else None


def storable(raw: str) -> str:
    """Text that every database takes: JSON may carry a NUL, and half of a character pair."""
    return raw.replace("\0", "").encode("utf-16", "surrogatepass").decode("utf-16", "replace")
