"""What an answer leads to at each step of the conversation about money."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from domain.budget import BudgetLine, budget_figures
from domain.numbers import Ask, Doubt, NoReport, Reading, Value
from domain.periods import Period
from handlers.dialogue import Done, Next, Retry, Said, Tap
from handlers.messages import Contact, Document, Edited, MediaFailed, Outgoing, Photo, Say, Text
from handlers.money import from_file
from handlers.money.asking import known_physical, review_pages
from handlers.money.months import named_month, position_before
from handlers.money.reading import (
    is_above,
    line_named,
    place,
    read_physical,
    read_spent,
    split,
    wants_list,
)
from handlers.money.sitting import Draft, Entry, Pending, Sitting, Step, absorbed, followed, months_of, sitting_of
from handlers.texts import general
from handlers.texts import money as texts
from handlers.texts.formats import clock
from handlers.words import a_reason
from storage.budgets import NewBudgetReport
from storage.desk import Desk

Reply = Next[Step, Draft, Desk] | Retry | Done[Desk]
Figure = Literal["spent", "physical"]


def answer(step: Step, draft: Draft, said: Said, desk: Desk) -> Reply:
    """What a message leads to at an open question. No question but the reason lengthens the trail (`asking`)."""
    match said:
        case Document() if from_file.is_spreadsheet(said):
            return Next(step, draft, texts.READING, lambda at: from_file.begin_reading(at, said), instead=True)
        case Document() | Photo():
            return Retry(texts.NO_EVIDENCE_HERE)
        case MediaFailed() | Contact():
            return Retry(general.no_answer(said))
        case _:
            return _answer_month(draft, said, desk) if step is Step.MONTH else _answer_sitting(step, draft, said, desk)


def _answer_sitting(step: Step, draft: Draft, said: Said, desk: Desk) -> Reply:
    sitting = sitting_of(draft, desk)
    if sitting is None:
        return Done(lambda _desk: Say(text=texts.NOTHING_LEFT))
    if isinstance(said, Edited):
        return _edited(step, sitting, said)
    match step:
        case Step.SPENT:
            return _answer_spent(sitting, said, desk)
        case Step.PHYSICAL:
            return _answer_physical(sitting, said, desk)
        case Step.DOUBT:
            return _answer_doubt(sitting, said, desk)
        case Step.REVIEW:
            return _answer_review(sitting, said, desk)
        case Step.REASON:
            return _answer_reason(sitting, said, desk)
        case Step.MONTH:
            return Retry(texts.PICK_A_MONTH)


def _go(step: Step, sitting: Sitting, note: str = "") -> Next[Step, Draft, Desk]:
    return Next(step, sitting.draft, note, instead=True)


# --- rupiah -------------------------------------------------------------------------------------------------------


def _answer_spent(sitting: Sitting, said: Said, desk: Desk) -> Reply:
    match said:
        case Tap(key="same"):
            return _as_before(sitting, desk)
        case Tap(key="rest"):
            return _rest_as_before(sitting, desk)
        case Tap(key="zero"):
            return _typed_spent(sitting, texts.ZERO, desk)
        case Tap(key="skip"):
            return _onward(sitting, "")
        case Tap(key="prev"):
            return _backward(sitting)
        case Tap(key="list"):
            return _listed(sitting)
        case Text(body=body) if wants_list(body):
            return _listed(sitting)
        case Text(body=body) if (at := line_named(body, sitting.lines)) is not None:
            return _jump(sitting, at)
        case Text(body=body):
            return _typed_spent(sitting, body, desk)
        case _:
            return Retry(texts.RUPIAH_PLEASE)


def _typed_spent(sitting: Sitting, body: str, desk: Desk) -> Reply:
    typed, beside = split(body)
    reading = read_spent(typed, sitting.line, sitting.month)
    return _read(sitting, "spent", reading, typed, beside, desk.message_id)


def _as_before(sitting: Sitting, desk: Desk) -> Reply:
    entry = _entry_before(sitting, sitting.line, desk.message_id)
    if entry is None or entry.spent is None:
        return Retry(texts.RUPIAH_PLEASE)
    filled = sitting.with_entry(sitting.line, entry)
    return _onward(filled, _read_back(sitting.line, entry.spent, entry.physical))


def _entry_before(sitting: Sitting, line: BudgetLine, message_id: str) -> Entry | None:
    """Rupiah and percent of the newest month before."""
    before = position_before(line, sitting.month)
    if before is None:
        return None
    held = line.positions[before]
    return Entry(spent=held.spent, physical=held.physical, message_id=message_id)


def _rest_as_before(sitting: Sitting, desk: Desk) -> Reply:
    """Every line that has no figure yet as it stood in the month before."""
    empty = [line for line in sitting.lines if not sitting.is_filled(line)]
    same = {line.id: entry for line in empty if (entry := _entry_before(sitting, line, desk.message_id)) is not None}
    filled = sitting.with_draft(entries={**sitting.draft.entries, **same}, revisiting=False, whole=False, page=1)
    return _go(Step.REVIEW, filled, texts.rest_noted(len(same), len(empty) - len(same)))


def _listed(sitting: Sitting) -> Reply:
    """Every line, to look at or to choose one."""
    return _go(Step.REVIEW, sitting.with_draft(revisiting=False, whole=True, page=1))


def _jump(sitting: Sitting, at: int) -> Reply:
    if at >= len(sitting.lines):
        return Retry(texts.not_in_list(len(sitting.lines)))
    return _go(Step.SPENT, sitting.with_draft(at=sitting.lines[at].id))


# --- percent ------------------------------------------------------------------------------------------------------


def _answer_physical(sitting: Sitting, said: Said, desk: Desk) -> Reply:
    line, entry = sitting.line, sitting.entry(sitting.line)
    if entry is None or entry.spent is None:
        return _go(Step.SPENT, sitting)
    match said:
        case Tap(key="follow"):
            return _with_physical(sitting, followed(line, entry.spent))
        case Tap(key="keep"):
            return _with_physical(sitting, known_physical(sitting, line))
        case Tap(key="skip"):
            return _onward(sitting.with_entry(line, entry.model_copy(update={"physical": None})), "")
        case Tap(key="prev"):
            return _go(Step.SPENT, sitting)
        case Text(body=body):
            return _read(sitting, "physical", read_physical(body, line, sitting.month), body, "", desk.message_id)
        case _:
            return Retry(texts.PERCENT_PLEASE)


def _with_physical(sitting: Sitting, physical: Decimal | None, doubt: str = "") -> Reply:
    entry = sitting.entry(sitting.line)
    if entry is None or physical is None:
        return Retry(texts.PERCENT_PLEASE)
    changed = entry.doubted(doubt).model_copy(update={"physical": physical})
    return _onward(sitting.with_entry(sitting.line, changed), texts.physical_noted(physical))


# --- what was read, and what is doubtful about it -------------------------------------------------------------------


@dataclass(frozen=True)
class _Given:
    """One figure that was given, with the doubt that was confirmed, and what was typed beside it."""

    value: Decimal
    message_id: str
    beside: str = ""
    doubt: str = ""


def _read(sitting: Sitting, figure: Figure, reading: Reading, typed: str, beside: str, message_id: str) -> Reply:
    match reading:
        case Value(number=number):
            return _taken(sitting, figure, _Given(number, message_id, beside))
        case NoReport():
            return _not_yet(sitting, figure, message_id)
        case Ask(doubt=doubt, candidates=candidates) if candidates or doubt is Doubt.ZERO_OR_NOT_YET:
            pending = Pending(
                figure=figure,
                doubt=doubt,
                typed=typed[:200],
                candidates=candidates,
                beside=beside,
                message_id=message_id,
            )
            return _go(Step.DOUBT, sitting.with_draft(pending=pending))
        case Ask(doubt=doubt):
            return Retry(_no_reading(sitting, figure, doubt, typed))


def _no_reading(sitting: Sitting, figure: Figure, doubt: Doubt, typed: str) -> str:
    if figure == "spent":
        return texts.spent_doubt(doubt, typed, (), sitting.line, None)
    return texts.physical_doubt(doubt, typed, (), None)


def _not_yet(sitting: Sitting, figure: Figure, message_id: str) -> Reply:
    line = sitting.line
    entry = sitting.entry(line)
    if figure == "physical" and entry is not None:
        return _onward(sitting.with_entry(line, entry.model_copy(update={"physical": None})), "")
    return _onward(sitting.with_entry(line, Entry(spent=None, message_id=message_id)), texts.not_yet_noted(line))


def _taken(sitting: Sitting, figure: Figure, given: _Given) -> Reply:
    """A figure that holds: after the rupiah the percent, typed in the same message or asked."""
    if figure == "physical":
        return _with_physical(sitting, given.value, given.doubt and f"physical_{given.doubt}")
    line = sitting.line
    earlier = sitting.entry(line)
    physical = None if earlier is None else earlier.physical
    entry = Entry(spent=given.value, physical=physical, doubt=given.doubt, message_id=given.message_id)
    filled = sitting.with_entry(line, entry).with_draft(pending=None)
    if not given.beside:
        return _go(Step.PHYSICAL, filled, _read_back(line, given.value))
    reading = read_physical(given.beside, line, sitting.month)
    if isinstance(reading, Value):
        return _onward(
            filled.with_entry(line, entry.model_copy(update={"physical": reading.number})),
            _read_back(line, given.value, reading.number),
        )
    match _read(filled, "physical", reading, given.beside, "", given.message_id):
        case Retry(hint=hint):
            return _go(Step.PHYSICAL, filled, f"{_read_back(line, given.value)}\n{hint}")
        case reply:
            return reply


def _read_back(line: BudgetLine, spent: Decimal, physical: Decimal | None = None) -> str:
    return texts.read_back(spent, absorbed(line, spent), physical)


def _answer_doubt(sitting: Sitting, said: Said, desk: Desk) -> Reply:
    pending, settled = sitting.draft.pending, sitting.with_draft(pending=None)
    if pending is None:
        return _answer_spent(settled, said, desk)
    asked = Step.SPENT if pending.figure == "spent" else Step.PHYSICAL
    match said:
        case Tap(key="retype"):
            return _go(asked, settled)
        case Tap(key="not_yet"):
            return _not_yet(settled, pending.figure, pending.message_id)
        case Tap(key=key) if key.startswith("take"):
            return _confirmed(settled, pending, pending.candidates[int(key.removeprefix("take"))])
        case Text() if asked is Step.SPENT:
            return _answer_spent(settled, said, desk)
        case Text():
            return _answer_physical(settled, said, desk)
        case _:
            return Retry(texts.PICK_OR_TYPE)


def _confirmed(sitting: Sitting, pending: Pending, value: Decimal) -> Reply:
    """The reading that was chosen; one above the pagu is asked about before it holds."""
    given = _Given(value, pending.message_id, pending.beside, str(pending.doubt))
    knows = pending.doubt in (Doubt.FAR_ABOVE_TARGET, texts.ABOVE_CEILING)
    if pending.figure == "spent" and is_above(sitting.line, value) and not knows:
        above = pending.model_copy(update={"doubt": texts.ABOVE_CEILING, "candidates": (value,)})
        return _go(Step.DOUBT, sitting.with_draft(pending=above))
    return _taken(sitting, pending.figure, given)


# --- from one line to the next ------------------------------------------------------------------------------------


def _onward(sitting: Sitting, note: str) -> Reply:
    """The next line that is still empty, or the review page after the last one and after a change."""
    settled = sitting.with_draft(pending=None)
    following = None if sitting.draft.revisiting else _next_empty(settled, settled.at + 1)
    if following is None:
        return _go(Step.REVIEW, settled.with_draft(revisiting=False, whole=False, page=1), note)
    return _go(Step.SPENT, settled.with_draft(at=following), note)


def _next_empty(sitting: Sitting, since: int) -> int | None:
    return next((line.id for line in sitting.lines[since:] if not sitting.is_filled(line)), None)


def _backward(sitting: Sitting) -> Reply:
    """The line before, or the review page from which one came."""
    if sitting.draft.revisiting:
        return _go(Step.REVIEW, sitting.with_draft(revisiting=False))
    at = max(sitting.at - 1, 0)
    return _go(Step.SPENT, sitting.with_draft(at=sitting.lines[at].id))


def _edited(step: Step, sitting: Sitting, said: Edited) -> Reply:
    """An earlier message was changed: the rupiah it gave follow, if they still stand in this sitting."""
    given = [line for line in sitting.lines if (entry := sitting.entry(line)) and entry.message_id == said.of]
    if len(given) != 1:
        return Retry(general.EDIT_WHILE_ASKED)
    line = given[0]
    typed, beside = split(said.body)
    spent = read_spent(typed, line, sitting.month)
    physical = read_physical(beside, line, sitting.month) if beside else None
    if not isinstance(spent, Value) or not isinstance(physical, Value | None):
        return Retry(general.EDIT_WHILE_ASKED)
    old = sitting.draft.entries[line.id]
    percent = old.physical if physical is None else physical.number
    new = old.model_copy(update={"spent": spent.number, "physical": percent, "doubt": ""})
    note = texts.changed_in_chat(line, texts.entry(old.spent, old.physical), texts.entry(new.spent, new.physical))
    return _go(step, sitting.with_entry(line, new), note)


# --- the review page and sending ----------------------------------------------------------------------------------


def _answer_review(sitting: Sitting, said: Said, desk: Desk) -> Reply:
    match said:
        case Tap(key="send") if sitting.overwritten():
            return Next(Step.REASON, sitting.draft)
        case Tap(key="send"):
            return _send(sitting, desk, "")
        case Tap(key="close"):
            return Done(lambda _desk: Say(text=texts.NOTHING_TO_SEND))
        case Tap(key="fill"):
            return _fill(sitting)
        case Tap(key="next"):
            return _turned(sitting, 1)
        case Tap(key="previous"):
            return _turned(sitting, -1)
        case Text(body=body) if wants_list(body):
            return _listed(sitting)
        case Text(body=body) if (at := _line_to_change(body, sitting)) is not None:
            return _jump_from_review(sitting, at)
        case _:
            return Retry(texts.PICK_A_LINE)


def _jump_from_review(sitting: Sitting, at: int) -> Reply:
    """One figure is changed and the page shown again; who goes to an empty line of many fills in from there on."""
    chosen = sitting.lines[at : at + 1]
    revisiting = sitting.draft.by_file or any(sitting.is_filled(line) for line in chosen)
    return _jump(sitting.with_draft(revisiting=revisiting), at)


def _line_to_change(body: str, sitting: Sitting) -> int | None:
    plain = body.strip(" .)")
    if plain.isdecimal() and plain.isascii() and len(plain) <= 4:
        return place(plain, sitting.lines)
    return line_named(body, sitting.lines)


def _fill(sitting: Sitting) -> Reply:
    empty = _next_empty(sitting, 0)
    if empty is None:
        return Retry(texts.PICK_A_LINE)
    return _go(Step.SPENT, sitting.with_draft(at=empty))


def _turned(sitting: Sitting, step: int) -> Reply:
    page = min(max(sitting.draft.page + step, 1), len(review_pages(sitting)))
    return _go(Step.REVIEW, sitting.with_draft(page=page))


def _answer_reason(sitting: Sitting, said: Said, desk: Desk) -> Reply:
    match said:
        case Text(body=body) if (reason := a_reason(body)) is not None:
            return _send(sitting, desk, reason)
        case _:
            return Retry(texts.REASON_IN_WORDS)


def _send(sitting: Sitting, desk: Desk, reason: str) -> Reply:
    overwritten = sitting.overwritten()
    new = tuple(
        NewBudgetReport(
            line.id,
            sitting.month,
            spent,
            entry.physical,
            reason=reason if line.id in overwritten else "",
            confirmed_doubt=entry.doubt,
            message_id=entry.message_id,
        )
        for line, entry, spent in sitting.unsent()
    )
    if not new:
        return Done(lambda _desk: Say(text=texts.NOTHING_TO_SEND))
    return Done(lambda after: _farewell(after, len(new), sitting.month), lambda at: at.submit_budget(new))


def _farewell(desk: Desk, count: int, month: Period) -> Outgoing:
    total = budget_figures(desk.office.full_name, desk.budget, month).total
    sent = texts.sent(count, desk.today, clock(desk.local_now, desk.office.zone))
    return Say(text=f"{sent}\n{texts.total(total, month)}")


# --- the month of a file ------------------------------------------------------------------------------------------


def _answer_month(draft: Draft, said: Said, desk: Desk) -> Reply:
    """Of which month the file is: tapped or typed."""
    months = months_of(desk, by_file=draft.by_file)
    match said:
        case Tap(key="close"):
            return Done(lambda _desk: Say(text=texts.NOTHING_OPEN))
        case Tap(key=key) if key in (month.code for month in months):
            return _of_month(draft, Period.parse(key), desk)
        case Text(body=body) if (month := named_month(body, desk.today)) in months:
            return _of_month(draft, month, desk)
        case _:
            return Retry(texts.PICK_A_MONTH)


def _of_month(draft: Draft, month: Period, desk: Desk) -> Reply:
    filled = from_file.matched(draft, month, desk)
    return Next(Step.REVIEW, filled, from_file.told(filled), instead=True)
