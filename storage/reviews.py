"""What those who check reports decide about them: a report is returned, and its figure counts as missing again."""

from datetime import datetime
from decimal import Decimal

from sqlalchemy import Connection

from domain.periods import Period
from storage import figures
from storage.audit import Actor, record
from storage.reports import newest
from storage.rows import add
from storage.tables import Review, table

_review = table(Review)


class ReportChanged(ValueError):
    """What somebody was about to return is not what holds any more."""


def give_back(
    connection: Connection,
    office_id: int,
    indicator_id: int,
    period: Period,
    value: Decimal,
    reason: str,
    actor: Actor,
    now: datetime,
) -> int:
    """Return the report of `value` that holds for a period, compute the figures without it and record who did it.

    Return the id of the report. Raises ReportChanged where another value holds or it was returned before,
    PermissionError for an indicator of another office, and to a person for their own report or an invented value.
    """
    if not figures.lock(connection, office_id, [indicator_id]):
        raise PermissionError(f"indicator {indicator_id} is not of this office")
    report = connection.execute(newest(indicator_id, period)).one_or_none()
    if report is None or report.value != value or report.is_returned:
        raise ReportChanged(f"{value} does not hold for indicator {indicator_id} in {period.code}")
    if report.source == "contoh" or actor.person_id is None or report.person_id == actor.person_id:
        raise PermissionError(f"person {actor.person_id} may not return report {report.id}")
    values = {
        "office_id": office_id,
        "report_id": report.id,
        "verdict": figures.RETURNED,
        "reason": reason,
        "person_id": actor.person_id,
        "post_id": actor.post_id,
        "capacity": actor.capacity,
        "at": now,
    }
    add(connection, _review, values)
    subject = f"indicator {indicator_id} {period.code}"
    record(connection, office_id, actor, now, "returned", subject, old=str(value), reason=reason)
    figures.recompute(connection, office_id, [indicator_id])
    return report.id
