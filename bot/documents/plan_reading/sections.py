"""The tables of a file as runs: one table each, put together again from the pages on which it was printed.

A page begins with the heading of the one before repeated, or with none at all. A sheet may hold several tables below
one another. What stands above a table is its title.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.documents.plan_reading.cell_kinds import is_value
from bot.documents.plan_reading.headings.headers import Column, Header, Part, find_headers
from bot.documents.plan_reading.post_headings import read_post
from bot.documents.plan_reading.source import Place, Row, Table
from domain.plan import Level


@dataclass(frozen=True)
class Page:
    """The rows below one heading. `has_heading` is False where the heading is that of the page before."""

    header: Header
    rows: tuple[Row, ...]
    table: Table
    has_heading: bool = True

    @property
    def width(self) -> int:
        """Cells of its longest row."""
        return max((len(row.cells) for row in self.rows), default=0)


@dataclass(frozen=True)
class Run:
    """One table on all its pages, with the lines above it."""

    pages: tuple[Page, ...]
    titles: tuple[str, ...] = ()
    held_titles: tuple[str, ...] = ()
    """Its titles, or those of the table above where it has none."""

    @property
    def header(self) -> Header:
        return self.pages[0].header

    @property
    def place(self) -> Place:
        return self.pages[0].table.place

    @property
    def rows(self) -> Iterator[Row]:
        for page in self.pages:
            yield from page.rows


@dataclass(frozen=True)
class Runs:
    """What a file's tables are: runs, and tables in which nobody knows what the columns mean."""

    runs: tuple[Run, ...]
    unknown: tuple[Table, ...]


def runs_of(tables: Sequence[Table]) -> Runs:
    """The runs of a file in order."""
    gathered = _Gathered()
    for table in tables:
        gathered.take(table)
    return Runs(tuple(_agreed(run) for run in gathered.runs), tuple(gathered.unknown))


class _Gathered:
    """The runs so far."""

    def __init__(self) -> None:
        self.runs: list[Run] = []
        self.unknown: list[Table] = []
        self._is_open = False
        """Whether a table without heading may go on the last run."""

    def take(self, table: Table) -> None:
        headers = find_headers(table.rows)
        if not headers:
            self._take_headless(table)
            return
        above, titles = _parted(table.rows[: headers[0].first])
        if above and not table.before:
            self._go_on(replace(table, rows=above))
        titles = (*table.before, *titles)
        for at, header in enumerate(headers):
            end = headers[at + 1].first if at + 1 < len(headers) else len(table.rows)
            rows = table.rows[header.end : end]
            follows = at + 1 < len(headers)
            rows, below = _parted(rows) if follows and not _same(header, headers[at + 1]) else (rows, ())
            self._take_page(Page(header, rows, table), titles)
            titles = below

    def _take_page(self, page: Page, titles: Sequence[str]) -> None:
        if self.runs and self._is_open and _goes_on(self.runs[-1], page, titles):
            self._add(page)
        else:
            self.runs.append(Run((page,), tuple(titles), self._titles_above(page, titles)))
        self._is_open = True

    def _titles_above(self, page: Page, titles: Sequence[str]) -> tuple[str, ...]:
        """The titles that hold for a page: its own, else those of the table above it."""
        if titles or not self.runs or _is_elsewhere(self.runs[-1], page.table):
            return tuple(titles)
        return self.runs[-1].held_titles

    def _take_headless(self, table: Table) -> None:
        if not self._go_on(table):
            self.unknown.append(table)
            self._is_open = False

    def _go_on(self, table: Table) -> bool:
        if not (self.runs and self._is_open) or _is_elsewhere(self.runs[-1], table) or _is_titled(table.before):
            return False
        self._add(Page(self.runs[-1].pages[-1].header, table.rows, table, has_heading=False))
        return True

    def _add(self, page: Page) -> None:
        self.runs[-1] = replace(self.runs[-1], pages=(*self.runs[-1].pages, page))


def _parted(rows: Sequence[Row]) -> tuple[tuple[Row, ...], tuple[str, ...]]:
    """The rows, and the titles at their end: rows of one or two texts and no figures."""
    end = len(rows)
    while end and _is_title(rows[end - 1]):
        end -= 1
    titles = tuple(text for row in rows[end:] if (text := " ".join(filter(None, row.texts))))
    return tuple(rows[:end]), titles


def _is_title(row: Row) -> bool:
    texts = [text for text in row.texts if text]
    return len(texts) <= 3 and not any(map(is_value, texts))


_LONGEST_NOISE = 60


def _is_titled(before: Sequence[str]) -> bool:
    """Whether lines above a table say that it is another: more than a stray remark of a page's margin."""
    return (
        any(len(line) > _LONGEST_NOISE or line.lower().startswith(("tabel", "bab")) for line in before)
        or len(before) > 2
    )


def _is_elsewhere(run: Run, table: Table) -> bool:
    return run.place.sheet != table.place.sheet


def _goes_on(run: Run, page: Page, titles: Sequence[str]) -> bool:
    is_new = _is_titled(titles) or any(read_post(title) is not None for title in titles)
    return not is_new and not _is_elsewhere(run, page.table) and _same(run.header, page.header)


_ALIKE = 0.75


def _same(one: Header, other: Header) -> bool:
    """Whether two headings are of one table: nearly all columns mean the same, wherever they stand."""
    rungs, others = _rungs(one), _rungs(other)
    if not (rungs <= others or others <= rungs):
        return False
    left, right = Counter(map(_sense, one.columns)), Counter(map(_sense, other.columns))
    return (left & right).total() >= _ALIKE * max(left.total(), right.total())


def _rungs(header: Header) -> frozenset[Level]:
    return frozenset(level for column in header.of(Part.NAME) for level in column.levels)


def _sense(column: Column) -> tuple[object, ...]:
    return column.part, column.levels, column.label


def _agreed(run: Run) -> Run:
    """The run with a heading that a scan spoiled on one page replaced by that of the others."""
    headers = Counter(page.header.columns for page in run.pages if page.has_heading and not page.header.is_mended)
    if len(headers) < 2:
        return run
    usual = max(headers, key=lambda columns: (_known(columns), headers[columns]))
    return replace(run, pages=tuple(_with_usual(page, usual) for page in run.pages))


def _known(columns: Sequence[Column]) -> int:
    return len({column.part for column in columns if column.part is not Part.OTHER})


def _with_usual(page: Page, usual: tuple[Column, ...]) -> Page:
    if page.header.is_mended or not _is_spoiled(page.header, usual):
        return page
    return replace(page, header=replace(page.header, columns=usual))


_FIGURES = frozenset({Part.ANNUAL, Part.PERIOD, Part.PERIOD_LABEL, Part.PERIOD_VALUE, Part.UNIT})


def _is_spoiled(header: Header, usual: Sequence[Column]) -> bool:
    """Whether the heading has the same figures in the same columns and differs in words only."""
    figures = {(column.index, column.part, column.label) for column in header.columns if column.part in _FIGURES}
    others = {(column.index, column.part, column.label) for column in usual if column.part in _FIGURES}
    return header.columns != tuple(usual) and (figures <= others or others <= figures)
