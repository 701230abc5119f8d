"""The simulator's page and the HTTP paths it uses."""

import asyncio
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Annotated, TypeVar
from urllib.parse import quote

import anyio
from pydantic import BaseModel, ConfigDict, StringConstraints, TypeAdapter, ValidationError
from sse_starlette import EventSourceResponse, ServerSentEvent
from starlette.middleware import Middleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route

from bot.channels.simulator.backstage import Actor, Backstage, Bubble, OfficeCard, UnknownAddress
from bot.channels.simulator.channel import SimulatorChannel
from bot.channels.simulator.clock_words import ClockWords
from bot.channels.simulator.guard import LoopbackGuard
from bot.channels.simulator.uploads import UploadBroken, UploadTooLarge, read_upload
from handlers.messages import TEXT_LIMIT

PAGE = Path(__file__).parent / "page"
"""The page's own files, served as they are."""
MEDIA_TYPES = {".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
"""Named here because `mimetypes` asks the operating system, and a script of the wrong type is refused."""
BODY_LIMIT = 64 * 1024
"""Bytes of a JSON body: 4096 characters, each escaped as a surrogate pair, and room to spare."""
DRAIN_LIMIT = 100 * 1024 * 1024
"""Bytes of a refused upload still read, because a browser reads our answer only when it has sent everything."""
_ALBUM = re.compile(r"[0-9a-f-]{0,36}")
"""The name that the page gives to files chosen together: a UUID, empty for a file alone."""
SHUTDOWN_GRACE = 1.0
"""Seconds a server that stops gives the event streams to end by themselves."""
SHOWN_INLINE = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})
"""What the page shows; anything else a person sent is only ever downloaded, never opened in our origin."""

NOT_UNDERSTOOD = "Permintaan halaman tidak terbaca; muat ulang halaman lalu coba lagi."
UNKNOWN_PHONE = "Jabatan ini tidak ada lagi; muat ulang halaman."
TOO_LARGE = "Berkas lebih dari 20 MB tidak dapat dikirim; kirim yang lebih kecil."
BROKEN_UPLOAD = "Berkas tidak sampai utuh; kirim sekali lagi."
NO_MEDIA = "Berkas ini tidak ada lagi."
CLOCK_BUSY = "Jam sedang dipindahkan; tunggu sampai selesai."


class _Body(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Typed(_Body):
    """`{"text": ...}`: words a person typed."""

    text: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=TEXT_LIMIT)]


class Pressed(_Body):
    """`{"token": ..., "label": ...}`: a button a person tapped."""

    token: Annotated[str, StringConstraints(min_length=1, max_length=64)]
    label: Annotated[str, StringConstraints(min_length=1, max_length=64)]


class ClockRequest(_Body):
    """`{"to": "besok 08.00"}`: where the clock is to go, in words."""

    to: Annotated[str, StringConstraints(max_length=200)]


SAID: TypeAdapter[Typed | Pressed] = TypeAdapter(Typed | Pressed)
CLOCK_REQUEST: TypeAdapter[ClockRequest] = TypeAdapter(ClockRequest)
_office_json: TypeAdapter[OfficeCard] = TypeAdapter(OfficeCard)
_cast_json: TypeAdapter[list[Actor]] = TypeAdapter(list[Actor])
_bubbles_json: TypeAdapter[list[Bubble]] = TypeAdapter(list[Bubble])

Model = TypeVar("Model")
Handler = Callable[[Request], Awaitable[Response]]


class _Refusal(Exception):
    """An answer that is not 200, with the sentence that the page shows."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status
        self.sentence = sentence


def simulator_routes(stage: Backstage, channel: SimulatorChannel) -> list[BaseRoute]:
    """The page at `/` and everything it asks for below `/simulator`, for this machine only.

    Refusals are `{"sentence": ...}` in Indonesian: 404 unknown phone or file, 409 the clock is moving, 413 upload over
    20 MB, 422 anything not understood. A POST needs the page's own Origin.
    """
    site = _Site(stage, channel)
    guard = [Middleware(LoopbackGuard)]
    api = [
        Route("/office", _answering(site.office)),
        Route("/cast", _answering(site.cast)),
        Route("/chat/{address}", _answering(site.history), methods=["GET"]),
        Route("/chat/{address}", _answering(site.take), methods=["POST"]),
        Route("/chat/{address}/upload", _answering(site.upload), methods=["POST"]),
        Route("/media/{bubble_id:int}", _answering(site.media)),
        Route("/clock", _answering(site.move_clock), methods=["POST"]),
        Route("/events", site.events),
    ]
    files = [Route(f"/{path.name}", _file(path)) for path in sorted(PAGE.iterdir()) if path.suffix in MEDIA_TYPES]
    return [
        Route("/", _file(PAGE / "page.html"), middleware=guard),
        Mount("/simulator", routes=[Mount("/api", routes=api), *files], middleware=guard),
    ]


class _Site:
    """The handlers of the API, over one office and one channel."""

    def __init__(self, stage: Backstage, channel: SimulatorChannel) -> None:
        self._stage = stage
        self._channel = channel
        self._moving = False

    async def office(self, request: Request) -> Response:
        """GET /simulator/api/office: the office card, with `now`, whether the clock is `moving`, and its `tick`."""
        card = _office_json.dump_python(await self._stage.office(), mode="json")
        return JSONResponse({**card, "now": self._now(), "moving": self._moving, "tick": self._channel.ticks})

    async def cast(self, request: Request) -> Response:
        """GET /simulator/api/cast: every post of the office."""
        return JSONResponse(_cast_json.dump_python(await self._stage.cast(), mode="json"))

    async def history(self, request: Request) -> Response:
        """GET /simulator/api/chat/{address}?after=ID: `{"bubbles": [...], "now": ...}`, oldest first."""
        bubbles = await self._stage.history(request.path_params["address"], _after(request))
        return JSONResponse({"bubbles": _bubbles_json.dump_python(bubbles, mode="json"), "now": self._now()})

    async def take(self, request: Request) -> Response:
        """POST /simulator/api/chat/{address}: words typed or a button tapped; 204 when stored."""
        address = request.path_params["address"]
        match await _json_body(request, SAID):
            case Typed(text=text):
                await self._stage.say(address, text)
            case Pressed(token=token, label=label):
                await self._stage.press(address, token, label)
        self._channel.changed(address)
        return Response(status_code=204)

    async def upload(self, request: Request) -> Response:
        """POST /simulator/api/chat/{address}/upload?album=NAME: one file as multipart form data; 204 when stored."""
        address = request.path_params["address"]
        body = request.stream()
        try:
            upload = await read_upload(request.headers.get("content-type", ""), body)
            await self._stage.upload(address, upload.name, upload.mime, _album(request), upload.data)
        finally:
            await _drain(body)
        self._channel.changed(address)
        return Response(status_code=204)

    async def media(self, request: Request) -> Response:
        """GET /simulator/api/media/{id}: the bytes a bubble carries."""
        found = await self._stage.media(request.path_params["bubble_id"])
        if found is None:
            raise _Refusal(404, NO_MEDIA)
        data, mime, name = found
        return _media_response(data, mime, name)

    async def move_clock(self, request: Request) -> Response:
        """POST /simulator/api/clock: move it and answer when it has arrived: `now`, `sentence`, `tick`."""
        wanted = await _json_body(request, CLOCK_REQUEST)
        if self._moving:
            raise _Refusal(409, CLOCK_BUSY)
        self._moving = True
        self._channel.clock_moved(self._stage.now(), moving=True)
        try:
            status, sentence = 200, await self._stage.move_clock(wanted.to)
        except ClockWords as words:
            status, sentence = 422, words.sentence
        finally:
            self._moving = False
            self._channel.clock_moved(self._stage.now(), moving=False)
        answer = {"now": self._now(), "sentence": sentence, "tick": self._channel.ticks}
        return JSONResponse(answer, status_code=status)

    async def events(self, request: Request) -> Response:
        """GET /simulator/api/events: server-sent events `ready`, `chat`, `typing` and `clock`."""
        stopping = anyio.Event()
        return EventSourceResponse(
            self._stream(stopping), shutdown_event=stopping, shutdown_grace_period=SHUTDOWN_GRACE
        )

    async def _stream(self, stopping: anyio.Event) -> AsyncIterator[ServerSentEvent]:
        closing = asyncio.create_task(self._close_at(stopping))
        try:
            async for event in self._channel.listen():
                yield ServerSentEvent(event.json(), event=event.kind)
        finally:
            closing.cancel()

    async def _close_at(self, stopping: anyio.Event) -> None:
        await stopping.wait()
        self._channel.close()

    def _now(self) -> str:
        return self._stage.now().isoformat(timespec="seconds")


def _answering(handler: Handler) -> Handler:
    """The handler, with everything it refuses told as a sentence."""

    async def answer(request: Request) -> Response:
        try:
            return await handler(request)
        except _Refusal as refusal:
            return _sentence(refusal.status, refusal.sentence)
        except UnknownAddress:
            return _sentence(404, UNKNOWN_PHONE)
        except UploadTooLarge:
            return _sentence(413, TOO_LARGE)
        except (UploadBroken, ClientDisconnect):
            return _sentence(422, BROKEN_UPLOAD)

    return answer


def _sentence(status: int, sentence: str) -> Response:
    return JSONResponse({"sentence": sentence}, status_code=status)


def _file(path: Path) -> Handler:
    async def send_file(request: Request) -> Response:
        return FileResponse(path, media_type=MEDIA_TYPES[path.suffix], headers={"Cache-Control": "no-cache"})

    return send_file


def _after(request: Request) -> int:
    given = request.query_params.get("after", "0")
    if not (given.isascii() and given.isdigit() and len(given) <= 16):
        raise _Refusal(422, NOT_UNDERSTOOD)
    return int(given)


def _album(request: Request) -> str:
    given = request.query_params.get("album", "")
    if not _ALBUM.fullmatch(given):
        raise _Refusal(422, NOT_UNDERSTOOD)
    return given


async def _json_body(request: Request, shape: TypeAdapter[Model]) -> Model:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > BODY_LIMIT:
            raise _Refusal(422, NOT_UNDERSTOOD)
    try:
        return shape.validate_json(bytes(body))
    except ValidationError as error:
        raise _Refusal(422, NOT_UNDERSTOOD) from error


async def _drain(body: AsyncIterator[bytes]) -> None:
    size = 0
    try:
        async for chunk in body:
            size += len(chunk)
            if size > DRAIN_LIMIT:
                return
    except ClientDisconnect:
        return


def _media_response(data: bytes, mime: str, name: str) -> Response:
    inline = mime in SHOWN_INLINE
    disposition = "inline" if inline else "attachment"
    headers = {
        "Content-Disposition": f"{disposition}; filename*=UTF-8''{quote(name, safe='')}",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Cache-Control": "no-store",
    }
    return Response(data, media_type=mime if inline else "application/octet-stream", headers=headers)
