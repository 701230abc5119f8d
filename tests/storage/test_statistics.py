"""What an office has gathered in years is not read again with every message."""

import pytest
from sqlalchemy import Engine, text

from storage import statistics
from storage.engine import writing
from tests.lookups import offices_read
from tests.offices import BUKU, NOW, YEAR, desk_of
from tests.years_gone_by import SARI, a_long_life


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
