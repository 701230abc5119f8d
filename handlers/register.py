"""Joining by invitation. Whoever has not joined learns nothing but how to ask for one."""

import re
from enum import StrEnum
from typing import Any

from pydantic import BaseModel, ConfigDict

from domain.openings import main_closing
from handlers import handover, menu, number_change, which_office
from handlers.channel_choice import joined_another
from handlers.dialogue import AnyDialogue, Begin, Dialogue, Done, Next, Question, Retry, Said, Tap
from handlers.kabupaten.joining import OVERSEE
from handlers.kabupaten.joining import greet as greet_overseer
from handlers.messages import Choose, Incoming, Notice, Option, Outgoing, Say, Text
from handlers.texts import general
from handlers.texts import joining as texts
from handlers.texts import number_change as number_texts
from handlers.texts.formats import office
from handlers.texts.formats import person as addressed
from storage.desk import Desk
from storage.lobby import InviteGone, Lobby
from storage.people import ALPHABET, CODE_LENGTH

_CODE = re.compile(rf"[{ALPHABET}]{{{CODE_LENGTH}}}")
_NAME = re.compile(r"[^\W\d_](?:[^\W\d_]|[ .,'’-]){1,59}")
_START = re.compile(r"^/?(?:start|gabung|mulai)\s+", re.IGNORECASE)


class Step(StrEnum):
    """CONFIRM: is this post yours? NAME: what are you called (only where the office entered nobody)?"""

    CONFIRM = "confirm"
    NAME = "name"


class Draft(BaseModel):
    """The code stays in the draft: it is looked at again when the invitation is spent."""

    model_config = ConfigDict(frozen=True)
    code: str
    office: str
    post: str
    vacant: bool


def invitation(office_name: str, post: str, code: str, until: str) -> Notice:
    """What somebody is written who has not joined yet; answered with the code, it goes on with `greet`."""
    params = (office(office_name), post, code, until)
    return Notice(name="invite", params=params, text=texts.invited(*params))


def code_in(said: Incoming) -> str | None:
    """The invitation code in a message: bare, after `/start`, with spaces or hyphens, in any case."""
    if not isinstance(said, Text) or menu.find(said.body, typos=False) is not None:
        return None  # "pertanyaan" has the ten letters of a code
    plain = re.sub(r"[\s-]", "", _START.sub("", said.body.strip())).upper()
    return plain if _CODE.fullmatch(plain) else None


def greet(said: Incoming, lobby: Lobby) -> Begin[Any, Any, Lobby] | Outgoing:
    """Answer a message of somebody unknown."""
    code = code_in(said)
    if code is None:
        return Say(text=number_texts.WAITS if lobby.waits else general.STRANGER)
    if lobby.locked:
        return Say(text=general.TOO_MANY_CODES)
    if (to_kabupaten := greet_overseer(code, lobby)) is not None:
        return to_kabupaten
    invite = lobby.invite(code)
    if invite is None:
        return Say(text=general.WRONG_CODE)
    draft = Draft(code=code, office=invite.office, post=invite.post.title, vacant=lobby.holder(invite) is None)
    return Begin(REGISTER, Step.CONFIRM, draft, code)


def ask(step: Step, draft: Draft, _lobby: Lobby) -> Question:
    match step:
        case Step.CONFIRM:
            options = (Option(key="yes", label=texts.YES), Option(key="no", label=texts.NO))
            return Choose(text=texts.invitation(draft.office, draft.post), options=options)
        case Step.NAME:
            return Say(text=texts.ASK_NAME)


def answer(step: Step, draft: Draft, said: Said, _lobby: Lobby) -> Next[Step, Draft, Lobby] | Retry | Done[Lobby]:
    match step, said:
        case Step.CONFIRM, Tap(key="yes") if draft.vacant:
            return Next(Step.NAME, draft)
        case Step.CONFIRM, Tap(key="yes"):
            return Done(lambda lobby: _join(lobby, draft, ""))
        case Step.CONFIRM, Tap(key="no"):
            return Done(lambda _lobby: Say(text=texts.NOT_ME))
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
    invite = lobby.invite(draft.code)
    if invite is None:
        return Say(text=texts.GONE)
    try:
        desk = lobby.join(invite, name, number_change.must_ask)
    except InviteGone:
        return Say(text=texts.GONE)
    return Say(text=number_texts.WAITS) if desk is None else welcome(desk)


def welcome(desk: Desk) -> Outgoing:
    """What there is to do, for somebody who has just joined."""
    closing = main_closing(desk.closings, desk.today)
    days_left = desk.calendar.working_days_between(desk.today, closing.cut_off) if closing else 0
    name = addressed(desk.person.name, desk.person.salutation)
    practice = Option(key="!latihan", label=texts.PRACTISE)
    if closing and closing.missing:
        options = (Option(key="!lapor", label=texts.REPORT_NOW), practice, Option(key="!tunda", label=texts.LATER))
    else:
        options = (practice, Option(key="!status", label=texts.LOOK_FIRST))
    beside = joined_another(desk) + which_office.joined_another(desk) + handover.on_joining(desk)
    text = texts.welcome(name, closing, desk.today, days_left) + beside
    return Choose(text=text, options=options)


REGISTER = Dialogue(
    "register", Step, Draft, ask, answer, restart=texts.SEND_CODE, cancelled=texts.CANCELLED, can_wait=False
)

DIALOGUES: dict[str, AnyDialogue] = {dialogue.name: dialogue for dialogue in (REGISTER, OVERSEE)}
"""Every conversation of people who have not joined, by name."""
