"""Every form of the five sample offices, in every file it is had as."""

import io
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from openpyxl import load_workbook

from bot.documents.forms.catalogue import LAYOUTS, paper_of, rendered, stamp_of
from bot.documents.forms.paper import Paper
from bot.documents.office_workbook import read_workbook
from bot.holiday_dates import NationalAlmanac
from bot.sample_plans import SAMPLES, sample_path
from domain.periods import Period
from domain.plan import OfficePlan
from handlers.form_files import FORM_FILES
from storage.desk import Desk
from storage.engine import open_engine, writing
from storage.form_book import FORMS, FormBook, NoForm
from storage.migrate import upgrade
from storage.plans import apply_plan
from storage.snapshots import StoredSnapshot, load
from tests.bot.documents.forms.arithmetic import computed

ALWAYS = "kubutambahan-2022"
"""The office whose forms are rendered in every run."""
SAMPLED = [name if name == ALWAYS else pytest.param(name, marks=pytest.mark.sampled) for name in SAMPLES]
BEGINS = {
    "pdf": b"%PDF-",
    "xlsx": b"PK",
    "docx": b"PK",
    "csv": b"\xef\xbb\xbf",
}  # fmt: skip


@cache
def plan_of(name: str) -> OfficePlan:
    plan = read_workbook(sample_path(name))
    assert isinstance(plan, OfficePlan)
    return plan


@pytest.fixture(scope="module", params=SAMPLED)
def papers(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Paper]:
    """The forms of a sample office, as of the end of April."""
    folder: Path = tmp_path_factory.mktemp("forms")
    engine = open_engine(f"sqlite:///{folder / 'renaksi.db'}")
    upgrade(engine)
    plan = plan_of(request.param)
    now = datetime(plan.year, 4, 29, 2, tzinfo=UTC)
    with writing(engine) as connection:
        desk = Desk(connection, apply_plan(connection, plan, now).office_id, now, NationalAlmanac())
        made = {one.kind: paper_of(one, plan.zone) for one in _kept(desk, plan.year)}
    engine.dispose()
    return made


def _kept(desk: Desk, year: int) -> Iterator[StoredSnapshot]:
    """Each form of the first period of the length it is usually made for."""
    for name, form in FORMS.items():
        number = FormBook(desk).make(name, Period(year, form.periods[0], 1))
        if not isinstance(number, NoForm):
            yield load(desk.connection, number)


def test_every_form_has_a_layout_and_files() -> None:
    assert set(LAYOUTS) == set(FORM_FILES) == set(FORMS)


def test_every_form_is_had_in_all_its_files(papers: dict[str, Paper]) -> None:
    assert {paper.name for paper in papers.values()} >= {"renaksi", "renja", "tc29", "data"}
    for paper in papers.values():
        for ending in FORM_FILES[paper.name]:
            assert rendered(paper, ending).startswith(BEGINS[ending])


def test_every_formula_of_every_form_gives_the_number_that_stands_there(papers: dict[str, Paper]) -> None:
    for name, paper in papers.items():
        data = rendered(paper, "xlsx")
        [formulas], [values] = (load_workbook(io.BytesIO(data), data_only=only).worksheets for only in (False, True))
        for cell in (cell for row in formulas.iter_rows() for cell in row if cell.data_type == "f"):
            shown = Decimal(str(values[cell.coordinate].value))
            assert abs(computed(str(cell.value), values) - shown) < Decimal("0.005"), (name, cell.coordinate)


def test_a_stamp_says_by_what_the_figures_are_found() -> None:
    made_at = datetime(2022, 4, 6, 1, tzinfo=UTC)
    snapshot = StoredSnapshot(123, 1, "form:data", "2022-03", {}, made_at, hash="a1b2c3d4e5f6")
    stamp = stamp_of(snapshot, "Asia/Makassar")
    assert (stamp.number, stamp.seal, stamp.made) == (123, "A1B2 C3D4", "6 April 2022 09.00 WITA")
