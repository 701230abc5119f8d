"""Every picture at its worst: the smallest and the largest office, names without a blank, figures beyond a scale."""

from dataclasses import replace
from decimal import Decimal

import pytest

from bot.charts.budget import compose_budget
from bot.charts.canvas import Page
from bot.charts.compliance import compose_compliance
from bot.charts.indicator import compose_indicator
from bot.charts.overview import compose_overview
from bot.charts.section import compose_section
from bot.charts.years import compose_years
from domain.modes import Mode
from domain.scales import SCALES, ScaleKey, predicate
from domain.summary import Behind, IndicatorFigures
from handlers.picture_pages import budget_pages, compliance_pages, section_pages, years_pages
from tests.bot.charts.pixels import words
from tests.bot.charts.summaries import (
    FOOTER,
    budget_line,
    comparison,
    compliance,
    detail,
    figures,
    section,
    spending,
    summary,
    year,
)

pytestmark = pytest.mark.sampled

ENDLESS = "W" * 200
WORDY = "Persentase penyelesaian administrasi kependudukan " * 4
NAMES = (ENDLESS, WORDY, "Seksi", "x" * 90)
CAPAIAN = ("0", "130", "1200", "-50", "99.5", None)


def faults(*pages: Page) -> list[str]:
    return [fault for page in pages for fault in page.faults()]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("count", [1, 12, 15])
def test_overview(count: int, name: str) -> None:
    rows = [section(f"{name}{at}", CAPAIAN[at % 6], 60, 60 if at % 2 else 17) for at in range(count)]
    behind = tuple(
        Behind(name, ENDLESS, Decimal("9e12"), Decimal("-9e12"), Decimal(mean), name) for mean in ("-50", "1200", "0")
    )
    made = summary(*rows, posts=(25, 3), missing=(name,) * 22, behind=behind, office=name, mean="1200", change="-999")
    assert faults(compose_overview(made, FOOTER)) == []


@pytest.mark.parametrize("key", ScaleKey)
def test_every_scale_fits_and_is_the_one_that_is_drawn(key: ScaleKey) -> None:
    """The longest words of a scale stand beside the longest names of sections."""
    scale = SCALES[key]
    rows = [
        replace(section(WORDY, str(mean), 9, 9), predicate=rung.word)
        for mean in (20, 40, 60, 72, 80, 100, 130)
        if (rung := predicate(Decimal(mean), scale)) is not None
    ]
    page = compose_overview(replace(summary(*rows), scale=key), FOOTER)
    assert faults(page) == []
    assert {row.predicate for row in rows} <= set(words(page))


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("count", [1, 60])
def test_section(count: int, name: str) -> None:
    values = ("0", "3.9", "36", "-1.5", None, "9000000000000")
    rows = [figures(f"{name} {at}", ENDLESS if at % 2 else "%", "3", values[at % 6]) for at in range(count)]
    made = replace(detail(*rows, mean="1200"), office=name, section=name)
    pages = compose_section(made, FOOTER)
    assert faults(*pages) == []
    assert len(pages) == len(section_pages(rows))
    if len(pages) > 1:
        assert all(any(f"({at} dari {len(pages)})" in line for line in words(page)) for at, page in enumerate(pages, 1))


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("mode", Mode)
@pytest.mark.parametrize("periods", [4, 12])
def test_indicator(periods: int, mode: Mode, name: str) -> None:
    values = tuple((("0", "130", "1200", "-50", None, "9000000000000") * 2)[:periods])
    made = year(
        mode, ("1",) * periods, values, name=name, unit=name, annual="9000000000000", due=periods, revised=(0, 3)
    )
    assert faults(compose_indicator(replace(made, office=name, post=name), FOOTER)) == []


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("periods", [4, 12])
@pytest.mark.parametrize("posts", [1, 25])
def test_compliance(posts: int, periods: int, name: str) -> None:
    table = compliance(posts, periods, due=periods)
    table = replace(
        table, office=name, posts=tuple(replace(post, title=f"{name}{at}") for at, post in enumerate(table.posts))
    )
    pages = compose_compliance(table, FOOTER)
    assert faults(*pages) == []
    assert len(pages) == len(compliance_pages(table.posts))


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("count", [0, 1, 68])
def test_budget(count: int, name: str) -> None:
    spent = ("0", "9000000000000", None, "12350000", "-5")
    lines = [
        budget_line(
            str(at + 1), f"{name} {at}", None if at % 7 == 6 else "65000000", spent[at % 5], "100" if at % 2 else None
        )
        for at in range(count)
    ]
    made = replace(spending(*lines), office=name)
    pages = compose_budget(made, FOOTER)
    assert faults(*pages) == []
    assert len(pages) == len(budget_pages(made.lines))


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("count", [0, 1, 12])
def test_years(count: int, name: str) -> None:
    made = comparison(count, office=name)
    sections = tuple(replace(pair, name=f"{name} {at}") for at, pair in enumerate(made.sections))
    pages = compose_years(replace(made, sections=sections), FOOTER)
    assert faults(*pages) == []
    assert len(pages) == len(years_pages(sections))


def test_a_long_reason_without_capaian_leaves_its_row_whole() -> None:
    row = IndicatorFigures(ENDLESS, "kali", Decimal(0), Decimal(2), None, None, 1, 1, "tidak tercapai (target 0)")
    assert faults(*compose_section(detail(row), FOOTER)) == []
