"""The camat's weekly picture: who reported, how each section stands, what is furthest behind, who is missing."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import IntEnum

from bot.charts.canvas import (
    BODY,
    CARD,
    HEADING,
    LEFT,
    MUTED,
    NEUTRAL,
    RIGHT,
    ROOM,
    STRONG,
    Marks,
    Page,
)
from bot.charts.cards import CARD_PADDING, Card, draw_card, mean_card
from bot.charts.footer import Footer
from bot.charts.keys import draw_keys, keys_height
from bot.charts.layout import Block, fits, stack
from bot.charts.letters import Style
from bot.charts.proof import column_of, draw_in_column, proof_keys
from bot.charts.rating import colour_of, draw_bar, draw_missing_key, missing_share
from bot.charts.typography import ELLIPSIS, fit, printable, width, wrap
from bot.charts.wording import change, period_in_words, share, share_of, whole_percent
from domain.scales import SCALES, Scale
from domain.summary import Behind, OfficeSummary, SectionFigures

_MOST_SECTIONS = 12
"""Rows that still read on a phone; an office with more gets a line that says so."""
_COMPACT_FROM = 7
"""Sections from which the head gives up room."""
_COLUMN_GAP = 20
_BAR_GAP = 5
"""Pixels between a row's words and its bar."""
_LEGEND = 270
"""Pixels for the key of the hatch, at the right of the sections' heading."""
_CARD_GAP, _LEFT_CARD = 24, 444
_PERCENT_COLUMN = 104
"""Pixels at the right edge in which the percents stand below each other."""


class _Detail(IntEnum):
    """How much is said of an indicator that lags."""

    LINE = 0
    """Everything in one line; the name gives way."""
    SHORT = 1
    """The name in one line, the figures and the section below it."""
    FULL = 2
    """The name in two lines, the figures and the section below them."""


@dataclass(frozen=True)
class _Density:
    """How tightly a page is set; sizes in pixels. `missing_lines` of 0 puts who is missing into the heading's line."""

    figure: int
    bar: int
    row_gap: int
    name_lines: int
    behind: _Detail
    missing_lines: int
    gap: int
    lagging: int = 3
    """Indicators that are named as furthest behind."""


_DENSITIES = (
    _Density(figure=96, bar=30, row_gap=18, name_lines=2, behind=_Detail.FULL, missing_lines=4, gap=30),
    _Density(figure=88, bar=22, row_gap=14, name_lines=2, behind=_Detail.FULL, missing_lines=3, gap=26),
    _Density(figure=84, bar=22, row_gap=12, name_lines=2, behind=_Detail.SHORT, missing_lines=2, gap=24),
    _Density(figure=84, bar=20, row_gap=10, name_lines=2, behind=_Detail.LINE, missing_lines=2, gap=24),
    _Density(figure=80, bar=18, row_gap=10, name_lines=1, behind=_Detail.LINE, missing_lines=2, gap=22),
    _Density(figure=76, bar=16, row_gap=8, name_lines=1, behind=_Detail.LINE, missing_lines=1, gap=18),
    _Density(figure=72, bar=14, row_gap=6, name_lines=1, behind=_Detail.LINE, missing_lines=0, gap=16),
    _Density(figure=68, bar=10, row_gap=5, name_lines=1, behind=_Detail.LINE, missing_lines=0, gap=12),
    _Density(figure=64, bar=8, row_gap=2, name_lines=1, behind=_Detail.LINE, missing_lines=0, gap=10),
    _Density(figure=64, bar=8, row_gap=2, name_lines=1, behind=_Detail.LINE, missing_lines=0, gap=8, lagging=1),
)
"""From the most generous down; the first that fits is taken."""


def draw_overview(summary: OfficeSummary, footer: Footer) -> bytes:
    """The overview of one office and period as a PNG of 1080 x 1350 pixels."""
    return compose_overview(summary, footer).png()


def compose_overview(summary: OfficeSummary, footer: Footer) -> Page:
    """The page of `draw_overview`, not yet a picture."""
    marks = Marks(summary.provisional, summary.sample, share_of(summary.coverage))
    compact = len(summary.sections) >= _COMPACT_FROM
    page = Page(summary.office, f"Ringkasan {footer.period}", footer, marks, compact=compact)
    _set(page, summary, footer, SCALES[summary.scale])
    return page


def _set(page: Page, summary: OfficeSummary, footer: Footer, scale: Scale) -> None:
    """Set the blocks in the most generous density that the page has room for."""
    for density in _DENSITIES:
        blocks = _blocks(summary, footer, scale, density)
        if density is _DENSITIES[-1] or fits(blocks, page.bottom - page.top, density.gap):
            stack(page, blocks, density.gap)
            return


def _blocks(summary: OfficeSummary, footer: Footer, scale: Scale, density: _Density) -> list[Block]:
    return [
        _headline(summary, footer, scale, density),
        _sections(summary, footer, scale, density),
        _behind(summary, density),
        _missing_posts(summary, density),
    ]


# --- the two numbers at the top ---------------------------------------------------------------------------------


def _headline(summary: OfficeSummary, footer: Footer, scale: Scale, density: _Density) -> Block:
    cards = (_posts_card(summary), _mean_card(summary, footer, scale))
    wides = (_LEFT_CARD, ROOM - _LEFT_CARD - _CARD_GAP)
    figure = Style(density.figure, bold=True)
    padding = max(12, density.gap - 4)
    high = 2 * padding + figure.size + 2 * BODY.leading

    def draw(page: Page, top: float) -> None:
        left = LEFT
        for card, wide in zip(cards, wides, strict=True):
            page.box(left, top, wide, high, CARD, radius=18)
            draw_card(page, card, left + CARD_PADDING, top + padding, wide - 2 * CARD_PADDING, figure)
            left += wide + _CARD_GAP

    return Block(high, draw)


def _posts_card(summary: OfficeSummary) -> Card:
    if not summary.posts_due:
        return Card("–", "", "belum ada target", "untuk periode ini")
    before = summary.posts_reported_before
    since = "belum ada pembanding"
    if before is not None:
        since = f"{change(Decimal(summary.posts_reported - before))} dari pekan lalu"
    return Card(str(summary.posts_reported), f"dari {summary.posts_due}", "jabatan sudah lapor", since, weighty=True)


def _mean_card(summary: OfficeSummary, footer: Footer, scale: Scale) -> Card:
    beside = "" if summary.change is None else change(summary.change, "poin")
    what = f"capaian s/d {_judged_until(summary, footer)}"
    if _nothing_ended(summary):
        return Card("–", "", what, "dihitung setelah berakhir")
    return mean_card(summary.mean, summary.predicate, summary.coverage, scale, what=what, beside=beside)


def _judged_until(summary: OfficeSummary, footer: Footer) -> str:
    """The period whose end every capaian here is s/d: never one that still runs (domain.md 2.1)."""
    return period_in_words(summary.closed_period) if summary.closed_period else footer.period


def _nothing_ended(summary: OfficeSummary) -> bool:
    """Whether the year's first period still runs: there are targets, but nothing is judged yet."""
    coverage = summary.coverage
    return summary.posts_due > 0 and not (summary.closed_period or coverage.due or coverage.without_target)


# --- sections ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Row:
    """A section with its rank among the complete ones, None where it has none. `judged`: a period has ended."""

    section: SectionFigures
    rank: int | None
    judged: bool

    @property
    def label(self) -> str:
        return self.section.name if self.rank is None else f"{self.rank}. {self.section.name}"

    @property
    def percent(self) -> str:
        return "–" if self.section.mean is None else whole_percent(self.section.mean)

    @property
    def verdict(self) -> str:
        coverage = self.section.coverage
        if not self.judged:
            return "belum dihitung"
        if not coverage.due:
            return "belum ada target"
        if not coverage.complete:
            return f"belum lapor {coverage.missing}"
        if self.section.mean is None:
            return "belum dapat dihitung"
        return self.section.predicate or "tanpa predikat"


def _final_mean(section: SectionFigures) -> Decimal | None:
    """The mean that a rank may rest on: nothing due is missing."""
    return section.mean if section.coverage.due and section.coverage.complete else None


def _ordered(sections: Sequence[SectionFigures], *, judged: bool) -> list[_Row]:
    """Complete sections by rank, then those with something missing, then those without targets; else as given."""
    means = [mean for section in sections if (mean := _final_mean(section)) is not None]
    rows = [_Row(section, _rank(_final_mean(section), means), judged) for section in sections]
    return sorted(rows, key=_order)


def _rank(mean: Decimal | None, means: Sequence[Decimal]) -> int | None:
    """1 for the highest, equal means sharing a rank; none where there is nobody to compare with."""
    if mean is None or len(means) < 2:
        return None
    return 1 + sum(other > mean for other in means)


def _order(row: _Row) -> tuple[bool, bool, int]:
    return not row.section.coverage.due, _final_mean(row.section) is None, row.rank or 0


def _sections(summary: OfficeSummary, footer: Footer, scale: Scale, density: _Density) -> Block:
    sections = summary.sections
    heading = f"Capaian per seksi s/d {_judged_until(summary, footer)}"
    if not sections:
        return _note(heading, "Belum ada seksi dengan target.", density)
    rows = _ordered(sections, judged=not _nothing_ended(summary))
    shown = rows if len(rows) <= _MOST_SECTIONS else rows[: _MOST_SECTIONS - 1]
    proofs = [row.section.coverage.proof for row in shown]
    blocks = [_section_row(row, scale, density, column_of(proofs)) for row in shown]
    rest = len(rows) - len(shown)
    keys = proof_keys(proofs)
    head = HEADING.leading + (keys_height(keys) if keys else 0) + 6

    def draw(page: Page, top: float) -> None:
        page.text(LEFT, top, fit(heading, HEADING, ROOM - _LEGEND), HEADING)
        if any(not section.coverage.complete for section in sections):
            draw_missing_key(page, RIGHT, top + 3)
        draw_keys(page, top + HEADING.leading, keys)
        y = top + head
        for block in blocks:
            block.draw(page, y)
            y += block.height + density.row_gap
        if rest:
            page.text(LEFT, y, f"dan {rest} seksi lainnya", BODY, MUTED)

    rows_high = sum(block.height + density.row_gap for block in blocks) - density.row_gap
    return Block(head + rows_high + (density.row_gap + BODY.leading if rest else 0), draw)


def _percent_room(percent: str) -> float:
    """Pixels that a percent takes at the right edge; more than its column only for monstrous ones."""
    return max(_PERCENT_COLUMN, width(percent, STRONG) + _COLUMN_GAP)


def _section_row(row: _Row, scale: Scale, density: _Density, signs: int) -> Block:
    """The name, verdict, sign (in a column of `signs` pixels) and percent, and the bar below them."""
    percent_left = RIGHT - _percent_room(row.percent)
    verdict_right = percent_left - signs
    room = verdict_right - width(row.verdict, BODY) - _COLUMN_GAP - LEFT
    names = wrap(row.label, BODY, room, density.name_lines)
    bar_gap = min(_BAR_GAP, density.row_gap // 2)
    coverage = row.section.coverage
    colour = NEUTRAL if _final_mean(row.section) is None else colour_of(row.section.predicate, scale)

    def draw(page: Page, top: float) -> None:
        page.text(RIGHT, top, row.percent, STRONG, anchor="right")
        page.text(verdict_right, top, row.verdict, BODY, MUTED, anchor="right")
        draw_in_column(page, percent_left, top + BODY.leading / 2, coverage.proof)
        y = page.lines(LEFT, top, names, BODY)
        draw_bar(
            page,
            LEFT,
            y + bar_gap,
            ROOM,
            density.bar,
            percent=row.section.mean,
            colour=colour,
            missing=missing_share(coverage),
        )

    return Block(len(names) * BODY.leading + bar_gap + density.bar, draw)


# --- who and what lags ------------------------------------------------------------------------------------------


def _behind(summary: OfficeSummary, density: _Density) -> Block:
    if not summary.behind:
        return _note("Paling tertinggal", _nobody_behind(summary), density)
    if density.behind is _Detail.LINE:
        blocks = [_behind_line(item) for item in summary.behind[: density.lagging]]
    else:
        blocks = [_behind_detail(item, density.behind) for item in summary.behind[: density.lagging]]
    gap = density.row_gap // 2
    head = HEADING.leading + 4

    def draw(page: Page, top: float) -> None:
        page.text(LEFT, top, "Paling tertinggal", HEADING)
        y = top + head
        for block in blocks:
            block.draw(page, y)
            y += block.height + gap

    return Block(head + sum(block.height + gap for block in blocks) - gap, draw)


def _nobody_behind(summary: OfficeSummary) -> str:
    if _nothing_ended(summary):
        return "Dihitung setelah periode pertama berakhir."
    return "Tidak ada indikator di bawah target." if summary.coverage.reported else "Belum ada angka yang dilaporkan."


def _behind_detail(item: Behind, lines: int) -> Block:
    """The name in at most `lines`, then target, realisation and section below it."""
    percent = whole_percent(item.capaian)
    room = ROOM - _percent_room(percent)
    names = wrap(item.name, BODY, room, lines)
    detail = fit(f"{share(item.realisation, item.target, item.unit)} · {item.section}", BODY, room)

    def draw(page: Page, top: float) -> None:
        page.text(RIGHT, top, percent, STRONG, anchor="right")
        y = page.lines(LEFT, top, names, BODY)
        page.text(LEFT, y, detail, BODY, MUTED)

    return Block((len(names) + 1) * BODY.leading, draw)


def _behind_line(item: Behind) -> Block:
    """Everything in one line: the name gives way."""
    percent = whole_percent(item.capaian)
    figures_right = RIGHT - _percent_room(percent)
    figures = fit(share(item.realisation, item.target, item.unit), BODY, ROOM * 0.45)
    name = fit(_without_jumlah(item.name), BODY, figures_right - width(figures, BODY) - _COLUMN_GAP - LEFT)

    def draw(page: Page, top: float) -> None:
        page.text(RIGHT, top, percent, STRONG, anchor="right")
        page.text(figures_right, top, figures, BODY, MUTED, anchor="right")
        page.text(LEFT, top, name, BODY)

    return Block(BODY.leading, draw)


def _without_jumlah(name: str) -> str:
    """Most names begin with "Jumlah": where room is short, what is counted says more."""
    plain = name.removeprefix("Jumlah ").strip()
    return plain[:1].upper() + plain[1:]


def _missing_posts(summary: OfficeSummary, density: _Density) -> Block:
    posts = summary.missing_posts
    if not density.missing_lines:
        return _missing_in_one_line(summary)
    if posts:
        return _note(f"Belum lapor: {len(posts)} jabatan", _listed(posts, ROOM, density.missing_lines), density)
    return _note("Belum lapor", _nobody_missing(summary), density)


def _nobody_missing(summary: OfficeSummary) -> str:
    return "Semua jabatan sudah lapor." if summary.posts_due else "Belum ada jabatan dengan target."


def _missing_in_one_line(summary: OfficeSummary) -> Block:
    heading = "Belum lapor:" if summary.missing_posts else ""
    left = LEFT + (width(heading, STRONG) + 14 if heading else 0)
    room = RIGHT - left
    words = _listed(summary.missing_posts, room, 1) if summary.missing_posts else _nobody_missing(summary)

    def draw(page: Page, top: float) -> None:
        page.text(LEFT, top, heading, STRONG)
        page.text(left, top, fit(words, BODY, room), BODY)

    return Block(BODY.leading, draw)


def _listed(posts: Sequence[str], room: float, lines: int) -> str:
    """As many titles as stand in the lines, and how many more there are."""
    for shown in range(len(posts), 1, -1):
        words = _with_rest(posts, shown)
        if not wrap(words, BODY, room, lines)[-1].endswith(ELLIPSIS):
            return words
    return _with_rest(posts, 1)


def _with_rest(posts: Sequence[str], shown: int) -> str:
    named = ", ".join(printable(post) for post in posts[:shown])
    rest = len(posts) - shown
    return f"{named}, dan {rest} lainnya" if rest else named


def _note(heading: str, words: str, density: _Density) -> Block:
    lines = wrap(words, BODY, ROOM, max(1, density.missing_lines))

    def draw(page: Page, top: float) -> None:
        y = page.text(LEFT, top, heading, HEADING)
        page.lines(LEFT, y, lines, BODY)

    return Block(HEADING.leading + len(lines) * BODY.leading, draw)
