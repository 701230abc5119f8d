"""What waits for somebody, in the order in which it is shown."""

from collections.abc import Collection
from dataclasses import dataclass

from domain.checking import Check
from storage.desk import Desk


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
    to_verify = [one for one in desk.to_check if one.is_to_verify]
    return Queue(
        tuple(one for one in desk.to_check if not one.is_to_verify),
        (*(one for one in to_verify if not one.is_usual), *(one for one in to_verify if one.is_usual)),
    )
