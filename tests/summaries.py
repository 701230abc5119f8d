"""The summary of invented duties, by the way that needs no table: everything is counted anew."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from operator import add

from domain.judged import judge
from domain.office import Office
from domain.openings import Duty
from domain.periods import Period
from domain.roles import section_names
from domain.summarise import FURTHEST_BEHIND, compared
from domain.summarise import summarise as summarise_tallies
from domain.summary import Behind, OfficeSummary
from domain.tallies import Cell, Tally, entries, tally

_HUNDRED = Decimal(100)


def summarise(
    name: str,
    duties: Sequence[Duty],
    today: date,
    office: Office,
    before: OfficeSummary | None = None,
    of: Period | None = None,
) -> OfficeSummary | None:
    """The office's summary on a day, beside last week's."""

    def furthest(_cells: Sequence[Cell]) -> list[Behind]:
        return furthest_behind(duties, today, office)

    made = summarise_tallies(name, count(duties), furthest, today, office, of)
    return made if made is None or before is None else compared(made, before)


def count(duties: Iterable[Duty]) -> dict[Cell, Tally]:
    """The tallies of indicators."""
    found: dict[Cell, Tally] = {}
    for duty in duties:
        for entry in entries(duty):
            cell = Cell(duty.post_id, entry.figure.period, entry.every)
            found[cell] = Tally(*map(add, found.get(cell, Tally()), tally(entry)))
    return found


def furthest_behind(duties: Sequence[Duty], today: date, office: Office) -> list[Behind]:
    """The indicators furthest below their targets, as a look at each of them tells."""
    names = section_names(office.posts.values())
    short = [
        Behind(
            one.duty.name,
            one.duty.unit or "",
            figure.target_to_date or Decimal(0),
            figure.realisation_to_date or Decimal(0),
            figure.capaian_to_date,
            names[one.duty.post_id],
        )
        for one in judge(duties, today)
        if not (figure := one.figure).provisional
        and figure.capaian_to_date is not None
        and figure.capaian_to_date < _HUNDRED
    ]
    return sorted(short, key=lambda one: one.capaian)[:FURTHEST_BEHIND]
