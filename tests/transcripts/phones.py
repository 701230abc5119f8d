"""The phones of a transcript on WhatsApp.

What people say becomes a call of Meta's webhook and is taken apart again; what they are answered is rendered by the
channel, sent over HTTP to an emulated Graph API that refuses what Meta refuses, and read from the phone.
"""

import asyncio
import json
import re
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import datetime
from types import TracebackType
from typing import Any, Self

from bot.channels.base import Arrival, Attachment, Picture
from bot.channels.whatsapp.channel import WhatsAppChannel
from bot.channels.whatsapp.parsing import parse
from bot.channels.whatsapp.rendering import BELOW_PICTURE
from bot.channels.whatsapp.templates import CATALOGUE, CATEGORY, LANGUAGE
from handlers.messages import (
    Chart,
    Contact,
    Document,
    Edited,
    File,
    Form,
    Incoming,
    MediaFailed,
    Option,
    Outgoing,
    Photo,
    Press,
    Text,
    Unknown,
)
from tests.bot.whatsapp.graph_server import PAIR_STEP, GraphServer
from tests.bot.whatsapp.people import Person, Shown, Tap

PNG = b"\x89PNG\r\n\x1a\n invented"
FILE = b"invented"
_LOOK_ALIKE = str.maketrans("∗ˍ∼ˋ", "*_~`")
_BOLD = re.compile(r"\A\*(.+)\*$", re.MULTILINE)
_KINDS: dict[str, dict[str, Any]] = {
    "stiker": {"type": "sticker", "sticker": {"id": "120000000000009", "mime_type": "image/webp", "animated": False}},
    "pesan suara": {"type": "audio", "audio": {"id": "120000000000008", "mime_type": "audio/ogg", "voice": True}},
}


class _Graph(GraphServer):
    """One whose webhook is called by the transcript itself."""

    def newest_call(self) -> dict[str, Any]:
        """The call that would be posted for what was said last."""
        return json.loads(self.envelope(self._waiting.pop()))


class _AllApproved:
    """Every template of the catalogue is."""

    async def may_send(self, template: str) -> bool:
        return template.removeprefix("renaksi_") in CATALOGUE

    async def note(self, template: str, status: str) -> None:
        raise AssertionError(f"{template} was refused as {status}")


@dataclass(frozen=True)
class OnScreen:
    """One answer as a phone shows it: its lines as a transcript has them, and where its buttons are.

    `template` is as what it went, outside the 24 hours.
    """

    lines: tuple[str, ...]
    shown: Shown
    template: str = ""


class Phones:
    """Everybody's phone in one transcript, on a Graph API of its own."""

    def __init__(self, now: Callable[[], datetime], window: Callable[[str], Awaitable[bool]]) -> None:
        """`now` is the town's clock; `window` tells the channel whether free text may go to an address."""
        self._now = now
        self._window = window
        self._messages = 0
        self._latest = 0.0
        self._graph = _Graph(clock=self._seconds)
        self._runner = asyncio.Runner()
        self._open = AsyncExitStack()
        self.screens: dict[str, list[OnScreen]] = {}

    def __enter__(self) -> Self:
        self._runner.run(self._start())
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._runner.run(self._open.aclose())
        self._runner.close()

    def _seconds(self) -> float:
        """Never back, as a transcript's clock may go, and so long after each message that nobody is written to too
        quickly."""
        self._latest = max(self._latest, self._now().timestamp())
        return self._latest + self._messages * PAIR_STEP

    async def _start(self) -> None:
        await self._open.enter_async_context(self._graph)
        graph = self._graph
        self._channel = WhatsAppChannel(graph.token, graph.phone_id, self._window, _AllApproved(), graph.url)
        self._open.push_async_callback(self._channel.close)
        for template in CATALOGUE.values():
            about = {"name": template.name, "language": LANGUAGE, "category": CATEGORY}
            graph.approve({**about, "components": template.components()})

    def take(self, name: str, number: str) -> None:
        """Somebody gets a telephone with that number, in digits."""
        self._graph.person(name, number=number)

    # --- what people say ------------------------------------------------------------------------------------------

    def say(self, address: str, said: Incoming) -> tuple[Arrival, Incoming]:
        """What the webhook brings of it, and what becomes of that once a file is fetched."""
        self._send(self._graph.people[address], said)
        call = parse(self._graph.newest_call(), self._graph.phone_id, self._graph.business_id)
        [arrival] = call.arrivals
        return arrival, _fetched(arrival, said)

    def _send(self, person: Person, said: Incoming) -> None:
        match said:
            case Text(body=body):
                person.types(body)
            case Press(token=token, label=label):
                self._press(person, token, label)
            case Photo(caption=caption):
                person.sends_photo(PNG, caption)
            case Document(name=name, mime=mime, caption=caption):
                person.sends_document(FILE, name, mime, caption)
            case MediaFailed():
                person.sends_document(FILE, "besar.pdf")
            case Edited(of=of, body=body):
                message = {"type": "text", "text": {"body": body}}
                person.says({"type": "edit", "edit": {"original_message_id": of, "message": message}})
            case Contact(phone=phone):
                phones = [{"phone": phone, "wa_id": person.wa_id, "type": "Mobile"}]
                person.says({"type": "contacts", "contacts": [{"name": {"first_name": "Saya"}, "phones": phones}]})
            case Unknown(what=what):
                person.says(_KINDS[what])
            case _:
                raise AssertionError(f"nobody sends a {said.kind}")

    def _press(self, person: Person, token: str, label: str) -> None:
        """Tap what is on the screen; a token that stands nowhere is tapped on a message of long ago."""
        found = ((screen.shown, tap) for screen in self._screens(person.address) for tap in screen.shown.taps)
        shown, tap = next(
            ((shown, tap) for shown, tap in found if tap.token == token),
            (Shown("wamid.long-ago", "buttons", ""), Tap(label or "?", token)),
        )
        person.presses(shown, tap)

    def option(self, address: str, label: str, ago: int) -> Option:
        """A button of the newest message on the screen that has it, not counting the last `ago`."""
        taps = (tap for screen in self._screens(address)[ago:] for tap in screen.shown.taps)
        tap = next((one for one in taps if one.label == label), None)
        assert tap is not None, f"no message to {address} has a button {label!r}"
        return Option(key=tap.token, label=tap.label, token=tap.token)

    def _screens(self, address: str) -> list[OnScreen]:
        """Newest first."""
        return self.screens.get(address, [])[::-1]

    # --- what they read -------------------------------------------------------------------------------------------

    def show(self, address: str, message: Outgoing) -> OnScreen:
        """Send a message, and read it from the phone."""
        self._messages += 1
        before = len(self._graph.people[address].messages)
        sent = self._runner.run(self._channel.send(address, message, _enclosure(message)))
        arrived = self._graph.people[address].messages[before:]
        screen = OnScreen(tuple(_lines(arrived, message)), arrived[-1], sent.template)
        self.screens.setdefault(address, []).append(screen)
        return screen


def _fetched(arrival: Arrival, said: Incoming) -> Incoming:
    """What the turn is told: a file that was fetched, or that could not be."""
    media = arrival.media
    match said:
        case _ if media is None:
            assert arrival.said is not None
            return arrival.said
        case Photo():
            return said.model_copy(update={"caption": media.caption})
        case Document():
            return said.model_copy(update={"name": media.name, "mime": media.mime, "caption": media.caption})
        case _:
            return said


def _enclosure(message: Outgoing) -> Picture | Attachment | None:
    match message:
        case Chart():
            return Picture(PNG, "gambar.png")
        case File() | Form():
            return Attachment(FILE, message.name)
        case _:
            return None


def _lines(arrived: list[Shown], message: Outgoing) -> list[str]:
    """One answer as a transcript has it. A list below a picture comes as a second message without words of its own."""
    first, *below = arrived
    assert [one.text for one in below] == [BELOW_PICTURE] * len(below)
    lines: list[str] = []
    if first.mime.startswith("image/"):
        lines.append("(gambar)")
    elif first.file_name:
        lines.append(f"(berkas {first.file_name})")
    hints = {f"• {option.label}: {option.hint}" for option in getattr(message, "options", ()) if option.hint}
    words = _BOLD.sub(r"\1", first.text, count=1).translate(_LOOK_ALIKE)
    lines += [line for line in words.split("\n") if line not in hints]
    labels = " ".join(f"[{label}]" for label in arrived[-1].labels)
    return [*lines, *([labels] if labels else [])]
