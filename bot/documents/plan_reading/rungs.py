"""On which rung of the plan a name stands, and the names above it that still hold.

A column may hold names of one rung, or of several below one another: then the code tells, the word with which the name
begins, or the way it is numbered and written, as the eye of a reader does.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from bot.documents.plan_reading.cell_kinds import list_mark, without_mark
from bot.documents.plan_reading.source import KEPT_TEXTS
from domain.plan import Level

ORDER = tuple(Level)
"""From the top of the plan to its foot."""
HEIGHT = {level: at for at, level in enumerate(ORDER)}
"""How many rungs stand above each."""
_DOWN_TO = {level: tuple((each, each.value) for each in ORDER[: at + 1]) for level, at in HEIGHT.items()}
"""A rung and those above it from the top, with the words by which paths know them."""

_WORDED = re.compile(
    r"(?P<tujuan>tujuan)\b|(?P<sasaran>sasaran)\b|(?P<program>program)\b|(?P<sub_kegiatan>sub\s*-?\s*kegiatan)\b"
    r"|(?P<kegiatan>kegiatan)\b|(?P<aksi>(?:rencana )?aksi|aktivitas)\b",
    re.IGNORECASE,
)
_LABEL = re.compile(r"(?:tujuan|sasaran(?:\s+strategis)?)\s*(?:\d{1,2}|[ivx]+)?\s*[.:)-]*\s+(?=\S)", re.IGNORECASE)
_CODE = re.compile(r"[\dxX]{1,2}(?:\.\s?[\dxX]{1,4}){1,8}\.?(?=\s|$)")
_NOISE = re.compile(r"[\s'\"`\u2019\u2018]")


def clean_code(text: str) -> str:
    """A nomenclature code without the blanks and quotes that a narrow column put in; empty for another text."""
    plain = _NOISE.sub("", text).strip(".")
    return plain if re.fullmatch(r"[\dxX]+(?:\.[\dxX]+)*", plain) else ""


@lru_cache(maxsize=KEPT_TEXTS)
def split_code(text: str) -> tuple[str, str]:
    """The code at the beginning of a name, empty for none, and the name."""
    match = _CODE.match(text)
    if match is None or match.end() == len(text) or "." not in match[0].strip("."):
        return "", text
    return clean_code(match[0]), text[match.end() :].strip(" -:")


_SHORTEST_PROGRAM = 3
"""Numbers in the code of a program: urusan, bidang urusan, program (Permendagri 90/2019)."""


def code_length(code: str) -> int:
    """How many numbers a code has, one such as `201` counted as `2.01`."""
    return sum(1 + (len(piece) == 3 and at == _SHORTEST_PROGRAM) for at, piece in enumerate(code.split(".")))


def level_of_code(code: str) -> Level | None:
    """The rung of a nomenclature code, None for one above the programs."""
    length = code_length(code)
    if length < _SHORTEST_PROGRAM:
        return None
    if length == _SHORTEST_PROGRAM:
        return Level.PROGRAM
    return Level.KEGIATAN if length <= _SHORTEST_PROGRAM + 2 else Level.SUB_KEGIATAN


@lru_cache(maxsize=KEPT_TEXTS)
def level_of_word(name: str) -> Level | None:
    """The rung that a name says itself: `Sub Kegiatan Penyediaan ...`."""
    match = _WORDED.match(without_mark(name))
    return Level(match.lastgroup) if match and match.lastgroup else None


@lru_cache(maxsize=KEPT_TEXTS)
def plain_name(name: str, level: Level | None) -> str:
    """A name as a path holds it: without its number, and without the label TUJUAN or SASARAN."""
    plain = without_mark(split_code(name)[1])
    if level in (Level.TUJUAN, Level.SASARAN):
        plain = _LABEL.sub("", plain, count=1)
    return without_mark(plain).strip()


@dataclass(frozen=True)
class Looks:
    """How a name is set apart from those of other rungs."""

    is_numbered: bool
    """Something stands in the column of numbers."""
    mark: str
    is_capital: bool
    is_bold: bool


@lru_cache(maxsize=KEPT_TEXTS)
def looks(name: str, *, is_numbered: bool, is_bold: bool) -> Looks:
    """The looks of a name as it is printed."""
    letters = [sign for sign in name if sign.isalpha()]
    return Looks(is_numbered, list_mark(name), bool(letters) and all(map(str.isupper, letters)), is_bold)


def levels_by_looks(seen: Iterable[Looks], levels: Sequence[Level]) -> Mapping[Looks, Level]:
    """The rung of each look in a column of several rungs: the look that comes first is the highest.

    The first trait that tells as many looks apart as there are rungs decides, numbering before capitals before bold.
    """
    order = list(dict.fromkeys(seen))
    for trait in (_numbering, _capitals, _boldness):
        kinds = list(dict.fromkeys(trait(each) for each in order))
        if 1 < len(kinds) <= len(levels):
            return {each: levels[kinds.index(trait(each))] for each in order}
    return dict.fromkeys(order, levels[-1])


def _numbering(each: Looks) -> object:
    return each.is_numbered, each.mark


def _capitals(each: Looks) -> object:
    return each.is_capital


def _boldness(each: Looks) -> object:
    return each.is_bold


@dataclass
class Path:
    """The names that hold at a row. A name ends those below it."""

    names: dict[Level, str] = field(default_factory=dict[Level, str])

    def enter(self, level: Level, name: str) -> None:
        """A name of that rung begins."""
        at = HEIGHT[level]
        self.names = {each: kept for each, kept in self.names.items() if HEIGHT[each] < at}
        self.names[level] = name

    def drop(self, level: Level) -> None:
        """The name of that rung holds no longer."""
        self.names.pop(level, None)

    def down_to(self, level: Level) -> dict[str, str]:
        """The names of that rung and above it, from the top, as a path."""
        names = self.names
        return {word: names[each] for each, word in _DOWN_TO[level] if each in names}
