"""For which post, which period and on what basis figures are entered; then the report conversation itself."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import Any

from pydantic import BaseModel, ConfigDict

from domain.openings import Closing, main_closing
from domain.periods import Period
from domain.reporting_for import Basis
from handlers.dialogue import BACK, Begin, Dialogue, Done, Next, Question, Retry, Said, Tap
from handlers.messages import BUTTONS, ROWS, Choose, Contact, Edited, MediaFailed, Option, Outgoing, Say, Text
from handlers.period_words import read_begun, split_period
from handlers.report.sitting import closing_of
from handlers.report_for.sitting import begin_sitting, put_off
from handlers.texts import general
from handlers.texts import report_for as texts
from handlers.texts.formats import periods_with_year, shortened
from handlers.texts.report import BACK as BACK_LABEL
from handlers.words import plain_words
from storage.desk import Desk
from storage.people import PostCard

_PAGE = ROWS - 1
"""Posts on a page of the list, with the row that turns it."""
_BASIS_LETTERS = 4
_BASIS_LENGTH = 60
_BASES = frozenset(basis.value for basis in Basis)
_PERIODS = 6
"""Periods that are offered, the newest first."""


class Step(StrEnum):
    """POST: for which one? PERIOD: which closing? BASIS: how do you know the figures?"""

    POST = "post"
    PERIOD = "period"
    BASIS = "basis"


class Draft(BaseModel):
    """`found` are the posts that a name left to choose from, none for all; `end` the last day of the closing."""

    model_config = ConfigDict(frozen=True)
    found: tuple[int, ...] = ()
    page: int = 0
    post: int = 0
    end: date | None = None


Reply = Next[Step, Draft, Desk] | Retry | Done[Desk]


def find_posts(words: str, desk: Desk) -> tuple[tuple[PostCard, ...], Period | None]:
    """The posts of others that a name means, and the period that is named after it."""
    name, period = split_period(words, desk.today)
    wanted = name.casefold().split()
    if not wanted:
        return (), period
    every = _busy(desk)
    exact = tuple(post for post in every if post.title.casefold() == " ".join(wanted))
    return exact or tuple(post for post in every if _has_begun(wanted, post.title.casefold().split())), period


def _has_begun(wanted: Sequence[str], title: Sequence[str]) -> bool:
    """Whether each word begins one of a title: "camat" is no "kecamatan"."""
    return all(any(word.startswith(one) for word in title) for one in wanted)


def own_post(words: str, desk: Desk) -> PostCard | None:
    """The post of that title whose figures are among the person's own anyway, None for no such one."""
    name = " ".join(split_period(words, desk.today)[0].casefold().split())
    return next((one.post for one in desk.reported_posts if one.post.title.casefold() == name), None)


def begin_for(desk: Desk, post_id: int, period: Period | None) -> Begin[Any, Any, Any] | Outgoing:
    """Ask for the basis, and first for the period where several are open and none was named."""
    following = _after_post(desk, Draft(post=post_id), period)
    if isinstance(following, Next):
        return Begin(CHOOSE_POST, following.step, following.draft, anew=True)
    return following


def _after_post(
    desk: Desk, draft: Draft, period: Period | None
) -> Next[Step, Draft, Desk] | Begin[Any, Any, Any] | Outgoing:
    closings = _open_closings(desk, draft.post) if period is None else _named_closings(desk, draft.post, period)
    if not closings:
        return Say(text=texts.nothing_open(desk.organisation.posts[draft.post].title))
    if len(closings) > 1:
        return Next(Step.PERIOD, draft)
    return _to_basis(desk, draft, closings[0].end)


def _to_basis(desk: Desk, draft: Draft, end: date) -> Next[Step, Draft, Desk] | Begin[Any, Any, Any]:
    """How the figures are known, unless a sitting goes on that was put off."""
    begun = put_off(desk, draft.post, end)
    return begun or Next(Step.BASIS, draft.model_copy(update={"end": end}))


def _open_closings(desk: Desk, post_id: int) -> list[Closing]:
    """The closings of a post that take reports: what misses something and the running one, the newest first."""
    inner = desk.for_post(post_id, "")
    main = main_closing(inner.closings, desk.today)
    wanted = [one for one in inner.closings if one.lock is None and (one.missing or one == main)]
    return list(reversed(wanted))[:_PERIODS]


def _named_closings(desk: Desk, post_id: int, period: Period) -> list[Closing]:
    """The closing of a period, also where nothing is missing and figures are only changed."""
    closings = desk.for_post(post_id, "").closings
    return [closing for closing in closings if closing.end == period.end and closing.lock is None]


# --- asking -----------------------------------------------------------------------------------------------------------


def ask(step: Step, draft: Draft, desk: Desk) -> Question:
    known = any(post.id == draft.post for post in desk.entered_for)
    match step:
        case Step.PERIOD if known:
            return _ask_period(draft, desk)
        case Step.BASIS if known and draft.end is not None:
            return _ask_basis(draft, desk)
        case Step.POST | Step.PERIOD | Step.BASIS:
            return _ask_post(draft, desk)


def _ask_post(draft: Draft, desk: Desk) -> Question:
    posts = _posts(draft, desk)
    if not posts:
        return Choose(text=texts.NO_LONGER, options=(Option(key="close", label=texts.CLOSE),))
    pages = -(-len(posts) // _PAGE)
    at = draft.page if draft.page < pages else 0
    shown = posts if len(posts) <= ROWS else posts[at * _PAGE : (at + 1) * _PAGE]
    is_row = len(shown) > BUTTONS or len(posts) > ROWS
    options = [
        Option(key=f"p{post.id}", label=texts.post_label(post.title, is_row=is_row), hint=_hint(post.id, desk))
        for post in shown
    ]
    if len(posts) > ROWS:
        options.append(Option(key="more", label=texts.FIRST if at + 1 == pages else texts.MORE))
    return Choose(text=texts.WHICH_POST, options=tuple(options))


def _posts(draft: Draft, desk: Desk) -> Sequence[PostCard]:
    """The ones that a name meant where it meant several, else all of them."""
    return [post for post in _busy(desk) if not draft.found or post.id in draft.found]


def _busy(desk: Desk) -> Sequence[PostCard]:
    """The posts of others that report anything."""
    busy = {duty.post_id for duty in desk.office_duties}
    return [post for post in desk.entered_for if post.id in busy]


def _hint(post_id: int, desk: Desk) -> str:
    main = main_closing(desk.for_post(post_id, "").closings, desk.today)
    return texts.post_hint(0 if main is None else len(main.missing), main)


def _ask_period(draft: Draft, desk: Desk) -> Question:
    options = [
        Option(key=f"e{closing.end.isoformat()}", label=shortened(periods_with_year(closing.periods), 20))
        for closing in _open_closings(desk, draft.post)
    ]
    title = texts.heading(desk.organisation.posts[draft.post].title)
    back = Option(key=BACK, label=BACK_LABEL)
    return Choose(title=title, text=texts.WHICH_PERIOD, options=(*options, back))


def _ask_basis(draft: Draft, desk: Desk) -> Question:
    closing = None if draft.end is None else closing_of(draft.end, desk.for_post(draft.post, ""))
    options = tuple(Option(key=basis.value, label=label) for basis, label in texts.BASES.items())
    title = texts.heading(desk.organisation.posts[draft.post].title, closing)
    return Choose(title=title, text=texts.BASIS, options=options)


# --- answering --------------------------------------------------------------------------------------------------------


def answer(step: Step, draft: Draft, said: Said, desk: Desk) -> Reply:
    match said:
        case MediaFailed() | Contact() | Edited():
            return Retry(general.no_answer(said))
        case Tap(key="close"):
            return Done(lambda _desk: Say(text=texts.NO_LONGER))
        case Tap(key="more"):
            return Next(Step.POST, draft.model_copy(update={"page": _next_page(draft, desk)}), instead=True)
        case _ if step is not Step.POST and all(post.id != draft.post for post in desk.entered_for):
            return Done(lambda _desk: Say(text=texts.NO_LONGER))
        case _:
            return _answer_step(step, draft, said, desk)


def _next_page(draft: Draft, desk: Desk) -> int:
    return (draft.page + 1) % -(-len(_posts(draft, desk)) // _PAGE)


def _answer_step(step: Step, draft: Draft, said: Said, desk: Desk) -> Reply:
    match step, said:
        case Step.POST, Tap(key=key) if key.startswith("p"):
            return _to_post(desk, draft, int(key.removeprefix("p")), None)
        case Step.POST, Text(body=body):
            return _named(desk, draft, body)
        case Step.PERIOD, Tap(key=key) if key.startswith("e"):
            return _replied(_to_basis(desk, draft, date.fromisoformat(key.removeprefix("e"))))
        case Step.PERIOD, Text(body=body) if (period := read_begun(body, desk.today)) is not None:
            return _to_post(desk, draft, draft.post, period)
        case Step.BASIS, Tap(key=key) if key in _BASES:
            return _begin(draft, key)
        case Step.BASIS, Text(body=body) if (basis := plain_words(body, _BASIS_LETTERS, _BASIS_LENGTH)) is not None:
            return _begin(draft, basis)
        case _:
            hints = {Step.POST: texts.PICK_POST, Step.PERIOD: texts.PICK_PERIOD, Step.BASIS: texts.BASIS_IN_WORDS}
            return Retry(hints[step])


def _named(desk: Desk, draft: Draft, body: str) -> Reply:
    posts, period = find_posts(body, desk)
    if len(posts) == 1:
        return _to_post(desk, draft, posts[0].id, period)
    if not posts:
        return Retry(texts.PICK_POST)
    found = draft.model_copy(update={"found": tuple(post.id for post in posts), "page": 0})
    return Next(Step.POST, found, texts.SEVERAL)


def _to_post(desk: Desk, draft: Draft, post_id: int, period: Period | None) -> Reply:
    return _replied(_after_post(desk, draft.model_copy(update={"post": post_id}), period))


def _replied(following: Next[Step, Draft, Desk] | Begin[Any, Any, Any] | Outgoing) -> Reply:
    match following:
        case Next():
            return following
        case Begin() as begun:
            return Done(lambda _desk: begun)
        case Say(text=text) | Choose(text=text):
            return Retry(text)
        case _:
            return Retry(texts.PICK_PERIOD)


def _begin(draft: Draft, basis: str) -> Reply:
    """The report conversation of that post begins."""
    end = draft.end
    return Done(lambda desk: Say(text=texts.NO_LONGER) if end is None else begin_sitting(desk, draft.post, basis, end))


CHOOSE_POST = Dialogue(
    "report_for",
    Step,
    Draft,
    ask,
    answer,
    restart=texts.TYPE_FOR,
    cancelled=texts.CANCELLED,
    can_wait=False,
)
"""For whom, for which period and on what basis."""
