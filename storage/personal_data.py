"""Everything that is held of a person, table by table, for a copy of it that they can ask for (domain.md 8).

Nothing is picked by hand: every row that names the person, or belongs to their conversation, is in it. Ids of other
rows are told in words where there are some.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, func, or_, select

from domain.zones import local
from storage import schema
from storage.offices import zone_of
from storage.personal_columns import FATES, Fate

_account, _conversation, _inbox = schema.account, schema.conversation, schema.inbox
_office, _outbox, _person = schema.office, schema.outbox, schema.person
_WORKINGS = frozenset({
    "office_id", "lease_until", "holder", "attempts", "code_hash", "wrong_codes", "locked_until", "reading",
})  # fmt: skip
"""Columns that say nothing of a person: how the program works a row off, and what an office's plan says."""
_NAMED = {"indicator": ("code", "name"), "post": ("title",), "budgetline": ("code", "name")}
"""The tables whose rows are told in words, and by which columns."""


@dataclass(frozen=True)
class Held:
    """What one table holds of a person: its rows by column, empty values left out; times are on the office's clock."""

    table: str
    rows: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True)
class PersonalData:
    """All that is held of a person of an office on a moment of its clock; `name` as it stands now."""

    person_id: int
    name: str
    office: str
    made_at: datetime
    held: tuple[Held, ...]

    def rows(self, name: str) -> tuple[Mapping[str, Any], ...]:
        """What one table holds; nothing where it holds nothing."""
        return next((one.rows for one in self.held if one.table == name), ())

    def as_json(self) -> str:
        """For programs: decimals as strings, times with their zone."""
        plain = {
            "person": self.name,
            "office": self.office,
            "made_at": self.made_at.isoformat(),
            "held": {one.table: [dict(row) for row in one.rows] for one in self.held},
        }
        return json.dumps(plain, ensure_ascii=False, indent=2)


@dataclass(frozen=True)
class Holdings:
    """How much is held of a person: their number, the channels on which they joined, and rows of each kind. `messages`
    are both sides of the chat as far as its words are kept, `entries` those of the record."""

    phone: str
    channels: tuple[str, ...]
    tenures: int
    reports: int
    reviews: int
    notes: int
    evidence: int
    messages: int
    entries: int


def holdings_of(connection: Connection, person_id: int) -> Holdings:
    """How much is held of a person."""
    phone = select(_person.c.phone).where(_person.c.id == person_id)
    channels = select(_account.c.channel).where(_account.c.person_id == person_id).distinct()
    chats = select(_conversation.c.id).where(_conversation.c.person_id == person_id)
    tenures = _count(connection, schema.tenure.c.person_id == person_id)
    office_id = select(_person.c.office_id).where(_person.c.id == person_id).scalar_subquery()
    tables = {name: schema.METADATA.tables[name].c for name in ("report", "review", "note", "evidence", "audit")}
    counted = {
        name: _count(connection, columns.office_id == office_id, columns.person_id == person_id)
        for name, columns in tables.items()
    }
    received = _count(connection, _inbox.c.conversation_id.in_(chats), _inbox.c.said.is_not(None))
    sent = _count(connection, _outbox.c.conversation_id.in_(chats), _outbox.c.message.is_not(None))
    return Holdings(
        phone=connection.execute(phone).scalar_one(),
        channels=tuple(sorted(connection.execute(channels).scalars())),
        tenures=tenures,
        reports=counted["report"],
        reviews=counted["review"],
        notes=counted["note"],
        evidence=counted["evidence"],
        messages=received + sent,
        entries=counted["audit"],
    )


def _count(connection: Connection, *which: ColumnElement[bool]) -> int:
    return connection.execute(select(func.count()).where(*which)).scalar_one()


def held_of(connection: Connection, office_id: int, person_id: int, now: datetime) -> PersonalData:
    """All that is held of a person. Raises NoResultFound for somebody of another office."""
    zone = zone_of(connection, office_id)
    person = connection.execute(
        select(_person).where(_person.c.id == person_id, _person.c.office_id == office_id)
    ).one()
    office = select(_office.c.name).where(_office.c.id == office_id)
    chats = connection.execute(select(_conversation.c.id).where(_conversation.c.person_id == person_id)).scalars().all()
    found = ((one, _rows(connection, one, _whose(one, person_id, chats))) for one in schema.METADATA.sorted_tables)
    told = tuple(Held(one.name, _told(connection, person_id, rows, one, zone)) for one, rows in found if rows)
    return PersonalData(person_id, person.name, connection.execute(office).scalar_one(), local(now, zone), told)


def tables_of_people() -> tuple[str, ...]:
    """The tables that can hold something of a person."""
    return tuple(one.name for one in schema.METADATA.sorted_tables if _whose(one, 0, [0]) is not None)


def _whose(one: Table, person_id: int, chats: Sequence[int]) -> ColumnElement[bool] | None:
    """Which rows of a table are about the person; None for a table that is about nobody."""
    if one is _person:
        return one.c.id == person_id
    found = [column == person_id for column in one.columns if column.references(_person.c.id)]
    if "conversation_id" in one.c:
        found.append(one.c.conversation_id.in_(chats))
    if one.name == "audit":
        found.append(one.c.subject == f"person {person_id}")
    return or_(*found) if found else None


def _rows(connection: Connection, one: Table, whose: ColumnElement[bool] | None) -> Sequence[Mapping[Any, Any]]:
    if whose is None:
        return ()
    return connection.execute(select(one).where(whose).order_by(*one.primary_key)).mappings().all()


def _told(
    connection: Connection, person_id: int, rows: Sequence[Mapping[Any, Any]], of: Table, zone: str
) -> tuple[Mapping[str, Any], ...]:
    called = {column: told for name in _NAMED for column, told in _words(connection, of, name, rows).items()}
    return tuple(_row({**row, **_of_others(row, of, person_id)}, of, called, zone) for row in rows)


def _of_others(row: Mapping[Any, Any], of: Table, person_id: int) -> Mapping[str, None]:
    """What goes to nobody but its owner: number and words of somebody about whom the person only decided."""
    if row.get("person_id") in (None, person_id):
        return {}
    return {column: None for column, fate in FATES[of.name].items() if fate not in (Fate.NONE, Fate.ARCHIVE)}


def _words(
    connection: Connection, of: Table, named: str, rows: Iterable[Mapping[Any, Any]]
) -> Mapping[str, Mapping[int, str]]:
    """By column, what the rows of another table are called to which it refers."""
    other = schema.METADATA.tables[named]
    columns = [column.name for column in of.columns if column.references(other.c.id)]
    ids = {row[name] for row in rows for name in columns}
    if not columns or not ids:
        return {}
    found = connection.execute(
        select(other.c.id, *(other.c[name] for name in _NAMED[named])).where(other.c.id.in_(ids))
    )
    told = {row[0]: " ".join(str(part) for part in row[1:] if part) for row in found}
    return dict.fromkeys(columns, told)


def _row(row: Mapping[Any, Any], of: Table, called: Mapping[str, Mapping[int, str]], zone: str) -> Mapping[str, Any]:
    plain: dict[str, Any] = {}
    for column in of.columns:
        value = row[column.name]
        if column.name in _WORKINGS or value in (None, ""):
            continue
        if column.name in called:
            plain[column.name.removesuffix("_id")] = called[column.name].get(value, value)
        else:
            plain[column.name] = _plain(value, zone)
    return plain


def _plain(value: Any, zone: str) -> Any:
    match value:
        case datetime():
            return local(value, zone).isoformat()
        case date():
            return value.isoformat()
        case Decimal():
            return str(value)
        case _:
            return value
