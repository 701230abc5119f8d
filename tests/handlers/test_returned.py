"""What was returned while a sitting is open takes its place in it, and what is asked stays what it was."""

from datetime import UTC, date, datetime
from decimal import Decimal

from sqlalchemy import Engine

from domain.periods import Period
from domain.plan import Capacity
from handlers.report.sitting import Draft, Entry, sitting_of
from storage.engine import writing
from storage.reports import NewReport
from storage.rows import add
from storage.tables import Tenure, table
from tests.offices import ARSIP, BUKU, GAJI, KASI, PERDES, desk_of, make_office

JULY, AT = Period.month(2022, 7), datetime(2022, 7, 20, 2, tzinfo=UTC)
JOKO, RATNA = "Joko Santosa", "Ratna Dewanti"


def test_it_comes_after_what_is_due_and_before_what_is_late(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        plt = {"post_id": made.posts[KASI], "person_id": made.people[JOKO], "capacity": Capacity.PLT}
        add(connection, table(Tenure), {**plt, "starts": date(2022, 7, 1)})
        desk = desk_of(connection, made, JOKO, AT)
        desk.submit([NewReport(made.indicators[BUKU], JULY, Decimal(1))])
        gaji, perdes, arsip = (made.indicators[code] for code in (GAJI, PERDES, ARSIP))
        draft = Draft(end=JULY.end, order=(gaji, perdes, arsip), at=1, entries={gaji: Entry(value=Decimal(10))})
        before = sitting_of(draft, desk)
        desk_of(connection, made, RATNA, AT).return_report(made.indicators[BUKU], JULY, Decimal(1), "Mohon bukti")
        after = sitting_of(draft, desk_of(connection, made, JOKO, AT))
    assert before is not None
    assert after is not None
    assert [item.duty.code for item in before.items] == [GAJI, PERDES, ARSIP]
    assert [item.duty.code for item in after.items] == [GAJI, BUKU, PERDES, ARSIP]
    assert (before.item.duty.code, after.item.duty.code) == (PERDES, PERDES)
    assert (before.due, after.due) == (1, 2)
