"""An office in memory behind the real channel and routes, on a real server, and a real browser before it."""

import asyncio
import io
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import httpx
import pytest
import pytest_asyncio
import uvicorn
from PIL import Image
from playwright.async_api import Browser, BrowserContext, Page, async_playwright, expect
from pydantic import TypeAdapter
from starlette.applications import Starlette

from bot.channels.base import Attachment, Picture
from bot.channels.simulator.backstage import Actor, Bubble, Choice, OfficeCard, UnknownAddress, media_url
from bot.channels.simulator.channel import SimulatorChannel
from bot.channels.simulator.clock_words import parse_clock
from bot.channels.simulator.site import simulator_routes
from domain.plan import Role
from handlers.messages import Chart, File, Form, Outgoing
from tests.bot.edge import until
from tests.browser import ARGUMENTS, PATIENCE_MS, chromium

WITA = ZoneInfo("Asia/Makassar")
START = datetime(2022, 3, 29, 10, 42, tzinfo=WITA)
CAST = [
    Actor("sim-1", "I Nyoman Budi", "Camat", Role.CAMAT),
    Actor("sim-2", "Ni Luh Ayu", "Sekretaris Kecamatan", Role.SEKRETARIS, "Sekretariat"),
    Actor("sim-3", "Dewi Lestari", "Kasubbag Umum & Keuangan", Role.KASUBBAG, "Sekretariat"),
    Actor("sim-4", "Ketut Agus", "Bendahara", Role.PELAKSANA, "Sekretariat"),
    Actor("sim-5", "Sari Wulandari", "Kasi Pemerintahan", Role.KASI, "Seksi Pemerintahan"),
    Actor("sim-6", "Made Wirawan", "Kasi Pembangunan", Role.KASI, "Seksi Pembangunan"),
]
_bubble: TypeAdapter[Bubble] = TypeAdapter(Bubble)


@dataclass
class RehearsalStage:
    """The Backstage of the tests: every bubble is kept as JSON, as a database would hand it back."""

    channel: SimulatorChannel
    clock: datetime = START
    rows: list[tuple[str, str]] = field(default_factory=list)
    files: dict[int, tuple[bytes, str, str]] = field(default_factory=dict)
    pressed: list[tuple[str, str, str]] = field(default_factory=list)
    albums: list[str] = field(default_factory=list[str])
    held: asyncio.Event | None = None
    """Set by a test that wants the clock to be seen moving."""

    def begin(self) -> None:
        """Forget everything, as before the first message."""
        self.clock, self.held = START, None
        for memory in (self.rows, self.files, self.pressed, self.albums):
            memory.clear()

    async def office(self) -> OfficeCard:
        return OfficeCard(
            "Kecamatan Kubutambahan",
            "Kabupaten Buleleng",
            2022,
            "WITA",
            "Rencana Aksi 2022",
            ("Rencana Aksi 2022", "Rencana Aksi 2022 (perubahan)"),
        )

    async def cast(self) -> list[Actor]:
        return CAST

    async def history(self, address: str, after: int = 0) -> list[Bubble]:
        self._check(address)
        bubbles = [_bubble.validate_json(row) for to, row in self.rows if to == address]
        return [bubble for bubble in bubbles if bubble.id > after]

    async def say(self, address: str, body: str) -> None:
        self._check(address)
        self._keep(address, mine=True, kind="text", text=body, state="sending")

    async def press(self, address: str, token: str, label: str) -> None:
        self._check(address)
        self.pressed.append((address, token, label))
        self._keep(address, mine=True, kind="text", text=label, state="sending")

    async def presses(self, number: int) -> list[tuple[str, str, str]]:
        """What was pressed, once it is so much: a page shows what somebody said before it has told us."""
        await until(lambda: len(self.pressed) >= number)
        return self.pressed

    async def upload(self, address: str, name: str, mime: str, album: str, data: AsyncIterator[bytes]) -> None:
        self._check(address)
        self.albums.append(album)
        content = b"".join([piece async for piece in data])
        kind = "photo" if mime.startswith("image/") else "document"
        number = len(self.rows) + 1
        self.files[number] = (content, mime, name)
        self._keep(address, mine=True, kind=kind, text="", name=name, media_url=media_url(number))

    async def media(self, bubble_id: int) -> tuple[bytes, str, str] | None:
        return self.files.get(bubble_id)

    def now(self) -> datetime:
        return self.clock

    async def move_clock(self, words: str) -> str:
        there = parse_clock(words, self.clock)
        if self.held is not None:
            await self.held.wait()
        self.clock = there
        return f"Jam sampai di {there:%d/%m/%Y %H.%M}; tidak ada yang jatuh tempo."

    async def answer(self, address: str, message: Outgoing, png: bytes = b"", **more: Any) -> None:
        """What the rest of the program does: keep the delivery, hand the message to the channel."""
        number = len(self.rows) + 1
        enclosure: Picture | Attachment | None = None
        if isinstance(message, Chart):
            enclosure = Picture(png, "ringkasan.png")
            self.files[number] = (png, "image/png", "ringkasan.png")
            more |= {"media_url": media_url(number), "name": "ringkasan.png"}
        if isinstance(message, File | Form):
            enclosure = Attachment(b"isi", message.name)
            self.files[number] = (png or b"isi", "image/png" if png else "application/octet-stream", message.name)
            more |= {"media_url": media_url(number), "name": message.name}
        self._read_by_assistant(address)
        self._keep(address, **(_shown(message) | more))
        await self.channel.send(address, message, enclosure)

    def _read_by_assistant(self, address: str) -> None:
        for index, (to, row) in enumerate(self.rows):
            if to == address:
                self.rows[index] = (to, row.replace('"sending"', '"sent"'))

    def _keep(self, address: str, **fields: Any) -> None:
        bubble = _bubble.validate_python({"id": len(self.rows) + 1, "mine": False, "at": self.clock} | fields)
        self.rows.append((address, _bubble.dump_json(bubble).decode()))

    def _check(self, address: str) -> None:
        if address not in {actor.address for actor in CAST}:
            raise UnknownAddress(address)


def _shown(message: Outgoing) -> dict[str, Any]:
    options = () if not hasattr(message, "options") else message.options
    kinds = {"say": "text", "choose": "choose", "chart": "chart", "file": "file", "form": "file", "notice": "notice"}
    is_photo = isinstance(message, File) and message.is_picture
    return {
        "kind": "photo" if is_photo else kinds[message.kind],
        "text": message.caption if isinstance(message, Chart | File | Form) else message.text,
        "title": getattr(message, "title", ""),
        "options": tuple(Choice(option.label, option.hint, option.token) for option in options),
    }


@dataclass
class Rehearsal:
    """A simulator on a real server that can be stopped and started, and a client that sends what its own page would."""

    stage: RehearsalStage
    channel: SimulatorChannel
    client: httpx.AsyncClient = field(default_factory=httpx.AsyncClient)
    port: int = 0
    _server: uvicorn.Server | None = None
    _serving: asyncio.Task[None] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def start(self) -> None:
        """Serve, on the same port as before if there was one."""
        app = Starlette(routes=simulator_routes(self.stage, self.channel))
        config = uvicorn.Config(app, host="127.0.0.1", port=self.port, log_level="error", lifespan="off")
        self._server = uvicorn.Server(config)
        self._serving = asyncio.create_task(self._server.serve())
        while not self._server.started:
            await asyncio.sleep(0)
        self.port = self._server.servers[0].sockets[0].getsockname()[1]
        self.client.base_url = self.url
        self.client.headers["Origin"] = self.url

    async def stop(self) -> None:
        assert self._server is not None
        assert self._serving is not None
        self.channel.close()
        self._server.should_exit = True
        await self._serving

    async def chat(self, address: str, after: int = 0) -> list[dict[str, Any]]:
        answer = await self.client.get(f"/simulator/api/chat/{address}", params={"after": after})
        return json.loads(answer.text)["bubbles"]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def theatre() -> AsyncIterator[Rehearsal]:
    """One server for all tests of a file."""
    channel = SimulatorChannel()
    rehearsal = Rehearsal(RehearsalStage(channel), channel)
    await rehearsal.start()
    yield rehearsal
    await rehearsal.client.aclose()
    await rehearsal.stop()


@pytest.fixture
def rehearsal(theatre: Rehearsal) -> Rehearsal:
    """The server with an office in which nothing has happened yet."""
    theatre.stage.begin()
    return theatre


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    path = chromium()
    async with async_playwright() as playwright:
        launched = await playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield launched
        await launched.close()


@dataclass
class Reader:
    """A browser at the simulator: opens it at a width, and remembers every address it asked for and every mishap."""

    rehearsal: Rehearsal
    context: BrowserContext
    asked: list[str] = field(default_factory=list)
    mishaps: list[str] = field(default_factory=list)

    async def open(self, width: int, height: int) -> Page:
        page = await self.context.new_page()
        await page.set_viewport_size({"width": width, "height": height})
        page.on("request", lambda request: self.asked.append(request.url))
        page.on("pageerror", lambda error: self.mishaps.append(str(error)))
        page.on("console", lambda line: self.mishaps.append(line.text) if line.type == "error" else None)
        await page.goto(self.rehearsal.url)
        await page.locator(".phone").first.wait_for()
        # What is answered from here on is news: every phone has read its history.
        await expect(page.locator("[role=log][aria-live=polite]")).to_have_count(await page.locator(".phone").count())
        return page


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def profile(browser: Browser) -> BrowserContext:
    """One for all tests of a file: the page keeps what it keeps in its tab, and each further one costs a process."""
    context = await browser.new_context(locale="id-ID", reduced_motion="reduce")
    context.set_default_timeout(PATIENCE_MS)
    return context


@pytest_asyncio.fixture(loop_scope="module")
async def reader(profile: BrowserContext, rehearsal: Rehearsal) -> AsyncIterator[Reader]:
    yield Reader(rehearsal, profile)
    await profile.set_offline(False)
    for page in profile.pages:
        await page.close()


@pytest.fixture
def png() -> bytes:
    """A small picture of the shape of a chart."""
    file = io.BytesIO()
    Image.new("RGB", (108, 135), "#2c3768").save(file, "PNG")
    return file.getvalue()
