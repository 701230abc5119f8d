"""Plain text and tables in text. A script is text, too: what a computer might run is refused."""

import re
from pathlib import PurePath

from bot.inspection.refusals import Refused

TEXT, CSV = "text/plain", "text/csv"
_ENDINGS = frozenset({"", ".txt", ".csv", ".tsv", ".text", ".log"})
"""Endings with which a text is opened as one; a text with any other (.js, .bat, .hta) is something that is run."""
_ENDING = re.compile(r"\.[A-Za-z0-9]{1,5}")
_HEAD = 4096
"""Characters in which a web page or a script gives itself away."""
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_RUNS = re.compile(r"\A\s*(<|#!|\{\\rtf|@echo\b|%!ps)|<(script|html|svg|body|iframe|\?php|!doctype)\b", re.IGNORECASE)
_SEPARATORS = ";,\t"
_LINES = 10
"""Lines that must have equally many separators in a table."""


def mime_of(data: bytes, name: str) -> str:
    """Plain text or a table. Raises Refused for what is no text, and for what could be run."""
    words = _decoded(data)
    if words is None or _CONTROL.search(words) or _RUNS.search(words[:_HEAD]) or _ending(name) not in _ENDINGS:
        raise Refused("unknown_kind")
    return CSV if _is_table(words) else TEXT


def _decoded(data: bytes) -> str | None:
    """As Excel and Notepad write it: UTF-16 with its mark, UTF-8, else Windows' Western European."""
    encodings = ("utf-16",) if data.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _ending(name: str) -> str:
    """The ending of a name in small letters; "Rapat Kec. Kubu" has none."""
    ending = PurePath(name).suffix
    return ending.lower() if _ENDING.fullmatch(ending) else ""


def _is_table(words: str) -> bool:
    lines = [line for line in words[: _HEAD * _LINES].splitlines() if line.strip()][:_LINES]
    return any(lines and lines[0].count(one) and len({line.count(one) for line in lines}) == 1 for one in _SEPARATORS)
