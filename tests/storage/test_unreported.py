"""What an office owes, read from the sums of its posts, is what a look at every figure of every indicator gives."""

from datetime import datetime, timedelta
from decimal import Decimal
from random import Random

import pytest
from sqlalchemy import Connection, Engine

from domain.office import Owed
from domain.openings import Duty
from domain.periods import Period
from storage import figures
from storage.engine import writing
from storage.reports import NewReport
from tests.offices import NOW, MadeOffice, desk_of, make_office

CHANGES = 40
SINCE = NOW + timedelta(minutes=CHANGES // 2)
"""From here on it is asked what was owed but for what was returned since."""


def counted(duty: Duty, period: Period, before: datetime | None) -> bool:
    """Whether the figure of a period makes its post owe that period."""
    returned = duty.returned.get(period)
    if returned is not None:
        return before is None or returned.at < before
    figure = duty.figures[period]
    return figure.due and not figure.reported


def by_figures(connection: Connection, made: MadeOffice, before: datetime | None = None) -> frozenset[Owed]:
    return frozenset(
        Owed(duty.post_id, period)
        for duty in figures.duties(connection, made.id)
        for period in Period.whole_year(duty.measure.year).split(duty.kind)
        if counted(duty, period, before)
    )


def change(connection: Connection, made: MadeOffice, choose: Random, now: datetime) -> None:
    """A report of any indicator and period, or one that is returned."""
    desk = desk_of(connection, made, None, now)
    duty = choose.choice(desk.office_duties)
    period = choose.choice(Period.whole_year(duty.measure.year).split(duty.kind))
    if period in duty.values and choose.random() < 0.7:
        holder = next(one for one in made.people.values() if desk.for_person(one).reviewing_post(duty.post_id))
        desk.for_person(holder).return_report(duty.id, period, duty.values[period], "Mohon dicek")
    else:
        owner = desk.for_person(desk.reporters[duty.post_id])
        owner.submit([NewReport(duty.id, period, Decimal(choose.randint(1, 9)))])


@pytest.mark.sampled_on_postgresql
def test_the_sums_of_the_posts_tell_what_every_figure_tells(engine: Engine, pytestconfig: pytest.Config) -> None:
    choose = Random(pytestconfig.getoption("randomly_seed", 0))
    with writing(engine) as connection:
        made = make_office(connection)
        for minute in range(CHANGES):
            change(connection, made, choose, NOW + timedelta(minutes=minute))
            assert figures.unreported(connection, made.id) == by_figures(connection, made)
            assert figures.unreported(connection, made.id, SINCE) == by_figures(connection, made, SINCE)
