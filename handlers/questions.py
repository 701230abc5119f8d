"""The admin answers what a plan leaves open, one question at a time: what blocks reports comes first."""

from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from domain.plan import BLOCKING, About
from handlers.dialogue import LATER, Begin, Dialogue, Done, Next, Question, Retry, Said, Tap
from handlers.messages import (
    BUTTON_LABEL,
    BUTTONS,
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
from handlers.target_words import read_target, read_targets
from handlers.texts import general
from handlers.texts import questions as texts
from handlers.texts.formats import shortened
from handlers.words import plain_words
from storage.desk import Desk
from storage.plans import NO_TARGET, AnswerRefused, QuestionCard

_PAGE = ROWS - 3
"""Answers shown at once: three rows are kept for more, skipping and later."""
_CHAT_REASON = "dijawab di percakapan"
_NAME_LETTERS = 3
_NAME_LENGTH = 300
_UNIT_LENGTH = 40


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
        options=_options(question, draft.page),
    )


def _options(question: QuestionCard, page: int) -> tuple[Option, ...]:
    values = _choices(question)
    shown = values[page * _PAGE : (page + 1) * _PAGE]
    short = len(values) + 2 <= BUTTONS
    options = [
        _option(question, value, key=f"v{index}", short=short) for index, value in enumerate(shown, page * _PAGE)
    ]
    if len(values) > _PAGE:
        options.append(Option(key="more", label=texts.MORE))
    options.append(Option(key="skip", label=texts.SKIP))
    options.append(Option(key=LATER, label=texts.LATER))
    return _distinct(options)


def _option(question: QuestionCard, value: str, *, key: str, short: bool) -> Option:
    if value == question.proposal and not question.options:
        return Option(key=key, label=texts.USE_PROPOSAL)
    label, hint = texts.option(question.about, value)
    return Option(key=key, label=shortened(label, BUTTON_LABEL) if short else label, hint="" if short else hint)


def _distinct(options: list[Option]) -> tuple[Option, ...]:
    """Two long titles may be cut to the same label: number those, so that each can be told and typed."""
    labels = [option.label for option in options]
    return tuple(
        option.model_copy(update={"label": f"{index} {option.label}"[:ROW_LABEL]})
        if labels.count(option.label) > 1
        else option
        for index, option in enumerate(options, start=1)
    )


def _choices(question: QuestionCard) -> tuple[str, ...]:
    """The answers to choose from, in the order in which the question's own text numbers them."""
    return question.options or ((question.proposal,) if question.proposal else ())


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
            pages = -(-len(_choices(question)) // _PAGE)
            return Next(Step.ANSWER, draft.model_copy(update={"page": (draft.page + 1) % pages}), instead=True)
        case Tap(key=key) if key.startswith("v"):
            return _settle(draft, question, _choices(question)[int(key.removeprefix("v"))], desk)
        case Text(body=body):
            return _typed(step, draft, question, body, desk)
        case MediaFailed() | Contact() | Edited():
            return Retry(general.no_answer(said))
        case _:
            return Retry(_how_to_answer(step, question))


def _typed(step: Step, draft: Draft, question: QuestionCard, body: str, desk: Desk) -> Reply:
    """A name in its own words, targets by period, or a choice in full."""
    match question.about:
        case About.NAME if (name := plain_words(body, _NAME_LETTERS, _NAME_LENGTH)) is not None:
            return _settle(draft, question, name, desk)
        case About.TARGETS:
            return _typed_targets(step, draft, question, body, desk)
        case About.ANNUAL if (target := read_target(body.strip())) is not None:
            return _settle(draft, question, target, desk)
        case About.UNIT if unit := body.strip() if body.strip() == NO_TARGET else plain_words(body, 1, _UNIT_LENGTH):
            return _settle(draft, question, unit, desk)
        case _:
            named = [value for value in question.options if value.casefold() == " ".join(body.casefold().split())]
            return _settle(draft, question, named[0], desk) if named else Retry(_how_to_answer(step, question))


def _how_to_answer(step: Step, question: QuestionCard) -> str:
    if question.about is About.TARGETS:
        return texts.TARGETS_PLEASE if step is Step.ANSWER else texts.TARGETS_UNREADABLE
    typed = {About.NAME: texts.NAME_PLEASE, About.UNIT: texts.UNIT_PLEASE, About.ANNUAL: texts.ANNUAL_PLEASE}
    return typed.get(question.about, texts.PICK_ONE)


def _typed_targets(step: Step, draft: Draft, question: QuestionCard, body: str, desk: Desk) -> Reply:
    """Months without a year are of the plan's year: that of the proposal, else this one, in January the last."""
    years = (_year_of(question.proposal) or desk.today.year, desk.today.year - 1)
    for year in years:
        targets = read_targets(body, year)
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
