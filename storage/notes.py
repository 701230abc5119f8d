"""What was said about indicators: a thread for each, under whichever version of its plan it was begun."""

from collections import defaultdict
from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection, select

from domain.plan import Capacity
from storage import schema
from storage.audit import Actor, record
from storage.rows import add

_indicator = schema.indicator
_note = schema.note


@dataclass(frozen=True)
class NoteCard:
    """One note; `post_id` and `capacity` are those in which it was written."""

    text: str
    person_id: int
    post_id: int | None
    capacity: Capacity | None
    at: datetime


@dataclass(frozen=True)
class NoteBook:
    """The notes that one person may see: those about the `visible` indicators of the current plans, by id."""

    connection: Connection = field(repr=False)
    office_id: int
    now: datetime
    visible: Set[int]

    def add(self, indicator_id: int, text: str, actor: Actor) -> int:
        """Say something about an indicator; return the note's id. Raises PermissionError for one that is not theirs to
        see, and to the program itself."""
        if indicator_id not in self.visible or actor.person_id is None:
            raise PermissionError(f"indicator {indicator_id} is not theirs to write about")
        values = {
            "office_id": self.office_id,
            "indicator_id": indicator_id,
            "text": text,
            "person_id": actor.person_id,
            "post_id": actor.post_id,
            "capacity": actor.capacity,
            "inbox_id": actor.inbox_id,
            "at": self.now,
        }
        note_id = add(self.connection, _note, values)
        subject = f"indicator {indicator_id}"
        record(self.connection, self.office_id, actor, self.now, "note written", subject, new=text)
        return note_id

    def thread(self, indicator_id: int) -> tuple[NoteCard, ...]:
        """What was said about an indicator, the oldest first."""
        return self._threads(self.visible & {indicator_id}).get(indicator_id, ())

    def threads(self) -> Mapping[int, tuple[NoteCard, ...]]:
        """Every thread that may be seen, by the indicator's id, the one with the newest note last."""
        return self._threads(self.visible)

    def _threads(self, about: Set[int]) -> Mapping[int, tuple[NoteCard, ...]]:
        twin = _indicator.alias("twin")
        rows = self.connection.execute(
            select(twin.c.id.label("about"), _note)
            .join(_indicator, _indicator.c.id == _note.c.indicator_id)
            .join(
                twin,
                (twin.c.office_id == _indicator.c.office_id)
                & (twin.c.year == _indicator.c.year)
                & (twin.c.code == _indicator.c.code),
            )
            .where(_note.c.office_id == self.office_id, twin.c.id.in_(about))
            .order_by(_note.c.id)
        )
        found: defaultdict[int, list[NoteCard]] = defaultdict(list)
        for row in rows:
            capacity = Capacity(row.capacity) if row.capacity else None
            card = NoteCard(row.text, row.person_id, row.post_id, capacity, row.at)
            found[row.about] = [*found.pop(row.about, []), card]
        return {about: tuple(notes) for about, notes in found.items()}
