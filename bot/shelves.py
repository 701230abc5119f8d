"""Where the whole files of the evidence store are kept: a folder of this machine, or what `bot/remote_shelf.py` knows.

A file lies under the first two signs of its name, so that no folder gets too full: `ab/abcd...`.
"""

import os
import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

from bot.durable import flush_folder
from bot.refused import Refused

UNFINISHED = ".new-evidence-"
"""How the name of a file begins that is not whole yet."""
_REF = re.compile(r"[0-9a-f]{64}")


class StoreAway(OSError):
    """The store cannot be reached, or refuses us, and why; it may be different in a while."""


class StoreUnusable(Refused):
    """The store can never be used as the settings name it, or not now; the message says what to do."""


class Shelf(Protocol):
    """Keeps whole files by their names. Every method may take long, and may raise StoreAway."""

    def keep(self, whole: Path, ref: str) -> None:
        """Keep a file of this machine under its name, all of it at once. The file may be gone afterwards."""
        ...

    def read(self, ref: str) -> bytes:
        """The bytes of a file. Raises FileNotFoundError."""
        ...

    def refs(self) -> Iterator[str]:
        """The names of all files."""
        ...

    def untouched_since(self, moment: datetime) -> list[str]:
        """The files that were last written before an instant of the machine's clock, in order."""
        ...

    def discard(self, ref: str, moment: datetime) -> bool:
        """Delete a file for good, unless it was written again since that instant."""
        ...

    def discard_unfinished(self, moment: datetime) -> None:
        """Delete what a process left behind before an instant that died while it wrote a file."""
        ...

    def try_out(self) -> None:
        """Write something and take it away again."""
        ...


class FolderShelf:
    """A folder; made when the first file comes. Nobody but this account may read it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, whole: Path, ref: str) -> None:
        """Give the file, which is on the same disk and flushed to it, the name of its content."""
        final = self._path(ref)
        make_folder(final.parent)
        os.replace(whole, final)  # noqa: PTH105  # the crash tests count this call
        flush_folder(final.parent)

    def read(self, ref: str) -> bytes:
        """The bytes of a file. Raises FileNotFoundError."""
        return self._path(ref).read_bytes()

    def refs(self) -> Iterator[str]:
        """The names of all files."""
        return (path.name for path in self._files())

    def untouched_since(self, moment: datetime) -> list[str]:
        """The files that were last written before an instant of the machine's clock, in order."""
        return sorted(path.name for path in self._files() if is_older(path, moment))

    def discard(self, ref: str, moment: datetime) -> bool:
        """Delete a file for good, unless it was written again since that instant."""
        path = self._path(ref)
        if not is_older(path, moment):
            return False
        path.unlink(missing_ok=True)
        return True

    def discard_unfinished(self, moment: datetime) -> None:
        """Delete what a process left behind before an instant that died while it wrote a file."""
        for path in self._folder.glob(f"{UNFINISHED}*"):
            if is_older(path, moment):
                with suppress(PermissionError):  # a folder of all programs may have another account's, too
                    path.unlink(missing_ok=True)

    def try_out(self) -> None:
        """Write something and take it away again."""
        make_folder(self._folder)
        trial = self._folder / f"{UNFINISHED}{os.getpid()}"
        with suppress(FileNotFoundError):
            trial.touch(0o600)
            trial.unlink()

    def _files(self) -> Iterator[Path]:
        return self._folder.glob("[0-9a-f][0-9a-f]/*")

    def _path(self, ref: str) -> Path:
        return self._folder / place(ref)


def shown(url: str) -> str:
    """The URL of a store as it may be shown: without a name and password in it."""
    parts = urlsplit(url)
    return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()


def place(ref: str) -> str:
    """Where a file lies on its shelf. Raises FileNotFoundError for what is no name of a file."""
    if not _REF.fullmatch(ref):
        raise FileNotFoundError("not the name of a stored file")
    return f"{ref[:2]}/{ref}"


def is_older(path: Path, moment: datetime) -> bool:
    """Whether a file was last written before an instant; a file that is gone was not."""
    try:
        return path.stat().st_mtime < moment.timestamp()
    except FileNotFoundError:
        return False


def make_folder(folder: Path) -> None:
    """Make a folder that only this account can read, and see to it that its name outlives a power cut."""
    if not folder.is_dir():
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        flush_folder(folder.parent)
