"""Sending to WhatsApp and fetching from it, over the official Cloud API."""

import logging
from collections import OrderedDict
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import aclosing
from typing import Protocol

import httpx
from pywa.errors import WhatsAppError
from pywa.types.templates import TemplateLanguage
from pywa_async.types.media import Media as Uploaded
from pywa_async.types.sent_update import SentMediaMessage

from bot.channels.base import (
    Attachment,
    ChannelStopped,
    FetchFailed,
    Media,
    Picture,
    Rejected,
    Sent,
    TryLater,
    WindowClosed,
    picture_mime,
)
from bot.channels.file_names import file_name
from bot.channels.whatsapp.errors import TEMPLATE_TROUBLE, fetch_error, send_error, told_as_send_errors
from bot.channels.whatsapp.parsing import CHANNEL
from bot.channels.whatsapp.rendering import (
    BELOW_PICTURE,
    Asked,
    Below,
    as_list,
    asked,
    below_enclosure,
    fits_buttons,
    mime,
    said,
)
from bot.channels.whatsapp.templates import Letter, letter_of
from bot.channels.whatsapp.transport import API_URL, TIMEOUT, Transport
from handlers.messages import Chart, Choose, File, Form, Notice, Outgoing, Say

FILE_LIMIT = 20 * 1024 * 1024
"""Bytes of a file that is fetched: Meta would give 100 MB, but what one channel takes the other must take too."""
HALF_SENT = 1_000
"""Pictures remembered whose list has not gone yet."""
PNG = "image/png"

Window = Callable[[str], Awaitable[bool]]
"""Whether an address may be sent free text now."""

_log = logging.getLogger(__name__)


class Approvals(Protocol):
    """What Meta last said of our templates; implemented by `bot/approvals.py`."""

    async def may_send(self, template: str) -> bool:
        """Whether to try it: approved, never heard of, or refused so long ago that it is worth another try."""
        ...

    async def note(self, template: str, status: str) -> None:
        """Remember that Meta refused it as `paused`, `missing` ..."""
        ...


class WhatsAppChannel:
    """One number, as the channel contract in `bot/channels/base.py` wants it. Close it when done."""

    name = CHANNEL

    def __init__(
        self,
        token: str,
        phone_id: str,
        window: Window,
        approvals: Approvals,
        api_url: str = API_URL,
        *,
        timeout: float = TIMEOUT,
    ) -> None:
        """`api_url` is the server without a path (WHATSAPP_API_URL); `timeout` in seconds, of one call."""
        self._transport = Transport(token, phone_id, api_url, timeout)
        self._whatsapp = self._transport.whatsapp
        self._window = window
        self._approvals = approvals
        self._half_sent: OrderedDict[tuple[str, str], str] = OrderedDict()

    async def close(self) -> None:
        """Close the connections."""
        await self._transport.close()

    async def send(self, address: str, message: Outgoing, enclosure: Picture | Attachment | None) -> Sent:
        """Deliver one message, as free text or as a template. Raises SendError; ValueError for the wrong enclosure.

        A picture with more than three options goes as two messages, the list second; the id is the picture's.
        """
        _check(message, enclosure)
        letter = letter_of(message)
        if await self._window(address):
            try:
                with told_as_send_errors():
                    return Sent(await self._send_free(address, message, enclosure))
            except WindowClosed:
                if letter is None:
                    raise
        if letter is None:
            raise WindowClosed(f"a {message.kind} is no template")
        return await self._send_letter(address, letter, enclosure)

    async def fetch(self, media: Media) -> AsyncIterator[bytes]:
        """The bytes of a picture or file, in pieces of at most 64 kB. Raises FetchFailed, also half-way through."""
        _refuse_above_limit(media.size or 0)
        try:
            found = await self._whatsapp.get_media_url(media.file_id)
            size = int(found.file_size)
            _refuse_above_limit(size)
            received = 0
            async with aclosing(self._whatsapp.stream_media(found.url)) as pieces:
                async for piece in pieces:
                    received += len(piece)
                    _refuse_above_limit(received)
                    yield piece
        except (WhatsAppError, httpx.HTTPError) as error:
            raise fetch_error(error) from error
        if received < size:
            raise FetchFailed("unavailable", again=True)

    # --- free text --------------------------------------------------------------------------------------------------

    async def _send_free(self, address: str, message: Outgoing, enclosure: Picture | Attachment | None) -> str:
        match message, enclosure:
            case Say(), _:
                return await self._send_words(address, Asked(said(message.text, message.title), None))
            case Choose() | Notice(), _:
                return await self._send_words(address, asked(message.text, message.title, message.options))
            case (Chart() | File() as enclosing, Picture() | Attachment()) if not fits_buttons(enclosing.options):
                return await self._send_with_list(address, enclosing, enclosure)
            case Chart() | File() | Form(), Picture() | Attachment():
                return await self._send_enclosed(address, message, enclosure)
            case _:
                raise AssertionError("checked before")

    async def _send_words(self, address: str, words: Asked) -> str:
        return (await self._whatsapp.send_message(address, words.body, buttons=words.taps)).id

    async def _send_enclosed(self, address: str, message: Chart | File | Form, enclosure: Picture | Attachment) -> str:
        """A picture or file with its words, and at most three buttons."""
        below = below_enclosure(message)
        match message, enclosure:
            case _, Picture(png=data, name=name):
                sent = await self._send_picture(address, data, name, below)
            case File(is_picture=True), Attachment(data=data, name=name):
                sent = await self._send_picture(address, data, name, below)
            case File() | Form(), Attachment(data=data):
                sent = await self._send_document(address, data, file_name(message.name), below)
            case _:
                raise AssertionError("checked before")
        return sent.id

    async def _send_picture(self, address: str, data: bytes, name: str, below: Below) -> SentMediaMessage:
        image = await self._upload(data, name, picture_mime(data))
        return await self._whatsapp.send_image(address, image, below.body or None, buttons=below.buttons)

    async def _send_document(self, address: str, data: bytes, name: str, below: Below) -> SentMediaMessage:
        document = await self._upload(data, name, mime(name))
        return await self._whatsapp.send_document(address, document, name, below.body or None, buttons=below.buttons)

    async def _send_with_list(self, address: str, message: Chart | File, enclosure: Picture | Attachment) -> str:
        """A list cannot carry a picture or file. Where only the list must be tried again, that is not sent twice; where
        it is refused for good, the picture or file with its words is what the person gets."""
        key = (address, message.model_dump_json())
        sent_id = self._half_sent.pop(key, None)
        if sent_id is None:
            sent_id = await self._send_enclosed(address, message.model_copy(update={"options": ()}), enclosure)
        try:
            with told_as_send_errors():
                await self._send_words(address, Asked(BELOW_PICTURE, as_list(message.options)))
        except (TryLater, ChannelStopped):
            self._remember(key, sent_id)
            raise
        except Rejected as refusal:
            _log.warning("a %s went without its list: %s", message.kind, refusal)
        return sent_id

    async def _upload(self, data: bytes, name: str, kind: str) -> Uploaded:
        return await self._whatsapp.upload_media(data, mime_type=kind, filename=file_name(name))

    def _remember(self, key: tuple[str, str], picture_id: str) -> None:
        self._half_sent[key] = picture_id
        while len(self._half_sent) > HALF_SENT:
            self._half_sent.popitem(last=False)

    # --- templates --------------------------------------------------------------------------------------------------

    async def _send_letter(self, address: str, letter: Letter, enclosure: Picture | Attachment | None) -> Sent:
        name = letter.template.name
        if not await self._approvals.may_send(name):
            raise WindowClosed(f"template {name} cannot be sent")
        try:
            components = letter.components(await self._header(enclosure))
            sent = await self._whatsapp.send_template(address, name, TemplateLanguage.INDONESIAN, components)
        except WhatsAppError as error:
            if error.code in TEMPLATE_TROUBLE:
                await self._approvals.note(name, TEMPLATE_TROUBLE[error.code])
            raise send_error(error) from error
        except httpx.HTTPError as error:
            raise send_error(error) from error
        return Sent(sent.id, template=name)

    async def _header(self, enclosure: Picture | Attachment | None) -> str:
        """The id of the picture above a template, empty for none."""
        if not isinstance(enclosure, Picture):
            return ""
        return (await self._upload(enclosure.png, enclosure.name, PNG)).id


def _check(message: Outgoing, enclosure: Picture | Attachment | None) -> None:
    match message, enclosure:
        case (Chart(), Picture()) | (File() | Form(), Attachment()):
            return
        case (Chart() | File() | Form(), _) | (_, Picture() | Attachment()):
            raise ValueError(f"a {message.kind} cannot be sent with {type(enclosure).__name__}")
        case _:
            return


def _refuse_above_limit(size: int) -> None:
    if size > FILE_LIMIT:
        raise FetchFailed("too_large")
