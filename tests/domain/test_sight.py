"""Who may see what: a matrix of everybody in an office."""

import pytest

from domain.plan import Role
from domain.roles import OrgPost
from domain.sight import sight

POSTS = {
    post.id: post
    for post in (
        OrgPost(1, "Camat", Role.CAMAT, None),
        OrgPost(2, "Sekretaris Kecamatan", Role.SEKRETARIS, 1, "Sekretariat"),
        OrgPost(3, "Kasubbag Umum", Role.KASUBBAG, 2),
        OrgPost(4, "Bendahara", Role.PELAKSANA, 3),
        OrgPost(5, "Kasi Pemerintahan", Role.KASI, 1, "Seksi Pemerintahan"),
        OrgPost(6, "Pengadministrasi", Role.PELAKSANA, 5),
        OrgPost(7, "Kasi Kesra", Role.KASI, 1),
    )
}
EVERY = frozenset(POSTS)
ALL_SECTIONS = ("Camat", "Sekretariat", "Seksi Pemerintahan", "Kasi Kesra")


@pytest.mark.parametrize(
    ("held", "admin", "office", "sections", "posts"),
    [
        ({1}, False, True, ALL_SECTIONS, EVERY),
        ({2}, False, True, ALL_SECTIONS, EVERY),
        ({3}, True, True, ALL_SECTIONS, EVERY),
        ({3}, False, False, (), {3, 4}),
        ({4}, False, False, (), {4}),
        ({5}, False, False, ("Seksi Pemerintahan",), {5, 6}),
        ({6}, False, False, (), {6}),
        ({7}, False, False, ("Kasi Kesra",), {7}),
        ({5, 7}, False, False, ("Seksi Pemerintahan", "Kasi Kesra"), {5, 6, 7}),
        ({4, 6}, False, False, (), {4, 6}),
        ({2, 6}, False, True, ALL_SECTIONS, EVERY),
        (set[int](), False, False, (), set[int]()),
    ],
)
def test_who_sees_what(
    held: set[int], admin: bool, office: bool, sections: tuple[str, ...], posts: frozenset[int]
) -> None:
    found = sight(held, is_admin=admin, posts=POSTS)
    assert (found.office, found.sections, found.posts) == (office, sections, posts)
