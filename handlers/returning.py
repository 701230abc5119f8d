""" "kembalikan": the admin or a superior returns a report, which counts as missing until it is sent again."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from domain.checking import Given
from domain.office import Owed
from domain.openings import Closing, Item, closings, main_closing
from domain.verification import Action
from handlers.commands import tell
from handlers.dialogue import CANCEL, Begin, Dialogue, Done, Next, Question, Retry, Said, Tap
from handlers.messages import (
    BUTTON_LABEL,
    BUTTONS,
    ROW_LABEL,
    ROWS,
    Choose,
    Contact,
    Edited,
    MediaFailed,
    Notice,
    Option,
    Outgoing,
    Say,
    Text,
)
from handlers.period_words import read_end
from handlers.report.locked import lock_of_figure
from handlers.report.returned import returner
from handlers.texts import general
from handlers.texts import returning as texts
from handlers.texts.formats import amount, day, indicator, shortened
from handlers.texts.formats import person as addressed
from handlers.words import a_reason
from storage.desk import Desk
from storage.reviews import ReportChanged


class Step(StrEnum):
    """POST: whose report? INDICATOR: which figure? REASON: why? CONFIRM: shall it be returned?"""

    POST = "post"
    INDICATOR = "indicator"
    REASON = "reason"
    CONFIRM = "confirm"


class Draft(BaseModel):
    """`end` is the day of the closing; `post` and `indicator` are what was chosen in it, 0 for nothing yet; `value` the
    figure that was seen."""

    model_config = ConfigDict(frozen=True)
    end: date
    post: int = 0
    indicator: int = 0
    value: Decimal = Decimal(0)
    reason: str = ""


Reply = Next[Step, Draft, Desk] | Retry | Done[Desk]


def may_return(desk: Desk) -> bool:
    """Whether there is a post of the office whose reports the person may return."""
    return any(desk.reviewing_post(post.id) is not None for post in desk.posts)


def start(desk: Desk, words: str = "") -> Begin[Step, Draft, Desk] | Outgoing:
    """Begin with the named period, else the one that is reported now, else the newest in which something was."""
    if not may_return(desk):
        return Say(text=texts.ONLY_SUPERIORS)
    found = closings(desk.office_duties, desk.today, desk.organisation)
    end = read_end(words, desk.today)
    closing = _present(found, desk) if end is None else next((one for one in found if one.end == end), None)
    if closing is None:
        return Say(text=texts.NO_SUCH_PERIOD)
    posts = _posts(closing, desk)
    if not posts:
        return Say(text=_why_nothing(closing, desk))
    draft = Draft(end=closing.end)
    if len(posts) == 1:
        return Begin(RETURNING, Step.INDICATOR, _of_post(draft, posts[0]), closing.end.isoformat())
    return Begin(RETURNING, Step.POST, draft, closing.end.isoformat())


def _of_post(draft: Draft, post_id: int) -> Draft:
    return draft.model_copy(update={"post": post_id})


def _present(found: Sequence[Closing], desk: Desk) -> Closing | None:
    main = main_closing(found, desk.today)
    if main is not None and _posts(main, desk):
        return main
    return next((one for one in reversed(found) if _posts(one, desk)), main)


# --- what can be returned -------------------------------------------------------------------------------------------


def _closing(end: date, desk: Desk) -> Closing | None:
    found = closings(desk.office_duties, desk.today, desk.organisation)
    return next((one for one in found if one.end == end), None)


def _checked(closing: Closing, desk: Desk) -> list[Item]:
    """What was reported by posts whose reports the person may return, in the order of the office's posts."""
    items = (*closing.items, *closing.late)
    return [
        item
        for post in desk.posts
        if desk.reviewing_post(post.id) is not None
        for item in items
        if item.duty.post_id == post.id and item.period in item.duty.values
    ]


def _why_not(item: Item, desk: Desk) -> str:
    """Why one figure cannot be returned; empty where it can."""
    if item.period in item.duty.samples:
        return texts.SAMPLE
    if item.duty.reporters[item.period] == desk.person_id:
        return texts.OWN
    return lock_of_figure(item.duty.post_id, item.period, desk)


def _why_nothing(closing: Closing, desk: Desk) -> str:
    return next((_why_not(item, desk) for item in _checked(closing, desk)), texts.nothing_reported(closing.periods))


def _returnable(closing: Closing, desk: Desk) -> list[Item]:
    return [item for item in _checked(closing, desk) if not _why_not(item, desk)]


def _posts(closing: Closing, desk: Desk) -> list[int]:
    """The posts that reported something to return, in the office's order."""
    return list(dict.fromkeys(item.duty.post_id for item in _returnable(closing, desk)))


def _of(post_id: int, closing: Closing, desk: Desk) -> list[Item]:
    return [item for item in _returnable(closing, desk) if item.duty.post_id == post_id]


def _chosen(draft: Draft, closing: Closing, desk: Desk) -> Item | None:
    """The figure that was chosen, None where it can no longer be returned."""
    return next((item for item in _of(draft.post, closing, desk) if item.duty.id == draft.indicator), None)


def _title(post_id: int, desk: Desk) -> str:
    return desk.organisation.posts[post_id].title


# --- asking ---------------------------------------------------------------------------------------------------------


def ask(step: Step, draft: Draft, desk: Desk) -> Question:
    closing = _closing(draft.end, desk)
    if closing is None:
        return _closed(texts.NO_SUCH_PERIOD)
    match step:
        case Step.POST:
            return _ask_post(closing, desk)
        case Step.INDICATOR:
            return _ask_indicator(draft, closing, desk)
        case Step.REASON | Step.CONFIRM:
            item = _chosen(draft, closing, desk)
            return _closed(_gone(draft, closing, desk)) if item is None else _ask_about(step, draft, item, desk)


def _closed(text: str) -> Question:
    return Choose(text=text, options=(Option(key="close", label=texts.CLOSE),))


def _ask_post(closing: Closing, desk: Desk) -> Question:
    posts = _posts(closing, desk)
    if not posts:
        return _closed(_why_nothing(closing, desk))
    named = [(_title(post_id, desk), len(_of(post_id, closing, desk))) for post_id in posts]
    text = texts.which_post(closing.periods, named)
    return _list(text, [(post_id, title) for post_id, (title, _number) in zip(posts, named, strict=True)])


def _ask_indicator(draft: Draft, closing: Closing, desk: Desk) -> Question:
    items = _of(draft.post, closing, desk)
    if not items:
        return _closed(texts.nothing_reported(closing.periods))
    text = texts.which_indicator(_title(draft.post, desk), [(item.duty, item.period) for item in items])
    return _list(text, [(item.duty.id, indicator(item.duty.name)) for item in items])


def _list(text: str, rows: Sequence[tuple[int, str]]) -> Question:
    """Numbered in the text; with a button each where they fit. The number on it tells two long names apart."""
    if len(rows) > ROWS:
        return Say(text=text)
    room = BUTTON_LABEL if len(rows) <= BUTTONS else ROW_LABEL
    options = tuple(
        Option(key=f"n{at}", label=shortened(f"{at} {name}", room)) for at, (_key, name) in enumerate(rows, 1)
    )
    return Choose(text=text, options=options)


def _ask_about(step: Step, draft: Draft, item: Item, desk: Desk) -> Question:
    if step is Step.REASON:
        options = tuple(Option(key=key, label=label) for key, (label, _reason) in texts.REASONS.items())
        return Choose(text=texts.reason_please(item.duty, item.period), options=options)
    options = (Option(key="do", label=texts.RETURN), Option(key=CANCEL, label=texts.CANCEL))
    return Choose(text=texts.confirm(item.duty, item.period, _title(draft.post, desk), draft.reason), options=options)


def _gone(draft: Draft, closing: Closing, desk: Desk) -> str:
    """Why what was chosen cannot be returned any more."""
    held = (item for item in _checked(closing, desk) if item.duty.id == draft.indicator)
    return next((_why_not(item, desk) for item in held), texts.nothing_reported(closing.periods))


# --- answers --------------------------------------------------------------------------------------------------------


def answer(step: Step, draft: Draft, said: Said, desk: Desk) -> Reply:
    closing = _closing(draft.end, desk)
    if closing is None or not may_return(desk):
        text = texts.ONLY_SUPERIORS if closing else texts.NO_SUCH_PERIOD
        return Done(lambda _desk: Say(text=text))
    match said:
        case MediaFailed() | Contact() | Edited():
            return Retry(general.no_answer(said))
        case Tap(key="close"):
            return Done(lambda _desk: Say(text=texts.CANCELLED))
        case _:
            return _answer_step(step, draft, said, closing, desk)


def _answer_step(step: Step, draft: Draft, said: Said, closing: Closing, desk: Desk) -> Reply:
    match step:
        case Step.POST:
            return _answer_post(draft, said, closing, desk)
        case Step.INDICATOR:
            return _answer_indicator(draft, said, closing, desk)
        case Step.REASON | Step.CONFIRM:
            item = _chosen(draft, closing, desk)
            if item is None:  # somebody else was quicker
                text = _gone(draft, closing, desk)
                return Done(lambda _desk: Say(text=text))
            return _answer_reason(draft, said) if step is Step.REASON else _answer_confirm(draft, said, item, desk)


def _answer_post(draft: Draft, said: Said, closing: Closing, desk: Desk) -> Reply:
    posts = _posts(closing, desk)
    if not posts:
        text = _why_nothing(closing, desk)
        return Done(lambda _desk: Say(text=text))
    at = _picked(said, [_title(post_id, desk) for post_id in posts])
    return Retry(texts.PICK_POST) if at is None else Next(Step.INDICATOR, _of_post(draft, posts[at]))


def _answer_indicator(draft: Draft, said: Said, closing: Closing, desk: Desk) -> Reply:
    items = _of(draft.post, closing, desk)
    if not items:
        text = texts.nothing_reported(closing.periods)
        return Done(lambda _desk: Say(text=text))
    at = _picked(said, [indicator(item.duty.name) for item in items])
    if at is None:
        return Retry(texts.PICK_INDICATOR)
    duty, period = items[at].duty, items[at].period
    return Next(Step.REASON, draft.model_copy(update={"indicator": duty.id, "value": duty.values[period]}))


def _picked(said: Said, names: Sequence[str]) -> int | None:
    """The place of the row that was tapped or typed: its number, or the beginning of its name and of no other."""
    match said:
        case Tap(key=key):
            at = int(key.removeprefix("n")) - 1
        case Text(body=body) if (typed := " ".join(body.casefold().split()).strip(" .!")).isdecimal():
            at = int(typed) - 1
        case Text(body=body) if typed := " ".join(body.casefold().split()).strip(" .!"):
            begun = [at for at, name in enumerate(names) if name.casefold().startswith(typed)]
            at = begun[0] if len(begun) == 1 else -1
        case _:
            return None
    return at if 0 <= at < len(names) else None


def _answer_reason(draft: Draft, said: Said) -> Reply:
    match said:
        case Tap(key=key):
            reason = texts.REASONS[key][1]
        case Text(body=body) if (words := a_reason(body)) is not None:
            reason = words
        case _:
            return Retry(texts.REASON_IN_WORDS)
    return Next(Step.CONFIRM, draft.model_copy(update={"reason": reason}))


def _answer_confirm(draft: Draft, said: Said, item: Item, desk: Desk) -> Reply:
    if said != Tap(key="do"):
        return Retry(texts.CONFIRM_PLEASE)
    value = item.duty.values[item.period]
    try:
        report_id = desk.return_report(item.duty.id, item.period, draft.value, draft.reason)
    except ReportChanged:
        return Next(
            Step.CONFIRM,
            draft.model_copy(update={"value": value}),
            texts.changed(amount(value, item.duty.unit)),
            instead=True,
        )
    given = desk.checking.of(item.duty.id, item.period)
    assert given is not None, f"report {report_id} was just returned"
    farewell = texts.done(item.duty, item.period, tell_owner(given, draft.reason, desk))
    return Done(lambda _desk: Say(text=farewell))


def tell_owner(given: Given, reason: str, desk: Desk) -> str:
    """Write to whoever acts for the post of a figure that was returned, keep the reason where it can be answered, and
    say who learns of it and when."""
    post_id = given.duty.post_id
    desk.notes.add(
        given.duty.id,
        texts.kept(given.period, given.value, given.duty.unit, reason),
        desk.actor(desk.checking.acts_as(Action.RETURN, given)),
    )
    owner = desk.people.get(desk.reporters.get(post_id, 0))
    if owner is None:
        return texts.vacant(_title(post_id, desk))
    name = addressed(owner.name, owner.salutation)
    told = tell(desk, owner.id, f"returned:{desk.office_id}:{given.report_id}", _notice(given, reason, desk))
    return texts.owner_told(name, now=desk.is_open) if told else texts.owner_unreachable(name)


def _notice(given: Given, reason: str, desk: Desk) -> Notice:
    duty, period = given.duty, given.period
    returned = next(one for one in desk.office_duties if one.id == duty.id).returned[period]
    due = desk.organisation.due(Owed(duty.post_id, period), desk.today)
    text = texts.told_owner(duty, period, given.value, returner(returned, desk), reason, due, overdue=due < desk.today)
    return Notice(
        name="returned",
        params=(texts.figure(duty, period, given.value), returner(returned, desk), reason, day(due)),
        text=text,
        options=(
            Option(key=f"!lapor:{period.code}", label=texts.MEND),
            Option(key=f"!catatan:{duty.id}:tulis", label=texts.REPLY),
        ),
    )


RETURNING = Dialogue(
    "returning",
    Step,
    Draft,
    ask,
    answer,
    restart=texts.RESTART,
    cancelled=texts.CANCELLED,
    can_wait=False,
)
