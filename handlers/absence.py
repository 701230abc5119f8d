"""Leave and duty trips: from when, until when, and who stands in; whoever comes back early says so (domain.md 7)."""

from collections.abc import Sequence
from datetime import date, timedelta
from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from domain.day_spans import DaySpan
from handlers import absence_notices as notices
from handlers.absence_notices import name_of, titles
from handlers.colleagues import Colleague, is_away, may_act_for, named, overlap, own_posts, possible_stand_ins
from handlers.day_words import read_day, read_day_from
from handlers.dialogue import BACK, CANCEL, Begin, Dialogue, Done, Next, Question, Retry, Said, Tap
from handlers.messages import (
    BUTTON_LABEL,
    BUTTONS,
    ROW_HINT,
    ROW_LABEL,
    ROWS,
    Choose,
    Contact,
    Edited,
    MediaFailed,
    Option,
    Outgoing,
    Say,
    Text,
)
from handlers.period_words import names_period
from handlers.texts import absence as texts
from handlers.texts import general
from handlers.texts.formats import day, shortened
from storage.absences import AbsenceCard, AbsenceKind
from storage.desk import Desk

_PAGE = ROWS - 2
"""People shown at once: two rows are kept for more and for nobody."""
_MONTH, _YEAR = timedelta(days=31), timedelta(days=366)
_DAY_CHOICES = 3


class Step(StrEnum):
    """PRESENT: what of the absence that is entered? FIRST and LAST: from when, until when? STAND_IN: who acts
    meanwhile? CONFIRM: is it right?"""

    PRESENT = "present"
    FIRST = "first"
    LAST = "last"
    STAND_IN = "stand_in"
    CONFIRM = "confirm"


class Draft(BaseModel):
    """`person` is away; `replaces` is the absence that is changed; `page` turns the list of stand-ins."""

    model_config = ConfigDict(frozen=True)
    person: int
    kind: AbsenceKind = AbsenceKind.LEAVE
    first: date | None = None
    last: date | None = None
    stand_in: int | None = None
    replaces: int | None = None
    page: int = 0


Reply = Next[Step, Draft, Desk] | Retry | Done[Desk]


def start_leave(desk: Desk, words: str = "") -> Begin[Step, Draft, Desk] | Outgoing:
    """ "cuti": one's own, or that of somebody below who is named."""
    return _start(desk, words, AbsenceKind.LEAVE)


def start_duty_trip(desk: Desk, words: str = "") -> Begin[Step, Draft, Desk] | Outgoing:
    """ "dinas luar"."""
    return _start(desk, words, AbsenceKind.DUTY_TRIP)


def may_follow(words: str) -> bool:
    """Whether words after "cuti" name a day or somebody: `cuti bersama`, `izin belum terbit` are said of other things.

    Which day it is depends on today, whether it is one does not.
    """
    parts = words.casefold().split()
    like_a_name = 0 < len(parts) <= _NAME_WORDS and all(part.isalpha() for part in parts)
    return read_day(words, _ANY_DAY) is not None or (like_a_name and not _NO_NAMES & set(parts))


_ANY_DAY = date(2000, 1, 1)
_NAME_WORDS = 3
_NO_NAMES = frozenset(
    {"bersama", "belum", "sudah", "tidak", "sedang", "masih", "dari", "untuk", "besar", "tahunan", "luar", "usaha"}
)


def _start(desk: Desk, words: str, kind: AbsenceKind) -> Begin[Step, Draft, Desk] | Outgoing:
    person_id = desk.person.id
    first = read_day(words, desk.today)
    if words and first is None and not names_period(words):  # a reminder's button names its period
        found = named(words, desk.people.values())
        if len(found) != 1:
            names = [name_of(desk, one.id) for one in found]
            return Say(text=texts.several(names) if names and desk.held_posts else texts.UNKNOWN_NAME)
        person_id = found[0].id
        if not may_act_for(desk, person_id):
            return Say(text=texts.FOR_ANOTHER_REFUSED)
    if not own_posts(desk, person_id, desk.today):
        return Say(text=general.NO_POST if person_id == desk.person_id else texts.WITHOUT_POST)
    draft = Draft(person=person_id, kind=kind)
    subject = "" if person_id == desk.person_id else str(person_id)
    if _cards(desk, person_id):
        return Begin(ABSENCE, Step.PRESENT, draft, subject)
    begun = None if first is None else _begun_on(draft, first, desk)
    if isinstance(begun, Next):
        return Begin(ABSENCE, begun.step, begun.draft, subject)
    return Begin(ABSENCE, Step.FIRST, draft, subject)


def _cards(desk: Desk, person_id: int) -> tuple[AbsenceCard, ...]:
    """What is entered and not over, by its first day."""
    return tuple(sorted(desk.absences.of_person(person_id), key=lambda card: card.days.first))


def _other_name(desk: Desk, person_id: int) -> str:
    """The name of somebody else; empty for the person of the desk."""
    return "" if person_id == desk.person_id else name_of(desk, person_id)


# --- what is asked --------------------------------------------------------------------------------------------------


def ask(step: Step, draft: Draft, desk: Desk) -> Question:
    title = texts.heading(draft.kind, _other_name(desk, draft.person))
    match step:
        case Step.PRESENT:
            return _ask_present(draft, desk)
        case Step.LAST if draft.first is not None:
            return Choose(
                title=title,
                text=texts.until_when(draft.first),
                options=_last_options(draft.first, desk),
                by_number=False,
            )
        case Step.STAND_IN if (days := _days(draft)) is not None:
            return _ask_stand_in(title, draft, days, desk)
        case Step.CONFIRM if (days := _days(draft)) is not None:
            return _ask_confirm(title, draft, days, desk)
        case _:
            return Choose(title=title, text=texts.FROM_WHEN, options=_first_options(draft), by_number=False)


def _days(draft: Draft) -> DaySpan | None:
    return None if draft.first is None or draft.last is None else DaySpan(draft.first, draft.last)


def _ask_present(draft: Draft, desk: Desk) -> Question:
    cards = _cards(desk, draft.person)
    if not cards:
        return Choose(text=texts.GONE, options=(Option(key="close", label=texts.CLOSE),))
    card, *others = cards
    text = texts.present(card.kind, _other_name(desk, draft.person), card.days, name_of(desk, card.stand_in_id))
    if others:
        text = f"{text}\n{texts.also([texts.further(one.kind, one.days) for one in others[:3]])}"
    options = (
        Option(key="end", label=texts.RETURNED if card.days.first <= desk.today else texts.CALLED_OFF),
        Option(key="change", label=texts.CHANGE),
        Option(key="another", label=texts.ANOTHER),
    )
    return Choose(text=text, options=options)


def _first_options(draft: Draft) -> tuple[Option, ...]:
    other = AbsenceKind.LEAVE if draft.kind is AbsenceKind.DUTY_TRIP else AbsenceKind.DUTY_TRIP
    return (
        Option(key="today", label=texts.TODAY),
        Option(key="tomorrow", label=texts.TOMORROW),
        Option(key="other_kind", label=texts.kind(other)),
    )


def _last_options(first: date, desk: Desk) -> tuple[Option, ...]:
    """One day, the next working day, and the ends of this and the next working week: the first three of them."""
    begin = max(first, desk.today)
    sunday = begin + timedelta(days=6 - begin.weekday())
    ends = [begin, desk.calendar.next_working(begin)]
    ends += [desk.calendar.at_or_before(sunday + timedelta(weeks=number)) for number in range(_DAY_CHOICES)]
    days = [one for one in dict.fromkeys(sorted(ends)) if one >= begin][:_DAY_CHOICES]
    return tuple(Option(key=one.isoformat(), label=_day_label(one, first, desk.today)) for one in days)


def _day_label(which: date, first: date, today: date) -> str:
    if which == first:
        return texts.ONLY_TODAY if first == today else texts.ONE_DAY
    if which == today:
        return texts.TODAY
    return texts.TOMORROW if which == today + timedelta(days=1) else day(which)


def _ask_stand_in(title: str, draft: Draft, days: DaySpan, desk: Desk) -> Question:
    found = possible_stand_ins(desk, draft.person, days)
    posts = titles(own_posts(desk, draft.person, days.first))
    return Choose(title=title, text=texts.who_stands_in(days, posts), options=_people_options(found, draft.page))


def _people_options(found: Sequence[Colleague], page: int) -> tuple[Option, ...]:
    shown = found[page * _PAGE : (page + 1) * _PAGE]
    buttons = len(shown) + 1 + (len(found) > _PAGE) <= BUTTONS
    options = [
        Option(
            key=f"p{one.person.id}",
            label=shortened(one.person.name, BUTTON_LABEL if buttons else ROW_LABEL),
            hint=shortened(texts.colleague(one.title, joined=one.person.joined), ROW_HINT),
        )
        for one in shown
    ]
    if len(found) > _PAGE:
        options.append(Option(key="more", label=texts.MORE))
    return (*options, Option(key="nobody", label=texts.NOBODY))


def _ask_confirm(title: str, draft: Draft, days: DaySpan, desk: Desk) -> Question:
    person = desk.people.get(draft.stand_in or 0)
    title_of = "" if person is None else titles(own_posts(desk, person.id, days.first))
    text = texts.check(days, name_of(desk, draft.stand_in), title_of, joined=person is not None and person.joined)
    left = _stands_in_for(draft.person, days, desk)
    if left:
        text = f"{text}\n{texts.left_without_stand_in(left)}"
    options = (
        Option(key="save", label=texts.SAVE),
        Option(key=BACK, label=texts.BACK),
        Option(key=CANCEL, label=texts.CANCEL),
    )
    return Choose(title=title, text=text, options=options)


def _stands_in_for(person_id: int, days: DaySpan, desk: Desk) -> list[str]:
    """Whose stand-in the person is on some of the days: nobody acts for a stand-in."""
    found = (one for one in desk.organisation.absences if one.stand_in_id == person_id and overlap(one.days, days))
    return list(dict.fromkeys(name_of(desk, one.person_id) for one in found))


# --- what an answer leads to ----------------------------------------------------------------------------------------


def answer(step: Step, draft: Draft, said: Said, desk: Desk) -> Reply:
    if not may_act_for(desk, draft.person):
        return Done(lambda _desk: Say(text=texts.FOR_ANOTHER_REFUSED))
    match said:
        case MediaFailed() | Contact() | Edited():
            return Retry(general.no_answer(said))
        case _:
            return _answer_step(step, draft, said, desk)


def _answer_step(step: Step, draft: Draft, said: Said, desk: Desk) -> Reply:
    match step:
        case Step.PRESENT:
            return _answer_present(draft, said, desk)
        case Step.LAST if draft.first is not None:
            return _answer_last(draft, draft.first, said, desk)
        case Step.STAND_IN if (days := _days(draft)) is not None:
            return _answer_stand_in(draft, days, said, desk)
        case Step.CONFIRM if (days := _days(draft)) is not None:
            return _answer_confirm(draft, days, said, desk)
        case _:
            return _answer_first(draft, said, desk)


def _answer_present(draft: Draft, said: Said, desk: Desk) -> Reply:
    cards = _cards(desk, draft.person)
    if not cards:
        return Done(lambda _desk: Say(text=texts.GONE))
    card = cards[0]
    match said:
        case Tap(key="end"):
            return Done(lambda after: _said_end(after, card), lambda before: _end(before, card))
        case Tap(key="change"):
            return Next(Step.FIRST, Draft(person=draft.person, kind=card.kind, replaces=card.id))
        case Tap(key="another"):
            return Next(Step.FIRST, draft)
        case _:
            return Retry(texts.WHAT_NOW)


def _answer_first(draft: Draft, said: Said, desk: Desk) -> Reply:
    match said:
        case Tap(key="today"):
            return _begun_on(draft, desk.today, desk)
        case Tap(key="tomorrow"):
            return _begun_on(draft, desk.today + timedelta(days=1), desk)
        case Tap(key="other_kind"):
            other = AbsenceKind.LEAVE if draft.kind is AbsenceKind.DUTY_TRIP else AbsenceKind.DUTY_TRIP
            return Next(Step.FIRST, draft.model_copy(update={"kind": other}), instead=True)
        case Text(body=body) if (found := read_day(body, desk.today)) is not None:
            return _begun_on(draft, found, desk)
        case _:
            return Retry(texts.DAY_PLEASE)


def _begun_on(draft: Draft, first: date, desk: Desk) -> Reply:
    if first < desk.today - _MONTH:
        return Retry(texts.TOO_LONG_AGO)
    if first > desk.today + _YEAR:
        return Retry(texts.TOO_FAR)
    return Next(Step.LAST, draft.model_copy(update={"first": first}))


def _answer_last(draft: Draft, first: date, said: Said, desk: Desk) -> Reply:
    match said:
        case Tap(key=key):
            return _ends_on(draft, first, date.fromisoformat(key), desk)
        case Text(body=body) if (found := read_day_from(body, max(first, desk.today), desk.today)) is not None:
            return _ends_on(draft, first, found, desk)
        case _:
            return Retry(texts.DAY_PLEASE)


def _ends_on(draft: Draft, first: date, last: date, desk: Desk) -> Reply:
    if last < first:
        return Retry(texts.before_first(first))
    if last < desk.today:
        return Retry(texts.PASSED)
    if last > first + _YEAR:
        return Retry(texts.too_long(first))
    return Next(Step.STAND_IN, draft.model_copy(update={"last": last, "page": 0}))


def _answer_stand_in(draft: Draft, days: DaySpan, said: Said, desk: Desk) -> Reply:
    found = possible_stand_ins(desk, draft.person, days)
    match said:
        case Tap(key="nobody"):
            return Next(Step.CONFIRM, draft.model_copy(update={"stand_in": None}))
        case Tap(key="more"):
            pages = -(-len(found) // _PAGE)
            return Next(Step.STAND_IN, draft.model_copy(update={"page": (draft.page + 1) % pages}), instead=True)
        case Tap(key=key) if key.startswith("p"):
            return Next(Step.CONFIRM, draft.model_copy(update={"stand_in": int(key.removeprefix("p"))}))
        case Text(body=body):
            return _typed_stand_in(draft, days, body, found, desk)
        case _:
            return Retry(texts.CHOOSE_PLEASE)


def _typed_stand_in(draft: Draft, days: DaySpan, body: str, found: Sequence[Colleague], desk: Desk) -> Reply:
    matching = named(body, (one.person for one in found))
    if len(matching) == 1:
        return Next(Step.CONFIRM, draft.model_copy(update={"stand_in": matching[0].id}))
    if matching:
        return Retry(texts.several([name_of(desk, one.id) for one in matching]))
    others = named(body, desk.people.values())
    if any(one.id == draft.person for one in others):
        return Retry(texts.not_oneself(name_of(desk, draft.person)))
    away = next((one for one in others if is_away(desk, one.id, days)), None)
    return Retry(texts.WHO_PLEASE if away is None else texts.also_away(name_of(desk, away.id)))


def _answer_confirm(draft: Draft, days: DaySpan, said: Said, desk: Desk) -> Reply:
    match said:
        case Tap(key="save") if days.last < desk.today:
            return Next(Step.LAST, draft.model_copy(update={"last": None}), texts.PASSED, instead=True)
        case Tap(key="save") if not _still_free(draft, days, desk):
            without = draft.model_copy(update={"stand_in": None, "page": 0})
            return Next(Step.STAND_IN, without, texts.NOT_FREE_ANY_MORE, instead=True)
        case Tap(key="save"):
            return Done(lambda after: _said_entered(after, draft, days), lambda before: _enter(before, draft, days))
        case _:
            return Retry(texts.SAVE_OR_BACK)


def _still_free(draft: Draft, days: DaySpan, desk: Desk) -> bool:
    found = possible_stand_ins(desk, draft.person, days)
    return draft.stand_in is None or any(one.person.id == draft.stand_in for one in found)


# --- what is done ---------------------------------------------------------------------------------------------------


def _enter(desk: Desk, draft: Draft, days: DaySpan) -> None:
    """Enter the absence, in place of the one that is changed, and tell everybody whom it concerns."""
    book = desk.absences
    replaced = next((card for card in _cards(desk, draft.person) if card.id == draft.replaces), None)
    if replaced is not None:
        book.end(replaced.id)
    absence_id = book.enter(draft.person, draft.kind, days, draft.stand_in)
    card = AbsenceCard(absence_id, draft.person, draft.kind, days, draft.stand_in)
    notices.announce(desk, card, instead_of=None if replaced is None else replaced.stand_in_id)


def _said_entered(desk: Desk, draft: Draft, days: DaySpan) -> Outgoing:
    stand_in = desk.people.get(draft.stand_in or 0)
    return Say(
        text=texts.entered(
            draft.kind,
            _other_name(desk, draft.person),
            days,
            name_of(desk, draft.stand_in),
            joined=stand_in is not None and stand_in.joined,
            mine=draft.person == desk.person_id,
        )
    )


def _end(desk: Desk, card: AbsenceCard) -> None:
    desk.absences.end(card.id)
    notices.announce_end(desk, card)


def _said_end(desk: Desk, card: AbsenceCard) -> Outgoing:
    told = name_of(desk, card.stand_in_id) if _is_reached(desk, card.stand_in_id) else ""
    began, mine = card.days.first <= desk.today, card.person_id == desk.person_id
    text = texts.ended(card.kind, _other_name(desk, card.person_id), told, began=began, mine=mine)
    if not mine or not began or not any(closing.missing for closing in desk.closings):
        return Say(text=text)
    return Choose(text=text, options=(Option(key="!lapor", label=texts.REPORT_NOW),))


def _is_reached(desk: Desk, person_id: int | None) -> bool:
    person = desk.people.get(person_id or 0)
    return person is not None and person.joined


ABSENCE = Dialogue(
    "absence",
    Step,
    Draft,
    ask,
    answer,
    restart=texts.TYPE_LEAVE,
    cancelled=texts.CANCELLED,
    saved=texts.SAVED,
)
