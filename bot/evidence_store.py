"""Pictures and files in our own store, named by the hash of their content.

A file is written under a temporary name, flushed to the disk and renamed, all before any row names it: after a crash
there may be a file that nothing names, never a name without its file.
"""

import asyncio
import hashlib
import os
import tempfile
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

LARGEST = 20 * 1024 * 1024
"""Bytes of one file: what Telegram's getFile gives at most."""

_UNFINISHED = ".new-"
"""How the name of a file begins that is not whole yet."""


class TooLarge(Exception):
    """A file is larger than the store takes."""


@dataclass(frozen=True)
class Stored:
    """A file in the store. `ref` is the SHA-256 of its content."""

    ref: str
    size: int


class Held:
    """A whole file under a temporary name, which goes when its `with` block ends, unless it is kept meanwhile."""

    def __init__(self, path: Path, final: Path, stored: Stored) -> None:
        """`path` is where it lies now, `final` where it is kept."""
        self.path = path
        self.ref = stored.ref
        self.size = stored.size
        self._final = final
        self._stored = stored

    async def keep(self) -> Stored:
        """Give it the name of its content."""
        await asyncio.to_thread(_rename, self.path, self._final)
        return self._stored

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.path.unlink(missing_ok=True)


class EvidenceStore:
    """A folder of files; made when the first one comes."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @classmethod
    def at(cls, url: str) -> Self:
        """The store that a URL names: a folder, also as `file://`."""
        return cls(Path(url.removeprefix("file://")))

    def refs(self) -> Iterator[str]:
        """Every file of the store."""
        return (path.name for path in self._folder.glob("[0-9a-f][0-9a-f]/*"))

    async def put(self, pieces: AsyncIterator[bytes]) -> Stored:
        """Keep a file that comes in pieces. Raises TooLarge as soon as it is, and whatever `pieces` raises."""
        with await self.hold(pieces) as held:
            return await held.keep()

    async def hold(self, pieces: AsyncIterator[bytes]) -> "Held":
        """A file that came in pieces, to be looked at before it is kept. Raises as `put` does."""
        _make_folder(self._folder)
        digest = hashlib.sha256()
        size = 0
        handle, name = tempfile.mkstemp(dir=self._folder, prefix=_UNFINISHED)
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
        ref = digest.hexdigest()
        return Held(temporary, self._path(ref), Stored(ref, size))

    def read(self, ref: str) -> bytes:
        """The bytes of a stored file. Raises FileNotFoundError."""
        return self._path(ref).read_bytes()

    def untouched_since(self, moment: datetime) -> list[str]:
        """The files that were last written before an instant of the machine's clock, by their refs."""
        return sorted(path.name for path in self._folder.glob("[0-9a-f][0-9a-f]/*") if _is_older(path, moment))

    def discard(self, ref: str, moment: datetime) -> bool:
        """Delete a file for good, unless it was written again since that instant."""
        path = self._path(ref)
        if not _is_older(path, moment):
            return False
        path.unlink(missing_ok=True)
        return True

    def discard_unfinished(self, moment: datetime) -> None:
        """Delete what a process left behind that died while a file came in."""
        for path in self._folder.glob(f"{_UNFINISHED}*"):
            if _is_older(path, moment):
                path.unlink(missing_ok=True)

    def _path(self, ref: str) -> Path:
        if len(ref) != 64 or not all(digit in "0123456789abcdef" for digit in ref):
            raise FileNotFoundError("not the name of a stored file")
        return self._folder / ref[:2] / ref


def _is_older(path: Path, moment: datetime) -> bool:
    """Whether a file was last written before an instant; a file that is gone was not."""
    try:
        return path.stat().st_mtime < moment.timestamp()
    except FileNotFoundError:
        return False


def _rename(temporary: Path, final: Path) -> None:
    _make_folder(final.parent)
    os.replace(temporary, final)  # noqa: PTH105  # the crash tests count this call
    _flush_folder(final.parent)


def _make_folder(folder: Path) -> None:
    """Make a folder that only this account can read, and see to it that its name outlives a power cut."""
    if not folder.is_dir():
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        _flush_folder(folder.parent)


def _flush_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
