"""What waits for somebody, what is unusual about it, and in which order it is shown."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from domain.checking import Given, Mark, Waiting, marks
from domain.verification import Action
from storage.desk import Desk


@dataclass(frozen=True)
class Check:
    """A figure that waits, its marks, how many pieces of evidence it has and how many it lacks."""

    waiting: Waiting
    marks: tuple[Mark, ...]
    pieces: int
    lacking: int

    @property
    def given(self) -> Given:
        return self.waiting.given

    @property
    def id(self) -> int:
        """That of the revision that is shown."""
        return self.given.report_id

    @property
    def is_to_verify(self) -> bool:
        return self.waiting.action is Action.VERIFY

    @property
    def is_usual(self) -> bool:
        """Whether it can be agreed to without a look: that a superior let his time pass holds nothing back."""
        return self.is_to_verify and not self.marks


@dataclass(frozen=True)
class Queue:
    """All that waits for one person: `to_see` by post, `to_verify` with what is unusual first, then by post."""

    to_see: tuple[Check, ...]
    to_verify: tuple[Check, ...]

    @property
    def every(self) -> tuple[Check, ...]:
        return (*self.to_see, *self.to_verify)

    @property
    def usual(self) -> tuple[Check, ...]:
        return tuple(one for one in self.to_verify if one.is_usual)

    def get(self, report_id: int) -> Check | None:
        """The figure of a revision, None where it does not wait any more."""
        return next((one for one in self.every if one.id == report_id), None)

    def without(self, report_ids: Collection[int]) -> "Queue":
        """The queue without what was passed over."""
        return Queue(
            tuple(one for one in self.to_see if one.id not in report_ids),
            tuple(one for one in self.to_verify if one.id not in report_ids),
        )


def queue(desk: Desk) -> Queue:
    """What waits for the person of the desk now."""
    checks = _checks(desk, desk.checking.queue())
    to_verify = [one for one in checks if one.is_to_verify]
    return Queue(
        tuple(one for one in checks if not one.is_to_verify),
        (*(one for one in to_verify if not one.is_usual), *(one for one in to_verify if one.is_usual)),
    )


def _checks(desk: Desk, waiting: Sequence[Waiting]) -> list[Check]:
    if not waiting:
        return []
    duties = {one.given.duty.id: one.given.duty for one in waiting}
    pieces, lacking = desk.evidence.counts(duties), desk.evidence.lacking(duties.values())
    twinned = desk.evidence.twinned({(one.given.duty.id, one.given.period) for one in waiting})
    found: list[Check] = []
    for one in waiting:
        figure = (one.given.duty.id, one.given.period)
        unusual = marks(
            one.given,
            desk.office.rules.explaining,
            lacks_evidence=figure in lacking,
            has_twin=figure in twinned,
        )
        found.append(Check(one, unusual, pieces.get(figure, 0), lacking.get(figure, 0)))
    return found
