"""Joining by an invitation to look after a kabupaten, as everybody joins: once, by a code that the installer made."""

from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from handlers import which_office
from handlers.dialogue import Begin, Dialogue, Done, Next, Question, Retry, Said, Tap
from handlers.messages import Choose, Option, Outgoing, Say
from handlers.texts import kabupaten as texts
from storage.lobby import Lobby


class Step(StrEnum):
    """CONFIRM: is this invitation yours?"""

    CONFIRM = "confirm"


class Draft(BaseModel):
    """The code stays in the draft: it is looked at again when the invitation is spent."""

    model_config = ConfigDict(frozen=True)
    code: str
    kabupaten: str


def greet(code: str, lobby: Lobby) -> Begin[Step, Draft, Lobby] | None:
    """Ask whether the invitation of a code is theirs; None where it is none to a kabupaten."""
    invite = lobby.overseer_invite(code)
    if invite is None:
        return None
    return Begin(OVERSEE, Step.CONFIRM, Draft(code=code, kabupaten=invite.kabupaten), code)


def ask(_step: Step, draft: Draft, _lobby: Lobby) -> Question:
    options = (Option(key="yes", label=texts.YES), Option(key="no", label=texts.NO))
    return Choose(text=texts.invitation(draft.kabupaten), options=options)


def answer(_step: Step, draft: Draft, said: Said, _lobby: Lobby) -> Next[Step, Draft, Lobby] | Retry | Done[Lobby]:
    match said:
        case Tap(key="yes"):
            return Done(lambda lobby: _join(lobby, draft))
        case Tap(key="no"):
            return Done(lambda _lobby: Say(text=texts.NOT_ME))
        case _:
            return Retry(texts.TAP_YES_OR_NO)


def _join(lobby: Lobby, draft: Draft) -> Outgoing:
    invite = lobby.overseer_invite(draft.code)
    hall = None if invite is None else lobby.oversee(invite)
    if hall is None:
        return Say(text=texts.GONE)
    options = (Option(key="!peringkat", label=texts.RANKING), Option(key="!belum", label=texts.MISSING))
    text = texts.welcome(hall.kabupaten, len(hall.offices)) + which_office.joined_another(hall)
    return Choose(text=text, options=options)


OVERSEE = Dialogue(
    "oversee", Step, Draft, ask, answer, restart=texts.SEND_CODE, cancelled=texts.CANCELLED, can_wait=False
)
