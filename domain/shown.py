"""Words as they may be shown: nothing in them that nobody sees and that changes how the rest is read.

Somebody whose name turns the direction of writing would turn the figures behind it (Unicode Standard Annex 9).
"""

import re

_UNSEEN = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""Control characters but for tabs and line feeds, marks that turn the direction, halves of a pair."""


def shown(text: str) -> str:
    """The same words without them; every kind of line break is one line feed, a tab is a blank."""
    broken = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return _UNSEEN.sub("", broken)
