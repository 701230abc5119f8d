"""One page of a table as its rows are read: what its merged cells cover, and what of it is doubtful by its look."""

from collections import Counter
from collections.abc import Iterator, Sequence

from bot.documents.plan_reading import doubt_words
from bot.documents.plan_reading.cell_kinds import is_figure
from bot.documents.plan_reading.in_columns.claim_doubts import of_year, throughout, whole, wholly
from bot.documents.plan_reading.in_columns.claims import Claim
from bot.documents.plan_reading.in_columns.columns import Layout, cell_at, text_at
from bot.documents.plan_reading.in_columns.covering import Covering
from bot.documents.plan_reading.in_columns.slips import Slips
from bot.documents.plan_reading.printed import Doubt, DoubtKind
from bot.documents.plan_reading.sections import Page
from bot.documents.plan_reading.source import Cell, Row, Table
from domain.periods import Period

_RECTANGULAR = 0.6
"""Share of the rows of a text that have the same number of cells where blank ones are kept at the end of a line."""
_TELLING = 3
"""Filled cells from which a row is none of the titles that stand in the same table."""


def _usual_count(table: Table) -> int | None:
    """How many cells the rows of a table of a text have; None where each has as many as it needs, and for files in
    which all rows are of one length anyway."""
    if table.place.line is None:
        return None
    counts = Counter(len(row.cells) for row in table.rows if sum(map(bool, row.texts)) >= _TELLING)
    ((count, rows),) = counts.most_common(1) or [(0, 0)]
    return count if count and rows >= _RECTANGULAR * counts.total() else None


def _others(claim: Claim) -> tuple[Period, ...]:
    """The periods of an indicator of which only one has a row."""
    targets = claim.printed.targets
    if len(targets) != 1 or len(claim.columns) != 1:
        return ()
    return tuple(period for period in claim.printed.periods if period not in targets)


def _rival(claim: Claim) -> Cell | None:
    """Another figure that may be the target of the year."""
    group = claim.group
    if not group.rivals:
        return None
    taken = text_at(claim.row, group.annual)
    rivals = (column for column in group.rivals if is_figure(text_at(claim.row, column)))
    return next((cell_at(claim.row, column) for column in rivals if text_at(claim.row, column) != taken), None)


class PageRows:
    """The rows of a page."""

    def __init__(self, page: Page, layout: Layout) -> None:
        self.layout = layout
        self.covering = Covering(page.rows)
        self.slips = Slips(layout, page.rows)
        self._usual = _usual_count(page.table)

    def doubts(self, claim: Claim) -> Iterator[Doubt]:
        """What the layout of the page tells of a claim."""
        place = claim.row.place
        count = len(claim.row.cells)
        if self._usual and self.has_other_count(claim.row):
            is_cut = any(period not in claim.printed.targets for period in claim.columns)
            kind = DoubtKind.LOST if is_cut else DoubtKind.SHIFTED
            yield from throughout(claim, kind, doubt_words.other_count(place, count, self._usual))
        if alone := _others(claim):
            yield Doubt(DoubtKind.LOST, doubt_words.one_period(place), place, alone)
        if rival := _rival(claim):
            yield of_year(claim, DoubtKind.SHIFTED, doubt_words.two_years(place, rival))
        if self.layout.lost and len(claim.printed.periods) > 1:
            yield Doubt(DoubtKind.LOST, doubt_words.lost_heading(place), place, self.layout.lost)
        if self.layout.is_doubled:
            yield whole(claim, DoubtKind.SHIFTED, doubt_words.doubled_heading(place))
        if self.layout.header.is_mended:
            yield Doubt(DoubtKind.HEADING, doubt_words.mended_heading(place), place, tuple(claim.columns))
        if over := self.covering.cells_at(claim.row, claim.columns.values()):
            yield whole(claim, DoubtKind.MERGED, doubt_words.one_cell(place, over[0]))

    def has_other_count(self, row: Row) -> bool:
        """Whether the row has another number of cells than those of its table."""
        return bool(self._usual) and len(row.cells) != self._usual

    def with_rows_shared(self, claims: Sequence[Claim]) -> list[Claim]:
        """The claims with a doubt where a merged cell gives several rows of targets the same indicator."""
        over = [self.covering.cell_at(claim.row, claim.group.indicator) for claim in claims]
        shared = {id(cell) for claim, cell in zip(claims, over, strict=True) if cell is not None and claim.has_targets}
        if not shared:
            return list(claims)
        found: list[Claim] = []
        for claim, cell in zip(claims, over, strict=True):
            merged = cell or cell_at(claim.row, claim.group.indicator)
            is_shared = merged is not None and id(merged) in shared
            told = doubt_words.one_indicator(claim.row.place, merged) if merged is not None else ""
            found.append(wholly(claim, DoubtKind.MERGED, told) if is_shared else claim)
        return found
