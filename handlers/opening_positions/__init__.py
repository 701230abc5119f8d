""" "realisasi awal": what was realised before the office began to report with the program, one position an indicator.

The first "lapor" after the beginning asks it by itself; it can be put off, and told or changed later.
"""

from domain.openings import Duty
from domain.periods import Period
from handlers import report
from handlers.dialogue import Begin, Dialogue
from handlers.messages import Outgoing, Say
from handlers.opening_positions.answering import answer
from handlers.opening_positions.asking import ask
from handlers.opening_positions.sitting import Draft, Place, Step, carried, places_of, sitting_of
from handlers.period_words import read_end
from handlers.texts import general
from handlers.texts import opening_positions as texts
from handlers.texts import report as report_texts
from storage.desk import Desk

__all__ = ["OPENING", "Draft", "Step", "change", "has_positions", "is_position", "lapor", "start"]


def lapor(desk: Desk, words: str = "") -> Begin[Step, Draft, Desk] | Begin[report.Step, report.Draft, Desk] | Outgoing:
    """ "lapor": the positions of before the beginning first, where nobody was asked for them yet; the one that was
    returned, where its period is named."""
    if (returned := _returned(desk, words)) is not None:
        return change(desk, returned)
    places = tuple(Place(duty, which) for duty, which in desk.beginnings.to_ask())
    if not places:
        return report.start(desk, words)
    desk.beginnings.note_asked({place.duty.post_id for place in places})
    order = tuple(place.duty.id for place in places)
    return Begin(OPENING, Step.VALUE, Draft(order=order, then=words), anew=True)


def _returned(desk: Desk, words: str) -> Duty | None:
    """The indicator whose position s/d the named period waits to be mended."""
    end = read_end(words, desk.today)
    unknown = desk.beginnings.unknown if end is not None else ()
    return next((duty for duty, which in unknown if which.end == end and which in duty.returned), None)


def start(desk: Desk, words: str = "") -> Begin[Step, Draft, Desk] | Outgoing:
    """What is unknown is asked; where nothing is, the page on which positions are changed."""
    if not desk.reported_posts:
        return Say(text=general.NO_POST)
    if desk.office.rules.begins is None:
        return Say(text=texts.NO_BEGINNING)
    places = places_of(desk)
    if not places:
        return Say(text=texts.NOTHING)
    order = tuple(place.duty.id for place in places)
    return Begin(OPENING, Step.VALUE if desk.beginnings.unknown else Step.REVIEW, Draft(order=order))


def has_positions(desk: Desk) -> bool:
    """Whether there is a position to tell or to change: nobody else needs the word."""
    return desk.office.rules.begins is not None and bool(places_of(desk))


def is_position(duty: Duty, which: Period) -> bool:
    """Whether the value of a period is an opening position, which is changed here and nowhere else."""
    return which == duty.measure.opening


def change(desk: Desk, duty: Duty) -> Begin[Step, Draft, Desk] | Outgoing:
    """Ask for the position of one indicator again."""
    order = tuple(place.duty.id for place in places_of(desk))
    if duty.id not in order:
        return Say(text=texts.GONE)
    draft = Draft(order=order, at=order.index(duty.id), revisiting=True)
    return Begin(OPENING, Step.VALUE, draft, anew=True)


def _resumed(draft: Draft, desk: Desk) -> str:
    sitting = sitting_of(draft, desk)
    if sitting is None:
        return general.RESUMED
    return report_texts.resumed(sum(sitting.entry(place) is not None for place in sitting.places), len(sitting.places))


OPENING = Dialogue(
    "opening",
    Step,
    Draft,
    ask,
    answer,
    restart=texts.TYPE_OPENING,
    cancelled=texts.CANCELLED,
    saved=texts.SAVED,
    resumed=_resumed,
    carried=carried,
)
