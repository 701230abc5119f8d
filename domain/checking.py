"""What waits to be checked, by whom and as which post, and what is unusual about it (domain.md 7).

Whoever holds a post may act for it, also while a stand-in does; told unasked is who acts for it today.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from domain.explaining import Asked, ExplainRule
from domain.number_sense import TOLD, Doubt
from domain.office import Office, Owed
from domain.openings import Duty
from domain.periods import Period, PeriodKind
from domain.plan import Capacity, Role
from domain.reviews import Returned
from domain.roles import above
from domain.standing import Standing
from domain.verification import Action, Tie, VerificationRule, goes_on, may, sees_first, verifier_posts
from domain.zones import local

_OF_WRITING = frozenset({"", *(doubt.value for doubt in Doubt if doubt not in TOLD)})
"""Doubts about how a figure was written ("15 dari 20"): once it is read, nothing is unusual about it."""


@dataclass(frozen=True)
class Decided:
    """That somebody saw, verified, approved or returned a figure, acting for a post in a capacity, and why."""

    verdict: Standing
    person_id: int
    post_id: int
    capacity: Capacity
    at: datetime
    reason: str = ""


@dataclass(frozen=True)
class Given:
    """The newest revision of an indicator's figure of a period, as whoever checks it needs it.

    `value`, `numerator` and `denominator` in the indicator's unit; `reporter_id` sent it in a `capacity`, None for a
    file, at an aware instant. `verified_before` is the value of the last revision before it that was verified; `mended`
    is what was returned before it, and why. A `sample` is an invented value ("contoh").
    """

    report_id: int
    duty: Duty
    period: Period
    value: Decimal
    numerator: Decimal | None
    denominator: Decimal | None
    reporter_id: int | None
    capacity: Capacity | None
    reported_at: datetime
    note: str
    reason: str
    confirmed_doubt: str
    sample: bool
    decided: tuple[Decided, ...] = ()
    verified_before: Decimal | None = None
    mended: Returned | None = None

    @property
    def standing(self) -> Standing:
        """How far it has come; whatever was decided before it was returned is over."""
        verdicts = {one.verdict for one in self.decided}
        way = (Standing.RETURNED, Standing.APPROVED, Standing.VERIFIED, Standing.SEEN)
        return next((one for one in way if one in verdicts), Standing.REPORTED)

    def last(self, verdict: Standing) -> Decided | None:
        """Who decided so last."""
        return next((one for one in reversed(self.decided) if one.verdict is verdict), None)


class Mark(StrEnum):
    """What is unusual about a figure, the gravest first."""

    CORRECTED = "corrected"
    """Replaces a figure that was verified."""
    DOUBT = "doubt"
    """Doubted by the program, confirmed by whoever reported it."""
    LOW = "low"
    HIGH = "high"
    LATE = "late"
    NO_EVIDENCE = "no_evidence"
    TWIN = "twin"
    """Its evidence was used for another figure, too."""
    NOTE = "note"


@dataclass(frozen=True)
class Waiting:
    """A figure that waits for somebody to see or to verify it; `unseen`: its superior let his time pass."""

    given: Given
    action: Action
    unseen: bool = False


@dataclass(frozen=True)
class Check:
    """A figure that waits, what is unusual about it, how many pieces of evidence it has and how many it lacks."""

    waiting: Waiting
    marks: tuple[Mark, ...]
    pieces: int
    lacking: int

    @property
    def given(self) -> Given:
        return self.waiting.given

    @property
    def id(self) -> int:
        """That of the revision that is shown."""
        return self.given.report_id

    @property
    def is_to_verify(self) -> bool:
        return self.waiting.action is Action.VERIFY

    @property
    def is_usual(self) -> bool:
        """Whether it can be agreed to without a look: that a superior let his time pass holds nothing back."""
        return self.is_to_verify and not self.marks


@dataclass(frozen=True)
class Chain:
    """The chain of one office on a local day; `admin_posts` are the ids of the admins' posts."""

    office: Office
    admin_posts: tuple[int, ...]
    today: date

    @property
    def rule(self) -> VerificationRule:
        return self.office.rules.verification

    @cached_property
    def acting(self) -> Mapping[int, int]:
        """Who acts for which post: post id to person id."""
        found = {post_id: self.office.responsible(post_id, self.today) for post_id in self.office.posts}
        return {post_id: one.person_id for post_id, one in found.items() if one is not None}

    def first(self, given: Given) -> int | None:
        """The post that sees it first; None where nobody does who had not sent it or reports for its post."""
        post_id = sees_first(given.duty.post_id, self.office.posts, self.rule)
        own = {given.reporter_id, self.acting.get(given.duty.post_id)}
        return None if post_id is None or self.acting.get(post_id, given.reporter_id) in own else post_id

    def verifiers(self, given: Given) -> tuple[int, ...]:
        """The posts that verify it."""
        return self.verifiers_of(given.duty.post_id, given.reporter_id)

    def verifiers_of(self, post_id: int, reporter_id: int | None = None) -> tuple[int, ...]:
        """The posts that verify what a post reports, whoever acts for it or, where he is given, sent it."""
        key = post_id, reporter_id
        if key not in self._verifiers:
            filler = self.office.reporting_post(post_id, self.today)
            self._verifiers[key] = verifier_posts(
                post_id,
                reporter_id,
                self.office.posts,
                self.admin_posts,
                self.acting,
                self.rule,
                filled_by=None if filler == post_id else filler,
            )
        return self._verifiers[key]

    @cached_property
    def _verifiers(self) -> dict[tuple[int, int | None], tuple[int, ...]]:
        """Found so far, by post and reporter: the same for all that somebody sent for a post."""
        return {}

    def checkers(self, given: Given) -> frozenset[int]:
        """Who acts for a post that sees or verifies it: nobody else's queue can have it."""
        posts = (self.first(given), *self.verifiers(given))
        return frozenset(self.acting[one] for one in posts if one is not None and one in self.acting)

    def waits(self, given: Given, held: Collection[int]) -> bool:
        """Whether a superior other than the holder of these posts still has time to see it first."""
        first = self.first(given)
        return first is not None and first not in held and not self._went_on(given)

    def is_unseen(self, given: Given) -> bool:
        """Whether it goes on though its superior has not seen it ("belum dilihat atasan")."""
        return given.standing is Standing.REPORTED and self.first(given) is not None and self._went_on(given)

    def _went_on(self, given: Given) -> bool:
        reported_on = local(given.reported_at, self.office.zone).date()
        return given.standing is not Standing.REPORTED or self.today >= goes_on(
            reported_on, self.office.calendar, self.rule
        )

    def ties(self, given: Given, person_id: int | None, held: Collection[int]) -> frozenset[Tie]:
        """What a person has to do with a figure, by the posts that they hold."""
        post_id, posts = given.duty.post_id, self.office.posts
        tied = {
            Tie.OWNER: post_id in held or self.office.reporting_post(post_id, self.today) in held,
            Tie.REPORTER: person_id is not None and person_id == given.reporter_id,
            Tie.FIRST: self.first(given) in held,
            Tie.LINE: any(one in held for one in above(posts, post_id)),
            Tie.VERIFIER: any(one in held for one in self.verifiers(given)),
            Tie.APPROVER: any(posts[one].role is Role.CAMAT for one in held),
        }
        return frozenset(tie for tie, is_tied in tied.items() if is_tied)

    def may(self, action: Action, given: Given, person_id: int | None, held: Collection[int]) -> bool:
        """Whether the holder of these posts may do it. An invented value is not checked at all."""
        if given.sample and action not in (Action.REPORT, Action.CORRECT, Action.REQUEST):
            return False
        lock = self.office.lock(Owed(given.duty.post_id, given.period), self.today)
        return may(
            action,
            given.standing,
            self.ties(given, person_id, held),
            self.rule,
            locked=lock is not None,
            waits=self.waits(given, held),
        )

    def acts_as(self, action: Action, given: Given, held: Collection[int]) -> int | None:
        """As which of the posts that somebody holds they do it, the nearest to the figure first."""
        posts, line = self.office.posts, above(self.office.posts, given.duty.post_id)
        verifiers = self.verifiers(given)
        match action:
            case Action.SEE:
                able: tuple[int | None, ...] = (self.first(given),)
            case Action.VERIFY | Action.DECIDE:
                able = verifiers
            case Action.RETURN:
                able = (*line, *verifiers)
            case Action.APPROVE:
                able = tuple(one for one in posts if posts[one].role is Role.CAMAT)
            case Action.REPORT | Action.CORRECT | Action.REQUEST:
                able = (given.duty.post_id, self.office.reporting_post(given.duty.post_id, self.today))
        return next((one for one in able if one is not None and one in held), None)

    def waiting(self, given: Given, person_id: int | None, held: Collection[int]) -> Waiting | None:
        """For what a figure waits for the holder of these posts: to be verified, else to be seen; None for neither."""
        for action in (Action.VERIFY, Action.SEE):
            if self.may(action, given, person_id, held):
                return Waiting(given, action, self.is_unseen(given))
        return None


def marks(given: Given, rule: ExplainRule, *, lacks_evidence: bool = False, has_twin: bool = False) -> tuple[Mark, ...]:
    """What is unusual about a figure; what its evidence lacks is for the caller to tell."""
    asked = rule.asks(
        given.duty.figures[given.period].capaian_to_date, quarter_end=given.period.kind is not PeriodKind.MONTH
    )
    found = {
        Mark.CORRECTED: given.verified_before is not None,
        Mark.DOUBT: any(part.strip() not in _OF_WRITING for part in given.confirmed_doubt.split(",")),
        Mark.LOW: asked is Asked.OBSTACLE,
        Mark.HIGH: asked is Asked.DRIVER,
        Mark.LATE: given.period in given.duty.late,
        Mark.NO_EVIDENCE: lacks_evidence,
        Mark.TWIN: has_twin,
        Mark.NOTE: bool(given.note),
    }
    return tuple(mark for mark, is_so in found.items() if is_so)
