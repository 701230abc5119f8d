"""What a call of the Bot API may come to, and what that means in the words of `bot/channels/base.py`.

CallFailed           no answer, or one that says no more: tried again later
├── RetryAfter       too much at once; says how long to wait
├── Forbidden        the person has blocked the bot or is gone
├── ChatMigrated     the group has another number now
├── BadRequest       what was asked for cannot be
├── InvalidToken     the token is none of this server
└── Conflict         another program receives for this bot
"""

from collections.abc import Generator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from http import HTTPStatus
from typing import Any

from bot.channels.base import AddressMoved, FetchFailed, RecipientGone, Rejected, SendError, TryLater

NOBODY_THERE = ("chat not found", "user not found", "peer_id_invalid")
"""Refusals with status 400 that are about the recipient, not about the message."""
TOO_LARGE = "entity too large"
"""Status 413."""
FILE_TOO_BIG = "file is too big"
"""getFile above 20 MB."""


class CallFailed(Exception):
    """A call came to nothing."""


class RetryAfter(CallFailed):
    """Telegram asks us to wait."""

    def __init__(self, wait: timedelta) -> None:
        super().__init__(f"too much at once: wait {wait.total_seconds():g} seconds")
        self.wait = wait


class Forbidden(CallFailed):
    """Nothing may be sent there."""


class ChatMigrated(CallFailed):
    """A group has become another chat."""

    def __init__(self, new_chat_id: int) -> None:
        super().__init__(f"the group is chat {new_chat_id} now")
        self.new_chat_id = new_chat_id


class BadRequest(CallFailed):
    """What was asked for cannot be."""


class InvalidToken(CallFailed):
    """The server knows no such bot."""


class Conflict(CallFailed):
    """Another program receives for this bot, or a webhook is set."""


_KINDS: Mapping[int, type[CallFailed]] = {
    HTTPStatus.BAD_REQUEST: BadRequest,
    HTTPStatus.UNAUTHORIZED: InvalidToken,
    HTTPStatus.FORBIDDEN: Forbidden,
    HTTPStatus.NOT_FOUND: InvalidToken,
    HTTPStatus.CONFLICT: Conflict,
}


def refusal(status: int, answer: Mapping[str, Any]) -> CallFailed:
    """What an answer says that is no success (core.telegram.org/bots/api#responseparameters)."""
    parameters = answer.get("parameters")
    if isinstance(parameters, dict):
        if isinstance(new := parameters.get("migrate_to_chat_id"), int):
            return ChatMigrated(new)
        if isinstance(seconds := parameters.get("retry_after"), int) and seconds > 0:
            return RetryAfter(timedelta(seconds=seconds))
    return _KINDS.get(status, CallFailed)(str(answer.get("description") or f"HTTP {status}"))


def send_error(error: CallFailed) -> SendError:
    """What a refused call means for the message."""
    match error:
        case RetryAfter():
            return TryLater(str(error), error.wait)
        case Forbidden():
            return RecipientGone(str(error))
        case ChatMigrated():
            return AddressMoved(str(error.new_chat_id))
        case BadRequest() if _mentions(error, *NOBODY_THERE):
            return RecipientGone(str(error))
        case BadRequest():
            return Rejected(str(error))
        case _ if _mentions(error, TOO_LARGE):
            return Rejected(str(error))
        case _:
            return TryLater(str(error))


def fetch_error(error: CallFailed) -> FetchFailed:
    """What a refused getFile or download means for a picture or file."""
    if not isinstance(error, BadRequest):
        return FetchFailed("unavailable", again=True)
    if _mentions(error, FILE_TOO_BIG):
        return FetchFailed("too_large")
    # The same words stand for a file that is gone and for one that is only away for a moment.
    return FetchFailed("gone", again=_mentions(error, "temporarily unavailable"))


@contextmanager
def told_as_send_errors() -> Generator[None]:
    """Turn what went wrong with a call into the errors of the channel contract."""
    try:
        yield
    except CallFailed as error:
        raise send_error(error) from error


def _mentions(error: CallFailed, *words: str) -> bool:
    return any(word in str(error).lower() for word in words)
