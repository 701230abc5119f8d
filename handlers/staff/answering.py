"""What an answer leads to at each step of the conversation about people and posts."""

import re
from collections.abc import Sequence
from datetime import date, timedelta

from domain.appointments import AppointmentRefused, Change, Refusal, acting_until
from domain.plan import Role
from handlers.absence_notices import name_of
from handlers.colleagues import named
from handlers.day_words import read_day
from handlers.dialogue import Done, Next, Retry, Said, Tap
from handlers.messages import Contact, Edited, MediaFailed, Outgoing, Say, Text
from handlers.phones import read_phone
from handlers.staff import choices, listing, notices
from handlers.staff.asking import leaver_name, most_of
from handlers.staff.outcome import outcome
from handlers.staff.steps import (
    CAPACITIES,
    NEW,
    Draft,
    Step,
    entered_already,
    extends,
    first_step,
    following,
    tenure_of,
)
from handlers.texts import general
from handlers.texts import staff as texts
from handlers.words import plain_words
from storage.desk import Desk
from storage.people import PostCard
from storage.staff import TenureCard

Reply = Next[Step, Draft, Desk] | Retry | Done[Desk]

_MONTH, _YEAR = timedelta(days=31), timedelta(days=366)
_MONTHS = re.compile(r"(\d{1,2}) bulan")
_NAME = re.compile(r"[^\W\d_](?:[^\W\d_]|[ .,'’-]){1,59}")
_TITLE_LETTERS, _TITLE_LENGTH = 3, 80
WORDS = {"mutasi": Change.TRANSFER, "plt": Change.PLT, "plh": Change.PLH}
"""What starts a change at once."""


def answer(step: Step, draft: Draft, said: Said, desk: Desk) -> Reply:
    if not desk.is_admin:
        return Done(lambda _desk: Say(text=texts.ADMIN_ONLY))
    match said:
        case MediaFailed() | Contact() | Edited():
            return Retry(general.no_answer(said))
        case Tap(key="close"):
            return Done(lambda _desk: Say(text=texts.CANCELLED))
        case Tap(key="more"):
            return Next(step, draft.model_copy(update={"page": draft.page + 1}), instead=True)
        case _:
            return _answer_step(step, draft, said, desk)


def _answer_step(step: Step, draft: Draft, said: Said, desk: Desk) -> Reply:
    match step:
        case Step.MENU:
            return _answer_menu(said, desk)
        case Step.WHO:
            return _answer_who(draft, said, desk)
        case Step.POST | Step.TARGET | Step.SUPERIOR | Step.HEIR:
            return _answer_post(step, draft, said, desk)
        case Step.PRESENT:
            return _answer_present(draft, said, desk)
        case Step.FIRST | Step.LAST:
            return _answer_day(step, draft, said, desk)
        case Step.WHERE:
            return _answer_where(draft, said, desk)
        case Step.PERSON:
            return _answer_person(draft, said, desk)
        case Step.NAME | Step.SALUTATION | Step.PHONE:
            return _answer_newcomer(step, draft, said, desk)
        case Step.KEEPS:
            return _answer_keeps(draft, said, desk)
        case Step.TITLE | Step.ROLE | Step.UNIT:
            return _answer_about_post(step, draft, said, desk)
        case Step.CONFIRM:
            return _answer_confirm(draft, said, desk)


def _onward(step: Step, draft: Draft, desk: Desk, **given: object) -> Reply:
    """Keep what was answered and ask what comes next."""
    filled = draft.model_copy(update={**given, "page": 0})
    return Next(following(step, filled, desk), filled)


# --- which change -----------------------------------------------------------------------------------------------------


def _answer_menu(said: Said, desk: Desk) -> Reply:
    match said:
        case Tap(key=key):
            return begun(Draft(change=Change(key)), desk)
        case Text(body=body) if body.casefold().strip(" .!") in WORDS:
            return begun(Draft(change=WORDS[body.casefold().strip(" .!")]), desk)
        case Text(body=body) if body.casefold().strip(" .!") == listing.LIST:
            return Done(lambda after: listing.listed(after, 1))
        case _:
            return Retry(texts.CHOOSE_CHANGE)


def begun(draft: Draft, desk: Desk) -> Reply:
    """The first question of a change; a sentence where there is nothing to change."""
    if draft.change in (Change.PLT, Change.FILL) and not choices.posts_for(draft, desk):
        return Retry(texts.NO_VACANCY)
    if draft.change is Change.TRANSFER and not choices.tenures_to_leave(desk):
        return Retry(texts.NOBODY_LEFT)
    return Next(first_step(draft, desk), draft)


def named_at_once(draft: Draft, words: str, desk: Desk) -> Draft:
    """ "mutasi sari", "plt kasi pembangunan": what is named is not asked; the same draft where it is not clear."""
    if draft.change is Change.TRANSFER:
        cards = choices.find_tenures(words, choices.tenures_to_leave(desk), desk)
        return _leaving(draft, cards[0]) if len(cards) == 1 else draft
    posts = choices.find_posts(words, choices.posts_for(draft, desk))
    return draft.model_copy(update={"post": posts[0].id}) if len(posts) == 1 else draft


# --- who and which post -----------------------------------------------------------------------------------------------


def _leaving(draft: Draft, card: TenureCard) -> Draft:
    return draft.model_copy(update={"tenure": card.id, "post": card.post_id, "page": 0})


def _answer_who(draft: Draft, said: Said, desk: Desk) -> Reply:
    cards = choices.tenures_to_leave(desk)
    match said:
        case Tap(key=key):
            found = tuple(card for card in cards if f"w{card.id}" == key)
        case Text(body=body):
            found = choices.find_tenures(body, cards, desk)
        case _:
            found = ()
    if len(found) == 1:
        chosen = _leaving(draft, found[0])
        return Next(following(Step.WHO, chosen, desk), chosen)
    return Retry(texts.several([choices.title_of(desk, one.post_id) for one in found]) if found else texts.WHO_PLEASE)


def _answer_post(step: Step, draft: Draft, said: Said, desk: Desk) -> Reply:
    posts = _posts_at(step, draft, desk)
    match said:
        case Tap(key=key):
            found = tuple(post for post in posts if f"t{post.id}" == key)
        case Text(body=body):
            found = choices.find_posts(body, posts)
        case _:
            found = ()
    if len(found) == 1:
        return _onward(step, draft, desk, **{_FIELD[step]: found[0].id})
    return Retry(texts.several([post.title for post in found]) if found else _why_not(said, draft, desk))


_FIELD = {Step.POST: "post", Step.TARGET: "target", Step.SUPERIOR: "superior", Step.HEIR: "heir"}


def _posts_at(step: Step, draft: Draft, desk: Desk) -> Sequence[PostCard]:
    if step is Step.POST:
        return choices.posts_for(draft, desk)
    if step is Step.SUPERIOR:
        return choices.superiors_for(draft, desk)
    return [post for post in choices.open_posts(desk) if post.id != draft.post]


def _why_not(said: Said, draft: Draft, desk: Desk) -> str:
    """A post that there is, but not for this change."""
    known = choices.find_posts(said.body, choices.open_posts(desk)) if isinstance(said, Text) else ()
    if known and draft.change in (Change.PLT, Change.FILL):
        return texts.REFUSED[Refusal.NOT_VACANT if draft.change is Change.PLT else Refusal.HELD]
    if known and draft.change is Change.PLH:
        return texts.REFUSED[Refusal.VACANT]
    return texts.POST_PLEASE


def _answer_present(draft: Draft, said: Said, desk: Desk) -> Reply:
    card = entered_already(draft, desk)
    if card is None:
        return Done(lambda _desk: Say(text=texts.GONE))
    about = draft.model_copy(update={"tenure": card.id})
    match said:
        case Tap(key="another_day"):
            return _onward(Step.PRESENT, about, desk, is_put_off=True)
        case Tap(key="extend"):
            return _onward(Step.PRESENT, about, desk)
        case Tap(key="call_off"):
            return _onward(Step.PRESENT, about, desk, is_called_off=True)
        case Tap(key="end"):
            return _onward(Step.PRESENT, about, desk, is_ended=True)
        case _:
            return Retry(texts.CHOOSE_BUTTON)


def _answer_where(draft: Draft, said: Said, desk: Desk) -> Reply:
    match said:
        case Tap(key="inside"):
            return _onward(Step.WHERE, draft, desk, stays=True)
        case Tap(key="outside"):
            return _onward(Step.WHERE, draft, desk, stays=False, target=0)
        case Text(body=body) if len(found := choices.find_posts(body, choices.open_posts(desk))) == 1:
            return _onward(Step.TARGET, draft, desk, stays=True, target=found[0].id)
        case _:
            return Retry(texts.WHERE_PLEASE)


def _answer_person(draft: Draft, said: Said, desk: Desk) -> Reply:
    people = choices.candidates(draft, desk)
    match said:
        case Tap(key="new"):
            return _onward(Step.PERSON, draft, desk, person=NEW)
        case Tap(key="nobody"):
            return _onward(Step.PERSON, draft, desk, person=0)
        case Tap(key=key):
            return _onward(Step.PERSON, draft, desk, person=int(key.removeprefix("p")))
        case Text(body=body):
            found = named(body, people)
        case _:
            found = ()
    if len(found) == 1:
        return _onward(Step.PERSON, draft, desk, person=found[0].id)
    if found:
        return Retry(texts.several([name_of(desk, one.id) for one in found]))
    return _somebody_else(draft, said, desk)


def _somebody_else(draft: Draft, said: Said, desk: Desk) -> Reply:
    """A name that is none of the list: the leaver's own, or somebody new."""
    body = said.body if isinstance(said, Text) else ""
    card = tenure_of(draft, desk)
    if card is not None and any(one.id == card.person_id for one in named(body, desk.people.values())):
        return Retry(texts.not_oneself(leaver_name(draft, desk)))
    return Retry(texts.WHO_OR_NEW if CAPACITIES.get(draft.change) is None else texts.WHO_PLEASE)


def _answer_newcomer(step: Step, draft: Draft, said: Said, desk: Desk) -> Reply:
    match step, said:
        case Step.NAME, Text(body=body) if _NAME.fullmatch(name := " ".join(body.split())):
            known = next((one for one in desk.people.values() if one.name.casefold() == name.casefold()), None)
            return _onward(Step.NAME, draft, desk, name=name, person=NEW if known is None else known.id)
        case Step.NAME, _:
            return Retry(texts.NAME_PLEASE)
        case Step.SALUTATION, Tap(key=key):
            return _onward(step, draft, desk, salutation="" if key == "none" else key)
        case Step.SALUTATION, _:
            return Retry(texts.CHOOSE_BUTTON)
        case _, Tap(key="none"):
            return _onward(step, draft, desk, phone="")
        case _, Text(body=body) if (phone := read_phone(body)) is not None:
            return _onward(step, draft, desk, phone=phone)
        case _:
            return Retry(texts.PHONE_PLEASE)


def _answer_keeps(draft: Draft, said: Said, desk: Desk) -> Reply:
    match said:
        case Tap(key="leaves" | "keeps" as key):
            return _onward(Step.KEEPS, draft, desk, keeps=key == "keeps")
        case _:
            return Retry(texts.CHOOSE_BUTTON)


# --- days -------------------------------------------------------------------------------------------------------------


def _answer_day(step: Step, draft: Draft, said: Said, desk: Desk) -> Reply:
    match said:
        case Tap(key=key):
            found = date.fromisoformat(key)
        case Text(body=body) if step is Step.LAST and (months := _MONTHS.fullmatch(body.strip().casefold())):
            found = acting_until(_first_of(draft, desk), int(months[1]))
        case Text(body=body):
            found = read_day(body, desk.today)
        case _:
            found = None
    if found is None:
        return Retry(texts.DAY_PLEASE)
    wrong = _wrong_day(step, found, draft, desk)
    if wrong:
        return Retry(wrong)
    return _onward(step, draft, desk, **{"first" if step is Step.FIRST else "last": found})


def _first_of(draft: Draft, desk: Desk) -> date:
    """From when "3 bulan" counts: the first day of somebody who acts, though they do already."""
    card = tenure_of(draft, desk)
    return card.starts if extends(draft) and card is not None else draft.first or desk.today


def _wrong_day(step: Step, day: date, draft: Draft, desk: Desk) -> str:
    """Why a day cannot be the first or last one; empty for one that can."""
    if day < desk.today - _MONTH:
        return texts.TOO_LONG_AGO
    if day > desk.today + _YEAR:
        return texts.TOO_FAR
    if draft.is_put_off:
        return texts.PASSED if day < desk.today else ""
    if step is Step.FIRST or draft.change is Change.TRANSFER:
        return ""
    first = draft.first or desk.today
    if day < first:
        return texts.before_first(first)
    if day < desk.today:
        return texts.PASSED
    if draft.change is Change.PLT and day > (most := most_of(draft, desk)):
        return texts.plt_far_too_long(most) if extends(draft) else texts.plt_too_long(most)
    return ""


# --- what a post is ---------------------------------------------------------------------------------------------------


def _answer_about_post(step: Step, draft: Draft, said: Said, desk: Desk) -> Reply:
    match step, said:
        case Step.TITLE, Text(body=body) if (title := plain_words(body, _TITLE_LETTERS, _TITLE_LENGTH)) is not None:
            return _onward(step, draft, desk, title=title)
        case Step.TITLE, _:
            return Retry(texts.TITLE_PLEASE)
        case Step.ROLE, Tap(key=key):
            return _onward(step, draft, desk, role=Role(key))
        case Step.ROLE, _:
            return Retry(texts.CHOOSE_BUTTON)
        case _, Tap(key="none"):
            return _onward(step, draft, desk, unit="")
        case _, Tap(key=key):
            return _onward(step, draft, desk, unit=key.removeprefix("u"))
        case _, Text(body=body) if (unit := plain_words(body, _TITLE_LETTERS, _TITLE_LENGTH)) is not None:
            return _onward(step, draft, desk, unit=choices.unit_named(unit, desk))
        case _:
            return Retry(texts.UNIT_PLEASE)


# --- saving -----------------------------------------------------------------------------------------------------------


def _answer_confirm(draft: Draft, said: Said, desk: Desk) -> Reply:
    if outcome(draft, desk) is None:
        return Done(lambda _desk: Say(text=texts.GONE))
    match said:
        case Tap(key="save"):
            return Done(lambda after: _saved(draft, after))
        case _:
            return Retry(texts.SAVE_OR_BACK)


def _saved(draft: Draft, desk: Desk) -> Outgoing:
    """Do it, tell everybody whom it concerns, and say what is left to do."""
    found = outcome(draft, desk)
    if found is None:
        return Say(text=texts.GONE)
    before = desk.staff.tenures
    try:
        found.save(desk.staff)
    except AppointmentRefused as refused:
        return Say(text=texts.refused(refused.why))
    notices.tell_all(desk, before)
    return Say(text=texts.done(found.lines, notices.to_be_invited(desk, before)))
