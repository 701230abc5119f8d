"""The numbers of an office's summary, beside one GROUP BY over the same table."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Connection

from bench.measure import Row, medians
from bench.offices import LAST_MONTH, NOW, OFFICES, load, multiply, spread
from bench.peers import section_sql
from bot.holiday_dates import NationalAlmanac
from domain.summary import OfficeSummary
from storage import migrate
from storage.desk import Desk
from storage.engine import Engine, open_engine, reading, writing

ROUNDS = 5
SAMPLED = 20
"""Offices of the many of which the numbers are taken in one round."""


def rows(*, long: bool = False) -> Iterator[Row]:
    """One office-year alone in its database; then some offices of the many."""
    with TemporaryDirectory() as folder:
        engine = open_engine(f"sqlite:///{Path(folder) / 'bench.db'}")
        migrate.upgrade(engine)
        with writing(engine) as connection:
            first = load(connection)
        yield _row(engine, [first], "numbers of one office, 150 indicators x 12 months", reach=1.0)
        with writing(engine) as connection:
            multiply(connection)
        offices = spread(first, SAMPLED)
        yield _row(engine, offices, f"numbers of {SAMPLED} of {OFFICES} offices", reach=0.1)
        engine.dispose()


def _row(engine: Engine, offices: list[int], what: str, reach: float) -> Row:
    with reading(engine) as connection:
        almanac = NationalAlmanac()

        def ours(_round: int) -> list[OfficeSummary | None]:
            return [Desk(connection, office, NOW, almanac).summary() for office in offices]

        def peer(_round: int) -> object:
            return section_sql.sections(connection, offices, LAST_MONTH)

        _check(ours(0)[0], connection, offices[0])
        taken = medians(ours, peer, ROUNDS)
    return Row(what, "a hand-written GROUP BY", *taken, "ms", reach)


def _check(summary: OfficeSummary | None, connection: Connection, office: int) -> None:
    """Show that both count the same. Raises ValueError."""
    found = section_sql.sections(connection, [office], LAST_MONTH)
    counted = {row.section: (row.due, row.reported) for row in found}
    ours = {one.name: (one.coverage.due, one.coverage.reported) for one in summary.sections} if summary else {}
    if ours != counted:
        raise ValueError(f"product and peer differ: {ours} and {counted}")
