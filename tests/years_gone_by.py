"""An office that has reported for years."""

from datetime import UTC, datetime

from sqlalchemy import Connection, insert, select

from domain.periods import Period
from storage import schema
from tests.offices import BUKU, YEAR, MadeOffice, make_office

SARI = "Sari Andini"
YEARS = range(YEAR - 6, YEAR - 1)
A_YEAR = 40
"""Indicators of each earlier plan, with a photo each."""


def a_long_life(connection: Connection) -> MadeOffice:
    """An office with the plans and the photos of five years, all closed."""
    made = make_office(connection)
    for year in YEARS:
        plan_id = _copied(connection, schema.plan, 0, year=year)
        for number in range(A_YEAR):
            own = {"plan_id": plan_id, "year": year, "code": f"{year}.{number}"}
            indicator_id = _copied(connection, schema.indicator, made.indicators[BUKU], **own)
            photo = {"indicator_id": indicator_id, "period": Period.month(year, 1).code, "hash": f"{year}{number}"}
            of = {"office_id": made.id, "person_id": made.people[SARI], "received_at": datetime(year, 2, 1, tzinfo=UTC)}
            connection.execute(insert(schema.evidence).values(**photo, **of, kind="photo", size=1))
    return made


def _copied(connection: Connection, table: schema.Table, key: int, **changed: object) -> int:
    """Another row like the one with that key, or like the first; its id."""
    like = select(table).where(table.c.id == key) if key else select(table).limit(1)
    row = {**connection.execute(like).one()._mapping, **changed}
    del row["id"]
    key_of = connection.execute(insert(table).values(**row)).inserted_primary_key
    assert key_of is not None
    return int(key_of[0])
