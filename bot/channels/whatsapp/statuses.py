"""What became of messages that were sent, and of templates, as the Cloud API reports it. Pure functions on JSON."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal, get_args

from bot.channels.posted import storable

Json = Mapping[str, Any]
Fate = Literal["sent", "delivered", "read", "failed"]

UNKNOWN_CODE = 131000
"""Meta's "something went wrong": what a failure counts as that names no code."""
_FATES = frozenset(get_args(Fate))
_TEMPLATE_EVENTS = {
    "APPROVED": "approved",
    "REINSTATED": "approved",
    "PENDING": "pending",
    "IN_APPEAL": "pending",
    "REJECTED": "rejected",
    "PAUSED": "paused",
    "DISABLED": "disabled",
    "DELETED": "missing",
    "PENDING_DELETION": "missing",
}
"""Meta's words for what happens to a template, and ours for what it is from then on."""


@dataclass(frozen=True)
class Status:
    """What became of the message `provider_id` at an instant of Meta's clock; `code` is why it failed, else None.

    `addresses` are all by which the person may be known to whom it went.
    """

    provider_id: str
    fate: Fate
    at: datetime
    code: int | None = None
    addresses: frozenset[str] = frozenset()


@dataclass(frozen=True)
class TemplateNews:
    """What a template is from now on, in the words of `storage/templates.py`."""

    name: str
    language: str
    status: str


def parse_status(status: Json) -> Status | None:
    """One status; None for a kind that says nothing of a message's way (`played`, `deleted`).

    Raises KeyError, TypeError or ValueError for one without the documented shape.
    """
    fate = status["status"]
    if fate not in _FATES:
        return None
    at = datetime.fromtimestamp(int(status["timestamp"]), UTC)
    code = _code(status) if fate == "failed" else None
    return Status(storable(status["id"]), fate, at, code, _addresses(status))


def parse_template(value: Json) -> TemplateNews | None:
    """What happened to a template; None for a mere warning (`FLAGGED`). Raises as `parse_status`."""
    status = _TEMPLATE_EVENTS.get(value["event"])
    if status is None:
        return None
    name, language = storable(value["message_template_name"]), storable(value["message_template_language"])
    return TemplateNews(name, language, status)


def _code(status: Json) -> int:
    errors = status.get("errors") or [{}]
    return int(errors[0].get("code", UNKNOWN_CODE))


def _addresses(status: Json) -> frozenset[str]:
    """The phone number, where it is known, and the id that WhatsApp gave."""
    named = (status.get(key) for key in ("recipient_id", "recipient_user_id"))
    return frozenset(storable(one) for one in named if isinstance(one, str))
