"""WhatsApp's own marks: `*bold*`, `_slanted_`, `~struck~`, backticks.

There is no way to escape them. Where a pair in our words would vanish and change the letters between them, signs that
look alike stand in for it, one for one, so that no limit is passed.
"""

import re

from domain.shown import shown

_LOOK_ALIKE = {"*": "∗", "_": "ˍ", "~": "∼", "`": "ˋ"}
_PAIR = re.compile(r"(?<!\w)([*_~])(?=\S)([^\n]*?)(?<=\S)\1(?!\w)")


def plain(text: str) -> str:
    """Words that WhatsApp shows as they are."""
    words = shown(text).replace("`", _LOOK_ALIKE["`"])
    while (changed := _PAIR.sub(_replaced, words)) != words:
        words = changed
    return words


def bold(text: str) -> str:
    """Words in bold, which their own stars would end; empty for none."""
    words = plain(text).replace("*", _LOOK_ALIKE["*"])
    return f"*{words}*" if words.strip() else ""


def _replaced(found: re.Match[str]) -> str:
    mark = _LOOK_ALIKE[found[1]]
    return f"{mark}{found[2]}{mark}"
