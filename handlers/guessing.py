"""What an office's admins are told when somebody tries wrong invitation codes until their address must wait."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from handlers.messages import Notice, Option
from handlers.occasions import Unasked
from handlers.texts import operations as texts
from handlers.texts.formats import person as addressed
from storage import running
from storage.desk import Desk

GUESSING = "guessing"
"""The kind of occasion of this file."""
LATEST = timedelta(days=4)
"""After how long nobody is told any more: longer than an office is closed over a weekend."""


def due(desk: Desk) -> tuple[Unasked, ...]:
    """Every admin is told of the last time, once for each hour in which it was.

    A wrong code is of no office, so that those of all offices are.
    """
    at = running.guessed_at(desk)
    if at is None or desk.now - at > LATEST:
        return ()
    key = f"{GUESSING}:{desk.office_id}:{at:%Y-%m-%dT%H}"
    return tuple(Unasked(admin, f"{key}:{admin}", {"kind": GUESSING}) for admin in desk.admins)


def compose(desk: Desk, _occasion: Mapping[str, Any]) -> Notice:
    """What an admin may do about it: perhaps it is somebody of theirs who cannot get in."""
    name = addressed(desk.person.name, desk.person.salutation)
    invite = Option(key="!undang", label=texts.INVITE)
    return Notice(name=GUESSING, params=(name,), text=texts.guessing(name), options=(invite,))
