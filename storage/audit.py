"""The record of who did what; only ever added to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from storage import schema
from storage.rows import add_all

_audit = schema.audit


@dataclass(frozen=True)
class Actor:
    """Who does something, in which capacity and through what. `person_id` is None for the program and for files."""

    person_id: int | None
    post_id: int | None
    capacity: str
    channel: str
    inbox_id: int | None


@dataclass(frozen=True)
class Entry:
    """What was done to one subject."""

    subject: str
    old: str = ""
    new: str = ""
    reason: str = ""


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
    record_all(connection, office_id, actor, now, action, [Entry(subject, old, new, reason)])


def record_all(
    connection: Connection, office_id: int, actor: Actor, now: datetime, action: str, entries: Sequence[Entry]
) -> None:
    """Add an entry for each of several subjects of the same action, in their order."""
    done = {
        "office_id": office_id,
        "person_id": actor.person_id,
        "post_id": actor.post_id,
        "capacity": actor.capacity,
        "action": action,
        "channel": actor.channel,
        "inbox_id": actor.inbox_id,
        "at": now,
    }
    rows = [{**done, "subject": one.subject, "old": one.old, "new": one.new, "reason": one.reason} for one in entries]
    add_all(connection, _audit, rows)
