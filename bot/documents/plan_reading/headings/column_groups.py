"""Which columns of a heading belong together, each set with its own name, indicator and targets."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from bot.documents.plan_reading.headings.header_types import Column, Part
from bot.documents.plan_reading.headings.heading_words import Word, read_words


def with_values(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """The columns with a target right of a period label told as the target of that period."""
    found = list(columns)
    for left, right in pairwise(range(len(found))):
        if found[left].part is Part.PERIOD_LABEL and _is_beside_label(found[right]):
            found[right] = replace(found[right], part=Part.PERIOD_VALUE, year=None)
    return tuple(found)


def _is_beside_label(column: Column) -> bool:
    """Whether a column right of a period label holds its targets: `Target`, or `Target Bulan` beside `Bulan`."""
    says_target = column.part is Part.PERIOD_LABEL and read_words(column.title).says(Word.TARGET)
    return column.part is Part.ANNUAL or says_target


_AFTER_NAMES = frozenset({Part.INDICATOR, Part.UNIT, Part.ANNUAL, Part.PERIOD, Part.PERIOD_LABEL, Part.PERIOD_VALUE})


def grouped(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """The columns with their groups: a new one begins with a name after the figures of another, and with an indicator
    after targets."""
    found: list[Column] = []
    group, seen = 0, set[Part]()
    for column in columns:
        if _starts_group(column.part, seen):
            group, seen = group + 1, set[Part]()
        seen.add(column.part)
        found.append(replace(column, group=group))
    return _reunited(found)


_TARGETS = frozenset({Part.ANNUAL, Part.PERIOD, Part.PERIOD_VALUE})


def _reunited(columns: Sequence[Column]) -> tuple[Column, ...]:
    """The columns with targets that no indicator stands before put beside the one indicator of a plan whose columns
    somebody moved about: where its names stand right of it, or the targets have no names of their own."""
    parts: dict[int, set[Part]] = {}
    for column in columns:
        parts.setdefault(column.group, set()).add(column.part)
    strays = {group for group, held in parts.items() if held & _TARGETS and Part.INDICATOR not in held}
    are_named = any(Part.NAME in parts[group] for group in strays)
    homes = [group for group, held in parts.items() if Part.INDICATOR in held and not (are_named and Part.NAME in held)]
    if len(homes) != 1 or not strays or _would_repeat(columns, {*homes, *strays}):
        return tuple(columns)
    return tuple(replace(each, group=homes[0]) if each.group in strays else each for each in columns)


def _would_repeat(columns: Sequence[Column], groups: set[int]) -> bool:
    """Whether these groups have a period twice, so that they cannot be one."""
    labels = [each.label for each in columns if each.group in groups and each.label is not None]
    return len(set(labels)) < len(labels)


def _starts_group(part: Part, seen: set[Part]) -> bool:
    targets = {Part.ANNUAL, Part.PERIOD, Part.PERIOD_VALUE}
    if part is Part.NAME:
        return bool(seen & _AFTER_NAMES)
    return part is Part.INDICATOR and (Part.INDICATOR in seen or bool(seen & targets))
