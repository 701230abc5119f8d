"""What an office has gathered in years is not read again with every message."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import Connection, Engine, insert, select, text

from domain.periods import Period
from storage import schema, statistics
from storage.engine import writing
from tests.lookups import offices_read
from tests.offices import BUKU, NOW, YEAR, MadeOffice, desk_of, make_office

SARI = "Sari Andini"
PERIOD = Period.month(YEAR, 1)
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


@pytest.mark.parametrize("is_gathered", [True, False])
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_turn_reads_nothing_of_all_an_office_has(is_gathered: bool, engine: Engine) -> None:
    with writing(engine) as connection:
        made = a_long_life(connection)
        if is_gathered:
            statistics.gather(connection)
    with offices_read(engine) as slow, writing(engine) as connection:
        desk = desk_of(connection, made, SARI)
        assert {duty.measure.year for duty in desk.duties} == {YEAR}
        assert desk.closings
        assert not desk.evidence.kinds([made.indicators[BUKU]])
    assert bool(slow) != is_gathered, "\n".join(slow)


def test_gathering_changes_nothing_that_anybody_reads(engine: Engine) -> None:
    with writing(engine) as connection:
        made = a_long_life(connection)
        before = desk_of(connection, made, SARI, NOW).duties
        statistics.gather(connection)
    with writing(engine) as connection:
        assert desk_of(connection, made, SARI, NOW).duties == before
        if engine.dialect.name == "sqlite":
            assert connection.execute(text("SELECT count(*) FROM sqlite_stat1")).scalar_one()
