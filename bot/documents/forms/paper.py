"""A printed form as values: what stands where, not how a spreadsheet, a PDF or a text document draws it.

A layout (`layout_*.py`) turns the figures of a form into a `Paper`; `as_xlsx`, `as_pdf`, `as_docx` and `as_csv` render
it. Whatever all of them need to know of a paper is computed here, so that they agree.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import TypeAlias

from domain.standing import Standing

Value: TypeAlias = str | Decimal | None
"""What a cell holds. Words in a column of numbers say why there is none ("belum lapor"); None leaves it blank."""


class CellKind(StrEnum):
    """How the numbers of a column are shown; words are shown as they are in any."""

    TEXT = "text"
    WHOLE = "whole"
    """No decimals: a count, a year."""
    NUMBER = "number"
    """With the decimals that it has."""
    PERCENT = "percent"
    """In percent (104.17 is 104,17%): two decimals, half-up."""
    RUPIAH = "rupiah"
    """Whole rupiah."""


@dataclass(frozen=True)
class Heading:
    """A column, or with `children` a group of columns under one heading.

    `key` names a column: it is unique in a paper, formulas refer to it, and in CSV it is the header. `width` is in
    characters and counts for columns only. `number` is printed below the heading, as in forms that count their columns;
    that of a group stands below all of it. `indents` marks the column that shows the depth of a line.
    """

    key: str
    words: str
    width: int = 10
    kind: CellKind = CellKind.TEXT
    children: tuple["Heading", ...] = ()
    number: str = ""
    indents: bool = False
    centred: bool = False

    @property
    def columns(self) -> tuple["Heading", ...]:
        """The columns below this heading, itself where it is one."""
        return tuple(column for child in self.children for column in child.columns) if self.children else (self,)

    @property
    def depth(self) -> int:
        """Rows of headings, its own included."""
        return 1 + max((child.depth for child in self.children), default=0)


@dataclass(frozen=True)
class HeadingCell:
    """One cell of the head of a table: the rows and columns it takes, counted from 0, the last ones included."""

    words: str
    top: int
    left: int
    bottom: int
    right: int
    is_number: bool = False
    """Whether it belongs to the row of column numbers."""


@dataclass(frozen=True)
class Line:
    """A row of the table: `cells` by the key of their column; a column without an entry stays blank.

    `formulas` says by column how an officer would check the number that `cells` has there: `{realisasi}/{target}*100`,
    `SUM({jan}:{des})`, `{pagu@5.01}+{pagu@5.02}`, where `@` names the `key` of another line. `across` are words that
    run over the whole width instead of cells. `indent` counts steps from 0. `checked` says by column how far a number
    has come on its way to the camat; what is no figure of a report, as a target or money, has no entry.
    """

    cells: Mapping[str, Value] = field(default_factory=dict[str, Value])
    formulas: Mapping[str, str] = field(default_factory=dict[str, str])
    key: str = ""
    strong: bool = False
    indent: int = 0
    across: str = ""
    checked: Mapping[str, Standing] = field(default_factory=dict[str, Standing])


@dataclass(frozen=True)
class FootLine:
    """What stands below the table: a label with its text, or with `ruled` blank lines to write on."""

    label: str
    text: str = ""
    ruled: int = 0


@dataclass(frozen=True)
class Signer:
    """Who signs: whatever is empty is left blank to be written by hand. `number` is the NIP."""

    role: str
    title: str = ""
    name: str = ""
    rank: str = ""
    number: str = ""


@dataclass(frozen=True)
class Stamp:
    """By what the figures of a paper are found again: the `number` of the snapshot, as `seal` the first eight signs of
    its hash, and when it was made, as the office's clock says it in `made`."""

    number: int
    seal: str
    made: str
    made_at: datetime


@dataclass(frozen=True)
class Paper:
    """A form, ready to be rendered.

    `name` is that of the form (`renaksi`), `facts` are label and value above the table (Kantor, Kabupaten, Periode),
    `totals` close the table, `dateline` stands above the signatures ("Gumelar, … April 2022"), `marks` are what limits
    it ("Sementara", "Data contoh"), `version` that of the template ("versi formulir 1").
    """

    name: str
    title: tuple[str, ...]
    headings: tuple[Heading, ...]
    lines: tuple[Line, ...]
    stamp: Stamp
    facts: tuple[tuple[str, str], ...] = ()
    totals: tuple[Line, ...] = ()
    foot: tuple[FootLine, ...] = ()
    signers: tuple[Signer, ...] = ()
    dateline: str = ""
    marks: tuple[str, ...] = ()
    version: str = "versi formulir 1"
    landscape: bool = True

    def __post_init__(self) -> None:
        keys = [column.key for column in self.columns]
        if len(set(keys)) != len(keys):
            raise ValueError("two columns of a form share a key")

    @property
    def columns(self) -> tuple[Heading, ...]:
        """The columns, from left to right."""
        return tuple(column for heading in self.headings for column in heading.columns)

    @property
    def rows(self) -> tuple[Line, ...]:
        """The lines of the table with its totals."""
        return (*self.lines, *self.totals)

    @cached_property
    def tells_apart(self) -> bool:
        """Whether numbers that are not verified carry a sign: where all are alike, one sentence says it of all."""
        return len({found.is_verified for row in self.rows for found in row.checked.values()}) > 1

    @property
    def numbered(self) -> bool:
        """Whether a row below the headings counts the columns."""
        return any(_numbers(self.headings))

    @property
    def head_rows(self) -> int:
        """Rows that the head of the table takes, column numbers included."""
        return max(heading.depth for heading in self.headings) + self.numbered


def head_of(paper: Paper) -> tuple[HeadingCell, ...]:
    """The cells of the head of the table: groups over their columns, a lone column as high as its neighbours."""
    depth = paper.head_rows - paper.numbered
    cells = tuple(_placed(paper.headings, depth, top=0, left=0))
    return (*cells, *_counted(paper.headings, depth)) if paper.numbered else cells


def _placed(headings: Sequence[Heading], depth: int, *, top: int, left: int) -> Iterator[HeadingCell]:
    for heading in headings:
        right = left + len(heading.columns) - 1
        bottom = top if heading.children else depth - 1
        yield HeadingCell(heading.words, top, left, bottom, right)
        yield from _placed(heading.children, depth, top=top + 1, left=left)
        left = right + 1


def _counted(headings: Sequence[Heading], row: int) -> Iterator[HeadingCell]:
    """The row of column numbers; a column that is not counted has an empty cell."""
    left = 0
    for number, width in _spans(headings):
        yield HeadingCell(number, row, left, row, left + width - 1, is_number=True)
        left += width


def _spans(headings: Sequence[Heading]) -> Iterator[tuple[str, int]]:
    for heading in headings:
        if heading.number or not heading.children:
            yield heading.number, len(heading.columns)
        else:
            yield from _spans(heading.children)


def _numbers(headings: Sequence[Heading]) -> Iterator[str]:
    return (number for number, _width in _spans(headings) if number)


def with_widths(paper: Paper, widths: Sequence[int]) -> Paper:
    """The same paper with other widths of its columns, from left to right."""
    by_key = {column.key: width for column, width in zip(paper.columns, widths, strict=True)}
    return replace(paper, headings=tuple(_widened(heading, by_key) for heading in paper.headings))


def _widened(heading: Heading, widths: Mapping[str, int]) -> Heading:
    if heading.children:
        return replace(heading, children=tuple(_widened(child, widths) for child in heading.children))
    return replace(heading, width=widths[heading.key])


# --- formulas ---------------------------------------------------------------------------------------------------------

REFERENCE = re.compile(r"\{([^{}@]+)(?:@([^{}@]+))?\}")
"""A cell in a formula: the key of its column and, where it stands in another line, that line's."""
_IN_RANGE = re.compile(r"\{[^{}]+\}:\{[^{}]+\}")


def formula_of(paper: Paper, line: Line, column: str) -> str | None:
    """The formula of a cell; None where there is none, or where it could not be computed: it stands for a number, and
    what it names one by one are numbers. A range may hold words and blanks: a sum leaves them out."""
    formula = line.formulas.get(column)
    if formula is None or not isinstance(line.cells.get(column), Decimal):
        return None
    singles = _IN_RANGE.sub("", formula)
    return (
        formula
        if all(isinstance(_named(paper, line, *found), Decimal) for found in REFERENCE.findall(singles))
        else None
    )


def _named(paper: Paper, line: Line, column: str, key: str) -> Value:
    other = next((one for one in paper.rows if one.key == key), None) if key else line
    return None if other is None else other.cells.get(column)
