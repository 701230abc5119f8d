"""`/healthz` and `/metrics`, for the machine's own watchers. Nothing personal is in them, and still they are nobody
else's: what came through a proxy is answered as a page that is not there."""

import asyncio

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from bot.health import Pulse

PROXIED = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via", "cf-connecting-ip")
"""Headers that a proxy puts into what it passes on: Caddy, cloudflared, and nginx and Apache as they are set up in the
guide."""


def watching_routes(pulse: Pulse) -> list[Route]:
    """Both paths: 200, or 503 with the names of what is unwell."""

    async def healthz(request: Request) -> Response:
        if _is_proxied(request):
            return PlainTextResponse("Not Found", 404)
        health = await pulse.felt()
        return JSONResponse(health.as_json(), 503 if health.unwell else 200)

    async def metrics(request: Request) -> Response:
        if _is_proxied(request):
            return PlainTextResponse("Not Found", 404)
        from bot.metrics import CONTENT_TYPE, printed  # most installations are never asked

        text = await asyncio.to_thread(printed, await pulse.felt())
        return Response(text, media_type=CONTENT_TYPE)

    return [Route("/healthz", healthz, methods=["GET"]), Route("/metrics", metrics, methods=["GET"])]


def _is_proxied(request: Request) -> bool:
    return any(name in request.headers for name in PROXIED)
