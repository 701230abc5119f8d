"""Sections and lines of superiors: a secretariat, two sections, and trees that are broken."""

from domain.plan import Role
from domain.roles import OrgPost, above, below, leads_section, sections

CAMAT = OrgPost(1, "Camat", Role.CAMAT, None)
SEKRETARIS = OrgPost(2, "Sekretaris Kecamatan", Role.SEKRETARIS, 1, "Sekretariat")
KASUBBAG = OrgPost(3, "Kasubbag Perencanaan", Role.KASUBBAG, 2)
BENDAHARA = OrgPost(4, "Bendahara", Role.PELAKSANA, 3)
KASI = OrgPost(5, "Kasi Pemerintahan", Role.KASI, 1, "Seksi Pemerintahan")
UNNAMED = OrgPost(6, "Kasi Kesra", Role.KASI, 1)
OFFICE = (CAMAT, SEKRETARIS, KASUBBAG, BENDAHARA, KASI, UNNAMED)


def test_a_section_is_the_post_below_the_camat_with_everybody_under_it() -> None:
    assert sections(OFFICE) == {
        2: "Sekretariat",
        3: "Sekretariat",
        4: "Sekretariat",
        5: "Seksi Pemerintahan",
        6: "Kasi Kesra",
    }


def test_the_order_of_the_posts_does_not_matter() -> None:
    assert sections(tuple(reversed(OFFICE))) == sections(OFFICE)


def test_a_post_without_a_superior_leads_a_section_of_its_own() -> None:
    assert sections((CAMAT, OrgPost(7, "Lurah", Role.KASI, None))) == {7: "Lurah"}
    assert sections((CAMAT, OrgPost(7, "Lurah", Role.KASI, 99))) == {7: "Lurah"}


def test_a_line_that_runs_in_a_circle_ends() -> None:
    one, other = OrgPost(8, "Satu", Role.KASI, 9), OrgPost(9, "Dua", Role.KASI, 8)
    assert sections((CAMAT, one, other)).keys() == {8, 9}
    assert below((one, other), 8) == {8, 9}


def test_below_are_all_posts_at_any_depth() -> None:
    assert below(OFFICE, 1) == {2, 3, 4, 5, 6}
    assert below(OFFICE, 2) == {3, 4}
    assert below(OFFICE, 5) == frozenset()


def test_the_line_above_a_post_begins_with_the_nearest() -> None:
    posts = {post.id: post for post in OFFICE}
    assert above(posts, BENDAHARA.id) == (KASUBBAG.id, SEKRETARIS.id, CAMAT.id)
    assert above(posts, CAMAT.id) == ()


def test_a_line_above_that_runs_in_a_circle_ends() -> None:
    posts = {1: OrgPost(1, "A", Role.KASI, 2), 2: OrgPost(2, "B", Role.KASI, 3), 3: OrgPost(3, "C", Role.KASI, 2)}
    assert above(posts, 1) == (2, 3)
    assert above(posts, 2) == (3,)


def test_a_kelurahan_is_a_section_of_its_own_led_by_its_lurah() -> None:
    lurah = OrgPost(7, "Lurah Bulak", Role.KASI, 1, unit="Kelurahan Bulak")
    clerk = OrgPost(8, "Kasi Pemerintahan Kelurahan Bulak", Role.KASI, 7, unit="Kelurahan Bulak")
    under_secretary = OrgPost(9, "Lurah Baru", Role.KASI, 2, unit="Kelurahan Baru")
    posts = (*OFFICE, lurah, clerk, under_secretary)
    assert [sections(posts)[key] for key in (7, 8, 9, 5)] == [
        "Kelurahan Bulak", "Kelurahan Bulak", "Kelurahan Baru", "Seksi Pemerintahan",
    ]  # fmt: skip
    by_id = {post.id: post for post in posts}
    assert [leads_section(key, by_id) for key in (7, 8, 9)] == [True, False, True]
