"""Periods locked by hand, or opened (domain.md 7); what the office's rule locks is not stored."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, bindparam, select

from domain.locks import Keeper, Turn
from domain.periods import Period
from storage.audit import Actor, record
from storage.rows import add
from storage.tables import PeriodTurn, table

_turn = table(PeriodTurn)
# Read with every message, and therefore written once.
_OF_OFFICE = select(_turn).where(_turn.c.office_id == bindparam("office")).order_by(_turn.c.id)


def of_office(connection: Connection, office_id: int) -> tuple[Turn, ...]:
    """Every turn of the office, in the order in which they were made."""
    rows = connection.execute(_OF_OFFICE, {"office": office_id})
    return tuple(Turn(Period.parse(row.period), row.day, row.locks, Keeper(row.keeper)) for row in rows)


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
