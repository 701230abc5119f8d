"""Files chosen together reach the inbox together, in their order, whatever becomes of one of them."""

import asyncio
from collections.abc import Sequence

import pytest

from bot.channels.simulator.albums import Albums
from handlers.messages import Incoming, Text


class Shelf:
    """What was stored, together as it came."""

    def __init__(self) -> None:
        self.stored: list[tuple[str, list[Incoming]]] = []

    async def store(self, address: str, every: Sequence[Incoming]) -> None:
        self.stored.append((address, list(every)))


async def test_an_album_is_stored_at_once_in_the_order_of_its_files() -> None:
    shelf = Shelf()
    albums = Albums(shelf.store, pause=0)
    second_came = asyncio.Event()

    async def first() -> None:
        async with albums.coming("sim-1", "a") as place:
            await second_came.wait()
            place.said = Text(body="1")

    async def second() -> None:
        async with albums.coming("sim-1", "a") as place:
            place.said = Text(body="2")
        second_came.set()

    await asyncio.gather(first(), second())
    assert shelf.stored == [("sim-1", [Text(body="1"), Text(body="2")])]


async def test_the_others_of_an_album_outlive_one_that_is_refused() -> None:
    shelf = Shelf()
    albums = Albums(shelf.store, pause=0)
    all_here = asyncio.Barrier(2)

    async def refused() -> None:
        async with albums.coming("sim-1", "a"):
            await all_here.wait()
            raise ValueError("too large")

    async def taken() -> None:
        async with albums.coming("sim-1", "a") as place:
            await all_here.wait()
            place.said = Text(body="2")

    first, _second = await asyncio.gather(refused(), taken(), return_exceptions=True)
    assert isinstance(first, ValueError)
    assert shelf.stored == [("sim-1", [Text(body="2")])]


async def test_a_file_alone_waits_for_nothing_and_a_refused_one_stores_nothing() -> None:
    shelf = Shelf()
    albums = Albums(shelf.store)
    async with albums.coming("sim-1", "") as place:
        place.said = Text(body="1")
    with pytest.raises(ValueError, match="large"):
        async with albums.coming("sim-1", ""):
            raise ValueError("too large")
    assert shelf.stored == [("sim-1", [Text(body="1")])]


async def test_albums_of_two_phones_do_not_mix() -> None:
    shelf = Shelf()
    albums = Albums(shelf.store, pause=0)

    async def send(address: str) -> None:
        async with albums.coming(address, "a") as place:
            place.said = Text(body=address)

    await asyncio.gather(send("sim-1"), send("sim-2"))
    assert sorted(shelf.stored, key=lambda one: one[0]) == [
        ("sim-1", [Text(body="sim-1")]),
        ("sim-2", [Text(body="sim-2")]),
    ]
