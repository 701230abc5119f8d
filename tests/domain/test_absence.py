"""Who is responsible for a post on a day, through mutations, leaves and vacancies."""

from datetime import date

import pytest

from domain.absence import Absence, Holding, Responsible, away, responsible, responsible_above
from domain.day_spans import DaySpan
from domain.plan import Capacity, Role
from domain.refusals import BadSetting
from domain.roles import OrgPost

CAMAT, SEKRETARIS, KASUBBAG, BENDAHARA = 1, 2, 3, 4
WAYAN, DEWI, SARI, BUDI, RINA = 11, 12, 13, 14, 15

POSTS = {
    post.id: post
    for post in (
        OrgPost(CAMAT, "Camat", Role.CAMAT, None),
        OrgPost(SEKRETARIS, "Sekretaris", Role.SEKRETARIS, CAMAT),
        OrgPost(KASUBBAG, "Kasubbag Keuangan", Role.KASUBBAG, SEKRETARIS),
        OrgPost(BENDAHARA, "Bendahara", Role.PELAKSANA, KASUBBAG),
    )
}
LONG_AGO = date(2020, 1, 1)
HOLDINGS = (
    Holding(CAMAT, WAYAN, LONG_AGO),
    Holding(SEKRETARIS, DEWI, LONG_AGO),
    Holding(KASUBBAG, SARI, LONG_AGO, date(2026, 6, 30)),
    Holding(KASUBBAG, BUDI, date(2026, 7, 1)),
    Holding(BENDAHARA, RINA, LONG_AGO),
)
LEAVE = Absence(SARI, DaySpan(date(2026, 3, 2), date(2026, 3, 6)), RINA)
MARCH_2 = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("day", "person"),
    [(date(2026, 6, 30), SARI), (date(2026, 7, 1), BUDI), (date(2019, 12, 31), None)],
)
def test_a_post_passes_on_the_day_after_the_last(day: date, person: int | None) -> None:
    found = responsible(KASUBBAG, day, HOLDINGS)
    assert (found.person_id if found else None) == person


def test_an_acting_holder_goes_before_the_definitive_one() -> None:
    plt = Holding(KASUBBAG, DEWI, MARCH_2, MARCH_2, Capacity.PLT)
    assert responsible(KASUBBAG, MARCH_2, (plt, *HOLDINGS)) == Responsible(DEWI, Capacity.PLT)
    assert responsible(KASUBBAG, date(2026, 3, 3), (plt, *HOLDINGS)) == Responsible(SARI, Capacity.DEFINITIF)


def test_the_newest_of_two_definitive_holders_is_responsible() -> None:
    again = Holding(KASUBBAG, BUDI, MARCH_2)
    assert responsible(KASUBBAG, MARCH_2, (*HOLDINGS, again)) == Responsible(BUDI, Capacity.DEFINITIF)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 3, 1), Responsible(SARI, Capacity.DEFINITIF)),
        (date(2026, 3, 2), Responsible(RINA, Capacity.PLH)),
        (date(2026, 3, 6), Responsible(RINA, Capacity.PLH)),
        (date(2026, 3, 7), Responsible(SARI, Capacity.DEFINITIF)),
    ],
)
def test_the_stand_in_acts_as_plh_while_the_holder_is_away(day: date, expected: Responsible) -> None:
    assert responsible(KASUBBAG, day, HOLDINGS, [LEAVE]) == expected


def test_a_leave_leaves_other_posts_alone_and_the_stand_in_keeps_the_own_one() -> None:
    assert responsible(SEKRETARIS, MARCH_2, HOLDINGS, [LEAVE]) == Responsible(DEWI, Capacity.DEFINITIF)
    assert responsible(BENDAHARA, MARCH_2, HOLDINGS, [LEAVE]) == Responsible(RINA, Capacity.DEFINITIF)


def test_without_a_stand_in_the_holder_stays_responsible() -> None:
    alone = Absence(SARI, LEAVE.days)
    assert away(SARI, MARCH_2, [alone])
    assert responsible(KASUBBAG, MARCH_2, HOLDINGS, [alone]) == Responsible(SARI, Capacity.DEFINITIF)


def test_a_stand_in_who_is_away_too_gives_the_post_back() -> None:
    both = [LEAVE, Absence(RINA, DaySpan(MARCH_2, MARCH_2), DEWI)]
    assert responsible(KASUBBAG, MARCH_2, HOLDINGS, both) == Responsible(SARI, Capacity.DEFINITIF)
    assert responsible(KASUBBAG, date(2026, 3, 3), HOLDINGS, both) == Responsible(RINA, Capacity.PLH)


def test_the_newest_absence_names_the_stand_in() -> None:
    found = responsible(KASUBBAG, MARCH_2, HOLDINGS, [LEAVE, Absence(SARI, LEAVE.days, DEWI)])
    assert found == Responsible(DEWI, Capacity.PLH)


def test_nobody_stands_in_for_themselves() -> None:
    with pytest.raises(BadSetting, match="nobody stands in") as refused:
        Absence(SARI, LEAVE.days, SARI)
    assert refused.value.field == "stand_in_id"


def told(post_id: int, holdings: tuple[Holding, ...] = HOLDINGS, absences: tuple[Absence, ...] = ()) -> int | None:
    found = responsible_above(post_id, MARCH_2, POSTS, holdings, absences)
    return found.person_id if found else None


def test_the_superior_is_the_post_above_and_the_camat_has_none() -> None:
    assert [told(post_id) for post_id in POSTS] == [None, WAYAN, DEWI, SARI]


def test_a_vacant_superior_is_passed_over() -> None:
    vacant = tuple(holding for holding in HOLDINGS if holding.post_id != KASUBBAG)
    assert told(BENDAHARA, vacant) == DEWI
    assert told(KASUBBAG, vacant) == DEWI


def test_nobody_is_told_about_themselves() -> None:
    """Rina stands in for her own superior, so his is told."""
    assert told(BENDAHARA, absences=(LEAVE,)) == DEWI


def test_a_line_that_runs_in_a_circle_ends() -> None:
    circle = {1: OrgPost(1, "Kasi A", Role.KASI, 2), 2: OrgPost(2, "Kasi B", Role.KASI, 1)}
    assert responsible_above(1, MARCH_2, circle, (Holding(1, SARI, LONG_AGO),)) is None
