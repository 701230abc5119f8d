"""What the admin changes of people and posts, step by step: which change asks what, and in which order."""

from datetime import date, timedelta
from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from domain.appointments import Change
from domain.plan import Capacity, Role
from storage.desk import Desk
from storage.staff import TenureCard

NEW = -1
"""In place of a person's id: somebody whom the office does not know yet."""


class Step(StrEnum):
    """MENU: what changes? WHO: who leaves? POST: which post is it about? PRESENT: what of the change that is entered
    already? FIRST and LAST: from when, until when? WHERE: where does the leaver go, and to which post (TARGET)?
    PERSON: who comes? NAME, SALUTATION and PHONE of somebody new. KEEPS: do they keep the post they have? TITLE, ROLE,
    SUPERIOR and UNIT of a post. HEIR: which post takes the indicators? CONFIRM: is it right?"""

    MENU = "menu"
    WHO = "who"
    POST = "post"
    PRESENT = "present"
    FIRST = "first"
    LAST = "last"
    WHERE = "where"
    TARGET = "target"
    PERSON = "person"
    NAME = "name"
    SALUTATION = "salutation"
    PHONE = "phone"
    KEEPS = "keeps"
    TITLE = "title"
    ROLE = "role"
    SUPERIOR = "superior"
    UNIT = "unit"
    HEIR = "heir"
    CONFIRM = "confirm"


class Draft(BaseModel):
    """What was answered. `tenure` is the one that ends or goes on, `person` who comes (`NEW` for somebody new, None for
    nobody), `target` the post to which the leaver goes; `is_called_off`, `is_put_off` and `is_ended` change what is
    entered. `page` turns lists."""

    model_config = ConfigDict(frozen=True)
    change: Change = Change.TRANSFER
    post: int = 0
    tenure: int = 0
    first: date | None = None
    last: date | None = None
    stays: bool = False
    target: int = 0
    person: int | None = None
    name: str = ""
    salutation: str = ""
    phone: str = ""
    keeps: bool = False
    title: str = ""
    role: Role = Role.KASI
    superior: int = 0
    unit: str = ""
    heir: int | None = None
    is_called_off: bool = False
    is_put_off: bool = False
    is_ended: bool = False
    page: int = 0


_NEWCOMER = (Step.PERSON, Step.NAME, Step.SALUTATION, Step.PHONE, Step.KEEPS)
_ACTING = (Step.POST, Step.PRESENT, Step.PERSON, Step.FIRST, Step.LAST, Step.CONFIRM)
FLOWS: dict[Change, tuple[Step, ...]] = {
    Change.TRANSFER: (Step.WHO, Step.PRESENT, Step.LAST, Step.WHERE, Step.TARGET, *_NEWCOMER, Step.CONFIRM),
    Change.PLT: _ACTING,
    Change.PLH: _ACTING,
    Change.FILL: (Step.POST, Step.FIRST, *_NEWCOMER, Step.CONFIRM),
    Change.NEW_POST: (Step.TITLE, Step.ROLE, Step.SUPERIOR, Step.UNIT, Step.CONFIRM),
    Change.RENAME: (Step.POST, Step.TITLE, Step.CONFIRM),
    Change.SUPERIOR: (Step.POST, Step.SUPERIOR, Step.CONFIRM),
    Change.UNIT: (Step.POST, Step.UNIT, Step.CONFIRM),
    Change.ADMIN: (Step.POST, Step.CONFIRM),
    Change.END_POST: (Step.POST, Step.HEIR, Step.CONFIRM),
}
"""What is asked for each change, in this order; what is known or does not matter is passed over."""

CAPACITIES = {Change.PLT: Capacity.PLT, Change.PLH: Capacity.PLH}


def first_step(draft: Draft, desk: Desk) -> Step:
    """What is asked first about a change."""
    return next(step for step in FLOWS[draft.change] if _is_asked(step, draft, desk))


def following(step: Step, draft: Draft, desk: Desk) -> Step:
    """What is asked after a step was answered."""
    flow = FLOWS[draft.change]
    if draft.is_called_off or draft.is_ended or (draft.is_put_off and step is Step.LAST):
        return Step.CONFIRM
    return next(one for one in flow[flow.index(step) + 1 :] if _is_asked(one, draft, desk))


def _is_asked(step: Step, draft: Draft, desk: Desk) -> bool:
    match step:
        case Step.WHO:
            return not draft.tenure
        case Step.POST:
            return not draft.post
        case Step.PRESENT:
            return entered_already(draft, desk) is not None
        case Step.TARGET:
            return draft.stays
        case Step.PERSON:
            return draft.person is None and not extends(draft)
        case Step.NAME:
            return draft.person == NEW and not draft.name
        case Step.SALUTATION | Step.PHONE:
            return draft.person == NEW
        case Step.KEEPS:
            return bool(left_by_newcomer(draft, desk))
        case Step.FIRST:
            return not extends(draft)
        case Step.UNIT:
            return draft.change is Change.UNIT or not unit_of(draft.superior, desk)
        case Step.HEIR:
            return bool(desk.staff.indicators_of(draft.post))
        case _:
            return True


def unit_of(post_id: int, desk: Desk) -> str:
    """The kelurahan of a post: whatever is made below it belongs there, too."""
    return next((post.unit for post in desk.posts if post.id == post_id), "")


def extends(draft: Draft) -> bool:
    """Whether a Plt or Plh goes on, rather than begins."""
    return draft.change in CAPACITIES and bool(draft.tenure)


def tenure_of(draft: Draft, desk: Desk) -> TenureCard | None:
    """The tenure that the change is about, None where it is gone."""
    return next((card for card in desk.staff.tenures if card.id == draft.tenure), None)


def entered_already(draft: Draft, desk: Desk) -> TenureCard | None:
    """What is entered of the same kind and lies ahead or runs: the end of a tenure, a Plt or Plh of the post."""
    if draft.change is Change.TRANSFER:
        card = tenure_of(draft, desk)
        return card if card is not None and card.ends is not None else None
    capacity = CAPACITIES.get(draft.change)
    theirs = [card for card in desk.staff.tenures if card.post_id == draft.post and card.capacity is capacity]
    return next((card for card in theirs if card.ends is None or card.ends >= desk.today), None)


def takes_over_on(draft: Draft, desk: Desk) -> date:
    """The day on which whoever comes begins."""
    if draft.change is Change.TRANSFER and draft.last is not None:
        return draft.last + timedelta(days=1)
    return draft.first or desk.today


def left_by_newcomer(draft: Draft, desk: Desk) -> tuple[TenureCard, ...]:
    """The posts that whoever comes holds definitively on the day on which they begin, but those of the change."""
    if draft.person is None or draft.person == NEW or draft.change in CAPACITIES:
        return ()
    day = takes_over_on(draft, desk)
    return tuple(
        card
        for card in desk.staff.tenures
        if card.person_id == draft.person
        and card.capacity is Capacity.DEFINITIF
        and card.covers(day)
        and card.post_id not in (draft.post, draft.target)
    )
