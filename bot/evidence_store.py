"""Pictures and files in our own store, named by the hash of their content.

A file is written under a temporary name of this machine, flushed to the disk and looked at, and only then kept under
its name, all before any row names it: after a crash there may be a file that nothing names, never a name without its
file.
"""

import asyncio
import hashlib
import os
import tempfile
from collections.abc import AsyncIterator, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from bot.settings import Settings
from bot.shelves import UNFINISHED, FolderShelf, Shelf, StoreAway, StoreUnusable, make_folder, shown

LARGEST = 20 * 1024 * 1024
"""Bytes of one file: what Telegram's getFile gives at most."""
PAUSES = (0.5, 2.0)
"""Seconds before a file is handed to a store again that could not be reached."""


class TooLarge(Exception):
    """A file is larger than the store takes."""


@dataclass(frozen=True)
class Stored:
    """A file in the store. `ref` is the SHA-256 of its content."""

    ref: str
    size: int


class Held:
    """A whole file under a temporary name, which goes when its `with` block ends, unless it is kept meanwhile."""

    def __init__(self, path: Path, shelf: Shelf, stored: Stored) -> None:
        """`path` is where it lies now, `shelf` where it is kept."""
        self.path = path
        self.ref = stored.ref
        self.size = stored.size
        self._shelf = shelf
        self._stored = stored

    async def keep(self) -> Stored:
        """Give it the name of its content. Raises StoreAway where that does not succeed for a while."""
        for pause in PAUSES:
            try:
                await asyncio.to_thread(self._shelf.keep, self.path, self.ref)
            except StoreAway:
                await asyncio.sleep(pause)
            else:
                return self._stored
        await asyncio.to_thread(self._shelf.keep, self.path, self.ref)
        return self._stored

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.path.unlink(missing_ok=True)


def open_store(settings: Settings) -> "EvidenceStore":
    """The store that the settings name, tried out where it is no folder of this machine. Raises StoreUnusable."""
    store = EvidenceStore.at(settings.evidence_url, settings.evidence_access)
    if settings.evidence_folder is None:
        try:
            store.try_out()
        except StoreAway as away:
            raise StoreUnusable(
                f"Tempat bukti {shown(settings.evidence_url)} tidak dapat dipakai: {away}. Periksa EVIDENCE_URL, "
                "EVIDENCE_KEY, EVIDENCE_SECRET, dan EVIDENCE_ENDPOINT di .env."
            ) from away
    return store


class EvidenceStore:
    """A folder of files, made when the first one comes; or a shelf elsewhere, and the folder in which files come in.

    What is no coroutine may take long: it is called in a thread.
    """

    def __init__(self, folder: Path, shelf: Shelf | None = None) -> None:
        self._folder = folder
        self._incoming = FolderShelf(folder)
        self._shelf: Shelf = shelf or self._incoming

    @classmethod
    def at(cls, url: str, access: Mapping[str, str] | None = None) -> Self:
        """The store that a URL names: a folder, also as `file://`, or what fsspec knows, such as `s3://bucket/folder`.

        `access` is what `Settings.evidence_access` says. Raises StoreUnusable for what can never work; whether the
        store can be reached is told by `try_out`.
        """
        if "://" not in url or url.startswith("file://"):
            return cls(Path(url.removeprefix("file://")))
        from bot.remote_shelf import open_remote  # takes long, and most installations do without

        return cls(Path(tempfile.gettempdir()), open_remote(url, access or {}))

    async def put(self, pieces: AsyncIterator[bytes]) -> Stored:
        """Keep a file that comes in pieces. Raises TooLarge as soon as it is, and whatever `pieces` raises."""
        with await self.hold(pieces) as held:
            return await held.keep()

    async def hold(self, pieces: AsyncIterator[bytes]) -> Held:
        """A file that came in pieces, to be looked at before it is kept. Raises as `put` does."""
        make_folder(self._folder)
        digest = hashlib.sha256()
        size = 0
        handle, name = tempfile.mkstemp(dir=self._folder, prefix=UNFINISHED)
        temporary = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                async for piece in pieces:
                    size += len(piece)
                    if size > LARGEST:
                        raise TooLarge
                    digest.update(piece)
                    file.write(piece)
                file.flush()
                await asyncio.to_thread(os.fsync, file.fileno())
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
        return Held(temporary, self._shelf, Stored(digest.hexdigest(), size))

    def read(self, ref: str) -> bytes:
        """The bytes of a stored file. Raises FileNotFoundError, and StoreAway."""
        return self._shelf.read(ref)

    def refs(self) -> Iterator[str]:
        """Every file of the store. Raises StoreAway."""
        return self._shelf.refs()

    def untouched_since(self, moment: datetime) -> list[str]:
        """The files that were last written before an instant of the machine's clock, by their refs."""
        return self._shelf.untouched_since(moment)

    def discard(self, ref: str, moment: datetime) -> bool:
        """Delete a file for good, unless it was written again since that instant."""
        return self._shelf.discard(ref, moment)

    def discard_unfinished(self, moment: datetime) -> None:
        """Delete what a process left behind that died while a file came in, here and where files are kept."""
        for shelf in {self._incoming, self._shelf}:
            shelf.discard_unfinished(moment)

    def try_out(self) -> None:
        """Write something to the store and take it away again. Raises StoreAway, or OSError for a folder."""
        self._shelf.try_out()
