"""Evidence elsewhere: on a real S3-compatible server, and on a store that shows a file while it is being written."""

import hashlib
import sys
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from bot.doctor import examine
from bot.evidence_store import EvidenceStore, open_store
from bot.holiday_dates import NationalAlmanac
from bot.keeping import UNNAMED, Keeper
from bot.settings import read_settings
from bot.shelves import UNFINISHED, StoreAway, StoreUnusable
from bot.writer import Writer
from tests.bot.edge import Clock
from tests.bot.s3_server import S3Server, s3_server

CONTENT = b"buku wajib administrasi desa"
REF = hashlib.sha256(CONTENT).hexdigest()
NOWHERE = "http://127.0.0.1:9"
TOMORROW, YESTERDAY = (datetime.now(UTC) + timedelta(days=days) for days in (1, -1))


@pytest.fixture(scope="module")
def s3(tmp_path_factory: pytest.TempPathFactory) -> Iterator[S3Server]:
    with s3_server(tmp_path_factory.mktemp("s3"), "bukti") as server:
        yield server


@pytest.fixture(params=["s3", "share"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[str, dict[str, str], Path]:
    """The URL of a store, the access to it, and the folder in which it keeps what it has."""
    if request.param == "share":
        return f"local://{tmp_path / 'share'}", {}, tmp_path / "share"
    server: S3Server = request.getfixturevalue("s3")
    return f"s3://bukti/{tmp_path.name}", server.access, server.folder / "bukti" / tmp_path.name


async def whole(content: bytes) -> AsyncIterator[bytes]:
    yield content


async def test_a_file_is_kept_under_its_hash_read_and_deleted(place: tuple[str, dict[str, str], Path]) -> None:
    url, access, folder = place
    store, other = EvidenceStore.at(url, access), EvidenceStore.at(url, access)
    stored = await store.put(whole(CONTENT))
    assert (stored.ref, stored.size) == (REF, len(CONTENT))
    assert await store.put(whole(CONTENT)) == stored
    assert other.read(REF) == CONTENT
    assert [path for path in folder.rglob("*") if path.is_file()] == [folder / REF[:2] / REF]
    assert (list(other.refs()), other.untouched_since(TOMORROW), other.untouched_since(YESTERDAY)) == ([REF], [REF], [])
    assert not other.discard(REF, YESTERDAY)
    assert other.discard(REF, TOMORROW)
    assert not store.discard(REF, TOMORROW)
    with pytest.raises(FileNotFoundError):
        store.read(REF)
    assert list(store.refs()) == []


async def test_what_is_no_evidence_is_left_alone_but_for_what_was_never_whole(
    place: tuple[str, dict[str, str], Path],
) -> None:
    url, access, folder = place
    for name in (f"{UNFINISHED}x", "readme.txt", f"ab/{REF}"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(CONTENT)
    store = EvidenceStore.at(url, access)
    assert store.untouched_since(TOMORROW) == []
    store.discard_unfinished(YESTERDAY)
    assert (folder / f"{UNFINISHED}x").exists()
    store.discard_unfinished(TOMORROW)
    assert sorted(path.name for path in folder.rglob("*") if path.is_file()) == sorted(["readme.txt", REF])


async def test_a_file_that_breaks_off_has_no_name(tmp_path: Path) -> None:
    """A share that ends while a file is being written: here, because a folder of that name cannot be made."""
    share = tmp_path / "share"
    share.mkdir()
    (share / REF[:2]).write_text("in the way")
    store = EvidenceStore.at(f"local://{share}")
    with pytest.raises(StoreAway):
        await store.put(whole(CONTENT))
    assert [path.name for path in share.iterdir()] == [REF[:2]]


async def test_nothing_of_a_file_stays_on_this_machine(
    s3: S3Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    store = EvidenceStore.at("s3://bukti/here", s3.access)
    with await store.hold(whole(CONTENT)) as held:
        assert (held.path.parent, held.path.stat().st_mode & 0o077) == (tmp_path, 0)
        await held.keep()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("url", "changed", "why"),
    [
        ("s3://bukti/a", {"secret": "salah"}, "kunci atau haknya ditolak"),
        ("s3://bukti/a", {"key": "lain"}, "kunci atau haknya ditolak"),
        ("s3://tidakada/a", {}, "ember atau foldernya tidak ada"),
        ("s3://bukti/a", {"endpoint": NOWHERE}, "tidak terhubung"),
    ],
)
async def test_a_store_that_cannot_be_used_is_told_in_one_sentence(
    s3: S3Server, url: str, changed: dict[str, str], why: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    access = {**s3.access, **changed}
    monkeypatch.chdir(tmp_path)
    for name, value in {"url": url, **access}.items():
        monkeypatch.setenv(f"EVIDENCE_{name.upper()}", value)
    with pytest.raises(StoreUnusable, match=f"{url} tidak dapat dipakai: {why}") as told:
        open_store(read_settings())
    assert access["secret"] not in str(told.value)
    (found,) = [one for one in await examine() if one.check == "berkas bukti"]
    assert (found.ok, found.text) == (False, str(told.value))


async def test_a_store_that_can_be_used_is_told_too(s3: S3Server, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"EVIDENCE_URL": "s3://bukti/baik", **s3.settings}.items():
        monkeypatch.setenv(name.upper(), value)
    (found,) = [one for one in await examine() if one.check == "berkas bukti"]
    assert (found.ok, found.text) == (True, "tersimpan di s3://bukti/baik")
    assert [path for path in s3.files() if "baik" in path.parts] == []


@pytest.mark.parametrize(
    ("url", "told"),
    [("aneh://rahasia@x/y", "tidak dikenal"), ("sftp://nama:rahasia@127.0.0.1/x", "pasang paket fsspec untuk sftp")],
)
def test_a_store_that_is_not_known_is_told_without_its_password(url: str, told: str) -> None:
    with pytest.raises(StoreUnusable, match=told) as refused:
        EvidenceStore.at(url)
    assert "rahasia" not in str(refused.value)


@pytest.mark.sampled_on_postgresql
async def test_a_store_that_is_away_holds_up_nothing_when_it_is_cleared(
    s3: S3Server, engine: Engine, tmp_path: Path
) -> None:
    writer, clock = Writer(engine), Clock(TOMORROW + UNNAMED)
    stores = [EvidenceStore.at("s3://bukti/tua", access) for access in ({**s3.access, "endpoint": NOWHERE}, s3.access)]
    await stores[1].put(whole(CONTENT))
    away, here = (Keeper(writer, engine, store, NationalAlmanac(), clock) for store in stores)
    assert (await away.collect(), await here.collect(), await here.collect()) == (0, 1, 0)
    assert list(stores[1].refs()) == []
    writer.close()


def test_without_the_package_it_is_said_which_one_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "s3fs", None)
    with pytest.raises(StoreUnusable, match=r"pasang paket renaksi\[s3\]"):
        EvidenceStore.at("s3a://bukti/x")  # under a name that no other test has opened
