"""Slices joined to blocks: an indicator with the periods below one another that are surely its own.

A block goes on while the next period follows on the same page without a new name. Anything else is a break, and what
stands behind one is a block without a head until `page_cuts` says to whom it may belong.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from bot.documents.plan_reading.cell_kinds import list_mark
from bot.documents.plan_reading.headings.heading_words import PeriodLabel
from bot.documents.plan_reading.in_rows.period_entries import Entry
from bot.documents.plan_reading.in_rows.period_heads import Head
from bot.documents.plan_reading.in_rows.period_slices import Slice
from bot.documents.plan_reading.in_rows.period_standing import Rung
from bot.documents.plan_reading.source import Cell, Place
from domain.periods import PeriodKind
from domain.plan import Level


@dataclass(frozen=True)
class Block:
    """One indicator, or a run of periods that lost its name."""

    at: int
    """The strip it stands in."""
    place: Place
    page: int
    last_page: int
    head: Head
    entries: tuple[Entry, ...]
    """In order, each with its period."""
    level: Level | None = None
    path: Mapping[Level, Rung] = field(default_factory=dict[Level, Rung])
    post: str | None = None
    post_page: int = 0
    first_page_rows: int = 0
    """How many rows of it stand on its first page."""
    is_tail: bool = False
    """Its name is the end of one that began on the page before."""
    is_late: bool = False
    """Its name stands below its first period."""
    is_doubtful: bool = False
    """The heading leaves open which column holds its targets."""
    is_guessed: bool = False
    """Which periods its bare numbers count is told by them alone."""
    has_more_budgets: bool = False
    """Amounts stand beside its later periods, too: none of them is that of the year."""
    more_names: tuple[Cell, ...] = ()
    """Further names beside its later periods."""
    joined: frozenset[PeriodLabel] = frozenset()
    """Periods from behind a page cut that were read as its own."""
    maybe_of: "Block | None" = None
    """The block before the cut that it may belong to, and does not surely."""
    strays: tuple[Entry, ...] = ()
    """Periods beside its name that belong to another indicator."""
    may_lack_heading: bool = False
    """Rows before it are lost, the heading of its post perhaps among them."""
    own_rungs: frozenset[Level] = frozenset()
    """The rungs that its rows print themselves."""
    step: int = 1
    """By how much the numbers of its periods grow: 3 where only the last months of quarters are printed."""
    order: int = 0
    """Which slice it began with."""

    @property
    def has_head(self) -> bool:
        return bool(self.head.names) and not self.is_tail

    @property
    def first(self) -> int:
        """The number of its first period, 0 for none."""
        label = self.entries[0].label if self.entries else None
        return label.number if label else 0

    @property
    def last(self) -> int:
        """The number of its last period, 0 for none."""
        label = self.entries[-1].label if self.entries else None
        return label.number if label else 0

    @property
    def kind(self) -> PeriodKind | None:
        return next((entry.label.kind for entry in self.entries if entry.label), None)

    @property
    def is_complete(self) -> bool:
        """Whether it reaches the end of the year."""
        return self.kind is not None and self.last == PeriodKind.YEAR // self.kind

    @property
    def starts(self) -> bool:
        """Whether it begins with the first period of the year."""
        return bool(self.entries) and self.first == self.step


def read_blocks(slices: Sequence[Slice]) -> tuple[Block, ...]:
    """The blocks of all slices, in the order of their first rows."""
    builder = _Builder(_steps(slices))
    for each in slices:
        builder.take(each)
    return builder.blocks()


_SPARSE = ((3, 6, 9, 12), (6, 12), (2, 4))
"""Numbers of periods that plans print where the others never have a target: the last month of each quarter ..."""


def _steps(slices: Sequence[Slice]) -> Mapping[PeriodKind, int]:
    """By how much the numbers of periods grow in these tables."""
    seen: dict[PeriodKind, set[int]] = {}
    for label in (entry.label for each in slices for entry in each.entries):
        if label is not None:
            seen.setdefault(label.kind, set()).add(label.number)
    return {kind: numbers[0] for kind, found in seen.items() if (numbers := tuple(sorted(found))) in _SPARSE}


class _Builder:
    """Puts slices to the open block of their strip or opens another."""

    def __init__(self, steps: Mapping[PeriodKind, int]) -> None:
        self._steps = steps
        self._taken = 0
        self._order: dict[int, int] = {}
        """By strip: the slice with which its waiting head came."""
        self._blocks: list[Block] = []
        self._open: dict[int, int] = {}
        """By strip: which block is open."""
        self._waiting: dict[int, Slice] = {}
        """By strip: a head whose periods have not come yet."""

    def blocks(self) -> tuple[Block, ...]:
        for at in tuple(self._waiting):
            self._flush(at)
        return _with_usual_lateness(sorted(self._blocks, key=lambda block: block.order))

    def take(self, each: Slice) -> None:
        self._taken += 1
        if not each.entries:
            self._take_head(each)
            return
        each = self._with_waiting_head(_in_order(_labelled(each, self._current(each.at))))
        if not each.entries:
            return
        current = self._current(each.at)
        if current is not None and _sums_up(each, current):
            return
        if current is None or self._opens(each, current):
            self._begin(each, current)
        else:
            self._continue(each, current)

    def _current(self, at: int) -> Block | None:
        return self._blocks[self._open[at]] if at in self._open else None

    # Heads without a period in their row.

    def _take_head(self, each: Slice) -> None:
        current = self._current(each.at)
        if current and self._is_late_head(each, current):
            self._replace(each.at, replace(current, head=replace(each.head, is_moved=True), path=each.path))
        elif each.head.opens or each.head.number is not None:
            self._flush(each.at)
            self._waiting[each.at] = each
            self._order[each.at] = self._taken
        elif current and each.at not in self._waiting and _goes_on(each, current):
            self._replace(each.at, replace(current, head=current.head.with_more(each.head.names[0])))

    def _is_late_head(self, each: Slice, current: Block) -> bool:
        """Whether a head stands below the periods it belongs to: they are its page's, and have none."""
        same_page = current.last_page == each.page and current.page == each.page
        return same_page and each.head.opens and current.head.is_blank and current.starts and not current.is_complete

    def _flush(self, at: int) -> None:
        """A head that no period followed is an indicator that lost them all."""
        if (waiting := self._waiting.pop(at, None)) is not None and waiting.head.names:
            self._add(waiting, (), self._order[at])

    def _with_waiting_head(self, each: Slice) -> Slice:
        waiting = self._waiting.pop(each.at, None)
        if waiting is None:
            return each
        if each.head.names or each.page != waiting.page:
            self._waiting[each.at] = waiting
            self._flush(each.at)
            return each
        self._open.pop(each.at, None)
        head = replace(waiting.head, is_moved=waiting.head.is_moved or each.head.is_moved)
        return replace(each, head=head, place=waiting.place)

    # Periods.

    def _opens(self, each: Slice, current: Block) -> bool:
        head = each.head
        if head.names:
            return not self._is_repeated(each, current) and not self._names_running(each, current)
        return head.number not in (None, current.head.number) or not _follows(each, current)

    def _is_repeated(self, each: Slice, current: Block) -> bool:
        """Whether every row repeats the name, as merged cells and lists out of a database do."""
        label = each.entries[0].label
        if label is None or label.kind is not current.kind or not current.last < label.number:
            return False
        is_same = each.head.is_same(current.head) and each.post == current.post
        return is_same and (each.path == current.path or (each.head.opens and _follows(each, current)))

    def _names_running(self, each: Slice, current: Block) -> bool:
        """Whether a name stands in the middle of a running block: beside a later period, and nothing else with it."""
        if not _follows(each, current):
            return False
        return current.head.is_blank or not each.head.opens

    def _begin(self, each: Slice, current: Block | None) -> None:
        starts_page = current is None or current.last_page != each.page
        self._add(each, each.entries)
        if each.head.names and not each.head.opens and starts_page and not self._blocks[-1].starts:
            self._replace(each.at, replace(self._blocks[-1], is_tail=True))

    def _continue(self, each: Slice, current: Block) -> None:
        head, more, is_late, path = current.head, current.more_names, current.is_late, current.path
        if each.head.names and each.head.name != head.name:
            if head.is_blank:
                head, is_late, path = each.head, True, each.path
            else:
                more = (*more, each.head.names[0])
        if each.head.names and each.path != path:
            path = {rung: name for rung, name in path.items() if each.path.get(rung) == name}
        rows = current.first_page_rows + (each.page == current.page)
        behind = {entry.label for entry in each.entries if entry.label and each.page != current.page}
        self._replace(
            each.at,
            replace(
                current, entries=(*current.entries, *each.entries), last_page=each.page, head=head, path=path,
                more_names=more, is_late=is_late, first_page_rows=rows, joined=current.joined | behind,
                has_more_budgets=current.has_more_budgets or each.has_budget,
            ),
        )  # fmt: skip

    def _add(self, each: Slice, entries: tuple[Entry, ...], order: int | None = None) -> None:
        kind = next((entry.label.kind for entry in entries if entry.label), None)
        self._blocks.append(
            Block(
                each.at, each.place, each.page, each.page, each.head, entries, each.head.level or each.level, each.path,
                each.post, each.post_page, first_page_rows=len(entries), is_doubtful=each.is_doubtful,
                is_guessed=each.is_guessed, own_rungs=each.own_rungs,
                step=self._steps.get(kind, 1) if kind else 1, order=order or self._taken,
            )
        )  # fmt: skip
        self._open[each.at] = len(self._blocks) - 1

    def _replace(self, at: int, block: Block) -> None:
        self._blocks[self._open[at]] = block


def _with_usual_lateness(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks, whose names stand in their middle without a doubt where all do and the whole year is there."""
    named = [block for block in blocks if block.head.names]
    if len(named) < 2 or not all(block.is_late for block in named):
        return tuple(blocks)
    return tuple(replace(block, is_late=not (block.starts and block.is_complete)) for block in blocks)


def _in_order(each: Slice) -> Slice:
    """The slice with its periods in order, those of one length only."""
    labels = [entry.label for entry in each.entries if entry.label]
    if len(labels) < 2:
        return each
    alike = [entry for entry in each.entries if entry.label and entry.label.kind is labels[0].kind]
    return replace(each, entries=tuple(sorted(alike, key=lambda entry: entry.label.number if entry.label else 0)))


def _follows(each: Slice, current: Block) -> bool:
    """Whether the period is the next one, on the same page."""
    label = each.entries[0].label
    if label is None or current.last_page != each.page or not current.entries:
        return False
    return label.kind is current.kind and label.number == current.last + current.step


def _sums_up(each: Slice, current: Block) -> bool:
    """Whether a row sums up the shorter periods above it: `TW I` below Maret."""
    label = each.entries[0].label
    if label is None or current.kind is None or not each.head.is_blank or current.last_page != each.page:
        return False
    return label.kind > current.kind and label.number * label.kind == current.last * current.kind


def _goes_on(each: Slice, current: Block) -> bool:
    """Whether a text below a name is its next line: it begins small and is no item of a list."""
    name = each.head.names[0].text if each.head.names else ""
    is_near = current.last_page == each.page and len(current.entries) <= 3
    return bool(name) and is_near and bool(current.head.names) and name[:1].islower() and not list_mark(name)


def _labelled(each: Slice, current: Block | None) -> Slice:
    """A target whose period is not printed is that of the next period, if one is open; it is asked about."""
    if each.entries[0].label is not None:
        return each
    if current is None or current.last_page != each.page or current.is_complete or current.kind is None:
        return replace(each, entries=())
    label = PeriodLabel(current.kind, current.last + current.step)
    return replace(each, entries=(replace(each.entries[0], label=label, is_moved=True),))
