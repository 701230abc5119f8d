"""The pictures of the five real plans: nothing overlaps or is cut, and all show the numbers of the office's summary."""

from collections.abc import Sequence
from datetime import date, time
from pathlib import Path
from shutil import copyfile

import pytest

from bot.charts.budget import compose_budget
from bot.charts.canvas import Page
from bot.charts.compliance import compose_compliance
from bot.charts.indicator import compose_indicator
from bot.charts.section import compose_section
from bot.charts.typography import printable
from bot.charts.wording import rupiah
from bot.documents.office_workbook import read_workbook
from bot.holiday_dates import NationalAlmanac
from bot.sample_plans import sample_path
from domain.budget import LineFigures
from domain.periods import Period
from domain.plan import OfficePlan
from domain.zones import instant
from handlers.picture_names import cut_names
from handlers.picture_pages import compliance_pages, section_pages
from storage.desk import Desk
from storage.engine import open_engine, writing
from storage.plans import apply_plan
from tests.bot.charts.pixels import words
from tests.bot.charts.summaries import FOOTER

EVERY = 7
"""Of a plan's indicators one in so many is drawn."""
MOMENTS = {
    "kubutambahan-2022": date(2022, 4, 6),
    "gumelar-2022": date(2022, 7, 11),
    "kemangkon-2022": date(2022, 4, 6),
    "randuagung-2024": date(2024, 7, 9),
    "sidayu-2020": date(2020, 4, 6),
}


def shortened(page: Page, names: Sequence[str]) -> set[str]:
    """Those of the names that do not stand in full in the picture."""
    shown = " ".join(words(page))
    return {" ".join(name.split()) for name in names if printable(name) not in shown}


def money_of(total: LineFigures) -> str:
    assert total.spent is not None and total.ceiling is not None
    return f"{rupiah(total.spent)} dari {rupiah(total.ceiling)}"


@pytest.mark.parametrize("name", MOMENTS)
def test_every_picture_is_sound_and_agrees_with_the_summary(name: str, sqlite_template: Path, tmp_path: Path) -> None:
    plan = read_workbook(sample_path(name))
    assert isinstance(plan, OfficePlan)
    engine = open_engine(f"sqlite:///{copyfile(sqlite_template, tmp_path / 'office.db')}")
    with writing(engine) as connection:
        loaded = apply_plan(connection, plan, instant(date(plan.year, 1, 3), time(8), plan.zone))
        desk = Desk(connection, loaded.office_id, instant(MOMENTS[name], time(9), plan.zone), NationalAlmanac())
        summary, book = desk.summary(), desk.pictures
        sections = [book.section(section) for section in book.sections]
        years = [book.indicator(duty) for duty in book.duties[::EVERY]]
        table, budget = book.compliance(), book.at(Period.month(plan.year, 2)).budget()
    engine.dispose()
    assert summary is not None and table is not None
    for line, detail in zip(summary.sections, sections, strict=True):
        assert detail is not None
        assert (detail.section, detail.mean, detail.predicate) == (line.name, line.mean, line.predicate)
        assert (detail.coverage.due, detail.coverage.reported) == (line.coverage.due, line.coverage.reported)
        pages = compose_section(detail, FOOTER)
        parts = section_pages(detail.indicators)
        assert len(pages) == len(parts)
        assert [fault for page in pages for fault in page.faults()] == []
        for page, part in zip(pages, parts, strict=True):
            assert shortened(page, [row.name for row in part]) <= set(cut_names([row.name for row in part]))
    assert (budget is not None) is bool(plan.budget)
    if budget is not None:
        pages = compose_budget(budget, FOOTER)
        assert [fault for page in pages for fault in page.faults()] == []
        assert money_of(budget.total) in words(pages[0])
    pages = compose_compliance(table, FOOTER)
    assert len(pages) == len(compliance_pages(table.posts))
    assert [
        fault for page in (*pages, *(compose_indicator(one, FOOTER) for one in years)) for fault in page.faults()
    ] == []
