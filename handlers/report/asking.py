"""What the report conversation shows at each step."""

from domain.modes import Mode
from domain.openings import Item, other_closing
from domain.plan import Capacity
from handlers.dialogue import BACK, LATER, Question
from handlers.messages import BODY_LIMIT, Choose, Option, Say
from handlers.report import hats, proofs
from handlers.report.doubting import ask_doubt, ask_note
from handlers.report.handed_over import nothing_left
from handlers.report.locked import lock_sentence, open_instead
from handlers.report.returned import returner
from handlers.report.sitting import Draft, Sitting, Step, sitting_of, step_at
from handlers.texts import formats, locks
from handlers.texts import report as texts
from handlers.texts.evidence import ADD, evidence_line, lacking_numbers
from storage.desk import Desk

_ZERO = Option(key="zero", label=texts.ZERO)
_SKIP = Option(key="skip", label=texts.SKIP)
_BACK = Option(key=BACK, label=texts.BACK)
_ROOM_BESIDE_LIST = 124
"""Characters of the review page that are kept for what stands below its list and for a hint above it."""


def ask(step: Step, draft: Draft, desk: Desk) -> Question:
    """The open question of a sitting as things stand now."""
    sitting = sitting_of(draft, desk)
    if sitting is None:
        return Choose(text=nothing_left(draft, desk), options=(Option(key="close", label=texts.CLOSE),))
    if sitting.locked:
        return _ask_locked(sitting, desk)
    match step:
        case Step.HAT if hats.is_open(step, sitting):
            return hats.ask(sitting, desk)
        case Step.HAT | Step.MODE if step_at(sitting) is Step.MODE:
            return _ask_mode(sitting, desk)
        case Step.HAT | Step.MODE | Step.VALUE:
            return _ask_value(sitting, desk)
        case Step.DOUBT:
            pending = sitting.draft.pending
            item = sitting.item
            return _ask_value(sitting, desk) if pending is None else ask_doubt(pending, item.duty, item.period)
        case Step.NOTE:
            return ask_note(sitting.item.duty)
        case Step.REVIEW:
            return _ask_review(sitting, desk)
        case Step.REASON:
            return Say(text=texts.reason_please(sitting.closing, late=desk.today > sitting.closing.cut_off))
        case Step.WHICH:
            return proofs.ask_which(sitting)
        case Step.PROOF:
            return proofs.ask_proof(sitting, desk)


def _ask_locked(sitting: Sitting, desk: Desk) -> Question:
    """The period was locked meanwhile: what was filled in waits for it to be opened."""
    sentence = lock_sentence(sitting.items, desk)
    text = f"{sentence}\n{locks.UNSENT_STAYS}" if sitting.unsent() else sentence
    again = (Option(key="send", label=locks.TRY_AGAIN), Option(key=LATER, label=texts.LATER))
    options = (*again, *open_instead(sitting.closing, desk))
    return Choose(title=locks.LOCKED, text=text, options=options, by_number=False)


def _ask_mode(sitting: Sitting, desk: Desk) -> Question:
    options = (Option(key="right", label=texts.RIGHT), Option(key="wrong", label=texts.WRONG))
    post = _post(sitting.item, desk) if _names_posts(sitting, desk) else ""
    return Choose(title=post[:1].upper() + post[1:], text=texts.mode_question(sitting.item.duty), options=options)


def _ask_value(sitting: Sitting, desk: Desk) -> Question:
    item, draft = sitting.item, sitting.draft
    options = [_shortcut(item), _SKIP]
    text = texts.value_question(
        item.duty,
        item.period,
        late=sitting.is_late(item),
        filled=_filled(sitting, item),
        evidence=_evidence(sitting, item, desk),
        returned=_returned(item, desk),
    )
    if draft.at == 0 and not draft.revisiting:
        text = f"{_deadline(sitting, desk)}\n\n{text}"
        options += _other_period(sitting, desk)
    else:
        options.append(_BACK)
    return Choose(title=_heading(sitting, desk), text=text, options=tuple(options), by_number=False)


def _evidence(sitting: Sitting, item: Item, desk: Desk) -> str:
    """What there is and what is lacking; where a figure was returned and nothing came since, that it can be sent."""
    number, lacks = proofs.kinds_of(sitting, item, desk).total(), proofs.lacking(sitting, item, desk)
    line = evidence_line(number, lacks, item.duty.demand)
    return line or (texts.EVIDENCE if item.returned is not None else "")


def _heading(sitting: Sitting, desk: Desk) -> str:
    """Which period and how far; and for which post, where it is not the only one or not their own."""
    position = sitting.draft.at + 1
    count = None if sitting.is_late(sitting.item) else sitting.due
    heading = texts.heading(sitting.closing, position, count)
    return f"{heading} · {_post(sitting.item, desk)}" if _names_posts(sitting, desk) else heading


def _names_posts(sitting: Sitting, desk: Desk) -> bool:
    """Whether it must be said for which post: they have several, or only act for it or fill it in."""
    if len({duty.post_id for duty in desk.duties}) > 1:
        return True
    posts = {item.duty.post_id for item in sitting.items}
    capacities = (one.capacity for one in desk.reported_posts if one.post.id in posts)
    return len(posts) > 1 or any(capacity is not Capacity.DEFINITIF for capacity in capacities)


def _post(item: Item, desk: Desk) -> str:
    found = next((one for one in desk.reported_posts if one.post.id == item.duty.post_id), None)
    return "" if found is None else formats.reported_post(found.post.title, found.capacity)


def _deadline(sitting: Sitting, desk: Desk) -> str:
    days_left = desk.calendar.working_days_between(desk.today, sitting.closing.cut_off)
    return texts.deadline(sitting.closing, desk.today, days_left)


def _other_period(sitting: Sitting, desk: Desk) -> list[Option]:
    """A lasting button for the closing that "lapor" did not take."""
    other = other_closing(desk.closings, sitting.closing, desk.today)
    if other is None or desk.behalf is not None:
        return []
    return [Option(key=f"!lapor:{other.periods[0].code}", label=texts.start_label(other))]


def _shortcut(item: Item) -> Option:
    """One tap for the likeliest answer: what was returned, nothing for an amount, the last value for a position or
    condition."""
    if item.returned is not None:
        return Option(key="keep", label=texts.keep_label(item.returned.value, item.duty.unit))
    before = texts.previous_figure(item.duty, item.period)
    last = before.realisation_to_date if before else None
    if item.duty.measure.mode in (Mode.CUM, Mode.LEVEL) and last is not None:
        return Option(key="same", label=texts.same_label(last, item.duty.unit))
    return _ZERO


def _returned(item: Item, desk: Desk) -> str:
    found = item.returned
    if found is None:
        return ""
    return texts.returned_because(formats.amount(found.value, item.duty.unit), returner(found, desk), found.reason)


def _filled(sitting: Sitting, item: Item) -> str:
    entry = sitting.entry(item)
    return "" if entry is None else texts.filled_in(entry.value, item.duty.unit)


def _ask_review(sitting: Sitting, desk: Desk) -> Question:
    closing, values = sitting.closing, len(sitting.unsent())
    to_send = bool(values or sitting.draft.proofs)
    ending = texts.review_help(sitting.days_late(desk)) if to_send else texts.change_until(closing, desk.today)
    opening = "" if closing.missing or to_send else f"{texts.complete(closing)}\n"
    lacking = [at + 1 for at in proofs.without_enough(sitting, desk)]
    if lacking:
        ending = f"{lacking_numbers(lacking)}\n{ending}"
    body = formats.fitted(_review_lines(sitting, desk), BODY_LIMIT - _ROOM_BESIDE_LIST - len(opening) - len(ending))
    options = [Option(key="send", label=texts.send_label(values))] if to_send else []
    if to_send or sitting.draft.entries:
        options.append(Option(key=LATER, label=texts.LATER))
    else:
        options.append(Option(key="close", label=texts.CLOSE))
    if lacking:
        options.append(Option(key="add", label=ADD))
    title = texts.review_title(closing, unsent=to_send)
    return Choose(title=title, text=f"{opening}{body}\n{ending}", options=tuple(options), by_number=False)


def _review_lines(sitting: Sitting, desk: Desk) -> list[str]:
    """Every indicator with its number; a line above those of the next post and above what is late."""
    lines: list[str] = []
    named = _names_posts(sitting, desk)
    above: list[str] = []
    for position, item in enumerate(sitting.items, start=1):
        headings = [_post(item, desk)] if named else []
        if sitting.is_late(item):
            headings.append(texts.LATE_HEADING)
        if headings != above:
            lines.extend(heading for heading in headings if heading not in above)
            above = headings
        lines.append(texts.review_line(position, item.duty, _shown(sitting, item)))
    return lines


def _shown(sitting: Sitting, item: Item) -> str:
    entry, pieces = sitting.entry(item), sitting.proofs(item)
    if entry is not None:
        return texts.shown_entry(entry.value, item.duty.unit, pieces)
    recorded = item.duty.values.get(item.period)
    if recorded is not None:
        return texts.shown_recorded(recorded, item.duty.unit, pieces)
    if item.returned is not None:
        return texts.shown_returned(pieces)
    return texts.shown_empty(pieces, late=sitting.is_late(item), reported=item.reported)
