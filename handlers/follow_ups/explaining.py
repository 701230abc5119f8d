"""Why a figure is low or high, and what comes next: asked after figures were sent and on "kendala", never holding them
back. What was said is kept at once, so that nothing is lost when somebody stops half-way."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import islice

from pydantic import BaseModel, ConfigDict

from domain.explaining import Asked
from domain.links import find_links
from domain.openings import Duty
from domain.periods import Period, PeriodKind
from domain.reasons import before, is_quarter_end, split_answer, suggested
from domain.roles import below
from handlers.day_words import read_day
from handlers.dialogue import LATER, Begin, Dialogue, Done, Next, Question, Retry, Said, Tap
from handlers.follow_ups.choosing import Figure, all_unexplained, kind_of, unexplained
from handlers.messages import (
    BUTTON_LABEL,
    BUTTONS,
    ROW_HINT,
    ROW_LABEL,
    Choose,
    Contact,
    Edited,
    MediaFailed,
    Option,
    Outgoing,
    Say,
    Text,
)
from handlers.texts import follow_ups as texts
from handlers.texts import general
from handlers.texts.formats import day, shortened
from handlers.words import is_thanks, plain_words
from storage.desk import Desk
from storage.follow_ups import FollowUpCard, NewFollowUp

_LETTERS, _LENGTH = 4, 300
_NAME_LETTERS, _NAME_LENGTH = 3, 60
_NOTHING = frozenset({"nihil", "tidak ada", "tdk ada", "tidak ada kendala", "tanpa kendala"})
"""What says that there is nothing to tell."""
_SUGGESTIONS = 2
_SUBORDINATES = 6
_LONGEST = timedelta(days=366)


class Step(StrEnum):
    """CAUSE: what stands in the way, or what helped? ACTION: what is done about it? HANDLER: by whom? UNTIL: when?"""

    CAUSE = "cause"
    ACTION = "action"
    HANDLER = "handler"
    UNTIL = "until"


class Draft(BaseModel):
    """`asked` are the figures, by indicator and period, the worst first; `at` is the place of the one that is asked.

    `for_all`: one answer is for all that are asked the same. `writing`: it will be typed. `offered` are suggestions.
    """

    model_config = ConfigDict(frozen=True)
    asked: tuple[tuple[int, str], ...]
    at: int = 0
    offered: tuple[str, ...] = ()
    for_all: bool = False
    writing: bool = False
    cause: str = ""
    action: str = ""
    handler: str = ""


Reply = Next[Step, Draft, Desk] | Retry | Done[Desk]


@dataclass(frozen=True)
class _Asking:
    """A draft beside the figures it is about; `every` are those that the answer is for, the one that is asked first."""

    draft: Draft
    kind: Asked
    every: tuple[Figure, ...]

    @property
    def figure(self) -> Figure:
        return self.every[0]

    @property
    def place(self) -> texts.Place:
        return texts.Place(self.draft.at + 1, len(self.draft.asked))

    @property
    def asks_who(self) -> bool:
        """Whether it is asked who does it and until when."""
        return is_quarter_end(self.figure[1])


def after_sending(
    text: str, sent: Iterable[tuple[int, Period]], desk: Desk, cause: str = ""
) -> Begin[Step, Draft, Desk] | Outgoing:
    """How a conversation ends in which figures were sent: what it says, then why the worst of them are as they are.

    Where it has asked for the `cause` of all of them already, only what is done about it is asked.
    """
    figures = unexplained(sent, desk)
    started = _with_cause(figures, cause, desk, text) if cause else begin(figures, desk, text)
    return started or Say(text=text)


def _with_cause(figures: Sequence[Figure], cause: str, desk: Desk, note: str) -> Begin[Step, Draft, Desk] | None:
    """Ask what is done about all that are low; None where none is."""
    draft = Draft(asked=tuple((duty.id, which.code) for duty, which in figures), for_all=True, cause=cause)
    asking = _asking(draft, desk) if figures else None
    if asking is None or asking.kind is Asked.DRIVER:
        return begin(figures, desk, note)
    return Begin(EXPLAIN, Step.ACTION, _with_actions(asking, desk), note=note, anew=True)


def begin(figures: Sequence[Figure], desk: Desk, note: str = "") -> Begin[Step, Draft, Desk] | None:
    """Ask about figures, as many as the office lets ask in a sitting; None where there is none."""
    if not figures:
        return None
    most = desk.office.rules.explaining.most
    draft = Draft(asked=tuple((duty.id, which.code) for duty, which in figures[:most]))
    return Begin(EXPLAIN, Step.CAUSE, _with_causes(draft, desk), note=note, anew=True)


def _asking(draft: Draft, desk: Desk) -> _Asking | None:
    """None where the indicator is not the person's any more."""
    by_id = {duty.id: duty for duty in desk.duties}
    figures = [(by_id[key], Period.parse(code)) for key, code in draft.asked[draft.at :] if key in by_id]
    if not figures or figures[0][0].id != draft.asked[draft.at][0]:
        return None
    kind = kind_of(*figures[0], desk)
    alike = tuple(one for one in figures if kind_of(*one, desk) is kind)
    return _Asking(draft, kind, alike if draft.for_all else alike[:1])


def _gone(desk: Desk) -> str:
    return texts.GONE if desk.held_posts else general.NO_POST


# --- what is offered ------------------------------------------------------------------------------------------------


def _with_causes(draft: Draft, desk: Desk) -> Draft:
    """The draft with what is offered to say about the figure that it comes to."""
    asking = _asking(draft, desk)
    if asking is None:
        return draft
    duty, _which = asking.figure
    earlier = [(card.indicator_id, card.cause) for card in _said(duty, desk) if card.kind is asking.kind]
    ready = texts.READY_DRIVERS if asking.kind is Asked.DRIVER else texts.READY_CAUSES
    same = _of_before(asking, desk)
    others = (one for one in suggested(earlier, duty.id, ready) if same is None or one != same.cause)
    return draft.model_copy(update={"offered": tuple(islice(others, _SUGGESTIONS))})


def _with_actions(asking: _Asking, desk: Desk) -> Draft:
    duty, _which = asking.figure
    earlier = [(card.indicator_id, card.action) for card in _said(duty, desk)]
    return asking.draft.model_copy(
        update={"offered": suggested(earlier, duty.id, texts.READY_ACTIONS)[:_SUGGESTIONS], "writing": False}
    )


def _said(duty: Duty, desk: Desk) -> Iterable[FollowUpCard]:
    """What holds of what a post said, the newest last: what was said in several steps counts once."""
    return sorted(desk.follow_ups.of_post(duty.post_id).values(), key=lambda card: card.id)


def _said_about(duty: Duty, which: Period, desk: Desk) -> FollowUpCard | None:
    """What holds of what was said about one figure."""
    return desk.follow_ups.of_post(duty.post_id).get((duty.id, which))


def _of_before(asking: _Asking, desk: Desk) -> FollowUpCard | None:
    """What was said of the same indicator about the period before, if it answers the same."""
    duty, which = asking.figure
    earlier = before(which)
    card = None if earlier is None else _said_about(duty, earlier, desk)
    return card if card is not None and card.kind is asking.kind else None


# --- asking ---------------------------------------------------------------------------------------------------------


def ask(step: Step, draft: Draft, desk: Desk) -> Question:
    asking = _asking(draft, desk)
    if asking is None:
        return Choose(text=_gone(desk), options=(_later(),))
    match step:
        case Step.CAUSE:
            return _ask_cause(asking, desk)
        case Step.ACTION:
            nothing = Option(key="none", label=texts.NO_ACTION)
            options = (*_suggestions(draft, BUTTON_LABEL), nothing)
            return Choose(text=texts.action_question(draft.cause), options=options)
        case Step.HANDLER:
            return _ask_handler(asking, desk)
        case Step.UNTIL:
            options = (*_days(asking, desk), Option(key="none", label=texts.NO_DATE))
            return Choose(text=texts.until_question(draft.handler), options=options, by_number=False)


def _ask_cause(asking: _Asking, desk: Desk) -> Question:
    if asking.draft.writing:
        return Choose(text=texts.in_own_words(asking.kind), options=(_later(),), by_number=False)
    earlier = None if asking.draft.for_all else _of_before(asking, desk)
    options = (
        *(() if earlier is None else (_same(earlier),)),
        *_suggestions(asking.draft, ROW_LABEL),
        *((Option(key="all", label=texts.ALL_ALIKE),) if _may_be_alike(asking, desk) else ()),
        Option(key="write", label=texts.WRITE),
        _later(),
    )
    return Choose(text=_cause_text(asking, earlier, desk), options=options)


def _cause_text(asking: _Asking, earlier: FollowUpCard | None, desk: Desk) -> str:
    if asking.draft.for_all:
        return texts.cause_of_all([duty.name for duty, _which in asking.every], asking.kind)
    duty, which = asking.figure
    card = _said_about(duty, which, desk)
    return texts.cause_question(
        asking.place,
        texts.figure(duty.name, which, duty.figures[which].capaian_to_date),
        asking.kind,
        "" if earlier is None else texts.said_before(earlier.period, earlier),
        "" if card is None else texts.recorded(card),
    )


def _may_be_alike(asking: _Asking, desk: Desk) -> bool:
    """At the first of several that are asked the same."""
    if asking.draft.at or asking.draft.for_all:
        return False
    together = _asking(asking.draft.model_copy(update={"for_all": True}), desk)
    return together is not None and len(together.every) > 1


def _same(earlier: FollowUpCard) -> Option:
    return Option(key="same", label=texts.same_label(earlier.period))


def _suggestions(draft: Draft, room: int) -> tuple[Option, ...]:
    """What is offered; a long one is shortened on the button and whole beside it, as far as it fits."""
    return tuple(
        Option(
            key=f"s{at}",
            label=shortened(words, room),
            hint=shortened(words, ROW_HINT) if len(words) > room else "",
        )
        for at, words in enumerate(draft.offered)
    )


def _later() -> Option:
    return Option(key=LATER, label=texts.LATER)


def _ask_handler(asking: _Asking, desk: Desk) -> Question:
    others = _subordinates(asking, desk)
    room = ROW_LABEL if len(others) + 2 > BUTTONS else BUTTON_LABEL
    options = (
        Option(key="me", label=texts.MYSELF),
        *(Option(key=f"p{at}", label=shortened(title, room)) for at, title in enumerate(others)),
        Option(key="none", label=texts.SKIP),
    )
    return Choose(text=texts.handler_question(asking.draft.action), options=options)


def _subordinates(asking: _Asking, desk: Desk) -> list[str]:
    """The titles of the posts below the one that reports."""
    posts = desk.organisation.posts
    under = below(posts.values(), asking.figure[0].post_id)
    return [post.title for post in posts.values() if post.id in under][:_SUBORDINATES]


def _days(asking: _Asking, desk: Desk) -> tuple[Option, ...]:
    """The last working days of the month and of the quarter after the figure's period, or after today's."""
    since = max(desk.today, asking.figure[1].end + timedelta(days=1))
    ends = (Period.of_day(since, kind) for kind in (PeriodKind.MONTH, PeriodKind.QUARTER))
    days = dict.fromkeys(max(desk.calendar.last_working_day(one), desk.today) for one in ends)
    return tuple(Option(key=f"d{one.isoformat()}", label=day(one)) for one in days)


# --- answering ------------------------------------------------------------------------------------------------------


def answer(step: Step, draft: Draft, said: Said, desk: Desk) -> Reply:
    asking = _asking(draft, desk)
    if asking is None:
        return Done(lambda after: Say(text=_gone(after)))
    if isinstance(said, MediaFailed | Contact | Edited):
        return Retry(general.no_answer(said))
    if isinstance(said, Text) and is_thanks(said.body):
        return Done(lambda _desk: Say(text=texts.PUT_OFF))
    match step:
        case Step.CAUSE:
            return _answer_cause(asking, said, desk)
        case Step.ACTION:
            return _answer_action(asking, said, desk)
        case Step.HANDLER:
            return _answer_handler(asking, said, desk)
        case Step.UNTIL:
            return _answer_until(asking, said, desk)


def _answer_cause(asking: _Asking, said: Said, desk: Desk) -> Reply:
    draft = asking.draft
    match said:
        case Tap(key="write"):
            return Next(Step.CAUSE, draft.model_copy(update={"writing": True}))
        case Tap(key="all"):
            return Next(Step.CAUSE, draft.model_copy(update={"for_all": True}))
        case Tap(key="same") if (earlier := _of_before(asking, desk)) is not None:
            return _as_before(asking, earlier, desk)
        case Tap(key=key) if (words := _suggestion(draft, key)) is not None:
            return _caused(asking, words, "", desk)
        case Text(body=body):
            return _typed_cause(asking, body, desk)
        case _:
            return Retry(texts.IN_WORDS)


def _suggestion(draft: Draft, key: str) -> str | None:
    at = key.removeprefix("s")
    return draft.offered[int(at)] if at.isdecimal() and int(at) < len(draft.offered) else None


def _typed_cause(asking: _Asking, body: str, desk: Desk) -> Reply:
    if body.casefold().strip(" .!-") in _NOTHING:
        return _kept(_filled(asking, cause=texts.NOTHING), None, desk)
    typed, typed_action = split_answer(body)
    cause = plain_words(typed, _LETTERS, _LENGTH)
    action = plain_words(typed_action, _LETTERS, _LENGTH) if typed_action else ""
    if cause is None or action is None:
        return Retry(texts.IN_WORDS)
    return _caused(asking, cause, "" if asking.kind is Asked.DRIVER else action, desk)


def _as_before(asking: _Asking, earlier: FollowUpCard, desk: Desk) -> Reply:
    """The same once more, by the same person or post; a date that has passed is not said again."""
    until = earlier.until if earlier.until is not None and earlier.until >= desk.today else None
    filled = _filled(asking, cause=earlier.cause, action=earlier.action, handler=earlier.handler)
    return _kept(filled, until, desk)


def _caused(asking: _Asking, cause: str, action: str, desk: Desk) -> Reply:
    filled = _filled(asking, cause=cause, action=action)
    if asking.kind is Asked.DRIVER:
        return _kept(filled, None, desk)
    if action:
        return _acted(filled, desk)
    command = _saving(filled, None)
    return Next(Step.ACTION, _with_actions(filled, desk), command=command)


def _filled(asking: _Asking, *, cause: str, action: str = "", handler: str = "") -> _Asking:
    draft = asking.draft.model_copy(update={"cause": cause, "action": action, "handler": handler})
    return _Asking(draft, asking.kind, asking.every)


def _answer_action(asking: _Asking, said: Said, desk: Desk) -> Reply:
    cause = asking.draft.cause
    match said:
        case Tap(key="none"):
            return _onward(asking, desk) if _is_kept(asking, desk) else _kept(asking, None, desk)
        case Tap(key=key) if (words := _suggestion(asking.draft, key)) is not None:
            return _acted(_filled(asking, cause=cause, action=words), desk)
        case Text(body=body) if (words := plain_words(_action_in(body), _LETTERS, _LENGTH)) is not None:
            return _acted(_filled(asking, cause=cause, action=words), desk)
        case _:
            return Retry(texts.IN_WORDS)


def _is_kept(asking: _Asking, desk: Desk) -> bool:
    """Whether the cause was kept before what is done about it was asked."""
    duty, which = asking.figure
    held = _said_about(duty, which, desk)
    return held is not None and held.cause == asking.draft.cause


def _action_in(body: str) -> str:
    """What was typed, without "tindak lanjut:" before it."""
    return "; ".join(part for part in split_answer(body) if part)


def _acted(asking: _Asking, desk: Desk) -> Reply:
    """What is done is known: at a quarter's end by whom, else on to the next figure."""
    if not asking.asks_who:
        return _kept(asking, None, desk)
    return Next(Step.HANDLER, asking.draft, command=_saving(asking, None))


def _answer_handler(asking: _Asking, said: Said, desk: Desk) -> Reply:
    match said:
        case Tap(key="none"):
            return Next(Step.UNTIL, asking.draft.model_copy(update={"handler": ""}))
        case Tap(key="me"):
            return _handled(asking, desk.organisation.posts[asking.figure[0].post_id].title)
        case Tap(key=key) if key.startswith("p"):
            return _handled(asking, _subordinates(asking, desk)[int(key.removeprefix("p"))])
        case Text(body=body) if find_links(body):  # evidence that came too early is nobody's name
            return Retry(texts.NAME_IN_WORDS)
        case Text(body=body) if (name := plain_words(body, _NAME_LETTERS, _NAME_LENGTH)) is not None:
            return _handled(asking, _post_named(name, desk) or name)
        case _:
            return Retry(texts.NAME_IN_WORDS)


def _handled(asking: _Asking, handler: str) -> Reply:
    return Next(Step.UNTIL, asking.draft.model_copy(update={"handler": handler}))


def _post_named(words: str, desk: Desk) -> str | None:
    """The title of the one post of the office that has those words."""
    typed = words.casefold().split()
    named = [post.title for post in desk.posts if all(word in post.title.casefold().split() for word in typed)]
    return named[0] if len(named) == 1 else None


def _answer_until(asking: _Asking, said: Said, desk: Desk) -> Reply:
    match said:
        case Tap(key="none"):
            return _kept(asking, None, desk) if asking.draft.handler else _onward(asking, desk)
        case Tap(key=key) if key.startswith("d"):
            return _kept(asking, date.fromisoformat(key.removeprefix("d")), desk)
        case Text(body=body) if (until := _day(body, desk.today)) is not None:
            return _kept(asking, until, desk)
        case _:
            return Retry(texts.DAY_PLEASE)


def _day(body: str, today: date) -> date | None:
    named = read_day(body, today)
    return named if named is not None and today <= named <= today + _LONGEST else None


# --- keeping, and on to the next --------------------------------------------------------------------------------------


def _saving(asking: _Asking, until: date | None) -> Callable[[Desk], None]:
    """Say of every figure that the answer is for what was said."""
    draft = asking.draft

    def carry_out(desk: Desk) -> None:
        for duty, which in asking.every:
            capaian = duty.figures[which].capaian_to_date
            said = (draft.cause, draft.action, draft.handler, until, capaian)
            desk.follow_ups.add(NewFollowUp(duty.id, which, asking.kind, *said))

    return carry_out


def _kept(asking: _Asking, until: date | None, desk: Desk) -> Reply:
    return _onward(asking, desk, _saving(asking, until))


def _onward(asking: _Asking, desk: Desk, command: Callable[[Desk], None] | None = None) -> Reply:
    """The next figure, or the end."""
    asked, covered = asking.draft.asked, {duty.id for duty, _which in asking.every}
    at = next((at for at in range(asking.draft.at, len(asked)) if asked[at][0] not in covered), None)
    if at is None:
        return Done(lambda after: _farewell(after, len(asked)), command)
    following = _with_causes(Draft(asked=asked, at=at), desk)
    return Next(Step.CAUSE, following, texts.noted(_words(asking.draft)), command)


def _farewell(desk: Desk, number: int) -> Outgoing:
    own = desk.reported_ids
    is_open = any(card.owner in own for card in desk.follow_ups.open())
    return Say(text=texts.all_said(number, len(all_unexplained(desk)), is_open=is_open))


def _words(draft: Draft) -> str:
    return "; ".join(part for part in (draft.cause, draft.action) if part)


EXPLAIN = Dialogue(
    "explain",
    Step,
    Draft,
    ask,
    answer,
    restart=texts.TYPE_EXPLAIN,
    cancelled=texts.PUT_OFF,
    can_wait=False,
    optional=True,
)
"""Kendala and tindak lanjut, one indicator after the other."""
