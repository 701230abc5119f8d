"""One office as its dates depend on it: its rules, calendar and posts, and who is away, late with leave, or locked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from domain.absence import Absence, Holding, Responsible, responsible, responsible_above
from domain.day_spans import DaySpan
from domain.deadlines import Deadline, due_date
from domain.extensions import Extension, extended_to
from domain.ladder import Stage, StageDay, Told, ladder
from domain.locks import Lock, Turn, locked
from domain.office_rules import OfficeRules
from domain.periods import Period
from domain.roles import OrgPost
from domain.working_calendar import WorkingCalendar
from domain.working_hours import WorkingHours


@dataclass(frozen=True)
class Owed:
    """A post owes a report of a period: something with a target is missing, or was returned to be mended."""

    post_id: int
    period: Period


@dataclass(frozen=True)
class Office:
    """What the ladder of one office depends on, besides what is owed.

    `calendar` and `ramadan_days` cover every day asked about and the weeks around it. `posts` are in their own order;
    `holdings`, `absences`, `extensions` and `turns` in that of their entry. `unreachable` are the persons to whom no
    channel leads. `fillers` tells which post fills in the figures of which other one (`domain.reporting_for`).
    """

    zone: str
    rules: OfficeRules
    calendar: WorkingCalendar
    posts: Mapping[int, OrgPost]
    holdings: Sequence[Holding]
    absences: Sequence[Absence] = ()
    extensions: Sequence[Extension] = ()
    turns: Sequence[Turn] = ()
    ramadan_days: tuple[DaySpan, ...] = ()
    unreachable: frozenset[int] = frozenset()
    fillers: Mapping[int, int] = field(default_factory=dict[int, int])

    @cached_property
    def hours(self) -> WorkingHours:
        return self.rules.working_hours(self.ramadan_days)

    def responsible(self, post_id: int, day: date) -> Responsible | None:
        """Who acts for a post on a day."""
        return responsible(post_id, day, self.holdings, self.absences)

    def reporting_post(self, post_id: int, day: date) -> int:
        """The post whose holder fills in the figures of a post: the filling one while somebody acts for it, else its
        own."""
        filler = self.fillers.get(post_id)
        return post_id if filler is None or self.responsible(filler, day) is None else filler

    def told(self, owed: Owed, stage: Stage, day: date) -> int | None:
        """The person to whom a stage about what is owed is a message on that day, None where it is none."""
        reporting = self.reporting_post(owed.post_id, day)
        match stage.told:
            case Told.PERSON:
                found = self.responsible(reporting, day)
            case Told.SUPERIOR:
                found = responsible_above(reporting, day, self.posts, self.holdings, self.absences)
            case Told.CAMAT:
                found = None
        return None if found is None else found.person_id

    def told_for_vacant(self, owed: Owed, stage: Stage, day: date) -> int | None:
        """The superior to whom a reminder of a post goes that nobody holds on that day, None where somebody does."""
        reporting = self.reporting_post(owed.post_id, day)
        if stage.told is not Told.PERSON or self.responsible(reporting, day) is not None:
            return None
        above = responsible_above(reporting, day, self.posts, self.holdings, self.absences)
        return None if above is None else above.person_id

    def told_instead(self, owed: Owed, stage: StageDay, day: date) -> int | None:
        """The superior who is told that the person of a stage cannot be reached, None where it is no such case.

        Once before the cut-off falls due, so that there is a day left to say it face to face.
        """
        person = self.told(owed, stage.stage, day)
        first = stage.stage is Stage.BEFORE and stage.deadline is not Deadline.KABUPATEN
        if not first or person not in self.unreachable:
            return None
        reporting = self.reporting_post(owed.post_id, day)
        above = responsible_above(reporting, day, self.posts, self.holdings, self.absences)
        return None if above is None or above.person_id in self.unreachable else above.person_id

    def extended_to(self, owed: Owed, day: date) -> date | None:
        """Until when the post has more time, as known on that day."""
        return extended_to(owed.post_id, owed.period, day, self.extensions)

    def due(self, owed: Owed, day: date) -> date:
        """The last day on which the report is awaited, as known on that day: that of the extension, else the internal
        cut-off."""
        return self.extended_to(owed, day) or due_date(owed.period, self.rules.internal, self.calendar)

    def lock(self, owed: Owed, day: date) -> Lock | None:
        """The lock under which what is owed can no longer be reported on that day, None while it can."""
        until, rules = self.due(owed, day), self.rules
        return locked(owed.period, day, rules.lock_rule, self.turns, rules.kabupaten, self.calendar, until)

    def period_lock(self, period: Period, day: date) -> Lock | None:
        """The lock on a period for every post without more time on that day, None for an open one."""
        rules = self.rules
        until = due_date(period, rules.internal, self.calendar)
        return locked(period, day, rules.lock_rule, self.turns, rules.kabupaten, self.calendar, until)

    def ladder(self, owed: Owed, day: date) -> tuple[StageDay, ...]:
        """Every stage about what is owed, past ones included, as the dates stand on that day."""
        later = self.extended_to(owed, day)
        return ladder((owed.period,), self.rules.ladder, self.rules.cut_offs, self.calendar, later)
