"""The README of the samples tells the truth about the workbooks."""

from samples.choices import expand, load_choices
from samples.overview import tables
from tests.samples.sample_plans import PLANS, SAMPLES, indicators, workbook

README = (SAMPLES / "README.md").read_text(encoding="utf-8")


def test_its_tables_are_those_of_the_workbooks() -> None:
    assert tables({plan: (workbook(plan), load_choices(plan)) for plan in PLANS}) in README


def test_every_row_stands_with_the_post_that_the_tables_explain() -> None:
    for plan in PLANS:
        for owner in load_choices(plan).owners:
            for row in expand(owner.rows):
                held = indicators(plan)[load_choices(plan).code(row)]
                assert held.post in {owner.post, None}, held.code


def test_a_chosen_post_is_told_as_chosen_in_the_workbook() -> None:
    for plan in PLANS[1:]:
        assert all("Jabatan dipilih" in row.note for row in workbook(plan).indicators if row.post)
