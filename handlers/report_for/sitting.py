"""The report conversation for somebody else's post: the same questions, at a desk that stands in for the post."""

from collections.abc import Callable
from datetime import date
from typing import Any

from pydantic import ValidationError

from handlers import report
from handlers.dialogue import Begin, Dialogue, Done, Next, Question, Retry, Said, State
from handlers.messages import Choose, Option, Outgoing, Say
from handlers.report import answering, asking
from handlers.report.sitting import Draft as ReportDraft
from handlers.report.sitting import Step, closing_of
from handlers.report.sitting import carried as kept_when_going_back
from handlers.report_for import telling
from handlers.texts import report_for as texts
from storage.desk import Desk


class Draft(ReportDraft):
    """A sitting of the report conversation for the post `post`, whose figures are known by `basis`."""

    post: int
    basis: str


Reply = Next[Step, Draft, Desk] | Retry | Done[Desk]


def begin_sitting(desk: Desk, post_id: int, basis: str, end: date) -> Begin[Any, Any, Any] | Outgoing:
    """Begin to enter what a post has to report by the closing of that day."""
    inner = _desk_of(desk, post_id, basis)
    if inner is None:
        return Say(text=texts.NO_LONGER)
    begun = report.start(inner, end.isoformat()[:7])
    if not isinstance(begun, Begin):
        return begun
    draft = Draft.model_validate({**begun.draft.model_dump(), "post": post_id, "basis": basis})
    return Begin(REPORT_FOR, begun.step, draft, f"{post_id}:{begun.subject}", begun.note)


def put_off(desk: Desk, post_id: int, end: date) -> Begin[Any, Any, Any] | None:
    """A sitting of that post and closing that was begun and not sent: it is gone on with, on the basis that was told
    then; None for no such one."""
    try:
        state = State.model_validate(desk.conversation_state or {})
        subject = f"{post_id}:{end.isoformat()}"
        trail = state.trails.get(f"{REPORT_FOR.name}:{subject}", ())
        draft = Draft.model_validate(trail[-1].draft) if trail else None
    except ValidationError:  # of another version of the program
        return None
    return None if draft is None else Begin(REPORT_FOR, Step(trail[-1].step), draft, subject)


def _desk_of(desk: Desk, post_id: int, basis: str) -> Desk | None:
    """The desk at which figures of the post are entered; None for who may not any more."""
    try:
        return desk.for_post(post_id, basis)
    except PermissionError:
        return None


def ask(step: Step, draft: Draft, desk: Desk) -> Question:
    """The report conversation's own question."""
    inner = _desk_of(desk, draft.post, draft.basis)
    if inner is None:
        return Choose(text=texts.NO_LONGER, options=(Option(key="close", label=texts.CLOSE),))
    return asking.ask(step, draft, inner)


def answer(step: Step, draft: Draft, said: Said, desk: Desk) -> Reply:
    """The report conversation's own answer; what it records is entered for the post."""
    inner = _desk_of(desk, draft.post, draft.basis)
    if inner is None:
        return Done(lambda _desk: Say(text=texts.NO_LONGER))
    match answering.answer(step, draft, said, inner):
        case Retry() as retry:
            return retry
        case Next() as following:
            command = None if following.command is None else _entering(draft, following.command)
            kept = _kept(following.draft, draft)
            quiet, instead = following.quiet, following.instead
            return Next(following.step, kept, following.note, command, instead=instead, quiet=quiet)
        case Done(farewell=farewell, command=command) if command is not None:
            return _sent(draft, farewell, command)
        case Done(farewell=farewell):
            return Done(_at_the_post(draft, farewell))


def _kept(following: ReportDraft, draft: Draft) -> Draft:
    """For whom it is stays, also where the report conversation makes a draft anew."""
    return Draft.model_validate({**following.model_dump(), "post": draft.post, "basis": draft.basis})


def _carried(earlier: Draft, present: Draft) -> Draft:
    return _kept(kept_when_going_back(earlier, present), present)


Farewell = Callable[[Desk], Outgoing | Begin[Any, Any, Any]]


def _at_the_post(draft: Draft, farewell: Farewell) -> Farewell:
    def say(desk: Desk) -> Outgoing | Begin[Any, Any, Any]:
        inner = _desk_of(desk, draft.post, draft.basis)
        return Say(text=texts.NO_LONGER) if inner is None else farewell(inner)

    return say


def _entering(draft: Draft, command: Callable[[Desk], None]) -> Callable[[Desk], None]:
    """Carry out what was asked for, and write to the owner about the figures that were entered."""

    def carry_out(desk: Desk) -> None:
        before = desk.entered.last()
        command(desk.for_post(draft.post, draft.basis))
        entered = desk.entered.last()
        if entered is not None and (before is None or entered.id != before.id):
            telling.tell_owner(entered, desk)

    return carry_out


def _sent(draft: Draft, farewell: Farewell, command: Callable[[Desk], None]) -> Reply:
    def say(desk: Desk) -> Outgoing | Begin[Any, Any, Any]:
        said = _at_the_post(draft, farewell)(desk)
        return telling.with_owner(said, draft.post, desk) if isinstance(said, Say) else said

    return Done(say, _entering(draft, command))


def _again(draft: Draft, desk: Desk) -> str:
    inner = _desk_of(desk, draft.post, draft.basis)
    closing = None if inner is None else closing_of(draft.end, inner)
    return texts.TYPE_FOR if closing is None else texts.type_for(desk.organisation.posts[draft.post].title, closing)


REPORT_FOR = Dialogue(
    "report_other",
    Step,
    Draft,
    ask,
    answer,
    restart=texts.TYPE_FOR,
    cancelled=texts.CANCELLED,
    saved=texts.SAVED,
    again=_again,
    carried=_carried,
)
"""The report conversation for somebody else's post."""
