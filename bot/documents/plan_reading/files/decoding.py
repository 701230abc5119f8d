"""The text of a file whose encoding nobody tells: UTF-8, UTF-16, or the Windows code page of an old program."""

import codecs

from bot.documents.plan_reading.source import PlanRefused

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_SAMPLE = 4096
_CONTROLS = frozenset(range(32)) - frozenset(b"\t\n\r\f\v\x1b")
"""Bytes below the blank that no text has."""
_MOSTLY = 0.4
"""Of the sample: in UTF-16 every second byte of plain text is NUL."""


def decoded(data: bytes) -> str:
    """The text, its lines ended by a line feed only. Raises PlanRefused for what is no text."""
    encoding, start = _encoding(data)
    text = data[start:].decode(encoding, "replace")
    if "\0" in text or _has_controls(text):
        raise PlanRefused(
            "Isi berkas ini tidak dikenali sebagai tabel, mohon simpan sebagai .xlsx atau .docx lalu kirim lagi."
        )
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _encoding(data: bytes) -> tuple[str, int]:
    """The name of the encoding, and where the text begins."""
    for mark, name in _BOMS:
        if data.startswith(mark):
            return name, len(mark)
    sample = data[:_SAMPLE]
    if sample[1::2].count(0) > _MOSTLY * len(sample):
        return "utf-16-le", 0
    if sample[0::2].count(0) > _MOSTLY * len(sample):
        return "utf-16-be", 0
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252", 0
    return "utf-8", 0


def _has_controls(text: str) -> bool:
    return any(ord(sign) in _CONTROLS for sign in set(text[:_SAMPLE]))
