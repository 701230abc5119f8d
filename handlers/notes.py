""" "catatan": a superior says something about an indicator, its owner answers, and the thread is kept.

Its buttons last: `!catatan:<indicator>` shows a thread, `!catatan:<indicator>:tulis` writes to it.
"""

import re
from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from domain.openings import Duty
from domain.zones import local
from handlers.by_name import find_indicators
from handlers.commands import tell
from handlers.dialogue import CANCEL, Begin, Dialogue, Done, Next, Question, Retry, Said
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
    Notice,
    Option,
    Outgoing,
    Say,
    Text,
)
from handlers.texts import general
from handlers.texts import notes as texts
from handlers.texts.formats import indicator, shortened
from handlers.texts.formats import person as addressed
from handlers.texts.formats import post as post_name
from handlers.words import plain_words
from storage.desk import Desk
from storage.notes import NoteCard

_ADDRESS = re.compile(r"(\d{1,12})(:tulis)?")
_LETTERS = 2
_LENGTH = 500
_MOST_WORDS = 6


class Step(StrEnum):
    """TEXT: what is to be said?"""

    TEXT = "text"


class Draft(BaseModel):
    """`indicator` is what it is about."""

    model_config = ConfigDict(frozen=True)
    indicator: int


Reply = Next[Step, Draft, Desk] | Retry | Done[Desk]


def takes(words: str) -> bool:
    """Whether words after "catatan" may name an indicator."""
    return len(words.split()) <= _MOST_WORDS


def offered(desk: Desk, duty: Duty) -> tuple[Option, ...]:
    """The button beside an indicator: its thread where there is one, else a first note, for those who may begin."""
    if desk.notes.thread(duty.id):
        return (Option(key=f"!catatan:{duty.id}", label=texts.THREAD),)
    return (Option(key=f"!catatan:{duty.id}:tulis", label=texts.WRITE),) if _may_begin(desk, duty) else ()


def start(desk: Desk, words: str = "") -> Begin[Step, Draft, Desk] | Outgoing:
    """The threads that the person may see; with an indicator's name or button that thread, or a new one."""
    if not desk.held_posts:
        return Say(text=general.NO_POST)
    address = _ADDRESS.fullmatch(words.strip())
    if address is not None:
        return _about(desk, _duty(desk, int(address[1])), writes=bool(address[2]))
    return _named(desk, words.strip()) if words.strip() else _threads(desk)


def _duty(desk: Desk, indicator_id: int) -> Duty | None:
    return next((duty for duty in desk.office_duties if duty.id == indicator_id), None)


def _named(desk: Desk, words: str) -> Begin[Step, Draft, Desk] | Outgoing:
    seen = [duty for duty in desk.pictures.shown_duties if duty.post_id in desk.sight.posts]
    found = find_indicators(words, seen)
    if len(found) == 1:
        return _about(desk, found[0], writes=False)
    if not found:
        return Say(text=texts.not_found(shortened(words, 60)))
    return _list([(duty, "") for duty in found[:ROWS]])


def _threads(desk: Desk) -> Begin[Step, Draft, Desk] | Outgoing:
    by_id = {duty.id: duty for duty in desk.office_duties}
    newest = list(desk.notes.threads().items())[: -ROWS - 1 : -1]
    if not newest:
        return Say(text=texts.NONE if desk.sight.posts <= _own(desk) else texts.NONE_FOR_SUPERIORS)
    if len(newest) == 1:
        return _about(desk, by_id[newest[0][0]], writes=False)
    return _list([(by_id[about], texts.hint(len(notes), notes[-1].text)) for about, notes in newest])


def _list(rows: list[tuple[Duty, str]]) -> Outgoing:
    room = ROW_LABEL if len(rows) > BUTTONS else BUTTON_LABEL
    options = tuple(
        Option(
            key=f"!catatan:{duty.id}",
            label=shortened(indicator(duty.name), room),
            hint=shortened(hint or indicator(duty.name), ROW_HINT),
        )
        for duty, hint in rows
    )
    return Choose(text=texts.WHICH, options=options, by_number=False)


def _about(desk: Desk, duty: Duty | None, *, writes: bool) -> Begin[Step, Draft, Desk] | Outgoing:
    if duty is None:
        return Say(text=texts.GONE)
    if duty.post_id not in desk.sight.posts:
        return Say(text=texts.NOT_YOURS)
    thread = desk.notes.thread(duty.id)
    if not thread and not _may_begin(desk, duty):
        return Say(text=texts.NOT_TO_BEGIN)
    if writes or not thread:
        return Begin(NOTES, Step.TEXT, Draft(indicator=duty.id), str(duty.id))
    options = (
        Option(key=f"!catatan:{duty.id}:tulis", label=texts.REPLY),
        Option(key=f"!grafik:indikator:{duty.id}", label=texts.PICTURE),
    )
    shown = texts.thread([_shown(desk, note) for note in thread], desk.office.zone)
    return Choose(title=indicator(duty.name), text=shown, options=options, by_number=False)


def _shown(desk: Desk, note: NoteCard) -> texts.Said:
    person = desk.people.get(note.person_id)
    post = desk.organisation.posts.get(note.post_id or 0)
    name = "" if person is None else addressed(person.name, person.salutation)
    title = "" if post is None or note.capacity is None else post_name(post.title, note.capacity)
    author = f"{name} ({title})" if name and title else name or title
    return texts.Said(author, local(note.at, desk.office.zone), note.text)


def _own(desk: Desk) -> frozenset[int]:
    return frozenset(held.post.id for held in desk.held_posts)


def _may_begin(desk: Desk, duty: Duty) -> bool:
    """Whoever sees an indicator that is not their own."""
    return duty.post_id in desk.sight.posts - _own(desk)


# --- writing --------------------------------------------------------------------------------------------------------


def ask(step: Step, draft: Draft, desk: Desk) -> Question:
    duty = _duty(desk, draft.indicator)
    cancel = (Option(key=CANCEL, label=texts.CANCEL),)
    if duty is None:
        return Choose(text=texts.GONE, options=cancel)
    thread = desk.notes.thread(duty.id)
    if thread:
        last = _shown(desk, thread[-1]).line(desk.office.zone)
        return Choose(title=indicator(duty.name), text=f"{last}\n\n{texts.reply_please()}", options=cancel)
    owner = desk.people.get(desk.holders.get(duty.post_id, 0))
    name = "" if owner is None else addressed(owner.name, owner.salutation)
    text = texts.please(name, desk.organisation.posts[duty.post_id].title)
    return Choose(title=indicator(duty.name), text=text, options=cancel, by_number=False)


def answer(step: Step, draft: Draft, said: Said, desk: Desk) -> Reply:
    duty = _duty(desk, draft.indicator)
    if duty is None or duty.post_id not in desk.sight.posts:
        gone = texts.GONE if duty is None else texts.NOT_YOURS
        return Done(lambda _desk: Say(text=gone))
    match said:
        case MediaFailed() | Contact() | Edited():
            return Retry(general.no_answer(said))
        case Text(body=body) if (words := plain_words(body, _LETTERS, _LENGTH)) is not None:
            return Done(lambda desk: Say(text=_write(desk, duty, words)))
        case _:
            return Retry(texts.IN_WORDS)


def _write(desk: Desk, duty: Duty, words: str) -> str:
    """Keep a note and tell it to those whom it concerns; say who learns of it."""
    earlier = desk.notes.thread(duty.id)
    note_id = desk.notes.add(duty.id, words, desk.actor(_as_post(desk, duty)))
    owner = desk.holders.get(duty.post_id)
    told: list[str] = []
    unreachable: list[str] = []
    for person_id in _concerned(desk, duty, owner, earlier):
        person = desk.people[person_id]
        key = f"note:{desk.office_id}:{note_id}:{person_id}"
        is_told = tell(desk, person_id, key, _notice(desk, duty, words, is_reply=_answers(desk, earlier)))
        (told if is_told else unreachable).append(addressed(person.name, person.salutation))
    vacant = desk.organisation.posts[duty.post_id].title if owner is None else ""
    return texts.done(told, unreachable, vacant, now=desk.is_open)


def _as_post(desk: Desk, duty: Duty) -> int:
    """As which of their posts the person writes: the indicator's own, else the first."""
    held = [one.post.id for one in desk.held_posts]
    return duty.post_id if duty.post_id in held else held[0]


def _answers(desk: Desk, earlier: tuple[NoteCard, ...]) -> bool:
    """Whether a note answers somebody else's."""
    return bool(earlier) and earlier[-1].person_id != desk.person_id


def _concerned(desk: Desk, duty: Duty, owner: int | None, earlier: tuple[NoteCard, ...]) -> tuple[int, ...]:
    """The owner and all who wrote before, as far as they may still see it; not the one who writes."""
    people = dict.fromkeys((*(() if owner is None else (owner,)), *(note.person_id for note in earlier)))
    return tuple(
        person_id
        for person_id in people
        if person_id != desk.person_id
        and person_id in desk.people
        and duty.post_id in desk.for_person(person_id).sight.posts
    )


def _author(desk: Desk, duty: Duty) -> str:
    post = next(held for held in desk.held_posts if held.post.id == _as_post(desk, duty))
    name = addressed(desk.person.name, desk.person.salutation)
    return f"{name} ({post_name(post.post.title, post.capacity)})"


def _notice(desk: Desk, duty: Duty, words: str, *, is_reply: bool) -> Notice:
    author = _author(desk, duty)
    return Notice(
        name="note",
        params=(author, indicator(duty.name, texts.NAME_ROOM), words),
        text=texts.told(author, duty.name, words, is_reply=is_reply),
        options=(
            Option(key=f"!catatan:{duty.id}:tulis", label=texts.REPLY),
            Option(key=f"!grafik:indikator:{duty.id}", label=texts.PICTURE),
        ),
    )


NOTES = Dialogue(
    "notes",
    Step,
    Draft,
    ask,
    answer,
    restart=texts.RESTART,
    cancelled=texts.CANCELLED,
    can_wait=False,
)
