"""What an answer leads to at each step of "realisasi awal"."""

from collections.abc import Callable, Sequence
from typing import Any

from handlers import report
from handlers.dialogue import Begin, Done, Next, Retry, Said, Tap, in_place
from handlers.messages import Choose, Contact, Edited, MediaFailed, Outgoing, Say, Text
from handlers.opening_positions.sitting import Draft, Place, Sitting, Step, sitting_of
from handlers.replaced_figures import tell_checkers, verified_among
from handlers.report.reading import Entry, Pending, figure_of, is_confirmed, read_figure, take
from handlers.texts import general
from handlers.texts import opening_positions as texts
from handlers.texts import report as report_texts
from handlers.words import a_reason, list_number, plain_words
from storage.desk import Desk
from storage.reports import NewReport

Reply = Next[Step, Draft, Desk] | Retry | Done[Desk]

_SOURCE_LETTERS = 3
_SOURCE_LENGTH = 60


def answer(step: Step, draft: Draft, said: Said, desk: Desk) -> Reply:
    """What a message leads to at an open question."""
    sitting = sitting_of(draft, desk)
    if sitting is None:
        return Done(lambda _desk: Say(text=texts.GONE))
    match said:
        case MediaFailed() | Contact() | Edited():
            return Retry(general.no_answer(said))
        case Tap(key="close"):
            return Done(lambda _desk: Say(text=texts.goes_on(texts.NOTHING_TO_SEND)))
        case Tap(key="not_now"):
            return _put_off(sitting)
        case _:
            return _answer_step(step, sitting, said, desk)


def _answer_step(step: Step, sitting: Sitting, said: Said, desk: Desk) -> Reply:
    match step:
        case Step.VALUE:
            return _answer_value(sitting, said, desk)
        case Step.DOUBT:
            return _answer_doubt(sitting, said, desk)
        case Step.SOURCE:
            return _answer_source(sitting, said)
        case Step.REVIEW:
            return _answer_review(sitting, said)
        case Step.REASON:
            return _answer_reason(sitting, said)


# --- one position -----------------------------------------------------------------------------------------------------


def _answer_value(sitting: Sitting, said: Said, desk: Desk) -> Reply:
    match said:
        case Text(body=body):
            return _read(sitting, body, desk)
        case Tap(key="zero"):
            return _read(sitting, report_texts.ZERO, desk)
        case Tap(key="skip"):
            return _onward(sitting, "")
        case _:
            return Retry(report_texts.NUMBER_PLEASE)


def _read(sitting: Sitting, body: str, desk: Desk) -> Reply:
    place = sitting.place
    return _taken(sitting, read_figure(body, place.asked, place.which, desk.message_id))


def _taken(sitting: Sitting, reading: Entry | Pending | str) -> Reply:
    match reading:
        case Entry(value=None):
            return Retry(texts.NOT_YET)
        case Entry() as entry:
            return _filled(sitting, entry)
        case Pending() as doubtful:
            return Next(Step.DOUBT, sitting.with_draft(pending=doubtful).draft)
        case hint:
            return Retry(hint)


def _answer_doubt(sitting: Sitting, said: Said, desk: Desk) -> Reply:
    pending = sitting.draft.pending
    settled = sitting.with_draft(pending=None)
    if pending is None:
        return _answer_value(settled, said, desk)
    match said:
        case Tap(key="retype"):
            return Next(Step.VALUE, settled.draft, instead=True)
        case Tap(key="not_yet"):
            return in_place(_onward(settled, ""))
        case Tap(key=key) if key.startswith("take"):
            return in_place(_chosen(settled, pending, int(key.removeprefix("take"))))
        case Text(body=body) if is_confirmed(pending, body):
            return in_place(_chosen(settled, pending, 0))
        case Text():
            return in_place(_answer_value(settled, said, desk))
        case _:
            return Retry(report_texts.PICK_OR_TYPE)


def _chosen(sitting: Sitting, pending: Pending, index: int) -> Reply:
    place = sitting.place
    return _taken(sitting, take(pending, index, place.asked, place.which))


def _filled(sitting: Sitting, entry: Entry) -> Reply:
    place = sitting.place
    value = entry.value
    filled = sitting.with_draft(entries={**sitting.draft.entries, place.duty.id: entry})
    if value is None:
        return _onward(filled, "")
    note = report_texts.read_back(place.asked, place.which, value, figure_of(place.asked, place.which, value))
    return _onward(filled, note)


def _onward(sitting: Sitting, note: str) -> Reply:
    """The next indicator that is still empty; after the last one, and after a change, from what it was taken."""
    if not sitting.draft.revisiting:
        for at in range(sitting.draft.at + 1, len(sitting.places)):
            place = sitting.places[at]
            if sitting.entry(place) is None and place.which != place.duty.measure.opening:
                return Next(Step.VALUE, sitting.with_draft(at=at).draft, note)
    ended = sitting.with_draft(revisiting=False)
    if ended.unsent() and not ended.draft.source:
        return Next(Step.SOURCE, ended.draft, note)
    if not ended.unsent() and ended.draft.then is not None:
        return _put_off(ended)
    return Next(Step.REVIEW, ended.draft, note)


def _answer_source(sitting: Sitting, said: Said) -> Reply:
    match said:
        case Tap(key="report"):
            source = texts.proposed_source(max(place.which for place in sitting.places)).replace("Lap", "lap", 1)
        case Tap(key="register"):
            source = texts.REGISTER.lower()
        case Text(body=body) if (typed := plain_words(body, _SOURCE_LETTERS, _SOURCE_LENGTH)) is not None:
            source = typed
        case _:
            return Retry(texts.SOURCE_IN_WORDS)
    return Next(Step.REVIEW, sitting.with_draft(source=source).draft)


# --- the review page and sending --------------------------------------------------------------------------------------


def _answer_review(sitting: Sitting, said: Said) -> Reply:
    match said:
        case Tap(key="send") if sitting.needs_reason:
            return Next(Step.REASON, sitting.draft)
        case Tap(key="send"):
            return _send(sitting, "")
        case Text(body=body) if (position := list_number(body)) is not None:
            if not 1 <= position <= len(sitting.places):
                return Retry(report_texts.not_in_list(len(sitting.places)))
            return Next(Step.VALUE, sitting.with_draft(at=position - 1, revisiting=True).draft)
        case _:
            return Retry(texts.PICK_A_NUMBER)


def _answer_reason(sitting: Sitting, said: Said) -> Reply:
    match said:
        case Text(body=body) if (reason := a_reason(body)) is not None:
            return _send(sitting, reason)
        case _:
            return Retry(texts.REASON_IN_WORDS)


def _send(sitting: Sitting, reason: str) -> Reply:
    unsent, source = sitting.unsent(), sitting.draft.source
    reports = tuple(_new_report(place, entry, source, reason) for place, entry in unsent)

    def farewell(desk: Desk) -> Outgoing | Begin[Any, Any, Any]:
        note = texts.sent(len(reports), source, len(desk.beginnings.unknown))
        return _going_on(sitting.draft, note)(desk)

    return Done(farewell, _saving(reports))


def _new_report(place: Place, entry: Entry, source: str, reason: str) -> NewReport:
    if entry.value is None:
        raise ValueError(f"nothing was filled in for indicator {place.duty.id}")
    return NewReport(
        place.duty.id,
        place.which,
        entry.value,
        reason=reason if place.is_verified else "",
        confirmed_doubt=entry.doubt,
        message_id=entry.message_id,
        basis=source,
        to_date=True,
    )


def _saving(reports: Sequence[NewReport]) -> Callable[[Desk], None]:
    """Record the positions; whoever verified what they replace is told."""

    def carry_out(desk: Desk) -> None:
        replaced = verified_among(reports, desk)
        desk.beginnings.tell(reports)
        tell_checkers(replaced, desk)

    return carry_out


def _put_off(sitting: Sitting) -> Reply:
    return Done(_going_on(sitting.draft, texts.put_off()))


def _going_on(draft: Draft, note: str) -> Callable[[Desk], Outgoing | Begin[Any, Any, Any]]:
    """On to the report for which the person came, else what can be done now."""

    def farewell(desk: Desk) -> Outgoing | Begin[Any, Any, Any]:
        if draft.then is None:
            return Say(text=texts.goes_on(note))
        following = report.start(desk, draft.then)
        if isinstance(following, Begin):
            return Begin(
                following.dialogue, following.step, following.draft, following.subject, _joined(note, following)
            )
        if isinstance(following, Say | Choose):
            return following.model_copy(update={"text": f"{note}\n\n{following.text}"})
        return following

    return farewell


def _joined(note: str, following: Begin[Any, Any, Any]) -> str:
    return f"{note}\n{following.note}" if following.note else note
