"""Which reports replaced another value: what the picture of an indicator marks as changed."""

from datetime import UTC, datetime
from decimal import Decimal

from sqlalchemy import Connection, Engine

from domain.openings import Duty
from domain.periods import Period
from storage import reports
from storage.audit import Actor
from storage.engine import writing
from storage.reports import NewReport
from tests.offices import BUKU, MadeOffice, desk_of, make_office

SARI, DEWI = "Sari Andini", "Dewi Lestari"
FEBRUARY = Period.month(2022, 2)
AT = datetime(2022, 3, 2, 2, tzinfo=UTC)


def report(connection: Connection, made: MadeOffice, *values: int) -> Duty:
    """Report February once and again; return how the indicator stands then."""
    for value in values:
        desk_of(connection, made, SARI, AT).submit([NewReport(made.indicators[BUKU], FEBRUARY, Decimal(value))])
    return next(duty for duty in desk_of(connection, made, SARI, AT).duties if duty.code == BUKU)


def test_another_value_is_a_revision_and_stays_one_when_it_is_taken_back(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        assert report(connection, made, 1).revised == frozenset()
        assert report(connection, made, 2).revised == {FEBRUARY}
        assert report(connection, made, 1).revised == {FEBRUARY}


def test_the_same_value_again_is_none(engine: Engine) -> None:
    with writing(engine) as connection:
        assert report(connection, make_office(connection), 1, 1).revised == frozenset()


def test_a_report_in_place_of_an_invented_figure_is_none(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        sample = NewReport(made.indicators[BUKU], FEBRUARY, Decimal(3))
        reports.submit(connection, made.id, [sample], Actor(None, None, "", "", None), AT, "contoh")
        assert report(connection, made, 1).revised == frozenset()


def test_what_was_returned_and_mended_with_another_value_is_one(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        report(connection, made, 3)
        desk_of(connection, made, DEWI, AT).return_report(made.indicators[BUKU], FEBRUARY, Decimal(3), "Mohon dicek")
        assert report(connection, made).revised == frozenset()
        assert report(connection, made, 2).revised == {FEBRUARY}
