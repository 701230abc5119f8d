"""One indicator through its year, on Monday 4 April 2022, worked out by hand."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from domain.indicator_year import indicator_year
from domain.modes import Mode, Rhythm
from domain.office import Office
from domain.office_rules import OfficeRules
from domain.openings import Duty
from domain.periods import Period
from domain.plan import Role
from domain.roles import OrgPost
from domain.summary import IndicatorYear
from domain.working_calendar import WorkingCalendar
from tests.duties import duty

MONDAY = date(2022, 4, 4)
POSTS = {1: OrgPost(1, "Kasi Pemerintahan", Role.KASI, None)}
OFFICE = Office("Asia/Jakarta", OfficeRules(), WorkingCalendar(frozenset()), POSTS, ())
MONTHLY = "1 1 1 2 1 1 1 1 1 1 1 1"


def year(of: Duty, today: date = MONDAY) -> IndicatorYear:
    return indicator_year("Kecamatan Sukamaju", of, today, OFFICE)


def column(made: IndicatorYear, name: str) -> list[int | None]:
    values: list[Decimal | None] = [getattr(point, name) for point in made.points]
    return [None if value is None else int(value) for value in values]


def missing(made: IndicatorYear) -> list[str]:
    return [point.period for point in made.points if point.missing]


def test_a_sum_as_worked_out_by_hand() -> None:
    """February is missing: March's position is known but for it, and what lies ahead has none."""
    made = year(duty("Buku wajib", MONTHLY, {"2022-01": 1, "2022-03": 2, "2022-04": 1}, annual=13))
    assert (made.name, made.post, made.mode, made.annual_target) == ("Buku wajib", "Kasi Pemerintahan", Mode.SUM, 13)
    assert column(made, "target") == [1, 1, 1, 2, 1, 1, 1, 1, 1, 1, 1, 1]
    assert column(made, "target_to_date") == [1, 2, 3, 5, 6, 7, 8, 9, 10, 11, 12, 13]
    assert column(made, "realisation") == [1, None, 2, 1] + [None] * 8
    assert column(made, "realisation_to_date") == [1, None, 3, 4] + [None] * 8
    assert missing(made) == ["2022-02"]
    assert made.closed_period == "2022-03"
    assert made.to_date is not None
    assert (made.to_date.target, made.to_date.realisation, made.to_date.capaian) == (3, 3, 100)
    assert (made.to_date.complete, made.to_date.predicate) == (False, None)


def test_a_period_without_a_target_carries_the_sum_and_is_not_missing() -> None:
    made = year(duty("Aset", "13 - - - - - - - - - - -", {"2022-01": 10}))
    assert column(made, "realisation_to_date") == [10, 10, 10] + [None] * 9
    assert (missing(made), made.annual_target) == ([], 13)


def test_a_level_holds_for_its_own_period_only() -> None:
    made = year(duty("Gaji", "10 - 10 10 - - - - - - - -", {"2022-01": 10}, mode=Mode.LEVEL))
    assert column(made, "realisation_to_date") == [10] + [None] * 11
    assert missing(made) == ["2022-03"]


def test_a_missing_report_against_the_target_of_the_year_alone_is_missing() -> None:
    made = year(duty("Desa tertib", "- - - -", mode=Mode.CUM, annual=20), date(2022, 7, 4))
    assert missing(made) == ["2022-TW1", "2022-TW2"]
    assert column(made, "target_to_date") == [20, 20, 20, 20]
    assert made.to_date is not None and made.to_date.no_capaian == "belum lapor"


def test_months_inside_a_planned_quarter_have_no_target_but_are_missed_all_the_same() -> None:
    made = year(duty("Arsip", "4 4 4 4", {"2022-01": 1}, rhythm=Rhythm.MONTHLY))
    assert missing(made) == ["2022-02", "2022-03"]
    assert made.to_date is not None and (made.to_date.due, made.to_date.reported) == (3, 1)


def test_a_quarter_that_was_reported_as_a_whole_leaves_no_month_missing() -> None:
    assert missing(year(duty("Arsip", MONTHLY, {"2022-TW1": 3}))) == []


@pytest.mark.parametrize(("today", "closed"), [(date(2022, 1, 31), ""), (date(2022, 2, 1), "2022-01")])
def test_a_running_period_is_neither_missing_nor_judged(today: date, closed: str) -> None:
    made = year(duty("Buku wajib", MONTHLY, {"2022-01": 1}), today)
    assert (made.closed_period, made.to_date is None) == (closed, closed == "")
    assert (missing(made), column(made, "realisation")[0]) == ([], 1)


def test_a_report_that_was_returned_is_missing_again() -> None:
    """The duty of a returned report has no value of its period."""
    returned = duty("Buku wajib", MONTHLY, {"2022-01": 1, "2022-02": 1})
    assert missing(year(returned)) == ["2022-03"]


def test_an_invented_value_marks_the_year() -> None:
    plain = duty("Buku wajib", MONTHLY, {"2022-01": 1})
    assert not year(plain).sample
    assert year(replace(plain, samples=frozenset({Period.parse("2022-01")}))).sample
