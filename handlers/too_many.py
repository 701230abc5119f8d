"""How many messages somebody is answered in a minute: whoever sends more is told so once, and then nothing.

A minute begins with a message and ends sixty seconds later on the machine's clock, by when messages were stored and
however late their turns are taken. The count lies in the conversation, which every turn locks and saves anyway: it
holds for every process and over restarts, and costs no question to the database.
"""

from datetime import datetime, timedelta

from handlers.messages import FromGroup, Incoming, Outgoing, Say
from storage.conversations import Minute

MESSAGES = 30
"""Messages of one person that are answered in a minute."""
MINUTE = timedelta(minutes=1)


def with_one_more(minute: Minute, received_at: datetime, *, counts: bool = True) -> Minute:
    """The minute in which a message was stored, with that message; a new one where the last is over, or where the
    clock was put back. Of an album only the last file `counts`."""
    is_within = minute.began is not None and timedelta() <= received_at - minute.began < MINUTE
    present = minute if is_within else Minute(received_at)
    return Minute(present.began, present.messages + counts)


def refusal(minute: Minute, said: Incoming, most: int) -> Outgoing | None:
    """What is said to a message beyond `most`: one sentence to the first, nothing to the others and in a group."""
    from handlers.texts.general import TOO_MANY_MESSAGES  # a process that begins needs the number only

    is_first = minute.messages == most + 1
    return Say(text=TOO_MANY_MESSAGES) if is_first and not isinstance(said, FromGroup) else None
