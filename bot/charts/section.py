"""One section: each indicator with its target, realisation and capaian s/d."""

from collections.abc import Sequence

from bot.charts.canvas import BODY, CARD, LEFT, MUTED, NEUTRAL, RIGHT, ROOM, RULE, STRONG, Marks, Page
from bot.charts.cards import CARD_PADDING, draw_card, mean_card
from bot.charts.footer import Footer
from bot.charts.keys import draw_keys, keys_height
from bot.charts.layout import Block, fits, stack
from bot.charts.letters import Style
from bot.charts.proof import column_of, draw_in_column, proof_keys
from bot.charts.rating import colour_of, draw_bar, draw_missing_key
from bot.charts.typography import fit, width, wrap
from bot.charts.wording import amount, page_count, period_in_words, share, share_of, whole_percent
from domain.scales import SCALES, Scale
from domain.summary import IndicatorFigures, SectionDetail
from handlers.picture_pages import section_pages

_FIGURE = Style(84, bold=True)
_NO_INDICATOR = "Belum ada indikator."
_CARD_HEIGHT = 210
_ROW_GAP = 14
_BAR_LEFT, _BAR_WIDE, _BAR_HIGH = LEFT + 400, 190, 22
_SHORTEST_BAR = 70
_PERCENT_COLUMN = 104
_VERDICT_GAP = 20


def draw_section(detail: SectionDetail, footer: Footer) -> tuple[bytes, ...]:
    """The pages of one section as PNGs of 1080 x 1350 pixels."""
    return tuple(page.png() for page in compose_section(detail, footer))


def compose_section(detail: SectionDetail, footer: Footer) -> tuple[Page, ...]:
    """The pages of `draw_section`, not yet pictures."""
    scale = SCALES[detail.scale]
    signs = column_of(figures.proof for figures in detail.indicators)
    key = [_key(detail)] if signs else []
    parts = [[_row(figures, scale, signs) for figures in part] for part in section_pages(detail.indicators)]
    parts[0] = parts[0] or [_nothing(detail)]
    parts = [[*key, *part] for part in parts]
    parts[0] = [_summary(detail, scale), *parts[0]]
    pages: list[Page] = []
    for number, part in enumerate(parts, start=1):
        page = _page(detail, footer, page_count(number, len(parts)), part)
        stack(page, part, _ROW_GAP, widest=_ROW_GAP)
        pages.append(page)
    return tuple(pages)


def _page(detail: SectionDetail, footer: Footer, count: str, blocks: Sequence[Block]) -> Page:
    """An empty page; one whose blocks would not fit below two lines of the office's name is compact."""
    marks = Marks(detail.provisional, detail.sample, share_of(detail.coverage))
    page = Page(detail.office, detail.section, footer, marks, count=count)
    if fits(blocks, page.bottom - page.top, _ROW_GAP):
        return page
    return Page(detail.office, detail.section, footer, marks, count=count, compact=True)


def _summary(detail: SectionDetail, scale: Scale) -> Block:
    what = f"capaian s/d {period_in_words(detail.period)}"
    card = mean_card(detail.mean, detail.predicate, detail.coverage, scale, what=what)

    def draw(page: Page, top: float) -> None:
        page.box(LEFT, top, ROOM, _CARD_HEIGHT - 10, CARD, radius=18)
        draw_card(page, card, LEFT + CARD_PADDING, top + 18, ROOM - 2 * CARD_PADDING, _FIGURE)
        if not detail.coverage.complete:
            draw_missing_key(page, RIGHT - CARD_PADDING, top + 24, ground=CARD)

    return Block(_CARD_HEIGHT, draw)


def _key(detail: SectionDetail) -> Block:
    """What the signs beside the percents mean."""
    keys = proof_keys(figures.proof for figures in detail.indicators)
    return Block(keys_height(keys), lambda page, top: draw_keys(page, top, keys))


def _nothing(detail: SectionDetail) -> Block:
    """Instead of rows: a section may have nothing but services, which are counted and not judged."""
    services = detail.services
    words = f"{services.reported} dari {services.due} layanan lengkap, tanpa target" if services.due else _NO_INDICATOR
    return Block(BODY.leading, lambda page, top: page.text(LEFT, top, words, BODY))


def _row(figures: IndicatorFigures, scale: Scale, signs: int) -> Block:
    """The name, and below it figures, bar, verdict, sign and percent in columns; `signs` pixels for the sign."""
    percent = "–" if figures.capaian is None else whole_percent(figures.capaian)
    percent_room = max(_PERCENT_COLUMN, width(percent, STRONG) + _VERDICT_GAP)
    verdict_right = RIGHT - percent_room - signs
    verdict = fit(_verdict(figures), BODY, verdict_right - _BAR_LEFT)
    bar_right = min(_BAR_LEFT + _BAR_WIDE, verdict_right - width(verdict, BODY) - _VERDICT_GAP)
    bar_left = _bar_left(_values(figures), bar_right)
    names = wrap(figures.name, STRONG, ROOM)
    values = fit(_values(figures), BODY, bar_left - LEFT - _VERDICT_GAP)

    def draw(page: Page, top: float) -> None:
        y = page.lines(LEFT, top, names, STRONG)
        page.text(LEFT, y, values, BODY, MUTED)
        if _has_bar(figures):
            _draw_bar(page, figures, (bar_left, bar_right), y + 10, scale)
        page.text(verdict_right, y, verdict, BODY, MUTED, anchor="right")
        draw_in_column(page, RIGHT - percent_room, y + BODY.leading / 2, figures.proof)
        page.text(RIGHT, y, percent, STRONG, anchor="right")
        page.box(LEFT, y + BODY.leading + 8, ROOM, 2, RULE)

    return Block((len(names) + 1) * BODY.leading + 10, draw)


def _bar_left(values: str, bar_right: float) -> float:
    """Where the bar begins: it gives room to long figures, but stays long enough to compare."""
    needed = LEFT + width(values, BODY) + _VERDICT_GAP
    return min(max(_BAR_LEFT, needed), bar_right - _SHORTEST_BAR)


def _has_bar(figures: IndicatorFigures) -> bool:
    """Whether there is something to measure, or to miss."""
    return figures.target is not None and (figures.capaian is not None or not figures.complete)


def _draw_bar(page: Page, figures: IndicatorFigures, span: tuple[float, float], top: float, scale: Scale) -> None:
    """Between the left and right of `span`. Neutral and hatched while a period is missing."""
    colour = colour_of(figures.predicate, scale) if figures.complete else NEUTRAL
    missing = 1 - figures.reported / figures.due if figures.due else 0
    left, right = span
    draw_bar(page, left, top, right - left, _BAR_HIGH, percent=figures.capaian, colour=colour, missing=missing)


def _verdict(figures: IndicatorFigures) -> str:
    if figures.target is None:
        return figures.no_capaian or "tanpa target"
    if figures.realisation is None:
        return "belum lapor"
    if not figures.complete:
        return "sementara"
    if figures.capaian is None:
        return figures.no_capaian or "tidak dapat dihitung"
    return figures.predicate or "tanpa predikat"


def _values(figures: IndicatorFigures) -> str:
    match figures.realisation, figures.target:
        case None, None:
            return "–"
        case None, target:
            return f"target {amount(target, figures.unit)}"
        case realisation, None:
            return amount(realisation, figures.unit)
        case realisation, target:
            return share(realisation, target, figures.unit)
