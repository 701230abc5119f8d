"""Finding offices by id or name, for the edge: whatever is inside one is behind its desk."""

from sqlalchemy import Connection, select

from storage.tables import Office, table

_office = table(Office)


def all_offices(connection: Connection) -> tuple[int, ...]:
    """The ids of every office of the installation."""
    return tuple(connection.execute(select(_office.c.id).order_by(_office.c.id)).scalars())


def zone_of(connection: Connection, office_id: int) -> str:
    """The IANA name of an office's zone."""
    return connection.execute(select(_office.c.zone).where(_office.c.id == office_id)).scalar_one()


def names(connection: Connection) -> dict[int, str]:
    """The name of every office by its id."""
    rows = connection.execute(select(_office.c.id, _office.c.name).order_by(_office.c.id))
    return {row.id: row.name for row in rows}
