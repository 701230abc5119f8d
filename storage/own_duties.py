"""The indicators that somebody reports, with all that was reported of them: read once for every change of them.

Which indicators they are and the stamp of each is read with every message. What was read of them before under the same
stamps still holds.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection

from domain.openings import Closing, Duty, closings
from domain.periods import Period
from storage import figures
from storage.premises import Day
from storage.shelf import Shelf

_PEOPLE = 512
"""Whose indicators are remembered: some 60 kB of somebody with twelve."""


@dataclass(frozen=True, eq=False)
class OwnDuties:
    """The accepted indicators of some posts in the plan's order."""

    duties: tuple[Duty, ...]
    _closings: list[tuple[Day, tuple[Closing, ...]]] = field(default_factory=list[tuple[Day, tuple[Closing, ...]]])
    """Of the day for which they were asked last."""

    def closings_on(self, day: Day) -> tuple[Closing, ...]:
        """What they have to report, by the day it closes."""
        for known, found in self._closings:
            if known is day:
                return found
        found = closings(self.duties, day.today, day.organisation)
        self._closings[:] = [(day, found)]
        return found


_OWN: Shelf[OwnDuties] = Shelf(_PEOPLE)


def own_duties(
    connection: Connection, office_id: int, post_ids: Sequence[int], begins: Period | None, since: int
) -> tuple[OwnDuties, frozenset[int]]:
    """The indicators of some posts in the plans from the year `since` on, and those of them for which there is
    evidence; `begins` is the month in which the office began to report."""
    stamped, with_pieces = figures.stamped(connection, office_id, post_ids, since)
    key = (stamped, begins)
    found = _OWN.take(key)
    if found is not None:
        return found, with_pieces
    duties, holding = figures.stamped_duties(connection, office_id, post_ids, since, stamped)
    read = OwnDuties(duties)
    if holding == stamped:
        _OWN.put(key, read)  # on PostgreSQL another process may have changed something between two statements
    return read, with_pieces
