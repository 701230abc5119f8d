"""Outgoing messages as Telegram's HTML and inline keyboards. Pure: nothing is sent here."""

from collections.abc import Mapping, Sequence
from typing import Any
from xml.sax.saxutils import escape  # `html` brings a table of 2,231 names of characters

from domain.shown import shown
from handlers.messages import Option

Keyboard = Mapping[str, Any]
"""What stands below a message, as the Bot API takes it."""

UNNAMED = "?"
"""What stands on a button whose words are none that can be shown."""
PAIR_LABEL = 14
"""Characters of a label that still shows whole when two buttons share a row of a small phone (360 px)."""


def body(text: str, title: str = "", options: Sequence[Option] = ()) -> str:
    """HTML of a message: the title in bold, the words, and a line for each option that has a hint."""
    parts = [_bold(title)] if title else []
    if text:
        parts.append(_escaped(text))
    hints = [f"{_bold(option.label)}: {_escaped(option.hint)}" for option in options if option.hint]
    if hints:
        parts.extend(["", *hints])
    return "\n".join(parts)


def keyboard(options: Sequence[Option]) -> Keyboard | None:
    """A button per option, in order; two short ones share a row. None without options."""
    if not options:
        return None
    rows: list[list[Option]] = []
    for option in options:
        if rows and len(rows[-1]) == 1 and _is_short(rows[-1][0]) and _is_short(option):
            rows[-1].append(option)
        else:
            rows.append([option])
    return {"inline_keyboard": [[_button(option) for option in row] for row in rows]}


def number_keyboard(label: str) -> Keyboard:
    """The one button by which somebody shares the number of their own account.

    It stands below the chat until it is used or taken away: without a label, whatever stands there is.
    """
    if not label:
        return {"remove_keyboard": True}
    button = {"text": label, "request_contact": True}
    return {"keyboard": [[button]], "resize_keyboard": True, "one_time_keyboard": True}


def _button(option: Option) -> dict[str, str]:
    return {"text": shown(option.label) or UNNAMED, "callback_data": option.token or option.key}


def _is_short(option: Option) -> bool:
    return len(option.label) <= PAIR_LABEL


def _bold(text: str) -> str:
    return f"<b>{_escaped(text)}</b>"


def _escaped(text: str) -> str:
    return escape(shown(text))
