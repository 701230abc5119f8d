"""Under what the rows of a table stand: a post and the names of the rungs above, with the pages that print them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.documents.plan_reading.cell_kinds import list_mark
from bot.documents.plan_reading.in_rows.indicator_cards import Card
from bot.documents.plan_reading.in_rows.period_heads import Head
from bot.documents.plan_reading.in_rows.strips import is_period_row
from bot.documents.plan_reading.post_headings import is_signed, last_post, read_post
from bot.documents.plan_reading.rungs import HEIGHT, level_of_word, plain_name
from bot.documents.plan_reading.source import Place, Row
from domain.plan import Level

_MOST_TEXTS = 3
"""Texts of a row that only names a post: `Jabatan`, `:`, `Kasi Pemerintahan`."""


_HEADING_RUNGS = (Level.PROGRAM, Level.KEGIATAN, Level.SUB_KEGIATAN)
"""Rungs of which a row of its own may be the heading."""


@dataclass(frozen=True)
class Rung:
    """A name of a rung above an indicator, and the page that printed it."""

    text: str
    page: int


class Standing:
    """What holds at a row. It changes while the rows are read from top to bottom."""

    def __init__(self) -> None:
        self.page = 0
        """Counts tables and headings."""
        self.post: str | None = None
        self.post_page = 0
        """The page that printed the heading of the post."""
        self.path: dict[Level, Rung] = {}
        self._card = Card()
        self._sheet = ""

    def heed_sheet(self, sheet: str) -> None:
        """A new sheet that is called after a post is that of the post."""
        if sheet and sheet != self._sheet:
            self._sheet = sheet
            if (post := read_post(sheet)) is not None:
                self.take_post(post)

    def heed(self, before: Sequence[str]) -> None:
        """Take posts and rungs out of the lines above a table."""
        if (post := last_post(before)) is not None:
            self.take_post(post)
        for line in filter(list_mark, before):
            self._take_rung(line)
        for line in before:
            self._card = self._card.with_line(line) or self._card

    def taken_card(self, place: Place) -> Head | None:
        """What lines above say of the indicator whose periods begin at `place`; it is that of no other."""
        card, self._card = self._card, Card()
        return card.as_head(place) if card.name else None

    def is_heading(self, rows: Sequence[Row], at: int, *, names_rungs: bool = True) -> bool:
        """Whether the row `at` only names a post, a rung or an indicator above the rows that follow; if so, it is
        heeded.

        `names_rungs` is False above the heading of a table, where titles begin with the same words.
        """
        row = rows[at]
        filled = list(filter(None, row.texts))
        if not filled or len(filled) > _MOST_TEXTS or is_period_row(row):
            return False
        joined = " ".join(filled)
        is_title = len(filled) == 1 and _is_title(row)
        post = read_post(joined) if ":" in joined or is_title else None
        if post is not None:
            if not is_signed([" ".join(each.texts) for each in rows[at + 1 :]]):
                self.take_post(post)
            return True
        if (card := self._card.with_line(joined)) is not None:
            self._card = card
            return True
        if names_rungs and is_title and row.cells[0].text and level_of_word(joined) in _HEADING_RUNGS:
            self._take_rung(joined)
            return True
        return False

    def take_post(self, post: str) -> None:
        self.post, self.post_page = post, self.page

    def enter(self, path: Mapping[Level, str]) -> None:
        """Stand below these rungs; what was below them before is left."""
        for level in sorted(path, key=HEIGHT.__getitem__):
            below = HEIGHT[level]
            self.path = {rung: text for rung, text in self.path.items() if HEIGHT[rung] < below}
            self.path[level] = Rung(path[level], self.page)

    def _take_rung(self, text: str) -> None:
        rung = level_of_word(text)
        name = plain_name(text, rung)
        known = self.path.get(rung) if rung else None
        if rung is not None and not (known and known.text.startswith(name)):
            self.enter({rung: name})


def _is_title(row: Row) -> bool:
    """Whether the one text of a row is set as a title: at the left edge, over several columns, or in capitals."""
    at, cell = next((at, cell) for at, cell in enumerate(row.cells) if cell.text)
    return at <= 1 or cell.columns > 2 or cell.text.isupper()
