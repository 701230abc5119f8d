"""The year of one indicator: target, realisation and capaian of every period, alone and s/d (domain.md 2 and 2.1).

The ledger knows no clock. A period is due because the plan has a target there; whether it is over is for the caller.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext

from domain.achievement import ARITHMETIC, AchievementRule, Standing, achievement
from domain.modes import Mode, Rhythm, YearRule
from domain.periods import Period, PeriodKind, periods_of_year

_ZERO = Decimal(0)
_KINDS = {Rhythm.MONTHLY: PeriodKind.MONTH, Rhythm.QUARTERLY: PeriodKind.QUARTER, Rhythm.YEARLY: PeriodKind.YEAR}


@dataclass(frozen=True)
class Measure:
    """What of an indicator decides its figures.

    `targets` are the printed numbers in the indicator's unit, all of months or all of quarters; one of the whole year
    is an annual target. Without targets of periods the indicator is judged s/d against `annual_target` alone.
    Raises ValueError for targets of another year or of mixed lengths.
    """

    year: int
    mode: Mode
    year_rule: YearRule
    rhythm: Rhythm
    rule: AchievementRule
    targets: Mapping[Period, Decimal]
    annual_target: Decimal | None = None

    def __post_init__(self) -> None:
        _check_year(self.year, self.targets)
        if len({period.kind for period in self.targets} - {PeriodKind.YEAR}) > 1:
            raise ValueError("targets of months and of quarters stand in one indicator")

    @property
    def target_kind(self) -> PeriodKind:
        """The length of the periods for which targets are printed; the year when only an annual target is."""
        return min((period.kind for period in self.targets), default=PeriodKind.YEAR)

    @property
    def reporting_kind(self) -> PeriodKind:
        """The length of the periods that are reported.

        That of the rhythm; but only SUM and CUM can be reported more often than their targets are printed.
        """
        rhythm = _KINDS[self.rhythm]
        if self.mode in (Mode.SUM, Mode.CUM) or not effective_targets(self):
            return rhythm
        return max(rhythm, self.target_kind)


@dataclass(frozen=True)
class Figure:
    """One period of one indicator. Figures are in its unit, capaian in percent, unlimited and unrounded.

    `due`: a report is asked in this period (of a quarter or the year: in a part of it). `reported`: of what is due
    nothing is open; of a period in which nothing is due, a value was given. `missing_before`: how many earlier due
    periods are open and would change the figures s/d; an open month before a quarter's last one is earlier too.
    """

    period: Period
    target: Decimal | None
    realisation: Decimal | None
    target_to_date: Decimal | None
    realisation_to_date: Decimal | None
    capaian: Decimal | None
    capaian_to_date: Decimal | None
    missing_before: int
    due: bool
    reported: bool

    @property
    def provisional(self) -> bool:
        """Whether the figures s/d are "sementara": something due up to here was not reported."""
        return self.missing_before > 0 or (self.due and not self.reported)

    @property
    def untargeted(self) -> bool:
        """Whether the realisation is one "tanpa target periode ini" (domain.md 1, rule 4)."""
        return self.realisation is not None and self.target is None and not self.due

    @property
    def susulan(self) -> bool:
        """Whether late fulfilment is offered: nothing is due here, but the target s/d is not reached (rule 4)."""
        if self.due or self.target_to_date is None:
            return False
        if self.realisation_to_date is None:
            return True
        return self.capaian_to_date is not None and self.capaian_to_date < 100


@dataclass(frozen=True)
class Total:
    """The year of an indicator: value and target in its unit, `progress` towards the target in percent."""

    value: Decimal | None
    target: Decimal | None
    progress: Decimal | None


def effective_targets(measure: Measure) -> dict[Period, Decimal]:
    """The targets of months or quarters that count, in order.

    A printed 0 is another "-", and a leading 0 of a CUM series "no target yet" (domain.md 1, rule 5), unless less is
    better: then 0 is what is to be reached.
    """
    keeps_zero = measure.rule.formula.zero_is_target
    return {
        period: target
        for period, target in sorted(measure.targets.items(), key=_by_close)
        if period.kind is not PeriodKind.YEAR and (keeps_zero or target != 0)
    }


def due_periods(measure: Measure) -> tuple[Period, ...]:
    """The periods for which a report is asked, in order.

    With targets: those of the rhythm that hold one or lie in one. With an annual target alone: all of the rhythm, for
    a SINGLE indicator the last of them.
    """
    units = periods_of_year(measure.year, measure.reporting_kind)
    targets = effective_targets(measure)
    if targets:
        return tuple(unit for unit in units if any(_overlap(target, unit) for target in targets))
    if _annual_target(measure) is None:
        return ()
    return units[-1:] if measure.mode is Mode.SINGLE else units


def year_ledger(measure: Measure, values: Mapping[Period, Decimal]) -> dict[Period, Figure]:
    """The figures of every quarter and the year, and of every month where months are planned or reported, in order.

    `values` holds what was reported, in the indicator's unit. A value of a longer period stands for those inside it.
    Raises ValueError for a value of another year.
    """
    _check_year(measure.year, values)
    with localcontext(ARITHMETIC):
        year = _Year(measure, values)
        return {period: year.figure(period) for period in _shown_periods(measure, values)}


def total(measure: Measure, values: Mapping[Period, Decimal]) -> Total:
    """The year value by the indicator's mode and its progress against the annual target (domain.md 2.1).

    Without an annual target the targets of the periods make it. Raises ValueError for a value of another year.
    """
    _check_year(measure.year, values)
    with localcontext(ARITHMETIC):
        figure = _Year(measure, values).figure(Period.whole_year(measure.year))
    return Total(figure.realisation, figure.target, figure.capaian)


def in_period(figure: Figure) -> Standing:
    """The indicator in an average over this period alone: without a target in it, or not due, it is not judged."""
    return Standing(figure.due and figure.target is not None, figure.reported, figure.capaian)


def to_date(figure: Figure) -> Standing:
    """The indicator in an average s/d this period: a provisional figure counts as missing (domain.md 2.1)."""
    return Standing(figure.target_to_date is not None, not figure.provisional, figure.capaian_to_date)


class _Year:
    """One indicator with its reports; every question is about one period of the year."""

    def __init__(self, measure: Measure, values: Mapping[Period, Decimal]) -> None:
        self._measure = measure
        self._annual = _annual_target(measure)
        self._targets = effective_targets(measure)
        self._due = due_periods(measure)
        self._reports = _without_overlaps(values)
        self._months = frozenset(month for period in self._reports for month in _months(period))

    def figure(self, period: Period) -> Figure:
        rule = self._measure.rule
        target, target_to_date = self._target(period), self._target_to_date(period)
        realisation = self._realisation(period, target)
        realisation_to_date = self._combined(_until(self._reports, period), period)
        open_units = self._open(period)
        due = any(_inside(unit, period) for unit in self._due)
        return Figure(
            period=period,
            target=target,
            realisation=realisation,
            target_to_date=target_to_date,
            realisation_to_date=realisation_to_date,
            capaian=achievement(target, realisation, rule),
            capaian_to_date=achievement(target_to_date, realisation_to_date, rule),
            missing_before=sum(not _ends_with(unit, period) for unit in open_units),
            due=due,
            reported=not any(_inside(unit, period) for unit in open_units) if due else realisation is not None,
        )

    def _target(self, period: Period) -> Decimal | None:
        if period.kind is PeriodKind.YEAR and self._annual is not None:
            return self._annual
        return self._combined_target(_within(self._targets, period), period)

    def _target_to_date(self, period: Period) -> Decimal | None:
        if not self._targets:
            return self._annual
        if period.last_month % self._measure.target_kind:
            return None  # inside a quarter that is planned as a whole
        return self._combined_target(_until(self._targets, period), period)

    def _combined_target(self, targets: Sequence[Decimal], period: Period) -> Decimal | None:
        if targets and self._measure.mode is Mode.SINGLE and self._annual is not None:
            return self._annual
        return self._combined(targets, period)

    def _realisation(self, period: Period, target: Decimal | None) -> Decimal | None:
        if self._measure.mode is Mode.SINGLE and target is not None:
            return self._combined(_until(self._reports, period), period)  # typed once, perhaps early
        return self._combined(_within(self._reports, period), period)

    def _combined(self, numbers: Sequence[Decimal], period: Period) -> Decimal | None:
        if not numbers:
            return None
        if self._measure.mode is Mode.SUM:
            return sum(numbers, _ZERO)
        if self._averages(period):
            return sum(numbers, _ZERO) / len(numbers)
        return numbers[-1]

    def _averages(self, period: Period) -> bool:
        measure = self._measure
        return measure.mode is Mode.LEVEL and measure.year_rule is YearRule.AVERAGE and period.kind is PeriodKind.YEAR

    def _open(self, period: Period) -> list[Period]:
        """Due units up to `period` that were not reported and would change its figures s/d."""
        missing = [unit for unit in self._due if unit.last_month <= period.last_month and not self._answered(unit)]
        if self._measure.mode is Mode.SUM or self._averages(period):
            return missing
        last_report = max((month for month in self._months if month <= period.last_month), default=0)
        if self._measure.mode is Mode.SINGLE and last_report:
            return []
        return [unit for unit in missing if unit.last_month > last_report]

    def _answered(self, unit: Period) -> bool:
        return self._months.issuperset(_months(unit))


def _annual_target(measure: Measure) -> Decimal | None:
    annual = measure.annual_target
    if annual is None:
        annual = measure.targets.get(Period.whole_year(measure.year))
    return None if annual == 0 and not measure.rule.formula.zero_is_target else annual


def _shown_periods(measure: Measure, values: Mapping[Period, Decimal]) -> list[Period]:
    kinds = {PeriodKind.QUARTER, PeriodKind.YEAR, measure.target_kind, measure.reporting_kind}
    kinds.update(period.kind for period in values)
    return sorted((period for kind in kinds for period in periods_of_year(measure.year, kind)), key=_close)


def _without_overlaps(values: Mapping[Period, Decimal]) -> dict[Period, Decimal]:
    """Reports in the order in which their periods close; a longer period already holds what lies inside it."""
    return {
        period: value
        for period, value in sorted(values.items(), key=_by_close)
        if not any(other.kind > period.kind and _inside(period, other) for other in values)
    }


def _within(numbers: Mapping[Period, Decimal], period: Period) -> list[Decimal]:
    return [number for part, number in numbers.items() if _inside(part, period)]


def _until(numbers: Mapping[Period, Decimal], period: Period) -> list[Decimal]:
    return [number for part, number in numbers.items() if part.last_month <= period.last_month]


def _inside(part: Period, whole: Period) -> bool:
    """`Period.covers` within one year, without making dates: it is asked some hundred times a ledger."""
    return whole.first_month <= part.first_month and part.last_month <= whole.last_month


def _overlap(one: Period, other: Period) -> bool:
    return _inside(one, other) or _inside(other, one)


def _ends_with(unit: Period, period: Period) -> bool:
    return _inside(unit, period) and unit.last_month == period.last_month


def _months(period: Period) -> range:
    return range(period.first_month, period.last_month + 1)


def _close(period: Period) -> tuple[int, int]:
    return (period.last_month, period.kind)


def _by_close(item: tuple[Period, Decimal]) -> tuple[int, int]:
    return _close(item[0])


def _check_year(year: int, periods: Iterable[Period]) -> None:
    for period in periods:
        if period.year != year:
            raise ValueError(f"{period.code} does not lie in {year}")
