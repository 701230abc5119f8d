"""Corrections asked for after a lock: entered once, decided once by whoever verifies, recorded all the same."""

from dataclasses import dataclass, replace
from decimal import Decimal

import pytest
from sqlalchemy import Connection, Engine, delete, select, text, update
from sqlalchemy.exc import DatabaseError

from domain.corrections import CorrectionDecided, Decision
from domain.locks import Keeper
from domain.office_rules import OfficeRules
from domain.periods import Period
from domain.standing import Standing
from storage.desk import Desk
from storage.engine import writing
from storage.figures import recount
from storage.plans import apply_plan
from storage.reports import NewReport
from storage.reviews import ReportChanged
from storage.tables import Audit, CorrectionRequest, Report, Review, table
from tests.offices import ARSIP, BUKU, IKM, NOW, PLAN, MadeOffice, desk_of, look_up, make_office

RATNA, AGUS, DEWI, SARI, JOKO = "Ratna Dewanti", "Agus Prasetya", "Dewi Lestari", "Sari Andini", "Joko Santosa"
EVERYBODY = (RATNA, AGUS, DEWI, SARI, JOKO)
MARCH, QUARTER = Period.month(2022, 3), Period.quarter(2022, 4)
WHY = "Satu desa terlewat."
_report, _request, _review, _audit = table(Report), table(CorrectionRequest), table(Review), table(Audit)


@dataclass(frozen=True)
class Place:
    connection: Connection
    made: MadeOffice

    def desk(self, name: str) -> Desk:
        return desk_of(self.connection, self.made, name)

    def lock(self, *, locks: bool = True, period: Period = MARCH) -> None:
        self.desk(DEWI).locks.turn(period, Keeper.ADMIN, "", locks=locks)

    def ask(self, value: int = 2, by: str = SARI, code: str = BUKU, period: Period = MARCH) -> int:
        new = NewReport(
            self.made.indicators[code],
            period,
            Decimal(value),
            reason=WHY,
            note="Lihat berita acara.",
            confirmed_doubt="above_annual",
            message_id="m-9",
        )
        return self.desk(by).corrections.ask(new)

    def actions(self) -> list[str]:
        wanted = select(_audit.c.action).where(_audit.c.subject.like("indicator %")).order_by(_audit.c.id)
        return list(self.connection.execute(wanted).scalars())


def locked(connection: Connection, *, code: str = BUKU, by: str = SARI, period: Period = MARCH) -> Place:
    """An office in which 1 was reported for a period that is locked."""
    place = Place(connection, make_office(connection))
    place.desk(by).submit([NewReport(place.made.indicators[code], period, Decimal(1))])
    place.lock(period=period)
    return place


def test_it_waits_for_whoever_verifies_and_for_nobody_else(engine: Engine) -> None:
    with writing(engine) as connection:
        place = locked(connection)
        place.ask()
        waiting = {name: [card.value for card in place.desk(name).corrections.waiting()] for name in EVERYBODY}
        (card,) = place.desk(JOKO).corrections.open()
    assert waiting == {RATNA: [], AGUS: [], DEWI: [2], SARI: [], JOKO: []}
    assert (card.old, card.value, card.reason, card.decision, card.is_open) == (1, 2, WHY, Decision.ASKED, True)


def test_agreed_it_is_recorded_by_whoever_asked_and_verified_by_whoever_agreed(engine: Engine) -> None:
    with writing(engine) as connection:
        place = locked(connection)
        request_id = place.ask()
        desk = place.desk(DEWI)
        desk.corrections.agree(request_id)
        duty = next(duty for duty in desk.office_duties if duty.code == BUKU)
        newest = connection.execute(select(_report).order_by(_report.c.id.desc()).limit(1)).one()
        review = connection.execute(select(_review)).one()
        card = place.desk(SARI).corrections.get(request_id)
        people = place.made.people
        assert card is not None
        assert (duty.values[MARCH], duty.standing(MARCH)) == (2, Standing.VERIFIED)
        assert duty.figures[MARCH].realisation_to_date == 2
        assert (newest.revision, newest.person_id, newest.reason, newest.note) == (
            2,
            people[SARI],
            WHY,
            "Lihat berita acara.",
        )
        assert (newest.confirmed_doubt, newest.message_id, newest.capacity) == ("above_annual", "m-9", "definitif")
        assert (review.report_id, review.verdict, review.person_id) == (newest.id, "verified", people[DEWI])
        assert (card.decision, card.decided_by, card.is_open) == (Decision.AGREED, people[DEWI], False)
        assert place.actions() == ["reported", "correction asked", "correction agreed", "reported", "verified"]
        assert recount(connection, place.made.id).is_right


def test_declined_the_figure_stays(engine: Engine) -> None:
    with writing(engine) as connection:
        place = locked(connection)
        request_id = place.ask()
        before = connection.execute(select(_report)).all()
        place.desk(DEWI).corrections.decline(request_id, "Buktinya belum ada")
        card = place.desk(SARI).corrections.get(request_id)
        assert card is not None
        assert connection.execute(select(_report)).all() == before
        assert (card.decision, card.decision_reason) == (Decision.DECLINED, "Buktinya belum ada")
        assert place.desk(DEWI).corrections.open() == ()
        entry = connection.execute(select(_audit).where(_audit.c.action == "correction declined")).one()
        assert (entry.old, entry.new, entry.reason, entry.channel) == ("1", "2", "Buktinya belum ada", "telegram")
        assert place.ask(3) != request_id


@pytest.mark.parametrize("name", [SARI, JOKO, RATNA, AGUS])
def test_whoever_does_not_verify_decides_nothing(engine: Engine, name: str) -> None:
    with writing(engine) as connection:
        place = locked(connection)
        request_id = place.ask()
        book = place.desk(name).corrections
        for decide in (lambda: book.agree(request_id), lambda: book.decline(request_id, WHY)):
            with pytest.raises(PermissionError), connection.begin_nested():
                decide()
        assert len(book.open()) == 1


def test_nobody_decides_what_they_asked_for_unless_the_office_allows_it(engine: Engine) -> None:
    with writing(engine) as connection:
        place = locked(connection, code=IKM, by=DEWI, period=QUARTER)
        request_id = place.ask(84, DEWI, IKM, QUARTER)
        given = place.desk(DEWI).corrections.open()[0].given
        assert place.desk(DEWI).corrections.deciders(given, place.made.people[DEWI]) == (place.made.people[AGUS],)
        with pytest.raises(PermissionError), connection.begin_nested():
            place.desk(DEWI).corrections.agree(request_id)
        desk = place.desk(DEWI)
        rules = OfficeRules.from_json({**desk.office.rules.to_json(), "verification": {"own_allowed": True}})
        desk.settings.choose(rules, desk.office.zone)
        place.desk(DEWI).corrections.agree(request_id)


def test_one_request_of_a_figure_is_open_at_a_time(engine: Engine) -> None:
    with writing(engine) as connection:
        place = locked(connection)
        first = place.ask()
        with pytest.raises(PermissionError, match="already"), connection.begin_nested():
            place.ask(3)
        place.desk(SARI).corrections.withdraw(first)
        second = place.ask(3)
        with pytest.raises(PermissionError), connection.begin_nested():
            place.desk(JOKO).corrections.withdraw(second)
        assert [card.id for card in place.desk(DEWI).corrections.open()] == [second]


def test_what_was_decided_is_not_decided_again(engine: Engine) -> None:
    with writing(engine) as connection:
        place = locked(connection)
        request_id = place.ask()
        book = place.desk(DEWI).corrections
        book.agree(request_id)
        for decide in (lambda: book.agree(request_id), lambda: book.decline(request_id, WHY)):
            with pytest.raises(CorrectionDecided):
                decide()
        with pytest.raises(CorrectionDecided):
            place.desk(SARI).corrections.withdraw(request_id)
        assert connection.execute(select(_report.c.value).order_by(_report.c.id)).scalars().all() == [1, 2]


def test_nothing_is_asked_for_that_can_be_corrected_or_is_somebody_elses(engine: Engine) -> None:
    with writing(engine) as connection:
        place = locked(connection)
        with pytest.raises(PermissionError):
            place.ask(by=JOKO)
        with pytest.raises(PermissionError):
            place.ask(code=ARSIP)
        place.lock(locks=False)
        with pytest.raises(PermissionError):
            place.ask()


def test_once_the_lock_is_off_nothing_is_decided_and_a_changed_figure_ends_the_request(engine: Engine) -> None:
    with writing(engine) as connection:
        place = locked(connection)
        request_id = place.ask()
        place.lock(locks=False)
        with pytest.raises(PermissionError), connection.begin_nested():
            place.desk(DEWI).corrections.agree(request_id)
        place.desk(SARI).submit([NewReport(place.made.indicators[BUKU], MARCH, Decimal(5))])
        place.lock()
        assert place.desk(DEWI).corrections.open() == ()
        with pytest.raises(ReportChanged), connection.begin_nested():
            place.desk(DEWI).corrections.agree(request_id)


def test_it_stands_under_a_newer_version_of_the_plan_too(engine: Engine) -> None:
    with writing(engine) as connection:
        place = locked(connection)
        request_id = place.ask()
        renewed = look_up(connection, apply_plan(connection, replace(PLAN, document="Nomor 2"), NOW))
        assert renewed.indicators[BUKU] != place.made.indicators[BUKU]
        (card,) = desk_of(connection, renewed, DEWI).corrections.open()
        assert (card.id, card.duty.id) == (request_id, renewed.indicators[BUKU])
        desk_of(connection, renewed, DEWI).corrections.agree(request_id)
        duty = next(duty for duty in desk_of(connection, renewed, SARI).duties if duty.code == BUKU)
        assert duty.values[MARCH] == 2


ASKED = ("value", "numerator", "denominator", "reason", "note", "period", "report_id", "person_id", "asked_at")


@pytest.mark.parametrize("column", ASKED)
def test_the_database_refuses_to_change_what_was_asked(engine: Engine, column: str) -> None:
    with writing(engine) as connection:
        locked(connection).ask()
    with pytest.raises(DatabaseError, match="only added to"), writing(engine) as connection:
        connection.execute(text(f"UPDATE correctionrequest SET {column} = {column}"))
    with pytest.raises(DatabaseError, match="only added to"), writing(engine) as connection:
        connection.execute(update(_request).values({column: _request.c[column]}))


def test_the_database_refuses_to_delete_a_request_and_to_decide_it_again(engine: Engine) -> None:
    with writing(engine) as connection:
        place = locked(connection)
        place.desk(DEWI).corrections.agree(place.ask())
    with pytest.raises(DatabaseError, match="only added to"), writing(engine) as connection:
        connection.execute(delete(_request))
    with pytest.raises(DatabaseError, match="only added to"), writing(engine) as connection:
        connection.execute(update(_request).values(decision="declined"))


def test_the_database_takes_one_open_request_of_a_report(engine: Engine) -> None:
    with writing(engine) as connection:
        locked(connection).ask()
    with pytest.raises(DatabaseError), writing(engine) as connection:
        row = dict(connection.execute(select(_request)).mappings().one())
        connection.execute(_request.insert().values({**row, "id": row["id"] + 1}))
