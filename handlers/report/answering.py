"""What an answer leads to at each step of the report conversation."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from domain.numbers import Ask, NoReport, Value, read_number, read_several
from domain.openings import Closing, Item, is_provisional
from handlers.dialogue import Begin, Done, Next, Retry, Said, Tap, in_place
from handlers.follow_ups import after_sending
from handlers.messages import Contact, Document, Edited, MediaFailed, Outgoing, Photo, Say, Text
from handlers.replaced_figures import submit_and_tell
from handlers.report import hats, proofs
from handlers.report.doubting import read_note
from handlers.report.handed_over import not_theirs, nothing_left
from handlers.report.reading import (
    Entry,
    Pending,
    as_pending,
    entry_of,
    figure_of,
    is_confirmed,
    is_unusual,
    number_context,
    read_figure,
    take,
    weighed,
)
from handlers.report.sitting import Draft, Sitting, Step, closing_of, sitting_of, step_at
from handlers.texts import doubts, general, locks
from handlers.texts import report as texts
from handlers.texts.evidence import still_lacking
from handlers.texts.formats import clock, fitted
from handlers.texts.report_for import type_for
from handlers.words import a_reason, list_number
from storage.desk import Desk
from storage.reports import NewReport

Reply = Next[Step, Draft, Desk] | Retry | Done[Desk]

_NOTES_ROOM = 500
"""Characters for what was read of several values at once."""
_AT_THE_END = (Step.REVIEW, Step.REASON, Step.WHICH, Step.PROOF)
"""The steps at which no indicator is asked."""


def answer(step: Step, draft: Draft, said: Said, desk: Desk) -> Reply:
    """What a message leads to at an open question."""
    sitting = sitting_of(draft, desk)
    if sitting is None:
        return Done(lambda after: Say(text=nothing_left(draft, after)))
    match said:
        case _ if hats.is_open(step, sitting):
            return hats.answer(sitting, said, desk)
        case Edited():
            return _edited(step, sitting, said)
        case Photo() | Document() | Text() if proofs.is_evidence(step, said) and not _is_closed(step, sitting):
            return proofs.received(step, sitting, said, desk)
        case MediaFailed():
            return proofs.failed(step, sitting, said, desk)
        case Contact():
            return Retry(general.CONTACT_NOT_NEEDED)
        case _ if sitting.locked:
            return _answer_locked(step, sitting, said, desk)
        case _:
            return _answer_step(step, sitting, said, desk)


def _is_closed(step: Step, sitting: Sitting) -> bool:
    return sitting.locked and step in _AT_THE_END


def _answer_locked(step: Step, sitting: Sitting, said: Said, desk: Desk) -> Reply:
    """Nothing is sent, and nothing that was typed is lost: an answer to the question before the lock is kept."""
    if step in _AT_THE_END:
        return Retry(locks.STILL_LOCKED)
    match _answer_step(step, sitting, said, desk):
        case Next() as reply:
            following = reply.step if reply.step is Step.DOUBT else Step.REVIEW
            return Next(following, reply.draft, reply.note, reply.command, instead=reply.instead)
        case Retry():
            return Next(Step.REVIEW, sitting.draft, locks.STILL_LOCKED)
        case Done() as done:
            return done


def _answer_step(step: Step, sitting: Sitting, said: Said, desk: Desk) -> Reply:
    match step:
        case Step.HAT | Step.MODE if step_at(sitting) is Step.MODE:
            return _answer_mode(sitting, said)
        case Step.HAT | Step.MODE | Step.VALUE:
            return _answer_value(sitting, said, desk)
        case Step.DOUBT:
            return _answer_doubt(sitting, said, desk)
        case Step.NOTE:
            return _answer_note(sitting, said)
        case Step.REVIEW:
            return _answer_review(sitting, said, desk)
        case Step.REASON:
            return _answer_reason(sitting, said, desk)
        case Step.WHICH:
            return proofs.answer_which(sitting, said, desk)
        case Step.PROOF:
            return proofs.answer_proof(sitting, said, desk)


# --- one indicator ------------------------------------------------------------------------------------------------


def _answer_mode(sitting: Sitting, said: Said) -> Reply:
    duty = sitting.item.duty
    match said:
        case Tap(key="right"):
            return Next(Step.VALUE, sitting.draft, command=lambda desk: desk.confirm_mode(duty), instead=True)
        case Tap(key="wrong"):
            return _mode_denied(sitting)
        case _:
            return Retry(texts.RIGHT_OR_WRONG)


def _mode_denied(sitting: Sitting) -> Reply:
    """The admin is asked; the sitting goes on without the indicator."""
    duty, draft = sitting.item.duty, sitting.draft
    question = texts.mode_denied(duty)

    def ask_admin(desk: Desk) -> None:
        desk.doubt_mode(duty, question)

    rest = tuple(item for item in sitting.items if item.duty.id != duty.id)
    if not rest:
        return Done(lambda _desk: Say(text=texts.ASKED_ADMIN), ask_admin)
    without = draft.model_copy(update={"order": tuple(item.duty.id for item in rest)})
    if draft.at >= len(rest):
        at_end = without.model_copy(update={"at": len(rest) - 1})
        return Next(Step.REVIEW, at_end, texts.ASKED_ADMIN, ask_admin, instead=True)
    following = step_at(Sitting(without, sitting.closing, rest))
    return Next(following, without, texts.ASKED_ADMIN, ask_admin, instead=True)


def _answer_value(sitting: Sitting, said: Said, desk: Desk) -> Reply:
    match said:
        case Text(body=body):
            return _worded(sitting, body, desk.message_id)
        case Tap(key="zero"):
            return _worded(sitting, texts.ZERO, desk.message_id)
        case Tap(key="same"):
            return _same_as_before(sitting, desk)
        case Tap(key="keep"):
            return _as_returned(sitting, desk)
        case Tap(key="skip"):
            return _onward(sitting, "")
        case _:
            return Retry(texts.NUMBER_PLEASE)


def _worded(sitting: Sitting, body: str, message_id: str) -> Reply:
    """One value, or several at once, as a message gives them."""
    several, item = read_several(body), sitting.item
    if several is not None:
        return _several(sitting, several, message_id)
    return _read(sitting, read_figure(body, item.duty, item.period, message_id))


def _read(sitting: Sitting, reading: Entry | Pending | str) -> Reply:
    match reading:
        case Entry() as entry:
            return _filled(sitting, entry)
        case Pending() as doubtful:
            return Next(Step.DOUBT, sitting.with_draft(pending=doubtful).draft)
        case hint:
            return Retry(hint)


def _same_as_before(sitting: Sitting, desk: Desk) -> Reply:
    item = sitting.item
    before = texts.previous_figure(item.duty, item.period)
    value = before.realisation_to_date if before else None
    if value is None:
        return Retry(texts.NUMBER_PLEASE)
    return _read(sitting, weighed(Entry(value=value, message_id=desk.message_id), item.duty, item.period))


def _as_returned(sitting: Sitting, desk: Desk) -> Reply:
    """The figure that was returned is sent again, with what supports it."""
    kept = sitting.item.returned
    if kept is None:
        return Retry(texts.NUMBER_PLEASE)
    entry = Entry(value=kept.value, numerator=kept.numerator, denominator=kept.denominator, message_id=desk.message_id)
    return _filled(sitting, entry)


def _answer_doubt(sitting: Sitting, said: Said, desk: Desk) -> Reply:
    pending = sitting.draft.pending
    settled = sitting.with_draft(pending=None)
    if pending is None:
        return _answer_value(settled, said, desk)
    match said:
        case Tap(key="retype"):
            return Next(Step.VALUE, settled.draft, instead=True)
        case Tap(key="not_yet"):
            return in_place(_filled(settled, Entry(value=None, message_id=pending.message_id)))
        case Tap(key=key) if key.startswith("take"):
            return in_place(_chosen(settled, pending, int(key.removeprefix("take"))))
        case Text(body=body) if is_confirmed(pending, body):
            return in_place(_chosen(settled, pending, 0))
        case Text(body=body) if read_several(body) is not None:
            return in_place(_answer_value(sitting, said, desk))
        case Text():
            return in_place(_answer_value(settled, said, desk))
        case _:
            return Retry(texts.PICK_OR_TYPE)


def _chosen(sitting: Sitting, pending: Pending, index: int) -> Reply:
    """The reading that was chosen; whoever checks an unusual one may be told something about it."""
    item = sitting.item
    match take(pending, index, item.duty, item.period):
        case Entry() as entry if is_unusual(entry):
            filled = sitting.with_draft(entries={**sitting.draft.entries, item.duty.id: entry})
            return Next(Step.NOTE, filled.draft, _note(filled, item, entry))
        case reading:
            return _read(sitting, reading)


def _answer_note(sitting: Sitting, said: Said) -> Reply:
    item, note = sitting.item, read_note(said)
    entry = sitting.entry(item)
    if note is None:
        return Retry(doubts.NOTE_IN_WORDS)
    if entry is None or not note:
        return in_place(_onward(sitting, ""))
    noted = entry.model_copy(update={"note": note})
    filled = sitting.with_draft(entries={**sitting.draft.entries, item.duty.id: noted})
    return in_place(_onward(filled, doubts.NOTED))


# --- from one indicator to the next -----------------------------------------------------------------------------------


def _filled(sitting: Sitting, entry: Entry) -> Reply:
    item = sitting.item
    filled = sitting.with_draft(entries={**sitting.draft.entries, item.duty.id: entry})
    return _onward(filled, _note(filled, item, entry))


def _note(sitting: Sitting, item: Item, entry: Entry) -> str:
    """What was understood, read back before anything is sent."""
    if entry.value is None:
        return texts.not_yet_noted(item.duty, late=sitting.is_late(item))
    return texts.read_back(item.duty, item.period, entry.value, figure_of(item.duty, item.period, entry.value))


def _onward(sitting: Sitting, note: str) -> Reply:
    """What is still doubtful; then the next indicator that is still empty, or the review page after the last one and
    after a change."""
    draft = sitting.draft
    if draft.queue:
        return _to_next_doubt(sitting, note)
    if draft.revisiting:
        return _to_review(sitting.with_draft(listed_at=None), note)
    if draft.listed_at is not None:
        return _to_next_empty(sitting.with_draft(listed_at=None), min(draft.listed_at, len(sitting.items)), note)
    return _to_next_empty(sitting, draft.at + 1, note)


def _to_next_doubt(sitting: Sitting, note: str) -> Reply:
    pending, *queue = sitting.draft.queue
    left = sitting.with_draft(queue=tuple(queue))
    places = [at for at, item in enumerate(sitting.items) if item.duty.id == pending.indicator]
    if not places:  # it is no longer reported here
        return _onward(left, note)
    return Next(Step.DOUBT, left.with_draft(at=places[0], pending=pending).draft, note)


def _to_next_empty(sitting: Sitting, since: int, note: str) -> Reply:
    for at in range(since, len(sitting.items)):
        item = sitting.items[at]
        if sitting.entry(item) is None and not item.reported:
            following = sitting.with_draft(at=at)
            return Next(step_at(following), following.draft, note)
    return _to_review(sitting, note)


def _to_review(sitting: Sitting, note: str) -> Reply:
    return Next(Step.REVIEW, sitting.with_draft(revisiting=False).draft, note)


# --- several at once, and changed messages ------------------------------------------------------------------------


def _several(sitting: Sitting, typed: tuple[tuple[int, str], ...], message_id: str) -> Reply:
    """ "1. 12 dok 2. nihil 3. 75%": each is read for the indicator with that number; the doubts are asked one after the
    other."""
    if any(position > len(sitting.items) for position, _body in typed):
        return Retry(texts.not_in_list(len(sitting.items)))
    notes: list[str] = []
    entries = dict(sitting.draft.entries)
    doubtful: list[Pending] = []
    for position, body in typed:
        item = sitting.items[position - 1]
        match read_number(body, number_context(item.duty, item.period)):
            case Ask() as asked:
                doubtful.append(as_pending(asked, body, item.duty, message_id))
                continue
            case Value() as value:
                entry = entry_of(value, message_id)
            case NoReport():
                entry = Entry(value=None, message_id=message_id)
        entries[item.duty.id] = entry
        notes.append(f"{position} {_note(sitting, item, entry)}")
    answered = {sitting.items[position - 1].duty.id for position, _body in typed}
    queue = (*doubtful, *(one for one in _doubtful_before(sitting) if one.indicator not in answered))
    listed_at = sitting.draft.at if sitting.draft.listed_at is None else sitting.draft.listed_at
    filled = sitting.with_draft(entries=entries, queue=queue, pending=None, listed_at=listed_at)
    return _onward(filled, fitted(notes, _NOTES_ROOM))


def _doubtful_before(sitting: Sitting) -> tuple[Pending, ...]:
    """What was being asked about, and what was to be asked about after it."""
    pending = sitting.draft.pending
    return sitting.draft.queue if pending is None else (pending, *sitting.draft.queue)


def _edited(step: Step, sitting: Sitting, said: Edited) -> Reply:
    """An earlier message was changed: the value it gave follows, if it still stands in this sitting."""
    pending = sitting.draft.pending
    if step is Step.DOUBT and pending is not None and pending.message_id == said.of:
        others = tuple(one for one in sitting.draft.queue if one.message_id != said.of)
        again = sitting.with_draft(pending=None, queue=others)
        return in_place(_worded(again, said.body, said.of))
    given = [item for item in sitting.items if (entry := sitting.entry(item)) and entry.message_id == said.of]
    if len(given) != 1:
        return Retry(general.EDIT_WHILE_ASKED)
    return _edited_figure(step, sitting, given[0], said)


def _edited_figure(step: Step, sitting: Sitting, item: Item, said: Edited) -> Reply:
    """The figure of one indicator follows at once, or once it is clear; where it is unreadable it stays."""
    old = sitting.draft.entries[item.duty.id]
    match read_figure(said.body, item.duty, item.period, said.of):
        case Entry() as entry:
            changed = sitting.with_draft(entries={**sitting.draft.entries, item.duty.id: entry})
            note = texts.changed_in_chat(item.duty, old.value, entry.value)
            return Next(step, changed.draft, note, instead=True)
        case Pending() as doubtful:
            place = sitting.items.index(item)
            waiting = _doubtful_before(sitting)
            asked = sitting.with_draft(at=place, pending=doubtful, queue=waiting, listed_at=_here(step, sitting))
            return Next(Step.DOUBT, asked.draft)
        case _:
            return Retry(general.EDIT_WHILE_ASKED)


def _here(step: Step, sitting: Sitting) -> int:
    """The place to go on from once a figure of earlier is settled."""
    return len(sitting.items) if step in _AT_THE_END else sitting.draft.at


# --- the review page and sending ----------------------------------------------------------------------------------


def _answer_review(sitting: Sitting, said: Said, desk: Desk) -> Reply:
    match said:
        case Tap(key="send") if sitting.needs_reason(desk):
            return Next(Step.REASON, sitting.draft)
        case Tap(key="send"):
            return _send(sitting, desk, "")
        case Tap(key="close"):
            return Done(lambda _desk: Say(text=texts.NOTHING_TO_SEND))
        case Tap(key="add"):
            return proofs.add_what_lacks(sitting, desk)
        case Text(body=body) if (several := read_several(body)) is not None:
            return _several(sitting.with_draft(revisiting=True), several, desk.message_id)
        case Text(body=body) if (position := list_number(body)) is not None:
            if not 1 <= position <= len(sitting.items):
                return Retry(texts.not_in_list(len(sitting.items)))
            return Next(Step.VALUE, sitting.with_draft(at=position - 1, revisiting=True).draft)
        case _:
            return Retry(texts.PICK_A_NUMBER)


def _answer_reason(sitting: Sitting, said: Said, desk: Desk) -> Reply:
    match said:
        case Text(body=body) if (reason := a_reason(body)) is not None:
            return _send(sitting, desk, reason)
        case _:
            return Retry(texts.REASON_IN_WORDS)


def _send(sitting: Sitting, desk: Desk, reason: str) -> Reply:
    unsent, overwritten = sitting.unsent(), sitting.overwritten()
    evidence = proofs.to_keep(sitting)
    if not unsent and not evidence:
        return Done(lambda _desk: Say(text=texts.NOTHING_TO_SEND))
    reports = tuple(
        _new_report(item, entry, desk.today, reason if item.duty.id in overwritten else "") for item, entry in unsent
    )
    command, late = submit_and_tell(reports, evidence), sitting.days_late(desk)
    if sitting.held_back:
        note = texts.sent(len(reports), len(evidence), desk.today, _clock(desk), late, None)
        return Next(Step.REVIEW, _only_held_back(sitting), note, command, instead=True)
    lacking = [sitting.items[at].duty.name for at in proofs.without_enough(sitting, desk)]
    return Done(lambda after: _farewell(after, reports, len(evidence), late, sitting, lacking), command)


def _only_held_back(sitting: Sitting) -> Draft:
    """What is left of a sitting of which a part was locked before it was sent."""
    held = sitting.held_back
    kept = tuple(proof for proof in sitting.draft.proofs if proof.indicator in held)
    return Draft(end=sitting.draft.end, order=tuple(held), entries=held, proofs=kept)


def _new_report(item: Item, entry: Entry, today: date, reason: str) -> NewReport:
    if entry.value is None:
        raise ValueError(f"nothing was filled in for indicator {item.duty.id}")
    return NewReport(
        item.duty.id,
        item.period,
        entry.value,
        entry.numerator,
        entry.denominator,
        note=entry.note,
        reason=reason,
        confirmed_doubt=entry.doubt,
        provisional=is_provisional(item.period, today),
        message_id=entry.message_id,
    )


def _farewell(
    desk: Desk, reports: Sequence[NewReport], pieces: int, late: int | None, sitting: Sitting, lacking: Sequence[str]
) -> Outgoing | Begin[Any, Any, Any]:
    """What arrived; where a figure is low or high, why is asked last and holds nothing back."""
    closing = closing_of(sitting.draft.end, desk)
    text = texts.sent(len(reports), pieces, desk.today, _clock(desk), late, closing, _again(desk, closing))
    lack = (still_lacking(lacking),) if lacking else ()
    sent = [(report.indicator_id, report.period) for report in reports]
    told = "\n".join((text, *lack, *not_theirs(sitting.draft, desk)))
    return Say(text=told) if desk.behalf is not None else after_sending(told, sent, desk)


def _again(desk: Desk, closing: Closing | None) -> str:
    """How to go on with a sitting for somebody else's post; empty for one's own."""
    if desk.behalf is None or closing is None:
        return ""
    return type_for(desk.organisation.posts[desk.behalf.post_id].title, closing)


def _clock(desk: Desk) -> str:
    return clock(desk.local_now, desk.office.zone)
