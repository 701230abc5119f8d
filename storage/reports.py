"""Realisations as they are reported: every value is a new revision, none is ever changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import Connection, func, select

from domain.periods import Period
from storage import figures
from storage.audit import Actor, record
from storage.rows import add
from storage.tables import Evidence, Indicator, Report, table

_evidence = table(Evidence)
_indicator = table(Indicator)
_report = table(Report)


@dataclass(frozen=True)
class NewReport:
    """One value to report. `confirmed_doubt` is the doubt that the person confirmed, empty for none; `message_id`
    the external id of the message that gave it, so that an edit of it can be offered as a correction."""

    indicator_id: int
    period: Period
    value: Decimal
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    note: str = ""
    reason: str = ""
    confirmed_doubt: str = ""
    provisional: bool = False
    message_id: str = ""


@dataclass(frozen=True)
class NewEvidence:
    """A picture or file for an indicator's figure; `hash` names its bytes in the store."""

    indicator_id: int
    period: Period
    hash: str
    kind: str
    size: int
    name: str = ""
    caption: str = ""


@dataclass(frozen=True)
class ReportCard:
    """A report that holds."""

    indicator_id: int
    period: Period
    value: Decimal


def submit(
    connection: Connection, office_id: int, reports: Sequence[NewReport], actor: Actor, now: datetime, source: str
) -> None:
    """Add values, compute the figures that follow and record who reported them. The same value again adds nothing."""
    changed = [report for report in reports if _submit_one(connection, office_id, report, actor, now, source)]
    if changed:
        figures.recompute(connection, office_id, sorted({report.indicator_id for report in changed}))


def _submit_one(
    connection: Connection, office_id: int, new: NewReport, actor: Actor, now: datetime, source: str
) -> bool:
    indicator = connection.execute(
        select(_indicator).where(
            _indicator.c.id == new.indicator_id, _indicator.c.office_id == office_id, _indicator.c.accepted
        )
    ).one()
    old = figures.values_of(connection, new.indicator_id).get(new.period)
    if old == new.value:
        return False
    revision = connection.execute(
        select(func.coalesce(func.max(_report.c.revision), 0)).where(
            _report.c.indicator_id == new.indicator_id, _report.c.period == new.period.code
        )
    ).scalar_one()
    add(
        connection,
        _report,
        {
            "office_id": office_id,
            "indicator_id": new.indicator_id,
            "period": new.period.code,
            "revision": revision + 1,
            "value": new.value,
            "numerator": new.numerator,
            "denominator": new.denominator,
            "note": new.note,
            "reason": new.reason,
            "confirmed_doubt": new.confirmed_doubt,
            "provisional": new.provisional,
            "post_id": indicator.post_id,
            "person_id": actor.person_id,
            "capacity": actor.capacity,
            "channel": actor.channel,
            "source": source,
            "inbox_id": actor.inbox_id,
            "message_id": new.message_id,
            "reported_at": now,
        },
    )
    record(
        connection,
        office_id,
        actor,
        now,
        "reported",
        f"indicator {new.indicator_id} {new.period.code}",
        old="" if old is None else str(old),
        new=str(new.value),
        reason=new.reason,
    )
    return True


def add_evidence(
    connection: Connection, office_id: int, person_id: int, evidence: Sequence[NewEvidence], now: datetime
) -> None:
    """Attach pictures and files; one attached before to the same figure is not attached twice."""
    for one in evidence:
        known = connection.execute(
            select(_evidence.c.id).where(
                _evidence.c.indicator_id == one.indicator_id,
                _evidence.c.period == one.period.code,
                _evidence.c.hash == one.hash,
            )
        )
        if known.first() is None:
            add(
                connection,
                _evidence,
                {
                    "office_id": office_id,
                    "indicator_id": one.indicator_id,
                    "period": one.period.code,
                    "hash": one.hash,
                    "kind": one.kind,
                    "size": one.size,
                    "name": one.name,
                    "caption": one.caption,
                    "person_id": person_id,
                    "received_at": now,
                },
            )


def given_by_message(connection: Connection, office_id: int, person_id: int, message_id: str) -> ReportCard | None:
    """The report that a message of this person gave and that still holds; None otherwise."""
    row = connection.execute(
        select(_report)
        .where(_report.c.office_id == office_id, _report.c.person_id == person_id, _report.c.message_id == message_id)
        .order_by(_report.c.id.desc())
        .limit(1)
    ).one_or_none()
    if row is None:
        return None
    newest = connection.execute(
        select(func.max(_report.c.revision)).where(
            _report.c.indicator_id == row.indicator_id, _report.c.period == row.period
        )
    ).scalar_one()
    if newest != row.revision:
        return None
    return ReportCard(row.indicator_id, Period.parse(row.period), row.value)
