"""`renaksi invite --send`: invitations straight to the WhatsApp numbers that the office entered.

They go from here and not through the outbox, which would keep their codes; what could not be sent is told at once.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.channels.base import SendError
from bot.channels.whatsapp.channel import WhatsAppChannel
from bot.invites import Made
from bot.settings import Settings
from handlers.register import invitation
from storage.numbers import address_of


@dataclass(frozen=True)
class Sending:
    """What became of one invitation; `reason` is why it was not sent, empty where it was."""

    made: Made
    reason: str = ""


class _AllWorthTrying:
    """Somebody waits for the answer: each template is tried, whatever was said of it before."""

    async def may_send(self, template: str) -> bool:
        return bool(template)

    async def note(self, template: str, status: str) -> None:
        """The refusal is told instead."""


async def send_invites(settings: Settings, made: Sequence[Made]) -> list[Sending]:
    """Send each to the number of its holder, as a template."""
    assert settings.whatsapp_token is not None  # the caller has looked
    assert settings.whatsapp_phone_id is not None
    token = settings.whatsapp_token.get_secret_value()
    channel = WhatsAppChannel(
        token, settings.whatsapp_phone_id, _never_open, _AllWorthTrying(), settings.whatsapp_api_url
    )
    try:
        return [Sending(one, await _send(channel, one)) for one in made]
    finally:
        await channel.close()


async def _never_open(_address: str) -> bool:
    """Who is invited has not written to us yet."""
    return False


async def _send(channel: WhatsAppChannel, one: Made) -> str:
    """Why it was not sent, empty where it was."""
    if one.has_whatsapp:
        return "sudah bergabung lewat WhatsApp"
    if not one.phone:
        return "nomornya belum tercatat"
    try:
        await channel.send(address_of(one.phone), invitation(one.office, one.post, one.code, one.expires_words), None)
    except SendError as failure:
        return str(failure)
    return ""
