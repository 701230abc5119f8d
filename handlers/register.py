"""Joining by invitation, or by the own number that the office entered. Whoever has not joined learns nothing but how to
ask for an invitation."""

import re
from enum import StrEnum
from typing import Any

from pydantic import BaseModel, ConfigDict

from domain.absence import Holding
from domain.openings import main_closing
from handlers import handover, menu, number_change, which_office
from handlers.channel_choice import joined_another
from handlers.dialogue import AnyDialogue, Begin, Dialogue, Done, Next, Question, Retry, Said, Tap
from handlers.kabupaten.joining import OVERSEE
from handlers.kabupaten.joining import greet as greet_overseer
from handlers.messages import Choose, Contact, Incoming, Notice, Option, Outgoing, Say, Text
from handlers.phones import read_phone
from handlers.texts import general
from handlers.texts import joining as texts
from handlers.texts import number_change as number_texts
from handlers.texts.formats import office
from handlers.texts.formats import person as addressed
from handlers.texts.formats import post as post_title
from storage.desk import Desk
from storage.invite_codes import ALPHABET, CODE_LENGTH
from storage.lobby import InviteGone, Lobby
from storage.people import Closed, Listed, OpenInvite, hash_of

_CODE = re.compile(rf"[{ALPHABET}]{{{CODE_LENGTH}}}")
_NAME = re.compile(r"[^\W\d_](?:[^\W\d_]|[ .,'’-]){1,59}")
_LONGEST = 60
"""Characters of the longest spelling of a code, with blanks and hyphens between its letters."""
_START = re.compile(r"^/?(?:start|gabung|mulai)\s+", re.IGNORECASE)


class Step(StrEnum):
    """CONFIRM: is this post yours? NAME: what are you called (only where the office entered nobody)?"""

    CONFIRM = "confirm"
    NAME = "name"


class Draft(BaseModel):
    """The code stays in the draft: it is looked at again when the invitation is spent.

    Who showed their own number has no code: `person` is whose it is, `number` the hash of it.
    """

    model_config = ConfigDict(frozen=True)
    code: str
    office: str
    post: str
    vacant: bool
    person: int = 0
    number: str = ""


def invitation(office_name: str, post: str, code: str, until: str) -> Notice:
    """What somebody is written who has not joined yet; answered with the code, it goes on with `greet`."""
    params = (office(office_name), post, code, until)
    return Notice(name="invite", params=params, text=texts.invited(*params))


def code_in(said: Incoming) -> str | None:
    """The invitation code in a message: bare, after `/start`, with spaces or hyphens, in any case."""
    if not isinstance(said, Text) or len(said.body) > _LONGEST:
        return None
    plain = re.sub(r"[\s-]", "", _START.sub("", said.body.strip())).upper()
    is_code = _CODE.fullmatch(plain) and menu.find(said.body, typos=False) is None  # "pertanyaan" looks like one
    return plain if is_code else None


def greet(said: Incoming, lobby: Lobby) -> Begin[Any, Any, Lobby] | Outgoing:
    """Answer a message of somebody unknown."""
    code = code_in(said)
    if code is None:
        return _without_code(said, lobby)
    if lobby.locked:
        return Say(text=general.TOO_MANY_CODES)
    if (to_kabupaten := greet_overseer(code, lobby)) is not None:
        return to_kabupaten
    match lobby.invite(code):
        case OpenInvite() as invite:
            is_vacant = lobby.holder(invite) is None
            draft = Draft(code=code, office=invite.office, post=invite.post.title, vacant=is_vacant)
            return Begin(REGISTER, Step.CONFIRM, draft, code)
        case Closed() as why:
            return Say(text=texts.CLOSED[why])
        case None:
            return Say(text=general.WRONG_CODE)


def _without_code(said: Incoming, lobby: Lobby) -> Begin[Any, Any, Lobby] | Outgoing:
    """Whoever writes from a number that the office entered, or shows it, may join by it."""
    if lobby.waits:
        return Say(text=number_texts.WAITS)
    if lobby.own_phone:
        return _of_number(lobby.listed(lobby.own_phone), lobby.own_phone) or Say(text=general.STRANGER)
    if not isinstance(said, Contact):
        return Say(text=general.STRANGER, number_button=texts.SHARE_NUMBER)
    if lobby.locked:
        return Say(text=general.TOO_MANY_CODES)
    phone = (read_phone(said.phone) if said.own else None) or ""
    return _of_number(lobby.shown(phone), phone) or Say(text=texts.NOT_BY_NUMBER)


def _of_number(listed: Listed | None, phone: str) -> Begin[Any, Any, Lobby] | None:
    """Ask whether the post of whoever has that number is theirs; None for nobody."""
    if listed is None:
        return None
    person, number = listed.person_id, hash_of(phone)
    draft = Draft(code="", office=listed.office, post=listed.post.title, vacant=False, person=person, number=number)
    return Begin(REGISTER, Step.CONFIRM, draft, f"number:{person}", anew=True)


def ask(step: Step, draft: Draft, _lobby: Lobby) -> Question:
    match step:
        case Step.CONFIRM:
            options = (Option(key="yes", label=texts.YES), Option(key="no", label=texts.NO))
            words = texts.own_number if draft.person else texts.invitation
            return Choose(text=words(draft.office, draft.post), options=options)
        case Step.NAME:
            return Say(text=texts.ASK_NAME)


def answer(step: Step, draft: Draft, said: Said, _lobby: Lobby) -> Next[Step, Draft, Lobby] | Retry | Done[Lobby]:
    match step, said:
        case Step.CONFIRM, Tap(key="yes") if draft.vacant:
            return Next(Step.NAME, draft)
        case Step.CONFIRM, Tap(key="yes"):
            return Done(lambda lobby: _join(lobby, draft, ""))
        case Step.CONFIRM, Tap(key="no"):
            return Done(lambda _lobby: Say(text=texts.NOT_MY_NUMBER if draft.person else texts.NOT_ME))
        case Step.CONFIRM, _:
            return Retry(texts.TAP_YES_OR_NO)
        case Step.NAME, Text(body=body) if (name := _name(body)) is not None:
            return Done(lambda lobby: _join(lobby, draft, name))
        case Step.NAME, _:
            return Retry(texts.NAME_PLEASE)


def _name(body: str) -> str | None:
    """A person's name; None for anything else, a word of the menu included."""
    name = " ".join(body.split())
    return name if _NAME.fullmatch(name) and menu.find(name, typos=False) is None else None


def _join(lobby: Lobby, draft: Draft, name: str) -> Outgoing:
    try:
        desk = _admitted(lobby, draft, name)
    except InviteGone:
        return Say(text=texts.NUMBER_GONE if draft.person else _why_gone(lobby, draft))
    return Say(text=number_texts.WAITS) if desk is None else welcome(desk)


def _admitted(lobby: Lobby, draft: Draft, name: str) -> Desk | None:
    """The desk of who joins; None where their second number is to be agreed to first. Raises InviteGone."""
    if draft.person:
        return lobby.join_listed(draft.person, draft.number)
    invite = lobby.invite(draft.code)
    if not isinstance(invite, OpenInvite):
        raise InviteGone
    return lobby.join(invite, name, number_change.must_ask)


def _why_gone(lobby: Lobby, draft: Draft) -> str:
    why = lobby.invite(draft.code)
    return texts.CLOSED[why] if isinstance(why, Closed) else general.WRONG_CODE


def welcome(desk: Desk) -> Outgoing:
    """What there is to do, for somebody who has just joined."""
    filler = _filled_in_by(desk)
    closing = None if filler else main_closing(desk.closings, desk.today)
    days_left = desk.calendar.working_days_between(desk.today, closing.cut_off) if closing else 0
    name = addressed(desk.person.name, desk.person.salutation)
    practice = Option(key="!latihan", label=texts.PRACTISE)
    if closing and closing.missing:
        options = (Option(key="!lapor", label=texts.REPORT_NOW), practice, Option(key="!tunda", label=texts.LATER))
    else:
        options = (practice, Option(key="!status", label=texts.LOOK_FIRST))
    later = _begins_later(desk)
    if later is not None:
        title = post_title(desk.organisation.posts[later.post_id].title, later.capacity)
        return Choose(text=texts.begins_later(name, title, later.starts), options=(practice,))
    beside = joined_another(desk) + which_office.joined_another(desk) + handover.on_joining(desk)
    told = texts.filled_in_by(name, filler) if filler else texts.welcome(name, closing, desk.today, days_left)
    text = told + beside
    return Choose(text=text, options=options)


def _filled_in_by(desk: Desk) -> str:
    """The post that fills in all that is theirs to report, as the planner does for the camat; empty for nobody else."""
    asked = {duty.post_id for duty in desk.duties}
    others = {desk.organisation.reporting_post(post_id, desk.today) for post_id in asked}
    if len(others) != 1 or others & {held.post.id for held in desk.held_posts}:
        return ""
    return desk.organisation.posts[others.pop()].title


def _begins_later(desk: Desk) -> Holding | None:
    """What they will hold first, where they hold nothing yet."""
    theirs = [one for one in desk.organisation.holdings if one.person_id == desk.person_id and desk.today < one.starts]
    return None if desk.held_posts else min(theirs, key=lambda one: one.starts, default=None)


REGISTER = Dialogue(
    "register", Step, Draft, ask, answer, restart=texts.SEND_CODE, cancelled=texts.CANCELLED, can_wait=False
)

DIALOGUES: dict[str, AnyDialogue] = {dialogue.name: dialogue for dialogue in (REGISTER, OVERSEE)}
"""Every conversation of people who have not joined, by name."""
