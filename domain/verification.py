"""Who checks whose figures, in which order, and what anybody may do with a figure (domain.md 7).

The chain: the owner reports; the Kasi or Kasubbag above a pelaksana sees it first, or it goes on by itself; the
Kasubbag Perencanaan verifies, the Sekretaris what he reported himself; the camat approves the quarter.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.plan import Role
from domain.refusals import BadSetting, Between
from domain.roles import OrgPost
from domain.standing import Standing
from domain.working_calendar import WorkingCalendar

SUPERIOR_DAYS = range(1, 11)
"""The working days that a superior may have before a figure goes on without him."""
_SEES_FIRST = frozenset({Role.KASI, Role.KASUBBAG})


@dataclass(frozen=True)
class VerificationRule:
    """The chain as an office sets it.

    `verifiers` are the titles of the posts that verify, none for the admin's; with `superior_first` the Kasi or
    Kasubbag above a post sees its figures first and has `superior_days` working days for it; `camat_approves` the
    quarter; `own_allowed` lets people verify their own figures (a small office). Raises BadSetting outside 1 to 10
    working days.
    """

    verifiers: tuple[str, ...] = ()
    superior_first: bool = True
    superior_days: int = 2
    camat_approves: bool = True
    own_allowed: bool = False

    def __post_init__(self) -> None:
        if self.superior_days not in SUPERIOR_DAYS:
            raise BadSetting(
                f"a superior has {SUPERIOR_DAYS[0]} to {SUPERIOR_DAYS[-1]} working days, not {self.superior_days}",
                field="superior_days",
                given=self.superior_days,
                allowed=Between(SUPERIOR_DAYS[0], SUPERIOR_DAYS[-1]),
            )


class Action(StrEnum):
    """What is done with the figure of one indicator and period."""

    REPORT = "report"
    CORRECT = "correct"
    REQUEST = "request"
    """To ask for a correction of what is locked."""
    SEE = "see"
    VERIFY = "verify"
    RETURN = "return"
    APPROVE = "approve"
    DECIDE = "decide"
    """To agree to a requested correction, or not."""


class Tie(StrEnum):
    """What a person has to do with a figure; somebody may have several ties, or none."""

    OWNER = "owner"
    """Acts for the post that reports it."""
    REPORTER = "reporter"
    """Sent the figure that holds, or asked for its correction."""
    FIRST = "first"
    """Acts for the post that sees it first."""
    LINE = "line"
    """Acts for a post in the line above."""
    VERIFIER = "verifier"
    APPROVER = "approver"


_GIVEN = frozenset({Standing.REPORTED, Standing.SEEN, Standing.VERIFIED, Standing.APPROVED})
_UNCHECKED = frozenset({Standing.REPORTED, Standing.SEEN})
_OWN = frozenset({Tie.OWNER, Tie.REPORTER})


def may(
    action: Action,
    standing: Standing,
    ties: Collection[Tie],
    rule: VerificationRule,
    *,
    locked: bool = False,
    waits: bool = False,
) -> bool:
    """Whether somebody with these ties may do it.

    `locked`: the period takes no more reports. `waits`: a superior still has time to see the figure first.
    """
    held = frozenset(ties)
    is_own = bool(held & _OWN)
    match action:
        case Action.REPORT:
            return Tie.OWNER in held and not standing.holds and not locked
        case Action.CORRECT:
            return Tie.OWNER in held and standing in _GIVEN and not locked
        case Action.REQUEST:
            return Tie.OWNER in held and standing in _GIVEN and locked
        case Action.SEE:
            return Tie.FIRST in held and standing is Standing.REPORTED and not is_own
        case Action.VERIFY:
            return Tie.VERIFIER in held and standing in _UNCHECKED and not waits and (rule.own_allowed or not is_own)
        case Action.RETURN:
            checks = bool(held & {Tie.FIRST, Tie.LINE, Tie.VERIFIER, Tie.APPROVER})
            return checks and standing in _GIVEN and not is_own and not locked
        case Action.APPROVE:
            return Tie.APPROVER in held and standing is Standing.VERIFIED and rule.camat_approves
        case Action.DECIDE:
            return Tie.VERIFIER in held and standing in _GIVEN and locked and (rule.own_allowed or not is_own)


def sees_first(post_id: int, posts: Mapping[int, OrgPost], rule: VerificationRule) -> int | None:
    """The post that sees first what a post reports: the Kasi or Kasubbag directly above it; None where none does."""
    superior = posts[post_id].superior_id
    if not rule.superior_first or superior is None or posts[superior].role not in _SEES_FIRST:
        return None
    return superior


def verifier_posts(
    post_id: int,
    reporter_id: int | None,
    posts: Mapping[int, OrgPost],
    admin_posts: Sequence[int],
    acting: Mapping[int, int],
    rule: VerificationRule,
    filled_by: int | None = None,
) -> tuple[int, ...]:
    """The posts that verify what a post reports; `acting` tells who acts for which post, by their ids, and `filled_by`
    which post fills in its figures, where that is another.

    The verifying posts; for what one of them or its own people reported the Sekretaris, and else the camat: whoever
    reported a figure or acts for its post is passed over, unless the office allows people to verify their own.
    """
    named = [one.id for one in posts.values() if one.title in rule.verifiers] or list(admin_posts)
    tiers = (
        named if rule.own_allowed or not {post_id, filled_by}.intersection(named) else [],
        [one.id for one in posts.values() if one.role is Role.SEKRETARIS],
        [one.id for one in posts.values() if one.role is Role.CAMAT],
    )
    reporting = (acting.get(one) for one in (post_id, filled_by) if one is not None)
    barred = set() if rule.own_allowed else {reporter_id, *reporting}
    for tier in tiers:
        able = tuple(one for one in tier if one in acting and acting[one] not in barred)
        if able:
            return able
    return ()


def goes_on(reported_on: date, calendar: WorkingCalendar, rule: VerificationRule) -> date:
    """The day from which a figure is verified though no superior has seen it ("belum dilihat atasan")."""
    return calendar.add(reported_on, rule.superior_days)
