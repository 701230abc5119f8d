"""Periods that take no more reports, as everything that writes a figure says it: since when, why, who can open it."""

from collections.abc import Sequence

from domain.office import Owed
from domain.openings import Closing, Item, main_closing
from domain.periods import Period
from handlers.messages import Choose, Option, Outgoing, Say
from handlers.texts import locks as texts
from handlers.texts.report import start_label
from storage.desk import Desk


def lock_sentence(items: Sequence[Item], desk: Desk) -> str:
    """Why items that are locked take no reports; empty where none of them is."""
    locked = [item for item in items if item.lock is not None]
    if not locked or locked[0].lock is None:
        return ""
    periods = tuple(sorted({item.period for item in locked}))
    posts = {item.duty.post_id for item in locked}
    own = {one.post.id: one.post.title for one in desk.reported_posts}
    only = tuple(title for post_id, title in own.items() if post_id in posts) if posts < set(own) else ()
    rule = desk.office.rules.lock_after
    return texts.locked(periods, locked[0].lock, rule, extended=locked[0].extended, posts=only)


def lock_of_figure(post_id: int, period: Period, desk: Desk) -> str:
    """Why one figure can no longer be changed; empty where it can."""
    one = Owed(post_id, period)
    lock = desk.organisation.lock(one, desk.today)
    if lock is None:
        return ""
    extended = desk.organisation.extended_to(one, desk.today) is not None
    return texts.locked((period,), lock, desk.office.rules.lock_after, extended=extended)


def refusal(closing: Closing, desk: Desk, *, unsent: bool) -> Outgoing:
    """What is said instead of a sitting of a closing that is locked, with what is open; `unsent` figures stay."""
    sentence = lock_sentence((*closing.items, *closing.late), desk)
    if unsent:
        sentence = f"{sentence}\n{texts.UNSENT_STAYS}"
    instead = open_instead(closing, desk)
    text = texts.also_open(sentence, offered=bool(instead))
    return Choose(text=text, options=instead) if instead else Say(text=text)


def open_instead(closing: Closing, desk: Desk) -> tuple[Option, ...]:
    """A lasting button for the newest closing that takes reports and misses some; none where nothing does, and in a
    sitting for somebody else's post."""
    if desk.behalf is not None:
        return ()
    others = [found for found in desk.closings if found.end != closing.end and found.missing]
    other = main_closing(others, desk.today) or (others[-1] if others else None)
    return () if other is None else (Option(key=f"!lapor:{other.periods[0].code}", label=start_label(other)),)
