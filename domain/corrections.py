"""Corrections that are asked for after a lock, and what becomes of them (domain.md 7)."""

from enum import StrEnum


class Decision(StrEnum):
    """What was decided about a request: nothing yet (ASKED); AGREED and recorded; DECLINED with a reason; WITHDRAWN by
    its owner."""

    ASKED = ""
    AGREED = "agreed"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class CorrectionDecided(ValueError):
    """A request was decided before; it is not decided again."""
