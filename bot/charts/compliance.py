"""Punctuality: posts in rows, periods in columns, a sign for each that differs in shape as well as in colour."""

from collections.abc import Callable, Sequence
from typing import TypeAlias

from bot.charts.canvas import BODY, HATCH, HEADING, INK, LEFT, MUTED, RIGHT, ROOM, RULE, STRONG, WHITE, Marks, Page
from bot.charts.footer import Footer
from bot.charts.keys import Key, draw_keys, keys_height
from bot.charts.layout import Block, fits, stack
from bot.charts.typography import width, wrap
from bot.charts.wording import page_count, short_period, verified_part
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
    above = [_headline(table), _key(table), _column_heads(table.periods)]
    parts = [[_row(post, len(table.periods)) for post in part] for part in compliance_pages(table.posts)]
    pages: list[Page] = []
    for number, part in enumerate(parts, start=1):
        page = _page(table, footer, page_count(number, len(parts)), [*above, *part])
        stack(page, [*above, *part], 0, widest=0)
        pages.append(page)
    return tuple(pages)


def _page(table: Compliance, footer: Footer, count: str, blocks: Sequence[Block]) -> Page:
    """An empty page; one whose blocks would not fit below two lines of the office's name is compact."""
    subject, marks = f"Ketepatan lapor {footer.period}", Marks(table.provisional, table.sample, _share(table))
    page = Page(table.office, subject, footer, marks, count=count)
    return (
        page
        if fits(blocks, page.bottom - page.top, 0)
        else Page(table.office, subject, footer, marks, count=count, compact=True)
    )


def _share(table: Compliance) -> str:
    """How much of what the posts have sent in is verified."""
    found = [one for post in table.posts for one in post.checked if one is not None]
    return verified_part(sum(one.is_verified for one in found), len(found))


def _headline(table: Compliance) -> Block:
    """How many of the reports that have fallen due came in time."""
    marks = [mark for post in table.posts for mark in post.marks]
    fallen = sum(mark in (Punctuality.ON_TIME, Punctuality.LATE, Punctuality.MISSING) for mark in marks)
    punctual = marks.count(Punctuality.ON_TIME)
    words = f"{punctual} dari {fallen} laporan tepat waktu" if fallen else "Belum ada laporan yang jatuh tempo."
    return Block(HEADING.leading + 8, lambda page, top: page.text(LEFT, top, words, HEADING))


def _key(table: Compliance) -> Block:
    """Every sign with its word; what hollow ones mean, where there are any."""
    is_hollow = any(found is not None and not found.is_verified for post in table.posts for found in post.checked)
    keys = [*_KEYS, *[_HOLLOW_KEY] * is_hollow]
    return Block(keys_height(keys) + 8, lambda page, top: draw_keys(page, top, keys))


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
    checked = post.checked or (None,) * periods

    def draw(page: Page, top: float) -> None:
        page.lines(LEFT, top + _ROW_PADDING, titles, BODY, INK)
        for x, mark, found in zip(_middles(periods), post.marks, checked, strict=True):
            is_hollow = found is not None and not found.is_verified
            (_HOLLOW if is_hollow else _SIGNS).get(mark, _SIGNS[mark])(page, x, top + high / 2)
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


def _on_time_hollow(page: Page, x: float, y: float) -> None:
    page.disc(x, y, _RADIUS, GREEN)
    page.disc(x, y, _RADIUS - 4, WHITE)
    page.path([(x - 7, y + 1), (x - 2, y + 6), (x + 8, y - 5)], GREEN, 4)


def _late_hollow(page: Page, x: float, y: float) -> None:
    page.polygon([(x, y - _RADIUS), (x + _RADIUS, y + _RADIUS - 3), (x - _RADIUS, y + _RADIUS - 3)], AMBER)
    page.polygon([(x, y - _RADIUS + 8), (x + _RADIUS - 7, y + _RADIUS - 7), (x - _RADIUS + 7, y + _RADIUS - 7)], WHITE)
    page.path([(x, y - 3), (x, y + 8)], AMBER, 4)


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


_HOLLOW: dict[Punctuality, Sign] = {Punctuality.ON_TIME: _on_time_hollow, Punctuality.LATE: _late_hollow}
"""The same for reports that are not verified yet."""


def _keyed(mark: Punctuality) -> Key:
    return Key(mark.value, 2 * _RADIUS, lambda page, left, middle: _SIGNS[mark](page, left + _RADIUS, middle))


_KEYS = [_keyed(mark) for mark in _SIGNS]


def _draw_hollow_signs(page: Page, left: float, middle: float) -> None:
    for at, sign in enumerate(_HOLLOW.values()):
        sign(page, left + _RADIUS + at * (2 * _RADIUS + _BETWEEN), middle)


_BETWEEN = 6
_HOLLOW_KEY = Key("belum diverifikasi", 4 * _RADIUS + _BETWEEN, _draw_hollow_signs)
