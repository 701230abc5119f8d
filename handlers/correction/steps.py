"""What is kept of a correction between two messages."""

from decimal import Decimal
from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from domain.periods import Period
from handlers.report.reading import Entry, Pending


class Step(StrEnum):
    """PERIOD: of which period? INDICATOR: which figure? VALUE: what is it really? DOUBT: which reading? NOTE: what
    should whoever checks it know? REASON: why? REVIEW: shall it be sent? CONFIRM: shall the figure follow an edited
    message? DECLINE: why is a request declined?"""

    PERIOD = "period"
    INDICATOR = "indicator"
    VALUE = "value"
    DOUBT = "doubt"
    NOTE = "note"
    REASON = "reason"
    REVIEW = "review"
    CONFIRM = "confirm"
    DECLINE = "decline"


class Draft(BaseModel):
    """The figure of `indicator` and `period` (its code) and what is to become of it. `message_id` gave the new value;
    `edited` says that it was an earlier message. `request` is one that is being declined."""

    model_config = ConfigDict(frozen=True)
    indicator: int = 0
    period: str = ""
    value: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    doubt: str = ""
    note: str = ""
    message_id: str = ""
    pending: Pending | None = None
    reason: str = ""
    edited: bool = False
    request: int = 0

    @property
    def which(self) -> Period:
        return Period.parse(self.period)

    def with_entry(self, entry: Entry) -> "Draft":
        """With a new value that is clear."""
        return self.model_copy(update={**entry.model_dump(), "pending": None})

    def changed(self, **changes: object) -> "Draft":
        return self.model_copy(update=changes)
