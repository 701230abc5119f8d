""" "serah terima": what a successor takes over with a post, unasked on the first day and whenever it is asked for.

Its buttons last: `!serah:<post>` shows all of it, `!serah:<post> <page>` another page.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from domain.absence import Holding
from domain.handover import Inherited, begins_in_the_middle, hand_over
from domain.openings import closings, main_closing
from domain.plan import Capacity
from handlers.absence_notices import name_of
from handlers.follow_ups import open_ones
from handlers.messages import BUTTON_LABEL, BUTTONS, ROW_LABEL, ROWS, Choose, Notice, Option, Outgoing, Say
from handlers.occasions import Unasked
from handlers.texts import general
from handlers.texts import handover as texts
from handlers.texts.formats import post as post_title
from handlers.texts.formats import shortened
from storage.desk import Desk
from storage.people import HeldPost

WORD, HANDOVER = "serah", "handover"
"""The word of its buttons, and the kind of occasion of this file."""
_ADDRESS = re.compile(r"(\d{1,12})(?: (\d{1,3}))?")
_PAGE = 3
"""Indicators of a page, with all that is said of each."""
_LATE = timedelta(days=31)
"""How long after the first day it is still told to somebody who joins only then."""


def takes(words: str) -> bool:
    """Only its buttons bring words along."""
    return _ADDRESS.fullmatch(words.strip()) is not None


def start(desk: Desk, words: str = "") -> Outgoing:
    """All that the person took over with a post of theirs, a page at a time."""
    if not desk.held_posts:
        return Say(text=general.NO_POST)
    address = _ADDRESS.fullmatch(words.strip())
    posts = [held for held in desk.held_posts if any(duty.post_id == held.post.id for duty in desk.duties)]
    if address is not None:
        posts = [held for held in desk.held_posts if held.post.id == int(address[1])]
        if not posts:
            return Say(text=texts.NOT_YOURS)
    if len(posts) > 1:
        return _which(posts)
    found = _inherited(desk, posts[0].post.id) if posts else ()
    if not found:
        return Say(text=texts.NOTHING)
    return _page(desk, posts[0], found, int(address[2] or 1) if address is not None else 1)


def _which(posts: Sequence[HeldPost]) -> Choose:
    room = BUTTON_LABEL if len(posts) <= BUTTONS else ROW_LABEL
    options = [
        Option(key=f"!{WORD}:{held.post.id}", label=shortened(post_title(held.post.title, held.capacity), room))
        for held in posts[:ROWS]
    ]
    return Choose(text=texts.WHICH, options=tuple(options))


def _inherited(desk: Desk, post_id: int) -> tuple[Inherited, ...]:
    return hand_over([duty for duty in desk.duties if duty.post_id == post_id], desk.today)


def _page(desk: Desk, held: HeldPost, found: Sequence[Inherited], asked: int) -> Outgoing:
    parts = [texts.block(one) for one in found]
    pages = -(-len(parts) // _PAGE)
    page = asked if 1 <= asked <= pages else 1
    shown = parts[(page - 1) * _PAGE : page * _PAGE]
    before = _predecessor(desk, held.post.id)
    opened = texts.opening(name_of(desk, before.person_id), before.ends) if page == 1 and before is not None else ""
    if page == pages:
        shown += _open_ends(desk, held.post.id)
    title = texts.title(post_title(held.post.title, held.capacity), page, pages)
    text = texts.page(opened, shown)
    if page == pages:
        return Say(title=title, text=text)
    further = Option(key=f"!{WORD}:{held.post.id} {page + 1}", label=texts.NEXT_PAGE)
    return Choose(title=title, text=text, options=(further,))


def _open_ends(desk: Desk, post_id: int) -> list[str]:
    """What waits besides reports: follow-ups of the post, and questions that its indicators leave open."""
    follow_ups = [open_ones.line(card, desk) for card in desk.follow_ups.open() if card.owner == post_id]
    questions = _questions(desk, post_id)
    headed = ((texts.FOLLOW_UPS, follow_ups), (texts.QUESTIONS, questions))
    return [texts.open_ends(heading, lines) for heading, lines in headed if lines]


def _questions(desk: Desk, post_id: int) -> list[str]:
    title = next((post.title for post in desk.posts if post.id == post_id), None)
    return [f"{card.indicator}: {card.text}" for card in desk.open_questions if card.post == title]


def _predecessor(desk: Desk, post_id: int) -> Holding | None:
    """Who held the post before the person did, the newest."""
    of_post = [one for one in desk.organisation.holdings if one.post_id == post_id]
    began = min((one.starts for one in of_post if one.person_id == desk.person_id), default=desk.today)
    others = [one for one in of_post if one.person_id != desk.person_id and one.starts < began]
    return max(others, key=lambda one: (one.ends or date.max, one.starts), default=None)


# --- the first day --------------------------------------------------------------------------------------------------


def due(desk: Desk) -> tuple[Unasked, ...]:
    """Who began in a post in the middle of its year these days: they are told once what they take over."""
    begun = [one for one in desk.organisation.holdings if _has_just_begun(desk, one)]
    return tuple(
        Unasked(one.person_id, f"{HANDOVER}:{desk.office_id}:{one.post_id}:{one.person_id}:{one.starts}", _why(one))
        for one in begun
        if begins_in_the_middle((duty for duty in desk.office_duties if duty.post_id == one.post_id), one.starts)
    )


def on_joining(desk: Desk) -> str:
    """What is said to somebody who joins in a post that they took over in the middle of its year; empty for others."""
    taken_over = (
        one
        for one in desk.organisation.holdings
        if one.person_id == desk.person_id and one.covers(desk.today) and one.starts.year == desk.today.year
    )
    of_post = {one.post_id: one.starts for one in taken_over}
    duties = [duty for duty in desk.duties if duty.post_id in of_post]
    is_told = any(begins_in_the_middle([duty], of_post[duty.post_id]) for duty in duties)
    return f"\n{texts.ON_JOINING}" if is_told else ""


def _has_just_begun(desk: Desk, one: Holding) -> bool:
    if one.capacity is Capacity.PLH or not one.starts <= desk.today <= one.starts + _LATE:
        return False
    return desk.holders.get(one.post_id) == one.person_id


def _why(one: Holding) -> dict[str, Any]:
    return {"kind": HANDOVER, "post": one.post_id, "starts": str(one.starts)}


def compose(desk: Desk, occasion: Mapping[str, Any]) -> Notice | None:
    """The hand-over as things stand; None for somebody who does not have the post any more."""
    held = next((one for one in desk.held_posts if one.post.id == occasion["post"]), None)
    found = () if held is None else _inherited(desk, held.post.id)
    if held is None or not found:
        return None
    you, title = name_of(desk, desk.person.id), post_title(held.post.title, held.capacity)
    before = _predecessor(desk, held.post.id)
    of_post = closings([duty for duty in desk.duties if duty.post_id == held.post.id], desk.today, desk.organisation)
    from_whom = "" if before is None else name_of(desk, before.person_id)
    text = texts.short(
        you, title, from_whom, found, _counts(desk, held.post.id, found), main_closing(of_post, desk.today)
    )
    options = (
        Option(key="!lapor", label=texts.REPORT),
        Option(key=f"!{WORD}:{held.post.id}", label=texts.SHOW_ALL),
    )
    return Notice(name="handover", params=(you, title, str(len(found))), text=text, options=options)


def _counts(desk: Desk, post_id: int, found: Sequence[Inherited]) -> list[str]:
    """What is open, each kind with its number; nothing of which there is none."""
    follow_ups = sum(card.owner == post_id for card in desk.follow_ups.open())
    counted = (
        (sum(len(one.missing) for one in found), texts.MISSING),
        (sum(len(one.returned) for one in found), texts.RETURNED),
        (follow_ups, texts.OPEN_FOLLOW_UPS),
        (len(_questions(desk, post_id)), texts.OPEN_QUESTIONS),
    )
    return [texts.count(number, what) for number, what in counted if number]
