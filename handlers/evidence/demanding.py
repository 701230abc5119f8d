""" "bukti atur": the admin says what evidence an indicator demands, one tap each."""

import re
from collections.abc import Sequence
from enum import StrEnum
from functools import partial

from pydantic import BaseModel, ConfigDict

from domain.evidence import COUNTS, Demand
from domain.openings import Duty
from handlers.by_name import find_indicators
from handlers.dialogue import BACK, Begin, Dialogue, Done, Next, Question, Retry, Said, Tap
from handlers.messages import Choose, Contact, Edited, MediaFailed, Option, Outgoing, Say, Text
from handlers.texts import evidence as texts
from handlers.texts import general
from handlers.texts.formats import indicator
from storage.desk import Desk

_PAGE = 10
"""Indicators that are listed at once."""
_OFFERED = ("1 foto", "1 dokumen", "1 berkas", "1 bukti", texts.OPTIONAL)
"""What one tap sets; anything else is typed."""
_DEMAND = re.compile(rf"(\d{{1,3}}) ?({'|'.join(texts.DEMANDS.values())})")


class Step(StrEnum):
    """INDICATOR: which one? DEMAND: what evidence does it want?"""

    INDICATOR = "indicator"
    DEMAND = "demand"


class Draft(BaseModel):
    """`chosen` are the indicators that are set; `page` is the one of the list that is shown."""

    model_config = ConfigDict(frozen=True)
    chosen: tuple[int, ...] = ()
    page: int = 0


Reply = Next[Step, Draft, Desk] | Retry | Done[Desk]


def start(desk: Desk) -> Begin[Step, Draft, Desk] | Outgoing:
    """Begin with the list; only for the admin."""
    if not desk.is_admin:
        return Say(text=texts.ADMIN_ONLY)
    return Begin(DEMAND, Step.INDICATOR, Draft(), anew=True)


def ask(step: Step, draft: Draft, desk: Desk) -> Question:
    chosen = _chosen(draft, desk)
    if step is Step.INDICATOR or not chosen:
        return _ask_indicator(draft, desk)
    options = [Option(key=f"d{at}", label=label) for at, label in enumerate(_OFFERED)]
    options.append(Option(key=BACK, label=texts.BACK))
    now = texts.demand(chosen[0].demand) if len(chosen) == 1 else ""
    return Choose(text=texts.set_question(_name(chosen), now), options=tuple(options), by_number=False)


def _ask_indicator(draft: Draft, desk: Desk) -> Question:
    duties = desk.office_duties
    first = draft.page * _PAGE
    lines = [
        texts.to_set_line(number, duty.name, duty.demand)
        for number, duty in enumerate(duties[first : first + _PAGE], start=first + 1)
    ]
    options = [Option(key="close", label=texts.FINISHED)]
    if len(duties) > _PAGE:
        options.insert(0, Option(key="more", label=texts.MORE))
    return Choose(title=texts.DEMAND_TITLE, text=texts.to_set(lines), options=tuple(options), by_number=False)


def _chosen(draft: Draft, desk: Desk) -> list[Duty]:
    return [duty for duty in desk.office_duties if duty.id in draft.chosen]


def _name(chosen: Sequence[Duty]) -> str:
    return indicator(chosen[0].name, 60) if len(chosen) == 1 else texts.every_indicator(len(chosen))


def answer(step: Step, draft: Draft, said: Said, desk: Desk) -> Reply:
    if not desk.is_admin:
        return Done(lambda _desk: Say(text=texts.ADMIN_ONLY))
    match said:
        case MediaFailed() | Contact() | Edited():
            return Retry(general.no_answer(said))
        case _ if step is Step.DEMAND and (chosen := _chosen(draft, desk)):
            return _answer_demand(draft, said, chosen)
        case _:
            return _answer_indicator(draft, said, desk)


def _answer_indicator(draft: Draft, said: Said, desk: Desk) -> Reply:
    match said:
        case Tap(key="close"):
            return Done(lambda _desk: Say(text=texts.DEMAND_CLOSED))
        case Tap(key="more"):
            pages = -(-len(desk.office_duties) // _PAGE)
            return Next(Step.INDICATOR, Draft(page=(draft.page + 1) % pages), instead=True)
        case Text(body=body):
            meant = _meant(body, desk.office_duties)
            is_every = " ".join(body.casefold().split()) == texts.EVERY
            if not meant:
                return Retry(texts.NO_SUCH)
            if len(meant) > 1 and not is_every:
                return Retry(texts.several([duty.name for duty in meant], _numbers(meant, desk.office_duties)))
            return Next(Step.DEMAND, Draft(chosen=tuple(duty.id for duty in meant), page=draft.page))
        case _:
            return Retry(texts.NO_SUCH)


def _numbers(meant: Sequence[Duty], duties: Sequence[Duty]) -> list[int]:
    return [duties.index(duty) + 1 for duty in meant]


def _meant(body: str, duties: Sequence[Duty]) -> Sequence[Duty]:
    """The indicators of a number of the list, of some words of a name, or all of them."""
    typed = " ".join(body.casefold().split()).strip(" .")
    if typed == texts.EVERY:
        return duties
    if typed.isdecimal():
        return duties[int(typed) - 1 : int(typed)] if len(typed) <= 3 and int(typed) else ()
    return find_indicators(typed, duties)


def _answer_demand(draft: Draft, said: Said, chosen: Sequence[Duty]) -> Reply:
    match said:
        case Tap(key=key):
            wanted = read_demand(_OFFERED[int(key.removeprefix("d"))])
        case Text(body=body):
            wanted = read_demand(body)
        case _:
            wanted = None
    if wanted is None:
        return Retry(texts.HOW_TO_SET)
    set_all = partial(_set, tuple(duty.id for duty in chosen), wanted)
    note = texts.demand_set(_name(chosen), wanted)
    return Next(Step.INDICATOR, Draft(page=draft.page), note, set_all, instead=True)


def _set(indicator_ids: tuple[int, ...], wanted: Demand, desk: Desk) -> None:
    desk.evidence.demand(indicator_ids, wanted)


def read_demand(words: str) -> Demand | None:
    """`1 foto`, `2 dokumen`, `3 bukti`, `tidak wajib`; None for what says nothing of it."""
    typed = " ".join(words.casefold().split()).strip(" .")
    if typed == texts.OPTIONAL.casefold():
        return Demand()
    found = _DEMAND.fullmatch(typed)
    if found is None or int(found[1]) not in COUNTS:
        return None
    kind = next(kind for kind, word in texts.DEMANDS.items() if word == found[2])
    return Demand(kind, int(found[1]))


DEMAND = Dialogue(
    "evidence_demand",
    Step,
    Draft,
    ask,
    answer,
    restart=texts.TYPE_DEMAND,
    cancelled=texts.DEMAND_CLOSED,
    can_wait=False,
)
