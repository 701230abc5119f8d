"""Bodies that are posted to our web server, taken within bounds."""

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
