"""Pictures and files in our own store: whole, durable, named by their content."""

import hashlib
import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.evidence_store import LARGEST, EvidenceStore, TooLarge

CONTENT = b"buku wajib administrasi desa"


async def in_pieces(*pieces: bytes | Exception) -> AsyncIterator[bytes]:
    for piece in pieces:
        if isinstance(piece, Exception):
            raise piece
        yield piece


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


@pytest.fixture
def store(tmp_path: Path) -> EvidenceStore:
    return EvidenceStore(tmp_path / "evidence")


async def test_a_file_is_named_by_its_content_and_reads_back(store: EvidenceStore) -> None:
    stored = await store.put(in_pieces(CONTENT[:5], CONTENT[5:]))
    assert (stored.ref, stored.size) == (hashlib.sha256(CONTENT).hexdigest(), len(CONTENT))
    assert store.read(stored.ref) == CONTENT


async def test_the_same_content_is_kept_once(store: EvidenceStore, tmp_path: Path) -> None:
    first, second = await store.put(in_pieces(CONTENT)), await store.put(in_pieces(CONTENT))
    assert first == second
    assert len(files(tmp_path)) == 1


async def test_all_of_a_file_is_on_the_disk_before_it_has_its_name(
    store: EvidenceStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[tuple[str, int]] = []
    really_flush, really_replace = os.fsync, os.replace

    def flush(descriptor: int) -> None:
        is_folder = Path(f"/proc/self/fd/{descriptor}").is_dir()
        done.append(("folder", 0) if is_folder else ("file", os.fstat(descriptor).st_size))
        really_flush(descriptor)

    def replace(old: Path, new: Path) -> None:
        done.append(("rename", 0))
        really_replace(old, new)

    monkeypatch.setattr(os, "fsync", flush)
    monkeypatch.setattr(os, "replace", replace)
    await store.put(in_pieces(CONTENT))
    assert [step for step in done if step[0] != "folder"] == [("file", len(CONTENT)), ("rename", 0)]
    assert done[-1] == ("folder", 0)
    assert done.count(("folder", 0)) == 3


async def test_a_file_that_is_too_large_is_given_up_as_soon_as_it_is(store: EvidenceStore, tmp_path: Path) -> None:
    asked: list[int] = []

    async def endless() -> AsyncIterator[bytes]:
        while True:
            asked.append(1)
            yield bytes(1024 * 1024)

    pieces = endless()
    with pytest.raises(TooLarge):
        await store.put(pieces)
    await pieces.aclose()  # pyright: ignore[reportAttributeAccessIssue]
    assert len(asked) == LARGEST // (1024 * 1024) + 1
    assert files(tmp_path) == []


async def test_a_file_of_the_largest_size_is_taken(store: EvidenceStore) -> None:
    assert (await store.put(in_pieces(bytes(LARGEST)))).size == LARGEST


async def test_a_file_that_breaks_off_leaves_nothing(store: EvidenceStore, tmp_path: Path) -> None:
    with pytest.raises(ConnectionError):
        await store.put(in_pieces(CONTENT, ConnectionError()))
    assert files(tmp_path) == []


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "a" * 63, "A" * 64, "g" * 64])
def test_a_name_that_is_no_hash_leads_nowhere(store: EvidenceStore, name: str) -> None:
    with pytest.raises(FileNotFoundError):
        store.read(name)


async def test_only_the_programs_own_account_may_read_the_files(store: EvidenceStore, tmp_path: Path) -> None:
    await store.put(in_pieces(CONTENT))
    assert (tmp_path / "evidence").stat().st_mode & 0o077 == 0
    assert all(path.stat().st_mode & 0o077 == 0 for path in files(tmp_path))
