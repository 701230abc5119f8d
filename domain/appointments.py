"""Who may be put into a post, from when to when: one definitif holder a day, a Plt for a time (domain.md 7)."""

from calendar import monthrange
from collections.abc import Collection, Iterable
from datetime import date, timedelta
from enum import StrEnum

from domain.absence import Holding
from domain.plan import Capacity

PLT_MONTHS = 3
"""How long a Plt may act at first."""
PLT_MOST_MONTHS = 6
"""How long with its one extension."""


class Change(StrEnum):
    """What an admin changes of people and posts."""

    TRANSFER = "transfer"
    PLT = "plt"
    PLH = "plh"
    FILL = "fill"
    NEW_POST = "new_post"
    RENAME = "rename"
    SUPERIOR = "superior"
    UNIT = "unit"
    ADMIN = "admin"
    END_POST = "end_post"


class Refusal(StrEnum):
    """Why a change of people or posts is not made."""

    HELD = "held"
    """The post has another definitif holder in that time."""
    TWICE = "twice"
    """The person has the post already in that time."""
    NOT_VACANT = "not vacant"
    """A Plt acts in a vacant post only."""
    VACANT = "vacant"
    """A Plh stands in for a holder; a vacant post has a Plt."""
    TOO_LONG = "too long"
    """A Plt acts three months, with the extension six."""
    BACKWARDS = "backwards"
    """The last day lies before the first."""
    WITHOUT_ADMIN = "without admin"
    """Nobody would hold an admin's post."""
    TITLE_TAKEN = "title taken"
    """Another post is called so."""
    CIRCLE = "circle"
    """The post would stand above itself."""
    NO_SUPERIOR = "no superior"
    """Every post but the camat's has one."""
    HAS_INDICATORS = "has indicators"
    """A post ends when another one takes its indicators."""


class AppointmentRefused(Exception):
    """A change of people or posts that is not made; `why` tells the reason."""

    def __init__(self, why: Refusal) -> None:
        super().__init__(why.value)
        self.why = why


def check(new: Holding, others: Iterable[Holding]) -> None:
    """Raise AppointmentRefused where a holding cannot stand beside the others of the office."""
    if new.ends is not None and new.ends < new.starts:
        raise AppointmentRefused(Refusal.BACKWARDS)
    beside = [one for one in others if one.post_id == new.post_id and overlaps(one, new)]
    if any(one.person_id == new.person_id for one in beside):
        raise AppointmentRefused(Refusal.TWICE)
    definitif = [one for one in beside if one.capacity is Capacity.DEFINITIF]
    match new.capacity:
        case Capacity.DEFINITIF if definitif:
            raise AppointmentRefused(Refusal.HELD)
        case Capacity.PLT if definitif:
            raise AppointmentRefused(Refusal.NOT_VACANT)
        case Capacity.PLT if new.ends is None or new.ends > acting_until(new.starts, PLT_MOST_MONTHS):
            raise AppointmentRefused(Refusal.TOO_LONG)
        case Capacity.PLH if all(one.capacity is Capacity.PLH for one in beside):
            raise AppointmentRefused(Refusal.VACANT)
        case _:
            return


def overlaps(one: Holding, other: Holding) -> bool:
    """Whether two holdings share a day."""
    return (one.ends is None or other.starts <= one.ends) and (other.ends is None or one.starts <= other.ends)


def acting_until(starts: date, months: int) -> date:
    """The last day of so many months that begin on a day: three from 1 April end on 30 June."""
    year, month = divmod(starts.year * 12 + starts.month - 1 + months, 12)
    last_of_month = monthrange(year, month + 1)[1]
    if starts.day > last_of_month:
        return date(year, month + 1, last_of_month)
    return date(year, month + 1, starts.day) - timedelta(days=1)


def definitif_holder(post_id: int, day: date, holdings: Iterable[Holding]) -> int | None:
    """The person who holds a post in their own right on that day."""
    held = (one for one in holdings if one.post_id == post_id and one.covers(day))
    return next((one.person_id for one in held if one.capacity is Capacity.DEFINITIF), None)


def has_holder(posts: Collection[int], day: date, holdings: Iterable[Holding]) -> bool:
    """Whether anybody holds one of the posts on that day, in whatever capacity."""
    return any(one.post_id in posts and one.covers(day) for one in holdings)
