"""The desk: what one turn, tick or command may see and do, always of one office and at one moment.

It returns frozen values, never rows. Nothing here commits: the caller's transaction does, or does not.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cached_property, partial
from itertools import chain
from typing import Any

from sqlalchemy import Connection

from domain.beginning import is_before
from domain.budget import BudgetLine, opens, owed, reporting_lines
from domain.checking import Chain, Check, marks
from domain.evidence import EvidenceKind
from domain.office import Office as Organisation
from domain.office import Owed
from domain.openings import Closing, Duty, closings, first_own_year, is_begun
from domain.periods import Period
from domain.plan import Capacity, Role, SignerRow
from domain.renstra import RenstraFigures
from domain.reporting_for import entered_for
from domain.reviews import reviewing_post
from domain.roles import OrgPost
from domain.sight import Sight, sight
from domain.standing import Standing
from domain.summarise import compared
from domain.summary import OfficeSummary
from domain.working_calendar import WorkingCalendar
from domain.working_hours import opening_moment
from domain.zones import instant, local
from storage import (
    audit,
    budgets,
    conversations,
    evidence,
    figures,
    jobs,
    on_behalf,
    outbox,
    people,
    plans,
    renstra,
    reports,
    screens,
    signers,
    snapshots,
)
from storage.absences import AbsenceBook
from storage.beginnings import BeginningBook
from storage.budgets import NewBudgetReport
from storage.checking import CheckBook
from storage.conversations import Line
from storage.corrections import CorrectionBook
from storage.evidence import EvidenceBook, NewEvidence
from storage.extensions import ExtensionBook
from storage.figures_json import from_json
from storage.follow_ups import FollowUpBook
from storage.groups import GroupBook
from storage.history import HistoryBook
from storage.invites import InviteBook
from storage.notes import NoteBook
from storage.numbers import NumberBook
from storage.office_settings import SettingsBook
from storage.on_behalf import BehalfBook
from storage.own_duties import OwnDuties, own_duties
from storage.people import HeldPost, PersonCard, PostCard, ReportedPost
from storage.period_locks import LockBook
from storage.picture_book import SUMMARY, PictureBook
from storage.plan_uploads import UploadBook
from storage.plans import QuestionCard
from storage.premises import Almanac, Day, OfficeCard, Premises, premises_of
from storage.privacy import PrivacyBook
from storage.reports import LastReport, NewReport, ReportCard
from storage.reviews import ReportChanged
from storage.seats import SeatBook
from storage.staff import StaffBook
from storage.undelivered import CallBook

_PREMISES = frozenset(
    {"office", "calendar", "organisation", "posts", "holders", "reporters", "people", "_premises", "_day"}
)
"""What is read of the office by one statement."""
_OF_THE_OFFICE = (*_PREMISES, "office_duties", "every_duty", "plan_years", "budget")
"""What every person's desk of an office has in common."""


def _definitif_first(held: HeldPost) -> bool:
    return held.capacity is not Capacity.DEFINITIF


@dataclass(frozen=True)
class Desk:
    """One person's (or the program's own) view of one office at `now`.

    `person_id` is None for the program itself. `inbox_id` and `message_id` tell the message that is being answered.
    """

    connection: Connection = field(repr=False)
    office_id: int
    now: datetime
    almanac: Almanac = field(repr=False)
    person_id: int | None = None
    channel: str = ""
    inbox_id: int | None = None
    message_id: str = ""
    behalf: on_behalf.For | None = None
    """For which post of somebody else's the person enters figures, None where they report for their own."""
    practice: bool = False
    """Whether it is one of invented indicators, for a practice run of which nothing is kept."""
    letters: list[int] = field(default_factory=list[int], repr=False)
    """What was written to others at this desk, by the ids of the outbox."""
    jobs: list[int] = field(default_factory=list[int], repr=False)
    """What was begun at this desk that is too slow for a turn, by the ids of its jobs."""
    moved: list[int] = field(default_factory=list[int], repr=False)
    """The conversation of another office that was chosen at this desk."""

    # --- who and where ------------------------------------------------------------------------------------------

    @cached_property
    def _premises(self) -> Premises:
        """The office as its tables have it."""
        return premises_of(self.connection, self.office_id)

    @cached_property
    def _day(self) -> Day:
        """The office today."""
        return self._premises.on(self.now, self.almanac)

    @cached_property
    def office(self) -> OfficeCard:
        return self._premises.office

    @property
    def local_now(self) -> datetime:
        """The moment on the office's clock."""
        return local(self.now, self.office.zone)

    @property
    def today(self) -> date:
        return self._day.today

    @property
    def is_open(self) -> bool:
        """Whether people of the office may be written to now who did not write first."""
        return self.calendar.is_working(self.today) and self.organisation.hours.is_open(self.local_now)

    @property
    def week_start(self) -> datetime:
        """When the office's present week began: what was said before it was said "last week"."""
        return instant(self.today - timedelta(days=self.today.weekday()), time(), self.office.zone)

    @cached_property
    def calendar(self) -> WorkingCalendar:
        """Working days around now: last year, this one and the next, the office's own days off included."""
        return self._day.calendar

    @cached_property
    def organisation(self) -> Organisation:
        """The office as its dates depend on it: posts and who acts for them, leave, more time, locks."""
        return self._day.organisation

    @cached_property
    def person(self) -> PersonCard:
        """Who is being answered. Raises ValueError at the program's own desk."""
        if self.person_id is None:
            raise ValueError("nobody sits at this desk")
        return self.people.get(self.person_id) or people.person(self.connection, self.office_id, self.person_id)

    @cached_property
    def held_posts(self) -> tuple[HeldPost, ...]:
        """The posts the person holds today, and those for whose holder they stand in."""
        if self.person_id is None:
            return ()
        own = (one for one in self._premises.holdings if one.person_id == self.person_id and one.covers(self.today))
        capacities = {one.post_id: one.capacity for one in own}
        stood_in_for = {
            post_id: one.capacity for post_id, one in self._day.acting.items() if one.person_id == self.person_id
        }
        held = {**stood_in_for, **capacities}
        return tuple(HeldPost(post, held[post.id]) for post in self.posts if post.id in held)

    @cached_property
    def reported_posts(self) -> tuple[ReportedPost, ...]:
        """The posts for which the person reports: those they hold, then those they fill in for; of somebody who enters
        figures for another's post that one alone."""
        by_id = {post.id: post for post in self.posts}
        if self.behalf is not None:
            return (ReportedPost(by_id[self.behalf.post_id], None),)
        held = {held.post.id for held in self.held_posts}
        filled = (post for post in self.posts if post.id not in held and self.reporters.get(post.id) == self.person_id)
        own = (ReportedPost(one.post, one.capacity) for one in self.held_posts)
        return (*own, *(ReportedPost(post, None) for post in filled if self.person_id is not None))

    @property
    def reported_ids(self) -> frozenset[int]:
        """The ids of those posts."""
        return frozenset(one.post.id for one in self.reported_posts)

    @property
    def entered_for(self) -> tuple[PostCard, ...]:
        """The posts of others for which the person may enter figures, in the office's order."""
        held = [one.post.id for one in self.held_posts]
        rule = self.office.rules.reporting
        allowed = entered_for(held, self.organisation.posts, rule, is_admin=self.is_admin) - self.reported_ids
        return tuple(post for post in self.posts if post.id in allowed)

    @cached_property
    def posts(self) -> tuple[PostCard, ...]:
        """Every post of the office, in its order."""
        return self._premises.posts

    @property
    def present_posts(self) -> tuple[PostCard, ...]:
        """The posts that the office has today: without those that ended, of which figures and history still speak."""
        return tuple(post for post in self.posts if post.exists_on(self.today))

    @cached_property
    def holders(self) -> Mapping[int, int]:
        """Who acts for which post today, a stand-in where the holder is away: post id to person id."""
        return self._day.holders

    @cached_property
    def reporters(self) -> Mapping[int, int]:
        """Who fills in the figures of which post today: post id to person id."""
        return self._day.reporters

    @cached_property
    def people(self) -> Mapping[int, PersonCard]:
        """Everybody of the office by id."""
        return self._premises.people

    @property
    def out_of_reach(self) -> dict[int, datetime]:
        """Who joined but cannot be written to any more, and when they were last heard: person id to instant."""
        return people.out_of_reach(self.connection, self.office_id)

    @property
    def calls(self) -> CallBook:
        """Whom somebody is to call, because a message reached them nowhere."""
        return CallBook(self.connection, self.office_id, self.now)

    @property
    def missed_something(self) -> bool:
        """Whether a message reached the person nowhere, as it stood when the message came that is being answered."""
        return self.person_id in self._premises.unreached

    @property
    def templates_this_month(self) -> Mapping[str, tuple[int, int]]:
        """By channel, how many messages the office sent this month, and how many of them as a template."""
        since = instant(self.today.replace(day=1), time(), self.office.zone)
        return outbox.templates_since(self.connection, self.office_id, since)

    @property
    def lines(self) -> tuple[Line, ...]:
        """The channels on which the person joined, the one they last wrote on first."""
        return () if self.person_id is None else conversations.lines_of_person(self.connection, self.person.id)

    @property
    def preferred_channel(self) -> str:
        """Where the person wants to be written to unasked; empty for where they last wrote from."""
        return people.preferred_channel(self.connection, self.person.id)

    def prefer_channel(self, channel: str) -> None:
        """The person chooses where they are written to unasked, empty for where they last wrote from.

        What waits for its hour goes there, too. Raises ValueError for a channel on which they have not joined.
        """
        if channel and channel not in (line.channel for line in self.lines):
            raise ValueError(f"the person has not joined on {channel}")
        before = self.preferred_channel
        people.prefer_channel(self.connection, self.person.id, channel)
        audit.record(
            self.connection, self.office_id, self.actor(), self.now, "channel chosen", f"person {self.person.id}",
            old=before, new=channel,
        )  # fmt: skip
        address = self.address_of(self.person.id)
        if address is not None:
            outbox.redirect_waiting(self.connection, self.person.id, address.channel, address.address)

    @property
    def seats(self) -> SeatBook:
        """For which offices the address speaks from which the person wrote."""
        return SeatBook(self.connection, self.inbox_id, self.moved)

    def is_shared(self, person_id: int) -> bool:
        """Whether somebody of the office is written to where another office writes, too."""
        return person_id in self.people and conversations.is_shared(self.connection, person_id)

    @property
    def conversation_state(self) -> dict[str, Any] | None:
        """What the person is being asked, as it is stored; None for nothing."""
        return None if self.person_id is None else conversations.state_of(self.connection, self.person.id)

    def for_person(self, person_id: int) -> "Desk":
        """The same office and moment, seen by somebody else; what was read of the office is not read again."""
        seen = Desk(self.connection, self.office_id, self.now, self.almanac, person_id)
        seen.__dict__.update((name, self.__dict__[name]) for name in _OF_THE_OFFICE if name in self.__dict__)
        return seen

    def for_post(self, post_id: int, basis: str) -> "Desk":
        """The same desk, at which the person enters figures of somebody else's post, which they know by `basis`.

        Raises PermissionError for a post for which they may not.
        """
        if all(post.id != post_id for post in self.entered_for):
            raise PermissionError(f"person {self.person_id} may not enter figures for post {post_id}")
        seen = replace(self, behalf=on_behalf.For(post_id, basis))
        seen.__dict__.update((name, self.__dict__[name]) for name in _OF_THE_OFFICE if name in self.__dict__)
        return seen

    def for_practice(self, post: PostCard, duties: Sequence[Duty]) -> "Desk":
        """The same person and moment at the desk of an invented post with its invented indicators, in the first day's
        order of the office: nobody is away and nothing is locked. Nothing can be reported there."""
        rules = replace(self.office.rules, begins=None)
        invented = OrgPost(post.id, post.title, post.role, None)
        seen = replace(self, practice=True)
        seen.__dict__.update(
            office=self.office,
            calendar=self.calendar,
            organisation=Organisation(self.office.zone, rules, self.calendar, {post.id: invented}, ()),
            posts=(post,),
            holders={post.id: self.person.id},
            reporters={post.id: self.person.id},
            held_posts=(HeldPost(post, Capacity.DEFINITIF),),
            reported_posts=(ReportedPost(post, Capacity.DEFINITIF),),
            duties=tuple(duties),
            office_duties=tuple(duties),
            every_duty=tuple(duties),
        )
        return seen

    @property
    def is_admin(self) -> bool:
        return any(held.post.is_admin for held in self.held_posts)

    @property
    def sight(self) -> Sight:
        """Whose figures the person may see; whom the office lets verify sees as much as the admin."""
        held = [one.post.id for one in self.held_posts]
        verifies = any(one.post.title in self.office.rules.verification.verifiers for one in self.held_posts)
        return sight(held, is_admin=self.is_admin or verifies, posts=self.organisation.posts)

    @property
    def admins(self) -> tuple[int, ...]:
        """Who holds an admin's post today."""
        return tuple(
            dict.fromkeys(self.holders[post.id] for post in self.posts if post.is_admin and post.id in self.holders)
        )

    # --- what is to be reported ---------------------------------------------------------------------------------

    @cached_property
    def _own_duties(self) -> tuple[OwnDuties, frozenset[int]]:
        """The indicators of the posts for which the person reports, as they were read, and which have evidence."""
        posts = [one.post.id for one in self.reported_posts]
        begins, since = self._premises.office.rules.begins, first_own_year(self.today)
        return own_duties(self.connection, self.office_id, posts, begins, since)

    @cached_property
    def duties(self) -> tuple[Duty, ...]:
        """The indicators of the posts for which the person reports, of this year's plan and those beside it."""
        return self._own_duties[0].duties

    def pieces_of(self, duty: Duty, period: Period) -> Counter[EvidenceKind]:
        """How much evidence of which kind the figure of one of the person's own indicators has."""
        if self.practice or duty.id not in self._own_duties[1]:
            return Counter()
        return self.evidence.kinds([duty.id]).get((duty.id, period), Counter[EvidenceKind]())

    @cached_property
    def office_duties(self) -> tuple[Duty, ...]:
        """The indicators of every post of the office, of this year's plan and those beside it; where there is none of
        this year, of the newest and the one before."""
        return figures.duties(self.connection, self.office_id, since=self._first_shown_year)

    @cached_property
    def every_duty(self) -> tuple[Duty, ...]:
        """The same of the plans of all years: they grow with each, so they are read where the past is asked for."""
        return figures.duties(self.connection, self.office_id)

    def duties_in(self, year: int) -> tuple[Duty, ...]:
        """The indicators of every post, those of a year among them."""
        return self.office_duties if year >= self._first_shown_year else self.every_duty

    @cached_property
    def plan_years(self) -> tuple[int, ...]:
        """The years of the office's plans, oldest first."""
        return figures.plan_years(self.connection, self.office_id)

    @property
    def _first_shown_year(self) -> int:
        newest = max(self.plan_years, default=self.today.year)
        return min(first_own_year(self.today), newest - 1)

    @cached_property
    def closings(self) -> tuple[Closing, ...]:
        """What the person's posts have to report, by the day it closes; asked several times a turn."""
        if self.practice:
            return closings(self.duties, self.today, self.organisation)
        return self._own_duties[0].closings_on(self._day)

    @property
    def owed(self) -> frozenset[Owed]:
        """What every post of the office owes today, read without the figures themselves."""
        return self._begun(figures.unreported(self.connection, self.office_id))

    def owed_before(self, moment: datetime) -> frozenset[Owed]:
        """What every post of the office owes today, without what was returned since a moment."""
        return self._begun(figures.unreported(self.connection, self.office_id, moment))

    def _begun(self, owed: frozenset[Owed]) -> frozenset[Owed]:
        return frozenset(one for one in owed if is_begun(one, self.today, self.organisation))

    def capacity_for(self, post_id: int) -> Capacity | None:
        """In which capacity the person acts for a post, None where it is not theirs."""
        return next((held.capacity for held in self.held_posts if held.post.id == post_id), None)

    def actor(self, post_id: int | None = None) -> audit.Actor:
        """The person as the record names them, acting for a post."""
        capacity = self.capacity_for(post_id) if post_id is not None else None
        return audit.Actor(self.person_id, post_id, capacity or "", self.channel, self.inbox_id)

    # --- doing --------------------------------------------------------------------------------------------------

    def submit(self, new: Sequence[NewReport]) -> None:
        """Report values of the person's own indicators; figures and record follow. Raises PermissionError for an
        indicator of another post, for a period that is locked or had ended when the office began, and in a practice
        run."""
        self._must_be_real()
        own = {duty.id: duty for duty in self.duties}
        for report in new:
            if report.indicator_id not in own:
                raise PermissionError(f"indicator {report.indicator_id} belongs to another post")
            self._must_be_since_the_beginning(own[report.indicator_id], report.period)
            if self.organisation.lock(Owed(own[report.indicator_id].post_id, report.period), self.today) is not None:
                raise PermissionError(f"{report.period.code} is locked")
        figures.lock(self.connection, self.office_id, [report.indicator_id for report in new])
        for post_id in dict.fromkeys(own[report.indicator_id].post_id for report in new):
            of_post = [report for report in new if own[report.indicator_id].post_id == post_id]
            late = frozenset(report.period for report in of_post if self._is_late(post_id, report.period))
            basis = "" if self.behalf is None else self.behalf.basis
            known = [replace(report, basis=basis) for report in of_post]
            actor = self.actor(post_id)
            added = reports.submit(self.connection, self.office_id, known, actor, self.now, "chat", late)
            self._keep_behalf(added)
        self._forget("duties", "office_duties")

    def _must_be_real(self) -> None:
        if self.practice:
            raise PermissionError("nothing of a practice run is kept")

    def _keep_behalf(self, report_ids: Sequence[int]) -> None:
        """Note for whom figures were entered that are not the person's own to report."""
        if self.behalf is None or not report_ids:
            return
        holder = self.holders.get(self.behalf.post_id)
        sitting = on_behalf.keep(self.connection, self.office_id, self.behalf, self.person.id, holder, self.now)
        on_behalf.add_figures(self.connection, sitting, report_ids)

    @property
    def entered(self) -> BehalfBook:
        """What was entered for others' posts, and what they said of it."""
        by_id = {duty.id: duty for duty in self.office_duties}
        own = frozenset(one.post.id for one in self.held_posts)
        return BehalfBook(self.connection, self.office_id, self.now, self.person_id, own, by_id, self.actor)

    @property
    def beginnings(self) -> BeginningBook:
        """What is known of the time before the office began, of the posts for which the person reports."""
        return BeginningBook(
            self.connection,
            self.office_id,
            self.now,
            self.office.rules.begins,
            self.duties,
            self.actor,
            self._must_be_real,
            partial(self._forget, "duties", "office_duties"),
        )

    def _must_be_since_the_beginning(self, duty: Duty, period: Period) -> None:
        """What was realised before the office began is told by positions, see `beginnings`."""
        is_early = is_before(period, self.office.rules.begins) and period not in duty.values
        if period == duty.measure.opening or is_early:
            raise PermissionError(f"{period.code} had ended when the office began")

    def _is_late(self, post_id: int, period: Period) -> bool:
        return self.today > self.organisation.due(Owed(post_id, period), self.today)

    def reviewing_post(self, post_id: int) -> int | None:
        """As which of their posts the person may return what a post of the office reports; None where they may not."""
        if post_id not in self.organisation.posts:
            return None
        held = [one.post.id for one in self.held_posts]
        return reviewing_post(post_id, held, self.checking.chain.verifiers_of(post_id), self.organisation.posts)

    def return_report(self, indicator_id: int, period: Period, value: Decimal, reason: str) -> int:
        """Return the report of `value` in the indicator's unit, so that its figure counts as missing until the owner
        sends one again; return its id.

        Raises PermissionError for an indicator of another office, for whom it is not to return, for an own report, an
        invented value and a locked period; ReportChanged where `value` does not hold any more.
        """
        book = self.checking
        given = book.of(indicator_id, period)
        if given is None and all(duty.id != indicator_id for duty in self.office_duties):
            raise PermissionError(f"indicator {indicator_id} is not theirs to return")
        if given is None or given.value != value or given.standing is Standing.RETURNED:
            raise ReportChanged(f"{value} does not hold for indicator {indicator_id} in {period.code}")
        book.give_back(given.report_id, reason)
        return given.report_id

    def add_evidence(self, new: Sequence[NewEvidence]) -> tuple[int, ...]:
        """Attach pictures, files and links to the person's own indicators; return their ids. Raises PermissionError for
        another post's, and in a practice run."""
        self._must_be_real()
        own = {duty.id: duty.post_id for duty in self.duties} if new else {}
        if any(one.indicator_id not in own for one in new):
            raise PermissionError("evidence for an indicator of another post")
        added: list[int] = []
        for one in new:
            actor = self.actor(own[one.indicator_id])
            added += evidence.add_evidence(self.connection, self.office_id, [one], actor, self.now)
        self._forget("duties")
        return tuple(added)

    @property
    def evidence(self) -> EvidenceBook:
        """What supports the office's figures. Who verifies sees all of it, whatever post that is."""
        own = frozenset(held.post.id for held in self.held_posts) | self.reported_ids
        verifies = any(held.post.title in self.office.rules.verification.verifiers for held in self.held_posts)
        return EvidenceBook(
            self.connection,
            self.office_id,
            self.now,
            instant(self.today, time(), self.office.zone),
            own,
            frozenset(self.organisation.posts) if verifies else self.sight.posts,
            self.is_admin,
            self.person_id is None,
            self.duty,
            self.actor,
            partial(self._forget, "duties", "office_duties"),
        )

    def duty(self, indicator_id: int) -> Duty | None:
        """An indicator of the office, None for another's; the person's own are looked through first."""
        own = next((one for one in self.duties if one.id == indicator_id), None)
        year = figures.year_of(self.connection, self.office_id, indicator_id) if own is None else None
        return own if year is None else next((one for one in self.duties_in(year) if one.id == indicator_id), None)

    def report_given_by(self, message_id: str) -> ReportCard | None:
        """The report that an earlier message of the person gave and that still holds."""
        return reports.given_by_message(self.connection, self.office_id, self.person.id, message_id)

    @property
    def last_report(self) -> LastReport | None:
        """What was last received from the person; None for nothing yet."""
        return reports.last_of_person(self.connection, self.office_id, self.person.id)

    @property
    def on_screen(self) -> list[dict[str, Any]]:
        """The newest messages to the person who is being answered, as they are stored, the last one first."""
        return [] if self.inbox_id is None else screens.on_screen(self.connection, self.inbox_id)

    def confirmed_doubts(self, periods: Collection[Period]) -> tuple[str, ...]:
        """What the person confirmed with each of their reports of those periods; empty where nothing was asked."""
        return reports.confirmed_doubts(self.connection, self.office_id, self.person.id, periods)

    def confirm_mode(self, duty: Duty) -> None:
        """The owner says that the proposed way of counting is right. Raises PermissionError for anybody else."""
        self._must_own(duty)
        plans.confirm_mode(self.connection, self.office_id, duty.id, self.actor(duty.post_id), self.now)
        self._forget("duties", "office_duties")

    def doubt_mode(self, duty: Duty, text: str) -> None:
        """The owner says that the proposed way of counting is wrong: `text` asks the admin. Raises PermissionError
        for anybody else."""
        self._must_own(duty)
        plans.doubt_mode(self.connection, self.office_id, duty.id, text, self.actor(duty.post_id), self.now)
        self._forget("duties", "office_duties")

    def _must_own(self, duty: Duty) -> None:
        if all(own.id != duty.id for own in self.duties):
            raise PermissionError(f"indicator {duty.id} belongs to another post")

    @property
    def open_questions(self) -> tuple[QuestionCard, ...]:
        """What the office's plans leave open."""
        return plans.open_questions(self.connection, self.office_id)

    def answer_question(self, question_id: int, value: str, reason: str) -> None:
        """Decide an open question of a plan. Raises AnswerRefused for a value that it does not take, and
        NoResultFound for a question of another office."""
        by = self._signature
        plans.answer_question(
            self.connection, self.office_id, question_id, value, self.actor(), self.now, by=by, reason=reason
        )
        self._forget("duties", "office_duties")

    def _forget(self, *names: str) -> None:
        """What was read before a change is read again after it; some may follow from anything that was read."""
        office = ("_premises", "_day") if _PREMISES.intersection(names) else ()
        follows = ("every_duty", "_own_duties", "closings", "to_check", "reporters", "reported_posts")
        for name in (*names, *office, *follows):
            self.__dict__.pop(name, None)

    # --- money --------------------------------------------------------------------------------------------------

    @cached_property
    def budget(self) -> tuple[BudgetLine, ...]:
        """Every line of the office's budgets of all years, in the plans' order."""
        return budgets.lines(self.connection, self.office_id)

    @property
    def own_budget(self) -> tuple[BudgetLine, ...]:
        """The lines that the person's posts report."""
        held = {one.post.id for one in self.held_posts}
        return tuple(line for line in reporting_lines(self.budget) if line.post_id in held)

    @property
    def sees_budget(self) -> bool:
        """Whether the person may see what was spent of all of it: who sees the office, and who reports every line."""
        own = {line.id for line in self.own_budget}
        return self.sight.office or (bool(own) and own == {line.id for line in reporting_lines(self.budget)})

    def submit_budget(self, new: Sequence[NewBudgetReport]) -> None:
        """Report what was spent of the person's own lines, an admin of any line; the record follows.

        Raises PermissionError for a line of another post, and for a month that is locked, has not begun or is of a year
        that is closed.
        """
        reported = {line.id: line for line in (reporting_lines(self.budget) if self.is_admin else self.own_budget)}
        for one in new:
            if one.line_id not in reported:
                raise PermissionError(f"budget line {one.line_id} is not theirs to report")
            self._must_be_open(reported[one.line_id], one.period)
        budgets.lock(self.connection, self.office_id, [one.line_id for one in new])
        by_post: dict[int | None, list[NewBudgetReport]] = {}
        for one in new:
            by_post.setdefault(self._acting_for(reported[one.line_id]), []).append(one)
        for post_id, of_post in by_post.items():
            budgets.submit(self.connection, self.office_id, of_post, self.actor(post_id), self.now, "chat")
        self._forget("budget")

    def _must_be_open(self, line: BudgetLine, month: Period) -> None:
        if month not in opens(line, self.today, self.organisation):
            raise PermissionError(f"{month.code} of budget line {line.id} is not open")
        if self.organisation.lock(owed(line, month), self.today) is not None:
            raise PermissionError(f"{month.code} is locked")

    def _acting_for(self, line: BudgetLine) -> int | None:
        """As which of their posts the person reports a line: as its own, else as an admin."""
        own = (one.post.id for one in self.held_posts if one.post.id == line.post_id)
        admins = (one.post.id for one in self.held_posts if one.post.is_admin)
        return next(chain(own, admins), None)

    # --- the plan -----------------------------------------------------------------------------------------------

    @property
    def plan_uploads(self) -> UploadBook:
        """The plans that were sent to the office in the chat."""
        admin = min((one for one in self.held_posts if one.post.is_admin), key=_definitif_first, default=None)
        camat = next((post.id for post in self.posts if post.role is Role.CAMAT), None)
        acts_as = camat if camat is not None and self.capacity_for(camat) is not None else None
        return UploadBook(
            self.connection,
            self.office_id,
            self.office.name,
            self.office.zone,
            self.now,
            self.today,
            self.actor(acts_as if admin is None else admin.post.id),
            None if admin is None else admin.capacity,
            self.holders.get(camat or 0),
            "" if self.person_id is None else self._signature,
            partial(self._forget, *_OF_THE_OFFICE, "held_posts", "duties"),
        )

    @property
    def _signature(self) -> str:
        return f"{self.person.name}, {', '.join(held.post.title for held in self.held_posts)}"

    # --- slow work ----------------------------------------------------------------------------------------------

    def begin_job(self, kind: str, details: Mapping[str, Any]) -> None:
        """Have something done that is too slow for a turn; its result comes to the person's conversation."""
        self.jobs.append(jobs.begin(self.connection, self.person.id, kind, details, self.now))

    # --- checking -----------------------------------------------------------------------------------------------

    @property
    def checking(self) -> CheckBook:
        """What waits to be checked, and what the person decides about it."""
        return CheckBook(
            self.connection,
            self.office_id,
            self.now,
            Chain(self.organisation, tuple(post.id for post in self.posts if post.is_admin), self.today),
            self.office_duties,
            self.person_id,
            frozenset(one.post.id for one in self.held_posts),
            self.actor,
            partial(self._forget, "duties", "office_duties"),
        )

    @property
    def corrections(self) -> CorrectionBook:
        """Corrections that are asked for after a lock, and what is decided about them."""
        return CorrectionBook(self.checking)

    @property
    def history(self) -> HistoryBook:
        """The lives of the indicators that the person may see. Who verifies sees all of them, whatever post that is."""
        verifies = any(held.post.title in self.office.rules.verification.verifiers for held in self.held_posts)
        seen = frozenset(self.organisation.posts) if verifies else self.sight.posts
        visible = frozenset(duty.id for duty in self.office_duties if duty.post_id in seen)
        return HistoryBook(self.connection, self.office_id, visible)

    @cached_property
    def to_check(self) -> tuple[Check, ...]:
        """What waits for the person to see or to verify, with what is unusual about it; asked several times a turn."""
        waiting = self.checking.queue()
        if not waiting:
            return ()
        duties = {one.given.duty.id: one.given.duty for one in waiting}
        figures_asked = {(one.given.duty.id, one.given.period): one for one in waiting}
        pieces, lacking = self.evidence.counts(duties), self.evidence.lacking(duties.values())
        twinned, rule = self.evidence.twinned(figures_asked), self.office.rules.explaining
        return tuple(
            Check(
                one,
                marks(one.given, rule, lacks_evidence=figure in lacking, has_twin=figure in twinned),
                pieces.get(figure, 0),
                lacking.get(figure, 0),
            )
            for figure, one in figures_asked.items()
        )

    # --- dates --------------------------------------------------------------------------------------------------

    @property
    def absences(self) -> AbsenceBook:
        """Who is away."""
        changed = partial(self._forget, "organisation", "holders", "held_posts", "duties")
        everybody = frozenset(self.people)
        return AbsenceBook(self.connection, self.office_id, self.actor(), self.now, self.today, everybody, changed)

    @property
    def staff(self) -> StaffBook:
        """Who holds which post from when to when, and the posts themselves; for an admin to change."""
        changed = partial(self._forget, *_OF_THE_OFFICE, "held_posts", "duties")
        return StaffBook(self.connection, self.office_id, self.actor(), self.now, self.today, self.is_admin, changed)

    @property
    def extensions(self) -> ExtensionBook:
        """Who asked for more time."""
        changed = partial(self._forget, "organisation")
        return ExtensionBook(
            self.connection, self.office_id, self.actor(), self.now, self.today, self.organisation, changed
        )

    @property
    def locks(self) -> LockBook:
        """Which periods were locked by hand."""
        changed = partial(self._forget, "organisation")
        return LockBook(self.connection, self.office_id, self.actor(), self.now, self.today, changed)

    @property
    def numbers(self) -> NumberBook:
        """Whose number changed, and what was decided about it."""
        changed = partial(self._forget, "people", "organisation")
        return NumberBook(self.connection, self.office_id, self.actor(), self.now, changed)

    @property
    def privacy(self) -> PrivacyBook:
        """Who asked to be erased, and what was decided about it."""
        changed = partial(self._forget, "people", "organisation", "holders")
        decides = self.is_admin or any(held.post.role is Role.CAMAT for held in self.held_posts)
        return PrivacyBook(
            self.connection, self.office_id, self.person_id, self.actor(), self.now, self.today, decides, changed
        )

    @property
    def settings(self) -> SettingsBook:
        """What the office has chosen."""
        changed = partial(self._forget, "office", "calendar", "organisation", "duties", "office_duties")
        return SettingsBook(self.connection, self.office_id, self.actor(), self.now, changed)

    @property
    def groups(self) -> GroupBook:
        """The groups to which the office lets the assistant post."""
        return GroupBook(self.connection, self.office_id, self.actor, self.now, self.is_admin)

    @property
    def invites(self) -> InviteBook:
        """Who is invited to which post."""
        return InviteBook(self.connection, self.office_id, self.actor, self.now, self.is_admin)

    # --- summaries ----------------------------------------------------------------------------------------------

    def summary(self, before: datetime | None = None, of: Period | None = None) -> OfficeSummary | None:
        """The office's figures now; changes are told against the newest summary of the period before `before`.

        `of` is the period whose reports are counted, None for the one that is reported now.
        """
        now = self.pictures.summary(of)
        if now is None or before is None:
            return now
        earlier = snapshots.latest_before(self.connection, self.office_id, SUMMARY, now.period, before)
        return now if earlier is None else compared(now, from_json(OfficeSummary, earlier.figures))

    @property
    def renstra(self) -> Mapping[int, RenstraFigures]:
        """What the five-year plan says, by indicator; indicators of which it says nothing are not in it."""
        return renstra.of_office(self.connection, self.office_id)

    @property
    def signers(self) -> tuple[SignerRow, ...]:
        """Who signs the official forms, in the office's order."""
        return signers.of_office(self.connection, self.office_id)

    @property
    def pictures(self) -> PictureBook:
        """What the office's pictures show, and the snapshots that keep it."""
        return PictureBook(
            self.connection,
            self.office_id,
            self.office.full_name,
            self.duties_in,
            self.organisation,
            self.today,
            self.now,
        )

    @property
    def notes(self) -> NoteBook:
        """What was said about the indicators that the person may see."""
        visible = frozenset(duty.id for duty in self.office_duties if duty.post_id in self.sight.posts)
        return NoteBook(self.connection, self.office_id, self.now, visible)

    @property
    def follow_ups(self) -> FollowUpBook:
        """Why figures are low or high and what is done about it, as far as the person may see; the program sees all."""
        seen = self.sight.posts if self.person_id is not None else frozenset(self.organisation.posts)
        own = frozenset(held.post.id for held in self.held_posts) | self.reported_ids
        return FollowUpBook(self.connection, self.office_id, self.now, self.actor, seen | own, own)

    # --- writing to others --------------------------------------------------------------------------------------

    def tell(self, person_id: int, key: str, message: dict[str, Any]) -> bool:
        """Write to somebody of the office who did not write first: within its hours at once, else when it opens.

        There is only ever one of a `key`. False for somebody who cannot be reached.
        """
        hours = self.organisation.hours
        opens_at = opening_moment(self.now, self.office.zone, hours, self.calendar)
        return self._wait(person_id, outbox.Letter(key, self.now, message, opens_at=opens_at))

    def ask_in_private(self, key: str, message: dict[str, Any]) -> bool:
        """Write to the person at once about something that they have just begun elsewhere, in a group.

        There is only ever one of a `key`. False where they cannot be reached.
        """
        return self._wait(self.person.id, outbox.Letter(key, self.now, message, opens_at=self.now))

    def remind_again(self, at: datetime, occasion: dict[str, Any]) -> bool:
        """Remind the person once more at an instant, as they asked; what it says is made then.

        It is no ladder message. False where this message asked for it before.
        """
        expires = instant(local(at, self.office.zone).date(), time.max, self.office.zone)
        letter = outbox.Letter(
            f"snooze:{self.inbox_id}",
            self.now,
            occasion=occasion,
            lane=outbox.NOTICE,
            opens_at=at,
            expires_at=expires,
        )
        return self._wait(self.person.id, letter)

    def occasion_since(self, key: str, since: datetime) -> dict[str, Any] | None:
        """Why the office's message of that key comes, if it was written after `since`; None for no such one."""
        return outbox.occasion_since(self.connection, self.office_id, key, since)

    def last_letters(self, key: str) -> Mapping[int, tuple[dict[str, Any], datetime]]:
        """By person, the newest message of the office whose key begins so: why it came, and when on the office's
        clock."""
        return outbox.last_letters(self.connection, self.office_id, key)

    def _wait(self, person_id: int, letter: outbox.Letter) -> bool:
        """Write a letter that waits for its hour; it is noted for whoever took the turn."""
        written = self.write(person_id, letter)
        if written is not None:
            self.letters.append(written)
        return written is not None

    def write(self, person_id: int, letter: outbox.Letter) -> int | None:
        """Put a letter into the outbox, to where somebody of the office is best reached; return its id.

        None for somebody who cannot be reached, and for a letter that was written before. Who could be reached once is
        to be called about it.
        """
        address = self.address_of(person_id)
        if address is None and person_id in self.people:
            lost = conversations.lost_address(self.connection, person_id)
            if lost is not None:
                outbox.enqueue(self.connection, replace(self._sending(lost, person_id, letter), nowhere=True))
        return self._write_to(address, person_id, letter)

    def write_to_admins(self, letter: outbox.Letter) -> list[int]:
        """Put a letter to every admin of the office into the outbox, one of its key to each; return the ids."""
        return self._write_to_each(letter, {admin: self.address_of(admin) for admin in self.admins})

    def write_to_admins_but_on(self, channel: str, letter: outbox.Letter) -> list[int]:
        """The same on any channel but one; who is reached on no other is not written to."""
        found = {admin: conversations.address_but_on(self.connection, admin, channel) for admin in self.admins}
        return self._write_to_each(letter, found)

    def _write_to_each(self, letter: outbox.Letter, addresses: Mapping[int, conversations.Address | None]) -> list[int]:
        each = (
            self._write_to(address, person_id, replace(letter, key=f"{letter.key}:{person_id}"))
            for person_id, address in addresses.items()
        )
        return [letter_id for letter_id in each if letter_id is not None]

    def _write_to(self, address: conversations.Address | None, person_id: int, letter: outbox.Letter) -> int | None:
        return None if address is None else outbox.enqueue(self.connection, self._sending(address, person_id, letter))

    def _sending(self, address: conversations.Address, person_id: int, letter: outbox.Letter) -> outbox.NewSending:
        return outbox.NewSending(
            office_id=self.office_id,
            conversation_id=address.conversation_id,
            person_id=person_id,
            channel=address.channel,
            address=address.address,
            lane=letter.lane,
            dedup_key=letter.key,
            message=letter.message,
            occasion=letter.occasion,
            due_at=letter.due_at,
            said_at=self.now,
            expires_at=letter.expires_at,
            opens_at=letter.opens_at,
            counted_as=letter.counted_as,
        )

    def address_of(self, person_id: int) -> conversations.Address | None:
        """Where a person of the office is best reached, None for nowhere."""
        return conversations.address_of_person(self.connection, person_id) if person_id in self.people else None
