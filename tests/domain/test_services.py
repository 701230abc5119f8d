"""Services without a target (PATEN, domain.md 4.7): asked every month, counted, and never judged.

On Monday 4 April 2022 Kasi Pelayanan has reported the birth certificates of January to March (88, 94, 139) and those of
deaths for January alone (76), beside an indicator that stands at 3 of 3.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import pytest

from domain.achievement import Average, NoCapaian, mean
from domain.compliance import compliance
from domain.indicator_figures import indicator_figures
from domain.indicator_year import indicator_year
from domain.judged import average_of, judge
from domain.ledger import Measure, in_period, to_date
from domain.modes import Mode, Rhythm
from domain.office import Office
from domain.office_rules import OfficeRules
from domain.openings import Duty, closings, main_closing
from domain.periods import Period
from domain.plan import Role
from domain.roles import OrgPost
from domain.scales import SCALE_A
from domain.section_detail import section_detail
from domain.summary import Coverage, Punctuality, SectionDetail
from domain.working_calendar import WorkingCalendar
from tests.duties import duty, service
from tests.summaries import summarise

MONDAY = date(2022, 4, 4)
YEAR = Period.whole_year(2022)
MARCH = Period.month(2022, 3)
POSTS = (
    OrgPost(1, "Camat", Role.CAMAT, None),
    OrgPost(2, "Kasi Pelayanan", Role.KASI, 1, "Seksi Pelayanan"),
    OrgPost(3, "Kasi Kesra", Role.KASI, 1, "Seksi Kesra"),
)
OFFICE = Office("Asia/Jakarta", OfficeRules(), WorkingCalendar(frozenset()), {post.id: post for post in POSTS}, ())
MONTHLY = "1 1 1 1 1 1 1 1 1 1 1 1"
QUARTERLY = "25 50 75 100"
FULL = {"2022-01": 1, "2022-02": 1, "2022-03": 1}

BUKU = duty("Buku tamu", MONTHLY, FULL, number=1, post=2)
BIRTHS = service("Akta Kelahiran", {"2022-01": 88, "2022-02": 94, "2022-03": 139}, number=2, post=2)
DEATHS = service("Akta Kematian", {"2022-01": 76}, number=3, post=2)
DUTIES = (BUKU, BIRTHS, DEATHS)


def detail(duties: Sequence[Duty], today: date = MONDAY) -> SectionDetail:
    made = section_detail("Kecamatan Sukamaju", "Seksi Pelayanan", duties, today, OFFICE)
    assert made is not None
    return made


# --- the year of a service --------------------------------------------------------------------------------------


def test_a_service_is_due_in_every_month_and_its_counts_add_up() -> None:
    assert len(BIRTHS.measure.due_periods) == 12
    figure = BIRTHS.figures[MARCH]
    assert (figure.due, figure.reported, figure.provisional) == (True, True, False)
    assert (figure.realisation, figure.realisation_to_date) == (139, 321)
    assert BIRTHS.figures[Period.quarter(2022, 1)].realisation == 321


def test_a_service_that_was_not_reported_is_missing_and_its_sum_is_provisional() -> None:
    figure = DEATHS.figures[MARCH]
    assert (figure.due, figure.reported, figure.missing_before) == (True, False, 1)
    assert (figure.realisation, figure.realisation_to_date, figure.provisional) == (None, 76, True)


def test_nothing_makes_a_capaian_of_a_service() -> None:
    for one in (BIRTHS, DEATHS):
        for figure in one.figures.values():
            assert (figure.target, figure.target_to_date, figure.capaian, figure.capaian_to_date) == (None,) * 4
            assert not figure.susulan and not figure.untargeted
            assert not in_period(figure).has_target and not to_date(figure).has_target


def test_a_service_cannot_have_a_target() -> None:
    plain = BIRTHS.measure
    for targets, annual in (({MARCH: Decimal(5)}, None), ({}, Decimal(60))):
        with pytest.raises(ValueError, match="counted"):
            Measure(2022, Mode.SUM, plain.year_rule, Rhythm.MONTHLY, plain.rule, targets, annual, counted=True)


# --- means and words --------------------------------------------------------------------------------------------


def test_services_never_move_a_mean_and_stand_beside_it_as_without_target() -> None:
    alone, together = (average_of(judge(duties, MONDAY), OFFICE.rules.cap) for duties in ((BUKU,), DUTIES))
    assert alone == Average(1, 0, 0, 0, Decimal(100), Decimal(100))
    assert together == Average(1, 0, 2, 0, Decimal(100), Decimal(100))
    assert mean(to_date(one.figures[MARCH]) for one in (BIRTHS, DEATHS)).value is None


def test_a_section_keeps_its_predikat_with_services_that_are_missing_and_does_not_list_them() -> None:
    made = detail(DUTIES)
    assert (made.mean, made.predicate) == (Decimal(100), "Sangat Tinggi")
    assert [row.name for row in made.indicators] == ["Buku tamu"]
    assert (made.coverage, made.services) == (Coverage(1, 1, 1, 2, 0), Coverage(2, 1, 0))


def test_a_section_of_services_alone_counts_them() -> None:
    made = detail((duty("Bantuan", MONTHLY, FULL, number=9, post=3), BIRTHS, DEATHS))
    assert (made.indicators, made.mean, made.period) == ((), None, "2022-03")
    assert made.services == Coverage(2, 1, 0)


def test_the_year_of_a_service_says_why_it_has_no_capaian() -> None:
    made = indicator_year("Kecamatan Sukamaju", DEATHS, MONDAY, OFFICE)
    assert (made.annual_target, made.closed_period) == (None, "2022-03")
    assert [point.period for point in made.points if point.missing] == ["2022-02", "2022-03"]
    assert made.to_date is not None
    assert (made.to_date.no_capaian, made.to_date.due, made.to_date.reported) == (NoCapaian.NO_TARGET, 3, 1)
    (judged,) = judge((BIRTHS,), MONDAY)
    assert indicator_figures(judged, SCALE_A).predicate is None


# --- the office -------------------------------------------------------------------------------------------------


def test_the_summary_counts_services_among_the_reports_and_not_in_the_capaian() -> None:
    made = summarise("Kecamatan Sukamaju", DUTIES, MONDAY, OFFICE)
    assert made is not None
    assert (made.posts_due, made.missing_posts) == (1, ("Kasi Pelayanan",))
    assert (made.coverage, made.mean, made.predicate) == (Coverage(1, 1, 1, 2, 0), Decimal(100), "Sangat Tinggi")
    assert made.behind == ()


def test_months_of_services_are_no_headline_of_an_office_that_reports_by_the_quarter() -> None:
    pbb = duty("PBB", QUARTERLY, {"2022-TW1": 20}, number=1, post=3, mode=Mode.CUM)
    found = [
        summarise("Kecamatan Sukamaju", (pbb, BIRTHS), day, OFFICE) for day in (date(2022, 3, 28), date(2022, 5, 16))
    ]
    quarters = [(made.period, made.closed_period) for made in found if made]
    assert quarters == [("2022-TW1", ""), ("2022-TW2", "2022-TW1")]
    assert found[0] and found[0].posts_due == 2  # March's services are asked in the same sitting


def test_before_an_indicator_has_a_figure_services_are_not_judged_either() -> None:
    pbb = duty("PBB", QUARTERLY, number=1, post=2, mode=Mode.CUM)
    assert judge((pbb, BIRTHS), date(2022, 2, 7)) == []
    assert section_detail("Kecamatan Sukamaju", "Seksi Pelayanan", (pbb, BIRTHS), date(2022, 2, 7), OFFICE) is None


def test_an_office_that_only_counts_services_has_a_summary_all_the_same() -> None:
    made = summarise("Kecamatan Sukamaju", (BIRTHS, DEATHS), MONDAY, OFFICE)
    assert made is not None
    assert (made.period, made.posts_reported, made.posts_due) == ("2022-03", 0, 1)
    assert (made.coverage, made.mean) == (Coverage(0, 0, 0, 2, 0), None)


def test_lapor_takes_services_month_by_month_with_the_indicators() -> None:
    main = main_closing(closings(DUTIES, date(2022, 3, 28), OFFICE), date(2022, 3, 28))
    assert main is not None
    assert [item.duty.name for item in main.items] == ["Buku tamu", "Akta Kelahiran", "Akta Kematian"]
    assert [item.duty.name for item in main.missing] == ["Akta Kematian"]
    assert main.late == ()


def test_a_post_is_in_time_only_with_its_services() -> None:
    made = compliance("Kecamatan Sukamaju", DUTIES, date(2022, 4, 11), OFFICE, YEAR)
    assert made is not None
    (post,) = made.posts
    assert post.marks[:4] == (Punctuality.ON_TIME, Punctuality.MISSING, Punctuality.MISSING, Punctuality.OPEN)
