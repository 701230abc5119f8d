"""Files on the simulator's phones: looked at, shown and named as on any channel."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.channels.simulator.backstage import Bubble
from bot.channels.simulator.uploads import UploadTooLarge
from bot.demo import Demo
from bot.evidence_store import LARGEST
from bot.simulation import Simulation
from handlers.messages import MediaFailed
from handlers.texts.general import media_failed
from tests.bot.inspection import files
from tests.photos import photo


@pytest.fixture
async def demo(tmp_path: Path) -> AsyncIterator[Demo]:
    made = Demo("kubutambahan-2022", tmp_path)
    await made.simulation.open_phones()
    yield made
    await made.program.close()


async def pieces(data: bytes) -> AsyncIterator[bytes]:
    yield data


async def sends(demo: Demo, name: str, mime: str, data: bytes, album: str = "") -> tuple[Bubble, list[Bubble]]:
    """The bubble of what the Kasi Pemerintahan sends, and what is answered."""
    simulation: Simulation = demo.simulation
    address = (await simulation.cast())[0].address
    before = max(bubble.id for bubble in await simulation.history(address))
    await simulation.upload(address, name, mime, album, pieces(data))
    await demo.program.settle()
    news = await simulation.history(address, before)
    return next(bubble for bubble in news if bubble.mine), [bubble for bubble in news if not bubble.mine]


async def test_a_photo_is_shown_as_its_copy_and_a_refused_file_by_its_name(demo: Demo) -> None:
    mine, _answer = await sends(demo, "buku.jpg", "image/jpeg", photo())
    shown = await demo.simulation.media(mine.id)
    assert shown is not None
    assert (mine.kind, shown[1]) == ("photo", "image/jpeg")
    assert shown[0] != photo()

    mine, [answer] = await sends(demo, "laporan.pdf", "application/pdf", files.EXE)
    assert (mine.kind, mine.name, mine.media_url) == ("document", "laporan.pdf", None)
    assert media_failed(MediaFailed(reason="unknown_kind", name="laporan.pdf")) in answer.text

    mine, _answer = await sends(demo, "daftar.pdf", "image/png", files.PDF)
    carried = await demo.simulation.media(mine.id)
    assert carried is not None
    assert (mine.kind, carried[1], carried[0]) == ("document", "application/pdf", files.PDF)


async def test_a_file_over_the_limit_is_told_to_the_page(demo: Demo) -> None:
    with pytest.raises(UploadTooLarge):
        await sends(demo, "besar.pdf", "application/pdf", files.PDF + bytes(LARGEST))
