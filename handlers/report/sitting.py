"""One sitting of the report conversation: what was filled in, held against what the office awaits now."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Self

from pydantic import BaseModel, ConfigDict

from domain.openings import Closing, Item
from handlers.evidence.pieces import Intake, Piece
from handlers.report.reading import Entry, Pending
from storage.desk import Desk


class Step(StrEnum):
    """HAT: as which of several posts? MODE: is the proposed way of counting right? VALUE: how many? DOUBT: which
    reading? REVIEW: send? NOTE: what should whoever checks an unusual figure know? REASON: why is a figure changed
    after its cut-off, or one that was verified? WHICH: for which indicator is what was sent? PROOF: is there more
    evidence for the one that lacks some?"""

    HAT = "hat"
    MODE = "mode"
    VALUE = "value"
    DOUBT = "doubt"
    NOTE = "note"
    REVIEW = "review"
    REASON = "reason"
    WHICH = "which"
    PROOF = "proof"


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True)


class Proof(Piece):
    """A picture, file or link sent for one indicator."""

    indicator: int

    @classmethod
    def of(cls, piece: Piece, indicator_id: int) -> Self:
        """A piece as one for that indicator."""
        return cls(indicator=indicator_id, **piece.model_dump())


class Draft(_Frozen):
    """What is kept of a sitting. `order` are the indicators in the order in which they are asked and numbered; `at`
    the place of the one that is asked; `entries` what was filled in by indicator; `revisiting` says that the review
    page is where to go back to. `loose` are pieces of evidence of which it is asked for what they are; `intake` is what
    came in and was not answered yet. `posts` are those as which the person reports, none for all that they hold.

    `pending` is being asked about, `queue` what is asked about after it: of several values in one message, typed at the
    place `listed_at`, more than one may be doubtful."""

    end: date
    order: tuple[int, ...]
    at: int = 0
    entries: dict[int, Entry] = {}
    pending: Pending | None = None
    queue: tuple[Pending, ...] = ()
    listed_at: int | None = None
    proofs: tuple[Proof, ...] = ()
    revisiting: bool = False
    loose: tuple[Piece, ...] = ()
    intake: Intake = Intake()
    posts: tuple[int, ...] = ()


def carried(earlier: Draft, present: Draft) -> Draft:
    """Going back moves to an earlier question; what was filled in and sent stays, and so does what is still doubtful
    about other indicators than the one that is asked then."""
    asked = earlier.order[earlier.at] if earlier.at < len(earlier.order) else 0
    waiting = (*(() if present.pending is None else (present.pending,)), *present.queue)
    kept = {
        "entries": present.entries,
        "proofs": present.proofs,
        "loose": present.loose,
        "intake": present.intake,
        "queue": tuple(one for one in waiting if one.indicator and one.indicator != asked),
        "listed_at": present.listed_at,
    }
    return earlier.model_copy(update=kept)


@dataclass(frozen=True)
class Sitting:
    """A draft beside the closing it is about. `items` are those of its order that still stand, never none.

    An indicator that is no longer accepted or owned has dropped out, and one that takes no more reports while others
    do; `draft` is the one without it. Either all of the items are locked or none.
    """

    draft: Draft
    closing: Closing
    items: tuple[Item, ...]

    @property
    def item(self) -> Item:
        """The indicator that is asked."""
        return self.items[self.draft.at]

    @property
    def locked(self) -> bool:
        """Whether nothing of it can be sent any more; it can be once the period is opened."""
        return self.item.lock is not None

    @property
    def held_back(self) -> dict[int, Entry]:
        """What was filled in for indicators that were locked meanwhile, while the others can be sent."""
        kept = {item.duty.id for item in self.items}
        held = {item.duty.id for item in (*self.closing.items, *self.closing.late)} - kept
        return {key: entry for key, entry in self.draft.entries.items() if key in held and entry.value is not None}

    @property
    def due(self) -> int:
        """How many of the items are due; they come first."""
        return sum(not self.is_late(item) for item in self.items)

    def is_late(self, item: Item) -> bool:
        """Whether an item is "susulan"."""
        return item in self.closing.late

    def with_draft(self, **changes: object) -> "Sitting":
        return Sitting(self.draft.model_copy(update=changes), self.closing, self.items)

    def entry(self, item: Item) -> Entry | None:
        """What was filled in for an item in this sitting."""
        return self.draft.entries.get(item.duty.id)

    def proofs(self, item: Item) -> int:
        """How many pictures and files were sent for an item."""
        return sum(proof.indicator == item.duty.id for proof in self.draft.proofs)

    def unsent(self) -> list[tuple[Item, Entry]]:
        """The entries that bring a value that is not recorded yet."""
        return [
            (item, entry)
            for item in self.items
            if (entry := self.entry(item)) is not None
            and entry.value is not None
            and item.duty.values.get(item.period) != entry.value
        ]

    def days_late(self, desk: Desk) -> int | None:
        """By how many working days the values to send come late, the worst of them; None where they are on time.

        One that was reported before is a change, never late.
        """
        sent_before = self.overwritten()
        first = [item for item, _entry in self.unsent() if item.duty.id not in sent_before and item.returned is None]
        return days_late(first, desk)

    def overwritten(self) -> frozenset[int]:
        """The indicators of which a figure that somebody sent is to be changed; an invented one ("contoh") counts
        not."""
        return frozenset(
            item.duty.id
            for item, _entry in self.unsent()
            if item.period in item.duty.values and item.period not in item.duty.samples
        )

    def needs_reason(self, desk: Desk) -> bool:
        """Whether it must be said why: a figure that was sent is changed after its cut-off, or a verified one."""
        overwritten = self.overwritten()
        late = desk.today > self.closing.cut_off and bool(overwritten)
        return late or any(
            item.duty.standing(item.period).is_verified for item in self.items if item.duty.id in overwritten
        )


def days_late(items: Iterable[Item], desk: Desk) -> int | None:
    """By how many working days reports of these come late today, the worst of them; None where they are on time."""
    late = (desk.calendar.working_days_between(item.due, desk.today) for item in items if item.due < desk.today)
    return max(late, default=None)


def closing_of(end: date, desk: Desk) -> Closing | None:
    """The closing of that day among those that are open for the person."""
    return next((closing for closing in desk.closings if closing.end == end), None)


def sitting_of(draft: Draft, desk: Desk) -> Sitting | None:
    """The sitting as it stands now; None when nothing of it is left."""
    closing = closing_of(draft.end, desk)
    if closing is None:
        return None
    draft = _with_returned(draft, closing)
    by_id: Mapping[int, Item] = {item.duty.id: item for item in (*closing.items, *closing.late)}
    known = tuple(key for key in draft.order if key in by_id)
    kept = tuple(key for key in known if by_id[key].lock is None) or known
    if not kept:
        return None
    before = sum(key in kept for key in draft.order[: draft.at])
    at = min(before, len(kept) - 1)
    return Sitting(draft.model_copy(update={"order": kept, "at": at}), closing, tuple(by_id[key] for key in kept))


def _with_returned(draft: Draft, closing: Closing) -> Draft:
    """Everything that was filled in is asked, and what was returned since the sitting began, after all that is due."""
    order = (*draft.order, *(key for key in draft.entries if key not in draft.order))
    mine = [item for item in closing.items if not draft.posts or item.duty.post_id in draft.posts]
    returned = tuple(item.duty.id for item in mine if item.returned is not None and item.duty.id not in order)
    late = {item.duty.id for item in closing.late}
    place = next((at for at, key in enumerate(order) if key in late), len(order))
    at = draft.at + len(returned) if draft.at >= place else draft.at
    return draft.model_copy(update={"order": (*order[:place], *returned, *order[place:]), "at": at})


def step_at(sitting: Sitting) -> Step:
    """How the asked indicator begins: a proposed way of counting is confirmed once, before the first value."""
    return Step.VALUE if sitting.item.duty.mode_confirmed else Step.MODE
