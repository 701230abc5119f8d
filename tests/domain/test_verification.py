"""Who may do what with a figure: every tie, standing and action, and who verifies whom."""

from datetime import date
from itertools import chain, combinations

import pytest

from domain.plan import Role
from domain.refusals import BadSetting
from domain.roles import OrgPost
from domain.standing import Standing
from domain.verification import Action, Tie, VerificationRule, goes_on, may, sees_first, verifier_posts
from domain.working_calendar import WorkingCalendar

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
ADMINS = (PLANNING,)
ACTING = {post_id: post_id * 10 for post_id in POSTS}
RULE = VerificationRule()
EVERY_TIE = tuple(Tie)
GIVEN = {Standing.REPORTED, Standing.SEEN, Standing.VERIFIED, Standing.APPROVED}

ALLOWED = {
    (Tie.OWNER, Action.REPORT): {Standing.MISSING, Standing.RETURNED},
    (Tie.OWNER, Action.CORRECT): GIVEN,
    (Tie.FIRST, Action.SEE): {Standing.REPORTED},
    (Tie.VERIFIER, Action.VERIFY): {Standing.REPORTED, Standing.SEEN},
    (Tie.FIRST, Action.RETURN): GIVEN,
    (Tie.LINE, Action.RETURN): GIVEN,
    (Tie.VERIFIER, Action.RETURN): GIVEN,
    (Tie.APPROVER, Action.RETURN): GIVEN,
    (Tie.APPROVER, Action.APPROVE): {Standing.VERIFIED},
}
"""What one tie alone allows while a period is open."""
ALLOWED_LOCKED = {
    (Tie.OWNER, Action.REQUEST): GIVEN,
    (Tie.FIRST, Action.SEE): {Standing.REPORTED},
    (Tie.VERIFIER, Action.VERIFY): {Standing.REPORTED, Standing.SEEN},
    (Tie.VERIFIER, Action.DECIDE): GIVEN,
    (Tie.APPROVER, Action.APPROVE): {Standing.VERIFIED},
}


@pytest.mark.parametrize("action", Action)
@pytest.mark.parametrize("tie", Tie)
@pytest.mark.parametrize("locked", [False, True])
def test_what_one_tie_alone_allows(tie: Tie, action: Action, locked: bool) -> None:
    allowed = (ALLOWED_LOCKED if locked else ALLOWED).get((tie, action), set[Standing]())
    assert {one for one in Standing if may(action, one, {tie}, RULE, locked=locked)} == allowed


@pytest.mark.parametrize("standing", Standing)
def test_a_stranger_may_do_nothing(standing: Standing) -> None:
    assert not [
        action for action in Action for locked in (False, True) if may(action, standing, (), RULE, locked=locked)
    ]


@pytest.mark.parametrize("own", [Tie.OWNER, Tie.REPORTER])
@pytest.mark.parametrize("action", [Action.SEE, Action.VERIFY, Action.RETURN, Action.DECIDE])
def test_nobody_checks_their_own_figure_whatever_else_they_are(own: Tie, action: Action) -> None:
    every = chain.from_iterable(combinations(EVERY_TIE, number) for number in range(len(EVERY_TIE) + 1))
    held = [{own, *others} for others in every]
    assert not [
        ties
        for ties in held
        for standing in Standing
        for locked in (False, True)
        if may(action, standing, ties, RULE, locked=locked)
    ]


def test_an_office_may_let_people_verify_their_own_figures() -> None:
    small = VerificationRule(own_allowed=True)
    assert may(Action.VERIFY, Standing.REPORTED, {Tie.OWNER, Tie.REPORTER, Tie.VERIFIER}, small)
    assert not may(Action.RETURN, Standing.REPORTED, {Tie.OWNER, Tie.VERIFIER}, small)


def test_a_figure_is_not_verified_while_a_superior_has_time_to_see_it() -> None:
    assert not may(Action.VERIFY, Standing.REPORTED, {Tie.VERIFIER}, RULE, waits=True)
    assert may(Action.RETURN, Standing.REPORTED, {Tie.VERIFIER}, RULE, waits=True)


def test_without_the_camats_approval_nobody_approves() -> None:
    assert not may(Action.APPROVE, Standing.VERIFIED, set(Tie), VerificationRule(camat_approves=False))


@pytest.mark.parametrize(("post", "first"), [(STAFF, KASI), (KASI, None), (PLANNING, None), (CAMAT, None)])
def test_a_kasi_or_kasubbag_sees_first_what_is_below(post: int, first: int | None) -> None:
    assert sees_first(post, POSTS, RULE) == first
    assert sees_first(post, POSTS, VerificationRule(superior_first=False)) is None


@pytest.mark.parametrize(
    ("post", "reporter", "verifiers"),
    [
        (STAFF, 50, (PLANNING,)),
        (KASI, 40, (PLANNING,)),
        (PLANNING, 30, (SEKCAM,)),
        (KASI, 30, (SEKCAM,)),  # entered by whoever holds the verifying post
        (SEKCAM, 20, (PLANNING,)),
        (CAMAT, 30, (SEKCAM,)),  # camat-level figures are entered by the Kasubbag Perencanaan
    ],
)
def test_who_verifies(post: int, reporter: int, verifiers: tuple[int, ...]) -> None:
    assert verifier_posts(post, reporter, POSTS, ADMINS, ACTING, RULE) == verifiers


def test_somebody_who_holds_both_posts_leaves_it_to_the_camat() -> None:
    both = {**ACTING, SEKCAM: 30}
    assert verifier_posts(PLANNING, 30, POSTS, ADMINS, both, RULE) == (CAMAT,)


def test_nobody_is_left_where_one_person_holds_everything_unless_the_office_allows_it() -> None:
    alone = dict.fromkeys(POSTS, 30)
    assert verifier_posts(PLANNING, 30, POSTS, ADMINS, alone, RULE) == ()
    assert verifier_posts(PLANNING, 30, POSTS, ADMINS, alone, VerificationRule(own_allowed=True)) == (PLANNING,)


def test_the_office_names_who_verifies() -> None:
    rule = VerificationRule(verifiers=("Sekretaris",))
    assert verifier_posts(PLANNING, 30, POSTS, ADMINS, ACTING, rule) == (SEKCAM,)
    assert verifier_posts(SEKCAM, 20, POSTS, ADMINS, ACTING, rule) == (CAMAT,)


def test_what_no_superior_saw_goes_on_after_two_working_days() -> None:
    calendar = WorkingCalendar(frozenset({date(2022, 3, 3)}))
    assert goes_on(date(2022, 3, 1), calendar, RULE) == date(2022, 3, 4)  # 3 March, Nyepi, is free
    assert goes_on(date(2022, 3, 4), calendar, RULE) == date(2022, 3, 8)


def test_a_superior_has_one_to_ten_days() -> None:
    with pytest.raises(BadSetting, match="1 to 10"):
        VerificationRule(superior_days=0)
