"""What was spent of the budget: append-only, across plan versions, by whom it belongs to."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import Connection, Engine, select

from domain.budget import BudgetLine, budget_figures
from domain.locks import Keeper
from domain.periods import Period
from domain.plan import OfficePlan, PastSpending
from storage import budgets
from storage.audit import Actor
from storage.budgets import NewBudgetReport
from storage.engine import writing
from storage.plans import apply_plan
from storage.tables import Audit, BudgetReport, table
from tests.offices import BUDGET, KASI, NOW, PELAKSANA, WITH_BUDGET, YEAR, MadeOffice, desk_of, look_up, make_office

DEWI, SARI, JOKO = "Dewi Lestari", "Sari Andini", "Joko Santosa"
JANUARY, FEBRUARY, MARCH, APRIL = (Period.month(YEAR, number) for number in range(1, 5))
LATER = NOW + timedelta(days=1)
REPORTED = datetime(YEAR, 2, 3, 17, 30, tzinfo=UTC)
"""01.30 WITA of 4 February."""
PAST = (
    PastSpending("5.1.01", JANUARY, Decimal(5_000_000), REPORTED, Decimal("8.5"), sample=True),
    PastSpending("7", JANUARY, Decimal(0), REPORTED),
)
ACTOR = Actor(None, None, "", "test", None)
_report = table(BudgetReport)


def line(connection: Connection, made: MadeOffice, code: str) -> BudgetLine:
    """The line of the current plan."""
    return next(one for one in budgets.lines(connection, made.id) if one.code == code)


def submit(
    connection: Connection,
    made: MadeOffice,
    name: str,
    code: str,
    spent: int | str,
    physical: int | None = None,
    *,
    month: Period = MARCH,
    reason: str = "",
) -> None:
    """Report one line at somebody's desk."""
    given = None if physical is None else Decimal(physical)
    new = NewBudgetReport(line(connection, made, code).id, month, Decimal(spent), given, reason=reason, message_id="77")
    desk_of(connection, made, name).submit_budget([new])


def revisions(connection: Connection) -> list[tuple[str, int, Decimal, Decimal | None, str]]:
    rows = connection.execute(select(_report).order_by(_report.c.id))
    return [(row.period, row.revision, row.spent, row.physical, row.reason) for row in rows]


def recorded(connection: Connection) -> list[tuple[str, str, str]]:
    audit = table(Audit)
    rows = connection.execute(select(audit).where(audit.c.action == "budget reported").order_by(audit.c.id))
    return [(row.old, row.new, row.reason) for row in rows]


def spent_by_month(lines: Sequence[BudgetLine]) -> dict[str, dict[str, Decimal]]:
    return {
        one.code: {month.code: position.spent for month, position in one.positions.items()}
        for one in lines
        if one.positions
    }


# --- the lines --------------------------------------------------------------------------------------------------


def test_the_lines_come_as_the_plan_has_them(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection, plan=WITH_BUDGET)
        found = budgets.lines(connection, made.id)
    titles = {post_id: title for title, post_id in made.posts.items()}
    assert [(one.code, one.name, one.level, one.pagu, one.revised, titles.get(one.post_id or 0)) for one in found] == [
        (row.code, row.name, row.level, row.pagu, row.revised, row.post) for row in BUDGET
    ]
    assert budget_figures("", found, MARCH).total.ceiling == 124_000_000


def test_a_workbook_brings_what_was_spent_before(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection, plan=replace(WITH_BUDGET, spending=PAST))
        gaji, desa = (line(connection, made, code).positions[JANUARY] for code in ("5.1.01", "7"))
    assert (gaji.spent, gaji.physical, gaji.sample) == (5_000_000, Decimal("8.5"), True)
    assert gaji.reported_on == date(YEAR, 2, 4)
    assert (desa.spent, desa.physical, desa.sample, desa.reporter_id) == (0, None, False, None)


def revised_plan() -> OfficePlan:
    """The next version: one line is gone, one is new, and a pagu changed; the workbook repeats what was spent."""
    kept = (BUDGET[0], BUDGET[1], replace(BUDGET[2], revised=Decimal(70_000_000)), BUDGET[4])
    new = replace(BUDGET[3], code="5.1.03", name="Pakaian Dinas")
    return replace(WITH_BUDGET, budget=(*kept[:3], new, kept[3]), spending=PAST, reason="DPA Perubahan")


def test_what_was_reported_stays_with_its_code_in_the_next_version(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection, plan=replace(WITH_BUDGET, spending=PAST))
        submit(connection, made, JOKO, "5.1.01", 6_000_000, month=JANUARY)
        submit(connection, made, JOKO, "5.1.02", 1_000_000)
        again = look_up(connection, apply_plan(connection, revised_plan(), LATER))
        found = budgets.lines(connection, again.id)
        assert spent_by_month(found) == {"5.1.01": {"2022-01": 6_000_000}, "7": {"2022-01": 0}}
        assert [one.code for one in found] == ["5", "5.1", "5.1.01", "5.1.03", "7"]
        assert len(revisions(connection)) == 4


def test_a_correction_under_the_next_version_holds(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection, plan=WITH_BUDGET)
        submit(connection, made, JOKO, "5.1.01", 6_000_000)
        apply_plan(connection, revised_plan(), LATER)
        submit(connection, made, JOKO, "5.1.01", 7_000_000, reason="SPJ menyusul")
        assert line(connection, made, "5.1.01").positions[MARCH].spent == 7_000_000
        assert [row for row in revisions(connection) if row[0] == "2022-03"] == [
            ("2022-03", 1, 6_000_000, None, ""),
            ("2022-03", 2, 7_000_000, None, "SPJ menyusul"),
        ]


def test_lines_of_two_years_stand_side_by_side(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection, plan=WITH_BUDGET)
        submit(connection, made, JOKO, "5.1.01", 6_000_000)
        apply_plan(connection, replace(WITH_BUDGET, year=YEAR + 1, indicators=(), questions=()), LATER)
        found = budgets.lines(connection, made.id)
    assert [one.year for one in found] == [YEAR] * 5 + [YEAR + 1] * 5
    assert [one.code for one in found if one.positions] == ["5.1.01"]


# --- reporting --------------------------------------------------------------------------------------------------


def test_a_report_is_stored_with_who_and_how(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection, plan=WITH_BUDGET)
        submit(connection, made, JOKO, "5.1.01", "12350000.50", 20)
        row = connection.execute(select(_report)).one()
        held = line(connection, made, "5.1.01").positions[MARCH]
        assert recorded(connection) == [("", "Rp12350000.50, 20 %", "")]
    assert (row.person_id, row.post_id, row.capacity) == (made.people[JOKO], made.posts[PELAKSANA], "definitif")
    assert (row.channel, row.source, row.message_id, row.reported_at) == ("telegram", "chat", "77", NOW)
    assert (held.spent, held.physical, held.reported_on) == (Decimal("12350000.50"), 20, date(YEAR, 3, 29))
    assert held.reporter_id == made.people[JOKO]


def test_the_same_figures_again_add_nothing(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection, plan=WITH_BUDGET)
        for spent, physical in (("6000000", 10), ("6000000.00", 10), ("6000000", None), ("6000000", None)):
            submit(connection, made, JOKO, "5.1.01", spent, physical)
        assert [row[1:4] for row in revisions(connection)] == [(1, 6_000_000, 10), (2, 6_000_000, None)]
        assert [new for _, new, _ in recorded(connection)] == ["Rp6000000, 10 %", "Rp6000000"]


def test_a_real_report_takes_the_place_of_an_invented_one_with_the_same_figures(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection, plan=replace(WITH_BUDGET, spending=PAST[:1]))
        new = NewBudgetReport(line(connection, made, "5.1.01").id, JANUARY, Decimal(5_000_000), Decimal("8.5"))
        desk_of(connection, made, JOKO).submit_budget([new])
        assert not line(connection, made, "5.1.01").positions[JANUARY].sample


def test_what_was_read_before_a_report_is_read_again_after_it(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection, plan=WITH_BUDGET)
        desk = desk_of(connection, made, SARI)
        assert spent_by_month(desk.budget) == {}
        desk.submit_budget([NewBudgetReport(desk.own_budget[0].id, MARCH, Decimal(1), None)])
        assert spent_by_month(desk.budget) == spent_by_month(desk.own_budget) == {"7": {"2022-03": 1}}


# --- who may, and when ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "codes"), [(JOKO, ["5.1.01", "5.1.02"]), (SARI, ["7"]), (DEWI, [])])
def test_everybody_sees_the_lines_of_their_own_posts(engine: Engine, name: str, codes: list[str]) -> None:
    with writing(engine) as connection:
        desk = desk_of(connection, make_office(connection, plan=WITH_BUDGET), name)
        assert [one.code for one in desk.own_budget] == codes
        assert len(desk.budget) == 5


def test_a_line_of_another_post_is_refused_but_not_to_the_admin(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection, plan=WITH_BUDGET)
        with pytest.raises(PermissionError, match="not theirs"):
            submit(connection, made, SARI, "5.1.01", 1)
        submit(connection, made, DEWI, "7", 1_000_000)
        row = connection.execute(select(_report)).one()
        actor = connection.execute(select(table(Audit)).where(table(Audit).c.action == "budget reported")).one()
    assert (row.person_id, row.post_id) == (made.people[DEWI], made.posts[KASI])
    assert (actor.post_id, actor.capacity) == (made.posts["Kasubbag Perencanaan"], "definitif")


@pytest.mark.parametrize("name", [JOKO, DEWI])
def test_a_line_above_others_takes_no_report(engine: Engine, name: str) -> None:
    with writing(engine) as connection:
        made = make_office(connection, plan=WITH_BUDGET)
        with pytest.raises(PermissionError):
            submit(connection, made, name, "5.1", 1)
        with pytest.raises(PermissionError):
            new = NewBudgetReport(line(connection, made, "5.1").id, MARCH, Decimal(1), None)
            budgets.submit(connection, made.id, [new], ACTOR, NOW, "test")


def test_a_line_of_an_earlier_version_takes_no_report(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection, plan=WITH_BUDGET)
        old = line(connection, made, "5.1.01").id
        apply_plan(connection, revised_plan(), LATER)
        with pytest.raises(PermissionError):
            budgets.submit(connection, made.id, [NewBudgetReport(old, MARCH, Decimal(1), None)], ACTOR, NOW, "test")


@pytest.mark.parametrize("month", [APRIL, Period.month(YEAR + 1, 1)])
def test_a_month_that_has_not_begun_takes_no_report(engine: Engine, month: Period) -> None:
    with writing(engine) as connection:
        made = make_office(connection, plan=WITH_BUDGET)
        with pytest.raises(PermissionError, match="not open"):
            submit(connection, made, JOKO, "5.1.01", 1, month=month)


def test_a_locked_month_takes_no_report_until_it_is_opened(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection, plan=WITH_BUDGET)
        desk_of(connection, made, DEWI).locks.turn(FEBRUARY, Keeper.ADMIN, "", locks=True)
        for name in (JOKO, DEWI):
            with pytest.raises(PermissionError, match="locked"):
                submit(connection, made, name, "5.1.01", 1, month=FEBRUARY)
        submit(connection, made, JOKO, "5.1.01", 1, month=MARCH)
        desk_of(connection, made, DEWI).locks.turn(FEBRUARY, Keeper.ADMIN, "", locks=False)
        submit(connection, made, JOKO, "5.1.01", 1, month=FEBRUARY)
        assert [row[0] for row in revisions(connection)] == ["2022-03", "2022-02"]


def test_one_refused_line_refuses_all_that_came_with_it(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection, plan=WITH_BUDGET)
        ids = [line(connection, made, code).id for code in ("5.1.01", "7")]
        with pytest.raises(PermissionError):
            desk_of(connection, made, JOKO).submit_budget(
                [NewBudgetReport(one, MARCH, Decimal(1), None) for one in ids]
            )
        assert revisions(connection) == []


@pytest.mark.parametrize(
    ("period", "spent", "physical"),
    [(Period.quarter(YEAR, 1), 1, None), (MARCH, -1, None), (MARCH, 1, 101), (MARCH, 1, -1)],
)
def test_figures_that_cannot_be_are_no_report(period: Period, spent: int, physical: int | None) -> None:
    with pytest.raises(ValueError, match=r"month|spent|built"):
        NewBudgetReport(1, period, Decimal(spent), None if physical is None else Decimal(physical))
