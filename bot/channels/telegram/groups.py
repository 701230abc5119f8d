"""What the assistant needs to know of a group, and nothing else of what is said there.

No chatter is kept, nor read further than to see that it is none of ours.
"""

import re
from collections.abc import Mapping
from typing import Any

from bot.channels.base import Arrival
from bot.channels.posted import storable
from bot.channels.telegram.numbers import number
from handlers.messages import FromGroup, GroupNews
from storage.invite_codes import ALPHABET, CODE_LENGTH

Json = Mapping[str, Any]

TITLE = 128
"""Characters of a group's name (core.telegram.org/bots/api#setchattitle)."""
LINK = "grup"
"""The command that links a group to an office."""
_GROUPS = ("group", "supergroup")
_INSIDE = ("member", "administrator")
_OUTSIDE = ("left", "kicked")
_COMMAND = re.compile(r"/(\w{1,32})(?:@(\w{1,32}))?(?:\s|$)")
_CODE = re.compile(
    rf"(?:.*[?&](?:start|text)=|/start(?:@\w+)?\s+|\s*)([{ALPHABET}]{{{CODE_LENGTH}}})(?:[\s&].*|$)", re.S
)


def is_group(chat: Json) -> bool:
    """Whether several people write there; a channel is no group."""
    return chat.get("type") in _GROUPS


def of_message(channel: str, update: Json, message: Json) -> Arrival | None:
    """A command, a code that somebody shows, a new name or a move; None for everything else that is said in a group."""
    if (moved_to := message.get("migrate_to_chat_id")) is not None:
        return _moved(channel, update, message["chat"]["id"], moved_to)
    if (moved_from := message.get("migrate_from_chat_id")) is not None:
        return _moved(channel, update, moved_from, message["chat"]["id"])
    if isinstance(message.get("new_chat_title"), str):
        return _made(channel, update, message, "named")
    words = message.get("text", message.get("caption"))
    return _of_words(channel, update, message, words) if isinstance(words, str) else None


def _of_words(channel: str, update: Json, message: Json, words: str) -> Arrival | None:
    if (code := _CODE.fullmatch(storable(words))) is not None:
        return _made(channel, update, message, "code", code[1])
    command = _COMMAND.match(words)
    if command is None:
        return None
    news: GroupNews = "asked" if command[1].casefold() == LINK else "command"
    return _made(channel, update, message, news, command[2] or "")


def of_membership(channel: str, update: Json, change: Json) -> Arrival | None:
    """The assistant was added to a group or put out of it; None for a change of what it may do there."""
    before, after = (_status(change.get(name)) for name in ("old_chat_member", "new_chat_member"))
    if before in _OUTSIDE and after in _INSIDE:
        return _made(channel, update, change, "added")
    if before not in _OUTSIDE and after in _OUTSIDE:
        return _made(channel, update, change, "removed")
    return None


def addressee(said: object) -> str:
    """The bot to which a group's command is addressed by name; empty where it is to any."""
    return said.word if isinstance(said, FromGroup) and said.news in ("asked", "command") else ""


def _status(member: object) -> object:
    return member.get("status") if isinstance(member, Mapping) else None


def _moved(channel: str, update: Json, old: object, new: object) -> Arrival:
    """Told twice, from both sides: as what happened to the old address."""
    sequence = number(update["update_id"])
    said = FromGroup(news="moved", word=str(number(new)))
    return Arrival(channel, str(number(old)), str(sequence), "", said, sequence=sequence)


def _made(channel: str, update: Json, about: Json, news: GroupNews, word: str = "") -> Arrival:
    chat, sender, sequence = about["chat"], about.get("from"), number(update["update_id"])
    by = str(number(sender["id"])) if isinstance(sender, Mapping) and not sender.get("is_bot") else ""
    title = storable(str(about.get("new_chat_title", chat.get("title", ""))))[:TITLE]
    said = FromGroup(news=news, by=by, title=title, word=word)
    return Arrival(channel, str(number(chat["id"])), str(sequence), "", said, sequence=sequence)
