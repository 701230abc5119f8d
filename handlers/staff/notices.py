"""Who is told of a change of people and posts, and when the time of a Plt runs out (domain.md 7)."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from domain.appointments import PLT_MOST_MONTHS, acting_until
from domain.plan import Capacity
from handlers.absence_notices import name_of
from handlers.commands import tell
from handlers.messages import Notice, Option
from handlers.occasions import Unasked
from handlers.staff.choices import title_of
from handlers.texts import staff as texts
from handlers.texts.formats import post as post_title
from storage.desk import Desk
from storage.staff import TenureCard

ACTING_ENDS = "acting_ends"
"""The kind of occasion of this file."""
_WARNED = timedelta(days=14)
"""How long before its last day a Plt and the admin are told of it."""


# --- a change that was saved ------------------------------------------------------------------------------------------


def tell_all(desk: Desk, before: Sequence[TenureCard]) -> None:
    """Tell everybody but the admin at the desk what changed for them since the tenures were as they were before, in one
    message each."""
    earlier, now = _by_person(before), _by_person(desk.staff.tenures)
    for person_id in dict.fromkeys((*earlier, *now)):
        lines = _changes(desk, earlier.get(person_id, {}), now.get(person_id, {}))
        if lines and person_id != desk.person_id:
            you = name_of(desk, person_id)
            text = "\n".join([lines[0], *(line[0].upper() + line[1:] for line in lines[1:])])
            notice = Notice(name="staff_change", params=(you, " ".join(text.split())), text=f"{you}, {text}")
            tell(desk, person_id, f"staff:{desk.office_id}:{desk.inbox_id}:{person_id}", notice)


def _by_person(cards: Sequence[TenureCard]) -> dict[int, dict[int, TenureCard]]:
    found: dict[int, dict[int, TenureCard]] = {}
    for card in cards:
        found.setdefault(card.person_id, {})[card.id] = card
    return found


def _changes(desk: Desk, earlier: Mapping[int, TenureCard], now: Mapping[int, TenureCard]) -> list[str]:
    """What changed for one person. What follows upon a post that they leave is told with it, and what does not begin
    with what stays."""
    ended = [card for key, card in now.items() if key in earlier and earlier[key].ends != card.ends]
    begun = [card for key, card in now.items() if key not in earlier or earlier[key].starts != card.starts]
    days = {card.ends + timedelta(days=1) for card in ended if card.ends is not None}
    stays = any(card.ends is None for card in ended)
    lines = [_other_end(desk, card, [one for one in begun if one.starts in days]) for card in ended]
    lines += [_begins(desk, card) for card in begun if card.starts not in days]
    lines += [texts.never_begins(_title(desk, card)) for key, card in earlier.items() if key not in now and not stays]
    return lines


def _begins(desk: Desk, card: TenureCard) -> str:
    title = _title(desk, card)
    if card.ends is not None:
        return texts.to_acting(title, card.starts, card.ends, desk.today)
    return texts.to_newcomer(title, card.starts, desk.today)


def _other_end(desk: Desk, card: TenureCard, after: Sequence[TenureCard]) -> str:
    title = _title(desk, card)
    if card.ends is None:
        return texts.stays_after_all(title)
    if card.capacity is not Capacity.DEFINITIF and card.ends > desk.today:
        return texts.acting_changed(title, card.ends)
    follows = [_title(desk, one) for one in after if one.starts == card.ends + timedelta(days=1)]
    return texts.to_leaver(title, card.ends, follows, desk.today)


def to_be_invited(desk: Desk, before: Sequence[TenureCard]) -> list[str]:
    """Who got a post and has not joined."""
    known = {card.id for card in before}
    people = dict.fromkeys(card.person_id for card in desk.staff.tenures if card.id not in known)
    return [name_of(desk, key) for key in people if not desk.people[key].joined]


def _title(desk: Desk, card: TenureCard) -> str:
    return post_title(title_of(desk, card.post_id), card.capacity)


# --- the time of a Plt runs out ---------------------------------------------------------------------------------------


def due(desk: Desk) -> tuple[Unasked, ...]:
    """Whose time as Plt ends soon: they are told, and so is every admin."""
    return tuple(
        Unasked(person_id, f"{ACTING_ENDS}:{desk.office_id}:{card.id}:{card.ends}:{person_id}", _occasion(card))
        for card in _ending(desk)
        for person_id in dict.fromkeys((card.person_id, *desk.admins))
    )


def _ending(desk: Desk) -> tuple[TenureCard, ...]:
    soon = desk.today + _WARNED
    running = (holding for holding in desk.organisation.holdings if holding.capacity is Capacity.PLT)
    if not any(one.ends is not None and desk.today <= one.ends <= soon for one in running):
        return ()
    return tuple(card for card in desk.staff.tenures if _ends_by(card, desk.today, soon))


def _ends_by(card: TenureCard, today: date, soon: date) -> bool:
    is_plt = card.capacity is Capacity.PLT and card.starts <= today
    return is_plt and card.ends is not None and today <= card.ends <= soon


def _occasion(card: TenureCard) -> dict[str, Any]:
    return {"kind": ACTING_ENDS, "tenure": card.id, "ends": str(card.ends)}


def compose(desk: Desk, occasion: Mapping[str, Any]) -> Notice | None:
    """The warning as things stand; None where the time was changed, or the post has a holder from then on."""
    card = next((one for one in _ending(desk) if one.id == occasion["tenure"]), None)
    if card is None or card.ends is None or str(card.ends) != occasion["ends"] or _is_followed(desk, card):
        return None
    title, you = _title(desk, card), name_of(desk, desk.person.id)
    may_extend = card.ends < acting_until(card.starts, PLT_MOST_MONTHS)
    if card.person_id == desk.person.id:
        text = texts.acting_ends(title, card.ends, desk.today, may_extend=may_extend)
        option = Option(key="!lapor", label=texts.REPORT)
    else:
        name = name_of(desk, card.person_id)
        text = texts.acting_ends_for_admin(name, title, card.ends, may_extend=may_extend)
        option = Option(key=f"!plt:{card.post_id}", label=texts.ARRANGE)
    params = (you, " ".join(text.split()))
    return Notice(name="acting_ends", params=params, text=f"{you}, {text}", options=(option,))


def _is_followed(desk: Desk, card: TenureCard) -> bool:
    day = (card.ends or card.starts) + timedelta(days=1)
    return any(one.covers(day) for one in desk.staff.tenures if one.post_id == card.post_id)
