"""What a new version of a plan changes for whom: compared indicator by indicator, by code."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from domain.plan import IndicatorRow


class Part(StrEnum):
    """What of an indicator changed, in the order in which it is told."""

    TARGETS = "targets"
    """Those of its periods, or of the year."""
    MODE = "mode"
    NAME = "name"
    UNIT = "unit"


@dataclass(frozen=True)
class ChangedIndicator:
    """An indicator that both versions have, as the new one calls it."""

    name: str
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class PostChanges:
    """What changes for one post, by its title; None for indicators of which nobody knows yet whose they are.

    `indicators` is how many it reports in the new version. One that goes to another post is `gone` here and `added`
    there; one of which it is asked whose it is stands with those that nobody has yet, and is gone from no post.
    """

    post: str | None
    indicators: int
    added: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    changed: tuple[ChangedIndicator, ...] = ()

    @property
    def anything(self) -> bool:
        return bool(self.added or self.gone or self.changed)


def plan_changes(before: Iterable[IndicatorRow], after: Iterable[IndicatorRow]) -> tuple[PostChanges, ...]:
    """One entry for every post that has indicators in either version, in the order of the new one.

    Rows that only explain are left out.
    """
    old = {row.code: row for row in before if not row.context}
    new = {row.code: row for row in after if not row.context}
    posts = dict.fromkeys([*(row.post for row in new.values()), *(row.post for row in old.values())])
    return tuple(_of_post(post, old, new) for post in sorted(posts, key=lambda post: post is None))


def _of_post(post: str | None, old: dict[str, IndicatorRow], new: dict[str, IndicatorRow]) -> PostChanges:
    were = {code: row for code, row in old.items() if row.post == post}
    are = {code: row for code, row in new.items() if row.post == post}
    compared = [(row, _parts(were[code], row)) for code, row in are.items() if code in were]
    return PostChanges(
        post,
        len(are),
        tuple(_name(row) for code, row in are.items() if code not in were),
        tuple(_name(row) for code, row in were.items() if code not in are and not _is_open(new.get(code))),
        tuple(ChangedIndicator(_name(row), parts) for row, parts in compared if parts),
    )


def _is_open(row: IndicatorRow | None) -> bool:
    """Whether an indicator is still there, and only its owner is asked."""
    return row is not None and row.post is None


def _parts(before: IndicatorRow, after: IndicatorRow) -> tuple[Part, ...]:
    differs = {
        Part.TARGETS: (before.targets, before.annual_target) != (after.targets, after.annual_target),
        Part.MODE: before.mode != after.mode,
        Part.NAME: before.name != after.name,
        Part.UNIT: before.unit != after.unit,
    }
    return tuple(part for part, is_so in differs.items() if is_so)


def _name(row: IndicatorRow) -> str:
    return row.name or row.code
