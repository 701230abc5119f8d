"""Plans that are sent in the chat: kept from their reading until they are loaded or dropped.

What is asked about one is what its plan leaves open, and an answer is a `GivenAnswer` of it: so it is loaded by the
same function as an office workbook, all or nothing.
"""

from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property
from typing import Any

from sqlalchemy import Connection, Row, null, select, update

from domain.modes import Mode
from domain.plan import About, Capacity, GivenAnswer, IndicatorRow, OfficePlan, OpenQuestion
from domain.plan_changes import PostChanges, plan_changes
from domain.plan_identity import with_known_codes
from domain.plan_review import ALL_SAME, given_at_once, in_order, mode_that_follows, reviewed, still_open
from storage import plans, schema
from storage.audit import Actor, record
from storage.plan_json import indicator_in, plan_from_json, plan_to_json, questions_in
from storage.plans import Beside, Loaded
from storage.rows import add
from storage.stored_plans import current_plan, stored_plan

_plan = schema.plan
_upload = schema.plan_upload
_BY_CHAT = "dijawab di percakapan"


class UploadState(StrEnum):
    """What became of a plan that was sent."""

    READING = "reading"
    REVIEW = "review"
    """Read; its questions are being answered."""
    WAITING = "waiting"
    """Waits for the Camat's word, because a Plt or Plh wants to load it (domain.md 7)."""
    LOADED = "loaded"
    DROPPED = "dropped"
    """Refused, replaced by a newer file, or broken off."""


class UploadDecided(Exception):
    """The plan was loaded or dropped before."""


class ReasonNeeded(Exception):
    """A new version of a plan needs its reason and the number of its document."""


@dataclass(frozen=True)
class Upload:
    """A plan that was sent. `answers` are those given in the chat, by (indicator, about)."""

    id: int
    person_id: int
    hash: str
    name: str
    sent_at: datetime
    state: UploadState
    reading: Mapping[str, Any]
    """The plan as `storage.plan_json` writes it; empty while it is read and when it is over."""
    answers: Mapping[tuple[str, About], GivenAnswer]
    reason: str
    document: str
    decided_by: int | None = None

    @cached_property
    def plan(self) -> OfficePlan:
        """All of it. Raises UploadDecided where it is over."""
        if not self.reading:
            raise UploadDecided
        return plan_from_json(self.reading)

    @property
    def questions(self) -> tuple[OpenQuestion, ...]:
        """What the file leaves open, answered in the chat or not, as it is asked; read without the rest of the plan."""
        return in_order(questions_in(self.reading))

    @property
    def values(self) -> dict[tuple[str, About], str]:
        """What was answered."""
        return {key: one.value for key, one in self.answers.items()}

    @property
    def open_questions(self) -> tuple[OpenQuestion, ...]:
        """What neither the file nor the chat has answered."""
        return still_open(self.questions, self.values)

    def indicator(self, code: str) -> IndicatorRow | None:
        """One indicator of the plan."""
        return indicator_in(self.reading, code)

    @property
    def indicators(self) -> int:
        """How many indicators are reported."""
        return sum(not one.get("context", False) for one in self.reading["indicators"])

    @property
    def titles(self) -> tuple[str, ...]:
        """The posts that it names or that the office has."""
        return tuple(post["title"] for post in self.reading["posts"])

    @property
    def year(self) -> int:
        return self.reading["year"]


@dataclass(frozen=True)
class PlannedChange:
    """What loading a plan would do. `version` is the one that it replaces, 0 for none; `is_new` is False where the same
    plan holds already, since `loaded_at`."""

    version: int
    is_new: bool
    loaded_at: datetime | None
    indicators: int
    still_open: int
    posts: tuple[PostChanges, ...]


@dataclass(frozen=True)
class HeldPlan:
    """The version of a year's plan that holds."""

    year: int
    version: int
    loaded_at: datetime
    document: str
    reason: str


@dataclass(frozen=True)
class UploadBook:
    """The plans that were sent to one office, for the person who does something about them.

    `capacity` is the one in which they are admin, None for who is none; `camat` is who decides about the plan of a Plt
    or Plh, None while nobody acts as one. `by` names the person where an answer is kept. `changed` is called after a
    plan was loaded.
    """

    connection: Connection
    office_id: int
    office_name: str
    zone: str
    now: datetime
    today: date
    actor: Actor
    capacity: Capacity | None
    camat: int | None
    by: str
    changed: Callable[[], None]

    # --- what there is --------------------------------------------------------------------------------------------

    def get(self, upload_id: int) -> Upload | None:
        """One that was sent to the office; None for another's."""
        wanted = select(_upload).where(_upload.c.id == upload_id, _upload.c.office_id == self.office_id)
        row = self.connection.execute(wanted).one_or_none()
        return None if row is None else _card(row)

    def newest(self, *states: UploadState) -> Upload | None:
        """The one sent last of those in these states."""
        wanted = select(_upload).where(_upload.c.office_id == self.office_id, _upload.c.state.in_(states))
        row = self.connection.execute(wanted.order_by(_upload.c.id.desc()).limit(1)).one_or_none()
        return None if row is None else _card(row)

    def held(self) -> tuple[HeldPlan, ...]:
        """The plans that hold, one a year, the newest year first."""
        wanted = select(_plan).where(_plan.c.office_id == self.office_id).order_by(_plan.c.year, _plan.c.version)
        newest = {row.year: row for row in self.connection.execute(wanted)}
        return tuple(
            HeldPlan(row.year, row.version, row.loaded_at, row.document, row.reason)
            for row in sorted(newest.values(), key=lambda row: -row.year)
        )

    def held_since(self, file_hash: str) -> datetime | None:
        """Since when the plan of this very file holds; None where it does not."""
        wanted = (
            select(_plan)
            .join(_upload, _upload.c.plan_id == _plan.c.id)
            .where(
                _upload.c.office_id == self.office_id,
                _upload.c.hash == file_hash,
                _upload.c.state == UploadState.LOADED.value,
            )
            .order_by(_plan.c.id.desc())
            .limit(1)
        )
        row = self.connection.execute(wanted).one_or_none()
        if row is None:
            return None
        current = current_plan(self.connection, self.office_id, row.year)
        return row.loaded_at if current is not None and current.id == row.id else None

    # --- sending and reviewing ------------------------------------------------------------------------------------

    def receive(self, file_hash: str, name: str) -> int:
        """Keep that a file is being read; return its id. Raises PermissionError for who is no admin."""
        self._must_be_admin()
        values = {
            "office_id": self.office_id,
            "person_id": self.actor.person_id,
            "hash": file_hash,
            "name": name,
            "sent_at": self.now,
            "state": UploadState.READING.value,
            "answers": {},
            "reason": "",
            "document": "",
        }
        return add(self.connection, _upload, values)

    def keep_reading(self, file_hash: str, plan: Mapping[str, Any]) -> Upload | None:
        """What was read of a file that the person sent; an older one that was not loaded makes way for it.

        None where the person sent none that is being read. Raises PermissionError for who is no admin any more.
        """
        self._must_be_admin()
        sent = self._being_read(file_hash)
        if sent is None:
            return None
        read = plan_from_json(plan)
        before = current_plan(self.connection, self.office_id, read.year)
        if read.only_plan and before is not None:  # what is answered is kept by code
            plan = plan_to_json(with_known_codes(read, stored_plan(self.connection, before.id).indicators))
        open_states = (UploadState.REVIEW.value, UploadState.WAITING.value)
        older = (_upload.c.office_id == self.office_id) & _upload.c.state.in_(open_states)
        self.connection.execute(
            update(_upload).where(older).values(state=UploadState.DROPPED.value, reading=null(), answers={})
        )
        self._set(sent.id, state=UploadState.REVIEW.value, reading=dict(plan))
        return self.get(sent.id)

    def refuse(self, file_hash: str) -> None:
        """A file that the person sent cannot be read."""
        sent = self._being_read(file_hash)
        if sent is not None:
            self._set(sent.id, state=UploadState.DROPPED.value)

    def answer(self, upload_id: int, question: OpenQuestion, value: str) -> None:
        """Answer what a plan leaves open. Raises AnswerRefused for what the question does not take, UploadDecided,
        PermissionError for who is no admin."""
        self._must_be_admin()
        upload = self._in_review(upload_id)
        if value != ALL_SAME or ALL_SAME not in question.options:
            plans.check_answer(question, value, upload.titles, upload.year)
        new = given_at_once(question, value, upload.open_questions)
        mode = self._mode_that_follows(upload, question.indicator, {**upload.values, **new})
        if mode is not None:
            new[question.indicator, About.MODE] = mode.value
        given = {_key(*key): self._given(answer) for key, answer in new.items()}
        self._set(upload_id, answers={**_answers_json(upload), **given})

    def _mode_that_follows(self, upload: Upload, code: str, values: Mapping[tuple[str, About], str]) -> Mode | None:
        row = upload.indicator(code)
        if row is None:
            return None
        answered = plans.parse_targets(values[code, About.TARGETS]) if (code, About.TARGETS) in values else {}
        known = {**row.targets, **answered}
        targets = {period: target for period, target in known.items() if target is not None}
        return mode_that_follows(row, upload.year, upload.questions, values, targets)

    def explain(self, upload_id: int, *, reason: str | None = None, document: str | None = None) -> None:
        """Say why the plan changes, or by which document. Raises UploadDecided and PermissionError as `answer`."""
        self._must_be_admin()
        self._in_review(upload_id)
        said = {"reason": reason, "document": document}
        self._set(upload_id, **{name: text.strip() for name, text in said.items() if text is not None})

    def drop(self, upload_id: int) -> None:
        """Leave the plan as it is. Raises UploadDecided and PermissionError as `answer`."""
        self._must_be_admin()
        self._in_review(upload_id)
        self._end(upload_id, UploadState.DROPPED)

    # --- loading --------------------------------------------------------------------------------------------------

    def planned(self, upload_id: int) -> PlannedChange:
        """What loading would do: it is done, looked at and undone. Raises UploadDecided, AnswerRefused."""
        upload = self._open(upload_id, UploadState.REVIEW, UploadState.WAITING)
        before = current_plan(self.connection, self.office_id, upload.year)
        rows = () if before is None else stored_plan(self.connection, before.id).indicators
        with self._tried(upload) as loaded:
            after = stored_plan(self.connection, loaded.plan_id).indicators
            still_open = plans.open_count(self.connection, loaded.plan_id)
        return PlannedChange(
            version=0 if before is None else before.version,
            is_new=loaded.changed,
            loaded_at=None if before is None else before.loaded_at,
            indicators=sum(not row.context for row in after),
            still_open=still_open,
            posts=plan_changes(rows, after),
        )

    @property
    def needs_camat(self) -> bool:
        """Whether what the person loads waits for the Camat's word: a Plt or Plh changes no plan alone. Where the Camat
        is one, or the post is vacant, the record tells in which capacity it was done."""
        acts = self.capacity in (Capacity.PLT, Capacity.PLH)
        return acts and self.camat is not None and self.camat != self.actor.person_id

    def load(self, upload_id: int) -> Loaded:
        """Load the plan with all that was answered, all or nothing.

        Raises ReasonNeeded, UploadDecided, AnswerRefused, and PermissionError for who is no admin or needs the Camat's
        word.
        """
        self._must_be_admin()
        if self.needs_camat:
            raise PermissionError("a plan of a Plt or Plh waits for the Camat")
        return self._loaded(self._in_review(upload_id))

    def submit(self, upload_id: int) -> None:
        """Have the plan wait for the Camat's word. Raises as `load`."""
        self._must_be_admin()
        upload = self._in_review(upload_id)
        self._must_be_explained(upload)
        with self._tried(upload):
            pass
        self._set(upload_id, state=UploadState.WAITING.value)
        self._record("plan waits for camat", upload, str(upload.year))

    def decide(self, upload_id: int, *, agrees: bool) -> Loaded | None:
        """The Camat's word about a plan that waits for it; None where it is not loaded.

        Raises PermissionError for anybody else, UploadDecided where nothing waits, AnswerRefused.
        """
        if self.camat is None or self.camat != self.actor.person_id:
            raise PermissionError("only the Camat decides about the plan of a Plt or Plh")
        upload = self._open(upload_id, UploadState.WAITING)
        decided = {"decided_by": self.actor.person_id, "decided_at": self.now}
        self._set(upload_id, **decided)
        if agrees:
            return self._loaded(upload)
        self._end(upload_id, UploadState.DROPPED)
        self._record("plan declined", upload, str(upload.year))
        return None

    def _loaded(self, upload: Upload) -> Loaded:
        self._must_be_explained(upload)
        loaded = plans.apply_plan(self.connection, self._own(upload), self.now, self._beside(upload))
        self._end(upload.id, UploadState.LOADED, plan_id=loaded.plan_id)
        self.changed()
        return loaded

    @contextmanager
    def _tried(self, upload: Upload) -> Generator[Loaded]:
        """The plan as if it were loaded; afterwards everything is as before."""
        undone = self.connection.begin_nested()
        try:
            yield plans.apply_plan(self.connection, self._own(upload), self.now, self._beside(upload))
        finally:
            undone.rollback()

    def _own(self, upload: Upload) -> OfficePlan:
        """The plan as this office's; raises PermissionError for the workbook of another."""
        plan = reviewed(upload.plan, upload.values)
        if plan.only_plan:
            return replace(plan, office=self.office_name, zone=self.zone)
        if plan.office != self.office_name:
            raise PermissionError(f"the workbook is of {plan.office}, not of {self.office_name}")
        return plan

    def _beside(self, upload: Upload) -> Beside:
        return Beside(upload.reason, upload.document, tuple(upload.answers.values()), self.actor)

    def _must_be_explained(self, upload: Upload) -> None:
        if current_plan(self.connection, self.office_id, upload.year) is None:
            return
        if not (upload.reason or upload.plan.reason) or not (upload.document or upload.plan.document):
            raise ReasonNeeded

    # --- rows -----------------------------------------------------------------------------------------------------

    def _must_be_admin(self) -> None:
        if self.capacity is None:
            raise PermissionError("only an admin sends plans")

    def _in_review(self, upload_id: int) -> Upload:
        return self._open(upload_id, UploadState.REVIEW)

    def _open(self, upload_id: int, *states: UploadState) -> Upload:
        upload = self.get(upload_id)
        if upload is None:
            raise PermissionError(f"upload {upload_id} is not of this office")
        if upload.state not in states:
            raise UploadDecided
        return upload

    def _being_read(self, file_hash: str) -> Upload | None:
        wanted = (
            select(_upload)
            .where(
                _upload.c.office_id == self.office_id,
                _upload.c.person_id == self.actor.person_id,
                _upload.c.hash == file_hash,
                _upload.c.state == UploadState.READING.value,
            )
            .order_by(_upload.c.id.desc())
            .limit(1)
        )
        row = self.connection.execute(wanted).one_or_none()
        return None if row is None else _card(row)

    def _given(self, value: str) -> dict[str, str]:
        return {"value": value, "by": self.by, "on": self.today.isoformat()}

    def _set(self, upload_id: int, **values: Any) -> None:
        own = (_upload.c.id == upload_id) & (_upload.c.office_id == self.office_id)
        self.connection.execute(update(_upload).where(own).values(values))

    def _end(self, upload_id: int, state: UploadState, plan_id: int | None = None) -> None:
        self._set(upload_id, state=state.value, plan_id=plan_id, reading=null(), answers={})

    def _record(self, action: str, upload: Upload, new: str) -> None:
        subject = f"plan file {upload.id}"
        record(self.connection, self.office_id, self.actor, self.now, action, subject, new=new, reason=upload.reason)


def _key(indicator: str, about: About) -> str:
    return f"{about.value} {indicator}"


def _answers_json(upload: Upload) -> dict[str, dict[str, str]]:
    return {
        _key(*key): {"value": one.value, "by": one.by, "on": one.on.isoformat()} for key, one in upload.answers.items()
    }


def _card(row: Row[Any]) -> Upload:
    return Upload(
        row.id,
        row.person_id,
        row.hash,
        row.name,
        row.sent_at,
        UploadState(row.state),
        row.reading or {},
        {(one.indicator, one.about): one for one in (_answer(key, told) for key, told in row.answers.items())},
        row.reason,
        row.document,
        row.decided_by,
    )


def _answer(key: str, told: Mapping[str, str]) -> GivenAnswer:
    about, _, indicator = key.partition(" ")
    on = date.fromisoformat(told["on"])
    return GivenAnswer(indicator, About(about), told["value"], told["by"], on, _BY_CHAT)
