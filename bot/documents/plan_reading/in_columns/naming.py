"""What an indicator is called and who answers for it: the names, codes and posts that hold at a row of a table."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from bot.documents.plan_reading.cell_kinds import is_total, is_value
from bot.documents.plan_reading.headings.headers import Column, Part
from bot.documents.plan_reading.in_columns.columns import Group, Layout, text_at, word_at
from bot.documents.plan_reading.in_columns.covering import Covering
from bot.documents.plan_reading.in_columns.sharing import heads_indicators
from bot.documents.plan_reading.post_headings import read_post
from bot.documents.plan_reading.rungs import (
    HEIGHT,
    Looks,
    Path,
    clean_code,
    level_of_code,
    level_of_word,
    levels_by_looks,
    looks,
    plain_name,
    split_code,
)
from bot.documents.plan_reading.sections import Run
from bot.documents.plan_reading.source import KEPT_TEXTS, Row
from domain.plan import Level

_LONGEST_LABEL = 3
"""Words before a colon that only say what follows."""
_UNKNOWN_RUNG = Level.KEGIATAN
"""Of a name below a heading that says only `Uraian`."""
_GOALS = frozenset({Level.TUJUAN, Level.SASARAN})
_UNIT_OF_OFFICE = re.compile(
    r"(?:seksi|sub\s*-?\s*bag(?:ian)?|subbag|sekretariat|bidang|bagian|satpol|kelurahan|semua|seluruh|tim|trantib"
    r"|kepala|ka\.)\b",
    re.IGNORECASE,
)
_BESIDE_POST = re.compile(r"[(\[;]|\ba\.?n\.|\bnip\b|,\s*(?:s|m|dr|drs|a\.md|ir)\.", re.IGNORECASE)
"""Where the name, the number or the degree of whoever holds the post begins."""
_LONGEST_POST = 120


class Entered(NamedTuple):
    """The columns in which a row begins a new name; whether what stands for its owner is no post; whether its owner is
    that of a row above, though it begins a name of its own."""

    columns: frozenset[int] = frozenset()
    has_strange_owner: bool = False
    is_owner_carried: bool = False


class _Names(NamedTuple):
    """Names as they stand in these columns of a row, with what they did: the path that held then, the rungs of those
    that began, the code before one of them."""

    columns: tuple[Column, ...]
    texts: Sequence[str]
    path: Mapping[Level, str]
    begun: dict[int, Level]
    code: str


class Namer:
    """The names that hold, row by row."""

    def __init__(self, run: Run, layout: Layout, post: str | None) -> None:
        self._looks = dict(_looks_of(run, layout))
        self._path = Path()
        for title in run.titles:
            self._enter_title(title)
        self._levels: dict[int, Level] = {}
        """The rung of the last name in each column."""
        self._taken: _Names | None = None
        self._default_post = post
        self._post = post
        self._post_level: Level | None = None
        self.code = ""

    @property
    def post(self) -> str | None:
        return self._post

    def enter(self, row: Row, layout: Layout, covering: Covering) -> Entered:
        """Take the names, the code and the owner of a row."""
        self.code = _code_of(row, layout)
        begun = self._enter_names(row, layout) | self._enter_heads(row, layout)
        owner = layout.column(Part.OWNER)
        is_blank = not (text_at(row, owner) or covering.text_at(row, owner))
        is_strange = self._enter_owner(row, layout, covering, min(begun.values(), key=HEIGHT.__getitem__, default=None))
        is_carried = owner is not None and is_blank and bool(begun) and self._post is not None
        return Entered(frozenset(begun), is_strange, is_carried and self._post != self._default_post)

    def _enter_names(self, row: Row, layout: Layout) -> dict[int, Level]:
        """Take the names of a row; the rungs of those that begin, by column.

        Where columns name one rung each, those of the row above are not taken apart again: many plans repeat them.
        """
        columns = layout.header.of(Part.NAME)
        texts = [word_at(row, column) for column in columns]
        taken = self._taken
        if taken is None or (taken.columns, taken.texts, taken.path) != (columns, texts, self._path.names):
            begun = self._begin_names(columns, texts, row, layout)
            if any(len(column.levels) != 1 for column in columns):
                return begun
            codes = (split_code(text)[0] for column, text in zip(columns, texts, strict=True) if column.index in begun)
            taken = self._taken = _Names(columns, texts, dict(self._path.names), begun, next(filter(None, codes), ""))
        self.code = self.code or taken.code
        return taken.begun

    def _begin_names(
        self, columns: Sequence[Column], texts: Sequence[str], row: Row, layout: Layout
    ) -> dict[int, Level]:
        begun: dict[int, Level] = {}
        for column, text in zip(columns, texts, strict=True):
            if not text or is_value(text) or is_total(text):
                continue
            if self._goes_on(text, column, layout):
                self.continue_name(column, text)
            elif (level := self._level_of(text, row, column, layout)) is not None:
                self._enter_name(column, level, text)
                begun[column.index] = level
        return begun

    def _enter_heads(self, row: Row, layout: Layout) -> dict[int, Level]:
        """Take names that stand above their indicators in one column."""
        begun: dict[int, Level] = {}
        for group in layout.groups:
            if group.indicator is not None and heads_indicators(row, group):
                level = group.indicator.levels[0]
                self._enter_name(group.indicator, level, text_at(row, group.indicator))
                begun[group.indicator.index] = level
        return begun

    def enter_heading(self, row: Row, layout: Layout) -> bool:
        """Take a row that only heads those below it: a post, or a rung of the plan across the whole table."""
        if len(row.texts) - row.texts.count("") != 1:
            return False
        at, cell = next((at, cell) for at, cell in enumerate(row.cells) if cell.text)
        if (post := read_post(cell.text)) is not None:
            self._default_post = self._post = post
            self._post_level = None
            return True
        column = layout.header.at(at)
        if column is not None and column.part in (Part.NAME, Part.INDICATOR):
            return False
        level = level_of_word(cell.text)
        if level is not None:
            self._path.enter(level, plain_name(cell.text, level))
        return True

    def _enter_title(self, title: str) -> None:
        """Take a line above the table that names a rung: `Program : Pemberdayaan Desa`."""
        label, _, name = title.partition(":")
        level = level_of_word(label)
        if level is not None and name.strip() and len(label.split()) <= _LONGEST_LABEL:
            self._path.enter(level, plain_name(name.strip(), level))

    def _goes_on(self, text: str, column: Column, layout: Layout) -> bool:
        """Whether a text without a code, in a table that tells its rungs by codes, is the end of the name above."""
        is_coded = len(column.levels) > 1 and layout.header.has(Part.CODE)
        if not is_coded or self.code or split_code(text)[0]:
            return False
        return level_of_word(text) is None and column.index in self._levels

    def _enter_name(self, column: Column, level: Level, text: str) -> None:
        code, _ = split_code(text)
        self.code = self.code or code
        if level in _GOALS and set(column.levels) >= _GOALS:
            for goal in _GOALS - {level}:
                self._path.drop(goal)
        self._path.enter(level, plain_name(text, level))
        self._levels[column.index] = level

    def _level_of(self, text: str, row: Row, column: Column, layout: Layout) -> Level | None:
        if len(column.levels) == 1:
            return column.levels[0]
        code = self.code or split_code(text)[0]
        if code and "." in code:
            level = level_of_code(code)
            if level is None or level in column.levels or not column.levels:
                return level
        worded = level_of_word(text)
        if worded is not None and (worded in column.levels or not column.levels):
            return worded
        if not column.levels:
            return _UNKNOWN_RUNG
        if _GOALS.issuperset(column.levels) and column.index in self._levels:
            return self._levels[column.index]
        return self._looks.get(column.index, {}).get(_looks_at(row, column, layout), column.levels[-1])

    def _enter_owner(self, row: Row, layout: Layout, covering: Covering, highest: Level | None) -> bool:
        """Take the owner; whether what stands there is none."""
        if self._post_level is not None and highest is not None and HEIGHT[highest] <= HEIGHT[self._post_level]:
            self._post, self._post_level = self._default_post, None
        column = layout.column(Part.OWNER)
        text = covering.text_at(row, column) or word_at(row, column)
        if not text or is_value(text):
            return False
        post = owner_of(text)
        if post is not None:
            self._post, self._post_level = post, self._lowest()
        return post is None

    def _lowest(self) -> Level:
        return max(self._path.names, key=HEIGHT.__getitem__, default=Level.TUJUAN)

    def called(self, group: Group) -> tuple[str, Level]:
        """The name that holds in a group, empty for none, and the rung of an indicator of the group: that of the name
        it stands beside, else that of its heading."""
        named = self._name_level(group)
        name = "" if named is None else self._path.names.get(named, "")
        own = group.indicator.levels if group.indicator is not None else ()
        if named is not None and (named in own or len(own) != 1):
            return name, named
        return name, own[0] if own else named or Level.SASARAN

    def _name_level(self, group: Group) -> Level | None:
        lowest: Level | None = None
        for column in group.names:
            level = self._levels.get(column.index)
            if level is not None and level in self._path.names and (lowest is None or HEIGHT[level] > HEIGHT[lowest]):
                lowest = level
        return lowest

    def path(self, level: Level) -> dict[str, str]:
        """The names that hold, from the top down to that rung."""
        return self._path.down_to(level)

    def continue_name(self, column: Column, text: str) -> bool:
        """Join the end of a name that was cut; False where no name holds in the column."""
        level = self._levels.get(column.index)
        if level is None or level not in self._path.names:
            return False
        self._path.names[level] = f"{self._path.names[level]} {text}"
        return True


_LONGEST_END = 10
"""Characters of one word alone that ends the text before it, `IV` and the like."""


def is_end(text: str) -> bool:
    """Whether a text alone in a row rather ends the one before than names something: small letters, or one word."""
    if read_post(text) is not None:
        return False
    return text[:1].islower() or (" " not in text and len(text) <= _LONGEST_END and level_of_word(text) is None)


@lru_cache(maxsize=KEPT_TEXTS)
def owner_of(text: str) -> str | None:
    """The post or the part of the office that a cell names; None for anything else, so for the name of a person."""
    plain = _BESIDE_POST.split(" ".join(text.split()), maxsplit=1)[0].strip(" ,;:-")
    if len(plain) > _LONGEST_POST or re.search(r"\d{5}", plain):
        return None
    return read_post(plain) or (plain if _UNIT_OF_OFFICE.match(plain) else None)


def _code_of(row: Row, layout: Layout) -> str:
    pieces = [clean_code(text) for column in layout.header.of(Part.CODE) if (text := text_at(row, column))]
    return ".".join(pieces) if all(pieces) else ""


def _looks_of(run: Run, layout: Layout) -> Iterator[tuple[int, dict[Looks, Level]]]:
    """For each column of several rungs the rung of each look."""
    for column in layout.header.of(Part.NAME):
        if len(column.levels) > 1:
            seen = [
                _looks_at(row, column, layout)
                for row in run.rows
                if (text := text_at(row, column)) and not is_total(text) and level_of_word(text) is None
            ]
            yield column.index, dict(levels_by_looks(seen, column.levels))


def _looks_at(row: Row, column: Column, layout: Layout) -> Looks:
    cell = row.cells[column.index]
    is_numbered = bool(text_at(row, layout.column(Part.NUMBER)))
    return looks(cell.text, is_numbered=is_numbered, is_bold=cell.is_bold)
