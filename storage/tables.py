"""Every table (design.md 5), declared with SQLModel. What reads and writes them uses `storage.schema`, written from
here by `scripts/schema`.

Figures are `Millionths`, times `UtcTime`; a house-rule test refuses Float and Numeric columns. Reports and audit
entries are only ever added. Enumerations are plain text, so that a new value needs no migration.
"""

from datetime import date, datetime
from decimal import Decimal
from typing import Any, cast

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Index,
    Integer,
    MetaData,
    Table,
    UniqueConstraint,
    false,
)
from sqlmodel import AutoString, Field, SQLModel

from storage.columns import BigId, MessageId, Millionths, UtcTime, new_stamp

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
SQLModel.model_config["defer_build"] = True
"""Nothing is validated by these classes: a start need not build what would do it."""
METADATA: MetaData = SQLModel.metadata
CONDITION = "condition"
"""Under what an index of some rows keeps which ones in its `info`."""


def _key() -> Any:
    return Field(default=None, sa_column=Column(BigId, primary_key=True, autoincrement=True))


def _json(*, nullable: bool = False) -> Any:
    return Field(default=None, sa_column=Column(JSON(none_as_null=True), nullable=nullable))


def _time(*, index: bool = False) -> Any:
    return Field(sa_type=UtcTime, index=index)


def _maybe_time() -> Any:
    return Field(default=None, sa_type=UtcTime, nullable=True)


def _figure() -> Any:
    return Field(default=None, sa_type=Millionths, nullable=True)


def _count() -> Any:
    return Field(sa_type=BigInteger)


def _flag() -> Any:
    return Column(Boolean, nullable=False, server_default=false())


def _number() -> Any:
    return Column(Integer, nullable=False, server_default="0")


def _word() -> Any:
    return Column(AutoString, nullable=False, server_default="")


def _stamp() -> Any:
    return Column(AutoString, nullable=False, server_default="", default=new_stamp, onupdate=new_stamp)


def _id_of(table: str, *, nullable: bool = False, index: bool = False, primary: bool = False) -> Any:
    return Field(
        default=None, sa_type=BigId, foreign_key=f"{table}.id", nullable=nullable, index=index, primary_key=primary
    )


def _index_of(name: str, *columns: str, where: str, unique: bool = False) -> Index:
    """An index of some rows. The databases are told which when migrations are written (`migrations/env.py`): told here,
    a start would import what SQLAlchemy knows of each of them."""
    return Index(name, *columns, unique=unique, info={CONDITION: where})


# --- the office -------------------------------------------------------------------------------------------------


class Office(SQLModel, table=True):
    """A kecamatan office. `rules` holds what differs from the defaults of `domain.office_rules`.

    `served_at`, on the office's clock, is when its reminders were last looked after; `seen_at`, on the machine's, when
    the program last ran; `kept_on` the local day on which what is old was last cleared away.
    """

    id: int = _key()
    name: str = Field(unique=True)
    kabupaten: str = ""
    zone: str
    rules: dict[str, Any] = _json()
    served_at: datetime | None = _maybe_time()
    seen_at: datetime | None = _maybe_time()
    kept_on: date | None = None


class OfficeDay(SQLModel, table=True):
    """A day off of the office's own (Galungan, a decree).

    `from_workbook` tells those that the office's workbook names from those entered in the chat.
    """

    office_id: int = _id_of("office", primary=True)
    day: date = Field(primary_key=True)
    note: str = ""
    from_workbook: bool = False


class Post(SQLModel, table=True):
    """A post; indicators belong to it, never to a person."""

    __table_args__ = (UniqueConstraint("office_id", "title"),)
    id: int = _key()
    office_id: int = _id_of("office")
    title: str
    role: str
    superior_id: int | None = _id_of("post", nullable=True)
    section: str = ""
    is_admin: bool = False
    position: int = 0
    unit: str = ""
    """The kelurahan that it belongs to, empty for the kecamatan itself."""
    former_titles: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False, default=list))
    """What it was called before, the newest last: a file may still say so."""
    ended: date | None = None
    """Its last day; None while the office has it."""


class Person(SQLModel, table=True):
    """A person of the office: only what the work needs (domain.md 8, data minimum)."""

    id: int = _key()
    office_id: int = _id_of("office", index=True)
    name: str
    salutation: str = ""
    phone: str = ""
    preferred_channel: str = ""
    """Where reminders go, as the person chose; empty for where they last wrote from."""


class Tenure(SQLModel, table=True):
    """A person holds a post from `starts` to `ends` (included), as definitif, Plt or Plh."""

    id: int = _key()
    post_id: int = _id_of("post", index=True)
    person_id: int = _id_of("person", index=True)
    capacity: str
    starts: date
    ends: date | None = None


class Absence(SQLModel, table=True):
    """A person is away from `starts` to `ends` (included), on leave or a duty trip; `stand_in_id` acts as Plh.

    Whoever comes back early ends it sooner; one that never began is `withdrawn`.
    """

    id: int = _key()
    office_id: int = _id_of("office", index=True)
    person_id: int = _id_of("person")
    kind: str
    starts: date
    ends: date
    stand_in_id: int | None = _id_of("person", nullable=True)
    withdrawn: bool = False
    entered_at: datetime = _time()


class Invite(SQLModel, table=True):
    """A one-time invitation to a post; only the hash of its code is kept. `person_id` is who is meant, None where
    nobody held the post."""

    id: int = _key()
    office_id: int = _id_of("office", index=True)
    post_id: int = _id_of("post", index=True)
    code_hash: str = Field(unique=True)
    made_at: datetime = _time()
    expires_at: datetime = _time()
    used_at: datetime | None = _maybe_time()
    used_by: int | None = _id_of("person", nullable=True)
    revoked_at: datetime | None = _maybe_time()
    person_id: int | None = _id_of("person", nullable=True)


# --- the plan ---------------------------------------------------------------------------------------------------


class Plan(SQLModel, table=True):
    """One version of an office's plan of a year."""

    __table_args__ = (UniqueConstraint("office_id", "year", "version"),)
    id: int = _key()
    office_id: int = _id_of("office")
    year: int
    version: int
    document: str = ""
    reason: str = ""
    source_hash: str
    loaded_at: datetime = _time()


class PlanUpload(SQLModel, table=True):
    """A plan that somebody sent in the chat: what was read of it, what was answered, and what became of it.

    `hash` names the file in the store, which keeps it while this is open. `reading` and `answers` are emptied when it
    is over.
    """

    id: int = _key()
    office_id: int = _id_of("office", index=True)
    person_id: int = _id_of("person")
    hash: str
    name: str = ""
    sent_at: datetime = _time()
    state: str
    """A `storage.plan_uploads.UploadState`."""
    reading: dict[str, Any] | None = _json(nullable=True)
    answers: dict[str, Any] = _json()
    """By the key of the question."""
    reason: str = ""
    document: str = ""
    plan_id: int | None = _id_of("plan", nullable=True)
    decided_by: int | None = _id_of("person", nullable=True)
    decided_at: datetime | None = _maybe_time()


class Indicator(SQLModel, table=True):
    """One indicator of a plan version. `accepted` says that nothing blocks its reports."""

    __table_args__ = (
        UniqueConstraint("plan_id", "code"),
        Index("ix_indicator_versions", "office_id", "year", "code"),
    )
    id: int = _key()
    office_id: int = _id_of("office")
    plan_id: int = _id_of("plan")
    year: int
    code: str
    position: int
    name: str | None = None
    unit: str | None = None
    level: str
    path: dict[str, str] = _json()
    post_id: int | None = _id_of("post", nullable=True, index=True)
    rhythm: str
    mode: str | None = None
    confidence: str
    mode_confirmed: bool = False
    year_rule: str
    polarity: str
    formula: str = ""
    annual_target: Decimal | None = _figure()
    low: Decimal | None = _figure()
    high: Decimal | None = _figure()
    budget: Decimal | None = _figure()
    ratio: bool = False
    context: bool = False
    service: bool = False
    """Counted every month, without a target (PATEN, domain.md 4.7)."""
    accepted: bool = False
    note: str = ""
    place: str = ""
    evidence_kind: str = ""
    """What its evidence must be (`domain.evidence.Demanded`), and how many pieces at least."""
    evidence_minimum: int = 0
    stamp: str = Field(default="", sa_column=_stamp())
    """Another one with every change of what the indicator, its targets, reports, reviews and figures say: what was read
    under a stamp holds as long as it stands (`storage.figures.recompute`)."""


class Target(SQLModel, table=True):
    """A printed target of a period (its code, as `Period.code`)."""

    indicator_id: int = _id_of("indicator", primary=True)
    period: str = Field(primary_key=True)
    value: Decimal = Field(sa_type=Millionths)


class Question(SQLModel, table=True):
    """Something a plan leaves open, and who decided it when."""

    __table_args__ = (UniqueConstraint("indicator_id", "about"),)
    id: int = _key()
    office_id: int = _id_of("office", index=True)
    indicator_id: int = _id_of("indicator")
    about: str
    text: str
    proposal: str = ""
    options: list[str] = _json()
    place: str = ""
    answer: str | None = None
    answered_at: datetime | None = _maybe_time()
    answered_by: str = ""
    reason: str = ""
    sample: bool = False


class Renstra(SQLModel, table=True):
    """What the five-year plan says of an indicator, and what earlier years brought (domain.md 4.4 and 4.5).

    Figures in the indicator's unit, money in rupiah. n is the plan's year: `early` is s/d n-3, `before` s/d n-1.
    """

    indicator_id: int = _id_of("indicator", primary=True)
    office_id: int = _id_of("office", index=True)
    end_target: Decimal | None = _figure()
    end_budget: Decimal | None = _figure()
    early: Decimal | None = _figure()
    target_two_before: Decimal | None = _figure()
    realised_two_before: Decimal | None = _figure()
    target_one_before: Decimal | None = _figure()
    before: Decimal | None = _figure()
    spent_before: Decimal | None = _figure()


class BudgetLine(SQLModel, table=True):
    """One line of the budget of a plan version. `code` is stable between versions; `post_id` reports what is spent.

    Rupiah. `pagu` is None on a line that only heads others; `pagu_revised` is the pagu perubahan.
    """

    __table_args__ = (
        UniqueConstraint("plan_id", "code"),
        Index("ix_budgetline_versions", "office_id", "year", "code"),
    )
    id: int = _key()
    office_id: int = _id_of("office")
    plan_id: int = _id_of("plan")
    year: int
    code: str
    position: int
    name: str
    level: str
    pagu: Decimal | None = _figure()
    pagu_revised: Decimal | None = _figure()
    post_id: int | None = _id_of("post", nullable=True, index=True)
    place: str = ""


class Signer(SQLModel, table=True):
    """Who signs the official forms, as `role` ("Disusun oleh"); the office enters it, or the space stays empty."""

    id: int = _key()
    office_id: int = _id_of("office", index=True)
    position: int
    role: str
    title: str
    name: str = ""
    rank: str = ""
    number: str = ""


# --- dates ------------------------------------------------------------------------------------------------------


class Extension(SQLModel, table=True):
    """More time that was asked for a post and a period, and what the superior decided."""

    id: int = _key()
    office_id: int = _id_of("office", index=True)
    post_id: int = _id_of("post")
    period: str
    reason: str
    wanted: date
    asked_on: date
    asked_by: int = _id_of("person")
    decision: str
    decided_on: date | None = None
    decided_by: int | None = _id_of("person", nullable=True)
    until: date | None = None


class PeriodTurn(SQLModel, table=True):
    """Somebody locked a period by hand, or opened it; the newest holds. Only ever added."""

    id: int = _key()
    office_id: int = _id_of("office", index=True)
    period: str
    locks: bool
    keeper: str
    person_id: int = _id_of("person")
    day: date
    reason: str = ""


# --- figures ----------------------------------------------------------------------------------------------------


class Report(SQLModel, table=True):
    """One revision of what was reported for an indicator and period; only ever added, the highest one holds."""

    __table_args__ = (UniqueConstraint("indicator_id", "period", "revision"),)
    id: int = _key()
    office_id: int = _id_of("office", index=True)
    indicator_id: int = _id_of("indicator")
    period: str
    revision: int
    value: Decimal = Field(sa_type=Millionths)
    numerator: Decimal | None = _figure()
    denominator: Decimal | None = _figure()
    note: str = ""
    reason: str = ""
    confirmed_doubt: str = ""
    provisional: bool = False
    late: bool = False
    post_id: int = _id_of("post")
    person_id: int | None = _id_of("person", nullable=True)
    capacity: str = ""
    channel: str = ""
    source: str
    basis: str = ""
    """How somebody who entered it for another knew it (telepon, surat, grup), and from what the position of before the
    office began was taken (laporan TW I); else empty."""
    to_date: bool = Field(default=False, sa_column=Column(Boolean, nullable=False, server_default=false()))
    """Whether it is the position s/d the end of the period that stands for all before the office began."""
    inbox_id: int | None = _id_of("inbox", nullable=True)
    message_id: str = Field(default="", sa_type=MessageId)
    reported_at: datetime = _time()


class Behalf(SQLModel, table=True):
    """One sitting in which `person_id` entered figures for a post that is not theirs, on what `basis`.

    `holder_id` acted for the post then, None for a vacant one. What they entered is right where somebody who acts for
    the post said so (`confirmed_by`).
    """

    id: int = _key()
    office_id: int = _id_of("office", index=True)
    post_id: int = _id_of("post")
    person_id: int = _id_of("person")
    holder_id: int | None = _id_of("person", nullable=True)
    basis: str
    at: datetime = _time()
    confirmed_by: int | None = _id_of("person", nullable=True)
    confirmed_at: datetime | None = _maybe_time()


class BehalfFigure(SQLModel, table=True):
    """A revision of a report that was entered in a sitting for another post."""

    report_id: int = _id_of("report", primary=True)
    behalf_id: int = _id_of("behalf", index=True)


class OpeningAsked(SQLModel, table=True):
    """Who acts for a post was asked for its positions of before the office began (`begins`, the code of a month)."""

    post_id: int = _id_of("post", primary=True)
    begins: str = Field(primary_key=True)
    office_id: int = _id_of("office", index=True)
    person_id: int = _id_of("person")
    at: datetime = _time()


class BudgetReport(SQLModel, table=True):
    """One revision of what was spent of a budget line s/d the end of a month; only ever added, the highest one holds.

    `spent` is in rupiah since the year began (CUM), `physical` the realisasi fisik s/d in percent.
    """

    __table_args__ = (UniqueConstraint("line_id", "period", "revision"),)
    id: int = _key()
    office_id: int = _id_of("office", index=True)
    line_id: int = _id_of("budgetline")
    period: str
    revision: int
    spent: Decimal = Field(sa_type=Millionths)
    physical: Decimal | None = _figure()
    reason: str = ""
    confirmed_doubt: str = ""
    post_id: int | None = _id_of("post", nullable=True)
    person_id: int | None = _id_of("person", nullable=True)
    capacity: str = ""
    channel: str = ""
    source: str
    inbox_id: int | None = _id_of("inbox", nullable=True)
    message_id: str = Field(default="", sa_type=MessageId)
    reported_at: datetime = _time()


class Achievement(SQLModel, table=True):
    """The figures of an indicator for a month, quarter or year, computed by `domain.ledger` in the transaction that
    changes a report, target or setting: everything that shows a number reads it."""

    indicator_id: int = _id_of("indicator", primary=True)
    period: str = Field(primary_key=True)
    office_id: int = _id_of("office", index=True)
    target: Decimal | None = _figure()
    realisation: Decimal | None = _figure()
    target_to_date: Decimal | None = _figure()
    realisation_to_date: Decimal | None = _figure()
    capaian: Decimal | None = _figure()
    capaian_to_date: Decimal | None = _figure()
    missing_before: int = 0
    due: bool = False
    reported: bool = False
    unknown_before: bool = Field(default=False, sa_column=Column(Boolean, nullable=False, server_default=false()))
    sample: bool = False
    """Whether an invented value is among those s/d its end."""
    post_id: int | None = _id_of("post", nullable=True)
    """The post for which it counts in `Rollup`; None where periods of this length are not reported, the indicator takes
    no reports, or its plan has a newer version. The columns below are of those that count."""
    judged_every: int = Field(default=0, sa_column=_number())
    """As of `Rollup`; 0 where the figure s/d is not quoted."""
    service: bool = Field(default=False, sa_column=_flag())
    asked: bool = Field(default=False, sa_column=_flag())
    """Whether a report is asked of this very period: it is due, or was returned."""
    sampled: bool = Field(default=False, sa_column=_flag())
    """Whether the value of this very period is an invented one."""
    progress: bool = Field(default=False, sa_column=_flag())
    """Whether the capaian s/d compares a part of the year with the target of all of it."""
    standing: str = Field(default="", sa_column=_word())
    standing_to_date: str = Field(default="", sa_column=_word())


class Rollup(SQLModel, table=True):
    """What the figures of a post's indicators come to, of one period: the sum of `domain.tallies.Tally` over the rows
    of `Achievement` with the same key, written in the same transaction.

    `judged_every` is the number of months after which the figures s/d of these indicators are quoted; 0 where this is
    not such a period. What is summed is in millionths of a percent, the uncapped capaian in whole percents and `rest`.
    """

    office_id: int = _id_of("office", primary=True)
    period: str = Field(primary_key=True)
    post_id: int = _id_of("post", primary=True)
    judged_every: int = Field(primary_key=True)
    duties: int = _count()
    services: int = _count()
    asked: int = _count()
    asked_services: int = _count()
    reported: int = _count()
    verified: int = _count()
    approved: int = _count()
    sampled: int = _count()
    judged: int = _count()
    missing: int = _count()
    counted: int = _count()
    at_100: int = _count()
    at_110: int = _count()
    at_120: int = _count()
    whole: int = _count()
    rest: int = _count()
    quoted: int = _count()
    quoted_services: int = _count()
    judged_to_date: int = _count()
    missing_to_date: int = _count()
    counted_to_date: int = _count()
    verified_to_date: int = _count()
    weighed: int = _count()
    unverified: int = _count()
    progress: int = _count()
    sampled_to_date: int = _count()
    at_100_to_date: int = _count()
    at_110_to_date: int = _count()
    at_120_to_date: int = _count()
    whole_to_date: int = _count()
    rest_to_date: int = _count()


class Review(SQLModel, table=True):
    """What somebody who checks decided about one revision of a report: it is returned, seen, verified or approved
    (`domain.standing`); only ever added."""

    id: int = _key()
    office_id: int = _id_of("office", index=True)
    report_id: int = _id_of("report", index=True)
    verdict: str
    reason: str = ""
    person_id: int = _id_of("person")
    post_id: int = _id_of("post")
    capacity: str = ""
    at: datetime = _time()


class Note(SQLModel, table=True):
    """Something said about an indicator ("catatan"), by somebody who oversees it or by its owner; only ever added."""

    id: int = _key()
    office_id: int = _id_of("office", index=True)
    indicator_id: int = _id_of("indicator", index=True)
    text: str
    person_id: int = _id_of("person")
    post_id: int | None = _id_of("post", nullable=True)
    capacity: str = ""
    inbox_id: int | None = _id_of("inbox", nullable=True)
    at: datetime = _time()


class Evidence(SQLModel, table=True):
    """A picture, file or link that supports an indicator's figure of a period.

    The bytes lie in the store under `hash`, and under `shown` without what a camera writes about the place; a link has
    neither, but an `address`. `fingerprint` is what pictures that look alike have in common. What its owner took back
    stays as a row, without its bytes.
    """

    __table_args__ = (
        Index("ix_evidence_hash", "office_id", "hash"),
        Index("ix_evidence_album", "person_id", "album"),
    )
    id: int = _key()
    office_id: int = _id_of("office", index=True)
    indicator_id: int = _id_of("indicator", index=True)
    period: str
    hash: str
    kind: str
    size: int
    name: str = ""
    caption: str = ""
    mime: str = ""
    shown: str = ""
    fingerprint: str = ""
    address: str = ""
    album: str = ""
    person_id: int = _id_of("person")
    inbox_id: int | None = _id_of("inbox", nullable=True)
    received_at: datetime = _time()
    removed_at: datetime | None = _maybe_time()
    removed_by: int | None = _id_of("person", nullable=True)


class FollowUp(SQLModel, table=True):
    """Why an indicator's figure of a period is low or high, and what comes next; only ever added, the newest of an
    indicator and period holds.

    `kind` is one of `domain.explaining.Asked`; `handler` and `until`, who does it and until when, are asked at a
    quarter's end only. `capaian` is the one s/d, in percent, about which it was said.
    """

    id: int = _key()
    office_id: int = _id_of("office", index=True)
    indicator_id: int = _id_of("indicator", index=True)
    period: str
    kind: str
    cause: str
    action: str = ""
    handler: str = ""
    until: date | None = None
    capaian: Decimal | None = _figure()
    person_id: int = _id_of("person")
    post_id: int = _id_of("post", index=True)
    capacity: str = ""
    inbox_id: int | None = _id_of("inbox", nullable=True)
    at: datetime = _time()


class FollowUpEnd(SQLModel, table=True):
    """A follow-up is done: a word about it, or a piece of evidence; only ever added."""

    id: int = _key()
    office_id: int = _id_of("office", index=True)
    followup_id: int = Field(sa_type=BigId, foreign_key="followup.id", unique=True)
    word: str = ""
    evidence_id: int | None = _id_of("evidence", nullable=True)
    person_id: int = _id_of("person")
    post_id: int | None = _id_of("post", nullable=True)
    capacity: str = ""
    at: datetime = _time()


class CorrectionRequest(SQLModel, table=True):
    """A correction that was asked for after a lock, and what was decided about it.

    `report_id` is the revision that is to be corrected. Of a figure one request is open at a time. What was asked is
    never changed, and what was decided is decided once: the database itself refuses.
    """

    __table_args__ = (_index_of("uq_correctionrequest_open", "report_id", unique=True, where="decision = ''"),)
    id: int = _key()
    office_id: int = _id_of("office", index=True)
    indicator_id: int = _id_of("indicator", index=True)
    period: str
    report_id: int = _id_of("report")
    value: Decimal = Field(sa_type=Millionths)
    numerator: Decimal | None = _figure()
    denominator: Decimal | None = _figure()
    note: str = ""
    reason: str
    confirmed_doubt: str = ""
    person_id: int = _id_of("person")
    post_id: int = _id_of("post")
    capacity: str = ""
    channel: str = ""
    inbox_id: int | None = _id_of("inbox", nullable=True)
    message_id: str = Field(default="", sa_type=MessageId)
    asked_at: datetime = _time()
    decision: str = ""
    """Empty while it is open, then "agreed", "declined" or "withdrawn"."""
    decided_by: int | None = _id_of("person", nullable=True)
    decided_as: int | None = _id_of("post", nullable=True)
    decision_reason: str = ""
    decided_at: datetime | None = _maybe_time()


class Snapshot(SQLModel, table=True):
    """Figures of an office as they were when a message or form quoted them; never changed.

    `wanted` says of what they are, within their kind (a section's name), so that they can be computed again.
    """

    id: int = _key()
    office_id: int = _id_of("office", index=True)
    kind: str
    period: str
    wanted: dict[str, Any] | None = _json(nullable=True)
    figures: dict[str, Any] = _json()
    hash: str
    made_at: datetime = _time()


class Audit(SQLModel, table=True):
    """Who did what, in which capacity, on which channel; only ever added."""

    __table_args__ = (Index("ix_audit_subject", "office_id", "subject"),)
    id: int = _key()
    office_id: int = _id_of("office", index=True)
    person_id: int | None = _id_of("person", nullable=True)
    post_id: int | None = _id_of("post", nullable=True)
    capacity: str = ""
    action: str
    subject: str
    old: str = ""
    new: str = ""
    reason: str = ""
    channel: str = ""
    inbox_id: int | None = _id_of("inbox", nullable=True)
    at: datetime = _time()


class AuditSeal(SQLModel, table=True):
    """One entry of the record, sealed: `seal` is the hash of the entry and of the seal of `number` - 1 of its office.
    Only ever added; the database itself refuses to change or delete a row of what is only added to."""

    __table_args__ = (UniqueConstraint("office_id", "number"), UniqueConstraint("audit_id"))
    id: int = _key()
    office_id: int = _id_of("office")
    number: int
    audit_id: int = _id_of("audit")
    seal: str
    sealed_at: datetime = _time()


# --- messages ---------------------------------------------------------------------------------------------------


class Conversation(SQLModel, table=True):
    """What a person (or an address that nobody has joined from yet) is being asked. Its row is the lock of a turn."""

    id: int = _key()
    office_id: int | None = _id_of("office", nullable=True)
    person_id: int | None = Field(default=None, sa_type=BigId, foreign_key="person.id", unique=True, nullable=True)
    dialogue: str = ""
    step: str = ""
    state: dict[str, Any] | None = _json(nullable=True)
    wrong_codes: int = 0
    locked_until: datetime | None = _maybe_time()
    shared: bool = False
    """Whether somebody else is spoken for at one of its addresses too: the same telephone in two offices."""
    minute_began: datetime | None = _maybe_time()
    """When the minute began in which `minute_messages` have come, on the machine's clock."""
    minute_messages: int = Field(default=0, sa_column=_number())


class Account(SQLModel, table=True):
    """An address on a channel, and the person who joined from it.

    Who works for two offices has a row in each; what is written from the address goes to the one that is `chosen`.
    """

    __table_args__ = (
        UniqueConstraint("channel", "address", "conversation_id"),
        _index_of("uq_account_chosen", "channel", "address", unique=True, where="chosen"),
    )
    id: int = _key()
    channel: str
    address: str
    conversation_id: int = _id_of("conversation", index=True)
    person_id: int | None = _id_of("person", nullable=True, index=True)
    reachable: bool = True
    joined_at: datetime | None = _maybe_time()
    last_inbound_at: datetime | None = _maybe_time()
    window_closed_at: datetime | None = _maybe_time()
    """When the channel last refused free text here (WhatsApp, 24 hours after what the person wrote)."""
    chosen: bool = True


class Overseer(SQLModel, table=True):
    """Somebody who looks after the offices of a kabupaten: an invitation, and whose conversation it became.

    Nothing else is kept of them; only the hash of the code is.
    """

    id: int = _key()
    kabupaten: str
    code_hash: str = Field(unique=True)
    made_at: datetime = _time()
    expires_at: datetime = _time()
    joined_at: datetime | None = _maybe_time()
    ended_at: datetime | None = _maybe_time()
    conversation_id: int | None = Field(
        default=None, sa_type=BigId, foreign_key="conversation.id", unique=True, nullable=True
    )


class OfficeGroup(SQLModel, table=True):
    """A group of a channel to which the assistant was added. Never an account of anybody.

    It is some office's once an admin of it has said so; until then, and once it is over, nothing is posted there.
    """

    id: int = _key()
    conversation_id: int = Field(sa_type=BigId, foreign_key="conversation.id", unique=True)
    title: str = ""
    state: str
    """A `storage.groups.GroupState`."""
    office_id: int | None = _id_of("office", nullable=True, index=True)
    asked_by: int | None = _id_of("person", nullable=True)
    decided_by: int | None = _id_of("person", nullable=True)
    changed_at: datetime = _time()
    answered_on: date | None = None
    """The day on which it was last said there that private things are said in private."""


class NumberChange(SQLModel, table=True):
    """A person wrote from another number than the one that is known: it takes over only when an admin agrees."""

    id: int = _key()
    office_id: int = _id_of("office", index=True)
    person_id: int = _id_of("person")
    channel: str
    address: str
    phone: str = ""
    asked_at: datetime = _time()
    decision: str = ""
    decided_at: datetime | None = _maybe_time()
    decided_by: int | None = _id_of("person", nullable=True)


class ErasureRequest(SQLModel, table=True):
    """A person asked that what is held of them be erased, and what an admin decided about it."""

    id: int = _key()
    office_id: int = _id_of("office", index=True)
    person_id: int = _id_of("person")
    asked_at: datetime = _time()
    decision: str = ""
    """Empty while it is open, then "erased", "declined" or "withdrawn"."""
    decided_by: int | None = _id_of("person", nullable=True)
    decided_at: datetime | None = _maybe_time()


class Door(SQLModel, table=True):
    """Under what name a channel is found: the bot's in Telegram, our number in WhatsApp in digits."""

    __table_args__ = (UniqueConstraint("channel"),)
    id: int = _key()
    channel: str
    name: str


class Template(SQLModel, table=True):
    """What a channel last said of a template that it demands outside its window: approved, paused, rejected ..."""

    __table_args__ = (UniqueConstraint("channel", "name"),)
    id: int = _key()
    channel: str
    name: str
    status: str
    checked_at: datetime = _time()


class Inbox(SQLModel, table=True):
    """One message as it came in. States: fetching, ready, done, poison."""

    __table_args__ = (
        UniqueConstraint("channel", "external_id"),
        _index_of("ix_inbox_open", "conversation_id", "id", where="state IN ('fetching', 'ready')"),
        _index_of("ix_inbox_kept", "said_at", where="said IS NOT NULL"),
    )
    id: int = _key()
    conversation_id: int = _id_of("conversation")
    channel: str
    address: str
    external_id: str
    message_id: str
    sequence: int | None = Field(default=None, sa_type=BigId, nullable=True)
    state: str
    said: dict[str, Any] | None = _json(nullable=True)
    media: dict[str, Any] | None = _json(nullable=True)
    attempts: int = 0
    received_at: datetime = _time(index=True)
    """On the machine's clock."""
    said_at: datetime = _time()
    """On the office's clock."""
    lease_until: datetime | None = _maybe_time()
    done_at: datetime | None = _maybe_time()


class Outbox(SQLModel, table=True):
    """One message to send. States: waiting, due, sent, failed, to_call, not_needed, expired. A row without `message` is
    written in the transaction that claims it (a reminder's list is of that moment); a waiting one becomes due at
    `opens_at`; one to call about could be sent nowhere."""

    __table_args__ = (
        Index("ix_outbox_conversation", "conversation_id", "id"),
        _index_of("ix_outbox_due", "lane", "due_at", "id", where="state = 'due'"),
        _index_of("ix_outbox_address", "channel", "address", "id", where="state = 'due'"),
        _index_of("ix_outbox_waiting", "office_id", "opens_at", where="state = 'waiting'"),
        _index_of("ix_outbox_counted", "office_id", "person_id", "counted_as", where="counted_as != ''"),
        _index_of("ix_outbox_to_call", "office_id", "person_id", where="state = 'to_call'"),
        _index_of("ix_outbox_provider", "channel", "provider_id", where="provider_id != ''"),
        _index_of("ix_outbox_kept", "office_id", "said_at", where="message IS NOT NULL"),
    )
    id: int = _key()
    office_id: int | None = _id_of("office", nullable=True, index=True)
    conversation_id: int = _id_of("conversation")
    person_id: int | None = _id_of("person", nullable=True)
    channel: str
    address: str
    lane: str
    dedup_key: str = Field(unique=True)
    state: str
    message: dict[str, Any] | None = _json(nullable=True)
    occasion: dict[str, Any] | None = _json(nullable=True)
    due_at: datetime = _time()
    """On the machine's clock: when it may be sent (again)."""
    said_at: datetime = _time()
    """On the office's clock: when it was said."""
    expires_at: datetime | None = _maybe_time()
    """On the office's clock."""
    opens_at: datetime | None = _maybe_time()
    """On the office's clock: until then it waits."""
    counted_as: str = ""
    """Under what a ladder message is counted towards what a period may bring; empty for all others."""
    lease_until: datetime | None = _maybe_time()
    holder: str = ""
    attempts: int = 0
    provider_id: str = ""
    template: str = ""
    """The template as which it went, where the channel took no free text."""
    fate: str = ""
    """What the channel reported of it afterwards: delivered, read or failed."""
    fate_at: datetime | None = _maybe_time()
    error: str = ""
    settled_at: datetime | None = _maybe_time()


class Job(SQLModel, table=True):
    """Work that is too slow for a turn (reading a file). States: due, done, failed.

    Its result comes back to the conversation as an internal message.
    """

    __table_args__ = (_index_of("ix_job_due", "id", where="state = 'due'"),)
    id: int = _key()
    conversation_id: int = _id_of("conversation")
    kind: str
    details: dict[str, Any] = _json()
    state: str
    holder: str = ""
    attempts: int = 0
    lease_until: datetime | None = _maybe_time()
    said_at: datetime = _time()
    """On the office's clock: when it was asked for."""
    done_at: datetime | None = _maybe_time()


class Lease(SQLModel, table=True):
    """A role that one process holds until `until` (the Telegram poller of a token)."""

    name: str = Field(primary_key=True)
    holder: str
    until: datetime = _time()


class Upkeep(SQLModel, table=True):
    """What keeps an installation going, as it was last seen at `at`: "backup", and "disk:" with a machine's name.

    `done_at` is when it last went well, `bytes` the size of the backup or what is free on the disk, `trouble` why it
    failed, empty where it did not. Times are of the machine's clock.
    """

    name: str = Field(primary_key=True)
    at: datetime = _time()
    done_at: datetime | None = _maybe_time()
    bytes: int = Field(default=0, sa_type=BigInteger)
    trouble: str = ""


def table(model: type[SQLModel]) -> Table:
    """The Core table of a model."""
    return cast("Table", model.__table__)  # pyright: ignore[reportAttributeAccessIssue]  # set by SQLModel at runtime
