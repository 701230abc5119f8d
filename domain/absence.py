"""Who is responsible for a post on a day: tenures, leaves and duty trips with their stand-ins (domain.md 7)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from domain.day_spans import DaySpan
from domain.plan import Capacity
from domain.refusals import BadSetting, OneOf
from domain.roles import OrgPost


@dataclass(frozen=True)
class Holding:
    """A person holds a post from `starts` on, until `ends` where that is known; both days count."""

    post_id: int
    person_id: int
    starts: date
    ends: date | None = None
    capacity: Capacity = Capacity.DEFINITIF

    def covers(self, day: date) -> bool:
        return self.starts <= day and (self.ends is None or day <= self.ends)


@dataclass(frozen=True)
class Absence:
    """A person is away on those days, from every post; `stand_in_id` acts as Plh, None where nobody was named.

    Raises BadSetting for a person who stands in for themselves.
    """

    person_id: int
    days: DaySpan
    stand_in_id: int | None = None

    def __post_init__(self) -> None:
        if self.stand_in_id == self.person_id:
            raise BadSetting(
                "nobody stands in for themselves", field="stand_in_id", given=self.stand_in_id, allowed=OneOf(())
            )


@dataclass(frozen=True)
class Responsible:
    """Who reports and is reminded for a post on a day, and in which capacity the record names them."""

    person_id: int
    capacity: Capacity


def responsible(
    post_id: int, day: date, holdings: Iterable[Holding], absences: Sequence[Absence] = ()
) -> Responsible | None:
    """Who acts for the post on that local day, None for a vacant one.

    Of several who hold it, a Plt or Plh goes before the definitive holder, then the newest (`holdings` are in the order
    of their entry). While the holder is away the stand-in of the newest absence acts as Plh; nobody acts for a
    stand-in who is away too, so the post falls back to its holder.
    """
    held = [holding for holding in holdings if holding.post_id == post_id and holding.covers(day)]
    if not held:
        return None
    holder = sorted(held, key=lambda holding: holding.capacity is not Capacity.DEFINITIF)[-1]
    stand_in = _stand_in(holder.person_id, day, absences)
    if stand_in is None:
        return Responsible(holder.person_id, holder.capacity)
    return Responsible(stand_in, Capacity.PLH)


def responsible_above(
    post_id: int,
    day: date,
    posts: Mapping[int, OrgPost],
    holdings: Sequence[Holding],
    absences: Sequence[Absence] = (),
) -> Responsible | None:
    """Who is told that the post is late: whoever acts for the nearest post above it, None at the top.

    A vacant post is passed over, and one for which the same person acts: a Plt is not told about themselves.
    """
    own = responsible(post_id, day, holdings, absences)
    above = posts[post_id].superior_id
    for _step in posts:  # a line that runs in a circle ends
        if above is None:
            return None
        found = responsible(above, day, holdings, absences)
        if found is not None and (own is None or found.person_id != own.person_id):
            return found
        above = posts[above].superior_id
    return None


def away(person_id: int, day: date, absences: Iterable[Absence]) -> bool:
    """Whether the person is on leave or a duty trip on that day."""
    return any(absence.person_id == person_id and day in absence.days for absence in absences)


def _stand_in(person_id: int, day: date, absences: Sequence[Absence]) -> int | None:
    """Who stands in for a person on that day by the newest absence that names somebody who is there."""
    for absence in reversed(absences):
        if absence.person_id == person_id and day in absence.days and absence.stand_in_id is not None:
            return None if away(absence.stand_in_id, day, absences) else absence.stand_in_id
    return None
