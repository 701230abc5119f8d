"""A returned report: missing again at once in every figure, mended by a new revision, with the record."""

from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import Connection, Engine, select

from domain.locks import Keeper
from domain.office import Owed
from domain.openings import Duty
from domain.periods import Period
from domain.plan import Capacity
from storage import reports
from storage.audit import Actor
from storage.desk import Desk
from storage.engine import writing
from storage.plans import apply_plan
from storage.reports import NewReport
from storage.reviews import ReportChanged
from storage.rows import add
from storage.tables import Audit, Report, Review, Tenure, table
from tests.offices import (
    ARSIP,
    BUKU,
    GAJI,
    IKM,
    KASI,
    KASUBBAG,
    NOW,
    PELAKSANA,
    PLAN,
    MadeOffice,
    desk_of,
    make_office,
)

RATNA, AGUS, DEWI, SARI, JOKO = "Ratna Dewanti", "Agus Prasetya", "Dewi Lestari", "Sari Andini", "Joko Santosa"
FEBRUARY, MARCH, QUARTER = Period.month(2022, 2), Period.month(2022, 3), Period.quarter(2022, 1)
WHY = "Mohon lampirkan foto bukunya."
_report, _review, _audit = table(Report), table(Review), table(Audit)


@dataclass(frozen=True)
class Place:
    connection: Connection
    made: MadeOffice

    def desk(self, name: str) -> Desk:
        return desk_of(self.connection, self.made, name)

    def submit(self, name: str, code: str, value: int, period: Period = MARCH) -> None:
        self.desk(name).submit([NewReport(self.made.indicators[code], period, Decimal(value))])

    def give_back(self, name: str, code: str, value: int, period: Period = MARCH) -> int:
        return self.desk(name).return_report(self.made.indicators[code], period, Decimal(value), WHY)

    def duty(self, code: str) -> Duty:
        return next(duty for duty in self.desk(RATNA).office_duties if duty.code == code)


def test_it_counts_as_missing_at_once(engine: Engine) -> None:
    with writing(engine) as connection:
        place = Place(connection, make_office(connection))
        place.submit(SARI, BUKU, 1, FEBRUARY)
        place.submit(SARI, BUKU, 1)
        desk = place.desk(DEWI)
        assert desk.office_duties[0].values == {FEBRUARY: 1, MARCH: 1}
        desk.return_report(place.made.indicators[BUKU], MARCH, Decimal(1), WHY)
        duty = desk.office_duties[0]
        figure = duty.figures[MARCH]
        assert duty.values == {FEBRUARY: 1}
        assert (figure.realisation_to_date, figure.reported, figure.provisional) == (1, False, True)
        assert Owed(place.made.posts[KASI], MARCH) in desk.owed
        assert BUKU in [item.duty.code for item in place.desk(SARI).closings[-1].missing]
        found = duty.returned[MARCH]
        assert (found.value, found.reason, found.at) == (1, WHY, NOW)
        assert (found.person_id, found.post_id) == (place.made.people[DEWI], place.made.posts[KASUBBAG])


def test_nothing_that_was_reported_is_changed_and_the_record_names_who_did_it(engine: Engine) -> None:
    with writing(engine) as connection:
        place = Place(connection, make_office(connection))
        place.submit(SARI, BUKU, 1)
        before = connection.execute(select(_report)).all()
        report_id = place.give_back(DEWI, BUKU, 1)
        assert connection.execute(select(_report)).all() == before
        review = connection.execute(select(_review)).one()
        entry = connection.execute(select(_audit).where(_audit.c.action == "returned")).one()
    assert (review.report_id, review.verdict, review.capacity) == (report_id, "returned", "definitif")
    assert (entry.old, entry.new, entry.reason, entry.post_id) == ("1", "", WHY, place.made.posts[KASUBBAG])


@pytest.mark.parametrize("value", [1, 2])
def test_a_new_revision_mends_it_be_it_the_same_figure(engine: Engine, value: int) -> None:
    with writing(engine) as connection:
        place = Place(connection, make_office(connection))
        place.submit(SARI, BUKU, 1)
        place.give_back(DEWI, BUKU, 1)
        place.submit(SARI, BUKU, value)
        duty = place.duty(BUKU)
        assert (duty.values, dict(duty.returned), duty.figures[MARCH].reported) == ({MARCH: value}, {}, True)
        place.submit(SARI, BUKU, value)
        revisions = connection.execute(select(_report.c.revision, _report.c.value).order_by(_report.c.id)).all()
    assert [tuple(row) for row in revisions] == [(1, 1), (2, value)]


def test_what_was_mended_can_be_returned_again(engine: Engine) -> None:
    with writing(engine) as connection:
        place = Place(connection, make_office(connection))
        for _ in range(2):
            place.submit(SARI, BUKU, 1)
            place.give_back(DEWI, BUKU, 1)
        assert MARCH in place.duty(BUKU).returned
        with pytest.raises(ReportChanged):
            place.give_back(DEWI, BUKU, 1)


def test_a_figure_without_a_target_is_awaited_again_once_it_is_returned(engine: Engine) -> None:
    """The only report of an indicator that is due in another period, so that nobody would miss it."""
    with writing(engine) as connection:
        place = Place(connection, make_office(connection))
        place.submit(DEWI, IKM, 80, QUARTER)
        owner = Owed(place.made.posts[KASUBBAG], QUARTER)
        assert owner not in place.desk(DEWI).owed
        place.give_back(AGUS, IKM, 80, QUARTER)
        desk = place.desk(DEWI)
        assert owner in desk.owed
        assert [item.duty.code for item in desk.closings[-1].missing] == [IKM]
        place.submit(DEWI, IKM, 80, QUARTER)
        assert owner not in place.desk(DEWI).owed


def test_what_was_returned_since_a_moment_can_be_left_out(engine: Engine) -> None:
    with writing(engine) as connection:
        place = Place(connection, make_office(connection))
        for code, value in ((GAJI, 10), (ARSIP, 233)):
            place.submit(JOKO, code, value)
        owner = Owed(place.made.posts[PELAKSANA], MARCH)
        place.give_back(DEWI, GAJI, 10)
        desk = place.desk(DEWI)
        assert owner in desk.owed_before(NOW + timedelta(seconds=1))
        assert owner not in desk.owed_before(NOW)
        assert desk.owed - desk.owed_before(NOW) == {owner}


def test_it_stays_returned_under_a_new_version_of_the_plan(engine: Engine) -> None:
    with writing(engine) as connection:
        place = Place(connection, make_office(connection))
        place.submit(SARI, BUKU, 1)
        place.give_back(DEWI, BUKU, 1)
        assert apply_plan(connection, replace(PLAN, document="Nomor 2 Tahun 2022"), NOW).changed
        desk = place.desk(SARI)
        duty = next(one for one in desk.duties if one.code == BUKU)
        assert duty.id != place.made.indicators[BUKU]
        assert (duty.values, list(duty.returned)) == ({}, [MARCH])
        assert Owed(place.made.posts[KASI], MARCH) in desk.owed
        desk.submit([NewReport(duty.id, MARCH, Decimal(1))])
        assert desk.duties[0].values == {MARCH: 1}


def test_a_message_whose_figure_was_returned_is_no_correction_any_more(engine: Engine) -> None:
    with writing(engine) as connection:
        place = Place(connection, make_office(connection))
        desk = place.desk(SARI)
        desk.submit([NewReport(place.made.indicators[BUKU], MARCH, Decimal(1), message_id="m-1")])
        assert desk.report_given_by("m-1") is not None
        place.give_back(DEWI, BUKU, 1)
        assert place.desk(SARI).report_given_by("m-1") is None


@pytest.mark.parametrize("name", [AGUS, SARI, JOKO])
def test_only_the_line_above_and_the_admin_return(engine: Engine, name: str) -> None:
    """The Sekretaris is not above the Kasi in this office."""
    with writing(engine) as connection:
        place = Place(connection, make_office(connection))
        place.submit(SARI, BUKU, 1)
        with pytest.raises(PermissionError):
            place.give_back(name, BUKU, 1)
        assert place.give_back(RATNA, BUKU, 1)


def test_nobody_returns_what_they_reported_themselves(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        place = Place(connection, made)
        plh = {
            "post_id": made.posts[KASI],
            "person_id": made.people[DEWI],
            "capacity": Capacity.PLH,
            "starts": NOW.date(),
            "ends": NOW.date(),
        }
        add(connection, table(Tenure), plh)
        place.submit(DEWI, BUKU, 1)
        with pytest.raises(PermissionError):  # they act for the post today
            place.give_back(DEWI, BUKU, 1)
        tomorrow = desk_of(connection, made, DEWI, NOW + timedelta(days=1))
        assert tomorrow.reviewing_post(made.posts[KASI]) == made.posts[KASUBBAG]
        with pytest.raises(PermissionError):  # and it was they who reported
            tomorrow.return_report(made.indicators[BUKU], MARCH, Decimal(1), WHY)


def test_an_invented_value_a_locked_period_and_what_no_longer_holds_are_not_returned(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        place = Place(connection, made)
        invented = NewReport(made.indicators[GAJI], MARCH, Decimal(10))
        reports.submit(connection, made.id, [invented], Actor(None, None, "", "", None), NOW, "contoh")
        with pytest.raises(PermissionError):
            place.give_back(DEWI, GAJI, 10)
        place.submit(SARI, BUKU, 2)
        with pytest.raises(ReportChanged):
            place.give_back(DEWI, BUKU, 1)
        with pytest.raises(ReportChanged):
            place.give_back(DEWI, BUKU, 1, FEBRUARY)
        place.desk(DEWI).locks.turn(MARCH, Keeper.ADMIN, "", locks=True)
        with pytest.raises(PermissionError):
            place.give_back(DEWI, BUKU, 2)
        assert connection.execute(select(_review)).all() == []
