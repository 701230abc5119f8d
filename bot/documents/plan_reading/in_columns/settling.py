"""A heading read together with the rows below it: of two columns under one title, which holds the figures."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from bot.documents.plan_reading.cell_kinds import is_figure
from bot.documents.plan_reading.headings.headers import Column, Header, Part
from bot.documents.plan_reading.in_columns.columns import text_at
from bot.documents.plan_reading.sections import Run
from bot.documents.plan_reading.source import Row

_TARGETS = frozenset({Part.ANNUAL, Part.PERIOD})


def settled(run: Run) -> Run:
    """The run with the second column of a `Target` over two told as its unit, where that is what stands there."""
    known = {page.header: _settled(page.header, tuple(run.rows)) for page in run.pages}
    return replace(run, pages=tuple(replace(page, header=known[page.header]) for page in run.pages))


def _settled(header: Header, rows: Sequence[Row]) -> Header:
    units = {right.index: _unit_of(right, header) for left, right in _twins(header) if _holds_words(rows, left, right)}
    if not units:
        return header
    return replace(header, columns=tuple(units.get(column.index, column) for column in header.columns))


def _twins(header: Header) -> Iterator[tuple[Column, Column]]:
    """Neighbouring columns of targets with one and the same heading."""
    for left, right in pairwise(header.columns):
        is_same = (left.part, left.title, left.label, left.group) == (right.part, right.title, right.label, right.group)
        if is_same and left.part in _TARGETS and right.index == left.index + 1:
            yield left, right


def _holds_words(rows: Sequence[Row], left: Column, right: Column) -> bool:
    """Whether figures stand in the left column and only words, if anything, in the right one."""
    beside = [text for row in rows if (text := text_at(row, right))]
    return any(is_figure(text_at(row, left)) for row in rows) and not any(map(is_figure, beside))


def _unit_of(column: Column, header: Header) -> Column:
    has_unit = any(each.part is Part.UNIT and each.group == column.group for each in header.columns)
    part = Part.UNIT if column.part is Part.ANNUAL and not has_unit else Part.OTHER
    return replace(column, part=part, label=None, year=None)
