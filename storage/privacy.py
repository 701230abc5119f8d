"""What people ask about their own data, and what those in charge of the office decide about it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import Connection, Row, Select, select, update

from storage import schema
from storage.audit import Actor, record
from storage.erasure import Erased, Erasure, is_serving
from storage.mentions import ERASED
from storage.personal_data import Holdings, holdings_of
from storage.rows import add

OPEN, DECLINED, WITHDRAWN = "", "declined", "withdrawn"
"""What became of a request; `erased` is written by the erasure itself."""

_person = schema.person
_request = schema.erasure_request


class RequestDecided(Exception):
    """Somebody decided about the request before, or it was withdrawn."""


@dataclass(frozen=True)
class ErasureCard:
    """A request to be erased, as conversations see it."""

    id: int
    person_id: int
    asked_at: datetime
    decision: str
    decided_by: int | None


def find_people(connection: Connection, office_id: int, words: str) -> dict[int, str]:
    """Who of an office has that name, in any case, or that number; by id. Nobody who was erased."""
    rows = connection.execute(select(_person).where(_person.c.office_id == office_id, _person.c.name != ERASED))
    wanted, digits = " ".join(words.casefold().split()), _digits(words)
    return {
        row.id: row.name
        for row in rows
        if " ".join(row.name.casefold().split()) == wanted or (digits and digits == _digits(row.phone))
    }


def _digits(phone: str) -> str:
    """A number without the country's 62 or the 0 in its place; empty for words."""
    digits = "".join(sign for sign in phone if sign.isdecimal())
    return digits.removeprefix("62").removeprefix("0") if len(digits) > 6 and not any(map(str.isalpha, phone)) else ""


@dataclass(frozen=True)
class PrivacyBook:
    """One office's requests to be erased. `person_id` is who sits at the desk; `decides` says whether they may decide
    for others. `changed` is called after somebody was erased."""

    connection: Connection = field(repr=False)
    office_id: int
    person_id: int | None
    actor: Actor
    now: datetime
    today: date
    decides: bool
    changed: Callable[[], None] = field(repr=False)

    # --- the person's own ---------------------------------------------------------------------------------------

    def holdings(self, person_id: int) -> Holdings:
        """How much is held of a person. Raises PermissionError for somebody else's data, but to who decides."""
        of_office = select(_person.c.id).where(_person.c.id == person_id, _person.c.office_id == self.office_id)
        known = self.connection.execute(of_office).one_or_none() is not None
        if not known or (person_id != self.person_id and not self.decides):
            raise PermissionError(f"what is held of person {person_id} is not theirs to see")
        return holdings_of(self.connection, person_id)

    def note_copy(self) -> None:
        """Record that the person asked for a copy of what is held of them. Raises PermissionError at the program's own
        desk."""
        if self.person_id is None:
            raise PermissionError("nobody asks at the program's own desk")
        self._note("data copied", self.person_id)

    def ask(self) -> ErasureCard:
        """The person asks to be erased; one request at a time. Raises PermissionError at the program's own desk."""
        if self.person_id is None:
            raise PermissionError("nobody asks at the program's own desk")
        self._lock(self.person_id)
        waiting = self.open_of(self.person_id)
        if waiting is not None:
            return waiting
        asked = {"office_id": self.office_id, "person_id": self.person_id, "asked_at": self.now, "decision": OPEN}
        request_id = add(self.connection, _request, asked)
        self._note("erasure asked", self.person_id)
        return ErasureCard(request_id, self.person_id, self.now, OPEN, None)

    def withdraw(self) -> bool:
        """The person takes their request back; False where none waits."""
        waiting = None if self.person_id is None else self.open_of(self.person_id)
        if waiting is None:
            return False
        self._settle(waiting, WITHDRAWN)
        self._note("erasure withdrawn", waiting.person_id)
        return True

    # --- deciding -----------------------------------------------------------------------------------------------

    def get(self, request_id: int) -> ErasureCard | None:
        """One of the office, None for another office's."""
        row = self.connection.execute(self._requests().where(_request.c.id == request_id)).one_or_none()
        return None if row is None else _card(row)

    def open(self) -> tuple[ErasureCard, ...]:
        """Those that nobody has decided, in the order in which they came."""
        return tuple(map(_card, self.connection.execute(self._requests().where(_request.c.decision == OPEN))))

    def open_of(self, person_id: int) -> ErasureCard | None:
        """The request of a person that waits, None for none."""
        return next((one for one in self.open() if one.person_id == person_id), None)

    def is_serving(self, person_id: int) -> bool:
        """Whether a person holds a post: then they are not erased."""
        return is_serving(self.connection, person_id, self.today)

    def decline(self, request_id: int) -> ErasureCard:
        """The person stays as they are. Raises PermissionError for who may not decide and another office's request,
        RequestDecided."""
        card = self.get(request_id)
        if card is None:
            raise PermissionError(f"request {request_id} is not of this office")
        self._must_decide(card.person_id)
        self._lock(card.person_id)
        waiting = self.open_of(card.person_id)
        if waiting is None or waiting.id != request_id:
            raise RequestDecided
        self._settle(waiting, DECLINED)
        self._note("erasure declined", card.person_id)
        return waiting

    def erase(self, person_id: int) -> Erased:
        """Erase somebody of the office; their evidence stays. Raises PermissionError for who may not decide,
        NoResultFound for another office's, StillServing, AlreadyErased."""
        self._must_decide(person_id)
        found = Erasure(self.connection, self.office_id, person_id, self.actor, self.now, self.today).run()
        self.changed()
        return found

    def _must_decide(self, person_id: int) -> None:
        if not self.decides or person_id == self.person_id:
            raise PermissionError(f"person {self.person_id} does not decide about person {person_id}")

    def _requests(self) -> Select[*tuple[object, ...]]:
        return select(_request).where(_request.c.office_id == self.office_id).order_by(_request.c.id)

    def _lock(self, person_id: int) -> None:
        """Requests of one person are kept and decided one after the other."""
        self.connection.execute(select(_person.c.id).where(_person.c.id == person_id).with_for_update(key_share=True))

    def _settle(self, card: ErasureCard, decision: str) -> None:
        self.connection.execute(
            update(_request)
            .where(_request.c.id == card.id)
            .values(decision=decision, decided_by=self.person_id, decided_at=self.now)
        )

    def _note(self, action: str, person_id: int) -> None:
        record(self.connection, self.office_id, self.actor, self.now, action, f"person {person_id}")


def _card(row: Row[*tuple[object, ...]]) -> ErasureCard:
    return ErasureCard(row.id, row.person_id, row.asked_at, row.decision, row.decided_by)
