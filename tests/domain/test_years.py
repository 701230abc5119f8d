"""This year against last, worked out by hand: an office with the plans of 2021 and 2022.

s/d March       2021                            2022
Buku wajib      2 of 3 = 66,67                  3 of 3 = 100       Seksi Pemerintahan
Bantuan         3 of 3 = 100                    2 of 3, one missing   Seksi Kesra
Arsip           -                               3 of 4 = 75        Seksi Pemerintahan
"""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from domain.achievement import rounded
from domain.office import Office
from domain.office_rules import OfficeRules
from domain.openings import Duty
from domain.periods import Period
from domain.plan import Role
from domain.roles import OrgPost
from domain.summary import Timeliness, YearComparison, YearFigures
from domain.working_calendar import WorkingCalendar
from domain.years import compare_years, years_with_duties
from tests.duties import duty

APRIL = date(2022, 4, 11)
POSTS = (
    OrgPost(1, "Camat", Role.CAMAT, None),
    OrgPost(4, "Kasi Pemerintahan", Role.KASI, 1, "Seksi Pemerintahan"),
    OrgPost(6, "Kasi Kesra", Role.KASI, 1, "Seksi Kesra"),
)
OFFICE = Office("Asia/Jakarta", OfficeRules(), WorkingCalendar(frozenset()), {post.id: post for post in POSTS}, ())
MONTHLY = "1 1 1 1 1 1 1 1 1 1 1 1"
OLD = (
    duty("Buku wajib", MONTHLY, {"2021-01": 1, "2021-02": 0, "2021-03": 1, "2021-04": 9}, number=1, post=4, year=2021),
    duty("Bantuan", MONTHLY, {"2021-01": 1, "2021-02": 1, "2021-03": 1}, number=2, post=6, year=2021),
)
NEW = (
    duty("Buku wajib", MONTHLY, {"2022-01": 1, "2022-02": 1, "2022-03": 1}, number=3, post=4),
    duty("Arsip", "4 4 4 4", {"2022-TW1": 3}, number=4, post=4),
    duty("Bantuan", MONTHLY, {"2022-01": 1, "2022-02": 1}, number=5, post=6),
)


def compared(*duties: Duty, today: date = APRIL) -> YearComparison:
    found = compare_years("Kecamatan Sukamaju", duties, today, OFFICE)
    assert found is not None
    return found


def mean(figures: YearFigures | None) -> str | None:
    return None if figures is None or figures.mean is None else str(rounded(figures.mean))


def test_both_years_stand_at_the_end_of_the_same_month() -> None:
    found = compared(*OLD, *NEW)
    assert (found.period, found.period_before) == ("2022-03", "2021-03")
    assert (mean(found.whole.now), mean(found.whole.before)) == ("87.50", "83.33")
    assert found.whole.change is not None and rounded(found.whole.change) == Decimal("4.17")
    assert not found.whole.complete
    sections = {pair.name: (mean(pair.now), mean(pair.before), pair.complete) for pair in found.sections}
    assert sections == {"Seksi Pemerintahan": ("87.50", "66.67", True), "Seksi Kesra": (None, "100.00", False)}


def test_what_was_reported_on_time_is_counted_up_to_that_month_in_both() -> None:
    """2022: six months and a quarter, of two posts; the quarter closes with March and is asked with it."""
    late = replace(NEW[0], late=frozenset({Period.parse("2022-02")}))
    found = compared(*OLD, late, *NEW[1:])
    assert (found.on_time, found.on_time_before) == (Timeliness(4, 6), Timeliness(6, 6))


def test_a_year_by_quarters_is_compared_where_both_have_closed() -> None:
    """In June, the months s/d May are known, but of last year's quarters only the first."""
    quarterly = duty("Buku wajib", "3 3 3 3", {"2021-TW1": 3}, number=1, post=4, year=2021)
    found = compared(quarterly, NEW[0], today=date(2022, 6, 6))
    assert (found.period, found.period_before) == ("2022-03", "2021-TW1")


def test_a_section_that_is_new_has_no_year_before() -> None:
    found = compared(OLD[0], *NEW)
    kesra = next(pair for pair in found.sections if pair.name == "Seksi Kesra")
    assert (kesra.before, kesra.change) == (None, None)


def test_one_plan_is_compared_with_nothing() -> None:
    assert compare_years("Kecamatan Sukamaju", NEW, APRIL, OFFICE) is None
    assert compare_years("Kecamatan Sukamaju", (), APRIL, OFFICE) is None
    assert years_with_duties((*NEW, *OLD)) == (2021, 2022)


def test_in_january_the_new_year_has_nothing_to_compare_yet() -> None:
    """Of 2022 no period has ended: the newest that has is 2021, and there is no plan of 2020."""
    assert compare_years("Kecamatan Sukamaju", (*OLD, *NEW), date(2022, 1, 17), OFFICE) is None


def test_a_year_two_before_is_not_last_year() -> None:
    old = duty("Buku wajib", MONTHLY, {"2020-01": 1}, number=1, post=4, year=2020)
    assert compare_years("Kecamatan Sukamaju", (old, *NEW), APRIL, OFFICE) is None


def test_an_invented_figure_of_either_year_marks_the_comparison() -> None:
    assert not compared(*OLD, *NEW).sample
    assert compared(replace(OLD[0], samples=frozenset({Period.parse("2021-02")})), *NEW).sample
