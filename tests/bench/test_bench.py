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
from storage import migrate
from storage.desk import Desk
from storage.engine import open_engine, reading, writing


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
        means = [Desk(connection, office, NOW, NationalAlmanac()).summary() for office in offices]
        rows = section_sql.sections(connection, offices, LAST_MONTH)
    engine.dispose()
    assert len({(one.mean, one.coverage) for one in means if one is not None}) == 1
    assert {row.office_id for row in rows} == set(offices)
    section = means[0].sections[0] if means[0] else None
    row = next(row for row in rows if row.office_id == first and section and row.section == section.name)
    assert section is not None
    assert float(row.mean) / 1_000_000 == pytest.approx(float(section.mean or 0))


def test_the_peer_writes_the_cells_of_our_form() -> None:
    (row,) = forms.rows()
    assert row.ours > 0
    cells = [[("Kecamatan", "General", True), (12, "#,##0", False)]]
    assert openpyxl_form.cells_of(openpyxl_form.write(cells)) == cells
