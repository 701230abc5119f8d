"""The record of who did what; only ever added to."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from storage.rows import add
from storage.tables import Audit, table

_audit = table(Audit)


@dataclass(frozen=True)
class Actor:
    """Who does something, in which capacity and through what. `person_id` is None for the program and for files."""

    person_id: int | None
    post_id: int | None
    capacity: str
    channel: str
    inbox_id: int | None


def record(
    connection: Connection,
    office_id: int,
    actor: Actor,
    now: datetime,
    action: str,
    subject: str,
    *,
    old: str = "",
    new: str = "",
    reason: str = "",
) -> None:
    """Add one entry."""
    add(
        connection,
        _audit,
        {
            "office_id": office_id,
            "person_id": actor.person_id,
            "post_id": actor.post_id,
            "capacity": actor.capacity,
            "action": action,
            "subject": subject,
            "old": old,
            "new": new,
            "reason": reason,
            "channel": actor.channel,
            "inbox_id": actor.inbox_id,
            "at": now,
        },
    )
