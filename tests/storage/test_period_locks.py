"""Periods locked and opened by hand: in force at once, for one office, with the record; the last guard of a report."""

from decimal import Decimal

import pytest
from sqlalchemy import Engine, select

from domain.locks import Keeper, LockedBy
from domain.periods import Period
from storage.engine import writing
from storage.reports import NewReport
from storage.tables import Audit, table
from tests.offices import BUKU, NOW, PBB, desk_of, make_office

SARI, RATNA, DEWI = "Sari Andini", "Ratna Dewanti", "Dewi Lestari"
FEBRUARY, MARCH, QUARTER = Period.month(2022, 2), Period.month(2022, 3), Period.quarter(2022, 1)


def test_a_lock_holds_at_once_and_until_it_is_opened(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        desk = desk_of(connection, made, DEWI)
        assert desk.organisation.period_lock(FEBRUARY, desk.today) is None
        desk.locks.turn(FEBRUARY, Keeper.ADMIN, "", locks=True)
        lock = desk.organisation.period_lock(FEBRUARY, desk.today)
        assert lock is not None
        assert (lock.since, lock.by, lock.may_open) == (desk.today, LockedBy.HAND, frozenset(Keeper))
        assert desk.organisation.period_lock(MARCH, desk.today) is None
        desk.locks.turn(FEBRUARY, Keeper.ADMIN, "Dua desa terlambat", locks=False)
        assert desk.organisation.period_lock(FEBRUARY, desk.today) is None


def test_what_the_camat_locked_only_the_camat_opens(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        desk = desk_of(connection, made, RATNA)
        desk.locks.turn(QUARTER, Keeper.CAMAT, "", locks=True)
        for within in (QUARTER, FEBRUARY):
            lock = desk.organisation.period_lock(within, desk.today)
            assert lock is not None
            assert lock.may_open == {Keeper.CAMAT}


def test_a_locked_period_takes_no_report_and_changes_nothing(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        desk_of(connection, made, DEWI).locks.turn(FEBRUARY, Keeper.ADMIN, "", locks=True)
        desk = desk_of(connection, made, SARI)
        march, february = (NewReport(made.indicators[BUKU], one, Decimal(1)) for one in (MARCH, FEBRUARY))
        with pytest.raises(PermissionError):
            desk.submit([march, february])
        assert desk_of(connection, made, SARI).duties[0].values == {}
        desk.submit([march, NewReport(made.indicators[PBB], QUARTER, Decimal(25))])
        assert desk.duties[0].values == {MARCH: Decimal(1)}


def test_another_office_is_not_locked(engine: Engine) -> None:
    with writing(engine) as connection:
        made, other = make_office(connection), make_office(connection, name="Sukarukun")
        desk_of(connection, made, DEWI).locks.turn(FEBRUARY, Keeper.ADMIN, "", locks=True)
        desk = desk_of(connection, other, DEWI)
        assert desk.organisation.turns == ()
        assert desk.organisation.period_lock(FEBRUARY, desk.today) is None


def test_only_a_person_locks_and_the_record_names_them(engine: Engine) -> None:
    audit = table(Audit)
    with writing(engine) as connection:
        made = make_office(connection)
        with pytest.raises(PermissionError):
            desk_of(connection, made).locks.turn(FEBRUARY, Keeper.ADMIN, "", locks=True)
        desk = desk_of(connection, made, DEWI)
        desk.locks.turn(FEBRUARY, Keeper.ADMIN, "", locks=True)
        desk.locks.turn(FEBRUARY, Keeper.ADMIN, "Dua desa terlambat", locks=False)
        entries = connection.execute(select(audit).where(audit.c.subject == "2022-02").order_by(audit.c.id))
        found = [(one.action, one.person_id, one.at, one.reason) for one in entries]
    assert found == [
        ("period locked", made.people[DEWI], NOW, ""),
        ("period opened", made.people[DEWI], NOW, "Dua desa terlambat"),
    ]
