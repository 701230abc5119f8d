"""The steps of "verifikasi" and what is remembered between them."""

from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from handlers.dialogue import Done, Next, Retry
from handlers.verification.queue import Queue
from storage.desk import Desk


class Step(StrEnum):
    """PAGE: what waits, begin? PERSON: has a superior seen these figures? FIGURE: is this one right? MORE: what is to
    be looked at? WHICH: which of the person's figures is returned? REASON: why?"""

    PAGE = "page"
    PERSON = "person"
    FIGURE = "figure"
    MORE = "more"
    WHICH = "which"
    REASON = "reason"


class Draft(BaseModel):
    """Revisions by their ids: `known` waited when the page was made, `usual` of them without a mark; `shown` stand in
    the open question, `report` is the one that is decided about; `skipped` were passed over."""

    model_config = ConfigDict(frozen=True)
    known: tuple[int, ...] = ()
    usual: tuple[int, ...] = ()
    shown: tuple[int, ...] = ()
    report: int = 0
    skipped: tuple[int, ...] = ()


Reply = Next[Step, Draft, Desk] | Retry | Done[Desk]
Place = tuple[Step, Draft]

_FIGURES_A_PAGE = 7
"""Figures of one person that a superior sees in one message."""


def first_page(found: Queue, skipped: tuple[int, ...] = ()) -> Place:
    """The page of what waits now."""
    usual = tuple(one.id for one in found.usual)
    return Step.PAGE, Draft(known=tuple(one.id for one in found.every), usual=usual, skipped=skipped)


def next_place(draft: Draft, found: Queue) -> Place | None:
    """The next question of a sitting: what a superior sees first, by post, then one figure after another; None when
    nothing is left that was not passed over."""
    rest = found.without(draft.skipped)
    kept = Draft(skipped=draft.skipped)
    if rest.to_see:
        post_id = rest.to_see[0].given.duty.post_id
        of_post = [one.id for one in rest.to_see if one.given.duty.post_id == post_id]
        return Step.PERSON, kept.model_copy(update={"shown": tuple(of_post[:_FIGURES_A_PAGE])})
    if rest.to_verify:
        return Step.FIGURE, kept.model_copy(update={"report": rest.to_verify[0].id})
    return None


def standing_place(step: Step, draft: Draft, found: Queue) -> Place:
    """The question as it can still be answered: the page, where what stood in it does not wait any more."""
    waiting = {one.id for one in found.every}
    asked_about = {draft.report} if step in (Step.FIGURE, Step.MORE, Step.REASON) else set(draft.shown)
    if step is Step.PAGE or asked_about <= waiting:
        return step, draft
    return first_page(found, draft.skipped)
