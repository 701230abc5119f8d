"""The simulator as a channel: it delivers by telling the open pages to look."""

from collections.abc import AsyncGenerator, AsyncIterator
from datetime import datetime
from uuid import uuid4

from bot.channels.base import Attachment, FetchFailed, Media, Picture, Rejected, Sent
from bot.channels.simulator.audience import Audience, Event
from handlers.messages import Chart, File, Form, Outgoing


class SimulatorChannel:
    """Phones on a web page. It keeps no message: what was delivered is read from the tables by `Backstage.history`.

    Call its methods on the event loop that serves the page.
    """

    name: str = "simulator"

    def __init__(self) -> None:
        self._audience = Audience()
        self._ticks = 0

    @property
    def ticks(self) -> int:
        """How often the pages were told the time."""
        return self._ticks

    async def send(self, address: str, message: Outgoing, enclosure: Picture | Attachment | None) -> Sent:
        """Deliver one message under a fresh id. Raises Rejected where the enclosure does not fit the message.

        The pages look at once and, since the delivery is recorded only after this returns, again shortly after;
        `changed` after that commit spares them the wait.
        """
        _check_enclosure(message, enclosure)
        self.changed(address)
        return Sent(uuid4().hex)

    async def fetch(self, media: Media) -> AsyncIterator[bytes]:
        """Always raises FetchFailed: an upload goes straight into our own store, nothing stays with the page."""
        raise FetchFailed("gone")
        yield b""  # the unreachable yield makes this an async generator, as the contract wants

    def changed(self, address: str) -> None:
        """Tell the pages that the history of this address has news."""
        self._audience.tell(Event("chat", address=address))

    def typing(self, address: str) -> None:
        """Tell the pages that the assistant is working on an answer to this address."""
        self._audience.tell(Event("typing", address=address))

    def clock_moved(self, now: datetime, *, moving: bool) -> None:
        """Tell the pages the office's time, and whether it is still on its way to where it was sent."""
        self._ticks += 1
        shown = now.isoformat(timespec="seconds")
        self._audience.tell(Event("clock", now=shown, moving=moving, tick=self._ticks))

    def listen(self) -> AsyncGenerator[Event]:
        """The events of one page, from `ready` on."""
        return self._audience.listen()

    def close(self) -> None:
        """End the streams of all pages; call it when the server stops."""
        self._audience.close()


def _check_enclosure(message: Outgoing, enclosure: Picture | Attachment | None) -> None:
    match message, enclosure:
        case (Chart(), Picture()) | (File() | Form(), Attachment()):
            return
        case (Chart() | File() | Form(), _):
            raise Rejected(f"a {message.kind} came without its enclosure")
        case (_, None):
            return
        case _:
            raise Rejected(f"a {message.kind} carries no enclosure")
