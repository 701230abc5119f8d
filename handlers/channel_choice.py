""" "saluran": who joined on several channels chooses where reminders and summaries go."""

from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from handlers.dialogue import Begin, Dialogue, Done, Next, Question, Retry, Said, Tap
from handlers.messages import Choose, Option, Outgoing, Say
from handlers.texts import channel_choice as texts
from handlers.texts.channels import name
from storage.desk import Desk

LAST_USED = "last"
"""The choice of the channel that was used last."""


class Step(StrEnum):
    """WHERE: to which channel?"""

    WHERE = "where"


class Draft(BaseModel):
    """Nothing is kept: it is one question."""

    model_config = ConfigDict(frozen=True)


def has_choice(desk: Desk) -> bool:
    """Whether the person joined on several channels."""
    return len(desk.lines) > 1


def joined_another(desk: Desk) -> str:
    """What is added to the welcome of somebody who had joined on another channel; empty for all others."""
    return f"\n{texts.joined_another(sorted(_names(desk)))}" if has_choice(desk) else ""


def start(desk: Desk) -> Begin[Step, Draft, Desk] | Outgoing:
    """Ask where; who is reached on one channel only is told so."""
    if not has_choice(desk):
        return Say(text=texts.only(_names(desk)[0]))
    if len(_reached(desk)) < 2:
        return Say(text=_standing(desk))
    return Begin(CHANNEL_CHOICE, Step.WHERE, Draft())


def ask(_step: Step, _draft: Draft, desk: Desk) -> Question:
    options = [Option(key=key, label=name(key)) for key in sorted(_reached(desk))]
    last_used = Option(key=LAST_USED, label=texts.LAST_USED)
    return Choose(text=texts.question(_standing(desk)), options=(*options, last_used))


def answer(_step: Step, _draft: Draft, said: Said, desk: Desk) -> Next[Step, Draft, Desk] | Retry | Done[Desk]:
    match said:
        case Tap(key=key) if key == LAST_USED:
            return _agreed("")
        case Tap(key=key) if key in _reached(desk):
            return _agreed(key)
        case _:
            return Retry(texts.PICK)


def _agreed(channel: str) -> Done[Desk]:
    def choose(desk: Desk) -> None:
        desk.prefer_channel(channel)

    def farewell(desk: Desk) -> Outgoing:
        chosen = name(channel) if channel else ""
        return Say(text=texts.agreed(chosen, [one for one in _names(desk) if one != chosen]))

    return Done(farewell, choose)


def _standing(desk: Desk) -> str:
    reached = _reached(desk)
    lost = [name(line.channel) for line in desk.lines if not line.is_reachable]
    chosen = desk.preferred_channel if desk.preferred_channel in reached else ""
    return texts.present(sorted(_names(desk)), name(chosen) if chosen else "", name(reached[0]), lost)


def _reached(desk: Desk) -> list[str]:
    """The channels on which the person can be written to, the one they last wrote on first."""
    return [line.channel for line in desk.lines if line.is_reachable]


def _names(desk: Desk) -> list[str]:
    return [name(line.channel) for line in desk.lines]


CHANNEL_CHOICE = Dialogue(
    "channel_choice", Step, Draft, ask, answer, restart=texts.RESTART, cancelled=texts.CANCELLED, can_wait=False
)
