"""Who reports for another's post: who may enter its figures, and whose figures another post fills in (domain.md 7)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from domain.plan import Role
from domain.roles import OrgPost, below


class Basis(StrEnum):
    """How somebody who enters a figure for another knew it."""

    PHONE = "telepon"
    LETTER = "surat"
    GROUP = "grup"


@dataclass(frozen=True)
class ReportingRule:
    """Who reports for others, as an office sets it.

    `operators` are the titles of the posts that may enter figures for every post; with `head_by_planner` the figures of
    the camat's own post are filled in by the admin's post (Kasubbag Perencanaan) without being asked each time.
    """

    operators: tuple[str, ...] = ()
    head_by_planner: bool = True


def entered_for(
    held: Collection[int], posts: Mapping[int, OrgPost], rule: ReportingRule, *, is_admin: bool
) -> frozenset[int]:
    """The posts, by their ids, for which the holder of some posts may enter figures: the admin and an operator for
    every other one, a superior for those below."""
    if is_admin or any(posts[post_id].title in rule.operators for post_id in held):
        return frozenset(posts) - frozenset(held)
    under = frozenset(one for post_id in held for one in below(posts.values(), post_id))
    return under - frozenset(held)


def fillers(posts: Mapping[int, OrgPost], admin_posts: Sequence[int], rule: ReportingRule) -> Mapping[int, int]:
    """Which post fills in the figures of which other one: that of the camat by the first admin's, where there is one
    and the office wants it so."""
    planner = next((one for one in admin_posts if posts[one].role is not Role.CAMAT), None)
    if planner is None or not rule.head_by_planner:
        return {}
    return {one.id: planner for one in posts.values() if one.role is Role.CAMAT}
