"""What "realisasi awal" shows at each step."""

from handlers.dialogue import BACK, LATER, Question
from handlers.messages import BUTTON_LABEL, Choose, Option, Say
from handlers.opening_positions.sitting import Draft, Place, Sitting, Step, sitting_of
from handlers.report.doubting import ask_doubt
from handlers.texts import opening_positions as texts
from handlers.texts import report as report_texts
from handlers.texts.formats import shortened
from storage.desk import Desk


def ask(step: Step, draft: Draft, desk: Desk) -> Question:
    """The open question of a sitting as things stand now."""
    sitting = sitting_of(draft, desk)
    if sitting is None:
        return Choose(text=texts.GONE, options=(Option(key="close", label=texts.CLOSE),))
    match step:
        case Step.DOUBT if sitting.draft.pending is not None:
            return ask_doubt(sitting.draft.pending, sitting.place.asked, sitting.place.which)
        case Step.VALUE | Step.DOUBT:
            return _ask_value(sitting, desk)
        case Step.SOURCE:
            return _ask_source(sitting)
        case Step.REVIEW:
            return _ask_review(sitting)
        case Step.REASON:
            return Say(text=texts.REASON)


def _ask_value(sitting: Sitting, desk: Desk) -> Question:
    place, draft = sitting.place, sitting.draft
    entry = sitting.entry(place)
    filled = "" if entry is None else report_texts.filled_in(entry.value, place.duty.unit)
    text = report_texts.value_question(place.asked, place.which, late=False, filled=filled)
    options = [Option(key="zero", label=report_texts.ZERO), Option(key="skip", label=texts.SKIP)]
    is_first = draft.at == 0 and not draft.revisiting
    if is_first and desk.office.rules.begins is not None:
        text = f"{texts.began(desk.office.rules.begins)}\n\n{text}"
    options.append(Option(key="not_now", label=texts.LATER) if is_first else Option(key=BACK, label=texts.BACK))
    title = texts.title(draft.at + 1, len(sitting.places))
    return Choose(title=title, text=text, options=tuple(options), by_number=False)


def _ask_source(sitting: Sitting) -> Question:
    which = max(place.which for place, _entry in sitting.unsent() or [(sitting.place, None)])
    options = (
        Option(key="report", label=texts.proposed_source(which)),
        Option(key="register", label=texts.REGISTER),
        Option(key=BACK, label=texts.BACK),
    )
    return Choose(text=texts.source_question(), options=options, by_number=False)


def _ask_review(sitting: Sitting) -> Question:
    unsent = sitting.unsent()
    lines = [
        texts.review_line(at, place.duty, place.which, _shown(sitting, place))
        for at, place in enumerate(sitting.places, start=1)
    ]
    send = (Option(key="send", label=texts.send_label(len(unsent))),) if unsent else ()
    last = Option(key=LATER, label=texts.SAVE) if unsent else Option(key="close", label=texts.CLOSE)
    source = sitting.draft.source if unsent else ""
    return Choose(
        title=texts.review_title(unsent=bool(unsent)),
        text=texts.review(lines, source),
        options=(*send, last),
        by_number=False,
    )


def _shown(sitting: Sitting, place: Place) -> str:
    """What was filled in, else what is recorded with its source; empty for neither."""
    entry, duty = sitting.entry(place), place.duty
    if entry is not None and entry.value is not None:
        return report_texts.shown_value(entry.value, duty.unit)
    if place.which == duty.measure.opening:
        source = shortened(duty.bases.get(place.which, ""), BUTTON_LABEL)
        return ", ".join(one for one in (report_texts.shown_value(duty.values[place.which], duty.unit), source) if one)
    return ""
