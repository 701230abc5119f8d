""" "Ingatkan nanti": a reminder is put off by two hours, to the afternoon or to the next working morning."""

from datetime import date, datetime, time, timedelta
from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from domain.openings import Closing
from domain.working_hours import opening_moment
from domain.zones import instant, local
from handlers.asked_closing import own_closing
from handlers.dialogue import Begin, Dialogue, Done, Next, Question, Retry, Said, Tap
from handlers.messages import Choose, Option, Outgoing, Say, Text
from handlers.reminders import SNOOZE
from handlers.report.sitting import closing_of
from handlers.report.unsent import filled_in
from handlers.texts import report as report_texts
from handlers.texts import snooze as texts
from storage.desk import Desk

_HOURS_LATER = timedelta(hours=2)
_AFTERNOON = time(14)
_TWO_HOURS = ("2 jam", "dua jam")


class Step(StrEnum):
    """WHEN: when shall the reminder come again?"""

    WHEN = "when"


class Draft(BaseModel):
    """`end` is the day on which the periods of the reminder close."""

    model_config = ConfigDict(frozen=True)
    end: date


class Choice(StrEnum):
    """When to be reminded again."""

    TWO_HOURS = "two_hours"
    AFTERNOON = "afternoon"
    MORNING = "morning"


def start(desk: Desk, words: str) -> Begin[Step, Draft, Desk] | Outgoing:
    """Ask when, or say that nothing is missing any more."""
    closing = own_closing(words, desk)
    if isinstance(closing, Say):
        return closing
    if not closing.missing:
        return Say(text=texts.nothing_missing(closing))
    return Begin(PUT_OFF, Step.WHEN, Draft(end=closing.end), closing.end.isoformat())


def moments(desk: Desk) -> dict[Choice, datetime]:
    """The UTC instants that are offered: within the office's hours of a working day, and each in the future."""
    today, zone = desk.today, desk.office.zone
    hours, calendar = desk.organisation.hours, desk.calendar
    morning = calendar.next_working(today)
    found = {
        Choice.TWO_HOURS: (desk.now + _HOURS_LATER).replace(second=0, microsecond=0),
        Choice.AFTERNOON: instant(today, _AFTERNOON, zone),
        Choice.MORNING: instant(morning, hours.on(morning).sending_time, zone),
    }
    if found[Choice.AFTERNOON] == found[Choice.TWO_HOURS]:
        del found[Choice.AFTERNOON]
    return {
        choice: at for choice, at in found.items() if at > desk.now and opening_moment(at, zone, hours, calendar) == at
    }


def ask(_step: Step, draft: Draft, desk: Desk) -> Question:
    closing = closing_of(draft.end, desk)
    if closing is None or not closing.missing:
        return Choose(text=_nothing_left(closing), options=(Option(key="close", label=texts.CLOSE),))
    options = tuple(Option(key=choice, label=_label(choice, at, desk)) for choice, at in moments(desk).items())
    question = texts.question(closing, desk.today, filled_in(desk, closing.end))
    return Choose(text=question, options=options, by_number=False)


def _nothing_left(closing: Closing | None) -> str:
    return report_texts.NOTHING_OPEN if closing is None else texts.nothing_missing(closing)


def _label(choice: Choice, at: datetime, desk: Desk) -> str:
    match choice:
        case Choice.TWO_HOURS:
            return texts.IN_TWO_HOURS
        case Choice.AFTERNOON:
            return texts.THIS_AFTERNOON
        case Choice.MORNING:
            return texts.morning_label(desk.today, local(at, desk.office.zone).date())


def answer(_step: Step, draft: Draft, said: Said, desk: Desk) -> Next[Step, Draft, Desk] | Retry | Done[Desk]:
    closing = closing_of(draft.end, desk)
    if closing is None or not closing.missing:
        return Done(lambda after: Say(text=_nothing_left(closing_of(draft.end, after))))
    at = moments(desk).get(choice) if (choice := _choice(said)) is not None else None
    if at is None:
        return Retry(texts.PICK)
    return _agreed(draft, at)


def _choice(said: Said) -> Choice | None:
    match said:
        case Tap(key=key) if key in tuple(Choice):
            return Choice(key)
        case Text(body=body) if " ".join(body.casefold().split()).strip(" .!").startswith(_TWO_HOURS):
            return Choice.TWO_HOURS
        case _:
            return None


def _agreed(draft: Draft, at: datetime) -> Done[Desk]:
    def remind(desk: Desk) -> None:
        desk.remind_again(at, {"kind": SNOOZE, "end": draft.end.isoformat(), "asked": desk.now.isoformat()})

    return Done(lambda desk: Say(text=texts.agreed(local(at, desk.office.zone), desk.office.zone)), remind)


PUT_OFF = Dialogue("snooze", Step, Draft, ask, answer, restart=texts.RESTART, cancelled=texts.CANCELLED, can_wait=False)
