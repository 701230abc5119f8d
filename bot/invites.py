"""`renaksi invite`: one-time links, codes and QR pictures, one per post."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import segno

from bot.channels.base import SendError
from bot.channels.telegram import TelegramChannel, start_link
from bot.clock import machine_now
from bot.refused import Refused, why
from bot.settings import Settings
from bot.which_office import find_office
from domain.zones import local
from handlers.texts.formats import moment
from storage.engine import Connection, Engine, writing
from storage.offices import zone_of
from storage.people import new_invite, posts


@dataclass(frozen=True)
class Made:
    """One invitation as people get it."""

    post: str
    code: str
    telegram_link: str
    expires: str
    expires_words: str

    def as_json(self) -> dict[str, str]:
        """The form of design.md 6."""
        return {
            "post": self.post,
            "code": self.code,
            "telegram_link": self.telegram_link,
            "whatsapp_link": "",
            "expires": self.expires,
        }


async def make_invites(
    engine: Engine, settings: Settings, office: str | None, post: str | None, life: timedelta
) -> list[Made]:
    """Invite to one post or to all of an office. Raises Refused for an office or post that is not there."""
    username = await _username(settings)
    with writing(engine) as connection:
        return _invite(connection, username, office, post, life)


async def _username(settings: Settings) -> str | None:
    """The bot's name for links; without a token or network the bare code still works."""
    if settings.telegram_token is None:
        return None
    channel = TelegramChannel(settings.telegram_token.get_secret_value(), settings.telegram_api_url)
    try:
        return await channel.bot_username()
    except SendError:
        return None
    finally:
        await channel.close()


def _invite(
    connection: Connection, username: str | None, office: str | None, post: str | None, life: timedelta
) -> list[Made]:
    office_id = find_office(connection, office)
    wanted = [one for one in posts(connection, office_id) if post is None or one.title.casefold() == post.casefold()]
    if not wanted:
        titles = ", ".join(one.title for one in posts(connection, office_id))
        raise Refused(f"Jabatan {post!r} tidak ada. Jabatan kantor ini: {titles}.")
    now = machine_now()
    expires = local(now + life, zone_of(connection, office_id))
    words = moment(expires, zone_of(connection, office_id))
    made: list[Made] = []
    for one in wanted:
        code = new_invite(connection, office_id, one.id, now, now + life)
        link = start_link(username, code) if username else ""
        made.append(Made(one.title, code, link, expires.isoformat(timespec="seconds"), words))
    return made


def picture_folder(folder: Path) -> Path:
    """The folder, made where it is missing. Raises Refused, before any invitation is made."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as failed:
        raise Refused(f"Folder {folder} tidak dapat dibuat: {why(failed)}.") from failed
    return folder


def write_qr(made: Sequence[Made], folder: Path) -> None:
    """One PNG a post, numbered in the office's order and named after it, to be shown or printed."""
    for number, one in enumerate(made, start=1):
        name = re.sub(r"[^a-z0-9]+", "-", one.post.lower()).strip("-")
        segno.make(one.telegram_link or one.code).save(str(folder / f"{number:02}-{name}.png"), scale=8)
