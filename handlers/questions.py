"""The admin answers what a plan leaves open, one question at a time: what blocks reports comes first."""

from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from domain.plan import BLOCKING, About
from handlers.dialogue import LATER, Begin, Dialogue, Done, Next, Question, Retry, Said, Tap
from handlers.messages import ROWS, Choose, Option, Outgoing, Say, Text
from handlers.texts import questions as texts
from storage.desk import Desk
from storage.plans import AnswerRefused, QuestionCard, parse_targets

_PAGE = ROWS - 3
"""Answers shown at once: three rows are kept for more, skipping and later."""
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
    question = _find(found, draft.question)
    if question is None:
        return Choose(text=texts.NONE_OPEN, options=(Option(key="skip", label=texts.SKIP),))
    position = len(draft.skipped) + draft.answered + 1
    title = texts.title(position, draft.answered + len(found), question)
    if step is Step.TARGETS:
        return Say(title=title, text=texts.TARGETS_PLEASE)
    return Choose(
        title=title,
        text=texts.body(question, blocks=question.about in BLOCKING),
        options=_options(question, draft.page),
    )


def _options(question: QuestionCard, page: int) -> tuple[Option, ...]:
    values = _choices(question)
    shown = values[page * _PAGE : (page + 1) * _PAGE]
    options: list[Option] = []
    short = len(values) + 2 <= 3
    for index, value in enumerate(shown, start=page * _PAGE):
        label, hint = texts.option(question.about, value)
        if value == question.proposal and question.about in (About.TARGETS, About.NAME):
            label = texts.USE_PROPOSAL
        options.append(Option(key=f"v{index}", label=label[:20] if short else label, hint="" if short else hint))
    if len(values) > _PAGE:
        options.append(Option(key="more", label=texts.MORE))
    options.append(Option(key="skip", label=texts.SKIP))
    options.append(Option(key=LATER, label=texts.LATER))
    return _distinct(options)


def _distinct(options: list[Option]) -> tuple[Option, ...]:
    """Two long titles may be cut to the same label: number those, so that each can be told and typed."""
    labels = [option.label for option in options]
    return tuple(
        option.model_copy(update={"label": f"{index} {option.label}"[:24]})
        if labels.count(option.label) > 1
        else option
        for index, option in enumerate(options, start=1)
    )


def _choices(question: QuestionCard) -> tuple[str, ...]:
    values = question.options or ((question.proposal,) if question.proposal else ())
    first = [value for value in values if value == question.proposal]
    return (*first, *(value for value in values if value != question.proposal))


def answer(step: Step, draft: Draft, said: Said, desk: Desk) -> Reply:
    question = _find(desk.open_questions, draft.question)
    if question is None or not desk.is_admin:
        return _onward(draft, desk, "")
    match said:
        case Tap(key="skip"):
            return _onward(draft.model_copy(update={"skipped": (*draft.skipped, question.id)}), desk, "")
        case Tap(key="more"):
            pages = -(-len(_choices(question)) // _PAGE)
            return Next(Step.ANSWER, draft.model_copy(update={"page": (draft.page + 1) % pages}))
        case Tap(key=key) if key.startswith("v"):
            return _settle(draft, question, _choices(question)[int(key.removeprefix("v"))], desk)
        case Text(body=body) if question.about is About.NAME and 3 <= len(body.strip()) <= 300:
            return _settle(draft, question, " ".join(body.split()), desk)
        case Text(body=body) if question.about is About.TARGETS:
            return _typed_targets(step, draft, question, body, desk)
        case Text(body=body) if body.strip() in question.options:
            return _settle(draft, question, body.strip(), desk)
        case _:
            return Retry(texts.TYPE_OR_TAP)


def _typed_targets(step: Step, draft: Draft, question: QuestionCard, body: str, desk: Desk) -> Reply:
    try:
        parse_targets(body)
    except AnswerRefused:
        return Next(Step.TARGETS, draft) if step is Step.ANSWER else Retry(texts.TARGETS_PLEASE)
    return _settle(draft, question, body.strip(), desk)


def _settle(draft: Draft, question: QuestionCard, value: str, desk: Desk) -> Reply:
    """Carry the answer out now, so that the next question is chosen among those that are then open."""
    try:
        desk.answer_question(question.id, value, _CHAT_REASON)
    except AnswerRefused:
        return Retry(texts.TYPE_OR_TAP)
    return _onward(draft.model_copy(update={"answered": draft.answered + 1}), desk, texts.answered(question, value))


def _onward(draft: Draft, desk: Desk, note: str) -> Reply:
    waiting = [question for question in desk.open_questions if question.id not in draft.skipped]
    if waiting:
        return Next(Step.ANSWER, draft.model_copy(update={"question": waiting[0].id, "page": 0}), note)
    still_open = len(desk.open_questions)
    text = texts.finished(draft.answered, still_open)
    return Done(lambda _desk: Say(text=f"{note}\n{text}".strip()))


def _find(found: tuple[QuestionCard, ...], key: int) -> QuestionCard | None:
    return next((question for question in found if question.id == key), None)


QUESTIONS = Dialogue("questions", Step, Draft, ask, answer)
