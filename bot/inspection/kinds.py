"""The kind of a file, by its content: the name and what the sender's phone says of it prove nothing.

Only what an office has a use for as evidence is known here. Everything else is refused: programs, scripts, web pages,
drawings that can hold scripts (SVG), archives. Nothing is unpacked, and no office file is opened.
"""

from bot.inspection import office_files, plain_text, recordings
from bot.inspection.refusals import Refused

JPEG, PNG, WEBP, HEIC = "image/jpeg", "image/png", "image/webp", "image/heic"
PDF = "application/pdf"

_MARKS = {
    b"\xff\xd8\xff": JPEG,
    b"\x89PNG\r\n\x1a\n": PNG,
    b"%PDF-": PDF,
    b"#!AMR\n": "audio/amr",
    b"#!AMR-WB\n": "audio/amr-wb",
}
"""How files of a kind begin."""
_HEIC_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx"})
_BLANKS = b"\xef\xbb\xbf \t\r\n\0"
"""What may stand before a PDF begins."""


def mime_of(data: bytes, name: str = "") -> str:
    """The MIME type of a file. `name` can only speak against a text, never for anything. Raises Refused."""
    if not data:
        raise Refused("broken")
    marked = next((mime for mark, mime in _MARKS.items() if data.startswith(mark)), None)
    if marked is not None:
        return marked
    if data[:1024].lstrip(_BLANKS).startswith(b"%PDF-"):
        return PDF
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return WEBP
    if data.startswith(office_files.ZIP_MARK):
        return office_files.mime_of_zip(data)
    if data.startswith(office_files.COMPOUND_MARK):
        return office_files.mime_of_compound(data)
    if data[4:8] == b"ftyp":
        return HEIC if recordings.brands(data) & _HEIC_BRANDS else recordings.mime_of_boxes(data)
    return recordings.mime_of_stream(data) or plain_text.mime_of(data, name)
