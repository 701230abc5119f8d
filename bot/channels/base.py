"""What every channel offers to the rest of the edge, and how its refusals are told.

SendError
├── TryLater          busy or down: send it again after `after`
├── ChannelStopped    nothing can be sent to anybody until somebody mends the channel
└── Rejected          this message will never be accepted
    ├── RecipientGone blocked or left: stop sending to this address
    └── WindowClosed  free text not allowed now: it should have been a template
"""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from handlers.messages import Incoming, Outgoing


class SendError(Exception):
    """Not delivered. The subclass says what to do next."""


class TryLater(SendError):
    """The channel is busy or down; `after` is how long it asks us to wait, None if it did not say."""

    def __init__(self, reason: str, after: timedelta | None = None) -> None:
        super().__init__(reason)
        self.after = after


class ChannelStopped(SendError):
    """The channel as a whole cannot send until somebody mends it: an expired token, a blocked number."""


class Rejected(SendError):
    """The channel will never accept this message."""


class RecipientGone(Rejected):
    """The person blocked the assistant or left the channel: stop sending to this address."""


class WindowClosed(Rejected):
    """The channel takes only approved templates now (WhatsApp, 24 hours after the person's last message)."""


class AddressMoved(SendError):
    """The chat lives on under another address (a Telegram group that became a supergroup)."""

    def __init__(self, address: str) -> None:
        super().__init__(f"moved to {address}")
        self.address = address


class FetchFailed(Exception):
    """A picture or file could not be had. `reason` is one of those of `MediaFailed`; `again` says whether to retry."""

    def __init__(self, reason: str, *, again: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.again = again


@dataclass(frozen=True)
class Media:
    """A picture or file that still lies with the provider, to be fetched after the message is stored."""

    file_id: str
    is_photo: bool
    size: int | None = None
    name: str = ""
    mime: str = ""
    caption: str = ""
    album: str | None = None


@dataclass(frozen=True)
class Arrival:
    """One message as it came in. Exactly one of `said` and `media` is set.

    `external_id` is unique within the channel and drops duplicates; `message_id` is what an edit refers to;
    `sequence` orders the provider's feed (Telegram's update_id) and is None where there is none.
    """

    channel: str
    address: str
    external_id: str
    message_id: str
    said: Incoming | None = None
    media: Media | None = None
    sequence: int | None = None
    sender_name: str = ""
    answers: str = ""
    """For a tapped button, the provider's id of the message below which it stands; empty where it is not told."""


@dataclass(frozen=True)
class Picture:
    """PNG bytes that stand for a `Chart`, drawn before the channel is asked to send it."""

    png: bytes
    name: str


@dataclass(frozen=True)
class Attachment:
    """The bytes of a `File`, read from our own store, or of a `Form`, made from its snapshot."""

    data: bytes
    name: str


def picture_mime(data: bytes) -> str:
    """The MIME type of a picture that we send: what we draw is PNG, a copy of evidence JPEG."""
    return "image/png" if data.startswith(b"\x89PNG") else "image/jpeg"


@dataclass(frozen=True)
class Sent:
    """What a channel took. `template` is the approved template as which it went, empty for free text."""

    provider_id: str
    template: str = ""


class Channel(Protocol):
    """A chat channel. A new one is one file with a class of this shape, named in `bot/wiring.py`."""

    name: str

    async def send(self, address: str, message: Outgoing, enclosure: Picture | Attachment | None) -> Sent:
        """Deliver one message; return the provider's id of it and how it went. Raises SendError.

        `enclosure` is a Picture for a Chart, an Attachment for a File or a Form, and None for everything else.
        """
        ...

    def fetch(self, media: Media) -> AsyncIterator[bytes]:
        """The bytes of a picture or file, in pieces. Raises FetchFailed."""
        ...


class Receiver(Protocol):
    """Where a channel puts what comes in; implemented by `bot/inbox.py`."""

    async def store(self, arrivals: list[Arrival]) -> None:
        """Return only after the arrivals are committed; what was stored before is dropped silently."""
        ...

    async def last_sequence(self, channel: str, since: datetime) -> int | None:
        """The highest sequence stored since then, None for none."""
        ...

    async def mark_unreachable(self, channel: str, address: str) -> None:
        """Note that the person blocked the assistant; their next message notes the opposite."""
        ...
