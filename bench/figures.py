"""The numbers of sections as the product reads them, beside one GROUP BY over the same table.

Also straight after somebody chose another cap, and after a plan came with other targets: what that change itself takes
is told in the note.
"""

import sys
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple, TypeAlias

from sqlalchemy import Connection

from bench.measure import Row, medians, once
from bench.offices import LAST_MONTH, NOW, OFFICES, YEAR, load, multiply, office_year, spread
from bench.peers import section_sql
from bot.holiday_dates import NationalAlmanac
from domain.achievement import Cap
from domain.office import Office
from domain.periods import Period, PeriodKind, periods_of_year
from domain.plan import OfficePlan
from domain.roles import section_names
from domain.tallies import Tally
from storage import migrate, rollups
from storage.desk import Desk
from storage.engine import Engine, open_engine, reading, writing
from storage.figures import recount
from storage.plans import apply_plan

ROUNDS = 101
ROUNDS_OF_ALL = 3
MILLION = 10**6
MONTHS = periods_of_year(YEAR, PeriodKind.MONTH)


class Numbers(NamedTuple):
    """Of a section in a period: how many are due and reported, and the mean capped capaian in percent, alone and s/d;
    None where nothing is judged."""

    due: int
    reported: int
    mean: Decimal | None
    mean_to_date: Decimal | None


Sections: TypeAlias = Mapping[tuple[str, str], Numbers]
"""By section and code of the period."""


def rows(*, long: bool = False) -> Iterator[Row]:
    """One office-year alone in its database, as it is and straight after changes; then many offices."""
    with TemporaryDirectory() as folder:
        engine = open_engine(f"sqlite:///{Path(folder) / 'bench.db'}")
        migrate.upgrade(engine)
        with writing(engine) as connection:
            office = load(connection)
        yield _office_year(engine, office, "one office-year, 150 indicators x 12 months")
        took = once(lambda: _choose_cap(engine, office, Cap.AT_120))
        yield _office_year(engine, office, "the same straight after another cap", f"the change itself {took:.0f} ms")
        took = once(lambda: _revise(engine, office_year()))
        yield _office_year(engine, office, "the same straight after other targets", f"the new plan {took:.0f} ms")
        yield _summary(engine, office)
        with writing(engine) as connection:
            multiply(connection)
        yield _offices(engine, office)
        engine.dispose()


def _office_year(engine: Engine, office: int, what: str, note: str = "") -> Row:
    with reading(engine) as connection:
        desk = Desk(connection, office, NOW, NationalAlmanac())
        organisation, cap = desk.organisation, desk.office.rules.cap

        def ours(_round: int) -> Sections:
            return _read(connection, office, organisation)

        def peer(_round: int) -> object:
            return section_sql.office_year(connection, office, _millionths(cap))

        _check(what, ours(0), connection, office, cap)
        if not recount(connection, office).is_right:
            raise ValueError(f"{what}: the roll-ups are not what a recount gives")
        taken = medians(ours, peer, ROUNDS)
    beside = "a hand-written GROUP BY"
    return Row(f"counts, means of the period and s/d by section: {what}", beside, *taken, "ms", 1.0, note=note)


def _read(connection: Connection, office: int, organisation: Office) -> Sections:
    """Every section and period of the office-year."""
    names, cap = section_names(organisation.posts.values()), organisation.rules.cap
    found: dict[tuple[str, str], Numbers] = {}
    to_date = {cell: one for _office, cell, one in rollups.to_date(connection, [office], MONTHS)}
    for cell, alone in rollups.alone(connection, office).items():
        means = alone.mean(cap), to_date[cell].mean_to_date(cap)
        found[names[cell.post_id], cell.period.code] = Numbers(alone.asked, alone.reported, *means)
    return found


def _offices(engine: Engine, first: int) -> Row:
    offices, period, cap = spread(first, OFFICES), Period.parse(LAST_MONTH), Cap.AT_120
    with reading(engine) as connection:

        def ours(_round: int) -> Mapping[tuple[int, int], tuple[int, int, Decimal | None]]:
            read = rollups.to_date(connection, offices, [period])
            return {(office, cell.post_id): _to_date(one, cap) for office, cell, one in read}

        def peer(_round: int) -> object:
            return section_sql.offices_to_date(connection, offices, LAST_MONTH, _millionths(cap))

        theirs = section_sql.offices_to_date(connection, offices, LAST_MONTH, _millionths(cap))
        found = ours(0)
        for row in theirs:
            due, reported, mean = found[row.office_id, row.post_id]
            if (due, reported) != (row.due, row.reported) or not _is_same(mean, row.mean_to_date):
                raise ValueError(f"product and peer differ in office {row.office_id}")
        _say(f"{len(theirs)} sections of {OFFICES} offices: the same counts and means on both sides")
        taken = medians(ours, peer, ROUNDS_OF_ALL)
    what = f"counts and mean s/d of {len(theirs)} sections of {OFFICES} offices"
    return Row(what, "a hand-written GROUP BY", *taken, "ms", 0.1)


def _to_date(one: Tally, cap: Cap) -> tuple[int, int, Decimal | None]:
    return one.judged_to_date, one.judged_to_date - one.missing_to_date, one.mean_to_date(cap)


def _summary(engine: Engine, office: int) -> Row:
    with reading(engine) as connection:
        almanac = NationalAlmanac()
        taken = medians(
            lambda _round: Desk(connection, office, NOW, almanac).summary(),
            lambda _round: section_sql.office_year(connection, office, _millionths(Cap.AT_120)),
            ROUNDS,
        )
    return Row(
        "the whole summary of the office: calendar, posts, overdue, furthest behind", "the GROUP BY", *taken, "ms"
    )


def _choose_cap(engine: Engine, office: int, cap: Cap) -> None:
    with writing(engine) as connection:
        desk = Desk(connection, office, NOW, NationalAlmanac())
        desk.settings.choose(replace(desk.office.rules, cap=cap), desk.office.zone)


def _revise(engine: Engine, plan: OfficePlan) -> None:
    """A new version of the plan, in which every target is one more."""
    revised = tuple(
        replace(row, targets={period: target + 1 for period, target in row.targets.items()}) for row in plan.indicators
    )
    with writing(engine) as connection:
        apply_plan(connection, replace(plan, indicators=revised, reports=()), NOW)


def _check(what: str, ours: Sections, connection: Connection, office: int, cap: Cap) -> None:
    """Show that both sides say the same. Raises ValueError."""
    theirs = section_sql.office_year(connection, office, _millionths(cap))
    if len(ours) != len(theirs):
        raise ValueError(f"{what}: product and peer differ in what they are of")
    for row in theirs:
        found = ours[row.section, row.period]
        means = _is_same(found.mean, row.mean) and _is_same(found.mean_to_date, row.mean_to_date)
        if (found.due, found.reported) != (row.due, row.reported) or not means:
            raise ValueError(f"{what}: product and peer differ: {found} and {row}")
    _say(f"{what}: {len(theirs)} sections and periods, the same counts and means on both sides, and as a recount")


def _is_same(ours: Decimal | None, theirs: float | None) -> bool:
    """To a hundred-thousandth of a percent: the peer's mean is a binary float."""
    if ours is None or theirs is None:
        return ours is theirs
    return abs(ours - Decimal(theirs) / MILLION) < Decimal("0.00001")


def _millionths(cap: Cap) -> int:
    return int((cap.limit or 0) * MILLION)


def _say(words: str) -> None:
    print(words, file=sys.stderr)  # noqa: T201
