"""A snapshot as it is kept: without SQL, for the processes that draw it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

_SEAL = 8
"""Signs of a hash that are shown."""


@dataclass(frozen=True)
class StoredSnapshot:
    """A snapshot; `figures` is what its kind put there, as JSON, and `hash` that of them.

    `wanted` says by what they are computed again; None of one that was kept before that was noted.
    """

    number: int
    office_id: int
    kind: str
    period: str
    figures: dict[str, Any]
    made_at: datetime
    hash: str = ""
    wanted: dict[str, Any] | None = None

    @property
    def seal(self) -> str:
        """The beginning of the hash as paper and chat show it, `A1B2 C3D4`, to be compared by eye."""
        begin = self.hash[:_SEAL].upper()
        return f"{begin[: _SEAL // 2]} {begin[_SEAL // 2 :]}"
