"""Reads one file out of a multipart body while it arrives, so that a large one never lies in memory.

UploadError
├── UploadTooLarge  over the limit: ask for a smaller file
└── UploadBroken    no file in it, or cut off: ask for it again
"""

from collections import deque
from collections.abc import AsyncIterator
from dataclasses import dataclass

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header

UPLOAD_LIMIT = 20 * 1024 * 1024
"""Bytes of one file: what Telegram's getFile gives at most (design.md 3), so the simulator takes no more."""
NAME_LIMIT = 255
"""Characters of a file name that are kept, from its end."""


class UploadError(Exception):
    """The file was not taken. The subclass says what to do next."""


class UploadTooLarge(UploadError):
    """The file is larger than UPLOAD_LIMIT."""


class UploadBroken(UploadError):
    """The body carries no file, or ended in the middle of it."""


@dataclass(frozen=True)
class Upload:
    """A file on its way in. `data` raises UploadTooLarge or UploadBroken when that shows."""

    name: str
    mime: str
    data: AsyncIterator[bytes]


async def read_upload(content_type: str, body: AsyncIterator[bytes]) -> Upload:
    """The first file of a multipart body. Raises UploadBroken when there is none."""
    kind, options = parse_options_header(content_type)
    boundary = options.get(b"boundary")
    if kind != b"multipart/form-data" or not boundary:
        raise UploadBroken("not a multipart form")
    part = _FilePart(boundary)
    while not part.found:
        await part.feed(body)
    return Upload(part.name, part.mime, _pieces(part, body))


async def _pieces(part: "_FilePart", body: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    size = 0
    while True:
        while part.pieces:
            piece = part.pieces.popleft()
            size += len(piece)
            if size > UPLOAD_LIMIT:
                raise UploadTooLarge
            yield piece
        if part.complete:
            return
        await part.feed(body)


class _FilePart:
    """Follows the parser through the body and keeps the first part that has a file name."""

    def __init__(self, boundary: bytes) -> None:
        self.name = ""
        self.mime = ""
        self.found = False
        self.complete = False
        self.pieces: deque[bytes] = deque()
        self._inside = False
        self._field = b""
        self._value = b""
        self._headers: dict[bytes, bytes] = {}
        self._parser = MultipartParser(
            boundary,
            {
                "on_header_field": self._on_header_field,
                "on_header_value": self._on_header_value,
                "on_header_end": self._on_header_end,
                "on_headers_finished": self._on_headers_finished,
                "on_part_data": self._on_part_data,
                "on_part_end": self._on_part_end,
            },
        )

    async def feed(self, body: AsyncIterator[bytes]) -> None:
        """Read on by one chunk. Raises UploadBroken at the end of the body."""
        chunk = await anext(body, None)
        if chunk is None:
            raise UploadBroken("the body ended early")
        try:
            self._parser.write(chunk)
        except FormParserError as error:
            raise UploadBroken("not a multipart body") from error

    def _on_header_field(self, data: bytes, start: int, end: int) -> None:
        self._field += data[start:end]

    def _on_header_value(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]

    def _on_header_end(self) -> None:
        self._headers[self._field.lower()] = self._value
        self._field = self._value = b""

    def _on_headers_finished(self) -> None:
        _, options = parse_options_header(self._headers.get(b"content-disposition"))
        file_name = options.get(b"filename")
        if file_name is not None and not self.found:
            self.found = self._inside = True
            self.name = _plain_name(file_name)
            self.mime = self._headers.get(b"content-type", b"").decode("latin-1") or "application/octet-stream"
        self._headers = {}

    def _on_part_data(self, data: bytes, start: int, end: int) -> None:
        if self._inside:
            self.pieces.append(data[start:end])

    def _on_part_end(self) -> None:
        if self._inside:
            self._inside = False
            self.complete = True


def _plain_name(file_name: bytes) -> str:
    name = file_name.decode("utf-8", "replace").replace("\\", "/").rpartition("/")[2]
    return "".join(char for char in name if char.isprintable())[-NAME_LIMIT:] or "berkas"
