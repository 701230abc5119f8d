"""The Cloud API's refusals in the words of `bot/channels/base.py` (issue 5, part 4).

Codes and what they mean: Meta's list of error codes of the Cloud API.
"""

from collections.abc import Generator, Mapping
from contextlib import contextmanager
from datetime import timedelta

import httpx
from pywa.errors import WhatsAppError

from bot.channels.base import ChannelStopped, FetchFailed, RecipientGone, Rejected, SendError, TryLater, WindowClosed
from bot.channels.whatsapp.transport import is_passing

BUSY: Mapping[int, timedelta | None] = {
    4: timedelta(minutes=1),  # the app's calls in an hour
    80007: timedelta(minutes=1),  # the business account's calls in an hour
    130429: timedelta(seconds=5),  # messages a second of this number
    131048: timedelta(minutes=15),  # too many people blocked or reported the number
    131056: None,  # messages to this one person: others may go on, and Meta asks for growing pauses
    131016: None,  # a service is away
    131057: None,  # the account is being maintained
    1: None,  # unknown, Meta says to try again
    2: None,  # the service is away
}
"""Codes after which the message is sent again, and the pause for the whole channel; None for the message's own."""
CLOSED_WINDOW = 131047
NOBODY_THERE = frozenset({131026, 131030, 131062})
"""No WhatsApp on that number; a test number that may not write to it; somebody who has only an id where a number is
wanted."""
TEMPLATE_TROUBLE: Mapping[int, str] = {
    132000: "differs",
    132001: "missing",
    132005: "differs",
    132007: "rejected",
    132012: "differs",
    132015: "paused",
    132016: "disabled",
    132018: "differs",
}
"""Codes about the template rather than the message, and what it is from then on."""
STOPPED = frozenset({0, 3, 10, 190, 368, 131005, 131031, 131037, 131042, 131045, 133010, 133016, *range(200, 300)})
"""Codes about the token, its rights, the number or the account: nothing goes to anybody until somebody mends it."""
GONE_FILE = 100
"""The id of a picture or file says nothing to Meta any more."""


def send_error(error: WhatsAppError | httpx.HTTPError) -> SendError:
    """What a refused call means for the message."""
    if isinstance(error, httpx.HTTPError):
        return _of_http(error)
    reason = _reason(error)
    if error.code in BUSY:
        return TryLater(reason, _retry_after(error) or BUSY[error.code])
    if error.code in STOPPED:
        return ChannelStopped(reason)
    if error.code == CLOSED_WINDOW or error.code in TEMPLATE_TROUBLE:
        return WindowClosed(reason)
    if error.code in NOBODY_THERE:
        return RecipientGone(reason)
    if is_passing(error.status_code or 0):
        return TryLater(reason, _retry_after(error))
    return Rejected(reason)


def fetch_error(error: WhatsAppError | httpx.HTTPError) -> FetchFailed:
    """What a refused question for a picture or file, or a broken download, means for it."""
    if isinstance(error, WhatsAppError) and error.code == GONE_FILE:
        return FetchFailed("gone")
    # A link that has run out answers like one that never was; the next try asks for a new one.
    return FetchFailed("unavailable", again=True)


@contextmanager
def told_as_send_errors() -> Generator[None]:
    """Turn pywa's and httpx's errors into those of the channel contract."""
    try:
        yield
    except (WhatsAppError, httpx.HTTPError) as error:
        raise send_error(error) from error


def _of_http(error: httpx.HTTPError) -> SendError:
    """An answer that is not the Graph API's, or none at all."""
    if isinstance(error, httpx.HTTPStatusError):
        status = error.response.status_code
        return TryLater(f"status {status}") if is_passing(status) else Rejected(f"status {status}")
    return TryLater(type(error).__name__)


def _reason(error: WhatsAppError) -> str:
    return f"{error.code} {error.details or error.message}"


def _retry_after(error: WhatsAppError) -> timedelta | None:
    """How long the answer asks us to wait."""
    named = "" if error.raw_response is None else error.raw_response.headers.get("retry-after", "")
    return timedelta(seconds=int(named)) if named.isdigit() else None
