"""The budget added up one level, worked out by hand for the end of March 2022.

    code      pagu   perubahan  spent   fisik   reads
    5          100                  12      36   12 of 100 printed (its lines add up to 96): 12 %
    5.1                             12      36   of 60 + 36: 12,5 %
    5.1.01      60                  12      40   20 %
    5.1.02      30          36       -       -   belum dilaporkan
    7           24                   0       0   0 %, reported as nothing

The total is 124 (100 + 24, the lines at the top alone); 12 of it is 9,68 %.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.budget import (
    BudgetLine,
    BudgetPosition,
    LineFigures,
    budget_figures,
    gaps,
    opens,
    owed,
    planned,
    reporting_lines,
)
from domain.extensions import Decision, Extension
from domain.office import Office
from domain.office_rules import OfficeRules
from domain.periods import Period
from domain.plan import BudgetRow, IndicatorRow, Level
from domain.working_calendar import WorkingCalendar
from tests.samples.sample_plans import PLANS, indicators, printed

YEAR = 2022
JANUARY, FEBRUARY, MARCH, APRIL = (Period.month(YEAR, number) for number in range(1, 5))
OFFICE = Office("Asia/Jakarta", OfficeRules(), WorkingCalendar(frozenset()), {}, ())


def position(spent: int | str, physical: int | str | None = None, *, sample: bool = False) -> BudgetPosition:
    given_physical = None if physical is None else Decimal(physical)
    return BudgetPosition(Decimal(spent), given_physical, None, date(YEAR, 4, 1), sample)


def line(
    code: str,
    pagu: int | str | None = None,
    revised: int | str | None = None,
    positions: Mapping[Period, BudgetPosition] | None = None,
    *,
    year: int = YEAR,
) -> BudgetLine:
    limits = [None if value is None else Decimal(value) for value in (pagu, revised)]
    number = hash((year, code))
    return BudgetLine(
        number, code, f"Baris {code}", Level.KEGIATAN, year, *limits, post_id=1, positions=positions or {}
    )


LINES = (
    line("5", 100),
    line("5.1"),
    line("5.1.01", 60, positions={FEBRUARY: position(7, 20), MARCH: position(12, 40)}),
    line("5.1.02", 30, 36, {FEBRUARY: position(9, 30)}),
    line("7", 24, positions={MARCH: position(0, 0)}),
)


def by_code(*lines: BudgetLine, of: Period = MARCH) -> dict[str, LineFigures]:
    """The figures of each line, the total under no code."""
    figures = budget_figures("Kecamatan Contoh", lines, of)
    return {one.code: one for one in (*figures.lines, figures.total)}


def rounded(value: Decimal | None) -> str:
    return "-" if value is None else f"{value:.2f}"


# --- what is added ----------------------------------------------------------------------------------------------


def test_the_lines_of_the_example_read_as_worked_out_by_hand() -> None:
    read = {
        code: (one.ceiling, one.spent, rounded(one.absorbed), rounded(one.physical), f"{one.reported}/{one.due}")
        for code, one in by_code(*LINES).items()
    }
    assert read == {
        "5": (100, 12, "12.00", "40.00", "1/2"),
        "5.1": (96, 12, "12.50", "40.00", "1/2"),
        "5.1.01": (60, 12, "20.00", "40.00", "1/1"),
        "5.1.02": (36, None, "-", "-", "0/1"),
        "7": (24, 0, "0.00", "0.00", "1/1"),
        "": (124, 12, "9.68", "28.57", "2/3"),
    }


def test_the_lines_stay_in_the_order_of_the_plan_with_their_depth() -> None:
    figures = budget_figures("Kecamatan Contoh", tuple(reversed(LINES)), MARCH)
    assert [(one.code, one.depth) for one in figures.lines] == [
        ("7", 0), ("5.1.02", 2), ("5.1.01", 2), ("5.1", 1), ("5", 0),
    ]  # fmt: skip
    assert (figures.office, figures.period, figures.total.depth) == ("Kecamatan Contoh", "2022-03", 0)


def test_an_earlier_month_never_stands_in_for_one_that_was_not_reported() -> None:
    assert by_code(*LINES, of=FEBRUARY)["5.1.02"].spent == 9
    assert by_code(*LINES, of=MARCH)["5.1.02"].spent is None
    assert by_code(*LINES, of=APRIL)[""].spent is None
    assert by_code(*LINES, of=APRIL)[""].absorbed is None


@pytest.mark.parametrize(("of", "month"), [("2022-TW1", "2022-03"), ("2022", "2022-12"), ("2022-02", "2022-02")])
def test_a_quarter_and_a_year_are_taken_at_their_last_month(of: str, month: str) -> None:
    assert budget_figures("", LINES, Period.parse(of)) == budget_figures("", LINES, Period.parse(month))


def test_the_pagu_before_the_change_is_kept_beside_the_one_that_holds() -> None:
    figures = by_code(*LINES)
    assert (figures["5.1.02"].pagu, figures["5.1.02"].ceiling) == (30, 36)
    assert (figures["5.1"].pagu, figures["5.1"].ceiling) == (90, 96)


def test_a_line_without_any_pagu_has_no_share_spent() -> None:
    bare = line("9", positions={MARCH: position(5, 10)})
    figures = by_code(bare)
    assert (figures["9"].ceiling, figures["9"].spent, figures["9"].absorbed) == (None, 5, None)
    assert (figures["9"].physical, figures[""].physical) == (10, None)
    assert by_code(line("9", 0, positions={MARCH: position(0)}))["9"].absorbed is None


def test_what_was_once_reported_of_a_line_above_others_is_not_added_again() -> None:
    above = line("5", positions={MARCH: position(99)})
    assert by_code(above, line("5.1", 10, positions={MARCH: position(4)}))["5"].spent == 4


def test_lines_of_another_year_stand_apart() -> None:
    others = (line("5", 70, year=YEAR + 1), line("5.1.01", 1, year=YEAR + 1))
    assert by_code(*LINES, *others) == by_code(*LINES)


@pytest.mark.parametrize(
    ("codes", "depths"),
    [
        ("5 5.1 5.10 5.1.2", (0, 1, 1, 2)),
        ("5.1 5.11 5.1.1", (0, 0, 1)),
        ("5 5.1.2", (0, 1)),
        ("51 5", (0, 0)),
    ],
)
def test_a_line_stands_below_the_longest_code_that_its_own_begins_with(codes: str, depths: tuple[int, ...]) -> None:
    figures = budget_figures("", tuple(line(code, 1) for code in codes.split()), MARCH)
    assert tuple(one.depth for one in figures.lines) == depths


def test_a_missing_realisasi_fisik_leaves_that_of_the_others() -> None:
    lines = (
        line("5.1", 30, positions={MARCH: position(1, 10)}),
        line("5.2", 60, positions={MARCH: position(1)}),
        line("5.3", 10, positions={MARCH: position(1, 50)}),
    )
    assert by_code(*lines)[""].physical == 20  # (30 x 10 + 10 x 50) / 40
    assert by_code(*lines)[""].complete


def test_an_invented_position_marks_the_figures() -> None:
    invented = line("5", 10, positions={FEBRUARY: position(1, sample=True), MARCH: position(2)})
    assert budget_figures("", (invented,), FEBRUARY).sample
    assert not budget_figures("", (invented,), MARCH).sample


def test_an_office_without_a_budget_has_nothing_in_total() -> None:
    total = budget_figures("", (), MARCH).total
    assert (total.ceiling, total.spent, total.due) == (None, None, 0)


amount = st.decimals(0, 10**12, places=2)


@given(st.lists(st.tuples(amount, amount), min_size=1, max_size=30))
def test_nothing_is_lost_in_adding(amounts: list[tuple[Decimal, Decimal]]) -> None:
    heads = tuple(line(f"{number}") for number in range(1, 4))
    leaves = tuple(
        line(f"{number % 4 + 1}.{number}", str(pagu), positions={MARCH: position(str(spent))})
        for number, (pagu, spent) in enumerate(amounts)
    )
    total = by_code(*heads, *leaves)[""]
    assert total.spent == sum(spent for _, spent in amounts)
    assert total.ceiling == sum(pagu for pagu, _ in amounts)


# --- the printed budgets ----------------------------------------------------------------------------------------


def rung(row: IndicatorRow) -> tuple[str, ...]:
    """The rungs of the plan that a row stands on, from the programme down."""
    levels = ("program", "kegiatan", "sub_kegiatan")
    return tuple(row.path[level] for level in levels if level in row.path)


def printed_lines(plan: str, *, with_aksi: bool) -> tuple[BudgetLine, ...]:
    """What the document prints as budget lines: every amount of a programme, kegiatan, sub kegiatan and aksi."""
    numbers: dict[tuple[str, ...], str] = {}
    found: list[BudgetLine] = []
    rows = indicators(plan)
    for amount_row in (row for row in printed(plan) if row.budget is not None):
        row = rows[amount_row.code]
        if row.level is Level.AKSI and not with_aksi:
            continue
        path = (*rung(row), row.code) if row.level is Level.AKSI else rung(row)
        numbers[path] = f"{numbers.get(path[:-1], '9')}.{len(found) + 1}"
        found.append(line(numbers[path], str(amount_row.budget)))
    return tuple(found)


@pytest.mark.parametrize("with_aksi", [False, True])
def test_randuagung_is_added_once_whatever_stands_below(with_aksi: bool) -> None:
    """66 of its 68 aksi carry an amount; one sub kegiatan has no aksi with one. They add up to less than is printed."""
    lines = printed_lines("randuagung-2024", with_aksi=with_aksi)
    assert (len(lines), len(reporting_lines(lines))) == ((121, 67) if with_aksi else (55, 35))
    assert budget_figures("", lines, MARCH).total.ceiling == 1_916_486_189


def test_sidayu_is_the_sum_of_its_29_kegiatan() -> None:
    lines = printed_lines("sidayu-2020", with_aksi=True)
    assert len(lines) == len(reporting_lines(lines)) == 29
    assert budget_figures("", lines, MARCH).total.ceiling == 1_021_600_000


def test_the_other_plans_print_no_whole_amount() -> None:
    assert [plan for plan in PLANS if printed_lines(plan, with_aksi=True)] == ["randuagung-2024", "sidayu-2020"]


def test_a_pagu_that_differs_from_what_stands_below_is_told() -> None:
    assert [(gap.line.code, gap.below) for gap in gaps(LINES, YEAR)] == [("5", 96)]
    assert gaps(LINES, YEAR + 1) == ()


def test_the_aksi_of_randuagung_contradict_what_is_printed_above_them_once() -> None:
    gap, *others = gaps(printed_lines("randuagung-2024", with_aksi=True), YEAR)
    assert (gap.line.ceiling, gap.below, others) == (13_200_000, 20_250_000, [])
    assert gaps(printed_lines("randuagung-2024", with_aksi=False), YEAR) == ()


def test_the_lines_of_a_plan_are_taken_before_anything_is_reported() -> None:
    rows = (
        BudgetRow("5", "A", Level.PROGRAM, None),
        BudgetRow("5.1", "B", Level.KEGIATAN, Decimal(3), post="Bendahara"),
    )
    total = budget_figures("", planned(rows, YEAR), MARCH).total
    assert (total.ceiling, total.spent, total.due) == (3, None, 1)


# --- what is reported, and when ---------------------------------------------------------------------------------


def test_what_stands_above_no_other_is_reported() -> None:
    assert [one.code for one in reporting_lines(LINES)] == ["5.1.01", "5.1.02", "7"]


@pytest.mark.parametrize(
    ("today", "months"),
    [
        (date(2021, 12, 31), 0),
        (date(2022, 1, 1), 1),
        (date(2022, 3, 15), 3),
        (date(2022, 12, 1), 12),
        (date(2023, 2, 28), 12),
        (date(2023, 3, 1), 0),
    ],
)
def test_the_months_that_have_begun_are_open_until_the_year_is_closed(today: date, months: int) -> None:
    assert [month.number for month in opens(line("5", 1), today, OFFICE)] == list(range(1, months + 1))


def test_more_time_for_the_year_keeps_its_months_open() -> None:
    until = date(2023, 3, 31)
    asked = until - timedelta(days=40)
    extension = Extension(1, Period.whole_year(YEAR), "", asked, Decision.GRANTED, asked, until)
    office = Office("Asia/Jakarta", OfficeRules(), WorkingCalendar(frozenset()), {}, (), extensions=(extension,))
    assert len(opens(line("5", 1), until, office)) == 12
    assert owed(line("5", 1), MARCH).post_id == 1
