"""People who have joined before a test begins, without a conversation."""

from datetime import datetime

from sqlalchemy import Connection

from storage import conversations, inbox
from storage.inbox import NewMessage


def join(
    connection: Connection, office_id: int, person_id: int, address: str, now: datetime, channel: str = "telegram"
) -> None:
    """Let a person of an office be reached at that address of a channel."""
    message = NewMessage(channel, address, f"before {address}", "1", {"kind": "text", "body": "/start"})
    inbox.store(connection, [message], now)
    row = inbox.oldest_open(connection, inbox.waiting_conversations(connection, 1)[0].id)
    assert row is not None
    inbox.finish(connection, [row.id], now)
    conversations.give_to_person(connection, row.conversation_id, channel, address, office_id, person_id, now)
