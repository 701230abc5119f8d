"""What "periksa" offers once the figures of a picture have changed."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from sqlalchemy import Engine

from domain.periods import Period
from domain.plan import BudgetRow, Level
from handlers.messages import Chart, Choose
from handlers.pictures import picture, spending
from handlers.verifying import check
from storage.budgets import NewBudgetReport
from storage.engine import writing
from tests.offices import PLAN, desk_of, make_office

APRIL = datetime(2022, 4, 6, 2, tzinfo=UTC)
LATER = APRIL + timedelta(hours=1)
JOKO = "Joko Santosa"
MONEY = replace(
    PLAN,
    budget=(BudgetRow("5.1", "Administrasi Keuangan", Level.KEGIATAN, Decimal(40_000_000), post="Pengelola Gaji"),),
)


def test_a_picture_of_money_that_has_changed_leads_to_the_new_one(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection, plan=MONEY)
        desk = desk_of(connection, made, JOKO, APRIL)
        shown = spending(desk)
        assert isinstance(shown, Chart)
        later = desk_of(connection, made, JOKO, LATER)
        later.submit_budget([NewBudgetReport(later.own_budget[0].id, Period.month(2022, 3), Decimal(12_350_000), None)])
        told = check(later, str(shown.snapshot))
        assert isinstance(told, Choose) and "1 baris anggaran (Administrasi Keuangan)" in told.text
        assert [option.key for option in told.options] == ["!serapan"]
        new = picture(desk_of(connection, made, JOKO, LATER), "keuangan")
    assert isinstance(new, Chart) and "Rp12.350.000 dari Rp40.000.000" in new.caption
