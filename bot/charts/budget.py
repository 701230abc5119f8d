"""Budget absorption: each line with its pagu, what was spent of it and the realisasi fisik, s/d the end of a month."""

from collections.abc import Sequence

from bot.charts.canvas import BODY, CARD, LEFT, MUTED, NEUTRAL, RIGHT, ROOM, RULE, STRONG, TRACK, Marks, Page
from bot.charts.cards import CARD_PADDING, Card, draw_card
from bot.charts.footer import Footer
from bot.charts.layout import Block, fits, stack
from bot.charts.letters import Style
from bot.charts.rating import draw_missing_key
from bot.charts.typography import fit, width, wrap
from bot.charts.wording import level_in_words, page_count, period_in_words, rupiah, whole_percent
from domain.budget import BudgetFigures, LineFigures
from domain.budget_picture import shown_lines
from handlers.picture_pages import budget_pages

SPENT = "#2f78b3"
"""What was spent: a colour that is on no rating scale, as there is no predikat for it."""
NOT_REPORTED = "belum dilaporkan"
_FIGURE = Style(84, bold=True)
_CARD_HEIGHT = 210
_BAR_HIGH = 18
_ROW_GAP = 12
_COLUMN_GAP = 20
_FULL = 100


def draw_budget(figures: BudgetFigures, footer: Footer) -> tuple[bytes, ...]:
    """The pages of a budget as PNGs of 1080 x 1350 pixels."""
    return tuple(page.png() for page in compose_budget(figures, footer))


def compose_budget(figures: BudgetFigures, footer: Footer) -> tuple[Page, ...]:
    """The pages of `draw_budget`, not yet pictures."""
    lines = shown_lines(figures)
    parts = [[_row(line) for line in part] for part in budget_pages(lines)]
    parts[0] = [_total(figures), _heading(lines), *parts[0]]
    pages: list[Page] = []
    for number, part in enumerate(parts, start=1):
        page = _page(figures, footer, page_count(number, len(parts)), part)
        stack(page, part, _ROW_GAP, widest=_ROW_GAP)
        pages.append(page)
    return tuple(pages)


def _page(figures: BudgetFigures, footer: Footer, count: str, blocks: Sequence[Block]) -> Page:
    """An empty page; one whose blocks would not fit below two lines of the office's name is compact."""
    subject = f"Serapan anggaran s/d {period_in_words(figures.period)}"
    marks = Marks(None, figures.sample)  # nobody verifies money
    page = Page(figures.office, subject, footer, marks, count=count)
    if fits(blocks, page.bottom - page.top, _ROW_GAP):
        return page
    return Page(figures.office, subject, footer, marks, count=count, compact=True)


def _total(figures: BudgetFigures) -> Block:
    """The whole budget in a card."""
    total = figures.total
    percent = "–" if total.absorbed is None else whole_percent(total.absorbed)
    card = Card(percent, _physical(total), _spent(total), _how_much_is_in(total))

    def draw(page: Page, top: float) -> None:
        page.box(LEFT, top, ROOM, _CARD_HEIGHT - 10, CARD, radius=18)
        draw_card(page, card, LEFT + CARD_PADDING, top + 18, ROOM - 2 * CARD_PADDING, _FIGURE)

    return Block(_CARD_HEIGHT, draw)


def _how_much_is_in(line: LineFigures) -> str:
    """Of how many of the lines that are reported on their own there are figures."""
    if not line.due:
        return "belum ada baris anggaran"
    if not line.reported:
        return NOT_REPORTED
    return f"{'' if line.complete else 'sementara, '}{line.reported} dari {line.due} baris dilaporkan"


def _heading(lines: Sequence[LineFigures]) -> Block:
    """What the rows are, and what hatching means."""

    def draw(page: Page, top: float) -> None:
        if lines:
            page.text(LEFT, top, f"Per {level_in_words(lines[0].level)} ({len(lines)})", STRONG)
        if any(not line.complete for line in lines):
            draw_missing_key(page, RIGHT, top, NOT_REPORTED)

    return Block(STRONG.leading, draw)


def _row(line: LineFigures) -> Block:
    """The name; figures, what is done and percent in a line; the bar below."""
    percent = "–" if line.absorbed is None else whole_percent(line.absorbed)
    verdict_right = RIGHT - max(width("100%", STRONG), width(percent, STRONG)) - _COLUMN_GAP
    names = wrap(line.name, STRONG, ROOM)
    spent = fit(_spent(line), BODY, verdict_right - LEFT)
    verdict = fit(_verdict(line), BODY, verdict_right - LEFT - width(spent, BODY) - _COLUMN_GAP)

    def draw(page: Page, top: float) -> None:
        y = page.lines(LEFT, top, names, STRONG)
        page.text(LEFT, y, spent, BODY, MUTED)
        page.text(verdict_right, y, verdict, BODY, MUTED, anchor="right")
        page.text(RIGHT, y, percent, STRONG, anchor="right")
        _draw_bar(page, line, y + BODY.leading + 4)
        page.box(LEFT, y + BODY.leading + _BAR_HIGH + 14, ROOM, 2, RULE)

    return Block((len(names) + 1) * BODY.leading + _BAR_HIGH + 16, draw)


def _spent(line: LineFigures) -> str:
    match line.spent, line.ceiling:
        case None, None:
            return "tanpa pagu"
        case None, ceiling:
            return f"pagu {rupiah(ceiling)}"
        case spent, None:
            return f"{rupiah(spent)}, tanpa pagu"
        case spent, ceiling:
            return f"{rupiah(spent)} dari {rupiah(ceiling)}"


def _physical(line: LineFigures) -> str:
    return "" if line.physical is None else f"fisik {whole_percent(line.physical)}"


def _verdict(line: LineFigures) -> str:
    """What else there is to say of a line: how much of it is not in, more than its pagu, the realisasi fisik."""
    if line.spent is None:
        return NOT_REPORTED
    if not line.complete:
        return f"{line.reported} dari {line.due} baris"
    over = line.absorbed is not None and line.absorbed > _FULL
    return "di atas pagu" if over else _physical(line)


def _draw_bar(page: Page, line: LineFigures, top: float) -> None:
    """What was spent, as a part of the pagu; the share of the lines that are not reported is hatched at its end."""
    page.box(LEFT, top, ROOM, _BAR_HIGH, TRACK)
    spent = 0.0 if line.absorbed is None else min(max(float(line.absorbed), 0), _FULL) / _FULL
    page.box(LEFT, top, ROOM * spent, _BAR_HIGH, SPENT if line.complete else NEUTRAL)
    missing = 1 - line.reported / line.due if line.due else 0
    start = max(spent, 1 - missing)
    page.hatch(LEFT + ROOM * start, top, ROOM * (1 - start), _BAR_HIGH)
