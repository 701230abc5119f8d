"""Verified and provisional figures in the pictures: signs that differ in shape, and the words that explain them."""

from dataclasses import replace

import pytest

from bot.charts.budget import compose_budget
from bot.charts.canvas import INK, WHITE, Marks, Page
from bot.charts.compliance import compose_compliance
from bot.charts.indicator import compose_indicator
from bot.charts.overview import compose_overview
from bot.charts.proof import draw_proof
from bot.charts.section import compose_section
from bot.charts.years import compose_years
from domain.modes import Mode
from domain.summary import Coverage, Proof
from tests.bot.charts.pixels import colours, words
from tests.bot.charts.summaries import (
    BUDGET,
    FOOTER,
    ROWS,
    checked_comparison,
    checked_compliance,
    checked_detail,
    checked_office,
    checked_year,
    comparison,
    compliance,
    detail,
    office,
    section,
    spending,
    summary,
    year,
)

LEGEND = {proof.value for proof in Proof}
MONTHS = ("1",) * 12


def share_of_ink(proof: Proof) -> float:
    """How much of the square round a sign is dark."""
    page = Page("Kecamatan", "Tanda", FOOTER, Marks(provisional=True, sample=False))
    draw_proof(page, 500, 500, proof)
    found = colours(page.png(), (489, 489, 511, 511))
    return found[INK] / (found[INK] + found[WHITE])


def test_the_signs_differ_by_how_much_of_them_is_filled() -> None:
    """In grey, too: there is no colour in them."""
    whole, half, ring = (share_of_ink(proof) for proof in (Proof.ALL, Proof.PART, Proof.NONE))
    assert whole > half + 0.1 > ring + 0.2 > 0.4


@pytest.mark.parametrize(
    ("coverage", "proof"),
    [
        (Coverage(9, 9, 9), None),
        (Coverage(9, 0, 0, verified=0), None),
        (Coverage(9, 9, 9, verified=0), Proof.NONE),
        (Coverage(9, 9, 9, verified=8), Proof.PART),
        (Coverage(9, 8, 8, verified=8), Proof.PART),
        (Coverage(9, 9, 9, verified=9), Proof.ALL),
    ],
)
def test_a_mean_is_verified_when_nothing_is_missing_and_everything_is_verified(
    coverage: Coverage, proof: Proof | None
) -> None:
    assert coverage.proof == proof


PAGES = {
    "overview": (compose_overview(checked_office(office(6), 9, 4, 0, 3, 0, 9), FOOTER), LEGEND),
    "section": (compose_section(checked_detail(detail(*ROWS), 0, 3), FOOTER)[0], LEGEND - {Proof.PART.value}),
    "indicator": (
        compose_indicator(checked_year(year(Mode.SUM, MONTHS, ("1", "0", "3", *(None,) * 9)), 0, 2), FOOTER),
        LEGEND - {Proof.PART.value},
    ),
    "years": (compose_years(checked_comparison(comparison(5)), FOOTER)[0], LEGEND - {Proof.NONE.value}),
}


@pytest.mark.parametrize("kind", PAGES)
def test_the_signs_of_a_picture_are_explained_and_nothing_overlaps(kind: str) -> None:
    page, legend = PAGES[kind]
    assert LEGEND & set(words(page)) == legend
    assert page.faults() == ()


def test_a_picture_from_before_verification_has_no_signs() -> None:
    pages = [compose_overview(office(6), FOOTER), *compose_section(detail(*ROWS), FOOTER)]
    pages += [*compose_years(comparison(5), FOOTER), *compose_compliance(compliance(9), FOOTER)]
    shown = {line for page in pages for line in words(page)}
    assert not shown & {"terverifikasi", "sebagian terverifikasi", "belum diverifikasi"}


def test_reports_that_are_not_verified_are_hollow_and_the_key_says_so() -> None:
    table = checked_compliance(compliance(9, due=5))
    (page,) = compose_compliance(table, FOOTER)
    assert "belum diverifikasi" in words(page)
    (solid,) = compose_compliance(compliance(9, due=5), FOOTER)
    assert page.png() != solid.png()


@pytest.mark.parametrize(
    ("marks", "full", "short"),
    [
        (Marks(True, True), "Sementara · Data contoh", "Sementara · Data contoh"),
        (Marks(True, False, "60%"), "Sementara, 60% terverifikasi", "60% terverifikasi"),
        (Marks(False, False), "Terverifikasi", "Terverifikasi"),
        (Marks(None, True), "Data contoh", "Data contoh"),
        (Marks(None, False), "", ""),
    ],
)
def test_the_foot_says_what_holds_for_the_whole_picture(marks: Marks, full: str, short: str) -> None:
    assert (marks.words, marks.short) == (full, short)


def test_the_foot_keeps_its_date_and_says_how_much_is_verified() -> None:
    page = compose_overview(checked_office(office(6), 9, 4, 0, 3, 0, 9), FOOTER)
    assert "29 Maret 2022 10.42 WITA" in words(page)
    assert "59% terverifikasi · Data contoh" in words(page)


def test_of_money_nothing_is_said() -> None:
    shown = words(compose_budget(spending(*BUDGET), FOOTER)[0])
    assert "Data contoh" in shown
    assert not [line for line in shown if line.startswith(("Sementara ·", "Terverifikasi"))]


# --- at their worst ---------------------------------------------------------------------------------------------------

ENDLESS = "W" * 200


@pytest.mark.parametrize("count", [1, 12, 15])
def test_the_largest_overview_has_room_for_its_signs(count: int) -> None:
    rows = [section(f"{ENDLESS}{at}", "1200" if at % 2 else "99.5", 60, 60 if at % 3 else 17) for at in range(count)]
    made = summary(*rows, posts=(25, 3), missing=(ENDLESS,) * 22, office=ENDLESS)
    page = compose_overview(checked_office(made, *(at % 4 * 5 for at in range(count))), FOOTER)
    assert page.faults() == ()


def test_the_largest_section_has_room_for_its_signs() -> None:
    rows = [replace(row, name=f"{ENDLESS} {at}") for at, row in enumerate(ROWS * 8)]
    pages = compose_section(checked_detail(replace(detail(*rows), office=ENDLESS, section=ENDLESS), 0, 3, 9), FOOTER)
    assert [page.faults() for page in pages] == [()] * len(pages)


@pytest.mark.parametrize("count", [1, 12])
def test_the_largest_comparison_has_room_for_its_signs(count: int) -> None:
    made = checked_comparison(comparison(count, office=ENDLESS))
    pages = compose_years(
        replace(made, sections=tuple(replace(pair, name=f"{ENDLESS} {at}") for at, pair in enumerate(made.sections))),
        FOOTER,
    )
    assert [page.faults() for page in pages] == [()] * len(pages)


@pytest.mark.parametrize("periods", [4, 12])
def test_the_largest_table_has_room_for_its_key(periods: int) -> None:
    table = checked_compliance(compliance(25, periods, due=periods))
    table = replace(table, office=ENDLESS, posts=tuple(replace(post, title=ENDLESS) for post in table.posts))
    pages = compose_compliance(table, FOOTER)
    assert [page.faults() for page in pages] == [()] * len(pages)
