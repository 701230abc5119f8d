"""Who is away, until when and who stands in (domain.md 7)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlalchemy import Connection, Row, bindparam, select, update

from domain.absence import Absence
from domain.day_spans import DaySpan
from storage import schema
from storage.audit import Actor, record
from storage.rows import add

_absence = schema.absence
# Read with every message, and therefore written once.
_OF_OFFICE = (
    select(_absence).where(_absence.c.office_id == bindparam("office"), ~_absence.c.withdrawn).order_by(_absence.c.id)
)


class AbsenceKind(StrEnum):
    """Why somebody is away."""

    LEAVE = "cuti"
    DUTY_TRIP = "dinas"


@dataclass(frozen=True)
class AbsenceCard:
    """An absence as conversations see it."""

    id: int
    person_id: int
    kind: AbsenceKind
    days: DaySpan
    stand_in_id: int | None


def _rows(connection: Connection, office_id: int) -> list[Row[*tuple[object, ...]]]:
    return list(connection.execute(_OF_OFFICE, {"office": office_id}))


def _days(row: Row[*tuple[object, ...]]) -> DaySpan:
    return DaySpan(row.starts, row.ends)


@dataclass(frozen=True)
class AbsenceBook:
    """One office's absences, written by `actor` on the local day `today`. `changed` is called after every change."""

    connection: Connection
    office_id: int
    actor: Actor
    now: datetime
    today: date
    people: frozenset[int]
    changed: Callable[[], None]

    def of_person(self, person_id: int) -> tuple[AbsenceCard, ...]:
        """A person's absences that have not passed, in the order of their entry."""
        rows = (row for row in _rows(self.connection, self.office_id) if row.person_id == person_id)
        return tuple(_card(row) for row in rows if row.ends >= self.today)

    def enter(self, person_id: int, kind: AbsenceKind, days: DaySpan, stand_in_id: int | None) -> int:
        """Enter an absence; return its id.

        Raises PermissionError for a person or stand-in of another office, BadSetting for one who stands in for
        themselves.
        """
        Absence(person_id, days, stand_in_id)
        if not {person_id, stand_in_id} - {None} <= self.people:
            raise PermissionError("somebody of another office")
        absence_id = add(
            self.connection,
            _absence,
            {
                "office_id": self.office_id,
                "person_id": person_id,
                "kind": kind.value,
                "starts": days.first,
                "ends": days.last,
                "stand_in_id": stand_in_id,
                "withdrawn": False,
                "entered_at": self.now,
            },
        )
        self._record("absence entered", absence_id, new=f"{days.first} {days.last} stand-in {stand_in_id}")
        return absence_id

    def end(self, absence_id: int) -> None:
        """The person is back today: the absence ends yesterday, or never was. Raises PermissionError for another
        office's."""
        row = next((row for row in _rows(self.connection, self.office_id) if row.id == absence_id), None)
        if row is None:
            raise PermissionError(f"absence {absence_id} is not of this office")
        yesterday = self.today - timedelta(days=1)
        values = {"withdrawn": True} if row.starts > yesterday else {"ends": min(row.ends, yesterday)}
        self.connection.execute(update(_absence).where(_absence.c.id == absence_id).values(**values))
        self._record("absence ended", absence_id, old=f"{row.starts} {row.ends}")

    def _record(self, action: str, absence_id: int, *, old: str = "", new: str = "") -> None:
        subject = f"absence {absence_id}"
        record(self.connection, self.office_id, self.actor, self.now, action, subject, old=old, new=new)
        self.changed()


def _card(row: Row[*tuple[object, ...]]) -> AbsenceCard:
    return AbsenceCard(row.id, row.person_id, AbsenceKind(row.kind), _days(row), row.stand_in_id)
