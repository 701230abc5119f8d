"""Tables with a column for each period, or with a target of the year only: row by row to their indicators.

A row may print an indicator for each group of its columns. Names are carried on until others take their place. Targets
are never moved: where a row does not fit its heading, what stands there is kept and a doubt proposes the other reading.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from bot.documents.plan_reading import doubt_words
from bot.documents.plan_reading.cell_kinds import fits_money, is_dash, is_figure, without_mark
from bot.documents.plan_reading.cell_numbers import NumberStyle, read_text
from bot.documents.plan_reading.columns import Group, Layout, cell_at, has_figures, layout_of, text_at
from bot.documents.plan_reading.covering import Covering
from bot.documents.plan_reading.headers import Column, Part
from bot.documents.plan_reading.naming import Entered, Namer, is_end
from bot.documents.plan_reading.printed import Doubt, DoubtKind, PrintedIndicator
from bot.documents.plan_reading.row_kinds import Passed
from bot.documents.plan_reading.sections import Page, Run
from bot.documents.plan_reading.sharing import Sharing, is_named, sharing_of, target_columns
from bot.documents.plan_reading.slips import Slip, may_have_slipped, slip_of
from bot.documents.plan_reading.source import Cell, Place, Row
from domain.periods import Period
from domain.plan import Level


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
_CUT = _WORDS | {Part.FORMULA, Part.NOTE, Part.OTHER}
"""Columns whose texts are long enough to be cut between two pages."""


@dataclass(frozen=True)
class _Claim:
    """An indicator in the making, with the row and the columns that print its targets."""

    printed: PrintedIndicator
    row: Row
    group: Group
    columns: Mapping[Period, Column] = field(default_factory=dict[Period, Column])

    def doubted(self, *doubts: Doubt) -> "_Claim":
        return self.changed(doubts=(*self.printed.doubts, *doubts))

    def changed(self, **values: object) -> "_Claim":
        return replace(self, printed=replace(self.printed, **values))

    @property
    def has_targets(self) -> bool:
        return self.printed.has_targets

    @property
    def is_blank(self) -> bool:
        """Whether it stands without any target so far."""
        cells = (*self.printed.targets.values(), self.printed.annual)
        return not any(cell is not None and cell.text and not is_dash(cell.text) for cell in cells)


class _Walk:
    """The state between rows."""

    def __init__(self, run: Run, year: int, post: str | None) -> None:
        self._layouts = {page.header: layout_of(page.header, year) for page in run.pages}
        first = self._layouts[run.header]
        self._sharing = sharing_of(run, first)
        self._namer = Namer(run, first, post)
        self._width = max((page.width for page in run.pages if page.has_heading), default=0)
        self.claims: list[_Claim] = []
        self.passed = Passed()

    def take(self, page: Page) -> None:
        """The rows of one page."""
        rows = _Rows(page, self._layouts[page.header])
        fresh: list[_Claim] = []
        slips: list[Slip] = []
        for at, row in enumerate(self.passed.over(page.rows, rows.layout)):
            if at == 0 and self._continues_text(row, rows.layout):
                continue
            slip = slip_of(row, rows.layout)
            slips += [slip] if slip is not None and slip.by else []
            claims = self._claims(row, rows)
            if not claims and has_figures(row, rows.layout.target_columns()):
                claims = self._stray(row, rows, fresh)
            fresh += claims if slip is None else _slipped(claims, slip)
        if page.width > self._width and not page.has_heading:
            fresh = [_wholly(claim, DoubtKind.SHIFTED, doubt_words.narrow_page(claim.row.place)) for claim in fresh]
        self.claims += _suspected(fresh, slips)

    def _continues_text(self, row: Row, layout: Layout) -> bool:
        """Whether the row only ends the texts that a page cut; they are joined to their beginnings."""
        filled = [(column, cell) for at, cell in enumerate(row.cells) if cell.text and (column := layout.header.at(at))]
        words = [(column, cell.text) for column, cell in filled if column.part in _WORDS]
        if not self.claims or not words or not all(column.part in _CUT for column, _ in filled):
            return False
        if not is_end(words[0][1]) and not any(text[:1].islower() for _, text in words):
            return False
        for column, text in words:
            self._continue(column, text)
        return True

    def _continue(self, column: Column, text: str) -> None:
        last = self.claims[-1]
        if column.part is Part.NAME:
            self._namer.continue_name(column, text)
        elif last.printed.name:
            self.claims[-1] = last.changed(name=f"{last.printed.name} {text}")

    def _claims(self, row: Row, rows: "_Rows") -> list[_Claim]:
        """The indicators that a row prints."""
        entered = self._namer.enter(row, rows.layout, rows.covering)
        claimants = tuple(_claimants(row, rows, self._sharing))
        claims = [self._claim(row, rows, group, claimants) for group in claimants]
        return [claim.doubted(*self._doubts(claim, rows, entered)) for claim in self._merged(claims, claimants, rows)]

    def _claim(self, row: Row, rows: "_Rows", group: Group, claimants: Sequence[Group]) -> _Claim:
        layout = rows.layout
        source = self._sharing.source(group, layout)
        level = self._namer.level(group)
        printed = without_mark(text_at(row, group.indicator) or rows.covering.text_at(row, group.indicator))
        called = self._namer.called(group)
        columns = {} if source is None else _target_columns(source, layout)
        targets = {period: cell for period, column in columns.items() if (cell := cell_at(row, column)) is not None}
        is_yearly = source is not None and not source.targets
        annual = None if source is None or is_yearly else cell_at(row, group.annual or source.annual)
        has_targets = source is not None and (bool(text_at(row, group.indicator)) or _any_text(targets, annual))
        name = printed or (called if not layout.header.has(Part.INDICATOR) or not has_targets else "")
        indicator = PrintedIndicator(
            name=name or None,
            level=level,
            place=row.place,
            periods=tuple(columns) if is_yearly else layout.periods,
            targets=targets,
            unit=_unit(row, rows, group, source),
            path=self._namer.path(level),
            code=self._namer.code,
            post=self._namer.post,
            annual=annual,
            budget=_budget(row, layout, group, claimants),
            note=_note(row, rows),
            formula=text_at(row, layout.column(Part.FORMULA)),
            has_targets=has_targets,
        )
        claim = _Claim(indicator, row, group, columns)
        if name or not has_targets:
            return claim
        return claim.doubted(Doubt(DoubtKind.NO_NAME, doubt_words.nameless(row.place, called), row.place))

    def _merged(self, claims: list[_Claim], claimants: Sequence[Group], rows: "_Rows") -> list[_Claim]:
        """The claims with a doubt where several share one set of targets, or a name beside them has none of its own."""
        sources = [self._sharing.sources.get(group.number) for group in claimants]
        shared = {number for number in sources if number is not None and sources.count(number) > 1}
        found: list[_Claim] = []
        for claim, number in zip(claims, sources, strict=True):
            lenders = [group for group in rows.layout.groups if group.number == number and group not in claimants]
            is_shared = number in shared or any(is_named(claim.row, group) for group in lenders)
            found.append(
                _wholly(claim, DoubtKind.MERGED, doubt_words.merged(claim.row.place))
                if is_shared and claim.has_targets
                else claim
            )
        return found

    def _doubts(self, claim: _Claim, rows: "_Rows", entered: Entered) -> Iterator[Doubt]:
        place = claim.row.place
        if entered.has_strange_owner:
            yield Doubt(DoubtKind.NO_OWNER, doubt_words.owner_unclear(place), place)
        if not claim.has_targets:
            return
        yield from rows.doubts(claim)
        if self._is_out_of_order(claim, rows.layout, entered):
            yield _whole(claim, DoubtKind.SHIFTED, doubt_words.out_of_order(place))

    def _is_out_of_order(self, claim: _Claim, layout: Layout, entered: Entered) -> bool:
        """Whether a name above an indicator is missing where the row shows that it should stand there.

        Either a higher name begins and the group's own does not, or an indicator without targets stands without its
        name between others.
        """
        own = claim.group
        if not own.names:
            return False
        above = {column.index for group in layout.groups[: own.number] for column in group.names}
        begins_above = bool(entered.columns & above)
        is_own_new = any(column.index in entered.columns for column in own.names)
        if begins_above and not is_own_new:
            return True
        lonely = [
            group
            for group in layout.groups[: own.number]
            if group.number not in self._sharing.sources
            and text_at(claim.row, group.indicator)
            and not any(text_at(claim.row, column) for column in group.names)
        ]
        return bool(lonely) and is_own_new

    def _stray(self, row: Row, rows: "_Rows", fresh: list[_Claim]) -> list[_Claim]:
        """Targets without an indicator: the rest of a row that a page cut, or a question of their own."""
        before = fresh or self.claims
        last = before[-1] if before else None
        if last is not None and last.has_targets and last.is_blank and last.columns:
            cells = {period: cell for period, column in last.columns.items() if (cell := cell_at(row, column))}
            joined = replace(last.changed(targets=cells), row=row)
            before[-1] = _wholly(joined, DoubtKind.JOINED, doubt_words.joined(row.place))
            return []
        group = next(group for group in rows.layout.groups if has_figures(row, target_columns(group)))
        claim = self._claim(row, rows, group, (group,))
        is_told = any(doubt.kind is DoubtKind.NO_NAME for doubt in claim.printed.doubts)
        stray = claim.changed(name=None, has_targets=True)
        if is_told:
            return [stray]
        return [stray.doubted(Doubt(DoubtKind.NO_NAME, doubt_words.nameless(row.place, ""), row.place))]


class _Rows:
    """One page as its rows are read: the layout, what merged cells cover, how long rows are."""

    def __init__(self, page: Page, layout: Layout) -> None:
        self.layout = layout
        self.covering = Covering(page.rows)
        last = max((column.index for column in layout.target_columns()), default=-1)
        full = sum(len(row.cells) > last for row in page.rows)
        self._is_ragged = full * 2 < len(page.rows)
        """Most rows end early, as where blanks at the end of a line are not kept: a missing cell is a blank one."""

    def doubts(self, claim: _Claim) -> Iterator[Doubt]:
        """What the layout of the page tells of a claim."""
        place = claim.row.place
        lost = tuple(period for period in claim.columns if period not in claim.printed.targets)
        if lost and not self._is_ragged:
            yield Doubt(DoubtKind.LOST, doubt_words.lost_cells(place), place, lost)
        if self.layout.lost and len(claim.printed.periods) > 1:
            yield Doubt(DoubtKind.LOST, doubt_words.lost_heading(place), place, self.layout.lost)
        if self.layout.is_doubled:
            yield _whole(claim, DoubtKind.SHIFTED, doubt_words.doubled_heading(place))
        if self.layout.header.is_mended:
            yield Doubt(DoubtKind.HEADING, doubt_words.mended_heading(place), place, tuple(claim.columns))
        if over := [cell for column in claim.columns.values() if (cell := self.covering.cell_at(claim.row, column))]:
            yield _whole(claim, DoubtKind.MERGED, doubt_words.one_cell(place, over[0]))


def _claimants(row: Row, rows: _Rows, sharing: Sharing) -> Iterator[Group]:
    """The groups of which a row prints an indicator: by its text, else by a name with targets that no other takes."""
    layout = rows.layout
    spoken = [group for group in layout.groups if text_at(row, group.indicator)]
    taken = {sharing.sources.get(group.number) for group in spoken}
    for group in layout.groups:
        if group in spoken:
            yield group
            continue
        source = sharing.source(group, layout)
        has_name = is_named(row, group) or bool(rows.covering.text_at(row, group.indicator))
        if not has_name:
            continue
        if source is not None and source.number not in taken and has_figures(row, _columns_of(group, source)):
            taken.add(source.number)
            yield group
        elif not spoken and _is_action_with_money(row, layout, group):
            yield group


def _columns_of(group: Group, source: Group) -> tuple[Column, ...]:
    return (*target_columns(source), *((group.annual,) if group.annual is not None else ()))


def _is_action_with_money(row: Row, layout: Layout, group: Group) -> bool:
    """Whether the row prints an aksi that has money and nothing else."""
    return Level.AKSI in group.levels and any(
        is_figure(text_at(row, column)) for column in layout.header.of(Part.BUDGET)
    )


def _target_columns(source: Group, layout: Layout) -> dict[Period, Column]:
    """The columns of the targets by period; the one of the year where there are no others."""
    if source.targets:
        return {period: source.targets[period] for period in layout.periods if period in source.targets}
    year = layout.periods[0].whole_year(layout.periods[0].year)
    return {} if source.annual is None else {year: source.annual}


def _any_text(targets: Mapping[Period, Cell], annual: Cell | None) -> bool:
    return any(cell.text for cell in targets.values()) or (annual is not None and bool(annual.text))


def _unit(row: Row, rows: _Rows, group: Group, source: Group | None) -> str | None:
    for column in (group.unit, None if source is None else source.unit):
        if text := text_at(row, column) or rows.covering.text_at(row, column):
            return text
    return None


def _budget(row: Row, layout: Layout, group: Group, claimants: Sequence[Group]) -> Cell | None:
    """The money of a row: of the group in whose columns it stands, else of the only or the first that is printed."""
    own = _money_at(row, group)
    if own is not None or claimants[0] is not group:
        return own
    others = [_money_at(row, each) for each in layout.groups if each not in claimants]
    return next((cell for cell in others if cell is not None), None)


def _money_at(row: Row, group: Group) -> Cell | None:
    """The amount in a group's column of money; None for a blank and for a target that slipped there."""
    cell = cell_at(row, group.budget)
    is_money = cell is not None and bool(cell.text) and (cell.number is not None or fits_money(cell.text))
    return cell if is_money else None


def _note(row: Row, rows: _Rows) -> str:
    column = rows.layout.column(Part.NOTE)
    note = text_at(row, column) or rows.covering.text_at(row, column)
    return "; ".join(filter(None, (note, "target s/d periode" if rows.layout.to_date else "")))


# Doubts.


def _whole(claim: _Claim, kind: DoubtKind, text: str) -> Doubt:
    """A doubt about every target of a claim, which proposes what is printed."""
    likely = {period: _number(cell) for period, cell in claim.printed.targets.items()}
    return Doubt(kind, text, claim.row.place, tuple(claim.columns), likely)


def _wholly(claim: _Claim, kind: DoubtKind, text: str) -> _Claim:
    return claim.doubted(_whole(claim, kind, text)) if claim.has_targets else claim


def _number(cell: Cell | None) -> Decimal | None:
    """The likeliest number of a cell, for a proposal only."""
    if cell is None:
        return None
    return cell.number if cell.number is not None else read_text(cell.text, NumberStyle()).value


def _slipped(claims: Sequence[_Claim], slip: Slip) -> list[_Claim]:
    """The claims of a row that does not fit its heading."""
    about = [claim for claim in claims if claim.has_targets] or list(claims)
    return [claim.doubted(_slip_doubt(claim, slip)) if claim in about else claim for claim in claims]


def _slip_doubt(claim: _Claim, slip: Slip) -> Doubt:
    place = claim.row.place
    doubt = _whole(claim, DoubtKind.SHIFTED, doubt_words.slipped(place, slip.cells, slip.by))
    return replace(doubt, likely=_moved(claim, slip.by)) if slip.by else doubt


def _moved(claim: _Claim, by: int) -> dict[Period, Decimal | None]:
    """The targets as they are where the row is read so many columns further right; money is none."""
    cells = {period: _at(claim.row, column.index + by) for period, column in claim.columns.items()}
    budget = claim.printed.budget
    return {period: None if cell is not None and cell is budget else _number(cell) for period, cell in cells.items()}


def _at(row: Row, index: int) -> Cell | None:
    return row.cells[index] if 0 <= index < len(row.cells) else None


def _suspected(claims: Sequence[_Claim], slips: Sequence[Slip]) -> list[_Claim]:
    """The claims of a page with a doubt where others of it have slipped and these may have, too."""
    if not slips:
        return list(claims)
    by = Counter(slip.by for slip in slips).most_common(1)[0][0]
    return [_suspect(claim, by) for claim in claims]


def _suspect(claim: _Claim, by: int) -> _Claim:
    is_known = any(doubt.kind is DoubtKind.SHIFTED for doubt in claim.printed.doubts)
    if is_known or not claim.has_targets or not may_have_slipped(claim.row, tuple(claim.columns.values()), by):
        return claim
    doubt = _whole(claim, DoubtKind.SHIFTED, doubt_words.may_have_slipped(claim.row.place, by))
    return claim.doubted(replace(doubt, likely=_moved(claim, by)))
