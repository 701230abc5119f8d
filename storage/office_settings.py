"""What an office has chosen: its rules, its zone and its own days off."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, delete, select, update

from domain.office_rules import OfficeRules
from storage import figures, schema
from storage.audit import Actor, record
from storage.rows import add

_office = schema.office
_office_day = schema.office_day


@dataclass(frozen=True)
class SettingsBook:
    """One office's settings, changed by `actor`. `changed` is called after every change."""

    connection: Connection
    office_id: int
    actor: Actor
    now: datetime
    changed: Callable[[], None]

    @property
    def days_off(self) -> dict[date, str]:
        """The office's own days off, in their order, and why."""
        rows = self.connection.execute(
            select(_office_day).where(_office_day.c.office_id == self.office_id).order_by(_office_day.c.day)
        )
        return {row.day: row.note for row in rows}

    def choose(self, rules: OfficeRules, zone: str) -> None:
        """Put other rules and another IANA zone in force, at once."""
        where = _office.c.id == self.office_id
        old = self.connection.execute(select(_office.c.rules, _office.c.zone).where(where)).one()
        new = rules.to_json()
        self.connection.execute(update(_office).where(where).values(rules=new, zone=zone))
        if old.rules.get("begins") != new["begins"]:
            figures.recompute_all(self.connection, self.office_id)
        self._record(f"{json.dumps(old.rules, sort_keys=True)} {old.zone}", f"{json.dumps(new, sort_keys=True)} {zone}")

    def add_day_off(self, day: date, note: str) -> bool:
        """Enter a day off of the office's own; False where it stood there already."""
        if day in self.days_off:
            return False
        add(
            self.connection,
            _office_day,
            {"office_id": self.office_id, "day": day, "note": note, "from_workbook": False},
        )
        self._record("", f"day off {day} {note}")
        return True

    def remove_day_off(self, day: date) -> bool:
        """Take a day off of the office's own away; False where there was none."""
        gone = self.connection.execute(
            delete(_office_day).where(_office_day.c.office_id == self.office_id, _office_day.c.day == day)
        )
        if gone.rowcount:
            self._record(f"day off {day}", "")
        return gone.rowcount > 0

    def _record(self, old: str, new: str) -> None:
        subject = f"office {self.office_id}"
        record(self.connection, self.office_id, self.actor, self.now, "settings changed", subject, old=old, new=new)
        self.changed()
