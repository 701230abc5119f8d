"""The desk: what one turn, tick or command may see and do, always of one office and at one moment.

It returns frozen values, never rows. Nothing here commits: the caller's transaction does, or does not.
"""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cached_property
from typing import Any

from sqlalchemy import Connection, select

from domain.office_rules import OfficeRules
from domain.openings import Closing, Duty, closings
from domain.periods import Period
from domain.plan import Capacity
from domain.roles import OrgPost
from domain.summarise import summarise
from domain.summary import Behind, Coverage, OfficeSummary, SectionFigures
from domain.working_calendar import WorkingCalendar
from domain.zones import instant, local
from storage import audit, conversations, figures, people, plans, reports, snapshots
from storage.people import HeldPost, PersonCard, PostCard
from storage.plans import QuestionCard
from storage.reports import NewEvidence, NewReport, ReportCard
from storage.tables import Office, OfficeDay, table

_office = table(Office)
_office_day = table(OfficeDay)

FreeDays = Callable[[Sequence[int]], frozenset[date]]
"""Public holidays and cuti bersama of some years; the edge knows them."""
SUMMARY = "summary"


@dataclass(frozen=True)
class OfficeCard:
    """The office that a desk stands in. `zone` is an IANA name."""

    id: int
    name: str
    kabupaten: str
    zone: str
    rules: OfficeRules

    @property
    def full_name(self) -> str:
        """As pictures and forms head it."""
        return f"Kecamatan {self.name}"


@dataclass(frozen=True)
class Desk:
    """One person's (or the program's own) view of one office at `now`.

    `person_id` is None for the program itself. `inbox_id` and `message_id` tell the message that is being answered.
    """

    connection: Connection = field(repr=False)
    office_id: int
    now: datetime
    free_days: FreeDays = field(repr=False)
    person_id: int | None = None
    channel: str = ""
    inbox_id: int | None = None
    message_id: str = ""

    # --- who and where ------------------------------------------------------------------------------------------

    @cached_property
    def office(self) -> OfficeCard:
        row = self.connection.execute(select(_office).where(_office.c.id == self.office_id)).one()
        return OfficeCard(row.id, row.name, row.kabupaten, row.zone, OfficeRules.from_json(row.rules))

    @property
    def local_now(self) -> datetime:
        """The moment on the office's clock."""
        return local(self.now, self.office.zone)

    @property
    def today(self) -> date:
        return self.local_now.date()

    @property
    def week_start(self) -> datetime:
        """When the office's present week began: what was said before it was said "last week"."""
        return instant(self.today - timedelta(days=self.today.weekday()), time(), self.office.zone)

    @cached_property
    def calendar(self) -> WorkingCalendar:
        """Working days around now: last year, this one and the next, the office's own days off included."""
        year = self.today.year
        own = self.connection.execute(select(_office_day.c.day).where(_office_day.c.office_id == self.office_id))
        free = self.free_days((year - 1, year, year + 1)) | frozenset(own.scalars())
        return self.office.rules.calendar(free)

    @cached_property
    def person(self) -> PersonCard:
        """Who is being answered. Raises ValueError at the program's own desk."""
        if self.person_id is None:
            raise ValueError("nobody sits at this desk")
        return people.person(self.connection, self.office_id, self.person_id)

    @cached_property
    def held_posts(self) -> tuple[HeldPost, ...]:
        """The posts the person holds today."""
        if self.person_id is None:
            return ()
        held = people.held_posts(self.connection, self.person_id, self.today)
        own = {post.id for post in self.posts}
        return tuple(one for one in held if one.post.id in own)

    @cached_property
    def posts(self) -> tuple[PostCard, ...]:
        """Every post of the office, in its order."""
        return people.posts(self.connection, self.office_id)

    @cached_property
    def holders(self) -> dict[int, int]:
        """Who holds which post today: post id to person id."""
        return people.holders(self.connection, self.office_id, self.today)

    @cached_property
    def people(self) -> dict[int, PersonCard]:
        """Everybody of the office by id."""
        return {person.id: person for person in people.people(self.connection, self.office_id)}

    def for_person(self, person_id: int) -> "Desk":
        """The same office and moment, seen by somebody else."""
        return Desk(self.connection, self.office_id, self.now, self.free_days, person_id)

    @property
    def is_admin(self) -> bool:
        return any(held.post.is_admin for held in self.held_posts)

    @property
    def admins(self) -> tuple[int, ...]:
        """Who holds an admin's post today."""
        return tuple(
            dict.fromkeys(self.holders[post.id] for post in self.posts if post.is_admin and post.id in self.holders)
        )

    # --- what is to be reported ---------------------------------------------------------------------------------

    @cached_property
    def duties(self) -> tuple[Duty, ...]:
        """The indicators of the person's own posts."""
        return figures.duties(self.connection, self.office_id, [held.post.id for held in self.held_posts])

    @cached_property
    def office_duties(self) -> tuple[Duty, ...]:
        """The indicators of every post of the office."""
        return figures.duties(self.connection, self.office_id)

    @property
    def closings(self) -> tuple[Closing, ...]:
        """What the person's posts have to report, by the day it closes."""
        return closings(self.duties, self.today, self.office.rules, self.calendar)

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
        indicator of another post."""
        own = {duty.id: duty for duty in self.duties}
        for report in new:
            if report.indicator_id not in own:
                raise PermissionError(f"indicator {report.indicator_id} belongs to another post")
        figures.lock(self.connection, self.office_id, [report.indicator_id for report in new])
        for post_id in dict.fromkeys(own[report.indicator_id].post_id for report in new):
            of_post = [report for report in new if own[report.indicator_id].post_id == post_id]
            reports.submit(self.connection, self.office_id, of_post, self.actor(post_id), self.now, "chat")
        self._forget_figures()

    def add_evidence(self, evidence: Sequence[NewEvidence]) -> None:
        """Attach pictures and files to the person's own indicators. Raises PermissionError for another post's."""
        if not evidence:
            return
        own = {duty.id for duty in self.duties}
        if any(one.indicator_id not in own for one in evidence):
            raise PermissionError("evidence for an indicator of another post")
        reports.add_evidence(self.connection, self.office_id, self.person.id, evidence, self.now)

    def report_given_by(self, message_id: str) -> ReportCard | None:
        """The report that an earlier message of the person gave and that still holds."""
        return reports.given_by_message(self.connection, self.office_id, self.person.id, message_id)

    def confirm_mode(self, duty: Duty) -> None:
        """The owner says that the proposed way of counting is right. Raises PermissionError for anybody else."""
        self._must_own(duty)
        plans.confirm_mode(self.connection, self.office_id, duty.id, self.actor(duty.post_id), self.now)
        self._forget_figures()

    def doubt_mode(self, duty: Duty, text: str) -> None:
        """The owner says that the proposed way of counting is wrong: `text` asks the admin. Raises PermissionError
        for anybody else."""
        self._must_own(duty)
        plans.doubt_mode(self.connection, self.office_id, duty.id, text, self.actor(duty.post_id), self.now)
        self._forget_figures()

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
        by = f"{self.person.name}, {', '.join(held.post.title for held in self.held_posts)}"
        plans.answer_question(
            self.connection, self.office_id, question_id, value, self.actor(), self.now, by=by, reason=reason
        )
        self._forget_figures()

    def _forget_figures(self) -> None:
        """What was read before a change is read again after it."""
        for name in ("duties", "office_duties"):
            self.__dict__.pop(name, None)

    # --- summaries ----------------------------------------------------------------------------------------------

    def summary(self, before: datetime | None = None, of: Period | None = None) -> OfficeSummary | None:
        """The office's figures now; changes are told against the newest summary of the period before `before`.

        `of` is the period whose reports are counted, None for the one that is reported now.
        """
        plain = self._summarise(None, of)
        if plain is None or before is None:
            return plain
        earlier = snapshots.latest_before(self.connection, self.office_id, SUMMARY, plain.period, before)
        return plain if earlier is None else self._summarise(summary_from_json(earlier.figures), of)

    def _summarise(self, before: OfficeSummary | None, of: Period | None) -> OfficeSummary | None:
        org = [OrgPost(post.id, post.title, post.role, post.superior_id, post.section) for post in self.posts]
        return summarise(
            self.office.full_name, org, self.office_duties, self.today, self.office.rules, self.calendar, before, of=of
        )

    def keep_summary(self, summary: OfficeSummary) -> int:
        """Store a summary; return the number of its snapshot."""
        figures_json = summary_to_json(summary)
        return snapshots.keep(self.connection, self.office_id, SUMMARY, summary.period, figures_json, self.now)

    def address_of(self, person_id: int) -> conversations.Address | None:
        """Where a person of the office is best reached, None for nowhere."""
        return conversations.address_of_person(self.connection, person_id) if person_id in self.people else None


def summary_to_json(summary: OfficeSummary) -> dict[str, Any]:
    """The figures of a snapshot: decimals as strings."""
    return _plain(asdict(summary))


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    return value


def summary_from_json(plain: dict[str, Any]) -> OfficeSummary:
    """Read what `summary_to_json` wrote."""
    fields = dict(plain)
    fields["coverage"] = Coverage(**plain["coverage"])
    fields["sections"] = tuple(_section(section) for section in plain["sections"])
    fields["behind"] = tuple(_behind(behind) for behind in plain["behind"])
    fields["missing_posts"] = tuple(plain["missing_posts"])
    for name in ("mean", "change"):
        fields[name] = _decimal(plain[name])
    return OfficeSummary(**fields)


def _section(plain: dict[str, Any]) -> SectionFigures:
    return SectionFigures(
        plain["name"],
        Coverage(**plain["coverage"]),
        _decimal(plain["mean"]),
        plain["predicate"],
        _decimal(plain["change"]),
    )


def _behind(plain: dict[str, Any]) -> Behind:
    return Behind(
        plain["name"],
        plain["unit"],
        Decimal(plain["target"]),
        Decimal(plain["realisation"]),
        Decimal(plain["capaian"]),
        plain["section"],
    )


def _decimal(value: str | None) -> Decimal | None:
    return None if value is None else Decimal(value)
