"""A person asks for more time: for which period, until when, and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from domain.extensions import Decision, day_to_grant, days_to_grant
from domain.openings import Closing, Item
from domain.refusals import BadSetting, Between
from handlers.commands import tell
from handlers.day_words import read_day
from handlers.dialogue import CANCEL, Begin, Dialogue, Done, Next, Question, Retry, Said, Tap
from handlers.messages import Choose, Contact, Edited, MediaFailed, Notice, Option, Outgoing, Say, Text
from handlers.more_time.deciders import decider
from handlers.period_words import read_end
from handlers.report.locked import refusal
from handlers.report.sitting import closing_of
from handlers.report.unsent import filled_in
from handlers.texts import general
from handlers.texts import more_time as texts
from handlers.texts.formats import day, periods_with_year
from handlers.texts.formats import person as addressed
from handlers.texts.report import NO_SUCH_PERIOD
from handlers.words import a_reason
from storage.desk import Desk

_OFFERED = (2, 5)
"""The working days beyond the last day that are offered, beside the latest day that may be granted."""
_PERIODS = 9


class Step(StrEnum):
    """PERIOD: for which period? UNTIL: until when? REASON: why? CONFIRM: shall it be sent?"""

    PERIOD = "period"
    UNTIL = "until"
    REASON = "reason"
    CONFIRM = "confirm"


class Draft(BaseModel):
    """`end` is the day on which the periods close."""

    model_config = ConfigDict(frozen=True)
    end: date | None = None
    until: date | None = None
    reason: str = ""


Reply = Next[Step, Draft, Desk] | Retry | Done[Desk]


@dataclass(frozen=True)
class Need:
    """What more time can be asked for now: indicators of one closing that are due on the same day, by post.

    `range` are the first and the last day that may be granted.
    """

    closing: Closing
    due: date
    range: Between[date]
    items: dict[int, tuple[Item, ...]]


def start(desk: Desk, words: str = "") -> Begin[Step, Draft, Desk] | Outgoing:
    """Ask for the named period, or for the one that misses something; of several, which."""
    if not desk.held_posts:
        return Say(text=general.NO_POST)
    end = read_end(words, desk.today)
    if end is not None:
        return _for_period(desk, closing_of(end, desk))
    open_ones = _open(desk)
    if len(open_ones) > 1:
        return Begin(MORE_TIME, Step.PERIOD, Draft())
    if open_ones:
        return _for_period(desk, open_ones[0])
    locked = [closing for closing in desk.closings if closing.locked]
    return _for_period(desk, locked[-1]) if locked else Say(text=texts.NOTHING_MISSING)


def _open(desk: Desk) -> list[Closing]:
    """What misses something that can be reported, newest first."""
    return [closing for closing in reversed(desk.closings) if closing.missing]


def _for_period(desk: Desk, closing: Closing | None) -> Begin[Step, Draft, Desk] | Outgoing:
    if closing is None:
        return Say(text=NO_SUCH_PERIOD)
    if closing.lock is not None:
        return refusal(closing, desk, unsent=bool(filled_in(desk, closing.end)))
    why_not = _why_not(closing.end, desk)
    if why_not:
        return Say(text=why_not)
    return Begin(MORE_TIME, Step.UNTIL, Draft(end=closing.end), closing.end.isoformat())


def _why_not(end: date | None, desk: Desk) -> str:
    """Why no more time can be asked for a closing; empty where it can."""
    closing = closing_of(end, desk) if end is not None else None
    if closing is None:
        return NO_SUCH_PERIOD
    if not closing.missing:
        return texts.complete(closing.periods)
    need = _need(closing, desk)
    if need is None:
        return texts.waiting(closing.periods)
    return "" if any(_decider(desk, post_id) for post_id in need.items) else texts.NOBODY_DECIDES


def _need(closing: Closing, desk: Desk) -> Need | None:
    """What misses something and was not asked for yet, the earliest due first; None where all is being decided."""
    by_post: dict[int, list[Item]] = {}
    for item in closing.missing:
        by_post.setdefault(item.duty.post_id, []).append(item)
    waiting = {card.request.post_id for card in desk.extensions.open() if card.request.period.end == closing.end}
    asked = {post_id: tuple(items) for post_id, items in by_post.items() if post_id not in waiting}
    if not asked:
        return None
    due = min(item.due for items in asked.values() for item in items)
    rule = desk.office.rules.grant_rule
    return Need(
        closing,
        due,
        days_to_grant(due, desk.today, rule, desk.calendar),
        {post_id: items for post_id, items in asked.items() if items[0].due == due},
    )


def _decider(desk: Desk, post_id: int) -> int | None:
    return decider(desk, post_id, desk.person.id)


# --- asking -------------------------------------------------------------------------------------------------------


def ask(step: Step, draft: Draft, desk: Desk) -> Question:
    if step is Step.PERIOD:
        return _ask_period(desk)
    need = _needed(draft, desk)
    if need is None:
        return Choose(text=_why_not(draft.end, desk), options=(Option(key="close", label=texts.CLOSE),))
    match step:
        case Step.UNTIL:
            return _ask_until(need, desk)
        case Step.REASON:
            options = tuple(Option(key=f"reason{at}", label=label) for at, label in enumerate(texts.REASONS))
            return Choose(text=texts.REASON, options=options)
        case Step.CONFIRM:
            options = (Option(key="send", label=texts.SEND), Option(key=CANCEL, label=texts.CANCEL))
            return Choose(text=_summary(need, draft, desk), options=options)


def _needed(draft: Draft, desk: Desk) -> Need | None:
    """What the draft asks for, None where that can no longer be asked."""
    if draft.end is None or _why_not(draft.end, desk):
        return None
    closing = closing_of(draft.end, desk)
    return None if closing is None else _need(closing, desk)


def _ask_period(desk: Desk) -> Question:
    found = _open(desk)[:_PERIODS]
    if not found:
        return Choose(text=texts.NOTHING_MISSING, options=(Option(key="close", label=texts.CLOSE),))
    options = tuple(Option(key=closing.end.isoformat(), label=texts.period_label(closing.periods)) for closing in found)
    return Choose(text=texts.WHICH_PERIOD, options=options)


def _ask_until(need: Need, desk: Desk) -> Question:
    options = tuple(Option(key=one.isoformat(), label=day(one)) for one in _offered(need, desk))
    text = texts.until(need.closing.periods, need.due, desk.today, need.range)
    return Choose(text=text, options=options, by_number=False)


def _offered(need: Need, desk: Desk) -> Sequence[date]:
    """Two and five working days more, and the latest day; none twice."""
    since = max(need.due, desk.today)
    days = (*(desk.calendar.add(since, number) for number in _OFFERED), need.range.high)
    return sorted({one for one in days if need.range.low <= one <= need.range.high})


def _summary(need: Need, draft: Draft, desk: Desk) -> str:
    titles = [desk.organisation.posts[post_id].title for post_id in need.items]
    deciders = dict.fromkeys(name_of(desk, _decider(desk, post_id)) for post_id in need.items)
    return texts.summary(
        need.closing.periods, titles, draft.until or need.range.low, need.due, draft.reason, tuple(deciders)
    )


def name_of(desk: Desk, person_id: int | None) -> str:
    """`Bu Sari Andini, Kasi Pemerintahan`: somebody of the office with the post they act for."""
    person = desk.people.get(person_id or 0)
    if person is None:
        return ""
    posts = (post.title for post in desk.posts if desk.holders.get(post.id) == person.id)
    return ", ".join((addressed(person.name, person.salutation), *list(posts)[:1]))


# --- answers ------------------------------------------------------------------------------------------------------


def answer(step: Step, draft: Draft, said: Said, desk: Desk) -> Reply:
    match said:
        case MediaFailed() | Contact() | Edited():
            return Retry(general.no_answer(said))
        case _ if step is Step.PERIOD:
            return _answer_period(said, desk)
        case _:
            need = _needed(draft, desk)
            return _answer_step(step, draft, need, said, desk) if need else _impossible(_why_not(draft.end, desk))


def _impossible(why_not: str) -> Reply:
    return Done(lambda _desk: Say(text=why_not))


def _answer_period(said: Said, desk: Desk) -> Reply:
    found = _open(desk)
    end = _named_end(said, desk)
    if not found:
        return _impossible(texts.NOTHING_MISSING)
    if end is None or closing_of(end, desk) is None:
        return Retry(texts.PICK_PERIOD)
    if why_not := _why_not(end, desk):
        return Retry(why_not)
    return Next(Step.UNTIL, Draft(end=end))


def _named_end(said: Said, desk: Desk) -> date | None:
    match said:
        case Tap(key=key) if key != "close":
            return date.fromisoformat(key)
        case Text(body=body):
            return read_end(body, desk.today)
        case _:
            return None


def _answer_step(step: Step, draft: Draft, need: Need, said: Said, desk: Desk) -> Reply:
    match step, said:
        case Step.UNTIL, Tap(key=key):
            return _until(draft, need, date.fromisoformat(key), desk)
        case Step.UNTIL, Text(body=body) if (named := read_day(body, desk.today)) is not None:
            return _until(draft, need, named, desk)
        case Step.UNTIL, _:
            return Retry(texts.DAY_PLEASE)
        case Step.REASON, Tap(key=key):
            reason = texts.REASONS[int(key.removeprefix("reason"))]
            return Next(Step.CONFIRM, draft.model_copy(update={"reason": reason}))
        case Step.REASON, Text(body=body) if (reason := a_reason(body)) is not None:
            return Next(Step.CONFIRM, draft.model_copy(update={"reason": reason}))
        case Step.REASON, _:
            return Retry(texts.REASON_IN_WORDS)
        case Step.CONFIRM, Tap(key="send"):
            return _send(draft, need, desk)
        case _:
            return Retry(texts.SEND_OR_CANCEL)


def _until(draft: Draft, need: Need, named: date, desk: Desk) -> Reply:
    until = _allowed(need, named, desk)
    if until is None:
        return Retry(texts.outside(named, need.range))
    note = "" if until == named else texts.moved(named, until)
    return Next(Step.REASON, draft.model_copy(update={"until": until}), note)


def _allowed(need: Need, named: date, desk: Desk) -> date | None:
    """The working day that would be granted, None outside what may be."""
    try:
        return day_to_grant(named, desk.today, need.due, desk.office.rules.grant_rule, desk.calendar)
    except BadSetting:
        return None


def _send(draft: Draft, need: Need, desk: Desk) -> Reply:
    if draft.until is None or _allowed(need, draft.until, desk) is None:  # days passed since it was typed
        return Next(Step.UNTIL, Draft(end=draft.end), texts.outside(draft.until or need.due, need.range), instead=True)
    until, told = draft.until, list[str]()

    def request(desk: Desk) -> None:
        for post_id, items in need.items.items():
            told.append(_request(desk, post_id, items, until, draft.reason))

    return Done(lambda after: Say(text=texts.asked(tuple(dict.fromkeys(told)), need.due, after.today)), request)


def _request(desk: Desk, post_id: int, items: tuple[Item, ...], until: date, reason: str) -> str:
    """Enter the request of one post and put it to whoever decides; return their name."""
    period = min(item.period for item in items)
    extension_id = desk.extensions.ask(desk.person.id, post_id, period, until, reason)
    person_id = _decider(desk, post_id)
    if person_id is not None:
        tell(desk, person_id, f"more-time:{desk.office_id}:{extension_id}", _to_decide(desk, extension_id, items))
    return name_of(desk, person_id)


def _to_decide(desk: Desk, extension_id: int, items: tuple[Item, ...]) -> Notice:
    card = desk.extensions.get(extension_id)
    if card is None:
        raise ValueError(f"request {extension_id} was not entered")
    asker = addressed(desk.person.name, desk.person.salutation)
    title = desk.organisation.posts[card.request.post_id].title
    periods = tuple(sorted({item.period for item in items}))
    return Notice(
        name="more_time",
        params=(asker, title, periods_with_year(periods), day(card.wanted)),
        text=texts.to_decide(asker, title, periods, items, card.wanted, items[0].due, card.request.reason),
        options=decision_options(extension_id),
    )


def decision_options(extension_id: int) -> tuple[Option, ...]:
    """The lasting buttons under a request."""
    return (
        Option(key=f"!setuju:{extension_id}", label=texts.AGREE),
        Option(key=f"!tolak:{extension_id}", label=texts.DECLINE),
    )


def is_open(decision: Decision) -> bool:
    """Whether nobody has decided yet."""
    return decision is Decision.ASKED


MORE_TIME = Dialogue(
    "more_time",
    Step,
    Draft,
    ask,
    answer,
    restart=texts.RESTART,
    cancelled=texts.CANCELLED,
    can_wait=False,
)
