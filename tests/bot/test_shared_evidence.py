"""The real program with its evidence on S3: sent in a chat, shared by processes, with the store away for a while."""

import hashlib
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from handlers.messages import MediaFailed
from handlers.texts.general import media_failed
from storage.tables import Evidence, Outbox
from tests.bot.edge import until
from tests.bot.s3_server import SECRET, s3_server
from tests.bot.telegram.bot_api_server import BotApiServer
from tests.bot.test_run_stories import World, dialogue, free_port
from tests.kill.processes import Nursery
from tests.photos import photo

JPEG = photo()


@pytest.fixture
async def world(database_url: str, engine: Engine, tmp_path: Path) -> AsyncIterator[World]:
    async with Nursery() as nursery, BotApiServer(burst=1000) as api:
        world = World(nursery, api, engine, database_url, tmp_path)
        yield world
        await world.stop()


@pytest.mark.sampled_on_postgresql
async def test_a_photo_of_one_process_and_a_file_of_another_lie_in_one_store(world: World, tmp_path: Path) -> None:
    with s3_server(tmp_path / "s3", "bukti") as s3:
        evidence = {"evidence_url": "s3://bukti/kantor", **s3.settings}
        await world.start(only="poll,turns,schedule", **evidence)
        await world.start(only="delivery", **evidence)
        sari = await world.join("Sari Andini")
        await dialogue(sari, ("lapor", "1 dari 3"))
        sari.uploads_photo(JPEG, caption="buku")
        assert "1 bukti dicatat" in (await sari.hears()).text
        await dialogue(
            sari,
            ("1", "2 dari 3"),
            ("1", "3 dari 3"),
            ("25", "Periksa sebelum dikirim"),
            ("[Kirim 3 laporan]", "terkirim"),
            ("data saya", "Data Anda"),
            ("[Kirim salinan saya]", "Salinan"),
        )
        copy = await sari.hears()  # made by one process, sent by the other
        assert (copy.kind, b"Sari Andini" in copy.file) == ("document", True)
        ref = hashlib.sha256(JPEG).hexdigest()
        assert [(proof.hash, proof.kind) for proof in world.rows(Evidence)] == [(ref, "photo")]
        assert (s3.folder / "bukti" / "kantor" / ref[:2] / ref).read_bytes() == JPEG
        await until(lambda: {row.state for row in world.rows(Outbox)} == {"sent"})
        await world.stop()
    assert not (tmp_path / "evidence").exists()
    assert SECRET not in world.log()


@pytest.mark.sampled_on_postgresql
async def test_a_store_that_is_away_is_told_kindly_and_the_photo_is_taken_when_it_is_back(
    world: World, tmp_path: Path
) -> None:
    port = free_port()
    with s3_server(tmp_path / "s3", "bukti", port=port) as s3:
        await world.start(evidence_url="s3://bukti/kantor", **s3.settings)
        sari = await world.join("Sari Andini")
        await dialogue(sari, ("lapor", "1 dari 3"))
    sari.uploads_photo(JPEG)
    assert media_failed(MediaFailed(reason="unavailable")) in (await sari.hears()).text
    with s3_server(tmp_path / "s3", port=port):
        sari.uploads_photo(JPEG)
        assert "1 bukti dicatat" in (await sari.hears()).text
        await dialogue(sari, ("1", "2 dari 3"))
