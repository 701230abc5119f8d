"""Reports that are returned to be mended, and who may return them (domain.md 7)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from domain.plan import Capacity
from domain.roles import OrgPost, above


@dataclass(frozen=True)
class Returned:
    """What was reported and is returned, in the indicator's unit, and why; `person_id` returned it, acting for
    `post_id` in a capacity, at an aware instant. Until the owner reports again the figure counts as missing."""

    value: Decimal
    numerator: Decimal | None
    denominator: Decimal | None
    reason: str
    person_id: int
    post_id: int
    capacity: Capacity
    at: datetime


def reviewing_post(
    post_id: int, held: Collection[int], verifiers: Collection[int], posts: Mapping[int, OrgPost]
) -> int | None:
    """As which of the posts that somebody acts for (`held`) they may return what a post reports; None where they may
    not.

    The nearest one in the line above it, else one of those that verify it; nobody returns what a post reports that they
    act for.
    """
    if post_id in held:
        return None
    allowed = (*above(posts, post_id), *verifiers)
    return next((one for one in allowed if one in held), None)
