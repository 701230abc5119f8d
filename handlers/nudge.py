""" "Ingatkan mereka": a superior reminds those below who miss a report, one or all, each at most once a day.

Its buttons last: `!ingatkan:siapa` lists who misses something, `!ingatkan:<end>:<who>` reminds one person or `semua`
for the closing that ends on that day.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from domain.openings import Closing, Item, closings, main_closing
from domain.working_hours import opening_moment
from domain.zones import local
from handlers.asked_closing import asked_closing
from handlers.colleagues import named
from handlers.commands import tell
from handlers.messages import BUTTON_LABEL, BUTTONS, ROW_HINT, ROW_LABEL, ROWS, Choose, Notice, Option, Outgoing, Say
from handlers.period_words import names_period
from handlers.reminders import own_options
from handlers.report.unsent import filled_in
from handlers.texts import nudge as texts
from handlers.texts import reminder as reminder_texts
from handlers.texts.formats import day, listed, shortened
from handlers.texts.formats import person as addressed
from handlers.texts.formats import post as post_name
from storage.desk import Desk

ALL = "semua"
_ADDRESS = re.compile(r"(\d{4}-\d{2}-\d{2}):(semua|\d{1,12})")
_OTHER_WISHES = frozenset({"saya", "aku", "kami", "nanti", "lagi", "besok"})
_MOST_WORDS = 5


@dataclass(frozen=True)
class Late:
    """Somebody below, what is missing of theirs and how many indicators are due; nobody for a vacant post."""

    person_id: int | None
    items: tuple[Item, ...]
    due: int


def may_nudge(desk: Desk) -> bool:
    """Whether any post is below one that the person holds."""
    return bool(_posts_below(desk))


def takes(words: str) -> bool:
    """Whether words after "ingatkan" may name a period or a person; "ingatkan saya besok" is another wish."""
    first, *rest = words.casefold().split() or [""]
    return names_period(words) or (len(rest) < _MOST_WORDS and first not in _OTHER_WISHES)


def nudge(desk: Desk, words: str) -> Outgoing:
    """Remind everybody below who misses the closing, or whom the words name; tell who was reminded and who was not."""
    plain = words.strip()
    if plain == "siapa":
        return missing(desk)
    found = _closings_below(desk)
    button = _ADDRESS.fullmatch(plain)
    if button is not None:
        end, only = date.fromisoformat(button[1]), None if button[2] == ALL else int(button[2])
        closing = next((one for one in found if one.end == end), None)
        return _remind(desk, found, closing, only)
    if plain and not names_period(plain):
        return _named(desk, found, plain)
    closing = asked_closing(plain, found, desk) if plain else _nearest(found, desk)
    if closing is None and plain:
        return Say(text=texts.no_such_period(plain))
    return _remind(desk, found, closing, None)


def missing(desk: Desk) -> Outgoing:
    """ "Belum lapor": who misses what, with a button for each and one for all; outside the hours none, and why."""
    found = _closings_below(desk)
    closing = _nearest(found, desk)
    if closing is None or not closing.missing:
        return Say(text=texts.nobody_missing(closing))
    everybody = _late(desk, closing)
    text = texts.who_misses(closing.cut_off, desk.today, [_line(desk, late) for late in everybody])
    older = _older(found, closing)
    text = f"{text}\n{older}" if older else text
    title = texts.title(closing)
    reachable = [one for one in everybody if one.person_id is not None and desk.address_of(one.person_id) is not None]
    if not desk.is_open:
        return Say(title=title, text=f"{text}\n{_closed(desk)}")
    if not reachable:
        return Say(title=title, text=text)
    whom = texts.WHOM if len(reachable) > 1 else texts.ONLY_ONE
    return Choose(title=title, text=f"{text}\n{whom}", options=_choices(desk, closing, reachable))


def _choices(desk: Desk, closing: Closing, everybody: Sequence[Late]) -> tuple[Option, ...]:
    """All first; of more people than a list holds the first ones, the rest can be named."""
    if len(everybody) == 1:
        return (Option(key=f"!ingatkan:{closing.end}:{ALL}", label=texts.NOW),)
    shown = everybody[: ROWS - 1]
    room = BUTTON_LABEL if len(shown) < BUTTONS else ROW_LABEL
    people = [(late, desk.people[late.person_id or 0]) for late in shown]
    return (
        Option(key=f"!ingatkan:{closing.end}:{ALL}", label=texts.EVERYBODY),
        *(
            Option(
                key=f"!ingatkan:{closing.end}:{person.id}",
                label=shortened(addressed(person.name, person.salutation), room),
                hint=shortened(_line(desk, late), ROW_HINT),
            )
            for late, person in people
        ),
    )


def _named(desk: Desk, found: Sequence[Closing], words: str) -> Outgoing:
    """Remind one person, by name or post, for the nearest closing in which they miss something."""
    late = {late.person_id for closing in found for late in _late(desk, closing)} - {None}
    people = [person for person in desk.people.values() if person.id in late]
    titles = {post.title.casefold(): desk.holders.get(post.id) for post in desk.posts}
    by_post = [person for person in people if titles.get(words.casefold()) == person.id]
    meant = by_post or named(words, people)
    if len(meant) != 1:
        return Say(text=texts.not_one_of(shortened(words, 40), len(meant)))
    theirs = [closing for closing in found if any(one.person_id == meant[0].id for one in _late(desk, closing))]
    return _remind(desk, found, _nearest(theirs, desk), meant[0].id)


def _remind(desk: Desk, found: Sequence[Closing], closing: Closing | None, only: int | None) -> Outgoing:
    """Remind everybody who misses the closing, or one of them."""
    everybody = () if closing is None else _late(desk, closing)
    chosen = [late for late in everybody if only is None or late.person_id == only]
    if closing is None or not everybody:
        return Say(text=texts.nobody_missing(closing))
    if not chosen:
        return Say(text=texts.has_reported(_called(desk, only), closing))
    if not desk.is_open:
        return Say(text=_closed(desk))
    text = _tell(desk, closing, chosen)
    older = _older(found, closing) if only is None else ""
    return Say(text=f"{text}\n{older}" if older else text)


def _closings_below(desk: Desk) -> tuple[Closing, ...]:
    below = _posts_below(desk)
    return closings([duty for duty in desk.office_duties if duty.post_id in below], desk.today, desk.organisation)


def _older(found: Sequence[Closing], closing: Closing) -> str:
    """An earlier closing in which something is missing, too; empty for none."""
    older = next((one for one in reversed(found) if one.end < closing.end and one.missing), None)
    return "" if older is None else texts.older(older, len(older.missing))


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


def _tell(desk: Desk, closing: Closing, everybody: Sequence[Late]) -> str:
    reminded: list[str] = []
    earlier: list[str] = []
    unreachable: list[str] = []
    vacant: list[str] = []
    for late in everybody:
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
        missing[desk.reporters.get(post.id)] += [item for item in closing.missing if item.duty.post_id == post.id]
    due = [desk.reporters.get(item.duty.post_id) for item in closing.items]
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
    titles = {post.id: post.title for post in desk.posts}
    posts: Sequence[str] = list(dict.fromkeys(titles[item.duty.post_id] for item in late.items))
    return texts.person_line(_called(desk, late.person_id), posts, len(late.items))


def _called(desk: Desk, person_id: int | None) -> str:
    """How a person is addressed; empty for nobody of the office."""
    person = desk.people.get(person_id or 0)
    return "" if person is None else addressed(person.name, person.salutation)
