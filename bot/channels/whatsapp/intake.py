"""What happens to a call of the webhook: taken apart, everything in it recorded, and only then acknowledged."""

import logging
from collections.abc import Sequence
from typing import Protocol

from bot.channels.base import Receiver
from bot.channels.whatsapp.parsing import Call, Json, NumberChange, parse
from bot.channels.whatsapp.statuses import Status, TemplateNews

_log = logging.getLogger(__name__)


class NotYet(Exception):
    """Something of a call cannot be recorded yet, and everything else is: it must come again."""


class Ledger(Protocol):
    """Where it is recorded what became of messages, of numbers and of templates."""

    async def note_changes(self, changes: Sequence[NumberChange]) -> None:
        """Return only after the changes are committed."""
        ...

    async def note_templates(self, news: Sequence[TemplateNews]) -> None:
        """Return only after it is committed."""
        ...

    async def note_statuses(self, statuses: Sequence[Status]) -> int:
        """Return only after they are committed: how many are of no message that we know, or no news.

        Raises NotYet where one must come again.
        """
        ...


class Intake:
    """Records calls for one number of ours and the account to which it belongs, by Meta's ids of them."""

    def __init__(self, receiver: Receiver, ledger: Ledger, phone_id: str, business_id: str) -> None:
        self._receiver = receiver
        self._ledger = ledger
        self._ids = (phone_id, business_id)

    async def take(self, body: Json) -> None:
        """Return when all of it is committed. Raises NotYet, and what the database raises; nothing may be acknowledged
        then.

        What was recorded before changes nothing when it comes again.
        """
        call = parse(body, *self._ids)
        if call.changes:
            await self._ledger.note_changes(call.changes)
        if call.templates:
            await self._ledger.note_templates(call.templates)
        if call.arrivals:
            await self._receiver.store(call.arrivals)
        if call.statuses and (unknown := await self._ledger.note_statuses(call.statuses)):
            call.ignored["status of no news"] += unknown
        _tell_of_ignored(call)


def _tell_of_ignored(call: Call) -> None:
    """Kinds are Meta's words; nothing of what people wrote is in them."""
    if call.ignored:
        _log.info("ignored of a call: %s", dict(call.ignored))
