""" "riwayat": the life of one indicator in the chat, the newest first, page by page.

Its buttons last, see `button_key`. A number that is typed alone is one of the list.
"""

import re
from collections.abc import Sequence

from domain.openings import Duty
from domain.zones import local
from handlers.by_name import find_indicators
from handlers.messages import BUTTON_LABEL, BUTTONS, ROW_HINT, ROW_LABEL, ROWS, Choose, Option, Outgoing, Say
from handlers.texts import general
from handlers.texts import history as texts
from handlers.texts.formats import indicator, shortened
from handlers.texts.formats import person as addressed
from handlers.texts.formats import post as post_name
from storage.desk import Desk
from storage.history import Deed, Event

_ADDRESS = re.compile(r"(\d{1,12}):(\d{1,4})")
_NUMBER = re.compile(r"(?:no(?:mor)?\.? ?)?(\d{1,3})")
_MOST_WORDS = 6
_OF_A_REPORT = (Deed.REPORTED, Deed.RETURNED, Deed.AGREED)
PAGE = 3
"""Events of a page: about twelve lines of a small phone."""


def button_key(indicator_id: int, page: int = 1) -> str:
    """The key of a lasting button that shows a page of an indicator's life; the newest events stand on page 1."""
    return f"!riwayat:{indicator_id}:{page}"


def takes(words: str) -> bool:
    """Whether words after "riwayat" may name an indicator, or one of the person's own by its number."""
    return len(words.split()) <= _MOST_WORDS


def start(desk: Desk, words: str = "") -> Outgoing:
    """The life of the indicator of a button, a name, or a number of the person's own list; without one, that list."""
    if not desk.held_posts:
        return Say(text=general.NO_POST)
    words = words.strip()
    if match := _ADDRESS.fullmatch(words):
        return _about(desk, desk.duty(int(match[1])), int(match[2]))
    if match := _NUMBER.fullmatch(words):
        return _of_list(desk, int(match[1]))
    if not words:
        return _list(_own(desk), desk) if desk.duties else Say(text=texts.NO_INDICATORS)
    visible = desk.history.visible
    found = find_indicators(words, [duty for duty in desk.every_duty if duty.id in visible])
    if len(found) == 1:
        return _about(desk, found[0], 1)
    return _list(_newest_first(found, desk), desk) if found else Say(text=texts.not_found(words))


def _of_list(desk: Desk, number: int) -> Outgoing:
    own = _own(desk)
    return _about(desk, own[number - 1], 1) if 0 < number <= len(own) else start(desk)


def _own(desk: Desk) -> list[Duty]:
    return _newest_first(desk.duties, desk)


def _newest_first(duties: Sequence[Duty], desk: Desk) -> list[Duty]:
    """In the order of their plans: this year's, those before it, and last what nothing can be reported of yet."""
    this_year = desk.today.year
    return sorted(duties, key=lambda duty: (duty.measure.year > this_year, abs(this_year - duty.measure.year)))


def _list(duties: Sequence[Duty], desk: Desk) -> Outgoing:
    room = BUTTON_LABEL if len(duties) <= BUTTONS else ROW_LABEL
    options = tuple(
        Option(
            key=button_key(duty.id),
            label=shortened(f"{at} {_of_year(duty, desk)}{indicator(duty.name)}", room),
            hint=shortened(indicator(duty.name), ROW_HINT),
        )
        for at, duty in enumerate(duties[:ROWS], start=1)
    )
    return Choose(text=texts.WHICH, options=options, by_number=False)


def _of_year(duty: Duty, desk: Desk) -> str:
    """The year of a plan that is not this year's: the same indicator stands in each."""
    return "" if duty.measure.year == desk.today.year else f"{duty.measure.year}: "


def _about(desk: Desk, duty: Duty | None, number: int) -> Outgoing:
    if duty is None:
        return Say(text=texts.GONE)
    if duty.id not in desk.history.visible:
        return Say(text=texts.NOT_YOURS)
    events = desk.history.of(duty.id)
    if not events:
        return Say(title=texts.title(duty), text=texts.NOTHING_YET)
    pages = -(-len(events) // PAGE)
    at = min(max(number, 1), pages)
    first = (at - 1) * PAGE
    shown = [_line(desk, events, place) for place in range(first, min(first + PAGE, len(events)))]
    text = texts.page(duty, shown, at, pages, desk.office.zone)
    options = _options(desk, duty, events, at, pages)
    if not options:
        return Say(title=texts.title(duty), text=text)
    return Choose(title=texts.title(duty), text=text, options=options, by_number=False)


def _options(desk: Desk, duty: Duty, events: Sequence[Event], at: int, pages: int) -> tuple[Option, ...]:
    """To the other pages, and to the correction of the newest figure for whom it is."""
    older = (Option(key=button_key(duty.id, at + 1), label=texts.OLDER),) if at < pages else ()
    newer = (Option(key=button_key(duty.id, at - 1), label=texts.NEWER),) if at > 1 else ()
    newest = events[0].period
    is_own = any(own.id == duty.id for own in desk.duties) and newest in duty.values and newest not in duty.samples
    correct = (Option(key=f"!koreksi:{duty.id}:{newest.code}", label=texts.CORRECT),) if is_own and at == 1 else ()
    return (*older, *newer, *correct)


def _line(desk: Desk, events: Sequence[Event], place: int) -> texts.Line:
    """The event at that place; what follows it in the list came before it."""
    event = events[place]
    before = next((one for one in events[place + 1 :] if one.period == event.period and one.deed in _OF_A_REPORT), None)
    is_mended = before is not None and before.deed is Deed.RETURNED
    return texts.Line(event, _who(desk, event), local(event.at, desk.office.zone), is_mended)


def _who(desk: Desk, event: Event) -> str:
    """`Bu Sari Andini (Plt Kasi Pemerintahan)`; the post alone where nobody is known any more, and for which post where
    they only entered it."""
    person = desk.people.get(event.person_id or 0)
    post = desk.organisation.posts.get(event.post_id or 0)
    name = "" if person is None else addressed(person.name, person.salutation)
    if event.capacity is None and post is not None and name:
        return texts.entered_for(name, post.title, "" if event.to_date else event.basis)
    title = "" if post is None or event.capacity is None else post_name(post.title, event.capacity)
    return f"{name} ({title})" if name and title else name or title or texts.FROM_FILE
