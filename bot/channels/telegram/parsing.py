"""Raw updates of the Bot API as arrivals. Pure functions on JSON, which know nothing of a network.

Plain dictionaries instead of `telegram.Update`: its classes refuse a whole batch when one field of one update has an
unexpected shape, and cost several times as much.
"""

import re
from collections.abc import Mapping
from typing import Any

from bot.channels.base import Arrival, Media
from bot.channels.posted import storable
from bot.channels.telegram import groups
from bot.channels.telegram.numbers import is_number, number
from handlers.messages import Contact, Edited, Incoming, Press, Text, Unknown

Json = Mapping[str, Any]

CHANNEL = "telegram"
ALLOWED_UPDATES = ("message", "edited_message", "callback_query", "my_chat_member")
"""The kinds of update that Telegram is asked for."""

_COMMAND_WITH_BOT = re.compile(r"^(/\w+)@\w+")
_OTHER_CONTENT = (
    "animation", "sticker", "story", "venue", "location", "poll", "dice", "game", "invoice", "paid_media", "checklist",
)  # fmt: skip
"""What people can send and we cannot use. An animation also carries a document and a venue a location, hence the
order and that it is looked up before documents."""
_FILES = ("document", "voice", "audio", "video", "video_note")
"""What is fetched as a file. Voice and video notes have no name, and a video note has no kind either."""
_SERVICE = (
    "pinned_message", "message_auto_delete_timer_changed", "chat_background_set", "write_access_allowed",
    "connected_website", "successful_payment", "refunded_payment", "gift", "unique_gift", "boost_added",
    "proximity_alert_triggered", "users_shared", "chat_shared", "new_chat_members", "left_chat_member",
)  # fmt: skip
"""What Telegram writes into a chat by itself: nobody waits for an answer."""
_PASSED_ON = ("forward_origin", "forward_from", "forward_sender_name", "forward_date", "via_bot")
"""Fields of what somebody else said first."""
_ENVELOPE = frozenset({
    "message_id", "message_thread_id", "from", "sender_chat", "sender_business_bot", "date", "edit_date", "chat",
    "business_connection_id", "forward_origin", "forward_from", "forward_from_chat", "forward_from_message_id",
    "forward_signature", "forward_sender_name", "forward_date", "is_topic_message", "is_automatic_forward",
    "reply_to_message", "external_reply", "quote", "reply_to_story", "via_bot", "has_protected_content",
    "is_from_offline", "media_group_id", "author_signature", "entities", "link_preview_options", "effect_id",
    "caption", "caption_entities", "show_caption_above_media", "has_media_spoiler", "reply_markup", "text",
})  # fmt: skip
"""Fields that say how a message came, not what it holds."""


class MalformedUpdate(ValueError):
    """An update without the shape that the Bot API documents. The text holds nothing of its content."""


def parse(update: Json) -> Arrival | None:
    """What a person sent, or what concerns us of a group; None for everything else. Raises MalformedUpdate.

    A kind or a content that we do not know never raises: it is None or `Unknown`.
    """
    try:
        return _arrival(update)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        kinds = ", ".join(sorted(map(str, update)))
        problem = f"{type(error).__name__} in an update with {kinds}"
    raise MalformedUpdate(problem)


def blocked_address(update: Json) -> str | None:
    """The address of a person who has just blocked the bot, else None."""
    change = _mapping(update.get("my_chat_member"))
    chat = _mapping(change.get("chat"))
    status = _mapping(change.get("new_chat_member")).get("status")
    return str(chat.get("id")) if chat.get("type") == "private" and status in ("kicked", "left") else None


def tap_id(update: Json) -> str | None:
    """What answerCallbackQuery wants to know of a tapped button, else None."""
    tap = _mapping(update.get("callback_query")).get("id")
    return tap if isinstance(tap, str) else None


def _arrival(update: Json) -> Arrival | None:
    if "message" in update:
        return _of_message(update, update["message"])
    if "edited_message" in update:
        return _of_edit(update, update["edited_message"])
    if "callback_query" in update:
        return _of_tap(update, update["callback_query"])
    if "my_chat_member" in update and groups.is_group(_mapping(update["my_chat_member"].get("chat"))):
        return groups.of_membership(CHANNEL, update, update["my_chat_member"])
    return None


def _of_message(update: Json, message: Json) -> Arrival | None:
    if groups.is_group(message["chat"]):
        return groups.of_message(CHANNEL, update, message)
    if not _is_private(message):
        return None
    content = _content(message)
    return None if content is None else _made(update, message, message.get("from"), content)


def _of_edit(update: Json, message: Json) -> Arrival | None:
    """An edit without words is a live location that moved, many times an hour."""
    words = message.get("text", message.get("caption"))
    if not _is_private(message) or words is None:
        return None
    edited = Edited(of=_number(message["message_id"]), body=storable(words))
    return _made(update, message, message.get("from"), edited)


def _of_tap(update: Json, tap: Json) -> Arrival | None:
    """A button below a message of an inline query or a game has no chat or no data: not ours."""
    message, data = tap.get("message"), tap.get("data")
    if message is None or data is None or not _is_private(message):
        return None
    pressed = Press(token=storable(data))
    return _made(update, message, tap.get("from"), pressed, answers=_number(message["message_id"]))


def _made(update: Json, message: Json, sender: Json | None, content: Incoming | Media, *, answers: str = "") -> Arrival:
    media = content if isinstance(content, Media) else None
    return Arrival(
        channel=CHANNEL,
        address=_number(message["chat"]["id"]),
        external_id=_number(update["update_id"]),
        message_id=_number(message["message_id"]),
        said=None if isinstance(content, Media) else content,
        media=media,
        sequence=update["update_id"],
        sender_name=storable((sender or {}).get("first_name", "")),
        answers=answers,
    )


def _content(message: Json) -> Incoming | Media | None:
    """What the message holds; None for a service message."""
    if "text" in message:
        return _text(message["text"])
    if "photo" in message:
        return _photo(message)
    for kind in _OTHER_CONTENT:
        if kind in message:
            return Unknown(what=kind)
    for kind in _FILES:
        if kind in message:
            return _file(message, message[kind])
    if "contact" in message:
        return _contact(message)
    return _unheard_of(message)


def _text(raw: str) -> Incoming:
    body = storable(raw)
    if not body.strip():
        return Unknown(what="text")
    return Text(body=_COMMAND_WITH_BOT.sub(r"\1", body))


def _photo(message: Json) -> Media:
    largest = max(message["photo"], key=lambda size: size["width"] * size["height"])
    return Media(
        file_id=_name(largest["file_id"]),
        is_photo=True,
        size=_size(largest),
        caption=storable(message.get("caption", "")),
        album=_album(message),
    )


def _file(message: Json, file: Json) -> Media:
    """Any file; a picture sent as a file stays one, so that its name and its full size are kept."""
    return Media(
        file_id=_name(file["file_id"]),
        is_photo=False,
        size=_size(file),
        name=storable(file.get("file_name", "")),
        mime=storable(file.get("mime_type", "")),
        caption=storable(message.get("caption", "")),
        album=_album(message),
    )


def _contact(message: Json) -> Contact:
    """A card is the sender's own where Telegram names them as its user and it was not passed on."""
    contact = message["contact"]
    sender = _mapping(message.get("from")).get("id")
    phone = "+" + storable(contact["phone_number"]).lstrip("+")
    is_theirs = sender is not None and contact.get("user_id") == sender
    return Contact(phone=phone, own=is_theirs and not any(field in message for field in _PASSED_ON))


def _unheard_of(message: Json) -> Unknown | None:
    if any(kind in message for kind in _SERVICE):
        return None
    return Unknown(what=storable(next((field for field in message if field not in _ENVELOPE), "message")))


def _is_private(message: Json) -> bool:
    return message["chat"]["type"] == "private"


def _number(value: object) -> str:
    return str(number(value))


def _name(value: object) -> str:
    if not isinstance(value, str) or not (name := storable(value)):
        raise TypeError("not a name")
    return name


def _size(file: Json) -> int | None:
    size = file.get("file_size")
    return size if isinstance(size, int) and is_number(size) else None


def _album(message: Json) -> str | None:
    album = message.get("media_group_id")
    return storable(album) if isinstance(album, str) else None


def _mapping(value: object) -> Json:
    return value if isinstance(value, Mapping) else {}
