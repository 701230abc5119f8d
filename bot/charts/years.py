"""This year against last: the mean capaian of the office and of each section, s/d the same month."""

from collections.abc import Sequence
from decimal import Decimal

from bot.charts.canvas import BODY, CARD, LEFT, MUTED, RIGHT, ROOM, RULE, STRONG, Marks, Page
from bot.charts.cards import CARD_PADDING, Card, draw_card
from bot.charts.footer import Footer
from bot.charts.keys import Key, draw_keys, keys_height
from bot.charts.layout import Block, fits, stack
from bot.charts.proof import column_of, draw_in_column, proof_keys
from bot.charts.rating import draw_bar, missing_share
from bot.charts.typography import Style, width, wrap
from bot.charts.wording import change, page_count, period_in_words, share_of, whole_percent
from domain.periods import Period
from domain.summary import Proof, Timeliness, YearComparison, YearFigures, YearPair
from handlers.picture_names import BESIDE_CHANGE_ROOM
from handlers.picture_pages import years_pages

NOW, BEFORE = "#2f78b3", "#9fc0dc"
"""This year and last: dark and light, on no rating scale; the year stands beside each bar."""
_FIGURE = Style(84, bold=True)
_CARD_HEIGHT = 252
_BAR_HIGH = 24
_YEAR_COLUMN = 96
_PERCENT_COLUMN = 104
_VERDICT_COLUMN = 236
_KEY_SIGN = 44
_ROW_GAP = 12


def draw_years(comparison: YearComparison, footer: Footer) -> tuple[bytes, ...]:
    """The pages of a comparison as PNGs of 1080 x 1350 pixels."""
    return tuple(page.png() for page in compose_years(comparison, footer))


def compose_years(comparison: YearComparison, footer: Footer) -> tuple[Page, ...]:
    """The pages of `draw_years`, not yet pictures."""
    parts = [[_row(pair, comparison) for pair in part] for part in years_pages(comparison.sections)]
    parts[0] = [_office(comparison), _key(comparison), *parts[0]]
    pages: list[Page] = []
    for number, part in enumerate(parts, start=1):
        page = _page(comparison, footer, page_count(number, len(parts)), part)
        stack(page, part, _ROW_GAP, widest=_ROW_GAP)
        pages.append(page)
    return tuple(pages)


def _page(comparison: YearComparison, footer: Footer, count: str, blocks: Sequence[Block]) -> Page:
    """An empty page; one whose blocks would not fit below two lines of the office's name is compact."""
    now, before = _years(comparison)
    subject = f"{now} dibanding {before}"
    share = share_of(comparison.whole.now.coverage) if comparison.whole.now else ""
    marks = Marks(comparison.provisional, comparison.sample, share)
    page = Page(comparison.office, subject, footer, marks, count=count)
    if fits(blocks, page.bottom - page.top, _ROW_GAP):
        return page
    return Page(comparison.office, subject, footer, marks, count=count, compact=True)


def _years(comparison: YearComparison) -> tuple[int, int]:
    return Period.parse(comparison.period).year, Period.parse(comparison.period_before).year


def _office(comparison: YearComparison) -> Block:
    """The office in a card: its mean, how that has moved, and how many reports came on time."""
    whole, (_now, before) = comparison.whole, _years(comparison)
    percent = "–" if whole.now is None or whole.now.mean is None else whole_percent(whole.now.mean)
    what = f"capaian s/d {period_in_words(comparison.period)}"
    beside = ", ".join(filter(None, (_change(whole), "" if whole.complete else "sementara")))
    card = Card(percent, beside, what, f"tahun {before}: {_percent(whole.before)}")
    punctual = f"tepat waktu {_timeliness(comparison.on_time)}; {before}: {_timeliness(comparison.on_time_before)}"

    def draw(page: Page, top: float) -> None:
        page.box(LEFT, top, ROOM, _CARD_HEIGHT - 10, CARD, radius=18)
        left, wide = LEFT + CARD_PADDING, ROOM - 2 * CARD_PADDING
        draw_card(page, card, left, top + 18, wide, _FIGURE)
        page.text(left, top + 18 + _FIGURE.size + 2 * BODY.leading, punctual, BODY, ground=CARD)

    return Block(_CARD_HEIGHT, draw)


def _change(pair: YearPair) -> str:
    return "" if pair.change is None else change(pair.change, "poin")


def _timeliness(found: Timeliness) -> str:
    return f"{found.on_time} dari {found.due} laporan" if found.due else "–"


def _percent(year: YearFigures | None) -> str:
    return "–" if year is None or year.mean is None else whole_percent(year.mean)


def _key(comparison: YearComparison) -> Block:
    """What the bars are."""
    now, before = _years(comparison)
    keys = [_bar_key(str(now), NOW), _bar_key(str(before), BEFORE)]
    if any(not pair.complete for pair in comparison.sections):
        keys.append(Key("belum lapor", _KEY_SIGN, lambda page, x, y: page.hatch(x, y - 11, _KEY_SIGN, 22)))
    keys += proof_keys(_proofs(comparison))
    return Block(keys_height(keys), lambda page, top: draw_keys(page, top, keys))


def _proofs(comparison: YearComparison) -> list[Proof | None]:
    years = [year for pair in comparison.sections for year in (pair.now, pair.before)]
    return [None if year is None else year.coverage.proof for year in years]


def _bar_key(words: str, colour: str) -> Key:
    return Key(words, _KEY_SIGN, lambda page, x, y: page.box(x, y - 11, _KEY_SIGN, 22, colour))


def _row(pair: YearPair, comparison: YearComparison) -> Block:
    """The section's name and how it has moved; below it a bar for each year."""
    moved = _change(pair)
    names = wrap(pair.name, STRONG, max(BESIDE_CHANGE_ROOM, ROOM - width(moved, BODY) - 24))
    now, before = _years(comparison)
    signs = column_of(_proofs(comparison))

    def draw(page: Page, top: float) -> None:
        page.text(RIGHT, top, moved, BODY, anchor="right")
        y = page.lines(LEFT, top, names, STRONG)
        for year, figures, colour in ((now, pair.now, NOW), (before, pair.before, BEFORE)):
            _draw_year(page, y, year, figures, colour, signs)
            y += BODY.leading
        page.box(LEFT, y + 6, ROOM, 2, RULE)

    return Block((len(names) + 2) * BODY.leading + 8, draw)


def _draw_year(page: Page, top: float, year: int, figures: YearFigures | None, colour: str, signs: int) -> None:
    """One year of a section: its bar between the year and what there is to say of it, `signs` pixels for a sign."""
    page.text(LEFT, top, str(year), BODY, MUTED)
    page.text(RIGHT, top, _percent(figures), STRONG, anchor="right")
    page.text(RIGHT - _PERCENT_COLUMN - signs, top, _verdict(figures), BODY, MUTED, anchor="right")
    if figures is not None and figures.coverage.due:
        draw_in_column(page, RIGHT - _PERCENT_COLUMN, top + BODY.leading / 2, figures.coverage.proof)
        left, wide = LEFT + _YEAR_COLUMN, ROOM - _YEAR_COLUMN - _PERCENT_COLUMN - _VERDICT_COLUMN - signs
        mean, missing = figures.mean or Decimal(0), missing_share(figures.coverage)
        draw_bar(page, left, top + 10, wide, _BAR_HIGH, percent=mean, colour=colour, missing=missing)


def _verdict(figures: YearFigures | None) -> str:
    if figures is None:
        return "tanpa indikator"
    if not figures.coverage.due:
        return "belum ada target"
    return f"belum lapor {figures.coverage.missing}" if figures.coverage.missing else ""
