"""The engine of every conversation, written once: back, cancel, later, typed choices, old buttons, resuming.

A conversation is an enumeration of steps, a frozen draft, and two pure functions: `ask(step, draft, desk)` says what
to show, `answer(step, draft, said, desk)` what an answer leads to. What is stored is the trail of (step, draft)
places; the last one is the open question. So any process can take any turn, and a restart between two messages
changes nothing.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError
from rapidfuzz import fuzz

from handlers.messages import BODY_LIMIT, Choose, Incoming, Option, Outgoing, Press, Say, Text
from handlers.texts import general as texts

LONGEST_TRAIL = 40
"""Places kept for going back; older ones are forgotten."""
TYPO = 84
"""How alike a typed choice and a label must be, in percent, for a typo to be forgiven."""
SHORTEST_GUESS = 4
"""Characters below which a typed choice must be exact: in short words one wrong letter is another word."""

BACK, CANCEL, LATER = "back", "cancel", "later"
_WORDS = {
    "kembali": BACK,
    "back": BACK,
    "batal": CANCEL,
    "batalkan": CANCEL,
    "cancel": CANCEL,
    "nanti": LATER,
    "nanti saja": LATER,
    "lanjut nanti": LATER,
    "simpan dulu": LATER,
}
_PICK = re.compile(r"(?:no(?:mor)?\.? ?)?([1-9]\d?)[.)]?")


class Tap(BaseModel):
    """A choice of the open question, by its key, whether it was tapped or typed."""

    model_config = ConfigDict(frozen=True)
    key: str


Said = Incoming | Tap
"""What a conversation's `answer` receives."""
Question = Say | Choose

StepT = TypeVar("StepT", bound=StrEnum)
DraftT = TypeVar("DraftT", bound=BaseModel)
DeskT = TypeVar("DeskT")


@dataclass(frozen=True)
class Next(Generic[StepT, DraftT, DeskT]):
    """Go on to a step. `note` is shown above its question; `command` is carried out first."""

    step: StepT
    draft: DraftT
    note: str = ""
    command: Callable[[DeskT], None] | None = None


@dataclass(frozen=True)
class Retry:
    """Ask the same again, with a hint above it that says what to do."""

    hint: str


@dataclass(frozen=True)
class Done(Generic[DeskT]):
    """The conversation ends: `command` is carried out, then `farewell` is said of what it led to."""

    farewell: Callable[[DeskT], Outgoing]
    command: Callable[[DeskT], None] | None = None


@dataclass(frozen=True)
class Dialogue(Generic[StepT, DraftT, DeskT]):
    """One conversation. `name` is what tables and `Begin.key` call it."""

    name: str
    steps: type[StepT]
    draft: type[DraftT]
    ask: Callable[[StepT, DraftT, DeskT], Question]
    answer: Callable[[StepT, DraftT, Said, DeskT], "Next[StepT, DraftT, DeskT] | Retry | Done[DeskT]"]


@dataclass(frozen=True)
class Begin(Generic[StepT, DraftT, DeskT]):
    """Start a conversation, or go on with one of the same `subject` that was put off."""

    dialogue: Dialogue[StepT, DraftT, DeskT]
    step: StepT
    draft: DraftT
    subject: str = ""
    note: str = ""

    @property
    def key(self) -> str:
        return f"{self.dialogue.name}:{self.subject}"


class Place(BaseModel):
    """One question that was asked: a step, and the draft as it was then."""

    model_config = ConfigDict(frozen=True)
    step: str
    draft: dict[str, Any]


class State(BaseModel):
    """All that is kept of a person's conversations between two messages.

    `active` is the key of the open one, empty for none; its trail and those put off stand in `trails`. `question`
    numbers the questions asked, so that a button tells which one it belongs to.
    """

    model_config = ConfigDict(frozen=True)
    active: str = ""
    trails: dict[str, tuple[Place, ...]] = {}
    question: int = 0

    @property
    def dialogue(self) -> str:
        return self.active.partition(":")[0]

    @property
    def step(self) -> str:
        return self.trails[self.active][-1].step if self.active else ""


@dataclass(frozen=True)
class Turn:
    """What one message led to. `reply` is None only for what needs no answer."""

    state: State
    reply: Outgoing | None


AnyDialogue = Dialogue[Any, Any, Any]


def begin(state: State, start: Begin[Any, Any, Any], desk: Any) -> Turn:
    """Ask the first question of a conversation; what was open before is put off, not lost."""
    known = state.trails.get(start.key)
    if known:
        return _ask_again(state.model_copy(update={"active": start.key}), start.dialogue, desk, texts.RESUMED)
    place = _place(start.step, start.draft)
    trails = {**state.trails, start.key: (place,)}
    return _ask_new(state.model_copy(update={"active": start.key, "trails": trails}), start.dialogue, desk, start.note)


def take_turn(dialogue: AnyDialogue, state: State, said: Incoming, desk: Any) -> Turn:
    """Let the open conversation answer one message."""
    try:
        step, draft = _present(dialogue, state)
    except (ValidationError, ValueError):  # a deploy renamed a step or changed a field: never guess
        return Turn(_ended(state), Say(text=texts.APP_UPDATED))
    question = dialogue.ask(step, draft, desk)
    meant = resolve(question, said, state.question)
    match meant:
        case Tap(key=key) if key == CANCEL:
            return Turn(_ended(state), Say(text=texts.CANCELLED))
        case Tap(key=key) if key == LATER:
            return Turn(state.model_copy(update={"active": ""}), Say(text=texts.PUT_OFF))
        case Tap(key=key) if key == BACK:
            return _back(dialogue, state, desk)
        case Press():
            return _ask_again(state, dialogue, desk, texts.OLD_BUTTON)
        case _:
            return _answered(dialogue, state, step, draft, meant, desk)


def _answered(dialogue: AnyDialogue, state: State, step: StrEnum, draft: BaseModel, said: Said, desk: Any) -> Turn:
    match dialogue.answer(step, draft, said, desk):
        case Retry(hint=hint):
            return _ask_again(state, dialogue, desk, hint)
        case Next() as following:
            if following.command:
                following.command(desk)
            trail = (*state.trails[state.active], _place(following.step, following.draft))[-LONGEST_TRAIL:]
            moved = state.model_copy(update={"trails": {**state.trails, state.active: trail}})
            return _ask_new(moved, dialogue, desk, following.note)
        case Done(farewell=farewell, command=command):
            if command:
                command(desk)
            return Turn(_ended(state), farewell(desk))


def _back(dialogue: AnyDialogue, state: State, desk: Any) -> Turn:
    trail = state.trails[state.active]
    if len(trail) == 1:
        return _ask_again(state, dialogue, desk, texts.AT_THE_BEGINNING)
    shorter = {**state.trails, state.active: trail[:-1]}
    return _ask_new(state.model_copy(update={"trails": shorter}), dialogue, desk, "")


def _ask_again(state: State, dialogue: AnyDialogue, desk: Any, hint: str) -> Turn:
    """The same question keeps its number: the buttons of the earlier message stay good."""
    return Turn(state, _shown(dialogue.ask(*_present(dialogue, state), desk), state.question, hint))


def _ask_new(state: State, dialogue: AnyDialogue, desk: Any, note: str) -> Turn:
    numbered = state.model_copy(update={"question": state.question + 1})
    return Turn(numbered, _shown(dialogue.ask(*_present(dialogue, state), desk), numbered.question, note))


def _present(dialogue: AnyDialogue, state: State) -> tuple[Any, Any]:
    place = state.trails[state.active][-1]
    return dialogue.steps(place.step), dialogue.draft.model_validate(place.draft)


def _place(step: StrEnum, draft: BaseModel) -> Place:
    return Place(step=step.value, draft=draft.model_dump(mode="json", exclude_defaults=True))


def _ended(state: State) -> State:
    trails = {key: trail for key, trail in state.trails.items() if key != state.active}
    return state.model_copy(update={"active": "", "trails": trails})


def _shown(question: Question, number: int, hint: str) -> Outgoing:
    if isinstance(question, Choose):
        options = tuple(
            option.model_copy(update={"token": option.key if option.key.startswith("!") else token(number, option.key)})
            for option in question.options
        )
        question = question.model_copy(update={"options": options})
    return hinted(hint, question) if hint else question


def hinted(hint: str, question: Question) -> Question:
    """One message of a hint and a question: people are sent one message a turn."""
    room = BODY_LIMIT - len(question.text) - len(question.title) - 3
    if len(hint) > room:
        hint = hint[: max(room - 1, 0)] + "…"
    return question.model_copy(update={"text": f"{hint}\n\n{question.text}"})


_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def token(question: int, key: str) -> str:
    """What a button carries: `<question in base 36>:<key>`."""
    digits = ""
    while question:
        question, rest = divmod(question, 36)
        digits = _DIGITS[rest] + digits
    return f"{digits or '0'}:{key}"


def resolve(question: Question, said: Incoming, number: int) -> Said:
    """What a message means to the open question.

    A button of this question and a typed choice become a Tap; a Press is returned only for a button of another one.
    """
    options = question.options if isinstance(question, Choose) else ()
    match said:
        case Press(token=pressed):
            prefix, _, key = pressed.partition(":")
            offered = prefix == token(number, "")[:-1] and any(option.key == key for option in options)
            return Tap(key=key) if offered else said
        case Text(body=body):
            by_number = isinstance(question, Choose) and question.by_number
            key = typed_choice(body, options, by_number=by_number)
            return said if key is None else Tap(key=key)
        case _:
            return said


def resolve_word(body: str) -> str | None:
    """Back, cancel or later, where a text is one of their words."""
    return _WORDS.get(" ".join(body.casefold().split()).strip(" .!/"))


def typed_choice(body: str, options: Sequence[Option], *, by_number: bool) -> str | None:
    """The key of the choice that was typed: its label, its number, the beginning of one label, or a typo of one."""
    typed = " ".join(body.casefold().split()).strip(" .!")
    labels = {option.label.casefold(): option.key for option in options if not option.key.startswith("!")}
    if typed in labels:
        return labels[typed]
    word = resolve_word(body)
    if word is not None:
        return word
    if by_number and (picked := _PICK.fullmatch(typed)) and int(picked[1]) <= len(options):
        return options[int(picked[1]) - 1].key
    if not typed or any(character.isdigit() for character in typed):
        return None
    begun = [key for label, key in labels.items() if re.match(rf"{re.escape(typed)}\b", label)]
    if len(begun) == 1:
        return begun[0]
    alike = [key for label, key in labels.items() if len(typed) >= SHORTEST_GUESS and fuzz.ratio(typed, label) >= TYPO]
    return alike[0] if len(alike) == 1 else None
