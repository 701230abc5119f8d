"""Finding offices by id or name, for the edge: whatever is inside one is behind its desk."""

from datetime import datetime

from sqlalchemy import Connection, bindparam, select, update

from storage import schema

_office = schema.office

# Asked with every tick: writing them takes longer than their answer, so they are written once.
_ALL = select(_office.c.id).order_by(_office.c.id)
_IS_WANTED = _office.c.id == bindparam("wanted")
_ZONE, _SERVED_AT = select(_office.c.zone).where(_IS_WANTED), select(_office.c.served_at).where(_IS_WANTED)
_SEEN_AT = select(_office.c.seen_at).where(_IS_WANTED).with_for_update(key_share=True)
_CHANGED = update(_office).where(_IS_WANTED)


def all_offices(connection: Connection) -> tuple[int, ...]:
    """The ids of every office of the installation."""
    return tuple(connection.execute(_ALL).scalars())


def zone_of(connection: Connection, office_id: int) -> str:
    """The IANA name of an office's zone."""
    return connection.execute(_ZONE, {"wanted": office_id}).scalar_one()


def names(connection: Connection) -> dict[int, str]:
    """The name of every office by its id."""
    rows = connection.execute(select(_office.c.id, _office.c.name).order_by(_office.c.id))
    return {row.id: row.name for row in rows}


def served_at(connection: Connection, office_id: int) -> datetime | None:
    """When the reminders of an office were last looked after, on the office's clock; None for never."""
    return connection.execute(_SERVED_AT, {"wanted": office_id}).scalar_one()


def lock_seen_at(connection: Connection, office_id: int) -> datetime | None:
    """When the program last ran for an office, on the machine's clock; None for never.

    Takes the office for this transaction: what falls due in it is written by one process after the other.
    """
    return connection.execute(_SEEN_AT, {"wanted": office_id}).scalar_one()


def note_seen(connection: Connection, office_id: int, machine_now: datetime) -> None:
    """Remember that the program runs."""
    connection.execute(_CHANGED, {"wanted": office_id, "seen_at": machine_now})


def note_served(connection: Connection, office_id: int, office_now: datetime) -> None:
    """Remember that the reminders of an office were looked after."""
    connection.execute(_CHANGED, {"wanted": office_id, "served_at": office_now})
