"""Sending to Telegram and fetching from it."""

import asyncio
import json
import re
from collections.abc import AsyncIterator, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from bot.channels.base import Attachment, FetchFailed, Media, Picture, Sent
from bot.channels.file_names import file_name
from bot.channels.telegram.errors import CallFailed, fetch_error, told_as_send_errors
from bot.channels.telegram.parsing import ALLOWED_UPDATES, CHANNEL
from bot.channels.telegram.rendering import Keyboard, body, keyboard, number_keyboard
from bot.channels.telegram.transport import TIMEOUT, Transport
from bot.late import Late
from handlers.messages import Chart, Choose, File, Form, Notice, Outgoing, Say

if TYPE_CHECKING:  # python-telegram-bot is imported with the first picture or file
    from bot.channels.telegram.uploads import Uploads

API_URL = "https://api.telegram.org"
FILE_LIMIT = 20 * 1024 * 1024
"""Bytes that getFile gives at most (core.telegram.org/bots/api#getfile)."""
GROUP_SIGN = "-"
"""With what the address of a group begins: no button for one person's number stands there."""
COMMANDS = 100
"""Entries of the command menu (core.telegram.org/bots/api#setmycommands)."""
_NO_PREVIEW = {"link_preview_options": '{"is_disabled": true}'}
_ALL_GROUPS = '{"type": "all_group_chats"}'
_COMMAND = re.compile(r"[a-z0-9_]{1,32}")


class TelegramChannel:
    """One bot, as the channel contract in `bot/channels/base.py` wants it. Close it when done."""

    name = CHANNEL

    def __init__(self, token: str, api_url: str = API_URL, *, timeout: float = TIMEOUT) -> None:
        """`api_url` is the server without a path (TELEGRAM_API_URL); `timeout` in seconds, of one call."""
        self._transport = Transport(token, api_url, timeout)
        self._timeout = timeout
        self._username: str | None = None
        self._uploads = Late(self._make_uploads)

    async def close(self) -> None:
        """Close the connections."""
        await self._transport.shutdown()

    async def send(self, address: str, message: Outgoing, enclosure: Picture | Attachment | None) -> Sent:
        """Deliver one message. Raises SendError; ValueError for the wrong enclosure."""
        with told_as_send_errors():
            return Sent(str(await self._deliver(address, message, enclosure)))

    async def fetch(self, media: Media) -> AsyncIterator[bytes]:
        """The bytes of a picture or file, in pieces of at most 64 kB. Raises FetchFailed, also half-way through."""
        _refuse_above_limit(media.size)
        try:
            file = await self._transport.call("getFile", {"file_id": media.file_id})
            _refuse_above_limit(file.get("file_size"))
            async for piece in self._pieces(file):
                yield piece
        except CallFailed as error:
            raise fetch_error(error) from error

    async def set_commands(
        self, commands: Sequence[tuple[str, str]], in_groups: Sequence[tuple[str, str]] = ()
    ) -> None:
        """Show these (name, description) in the menu, and in groups only the others, where there are any.

        Raises ValueError for what Telegram would refuse, SendError.
        """
        for listed in (commands, in_groups):
            _check_commands(listed)
        with told_as_send_errors():
            await self._transport.call("setMyCommands", {"commands": _menu(commands)})
            if in_groups:
                await self._transport.call("setMyCommands", {"commands": _menu(in_groups), "scope": _ALL_GROUPS})

    async def bot_username(self) -> str:
        """The bot's name without @, asked once. Raises SendError."""
        if self._username is None:
            with told_as_send_errors():
                self._username = str((await self._transport.call("getMe", {}))["username"])
        return self._username

    async def get_updates(self, offset: int | None, wait: float) -> list[dict[str, Any]]:
        """Raw updates from `offset` on, which confirms those below; waits up to `wait` seconds for the first.

        Raises CallFailed: whoever receives decides by its kind.
        """
        parameters: dict[str, str | int] = {"timeout": int(wait), "allowed_updates": json.dumps(ALLOWED_UPDATES)}
        if offset is not None:
            parameters["offset"] = offset
        updates = await self._transport.call("getUpdates", parameters, timeout=wait + self._timeout)
        return [update for update in updates if isinstance(update, dict)]

    async def set_webhook(self, url: str, secret: str) -> None:
        """Have updates posted to `url` with `secret` in their header. Raises SendError."""
        parameters = {"url": url, "secret_token": secret, "allowed_updates": json.dumps(ALLOWED_UPDATES)}
        with told_as_send_errors():
            await self._transport.call("setWebhook", parameters)

    async def delete_webhook(self) -> None:
        """Return to long polling; what waits is kept. Raises CallFailed."""
        await self._transport.call("deleteWebhook", {"drop_pending_updates": "false"})

    async def answer_tap(self, tap: str) -> None:
        """Stop the waiting sign on a tapped button. Raises CallFailed."""
        await self._transport.call("answerCallbackQuery", {"callback_query_id": tap})

    async def _deliver(self, address: str, message: Outgoing, enclosure: Picture | Attachment | None) -> int:
        """The number of the message that is there now."""
        match message, enclosure:
            case Say(), None:
                below = None if address.startswith(GROUP_SIGN) else number_keyboard(message.number_button)
                return await self._send_words(address, body(message.text, message.title), below)
            case Choose() | Notice(), None:
                words = body(message.text, message.title, message.options)
                return await self._send_words(address, words, keyboard(message.options))
            case Chart(), Picture():
                return await self._send_picture(address, message, enclosure.png, enclosure.name)
            case File(is_picture=True), Attachment():
                return await self._send_picture(address, message, enclosure.data, enclosure.name)
            case File(), Attachment():
                return await self._send_file(address, message, enclosure, body(message.caption, message.title))
            case Form(), Attachment():
                return await self._send_file(address, message, enclosure, body(message.caption))
            case _:
                raise ValueError(f"a {message.kind} cannot be sent with {type(enclosure).__name__}")

    async def _send_words(self, address: str, words: str, below: Keyboard | None = None) -> int:
        parameters = {"chat_id": address, "text": words, "parse_mode": "HTML", **_NO_PREVIEW}
        if below is not None:
            parameters["reply_markup"] = json.dumps(below)
        sent = await self._transport.call("sendMessage", parameters)
        if not isinstance(sent, dict) or not isinstance(sent.get("message_id"), int):
            raise CallFailed("the answer is not a message")
        return sent["message_id"]

    async def _send_picture(self, address: str, message: Chart | File, data: bytes, name: str) -> int:
        """A caption has no room for hints: whoever makes a picture gives its options none."""
        caption = body(message.caption, message.title)
        uploads = await asyncio.to_thread(self._uploads)
        return await uploads.send_photo(address, data, file_name(name), caption, keyboard(message.options))

    async def _send_file(self, address: str, file: File | Form, attachment: Attachment, caption: str) -> int:
        below = keyboard(file.options) if isinstance(file, File) else None
        uploads = await asyncio.to_thread(self._uploads)
        return await uploads.send_document(address, attachment.data, file_name(file.name), caption, below)

    def _make_uploads(self) -> "Uploads":
        from bot.channels.telegram.uploads import Uploads

        return Uploads(self._transport, self._timeout)

    async def _pieces(self, file: dict[str, Any]) -> AsyncIterator[bytes]:
        path, received = file.get("file_path"), 0
        if path is None:
            raise FetchFailed("gone")
        async for piece in self._transport.download(path):
            received += len(piece)
            _refuse_above_limit(received)
            yield piece
        if received < file.get("file_size", 0):
            raise FetchFailed("unavailable", again=True)


def _refuse_above_limit(size: int | None) -> None:
    if size is not None and size > FILE_LIMIT:
        raise FetchFailed("too_large")


def _menu(commands: Iterable[tuple[str, str]]) -> str:
    return json.dumps([{"command": name, "description": description} for name, description in commands])


def _check_commands(commands: Iterable[tuple[str, str]]) -> None:
    listed = list(commands)
    if len(listed) > COMMANDS:
        raise ValueError(f"{len(listed)} commands, not at most {COMMANDS}")
    for name, description in listed:
        if not _COMMAND.fullmatch(name):
            raise ValueError(f"command {name!r} has not 1 to 32 of a-z, 0-9 and _")
        if not 1 <= len(description) <= 256:
            raise ValueError(f"the description of {name!r} has not 1 to 256 characters")
