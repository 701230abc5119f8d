"""What an answer leads to at each step of a correction."""

from collections.abc import Sequence
from typing import Any

from domain.openings import is_provisional
from domain.periods import Period
from handlers.by_name import find_indicators
from handlers.correction.figures import (
    Figure,
    every_figure,
    figure_of_draft,
    is_locked,
    needs_reason,
    of_period,
    periods_of,
)
from handlers.correction.requests import ask_for, decline, find, waits
from handlers.correction.steps import Draft, Step
from handlers.dialogue import Begin, Done, Next, Retry, Said, Tap, in_place
from handlers.follow_ups import after_sending
from handlers.messages import Contact, Document, Edited, MediaFailed, Outgoing, Photo, Say, Text
from handlers.period_words import read_begun
from handlers.replaced_figures import names, tell_checkers, verified_among
from handlers.report.doubting import read_note
from handlers.report.reading import Entry, Pending, figure_of, is_confirmed, is_unusual, read_figure, take
from handlers.texts import correction as texts
from handlers.texts import doubts, general
from handlers.texts.report import PICK_OR_TYPE, read_back
from handlers.words import a_reason
from storage.desk import Desk
from storage.reports import NewReport

Reply = Next[Step, Draft, Desk] | Retry | Done[Desk]


def answer(step: Step, draft: Draft, said: Said, desk: Desk) -> Reply:
    match said:
        case Edited(of=of) if step is not Step.DECLINE and draft.message_id and of == draft.message_id:
            return _edited_again(draft, said, desk)
        case MediaFailed() | Contact() | Edited():
            return Retry(general.no_answer(said))
        case Photo() | Document():
            return Retry(general.FILE_NOT_EXPECTED)
        case Tap(key="close" | "keep"):
            return Done(lambda _desk: Say(text=texts.CANCELLED))
        case _:
            return _answer_step(step, draft, said, desk)


def _answer_step(step: Step, draft: Draft, said: Said, desk: Desk) -> Reply:
    match step:
        case Step.PERIOD:
            return _answer_period(said, desk)
        case Step.INDICATOR:
            return _answer_indicator(draft, said, desk)
        case Step.DECLINE:
            return _answer_decline(draft, said, desk)
        case _:
            figure = figure_of_draft(draft, desk)
            return _gone() if figure is None else _answer_about(step, draft, figure, said, desk)


def _gone() -> Reply:
    return Done(lambda _desk: Say(text=texts.GONE))


def _answer_about(step: Step, draft: Draft, figure: Figure, said: Said, desk: Desk) -> Reply:
    match step:
        case Step.DOUBT:
            return _answer_doubt(draft, figure, said, desk)
        case Step.NOTE:
            return _answer_note(draft, said)
        case Step.REASON:
            return _answer_reason(draft, said)
        case Step.REVIEW:
            return _send(draft, figure, desk) if said == Tap(key="send") else Retry(texts.TAP)
        case Step.CONFIRM:
            return _answer_confirm(draft, figure, said, desk)
        case _:
            return _answer_value(draft, figure, said, desk)


# --- which figure -----------------------------------------------------------------------------------------------------


def _answer_period(said: Said, desk: Desk) -> Reply:
    periods = periods_of(every_figure(desk))
    which = _named_period(said, desk)
    if not periods:
        return Done(lambda _desk: Say(text=texts.NOTHING))
    if which is None:
        return Retry(texts.PICK_PERIOD)
    figures = of_period(which, desk)
    if not figures:
        return Retry(texts.no_such_period(which))
    return _at(place_of(figures, desk))


def _named_period(said: Said, desk: Desk) -> Period | None:
    match said:
        case Tap(key=key):
            return Period.parse(key)
        case Text(body=body):
            words = " ".join(body.split())
            return read_begun(words.removeprefix("koreksi ").removeprefix("Koreksi "), desk.today)
        case _:
            return None


def place_of(figures: Sequence[Figure], desk: Desk) -> tuple[Step, Draft] | Outgoing:
    """Which of the figures of a period is meant; of one alone nothing is asked."""
    if len(figures) > 1:
        return Step.INDICATOR, Draft(period=figures[0].which.code)
    return value_of(figures[0], desk)


def value_of(figure: Figure, desk: Desk) -> tuple[Step, Draft] | Outgoing:
    """What the figure really is; of one whose correction is asked for already, that it is."""
    card = desk.corrections.of(figure.duty.id, figure.which)
    if card is not None:
        return waits(card, desk)
    return Step.VALUE, Draft(indicator=figure.duty.id, period=figure.which.code)


def _at(place: tuple[Step, Draft] | Outgoing) -> Reply:
    if isinstance(place, tuple):
        return Next(*place)
    return Done(lambda _desk: place)


def _answer_indicator(draft: Draft, said: Said, desk: Desk) -> Reply:
    figures = of_period(draft.which, desk)
    if not figures:
        return _gone()
    found = _picked(said, figures)
    return Retry(texts.PICK_INDICATOR) if found is None else _at(value_of(found, desk))


def _picked(said: Said, figures: list[Figure]) -> Figure | None:
    """The figure whose row was tapped, or whose number or name was typed."""
    match said:
        case Tap(key=key):
            at = int(key.removeprefix("n")) - 1
        case Text(body=body) if (typed := body.strip(" .)")).isdecimal() and len(typed) < 4:
            at = int(typed) - 1
        case Text(body=body):
            named = find_indicators(body, [one.duty for one in figures])
            at = next((at for at, one in enumerate(figures) if [one.duty] == list(named)), -1)
        case _:
            return None
    return figures[at] if 0 <= at < len(figures) else None


# --- the new figure ---------------------------------------------------------------------------------------------------


def _answer_value(draft: Draft, figure: Figure, said: Said, desk: Desk) -> Reply:
    match said:
        case Text(body=body):
            return _read(draft, figure, read_figure(body, figure.duty, figure.which, desk.message_id))
        case _:
            return Retry(PICK_OR_TYPE)


def _read(draft: Draft, figure: Figure, reading: Entry | Pending | str) -> Reply:
    match reading:
        case Entry(value=None):
            return Retry(texts.NOT_YET)
        case Entry(value=value) if value == figure.value:
            return Retry(texts.SAME)
        case Entry() as entry:
            return _to_next(draft.with_entry(entry), read_back_of(figure, draft.with_entry(entry)))
        case Pending() as pending:
            return Next(Step.DOUBT, draft.changed(pending=pending))
        case hint:
            return Retry(hint)


def read_back_of(figure: Figure, draft: Draft) -> str:
    """What was understood, with unit, basis and what follows."""
    value = figure.value if draft.value is None else draft.value
    return read_back(figure.duty, figure.which, value, figure_of(figure.duty, figure.which, value))


def _to_next(draft: Draft, note: str) -> Reply:
    """After the figure: why; an edited message is first asked about."""
    return Next(Step.CONFIRM, draft) if draft.edited else Next(Step.REASON, draft, note)


def _answer_doubt(draft: Draft, figure: Figure, said: Said, desk: Desk) -> Reply:
    pending, settled = draft.pending, draft.changed(pending=None)
    if pending is None:
        return _answer_value(settled, figure, said, desk)
    match said:
        case Tap(key="retype"):
            return Next(Step.VALUE, settled, instead=True)
        case Tap(key="not_yet"):
            return Retry(texts.NOT_YET)
        case Tap(key=key) if key.startswith("take"):
            return in_place(_chosen(settled, figure, pending, int(key.removeprefix("take"))))
        case Text(body=body) if is_confirmed(pending, body):
            return in_place(_chosen(settled, figure, pending, 0))
        case Text():
            return in_place(_answer_value(settled, figure, said, desk))
        case _:
            return Retry(PICK_OR_TYPE)


def _chosen(draft: Draft, figure: Figure, pending: Pending, index: int) -> Reply:
    """The reading that was chosen; about an unusual one something may be said to whoever checks it."""
    match take(pending, index, figure.duty, figure.which):
        case Entry() as entry if is_unusual(entry) and entry.value != figure.value:
            noted = draft.with_entry(entry)
            return Next(Step.NOTE, noted, read_back_of(figure, noted))
        case reading:
            return _read(draft, figure, reading)


def _answer_note(draft: Draft, said: Said) -> Reply:
    note = read_note(said)
    if note is None:
        return Retry(doubts.NOTE_IN_WORDS)
    return in_place(_to_next(draft.changed(note=note), doubts.NOTED if note else ""))


def _answer_reason(draft: Draft, said: Said) -> Reply:
    match said:
        case Tap(key=key):
            return Next(Step.REVIEW, draft.changed(reason=texts.REASONS[key]))
        case Text(body=body) if (reason := a_reason(body)) is not None:
            return Next(Step.REVIEW, draft.changed(reason=reason))
        case _:
            return Retry(texts.REASON_IN_WORDS)


# --- an edited message ------------------------------------------------------------------------------------------------


def _edited_again(draft: Draft, said: Edited, desk: Desk) -> Reply:
    """The message was edited once more before its figure was decided about."""
    figure = figure_of_draft(draft, desk)
    if figure is None:
        return _gone()
    reply = _read(draft, figure, read_figure(said.body, figure.duty, figure.which, said.of))
    return in_place(reply)


def _answer_confirm(draft: Draft, figure: Figure, said: Said, desk: Desk) -> Reply:
    match said:
        case Tap(key="change") if needs_reason(figure, desk):
            return Next(Step.REASON, draft)
        case Tap(key="change"):
            return _send(draft, figure, desk)
        case _:
            return Retry(texts.TAP)


# --- sending ----------------------------------------------------------------------------------------------------------


def _send(draft: Draft, figure: Figure, desk: Desk) -> Reply:
    """Record the correction, or ask for it where the period is locked by now."""
    if draft.value is None:
        return Next(Step.VALUE, draft)
    new = NewReport(
        figure.duty.id,
        figure.which,
        draft.value,
        draft.numerator,
        draft.denominator,
        note=draft.note,
        reason=draft.reason,
        confirmed_doubt=draft.doubt,
        provisional=is_provisional(figure.which, desk.today),
        message_id=draft.message_id,
    )
    if not is_locked(figure, desk):
        return Done(lambda after: _recorded(new, figure, after))
    if not draft.reason:
        return Next(Step.REASON, draft)
    return Done(lambda after: _asked(new, figure, after))


def _recorded(new: NewReport, figure: Figure, desk: Desk) -> Outgoing | Begin[Any, Any, Any]:
    replaced = verified_among((new,), desk)
    shown = read_back(figure.duty, figure.which, new.value, figure_of(figure.duty, figure.which, new.value))
    desk.submit((new,))
    told = names(tell_checkers(replaced, desk), desk)
    text = texts.done(figure.duty, figure.which, shown, texts.checkers_told(told))
    return after_sending(text, [(new.indicator_id, new.period)], desk)


def _asked(new: NewReport, figure: Figure, desk: Desk) -> Outgoing:
    card = desk.corrections.of(figure.duty.id, figure.which)
    if card is not None:  # somebody else who acts for the post was quicker
        return waits(card, desk)
    told, unreachable = ask_for(new, desk)
    return Say(text=texts.asked(figure.duty, figure.which, told, unreachable))


# --- declining a request ----------------------------------------------------------------------------------------------


def _answer_decline(draft: Draft, said: Said, desk: Desk) -> Reply:
    card = find(str(draft.request), desk)
    if card is None:
        return Done(lambda _desk: Say(text=texts.NO_REQUEST))
    match said:
        case Tap(key=key):
            reason = texts.DECLINE_REASONS[key]
        case Text(body=body) if (words := a_reason(body)) is not None:
            reason = words
        case _:
            return Retry(texts.REASON_IN_WORDS)
    return Done(lambda after: decline(card, reason, after))
