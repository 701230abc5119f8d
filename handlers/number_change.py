"""A changed number: the admins are asked, and it takes over only when one of them agrees; the old one is closed then.

It comes from three sides: the channel tells it, the person types "nomor 0812...", or an invitation of somebody who has
joined before is answered from another number.
"""

import re
from collections.abc import Mapping
from typing import Any

from handlers.commands import tell
from handlers.keepers import keeper_of, keepers_but
from handlers.messages import BUTTON_LABEL, ROWS, Choose, Notice, Option, Outgoing, Say
from handlers.occasions import Unasked
from handlers.phones import read_phone, shown_phone
from handlers.texts import number_change as texts
from handlers.texts.formats import office, shortened
from handlers.texts.formats import person as addressed
from storage.desk import Desk
from storage.numbers import WHATSAPP, ChangeDecided, Decision, NumberChangeCard, address_of, phone_of

NUMBER_CHANGE = "number_change"
"""The kind of occasion of this file."""
RIGHT, WRONG = "benar", "salah"
_LIKE_A_NUMBER = re.compile(r"(?:\D*\d){6}")


def takes(words: str) -> bool:
    """Whether words after "nomor" are an answer or look like a phone number: "nomor 3" is another thing's."""
    return words.casefold() in (RIGHT, WRONG) or _LIKE_A_NUMBER.match(words) is not None


def start(desk: Desk, words: str = "") -> Outgoing:
    """ "nomor": what waits to be decided, else one's own; with a number behind it the new one is asked for."""
    number, _, word = words.rpartition(":")
    if word.casefold() in (RIGHT, WRONG):
        return _decide(desk, number, word.casefold())
    if words:
        return _ask(desk, words)
    waiting = _waiting(desk)
    if waiting:
        return _to_decide(desk, waiting[0])
    present = desk.numbers.present(desk.person.id, WHATSAPP)
    return Say(text=texts.present(shown_phone(phone_of(present))) if present else texts.WITHOUT_NUMBER)


def must_ask(desk: Desk) -> bool:
    """Whether somebody else can be asked about a new number of the person of the desk."""
    return bool(keepers_but(desk, desk.person.id))


# --- asking ---------------------------------------------------------------------------------------------------------


def _ask(desk: Desk, words: str) -> Outgoing:
    """The person names a new number of their own."""
    present = desk.numbers.present(desk.person.id, WHATSAPP)
    if not present:
        return Say(text=texts.WITHOUT_NUMBER)
    phone = read_phone(words)
    if phone is None:
        return Say(text=texts.UNREADABLE)
    address = address_of(phone)
    if address == present:
        return Say(text=texts.SAME)
    if desk.numbers.is_taken(WHATSAPP, address):
        return Say(text=texts.TAKEN)
    change_id = desk.numbers.ask(desk.person.id, WHATSAPP, address)
    names = [_name(desk, one) for one in keepers_but(desk, desk.person.id)]
    card = desk.numbers.get(change_id)
    if names or card is None:
        return Say(text=texts.asked(shown_phone(phone), names))
    return _to_decide(desk, card) if _may_decide(desk, card) else Say(text=texts.asked(shown_phone(phone), ["admin"]))


def due(desk: Desk) -> tuple[Unasked, ...]:
    """Every changed number that waits, to everybody who is asked about it."""
    return tuple(
        Unasked(person_id, f"number:{card.id}:{person_id}", {"kind": NUMBER_CHANGE, "change": card.id})
        for card in desk.numbers.open()
        for person_id in _deciders(desk, card.person_id)
    )


def compose(desk: Desk, occasion: Mapping[str, Any]) -> Notice | None:
    """What a decider is asked; None where it was decided meanwhile."""
    card = desk.numbers.get(occasion["change"])
    if card is None or card.decision is not Decision.OPEN or not _may_decide(desk, card):
        return None
    asked = _to_decide(desk, card)
    params = (_who(desk, card), _shown(card.old), _shown(card.new))
    return Notice(name="number_change", params=params, text=asked.text, options=asked.options)


def _to_decide(desk: Desk, card: NumberChangeCard) -> Choose:
    options = (
        Option(key=f"!nomor:{card.id}:{RIGHT}", label=texts.RIGHT),
        Option(key=f"!nomor:{card.id}:{WRONG}", label=texts.WRONG),
    )
    old, new = shown_phone(card.old), shown_phone(card.new)
    is_own = desk.person_id == card.person_id
    text = texts.own_to_decide(old, new) if is_own else texts.to_decide(_who(desk, card), old, new)
    return Choose(text=text, options=options)


def _deciders(desk: Desk, person_id: int) -> tuple[int, ...]:
    """An admin who is alone in the office decides about their own number."""
    return keepers_but(desk, person_id) or tuple(one for one in desk.admins if one == person_id)


def _may_decide(desk: Desk, card: NumberChangeCard) -> bool:
    """Camat and admins, about the numbers of others; about one's own as `_deciders` says."""
    if desk.person_id != card.person_id:
        return keeper_of(desk) is not None
    return desk.person_id in _deciders(desk, card.person_id)


def _waiting(desk: Desk) -> list[NumberChangeCard]:
    return [card for card in desk.numbers.open() if _may_decide(desk, card)]


# --- deciding -------------------------------------------------------------------------------------------------------


def _decide(desk: Desk, number: str, word: str) -> Outgoing:
    """Find what is meant and whether the person may decide it; without a number the only one that waits."""
    if not number:
        waiting = _waiting(desk)
        if len(waiting) != 1:
            return _which(desk, waiting, word)
        return _carry_out(desk, waiting[0], word)
    card = desk.numbers.get(int(number)) if number.isdecimal() and len(number) < 19 else None
    if card is None:
        return Say(text=texts.UNKNOWN_CHANGE)
    return _carry_out(desk, card, word) if _may_decide(desk, card) else Say(text=texts.NOT_YOURS)


def _which(desk: Desk, waiting: list[NumberChangeCard], word: str) -> Outgoing:
    if not waiting:
        return Say(text=texts.NOTHING_WAITS)
    options = tuple(
        Option(
            key=f"!nomor:{card.id}:{word}",
            label=shortened(f"{at} {_name(desk, card.person_id)}", BUTTON_LABEL),
            hint=_shown(card.new),
        )
        for at, card in enumerate(waiting[:ROWS], start=1)
    )
    return Choose(text=texts.which(word), options=options)


def _carry_out(desk: Desk, card: NumberChangeCard, word: str) -> Outgoing:
    try:
        return _agree(desk, card) if word == RIGHT else _decline(desk, card)
    except ChangeDecided:
        return _decided(desk, card.id)


def _agree(desk: Desk, card: NumberChangeCard) -> Outgoing:
    desk.numbers.agree(card.id)
    name, new = office(desk.office.name), shown_phone(card.new)
    option = Option(key="!lapor", label=texts.REPORT_NOW)
    text = texts.taken_over(name, new)
    notice = Notice(name="number_taken_over", params=(_shown(card.new), name), text=text, options=(option,))
    told = tell(desk, card.person_id, f"number-decided:{card.id}", notice)
    return Say(text=texts.you_agreed(_name(desk, card.person_id), new, told=told))


def _decline(desk: Desk, card: NumberChangeCard) -> Outgoing:
    desk.numbers.decline(card.id)
    new = shown_phone(card.new)
    if desk.person_id != card.person_id:
        notice = Notice(name="number_declined", params=(_shown(card.new),), text=texts.turned_down(new))
        tell(desk, card.person_id, f"number-decided:{card.id}", notice)
    return Say(text=texts.you_declined(_name(desk, card.person_id), new))


def _decided(desk: Desk, change_id: int) -> Outgoing:
    """What was decided before, and by whom."""
    card = desk.numbers.get(change_id)
    if card is None:
        return Say(text=texts.UNKNOWN_CHANGE)
    by = "" if card.decided_by is None else _name(desk, card.decided_by)
    agreed = card.decision is Decision.AGREED
    return Say(text=texts.decided_before(_name(desk, card.person_id), shown_phone(card.new), by, agreed=agreed))


# --- names ----------------------------------------------------------------------------------------------------------


def _name(desk: Desk, person_id: int) -> str:
    """`Bu Sari Andini`; to herself `Anda`."""
    if person_id == desk.person_id:
        return texts.YOU
    found = desk.people[person_id]
    return addressed(found.name, found.salutation)


def _who(desk: Desk, card: NumberChangeCard) -> str:
    """`Bu Sari Andini (Kasi Pemerintahan)`."""
    found = desk.people[card.person_id]
    name = addressed(found.name, found.salutation)
    posts = [post.title for post in desk.posts if desk.holders.get(post.id) == card.person_id]
    return f"{name} ({posts[0]})" if posts else name


def _shown(phone: str) -> str:
    """A parameter of a template is never empty."""
    return shown_phone(phone) or texts.HIDDEN
