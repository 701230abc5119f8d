"""Telegram's refusals in the words of `bot/channels/base.py`."""

from collections.abc import Generator
from contextlib import contextmanager
from datetime import timedelta

from telegram.error import BadRequest, ChatMigrated, Forbidden, RetryAfter, TelegramError

from bot.channels.base import AddressMoved, FetchFailed, RecipientGone, Rejected, SendError, TryLater

NOBODY_THERE = ("chat not found", "user not found", "peer_id_invalid")
"""Refusals with status 400 that are about the recipient, not about the message."""
TOO_LARGE = "entity too large"
"""Status 413, which python-telegram-bot takes for a fault of the network."""
FILE_TOO_BIG = "file is too big"
"""getFile above 20 MB."""


def send_error(error: TelegramError) -> SendError:
    """What a refused call means for the message. BadRequest is a NetworkError, hence the order."""
    if isinstance(error, RetryAfter):
        return TryLater(error.message, retry_after(error))
    if isinstance(error, Forbidden):
        return RecipientGone(error.message)
    if isinstance(error, ChatMigrated):
        return AddressMoved(str(error.new_chat_id))
    if isinstance(error, BadRequest):
        return RecipientGone(error.message) if _mentions(error, *NOBODY_THERE) else Rejected(error.message)
    if _mentions(error, TOO_LARGE):
        return Rejected(error.message)
    return TryLater(error.message)


def fetch_error(error: TelegramError) -> FetchFailed:
    """What a refused getFile or download means for a picture or file."""
    if not isinstance(error, BadRequest):
        return FetchFailed("unavailable", again=True)
    if _mentions(error, FILE_TOO_BIG):
        return FetchFailed("too_large")
    # The same words stand for a file that is gone and for one that is only away for a moment.
    return FetchFailed("gone", again=_mentions(error, "temporarily unavailable"))


def retry_after(error: RetryAfter) -> timedelta:
    """How long Telegram asks us to wait."""
    wait = error.retry_after
    return wait if isinstance(wait, timedelta) else timedelta(seconds=wait)


@contextmanager
def told_as_send_errors() -> Generator[None]:
    """Turn python-telegram-bot's errors into those of the channel contract."""
    try:
        yield
    except TelegramError as error:
        raise send_error(error) from error


def _mentions(error: TelegramError, *words: str) -> bool:
    return any(word in error.message.lower() for word in words)
