"""Figures as they were when a message or form quoted them; numbered, hashed and never changed."""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from storage import schema
from storage.rows import add
from storage.stored_snapshot import StoredSnapshot

_snapshot = schema.snapshot


def keep(
    connection: Connection,
    office_id: int,
    kind: str,
    period: str,
    figures: Mapping[str, Any],
    now: datetime,
    wanted: Mapping[str, Any] | None = None,
) -> int:
    """Store figures; return the number under which messages quote them."""
    plain = json.dumps(figures, sort_keys=True, ensure_ascii=False)
    return add(
        connection,
        _snapshot,
        {
            "office_id": office_id,
            "kind": kind,
            "period": period,
            "figures": dict(figures),
            "hash": hashlib.sha256(plain.encode()).hexdigest(),
            "made_at": now,
            "wanted": None if wanted is None else dict(wanted),
        },
    )


def load(connection: Connection, number: int) -> StoredSnapshot:
    """A snapshot by its number. Raises NoResultFound."""
    return _stored(connection.execute(select(_snapshot).where(_snapshot.c.id == number)).one())


def office_of(connection: Connection, number: int) -> int | None:
    """The office whose snapshot has that number; None for no such one."""
    return connection.execute(select(_snapshot.c.office_id).where(_snapshot.c.id == number)).scalar_one_or_none()


def find(connection: Connection, office_id: int, number: int) -> StoredSnapshot | None:
    """A snapshot of an office by its number; None for no such one, and for that of another office."""
    row = connection.execute(
        select(_snapshot).where(_snapshot.c.id == number, _snapshot.c.office_id == office_id)
    ).one_or_none()
    return None if row is None else _stored(row)


def _stored(row: Row[Any]) -> StoredSnapshot:
    return StoredSnapshot(row.id, row.office_id, row.kind, row.period, row.figures, row.made_at, row.hash, row.wanted)


def latest_before(
    connection: Connection, office_id: int, kind: str, period: str, before: datetime
) -> StoredSnapshot | None:
    """The newest snapshot of that kind and period made before that time."""
    row = connection.execute(
        select(_snapshot)
        .where(
            _snapshot.c.office_id == office_id,
            _snapshot.c.kind == kind,
            _snapshot.c.period == period,
            _snapshot.c.made_at < before,
        )
        .order_by(_snapshot.c.id.desc())
        .limit(1)
    ).one_or_none()
    return None if row is None else _stored(row)
