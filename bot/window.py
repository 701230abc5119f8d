"""The window of a channel that takes free text only for a while after a person wrote (WhatsApp, issue 5 part 2)."""

from datetime import timedelta

from bot.clock import MachineClock
from bot.writer import Writer
from storage.conversations import window_since

WINDOW = timedelta(hours=24)
"""Meta's customer service window, counted from the person's last message."""


class Window:
    """Tells whether free text may go to an address of a channel."""

    def __init__(self, writer: Writer, machine_now: MachineClock, channel: str = "whatsapp") -> None:
        self._writer = writer
        self._now = machine_now
        self._channel = channel

    async def __call__(self, address: str) -> bool:
        """False, too, where the channel refused free text since the person last wrote.

        Asked of the writer, so that what a person has just written counts.
        """
        since = await self._writer.do(lambda connection: window_since(connection, self._channel, address))
        return since is not None and self._now() - since < WINDOW
