"""People who use the emulated Telegram, and the messages that the bot sent them."""

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.bot.telegram.telegram_html import Formatted

if TYPE_CHECKING:
    from tests.bot.telegram.bot_api_server import BotApiServer

PATIENCE = 120.0
"""Seconds that a story waits for the bot before it fails; a bound for broken runs, never measured."""


@dataclass(frozen=True)
class Button:
    label: str
    data: str


@dataclass
class SentMessage:
    """A message of the bot as the phone shows it. `kind` is text, photo or document."""

    message_id: int
    chat_id: int
    kind: str
    content: Formatted
    rows: tuple[tuple[Button, ...], ...] = ()
    file: bytes = b""
    file_name: str = ""
    raw: dict[str, str] = field(default_factory=dict)
    """The parameters as they were sent."""

    @property
    def text(self) -> str:
        """What people read: words without marks, or the caption."""
        return self.content.text

    @property
    def bold(self) -> tuple[str, ...]:
        return self.content.marked("bold")

    @property
    def buttons(self) -> tuple[Button, ...]:
        return tuple(button for row in self.rows for button in row)

    @property
    def labels(self) -> tuple[str, ...]:
        return tuple(button.label for button in self.buttons)


@dataclass
class Person:
    """Somebody with a phone. Every verb puts an update into the server's queue and returns the message's id."""

    server: "BotApiServer"
    chat_id: int
    first_name: str
    phone: str = "+6281200000001"
    is_known: bool = False
    """Whether the person has ever written: before that the bot cannot write to them."""
    has_blocked: bool = False
    is_deactivated: bool = False
    messages: list[SentMessage] = field(default_factory=list)
    """Everything the bot sent, oldest first."""
    _read: int = 0
    _arrived: asyncio.Event = field(default_factory=asyncio.Event)

    # --- what people do ---------------------------------------------------------------------------------------

    def types(self, text: str) -> int:
        content: dict[str, Any] = {"text": text}
        if text.startswith("/"):
            content["entities"] = [{"offset": 0, "length": len(text.split()[0]), "type": "bot_command"}]
        return self.sends(content)

    def starts(self, code: str = "") -> int:
        """Open the bot, by an invite link when there is a code."""
        return self.types(f"/start {code}".strip())

    def taps(self, label: str) -> str:
        """Tap the newest button with this label; returns the tap's id. Fails when there is none."""
        for message in reversed(self.messages):
            for button in message.buttons:
                if button.label == label:
                    return self.presses(button.data, message.message_id)
        raise AssertionError(f"{self.first_name} sees no button {label!r}; the last are {self._last_labels()}")

    def presses(self, data: str, message_id: int) -> str:
        """Press a button by its data, also one that was never sent."""
        self._writes()
        tap_id = self.server.new_tap()
        message = {"message_id": message_id, "from": self.server.bot_user, "chat": self.chat, "date": self.server.date}
        self.server.enqueue(
            "callback_query",
            {"id": tap_id, "from": self.user, "message": message, "chat_instance": "1", "data": data},
        )
        return tap_id

    def edits(self, message_id: int, text: str) -> None:
        self._writes()
        self.server.enqueue(
            "edited_message",
            {**self._envelope(message_id), "edit_date": self.server.date + 60, "text": text},
        )

    def uploads_photo(self, data: bytes, caption: str = "", album: str | None = None, **size: int | None) -> int:
        """Send a picture. `declared=` overrides the size that Telegram states, None leaves it out."""
        small = self.server.store_file(data[:100], "photos/file_{}.jpg")
        large = self.server.store_file(data, "photos/file_{}.jpg", **size)
        sizes = [{**small, "width": 90, "height": 67}, {**large, "width": 1280, "height": 960}]
        return self.sends({"photo": sizes, **_optional(caption=caption, media_group_id=album)})

    def uploads_document(
        self, data: bytes, name: str, mime: str = "application/octet-stream", caption: str = "",
        album: str | None = None, **size: int | None,
    ) -> int:  # fmt: skip
        """Send a file. `declared=` overrides the size that Telegram states, None leaves it out."""
        document = {**self.server.store_file(data, "documents/file_{}", **size), "file_name": name, "mime_type": mime}
        return self.sends({"document": document, **_optional(caption=caption, media_group_id=album)})

    def shares_contact(self, phone: str | None = None, *, own: bool = True) -> int:
        contact: dict[str, Any] = {"phone_number": phone or self.phone, "first_name": self.first_name}
        if own:
            contact["user_id"] = self.chat_id
        return self.sends({"contact": contact})

    def sends(self, content: dict[str, Any]) -> int:
        """Send a message with this raw content, e.g. a sticker."""
        self._writes()
        message_id = self.server.new_message_id()
        self.server.enqueue("message", {**self._envelope(message_id), **content})
        return message_id

    def blocks(self) -> None:
        self.has_blocked = True
        self._changes_membership("member", "kicked")

    def unblocks(self) -> None:
        self.has_blocked = False
        self._changes_membership("kicked", "member")

    def leaves(self) -> None:
        """Delete the account."""
        self.is_deactivated = True

    # --- what people see --------------------------------------------------------------------------------------

    async def hears(self) -> SentMessage:
        """The next message not yet returned by this; waits for it."""
        async with asyncio.timeout(PATIENCE):
            while self._read >= len(self.messages):
                self._arrived.clear()
                await self._arrived.wait()
        self._read += 1
        return self.messages[self._read - 1]

    def receive(self, message: SentMessage) -> None:
        """Called by the server."""
        self.messages.append(message)
        self._arrived.set()

    # --- shapes -----------------------------------------------------------------------------------------------

    @property
    def user(self) -> dict[str, Any]:
        return {"id": self.chat_id, "is_bot": False, "first_name": self.first_name, "language_code": "id"}

    @property
    def chat(self) -> dict[str, Any]:
        return {"id": self.chat_id, "first_name": self.first_name, "type": "private"}

    def _envelope(self, message_id: int) -> dict[str, Any]:
        return {"message_id": message_id, "from": self.user, "chat": self.chat, "date": self.server.date}

    def _writes(self) -> None:
        self.is_known = True

    def _changes_membership(self, before: str, after: str) -> None:
        states: list[dict[str, Any]] = [{"user": self.server.bot_user, "status": status} for status in (before, after)]
        if after == "kicked":
            states[1]["until_date"] = 0
        self.server.enqueue(
            "my_chat_member",
            {
                "chat": self.chat,
                "from": self.user,
                "date": self.server.date,
                "old_chat_member": states[0],
                "new_chat_member": states[1],
            },
        )

    def _last_labels(self) -> tuple[str, ...]:
        return self.messages[-1].labels if self.messages else ()


@dataclass
class Group(Person):
    """A group: several people write there, and the bot while it is a member. `first_name` is its title."""

    is_supergroup: bool = False

    def adds_bot(self, by: Person) -> None:
        """Somebody adds the bot; Telegram says so in the group, too."""
        self.is_known, self.has_blocked = True, False
        self._changes(by, "left", "member")
        self.told_by(by, {"new_chat_members": [self.server.bot_user]})

    def removes_bot(self, by: Person, *, silently: bool = False) -> None:
        """The bot is put out; `silently`, without an update about it."""
        self.has_blocked = True
        if not silently:
            self._changes(by, "member", "kicked")

    def told_by(self, by: Person, content: dict[str, Any]) -> None:
        """Somebody writes into the group."""
        message_id = self.server.new_message_id()
        envelope = {"message_id": message_id, "from": by.user, "chat": self.chat, "date": self.server.date}
        self.server.enqueue("message", {**envelope, **content})

    def becomes_supergroup(self, by: Person, *, silently: bool = False) -> None:
        """The group gets another id; `silently`, so that only the next message to the old one tells it."""
        old, old_chat = self.chat_id, self.chat
        self.chat_id, self.is_supergroup = -1_000_000_000_000 + old, True
        self.server.people[self.chat_id] = self.server.people.pop(old)
        self.server.moved_chats[old] = self.chat_id
        if not silently:
            envelope = {"message_id": self.server.new_message_id(), "from": by.user, "date": self.server.date}
            self.server.enqueue("message", {**envelope, "chat": old_chat, "migrate_to_chat_id": self.chat_id})
            self.told_by(by, {"migrate_from_chat_id": old})

    @property
    def chat(self) -> dict[str, Any]:
        return {"id": self.chat_id, "title": self.first_name, "type": "supergroup" if self.is_supergroup else "group"}

    def _changes(self, by: Person, before: str, after: str) -> None:
        states = [{"user": self.server.bot_user, "status": status} for status in (before, after)]
        change = {"chat": self.chat, "from": by.user, "date": self.server.date}
        self.server.enqueue("my_chat_member", {**change, "old_chat_member": states[0], "new_chat_member": states[1]})


def _optional(**fields: str | None) -> dict[str, str]:
    return {name: value for name, value in fields.items() if value}
