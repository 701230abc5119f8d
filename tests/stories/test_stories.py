"""Five offices through one closing each, told as people live it: tests/stories/*.txt against tests/golden/*.md."""

from collections import Counter
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from domain.summary import Coverage, OfficeSummary
from handlers.texts.reminder import REPORT_NOW
from storage import snapshots
from storage.engine import open_engine, reading
from storage.figures_json import from_json
from tests.samples.sample_plans import workbook
from tests.stories.golden import Golden, Mean, Row, capaian, mean, number, percent, read_golden, spelled, worked_out
from tests.stories.office import Office, open_office, told
from tests.stories.script import Moved, Said, Story, read_story

HERE = Path(__file__).parent
STORIES = sorted(path.stem for path in HERE.glob("*.txt"))
STORED = Fraction(1, 100_000)
"""How far a stored percentage may lie from the exact one: capaian is kept in millionths."""

WHO_IS_LATE = "Yang belum lapor:"
"""How a superior is told of posts below."""

plans = pytest.mark.parametrize("plan", STORIES)
ALWAYS = "kubutambahan-2022"
"""Whose story is told in every run."""
sampled_plans = pytest.mark.parametrize(
    "plan", [plan if plan == ALWAYS else pytest.param(plan, marks=pytest.mark.sampled) for plan in STORIES]
)


def story_of(plan: str) -> Story:
    return read_story(HERE / f"{plan}.txt")


def golden_of(plan: str) -> Golden:
    return read_golden(HERE.parent / "golden" / f"{plan}.md")


# --- the story --------------------------------------------------------------------------------------------------


@sampled_plans
async def test_the_story_goes_as_told_and_its_last_summary_equals_the_table_worked_out_by_hand(
    plan: str, tmp_path: Path
) -> None:
    story = story_of(plan)
    assert story.plan == plan
    async with open_office(plan, tmp_path) as office:
        pictures = [await play(step, office) for step in story.steps]
        figures = stored_summary(tmp_path, pictures[-1])
    assert_equal(figures, golden_of(plan), plan)


async def play(step: Said | Moved, office: Office) -> int | None:
    """One step; returns the snapshot of the summary that it brought, if any."""
    if isinstance(step, Moved):
        return await pass_time(step, office)
    answer = await office.ask(step.post, step.words, step.label)
    absent = [text for text in step.expected if text not in answer]
    assert not absent, f"line {step.line}: {step.post} said {step.words!r}, {absent} not in:\n{answer}"
    return None


async def pass_time(step: Moved, office: Office) -> int | None:
    came = await office.move_clock(step.to)
    assert told(came, "notice", f"[{REPORT_NOW}]") == Counter(step.reminded), f"line {step.line}: reminded"
    assert told(came, "notice", WHO_IS_LATE) == Counter(step.told), f"line {step.line}: told of posts below"
    assert told(came, "chart") == Counter(step.summarised), f"line {step.line}: summary"
    charts = [bubble for bubbles in came.values() for bubble in bubbles if bubble["kind"] == "chart"]
    return await office.snapshot_of(charts[-1]) if charts else None


def stored_summary(folder: Path, number: int | None) -> OfficeSummary:
    """The figures behind a picture: the one thing that no phone shows whole."""
    assert number is not None, "the story does not end with a summary"
    engine = open_engine(f"sqlite:///{folder / 'demo.sqlite3'}")
    with reading(engine) as connection:
        figures = snapshots.load(connection, number).figures
    engine.dispose()
    return from_json(OfficeSummary, figures)


# --- the table --------------------------------------------------------------------------------------------------


def assert_equal(found: OfficeSummary, golden: Golden, plan: str) -> None:
    """Every number of the snapshot against its place in the table."""
    office = golden.office
    assert (found.period, found.closed_period) == (office["Periode berjalan"], office["Capaian s/d"])
    assert found.posts_due == int(office["Jabatan yang ditunggu"])
    assert found.posts_reported == int(office["Jabatan yang sudah lapor"])
    assert list(found.missing_posts) == golden.missing
    assert found.coverage == coverage(office, "Indikator bertarget s/d", "Tanpa target s/d")
    assert_mean(found.mean, mean(golden.indicators))
    assert (found.predicate or "-") == office["Predikat"]
    assert [section.name for section in found.sections] == [row["Seksi"] for row in golden.sections]
    for section, row in zip(found.sections, golden.sections, strict=True):
        assert section.coverage == coverage(row, "Bertarget", "Tanpa target"), section.name
        assert_mean(section.mean, mean(golden.of_section(section.name)))
        assert ((section.predicate or "-"), section.change) == (row["Predikat"], None), section.name
    assert_behind(found, golden)
    # The period is new, so that nothing of last week can be compared; part of the figures is invented.
    assert (found.change, found.posts_reported_before) == (None, None)
    assert found.provisional
    assert found.sample
    assert found.office == f"Kecamatan {workbook(plan).office}"


def coverage(row: Row, due: str, without: str) -> Coverage:
    """Nobody verifies anything in these stories."""
    return Coverage(int(row[due]), int(row["Sudah lapor"]), int(row["Dihitung"]), int(row[without]), verified=0)


def assert_mean(found: Decimal | None, expected: Mean) -> None:
    assert (found is None) == (expected.value is None)
    if found is not None and expected.value is not None:
        assert abs(Fraction(found) - expected.value) < STORED


def assert_behind(found: OfficeSummary, golden: Golden) -> None:
    rows = {row["Kode"]: row for row in golden.indicators}
    expected = [(row["Indikator"], rows[row["Kode"]]) for row in golden.behind]
    for one, (name, row) in zip(found.behind, expected, strict=True):
        assert (one.name, one.unit or "-", one.section) == (name, row["Satuan"], row["Seksi"])
        assert (one.target, one.realisation) == (number(row["Target s/d"]), number(row["Realisasi s/d"]))
        assert abs(Fraction(one.capaian) - worked_out(row["Hitungan"])) < STORED


@plans
def test_the_table_is_right_in_itself(plan: str) -> None:
    golden = golden_of(plan)
    for row in golden.indicators:
        value = capaian(row)
        if value is not None:
            assert worked_out(row["Hitungan"]) == value, row["Kode"]
            assert row["Hitungan"].endswith(f"= {percent(value)} %"), row["Kode"]
            assert row["Dihitung"] == percent(min(value, Fraction(100))), row["Kode"]
    assert golden.office["Rata-rata"] == spelled(mean(golden.indicators))
    for row in golden.sections:
        rows = golden.of_section(row["Seksi"])
        assert row["Rata-rata"] == spelled(mean(rows)), row["Seksi"]
        assert (int(row["Bertarget"]), int(row["Dihitung"])) == (len(rows), mean(rows).counted), row["Seksi"]


# --- what every story must hold ---------------------------------------------------------------------------------


def test_every_plan_has_its_story() -> None:
    assert sorted(path.stem for path in (HERE.parent.parent / "samples").glob("*.xlsx")) == STORIES


@plans
def test_a_story_has_four_posts_at_three_levels_and_every_kind_of_answer(plan: str) -> None:
    spoken = [step for step in story_of(plan).steps if isinstance(step, Said)]
    sending = {step.post for step in spoken if step.words.startswith("(Kirim")}
    roles = {post.title: post.role for post in workbook(plan).posts}
    assert len(sending) >= 4
    assert len({roles[post] for post in sending}) >= 3
    words = " ".join(step.words for step in spoken)
    assert "nihil" in words
    assert "belum" in words
    assert "pertanyaan" in words
    if any(indicator.targets for indicator in workbook(plan).indicators):  # an annual target alone is never late
        assert any("susulan" in text.lower() for step in spoken for text in step.expected)


@plans
def test_the_table_counts_every_mode_of_the_plan(plan: str) -> None:
    planned = {one.mode for one in workbook(plan).indicators if one.mode}
    assert planned <= {row["Cara"] for row in golden_of(plan).indicators if row["Dihitung"] != "-"}
