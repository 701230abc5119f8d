"""One sitting of "realisasi awal": what was filled in, held against what is unknown and what was told before."""

from dataclasses import dataclass
from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from domain.openings import Duty
from domain.periods import Period
from handlers.opening_positions.positions import as_position
from handlers.report.reading import Entry, Pending
from storage.desk import Desk


class Step(StrEnum):
    """VALUE: how much was it s/d then? DOUBT: which reading? SOURCE: from what was it taken? REVIEW: send? REASON: why
    is a verified one changed?"""

    VALUE = "value"
    DOUBT = "doubt"
    SOURCE = "source"
    REVIEW = "review"
    REASON = "reason"


class Draft(BaseModel):
    """What is kept of a sitting. `order` are the indicators in the order in which they are asked and numbered; `at` the
    place of the one that is asked; `entries` what was filled in. `then` are the words after "lapor" with which it goes
    on, None where it was begun by itself."""

    model_config = ConfigDict(frozen=True)
    order: tuple[int, ...]
    at: int = 0
    entries: dict[int, Entry] = {}
    pending: Pending | None = None
    source: str = ""
    revisiting: bool = False
    then: str | None = None


@dataclass(frozen=True)
class Place:
    """One indicator whose position is asked or known, s/d the end of `which`."""

    duty: Duty
    which: Period

    @property
    def asked(self) -> Duty:
        """The indicator as the question sees it."""
        return as_position(self.duty, self.which)

    @property
    def is_verified(self) -> bool:
        return self.which == self.duty.measure.opening and self.duty.standing(self.which).is_verified


@dataclass(frozen=True)
class Sitting:
    """A draft beside what the office knows now; `places` are those of its order that still stand, never none."""

    draft: Draft
    places: tuple[Place, ...]

    @property
    def place(self) -> Place:
        return self.places[self.draft.at]

    def entry(self, place: Place) -> Entry | None:
        return self.draft.entries.get(place.duty.id)

    def with_draft(self, **changes: object) -> "Sitting":
        return Sitting(self.draft.model_copy(update=changes), self.places)

    def unsent(self) -> list[tuple[Place, Entry]]:
        """What was filled in and is not recorded so yet."""
        given = ((place, self.entry(place)) for place in self.places)
        return [
            (place, entry)
            for place, entry in given
            if entry is not None
            and entry.value is not None
            and not (place.which == place.duty.measure.opening and place.duty.values[place.which] == entry.value)
        ]

    @property
    def needs_reason(self) -> bool:
        return any(place.is_verified for place, _entry in self.unsent())


def places_of(desk: Desk) -> tuple[Place, ...]:
    """What is unknown, then what was told before, each in the plan's order."""
    book = desk.beginnings
    unknown = tuple(Place(duty, which) for duty, which in book.unknown)
    asked = {place.duty.id for place in unknown}
    return (*unknown, *(Place(duty, which) for duty, which in book.told if duty.id not in asked))


def sitting_of(draft: Draft, desk: Desk) -> Sitting | None:
    """The sitting as it stands now; None where nothing of it is left."""
    by_id = {place.duty.id: place for place in places_of(desk)}
    kept = tuple(key for key in draft.order if key in by_id)
    if not kept:
        return None
    before = sum(key in kept for key in draft.order[: draft.at])
    placed = draft.model_copy(update={"order": kept, "at": min(before, len(kept) - 1)})
    return Sitting(placed, tuple(by_id[key] for key in kept))


def carried(earlier: Draft, present: Draft) -> Draft:
    """Going back moves to an earlier question; what was filled in stays."""
    return earlier.model_copy(update={"entries": present.entries, "source": present.source})
