"""Offices that begin in mid-year: what is asked once, what a position becomes, and what a workbook brings along."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from sqlalchemy import Connection, Engine, select

from domain.periods import Period
from domain.plan import OfficePlan, OpeningRow
from domain.standing import Standing
from storage.desk import Desk
from storage.engine import writing
from storage.plans import Loaded
from storage.reports import NewReport
from storage.tables import Report, table
from tests.loaded import load
from tests.offices import BUKU, GAJI, NOW, PBB, PERDES, PLAN, desk_of, look_up, make_office

SARI, DEWI, JOKO = "Sari Andini", "Dewi Lestari", "Joko Santosa"
LATER = datetime(2022, 6, 28, 1, tzinfo=UTC)
JUNE, MAY, FIRST = Period.month(2022, 6), Period.month(2022, 5), Period.quarter(2022, 1)


def begin(connection: Connection, name: str = SARI) -> tuple[Desk, dict[str, int]]:
    """An office that has set its beginning in the chat, at the desk of one of its people."""
    made = make_office(connection)
    admin = desk_of(connection, made, DEWI, LATER)
    admin.settings.choose(replace(admin.office.rules, begins=JUNE), admin.office.zone)
    return desk_of(connection, made, name, LATER), dict(made.indicators)


def position(indicator_id: int, value: int, which: Period = MAY, basis: str = "buku register") -> NewReport:
    return NewReport(indicator_id, which, Decimal(value), basis=basis, to_date=True)


def test_a_beginning_that_is_set_takes_what_came_before_off_everybodys_list(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        desk = desk_of(connection, made, SARI, LATER)
        assert min(one.period for one in desk.owed).first_month == 1
        desk.settings.choose(replace(desk.office.rules, begins=JUNE), desk.office.zone)
        assert {one.period.end for one in desk.owed} == {JUNE.end}
        assert [closing.end for closing in desk.closings] == [JUNE.end]
        desk.settings.choose(replace(desk.office.rules, begins=None), desk.office.zone)
        assert min(one.period for one in desk.owed).first_month == 1


def test_positions_are_asked_once_and_told_by_the_owner_alone(engine: Engine) -> None:
    with writing(engine) as connection:
        desk, ids = begin(connection)
        asked = {duty.code: which for duty, which in desk.beginnings.to_ask()}
        assert asked == {BUKU: MAY, PERDES: MAY, PBB: FIRST}
        desk.beginnings.note_asked({duty.post_id for duty in desk.duties})
        desk.beginnings.note_asked({duty.post_id for duty in desk.duties})
        assert (desk.beginnings.to_ask(), len(desk.beginnings.unknown)) == ((), 3)
        refused = (position(ids[GAJI], 10), position(ids[BUKU], 4, Period.month(2022, 4)), position(ids[PBB], 4))
        for wrong in refused:
            with pytest.raises(PermissionError):
                desk.beginnings.tell([wrong])
        desk.beginnings.tell([position(ids[BUKU], 4), position(ids[PBB], 25, FIRST, "laporan TW I")])
        assert {duty.code for duty, _which in desk.beginnings.told} == {BUKU, PBB}
        assert {duty.code for duty, _which in desk.beginnings.unknown} == {PERDES}
        buku = next(duty for duty in desk.duties if duty.code == BUKU)
        assert (buku.measure.opening, dict(buku.bases)) == (MAY, {MAY: "buku register"})
        assert (buku.figures[MAY].realisation, buku.figures[MAY].realisation_to_date) == (None, Decimal(4))
        with pytest.raises(PermissionError):
            desk.submit([NewReport(ids[BUKU], MAY, Decimal(1))])


def test_a_position_is_checked_as_every_figure_is_and_can_be_corrected(engine: Engine) -> None:
    with writing(engine) as connection:
        desk, ids = begin(connection)
        desk.beginnings.tell([position(ids[BUKU], 4)])
        desk.submit([NewReport(ids[BUKU], JUNE, Decimal(1))])
        admin = desk.for_person(desk.admins[0])
        waiting = {one.given.period: one.given for one in admin.checking.queue()}
        assert set(waiting) == {MAY, JUNE}
        admin.checking.verify([one.report_id for one in waiting.values()])
        buku = next(duty for duty in admin.duties + admin.office_duties if duty.code == BUKU)
        assert buku.standing(MAY) is Standing.VERIFIED
        again = replace(desk)
        again.beginnings.tell([replace(position(ids[BUKU], 5), reason="salah baca")])
        buku = next(duty for duty in again.duties if duty.code == BUKU)
        assert buku.figures[JUNE].realisation_to_date == Decimal(6)
        assert buku.standing(MAY) is Standing.REPORTED


def test_a_later_beginning_asks_again_and_the_newer_position_stands_for_the_older(engine: Engine) -> None:
    with writing(engine) as connection:
        desk, ids = begin(connection)
        desk.beginnings.tell([position(ids[BUKU], 4)])
        desk.settings.choose(replace(desk.office.rules, begins=Period.month(2022, 8)), desk.office.zone)
        asked = {duty.code: which for duty, which in desk.beginnings.unknown}
        assert asked[BUKU] == Period.month(2022, 7)
        desk.beginnings.tell([position(ids[BUKU], 7, Period.month(2022, 7))])
        buku = next(duty for duty in desk.duties if duty.code == BUKU)
        assert dict(buku.values) == {Period.month(2022, 7): Decimal(7)}


# --- in the office workbook -------------------------------------------------------------------------------------------

ROWS = (
    OpeningRow(BUKU, MAY, Decimal(4), "buku register"),
    OpeningRow(PERDES, Period.month(2022, 2), Decimal(1), "laporan TW I", alone=True),
)


def stated(*rows: OpeningRow) -> OfficePlan:
    return replace(PLAN, begins=JUNE, openings=rows)


def rows_of(connection: Connection, loaded: Loaded) -> list[tuple[str, Decimal, str, bool, str]]:
    report = table(Report)
    found = connection.execute(
        select(report.c.period, report.c.value, report.c.basis, report.c.to_date, report.c.source)
        .where(report.c.office_id == loaded.office_id)
        .order_by(report.c.id)
    )
    return [tuple(row) for row in found]


def test_a_workbook_brings_positions_along(engine: Engine) -> None:
    with writing(engine) as connection:
        loaded = load(connection, stated(*ROWS), NOW)
        assert rows_of(connection, loaded) == [
            ("2022-05", Decimal(4), "buku register", True, "awal"),
            ("2022-02", Decimal(1), "laporan TW I", False, "awal"),
        ]
        desk = desk_of(connection, look_up(connection, loaded), SARI, LATER)
        duties = {duty.code: duty for duty in desk.office_duties}
        assert duties[BUKU].figures[MAY].realisation_to_date == Decimal(4)
        assert (duties[PERDES].measure.opening, duties[PERDES].figures[JUNE].unknown_before) == (None, True)
        mended = load(connection, stated(replace(ROWS[0], value=Decimal(5)), ROWS[1]), NOW)
        assert [row[1] for row in rows_of(connection, mended)] == [Decimal(4), Decimal(1), Decimal(5)]
        unchanged = load(connection, stated(replace(ROWS[0], value=Decimal(5)), ROWS[1]), NOW)
        assert not unchanged.changed
