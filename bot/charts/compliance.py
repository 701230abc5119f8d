"""Punctuality: posts in rows, periods in columns, a sign for each that differs in shape as well as in colour."""

from collections.abc import Callable, Sequence
from typing import TypeAlias

from bot.charts.canvas import BODY, HATCH, HEADING, INK, LEFT, MUTED, RIGHT, ROOM, RULE, STRONG, WHITE, Marks, Page
from bot.charts.footer import Footer
from bot.charts.keys import Key, draw_keys, keys_height
from bot.charts.layout import Block, fits, stack
from bot.charts.typography import width, wrap
from bot.charts.wording import page_count, short_period
from domain.scales import AMBER, GREEN
from domain.summary import Compliance, PostCompliance, Punctuality
from handlers.picture_pages import compliance_pages

_RADIUS = 16
"""Pixels of a sign, from its middle."""
_CELL = 45
"""Pixels of a column at least: twelve months and a title stand beside each other."""
_WIDEST_CELL = 120
_ROW_PADDING = 5

Sign: TypeAlias = Callable[[Page, float, float], None]
"""Draws a mark round a point."""


def draw_compliance(table: Compliance, footer: Footer) -> tuple[bytes, ...]:
    """The pages of the table as PNGs of 1080 x 1350 pixels."""
    return tuple(page.png() for page in compose_compliance(table, footer))


def compose_compliance(table: Compliance, footer: Footer) -> tuple[Page, ...]:
    """The pages of `draw_compliance`, not yet pictures."""
    above = [_headline(table), _key(), _column_heads(table.periods)]
    parts = [[_row(post, len(table.periods)) for post in part] for part in compliance_pages(table.posts)]
    pages: list[Page] = []
    for number, part in enumerate(parts, start=1):
        page = _page(table, footer, page_count(number, len(parts)), [*above, *part])
        stack(page, [*above, *part], 0, widest=0)
        pages.append(page)
    return tuple(pages)


def _page(table: Compliance, footer: Footer, count: str, blocks: Sequence[Block]) -> Page:
    """An empty page; one whose blocks would not fit below two lines of the office's name is compact."""
    subject, marks = f"Ketepatan lapor {footer.period}", Marks(table.provisional, table.sample)
    page = Page(table.office, subject, footer, marks, count=count)
    return (
        page
        if fits(blocks, page.bottom - page.top, 0)
        else Page(table.office, subject, footer, marks, count=count, compact=True)
    )


def _headline(table: Compliance) -> Block:
    """How many of the reports that have fallen due came in time."""
    marks = [mark for post in table.posts for mark in post.marks]
    fallen = sum(mark in (Punctuality.ON_TIME, Punctuality.LATE, Punctuality.MISSING) for mark in marks)
    punctual = marks.count(Punctuality.ON_TIME)
    words = f"{punctual} dari {fallen} laporan tepat waktu" if fallen else "Belum ada laporan yang jatuh tempo."
    return Block(HEADING.leading + 8, lambda page, top: page.text(LEFT, top, words, HEADING))


def _key() -> Block:
    """Every sign with its word."""
    return Block(keys_height(_KEYS) + 8, lambda page, top: draw_keys(page, top, _KEYS))


def _cell(periods: int) -> float:
    """Pixels of a column: narrow for months, wider for quarters."""
    return min(_WIDEST_CELL, max(_CELL, ROOM * 0.55 / max(1, periods)))


def _middles(periods: int) -> list[float]:
    """Where the columns have their middle."""
    cell = _cell(periods)
    return [RIGHT - cell * (periods - at) + cell / 2 for at in range(periods)]


def _column_heads(periods: Sequence[str]) -> Block:
    names = [short_period(code) for code in periods]
    if any(width(name, STRONG) > _cell(len(periods)) - 8 for name in names):
        names = [name[0] for name in names]

    def draw(page: Page, top: float) -> None:
        for x, name in zip(_middles(len(periods)), names, strict=True):
            page.text(x, top, name, STRONG, MUTED, anchor="center")
        page.box(LEFT, top + STRONG.leading + 2, ROOM, 2, RULE)

    return Block(STRONG.leading + 4, draw)


def _row(post: PostCompliance, periods: int) -> Block:
    titles = wrap(post.title, BODY, ROOM - _cell(periods) * periods - 16)
    high = len(titles) * BODY.leading + 2 * _ROW_PADDING

    def draw(page: Page, top: float) -> None:
        page.lines(LEFT, top + _ROW_PADDING, titles, BODY, INK)
        for x, mark in zip(_middles(periods), post.marks, strict=True):
            _SIGNS[mark](page, x, top + high / 2)
        page.box(LEFT, top + high - 2, ROOM, 2, RULE)

    return Block(high, draw)


# --- the signs --------------------------------------------------------------------------------------------------


def _on_time(page: Page, x: float, y: float) -> None:
    page.disc(x, y, _RADIUS, GREEN)
    page.path([(x - 8, y + 1), (x - 2, y + 7), (x + 9, y - 6)], WHITE, 4)


def _late(page: Page, x: float, y: float) -> None:
    page.polygon([(x, y - _RADIUS), (x + _RADIUS, y + _RADIUS - 3), (x - _RADIUS, y + _RADIUS - 3)], AMBER)
    page.path([(x, y - 6), (x, y + 4)], WHITE, 4)
    page.path([(x, y + 7), (x, y + 11)], WHITE, 4)


def _missing(page: Page, x: float, y: float) -> None:
    page.hatch(x - _RADIUS + 2, y - _RADIUS + 2, 2 * _RADIUS - 4, 2 * _RADIUS - 4)


def _no_target(page: Page, x: float, y: float) -> None:
    page.path([(x - 9, y), (x + 9, y)], HATCH, 3)


def _open(page: Page, x: float, y: float) -> None:
    page.disc(x, y, 9, HATCH)
    page.disc(x, y, 6, WHITE)


_SIGNS: dict[Punctuality, Sign] = {
    Punctuality.ON_TIME: _on_time,
    Punctuality.LATE: _late,
    Punctuality.MISSING: _missing,
    Punctuality.OPEN: _open,
    Punctuality.NO_TARGET: _no_target,
}


def _keyed(mark: Punctuality) -> Key:
    return Key(mark.value, 2 * _RADIUS, lambda page, left, middle: _SIGNS[mark](page, left + _RADIUS, middle))


_KEYS = [_keyed(mark) for mark in _SIGNS]
