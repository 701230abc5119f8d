"""Pictures and files: fetched before their turn, never waited for too long, never lost without a word."""

import asyncio
import io
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from PIL import Image
from sqlalchemy import Engine

from bot.channels.base import FetchFailed
from bot.evidence_store import LARGEST, EvidenceStore
from bot.fetching import PAUSES, Fetcher
from bot.writer import Writer
from handlers.messages import Document, FailReason, Incoming, MediaFailed, Photo, Text, incoming_json
from handlers.texts.general import STRANGER, media_failed
from storage.engine import writing
from storage.inbox import FETCH_LEASE, FETCH_TRIES, claim_fetch
from tests.bot.edge import CHANNEL, Edge, Phones, until
from tests.bot.inspection import files
from tests.photos import View, as_jpeg, office, photo

pytestmark = pytest.mark.sampled_on_postgresql

SARI, JOKO = "1001", "1005"
JPEG = photo()


async def no_sleep(_seconds: float) -> None:
    """Go on at once."""


def fetcher(edge: Edge, tmp_path: Path, writer: Writer, patience: float = 20) -> Fetcher:
    """One that tries again at once, and has another patience."""
    store = EvidenceStore(tmp_path / "evidence")
    channels, admission = {CHANNEL: edge.phones}, edge.program.admission
    return Fetcher(writer, store, admission, channels, edge.machine, lambda: None, patience=patience, sleep=no_sleep)


def kinds(edge: Edge) -> list[str]:
    """What became of the messages with files, in order."""
    return [row.said["kind"] for row in edge.inbox_rows() if row.media]


async def test_a_picture_is_in_our_own_store_before_its_turn(edge: Edge, tmp_path: Path) -> None:
    edge.phones.files["f"] = [JPEG[:100], JPEG[100:]]
    await edge.join("Sari Andini", SARI)
    await edge.send_media(SARI, "f", caption="buku", album="a7")
    await edge.program.settle()
    said = edge.inbox_rows()[-1].said
    assert (said["kind"], said["size"], said["caption"], said["album"]) == ("photo", len(JPEG), "buku", "a7")
    assert EvidenceStore(tmp_path / "evidence").read(said["ref"]) == JPEG
    assert "1 foto diterima" in edge.phones.heard(SARI)[-1]


async def test_a_document_keeps_its_name_and_kind(edge: Edge) -> None:
    edge.phones.files["f"] = [b"%PDF-1.7"]
    await edge.send_media(SARI, "f", is_photo=False, name="perdes.pdf", mime="application/pdf")
    await edge.program.settle()
    said = edge.inbox_rows()[-1].said
    assert (said["kind"], said["name"], said["mime"]) == ("document", "perdes.pdf", "application/pdf")


async def test_later_messages_of_the_conversation_wait_for_a_file_and_others_do_not(edge: Edge) -> None:
    edge.phones.files["f"] = [JPEG]
    edge.phones.hanging["f"] = asyncio.Event()
    await edge.join("Sari Andini", SARI)
    edge.phones.sent.clear()
    await edge.send_media(SARI, "f")
    await edge.receive(SARI, Text(body="bantuan"))
    await edge.receive(JOKO, Text(body="halo"))
    fetching = asyncio.create_task(edge.program.fetcher.drain())
    await edge.program.turns.drain()
    await edge.program.delivery.drain()
    assert edge.phones.heard(SARI) == []
    assert edge.phones.heard(JOKO) == [STRANGER]
    edge.phones.hanging["f"].set()
    await fetching
    await edge.program.settle()
    assert "1 foto diterima" in edge.phones.heard(SARI)[0]
    assert "lapor:" in edge.phones.heard(SARI)[1]


async def test_a_file_that_does_not_come_is_given_up_and_the_person_is_told(edge: Edge, tmp_path: Path) -> None:
    edge.phones.hanging["f"] = asyncio.Event()
    await edge.join("Sari Andini", SARI)
    await edge.send_media(SARI, "f")
    writer = Writer(edge.engine)
    await fetcher(edge, tmp_path, writer, patience=0).drain()
    writer.close()
    await edge.program.settle()
    assert edge.phones.heard(SARI)[-1] == media_failed(MediaFailed(reason="unavailable"))


async def test_a_file_that_grows_too_large_is_refused_with_a_sentence(edge: Edge, tmp_path: Path) -> None:
    edge.phones.files["f"] = [bytes(LARGEST), b"and one more"]
    await edge.join("Sari Andini", SARI)
    await edge.send_media(SARI, "f")
    await edge.program.settle()
    assert edge.phones.heard(SARI)[-1] == media_failed(MediaFailed(reason="too_large"))
    assert [path for path in (tmp_path / "evidence").rglob("*") if path.is_file()] == []


async def test_a_file_that_is_gone_is_not_asked_for_again(edge: Edge) -> None:
    await edge.join("Sari Andini", SARI)
    await edge.send_media(SARI, "no such file")
    await edge.program.settle()
    assert edge.phones.heard(SARI)[-1] == media_failed(MediaFailed(reason="gone"))


async def test_a_file_that_may_yet_come_is_fetched_again_from_its_beginning(edge: Edge, tmp_path: Path) -> None:
    half = FetchFailed("unavailable", again=True)
    edge.phones.files["f"] = [half, JPEG[:100], FetchFailed("unavailable", again=True), JPEG[100:]]
    await edge.send_media(SARI, "f")
    writer = Writer(edge.engine)
    await fetcher(edge, tmp_path, writer).drain()
    writer.close()
    said = edge.inbox_rows()[-1].said
    assert (said["kind"], said["size"]) == ("photo", len(JPEG))


async def test_a_file_that_never_comes_is_tried_only_so_often(edge: Edge, tmp_path: Path) -> None:
    tries = len(PAUSES) + 1
    edge.phones.files["f"] = [*(FetchFailed("unavailable", again=True) for _ in range(tries)), JPEG]
    await edge.send_media(SARI, "f")
    writer = Writer(edge.engine)
    await fetcher(edge, tmp_path, writer).drain()
    writer.close()
    assert kinds(edge) == ["media_failed"]
    assert edge.phones.files["f"] == [JPEG]


async def test_a_file_whose_process_died_is_fetched_by_another_when_the_lease_has_lapsed(edge: Edge) -> None:
    edge.phones.files["f"] = [JPEG]
    await edge.send_media(SARI, "f")
    claim(edge)
    assert await edge.program.fetcher.drain() == 0
    edge.machine.pass_by(FETCH_LEASE + timedelta(seconds=1))
    assert await edge.program.fetcher.drain() == 1
    assert kinds(edge) == ["photo"]


async def test_a_file_that_ends_every_process_that_fetches_it_is_given_up(edge: Edge) -> None:
    edge.phones.files["f"] = [JPEG]
    await edge.send_media(SARI, "f")
    for _process in range(FETCH_TRIES):
        claim(edge)
        edge.machine.pass_by(FETCH_LEASE + timedelta(seconds=1))
    await edge.program.fetcher.drain()
    assert kinds(edge) == ["media_failed"]


def claim(edge: Edge) -> None:
    """A process takes the file and dies."""
    with writing(edge.engine) as connection:
        assert claim_fetch(connection, edge.machine()) is not None


async def test_a_slow_file_does_not_keep_other_peoples_waiting(edge: Edge) -> None:
    edge.phones.files |= {"slow": [JPEG], "quick": [b"12 desa"]}
    edge.phones.hanging["slow"] = asyncio.Event()
    working = asyncio.create_task(edge.program.fetcher.run())
    await edge.send_media(SARI, "slow")
    await edge.send_media(JOKO, "quick")
    await until(lambda: [row.state for row in edge.inbox_rows()] == ["fetching", "ready"])
    edge.phones.hanging["slow"].set()
    await until(lambda: [row.state for row in edge.inbox_rows()] == ["ready", "ready"])
    working.cancel()
    await asyncio.gather(working, return_exceptions=True)


async def test_a_file_on_a_channel_that_is_not_set_up_is_told_as_unavailable(
    open_edge: Callable[..., Edge], engine: Engine
) -> None:
    edge = open_edge(phones=Phones(name="whatsapp"))
    await edge.send_media(SARI, "f")
    writer = Writer(engine)
    await Fetcher(writer, edge.program.store, edge.program.admission, {}, edge.machine, lambda: None).drain()
    writer.close()
    assert incoming_json.validate_python(edge.inbox_rows()[0].said) == MediaFailed(reason="unavailable")


# --- what people send is looked at ------------------------------------------------------------------------------------


def said_of(edge: Edge) -> list[Incoming]:
    """What became of the messages with files, in order."""
    return [incoming_json.validate_python(row.said) for row in edge.inbox_rows() if row.media]


def left(folder: Path) -> set[str]:
    """The names of the files in the store."""
    return {path.name for path in (folder / "evidence").rglob("*") if path.is_file()}


async def test_a_photo_is_kept_as_it_came_and_shown_without_its_place(edge: Edge, tmp_path: Path) -> None:
    place = Image.Exif()
    place.get_ifd(0x8825)[2] = (8.0, 7.0, 12.0)
    original = as_jpeg(office(View(3)), exif=place)
    edge.phones.files["f"] = [original]
    await edge.send_media(SARI, "f")
    await edge.program.fetcher.drain()
    [said] = said_of(edge)
    assert isinstance(said, Photo)
    store = EvidenceStore(tmp_path / "evidence")
    assert store.read(said.ref) == original
    assert dict(Image.open(io.BytesIO(store.read(said.shown))).getexif()) == {}
    assert len(said.fingerprint) == 64
    assert left(tmp_path) == {said.ref, said.shown}


async def test_a_picture_that_was_sent_as_a_file_stays_one_and_is_shown_too(edge: Edge) -> None:
    edge.phones.files["f"] = [JPEG]
    await edge.send_media(SARI, "f", is_photo=False, name="IMG_0412.jpg", mime="application/octet-stream")
    await edge.program.fetcher.drain()
    [said] = said_of(edge)
    assert isinstance(said, Document)
    assert (said.name, said.mime, bool(said.shown), bool(said.fingerprint)) == (
        "IMG_0412.jpg",
        "image/jpeg",
        True,
        True,
    )


@pytest.mark.parametrize(
    ("data", "mime"),
    [
        (files.PDF, "application/pdf"),
        (files.ogg(b"OpusHead"), "audio/ogg"),
        (files.boxes(b"isom", b"vide"), "video/mp4"),
    ],
)
async def test_what_the_phone_says_of_a_file_does_not_count(edge: Edge, data: bytes, mime: str) -> None:
    edge.phones.files["f"] = [data]
    await edge.send_media(SARI, "f", mime="image/jpeg")
    await edge.program.fetcher.drain()
    [said] = said_of(edge)
    assert isinstance(said, Document)
    assert (said.mime, said.shown) == (mime, "")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (files.EXE, "unknown_kind"),
        (files.SVG, "unknown_kind"),
        (files.zip_bomb(), "unknown_kind"),
        (JPEG[:4000], "broken"),
        (files.png_of(10_000, 10_000), "too_many_dots"),
    ],
)
async def test_what_is_not_taken_leaves_nothing_and_is_told_by_its_name(
    edge: Edge, tmp_path: Path, data: bytes, reason: FailReason
) -> None:
    edge.phones.files["f"] = [data]
    await edge.join("Sari Andini", SARI)
    await edge.send_media(SARI, "f", is_photo=False, name="laporan maret.pdf", mime="application/pdf")
    await edge.program.settle()
    failed = MediaFailed(reason=reason, name="laporan maret.pdf")
    assert said_of(edge) == [failed]
    assert edge.phones.heard(SARI)[-1] == media_failed(failed)
    assert 'Berkas "laporan maret.pdf"' in media_failed(failed)
    assert left(tmp_path) == set()


async def test_a_refused_file_does_not_take_away_what_others_sent(edge: Edge, tmp_path: Path) -> None:
    store = EvidenceStore(tmp_path / "evidence")
    edge.phones.files |= {"good": [JPEG], "bad": [files.EXE]}
    for file_id in ("good", "bad", "good"):
        await edge.send_media(SARI, file_id)
    await edge.program.fetcher.drain()
    first, refused, again = said_of(edge)
    assert isinstance(first, Photo)
    assert (again, refused.kind) == (first, "media_failed")
    assert store.read(first.ref) == JPEG


async def test_of_twenty_photos_the_broken_one_is_told(edge: Edge, tmp_path: Path) -> None:
    for number in range(1, 21):
        whole = as_jpeg(office(View(room=1, people=number)), 60)
        edge.phones.files[f"f{number}"] = [whole if number != 7 else whole[:5000]]
    await edge.join("Sari Andini", SARI)
    for number in range(1, 21):
        await edge.send_media(SARI, f"f{number}", album="a7")
    working = asyncio.create_task(edge.program.fetcher.run())
    await until(lambda: {row.state for row in edge.inbox_rows() if row.media} <= {"ready", "done"})
    working.cancel()
    await asyncio.gather(working, return_exceptions=True)
    said = said_of(edge)
    assert [one.kind for one in said] == ["photo"] * 6 + ["media_failed"] + ["photo"] * 13
    assert said[6] == MediaFailed(reason="broken", album="a7", place=7)
    assert len({one.ref for one in said if isinstance(one, Photo)}) == 19
    assert len(left(tmp_path)) == 2 * 19
    await edge.program.settle()
    assert any("ke-7" in words and "rusak" in words for words in edge.phones.heard(SARI))


async def test_a_file_declared_small_is_stopped_at_the_limit(edge: Edge, tmp_path: Path) -> None:
    pieces: list[bytes | Exception] = [bytes(1024 * 1024)] * 1024  # one megabyte, a thousand times
    edge.phones.files["f"] = [files.PDF, *pieces]
    await edge.send_media(SARI, "f", is_photo=False, name="besar.pdf", mime="application/pdf")
    await edge.program.fetcher.drain()
    assert said_of(edge) == [MediaFailed(reason="too_large", name="besar.pdf")]
    assert left(tmp_path) == set()
