"""What a person sees of a text: no marks of markup, no blanks at its ends, one kind of blank within."""

import html
import re
import unicodedata

_MARKUP = re.compile(
    r"</?(?:b|i|u|s|em|strong|span|font|sub|sup|small|p|div|center|mark|code|br|hr)\b[^<>]*>", re.IGNORECASE
)
_LINE_BREAK = re.compile(r"<(?:br|hr)\b[^<>]*>|</p>", re.IGNORECASE)
_STRONG = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*")
_SLANTED = re.compile(r"(?<![\w*])\*(?=[^\s*])([^*]+?)(?<=[^\s*])\*(?![\w*])")
_ALL_STRONG = re.compile(r"<(b|strong)>.*</\1>|\*\*[^*]+\*\*", re.IGNORECASE | re.DOTALL)
_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
"""Soft hyphens, joiners and blanks without width."""


def tidied(text: str) -> str:
    """The text as it is seen: composed, without marks of no width, every run of blanks and line breaks one blank."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", text).translate(_UNSEEN)
    return " ".join(text.split())


def without_markup(text: str) -> str:
    """The text of a line of markdown or of what a scan's reader writes, without its tags, asterisks and entities."""
    if "<" in text:
        text = _MARKUP.sub("", _LINE_BREAK.sub(" ", text))
    if "*" in text:
        text = _SLANTED.sub(r"\1", _STRONG.sub(r"\1", text))
    return tidied(html.unescape(text) if "&" in text else text)


def is_strong(text: str) -> bool:
    """Whether all of it stands between marks of bold."""
    return _ALL_STRONG.fullmatch(text.strip()) is not None
