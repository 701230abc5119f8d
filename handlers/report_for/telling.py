"""What the owner of a post is told of figures that somebody entered for it, and what they answer."""

from typing import Any

from domain.zones import local
from handlers import correction
from handlers.commands import tell
from handlers.dialogue import Begin
from handlers.messages import BUTTONS, ROWS, Choose, Notice, Option, Outgoing, Say
from handlers.texts import report_for as texts
from handlers.texts.formats import person as addressed
from storage.desk import Desk
from storage.on_behalf import EnteredSitting

NOTICE = "entered"
"""The name of the Notice."""
_WORD = "mewakili"


def tell_owner(entered: EnteredSitting, desk: Desk) -> bool:
    """One message of a sitting to whoever acts for the post; False for nobody, and for who cannot be reached."""
    if entered.holder_id is None or entered.holder_id == desk.person_id:
        return False
    return tell(desk, entered.holder_id, _key(entered, desk), _notice(entered, desk))


def _key(entered: EnteredSitting, desk: Desk) -> str:
    return f"{NOTICE}:{desk.office_id}:{entered.id}"


def _notice(entered: EnteredSitting, desk: Desk) -> Notice:
    owner = desk.people[entered.holder_id or 0]
    name = addressed(owner.name, owner.salutation)
    by, title = _who(entered.person_id, desk), desk.organisation.posts[entered.post_id].title
    lines = _lines(entered, desk)
    return Notice(
        name=NOTICE,
        params=(by, title, entered.basis, texts.summary(lines)),
        text=texts.told_owner(name, by, title, entered.basis, lines),
        options=(
            Option(key=f"!{_WORD}:benar:{entered.id}", label=texts.RIGHT),
            Option(key=f"!{_WORD}:perbaiki:{entered.id}", label=texts.MEND),
        ),
    )


def _lines(entered: EnteredSitting, desk: Desk) -> list[str]:
    by_id = {duty.id: duty for duty in desk.office_duties}
    return [texts.line(by_id[one.indicator_id], one.period, one.value) for one in entered.figures]


def _who(person_id: int, desk: Desk) -> str:
    """`Bu Dewi Lestari (Kasubbag Perencanaan)`"""
    person = desk.people[person_id]
    posts = [post.title for post in desk.posts if desk.holders.get(post.id) == person_id]
    name = addressed(person.name, person.salutation)
    return f"{name} ({posts[0]})" if posts else name


def with_owner(said: Say, post_id: int, desk: Desk) -> Say:
    """What was sent, with whether the owner learns of it."""
    entered = desk.entered.last()
    if entered is None or entered.post_id != post_id or entered.at != desk.now:
        return said
    owner = None if entered.holder_id is None else desk.people.get(entered.holder_id)
    name = "" if owner is None else addressed(owner.name, owner.salutation)
    told = owner is not None and desk.address_of(owner.id) is not None
    return said.model_copy(update={"text": texts.told_sender(said.text, name, told=told, now=desk.is_open)})


def answered(desk: Desk, verb: str, sitting_id: int) -> Begin[Any, Any, Any] | Outgoing:
    """The owner finds right what was entered, or mends it."""
    entered = desk.entered.of(sitting_id)
    if entered is None or not entered.figures:
        return Say(text=texts.GONE)
    if entered.person_id == desk.person_id:
        return Say(text=texts.own_entry())
    return _mended(entered, desk) if verb == "perbaiki" else _confirmed(entered, desk)


def _confirmed(entered: EnteredSitting, desk: Desk) -> Outgoing:
    if entered.confirmed_at is not None:
        at = local(entered.confirmed_at, desk.office.zone)
        return Say(text=texts.confirmed_before(at, desk.office.zone))
    desk.entered.confirm(entered.id)
    return Say(text=texts.confirmed(len(entered.figures), desk.organisation.posts[entered.post_id].title))


def _mended(entered: EnteredSitting, desk: Desk) -> Begin[Any, Any, Any] | Outgoing:
    """The correction of the one figure, or which of several."""
    keys = [(one.indicator_id, f"{one.indicator_id}:{one.period.code}") for one in entered.figures]
    if len(keys) == 1:
        return correction.start(desk, keys[0][1])
    by_id = {duty.id: duty for duty in desk.office_duties}
    is_row = len(keys) > BUTTONS
    options = tuple(
        Option(key=f"!koreksi:{key}", label=texts.mend_label(by_id[indicator_id], is_row=is_row))
        for indicator_id, key in keys[:ROWS]
    )
    return Choose(text=texts.WHICH_TO_MEND, options=options)
