"""Where every message arrives: which conversation it belongs to, and what is answered. Never silence."""

from typing import Any

from handlers import correction, evidence, menu, money, my_data, on_screen, plan_file, register
from handlers.dialogue import (
    CANCEL,
    LATER,
    Begin,
    Open,
    State,
    Turn,
    begin,
    how_to_go_on,
    left,
    resolve_word,
    resume,
    take_turn,
)
from handlers.follow_ups import EXPLAIN
from handlers.messages import (
    Chart,
    Choose,
    Contact,
    Document,
    Edited,
    File,
    Form,
    Incoming,
    MediaFailed,
    Outgoing,
    Photo,
    Press,
    Say,
    Text,
    Worked,
)
from handlers.money.from_file import is_spreadsheet
from handlers.texts import general, joining
from handlers.texts.report import TYPE_REPORT
from handlers.undelivered import with_missed
from handlers.words import is_thanks
from storage.desk import Desk
from storage.lobby import Lobby


def receive(said: Incoming, state: State, desk: Desk) -> Turn:
    """Answer one message of somebody who has joined, or what slow work of theirs led to."""
    if isinstance(said, Worked):
        return _worked(said, state, desk)
    return with_missed(_answered(said, state, desk), desk)


def _answered(said: Incoming, state: State, desk: Desk) -> Turn:
    if isinstance(said, Edited) and _is_of_a_sent_figure(said, state, desk):
        return _corrected(said, state, desk)
    asked = _open(state, desk)
    said = _pressed(said, asked)
    started = _started(said, state, asked, desk)
    if started is None and (typed := _typed_button(said, state, asked, desk)) is not None:
        started = _started(typed, state, asked, desk)
    if started is not None:
        return started
    if (begun := _beside(said, state, desk)) is not None:
        return begun
    if state.active:
        return _outdated(state) if asked is None else asked.take_turn(said)
    return _unasked(said, state, desk)


def _open(state: State, desk: Desk) -> Open | None:
    """What is being asked; None for nothing, and for a conversation that this version of the program no longer has."""
    dialogue = menu.DIALOGUES.get(state.dialogue)
    return None if dialogue is None else Open(dialogue, state, desk)


def _is_of_a_sent_figure(said: Edited, state: State, desk: Desk) -> bool:
    """Whether an edited message is about a figure that was sent, whatever else is being asked; once its correction is
    offered, that conversation answers."""
    return state.active != correction.key_of(said) and correction.is_of_a_sent_figure(said, desk)


def _corrected(said: Edited, state: State, desk: Desk) -> Turn:
    """Offer the figure of an edited message as a correction."""
    start, dialogue = correction.edited(desk, said), menu.DIALOGUES.get(state.dialogue)
    if dialogue is not None and dialogue.optional:
        state, dialogue = left(state), None
    if isinstance(start, Begin):
        return begin(state, start, desk)
    return Turn(state, start if dialogue is None else _with_way_back(start, how_to_go_on(dialogue, state, desk)))


def receive_stranger(said: Incoming, state: State, lobby: Lobby) -> Turn:
    """Answer one message of somebody unknown: they may join, and learn nothing else."""
    dialogue = register.DIALOGUES.get(state.dialogue)
    if dialogue is not None and register.code_in(said) is None:
        return take_turn(dialogue, state, said, lobby)
    greeting = register.greet(said, lobby)
    return begin(state, greeting, lobby) if isinstance(greeting, Begin) else Turn(state, greeting)


def _worked(said: Worked, state: State, desk: Desk) -> Turn:
    """What slow work led to is reviewed at once, unless something else is being asked: then it waits, put off."""
    start = _outcome(said, desk)
    dialogue = menu.DIALOGUES.get(state.dialogue)
    if not isinstance(start, Begin):
        return Turn(state, start if dialogue is None else _with_way_back(start, how_to_go_on(dialogue, state, desk)))
    others = {key: trail for key, trail in state.trails.items() if key != start.key}
    turn = begin(state.model_copy(update={"trails": others}), start, desk)
    if dialogue is None or dialogue is start.dialogue:
        return turn
    waiting = state.model_copy(update={"trails": turn.state.trails})
    waits = plan_file.file_waits if said.job == plan_file.READ_PLAN else money.file_waits
    return Turn(waiting, _with_way_back(waits(start), how_to_go_on(dialogue, state, desk)))


def _outcome(said: Worked, desk: Desk) -> Begin[Any, Any, Any] | Outgoing:
    """What a piece of slow work led to, by its kind."""
    match said.job:
        case my_data.COPY:
            return my_data.copied(desk, said)
        case plan_file.READ_PLAN:
            return plan_file.file_read(desk, said)
        case plan_file.MARK_PLAN:
            return plan_file.marked(desk, said)
        case _:
            return money.file_read(desk, said)


def _outdated(state: State) -> Turn:
    """A conversation that this version of the program no longer has."""
    trails = {key: trail for key, trail in state.trails.items() if key != state.active}
    ended = state.model_copy(update={"active": "", "trails": trails})
    return Turn(ended, Say(text=general.app_updated(TYPE_REPORT)))


def _started(said: Incoming, state: State, asked: Open | None, desk: Desk) -> Turn | None:
    """What a word or a lasting button of the menu starts; None for every other message."""
    if isinstance(said, Document) and money.is_meant(said) and money.takes_files(desk):
        dialogue = menu.DIALOGUES.get(state.dialogue)
        answer = money.file_sent(desk, said)
        return Turn(state, answer if dialogue is None else _with_way_back(answer, how_to_go_on(dialogue, state, desk)))
    if isinstance(said, Document) and plan_file.comes_beside(said, state.dialogue) and desk.is_admin:
        dialogue, answer = menu.DIALOGUES.get(state.dialogue), plan_file.file_sent(desk, said)
        return Turn(state, answer if dialogue is None else _with_way_back(answer, how_to_go_on(dialogue, state, desk)))
    named = _named(said, state)
    if named is None or _is_answer(said, asked):
        return None
    entry, words = named
    if not entry.allowed(desk):
        return Turn(state, Say(text=general.NOT_ALLOWED))
    answer = entry.run(desk, words)
    if desk.moved and not isinstance(answer, Begin):  # what is still open here is no matter of the other office
        return Turn(state, answer)
    dialogue = menu.DIALOGUES.get(state.dialogue)
    if isinstance(answer, Begin):
        if dialogue is not None and answer.dialogue is dialogue and not words and _is_under_way(state, answer):
            return resume(state, dialogue, desk)
        return begin(left(state) if dialogue is not None and dialogue.optional else state, answer, desk)
    if dialogue is not None and dialogue.optional:
        return Turn(left(state), answer)
    return Turn(state, answer if dialogue is None else _with_way_back(answer, how_to_go_on(dialogue, state, desk)))


def _pressed(said: Incoming, asked: Open | None) -> Incoming:
    """A lasting button of the open question that a text names is pressed, though its label may be a word of the
    menu."""
    if not isinstance(said, Text) or asked is None:
        return said
    key = asked.lasting_button(said.body)
    return said if key is None else Press(token=key)


def _typed_button(said: Incoming, state: State, asked: Open | None, desk: Desk) -> Press | None:
    """A lasting button on the screen that a text names; with a question open, figures and its choices answer that."""
    if not isinstance(said, Text):
        return None
    is_asked = bool(state.active)
    if is_asked and (any(sign.isdigit() for sign in said.body) or _is_answer(said, asked)):
        return None
    return on_screen.pressed(said.body, desk.on_screen, is_asked=is_asked)


def _is_under_way(state: State, start: Begin[Any, Any, Any]) -> bool:
    """Whether "lapor" goes on with the open report: of the same period, or of another one that was begun to be
    answered. One of half a year ago whose first question was never answered does not stand before today's."""
    return state.active == start.key or len(state.trails.get(state.active, ())) > 1


def _is_answer(said: Incoming, asked: Open | None) -> bool:
    """Whether a text answers the open question, though it is a word of the menu too: "nihil", and "cuti" where it is
    one of its choices."""
    if not isinstance(said, Text) or asked is None:
        return False
    if said.body.casefold().strip(" .!") in menu.ANSWERS or asked.takes_sentence(said.body):
        return True
    return asked.offers(said.body)


def _with_way_back(answer: Outgoing, way: str) -> Outgoing:
    """An answer to something else, while a question is open, ends with how to go on."""
    match answer:
        case Say() | Choose():
            return answer.model_copy(update={"text": f"{answer.text}\n\n{way}"})
        case Chart() | File() | Form():
            return answer.model_copy(update={"caption": f"{answer.caption}\n\n{way}"})
        case _:
            return answer


def _named(said: Incoming, state: State) -> tuple[menu.Entry, str] | None:
    match said:
        case Press(token=token) if token.startswith("!"):
            word, _, words = token[1:].partition(":")
            entry = menu.entry_of(word)
            return None if entry is None else (entry, words)
        case Text(body=body):
            return menu.find(body, typos=not state.active)
        case _:
            return None


def _unasked(said: Incoming, state: State, desk: Desk) -> Turn:
    """Nothing is being asked: say the next step in one sentence."""
    match said:
        case Edited():
            return _corrected(said, state, desk)
        case Text(body=body) if resolve_word(body) in (CANCEL, LATER):
            return Turn(state, Say(text=general.NOTHING_TO_CANCEL))
        case Text(body=body) if is_thanks(body):
            return Turn(state, Say(text=general.YOU_ARE_WELCOME))
        case Text() if register.code_in(said) is not None:
            return Turn(state, Say(text=joining.ALREADY_JOINED))
        case Document() if plan_file.may_be_plan(said, desk):
            start = plan_file.unclear(desk, said)
            return begin(state, start, desk) if isinstance(start, Begin) else Turn(state, start)
        case Document() if money.takes_files(desk) and (is_spreadsheet(said) or not evidence.own_figures(desk)):
            return Turn(state, money.file_sent(desk, said))
        case Photo() | Document() | Text() if evidence.brings(said) and desk.held_posts:
            return _evidence(said, state, desk)
        case _:
            return Turn(state, _nothing_open(said))


def _evidence(said: Photo | Document | Text, state: State, desk: Desk) -> Turn:
    """Files of which nobody knows yet what they are for; those of one album are answered together."""
    start = evidence.sent_unasked(said, desk)
    if not isinstance(start, Begin):
        return Turn(state, start)
    turn = begin(state, start, desk)
    return Turn(turn.state, None) if desk.evidence.file_follows(evidence.album_of(said)) else turn


def _beside(said: Incoming, state: State, desk: Desk) -> Turn | None:
    """Files that come while something is asked that came up by itself after a report, and takes none."""
    if not isinstance(said, Photo | Document) or state.dialogue != EXPLAIN.name:
        return None
    turn = _evidence(said, state, desk)
    return turn if turn.state != state or turn.reply is None else None


def _nothing_open(said: Incoming) -> Outgoing:
    match said:
        case Press():
            return Say(text=general.OLD_BUTTON_NOTHING_OPEN)
        case Photo() | Document():
            return Say(text=general.FILE_NOT_EXPECTED)
        case MediaFailed():
            return Say(text=general.media_failed(said))
        case Contact():
            return Say(text=general.CONTACT_NOT_NEEDED)
        case Text():
            return Say(text=general.NOT_UNDERSTOOD)
        case _:
            return Say(text=general.UNKNOWN_KIND)
