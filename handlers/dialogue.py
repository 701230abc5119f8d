"""The engine of every conversation, written once: back, cancel, later, typed choices, old buttons, resuming.

A conversation is an enumeration of steps, a frozen draft, and two pure functions: `ask(step, draft, desk)` says what
to show, `answer(step, draft, said, desk)` what an answer leads to. What is stored is the trail of (step, draft)
places; the last one is the open question. So any process can take any turn, and a restart between two messages
changes nothing.
"""

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ConfigDict

from handlers.likeness import ratio
from handlers.messages import BODY_LIMIT, Choose, Incoming, Option, Outgoing, Press, Say, Text
from handlers.texts import general as texts
from handlers.texts.formats import shortened

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
    "lanjutkan nanti": LATER,
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
    """Go on to a step. `note` is shown above its question; `command` is carried out first.

    `instead` tells that the question just answered is not one to go back to; `quiet` that what was said is kept but
    not answered, because more of it follows at once or it was answered together: an album of photos.
    """

    step: StepT
    draft: DraftT
    note: str = ""
    command: Callable[[DeskT], None] | None = None
    instead: bool = False
    quiet: bool = False


@dataclass(frozen=True)
class Retry:
    """Ask the same again, with a hint above it that says what to do."""

    hint: str


@dataclass(frozen=True)
class Done(Generic[DeskT]):
    """The conversation ends: `command` is carried out, then `farewell` is said of what it led to.

    A farewell may be another conversation, whose note then says what this one led to.
    """

    farewell: "Callable[[DeskT], Outgoing | Begin[Any, Any, Any]]"
    command: Callable[[DeskT], None] | None = None


Led = TypeVar("Led", bound="Next[Any, Any, Any] | Retry | Done[Any]")


def in_place(reply: Led) -> Led:
    """The same, in place of the question that was just answered: a doubt that is settled is not gone back to."""
    return replace(reply, instead=True) if isinstance(reply, Next) else reply


def _nothing_listed(_step: object) -> Collection[str]:
    return ()


def _never(_step: object) -> bool:
    return False


def _no_hint(_draft: object, _desk: object) -> str:
    return ""


def _as_it_was(earlier: DraftT, _present: DraftT) -> DraftT:
    return earlier


@dataclass(frozen=True)
class Dialogue(Generic[StepT, DraftT, DeskT]):
    """One conversation. `name` is what tables and `Begin.key` call it.

    `restart` and `again` tell what to do ("Ketik lapor") to begin anew and to see the open question again; without
    `again` it is the same. `cancelled` is said when it is broken off, `resumed` when it is gone on with. `carried`
    makes the draft to go back to from the earlier and the present one; `saved` says what is kept when it is put off.
    A `banner` stands above everything that it asks. A conversation that cannot wait is broken off where another would
    be put off; an `optional` one is left as soon as something else is answered. `listed` names what may be typed at a
    step though no button of it stands there; `takes_sentences` tells of a step that words answer though they begin
    with one of the menu: "Nomor 5 Tahun 2026".
    """

    name: str
    steps: type[StepT]
    draft: type[DraftT]
    ask: Callable[[StepT, DraftT, DeskT], Question]
    answer: Callable[[StepT, DraftT, Said, DeskT], "Next[StepT, DraftT, DeskT] | Retry | Done[DeskT]"]
    restart: str
    cancelled: str
    again: Callable[[DraftT, DeskT], str] = _no_hint
    resumed: Callable[[DraftT, DeskT], str] = _no_hint
    carried: Callable[[DraftT, DraftT], DraftT] = _as_it_was
    saved: str = ""
    can_wait: bool = True
    optional: bool = False
    listed: Callable[[StepT], Collection[str]] = _nothing_listed
    takes_sentences: Callable[[StepT], bool] = _never
    banner: str = ""


@dataclass(frozen=True)
class Begin(Generic[StepT, DraftT, DeskT]):
    """Start a conversation, or go on with one of the same `subject` that was put off; `anew` forgets that one."""

    dialogue: Dialogue[StepT, DraftT, DeskT]
    step: StepT
    draft: DraftT
    subject: str = ""
    note: str = ""
    anew: bool = False

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
        return self.trails[self.active][-1].step if self.active in self.trails else ""


@dataclass(frozen=True)
class Turn:
    """What one message led to. `reply` is None only for what needs no answer."""

    state: State
    reply: Outgoing | None


AnyDialogue = Dialogue[Any, Any, Any]


def begin(state: State, start: Begin[Any, Any, Any], desk: Any) -> Turn:
    """Ask the first question of a conversation; what was open before is put off, not lost.

    One of the same subject that was put off is gone on with, unless this version of the program cannot read it.
    """
    trail = None if start.anew else state.trails.get(start.key)
    if trail and _read(start.dialogue, trail[-1]) is not None:
        return resume(state.model_copy(update={"active": start.key}), start.dialogue, desk, start.note)
    place = _place(start.step, start.draft)
    begun = state.model_copy(update={"active": start.key, "trails": {**state.trails, start.key: (place,)}})
    return _ask_new(begun, start.dialogue, desk, start.note)


def resume(state: State, dialogue: AnyDialogue, desk: Any, note: str = "") -> Turn:
    """Show the open question again, below a note and with how far the conversation has come."""
    present = _present(dialogue, state)
    if present is None:
        return _outdated(dialogue, state)
    resumed = dialogue.resumed(present[1], desk) or texts.RESUMED
    return _ask_again(state, dialogue, desk, f"{note}\n{resumed}" if note else resumed)


class Open:
    """The conversation that is open, for as long as one message is looked at: its question is asked but once."""

    def __init__(self, dialogue: AnyDialogue, state: State, desk: Any) -> None:
        self._dialogue, self._state, self._desk = dialogue, state, desk

    @cached_property
    def present(self) -> tuple[Any, Any] | None:
        """Step and draft of the open question; None where this version of the program cannot read them."""
        trail = self._state.trails.get(self._state.active)
        return _read(self._dialogue, trail[-1]) if trail else None

    @cached_property
    def question(self) -> Question | None:
        """What is being asked, as things stand now."""
        return None if self.present is None else self._dialogue.ask(*self.present, self._desk)

    def offers(self, body: str) -> bool:
        """Whether a text is the label of a choice of the open question, or the words with which only one of them
        begins, or the name of something that it lists."""
        question = self.question
        listed = () if self.present is None else self._dialogue.listed(self.present[0])
        options = question.options if isinstance(question, Choose) else ()
        labels = [option.label for option in options if not option.key.startswith("!")]
        typed = " ".join(body.casefold().split()).strip(" .!")
        begun = [label for label in labels if f"{label.casefold()} ".startswith(f"{typed} ")]
        named = (label.casefold() for label in (*begun, *listed))
        return bool(typed) and (len(begun) == 1 or typed in named)

    def takes_sentence(self, body: str) -> bool:
        """Whether several words answer the open question, whatever they begin with."""
        place = self.present
        return place is not None and len(body.split()) > 1 and self._dialogue.takes_sentences(place[0])

    def lasting_button(self, body: str) -> str | None:
        """The key of the lasting button of the open question that a text names: by its number, or by its label with or
        without the count behind it; None for none, and where choices have no numbers."""
        question = self.question
        if not isinstance(question, Choose) or not question.by_number:
            return None
        typed = " ".join(body.casefold().split()).strip(" .!")
        picked = _PICK.fullmatch(typed)
        numbered = question.options[int(picked[1]) - 1 :][:1] if picked else ()
        named = [option.key for option in question.options if typed in _names(option.label)]
        keys = named or [option.key for option in numbered]
        return keys[0] if keys and keys[0].startswith("!") else None

    def take_turn(self, said: Incoming) -> Turn:
        """Let the conversation answer one message."""
        dialogue, state, desk, question = self._dialogue, self._state, self._desk, self.question
        if self.present is None or question is None:
            return _outdated(dialogue, state)
        step, draft = self.present
        meant = resolve(question, said, state.question)
        match meant:
            case Tap(key=key) if key == CANCEL or (key == LATER and not dialogue.can_wait):
                return Turn(_ended(state), Say(text=dialogue.cancelled))
            case Tap(key=key) if key == LATER:
                put_off = texts.put_off(dialogue.saved, _again(dialogue, draft, desk))
                return Turn(state.model_copy(update={"active": ""}), Say(text=put_off))
            case Tap(key=key) if key == BACK:
                return _back(dialogue, state, draft, desk)
            case Press():
                return _ask_again(state, dialogue, desk, texts.OLD_BUTTON)
            case _:
                return _answered(dialogue, state, dialogue.answer(step, draft, meant, desk), desk)


def how_to_go_on(dialogue: AnyDialogue, state: State, desk: Any) -> str:
    """What to do to see the open question again, after something else was answered."""
    present = Open(dialogue, state, desk).present
    return texts.still_open(dialogue.restart if present is None else _again(dialogue, present[1], desk))


def take_turn(dialogue: AnyDialogue, state: State, said: Incoming, desk: Any) -> Turn:
    """Let the open conversation answer one message."""
    return Open(dialogue, state, desk).take_turn(said)


def _names(label: str) -> tuple[str, str]:
    """`bukti (3)` and `bukti`."""
    plain = label.casefold()
    return plain, plain.partition(" (")[0]


def _answered(dialogue: AnyDialogue, state: State, reply: Next[Any, Any, Any] | Retry | Done[Any], desk: Any) -> Turn:
    match reply:
        case Retry(hint=hint):
            return _ask_again(state, dialogue, desk, hint)
        case Next(command=command):
            if command:
                command(desk)
            trail = _lengthened(state.trails[state.active], _place(reply.step, reply.draft), instead=reply.instead)
            moved = state.model_copy(update={"trails": {**state.trails, state.active: trail}})
            return Turn(moved, None) if reply.quiet else _ask_new(moved, dialogue, desk, reply.note)
        case Done(farewell=farewell, command=command):
            if command:
                command(desk)
            said, ended = farewell(desk), _ended(state)
            return begin(ended, said, desk) if isinstance(said, Begin) else Turn(ended, said)


def _lengthened(trail: tuple[Place, ...], place: Place, *, instead: bool) -> tuple[Place, ...]:
    earlier = trail[:-1] if instead else trail
    return (earlier if earlier[-1:] == (place,) else (*earlier, place))[-LONGEST_TRAIL:]


def _back(dialogue: AnyDialogue, state: State, draft: Any, desk: Any) -> Turn:
    trail = state.trails[state.active]
    if len(trail) == 1:
        return _ask_again(state, dialogue, desk, texts.AT_THE_BEGINNING)
    earlier = _read(dialogue, trail[-2])
    if earlier is None:
        return _outdated(dialogue, state)
    place = _place(earlier[0], dialogue.carried(earlier[1], draft))
    shorter = {**state.trails, state.active: (*trail[:-2], place)}
    return _ask_new(state.model_copy(update={"trails": shorter}), dialogue, desk, "")


def _outdated(dialogue: AnyDialogue, state: State) -> Turn:
    """A deploy renamed a step or changed a field: never guess."""
    return Turn(_ended(state), Say(text=texts.app_updated(dialogue.restart)))


def _again(dialogue: AnyDialogue, draft: Any, desk: Any) -> str:
    return dialogue.again(draft, desk) or dialogue.restart


def _ask_again(state: State, dialogue: AnyDialogue, desk: Any, hint: str) -> Turn:
    """The same question keeps its number: the buttons of the earlier message stay good."""
    return Turn(state, _shown(_question(dialogue, state, desk), state.question, hint, dialogue.banner))


def _ask_new(state: State, dialogue: AnyDialogue, desk: Any, note: str) -> Turn:
    numbered = state.model_copy(update={"question": state.question + 1})
    return Turn(numbered, _shown(_question(dialogue, numbered, desk), numbered.question, note, dialogue.banner))


def _question(dialogue: AnyDialogue, state: State, desk: Any) -> Question:
    place = state.trails[state.active][-1]
    return dialogue.ask(dialogue.steps(place.step), dialogue.draft.model_validate(place.draft), desk)


def _present(dialogue: AnyDialogue, state: State) -> tuple[Any, Any] | None:
    """Step and draft of the open question; None where this version of the program cannot read them."""
    trail = state.trails.get(state.active)
    return _read(dialogue, trail[-1]) if trail else None


def _read(dialogue: AnyDialogue, place: Place) -> tuple[Any, Any] | None:
    try:
        return dialogue.steps(place.step), dialogue.draft.model_validate(place.draft)
    except ValueError:
        return None


def _place(step: StrEnum, draft: BaseModel) -> Place:
    return Place(step=step.value, draft=draft.model_dump(mode="json", exclude_defaults=True))


def left(state: State) -> State:
    """The open conversation is over, without a word."""
    return _ended(state)


def _ended(state: State) -> State:
    trails = {key: trail for key, trail in state.trails.items() if key != state.active}
    return state.model_copy(update={"active": "", "trails": trails})


def _shown(question: Question, number: int, hint: str, banner: str) -> Outgoing:
    if isinstance(question, Choose):
        question = question.model_copy(update={"options": tuple(_with_token(o, number) for o in question.options)})
    if banner:
        return _headed(hint, question, banner)
    return hinted(hint, question) if hint else question


def _headed(hint: str, question: Question, banner: str) -> Question:
    """A question with the banner above all of it."""
    joined = hinted(hint, question, spare=len(banner) + 1) if hint else question
    return joined.model_copy(update={"title": f"{banner} · {joined.title}" if joined.title else banner})


def _with_token(option: Option, question: int) -> Option:
    lasting = option.key.startswith("!")
    return option.model_copy(update={"token": option.key if lasting else token(question, option.key)})


def hinted(hint: str, question: Question, spare: int = 0) -> Question:
    """One message of a hint and a question, for people are sent one message a turn. What is said comes first, then
    the question with its heading; a hint that does not fit is cut short, so that `spare` characters are left."""
    asked = f"{question.title}\n{question.text}" if question.title else question.text
    room = BODY_LIMIT - len(asked) - 3 - spare
    if room < 1:
        return question
    return question.model_copy(update={"title": "", "text": f"{shortened(hint, room)}\n\n{asked}"})


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
            offered = {token(number, option.key): option.key for option in options}
            return Tap(key=offered[pressed]) if pressed in offered else said
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
    alike = [key for label, key in labels.items() if len(typed) >= SHORTEST_GUESS and ratio(typed, label) >= TYPO]
    return alike[0] if len(alike) == 1 else None
