"""Files of office programs: a zip or a compound file with the parts that make it one. Nothing in them is unpacked."""

import io
import struct
import zipfile

from bot.inspection.refusals import Refused

ZIP_MARK = b"PK\x03\x04"
COMPOUND_MARK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How Word and Excel files from before 2007 begin ([MS-CFB] 2.2)."""

PARTS = 10_000
"""Files within an office file; those of a large workbook are a few hundred."""
UNPACKED = 500 * 1024 * 1024
"""Bytes of an office file by its own list of contents; XML packs to a tenth, so that 20 MB hold about 200."""

_MAIN_PARTS = {
    "xl/workbook.xml": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "word/document.xml": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
_CONTENT_TYPES = "[Content_Types].xml"
_MACROS = "vbaproject.bin"
"""With it a workbook is of another kind (.xlsm), which is not taken."""
_OPEN_DOCUMENTS = frozenset(
    {"application/vnd.oasis.opendocument.spreadsheet", "application/vnd.oasis.opendocument.text"}
)
_EXCEL, _WORD = "application/vnd.ms-excel", "application/msword"
_STREAMS = {"Workbook": _EXCEL, "Book": _EXCEL, "WordDocument": _WORD}
_ENTRY = 128
"""Bytes of a directory entry of a compound file, which begins at a multiple of them ([MS-CFB] 2.6)."""
_IS_STREAM = 2


def mime_of_zip(data: bytes) -> str:
    """Workbook or document, by the list of what the zip holds. Raises Refused for every other archive."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    except zipfile.BadZipFile:
        raise Refused("broken") from None
    if len(parts) > PARTS or sum(part.file_size for part in parts) > UNPACKED:
        raise Refused("unknown_kind")
    mime = _open_document(data, parts[0]) if parts else None
    mime = mime or _office_open(frozenset(part.filename for part in parts))
    if mime is None:
        raise Refused("unknown_kind")
    return mime


def mime_of_compound(data: bytes) -> str:
    """Workbook or document, by the stream that such a file must have. Raises Refused for an installer, a mail ..."""
    for stream, mime in _STREAMS.items():
        if _has_stream(data, stream):
            return mime
    raise Refused("unknown_kind")


def _office_open(names: frozenset[str]) -> str | None:
    if _CONTENT_TYPES not in names or any(name.lower().endswith(_MACROS) for name in names):
        return None
    return next((mime for part, mime in _MAIN_PARTS.items() if part in names), None)


def _open_document(data: bytes, first: zipfile.ZipInfo) -> str | None:
    """The first part of an OpenDocument file is its type, as it is (OpenDocument 1.3, part 2, 3.3)."""
    if first.filename != "mimetype" or first.compress_type != zipfile.ZIP_STORED:
        return None
    name_length, extra_length = struct.unpack_from("<HH", data, first.header_offset + 26)
    begin = first.header_offset + 30 + name_length + extra_length
    named = data[begin : begin + first.file_size][:100].decode("ascii", "replace")
    return named if named in _OPEN_DOCUMENTS else None


def _has_stream(data: bytes, name: str) -> bool:
    wanted = f"{name}\0".encode("utf-16-le")
    at = data.find(wanted)
    while at != -1:
        entry = data[at : at + _ENTRY]
        if at % _ENTRY == 0 and len(entry) == _ENTRY and entry[64] == len(wanted) and entry[66] == _IS_STREAM:
            return True
        at = data.find(wanted, at + 1)
    return False
