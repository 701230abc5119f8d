"""Telegram's parse_mode HTML as its servers read it, with their wording for what they refuse."""

import re
from dataclasses import dataclass
from typing import Any

ENTITY_TYPES = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline",
    "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough", "tg-spoiler": "spoiler",
    "span": "spoiler", "a": "text_link", "code": "code", "pre": "pre", "blockquote": "blockquote",
    "tg-emoji": "custom_emoji",
}  # fmt: skip
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_REFERENCE = re.compile(r"&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|(lt|gt|amp|quot));?")
_HREF = re.compile(r"""href\s*=\s*(?:"([^"]*)"|'([^']*)'|(\S+))""")


class BrokenHtml(Exception):
    """The text of the refusal, without "Bad Request: can't parse entities: "."""


@dataclass(frozen=True)
class Formatted:
    """Text as people see it, and its entities with offsets in UTF-16 units as the Bot API counts them."""

    text: str
    entities: tuple[dict[str, Any], ...] = ()

    def marked(self, kind: str) -> tuple[str, ...]:
        """The stretches of one kind, e.g. everything bold."""
        units = self.text.encode("utf-16-le")
        return tuple(
            units[2 * entity["offset"] : 2 * (entity["offset"] + entity["length"])].decode("utf-16-le")
            for entity in self.entities
            if entity["type"] == kind
        )

    def stripped(self) -> "Formatted":
        """Without space around it, as Telegram stores it."""
        lead = _units(self.text) - _units(self.text.lstrip())
        moved = tuple({**entity, "offset": max(entity["offset"] - lead, 0)} for entity in self.entities)
        return Formatted(self.text.strip(), moved)


def parse_html(source: str) -> Formatted:
    """Raises BrokenHtml in the words of Telegram; offsets in them are bytes."""
    return _Reader(source).read()


class _Reader:
    def __init__(self, source: str) -> None:
        self._source = source
        self._at = 0
        self._out: list[str] = []
        self._open: list[tuple[str, int, str]] = []
        self._entities: list[dict[str, Any]] = []

    def read(self) -> Formatted:
        while self._at < len(self._source):
            match self._source[self._at]:
                case "<" if self._source.startswith("</", self._at):
                    self._end_tag()
                case "<":
                    self._start_tag()
                case "&":
                    self._reference()
                case sign:
                    self._out.append(sign)
                    self._at += 1
        if self._open:
            raise BrokenHtml(f'Can\'t find end tag corresponding to start tag "{self._open[-1][0]}"')
        return Formatted("".join(self._out), tuple(sorted(self._entities, key=lambda entity: entity["offset"])))

    def _start_tag(self) -> None:
        begin = self._at
        name = self._name(begin + 1)
        end = self._source.find(">", begin)
        if end < 0:
            raise BrokenHtml(f"Unclosed start tag at byte offset {self._bytes(begin)}")
        if name not in ENTITY_TYPES:
            raise BrokenHtml(f'Unsupported start tag "{name}" at byte offset {self._bytes(begin)}')
        attributes = self._source[begin + 1 + len(name) : end]
        if name == "span" and "tg-spoiler" not in attributes:
            raise BrokenHtml(f'Tag "span" must have class "tg-spoiler" at byte offset {self._bytes(begin)}')
        self._open.append((name, self._length(), attributes))
        self._at = end + 1

    def _end_tag(self) -> None:
        begin = self._at
        if not self._open:
            raise BrokenHtml(f"Unexpected end tag at byte offset {self._bytes(begin)}")
        name = self._name(begin + 2)
        end = begin + 2 + len(name)
        if self._source[end : end + 1] != ">":
            raise BrokenHtml(f"Unclosed end tag at byte offset {self._bytes(begin)}")
        expected, start, attributes = self._open.pop()
        if name != expected:
            raise BrokenHtml(
                f'Unmatched end tag at byte offset {self._bytes(begin)}, expected "</{expected}>", found "</{name}>"'
            )
        self._close(expected, start, attributes)
        self._at = end + 1

    def _close(self, name: str, start: int, attributes: str) -> None:
        if self._length() == start:
            return
        entity: dict[str, Any] = {"type": ENTITY_TYPES[name], "offset": start, "length": self._length() - start}
        if name == "a" and (href := _HREF.search(attributes)):
            entity["url"] = next(filter(None, href.groups()), "")
        self._entities.append(entity)

    def _reference(self) -> None:
        found = _REFERENCE.match(self._source, self._at)
        if found is None:
            self._out.append("&")
            self._at += 1
            return
        decimal, hexadecimal, named = found.groups()
        self._out.append(_NAMED[named] if named else chr(int(decimal) if decimal else int(hexadecimal, 16)))
        self._at = found.end()

    def _name(self, begin: int) -> str:
        end = begin
        while end < len(self._source) and self._source[end] != ">" and not self._source[end].isspace():
            end += 1
        return self._source[begin:end].lower()

    def _bytes(self, position: int) -> int:
        return len(self._source[:position].encode())

    def _length(self) -> int:
        return sum(map(_units, self._out))


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
