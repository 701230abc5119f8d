"""What `lapor` and `status` read of somebody's open indicators, beside one SQL join written by hand.

Ours is all that a turn reads before it can ask: the office with its dates and people, and what is open of which
indicators, in a process that knows them from before; and the same where every one of them has changed since.
"""

import sys
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import Connection, select
from sqlalchemy import Row as SqlRow

from bench.measure import Row, medians
from bench.peers import indicators_sql
from bench.reporters import INDICATORS, MONTH, NOW, PEOPLE, YEAR, load
from bot.holiday_dates import NationalAlmanac
from domain.openings import Duty, Item, closings, main_closing
from domain.periods import Period
from storage import figures, migrate, schema
from storage.desk import Desk
from storage.engine import open_engine, reading, writing

ROUNDS = 20
SAMPLED = range(1, PEOPLE + 1, 8)
"""People, by their ids, whose indicators are read in one round."""
_BEFORE = Period.month(YEAR, MONTH.number - 1)
_MILLION = 1_000_000


def rows(*, long: bool = False) -> Iterator[Row]:
    """As a turn reads them, and as the first turn of a process does."""
    with TemporaryDirectory() as folder:
        engine = open_engine(f"sqlite:///{Path(folder) / 'bench.db'}")
        migrate.upgrade(engine)
        with writing(engine) as connection:
            load(connection)
        with reading(engine) as connection:
            yield from _rows(connection, ROUNDS * 5 if long else ROUNDS)
        engine.dispose()


def _rows(connection: Connection, rounds: int) -> Iterator[Row]:
    person, almanac = schema.person, NationalAlmanac()
    wanted = select(person.c.id, person.c.office_id).where(person.c.id.in_(SAMPLED))
    people = [(row.id, row.office_id) for row in connection.execute(wanted)]

    def desks() -> Iterator[Desk]:
        return (Desk(connection, office_id, NOW, almanac, person_id) for person_id, office_id in people)

    def known(_round: int) -> list[list[Item]]:
        return [_open_ones(desk) for desk in desks()]

    def changed(_round: int) -> list[list[Item]]:
        return [_read_anew(desk) for desk in desks()]

    def peer(_round: int) -> list[Sequence[SqlRow[Any]]]:
        return [indicators_sql.open_indicators(connection, *_asked(person_id)) for person_id, _office in people]

    for found in (known(0), changed(0)):
        _check(found, peer(0))
    what = f"the {INDICATORS} open indicators of somebody, with target, last and s/d"
    beside = "one SQL join written by hand"
    yield Row(what, beside, *_each(medians(known, peer, rounds), len(people)), "ms", 2.0, note="the office read, too")
    anew = _each(medians(changed, peer, rounds), len(people))
    yield Row(f"{what}, straight after a change of each", beside, *anew, "ms", note="with every figure of the year")


def _each(taken: tuple[float, float], number: int) -> tuple[float, float]:
    return taken[0] / number, taken[1] / number


def _open_ones(desk: Desk) -> list[Item]:
    closing = main_closing(desk.closings, desk.today)
    return [] if closing is None else list(closing.missing)


def _read_anew(desk: Desk) -> list[Item]:
    posts = [one.post.id for one in desk.reported_posts]
    duties = figures.duties(desk.connection, desk.office_id, posts)
    closing = main_closing(closings(duties, desk.today, desk.organisation), desk.today)
    return [] if closing is None else list(closing.missing)


def _asked(person_id: int) -> tuple[int, str, str, date]:
    return person_id, MONTH.code, _BEFORE.code, NOW.date()


def _check(ours: list[list[Item]], theirs: list[Sequence[SqlRow[Any]]]) -> None:
    """Show that both read the same. Raises ValueError."""
    read = [[_said(item.duty) for item in items] for items in ours]
    joined = [[_joined(row) for row in rows] for rows in theirs]
    if read != joined or any(len(items) != INDICATORS for items in ours):
        raise ValueError(f"product and peer differ: {read[0]} and {joined[0]}")
    print(f"self-check: {len(ours)} people, the same {INDICATORS} indicators each", file=sys.stderr)  # noqa: T201


def _said(duty: Duty) -> tuple[object, ...]:
    now, before = duty.figures[MONTH], duty.figures[_BEFORE]
    last = max(duty.values)
    to_date = (before.target_to_date, before.realisation_to_date, before.capaian_to_date)
    return (duty.id, duty.name, duty.unit, now.target, last.code, duty.values[last], *to_date)


def _joined(row: SqlRow[Any]) -> tuple[object, ...]:
    figures_read = (row.target_to_date, row.realisation_to_date, row.capaian_to_date)
    last = (row.last_period, _figure(row.last_value))
    return (row.id, row.name, row.unit, _figure(row.target), *last, *map(_figure, figures_read))


def _figure(millionths: int) -> Decimal:
    return Decimal(millionths) / _MILLION
