""" "koreksi": a figure that was sent is corrected with a reason; after a lock the correction is asked for.

Its buttons last: `!koreksi:<indicator>:<period>` corrects one figure; those of a request stand in
`handlers.correction.requests`.
"""

import re
from typing import Any

from domain.periods import Period
from handlers import opening_positions
from handlers.correction import requests
from handlers.correction.answering import answer, place_of, value_of
from handlers.correction.asking import ask
from handlers.correction.figures import every_figure, find, of_period, periods_of
from handlers.correction.steps import Draft, Step
from handlers.dialogue import Begin, Dialogue
from handlers.messages import Edited, Outgoing, Say
from handlers.period_words import names_period, read_begun
from handlers.report.reading import Entry, Pending, read_figure
from handlers.texts import correction as texts
from handlers.texts import general
from storage.desk import Desk

__all__ = ["CORRECTION", "Draft", "Step", "edited", "is_of_a_sent_figure", "key_of", "start", "takes"]

_FIGURE = re.compile(r"(\d{1,12}):([0-9A-Za-z-]{4,8})")
_REQUEST = re.compile(r"(setujui|tolak|tarik):(\d{1,18})")

Start = Begin[Any, Any, Any] | Outgoing


def takes(words: str) -> bool:
    """Whether words after "koreksi" name a period; a sentence that only begins so is none of the menu."""
    return names_period(words)


def start(desk: Desk, words: str = "") -> Start:
    """Which figure is to be corrected; with a button that one, or a decision about a request."""
    words = words.strip()
    if match := _REQUEST.fullmatch(words):
        return _request(desk, match[1], match[2])
    if match := _FIGURE.fullmatch(words):
        return _figure(desk, int(match[1]), match[2])
    figures = every_figure(desk)
    if waiting := () if words else desk.corrections.waiting():
        return requests.to_decide(waiting[0], desk, texts.also_own() if figures else "")
    if not figures:
        return Say(text=texts.NOTHING if desk.reported_posts else general.NO_POST)
    if words and (which := read_begun(words, desk.today)) is not None:
        found = of_period(which, desk)
        return _begin(place_of(found, desk)) if found else Say(text=texts.no_such_period(which))
    if len(periods_of(figures)) == 1:
        return _begin(place_of(figures, desk))
    return Begin(CORRECTION, Step.PERIOD, Draft())


def _begin(place: tuple[Step, Draft] | Outgoing) -> Start:
    if not isinstance(place, tuple):
        return place
    step, draft = place
    return Begin(CORRECTION, step, draft, f"{draft.indicator}:{draft.period}", anew=True)


def _figure(desk: Desk, indicator_id: int, code: str) -> Start:
    try:
        which = Period.parse(code)
    except ValueError:
        return Say(text=texts.GONE)
    figure = find(indicator_id, which, desk)
    if figure is not None:
        return _begin(value_of(figure, desk))
    own = next((duty for duty in desk.duties if duty.id == indicator_id), None)
    if own is not None and opening_positions.is_position(own, which):
        return opening_positions.change(desk, own)
    return Say(text=texts.RETURNED if own is not None and which in own.returned else texts.GONE)


def _request(desk: Desk, verb: str, number: str) -> Start:
    card = requests.find(number, desk)
    if card is None:
        return Say(text=texts.NO_REQUEST)
    match verb:
        case "setujui":
            return requests.agree(card, desk)
        case "tarik":
            return requests.withdraw(card, desk)
        case _ if refusal := requests.why_not(card, desk):
            return Say(text=refusal)
        case _:
            return Begin(CORRECTION, Step.DECLINE, Draft(request=card.id), f"tolak:{card.id}")


# --- a message that was edited ----------------------------------------------------------------------------------------


def is_of_a_sent_figure(said: Edited, desk: Desk) -> bool:
    """Whether an edited message gave a figure that was sent and still holds."""
    return desk.report_given_by(said.of) is not None


def key_of(said: Edited) -> str:
    """Under what the correction that an edited message offers is kept."""
    return f"{CORRECTION.name}:{said.of}"


def edited(desk: Desk, said: Edited) -> Start:
    """Offer the figure of an edited message as a correction, or as a request; say how to correct where it gave none."""
    given = desk.report_given_by(said.of)
    figure = None if given is None else find(given.indicator_id, given.period, desk)
    if figure is None:
        return Say(text=general.EDIT_TOO_LATE)
    card = desk.corrections.of(figure.duty.id, figure.which)
    if card is not None:
        return requests.waits(card, desk)
    draft = Draft(indicator=figure.duty.id, period=figure.which.code, message_id=said.of, edited=True)
    match read_figure(said.body, figure.duty, figure.which, said.of):
        case Entry(value=None) | str():
            return Say(text=texts.unclear(figure.which))
        case Entry(value=value) if value == figure.value:
            return Say(text=texts.SAME)
        case Entry() as entry:
            return Begin(CORRECTION, Step.CONFIRM, draft.with_entry(entry), said.of, anew=True)
        case Pending() as pending:
            return Begin(CORRECTION, Step.DOUBT, draft.changed(pending=pending), said.of, anew=True)


CORRECTION = Dialogue(
    "correct",
    Step,
    Draft,
    ask,
    answer,
    restart=texts.RESTART,
    cancelled=texts.CANCELLED,
    again=lambda draft, _desk: texts.TAP_ABOVE if draft.edited else texts.RESTART,
    can_wait=False,
)
