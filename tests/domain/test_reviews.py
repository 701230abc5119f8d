"""Who may return what a post reports: the line above it and the admin, nobody their own."""

import pytest

from domain.plan import Role
from domain.reviews import reviewing_post
from domain.roles import OrgPost

CAMAT, SEKCAM, KASUBBAG, KASI, STAFF = 1, 2, 3, 4, 5
POSTS = {
    post.id: post
    for post in (
        OrgPost(CAMAT, "Camat", Role.CAMAT, None),
        OrgPost(SEKCAM, "Sekretaris Kecamatan", Role.SEKRETARIS, CAMAT),
        OrgPost(KASUBBAG, "Kasubbag Perencanaan", Role.KASUBBAG, SEKCAM),
        OrgPost(KASI, "Kasi Pemerintahan", Role.KASI, CAMAT),
        OrgPost(STAFF, "Pengelola Gaji", Role.PELAKSANA, KASUBBAG),
    )
}


@pytest.mark.parametrize(
    ("post", "held", "expected"),
    [
        (KASI, [KASUBBAG], KASUBBAG),  # the admin, though not above
        (KASI, [CAMAT], CAMAT),
        (KASI, [SEKCAM], None),
        (STAFF, [KASUBBAG], KASUBBAG),
        (STAFF, [CAMAT], CAMAT),
        (STAFF, [CAMAT, SEKCAM], SEKCAM),  # the nearest
        (KASUBBAG, [KASUBBAG], None),  # their own
        (KASUBBAG, [SEKCAM], SEKCAM),
        (KASI, [KASI, CAMAT], None),  # their own, in whatever other post
        (KASUBBAG, [STAFF], None),
        (CAMAT, [KASUBBAG], KASUBBAG),
        (CAMAT, [SEKCAM], None),
        (KASI, [], None),
    ],
)
def test_who_returns_as_what(post: int, held: list[int], expected: int | None) -> None:
    assert reviewing_post(post, held, {KASUBBAG} & set(held), POSTS) == expected
