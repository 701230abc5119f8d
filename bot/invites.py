"""`renaksi invite`: one-time links, codes and QR pictures, one per post."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import segno

from bot.clock import machine_now
from bot.doors import find_doors
from bot.refused import Refused, why
from bot.settings import Settings
from bot.which_office import find_office
from domain.doors import TELEGRAM, WHATSAPP, Doors
from domain.zones import Zone, local
from handlers.texts.formats import moment
from handlers.texts.which_office import of_kabupaten
from storage.engine import Connection, Engine, writing
from storage.kabupaten import end_all, offices_of
from storage.kabupaten import new_invite as new_overseer_invite
from storage.numbers import holder_contact
from storage.offices import names, zone_of
from storage.people import holder_of, new_invite, posts


@dataclass(frozen=True)
class Made:
    """One invitation as people get it, and who holds the post: the number that the office entered, E.164 or empty, and
    whether they have joined by WhatsApp."""

    post: str
    code: str
    telegram_link: str
    whatsapp_link: str
    expires: str
    expires_words: str
    office: str
    phone: str = ""
    has_whatsapp: bool = False

    @property
    def links(self) -> dict[str, str]:
        """By the name of its channel; empty where none is connected."""
        named = {"telegram": self.telegram_link, "whatsapp": self.whatsapp_link}
        return {channel: link for channel, link in named.items() if link}

    def as_json(self) -> dict[str, str]:
        """The form of design.md 6."""
        return {
            "post": self.post,
            "code": self.code,
            "telegram_link": self.telegram_link,
            "whatsapp_link": self.whatsapp_link,
            "expires": self.expires,
        }


async def make_invites(
    engine: Engine, settings: Settings, office: str | None, post: str | None, life: timedelta
) -> list[Made]:
    """Invite to one post or to all of an office. Raises Refused for an office or post that is not there."""
    doors = await find_doors(settings)
    with writing(engine) as connection:
        return _invite(connection, doors, office, post, life)


async def make_overseer_invite(engine: Engine, settings: Settings, kabupaten: str, life: timedelta) -> Made:
    """Invite somebody to look after the offices of a kabupaten. Raises Refused for a name that is none."""
    name = " ".join(kabupaten.split())
    if not name:
        raise Refused("Sebutkan nama kabupatennya: renaksi invite --kabupaten NAMA.")
    doors = await find_doors(settings)
    now = machine_now()
    with writing(engine) as connection:
        offices = offices_of(connection, name)
        code = new_overseer_invite(connection, name, now, now + life)
    zone = offices[0].zone if offices else Zone.WIB.value
    expires = local(now + life, zone)
    links = _links(doors, code)
    title = f"Admin {of_kabupaten(name)}"
    return Made(title, code, *links, expires.isoformat(timespec="seconds"), moment(expires, zone), "")


def end_overseers(engine: Engine, kabupaten: str) -> int:
    """Nobody looks after the offices of a kabupaten any more; return how many did or were invited to."""
    with writing(engine) as connection:
        return end_all(connection, kabupaten, machine_now())


def _links(doors: Doors, code: str) -> tuple[str, str]:
    """The link of Telegram and that of WhatsApp, empty where the channel is not there."""
    links = doors.links(code)
    return links.get(TELEGRAM, ""), links.get(WHATSAPP, "")


def _invite(connection: Connection, doors: Doors, office: str | None, post: str | None, life: timedelta) -> list[Made]:
    office_id = find_office(connection, office)
    wanted = [one for one in posts(connection, office_id) if post is None or one.title.casefold() == post.casefold()]
    if not wanted:
        titles = ", ".join(one.title for one in posts(connection, office_id))
        raise Refused(f"Jabatan {post!r} tidak ada. Jabatan kantor ini: {titles}.")
    now = machine_now()
    zone = zone_of(connection, office_id)
    expires = local(now + life, zone)
    words = moment(expires, zone)
    name = names(connection)[office_id]
    made: list[Made] = []
    for one in wanted:
        today = local(now, zone).date()
        whom = holder_of(connection, one.id, today)
        code = new_invite(connection, office_id, one.id, now, now + life, None if whom is None else whom.id)
        links = _links(doors, code)
        holder = holder_contact(connection, one.id, today)
        until = expires.isoformat(timespec="seconds")
        made.append(Made(one.title, code, *links, until, words, name, holder.phone, holder.has_whatsapp))
    return made


def picture_folder(folder: Path) -> Path:
    """The folder, made where it is missing. Raises Refused, before any invitation is made."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as failed:
        raise Refused(f"Folder {folder} tidak dapat dibuat: {why(failed)}.") from failed
    return folder


def write_qr(made: Sequence[Made], folder: Path) -> None:
    """One PNG a post and channel, numbered in the office's order and named after it, to be shown or printed.

    Only where there are two channels does the name end in the channel's.
    """
    for number, one in enumerate(made, start=1):
        name = re.sub(r"[^a-z0-9]+", "-", one.post.lower()).strip("-")
        pictures = {f"-{channel}": link for channel, link in one.links.items()}
        if len(pictures) < 2:
            pictures = {"": next(iter(pictures.values()), one.code)}
        for ending, text in pictures.items():
            segno.make_qr(text).save(str(folder / f"{number:02}-{name}{ending}.png"), scale=8)
