"""The figures of the official forms, worked out by hand.

Over the years (E.81 columns 13 and 14, T-C.29 columns 10 and 11), with a Renstra of 3 years before:

    indicator          mode    before  this year   13       why
    Desa dibina        SUM     120     3           123      amounts add up
    Fasilitasi (%)     LEVEL   100     100         100      and never 200; Randuagung prints 300 for three such years
    Rapat (%)          SUM     100     22+29       51       a percentage of this year, though it adds up within it
    PBB (%)            CUM     100     50          50       a position
    Laporan akhir      SINGLE  2       1           3        delivered once a year, counted
    IKM                SINGLE  82      84          84       an index
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from decimal import Decimal

import pytest

from domain.budget import BudgetLine, BudgetPosition
from domain.forms.paten_form import PatenForm, paten_form
from domain.forms.renaksi_form import RenaksiForm, Status, renaksi_form
from domain.forms.renja_form import RenjaForm, renja_form
from domain.forms.rfk_form import rfk_form
from domain.forms.source import FormSource, Particulars, Rung, Sent
from domain.forms.tc29_form import Tc29Form, tc29_form
from domain.modes import Mode, Polarity, Rhythm
from domain.office import Office
from domain.office_rules import OfficeRules
from domain.openings import Duty
from domain.periods import Period
from domain.plan import Capacity, Level, Role
from domain.reasons import ALL_ZERO
from domain.renstra import RenstraFigures
from domain.reviews import Returned
from domain.roles import OrgPost
from domain.working_calendar import WorkingCalendar
from domain.zones import instant, local
from tests.duties import duty, service

POSTS = {
    1: OrgPost(1, "Camat", Role.CAMAT, None),
    4: OrgPost(4, "Kasi Pemerintahan", Role.KASI, 1, "Seksi Pemerintahan"),
}
OFFICE = Office("Asia/Jakarta", OfficeRules(), WorkingCalendar(frozenset()), POSTS, ())
MARCH, YEAR = Period.month(2022, 3), Period.whole_year(2022)
FIRST, SECOND = Period.quarter(2022, 1), Period.quarter(2022, 2)
PROGRAM = Rung(Level.PROGRAM, "Program Pemerintahan Umum")
KEGIATAN = Rung(Level.KEGIATAN, "Koordinasi Pemerintahan")
TEN = time(10)
MONTHLY = "1 1 1 1 1 1 1 1 1 1 1 1"


def source(
    duties: Sequence[Duty],
    today: date,
    *,
    about: Mapping[int, Particulars] | None = None,
    renstra: Mapping[int, RenstraFigures] | None = None,
    budget: Sequence[BudgetLine] = (),
) -> FormSource:
    """An office with these indicators, all of them under one program unless something else is said."""
    plain = {one.id: Particulars(Level.PROGRAM, (PROGRAM,)) for one in duties}
    return FormSource(
        "Kecamatan Sukamaju", "Wanasari", duties, OFFICE, today, {**plain, **(about or {})}, renstra or {}, budget
    )


def of_unit(one: Duty, unit: str) -> Duty:
    return replace(one, unit=unit)


# --- over the years -----------------------------------------------------------------------------------------------

DESA = duty("Desa dibina", "1 1 1 1", {"2022-TW1": 1, "2022-TW2": 2}, number=1)
FASILITASI = of_unit(
    duty("Fasilitasi", "100 100 100 100", {"2022-TW1": 100, "2022-TW2": 100}, number=2, mode=Mode.LEVEL), "%"
)
RAPAT = of_unit(duty("Rapat", "22 29 28 21", {"2022-TW1": 22, "2022-TW2": 29}, number=3), "%")
PBB = of_unit(duty("PBB", "25 50 75 100", {"2022-TW1": 25, "2022-TW2": 50}, number=4, mode=Mode.CUM), "%")
LAPORAN = of_unit(duty("Laporan akhir", "- 1 - -", {"2022-TW2": 1}, number=5, mode=Mode.SINGLE), "Laporan")
IKM = of_unit(duty("IKM", "- 84 - -", {"2022-TW2": 84}, number=6, mode=Mode.SINGLE), "nilai")
ALL = (DESA, FASILITASI, RAPAT, PBB, LAPORAN, IKM)
BEFORE = {1: 120, 2: 100, 3: 100, 4: 100, 5: 2, 6: 82}
RENSTRA = {key: RenstraFigures(end_target=Decimal(100), before=Decimal(value)) for key, value in BEFORE.items()}


def evaluated(duties: Sequence[Duty], renstra: Mapping[int, RenstraFigures], period: Period = SECOND) -> RenjaForm:
    form = renja_form(source(duties, date(2022, 7, 1), renstra=renstra), period)
    assert form is not None
    return form


def test_the_renstra_so_far_adds_amounts_and_never_percentages() -> None:
    rows = evaluated(ALL, RENSTRA).rows
    assert [row.renstra.k for row in rows] == [123, 100, 51, 50, 3, 84]
    assert [row.level.k for row in rows] == [123, 100, 51, 50, 3, 84]
    assert [row.year.k for row in rows] == [3, 100, 51, 50, 1, 84]
    assert [[both.k for both in row.quarters] for row in rows][:3] == [[1, 2], [100, 100], [22, 29]]


def test_an_amount_is_not_known_while_the_years_before_are_not_filled_in() -> None:
    rows = evaluated(ALL, {}).rows
    assert [row.renstra.k for row in rows] == [None, 100, 51, 50, None, 84]
    assert {row.level.k for row in rows} == {None}


def test_three_years_of_a_hundred_percent_are_a_hundred() -> None:
    hundred, three = Decimal(100), Decimal(3)
    renstra = {
        1: RenstraFigures(Decimal(12), early=three, realised_two_before=three, target_one_before=three),
        2: RenstraFigures(
            hundred, early=hundred, target_two_before=hundred, realised_two_before=hundred, target_one_before=hundred
        ),
    }
    form = tc29_form(source((DESA, FASILITASI), date(2022, 7, 1), renstra=renstra), YEAR)
    assert isinstance(form, Tc29Form)
    assert [(row.expected, row.level) for row in form.rows] == [(9, 75), (100, 100)]
    assert form.rows[1].level_two_before == 100


def test_less_is_better_over_the_years_too() -> None:
    less = duty("Keluhan", "10 10 10 10", polarity=Polarity.NEGATIVE)
    renstra = {1: RenstraFigures(target_two_before=Decimal(10), realised_two_before=Decimal(12))}
    form = tc29_form(source((less,), date(2022, 7, 1), renstra=renstra), YEAR)
    assert form is not None
    assert form.rows[0].level_two_before == 80


# --- money ----------------------------------------------------------------------------------------------------------


def line(number: int, code: str, rung: Rung, pagu: int | None, spent: Mapping[int, int] | None = None) -> BudgetLine:
    positions = {
        Period.month(2022, month): BudgetPosition(Decimal(one), None, None, date(2022, 7, 1))
        for month, one in (spent or {}).items()
    }
    ceiling = None if pagu is None else Decimal(pagu)
    return BudgetLine(number, code, rung.name, rung.level, 2022, ceiling, None, None, positions)


OTHER = Rung(Level.PROGRAM, "Program Lain")
BUDGET = (
    line(1, "1", PROGRAM, None),
    line(2, "1.1", KEGIATAN, 1000, {3: 250, 6: 700}),
    line(3, "2", OTHER, None),
    line(4, "2.1", KEGIATAN, 3000, {3: 900}),
)


def test_money_is_that_of_the_own_rung_below_the_own_program_and_shown_once() -> None:
    about = {
        1: Particulars(Level.KEGIATAN, (PROGRAM, KEGIATAN)),
        2: Particulars(Level.KEGIATAN, (PROGRAM, KEGIATAN)),
        3: Particulars(Level.KEGIATAN, (OTHER, KEGIATAN)),
        4: Particulars(Level.SUB_KEGIATAN, (PROGRAM, KEGIATAN)),
        5: Particulars(Level.PROGRAM, (OTHER,)),
        6: Particulars(Level.PROGRAM, (Rung(Level.PROGRAM, "Tak ada"),)),
    }
    form = renja_form(source(ALL, date(2022, 7, 1), about=about, budget=BUDGET), SECOND)
    assert form is not None
    assert [row.code for row in form.rows if row.has_money] == ["kode-1", "kode-3", "kode-5"]
    first, third = form.rows[0], form.rows[2]
    assert (first.plan.rp, first.year.rp, [both.rp for both in first.quarters]) == (1000, 700, [250, 450])
    assert (third.plan.rp, third.year.rp, [both.rp for both in third.quarters]) == (3000, None, [900, None])
    assert (form.budget, form.spent, form.absorbed) == (4000, 700, Decimal("17.5"))


def with_physical(position: BudgetPosition) -> BudgetPosition:
    return replace(position, physical=Decimal(40))


def test_the_rfk_weighs_every_line_by_all_and_adds_one_level() -> None:
    built = [replace(one, positions={key: with_physical(of) for key, of in one.positions.items()}) for one in BUDGET]
    form = rfk_form(source((DESA,), date(2022, 4, 1), budget=built), MARCH)
    assert form is not None
    assert [row.weight for row in form.rows] == [25, 25, 75, 75]
    assert [row.weighted for row in form.rows] == [10, 10, 30, 30]
    total = form.total
    assert (total.line.ceiling, total.line.spent, total.weight, total.weighted) == (4000, 1150, 100, 40)


def test_what_is_not_reported_is_none_and_not_nought() -> None:
    form = rfk_form(source((DESA,), date(2022, 6, 1), budget=BUDGET), Period.month(2022, 5))
    assert form is not None
    assert {(row.line.spent, row.line.absorbed, row.weighted) for row in (*form.rows, form.total)} == {(None,) * 3}


def test_an_office_without_a_budget_has_no_rfk() -> None:
    assert rfk_form(source((DESA,), date(2022, 4, 1)), MARCH) is None


# --- services -------------------------------------------------------------------------------------------------------

SEED = {
    "Akta Kelahiran": ("88 94 139 92 71 131 103 83 135 106 100 96", 1238),
    "Akta Kematian": ("76 0 39 36 41 103 26 30 82 21 61 10", 525),
    "Kartu Keluarga": ("426 339 505 381 211 702 256 292 322 293 203 203", 4133),
    "KTP Elektronik": ("84 65 50 63 80 114 58 78 99 110 142 553", 1496),
    "Pindah": ("24 29 22 32 14 19 21 14 29 17 14 18", 253),
    "Izin usaha mikro": ("1 1 0 0 1 0 0 0 0 0 0 0", 3),
    "Surat Tidak Mampu": ("63 55 59 38 31 12 7 15 13 11 24 30", 358),
}
"""The rows of Randuagung's table 2.6 whose printed totals close; "-" means nothing was asked for (domain.md 4.7)."""
LEGALISASI = "125 42 120 90 95 171 174 72 128 - - -"


def counted(name: str, printed: str, number: int) -> Duty:
    cells = zip(Period.whole_year(2022).split(MARCH.kind), printed.split(), strict=True)
    return service(name, {month.code: cell for month, cell in cells if cell != "-"}, number=number)


def paten(period: Period, today: date) -> PatenForm:
    rows = [(name, printed) for name, (printed, _total) in SEED.items()]
    services = [counted(*row, number) for number, row in enumerate([*rows, ("Legalisasi", LEGALISASI)], start=1)]
    form = paten_form(source(services, today), period)
    assert form is not None
    return form


def test_the_rows_of_the_seed_close() -> None:
    form = paten(YEAR, date(2023, 1, 5))
    assert [row.total for row in form.rows[:7]] == [total for _printed, total in SEED.values()]
    assert {row.missing for row in form.rows[:7]} == {0}


def test_months_that_are_lost_are_missing_and_not_nought() -> None:
    form = paten(YEAR, date(2023, 1, 5))
    assert (form.rows[7].total, form.rows[7].missing, form.rows[7].counts[9:]) == (1017, 3, (None, None, None))
    assert form.total == 8006 + 1017
    assert form.sums[11] == 910


def test_the_table_ends_with_its_period_and_a_month_that_runs_is_not_missing() -> None:
    form = paten(FIRST, date(2022, 4, 1))
    assert (form.months, form.ended, form.rows[0].total) == (("2022-01", "2022-02", "2022-03"), 3, 321)
    running = paten(Period.month(2022, 10), date(2022, 10, 5))
    assert (running.ended, running.rows[7].missing) == (9, 0)


# --- monitoring -----------------------------------------------------------------------------------------------------


def moment(day: date) -> datetime:
    return local(instant(day, TEN, "Asia/Jakarta"), "Asia/Jakarta")


def monitored(one: Duty, period: Period, today: date, about: Particulars | None = None) -> RenaksiForm:
    form = renaksi_form(source((one,), today, about={1: about} if about else None), period)
    assert form is not None
    return form


@pytest.mark.parametrize(
    ("values", "status"),
    [
        ({"2022-01": 1, "2022-02": 1, "2022-03": 1}, Status.PROVISIONAL),
        ({"2022-01": 1}, Status.INCOMPLETE),
        ({}, Status.MISSING),
    ],
)
def test_a_quarter_says_how_far_its_months_have_come(values: dict[str, int], status: Status) -> None:
    (row,) = monitored(duty("Buku", MONTHLY, values), FIRST, date(2022, 4, 1)).rows
    assert (row.status, row.realisation) == (status, sum(values.values()) or None)
    assert row.to_date.complete is (status is Status.PROVISIONAL)


def test_a_month_shows_the_quarter_that_ends_with_it() -> None:
    quarterly = duty("Buku", "3 3 3 3", {"2022-TW1": 3})
    (row,) = monitored(quarterly, MARCH, date(2022, 4, 1)).rows
    assert (row.period, row.target, row.capaian) == ("2022-TW1", 3, 100)
    (row,) = monitored(quarterly, Period.month(2022, 4), date(2022, 5, 1)).rows
    assert (row.period, row.target, row.capaian, row.status) == ("", None, None, Status.NOT_DUE)
    assert (row.to_date_period, row.to_date.capaian) == ("2022-TW1", 100)


def test_a_period_that_runs_is_not_judged() -> None:
    form = monitored(duty("Buku", MONTHLY, {"2022-01": 1, "2022-02": 1, "2022-03": 1}), MARCH, date(2022, 3, 29))
    (row,) = form.rows
    assert (row.realisation, row.capaian, row.to_date_period) == (1, None, "2022-02")
    assert (form.head.ended, form.head.closed_period) == (False, "2022-02")


def test_what_was_sent_stands_beside_the_figure() -> None:
    sent = {
        Period.month(2022, month): Sent(1, moment(date(2022, month, 28)), who, note, doubt=ALL_ZERO)
        for month, who, note in ((1, "Sari", "menunggu desa"), (2, "Joko", ""), (3, "Sari", "jadwal bentrok"))
    }
    evidence = {Period.month(2022, 1): {"photo": 2}, Period.month(2022, 3): {"photo": 1, "document": 1}}
    about = Particulars(Level.PROGRAM, (PROGRAM,), sent=sent, evidence=evidence)
    (row,) = monitored(duty("Buku", MONTHLY, {"2022-01": 1, "2022-02": 1}), FIRST, date(2022, 4, 1), about).rows
    assert [(one.period, one.text) for one in row.obstacles] == [
        ("2022-01", "menunggu desa"),
        ("2022-03", "jadwal bentrok"),
    ]
    assert [(one.kind, one.number) for one in row.evidence] == [("document", 1), ("photo", 3)]
    assert (row.reporter, row.sent_on) == ("Joko", "2022-02-28")  # March does not hold: it has no value


def test_what_was_returned_says_so() -> None:
    back = Returned(Decimal(1), None, None, "Mohon foto", 9, 1, Capacity.DEFINITIF, moment(date(2022, 4, 1)))
    one = replace(duty("Buku", MONTHLY, {"2022-01": 1, "2022-02": 1}), returned={MARCH: back})
    (row,) = monitored(one, FIRST, date(2022, 4, 2)).rows
    assert row.status is Status.RETURNED


def test_services_and_other_years_are_left_out() -> None:
    every = (service("KTP", number=1), duty("Buku", MONTHLY, number=2), duty("Lama", MONTHLY, number=3, year=2021))
    form = renaksi_form(source(every, date(2022, 4, 1)), MARCH)
    assert form is not None
    assert [row.code for row in form.rows] == ["kode-2"]
    assert renaksi_form(source(every[:1], date(2022, 4, 1)), MARCH) is None


def test_a_quarter_planned_as_a_whole_and_reported_by_the_month() -> None:
    one = duty("Arsip", "4 4 4 4", {"2022-01": 1, "2022-02": 1, "2022-03": 1}, rhythm=Rhythm.MONTHLY)
    (row,) = monitored(one, FIRST, date(2022, 4, 1)).rows
    assert (row.target, row.realisation, row.capaian, row.to_date.capaian) == (4, 3, 75, 75)
