"""Which reports came late: told by the first revision of a period, whatever was corrected since (domain.md 5)."""

from datetime import UTC, datetime
from decimal import Decimal

from sqlalchemy import Connection, Engine

from domain.periods import Period
from storage import reports
from storage.audit import Actor
from storage.engine import writing
from storage.reports import NewReport
from tests.offices import BUKU, KASI, MadeOffice, desk_of, make_office

SARI = "Sari Andini"
JANUARY, FEBRUARY = Period.month(2022, 1), Period.month(2022, 2)
IN_TIME, LAST_DAY, LATE, LATER = (datetime(2022, 3, day, 2, tzinfo=UTC) for day in (2, 4, 7, 8))
"""The cut-off of February lies on Friday 4 March."""


def report(connection: Connection, made: MadeOffice, value: int, at: datetime) -> frozenset[Period]:
    """Report February; return what is late then."""
    desk = desk_of(connection, made, SARI, at)
    desk.submit([NewReport(made.indicators[BUKU], FEBRUARY, Decimal(value))])
    return next(duty for duty in desk.duties if duty.code == BUKU).late


def test_a_report_after_the_last_day_is_late(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        assert report(connection, made, 1, LATE) == {FEBRUARY}


def test_the_last_day_is_in_time_and_a_later_correction_is_not_late(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        assert report(connection, made, 1, LAST_DAY) == frozenset()
        assert report(connection, made, 2, LATE) == frozenset()


def test_a_correction_does_not_mend_a_late_report(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        report(connection, made, 1, LATE)
        extensions = desk_of(connection, made, SARI, LATE).extensions
        key = extensions.ask(made.people[SARI], made.posts[KASI], FEBRUARY, LATER.date(), "Menunggu desa")
        extensions.grant(key, LATER.date())
        assert report(connection, made, 2, LATER) == {FEBRUARY}


def test_more_time_keeps_a_report_in_time(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        extensions = desk_of(connection, made, SARI, IN_TIME).extensions
        key = extensions.ask(made.people[SARI], made.posts[KASI], FEBRUARY, LATER.date(), "Menunggu desa")
        extensions.grant(key, LATER.date())
        assert report(connection, made, 1, LATER) == frozenset()


def test_an_invented_figure_is_no_report_in_time(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        sample = NewReport(made.indicators[BUKU], FEBRUARY, Decimal(3))
        reports.submit(connection, made.id, [sample], Actor(None, None, "", "", None), IN_TIME, "contoh")
        assert report(connection, made, 1, LATE) == {FEBRUARY}
