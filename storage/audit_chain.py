"""The record as a chain: each entry is sealed with the one before it, so that a change or a gap shows.

Sealing is a pass of its own, a turn never waits for it. Entries are taken in the order of their ids among those that
are committed; one that is committed late is sealed by a later pass, after its neighbours.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, exists, func, select

from storage import schema
from storage.rows import add_all

_audit = schema.audit
_office = schema.office
_person = schema.person
_post = schema.post
_seal = schema.audit_seal
_SEALED = tuple(_audit.c[name] for name in (
    "id", "office_id", "person_id", "post_id", "capacity", "action", "subject", "old", "new", "reason", "channel",
    "inbox_id", "at",
))  # fmt: skip
"""What of an entry is sealed. A column that comes later is not: seals would change."""
AT_ONCE = 500
"""Entries sealed in one transaction."""
LATE = 10_000
"""How many ids an entry may be older than the newest sealed one when it is committed: what is looked through for it."""


@dataclass(frozen=True)
class Broken:
    """The first place at which the chain does not hold: the `number` of the seal, and `why`."""

    number: int
    why: str


@dataclass(frozen=True)
class ChainState:
    """The record of an office: how many entries are `sealed`, how many are not yet, the newest `seal`, and where the
    chain is `broken`, None where it holds."""

    sealed: int
    unsealed: int
    seal: str
    broken: Broken | None


@dataclass(frozen=True)
class Entry:
    """One entry of the record as those read who check it; `number` and `seal` are None and empty until it is sealed."""

    number: int | None
    seal: str
    at: datetime
    person: str
    post: str
    capacity: str
    action: str
    subject: str
    old: str
    new: str
    reason: str
    channel: str


def entries(connection: Connection, office_id: int) -> list[Entry]:
    """The whole record of an office, in the order in which it was written."""
    rows = connection.execute(
        select(_audit, _seal.c.number, _seal.c.seal, _person.c.name, _post.c.title)
        .outerjoin(_seal, _seal.c.audit_id == _audit.c.id)
        .outerjoin(_person, _person.c.id == _audit.c.person_id)
        .outerjoin(_post, _post.c.id == _audit.c.post_id)
        .where(_audit.c.office_id == office_id)
        .order_by(_audit.c.id)
    )
    return [
        Entry(
            row.number, row.seal or "", row.at, row.name or "", row.title or "", row.capacity, row.action, row.subject,
            row.old, row.new, row.reason, row.channel,
        )
        for row in rows
    ]  # fmt: skip


def offices_to_seal(connection: Connection) -> list[int]:
    """The offices in whose record something waits to be sealed, of what was added lately."""
    newest = select(func.coalesce(func.max(_seal.c.audit_id), 0)).scalar_subquery()
    lately = _audit.c.id > newest - LATE
    # Sorted here: in the order of the offices SQLite would look through the whole record.
    return sorted(set(connection.execute(select(_audit.c.office_id).where(lately, ~_has_seal())).scalars()))


def seal(connection: Connection, office_id: int, now: datetime) -> int:
    """Seal what was recorded since the last pass; return how many entries. Another process that does the same waits."""
    connection.execute(select(_office.c.id).where(_office.c.id == office_id).with_for_update(key_share=True))
    last = connection.execute(
        select(_seal.c.number, _seal.c.seal)
        .where(_seal.c.office_id == office_id)
        .order_by(_seal.c.number.desc())
        .limit(1)
    ).one_or_none()
    number, before = (0, "") if last is None else (last.number, last.seal)
    rows: list[dict[str, Any]] = []
    for entry in connection.execute(_unsealed(office_id).order_by(_audit.c.id).limit(AT_ONCE)):
        number, before = number + 1, _sealed(entry, before)
        rows.append({"office_id": office_id, "number": number, "audit_id": entry.id, "seal": before, "sealed_at": now})
    add_all(connection, _seal, rows)
    return len(rows)


def state(connection: Connection, office_id: int) -> ChainState:
    """Go through the whole chain of an office."""
    sealed, newest, broken = 0, "", None
    for found in _links(connection, office_id):
        broken = _fault(found, sealed + 1, newest)
        if broken is not None:
            break
        sealed, newest = found.number, found.seal
    unsealed = connection.execute(select(func.count()).select_from(_unsealed(office_id).subquery())).scalar_one()
    return ChainState(sealed, unsealed, newest, broken)


def _links(connection: Connection, office_id: int) -> Iterator[Row[Any]]:
    wanted = (
        select(_seal.c.number, _seal.c.seal, *_SEALED)
        .outerjoin(_audit, _audit.c.id == _seal.c.audit_id)
        .where(_seal.c.office_id == office_id)
        .order_by(_seal.c.number)
    )
    yield from connection.execute(wanted)


def _fault(link: Row[Any], expected: int, before: str) -> Broken | None:
    if link.number != expected:
        return Broken(expected, "missing")
    if link.id is None:
        return Broken(expected, "entry gone")
    return None if _sealed(link, before) == link.seal else Broken(expected, "entry changed")


def _unsealed(office_id: int) -> Select[*tuple[Any, ...]]:
    return select(*_SEALED).where(_audit.c.office_id == office_id, ~_has_seal())


def _has_seal() -> ColumnElement[bool]:
    return exists().where(_seal.c.audit_id == _audit.c.id)


def _sealed(entry: Row[Any], before: str) -> str:
    """The seal of an entry behind another."""
    plain = {column.name: getattr(entry, column.name) for column in _SEALED}
    plain["at"] = entry.at.astimezone(UTC).isoformat()
    written = json.dumps(plain, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(f"{before}\n{written}".encode()).hexdigest()
