"""The report conversation: value, value, value, a review page, "Kirim" (conversations.md).

One sitting is one closing: every indicator of the person's posts that is due on that day, then what may be fulfilled
late. Nothing is saved before the review page is confirmed.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Literal

from pydantic import BaseModel, ConfigDict

from domain.ledger import Figure, year_ledger
from domain.modes import Mode
from domain.numbers import Ask, Doubt, NoReport, NumberContext, Value, read_number, read_several
from domain.openings import Closing, Duty, Item, is_provisional, main_closing, other_closing
from domain.periods import Period
from handlers.commands import submit_all
from handlers.dialogue import BACK, LATER, Begin, Dialogue, Done, Next, Question, Retry, Said, Tap
from handlers.messages import Choose, Contact, Document, Edited, MediaFailed, Option, Outgoing, Photo, Say, Text
from handlers.period_words import read_end
from handlers.texts import general
from handlers.texts import report as texts
from handlers.texts.formats import amount, clock, fitted
from storage.desk import Desk
from storage.reports import NewEvidence, NewReport


class Step(StrEnum):
    """MODE: is the proposed way of counting right? VALUE: how many? DOUBT: which reading? REVIEW: send?"""

    MODE = "mode"
    VALUE = "value"
    DOUBT = "doubt"
    REVIEW = "review"


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True)


class Entry(_Frozen):
    """What was filled in for one indicator; `value` None is "belum". `doubt` was confirmed by the person."""

    value: Decimal | None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    doubt: str = ""
    message_id: str = ""


class Pending(_Frozen):
    """A value that is being asked about."""

    doubt: Doubt
    typed: str
    candidates: tuple[Decimal, ...]
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    message_id: str = ""


class Proof(_Frozen):
    """A picture or file sent for one indicator."""

    indicator: int
    ref: str
    kind: Literal["photo", "document"]
    size: int
    name: str = ""
    caption: str = ""


class Draft(_Frozen):
    """One sitting. `order` are the indicators in the order in which they are asked and numbered; `at` the one that is
    asked; `entries` what was filled in by indicator; `revisiting` says that the review page is where to go back to."""

    end: date
    order: tuple[int, ...]
    at: int = 0
    entries: dict[int, Entry] = {}
    pending: Pending | None = None
    proofs: tuple[Proof, ...] = ()
    revisiting: bool = False


Reply = Next[Step, Draft, Desk] | Retry | Done[Desk]

_ZERO = Option(key="zero", label=texts.ZERO)
_SKIP = Option(key="skip", label=texts.SKIP)
_BACK = Option(key=BACK, label=texts.BACK)


# --- starting -------------------------------------------------------------------------------------------------------


def start(desk: Desk, words: str = "") -> Begin[Step, Draft, Desk] | Outgoing:
    """Begin a sitting: the oldest missing period within its cut-off, else the running one, or the one that is named."""
    if not desk.held_posts:
        return Say(text=general.NO_POST)
    found = desk.closings
    if words:
        end = read_end(words, desk.today)
        closing = next((c for c in found if c.end == end), None)
        if closing is None:
            return Say(text=texts.NO_SUCH_PERIOD)
    else:
        closing = main_closing(found, desk.today)
    if closing is None:
        return Say(text=texts.NO_INDICATORS if not desk.duties else texts.NOTHING_OPEN)
    return _sitting(desk, closing)


def _sitting(desk: Desk, closing: Closing) -> Begin[Step, Draft, Desk]:
    subject = closing.end.isoformat()
    if not closing.missing and not any(not item.reported for item in closing.late):
        order = tuple(item.duty.id for item in (*closing.items, *closing.late))
        return Begin(REPORT, Step.REVIEW, Draft(end=closing.end, order=order), subject)
    items = (*closing.missing, *(item for item in closing.late if not item.reported))
    draft = Draft(end=closing.end, order=tuple(item.duty.id for item in items))
    return Begin(REPORT, _step_at(draft, desk), draft, subject)


# --- asking ---------------------------------------------------------------------------------------------------------


def ask(step: Step, draft: Draft, desk: Desk) -> Question:
    closing = _closing(draft, desk)
    items = _items(draft, closing)
    if closing is None or not items:
        return Choose(text=texts.NOTHING_OPEN, options=(Option(key="close", label=texts.CLOSE),))
    item = items[min(draft.at, len(items) - 1)]
    match step:
        case Step.MODE:
            options = (Option(key="right", label=texts.RIGHT), Option(key="wrong", label=texts.WRONG))
            return Choose(text=texts.mode_question(item.duty), options=options)
        case Step.VALUE:
            return _ask_value(draft, desk, closing, items, item)
        case Step.DOUBT:
            return _ask_doubt(draft, item)
        case Step.REVIEW:
            return _ask_review(draft, desk, closing, items)


def _ask_value(draft: Draft, desk: Desk, closing: Closing, items: tuple[Item, ...], item: Item) -> Question:
    late = item in closing.late
    proofs = sum(proof.indicator == item.duty.id for proof in draft.proofs)
    text = texts.value_question(item.duty, item.period, late=late, evidence=proofs)
    options = [_shortcut(item), _SKIP]
    first = draft.at == 0 and not draft.revisiting
    if first:
        days_left = desk.calendar.working_days_between(desk.today, closing.cut_off)
        text = f"{texts.deadline(closing, desk.today, days_left)}\n\n{text}"
        other = other_closing(desk.closings, closing, desk.today)
        if other is not None:
            options.append(Option(key=f"!lapor:{other.periods[0].code}", label=texts.start_label(other)))
    else:
        options.append(_BACK)
    title = texts.heading(closing, draft.at + 1, len(items))
    return Choose(title=title, text=text, options=tuple(options), by_number=False)


def _shortcut(item: Item) -> Option:
    """One tap for the likeliest answer: nothing for an amount, the last value for a position or condition."""
    before = texts.previous_figure(item.duty, item.period)
    last = before.realisation_to_date if before else None
    if item.duty.measure.mode in (Mode.CUM, Mode.LEVEL) and last is not None:
        label = f"Tetap {amount(last, item.duty.unit)}"
        return Option(key="same", label=label if len(label) <= 20 else "Tetap")
    return _ZERO


def _ask_doubt(draft: Draft, item: Item) -> Question:
    pending = draft.pending
    assert pending is not None
    text = texts.doubt(pending.doubt, item.duty, item.period, pending.typed, pending.candidates)
    options = [
        Option(
            key=f"take{index}",
            label=texts.candidate_label(pending.doubt, pending.candidates, index, item.duty, item.period),
        )
        for index in range(min(len(pending.candidates), 2))
    ]
    if pending.doubt is Doubt.ZERO_OR_NOT_YET:
        options.append(Option(key="not_yet", label=texts.NOT_YET))
    else:
        options.append(Option(key="retype", label=texts.RETYPE))
    return Choose(text=text, options=tuple(options), by_number=False)


def _ask_review(draft: Draft, desk: Desk, closing: Closing, items: tuple[Item, ...]) -> Question:
    sending = len(_unsent(draft, items))
    lines: list[str] = []
    for position, item in enumerate(items, start=1):
        if item in closing.late and (position == 1 or items[position - 2] not in closing.late):
            lines.append(texts.LATE_HEADING)
        lines.append(texts.review_line(position, item.duty, _shown_entry(draft, item)))
    if not closing.missing and not sending:
        lines.insert(0, texts.complete(closing))
    closing_line = texts.REVIEW_HELP if sending else texts.change_until(closing, desk.today)
    body = fitted(lines, 900 - len(closing_line))
    options = [Option(key="send", label=texts.send_label(sending))] if sending else []
    options.append(
        Option(key=LATER, label=texts.LATER) if sending or draft.entries else Option(key="close", label=texts.CLOSE)
    )
    title = texts.review_title(closing, unsent=sending)
    return Choose(title=title, text=f"{body}\n{closing_line}", options=tuple(options), by_number=False)


def _shown_entry(draft: Draft, item: Item) -> str:
    entry = draft.entries.get(item.duty.id)
    if entry is None:
        if item.reported:
            return f"{amount(item.duty.values[item.period], item.duty.unit)} (tercatat)"
        return "belum diisi"
    if entry.value is None:
        return "belum"
    nil = " (nihil)" if entry.value == 0 else ""
    proofs = sum(proof.indicator == item.duty.id for proof in draft.proofs)
    return f"{amount(entry.value, item.duty.unit)}{nil}{f' + {proofs} bukti' if proofs else ''}"


# --- answering ------------------------------------------------------------------------------------------------------


def answer(step: Step, draft: Draft, said: Said, desk: Desk) -> Reply:
    closing = _closing(draft, desk)
    items = _items(draft, closing)
    if closing is None or not items:
        return Done(lambda _desk: Say(text=texts.NOTHING_OPEN))
    kept = draft.model_copy(update={"order": tuple(item.duty.id for item in items)})
    kept = kept.model_copy(update={"at": min(draft.at, len(items) - 1)})
    match said:
        case Edited():
            return _edited(step, kept, said, desk, items)
        case Photo() | Document() if step is not Step.MODE:
            return _proof(step, kept, said, items)
        case MediaFailed(reason=reason):
            return Retry(general.MEDIA_FAILED[reason])
        case Contact():
            return Retry(general.CONTACT_NOT_NEEDED)
        case _:
            pass
    match step:
        case Step.MODE:
            return _answer_mode(kept, said, items)
        case Step.VALUE:
            return _answer_value(kept, said, desk, items)
        case Step.DOUBT:
            return _answer_doubt(kept, said, desk, items)
        case Step.REVIEW:
            return _answer_review(kept, said, desk, closing, items)


def _answer_mode(draft: Draft, said: Said, items: tuple[Item, ...]) -> Reply:
    duty = items[draft.at].duty
    match said:
        case Tap(key="right"):
            return Next(Step.VALUE, draft, command=lambda desk: desk.confirm_mode(duty))
        case Tap(key="wrong"):
            rest = draft.model_copy(update={"order": tuple(key for key in draft.order if key != duty.id)})
            text = texts.mode_denied(duty)
            following = _step_among(rest, [item for item in items if item.duty.id != duty.id])
            return Next(following, rest, texts.ASKED_ADMIN, lambda desk: desk.doubt_mode(duty, text))
        case _:
            return Retry(f"Pilih {texts.RIGHT} atau {texts.WRONG}.")


def _answer_value(draft: Draft, said: Said, desk: Desk, items: tuple[Item, ...]) -> Reply:
    item = items[draft.at]
    match said:
        case Text(body=body):
            several = read_several(body)
            if several is not None:
                return _several(draft, several, desk, items)
            return _typed(draft, body, desk, items)
        case Tap(key="zero"):
            return _typed(draft, "nihil", desk, items)
        case Tap(key="same"):
            before = texts.previous_figure(item.duty, item.period)
            value = before.realisation_to_date if before else None
            if value is None:
                return Retry(texts.NUMBER_PLEASE)
            return _filled(draft, Entry(value=value, message_id=desk.message_id), items)
        case Tap(key="skip"):
            return _onward(draft, items, "")
        case _:
            return Retry(texts.NUMBER_PLEASE)


def _typed(draft: Draft, body: str, desk: Desk, items: tuple[Item, ...]) -> Reply:
    item = items[draft.at]
    match read_number(body, number_context(item.duty, item.period)):
        case Value(number=value, numerator=numerator, denominator=denominator):
            entry = Entry(value=value, numerator=numerator, denominator=denominator, message_id=desk.message_id)
            return _filled(draft, entry, items)
        case NoReport():
            return _filled(draft, Entry(value=None, message_id=desk.message_id), items)
        case Ask(doubt=Doubt.NOT_A_NUMBER):
            return Retry(texts.NUMBER_PLEASE)
        case Ask(candidates=()) as asked:
            return Retry(texts.doubt(asked.doubt, item.duty, item.period, body, ()))
        case asked:
            return Next(Step.DOUBT, draft.model_copy(update={"pending": _pending(asked, body, desk.message_id)}))


def _pending(asked: Ask, body: str, message_id: str) -> Pending:
    return Pending(
        doubt=asked.doubt,
        typed=body[:200],
        candidates=asked.candidates,
        numerator=asked.numerator,
        denominator=asked.denominator,
        message_id=message_id,
    )


def _answer_doubt(draft: Draft, said: Said, desk: Desk, items: tuple[Item, ...]) -> Reply:
    pending = draft.pending
    assert pending is not None
    settled = draft.model_copy(update={"pending": None})
    match said:
        case Tap(key="retype"):
            return Next(Step.VALUE, settled)
        case Tap(key="not_yet"):
            return _filled(settled, Entry(value=None, message_id=pending.message_id), items)
        case Tap(key=key) if key.startswith("take"):
            index = int(key.removeprefix("take"))
            ratio = (pending.numerator, pending.denominator) if index == 0 else (None, None)
            entry = Entry(
                value=pending.candidates[index],
                numerator=ratio[0],
                denominator=ratio[1],
                doubt=pending.doubt,
                message_id=pending.message_id,
            )
            return _filled(settled, entry, items)
        case Text():
            return _answer_value(settled, said, desk, items)
        case _:
            return Retry(texts.PICK_OR_TYPE)


def _answer_review(draft: Draft, said: Said, desk: Desk, closing: Closing, items: tuple[Item, ...]) -> Reply:
    match said:
        case Tap(key="send"):
            return _send(draft, desk, closing, items)
        case Tap(key="close"):
            return Done(lambda _desk: Say(text=texts.NOTHING_TO_SEND))
        case Text(body=body) if (several := read_several(body)) is not None:
            return _several(draft, several, desk, items)
        case Text(body=body) if body.strip(" .)").isdecimal():
            position = int(body.strip(" .)")[:4])
            if not 1 <= position <= len(items):
                return Retry(texts.NOT_IN_LIST)
            return Next(Step.VALUE, draft.model_copy(update={"at": position - 1, "revisiting": True}))
        case _:
            return Retry(texts.REVIEW_HELP if _unsent(draft, items) else texts.change_until(closing, desk.today))


def _proof(step: Step, draft: Draft, said: Photo | Document, items: tuple[Item, ...]) -> Reply:
    """A picture belongs to the indicator that is being asked."""
    if step is Step.REVIEW:
        return Retry(texts.EVIDENCE_HERE)
    duty = items[draft.at].duty
    name = said.name if isinstance(said, Document) else ""
    proof = Proof(
        indicator=duty.id, ref=said.ref, kind=said.kind, size=said.size, name=name[:200], caption=said.caption[:1000]
    )
    known = any(one.indicator == duty.id and one.ref == said.ref for one in draft.proofs)
    proofs = draft.proofs if known else (*draft.proofs, proof)
    return Next(step, draft.model_copy(update={"proofs": proofs}), texts.file_noted(duty))


def _several(draft: Draft, typed: tuple[tuple[int, str], ...], desk: Desk, items: tuple[Item, ...]) -> Reply:
    """ "1. 12 dok 2. nihil 3. 75%": each is read for the indicator with that number; the first doubt is asked."""
    notes: list[str] = []
    entries = dict(draft.entries)
    asked: tuple[int, Pending] | None = None
    for position, body in typed:
        if position > len(items):
            return Retry(texts.NOT_IN_LIST)
        item = items[position - 1]
        match read_number(body, number_context(item.duty, item.period)):
            case Value(number=value, numerator=numerator, denominator=denominator):
                entries[item.duty.id] = Entry(
                    value=value, numerator=numerator, denominator=denominator, message_id=desk.message_id
                )
                figure = figure_of(item.duty, item.period, value)
                notes.append(f"{position} {texts.read_back(item.duty, item.period, value, figure)}")
            case NoReport():
                entries[item.duty.id] = Entry(value=None, message_id=desk.message_id)
                notes.append(f"{position} {texts.not_yet_noted(item.duty)}")
            case doubtful:
                asked = asked or (position - 1, _pending(doubtful, body, desk.message_id))
    filled = draft.model_copy(update={"entries": entries})
    note = fitted(notes, 500)
    if asked is not None:
        at, pending = asked
        doubting = filled.model_copy(update={"at": at, "pending": pending, "revisiting": False})
        return Next(Step.DOUBT, doubting, f"{note}\n{at + 1} {items[at].duty.name[:60]}".strip())
    return _to_next_empty(filled, items, note)


def _filled(draft: Draft, entry: Entry, items: tuple[Item, ...]) -> Reply:
    item = items[draft.at]
    filled = draft.model_copy(update={"entries": {**draft.entries, item.duty.id: entry}})
    if entry.value is None:
        return _onward(filled, items, texts.not_yet_noted(item.duty))
    note = texts.read_back(item.duty, item.period, entry.value, figure_of(item.duty, item.period, entry.value))
    return _onward(filled, items, note)


def _onward(draft: Draft, items: tuple[Item, ...], note: str) -> Reply:
    """The next indicator, or the review page after the last one and after a change."""
    if draft.revisiting or draft.at + 1 >= len(items):
        return Next(Step.REVIEW, draft.model_copy(update={"revisiting": False}), note)
    following = draft.model_copy(update={"at": draft.at + 1})
    if items[following.at].duty.id in draft.entries:
        return _to_next_empty(following, items, note)
    return Next(_step_among(following, items), following, note)


def _to_next_empty(draft: Draft, items: tuple[Item, ...], note: str) -> Reply:
    empty = next((at for at, item in enumerate(items) if at >= draft.at and item.duty.id not in draft.entries), None)
    if empty is None or draft.revisiting or items[empty].reported:
        return Next(Step.REVIEW, draft.model_copy(update={"revisiting": False}), note)
    following = draft.model_copy(update={"at": empty})
    return Next(_step_among(following, items), following, note)


def _edited(step: Step, draft: Draft, said: Edited, desk: Desk, items: tuple[Item, ...]) -> Reply:
    """An earlier message was changed: the value it gave follows, if it still stands in this sitting."""
    if step is Step.DOUBT and draft.pending is not None and draft.pending.message_id == said.of:
        return _answer_value(draft.model_copy(update={"pending": None}), Text(body=said.body), desk, items)
    given = [at for at, item in enumerate(items) if _gave(draft, item, said.of)]
    if len(given) != 1:
        return Retry(general.EDIT_WHILE_ASKED)
    item = items[given[0]]
    reading = read_number(said.body, number_context(item.duty, item.period))
    if not isinstance(reading, Value):
        return Retry(general.EDIT_WHILE_ASKED)
    old = draft.entries[item.duty.id].value
    entry = Entry(
        value=reading.number, numerator=reading.numerator, denominator=reading.denominator, message_id=said.of
    )
    changed = draft.model_copy(update={"entries": {**draft.entries, item.duty.id: entry}})
    shown = "belum" if old is None else amount(old, item.duty.unit)
    note = texts.changed_in_chat(item.duty, shown, amount(reading.number, item.duty.unit))
    return Next(step, changed, note)


def _gave(draft: Draft, item: Item, message_id: str) -> bool:
    entry = draft.entries.get(item.duty.id)
    return entry is not None and entry.message_id == message_id


# --- sending --------------------------------------------------------------------------------------------------------


def _unsent(draft: Draft, items: tuple[Item, ...]) -> list[tuple[Item, Entry]]:
    """The entries that bring a value that is not recorded yet, or new evidence."""
    proven = {proof.indicator for proof in draft.proofs}
    return [
        (item, entry)
        for item in items
        if (entry := draft.entries.get(item.duty.id)) is not None
        and entry.value is not None
        and (item.duty.values.get(item.period) != entry.value or item.duty.id in proven)
    ]


def _send(draft: Draft, desk: Desk, closing: Closing, items: tuple[Item, ...]) -> Reply:
    unsent = _unsent(draft, items)
    if not unsent:
        return Done(lambda _desk: Say(text=texts.NOTHING_TO_SEND))
    by_id = {item.duty.id: item for item in items}
    reports = tuple(_new_report(item, entry, desk.today) for item, entry in unsent)
    proofs = tuple(
        NewEvidence(
            proof.indicator, by_id[proof.indicator].period, proof.ref, proof.kind, proof.size, proof.name, proof.caption
        )
        for proof in draft.proofs
        if proof.indicator in by_id
    )
    return Done(lambda after: _farewell(after, len(unsent), draft.end), submit_all(reports, proofs))


def _new_report(item: Item, entry: Entry, today: date) -> NewReport:
    assert entry.value is not None
    return NewReport(
        item.duty.id,
        item.period,
        entry.value,
        entry.numerator,
        entry.denominator,
        confirmed_doubt=entry.doubt,
        provisional=is_provisional(item.period, today),
        message_id=entry.message_id,
    )


def _farewell(desk: Desk, count: int, end: date) -> Outgoing:
    closing = next(c for c in desk.closings if c.end == end)
    at = clock(desk.local_now, desk.office.zone)
    return Say(text=texts.sent(count, desk.today, at, len(closing.missing), closing))


# --- what a draft stands on -----------------------------------------------------------------------------------------


def _closing(draft: Draft, desk: Desk) -> Closing | None:
    return next((c for c in desk.closings if c.end == draft.end), None)


def _items(draft: Draft, closing: Closing | None) -> tuple[Item, ...]:
    """The indicators of the sitting in its order; one that is no longer accepted or owned has dropped out."""
    if closing is None:
        return ()
    by_id: Mapping[int, Item] = {item.duty.id: item for item in (*closing.items, *closing.late)}
    return tuple(by_id[key] for key in draft.order if key in by_id)


def _step_at(draft: Draft, desk: Desk) -> Step:
    return _step_among(draft, _items(draft, _closing(draft, desk)))


def _step_among(draft: Draft, items: tuple[Item, ...] | list[Item]) -> Step:
    if not items or draft.at >= len(items):
        return Step.REVIEW
    return Step.VALUE if items[draft.at].duty.mode_confirmed else Step.MODE


def figure_of(duty: Duty, which: Period, value: Decimal) -> Figure:
    """The figures of a period as they would be with this value."""
    return year_ledger(duty.measure, {**duty.values, which: value})[which]


def number_context(duty: Duty, which: Period) -> NumberContext:
    """What is known of an indicator when a number is typed for that period."""
    figure = duty.figures[which]
    before = texts.previous_figure(duty, which)
    return NumberContext(
        unit=duty.unit,
        mode=duty.measure.mode,
        target=figure.target if figure.target is not None else _late_target(figure),
        annual_target=duty.measure.annual_target,
        previous=before.realisation_to_date if before else Decimal(0) if which.number == 1 else None,
        low=duty.low,
        high=duty.high,
        ratio=duty.ratio,
        name=duty.name,
        target_before=before.target_to_date if before else None,
    )


def _late_target(figure: Figure) -> Decimal | None:
    """For late fulfilment: what is still lacking s/d."""
    if figure.target_to_date is None:
        return None
    return figure.target_to_date - (figure.realisation_to_date or Decimal(0))


REPORT = Dialogue("report", Step, Draft, ask, answer)
