"""What the simulator's page shows and does, as a Protocol that `bot/wiring.py` fills over the database."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

from domain.plan import Role

BubbleKind = Literal["text", "choose", "chart", "file", "photo", "document", "notice"]
BubbleState = Literal["sending", "sent", "failed"]


class UnknownAddress(LookupError):
    """No post of the office has this address."""


@dataclass(frozen=True)
class OfficeCard:
    """The office as the top bar names it. `plans` are the names of all its plans, the one in force among them."""

    name: str
    kabupaten: str
    year: int
    zone_name: str
    """WIB, WITA or WIT."""
    plan_name: str
    plans: tuple[str, ...] = ()


@dataclass(frozen=True)
class Actor:
    """One post of the office with the invented person who holds it, and the address of their phone ("sim-12")."""

    address: str
    person: str
    post: str
    role: Role
    section: str = ""


@dataclass(frozen=True)
class Choice:
    """A button or list row under a bubble; `token` is what `press` gets when it is tapped."""

    label: str
    hint: str
    token: str


@dataclass(frozen=True)
class Bubble:
    """One message as a phone shows it.

    `mine` is true for what the person sent. `at` is aware and in the office's zone. `title` is shown bold above
    `text`; for pictures and files `text` is the caption and `name` the file's name. `sample` marks figures that are
    invented ("contoh"). `state` of a person's bubble: `sending` = stored, its turn not yet taken (one tick), `sent` =
    answered (two ticks), `failed` = set aside. An answer is in the history only once it was delivered.
    """

    id: int
    mine: bool
    at: datetime
    kind: BubbleKind
    text: str
    title: str = ""
    options: tuple[Choice, ...] = ()
    media_url: str | None = None
    """Set with `media_url(id)` where `Backstage.media` has bytes."""
    name: str = ""
    state: BubbleState = "sent"
    sample: bool = False


def media_url(bubble_id: int) -> str:
    """Where the page finds the picture or file of a bubble."""
    return f"/simulator/api/media/{bubble_id}"


class Backstage(Protocol):
    """The office behind the phones. Every method that takes an address raises UnknownAddress for one it never gave."""

    async def office(self) -> OfficeCard:
        """The office and its plan."""
        ...

    async def cast(self) -> list[Actor]:
        """Every post of the office, in the office's order."""
        ...

    async def history(self, address: str, after: int = 0) -> list[Bubble]:
        """The bubbles of one phone with an id above `after`, oldest first.

        Ids ascend in the order in which bubbles came into being, both directions in one sequence, at most 2**53.
        """
        ...

    async def say(self, address: str, body: str) -> None:
        """Take in words typed (1 to 4096 characters). Returns after they are stored and in `history`."""
        ...

    async def press(self, address: str, token: str, label: str) -> None:
        """Take in a tap; `label` is what the person's own bubble shows. Returns after it is stored."""
        ...

    async def upload(self, address: str, name: str, mime: str, album: str, data: AsyncIterator[bytes]) -> None:
        """Take in a picture or file, in pieces; `album` is the one it was chosen in, empty for none: all of it is
        stored together, once it has come.

        `data` raises (`UploadTooLarge`, `UploadBroken`) in the middle: let it pass through and keep nothing.
        """
        ...

    async def media(self, bubble_id: int) -> tuple[bytes, str, str] | None:
        """Bytes, MIME type and file name of what a bubble carries; None where there is nothing."""
        ...

    def now(self) -> datetime:
        """The office's time: aware, in its zone."""
        ...

    async def move_clock(self, words: str) -> str:
        """Move the clock forward through everything that falls due; return one sentence that says what happened.

        Raises ClockWords for words that `parse_clock` does not take.
        """
        ...
