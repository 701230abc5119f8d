"""Which templates a channel may be sent, as far as we know (WhatsApp, issue 5 part 3)."""

from datetime import timedelta

from bot.clock import MachineClock
from bot.writer import Writer
from storage.templates import note_status, status_of

APPROVED = "approved"
TRY_AGAIN = timedelta(days=1)
"""How long a refused template is believed to be refused: Meta pauses one for three hours, then for six."""


class Approvals:
    """Remembers in the tables what a channel said of its templates, for every process."""

    def __init__(self, writer: Writer, machine_now: MachineClock, channel: str = "whatsapp") -> None:
        self._writer = writer
        self._now = machine_now
        self._channel = channel

    async def may_send(self, template: str) -> bool:
        """True, too, for one never heard of, and for one refused so long ago that it may have been mended."""
        known = await self._writer.do(lambda connection: status_of(connection, self._channel, template))
        return known is None or known.status == APPROVED or self._now() - known.checked_at >= TRY_AGAIN

    async def note(self, template: str, status: str) -> None:
        """Remember what the channel says of it."""
        now = self._now()
        await self._writer.do(lambda connection: note_status(connection, self._channel, template, status, now))
