"""More time that posts asked for, and what the superior decided (domain.md 5)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, Row, bindparam, select, update

from domain.extensions import Decision, Extension, ask, grant, refuse
from domain.office import Office, Owed
from domain.periods import Period
from storage import schema
from storage.audit import Actor, record
from storage.rows import add

_extension = schema.extension
# Read with every message, and therefore written once.
_OF_OFFICE = select(_extension).where(_extension.c.office_id == bindparam("office")).order_by(_extension.c.id)


@dataclass(frozen=True)
class ExtensionCard:
    """A request for more time as conversations see it. `wanted` is the day until which it was asked; `decided_by` who
    granted or refused it, None while it is open."""

    id: int
    asked_by: int
    wanted: date
    request: Extension
    decided_by: int | None = None


@dataclass(frozen=True)
class ExtensionBook:
    """One office's requests for more time, written by `actor` on the local day `today`.

    `changed` is called after every change.
    """

    connection: Connection
    office_id: int
    actor: Actor
    now: datetime
    today: date
    office: Office
    changed: Callable[[], None]

    def get(self, extension_id: int) -> ExtensionCard | None:
        """One request of the office, None for another office's."""
        wanted = _OF_OFFICE.where(_extension.c.id == extension_id)
        row = self.connection.execute(wanted, {"office": self.office_id}).one_or_none()
        return None if row is None else _card(row)

    def of_post(self, post_id: int, period: Period) -> tuple[ExtensionCard, ...]:
        """The requests of a post for all that ends with the period, in the order in which they were asked."""
        cards = (_card(row) for row in self.connection.execute(_OF_OFFICE, {"office": self.office_id}))
        return tuple(
            card for card in cards if card.request.post_id == post_id and card.request.period.end == period.end
        )

    def open(self) -> tuple[ExtensionCard, ...]:
        """The requests of the office that nobody has decided, in the order in which they were asked."""
        undecided = _OF_OFFICE.where(_extension.c.decision == Decision.ASKED.value)
        return tuple(_card(row) for row in self.connection.execute(undecided, {"office": self.office_id}))

    def ask(self, person_id: int, post_id: int, period: Period, wanted: date, reason: str) -> int:
        """Enter a request; return its id.

        Raises BadSetting without a reason, PermissionError for a post of another office.
        """
        if post_id not in self.office.posts:
            raise PermissionError(f"post {post_id} is not of this office")
        asked = ask(post_id, period, reason, self.today)
        extension_id = add(
            self.connection,
            _extension,
            {
                "office_id": self.office_id,
                "post_id": post_id,
                "period": period.code,
                "reason": asked.reason,
                "wanted": wanted,
                "asked_on": self.today,
                "asked_by": person_id,
                "decision": asked.decision.value,
            },
        )
        self._record("more time asked", extension_id, f"{period.code} until {wanted}", asked.reason)
        return extension_id

    def grant(self, extension_id: int, until: date) -> Extension:
        """Grant a request until a day, moved to a working day; in force at once. Return it as granted.

        Raises AlreadyDecided, BadSetting for a day that may not be granted, PermissionError for another office's.
        """
        asked = self._open(extension_id)
        due = self.office.due(Owed(asked.post_id, asked.period), self.today)
        rules = self.office.rules
        granted = grant(asked, until, self.today, due, rules.grant_rule, self.office.calendar)
        self._decide(extension_id, granted)
        return granted

    def refuse(self, extension_id: int) -> Extension:
        """Refuse a request. Raises AlreadyDecided, PermissionError for another office's."""
        refused = refuse(self._open(extension_id), self.today)
        self._decide(extension_id, refused)
        return refused

    def _open(self, extension_id: int) -> Extension:
        wanted = _OF_OFFICE.where(_extension.c.id == extension_id).with_for_update(key_share=True)
        row = self.connection.execute(wanted, {"office": self.office_id}).one_or_none()
        if row is None:
            raise PermissionError(f"request {extension_id} is not of this office")
        return _card(row).request

    def _decide(self, extension_id: int, decided: Extension) -> None:
        self.connection.execute(
            update(_extension)
            .where(_extension.c.id == extension_id)
            .values(
                decision=decided.decision.value,
                decided_on=decided.decided_on,
                decided_by=self.actor.person_id,
                until=decided.until,
            )
        )
        self._record(f"more time {decided.decision}", extension_id, f"{decided.period.code} until {decided.until}", "")

    def _record(self, action: str, extension_id: int, new: str, reason: str) -> None:
        subject = f"extension {extension_id}"
        record(self.connection, self.office_id, self.actor, self.now, action, subject, new=new, reason=reason)
        self.changed()


def _card(row: Row[*tuple[object, ...]]) -> ExtensionCard:
    request = Extension(
        row.post_id,
        Period.parse(row.period),
        row.reason,
        row.asked_on,
        Decision(row.decision),
        row.decided_on,
        row.until,
    )
    return ExtensionCard(row.id, row.asked_by, row.wanted, request, row.decided_by)
