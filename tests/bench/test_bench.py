"""The bench measures what it says, and its peers say what the product says."""

from pathlib import Path

import pytest

from bench import forms
from bench.measure import Reach, Row, medians, percentile
from bench.offices import LAST_MONTH, NOW, load, multiply, spread
from bench.parts import Measured
from bench.peers import openpyxl_form, section_sql
from bench.report import page
from bot.holiday_dates import NationalAlmanac
from domain.achievement import Cap
from domain.periods import Period
from storage import migrate, rollups
from storage.desk import Desk
from storage.engine import open_engine, reading, writing
from storage.figures import recount


def test_a_row_misses_only_above_what_is_to_be_reached() -> None:
    assert not Row("a", "b", ours=5, peer=10, unit="ms", reach=0.5).missed
    assert Row("a", "b", ours=6, peer=10, unit="ms", reach=0.5).missed
    assert not Row("a", "b", ours=60, peer=10, unit="ms").missed


def test_what_is_asked_for_may_also_be_the_least() -> None:
    assert not Row("a", "b", ours=20, peer=10, unit="/s", reach=Reach(2, ">=")).missed
    assert Row("a", "b", ours=19, peer=10, unit="/s", reach=Reach(2, ">=")).missed


def test_a_share_of_the_values_lies_below_its_percentile() -> None:
    assert percentile([5, 1, 4, 2, 3], 0.5) == 3
    assert percentile([float(number) for number in range(1000)], 0.99) == 990


def test_a_part_that_failed_is_a_miss_and_stands_on_the_page() -> None:
    missed = Measured("forms", (Row("form", "peer", ours=9, peer=10, unit="ms", reach=0.5),), 12)
    failed = Measured("figures", failure="ended with 1")
    assert (missed.misses, failed.misses) == (1, 1)
    told = page([missed, failed], long=False)
    assert "|form|peer|9.00 ms|10.00 ms||0.90|<= 0.5|miss|12 MiB|" in told
    assert "failed: ended with 1" in told


def test_both_sides_take_turns_and_the_first_round_does_not_count() -> None:
    seen: list[str] = []
    medians(lambda at: seen.append(f"ours {at}"), lambda at: seen.append(f"peer {at}"), rounds=2)
    assert seen == ["ours -1", "peer -1", "peer 0", "ours 0", "ours 1", "peer 1"]


def test_every_copy_of_the_office_has_the_numbers_of_the_first(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path / 'bench.db'}")
    migrate.upgrade(engine)
    with writing(engine) as connection:
        first = load(connection)
        multiply(connection, offices=3)
    with reading(engine) as connection:
        offices = spread(first, number=3, offices=3)
        summaries = [Desk(connection, office, NOW, NationalAlmanac()).summary() for office in offices]
        found = rollups.to_date(connection, offices, [Period.parse(LAST_MONTH)])
        ours = {
            (office, cell.post_id): (one.judged_to_date, one.mean_to_date(Cap.AT_100)) for office, cell, one in found
        }
        theirs = section_sql.offices_to_date(connection, offices, LAST_MONTH, 100_000_000)
        assert all(recount(connection, office).is_right for office in offices)
    engine.dispose()
    assert len({(one.mean, one.coverage) for one in summaries if one is not None}) == 1
    assert {office for office, _post in ours} == set(offices)
    for row in theirs:
        due, mean = ours[row.office_id, row.post_id]
        assert due == row.due
        assert float(row.mean_to_date) / 1_000_000 == pytest.approx(float(mean or 0))


@pytest.mark.sampled
def test_the_peer_writes_the_cells_of_our_form() -> None:
    (row,) = forms.rows()
    assert row.ours > 0
    cells = [[("Kecamatan", "General", True), (12, "#,##0", False)]]
    assert openpyxl_form.cells_of(openpyxl_form.write(cells)) == cells
