""" "tindak lanjut": what is still to be done, by section for those who see more than their own.

Its buttons last: `!tindak:<follow-up>` opens one, `!tindak:hal:<page>` another page of the person's own.
"""

import re
from collections.abc import Sequence
from typing import Any

from domain.roles import section_names
from handlers.dialogue import Begin
from handlers.follow_ups.ending import begin
from handlers.messages import BUTTON_LABEL, BUTTONS, ROW_LABEL, ROWS, Choose, Option, Outgoing, Say
from handlers.texts import follow_ups as texts
from handlers.texts import general
from handlers.texts.formats import fitted, indicator, shortened
from storage.desk import Desk
from storage.follow_ups import FollowUpCard

WORD = "tindak"
_ADDRESS = re.compile(r"(hal:)?(\d{1,12})")
_PAGE = ROWS - 1
"""Rows of a page, besides the one that leads to the next."""
_ROOM, _ROOM_WITH_BUTTONS = 3600, 860


def takes(words: str) -> bool:
    """Only its buttons bring words along."""
    return _ADDRESS.fullmatch(words.strip()) is not None


def start(desk: Desk, words: str = "") -> Begin[Any, Any, Any] | Outgoing:
    """What is still open, or the one that is named."""
    if not desk.held_posts:
        return Say(text=general.NO_POST)
    address = _ADDRESS.fullmatch(words.strip())
    if address is not None and not address[1]:
        return begin(desk, int(address[2]))
    return _list(desk, int(address[2]) if address else 1)


def overdue(cards: Sequence[FollowUpCard], desk: Desk) -> int:
    """How many should have been done before today."""
    return sum(texts.is_overdue(card, desk.today) for card in cards)


def line(card: FollowUpCard, desk: Desk) -> str:
    return texts.line(name_of(card, desk), card, desk.today)


def name_of(card: FollowUpCard, desk: Desk) -> str:
    """The name of its indicator."""
    return next((duty.name for duty in desk.office_duties if duty.id == card.indicator_id), "")


def _list(desk: Desk, page: int) -> Outgoing:
    cards = desk.follow_ups.open()
    if not cards:
        return Say(text=texts.NONE_OPEN)
    own_posts = desk.reported_ids
    own = [card for card in cards if card.owner in own_posts]
    title = texts.count(len(cards), overdue(cards, desk))
    if not own:
        return Say(title=title, text=f"{fitted(_by_section(cards, desk), _ROOM)}\n\n{texts.ASK_ABOUT}")
    page = page if (page - 1) * _PAGE < len(own) else 1
    shown = own[(page - 1) * _PAGE : page * _PAGE]
    lines = [f"• {line(card, desk)}" for card in shown] if len(own) == len(cards) else _by_section(cards, desk)
    text = f"{fitted(lines, _ROOM_WITH_BUTTONS)}\n\n{texts.TAP_DONE}"
    return Choose(title=title, text=text, options=_options(shown, own, page, desk), by_number=False)


def _options(shown: Sequence[FollowUpCard], own: Sequence[FollowUpCard], page: int, desk: Desk) -> tuple[Option, ...]:
    is_last = page * _PAGE >= len(own)
    room = ROW_LABEL if len(shown) + (not is_last) > BUTTONS else BUTTON_LABEL
    rows = tuple(
        Option(key=f"!{WORD}:{card.id}", label=shortened(indicator(name_of(card, desk)), room)) for card in shown
    )
    return rows if is_last else (*rows, Option(key=f"!{WORD}:hal:{page + 1}", label=texts.NEXT_PAGE))


def _by_section(cards: Sequence[FollowUpCard], desk: Desk) -> list[str]:
    """The lines of each section below its name, in the office's order; a section that does not fit is counted."""
    names = section_names(desk.organisation.posts.values())
    sections: dict[str, list[str]] = {name: [] for name in names.values()}
    for card in cards:
        sections[names[card.owner]].append(line(card, desk))
    return [texts.of_section(name, lines) for name, lines in sections.items() if lines]
