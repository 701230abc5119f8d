"""Who enters figures for whose post, who fills in the camat's, and who then checks them."""

from collections.abc import Collection
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import product

import pytest

from domain.absence import Holding
from domain.checking import Chain, Given
from domain.compliance import compliance
from domain.ladder import Stage
from domain.office import Office, Owed
from domain.office_rules import OfficeRules
from domain.periods import Period
from domain.plan import Role
from domain.reporting_for import ReportingRule, entered_for, fillers
from domain.roles import OrgPost
from domain.verification import Action
from domain.working_calendar import WorkingCalendar
from tests.duties import duty
from tests.summaries import summarise

CAMAT, SEKCAM, PLANNING, KASI, STAFF = 1, 2, 3, 4, 5
POSTS = {
    post.id: post
    for post in (
        OrgPost(CAMAT, "Camat", Role.CAMAT, None),
        OrgPost(SEKCAM, "Sekretaris", Role.SEKRETARIS, CAMAT),
        OrgPost(PLANNING, "Kasubbag Perencanaan", Role.KASUBBAG, SEKCAM),
        OrgPost(KASI, "Kasi Pemerintahan", Role.KASI, CAMAT),
        OrgPost(STAFF, "Pengadministrasi", Role.PELAKSANA, KASI),
    )
}
TODAY = date(2022, 4, 20)
MARCH = Period.month(2022, 3)
YEAR = Period.whole_year(2022)


def office(rule: ReportingRule | None = None) -> Office:
    """One in which the person of a post has ten times its number."""
    reporting = rule or ReportingRule()
    return Office(
        "Asia/Jakarta",
        OfficeRules(reporting=reporting),
        WorkingCalendar(frozenset()),
        POSTS,
        tuple(Holding(post_id, post_id * 10, date(2022, 1, 1)) for post_id in POSTS),
        fillers=fillers(POSTS, [PLANNING], reporting),
    )


def reported(post_id: int, reporter: int) -> Given:
    """A figure of a post as somebody sent it."""
    given = duty("Buku", "1 1 1 1 1 1 1 1 1 1 1 1", {"2022-03": 1}, post=post_id)
    at = datetime(2022, 4, 1, 2, tzinfo=UTC)
    return Given(1, given, MARCH, Decimal(1), None, None, reporter, None, at, "", "", "", sample=False)


@pytest.mark.parametrize(
    ("held", "admin", "operators", "allowed"),
    [
        ([PLANNING], True, (), {CAMAT, SEKCAM, KASI, STAFF}),
        ([KASI], False, (), {STAFF}),
        ([CAMAT], False, (), {SEKCAM, PLANNING, KASI, STAFF}),
        ([STAFF], False, (), set()),
        ([STAFF], False, ("Pengadministrasi",), {CAMAT, SEKCAM, PLANNING, KASI}),
        ([], False, (), set()),
    ],
)
def test_for_whom_one_may_enter(
    held: Collection[int], admin: bool, operators: tuple[str, ...], allowed: set[int]
) -> None:
    assert entered_for(held, POSTS, ReportingRule(operators), is_admin=admin) == allowed


@pytest.mark.parametrize(("post_id", "reporter"), list(product(POSTS, POSTS)))
def test_whoever_entered_a_figure_never_checks_it_and_somebody_else_does(post_id: int, reporter: int) -> None:
    """Every post, whoever entered it: the chain goes on to the next, and neither they nor its owner see or verify."""
    chain = Chain(office(), (PLANNING,), TODAY)
    given = reported(post_id, reporter * 10)
    able = {
        one
        for one in POSTS
        for action in (Action.VERIFY, Action.SEE, Action.RETURN)
        if chain.may(action, given, one * 10, [one])
    }
    assert reporter not in able
    assert post_id not in able
    verifiers = {one for one in POSTS if chain.may(Action.VERIFY, given, one * 10, [one])}
    assert verifiers == set(chain.verifiers(given))
    assert verifiers or {post_id, reporter} >= {SEKCAM, CAMAT}


def test_the_camats_figures_are_the_planners_to_report_and_not_to_verify() -> None:
    chain = Chain(office(), (PLANNING,), TODAY)
    for reporter in (PLANNING * 10, CAMAT * 10):
        given = reported(CAMAT, reporter)
        assert chain.verifiers(given) == (SEKCAM,)
        assert chain.may(Action.CORRECT, given, PLANNING * 10, [PLANNING])
    left = Chain(office(ReportingRule(head_by_planner=False)), (PLANNING,), TODAY)
    assert left.verifiers(reported(CAMAT, CAMAT * 10)) == (PLANNING,)


def test_the_planner_is_told_of_what_the_camats_post_owes() -> None:
    owed = Owed(CAMAT, MARCH)
    assert office().told(owed, Stage.DUE, TODAY) == PLANNING * 10
    assert office().told(owed, Stage.SUPERIOR, TODAY) == SEKCAM * 10
    left = office(ReportingRule(head_by_planner=False))
    assert (left.told(owed, Stage.DUE, TODAY), left.told(owed, Stage.SUPERIOR, TODAY)) == (CAMAT * 10, None)


def test_nobody_fills_in_for_a_camat_who_is_the_admin() -> None:
    assert fillers(POSTS, [CAMAT], ReportingRule()) == {}


def test_what_the_planner_fills_in_is_missing_with_the_planner() -> None:
    months = "1 1 1 1 1 1 1 1 1 1 1 1"
    duties = (duty("SAKIP", months, {}, post=CAMAT), duty("Rapat", months, {}, post=PLANNING, number=2))

    def named(rule: ReportingRule) -> tuple[tuple[str, ...], set[str], list[str]]:
        made, table = summarise("K", duties, TODAY, office(rule)), compliance("K", duties, TODAY, office(rule), YEAR)
        assert made is not None
        assert table is not None
        return made.missing_posts, {one.post for one in made.overdue}, [post.title for post in table.posts]

    planner = "Kasubbag Perencanaan"
    assert named(ReportingRule()) == ((planner,), {planner}, [planner])
    both = ("Camat", planner)
    assert named(ReportingRule(head_by_planner=False)) == (both, set(both), list(both))
