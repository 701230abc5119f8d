"""Tables with a column for each period, or with a target of the year only: row by row to their indicators.

A row may print an indicator for each group of its columns. Names are carried on until others take their place. Targets
are never moved: where a row does not fit its heading, what stands there is kept and a doubt proposes the other reading.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.documents.plan_reading import doubt_words
from bot.documents.plan_reading.cell_kinds import is_figure
from bot.documents.plan_reading.headings.headers import Column, Part
from bot.documents.plan_reading.in_columns.claim_doubts import slipped, suspected, whole, wholly
from bot.documents.plan_reading.in_columns.claims import Claim, Printed, claim_of, claimants, takes_money
from bot.documents.plan_reading.in_columns.columns import (
    Group,
    Layout,
    cell_at,
    has_figures,
    layout_of,
    text_at,
    word_at,
)
from bot.documents.plan_reading.in_columns.naming import Entered, Namer, is_end
from bot.documents.plan_reading.in_columns.page_rows import PageRows
from bot.documents.plan_reading.in_columns.row_kinds import Passed, has_letters
from bot.documents.plan_reading.in_columns.sharing import ends_at_year, is_named, sharing_of, target_columns
from bot.documents.plan_reading.in_columns.slips import Slip
from bot.documents.plan_reading.printed import Doubt, DoubtKind, PrintedIndicator
from bot.documents.plan_reading.sections import Page, Run
from bot.documents.plan_reading.source import Place, Row


@dataclass(frozen=True)
class Walked:
    """What a run prints, and what of it was passed over."""

    indicators: tuple[PrintedIndicator, ...]
    passed: tuple[tuple[Place, str], ...] = ()


def walk_columns(run: Run, year: int, post: str | None = None) -> Walked:
    """The indicators of a run in order. `post` answers for all of them where no column says who does."""
    walk = _Walk(run, year, post)
    for page in run.pages:
        walk.take(page)
    return Walked(tuple(claim.printed for claim in walk.claims), tuple(walk.passed.rows))


_WORDS = frozenset({Part.NAME, Part.INDICATOR})
_WRAPPED = _WORDS | {Part.FORMULA}
_CUT = _WRAPPED | {Part.NOTE, Part.OTHER}
"""Columns whose texts are long enough to be cut between two pages."""


class _Walk:
    """The state between rows."""

    def __init__(self, run: Run, year: int, post: str | None) -> None:
        self._layouts = {page.header: layout_of(page.header, year) for page in run.pages}
        first = self._layouts[run.header]
        self._sharing = sharing_of(run, first)
        self._namer = Namer(run, first, post)
        self._width = max((page.width for page in run.pages if page.has_heading), default=0)
        self.claims: list[Claim] = []
        self.passed = Passed()

    def take(self, page: Page) -> None:
        """The rows of one page."""
        rows = PageRows(page, self._layouts[page.header])
        fresh: list[Claim] = []
        slips: list[Slip] = []
        for at, row in enumerate(self.passed.over(page.rows, rows.layout)):
            if self._continues_text(row, rows.layout, is_first=at == 0, fresh=fresh):
                continue
            slip = rows.slips.of(row)
            slips += [slip] if slip is not None and slip.by else []
            claims = self._claims(row, rows) or self._stray(row, rows, fresh) or self._fallen_out(row, rows)
            fresh += claims if slip is None else slipped(claims, slip)
        if page.width > self._width and not page.has_heading:
            fresh = [wholly(claim, DoubtKind.SHIFTED, doubt_words.narrow_page(claim.row.place)) for claim in fresh]
        self.claims += suspected(rows.with_rows_shared(fresh), slips)

    def _continues_text(self, row: Row, layout: Layout, *, is_first: bool, fresh: list[Claim]) -> bool:
        """Whether the row only ends texts of the row above, which a page or a narrow column cut; they are joined."""
        before = fresh or self.claims
        words = _only_words(row, layout, _CUT if is_first else _WRAPPED)
        if not before or not words:
            return False
        small = [text[:1].islower() for _, text in words]
        if not (any(small) or is_end(words[0][1]) if is_first else all(small)):
            return False
        for column, text in words:
            self._continue(column, text, before)
        return True

    def _continue(self, column: Column, text: str, before: list[Claim]) -> None:
        last = before[-1]
        if column.part is Part.NAME:
            self._namer.continue_name(column, text)
            before[-1] = last.changed(path=self._namer.path(last.printed.level))
        elif last.printed.name:
            before[-1] = last.changed(name=f"{last.printed.name} {text}")

    def _claims(self, row: Row, rows: PageRows) -> list[Claim]:
        """The indicators that a row prints."""
        if self._namer.enter_heading(row, rows.layout):
            return []
        entered = self._namer.enter(row, rows.layout, rows.covering)
        printed = Printed(row, rows.layout, rows.covering)
        claiming = tuple(claimants(printed, self._sharing))
        claims = [self._claim(printed, group, claiming) for group in claiming]
        return [claim.doubted(*self._doubts(claim, claiming, rows, entered)) for claim in claims]

    def _claim(self, printed: Printed, group: Group, claiming: Sequence[Group]) -> Claim:
        source = self._sharing.source(group, printed.layout)
        is_payee = takes_money(group, claiming, printed.layout)
        return claim_of(printed, group, source, self._namer, takes_money=is_payee)

    def _stray(self, row: Row, rows: PageRows, fresh: list[Claim]) -> list[Claim]:
        """Targets without an indicator: the rest of a row that a page cut, or a question of their own."""
        if not has_figures(row, rows.layout.target_columns):
            return []
        before = fresh or self.claims
        last = before[-1] if before else None
        if last is not None and last.has_targets and last.is_blank and last.columns:
            cells = {period: cell for period, column in last.columns.items() if (cell := cell_at(row, column))}
            joined = last.changed(targets=cells)._replace(row=row)
            before[-1] = wholly(joined, DoubtKind.JOINED, doubt_words.joined(row.place))
            return []
        groups = rows.layout.groups
        group = next((group for group in groups if has_figures(row, target_columns(group))), groups[0])
        return [self._unnamed(row, rows, group)]

    def _fallen_out(self, row: Row, rows: PageRows) -> list[Claim]:
        """A row with figures of which nothing stands in a column that would tell, moved there by a cell too many or too
        few."""
        is_moved = any(is_figure(cell.text) for cell in row.cells[rows.layout.header.width :])
        if not (is_moved or rows.has_other_count(row)) or not has_letters(row) or not _has_any_figure(row, rows.layout):
            return []
        group = next((group for group in reversed(rows.layout.groups) if target_columns(group)), None)
        if group is None:
            return []
        claim = self._unnamed(row, rows, group)
        return [claim.doubted(*rows.doubts(claim))]

    def _unnamed(self, row: Row, rows: PageRows, group: Group) -> Claim:
        claim = self._claim(Printed(row, rows.layout, rows.covering), group, (group,))
        stray = claim.changed(name=None, has_targets=True)._replace(called="")
        return stray.doubted(_nameless(stray))

    # Doubts.

    def _doubts(self, claim: Claim, claiming: Sequence[Group], rows: PageRows, entered: Entered) -> Iterator[Doubt]:
        place = claim.row.place
        if entered.has_strange_owner:
            yield Doubt(DoubtKind.NO_OWNER, doubt_words.owner_unclear(place), place)
        if not claim.has_targets:
            return
        if entered.is_owner_carried:
            yield Doubt(DoubtKind.NO_OWNER, doubt_words.owner_carried(place, claim.printed.post or ""), place)
        if claim.printed.name is None:
            yield _nameless(claim)
        is_merged = self._is_merged(claim, claiming, rows.layout)
        if is_merged:
            yield whole(claim, DoubtKind.MERGED, doubt_words.merged(place))
        yield from rows.doubts(claim)
        if not is_merged and self._is_out_of_order(claim, rows.layout, entered):
            yield whole(claim, DoubtKind.SHIFTED, doubt_words.out_of_order(place))

    def _is_merged(self, claim: Claim, claiming: Sequence[Group], layout: Layout) -> bool:
        """Whether others of the row share the targets of a claim, or a name stands beside them that may own them."""
        number = self._sharing.sources.get(claim.group.number)
        if any(self._sharing.sources.get(group.number) == number for group in claiming if group is not claim.group):
            return True
        if number == claim.group.number:
            return False
        lender = next((group for group in layout.groups if group.number == number), None)
        if lender is not None and number in self._sharing.undisputed and ends_at_year(claim.row, lender, claim.group):
            return False
        return lender is not None and lender is not claim.group and is_named(claim.row, lender)

    def _is_out_of_order(self, claim: Claim, layout: Layout, entered: Entered) -> bool:
        """Whether a name above an indicator is missing where the row shows that it should stand there.

        Either a higher name begins and the group's own does not, or an indicator without targets stands without its
        name between others.
        """
        own = claim.group
        if not own.names:
            return False
        left = layout.groups[: own.number]
        begins_above = any(column.index in entered.columns for group in left for column in group.names)
        if not any(column.index in entered.columns for column in own.names):
            return begins_above
        return any(self._is_lonely(claim.row, group) for group in left)

    def _is_lonely(self, row: Row, group: Group) -> bool:
        """Whether an indicator that has no targets stands without its name."""
        has_targets = group.number in self._sharing.sources
        return not has_targets and bool(word_at(row, group.indicator)) and not _names(row, group)


def _only_words(row: Row, layout: Layout, allowed: frozenset[Part]) -> list[tuple[Column, str]]:
    """The names and indicators of a row; none where anything stands in columns other than the allowed."""
    found: list[tuple[Column, str]] = []
    for column in layout.header.columns:
        if text := text_at(row, column):
            if column.part not in allowed:
                return []
            if column.part in _WORDS:
                found.append((column, text))
    return found


def _has_any_figure(row: Row, layout: Layout) -> bool:
    """Whether a figure stands anywhere but among the numbers and the codes of rows."""
    counting = {column.index for column in layout.header.of(Part.NUMBER, Part.CODE)}
    return any(is_figure(cell.text) for at, cell in enumerate(row.cells) if at not in counting)


def _names(row: Row, group: Group) -> list[str]:
    return [text for column in group.names if (text := word_at(row, column))]


def _nameless(claim: Claim) -> Doubt:
    place = claim.row.place
    return Doubt(DoubtKind.NO_NAME, doubt_words.nameless(place, claim.called), place)
