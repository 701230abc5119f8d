"""The open pages, and the events that are pushed to them. For one event loop; nothing here blocks."""

import asyncio
import json
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from typing import Literal

PENDING = 1000
"""Events that wait for one page. A page that is further behind is cut off; it reconnects and reads everything anew."""


@dataclass(frozen=True)
class Event:
    """Something the page should look at.

    `ready`: events flow from here on. `chat` and `typing`: `address` has news. `clock`: `now` (ISO, local), `moving`
    and `tick`, which counts these events so that a page can drop one that an answer over HTTP has overtaken.
    """

    kind: Literal["ready", "chat", "typing", "clock"]
    address: str = ""
    now: str = ""
    moving: bool = False
    tick: int = 0

    def json(self) -> str:
        """The data line of the event as it is streamed."""
        match self.kind:
            case "ready":
                return "{}"
            case "chat" | "typing":
                return json.dumps({"address": self.address})
            case "clock":
                return json.dumps({"now": self.now, "moving": self.moving, "tick": self.tick})


class Audience:
    """Every open page, each with a queue of its own."""

    def __init__(self) -> None:
        self._queues: set[asyncio.Queue[Event | None]] = set()

    def __len__(self) -> int:
        return len(self._queues)

    def tell(self, event: Event) -> None:
        """Push one event to every open page; never waits."""
        for queue in tuple(self._queues):
            if queue.full():
                self._cut_off(queue)
            else:
                queue.put_nowait(event)

    async def listen(self) -> AsyncGenerator[Event]:
        """The events of one page, from `ready` until it leaves or `close`."""
        queue: asyncio.Queue[Event | None] = asyncio.Queue(PENDING)
        self._queues.add(queue)
        try:
            yield Event("ready")
            while (event := await queue.get()) is not None:
                yield event
        finally:
            self._queues.discard(queue)

    def close(self) -> None:
        """End every stream, so that a server that stops need not wait for the pages."""
        for queue in tuple(self._queues):
            self._cut_off(queue)

    def _cut_off(self, queue: asyncio.Queue[Event | None]) -> None:
        self._queues.discard(queue)
        while not queue.empty():
            queue.get_nowait()
        queue.put_nowait(None)
