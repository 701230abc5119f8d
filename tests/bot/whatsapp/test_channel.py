"""What people see on WhatsApp, and what happens to what cannot be sent, over HTTP."""

from bot.channels.base import (
    Attachment,
    Channel,
    Picture,
)
from bot.channels.whatsapp.channel import WhatsAppChannel
from handlers.messages import Chart, File, Form, Notice, Option, Outgoing, Say
from tests.bot.whatsapp.people import Person, Shown

PNG = b"\x89PNG\r\n\x1a\n" + bytes(200)


def options(*labels: str, hint: str = "") -> tuple[Option, ...]:
    return tuple(Option(key=label.lower(), label=label, hint=hint, token=f"q1:{label.lower()}") for label in labels)


YES_NO = options("Ya", "Tidak")
FIVE = options("Rincian", "Ingatkan", "Unduh", "Serapan", "Ketepatan")
REMINDER = Notice(
    name="reminder",
    params=("Bu Sari", "2", "Selasa 5 April"),
    text="Masih kurang 2 dari 3.",
    options=options("Lapor sekarang", "Ingatkan nanti", "Lainnya"),
)
DIGEST = Chart(
    chart="overview",
    snapshot=1,
    title="Yth. Pak Camat, ringkasan Senin 4 April 2022",
    caption="Maret: 12 dari 15 jabatan sudah lapor\nBelum: Kasi Kamtib",
    options=FIVE,
)


def enclosure_of(message: Outgoing) -> Picture | Attachment | None:
    match message:
        case Chart():
            return Picture(PNG, "ringkasan.png")
        case File() | Form():
            return Attachment(b"isi berkas", message.name)
        case _:
            return None


async def send(channel: WhatsAppChannel, person: Person, message: Outgoing) -> Shown:
    """Send with the enclosure that the message needs; the id it returns must be that of what arrived first."""
    before = len(person.messages)
    sent = await channel.send(person.address, message, enclosure_of(message))
    assert sent.provider_id == person.messages[before].id
    return person.messages[-1]


async def test_say_shows_a_bold_title_and_the_words(channel: WhatsAppChannel, sari: Person) -> None:
    contract: Channel = channel
    assert contract.name == "whatsapp"
    shown = await send(channel, sari, Say(text="Target 3, 50 % lebih", title="Maret 2022 · 1 dari 3"))
    assert (shown.kind, shown.text) == ("text", "*Maret 2022 · 1 dari 3*\nTarget 3, 50 % lebih")
    assert shown.raw["text"]["preview_url"] is False
