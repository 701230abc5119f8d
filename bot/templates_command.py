"""`renaksi whatsapp templates`: what to submit to Meta, and what it has approved."""

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from textwrap import indent
from typing import Any

from bot.channels.base import ChannelStopped, SendError
from bot.channels.whatsapp.account import Account
from bot.channels.whatsapp.parsing import CHANNEL
from bot.channels.whatsapp.template_review import MISSING, UNKNOWN, Review, review
from bot.channels.whatsapp.templates import CATEGORY, LANGUAGE, Template
from bot.clock import machine_now
from bot.refused import Refused, why
from bot.settings import Settings
from storage.engine import Engine, writing
from storage.templates import note_status

HEADER_EXAMPLE = "HEADER_HANDLE"
"""Stands where Meta wants the handle of an uploaded example picture, which only the account itself can make."""
_STATUSES = {
    "approved": "disetujui",
    "missing": "belum diajukan",
    "unknown": "belum dibandingkan",
    "pending": "sedang ditinjau Meta",
    "in_appeal": "sedang ditinjau ulang Meta",
    "rejected": "ditolak Meta",
    "paused": "dijeda Meta",
    "disabled": "dinonaktifkan Meta",
}
_PARTS = {"body": "isi", "buttons": "tombol", "picture": "gambar atau kaki pesan", "category": "kategori"}


async def compare(settings: Settings) -> list[Review]:
    """Ask Meta for its templates. Raises Refused where WhatsApp is not set up or Meta does not answer."""
    if settings.whatsapp_token is None or settings.whatsapp_phone_id is None or settings.whatsapp_business_id is None:
        raise Refused("WhatsApp belum diatur: isi WHATSAPP_TOKEN dan lainnya di .env, lalu jalankan lagi.")
    token, api_url = settings.whatsapp_token.get_secret_value(), settings.whatsapp_api_url
    account = Account(token, settings.whatsapp_phone_id, settings.whatsapp_business_id, api_url)
    try:
        return await account.reviews()
    except ChannelStopped as stopped:
        raise Refused(f"Meta menolak token atau akunnya ({stopped}). Jalankan renaksi doctor.") from stopped
    except SendError as failure:
        raise Refused(f"Meta tidak dapat ditanya ({failure}). Periksa jaringan dan coba lagi.") from failure
    finally:
        await account.close()


def remember(engine: Engine, reviews: Sequence[Review]) -> None:
    """Let what is sent go by what Meta says now."""
    now = machine_now()
    with writing(engine) as connection:
        for one in reviews:
            note_status(connection, CHANNEL, one.template.name, one.can_be_sent, now)


def uncompared() -> list[Review]:
    """Every template, where there is no account yet to ask about."""
    return [replace(one, status=UNKNOWN) for one in review(())]


def told(one: Review) -> str:
    """The name, its status and what differs; below it, unless all is well, what is to be submitted."""
    parts = ", ".join(_PARTS[part] for part in one.differing)
    status = _STATUSES.get(one.status, one.status) + (f"; berbeda: {parts}" if parts else "")
    if one.is_usable:
        return f"baik   {one.template.name}: {status}"
    mark = "      " if one.status == UNKNOWN else "BEDA  "
    return f"{mark} {one.template.name}: {status}\n{indent(preview(one.template), ' ' * 7)}"


def preview(template: Template) -> str:
    """A template as people see it, with its examples."""
    lines = ["[gambar]"] if template.has_picture else []
    lines.append(template.filled(template.examples))
    if template.replies:
        lines.append(" ".join(f"[{reply.label}]" for reply in template.replies))
    return "\n".join(lines)


def as_json(one: Review) -> dict[str, Any]:
    """The same for another program, with what is posted to Meta."""
    differing = list(one.differing)
    return {
        "name": one.template.name,
        "ok": one.is_usable,
        "status": one.status,
        "differing": differing,
        "submit": submission(one.template),
    }


def submission(template: Template) -> dict[str, Any]:
    """What is posted to `<business account>/message_templates`."""
    components = [
        {**one, "example": {"header_handle": [HEADER_EXAMPLE]}} if one["type"] == "HEADER" else one
        for one in template.components()
    ]
    return {"name": template.name, "language": LANGUAGE, "category": CATEGORY, "components": components}


def write_submissions(reviews: Sequence[Review], file: Path) -> int:
    """Write what is new to Meta or differs, as its API takes it; return how many. Raises Refused if it cannot."""
    wanted = [submission(one.template) for one in reviews if one.status in (MISSING, UNKNOWN) or one.differing]
    try:
        file.write_text(f"{json.dumps(wanted, ensure_ascii=False, indent=2)}\n", encoding="utf-8")
    except OSError as failed:
        raise Refused(f"Berkas {file} tidak dapat ditulis: {why(failed)}.") from failed
    return len(wanted)
