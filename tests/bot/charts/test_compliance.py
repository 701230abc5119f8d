"""The table of who reported when."""

from dataclasses import replace

import pytest

from bot.charts.canvas import HEIGHT, WIDTH
from bot.charts.compliance import compose_compliance, draw_compliance
from domain.scales import AMBER, GREEN
from domain.summary import PostCompliance, Punctuality
from tests.bot.charts.pixels import colours, opened, the_box, words
from tests.bot.charts.summaries import FOOTER, POSTS, compliance


def test_pages_are_small_palette_pictures() -> None:
    for png in draw_compliance(compliance(30), FOOTER):
        picture = opened(png)
        assert (picture.size, picture.mode) == ((WIDTH, HEIGHT), "P") and len(png) < 60_000


@pytest.mark.parametrize(("posts", "periods"), [(0, 12), (1, 12), (12, 12), (12, 4), (40, 12), (40, 4)])
def test_nothing_overlaps_and_nothing_is_cut(posts: int, periods: int) -> None:
    for page in compose_compliance(compliance(posts, periods), FOOTER):
        assert page.faults() == ()


def test_every_post_has_its_row() -> None:
    shown = " ".join(line for page in compose_compliance(compliance(12, 4), FOOTER) for line in words(page))
    assert all(post.split()[0] in shown for post in POSTS)
    assert len([word for word in shown.split() if word == "Kasubbag"]) == 2


def test_says_how_many_were_in_time_of_those_that_fell_due() -> None:
    table = compliance(5, 12, due=5)
    assert "10 dari 20 laporan tepat waktu" in words(compose_compliance(table, FOOTER)[0])


def test_nothing_due_yet_is_told() -> None:
    assert "Belum ada laporan yang jatuh tempo." in words(compose_compliance(compliance(5, due=0), FOOTER)[0])


def test_every_sign_has_its_word_beside() -> None:
    assert {mark.value for mark in Punctuality} <= set(words(compose_compliance(compliance(1), FOOTER)[0]))


@pytest.mark.parametrize(
    ("mark", "present"),
    [
        (Punctuality.ON_TIME, {GREEN}),
        (Punctuality.LATE, {AMBER}),
        (Punctuality.MISSING, set[str]()),
        (Punctuality.NO_TARGET, set[str]()),
        (Punctuality.OPEN, set[str]()),
    ],
)
def test_only_what_is_in_has_a_colour(mark: Punctuality, present: set[str]) -> None:
    table = replace(compliance(1), posts=(PostCompliance("Bendahara", (mark,) * 12),))
    (page,) = compose_compliance(table, FOOTER)
    row = the_box(page, "Bendahara")
    shown = set(colours(page.png(), (row.right + 20, row.top - 4, WIDTH, row.bottom + 4)))
    assert shown & {GREEN, AMBER} == present


def test_quarters_are_named_and_months_have_their_first_letter() -> None:
    assert "TW III" in words(compose_compliance(compliance(1, 4), FOOTER)[0])
    letters = [line for line in words(compose_compliance(compliance(1, 12), FOOTER)[0]) if len(line) == 1]
    assert "".join(letters) == "JFMAMJJASOND"


def test_table_with_a_mark_too_few_is_refused() -> None:
    with pytest.raises(ValueError, match="11 marks for 12 periods"):
        replace(compliance(1), posts=(PostCompliance("Bendahara", (Punctuality.OPEN,) * 11),))
