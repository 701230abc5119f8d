"""Who sees and does what: roles, sections and the line of superiors (domain.md 7)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from domain.plan import Role

OVERSEERS = frozenset({Role.CAMAT, Role.SEKRETARIS})
"""Roles that see the figures of the whole office."""
HEAD_SECTION = "Camat"
"""Where the indicators of the head's own post are counted."""


@dataclass(frozen=True)
class OrgPost:
    """A post in the office's tree. `section` is its section's name where it leads one, else empty; `unit` the kelurahan
    that it belongs to, empty for the kecamatan itself."""

    id: int
    title: str
    role: Role
    superior_id: int | None
    section: str = ""
    unit: str = ""


def sections(posts: Iterable[OrgPost]) -> dict[int, str]:
    """The section of every post: that of the post directly below the camat under which it stands.

    A post above all sections, the camat's, has none and is left out. A section without a name of its own is called
    by the title of the post that leads it. A kelurahan is a section of its own, wherever its lurah stands.
    """
    by_id = {post.id: post for post in posts}
    return {
        post.id: post.unit or leader.section or leader.title
        for post in by_id.values()
        if (leader := _leader(post, by_id)) is not None
    }


def section_names(posts: Iterable[OrgPost]) -> dict[int, str]:
    """Where the indicators of every post are counted: its section, the head's own post as one of its own."""
    every = tuple(posts)
    named = sections(every)
    return {post.id: named.get(post.id, HEAD_SECTION) for post in every}


def leads_section(post_id: int, posts: Mapping[int, OrgPost]) -> bool:
    """Whether a post stands at the head of its section: directly below the camat, or the camat's own; of a kelurahan
    the post that has none of it above."""
    post = posts[post_id]
    if post.unit:
        superior = posts.get(post.superior_id) if post.superior_id is not None else None
        return superior is None or superior.unit != post.unit
    return post.role is Role.CAMAT or _leader(post, posts) is post


def _leader(post: OrgPost, by_id: Mapping[int, OrgPost]) -> OrgPost | None:
    """The post directly below the head; a line that runs in a circle ends after as many steps as there are posts."""
    for _step in by_id:
        superior = by_id.get(post.superior_id) if post.superior_id is not None else None
        if superior is None:
            return None if post.role is Role.CAMAT else post
        if superior.role is Role.CAMAT:
            return post
        post = superior
    return post


def above(posts: Mapping[int, OrgPost], post_id: int) -> tuple[int, ...]:
    """The ids of the posts in the line above one, the nearest first; a line that runs in a circle ends."""
    found: list[int] = []
    superior = posts[post_id].superior_id
    while superior is not None and superior != post_id and superior not in found:
        found.append(superior)
        superior = posts[superior].superior_id
    return tuple(found)


def below(posts: Iterable[OrgPost], post_id: int) -> frozenset[int]:
    """The ids of every post under one, at any depth."""
    children: dict[int, list[int]] = {}
    for post in posts:
        if post.superior_id is not None:
            children.setdefault(post.superior_id, []).append(post.id)
    found: set[int] = set()
    waiting = list(children.get(post_id, ()))
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting.extend(children.get(one, ()))
    return frozenset(found)
