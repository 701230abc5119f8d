""" "kunci" and "buka": admin and camat lock a period, or open it again with a reason (domain.md 7)."""

from datetime import date
from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from domain.locks import Keeper, Lock
from domain.openings import closings
from domain.periods import Period, PeriodKind
from handlers.dialogue import CANCEL, Begin, Dialogue, Done, Next, Question, Retry, Said, Tap
from handlers.keepers import keeper_of
from handlers.messages import ROWS, Choose, Contact, Edited, MediaFailed, Option, Outgoing, Say, Text
from handlers.period_words import read_begun
from handlers.texts import general
from handlers.texts import locks as texts
from handlers.words import a_reason
from storage.desk import Desk


class Step(StrEnum):
    """PERIOD: which one? REASON: why is it opened? CONFIRM: shall it be done?"""

    PERIOD = "period"
    REASON = "reason"
    CONFIRM = "confirm"


class Draft(BaseModel):
    """`locks` tells whether the period (its code) is locked or opened."""

    model_config = ConfigDict(frozen=True)
    locks: bool
    period: str = ""
    reason: str = ""


Reply = Next[Step, Draft, Desk] | Retry | Done[Desk]


def start_locking(desk: Desk, words: str = "") -> Begin[Step, Draft, Desk] | Outgoing:
    """ "kunci": the named period, else ask which."""
    return _start(desk, words, locks=True)


def start_opening(desk: Desk, words: str = "") -> Begin[Step, Draft, Desk] | Outgoing:
    """ "buka": the named period, else ask which."""
    return _start(desk, words, locks=False)


def may_lock(desk: Desk) -> bool:
    """Admin and camat lock and open."""
    return keeper_of(desk) is not None


def _start(desk: Desk, words: str, *, locks: bool) -> Begin[Step, Draft, Desk] | Outgoing:
    if not may_lock(desk):
        return Say(text=texts.ONLY_KEEPERS)
    subject = "lock" if locks else "open"
    named = read_begun(words, desk.today)
    if named is not None:
        why_not = _why_not(named, desk, locks=locks)
        return Say(text=why_not) if why_not else Begin(LOCKING, *_after_period(named, locks=locks), subject)
    if not _choices(desk, locks=locks):
        return Say(text=texts.NOTHING_TO_LOCK if locks else texts.NOTHING_TO_OPEN)
    return Begin(LOCKING, Step.PERIOD, Draft(locks=locks), subject)


def _after_period(which: Period, *, locks: bool) -> tuple[Step, Draft]:
    return (Step.CONFIRM if locks else Step.REASON), Draft(locks=locks, period=which.code)


# --- what can be locked or opened -----------------------------------------------------------------------------------


def _choices(desk: Desk, *, locks: bool) -> list[Period]:
    """The office's periods that have begun and are open, or locked, newest first."""
    found = {
        item.period
        for closing in closings(desk.office_duties, desk.today, desk.organisation)
        for item in (*closing.items, *closing.late)
    }
    return [which for which in sorted(found, reverse=True) if (_lock(which, desk) is None) is locks]


def _lock(which: Period, desk: Desk) -> Lock | None:
    return desk.organisation.period_lock(which, desk.today)


def _why_not(which: Period, desk: Desk, *, locks: bool) -> str:
    """Why a period cannot be locked, or opened; empty where it can."""
    lock = _lock(which, desk)
    if which.start > desk.today:
        return texts.NOT_BEGUN
    if locks and lock is not None:
        return texts.locked((which,), lock, desk.office.rules.lock_after)
    for part in (which, *_parts(which)):
        inner = _lock(part, desk)
        if inner is not None and keeper_of(desk) not in inner.may_open:
            return texts.only_camat(part, locks=locks)
    if locks:
        return ""
    if lock is None:
        return texts.not_locked(which, [part for part in _parts(which) if _lock(part, desk) is not None])
    return ""


def _parts(which: Period) -> list[Period]:
    """The shorter periods within one: to open a quarter opens its months."""
    return [part for kind in PeriodKind if kind < which.kind for part in which.split(kind)]


# --- asking -------------------------------------------------------------------------------------------------------


def ask(step: Step, draft: Draft, desk: Desk) -> Question:
    if step is Step.PERIOD:
        return _ask_period(draft, desk)
    which = Period.parse(draft.period)
    why_not = _why_not(which, desk, locks=draft.locks)
    if why_not:
        return _closed(why_not)
    if step is Step.REASON:
        return Say(text=texts.REASON_PLEASE)
    options = (
        Option(key="do", label=texts.act_label(which, locks=draft.locks)),
        Option(key=CANCEL, label=texts.CANCEL),
    )
    return Choose(text=_confirm(draft, which, desk), options=options)


def _closed(text: str) -> Question:
    return Choose(text=text, options=(Option(key="close", label=texts.CLOSE),))


def _ask_period(draft: Draft, desk: Desk) -> Question:
    found = _choices(desk, locks=draft.locks)
    if not found:
        return _closed(texts.NOTHING_TO_LOCK if draft.locks else texts.NOTHING_TO_OPEN)
    shown = found[:ROWS]
    options = tuple(Option(key=which.code, label=texts.choice(which), hint=_hint(which, desk)) for which in shown)
    text = texts.which(locks=draft.locks) + texts.more(len(shown), len(found), locks=draft.locks)
    return Choose(text=text, options=options, by_number=True)


def _hint(which: Period, desk: Desk) -> str:
    lock = _lock(which, desk)
    return "" if lock is None else texts.since(lock)


def _confirm(draft: Draft, which: Period, desk: Desk) -> str:
    if not draft.locks:
        return texts.confirm_open(which, draft.reason)
    incomplete = {one.post_id for one in desk.owed if which.covers(one.period)}
    return texts.confirm_lock(
        which, len(incomplete), keeper=keeper_of(desk) or Keeper.ADMIN, running=desk.today <= which.end
    )


# --- answers ------------------------------------------------------------------------------------------------------


def answer(step: Step, draft: Draft, said: Said, desk: Desk) -> Reply:
    if not may_lock(desk):
        return Done(lambda _desk: Say(text=texts.ONLY_KEEPERS))
    match said:
        case MediaFailed() | Contact() | Edited():
            return Retry(general.no_answer(said))
        case Tap(key="close"):
            return Done(lambda _desk: Say(text=texts.CANCELLED))
        case _ if step is Step.PERIOD:
            return _answer_period(draft, said, desk)
        case _:
            return _answer_step(step, draft, said, desk)


def _answer_period(draft: Draft, said: Said, desk: Desk) -> Reply:
    which = _named(said, desk.today)
    if which is None:
        return Retry(texts.PICK_PERIOD)
    why_not = _why_not(which, desk, locks=draft.locks)
    return Retry(why_not) if why_not else Next(*_after_period(which, locks=draft.locks))


def _named(said: Said, today: date) -> Period | None:
    match said:
        case Tap(key=key):
            return Period.parse(key)
        case Text(body=body):
            return read_begun(body, today)
        case _:
            return None


def _answer_step(step: Step, draft: Draft, said: Said, desk: Desk) -> Reply:
    why_not = _why_not(Period.parse(draft.period), desk, locks=draft.locks)
    if why_not:  # somebody else was quicker
        return Done(lambda _desk: Say(text=why_not))
    match step, said:
        case Step.REASON, Text(body=body) if (reason := a_reason(body)) is not None:
            return Next(Step.CONFIRM, draft.model_copy(update={"reason": reason}))
        case Step.REASON, _:
            return Retry(texts.REASON_IN_WORDS)
        case Step.CONFIRM, Tap(key="do"):
            return _turn(draft)
        case _:
            return Retry(texts.CONFIRM_PLEASE)


def _turn(draft: Draft) -> Done[Desk]:
    which = Period.parse(draft.period)

    def turn(desk: Desk) -> None:
        keeper = keeper_of(desk)
        if keeper is None:
            raise PermissionError("neither admin nor camat")
        desk.locks.turn(which, keeper, draft.reason, locks=draft.locks)

    return Done(lambda desk: Say(text=texts.done(which, locks=draft.locks, today=desk.today)), turn)


LOCKING = Dialogue(
    "locking",
    Step,
    Draft,
    ask,
    answer,
    restart="Ketik kunci atau buka",
    cancelled=texts.CANCELLED,
    can_wait=False,
)
