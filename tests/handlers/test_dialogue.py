"""The engine of conversations, on a small one of its own: going back, leaving, typed choices, old states."""

from dataclasses import dataclass, field
from enum import StrEnum

import pytest
from pydantic import BaseModel, ConfigDict

from handlers.dialogue import (
    LONGEST_TRAIL,
    Begin,
    Dialogue,
    Done,
    Next,
    Place,
    Question,
    Retry,
    Said,
    State,
    Tap,
    Turn,
    begin,
    hinted,
    how_to_go_on,
    resolve,
    take_turn,
    token,
    typed_choice,
)
from handlers.messages import BODY_LIMIT, Choose, Option, Outgoing, Press, Say, Text
from handlers.texts import general


class Step(StrEnum):
    """A question for a word, another for more words, and one that ends it."""

    FIRST = "first"
    MORE = "more"
    LAST = "last"


class Draft(BaseModel):
    model_config = ConfigDict(frozen=True)
    words: tuple[str, ...] = ()


@dataclass
class Notebook:
    """The desk of this test: what commands wrote."""

    written: list[str] = field(default_factory=list[str])


def how_many(desk: Notebook) -> Outgoing:
    return Say(text=f"{len(desk.written)} tertulis")


YES = Option(key="yes", label="Ya, kirim")
NO = Option(key="no", label="Belum")


def ask(step: Step, draft: Draft, _desk: Notebook) -> Question:
    if step is Step.LAST:
        return Choose(title="Periksa", text=" ".join(draft.words), options=(YES, NO))
    return Say(text=f"Kata ke-{len(draft.words) + 1}?")


Reply = Next[Step, Draft, Notebook] | Retry | Done[Notebook]


def answer(_step: Step, draft: Draft, said: Said, _desk: Notebook) -> Reply:
    match said:
        case Text(body="selesai"):
            return Next(Step.LAST, draft, "Baik.")
        case Text(body="lagi"):
            return Done(lambda desk: Begin(HASTY, Step.FIRST, Draft(), note=f"{len(desk.written)} tertulis"))
        case Text(body="ganti"):
            return Next(Step.LAST, draft, instead=True)
        case Text(body=body) if body.isalpha():
            longer = draft.model_copy(update={"words": (*draft.words, body)})
            return Next(Step.MORE, longer, command=lambda desk: desk.written.append(body))
        case Tap(key="yes"):
            return Done(how_many, lambda desk: desk.written.append("kirim"))
        case _:
            return Retry("Tulis satu kata.")


WORDS = Dialogue(
    "words", Step, Draft, ask, answer, restart="Ketik kata", cancelled="Dibatalkan.", saved="kata Anda tersimpan."
)
HASTY = Dialogue("hasty", Step, Draft, ask, answer, restart="Ketik kata", cancelled="Dibatalkan.", can_wait=False)


def keep(earlier: Draft, present: Draft) -> Draft:
    return earlier.model_copy(update={"words": present.words})


KEEPING = Dialogue("keeping", Step, Draft, ask, answer, restart="Ketik kata", cancelled="Dibatalkan.", carried=keep)
START = Begin(WORDS, Step.FIRST, Draft())


def talk(*said: str, dialogue: Dialogue[Step, Draft, Notebook] = WORDS, desk: Notebook | None = None) -> Turn:
    """The last turn of a conversation in which everything goes through JSON between two messages."""
    desk = desk or Notebook()
    turn = begin(State(), Begin(dialogue, Step.FIRST, Draft()), desk)
    for body in said:
        state = State.model_validate_json(turn.state.model_dump_json())
        turn = take_turn(dialogue, state, Text(body=body), desk)
    return turn


def text_of(reply: Outgoing | None) -> str:
    assert isinstance(reply, Say | Choose)
    return reply.text


def test_a_conversation_goes_on_step_by_step() -> None:
    desk = Notebook()
    turn = talk("satu", "dua", "selesai", "ya", desk=desk)
    assert desk.written == ["satu", "dua", "kirim"]
    assert text_of(turn.reply) == "3 tertulis"
    assert turn.state.trails == {}


def test_a_conversation_may_end_in_another_one() -> None:
    turn = talk("satu", "lagi")
    assert text_of(turn.reply) == "1 tertulis\n\nKata ke-1?"
    assert turn.state.active == "hasty:"
    assert list(turn.state.trails) == ["hasty:"]


def test_back_drops_the_last_question() -> None:
    turn = talk("satu", "dua", "kembali")
    assert text_of(turn.reply) == "Kata ke-2?"
    assert len(turn.state.trails["words:"]) == 2


def test_back_at_the_beginning_stays_there() -> None:
    turn = talk("kembali")
    assert text_of(turn.reply) == f"{general.AT_THE_BEGINNING}\n\nKata ke-1?"


def test_back_keeps_what_a_conversation_carries() -> None:
    assert text_of(talk("satu", "dua", "kembali", dialogue=KEEPING).reply) == "Kata ke-3?"


def test_a_question_answered_instead_is_not_gone_back_to() -> None:
    turn = talk("satu", "dua", "ganti", "kembali")
    assert text_of(turn.reply) == "Kata ke-2?"


def test_cancelled_nothing_is_kept() -> None:
    turn = talk("satu", "batal")
    assert (text_of(turn.reply), turn.state.active, turn.state.trails) == ("Dibatalkan.", "", {})


def test_put_off_and_taken_up_again() -> None:
    turn = talk("satu", "lanjut nanti")
    assert turn.state.active == ""
    assert text_of(turn.reply) == "Baik, kata Anda tersimpan. Ketik kata kapan saja untuk melanjutkan."
    again = begin(turn.state, START, Notebook())
    assert text_of(again.reply) == f"{general.RESUMED}\n\nKata ke-2?"


def test_what_cannot_wait_is_broken_off_instead() -> None:
    turn = talk("satu", "nanti", dialogue=HASTY)
    assert (text_of(turn.reply), turn.state.trails) == ("Dibatalkan.", {})


def test_a_wrong_answer_changes_nothing() -> None:
    before = talk("satu")
    turn = take_turn(WORDS, before.state, Text(body="12"), Notebook())
    assert turn.state == before.state
    assert text_of(turn.reply) == "Tulis satu kata.\n\nKata ke-2?"


def test_the_trail_forgets_its_beginning() -> None:
    turn = talk(*["kata"] * (LONGEST_TRAIL + 5))
    trail = turn.state.trails["words:"]
    assert len(trail) == LONGEST_TRAIL
    assert text_of(turn.reply) == f"Kata ke-{LONGEST_TRAIL + 6}?"


@pytest.mark.parametrize(
    "place",
    [Place(step="renamed", draft={}), Place(step="first", draft={"words": "not a list of words"})],
)
def test_a_state_of_another_version_begins_anew(place: Place) -> None:
    state = State(active="words:", trails={"words:": (place,), "other:": (place,)}, question=3)
    turn = take_turn(WORDS, state, Text(body="satu"), Notebook())
    assert text_of(turn.reply) == general.app_updated("Ketik kata")
    assert turn.state.active == ""
    assert set(turn.state.trails) == {"other:"}


def test_a_put_off_state_of_another_version_is_begun_anew() -> None:
    state = State(trails={"words:": (Place(step="renamed", draft={}),)})
    assert text_of(begin(state, START, Notebook()).reply) == "Kata ke-1?"


def test_going_back_to_a_question_of_another_version_begins_anew() -> None:
    trail = (Place(step="renamed", draft={}), Place(step="more", draft={"words": ["satu"]}))
    turn = take_turn(WORDS, State(active="words:", trails={"words:": trail}), Text(body="kembali"), Notebook())
    assert text_of(turn.reply) == general.app_updated("Ketik kata")


def test_an_active_conversation_without_a_trail_is_told() -> None:
    turn = take_turn(WORDS, State(active="words:"), Text(body="satu"), Notebook())
    assert text_of(turn.reply) == general.app_updated("Ketik kata")
    assert "Ketik kata" in how_to_go_on(WORDS, State(active="words:"), Notebook())


def test_a_button_counts_only_for_its_own_question() -> None:
    turn = talk("satu", "selesai")
    assert isinstance(turn.reply, Choose)
    pressed = turn.reply.options[0].token
    assert text_of(take_turn(WORDS, turn.state, Press(token=pressed), Notebook()).reply) == "1 tertulis"
    old = take_turn(WORDS, turn.state, Press(token="1:yes"), Notebook())
    assert old.state == turn.state
    assert text_of(old.reply).startswith(general.OLD_BUTTON)


@pytest.mark.parametrize(("number", "shown"), [(0, "0:k"), (35, "z:k"), (36, "10:k"), (36**3, "1000:k")])
def test_a_button_carries_its_question_in_base_36(number: int, shown: str) -> None:
    assert token(number, "k") == shown


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("Ya, kirim", "yes"),
        ("ya", "yes"),
        ("YA KIRIM!", "yes"),
        ("1", "yes"),
        ("2.", "no"),
        ("no 2", "no"),
        ("blum", "no"),
        ("belumm", "no"),
        ("blm", None),
        ("3", None),
        ("", None),
        ("batal", "cancel"),
        ("/kembali", "back"),
        ("Nanti saja.", "later"),
    ],
)
def test_choices_can_be_typed(typed: str, key: str | None) -> None:
    assert typed_choice(typed, (YES, NO), by_number=True) == key


def test_a_number_is_no_choice_where_a_number_is_asked() -> None:
    question = Choose(text="Berapa?", options=(YES, NO), by_number=False)
    assert resolve(question, Text(body="1"), 1) == Text(body="1")


def test_a_label_goes_before_the_engines_own_words() -> None:
    own = Option(key="own", label="Batal")
    assert typed_choice("batal", (own,), by_number=True) == "own"


def test_a_hint_stands_above_the_question_and_its_heading() -> None:
    asked = hinted("✓ 1 desa", Choose(title="2 dari 3", text="Berapa?", options=(YES,)))
    assert (asked.title, asked.text) == ("", "✓ 1 desa\n\n2 dari 3\nBerapa?")


def test_a_long_hint_is_cut_to_what_fits() -> None:
    asked = hinted("kata " * 300, Choose(text="x" * 900, options=(YES,)))
    assert len(asked.text) <= BODY_LIMIT - 1
    assert asked.text.endswith("x" * 900)
    assert Choose.model_validate(asked.model_dump())
    full = Choose(text="x" * (BODY_LIMIT - 2), options=(YES,))
    assert hinted("tidak muat", full) == full
