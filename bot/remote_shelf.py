"""Files of the evidence store that lie elsewhere, on anything fsspec knows: S3 and its like, SFTP, a network share.

A store of objects shows a file under its name only when all of it has come; on the others it is first written under
another name.
"""

import os
from collections.abc import Generator, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import Any, cast
from urllib.parse import urlsplit

from fsspec.core import url_to_fs
from fsspec.spec import AbstractFileSystem

from bot.shelves import UNFINISHED, StoreAway, StoreUnusable, place, shown

_OF_OBJECTS = frozenset({"s3", "s3a", "gs", "gcs", "az", "abfs", "oci", "oss", "tos"})
"""Kinds of stores in which a file is there whole or not at all."""
_S3 = frozenset({"s3", "s3a"})
_ACCESS = {"key": "key", "secret": "secret", "endpoint": "endpoint_url"}
"""What the S3 library calls what our settings call so."""
_S3_MANNERS = {
    "connect_timeout": 5,
    "read_timeout": 10,
    "retries": {"total_max_attempts": 1},
    "request_checksum_calculation": "when_required",
    "response_checksum_validation": "when_required",
}
"""Seconds, and no tries of its own: a person waits for the answer, and who asks tries again. Stores that are only like
S3 often do not know its newer checksums; what is sent is signed, and named by its hash."""
_WHEN = ("LastModified", "mtime", "last_modified", "updated")
"""Under which word a listing says when a file was written."""


def open_remote(url: str, access: Mapping[str, str]) -> "RemoteShelf":
    """What a URL names. `access` is the key, the secret and the endpoint of an S3 store, as far as they are set; what
    is missing the library finds in its own way. Raises StoreUnusable."""
    kind = urlsplit(url).scheme
    options: dict[str, Any] = {}
    if kind in _S3:
        options = {_ACCESS[name]: value for name, value in access.items()} | {"config_kwargs": _S3_MANNERS}
    try:
        files, root = url_to_fs(url, **options)
    except ImportError as missing:
        package = "pasang paket renaksi[s3]" if kind in _S3 else f"pasang paket fsspec untuk {kind}"
        raise StoreUnusable(f"EVIDENCE_URL memakai {kind}, dan pustakanya belum terpasang: {package}.") from missing
    except ValueError as unknown:
        raise StoreUnusable(
            f"EVIDENCE_URL menyebut {kind}, yang tidak dikenal; contoh: data/evidence atau s3://ember/folder."
        ) from unknown
    except Exception as failed:  # a store that is asked when it is opened raises whatever its library does
        raise StoreUnusable(f"{shown(url)} tidak dapat dipakai: {_reason(failed)}. Periksa EVIDENCE_URL.") from failed
    if kind in _S3:
        files.retries = 1
    return RemoteShelf(files, root, is_of_objects=kind in _OF_OBJECTS)


class RemoteShelf:
    """Files below `root` of a file system."""

    def __init__(self, files: AbstractFileSystem, root: str, *, is_of_objects: bool) -> None:
        """`is_of_objects` says that a file is there whole or not at all, and that there are no folders to make."""
        self._files = files
        self._root = root.rstrip("/")
        self._is_of_objects = is_of_objects

    def keep(self, whole: Path, ref: str) -> None:
        """Copy a file of this machine to its name. Raises StoreAway."""
        with _told():
            self._copy(whole, f"{self._root}/{place(ref)}")

    def _copy(self, whole: Path, final: str) -> None:
        if self._is_of_objects:
            self._files.put_file(str(whole), final)
            return
        self._files.makedirs(final.rpartition("/")[0], exist_ok=True)
        begun = f"{self._root}/{UNFINISHED}{whole.name}"
        self._files.put_file(str(whole), begun)
        self._files.mv(begun, final)

    def read(self, ref: str) -> bytes:
        """The bytes of a file. Raises FileNotFoundError and StoreAway."""
        path = f"{self._root}/{place(ref)}"
        with _told(or_missing=True):
            return cast("bytes", self._files.cat_file(path))  # text only where it is asked for

    def refs(self) -> Iterator[str]:
        """The names of all files. Raises StoreAway."""
        return iter(sorted(self._listed()))

    def untouched_since(self, moment: datetime) -> list[str]:
        """The files that were last written before an instant of the machine's clock, in order. Raises StoreAway."""
        return sorted(ref for ref, about in self._listed().items() if self._written(about) < moment)

    def discard(self, ref: str, moment: datetime) -> bool:
        """Delete a file for good, unless it was written again since that instant. Raises StoreAway."""
        path = f"{self._root}/{place(ref)}"
        with _told():
            self._files.invalidate_cache()
            if not self._files.exists(path) or self._written(self._files.info(path)) >= moment:
                return False
            self._files.rm_file(path)
            return True

    def try_out(self) -> None:
        """Write something and take it away again. Raises StoreAway."""
        trial = f"{self._root}/{UNFINISHED}{os.urandom(8).hex()}"
        with _told():
            if not self._is_of_objects:
                self._files.makedirs(self._root, exist_ok=True)
            self._files.pipe_file(trial, b"renaksi")
            self._files.rm_file(trial)

    def discard_unfinished(self, moment: datetime) -> None:
        """Delete what a process left behind before an instant that died while it wrote a file. Raises StoreAway."""
        for path, about in self._everything().items():
            if PurePosixPath(path).name.startswith(UNFINISHED) and self._written(about) < moment:
                with _told():
                    self._files.rm_file(path)

    def _listed(self) -> dict[str, dict[str, Any]]:
        """What the store says of each file, by its name."""
        names = ((PurePosixPath(path), about) for path, about in self._everything().items())
        return {path.name: about for path, about in names if path.parent.name == path.name[:2] and _is_ref(path.name)}

    def _everything(self) -> dict[str, dict[str, Any]]:
        """What the store says of all that lies below the root, by its path."""
        with _told():
            self._files.invalidate_cache()
            return cast("dict[str, dict[str, Any]]", self._files.find(self._root, detail=True))

    def _written(self, about: Mapping[str, Any]) -> datetime:
        """When a file was written."""
        said = next((about[word] for word in _WHEN if about.get(word) is not None), None)
        if isinstance(said, int | float):
            return datetime.fromtimestamp(said, UTC)
        if not isinstance(said, datetime):
            with _told():
                said = self._files.modified(about["name"])
        return said if said.tzinfo is not None else said.replace(tzinfo=UTC)


def _is_ref(name: str) -> bool:
    try:
        place(name)
    except FileNotFoundError:
        return False
    return True


@contextmanager
def _told(*, or_missing: bool = False) -> Generator[None]:
    """Whatever a library raises becomes StoreAway, with the reason; a file that is missing stays one where asked."""
    try:
        yield
    except StoreAway:
        raise
    except Exception as failed:
        if or_missing and isinstance(failed, FileNotFoundError):
            raise
        raise StoreAway(_reason(failed)) from failed


def _reason(failed: Exception) -> str:
    """Why, in Indonesian, to stand after a colon."""
    if isinstance(failed, FileNotFoundError):
        return "ember atau foldernya tidak ada"
    if isinstance(failed, PermissionError) or "Credentials" in type(failed).__name__:
        return "kunci atau haknya ditolak"
    return "tidak terhubung"
