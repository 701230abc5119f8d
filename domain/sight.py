"""Whose figures a person may see: by their posts and the office's tree (domain.md 7)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from domain.roles import OVERSEERS, OrgPost, below, leads_section, section_names


@dataclass(frozen=True)
class Sight:
    """What somebody may see: the `office` as a whole, the `sections` by name in the office's order, and the indicators
    of `posts` by their ids."""

    office: bool
    sections: tuple[str, ...]
    posts: frozenset[int]


def sight(held: Collection[int], *, is_admin: bool, posts: Mapping[int, OrgPost]) -> Sight:
    """What the holder of these posts may see, by their ids.

    The camat, the sekretaris and the admin see the office; who leads a section sees it; everybody sees the indicators
    of their own posts and of those below them.
    """
    names = section_names(posts.values())
    if is_admin or any(posts[post_id].role in OVERSEERS for post_id in held):
        return Sight(True, tuple(dict.fromkeys(names.values())), frozenset(posts))
    led = {names[post_id] for post_id in held if leads_section(post_id, posts)}
    return Sight(
        office=False,
        sections=tuple(name for name in dict.fromkeys(names.values()) if name in led),
        posts=frozenset(held).union(*(below(posts.values(), post_id) for post_id in held)),
    )
