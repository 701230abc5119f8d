"""Messages to people of an office that are no answer to what they wrote: to one person, or to whoever is admin."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from handlers.messages import Outgoing
from storage import outbox
from storage.desk import Desk
from storage.outbox import ANSWER, NewSending


@dataclass(frozen=True)
class Letter:
    """One message. There is only ever one of a `key`; `due_at` is on the machine's clock.

    `message` is None where `occasion` says from what it is made when it is claimed. `holder` is the process that sends
    it, empty for any. `expires_at` and
    `opens_at` are on the office's clock; the other fields are those of `NewSending`.
    """

    key: str
    due_at: datetime
    message: Outgoing | None = None
    occasion: Mapping[str, Any] | None = None
    lane: str = ANSWER
    holder: str = ""
    expires_at: datetime | None = None
    opens_at: datetime | None = None
    counted_as: str = ""
    most: int | None = None


def write_to(desk: Desk, person_id: int, letter: Letter) -> int | None:
    """Put a letter into the outbox, to where the person is best reached; return its id.

    None for somebody who cannot be reached, and for a letter that was written before.
    """
    address = desk.address_of(person_id)
    if address is None:
        return None
    sending = NewSending(
        office_id=desk.office_id,
        conversation_id=address.conversation_id,
        person_id=person_id,
        channel=address.channel,
        address=address.address,
        lane=letter.lane,
        dedup_key=letter.key,
        message=None if letter.message is None else letter.message.model_dump(mode="json"),
        occasion=None if letter.occasion is None else dict(letter.occasion),
        due_at=letter.due_at,
        said_at=desk.now,
        expires_at=letter.expires_at,
        opens_at=letter.opens_at,
        counted_as=letter.counted_as,
        most=letter.most,
        holder=letter.holder,
    )
    return outbox.enqueue(desk.connection, sending)


def write_to_admins(desk: Desk, letter: Letter) -> list[int]:
    """Put a letter to every admin of the office into the outbox, one of its key to each; return the ids."""
    written = (write_to(desk, person_id, replace(letter, key=f"{letter.key}:{person_id}")) for person_id in desk.admins)
    return [letter_id for letter_id in written if letter_id is not None]
