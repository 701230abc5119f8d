""" "libur": the admin adds and removes the office's own days off, and sees which deadlines move because of it."""

import re
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from domain.deadlines import due_date
from domain.periods import Period, PeriodKind
from domain.working_calendar import WorkingCalendar
from handlers.day_words import read_day
from handlers.dialogue import BACK, Begin, Dialogue, Done, Next, Question, Retry, Said, Tap
from handlers.messages import Choose, Contact, Edited, MediaFailed, Option, Outgoing, Say, Text
from handlers.texts import days_off as texts
from handlers.texts import general
from handlers.texts.formats import DAYS
from handlers.words import plain_words
from storage.desk import Desk

_AHEAD = timedelta(days=60)
_MOST_WORDS = 6
"""Words of a date: `pada hari rabu 8 juni 2022`."""
_NAME_LETTERS, _NAME_LENGTH = 3, 60
_WEEKDAYS = frozenset(name.casefold() for name in DAYS)
_REMOVE = re.compile(r"hapus (?:no(?:mor)?\.? ?)?((?:\d{1,3}(?:,| dan|) ?)+)")


class Step(StrEnum):
    """LIST: what is to be added or removed? CONFIRM: with these deadlines?"""

    LIST = "list"
    CONFIRM = "confirm"


class DayOff(BaseModel):
    """A local day and why it is off."""

    model_config = ConfigDict(frozen=True)
    day: date
    note: str


class Draft(BaseModel):
    """What is to be added, and the days to be removed."""

    model_config = ConfigDict(frozen=True)
    added: tuple[DayOff, ...] = ()
    removed: tuple[date, ...] = ()


Reply = Next[Step, Draft, Desk] | Retry | Done[Desk]


def start(desk: Desk) -> Begin[Step, Draft, Desk] | Outgoing:
    """Show the days off of the office and of the country; only for the admin."""
    return Begin(DAYS_OFF, Step.LIST, Draft()) if desk.is_admin else Say(text=texts.ADMIN_ONLY)


def ask(step: Step, draft: Draft, desk: Desk) -> Question:
    if step is Step.LIST:
        text = texts.overview(_own_days(desk), _national_ahead(desk))
        close = Option(key="close", label=texts.CLOSE)
        return Choose(title=texts.TITLE, text=text, options=(close,), by_number=False)
    notes = desk.settings.days_off
    added = [(one.day, one.note) for one in draft.added]
    removed = [(day, notes.get(day, "")) for day in draft.removed]
    text = texts.change(added, removed, _shifts(draft, desk))
    options = (Option(key="save", label=texts.SAVE), Option(key=BACK, label=texts.AGAIN))
    return Choose(title=texts.TITLE, text=text, options=options)


def _own_days(desk: Desk) -> list[tuple[date, str]]:
    """Those of this year and the next, in the order in which they are numbered."""
    return [(day, note) for day, note in desk.settings.days_off.items() if day.year in _years(desk)]


def _years(desk: Desk) -> tuple[int, int]:
    return desk.today.year, desk.today.year + 1


def _national_ahead(desk: Desk) -> dict[date, str]:
    """Those of the next days that would be worked otherwise."""
    named, worked = desk.almanac.named_days(_years(desk)), desk.office.rules.calendar(frozenset())
    return {
        day: name for day, name in named.items() if desk.today <= day <= desk.today + _AHEAD and worked.is_working(day)
    }


def _shifts(draft: Draft, desk: Desk) -> list[str]:
    """Every deadline that lies ahead, now or then, and moves."""
    before, after = desk.calendar, _calendar_after(draft, desk)
    found: list[str] = []
    for month in _months(desk.today):
        for cut_off, kabupaten in ((desk.office.rules.internal, False), (desk.office.rules.kabupaten, True)):
            now, then = due_date(month, cut_off, before), due_date(month, cut_off, after)
            if now != then and max(now, then) >= desk.today:
                found.append(texts.shift(month, now, then, kabupaten=kabupaten))
    return found


def _calendar_after(draft: Draft, desk: Desk) -> WorkingCalendar:
    national = desk.almanac.free_days(_years(desk))
    gone = frozenset(draft.removed) - national
    return desk.office.rules.calendar((desk.calendar.free - gone) | {one.day for one in draft.added})


def _months(today: date) -> Iterable[Period]:
    """From the month before this one to November of next year, whose deadlines the calendar covers."""
    month = Period.of_day(Period.of_day(today, PeriodKind.MONTH).start - timedelta(days=1), PeriodKind.MONTH)
    while (month.year, month.number) < (today.year + 1, 12):
        yield month
        month = Period.of_day(month.end + timedelta(days=1), PeriodKind.MONTH)


def answer(step: Step, draft: Draft, said: Said, desk: Desk) -> Reply:
    if not desk.is_admin:
        return Done(lambda _desk: Say(text=texts.ADMIN_ONLY))
    match said:
        case Tap(key="close"):
            return Done(lambda _desk: Say(text=texts.CLOSED))
        case Tap(key="save"):
            return Done(lambda _desk: Say(text=texts.saved(len(draft.added), len(draft.removed))), _carry_out(draft))
        case Text(body=body) if step is Step.LIST:
            return _typed(body, desk)
        case MediaFailed() | Contact() | Edited():
            return Retry(general.no_answer(said))
        case _:
            return Retry(texts.NOT_READ if step is Step.LIST else texts.SAVE_OR_AGAIN)


def _typed(body: str, desk: Desk) -> Reply:
    if match := _REMOVE.fullmatch(" ".join(body.casefold().split())):
        return _remove([int(number) for number in re.findall(r"\d+", match[1])], desk)
    return _add([line for line in re.split(r"[\n;]", body) if line.strip()], desk)


def _remove(numbers: Iterable[int], desk: Desk) -> Reply:
    own = _own_days(desk)
    wanted = sorted(set(numbers))
    if any(not 1 <= number <= len(own) for number in wanted):
        return Retry(texts.NO_SUCH_NUMBER)
    return Next(Step.CONFIRM, Draft(removed=tuple(own[number - 1][0] for number in wanted)))


def _add(lines: list[str], desk: Desk) -> Reply:
    added: dict[date, DayOff] = {}
    for number, line in enumerate(lines, start=1):
        one = read_day_off(line, desk.today)
        if one is None:
            return Retry(texts.NOT_READ if len(lines) == 1 else texts.line_not_read(number))
        refused = texts.twice(one.day) if one.day in added else _refused(one.day, desk)
        if refused:
            return Retry(refused)
        added[one.day] = one
    return (
        Next(Step.CONFIRM, Draft(added=tuple(added[day] for day in sorted(added)))) if added else Retry(texts.NOT_READ)
    )


def read_day_off(line: str, today: date) -> DayOff | None:
    """A name and a date in either order; None where there is no date, or something that is no name beside it."""
    words = line.split()
    for length in range(min(len(words), _MOST_WORDS), 0, -1):
        for of_date, of_name in ((words[-length:], words[:-length]), (words[:length], words[length:])):
            day = read_day(" ".join(of_date).strip(":,-"), today)
            if day is not None:
                return _named(day, " ".join(of_name).strip(" :,-"))
    return None


def _named(day: date, name: str) -> DayOff | None:
    """A weekday that is left in the name is not that of the date, or it would have been read with it."""
    if {word.casefold() for word in name.split()} & _WEEKDAYS:
        return None
    note = plain_words(name, _NAME_LETTERS, _NAME_LENGTH) if name else texts.WITHOUT_A_NAME
    return None if note is None else DayOff(day=day, note=note)


def _refused(day: date, desk: Desk) -> str:
    """Why a day cannot be added, empty where it can."""
    first, last = _years(desk)
    if day.year not in (first, last):
        return texts.outside(first, last)
    if day in desk.settings.days_off:
        return texts.already_own(day, desk.settings.days_off[day])
    national = desk.almanac.named_days((day.year,))
    if day in national:
        return texts.already_national(day, national[day])
    return "" if desk.calendar.is_working(day) else texts.no_working_day(day)


def _carry_out(draft: Draft) -> Callable[[Desk], None]:
    def carry_out(desk: Desk) -> None:
        for one in draft.added:
            desk.settings.add_day_off(one.day, one.note)
        for day in draft.removed:
            desk.settings.remove_day_off(day)

    return carry_out


DAYS_OFF = Dialogue(
    "days_off",
    Step,
    Draft,
    ask,
    answer,
    restart=texts.TYPE_DAYS_OFF,
    cancelled=texts.CANCELLED,
    can_wait=False,
)
