"""A heading in which a scan put a period over the wrong column."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from bot.documents.plan_reading.headings.header_types import Column, Part


def mended(columns: tuple[Column, ...]) -> tuple[tuple[Column, ...], bool]:
    """The columns with each run of periods whole again, where a run lost its last period to the beginning of the next.

    A scan reads `TW I, TW II, TW III | TW IV, TW I, TW II, TW III, TW IV`: one column too few on the left, and the
    names between one to the left of where the first rows of their page were printed.
    """
    runs = _runs(columns)
    for left, right in pairwise(runs):
        if _lost_last(left, right):
            return _put_back(columns, left, right), True
    return columns, False


def _runs(columns: Sequence[Column]) -> list[list[Column]]:
    runs: list[list[Column]] = []
    for column in columns:
        if column.part is not Part.PERIOD:
            continue
        if runs and runs[-1][-1].index == column.index - 1:
            runs[-1].append(column)
        else:
            runs.append([column])
    return runs


def _numbers(run: Sequence[Column]) -> list[int]:
    return [column.label.number for column in run if column.label is not None]


def _lost_last(left: Sequence[Column], right: Sequence[Column]) -> bool:
    stray, *whole = _numbers(right)
    is_whole = len(whole) > 1 and whole == list(range(1, len(whole) + 1))
    return is_whole and _numbers(left) == whole[:-1] and stray == whole[-1]


def _put_back(columns: tuple[Column, ...], left: Sequence[Column], right: Sequence[Column]) -> tuple[Column, ...]:
    labels = [column.label for column in right[1:]]
    by_index = {column.index: column for column in columns}
    for column, label in zip(right, labels, strict=False):
        by_index[column.index] = replace(column, label=label)
    by_index[right[-1].index] = replace(right[-1], part=Part.OTHER, label=None)
    lost = left[-1].index + 1
    pushed = by_index.get(lost)
    by_index[lost] = replace(left[-1], index=lost, label=labels[-1])
    if pushed is not None and pushed.part is Part.NAME:
        by_index[lost + 1] = replace(pushed, index=lost + 1)
    return tuple(by_index[index] for index in sorted(by_index))
