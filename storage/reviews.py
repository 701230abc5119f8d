"""What those who check reports decide about them: only ever added, each with an entry of the record."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection

from domain.checking import Given
from domain.standing import Standing
from storage import figures, schema
from storage.audit import Actor, record
from storage.rows import add_all

_review = schema.review


class ReportChanged(ValueError):
    """What somebody was about to decide about is not what holds any more."""


def decide(
    connection: Connection,
    office_id: int,
    decided: Sequence[tuple[Given, Actor]],
    verdict: Standing,
    now: datetime,
    reason: str = "",
) -> None:
    """Add the same verdict about figures, each by whom in which capacity; how far figures have come follows."""
    add_all(
        connection,
        _review,
        [
            {
                "office_id": office_id,
                "report_id": given.report_id,
                "verdict": verdict.value,
                "reason": reason,
                "person_id": actor.person_id,
                "post_id": actor.post_id,
                "capacity": actor.capacity,
                "at": now,
            }
            for given, actor in decided
        ],
    )
    for given, actor in decided:
        subject = f"indicator {given.duty.id} {given.period.code}"
        record(connection, office_id, actor, now, verdict.value, subject, old=str(given.value), reason=reason)
    figures.recompute(connection, office_id, sorted({given.duty.id for given, _actor in decided}))
