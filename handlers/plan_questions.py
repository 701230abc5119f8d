"""How a question that a plan leaves open is put and answered: the same before the plan is loaded and after."""

import re
from collections.abc import Sequence

from domain.plan import About
from handlers.messages import BUTTON_LABEL, BUTTONS, ROW_LABEL, ROWS, Option
from handlers.target_words import read_target, read_targets
from handlers.texts import questions as texts
from handlers.texts.formats import shortened
from handlers.words import plain_words
from storage.plans import NO_TARGET, QuestionCard

_NAME_LETTERS = 3
_NAME_LENGTH = 300
_UNIT_LENGTH = 40
_FIGURE = re.compile(r"(-|[\d.,]*\d)\s*(?:%|[a-z .]*)", re.IGNORECASE)
"""A number with or without its unit behind it."""


def choices(question: QuestionCard) -> tuple[str, ...]:
    """The answers to choose from, in the order in which the question's own text numbers them."""
    return question.options or ((question.proposal,) if question.proposal else ())


def options(question: QuestionCard, page: int, last: Sequence[Option]) -> tuple[Option, ...]:
    """The answers of a page, keyed `v0`, `v1` ..., `more` where there are others, and what stands below them all."""
    values, size = choices(question), _page_size(len(last))
    shown = values[page * size : (page + 1) * size]
    short = len(values) + len(last) <= BUTTONS
    found = [_option(question, value, key=f"v{index}", short=short) for index, value in enumerate(shown, page * size)]
    more = [Option(key="more", label=texts.MORE)] if len(values) > size else []
    return _distinct([*found, *more, *last])


def page_after(question: QuestionCard, page: int, below: int) -> int:
    """The next page of the answers, with so many options below them; the first one after the last."""
    return (page + 1) % -(-len(choices(question)) // _page_size(below))


def _page_size(below: int) -> int:
    """Answers shown at once: a row is kept for the others, and one for each option below."""
    return ROWS - 1 - below


def _option(question: QuestionCard, value: str, *, key: str, short: bool) -> Option:
    if value == question.proposal and not question.options:
        return Option(key=key, label=texts.USE_PROPOSAL)
    label, hint = texts.option(question.about, value)
    return Option(key=key, label=shortened(label, BUTTON_LABEL) if short else label, hint="" if short else hint)


def _distinct(found: list[Option]) -> tuple[Option, ...]:
    """Two long titles may be cut to the same label: number those, so that each can be told and typed."""
    labels = [option.label for option in found]
    return tuple(
        option.model_copy(update={"label": f"{index} {option.label}"[:ROW_LABEL]})
        if labels.count(option.label) > 1
        else option
        for index, option in enumerate(found, start=1)
    )


def typed(question: QuestionCard, body: str, year: int) -> str | None:
    """The answer that somebody typed, in the form of its `About`: a name in its own words, targets by period (of `year`
    where they name none), a number, or a choice in full. None for what is none."""
    match question.about:
        case About.NAME if (name := plain_words(body, _NAME_LETTERS, _NAME_LENGTH)) is not None:
            return name
        case About.TARGETS:
            return read_targets(body, year)
        case About.ANNUAL if (figure := _FIGURE.fullmatch(body.strip())) is not None:
            return read_target(figure[1])
        case About.UNIT if unit := body.strip() if body.strip() == NO_TARGET else plain_words(body, 1, _UNIT_LENGTH):
            return unit
        case _:
            meant = " ".join(body.casefold().split())
            return next((value for value in question.options if value.casefold() == meant), None)


def how_to_answer(question: QuestionCard, *, shown_how: bool = False) -> str:
    """What to type or tap; of targets that their form was not met, where it was `shown_how` before."""
    if question.about is About.TARGETS:
        return texts.TARGETS_UNREADABLE if shown_how else texts.TARGETS_PLEASE
    wanted = {About.NAME: texts.NAME_PLEASE, About.UNIT: texts.UNIT_PLEASE, About.ANNUAL: texts.ANNUAL_PLEASE}
    return wanted.get(question.about, texts.PICK_ONE)
