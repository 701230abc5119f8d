"""Locking periods by hand, and opening them (domain.md 7); what the office's rule locks is not stored."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from domain.locks import Keeper
from domain.periods import Period
from storage import schema
from storage.audit import Actor, record
from storage.rows import add

_turn = schema.period_turn


@dataclass(frozen=True)
class LockBook:
    """One office's locks, turned by `actor` on the local day `today`. `changed` is called after every change."""

    connection: Connection
    office_id: int
    actor: Actor
    now: datetime
    today: date
    changed: Callable[[], None]

    def turn(self, period: Period, keeper: Keeper, reason: str, *, locks: bool) -> None:
        """Lock a period and all periods within from today on, or open it. Raises PermissionError for the program."""
        if self.actor.person_id is None:
            raise PermissionError("only a person locks by hand")
        values = {
            "office_id": self.office_id,
            "period": period.code,
            "locks": locks,
            "keeper": keeper.value,
            "person_id": self.actor.person_id,
            "day": self.today,
            "reason": reason,
        }
        add(self.connection, _turn, values)
        action = "period locked" if locks else "period opened"
        record(self.connection, self.office_id, self.actor, self.now, action, period.code, reason=reason)
        self.changed()
