"""Every number of every form, and of the pictures beside it, is the one that is worked out by hand: over the five plans
with random reports, budgets and Renstra.

The seed of a run stands in its output; RENAKSI_SEED repeats it.
"""

import os
import random
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, time
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from shutil import copyfile
from typing import TypeVar

import pytest

from bot.holiday_dates import NationalAlmanac
from domain.forms.data_form import DataForm, DataRow
from domain.forms.paten_form import PatenForm
from domain.forms.renaksi_form import RenaksiForm, RenaksiRow, Status
from domain.forms.renja_form import RenjaForm, RenjaRow
from domain.forms.rfk_form import RfkForm, RfkRow
from domain.forms.tc29_form import Tc29Form, Tc29Row
from domain.modes import Polarity
from domain.openings import Duty
from domain.periods import Period
from domain.plan import BudgetRow, IndicatorRow, Level, OfficePlan, PastSpending, RenstraRow
from domain.renstra import RenstraFigures
from domain.standing import Standing
from domain.units import normal_unit
from domain.zones import instant
from storage import reports
from storage.audit import Actor
from storage.desk import Desk
from storage.engine import open_engine, writing
from storage.form_book import FormBook
from storage.plans import apply_plan
from storage.reports import NewReport
from tests.samples.by_hand import YEAR, ByHand, Span, mean_of, shown
from tests.samples.sample_plans import PLANS, workbook
from tests.verified import check

FormT = TypeVar("FormT")

MONTHS = range(1, 13)
COUNTED = ("kegiatan", "kali", "dokumen", "laporan", "buku", "lembar", "buah", "eksemplar", "dos", "sk", "usulan",
           "koordinasi", "kuisioner", "berkas", "paket", "rapat")  # fmt: skip
"""Units of domain.md 2.2 of which what is delivered once a year adds up."""


@dataclass(frozen=True)
class Drawn:
    """An office with random figures: its desk on a day after the end of the month `until`, and by code what its
    indicators come to by hand, what their Renstra says, and its budget with the rupiah s/d each month."""

    desk: Desk
    year: int
    until: int
    by_hand: Mapping[str, ByHand]
    renstra: Mapping[str, RenstraFigures]
    budget: Mapping[str, BudgetRow]
    spent: Mapping[tuple[str, int], PastSpending]

    @property
    def duties(self) -> dict[str, Duty]:
        return {duty.code: duty for duty in self.desk.office_duties}

    @property
    def periods(self) -> tuple[Period, ...]:
        """The periods that end with the month `until`."""
        month, quarter = Period.month(self.year, self.until), Period.quarter(self.year, self.until // 3)
        return (month, quarter, *((Period.whole_year(self.year),) if self.until == 12 else ()))

    def form(self, kind: type[FormT], name: str, period: Period) -> FormT:
        made = FormBook(self.desk).figures(name, period)
        assert isinstance(made, kind), made
        return made


# --- drawing an office ------------------------------------------------------------------------------------------------


@contextmanager
def drawn(name: str, seed: int, path: Path) -> Generator[Drawn]:
    """The office of a sample with figures that follow from the seed."""
    choose = random.Random(f"{name} {seed}")
    until = choose.choice((3, 6, 9, 12))
    plan = _plan(workbook(name), choose, until)
    engine = open_engine(f"sqlite:///{path}")
    with writing(engine) as connection:
        loaded = apply_plan(connection, plan, instant(date(plan.year, 1, 3), time(8), plan.zone))
        day = date(plan.year + (until == 12), until % 12 + 1, 11)
        desk = Desk(connection, loaded.office_id, instant(day, time(9), plan.zone), NationalAlmanac())
        values = {duty.code: _values(duty, choose, until) for duty in desk.office_duties}
        _report(desk, values)
        verified = _verify(desk, values, choose)
        fresh = Desk(connection, loaded.office_id, desk.now, NationalAlmanac())
        yield Drawn(
            desk=fresh,
            year=plan.year,
            until=until,
            by_hand={duty.code: _by_hand(duty, values[duty.code], verified[duty.code]) for duty in fresh.office_duties},
            renstra={row.code: row.figures for row in plan.renstra},
            budget={row.code: row for row in plan.budget},
            spent={(one.code, one.period.number): one for one in plan.spending},
        )
    engine.dispose()


def _plan(plan: OfficePlan, choose: random.Random, until: int) -> OfficePlan:
    """The plan with some indicators of which less is better, a Renstra and a budget, and nothing reported yet."""
    indicators = tuple(
        replace(row, polarity=Polarity.NEGATIVE) if choose.random() < 0.2 and not row.service else row
        for row in plan.indicators
    )
    budget = _budget(plan, choose)
    return replace(
        plan,
        indicators=indicators,
        reports=(),
        renstra=tuple(_renstra(row, choose) for row in indicators if choose.random() < 0.6 and not row.service),
        budget=budget,
        spending=tuple(_spending(plan, budget, choose, until)),
    )


def _renstra(row: IndicatorRow, choose: random.Random) -> RenstraRow:
    def number() -> Decimal | None:
        return None if choose.random() < 0.25 else Decimal(choose.randint(1, 9999)) / choose.choice((1, 10, 100))

    return RenstraRow(row.code, RenstraFigures(*(number() for _ in range(8))))


def _budget(plan: OfficePlan, choose: random.Random) -> tuple[BudgetRow, ...]:
    """Programs of the plan, each with a few kegiatan; a program's own pagu is printed or not."""
    names = list(dict.fromkeys(path for row in plan.indicators if (path := row.path.get("program"))))[:4]
    rows: list[BudgetRow] = []
    for number, name in enumerate(names, start=1):
        below = [
            BudgetRow(
                f"{number}.{at}", f"Kegiatan {number}.{at}", Level.KEGIATAN, Decimal(choose.randint(1, 9) * 10**6)
            )
            for at in range(1, choose.randint(2, 5))
        ]
        pagu = sum((row.pagu or Decimal(0) for row in below), Decimal(0)) if choose.random() < 0.5 else None
        rows += [BudgetRow(str(number), name, Level.PROGRAM, pagu), *below]
    return tuple(rows)


def _spending(
    plan: OfficePlan, budget: Sequence[BudgetRow], choose: random.Random, until: int
) -> Generator[PastSpending]:
    at = instant(date(plan.year, 1, 4), time(9), plan.zone)
    for row in budget:
        for month in MONTHS[:until]:
            if row.level is Level.KEGIATAN and choose.random() < 0.9:
                spent, physical = Decimal(choose.randint(0, 10**6) * month), Decimal(choose.randint(0, 10_000)) / 100
                yield PastSpending(row.code, Period.month(plan.year, month), spent, at, physical)


def _values(duty: Duty, choose: random.Random, until: int) -> dict[Period, Decimal]:
    """What is reported of the periods that have begun, most of them."""
    begun = [
        period
        for period in Period.whole_year(duty.measure.year).split(duty.kind)
        if period.first_month <= until + 1 and choose.random() < 0.8
    ]
    return {period: Decimal(choose.randint(0, 3000)) / choose.choice((1, 10, 100)) for period in begun}


def _report(desk: Desk, values: Mapping[str, Mapping[Period, Decimal]]) -> None:
    new = [
        NewReport(duty.id, period, value) for duty in desk.office_duties for period, value in values[duty.code].items()
    ]
    reports.submit(desk.connection, desk.office_id, new, Actor(None, None, "", "test", None), desk.now, "chat")


def _verify(
    desk: Desk, values: Mapping[str, Mapping[Period, Decimal]], choose: random.Random
) -> dict[str, frozenset[Span]]:
    """Verify all of many indicators and some of the others; return by code which periods."""
    found: dict[str, frozenset[Span]] = {}
    for duty in desk.office_duties:
        often = choose.choice((0.0, 0.6, 1.0, 1.0))
        periods = [period for period in values[duty.code] if choose.random() < often]
        check(desk.connection, desk.office_id, [(duty.id, period) for period in periods], desk.now)
        found[duty.code] = frozenset(span(period) for period in periods)
    return found


def _by_hand(duty: Duty, values: Mapping[Period, Decimal], verified: frozenset[Span]) -> ByHand:
    measure = duty.measure
    whole = Period.whole_year(measure.year)
    annual = measure.annual_target if measure.annual_target is not None else measure.targets.get(whole)
    return ByHand(
        mode=measure.mode.value,
        averages=measure.year_rule.value == "AVERAGE",
        less_is_better=measure.rule.formula.value == "F2",
        unit=int(duty.kind),
        annual=None if annual is None else Fraction(annual),
        printed={span(period): Fraction(one) for period, one in measure.targets.items() if period != whole},
        values={span(period): Fraction(value) for period, value in values.items()},
        verified=verified,
    )


def span(period: Period) -> Span:
    return (period.first_month, period.last_month)


# --- comparing ----------------------------------------------------------------------------------------------------


def same(ours: Decimal | None, by_hand: Fraction | None) -> bool:
    """The figure to the last of the six decimals that are kept."""
    if ours is None or by_hand is None:
        return ours is None and by_hand is None
    return abs(Fraction(ours) - by_hand) < Fraction(1, 10**6)


def same_percent(ours: Decimal | None, by_hand: Fraction | None) -> bool:
    """The percentage as it is printed."""
    return shown(None if ours is None else Fraction(ours)) == shown(by_hand)


def is_verified(checked: Standing | None) -> bool:
    return checked is not None and checked.is_verified


def last_judged(hand: ByHand, until: int) -> Span | None:
    """The last period that has ended and can be judged s/d: of a quarterly plan a quarter's end."""
    last = until - until % max(hand.unit, hand.planned)
    return None if last == 0 else (last - hand.unit + 1, last)


def test_a_weighted_share_that_lies_on_a_half_is_rounded_up(
    sqlite_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A thirtieth of the budget, done by 1,65 %, weighs 0,055 %: with this seed there is such a line."""
    monkeypatch.setenv("RENAKSI_SEED", "242861")
    test_every_number_is_the_one_worked_out_by_hand("gumelar-2022", sqlite_template, tmp_path)


@pytest.mark.parametrize("name", [PLANS[0], *(pytest.param(name, marks=pytest.mark.sampled) for name in PLANS[1:])])
def test_every_number_is_the_one_worked_out_by_hand(name: str, sqlite_template: Path, tmp_path: Path) -> None:
    seed = int(os.environ.get("RENAKSI_SEED") or random.randrange(10**6))
    print(f"RENAKSI_SEED={seed}")  # noqa: T201 shown with a failure
    with drawn(name, seed, copyfile(sqlite_template, tmp_path / "office.db")) as office:
        check_monitoring(office)
        check_evaluation(office)
        check_earlier_years(office)
        check_rfk(office)
        check_services(office)
        check_data(office)


def check_monitoring(office: Drawn) -> None:
    for period in office.periods:
        form = office.form(RenaksiForm, "renaksi", period)
        judged = {code for code, duty in office.duties.items() if not duty.service}
        assert {row.code for row in form.rows} == judged
        for row in form.rows:
            check_monitored(row, office)
        check_standing(form, office)
        check_pictures(form, office)


def check_monitored(row: RenaksiRow, office: Drawn) -> None:
    hand = office.by_hand[row.code]
    if row.period:
        of = span(Period.parse(row.period))
        assert same(row.target, hand.target(of)), row
        assert same(row.realisation, hand.realisation(of)), row
        assert same_percent(row.capaian, hand.capaian(hand.target(of), hand.realisation(of))), row
        assert is_verified(row.checked) == hand.is_verified(of), row
        assert (row.status is Status.VERIFIED) == hand.is_verified(of), row
    judged = last_judged(hand, office.until)
    if judged is None:
        assert (row.to_date_period, row.to_date.capaian) == ("", None)
        return
    assert span(Period.parse(row.to_date_period)) == judged
    target, realised = hand.target_to_date(judged), hand.realisation_to_date(judged)
    assert same(row.to_date.target, target), row
    assert same(row.to_date.realisation, realised), row
    assert same_percent(row.to_date.capaian, hand.capaian(target, realised)), row
    assert is_verified(row.to_date.checked) == hand.is_verified_to_date(judged), row
    assert same(row.annual_target, hand.target(YEAR)), row


def check_standing(form: RenaksiForm, office: Drawn) -> None:
    reached: list[Fraction] = []
    due = complete = verified = 0
    for row in form.rows:
        hand = office.by_hand[row.code]
        until = last_judged(hand, office.until)
        if until is None or (target := hand.target_to_date(until)) is None:
            continue
        due += 1
        if hand.is_complete(until[1]):
            complete += 1
            verified += hand.is_verified_to_date(until)
            capaian = hand.capaian(target, hand.realisation_to_date(until))
            reached += [] if capaian is None else [capaian]
    coverage = form.standing.coverage
    assert (coverage.due, coverage.reported, coverage.computable) == (due, complete, len(reached))
    assert coverage.verified == verified
    assert same_percent(form.standing.mean, mean_of(reached))
    assert form.standing.predicate is None or complete == due


def check_pictures(form: RenaksiForm, office: Drawn) -> None:
    """The office's summary, every section and every indicator show what the form says of them."""
    of = Period.parse(form.head.period)
    book = office.desk.pictures.at(of)
    summary = book.summary(of)
    if summary is not None:
        assert (summary.mean, summary.predicate) == (form.standing.mean, form.standing.predicate)
    for section in book.sections:
        of_section = FormBook(office.desk).figures("renaksi", of, section)
        if (detail := book.section(section)) is not None and detail.indicators:
            assert isinstance(of_section, RenaksiForm)
            assert [row.to_date for row in of_section.rows] == list(detail.indicators)
    duties = [duty for duty in book.duties if not duty.service]
    for duty, row in zip(duties, form.rows, strict=True):
        year = book.indicator(duty)
        assert year.to_date is None or year.to_date == row.to_date


def check_evaluation(office: Drawn) -> None:
    form = office.form(RenjaForm, "renja", office.periods[-1])
    lines = {row.name.casefold(): row for row in office.budget.values()}
    for row in form.rows:
        check_evaluated(row, office)
        if row.has_money:
            program = next(rung.name for rung in row.path if rung.level is Level.PROGRAM)
            check_money(row, lines[" ".join(program.casefold().split())], office)
    check_budget(form, office)


def check_evaluated(row: RenjaRow, office: Drawn) -> None:
    hand, known = office.by_hand[row.code], office.renstra.get(row.code, RenstraFigures())
    for at, both in enumerate(row.quarters):
        quarter = (at * 3 + 1, at * 3 + 3)
        assert same(both.k, hand.realisation(quarter)), row
        assert is_verified(row.checked_quarters[at]) == hand.is_verified(quarter), row
    assert len(row.quarters) == office.until // 3
    until = YEAR if office.until == 12 else last_judged(hand, office.until)
    realised = None if until is None else hand.realisation_to_date(until)
    assert same(row.year.k, realised), row
    assert is_verified(row.checked) == (until is not None and hand.is_verified_to_date(until)), row
    total = together(row, hand, [known.before, realised])
    assert same(row.renstra.k, total), row
    end = None if known.end_target is None else Fraction(known.end_target)
    assert same_percent(row.level.k, hand.capaian(end, total)), row
    assert (row.renstra_target.k, row.renstra_before.k) == (known.end_target, known.before)
    assert (row.renstra_target.rp, row.renstra_before.rp) == (known.end_budget, known.spent_before)


def together(row: RenjaRow | Tc29Row, hand: ByHand, years: Sequence[Decimal | Fraction | None]) -> Fraction | None:
    """Amounts of years add up where all are known; percentages, indices, positions and states are the last known."""
    known = [Fraction(one) for one in years if one is not None]
    unit = normal_unit(row.unit)
    is_share = unit in ("%", "nilai", "angka", "indeks", "skor") or (
        unit is None and row.name.casefold().startswith(("indeks", "nilai", "ikm", "skm"))
    )
    adds = (hand.mode == "SUM" and not is_share) or (hand.mode == "SINGLE" and unit in COUNTED)
    if not adds:
        return known[-1] if known else None
    return sum(known, Fraction(0)) if len(known) == len(years) else None


def check_money(row: RenjaRow, program: BudgetRow, office: Drawn) -> None:
    codes = [code for code in office.budget if code.startswith(f"{program.code}.")]
    assert row.plan.rp == sum(office.budget[code].pagu or 0 for code in codes)
    so_far = [office.spent.get((code, office.until)) for code in codes]
    assert row.year.rp == (sum(one.spent for one in so_far if one) if any(so_far) else None)
    before: Decimal | None = Decimal(0)
    for at, both in enumerate(row.quarters, start=1):
        positions = [office.spent.get((code, at * 3)) for code in codes]
        now = sum((one.spent for one in positions if one), Decimal(0)) if all(positions) else None
        assert both.rp == (None if now is None or before is None else now - before)
        before = now


def check_budget(form: RenjaForm, office: Drawn) -> None:
    kegiatan = [row for row in office.budget.values() if row.level is Level.KEGIATAN]
    if not kegiatan:
        assert (form.budget, form.spent) == (None, None)
        return
    positions = [one for row in kegiatan if (one := office.spent.get((row.code, office.until)))]
    budget, spent = sum(row.pagu or 0 for row in kegiatan), sum(one.spent for one in positions)
    assert (form.budget, form.spent) == (budget, spent if positions else None)
    assert same_percent(form.absorbed, Fraction(spent) * 100 / Fraction(budget) if positions else None)


def check_earlier_years(office: Drawn) -> None:
    for row in office.form(Tc29Form, "tc29", Period.whole_year(office.year)).rows:
        hand, known = office.by_hand[row.code], office.renstra.get(row.code, RenstraFigures())
        target, realised, end = (
            None if one is None else Fraction(one)
            for one in (known.target_two_before, known.realised_two_before, known.end_target)
        )
        assert same_percent(row.level_two_before, hand.capaian(target, realised)), row
        expected = together(row, hand, [known.early, known.realised_two_before, known.target_one_before])
        assert same(row.expected, expected), row
        assert same_percent(row.level, hand.capaian(end, expected)), row


def check_rfk(office: Drawn) -> None:
    if not office.budget:
        return
    form = office.form(RfkForm, "rfk", Period.month(office.year, office.until))
    leaves = [code for code, row in office.budget.items() if row.level is Level.KEGIATAN]
    whole = sum(Fraction(office.budget[code].pagu or 0) for code in leaves)
    for row in form.rows:
        check_line(row, [code for code in leaves if f"{code}.".startswith(f"{row.line.code}.")], whole, office)
    check_line(form.total, leaves, whole, office)


def check_line(row: RfkRow, leaves: Sequence[str], whole: Fraction, office: Drawn) -> None:
    positions = {code: one for code in leaves if (one := office.spent.get((code, office.until)))}
    ceiling = sum(Fraction(office.budget[code].pagu or 0) for code in leaves)
    assert same(row.line.ceiling, ceiling)
    assert same_percent(row.weight, ceiling * 100 / whole)
    assert (row.line.reported, row.line.due) == (len(positions), len(leaves))
    if not positions:
        assert (row.line.spent, row.line.absorbed, row.line.physical, row.weighted) == (None, None, None, None)
        return
    spent = sum(Fraction(one.spent) for one in positions.values())
    assert same(row.line.spent, spent)
    assert same_percent(row.line.absorbed, spent * 100 / ceiling)
    weights = {code: Fraction(office.budget[code].pagu or 0) for code in positions}
    physical = sum(Fraction(positions[code].physical or 0) * one for code, one in weights.items()) / sum(
        weights.values()
    )
    assert same_percent(row.line.physical, physical)
    assert same_percent(row.weighted, ceiling * physical / whole)


def check_services(office: Drawn) -> None:
    services = {code: duty for code, duty in office.duties.items() if duty.service}
    if not services:
        return
    form = office.form(PatenForm, "paten", Period.month(office.year, office.until))
    assert {row.code for row in form.rows} == set(services)
    for row in form.rows:
        values = office.by_hand[row.code].values
        counts = [values.get((month, month)) for month in MONTHS[: office.until]]
        assert all(map(same, row.counts, counts)), row
        reported = [one for one in counts if one is not None]
        assert same(row.total, sum(reported) if reported else None), row
        assert row.missing == counts.count(None)
        assert [is_verified(one) for one in row.checked] == [
            (month, month) in office.by_hand[row.code].verified for month in MONTHS[: office.until]
        ]
    for at, total in enumerate(form.sums):
        counts = [row.counts[at] for row in form.rows if row.counts[at] is not None]
        assert total == (sum(one for one in counts if one is not None) if counts else None)
    sums = [one for one in form.sums if one is not None]
    assert form.total == (sum(sums) if sums else None)


def check_data(office: Drawn) -> None:
    for row in office.form(DataForm, "data", Period.whole_year(office.year)).rows:
        check_datum(row, office)


def check_datum(row: DataRow, office: Drawn) -> None:
    hand, of = office.by_hand[row.code], span(Period.parse(row.period))
    target, realised = hand.target(of), hand.realisation(of)
    assert same(row.target, target), row
    assert same(row.realisation, realised), row
    until, so_far = hand.target_to_date(of), hand.realisation_to_date(of)
    assert same(row.target_to_date, until), row
    assert same(row.realisation_to_date, so_far), row
    ended = of[1] <= office.until
    assert same_percent(row.capaian, hand.capaian(target, realised) if ended else None), row
    assert same_percent(row.capaian_to_date, hand.capaian(until, so_far) if ended else None), row
    assert is_verified(row.checked) == hand.is_verified(of), row
    assert same(row.annual_target, hand.target(YEAR)), row
