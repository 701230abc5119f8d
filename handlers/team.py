""" "tim": a superior sees what the posts below have reported, and has seen it in one tap.

Its buttons last: `!tim:<end>:<page>` shows a page of the closing that ends on that day, `!tim:<end>:<post>:post` the
figures of one post; with `:lihat:<report>` the person has seen those of them up to that revision.
"""

import re
from collections.abc import Sequence
from datetime import date

from domain.checking import Waiting
from domain.openings import Closing, Item, closings, main_closing
from domain.roles import below
from domain.verification import Action
from handlers.messages import BUTTON_LABEL, BUTTONS, ROW_HINT, ROW_LABEL, ROWS, Choose, Option, Outgoing, Say
from handlers.period_words import read_end
from handlers.texts import team as texts
from handlers.texts.formats import person as addressed
from handlers.texts.formats import shortened
from storage.desk import Desk
from storage.people import PostCard
from storage.reviews import ReportChanged

_ADDRESS = re.compile(r"(\d{4}-\d{2}-\d{2}):(\d{1,12})(:post)?(?::lihat:(\d{1,18}))?")
_A_PAGE = ROWS - 1
"""Posts in one message, so that there is a row for the next page."""


def leads(desk: Desk) -> bool:
    """Whether any post is below one that the person holds."""
    return bool(_posts(desk))


def _posts(desk: Desk) -> list[PostCard]:
    """The posts below the person's own, in the office's order."""
    own = {held.post.id for held in desk.held_posts}
    under = frozenset[int]().union(*(below(desk.organisation.posts.values(), post_id) for post_id in own))
    return [post for post in desk.present_posts if post.id in under - own]


def team(desk: Desk, words: str = "") -> Outgoing:
    """The posts below in the present closing, or the one that is named; a button's address shows one post."""
    posts = _posts(desk)
    if not posts:
        return Say(text=texts.NOBODY_BELOW)
    found = _closings(posts, desk)
    button = _ADDRESS.fullmatch(words.strip())
    if button is None:
        closing = _named(words, found, desk)
        return Say(text=texts.NOTHING_OPEN) if closing is None else _overview(closing, posts, 1, desk)
    closing = next((one for one in found if one.end == date.fromisoformat(button[1])), None)
    number = int(button[2])
    if closing is not None and not button[3]:
        return _overview(closing, posts, number, desk)
    post = next((one for one in posts if one.id == number), None)
    if closing is None or post is None:
        return Say(text=texts.GONE)
    return _see(closing, post, int(button[4]), desk) if button[4] else _figures(closing, post, desk)


def _closings(posts: Sequence[PostCard], desk: Desk) -> tuple[Closing, ...]:
    ids = {post.id for post in posts}
    return closings([duty for duty in desk.office_duties if duty.post_id in ids], desk.today, desk.organisation)


def _named(words: str, found: Sequence[Closing], desk: Desk) -> Closing | None:
    end = read_end(words, desk.today)
    if end is None:
        return main_closing(found, desk.today) or next(reversed(found), None)
    return next((one for one in found if one.end == end), None)


# --- all of them ------------------------------------------------------------------------------------------------------


def _overview(closing: Closing, posts: Sequence[PostCard], page: int, desk: Desk) -> Outgoing:
    reporting = [post for post in posts if _items(closing, post)]
    shown = reporting[(page - 1) * _A_PAGE : page * _A_PAGE] or reporting[:_A_PAGE]
    if not shown:
        return Say(title=texts.title(closing.periods), text=texts.NOTHING_OPEN)
    waiting = [one.given.duty.post_id for one in _waiting(closing, desk)]
    states = [_state(closing, post, waiting.count(post.id), desk) for post in shown]
    is_last = len(reporting) <= page * _A_PAGE
    room = BUTTON_LABEL if len(shown) + (not is_last) <= BUTTONS else ROW_LABEL
    options = (
        *(
            Option(
                key=f"!tim:{closing.end}:{post.id}:post",
                label=shortened(post.title, room),
                hint=shortened(state.words, ROW_HINT),
            )
            for post, state in zip(shown, states, strict=True)
        ),
        *([] if is_last else [Option(key=f"!tim:{closing.end}:{page + 1}", label=texts.NEXT)]),
    )
    return Choose(title=texts.title(closing.periods), text=texts.team(states), options=options)


def _items(closing: Closing, post: PostCard) -> list[Item]:
    return [item for item in (*closing.items, *closing.late) if item.duty.post_id == post.id]


def _state(closing: Closing, post: PostCard, waiting: int, desk: Desk) -> texts.PostState:
    items = _items(closing, post)
    person = desk.people.get(desk.holders.get(post.id, 0))
    returned = sum(item.returned is not None for item in items)
    awaited = [item for item in items if item.awaited]
    return texts.PostState(
        post.title,
        "" if person is None else addressed(person.name, person.salutation),
        due=len(awaited),
        given=sum(item.reported for item in awaited),
        missing=sum(not item.reported for item in awaited) - returned,
        returned=returned,
        waiting=waiting,
    )


def _waiting(closing: Closing, desk: Desk) -> list[Waiting]:
    """What of a closing waits for the person to see or to verify it."""
    return [one for one in desk.checking.queue() if one.given.period.end == closing.end]


# --- one post ---------------------------------------------------------------------------------------------------------


def _figures(closing: Closing, post: PostCard, desk: Desk) -> Outgoing:
    waiting = [one for one in _waiting(closing, desk) if one.given.duty.post_id == post.id]
    to_see = [one.given.report_id for one in waiting if one.action is Action.SEE]
    options = (
        *([Option(key=f"!tim:{closing.end}:{post.id}:post:lihat:{max(to_see)}", label=texts.SEEN)] if to_see else []),
        *([Option(key="!verifikasi", label=texts.VERIFY)] if len(waiting) > len(to_see) else []),
        Option(key=f"!tim:{closing.end}:1", label=texts.BACK),
    )
    items = _items(closing, post)
    return Choose(
        title=texts.post_title(post.title, closing.periods), text=texts.figures(items), options=options, by_number=False
    )


def _see(closing: Closing, post: PostCard, newest: int, desk: Desk) -> Outgoing:
    """The person has seen what stood in the message: nothing that was sent after it."""
    to_see = [
        one.given.report_id
        for one in _waiting(closing, desk)
        if one.given.duty.post_id == post.id and one.action is Action.SEE and one.given.report_id <= newest
    ]
    if not to_see:
        return Say(text=texts.NOTHING_TO_SEE)
    try:
        desk.checking.see(to_see)
    except ReportChanged:
        return Say(text=texts.CHANGED)
    return Say(text=texts.seen(len(to_see)))
