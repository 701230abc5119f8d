"""The admin answers what a plan leaves open, one question at a time: what blocks reports comes first."""

from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from domain.plan import BLOCKING, About
from handlers.dialogue import LATER, Begin, Dialogue, Done, Next, Question, Retry, Said, Tap
from handlers.messages import Choose, Contact, Edited, MediaFailed, Option, Outgoing, Say, Text
from handlers.plan_questions import choices, how_to_answer, options, page_after, typed
from handlers.texts import general
from handlers.texts import questions as texts
from storage.desk import Desk
from storage.plans import AnswerRefused, QuestionCard

_SKIP = Option(key="skip", label=texts.SKIP)
_PUT_OFF = Option(key=LATER, label=texts.LATER)
_BELOW = (_SKIP, _PUT_OFF)
_CHAT_REASON = "dijawab di percakapan"


class Step(StrEnum):
    """ANSWER: what should hold? TARGETS: which targets, typed?"""

    ANSWER = "answer"
    TARGETS = "targets"


class Draft(BaseModel):
    """`question` is the one that is asked; `skipped` come no more in this sitting."""

    model_config = ConfigDict(frozen=True)
    question: int
    skipped: tuple[int, ...] = ()
    answered: int = 0
    page: int = 0


Reply = Next[Step, Draft, Desk] | Retry | Done[Desk]


def start(desk: Desk) -> Begin[Step, Draft, Desk] | Outgoing:
    """Begin with the first open question; only for the admin."""
    if not desk.is_admin:
        return Say(text=texts.ADMIN_ONLY)
    found = desk.open_questions
    if not found:
        return Say(text=texts.NONE_OPEN)
    return Begin(QUESTIONS, Step.ANSWER, Draft(question=found[0].id))


def ask(step: Step, draft: Draft, desk: Desk) -> Question:
    found = desk.open_questions
    question = _present(draft, found)
    if question is None:
        return Choose(text=texts.NONE_OPEN, options=(Option(key="close", label=texts.CLOSE),))
    position = len(draft.skipped) + draft.answered + 1
    title = texts.title(position, draft.answered + len(found), question)
    if step is Step.TARGETS and question.id == draft.question:
        return Say(title=title, text=texts.TARGETS_PLEASE)
    return Choose(
        title=title,
        text=texts.body(question, blocks=question.about in BLOCKING),
        options=options(question, draft.page, _BELOW),
    )


def answer(step: Step, draft: Draft, said: Said, desk: Desk) -> Reply:
    if not desk.is_admin:
        return Done(lambda _desk: Say(text=texts.ADMIN_ONLY))
    question = _present(draft, desk.open_questions)
    if question is None or question.id != draft.question:  # answered elsewhere meanwhile
        return _onward(draft, desk, "")
    match said:
        case Tap(key="skip"):
            return _onward(draft.model_copy(update={"skipped": (*draft.skipped, question.id)}), desk, "")
        case Tap(key="more"):
            following = draft.model_copy(update={"page": page_after(question, draft.page, len(_BELOW))})
            return Next(Step.ANSWER, following, instead=True)
        case Tap(key=key) if key.startswith("v"):
            return _settle(draft, question, choices(question)[int(key.removeprefix("v"))], desk)
        case Text(body=body):
            return _typed(step, draft, question, body, desk)
        case MediaFailed() | Contact() | Edited():
            return Retry(general.no_answer(said))
        case _:
            return Retry(how_to_answer(question, shown_how=step is Step.TARGETS))


def _typed(step: Step, draft: Draft, question: QuestionCard, body: str, desk: Desk) -> Reply:
    if question.about is About.TARGETS:
        return _typed_targets(step, draft, question, body, desk)
    value = typed(question, body, desk.today.year)
    return Retry(how_to_answer(question)) if value is None else _settle(draft, question, value, desk)


def _typed_targets(step: Step, draft: Draft, question: QuestionCard, body: str, desk: Desk) -> Reply:
    """Months without a year are of the plan's year: that of the proposal, else this one, in January the last."""
    years = (_year_of(question.proposal) or desk.today.year, desk.today.year - 1)
    for year in years:
        targets = typed(question, body, year)
        reply = None if targets is None else _settle(draft, question, targets, desk)
        if isinstance(reply, Next | Done):
            return reply
    return Next(Step.TARGETS, draft) if step is Step.ANSWER else Retry(texts.TARGETS_UNREADABLE)


def _year_of(proposal: str) -> int | None:
    return int(proposal[:4]) if proposal[:4].isdecimal() else None


def _settle(draft: Draft, question: QuestionCard, value: str, desk: Desk) -> Reply:
    """Carry the answer out now, so that the next question is chosen among those that are then open."""
    try:
        desk.answer_question(question.id, value, _CHAT_REASON)
    except AnswerRefused:
        return Retry(texts.PICK_ONE)
    return _onward(draft.model_copy(update={"answered": draft.answered + 1}), desk, texts.answered(question, value))


def _onward(draft: Draft, desk: Desk, note: str) -> Reply:
    """The next open question that was not skipped; none is gone back to once it is answered."""
    waiting = _first_waiting(draft, desk.open_questions)
    if waiting is not None:
        following = draft.model_copy(update={"question": waiting.id, "page": 0})
        return Next(Step.ANSWER, following, note, instead=bool(note))
    text = texts.finished(draft.answered, len(desk.open_questions))
    return Done(lambda _desk: Say(text=f"{note}\n{text}".strip()))


def _present(draft: Draft, found: tuple[QuestionCard, ...]) -> QuestionCard | None:
    """The question that is asked; the next one where it was answered elsewhere meanwhile."""
    return next((one for one in found if one.id == draft.question), None) or _first_waiting(draft, found)


def _first_waiting(draft: Draft, found: tuple[QuestionCard, ...]) -> QuestionCard | None:
    return next((one for one in found if one.id not in draft.skipped), None)


QUESTIONS = Dialogue(
    "questions",
    Step,
    Draft,
    ask,
    answer,
    restart=texts.TYPE_QUESTIONS,
    cancelled=texts.BROKEN_OFF,
    saved=texts.SAVED,
)
