"""What a channel last said of the templates that it demands outside its window (WhatsApp, issue 5 part 3)."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select, update

from storage import schema
from storage.rows import add_once

_template = schema.template


@dataclass(frozen=True)
class TemplateStatus:
    """`approved`, or why a template cannot be sent: `missing`, `pending`, `rejected`, `paused`, `disabled`, `differs`.

    `checked_at` is on the machine's clock.
    """

    status: str
    checked_at: datetime


def status_of(connection: Connection, channel: str, name: str) -> TemplateStatus | None:
    """What was last heard of a template, None for nothing yet."""
    row = connection.execute(
        select(_template.c.status, _template.c.checked_at).where(
            _template.c.channel == channel, _template.c.name == name
        )
    ).one_or_none()
    return None if row is None else TemplateStatus(row.status, row.checked_at)


def note_status(connection: Connection, channel: str, name: str, status: str, now: datetime) -> None:
    """Remember what a channel says of a template. `now` is the machine's."""
    told = {"status": status, "checked_at": now}
    known = (_template.c.channel == channel) & (_template.c.name == name)
    if not connection.execute(update(_template).where(known).values(**told)).rowcount:
        add_once(connection, _template, {"channel": channel, "name": name, **told})
