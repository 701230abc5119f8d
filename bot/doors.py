"""Under what names people find our channels: asked of the providers, kept for the links of invitations."""

import asyncio

import structlog

from bot.channels.base import SendError
from bot.channels.telegram import TelegramChannel
from bot.settings import Settings
from bot.writer import Writer
from domain.doors import TELEGRAM, WHATSAPP, Doors
from storage import doors
from storage.engine import DatabaseError

ASK_AGAIN = 6 * 3600.0
"""Seconds after which the providers are asked once more: a bot may be given another name."""
RETRY_SECONDS = 60.0
"""After how long one is asked again that said nothing."""

_log = structlog.get_logger(__name__)


async def find_doors(settings: Settings) -> Doors:
    """Through which channels people can join; without one that is set up or answers the bare code still works."""
    return Doors(await _username(settings), await _number(settings))


async def learn_doors(settings: Settings, writer: Writer) -> None:
    """Keep what the providers say of our names, until cancelled."""
    wanted = {TELEGRAM} if settings.telegram_token is not None else set[str]()
    wanted |= {WHATSAPP} if settings.has_whatsapp else set()
    while True:
        found = await find_doors(settings)
        names = {TELEGRAM: found.telegram, WHATSAPP: found.whatsapp}
        known = {channel: name for channel, name in names.items() if name}
        try:
            await writer.do(lambda connection, known=known: doors.note(connection, known))
        except DatabaseError:
            _log.exception("the names of the channels could not be kept")
            known = {}
        await asyncio.sleep(ASK_AGAIN if wanted <= set(known) else RETRY_SECONDS)


async def _username(settings: Settings) -> str:
    """The bot's name for links."""
    if settings.telegram_token is None:
        return ""
    channel = TelegramChannel(settings.telegram_token.get_secret_value(), settings.telegram_api_url)
    try:
        return await channel.bot_username()
    except SendError:
        return ""
    finally:
        await channel.close()


async def _number(settings: Settings) -> str:
    """Our number as Meta knows it, in digits."""
    token, phone_id, business_id = (
        settings.whatsapp_token,
        settings.whatsapp_phone_id,
        settings.whatsapp_business_id,
    )
    if token is None or phone_id is None or business_id is None:
        return ""
    from bot.channels.whatsapp.account import Account  # these take long, and most installations do without
    from handlers.phones import read_phone
    from storage.numbers import address_of

    account = Account(token.get_secret_value(), phone_id, business_id, settings.whatsapp_api_url)
    try:
        return address_of(read_phone((await account.number()).shown) or "")
    except SendError:
        return ""
    finally:
        await account.close()
