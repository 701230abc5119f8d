"""What an answer to "verifikasi" leads to."""

from collections.abc import Callable, Collection

from domain.checking import Given
from domain.plan import Capacity
from domain.verification import Action
from handlers.dialogue import Done, Next, Retry, Said, Tap
from handlers.messages import Contact, Edited, MediaFailed, Say, Text
from handlers.report.locked import lock_of_figure
from handlers.returning import tell_owner
from handlers.team import leads
from handlers.texts import general
from handlers.texts import returning as returning_texts
from handlers.texts import verification as texts
from handlers.texts.formats import post as post_title
from handlers.verification.queue import Queue, queue
from handlers.verification.steps import Draft, Reply, Step, first_page, next_place, standing_place
from handlers.words import a_reason
from storage.desk import Desk
from storage.reviews import ReportChanged


def answer(step: Step, draft: Draft, said: Said, desk: Desk) -> Reply:
    """Go on with the sitting; whatever changed since it was shown is shown again before it is decided."""
    found = queue(desk)
    step, draft = standing_place(step, draft, found)
    match said:
        case MediaFailed() | Contact() | Edited():
            return Retry(general.no_answer(said))
        case _ if not found.every:
            return Done(lambda after: Say(text=texts.nothing(leads=leads(after))))
        case _:
            return _answer_step(step, draft, said, found, desk)


def _answer_step(step: Step, draft: Draft, said: Said, found: Queue, desk: Desk) -> Reply:
    match step:
        case Step.PAGE:
            return _answer_page(draft, said, found, desk)
        case Step.PERSON:
            return _answer_person(draft, said, found, desk)
        case Step.FIGURE:
            return _answer_figure(draft, said, found, desk)
        case Step.MORE:
            return _answer_more(draft, said, found, desk)
        case Step.WHICH:
            return _answer_which(draft, said, found, desk)
        case Step.REASON:
            return _answer_reason(draft, said, found, desk)


def go_on(draft: Draft, desk: Desk, note: str) -> Reply:
    """The next question after something was decided, or the end of the sitting; nobody goes back to what is done."""
    found = queue(desk)
    place = next_place(draft, found)
    if place is not None:
        return Next(*place, note, instead=True)
    ending = texts.left(len(found.every)) if found.every else texts.ALL_DONE
    return Done(lambda _desk: Say(text=f"{note}\n{ending}" if note else ending))


def _decided(
    decide: Callable[[Collection[int]], None], report_ids: Collection[int], draft: Draft, desk: Desk, note: str
) -> Reply:
    try:
        decide(report_ids)
    except ReportChanged:
        return go_on(draft, desk, texts.CHANGED)
    return go_on(draft, desk, note)


def _skipped(draft: Draft, report_ids: Collection[int], desk: Desk) -> Reply:
    passed = draft.model_copy(update={"skipped": (*draft.skipped, *report_ids)})
    place = next_place(passed, queue(desk))
    return go_on(passed, desk, "") if place is None else Next(*place)


# --- the page -------------------------------------------------------------------------------------------------------


def _answer_page(draft: Draft, said: Said, found: Queue, desk: Desk) -> Reply:
    match said:
        case Tap(key="start"):
            place = next_place(Draft(), found)
            return Retry(texts.PICK_PAGE) if place is None else Next(*place)
        case Tap(key="usual"):
            return _agree_usual(draft, found, desk)
        case Tap(key="new"):
            return Next(*first_page(found), instead=True)
        case Tap(key="close"):
            return Done(lambda _desk: Say(text=texts.CANCELLED))
        case _:
            return Retry(texts.PICK_PAGE)


def _agree_usual(draft: Draft, found: Queue, desk: Desk) -> Reply:
    """Verify what had no mark when the page was made and has none now."""
    usual = [one for one in found.usual if one.id in draft.usual]
    rest = [one.given for one in found.to_verify if one not in usual]
    return _decided(
        desk.checking.verify, [one.id for one in usual], Draft(), desk, texts.agreed_usual(len(usual), rest)
    )


# --- figures of one person --------------------------------------------------------------------------------------------


def _answer_person(draft: Draft, said: Said, found: Queue, desk: Desk) -> Reply:
    match said:
        case Tap(key="seen"):
            return _decided(desk.checking.see, draft.shown, draft, desk, texts.seen(len(draft.shown)))
        case Tap(key="skip"):
            return _skipped(draft, draft.shown, desk)
        case Tap(key="return") if len(draft.shown) == 1:
            return _to_return(draft, draft.shown[0], found, desk)
        case Tap(key="return"):
            return Next(Step.WHICH, draft)
        case _:
            return Retry(texts.PICK_SEEN)


def _answer_which(draft: Draft, said: Said, found: Queue, desk: Desk) -> Reply:
    shown = [check.id for check in found.to_see if check.id in draft.shown]
    match said:
        case Text(body=body) if (typed := body.strip(" .")).isdecimal() and 1 <= int(typed) <= len(shown):
            return _to_return(draft, shown[int(typed) - 1], found, desk)
        case _:
            return Retry(texts.WHICH_NUMBER)


# --- one figure -------------------------------------------------------------------------------------------------------


def _answer_figure(draft: Draft, said: Said, found: Queue, desk: Desk) -> Reply:
    match said:
        case Tap(key="agree"):
            return _agree(draft, found, desk)
        case Tap(key="return"):
            return _to_return(draft, draft.report, found, desk)
        case Tap(key="more"):
            return Next(Step.MORE, draft)
        case _:
            return Retry(texts.PICK)


def _agree(draft: Draft, found: Queue, desk: Desk) -> Reply:
    check = found.get(draft.report)
    note = texts.CHANGED if check is None else texts.agreed(check.given, _acting(check.given, desk))
    return _decided(desk.checking.verify, [draft.report], draft, desk, note)


def _acting(given: Given, desk: Desk) -> str:
    """As which post somebody who only stands in verifies; empty for one of their own."""
    post_id = desk.checking.acts_as(Action.VERIFY, given)
    capacity = None if post_id is None else desk.capacity_for(post_id)
    if post_id is None or capacity is None or capacity is Capacity.DEFINITIF:
        return ""
    return post_title(desk.organisation.posts[post_id].title, capacity)


def _answer_more(draft: Draft, said: Said, found: Queue, desk: Desk) -> Reply:
    match said:
        case Tap(key="skip"):
            return _skipped(draft, [draft.report], desk)
        case Tap(key="list"):
            return Next(*first_page(found, draft.skipped))
        case _:
            return Retry(texts.PICK_MORE)


# --- returning --------------------------------------------------------------------------------------------------------


def _to_return(draft: Draft, report_id: int, found: Queue, desk: Desk) -> Reply:
    """Why a figure is returned, or why it cannot be."""
    check = found.get(report_id)
    if check is not None and (refusal := _why_not_returned(check.given, desk)):
        return Retry(refusal)
    return Next(Step.REASON, draft.model_copy(update={"report": report_id}))


def _why_not_returned(given: Given, desk: Desk) -> str:
    """Why the person cannot return what they can see or verify; empty where they can."""
    if desk.checking.may(Action.RETURN, given):
        return ""
    lock = lock_of_figure(given.duty.post_id, given.period, desk)
    return returning_texts.locked(lock) if lock else returning_texts.OWN_CORRECTED


def _answer_reason(draft: Draft, said: Said, found: Queue, desk: Desk) -> Reply:
    match said:
        case Tap(key=key):
            return _give_back(draft, returning_texts.REASONS[key][1], found, desk)
        case Text(body=body) if (words := a_reason(body)) is not None:
            return _give_back(draft, words, found, desk)
        case _:
            return Retry(returning_texts.REASON_IN_WORDS)


def _give_back(draft: Draft, reason: str, found: Queue, desk: Desk) -> Reply:
    check = found.get(draft.report)
    if check is None:
        return go_on(draft, desk, texts.CHANGED)
    if refusal := _why_not_returned(check.given, desk):
        return go_on(draft, desk, refusal)
    try:
        desk.checking.give_back(check.id, reason)
    except ReportChanged:
        return go_on(draft, desk, texts.CHANGED)
    return go_on(draft, desk, texts.returned(check.given, tell_owner(check.given, reason, desk)))
