"""What a restored database must not do again: while it lay in its backup, the program went on."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, or_, select, update

from storage import schema

_conversation, _outbox = schema.conversation, schema.outbox
_QUESTION = "question"
"""In the state of a conversation, the number of the open question: its buttons carry it."""


def count_as_said(connection: Connection, now: datetime) -> int:
    """What was to be sent by `now` was, most likely, and is not sent again; return how many messages that are."""
    was_due = or_(_outbox.c.state == "due", (_outbox.c.state == "waiting") & (_outbox.c.opens_at <= now))
    said = {"state": "sent", "error": "restored", "settled_at": now, "lease_until": None, "holder": ""}
    return connection.execute(update(_outbox).where(was_due).values(said)).rowcount


def skip_questions(connection: Connection, number: int) -> None:
    """No question that is asked from now on has the number of one that was asked meanwhile."""
    rows = connection.execute(select(_conversation.c.id, _conversation.c.state)).all()
    for row in rows:
        state: dict[str, Any] = row.state or {}
        later = {**state, _QUESTION: state.get(_QUESTION, 0) + number}
        connection.execute(update(_conversation).where(_conversation.c.id == row.id).values(state=later))
