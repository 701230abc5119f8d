"""People with WhatsApp on an emulated Graph API: what they read, and what they do."""

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from tests.bot.whatsapp.graph_server import GraphServer

PATIENCE = 120.0
"""Seconds that a person waits for a message: long, because a test fails only where none comes."""


@dataclass(frozen=True)
class Tap:
    """A button or a row: what stands on it, what it sends back, its second line."""

    label: str
    token: str
    hint: str = ""


@dataclass(frozen=True)
class Shown:
    """One message as it stands on the phone. `text` holds WhatsApp's own marks; `file` is what lies at Meta.

    `kind` is text, buttons, list, image, document or template.
    """

    id: str
    kind: str
    text: str
    taps: tuple[Tap, ...] = ()
    file: bytes = b""
    file_name: str = ""
    mime: str = ""
    template: str = ""
    parameters: tuple[str, ...] = ()
    raw: dict[str, Any] = field(default_factory=dict)

    @property
    def labels(self) -> tuple[str, ...]:
        """What can be tapped."""
        return tuple(tap.label for tap in self.taps)


class Person:
    """A phone. `wa_id` are the digits of its number, empty for somebody who hides it and has only a `user_id`."""

    def __init__(self, server: "GraphServer", name: str, wa_id: str, user_id: str) -> None:
        self.server = server
        self.name = name
        self.wa_id = wa_id
        self.user_id = user_id
        self.messages: list[Shown] = []
        self.wrote_at: float | None = None
        self._heard = 0
        self._news = asyncio.Event()

    @property
    def address(self) -> str:
        """By what the assistant knows them."""
        return self.wa_id or self.user_id

    # --- what they read -----------------------------------------------------------------------------------------

    def receive(self, shown: Shown) -> None:
        """A message arrives."""
        self.messages.append(shown)
        self._news.set()

    async def hears(self) -> Shown:
        """The next message that was not heard yet."""
        async with asyncio.timeout(PATIENCE):
            while len(self.messages) <= self._heard:
                self._news.clear()
                await self._news.wait()
        self._heard += 1
        return self.messages[self._heard - 1]

    # --- what they do -------------------------------------------------------------------------------------------

    def types(self, body: str) -> str:
        """Write words; like all of these returns the id of the message."""
        return self.says({"type": "text", "text": {"body": body}})

    def taps(self, label: str) -> str:
        """Tap what stands on the newest message that offers it."""
        shown, tap = next(
            (one, tap)
            for one in reversed(self.messages)
            for tap in one.taps
            if tap.label.casefold() == label.casefold()
        )
        return self.presses(shown, tap)

    def presses(self, shown: Shown, tap: Tap) -> str:
        """Tap something on any message, however old."""
        context = {"context": {"from": self.server.number, "id": shown.id}}
        if shown.kind == "template":
            return self.says({**context, "type": "button", "button": {"payload": tap.token, "text": tap.label}})
        kind = "list_reply" if shown.kind == "list" else "button_reply"
        reply = {"id": tap.token, "title": tap.label} | ({"description": tap.hint} if tap.hint else {})
        return self.says({**context, "type": "interactive", "interactive": {"type": kind, kind: reply}})

    def sends_photo(self, data: bytes, caption: str = "", mime: str = "image/jpeg") -> str:
        """Send a picture."""
        return self._sends("image", data, mime, {"caption": caption} if caption else {})

    def sends_document(self, data: bytes, name: str, mime: str = "application/pdf", caption: str = "") -> str:
        """Send a file."""
        return self._sends("document", data, mime, {"filename": name} | ({"caption": caption} if caption else {}))

    def changes_number(self, wa_id: str) -> str:
        """Tell WhatsApp of a new number: a word of the system, from the old one."""
        system = {"type": "user_changed_number", "wa_id": wa_id, "body": f"{self.name} changed number"}
        told = self.says({"type": "system", "system": system}, opens=False)
        self.wa_id = wa_id
        return told

    def says(self, content: dict[str, Any], *, opens: bool = True) -> str:
        """Any message. It opens the window of 24 hours, as everything does that a person writes."""
        if opens:
            self.wrote_at = self.server.now()
        return self.server.hear(self, content)

    def _sends(self, kind: Literal["image", "document"], data: bytes, mime: str, about: dict[str, Any]) -> str:
        media_id = self.server.keep(data, mime)
        described = {"id": media_id, "mime_type": mime, "sha256": "4AfL0e", **about}
        return self.says({"type": kind, kind: described})
