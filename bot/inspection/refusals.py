"""Why a file is not taken."""

from typing import Literal

Reason = Literal["unknown_kind", "broken", "too_many_dots"]


class Refused(Exception):
    """A file is not taken; `reason` is the one of `MediaFailed`."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason: Reason = reason
