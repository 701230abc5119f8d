""" "Ingatkan mereka": a superior reminds everybody below who misses a report, each at most once a day."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from domain.openings import Closing, Item, closings, main_closing
from domain.working_hours import opening_moment
from domain.zones import local
from handlers.asked_closing import asked_closing
from handlers.commands import tell
from handlers.messages import Notice, Outgoing, Say
from handlers.reminders import own_options
from handlers.report.unsent import filled_in
from handlers.texts import nudge as texts
from handlers.texts import reminder as reminder_texts
from handlers.texts.formats import day, listed
from handlers.texts.formats import person as addressed
from handlers.texts.formats import post as post_name
from storage.desk import Desk


@dataclass(frozen=True)
class Late:
    """Somebody below, what is missing of theirs and how many indicators are due; nobody for a vacant post."""

    person_id: int | None
    items: tuple[Item, ...]
    due: int


def may_nudge(desk: Desk) -> bool:
    """Whether any post is below one that the person holds."""
    return bool(_posts_below(desk))


def nudge(desk: Desk, words: str) -> Outgoing:
    """Remind everybody below who misses the closing, and tell who was reminded and who was not."""
    below = _posts_below(desk)
    found = closings([duty for duty in desk.office_duties if duty.post_id in below], desk.today, desk.organisation)
    closing = asked_closing(words, found, desk) if words else _nearest(found, desk)
    if closing is None and words:
        return Say(text=texts.no_such_period(words))
    if closing is None or not closing.missing:
        return Say(text=texts.nobody_missing(closing))
    if not desk.is_open:
        return Say(text=_closed(desk))
    text = _remind(desk, closing)
    older = next((one for one in reversed(found) if one.end < closing.end and one.missing), None)
    if older is not None:
        text = f"{text}\n{texts.older(older, len(older.missing))}"
    return Say(text=text)


def _nearest(found: Sequence[Closing], desk: Desk) -> Closing | None:
    """Of those in which something is missing the one whose last day is nearest, past or to come; else the running
    one."""
    incomplete = [closing for closing in found if closing.missing]
    if not incomplete:
        return main_closing(found, desk.today)
    return min(incomplete, key=lambda closing: abs(closing.cut_off - desk.today))


def _posts_below(desk: Desk) -> frozenset[int]:
    """Every post whose line of superiors leads through one that the person acts for, except those of their own."""
    own = {held.post.id for held in desk.held_posts}
    return frozenset(
        post_id for post_id in desk.organisation.posts if post_id not in own and _is_below(desk, post_id, own)
    )


def _is_below(desk: Desk, post_id: int, own: set[int]) -> bool:
    posts = desk.organisation.posts
    above = posts[post_id].superior_id
    for _step in posts:  # a line that runs in a circle ends
        if above is None or above in own:
            break
        above = posts[above].superior_id
    return above in own


def _closed(desk: Desk) -> str:
    zone = desk.office.zone
    opens_at = opening_moment(desk.now, zone, desk.organisation.hours, desk.calendar)
    return texts.closed(local(opens_at, zone), zone)


def _remind(desk: Desk, closing: Closing) -> str:
    reminded: list[str] = []
    earlier: list[str] = []
    unreachable: list[str] = []
    vacant: list[str] = []
    for late in _late(desk, closing):
        if late.person_id is None:
            kind = vacant
        elif desk.address_of(late.person_id) is None:
            kind = unreachable
        else:
            key = f"nudge:{desk.office_id}:{late.person_id}:{desk.today}"
            kind = reminded if tell(desk, late.person_id, key, _notice(desk, closing, late)) else earlier
        kind.append(_line(desk, late))
    return texts.done(closing, reminded, earlier, unreachable, vacant)


def _late(desk: Desk, closing: Closing) -> tuple[Late, ...]:
    """Who misses something, in the order of the office's posts."""
    missing: dict[int | None, list[Item]] = defaultdict(list)
    for post in desk.posts:
        missing[desk.holders.get(post.id)] += [item for item in closing.missing if item.duty.post_id == post.id]
    due = [desk.holders.get(item.duty.post_id) for item in closing.items]
    return tuple(Late(person, tuple(items), due.count(person)) for person, items in missing.items() if items)


def _notice(desk: Desk, closing: Closing, late: Late) -> Notice:
    """What somebody below reads: who reminds, which period and what is left."""
    person = desk.people[late.person_id or 0]
    name = addressed(person.name, person.salutation)
    theirs = _closing_of(late, closing)
    filled = filled_in(desk.for_person(person.id), closing.end) & {item.duty.id for item in late.items}
    left = [item for item in late.items if item.duty.id not in filled]
    text = reminder_texts.nudged(_superior(desk), theirs, desk.today, left, late.due, len(filled))
    return Notice(
        name="reminder",
        params=(name, str(len(late.items)), day(theirs.cut_off)),
        text=reminder_texts.addressed_to(name, [text]),
        options=own_options(min(item.period for item in late.items)),
    )


def _closing_of(late: Late, closing: Closing) -> Closing:
    """The closing as it is for one person: another's more time moves only that one's last day."""
    return replace(closing, cut_off=max(item.due for item in late.items), items=late.items, late=())


def _superior(desk: Desk) -> str:
    posts = listed([post_name(held.post.title, held.capacity) for held in desk.held_posts])
    return f"{addressed(desk.person.name, desk.person.salutation)} ({posts})"


def _line(desk: Desk, late: Late) -> str:
    person = desk.people.get(late.person_id or 0)
    titles = {post.id: post.title for post in desk.posts}
    posts: Sequence[str] = list(dict.fromkeys(titles[item.duty.post_id] for item in late.items))
    name = "" if person is None else addressed(person.name, person.salutation)
    return texts.person_line(name, posts, len(late.items))
