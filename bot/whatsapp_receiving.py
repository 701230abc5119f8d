"""WhatsApp in a process that runs, receiving by a webhook, which every process serves.

Imported where it is set up: it takes long, and most installations do without.
"""

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from bot.approvals import Approvals
from bot.channels.whatsapp.channel import WhatsAppChannel
from bot.channels.whatsapp.intake import Intake, NotYet
from bot.channels.whatsapp.parsing import CHANNEL, NumberChange
from bot.channels.whatsapp.statuses import UNKNOWN_CODE, Status, TemplateNews
from bot.channels.whatsapp.templates import LANGUAGE
from bot.channels.whatsapp.webhook import webhook_route
from bot.line import Line
from bot.parts import Part
from bot.settings import Settings
from bot.window import Window
from bot.wiring import Program
from storage import fates, numbers, templates, undelivered
from storage.engine import Connection


def open_whatsapp(settings: Settings, program: Program) -> Line:
    """Receiving by the webhook, of whose address Meta is told by hand."""
    assert settings.whatsapp_token is not None  # it is set up, and the settings bring all of them
    assert settings.whatsapp_phone_id is not None
    assert settings.whatsapp_business_id is not None
    assert settings.whatsapp_app_secret is not None
    assert settings.whatsapp_verify_token is not None
    whatsapp = WhatsAppChannel(
        settings.whatsapp_token.get_secret_value(),
        settings.whatsapp_phone_id,
        Window(program.writer, program.clocks.machine),
        Approvals(program.writer, program.clocks.machine),
        settings.whatsapp_api_url,
    )
    intake = Intake(program.inbox, Ledger(program), settings.whatsapp_phone_id, settings.whatsapp_business_id)
    app_secret, verify_token = settings.whatsapp_app_secret, settings.whatsapp_verify_token
    route = webhook_route(intake.take, app_secret.get_secret_value(), verify_token.get_secret_value())
    return Line(whatsapp, whatsapp.close, Part.WEB, [route])


class Ledger:
    """Records what becomes of messages, of numbers and of templates, in the tables of a program."""

    def __init__(self, program: Program) -> None:
        self._program = program

    async def note_changes(self, changes: Sequence[NumberChange]) -> None:
        """Return only after the changes are committed."""
        now = self._program.clocks.machine()

        def note(connection: Connection) -> None:
            for change in changes:
                numbers.note_change(connection, CHANNEL, change.old, change.new, now)

        await self._program.writer.do(note)

    async def note_templates(self, news: Sequence[TemplateNews]) -> None:
        """Return only after it is committed. Other languages than ours are other programs' templates."""
        now = self._program.clocks.machine()

        def note(connection: Connection) -> None:
            for one in news:
                if one.language == LANGUAGE:
                    templates.note_status(connection, CHANNEL, one.name, one.status, now)

        await self._program.writer.do(note)

    async def note_statuses(self, statuses: Sequence[Status]) -> int:
        """Return only after they are committed: how many are of no message that we know, or no news.

        Raises NotYet after that, where a message that failed may not be recorded as sent yet: Meta can be quicker.
        """
        news = await self._program.writer.do(partial(self._note_all, statuses))
        if any(status.fate == "failed" for status in statuses):
            self._program.delivery.wake()  # it may go another way now
        if news is None:
            raise NotYet
        return len(statuses) - news

    def _note_all(self, statuses: Sequence[Status], connection: Connection) -> int | None:
        """How many of them were news; None where one came before its message."""
        now = self._program.clocks.machine()
        news, is_early = 0, False
        for status in statuses:
            if _note(connection, status, now):
                news += 1
            elif status.fate == "failed":
                about = (status.provider_id, status.addresses)
                is_early |= fates.may_be_on_its_way(connection, CHANNEL, *about, now)
        return None if is_early else news


def _note(connection: Connection, status: Status, now: datetime) -> bool:
    """Record one status; a failure sends the message another way, or ends it."""
    is_news = fates.note(connection, CHANNEL, status.provider_id, status.fate, status.at)
    if is_news and status.fate == "failed":
        undelivered.refused_later(connection, CHANNEL, status.provider_id, status.code or UNKNOWN_CODE, now)
    return is_news
