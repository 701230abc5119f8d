"""Files chosen together: the page uploads them one by one, a phone sends them as one album.

Those of an album are held until none is on its way any more, and then stored together in the order in which they were
chosen, so that they are answered together.
"""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from handlers.messages import Incoming

PAUSE = 0.5
"""Seconds without another file of an album after which it is whole: a browser starts the next one at once."""

Store = Callable[[str, Sequence[Incoming]], Awaitable[None]]


@dataclass
class Place:
    """Where a file of an album stands; `said` is what became of it, None for one that was refused on its way."""

    said: Incoming | None = None


@dataclass
class _Album:
    places: list[Place] = field(default_factory=list[Place])
    on_the_way: int = 0
    changed: asyncio.Event = field(default_factory=asyncio.Event)


class Albums:
    """The albums on their way; `store` takes what has come to an address."""

    def __init__(self, store: Store, *, pause: float = PAUSE) -> None:
        self._store = store
        self._pause = pause
        self._albums: dict[tuple[str, str], _Album] = {}

    @asynccontextmanager
    async def coming(self, address: str, name: str) -> AsyncGenerator[Place]:
        """A file is on its way until the end of the block; a file alone, without a `name`, is stored there.

        The first of an album waits for all that follow, stores them and ends last; the others end at once, so that a
        browser that holds few requests open at a time goes on to the next.
        """
        if not name:
            place = Place()
            yield place
            await self._keep(address, [place])
            return
        key = (address, name)
        is_first = key not in self._albums
        album = self._albums.setdefault(key, _Album())
        place = Place()
        album.places.append(place)
        album.on_the_way += 1
        try:
            yield place
        finally:
            album.on_the_way -= 1
            album.changed.set()
            if is_first:
                await self._whole(album)
                del self._albums[key]
                await self._keep(address, album.places)

    async def _whole(self, album: _Album) -> None:
        """Return once nothing of it is on its way, and nothing more came for a while."""
        quiet = False
        while album.on_the_way or not quiet:
            album.changed.clear()
            try:
                async with asyncio.timeout(self._pause):
                    await album.changed.wait()
                quiet = False
            except TimeoutError:
                quiet = True

    async def _keep(self, address: str, places: Sequence[Place]) -> None:
        if every := [place.said for place in places if place.said is not None]:
            await self._store(address, every)
