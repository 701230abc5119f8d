"""Codes of indicators: the printed one, else one made of what the row says.

A code is the same for the same row of a later file, so that reports stay with their indicator.
"""

import hashlib
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import count

from bot.documents.plan_reading.printed import PrintedIndicator
from bot.documents.plan_reading.source import KEPT_TEXTS
from domain.plan import Level

_PREFIX = {
    Level.TUJUAN: "T", Level.SASARAN: "S", Level.PROGRAM: "P", Level.KEGIATAN: "K", Level.SUB_KEGIATAN: "SK",
    Level.AKSI: "A", Level.INDIVIDU: "I",
}  # fmt: skip
_RUNGS = (Level.PROGRAM, Level.KEGIATAN, Level.SUB_KEGIATAN, Level.AKSI)
"""What tells apart rows of one name. What stands above (tujuan, sasaran) only heads them."""
_LETTERS = 6
"""Hexadecimal digits: among 1,000 rows one pair in thirty-three plans would meet, and is then numbered."""
_WORD = re.compile(r"[^\W_]+")
_LIST_NUMBER = re.compile(r"^\s*(?:\d{1,2}|[a-zA-Z])[.)]\s*")


@lru_cache(maxsize=KEPT_TEXTS)
def plain(text: str | None) -> str:
    """A text without its list number, its signs and its capitals, for comparison."""
    if not text:
        return ""
    number = _LIST_NUMBER.match(text)
    return " ".join(_WORD.findall(text.casefold() if number is None else text[number.end() :].casefold()))


def identity(one: PrintedIndicator) -> tuple[str, ...]:
    """What makes a row the indicator that it is: its rung, the names from the program down, its own name."""
    rungs = tuple([plain(one.path.get(rung)) for rung in _RUNGS])
    whose = plain(one.post) if not any(rungs) else ""
    head = "" if any(rungs) else plain(one.path.get(one.level))
    return one.level.value, *rungs, head, whose, plain(one.name)


def codes(indicators: Sequence[PrintedIndicator], identities: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    """One code for each row, all different; rows of the same identity or the same printed code are numbered."""
    rows = zip(indicators, identities, strict=True)
    return tuple(_numbered([_tidy(one.code) or _made(one.level, who) for one, who in rows]))


def _tidy(code: str) -> str:
    return "".join(code.split())


def _made(level: Level, identity: tuple[str, ...]) -> str:
    digest = hashlib.sha256("|".join(identity).encode()).hexdigest()
    return f"{_PREFIX[level]}-{digest[:_LETTERS]}"


def _numbered(wanted: Sequence[str]) -> Iterator[str]:
    taken = set(wanted)
    seen: set[str] = set()
    for code in wanted:
        free = code if code not in seen else next(one for n in count(2) if (one := f"{code}-{n}") not in taken)
        seen.add(code)
        taken.add(free)
        yield free
