"""Rows that a plan prints twice: the same indicator under the tujuan and under the sasaran, or in two tables."""

from collections.abc import Mapping, Sequence

from rapidfuzz import fuzz

from bot.documents.plan_reading.judged.codes import plain
from bot.documents.plan_reading.printed import PrintedIndicator

_ALIKE = 94
"""From how alike, out of 100, two names of the same rung are one name with a slip in it."""


def repeats(indicators: Sequence[PrintedIndicator], identities: Sequence[tuple[str, ...]]) -> Mapping[int, int]:
    """For each row that looks like an earlier one the place of that one, both from 0.

    Rows are alike that have the same rung, the same names from the program down and, but for a slip of the pen, the
    same name of their own, or none and the same cells.
    """
    found: dict[int, int] = {}
    earlier: dict[tuple[str, ...], list[int]] = {}
    for at, (one, who) in enumerate(zip(indicators, identities, strict=True)):
        *rungs, name = who
        if not name and not any(rungs[1:]):
            continue
        group = earlier.setdefault(tuple(rungs), [])
        first = next((place for place in group if _alike(indicators[place], one)), None)
        if first is None:
            group.append(at)
        else:
            found[at] = first
    return found


def _alike(first: PrintedIndicator, second: PrintedIndicator) -> bool:
    names = plain(first.name), plain(second.name)
    if not all(names):
        return _texts(first) == _texts(second) and first.has_targets == second.has_targets
    if names[0] == names[1]:
        return True
    return fuzz.ratio(*names) >= _ALIKE and not _differ_in_numbers(*names) and _texts(first) == _texts(second)


def _differ_in_numbers(first: str, second: str) -> bool:
    """Whether one says "roda 2" and the other "roda 4", which is more than a slip."""
    return [word for word in first.split() if word.isdecimal()] != [word for word in second.split() if word.isdecimal()]


def _texts(one: PrintedIndicator) -> tuple[str, ...]:
    cells = (one.targets.get(period) for period in one.periods)
    return tuple("" if cell is None else "".join(cell.text.casefold().split()).strip("-") for cell in cells)


def same_cells(first: PrintedIndicator, second: PrintedIndicator) -> bool:
    """Whether two rows print the same targets."""
    return _texts(first) == _texts(second)
