"""A running demo as its page sees it: everything goes through the simulator's HTTP, nothing past it."""

import asyncio
import re
from collections import Counter
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import uvicorn

from bot.demo import HOST, Demo, free_port

Bubble = dict[str, Any]
PATIENCE = 300
"""Seconds after which an answer that has not come never will."""


@dataclass
class Office:
    """The phones of one demo. `seen` is the last bubble of each that was looked at, by address."""

    client: httpx.AsyncClient
    addresses: dict[str, str] = field(default_factory=dict)
    seen: dict[str, int] = field(default_factory=dict)
    news: asyncio.Event = field(default_factory=asyncio.Event)

    async def open(self) -> None:
        """Find every phone, and pass over what was said before the story."""
        cast = (await self.client.get("/simulator/api/cast")).raise_for_status().json()
        self.addresses = {actor["post"]: actor["address"] for actor in cast}
        for post in self.addresses:
            await self.new_bubbles(post)

    async def new_bubbles(self, post: str) -> list[Bubble]:
        """What has come to a phone since it was last looked at."""
        bubbles = await self._read(post, self.seen.get(post, 0))
        self.seen[post] = bubbles[-1]["id"] if bubbles else self.seen.get(post, 0)
        return bubbles

    async def ask(self, post: str, words: str, label: str | None) -> str:
        """Type words, or tap the button that begins with `label`; return the answer with its buttons as `[label]`."""
        said = {"text": words} if label is None else await self._button(post, label)
        (await self.client.post(f"/simulator/api/chat/{self.addresses[post]}", json=said)).raise_for_status()
        async with asyncio.timeout(PATIENCE):
            while not _answered(await self._read(post, self.seen[post])):
                await self.news.wait()
                self.news.clear()
        return "\n".join(shown(bubble) for bubble in await self.new_bubbles(post) if not bubble["mine"])

    async def move_clock(self, to: str) -> dict[str, list[Bubble]]:
        """Move the clock; return what came to each phone on the way."""
        answer = await self.client.post("/simulator/api/clock", json={"to": to})
        assert answer.status_code == 200, answer.text
        return {post: await self.new_bubbles(post) for post in self.addresses}

    async def snapshot_of(self, bubble: Bubble) -> int:
        """The number of the snapshot a picture was drawn from, which its file name tells."""
        picture = (await self.client.get(bubble["media_url"])).raise_for_status()
        assert picture.content.startswith(b"\x89PNG")
        number = re.search(r"renaksi-(\d+)\.png", picture.headers["Content-Disposition"])
        assert number is not None
        return int(number[1])

    async def listen(self) -> None:
        """Take notice of everything the page is told, until cancelled."""
        async with self.client.stream("GET", "/simulator/api/events", timeout=None) as events:
            async for _line in events.aiter_lines():
                self.news.set()

    async def _read(self, post: str, after: int) -> list[Bubble]:
        answer = await self.client.get(f"/simulator/api/chat/{self.addresses[post]}", params={"after": after})
        return answer.raise_for_status().json()["bubbles"]

    async def _button(self, post: str, label: str) -> dict[str, str]:
        offered = [option for bubble in await self._read(post, 0) for option in bubble["options"]]
        fitting = [option for option in offered if option["label"].startswith(label)]
        assert fitting, f"no button {label!r} on the phone of {post}"
        return {"token": fitting[-1]["token"], "label": fitting[-1]["label"]}


def _answered(bubbles: list[Bubble]) -> bool:
    return bool(bubbles) and not bubbles[-1]["mine"]


def shown(bubble: Bubble) -> str:
    """A message as it is read: title, text, buttons."""
    buttons = " ".join(f"[{option['label']}]" for option in bubble["options"])
    return "\n".join(part for part in (bubble["title"], bubble["text"], buttons) if part)


def told(came: dict[str, list[Bubble]], kind: str, saying: str = "") -> Counter[str]:
    """How many messages of a kind came to each post, of those that offer or say something."""
    return Counter(
        post
        for post, bubbles in came.items()
        for bubble in bubbles
        if bubble["kind"] == kind and saying in shown(bubble)
    )


@asynccontextmanager
async def open_office(plan: str, folder: Path, *, stands: bool = False) -> AsyncGenerator[Office]:
    """A demo of that plan on a free port of this machine, for as long as the block lasts; its clock may stand."""
    listener = free_port(0)
    url = f"http://{HOST}:{listener.getsockname()[1]}"
    config = uvicorn.Config(Demo(plan, folder, stands=stands).site(), log_level="warning", timeout_graceful_shutdown=2)
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server.serve(sockets=[listener]))
    async with httpx.AsyncClient(base_url=url, headers={"Origin": url}, timeout=PATIENCE) as client:
        office = Office(client)
        await office.open()
        listening = asyncio.create_task(office.listen())
        try:
            yield office
        finally:
            listening.cancel()
            with suppress(asyncio.CancelledError):
                await listening
            server.should_exit = True
            await serving
