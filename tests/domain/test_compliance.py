"""Who reported when, worked out by hand; the office's cut-off for March 2022 is Tuesday 5 April."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from domain.compliance import compliance, shown_year
from domain.extensions import Decision, Extension
from domain.locks import Keeper, Turn
from domain.office import Office
from domain.office_rules import OfficeRules
from domain.openings import Duty
from domain.periods import Period
from domain.plan import Capacity, Role
from domain.reviews import Returned
from domain.roles import OrgPost
from domain.summary import Compliance, Punctuality
from domain.working_calendar import WorkingCalendar
from tests.duties import duty
from tests.offices import NOW

YEAR = Period.whole_year(2022)
POSTS = (
    OrgPost(1, "Camat", Role.CAMAT, None),
    OrgPost(2, "Bendahara", Role.PELAKSANA, 1),
    OrgPost(3, "Kasi Kesra", Role.KASI, 1),
    OrgPost(4, "Kasi Pemerintahan", Role.KASI, 1),
)
OFFICE = Office("Asia/Jakarta", OfficeRules(), WorkingCalendar(frozenset()), {post.id: post for post in POSTS}, ())
SIGNS = {
    Punctuality.ON_TIME: "v",
    Punctuality.LATE: "t",
    Punctuality.MISSING: "x",
    Punctuality.NO_TARGET: "-",
    Punctuality.OPEN: "o",
}
MONTHLY = "1 1 1 1 1 1 1 1 1 1 1 1"
FEBRUARY, MARCH = Period.month(2022, 2), Period.month(2022, 3)

MORE_TIME = Extension(4, MARCH, "banjir", date(2022, 4, 1), Decision.GRANTED, date(2022, 4, 4), date(2022, 4, 8))


def table(
    duties: Sequence[Duty], today: date = date(2022, 4, 4), office: Office = OFFICE, of: Period = YEAR
) -> Compliance:
    made = compliance("Kecamatan Sukamaju", duties, today, office, of)
    assert made is not None
    return made


def rows(made: Compliance) -> dict[str, str]:
    """`v` in time, `t` late, `x` missing, `-` no target, `o` not due yet."""
    return {post.title: "".join(SIGNS[mark] for mark in post.marks) for post in made.posts}


def reported(*months: int, number: int = 1, post: int = 4, late: Sequence[Period] = (), targets: str = MONTHLY) -> Duty:
    values = {f"2022-{month:02}": 1 for month in months}
    return replace(duty(f"Indikator {number}", targets, values, number=number, post=post), late=frozenset(late))


def test_the_table_as_worked_out_by_hand() -> None:
    """On 6 April the cut-off of March has passed. PBB is reported by quarters: it stands in a quarter's last month."""
    buku = reported(1, 2, 3, late=[FEBRUARY])
    perdes = reported(1, 2, number=2, targets="1 1 1 - - 1 - - - - - -")
    pbb = replace(duty("PBB", "- 50 - 100", {}, number=3, post=3), late=frozenset())
    salary = reported(1, 2, 3, 4, number=4, post=2)
    made = table((buku, perdes, pbb, salary), date(2022, 4, 6))
    assert made.periods == tuple(f"2022-{month:02}" for month in range(1, 13))
    assert rows(made) == {
        "Bendahara": "vvvvoooooooo",
        "Kasi Kesra": "-----o-----o",
        "Kasi Pemerintahan": "vtxooooooooo",
    }
    assert made.provisional and not made.sample


@pytest.mark.parametrize(
    ("today", "mark"), [(date(2022, 3, 31), "o"), (date(2022, 4, 5), "o"), (date(2022, 4, 6), "x")]
)
def test_until_the_cut_off_nothing_is_missing(today: date, mark: str) -> None:
    assert rows(table((reported(1, 2),), today))["Kasi Pemerintahan"][2] == mark


def test_one_missing_indicator_makes_the_post_miss_its_report() -> None:
    assert rows(table((reported(1, 2, 3), reported(1, 3, number=2)), date(2022, 4, 6))) == {
        "Kasi Pemerintahan": "vxvooooooooo"
    }


def test_more_time_puts_off_the_day_from_which_a_report_is_missing() -> None:
    granted = replace(OFFICE, extensions=(MORE_TIME,))
    other = reported(1, 2, number=2, post=3)
    for day, marks in ((6, {"Kasi Kesra": "x", "Kasi Pemerintahan": "o"}), (11, {"Kasi Pemerintahan": "x"})):
        found = rows(table((reported(1, 2), other), date(2022, 4, day), granted))
        assert {title: found[title][2] for title in marks} == marks


def test_what_is_locked_before_its_cut_off_is_missing_as_nothing_can_come_any_more() -> None:
    locked = replace(OFFICE, turns=(Turn(MARCH, date(2022, 4, 1), locks=True, keeper=Keeper.ADMIN),))
    assert rows(table((reported(1, 2),), office=locked))["Kasi Pemerintahan"] == "vvxooooooooo"
    assert rows(table((reported(1, 2, 3),), office=locked))["Kasi Pemerintahan"] == "vvvooooooooo"


def test_a_lock_on_a_period_that_still_runs_does_not_call_it_missing() -> None:
    locked = replace(OFFICE, turns=(Turn(MARCH, date(2022, 3, 1), locks=True, keeper=Keeper.ADMIN),))
    assert rows(table((reported(1, 2),), date(2022, 3, 31), locked))["Kasi Pemerintahan"][2] == "o"


def test_a_report_that_was_returned_is_missing_though_it_has_no_target() -> None:
    back = Returned(Decimal(1), None, None, "mohon foto", 1, 1, Capacity.DEFINITIF, NOW)
    returned = replace(reported(1, targets="1 - 1 1 1 1 1 1 1 1 1 1"), returned={FEBRUARY: back})
    assert rows(table((returned,)))["Kasi Pemerintahan"][:2] == "vx"


def test_a_quarter_reported_late_as_a_whole_makes_its_months_late() -> None:
    quarter = Period.quarter(2022, 1)
    whole = replace(duty("Arsip", MONTHLY, {"2022-TW1": 3}, post=4), late=frozenset({quarter}))
    assert rows(table((whole,)))["Kasi Pemerintahan"][:3] == "ttt"


def test_an_office_that_reports_by_quarters_has_four_columns() -> None:
    made = table((duty("PBB", "25 50 75 100", {"2022-TW1": 20}, post=3),))
    assert made.periods == ("2022-TW1", "2022-TW2", "2022-TW3", "2022-TW4")
    assert rows(made) == {"Kasi Kesra": "vooo"}


def test_a_part_of_the_year_and_what_is_not_there() -> None:
    duties = (reported(1, 2),)
    assert table(duties, of=Period.quarter(2022, 1)).periods == ("2022-01", "2022-02", "2022-03")
    assert table(duties, of=MARCH).periods == ("2022-03",)
    quarterly = (duty("PBB", "25 50 75 100", post=3),)
    for planned, of in ((duties, Period.whole_year(2021)), ((), YEAR), (quarterly, MARCH)):
        assert compliance("Kecamatan Sukamaju", planned, date(2022, 4, 4), OFFICE, of) is None


def test_an_invented_value_marks_the_part_of_the_year_in_which_it_stands() -> None:
    invented = replace(reported(1, 2), samples=frozenset({FEBRUARY}))
    assert table((invented,), of=FEBRUARY).sample
    assert not table((invented,), of=MARCH).sample


def test_the_year_that_is_looked_at_is_the_newest_of_which_a_period_has_ended() -> None:
    new = duty("Buku wajib", MONTHLY, number=9, year=2023)
    duties = (reported(1), new)
    assert shown_year(duties, date(2022, 1, 10)) == YEAR
    assert shown_year(duties, date(2023, 1, 31)) == YEAR
    assert shown_year(duties, date(2023, 2, 1)) == Period.whole_year(2023)
    assert shown_year((), date(2023, 2, 1)) is None
