"""A follow-up is done: its owner says so in words, or with a photo or document that becomes evidence of its figure."""

import re
from collections.abc import Callable
from enum import StrEnum
from typing import Any

from pydantic import BaseModel, ConfigDict

from handlers.dialogue import CANCEL, Begin, Dialogue, Done, Next, Question, Retry, Said, Tap
from handlers.evidence.pieces import Intake, note_warning, pieces_of, take, to_warn, with_warning
from handlers.messages import Choose, Contact, Document, Edited, MediaFailed, Option, Outgoing, Photo, Say, Text
from handlers.texts import follow_ups as texts
from handlers.texts import general
from handlers.texts.evidence import about
from handlers.words import plain_words
from storage.desk import Desk
from storage.follow_ups import FollowUpCard

_IS_DONE = re.compile(r"(?:sudah|telah|selesai|beres|tuntas|rampung)\b", re.IGNORECASE)
_LETTERS, _LENGTH = 4, 300


class Step(StrEnum):
    """DONE: is it done?"""

    DONE = "done"


class Draft(BaseModel):
    """`follow_up` is the one that is asked about."""

    model_config = ConfigDict(frozen=True)
    follow_up: int


def begin(desk: Desk, follow_up_id: int) -> Begin[Step, Draft, Desk] | Outgoing:
    """Ask its owner whether it is done; others read it."""
    card = desk.follow_ups.get(follow_up_id)
    if card is None:
        return Say(text=texts.NO_SUCH)
    if card.done or not _is_own(card, desk):
        return Say(text=texts.told(_name(card, desk), card.period, card, desk.today))
    return Begin(END, Step.DONE, Draft(follow_up=card.id), anew=True)


def _is_own(card: FollowUpCard, desk: Desk) -> bool:
    return card.owner in desk.reported_ids


def _name(card: FollowUpCard, desk: Desk) -> str:
    return next((duty.name for duty in desk.office_duties if duty.id == card.indicator_id), "")


def _open(draft: Draft, desk: Desk) -> FollowUpCard | None:
    """The one that is asked about, while it is open and theirs."""
    card = desk.follow_ups.get(draft.follow_up)
    return card if card is not None and not card.done and _is_own(card, desk) else None


def ask(_step: Step, draft: Draft, desk: Desk) -> Question:
    card = _open(draft, desk)
    close = Option(key=CANCEL, label=texts.NOT_DONE)
    if card is None:
        return Choose(text=texts.NO_SUCH, options=(close,))
    options = (
        Option(key="done", label=texts.DONE),
        Option(key=f"!kendala:{card.indicator_id}:{card.period.code}", label=texts.CHANGE),
        close,
    )
    text = texts.one(_name(card, desk), card.period, card, desk.today)
    return Choose(text=text, options=options, by_number=False)


def answer(_step: Step, draft: Draft, said: Said, desk: Desk) -> Next[Step, Draft, Desk] | Retry | Done[Desk]:
    card = _open(draft, desk)
    if card is None:
        return Done(lambda _desk: Say(text=texts.NO_SUCH))
    match said:
        case Tap(key="done"):
            return _done(card, lambda after: after.follow_ups.end(card.id, texts.DONE_WORD), desk)
        case Text(body=body) if _IS_DONE.match(body.strip()) and (words := plain_words(body, _LETTERS, _LENGTH)):
            return _done(card, lambda after: after.follow_ups.end(card.id, words), desk)
        case Photo() | Document():
            return _with_file(card, said, desk)
        case MediaFailed() | Contact() | Edited():
            return Retry(general.no_answer(said))
        case _:
            return Retry(texts.CLOSE_HOW)


def _with_file(card: FollowUpCard, said: Photo | Document, desk: Desk) -> Retry | Done[Desk]:
    """The file becomes evidence of the figure, and what was written beside it the word."""
    pieces = pieces_of(said)
    duty = next(duty for duty in desk.duties if duty.id == card.indicator_id)
    taken, intake = take(pieces, duty, card.period, (), Intake(), desk)
    if to_warn(taken, desk):
        intake = with_warning(intake)
    note, warned = intake.note(about(duty.name)), note_warning(intake)
    if not taken:
        return Retry(note)
    word = plain_words(said.caption, _LETTERS, _LENGTH) if said.caption.strip() else None

    def carry_out(desk: Desk) -> None:
        added = desk.add_evidence([piece.for_figure(card.indicator_id, card.period) for piece in taken])
        desk.follow_ups.end(card.id, word or texts.DONE_WORD, added[0] if added else None)
        if warned:
            warned(desk)

    return _done(card, carry_out, desk, note)


def _done(card: FollowUpCard, command: Callable[[Desk], Any], desk: Desk, note: str = "") -> Done[Desk]:
    name = _name(card, desk)

    def farewell(after: Desk) -> Outgoing:
        own = after.reported_ids
        closed = texts.closed(name, sum(one.owner in own for one in after.follow_ups.open()))
        return Say(text=f"{note}\n{closed}" if note else closed)

    return Done(farewell, command)


END = Dialogue(
    "follow_up",
    Step,
    Draft,
    ask,
    answer,
    restart=texts.TYPE_OPEN,
    cancelled=texts.STILL_OPEN,
    can_wait=False,
)
"""Whether one follow-up is done."""
